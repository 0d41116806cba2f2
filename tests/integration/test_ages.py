"""The age of a figure: against the meeting in a paper, against today on a page."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.release import Releases
from openscrutiny.publication.live import Publications
from openscrutiny.publication.publication import Meeting
from openscrutiny.workspace import Workspace, create_workspace
from support.census import child, details, write_census
from support.publications import publish_to, write_paper

MEETING = Meeting("Scrutiny", date(2025, 12, 8))


def build(folder: Path, *, demo_as_at: date | None = None) -> Workspace:
    """Build one census as at 15 April 2025, the fortnight after its year."""
    place = create_workspace(folder, ("299",), name="Anyborough", demo_as_at=demo_as_at)
    children = [child(f"C{n}", details(f"2024-06-{n + 1:02}")) for n in range(20)]
    census = write_census(folder / "cin_2025.xml", *children)
    assert main(["load", str(census), "-w", str(folder)]) in (0, 1)
    assert main(["build", "-w", str(folder), "--as-at", "2025-04-15"]) == 0
    return place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return build(tmp_path_factory.mktemp("ages") / "w")


def test_a_paper_tells_ages_against_its_meeting(
    place: Workspace, tmp_path: Path
) -> None:
    _, paper = write_paper(
        place, audience="members", formats=["html"], folder=tmp_path, meeting=MEETING
    )
    text = paper.read_text(encoding="utf-8")

    assert "12 months to March 2025, 8 months old" in text
    assert "under a month old" not in text
    # What the figures are as at is the day they were counted for.
    assert "15 April 2025" in text


def test_a_page_tells_ages_against_the_day_of_reading(place: Workspace) -> None:
    publication = Publications(Releases(place)).current(Audience.MEMBERS)

    assert publication is not None
    assert (publication.as_at, publication.today) == (
        date(2025, 4, 15),
        datetime.now(UTC).date(),
    )


def test_a_publication_that_is_kept_is_told_anew_on_another_day(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [date(2025, 5, 1), date(2025, 5, 1), date(2026, 5, 1)]
    monkeypatch.setattr(
        "openscrutiny.publication.live.find_today", lambda _: days.pop(0)
    )
    live = Publications(Releases(place))
    first, same, later = (live.current(Audience.MEMBERS) for _ in range(3))

    assert first is same and first is not later
    assert first is not None and later is not None
    ages = [
        publication.sections[1].indicators[0].number.age
        for publication in (first, later)
    ]
    assert ages == ["1 month old", "13 months old"]


def test_a_demonstration_has_a_today_of_its_own(tmp_path: Path) -> None:
    place = build(tmp_path / "w", demo_as_at=date(2025, 9, 30))

    assert publish_to("members", place).today == date(2025, 9, 30)
