"""Numbers, dates and shares as a reader meets them."""

from datetime import date

import pytest

from openscrutiny.numbers import (
    describe_share,
    format_amount,
    make_display,
    round_half_away,
)
from openscrutiny.periods import (
    Period,
    PeriodType,
    describe_age,
    format_date,
    previous_end,
)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (0.5, 0, "1"),
        (-0.5, 0, "-1"),
        (2.5, 0, "3"),
        (26.85, 1, "26.9"),
        (26.849999, 1, "26.8"),
        (-1.25, 1, "-1.3"),
        (1e-9, 1, "0.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(
    value: float, places: int, expected: str
) -> None:
    assert str(round_half_away(value, places)) == expected


def test_an_amount_has_separators_a_true_minus_and_no_negative_zero() -> None:
    assert format_amount(1234567) == "1,234,567"
    assert format_amount(-12.34, 1) == "−12.3"
    assert format_amount(-0.01, 1) == "0.0"


def test_a_percentage_of_fewer_than_100_has_no_decimals() -> None:
    display = make_display("percent", [], [26.83])

    assert display.text(26.83, 7986) == "26.8%"
    assert display.text(26.83, 100) == "26.8%"
    assert display.text(26.83, 99) == "27%"


def test_published_whole_percentages_gain_no_invented_decimal() -> None:
    assert make_display("percent", [52.0, 54.0]).text(52.0) == "52%"
    assert make_display("percent", [52.0, 54.2]).text(52.0) == "52.0%"
    assert make_display("percent", [], [52.0]).text(52.0) == "52.0%"


def test_percentages_that_never_reach_one_keep_two_decimals() -> None:
    assert make_display("percent", [0.05, 0.129]).text(0.05) == "0.05%"


def test_counts_are_whole_unless_the_series_has_parts() -> None:
    assert make_display("count", [], [7986.0]).text(7986) == "7,986"
    assert make_display("count", [], [70.0, 64.5]).text(70) == "70.0"
    assert make_display("rate_per_10_000", [], [850.1]).text(850.0) == "850.0"


def test_a_true_zero_is_a_figure() -> None:
    assert make_display("count", [], [0.0]).text(0) == "0"
    assert make_display("percent", [], [0.0, 20.0]).text(0, 250) == "0.0%"


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (26.8, "About 1 in 4"),
        (20.0, "About 1 in 5"),
        (61.2, "About 3 in 5"),
        (69.6, "About 7 in 10"),
        (36.0, "About 1 in 3"),
        (5.0, "About 1 in 20"),
        (4.9, ""),
        (95.1, ""),
        (46.5, ""),
    ],
)
def test_a_share_is_said_only_where_it_is_near(percent: float, words: str) -> None:
    assert describe_share(percent) == words


def test_every_share_is_within_three_points_of_its_percentage() -> None:
    for tenths in range(50, 951):
        words = describe_share(tenths / 10)
        if words:
            _, part, _, whole = words.split()
            assert abs(100 * int(part) / int(whole) - tenths / 10) <= 3


def test_days_are_written_in_full() -> None:
    assert format_date(date(2026, 3, 31)) == "31 March 2026"


@pytest.mark.parametrize(
    ("kind", "start", "end", "name", "within"),
    [
        (
            "financial_year",
            date(2024, 4, 1),
            date(2025, 3, 31),
            "year to March 2025",
            "in the year to March 2025",
        ),
        ("calendar_year", date(2024, 1, 1), date(2024, 12, 31), "2024", "in 2024"),
        (
            "academic_year",
            date(2023, 9, 1),
            date(2024, 8, 31),
            "school year 2023 to 2024",
            "in the school year 2023 to 2024",
        ),
        (
            "rolling_12_months",
            date(2024, 7, 1),
            date(2025, 6, 30),
            "12 months to June 2025",
            "in the 12 months to June 2025",
        ),
        ("month", date(2025, 6, 1), date(2025, 6, 30), "June 2025", "in June 2025"),
        (
            "quarter",
            date(2025, 4, 1),
            date(2025, 6, 30),
            "April to June 2025",
            "in April to June 2025",
        ),
        (
            "day",
            date(2025, 9, 30),
            date(2025, 9, 30),
            "30 September 2025",
            "on 30 September 2025",
        ),
    ],
)
def test_periods_have_names(
    kind: str, start: date, end: date, name: str, within: str
) -> None:
    span = Period(start, end, PeriodType(kind))

    assert (span.name, span.within) == (name, within)


def test_a_state_is_named_by_its_last_day() -> None:
    span = Period(
        date(2024, 4, 1), date(2025, 3, 31), PeriodType.FINANCIAL_YEAR, is_state=True
    )

    assert span.within == "on 31 March 2025"


@pytest.mark.parametrize(
    ("end", "as_at", "words"),
    [
        (date(2025, 3, 31), date(2026, 9, 22), "17 months old"),
        (date(2025, 3, 31), date(2025, 4, 29), "under a month old"),
        (date(2025, 3, 31), date(2025, 4, 30), "1 month old"),
        (date(2025, 2, 28), date(2025, 3, 30), "under a month old"),
        (date(2025, 2, 28), date(2025, 3, 31), "1 month old"),
        (date(2025, 1, 16), date(2025, 3, 16), "2 months old"),
        (date(2025, 3, 31), date(2025, 1, 1), "under a month old"),
    ],
)
def test_age_counts_whole_months(end: date, as_at: date, words: str) -> None:
    assert describe_age(end, as_at) == words


def test_the_period_before_has_equal_length() -> None:
    assert previous_end(PeriodType.MONTH, date(2025, 3, 31)) == date(2025, 2, 28)
    assert previous_end(PeriodType.QUARTER, date(2025, 6, 30)) == date(2025, 3, 31)
    assert previous_end(PeriodType.FINANCIAL_YEAR, date(2025, 3, 31)) == date(
        2024, 3, 31
    )
    assert previous_end(PeriodType.ROLLING_12_MONTHS, date(2025, 2, 28)) == date(
        2024, 2, 29
    )


def test_census_days_that_move_by_days_still_follow_each_other() -> None:
    later = Period(date(2025, 1, 16), date(2025, 1, 16), PeriodType.DAY)
    earlier = Period(date(2024, 1, 18), date(2024, 1, 18), PeriodType.DAY)
    too_early = Period(date(2023, 1, 19), date(2023, 1, 19), PeriodType.DAY)

    assert later.is_step_after(earlier)
    assert not later.is_step_after(too_early)


def test_a_month_is_never_a_step_after_a_year() -> None:
    month = Period(date(2025, 3, 1), date(2025, 3, 31), PeriodType.MONTH)
    year = Period(date(2024, 3, 1), date(2025, 2, 28), PeriodType.FINANCIAL_YEAR)

    assert not month.is_step_after(year)
