"""Of the borough, a publication tells what was told live, and nothing that is hidden."""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.frozen import Beside, Frozen, freeze, open_frozen
from openscrutiny.publication.publication import Issue, Meeting, Publication, publish
from openscrutiny.publication.since import tell_since
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.decisions import read_decisions
from openscrutiny.workspace import Workspace

MEETING = Meeting("Scrutiny", date(2026, 12, 8))


@pytest.fixture(scope="module")
def place(borough: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("publications") / "w"
    shutil.copytree(borough, folder, ignore=shutil.ignore_patterns("returns"))
    return open_database(folder)


def frozen_and_live(
    place: Workspace, audience: Audience, folder: Path
) -> tuple[Frozen, Publication]:
    decisions = read_decisions(place)
    live = publish(Releases(place), audience, decisions, meeting=MEETING)
    live = live.issued(Issue(1))
    freeze(live, Beside(tell_since(None, live)), folder)
    return open_frozen(folder.joinpath), live


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.OFFICERS])
def test_the_stories_of_the_frozen_folder_are_those_of_the_live_one(
    place: Workspace, tmp_path: Path, audience: Audience
) -> None:
    frozen, live = frozen_and_live(place, audience, tmp_path)
    told = frozen.publication

    assert len(live.stories) > 39
    for key, story in live.stories.items():
        assert told.stories[key] == story, key
    assert told.sections == live.sections
    assert told.published.profile == live.published.profile
    assert told.missing() == live.missing()
    assert_frame_equal(told.figures, live.figures)


def test_nothing_hidden_lies_in_the_publics_folder(
    place: Workspace, tmp_path: Path
) -> None:
    frozen_and_live(place, Audience.PUBLIC, tmp_path)
    figures = pl.read_parquet(tmp_path / "figures.parquet")
    late = pl.read_parquet(tmp_path / "late.parquet")

    hidden = figures.filter(pl.col("status") == "hidden")
    assert hidden.height > 100
    for name in ("value", "numerator"):
        assert hidden[name].null_count() == hidden.height
    # The population of a rate is everybody's, and no number of the council's own.
    of_people = hidden.filter(pl.col("denominator").is_not_null())
    assert of_people["unit"].str.starts_with("rate_per_10_000").all()
    # How far each shown figure is recorded is told, and no month's count.
    assert late.filter(pl.col("recorded").is_not_null()).height > 20
    assert set(late.columns) == {
        "indicator",
        "area_code",
        "period_type",
        "period_end",
        "recorded",
        "filling",
    }
    shown = figures.filter(pl.col("value").is_not_null())
    told = late.filter(pl.col("recorded").is_not_null())
    keys = ["indicator", "period_type", "period_end"]
    assert told.join(shown, on=keys, how="anti").is_empty()
