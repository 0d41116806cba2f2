"""How months looked in each extract: one definition, counted under each in one pass."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.analyses.catalogue.late_recording import (
    LATE_SCHEMA,
    MOST_EXTRACTS,
    TABLE,
    count_as_recorded,
    lag_of,
)
from openscrutiny.figures.building import lend
from openscrutiny.figures.engine import Engine, open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate
from openscrutiny.figures.population import find_population
from openscrutiny.figures.snapshots import build_snapshot, open_snapshot
from openscrutiny.indicators.definition import Clock, Unit
from openscrutiny.indicators.filling import fills_up
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.periods import add_months, month_end
from openscrutiny.record.digests import DamagedError
from openscrutiny.record.journal import Journal, NewLoad
from openscrutiny.workspace import create_workspace
from support.earlier_release import forget_digests
from support.records import make_load, make_record

FIRST = date(2025, 1, 1)


def extract(as_at: date, rows: dict[str, list[dict[str, Any]]]) -> NewLoad:
    """Make an extract that looks back six months."""
    since = add_months(as_at, -6) + timedelta(days=1)
    return make_load(f"annex-a/{as_at.isoformat()}", since, as_at, rows)


def helped(*days: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "early_help_episodes": [
            {"earl_person_id": f"A{at}", "earl_episode_start_date": day}
            for at, day in enumerate(days)
        ]
    }


def referred(*days: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "cin_episodes": [
            {"cine_person_id": f"A{at}", "cine_referral_date": day}
            for at, day in enumerate(days)
        ]
    }


def count(
    folder: Path, code: str, loads: Sequence[NewLoad], undo: int | None = None
) -> pl.DataFrame:
    """Count one indicator's months under every extract of a record of these loads."""
    journal = make_record(folder, loads)
    if undo is not None:
        journal.undo(undo)
    engine = open_record(journal, journal.entries())
    try:
        return _count(engine, journal, code)
    finally:
        engine.close()


def _count(engine: Engine, journal: Journal, code: str) -> pl.DataFrame:
    indicator = find_indicator(code)
    last = max(e.period_end for e in journal.entries() if e.period_end)
    wanted = Evaluation(date(2024, 1, 1), last, {"299": "Anyborough"})
    population = find_population(journal, journal.entries(), 2023, last.year + 1)
    figures = evaluate(engine, indicator, wanted, population)
    late = count_as_recorded(lend(engine, [indicator], figures))
    assert late.schema == pl.Schema(LATE_SCHEMA)
    return late


def seen(late: pl.DataFrame, end: date) -> list[tuple[int | None, float]]:
    rows = late.filter(pl.col("period_end") == end)
    return list(rows.select("lag", "numerator").iter_rows())


@pytest.mark.parametrize(
    ("as_at", "lag"),
    [
        (date(2025, 8, 31), 0),
        (date(2025, 9, 15), 0),
        (date(2025, 9, 30), 1),
        (date(2026, 2, 28), 6),
        (date(2026, 3, 30), 6),
    ],
)
def test_lag_counts_whole_months(as_at: date, lag: int) -> None:
    assert lag_of(date(2025, 8, 31), as_at) == lag


def test_a_month_is_counted_under_every_extract_that_covers_it(tmp_path: Path) -> None:
    late = count(
        tmp_path,
        "EH4",
        [
            extract(date(2025, 3, 31), helped("2025-03-02")),
            extract(date(2025, 4, 30), helped("2025-03-02", "2025-03-28")),
            extract(
                date(2025, 5, 31), helped("2025-03-02", "2025-03-28", "2025-05-01")
            ),
        ],
    )

    assert seen(late, date(2025, 3, 31)) == [(0, 1), (1, 2), (2, 2)]
    assert seen(late, date(2025, 5, 31)) == [(0, 1)]


def test_a_covered_month_without_an_event_is_0_and_one_not_covered_is_not_there(
    tmp_path: Path,
) -> None:
    late = count(tmp_path, "EH4", [extract(date(2025, 8, 31), helped("2025-08-02"))])

    assert seen(late, date(2025, 7, 31)) == [(1, 0)]
    # Six months back from 31 August is 28 February: March is whole, February is not.
    assert seen(late, date(2025, 2, 28)) == []


def test_an_extract_within_a_month_does_not_count_that_month(tmp_path: Path) -> None:
    late = count(
        tmp_path,
        "EH4",
        [extract(date(2025, 8, 15), helped("2025-08-02", "2025-07-30"))],
    )

    assert late["period_end"].max() == date(2025, 7, 31)
    assert seen(late, date(2025, 7, 31)) == [(0, 1)]


def test_the_census_gives_the_count_that_stands(tmp_path: Path) -> None:
    late = count(
        tmp_path,
        "FD1",
        [
            extract(date(2025, 3, 31), referred("2025-03-02")),
            make_load(
                "cin/2025",
                date(2024, 4, 1),
                date(2025, 3, 31),
                referred("2025-03-02", "2025-03-28", "2025-03-29"),
            ),
        ],
    )

    assert seen(late, date(2025, 3, 31)) == [(0, 1), (None, 3)]
    [return_id] = late.filter(
        (pl.col("period_end") == date(2025, 3, 31)) & pl.col("lag").is_null()
    )["return_id"]
    assert return_id == "cin"


def test_an_undone_extract_does_not_count(tmp_path: Path) -> None:
    late = count(
        tmp_path,
        "EH4",
        [
            extract(date(2025, 3, 31), helped("2025-03-02")),
            extract(date(2025, 4, 30), helped("2025-03-02", "2025-03-28")),
        ],
        undo=1,
    )

    assert seen(late, date(2025, 3, 31)) == [(1, 2)]


def test_a_later_load_of_the_same_extract_replaces_the_earlier(tmp_path: Path) -> None:
    again = extract(date(2025, 3, 31), helped("2025-03-02", "2025-03-28"))
    late = count(
        tmp_path, "EH4", [extract(date(2025, 3, 31), helped("2025-03-02")), again]
    )

    assert seen(late, date(2025, 3, 31)) == [(0, 2)]


def test_only_the_most_recent_extracts_are_counted(tmp_path: Path) -> None:
    days = [month_end(add_months(FIRST, at)) for at in range(MOST_EXTRACTS + 3)]
    late = count(tmp_path, "EH4", [extract(day, helped("2025-01-02")) for day in days])

    assert late["as_at"].n_unique() == MOST_EXTRACTS
    assert late["as_at"].min() == days[3]


def test_a_child_who_counts_once_a_period_counts_once_in_each_extract(
    tmp_path: Path,
) -> None:
    spells = {
        "cla_episodes": [
            {
                "clae_person_id": "A",
                "clae_cla_episode_start_date": day,
                "clae_cla_episode_start_reason": "S",
                "clae_legal_status": "C2",
            }
            for day in ("2025-03-02", "2025-03-20")
        ]
    }
    late = count(
        tmp_path,
        "LA2",
        [extract(date(2025, 3, 31), spells), extract(date(2025, 4, 30), spells)],
    )

    assert seen(late, date(2025, 3, 31)) == [(0, 1), (1, 1)]


def test_percentages_states_and_what_no_extract_feeds_have_no_history() -> None:
    filling = {i.code: i for i in INDICATORS if fills_up(i)}

    assert filling.keys() >= {"EH4", "FD1", "AS1", "CP1", "LA2"}
    for each in filling.values():
        assert each.unit is not Unit.PERCENT and each.clock is Clock.EVENT, each.code
        assert "annex-a" in each.returns, each.code
    assert not filling.keys() & {"FD2", "FD3", "AS2a", "CP5", "LA1", "SN2", "WF1"}


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_counting_each_extract_by_itself(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    days = [month_end(add_months(FIRST, at)) for at in range(8)]
    held: dict[date, list[date]] = {
        day: [
            FIRST - timedelta(days=200) + timedelta(days=chance.randrange(440))
            for _ in range(60)
        ]
        for day in days
    }
    late = count(
        tmp_path,
        "EH4",
        [extract(day, helped(*(one.isoformat() for one in held[day]))) for day in days],
    )

    expected = set()
    for as_at, events in held.items():
        end = as_at
        for lag in range(6):
            first = end.replace(day=1)
            expected.add((end, lag, float(sum(first <= e <= end for e in events))))
            end = first - timedelta(days=1)
    assert set(late.select("period_end", "lag", "numerator").iter_rows()) == expected


def test_a_snapshot_keeps_the_history_and_one_without_it_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "openscrutiny.figures.snapshots.INDICATORS", [find_indicator("EH4")]
    )
    workspace = create_workspace(tmp_path / "workspace", ("299",))
    Journal(workspace.record).add(extract(date(2025, 3, 31), helped("2025-03-02")))
    build_snapshot(workspace, as_at=date(2025, 3, 31))

    snapshot = open_snapshot(workspace)
    late = snapshot.table(TABLE)

    assert late is not None
    assert seen(late, date(2025, 3, 31)) == [(0, 1)]
    (snapshot.folder / "late.parquet").unlink()
    with pytest.raises(DamagedError, match="late.parquet is missing"):
        open_snapshot(workspace).table(TABLE)
    forget_digests(workspace.folder)
    assert open_snapshot(workspace).table(TABLE) is None
    assert snapshot.figures().height > 0
