"""Published figures of a day or of a term, where the indicator itself is of one."""

from datetime import date
from pathlib import Path

import polars as pl

from openscrutiny.cli import main
from openscrutiny.figures.published import published_figures, read_published
from openscrutiny.record.journal import Journal
from openscrutiny.workspace import open_workspace

INVENTED = Path(__file__).parents[1] / "data" / "published"
FILES = ("invented_ehe_census.csv", "invented_schools_as_at_31_Jan_2026.csv")


def figures_of(folder: Path, *names: str) -> pl.DataFrame:
    assert main(["init", str(folder), "--council", "306"]) == 0
    paths = [str(INVENTED / name) for name in names]
    assert main(["load", *paths, "-w", str(folder)]) in (0, 1)
    journal = Journal(open_workspace(folder).record)
    record = read_published(journal, list(journal.entries()), date(2025, 11, 30))
    return published_figures(record, {"306"})


def told(
    figures: pl.DataFrame, code: str, area: str = "306"
) -> list[tuple[object, ...]]:
    mine = figures.filter((pl.col("code") == code) & (pl.col("area_code") == area))
    return (
        mine.sort("period_end")
        .select("period_type", "period_start", "period_end", "value")
        .rows()
    )


def test_terms_and_days_have_their_own_days(tmp_path: Path) -> None:
    figures = figures_of(tmp_path / "w", *FILES)

    autumn = (date(2024, 9, 1), date(2024, 12, 31))
    assert told(figures, "EO1") == [
        ("term", *autumn, 0.8),
        ("term", date(2025, 1, 1), date(2025, 4, 30), 0.9),
        ("term", date(2025, 9, 1), date(2025, 12, 31), 1.1),
    ]
    assert told(figures, "EO1", "E92000001")[0][-1] == 1.4
    day = date(2026, 1, 31)
    assert told(figures, "SQ1") == [("day", day, day, 1.0)]  # n of N
    assert told(figures, "SQ5") == [("day", day, day, 100 * 1350 / 2350)]
    units = figures.filter(pl.col("code") == "SQ2").row(0, named=True)
    assert (units["value"], units["numerator"], units["denominator"]) == (1, 1, 2)
    assert units["unit"] == "of_total"


def test_a_rate_that_is_low_is_said_so_and_is_no_number(tmp_path: Path) -> None:
    figures = figures_of(tmp_path / "w", "invented_cme_census.csv")

    missing = figures.filter(pl.col("code") == "EO13").sort("period_end", "area_code")
    assert missing.select("area_code", "value", "status").rows() == [
        ("306", 0.5, "final"),
        ("E92000001", 0.5, "final"),
        ("306", None, "low"),
        ("E92000001", 0.4, "final"),
    ]


def test_a_term_or_a_day_that_had_not_ended_is_held(tmp_path: Path) -> None:
    figures = figures_of(tmp_path / "w", *FILES)

    held = figures.filter(pl.col("held") != "")
    assert set(held["period_end"]) == {date(2025, 12, 31), date(2026, 1, 31)}
