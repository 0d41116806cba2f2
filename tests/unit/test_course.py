"""The years up to a figure: a year apart, settled, collected alike, and named."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from openscrutiny.judgement.course import Course, Untested, _years_to, find_course
from openscrutiny.judgement.movement import find_movement
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.nothing import Status
from openscrutiny.periods import PeriodType
from unit.test_judgement import series_of, year_rows
from unit.test_streak import LAST, rows

ROLLING = PeriodType.ROLLING_12_MONTHS


def course_of(series: SeriesSet) -> Course | Untested:
    assert series.headline is not None
    return find_course(series, series.headline)


def uncounted(held: list[Observation], *values: float) -> list[Observation]:
    """Give the figures as a publisher does who prints values alone."""
    given = values or tuple(row.value for row in held)
    return [
        replace(row, value=value, numerator=None, denominator=None)
        for row, value in zip(held, given, strict=True)
    ]


def windows(monthly: list[float]) -> list[float]:
    """Give the mean of the 12 months up to each month from the twelfth on."""
    return [sum(monthly[at - 12 : at]) / 12 for at in range(12, len(monthly) + 1)]


def rolling(monthly: list[float]) -> list[Observation]:
    return uncounted(rows(*windows(monthly), kind=ROLLING))


def unsettled(row: Observation) -> Observation:
    return replace(row, status=Status.PROVISIONAL)


def test_a_rolling_series_is_read_by_windows_that_do_not_overlap() -> None:
    held = rolling([15 + at / 8 for at in range(72)])

    years, stopped = _years_to(held[-1], held, series_of(held))

    assert [year.end.year for year in years] == [2021, 2022, 2023, 2024, 2025, 2026]
    assert {year.end.month for year in years} == {LAST.month}
    assert all(a.span.end < b.span.start for a, b in pairwise(years))
    assert stopped is Untested.FEW


def test_re_referrals_that_rose_over_six_years_are_told_though_the_last_is_not_settled() -> (
    None
):
    """18.4% to 27.4%, of which the half year since March is provisional."""
    held = rolling([18.4 + 9 * at / 77 for at in range(78)])
    held = [*held[:-6], *map(unsettled, held[-6:])]

    movement = find_movement(series_of(held))

    assert movement is not None and movement.course is not None
    assert movement.trend is not None and movement.trend.words == "rising"
    assert not movement.course.is_latest
    assert movement.course.last.end == date(2026, 3, 31)
    assert movement.untested is None


def test_the_publishers_years_speak_where_ours_are_too_few() -> None:
    years = uncounted(year_rows(17.5, 18.0, 19.4, 20.1, 22.0, 23.1))[:-1]
    theirs = tuple(replace(row, source="P") for row in years)
    ours = rolling([23.5] * 24)
    series = SeriesSet(ours[-1], (), (), tuple(ours), theirs, (), (), "")

    found = course_of(series)

    assert isinstance(found, Course)
    assert (found.trend.words, found.is_own, found.is_latest) == (
        "rising",
        False,
        False,
    )
    assert found.last.end == date(2025, 3, 31)


def test_a_headline_that_has_turned_since_silences_the_years_before() -> None:
    held = uncounted(year_rows(18.0, 19.4, 20.1, 22.0, 23.1, 20.0))
    held[-1] = unsettled(held[-1])

    assert course_of(series_of(held)) is Untested.TURNED


def test_month_ends_of_a_state_are_read_a_year_apart() -> None:
    season = (5, 0, -5, 0, 5, 0, -5, 0, 5, 0, -5, 0)
    values = [30 + at / 12 + season[at % 12] for at in range(60)]
    held = [
        replace(row, span=replace(row.span, is_state=True))
        for row in uncounted(rows(*values))
    ]

    found = course_of(series_of(held))

    assert isinstance(found, Course) and found.trend.words == "rising"
    assert len(found.trend.years) == 5


@pytest.mark.parametrize(
    ("held", "breaks", "why"),
    [
        (year_rows(1.0, 2.0, 3.0), (), Untested.FEW),
        (year_rows(1.0, None, 2.0, 3.0, 4.0), (), Untested.EMPTY),
        ([unsettled(r) for r in year_rows(1, 2, 3, 4, 5)], (), Untested.UNSETTLED),
        (year_rows(1, 2, 3, 4, 5), (date(2024, 4, 1),), Untested.BROKEN),
        (rows(*range(1, 61)), (), Untested.SHORT),
    ],
)
def test_what_cannot_be_tested_says_why(
    held: list[Observation], breaks: tuple[date, ...], why: Untested
) -> None:
    assert course_of(series_of(held, breaks=breaks)) is why


def test_four_years_after_a_break_are_tested_by_themselves() -> None:
    """Permanent exclusions since schools were open again for whole years."""
    held = uncounted(year_rows(0.05, 0.03, 0.07, 0.09, 0.11, 0.13))

    found = course_of(series_of(held, breaks=(date(2022, 4, 1),)))

    assert isinstance(found, Course)
    assert (found.trend.words, len(found.trend.years)) == ("rising", 4)


def test_what_a_reader_sees_across_a_break_is_found_and_no_test_joins_it() -> None:
    """Permanent exclusions: 0.05% to 0.13%, and schools were closed in between."""
    held = uncounted(year_rows(0.05, 0.08, 0.10, 0.13, 0.12, 0.13))

    broken = find_movement(series_of(held, breaks=(date(2022, 4, 1),)))
    near = find_movement(
        series_of(uncounted(held, 0.125, *(row.value for row in held[1:])),
                  breaks=(date(2022, 4, 1),))
    )  # fmt: skip
    whole = find_movement(series_of(held))

    assert broken is not None and broken.across is not None
    assert broken.across.first == held[0]
    assert broken.across.starts == date(2022, 4, 1)
    assert broken.trend is not None and not broken.trend.direction
    assert near is not None and near.across is None  # not another figure by a tenth
    assert whole is not None and whole.across is None  # nothing lies between


def test_values_without_counts_that_creep_up_for_nine_years_are_told() -> None:
    values = (0.05, 0.06, 0.06, 0.08, 0.07, 0.10, 0.09, 0.09, 0.13)
    held = uncounted(year_rows(*values))

    found = course_of(series_of(held))

    assert isinstance(found, Course)
    assert found.trend.is_by_ranks and found.trend.words == "rising"
    assert len(found.trend.years) == 9


def test_rolling_windows_without_a_trend_are_called_one_at_most_once_in_twenty() -> (
    None
):
    """Months by chance around one level; neighbouring windows share eleven of them."""
    chance, tries, called, neighbours = random.Random(8), 300, 0, 0
    held, years = rolling([20.0] * 72), year_rows(*[20.0] * 5)
    for _ in range(tries):
        means = windows([chance.gauss(20, 4) for _ in range(72)])
        found = course_of(series_of(uncounted(held, *means)))
        called += isinstance(found, Course) and found.trend.direction != 0
        # What would be called if the last five windows were taken for five years.
        found = course_of(series_of(uncounted(years, *means[-5:])))
        neighbours += isinstance(found, Course) and found.trend.direction != 0

    # Of 300, more than 24 would come once in 120 where 0.05 is true.
    assert 0 < called <= 24
    assert neighbours > 3 * called
