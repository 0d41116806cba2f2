"""A figure that is not known yet is not shown, and what is so on one day is so then alone."""

from datetime import date

import pytest

from openscrutiny.figures.coverage import KnownPeriod, find_known_periods
from openscrutiny.figures.lacking import KnownOfLoads
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import PeriodType
from openscrutiny.record.coverage import Span

JUNE = date(2025, 6, 30)


def span(table: str, return_id: str, load: int, first: date, last: date) -> Span:
    return Span("299", table, return_id, load, first, last)


def month(code: str, spans: list[Span], made: dict[int, date]) -> KnownPeriod:
    """Judge June 2025."""
    known = find_known_periods(
        find_indicator(code),
        spans,
        ["299"],
        date(2025, 6, 1),
        JUNE,
        KnownOfLoads(made=made),
    )
    return next(k for k in known if k.period.type is PeriodType.MONTH)


@pytest.mark.parametrize(
    ("until", "is_known"), [(date(2026, 6, 30), True), (date(2026, 6, 29), False)]
)
def test_a_step_up_waits_for_twelve_months_of_referrals(
    until: date, is_known: bool
) -> None:
    spans = [
        span("early_help_episodes", "annex-a/2025-09-30", 1, date(2025, 4, 1), JUNE),
        span("cin_episodes", "cin/2026", 2, date(2025, 4, 1), until),
    ]
    known = month("EH8", spans, {})

    assert known.available is is_known
    if not is_known:
        assert known.why == (
            "It waits for referrals that followed, and 30 June 2026 is not loaded."
        )


@pytest.mark.parametrize(
    ("made", "is_known"), [(date(2025, 9, 30), True), (date(2025, 9, 29), False)]
)
def test_whether_help_was_in_time_waits_for_a_later_list_of_the_same_days(
    made: date, is_known: bool
) -> None:
    spans = [
        span("early_help_episodes", "annex-a/2025-09-30", 1, date(2025, 4, 1), JUNE),
        # A later list that does not tell of June cannot say what became of it.
        span(
            "early_help_episodes",
            "annex-a/2026-03-31",
            2,
            date(2025, 10, 1),
            date(2026, 3, 31),
        ),
    ]

    assert month("EH5", spans, {1: made, 2: date(2026, 3, 31)}).available is is_known


def test_visits_are_known_on_the_day_of_an_extract_and_on_no_other() -> None:
    plans = span("cp_plans", "annex-a/2025-09-30", 1, date(2025, 4, 1), JUNE)
    of_june = span("cp_plans/as at", "annex-a/2025-06-30", 2, JUNE, JUNE)

    assert not month("CP13", [plans], {}).available
    assert month("CP13", [plans, of_june], {}).available


def test_a_state_looks_back_from_its_day_and_not_from_the_start_of_its_year() -> None:
    first = date(2023, 12, 30)  # 18 months before
    plans = [span("cp_plans", "cin/2026", 1, first, JUNE)]
    later = [span("cp_plans", "cin/2026", 1, date(2023, 12, 31), JUNE)]

    assert month("CP12", plans, {}).available
    assert not month("CP12", later, {}).available
