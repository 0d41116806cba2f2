"""England's bank holidays by rule, working days, and clear days before a meeting."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

# Local Government Act 1972, section 100B(3): agenda and reports are open to the public
# at least five clear days before the meeting.
CLEAR_DAYS: Final = 5

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5

# Days that were moved or given once, by royal proclamation under the Banking and
# Financial Dealings Act 1971, section 1(2) and (3), as GOV.UK lists them
# (https://www.gov.uk/bank-holidays). None is known beyond the last of them.
_MOVED: Final[Mapping[date, date]] = {
    date(1995, 5, 1): date(1995, 5, 8),  # fifty years of peace in Europe
    date(2002, 5, 27): date(2002, 6, 4),  # golden jubilee
    date(2012, 5, 28): date(2012, 6, 4),  # diamond jubilee
    date(2020, 5, 4): date(2020, 5, 8),  # seventy-five years of peace in Europe
    date(2022, 5, 30): date(2022, 6, 2),  # platinum jubilee
}
_GIVEN_ONCE: Final[Mapping[date, str]] = {
    date(1973, 11, 14): "Royal wedding",
    date(1977, 6, 7): "Silver Jubilee",
    date(1981, 7, 29): "Royal wedding",
    date(1999, 12, 31): "Millennium",
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}
# By proclamation every year since, beside those of the Act.
_NEW_YEAR_FROM, _EARLY_MAY_FROM = 1974, 1978


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's rule).

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, over = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    weeks, days = divmod(rest, 4)
    to_sunday = (32 + 2 * over + 2 * weeks - epact - days) % 7
    shift = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """Give England's bank holidays of a year from 1978 on, by day.

    One that falls on a weekend is kept on the next weekday that is not one already.

    >>> [day.isoformat() for day in bank_holidays(2026) if day.month == 12]
    ['2026-12-25', '2026-12-28']
    """
    sunday = easter(year)
    fixed = {
        sunday - 2 * _DAY: "Good Friday",
        sunday + _DAY: "Easter Monday",
        _monday_from(date(year, 5, 25)): "Spring",
        _monday_from(date(year, 8, 25)): "Summer",
    }
    if year >= _EARLY_MAY_FROM:
        fixed[_monday_from(date(year, 5, 1))] = "Early May"
    found = {_MOVED.get(day, day): name for day, name in fixed.items()}
    found |= {day: name for day, name in _GIVEN_ONCE.items() if day.year == year}
    if year >= _NEW_YEAR_FROM:
        found[_kept_on(date(year, 1, 1))] = "New Year’s Day"
    # Christmas takes its Monday first: Boxing Day then moves past it.
    found[_kept_on(date(year, 12, 25))] = "Christmas Day"
    found[_kept_on(date(year, 12, 26))] = "Boxing Day"
    return MappingProxyType(dict(sorted(found.items())))


def _monday_from(day: date) -> date:
    return day + _DAY * (-day.weekday() % 7)


def _kept_on(day: date) -> date:
    """Give the weekday on which a holiday with a fixed date is kept."""
    if day.weekday() < _SATURDAY:
        # Christmas on a Sunday is kept on 27 December, as Boxing Day is on the 26th.
        return day
    if day.month == 12:
        return day + 2 * _DAY
    return _monday_from(day)


def is_working_day(day: date) -> bool:
    """Say whether a day is neither of a weekend nor a bank holiday."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def _walk(day: date, step: int) -> Iterator[date]:
    """Give the working days after a day, or before it, one by one."""
    while True:
        day += step * _DAY
        if is_working_day(day):
            yield day


def working_day_on_or_before(day: date) -> date:
    """Give the day itself where it is a working day, else the last one before it."""
    return day if is_working_day(day) else next(_walk(day, -1))


def working_day_on_or_after(day: date) -> date:
    """Give the day itself where it is a working day, else the first one after it."""
    return day if is_working_day(day) else next(_walk(day, 1))


@cache
def working_day_numbers(first_year: int, last_year: int) -> dict[date, int]:
    """Number every day by how many working days lie on or before it."""
    numbers: dict[date, int] = {}
    count = 0
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        count += is_working_day(day)
        numbers[day] = count
        day += _DAY
    return numbers


def add_working_days(day: date, days: int) -> date:
    """Give the working day that lies so many after a day, or before it if negative.

    >>> add_working_days(date(2026, 4, 2), 1)  # over Easter
    datetime.date(2026, 4, 7)
    """
    walk = _walk(day, 1 if days > 0 else -1)
    for _ in range(abs(days)):
        day = next(walk)
    return day


def count_clear_days(published: date, meeting: date) -> int:
    """Count the working days between a day of publication and a meeting.

    Neither of the two days counts, nor do weekends and bank holidays.

    >>> count_clear_days(date(2026, 11, 30), date(2026, 12, 8))
    5
    """
    days = (published + n * _DAY for n in range(1, (meeting - published).days))
    return sum(map(is_working_day, days))


def last_day_to_publish(meeting: date) -> date:
    """Give the last working day on which papers can be published in time.

    >>> last_day_to_publish(date(2026, 12, 8))  # a Tuesday: the Monday of the week before
    datetime.date(2026, 11, 30)
    """
    return add_working_days(meeting, -(CLEAR_DAYS + 1))
