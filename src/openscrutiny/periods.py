"""Months, quarters and years as values, and the working days of England.

A period is a closed range of days. Years are named by the year in which they end
(the year ending 31 March 2025 is 2025), as the Department for Education does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

__all__ = [
    "Period",
    "PeriodType",
    "add_months",
    "financial_year_of",
    "find_periods",
    "month_end",
    "make_period",
    "working_days_between",
    "working_day_numbers",
]


class PeriodType(StrEnum):
    """Name the kinds of period that a figure may have."""

    MONTH = "month"
    QUARTER = "quarter"
    ROLLING_12_MONTHS = "rolling_12_months"
    FINANCIAL_YEAR = "financial_year"
    CALENDAR_YEAR = "calendar_year"
    ACADEMIC_YEAR = "academic_year"
    REPORTING_YEAR = (
        "reporting_year"  # a publisher's own: the workforce's to 30 September
    )
    DAY = "day"


@dataclass(frozen=True, order=True)
class Period:
    """Hold a kind of period and its first and last day, both included."""

    start: date
    end: date
    type: PeriodType

    def __post_init__(self) -> None:
        assert self.start <= self.end


def month_end(day: date) -> date:
    """Give the last day of the month that `day` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def financial_year_of(day: date) -> int:
    """Name the financial year of a day by the year in which it ends.

    >>> financial_year_of(date(2025, 4, 1))
    2026
    """
    return day.year + (day.month > 3)


def add_months(day: date, months: int) -> date:
    """Move by whole months, keeping to the last day where the day does not exist.

    >>> add_months(date(2024, 2, 29), -12)
    datetime.date(2023, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# How many months each kind of period has, and the months in which it may end.
_SHAPES: dict[PeriodType, tuple[int, frozenset[int]]] = {
    PeriodType.MONTH: (1, frozenset(range(1, 13))),
    PeriodType.QUARTER: (3, frozenset({3, 6, 9, 12})),
    PeriodType.ROLLING_12_MONTHS: (12, frozenset(range(1, 13))),
    PeriodType.FINANCIAL_YEAR: (12, frozenset({3})),
    PeriodType.CALENDAR_YEAR: (12, frozenset({12})),
    PeriodType.ACADEMIC_YEAR: (12, frozenset({8})),
}


def make_period(kind: PeriodType, end: date) -> Period:
    """Build the period of this kind that ends on `end`."""
    if kind is PeriodType.DAY:
        return Period(end, end, kind)
    months, ends_in = _SHAPES[kind]
    assert end == month_end(end) and end.month in ends_in, (kind, end)
    return Period(add_months(end.replace(day=1), 1 - months), end, kind)


def find_periods(kind: PeriodType, first: date, last: date) -> list[Period]:
    """List the periods of this kind that lie wholly within `first` to `last`.

    >>> [p.end.isoformat() for p in find_periods(
    ...     PeriodType.QUARTER, date(2024, 1, 1), date(2024, 8, 1))]
    ['2024-03-31', '2024-06-30']
    """
    if kind is PeriodType.DAY:
        return [Period(last, last, kind)]
    periods = []
    end = month_end(first)
    while end <= last:
        if end.month in _SHAPES[kind][1]:
            period = make_period(kind, end)
            if period.start >= first:
                periods.append(period)
        end = month_end(end + timedelta(days=1))
    return periods


@cache
def working_day_numbers(first_year: int, last_year: int) -> dict[date, int]:
    """Number every day by how many working days lie on or before it.

    Working days are Monday to Friday less England's bank holidays, one-off ones
    included (8 May 2020, 3 June and 19 September 2022, 8 May 2023).
    """
    import holidays  # slow to import: only those who count working days pay

    free = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(first_year, last_year + 1)
    )
    numbers: dict[date, int] = {}
    count = 0
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        if day.weekday() < 5 and day not in free:
            count += 1
        numbers[day] = count
        day += timedelta(days=1)
    return numbers


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`.

    The start day is day 0, so the next working day is day 1.

    >>> working_days_between(date(2024, 3, 28), date(2024, 4, 2))  # over Easter
    1
    """
    numbers = working_day_numbers(min(start, end).year, max(start, end).year)
    return numbers[end] - numbers[start]
