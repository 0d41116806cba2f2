"""A month in which nothing is expected is neither missing nor zero."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.figures.engine import open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate
from openscrutiny.indicators.dictionary import in_words
from openscrutiny.indicators.registry import find_indicator
from support.records import NO_POPULATION, make_load, make_record

QUIET = replace(find_indicator("EH4"), quiet_months=(8,))
FIRST, LAST = date(2025, 4, 1), date(2025, 9, 30)


def count(folder: Path, *starts: str, last: date = LAST) -> pl.DataFrame:
    """Count assessments that began on these days, covered from April to `last`."""
    rows = [
        {"earl_person_id": f"P{number}", "earl_episode_start_date": start}
        for number, start in enumerate(starts)
    ]
    load = make_load("annex-a", FIRST, last, {"early_help_episodes": rows})
    journal = make_record(folder, [load])
    engine = open_record(journal, journal.entries())
    return evaluate(
        engine, QUIET, Evaluation(FIRST, LAST, {"299": "Here"}), NO_POPULATION
    )


def month(figures: pl.DataFrame, number: int) -> dict[str, object]:
    return figures.filter(
        (pl.col("period_type") == "month")
        & (pl.col("breakdown") == "total")
        & (pl.col("period_end").dt.month() == number)
    ).row(0, named=True)


def test_a_covered_quiet_month_with_nothing_in_it_is_not_expected(
    tmp_path: Path,
) -> None:
    august = month(count(tmp_path, "2025-07-03"), 8)

    assert august["status"] == "not_expected"
    assert august["value"] is None and august["numerator"] is None
    assert august["why"] == "Nothing is expected in August."


def test_a_quiet_month_that_no_return_covers_is_not_expected_either(
    tmp_path: Path,
) -> None:
    figures = count(tmp_path, "2025-07-03", last=date(2025, 7, 31))

    assert month(figures, 8)["status"] == "not_expected"
    assert month(figures, 9)["status"] == "not_available"


def test_a_quiet_month_with_something_in_it_keeps_its_figure(tmp_path: Path) -> None:
    august = month(count(tmp_path, "2025-08-03", "2025-08-20"), 8)

    assert (august["status"], august["value"]) == ("final", 2.0)


def test_any_other_month_with_nothing_in_it_is_zero(tmp_path: Path) -> None:
    assert month(count(tmp_path, "2025-07-03"), 6)["value"] == 0.0


def test_a_quarter_and_a_year_count_the_quiet_month_as_empty(tmp_path: Path) -> None:
    figures = count(tmp_path, "2025-07-03", "2025-09-04")

    quarter = figures.filter(
        (pl.col("period_type") == "quarter")
        & (pl.col("breakdown") == "total")
        & (pl.col("period_end") == LAST)
    )
    assert quarter["value"].to_list() == [2.0]


def test_a_quiet_month_without_a_figure_has_no_breakdown(tmp_path: Path) -> None:
    figures = count(tmp_path, "2025-07-03").filter(
        (pl.col("period_type") == "month") & (pl.col("breakdown") == "sex")
    )

    assert figures.height
    assert 8 not in figures["period_end"].dt.month().to_list()


def test_the_dictionary_names_the_quiet_months() -> None:
    assert "Nothing is expected in**: August" in in_words(QUIET)
    assert "Nothing is expected" not in in_words(find_indicator("FD1"))


def test_a_state_on_a_day_has_no_quiet_months() -> None:
    state = find_indicator("LA1")
    with pytest.raises(AssertionError):
        replace(state, quiet_months=(8,))
