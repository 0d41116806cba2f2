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


def test_what_began_or_was_issued_in_a_school_year_is_that_years_count(
    tmp_path: Path,
) -> None:
    figures = figures_of(tmp_path / "w", "invented_ehe_academic_year.csv")

    years = [
        (date(2022, 9, 1), date(2023, 8, 31)),
        (date(2023, 9, 1), date(2024, 8, 31)),
    ]
    assert told(figures, "EO2") == [
        ("academic_year", *years[0], 240.0),
        ("academic_year", *years[1], 280.0),
    ]
    assert [row[-1] for row in told(figures, "EO6")] == [20.0, 30.0]
    assert [row[-1] for row in told(figures, "EO7")] == [10.0, None]  # low is no number
    assert [row[-1] for row in told(figures, "EO2", "E92000001")] == [61000.0, 61000.0]


def test_a_survey_of_england_and_regions_gives_no_council_a_figure(
    tmp_path: Path,
) -> None:
    name = "invented_neet_and_net_estimates_from_the_lfs_2025.csv"
    figures = figures_of(tmp_path / "w", name).filter(pl.col("code") == "NE6")

    assert set(figures["area_code"]) == {"E92000001", "E12000007"}
    last = figures.filter(pl.col("period_end") == date(2025, 12, 31))
    # The last quarter of 18 to 24 year olds of both sexes, and nothing else of the table.
    assert dict(last.select("area_code", "value").rows()) == {
        "E92000001": 14.25,
        "E12000007": 12.5,
    }
    assert figures.height == 6
