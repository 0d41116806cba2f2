"""Months, periods, birthdays and working days, counted one at a time."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)

MONTHS_IN = {
    "month": 1,
    "quarter": 3,
    "rolling_12_months": 12,
    "financial_year": 12,
    "calendar_year": 12,
}
ENDS_IN = {
    "month": tuple(range(1, 13)),
    "quarter": (3, 6, 9, 12),
    "rolling_12_months": tuple(range(1, 13)),
    "financial_year": (3,),
    "calendar_year": (12,),
}


def days_from(first: date, last: date) -> list[date]:
    """List every day, both ends included."""
    return list(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))


def is_last_of_month(day: date) -> bool:
    return (day + ONE_DAY).month != day.month


def add_months(day: date, months: int) -> date:
    """Step month by month; where the day does not exist take the month's last day."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError(day)


def first_day_of(kind: str, end: date) -> date:
    """Find the first day of the period of this kind that ends on `end`."""
    assert is_last_of_month(end) and end.month in ENDS_IN[kind], (kind, end)
    first = end.replace(day=1)
    return add_months(first, -(MONTHS_IN[kind] - 1))


def population_year_for(day: date) -> int:
    """Name the mid-year estimate of the year before the financial year's end."""
    financial_year_ends_in = day.year + 1 if day >= date(day.year, 4, 1) else day.year
    return financial_year_ends_in - 1


def birthday_in(born: date, year: int) -> date:
    """Find the birthday in a year; 29 February falls on 1 March where there is none."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(born: date, day: date) -> int:
    """Count the birthdays that have come, the day itself included."""
    age = 0
    while birthday_in(born, born.year + age + 1) <= day:
        age += 1
    return age


@cache
def bank_holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday of England."""
    return day.weekday() < 5 and day not in bank_holidays_of(day.year)


def working_days_after(start: date, end: date) -> int:
    """Count the working days after `start`, `end` included: `start` is day 0."""
    count = 0
    day = start
    while day < end:
        day += ONE_DAY
        if is_working_day(day):
            count += 1
    return count
