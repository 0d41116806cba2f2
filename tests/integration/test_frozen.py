"""A publication that was put to a meeting is a folder that nobody changes unseen."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from openscrutiny.adoption.decisions import Decisions, Event
from openscrutiny.cli import main
from openscrutiny.disclosure.hiding import POLICY
from openscrutiny.publication.frozen import (
    check_frozen,
    freeze,
    list_frozen,
    open_frozen,
)
from openscrutiny.publication.publication import Meeting, Publication
from openscrutiny.record.digests import DamagedError
from openscrutiny.workspace import Workspace, create_workspace
from support.councils import build_twice
from support.publications import publish_to

MEETING = Meeting("Scrutiny", date(2024, 12, 8))
EVENT = Event(date(2023, 6, 1), "A new team", "practice")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return build_twice(tmp_path_factory.mktemp("frozen"))


@pytest.fixture
def put(council: Workspace) -> Callable[..., Publication]:
    """Publish to Members for a meeting."""

    def publish(*events: Event) -> Publication:
        return publish_to(
            "members", council, meeting=MEETING, decisions=Decisions(events=events)
        )

    return publish


def test_it_holds_figures_words_and_all_that_they_rest_on(
    put: Callable[..., Publication],
) -> None:
    publication = put(EVENT)

    frozen = open_frozen(freeze(publication).folder)

    assert_frame_equal(frozen.figures(), publication.figures)
    told = [s["id"] for section in frozen.sections() for s in section["indicators"]]
    assert told == list(publication.stories)
    facts = frozen.facts
    assert (facts["audience"], facts["snapshot"]) == ("members", 2)
    assert facts["meeting"] == {"title": "Scrutiny", "day": "2024-12-08"}
    assert facts["policy"]["smallest_shown"] == POLICY.smallest_shown
    assert facts["editions"]["FD1"] and facts["rules"] >= 2
    assert facts["events"][0]["title"] == "A new team"
    assert "<svg" not in (frozen.folder / "stories.json").read_text(encoding="utf-8")


def test_the_same_is_frozen_once_and_another_beside_it(
    put: Callable[..., Publication],
) -> None:
    first = freeze(put())
    held = {path.name: path.read_bytes() for path in first.folder.iterdir()}

    again = freeze(put())
    other = freeze(put(EVENT, EVENT))

    assert again.folder == first.folder and other.folder != first.folder
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == held
    assert not list(first.folder.parent.glob("*.freezing"))


@pytest.mark.parametrize(
    "name", ["figures.parquet", "stories.json", "publication.json"]
)
@pytest.mark.parametrize("damage", ["changed", "lacking"])
def test_one_that_is_not_what_was_written_is_refused_and_named_by_verify(
    put: Callable[..., Publication],
    council: Workspace,
    capsys: pytest.CaptureFixture[str],
    name: str,
    damage: str,
) -> None:
    path = freeze(put()).folder / name
    whole = path.read_bytes()
    assert list(check_frozen(council)) == []
    try:
        if damage == "changed":
            path.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
        else:
            path.unlink()
        with pytest.raises(DamagedError):
            open_frozen(path.parent).check()
        status = main(["verify", "-w", str(council.folder), "--json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        # A damaged one stays, and what is frozen next goes beside it.
        beside = freeze(put()).folder
        assert beside != path.parent
    finally:
        path.write_bytes(whole)

    assert status == 1
    assert [one["file"] for one in found] == [str(path.parent)]


def test_a_paper_for_a_meeting_is_frozen_and_a_draft_is_not(
    council: Workspace, tmp_path: Path
) -> None:
    before = set(list_frozen(council))
    pack = ("pack", "-w", str(council.folder), "--format", "csv", "-o", str(tmp_path))

    assert main([*pack]) == 0
    assert set(list_frozen(council)) == before
    assert main([*pack, "--meeting", "1"]) == 0

    [new] = set(list_frozen(council)) - before
    assert new.name == "2024-07-08-public"


def test_a_workspace_without_any_has_none(tmp_path: Path) -> None:
    assert list_frozen(create_workspace(tmp_path / "w", ("299",))) == []
