"""Peers' quarters in the record: what counts, what a later load changes, the way back."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.peers import Peers, open_peers
from openscrutiny.figures.peers import read_peers
from openscrutiny.figures.schema import FIGURE_COLUMNS
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.record.journal import Journal
from openscrutiny.story.peers.in_year import say_unshown
from openscrutiny.workspace import open_workspace
from support.peers import FD2, QUARTER, write_peers


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    place = tmp_path / "w"
    assert main(["init", str(place), "--council", "306"]) == 0
    return place


def load(workspace: Path, *lines: dict[str, object]) -> Peers:
    """Load a file of these lines and open the record, as at 30 September 2026."""
    number = len(list(workspace.parent.glob("*.csv")))
    file = write_peers(workspace.parent / f"peers{number}.csv", lines)
    assert main(["load", str(file), "-w", str(workspace)]) == 0
    return record_of(workspace)


def record_of(workspace: Path) -> Peers:
    journal = Journal(open_workspace(workspace).record)
    record = read_peers(journal, journal.entries(), date(2026, 9, 30))
    return open_peers(record, Audience.OFFICERS, ("306",))


def values(record: Peers, indicator: str = FD2) -> dict[str, float | None]:
    rows = record.of(indicator).select("area_code", "value")
    return {code: value for code, value in rows.iter_rows()}


def line(area: str, top: int, **more: object) -> dict[str, object]:
    return {"area_code": area, "numerator": top, "denominator": 500, **more}


def test_a_value_is_computed_from_its_counts_and_else_taken_as_printed(
    workspace: Path,
) -> None:
    record = load(workspace, line("305", 107), {"area_code": "304", "value": 19.8})

    assert values(record) == {"305": 21.4, "304": 19.8}
    row = record.of(FD2).row(0, named=True)
    assert (row["period_type"], row["period_start"], row["source"]) == (
        "quarter",
        date(2026, 4, 1),
        "London",
    )
    assert row["area_name"] == "Bromley"


def test_a_symbol_keeps_its_meaning(workspace: Path) -> None:
    record = load(
        workspace,
        *(
            {"area_code": area, "symbol": symbol}
            for area, symbol in (("301", "c"), ("302", "x"), ("303", "z"), ("304", "k"))
        ),
        line("305", 107),
    )

    rows = record.of(FD2).sort("area_code")
    assert rows["status"].to_list() == [
        "hidden",
        "not_available",
        "not_expected",
        "low",
        "final",
    ]
    assert rows["value"].to_list()[:4] == [None] * 4


def test_a_measure_in_another_unit_or_name_is_none_of_ours(workspace: Path) -> None:
    record = load(
        workspace,
        line("305", 107),
        {"area_code": "304", "indicator": "FD2", "unit": "count", "value": 99},
        {"area_code": "304", "indicator": "FD22", "value": 12.5},
    )

    assert values(record) == {"305": 21.4}
    assert record.not_ours == ("London:FD2", "London:FD22")


def test_code_and_slug_are_one_indicator_and_two_answers_are_none(
    workspace: Path,
) -> None:
    record = load(
        workspace,
        line("305", 107),
        line("305", 107, indicator=FD2.upper()),
        line("304", 107),
        line("304", 108, indicator=FD2),
    )

    assert values(record) == {"305": 21.4}
    assert record.doubtful == (f"London, {FD2}, 2026-06-30, 304",)


def test_a_quarter_that_has_not_ended_is_not_shown(workspace: Path) -> None:
    record = load(workspace, line("305", 107), line("304", 9, period_end="2026-12-31"))

    assert values(record) == {"305": 21.4}
    assert say_unshown(record) == [
        "Not over by the day of these figures: the quarters to 31 December 2026."
    ]


def test_a_later_load_replaces_its_quarter_and_undoing_it_brings_the_old_back(
    workspace: Path,
) -> None:
    load(
        workspace,
        line("305", 100),
        line("304", 90),
        line("306", 80),
        line("305", 70, period_end="2026-03-31"),
    )
    later = load(workspace, line("305", 107), line("306", 80))

    rows = later.of(FD2).select("period_end", "area_code", "value").sort("period_end")
    assert rows.rows() == [
        (date(2026, 3, 31), "305", 14.0),
        (QUARTER, "305", 21.4),
        (QUARTER, "306", 16.0),
    ]
    revision = later.find_revision(FD2, "London", QUARTER, "305")
    assert revision is not None
    assert (revision.changed, revision.listed, revision.old) == (2, 3, 20.0)
    assert revision.ours_changed
    other = later.find_revision(FD2, "London", QUARTER, "306")
    assert other is not None and not other.ours_changed
    assert later.find_revision(FD2, "London", date(2026, 3, 31), "305") is None

    assert main(["loads", "--undo", "2", "-w", str(workspace)]) == 0
    before = record_of(workspace)
    assert before.of(FD2).height == 4
    assert before.find_revision(FD2, "London", QUARTER, "305") is None


def test_another_indicator_of_the_same_quarter_replaces_nothing(
    workspace: Path,
) -> None:
    load(workspace, line("305", 107))
    record = load(
        workspace,
        {
            "area_code": "305",
            "indicator": "FD1",
            "unit": "rate_per_10_000",
            "value": 120.5,
        },
    )

    assert values(record) == {"305": 21.4}
    assert values(record, "referrals") == {"305": 120.5}


def test_the_same_bytes_twice_change_nothing(workspace: Path) -> None:
    load(workspace, line("305", 107))
    file = workspace.parent / "peers0.csv"

    assert main(["load", str(file), "-w", str(workspace)]) == 0
    assert record_of(workspace).find_revision(FD2, "London", QUARTER, "305") is None


def test_figures_give_peers_only_where_they_are_asked_for(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(workspace, line("305", 107), line("304", 9, indicator="Agency posts"))
    assert main(["build", "-w", str(workspace), "--as-at", "2026-09-30"]) == 0
    capsys.readouterr()

    def ask(*options: str) -> list[dict[str, str]]:
        assert main(["figures", "-w", str(workspace), *options]) == 0
        rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert all(list(row) == [*FIGURE_COLUMNS, "held"] for row in rows)
        return [row for row in rows if row["source"] == "London"]

    assert ask("--indicator", "FD2") == []
    (row,) = ask("--indicator", "FD2", "--peers")
    assert (row["area_code"], row["value"], row["period_type"]) == (
        "305",
        "21.4",
        "quarter",
    )
    assert len(ask("--peers")) == 2
    (other,) = ask("--indicator", "peers:London:Agency posts", "--peers")
    assert other["numerator"] == "9"
    assert "London" not in open_snapshot(open_workspace(workspace)).figures()["source"]


def test_a_workspace_without_peers_has_an_empty_record(
    workspace: Path, tmp_path: Path
) -> None:
    groups = Path(__file__).parents[1] / "data/published/invented_groups.csv"
    assert main(["load", str(groups), "-w", str(workspace)]) == 0

    record = record_of(workspace)

    assert record.figures.is_empty()
    assert record.not_ours == ()
