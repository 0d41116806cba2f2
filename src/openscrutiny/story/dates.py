"""Days and periods in words: 31 March 2026, year to March 2025, 17 months old."""

from dataclasses import dataclass
from datetime import date, timedelta

from openscrutiny.periods import PeriodType, add_months, month_end

__all__ = ["Span", "describe_age", "format_date", "previous_end"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Periods of twelve months, which follow each other whatever they are called.
_YEARS = frozenset(
    {
        PeriodType.ROLLING_12_MONTHS.value,
        PeriodType.FINANCIAL_YEAR.value,
        PeriodType.CALENDAR_YEAR.value,
        PeriodType.ACADEMIC_YEAR.value,
        PeriodType.REPORTING_YEAR.value,
    }
)

# How many months lie between a period and the one before it of equal length.
_STEP_MONTHS = {
    PeriodType.MONTH.value: 1,
    PeriodType.QUARTER.value: 3,
}


def format_date(day: date) -> str:
    """Write a day in full.

    >>> format_date(date(2026, 3, 31))
    '31 March 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def previous_end(kind: str, end: date) -> date:
    """Give the last day of the immediately previous period of equal length."""
    earlier = add_months(end, -_STEP_MONTHS.get(kind, 12))
    return month_end(earlier) if end == month_end(end) else earlier


def describe_age(end: date, as_at: date) -> str:
    """Say how old a figure is, in whole months from the end of its period.

    >>> describe_age(date(2025, 3, 31), date(2026, 9, 22))
    '17 months old'
    """
    months = (as_at.year - end.year) * 12 + as_at.month - end.month
    # A period that ends with its month is a month old when the next month ends.
    arrived = add_months(end, months)
    if end == month_end(end):
        arrived = month_end(arrived)
    if arrived > as_at:
        months -= 1
    if months < 1:
        return "under a month old"
    return f"{months} month old" if months == 1 else f"{months} months old"


@dataclass(frozen=True)
class Span:
    """Hold a figure's period and whether it is a state on its last day.

    `said` is the definition's own name of it and how a figure is placed in it, where
    its kind does not say what was counted when.
    """

    kind: str
    start: date
    end: date
    is_state: bool = False
    said: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """Name the period: "year to March 2025", "31 March 2025", "2024 to 2025"."""
        if self.said is not None:
            return self._fill(self.said[0])
        if self.is_state or self.kind == PeriodType.DAY:
            return format_date(self.end)
        match self.kind:
            case PeriodType.MONTH:
                return _month(self.end)
            case PeriodType.QUARTER:
                return f"{_MONTHS[self.start.month - 1]} to {_month(self.end)}"
            case PeriodType.ROLLING_12_MONTHS:
                return f"12 months to {_month(self.end)}"
            case PeriodType.FINANCIAL_YEAR:
                return f"year to {_month(self.end)}"
            case PeriodType.CALENDAR_YEAR:
                return str(self.end.year)
            case PeriodType.ACADEMIC_YEAR:
                return f"school year {self.start.year} to {self.end.year}"
            case PeriodType.REPORTING_YEAR:
                return f"year to {format_date(self.end)}"
        return f"{format_date(self.start)} to {format_date(self.end)}"

    def _fill(self, words: str) -> str:
        return words.format(start=self.end.year - 1, end=self.end.year)

    @property
    def last_day(self) -> str:
        """Name the last day of the period."""
        return format_date(self.end)

    @property
    def within(self) -> str:
        """Place a figure: "in the year to March 2025", "on 31 March 2025"."""
        if self.said is not None:
            return self._fill(self.said[1])
        if self.is_state or self.kind == PeriodType.DAY:
            return f"on {self.name}"
        bare = (PeriodType.MONTH, PeriodType.QUARTER, PeriodType.CALENDAR_YEAR)
        if self.kind in bare:
            return f"in {self.name}"
        if self.kind in tuple(PeriodType):
            return f"in the {self.name}"
        return f"from {self.name}"

    @property
    def before(self) -> str:
        """Name the period before it: "the year before", "the month before"."""
        match self.kind:
            case PeriodType.MONTH:
                return "the month before"
            case PeriodType.QUARTER:
                return "the quarter before"
            case PeriodType.ROLLING_12_MONTHS:
                return "a year before" if self.is_state else "the 12 months before"
            case _:
                return "the year before"

    @property
    def tick(self) -> str:
        """Label the period under a chart, as short as it can be told apart."""
        match self.kind:
            case PeriodType.ACADEMIC_YEAR:
                return f"{self.start.year}/{self.end.year % 100:02d}"
            case PeriodType.MONTH | PeriodType.QUARTER | PeriodType.ROLLING_12_MONTHS:
                return self.dated_tick
            case _:
                return str(self.end.year)

    @property
    def dated_tick(self) -> str:
        """Label the period by its last month, where years and other spans mix."""
        return f"{_MONTHS[self.end.month - 1][:3]} {self.end.year % 100:02d}"

    def is_alike(self, other: "Span") -> bool:
        """Say whether the two are as long as each other, whenever they end."""
        return other.kind == self.kind or {other.kind, self.kind} <= _YEARS

    def is_step_after(self, earlier: "Span") -> bool:
        """Say whether `earlier` is the immediately previous period of equal length.

        Census days move by some days from year to year, so days are given room.
        """
        if not self.is_alike(earlier):
            return False
        room = 20 if self.kind == PeriodType.DAY else 0
        gap = abs(previous_end(self.kind, self.end) - earlier.end)
        return gap <= timedelta(days=room)
