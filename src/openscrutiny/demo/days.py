"""Days for the generator alone: months, and working days counted its own way."""

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Final

from openscrutiny.working_days import is_working_day

DAY: Final = timedelta(days=1)


@cache
def add_months(day: date, months: int) -> date:
    """Move by whole months; a day that does not exist becomes the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class WorkingDays:
    """England's working days over some years."""

    def __init__(self, first_year: int, last_year: int) -> None:
        day = date(first_year, 1, 1)
        self._days: list[date] = []
        while day.year <= last_year:
            if is_working_day(day):
                self._days.append(day)
            day += DAY

    def after(self, day: date, count: int) -> date:
        """Give the day that is `count` working days after `day`."""
        return self._days[bisect_right(self._days, day) + count - 1]

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`."""
        return bisect_right(self._days, end) - bisect_right(self._days, start)


def loses_lines(year: int) -> bool:
    """Say whether the returns of a year hold lines that cannot be read, on purpose.

    Not all do, so that a small borough has figures that may be judged.
    """
    return year % 2 == 1
