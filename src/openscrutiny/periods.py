"""Days, months, quarters and years as values and in words.

A period is a closed range of days. Years are named by the year in which they end
(the year ending 31 March 2025 is 2025), as the Department for Education does.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


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
    TERM = "term"  # four months, to the end of December, April or August
    YEAR_TO_DATE = "year_to_date"  # from 1 April
    PUBLISHED_YEAR = "published_year"  # whose last month its publisher does not state
    PUBLISHED_PART = "published_part"  # the same term, month or quarter of each year
    PUBLISHED_WEEK = "published_week"


# ---------- Days ----------

MONTH_NAMES: Final = (
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


def month_name(day: date) -> str:
    """Name a day's month, in English whatever the machine's language."""
    return MONTH_NAMES[day.month - 1]


def format_month(day: date) -> str:
    """Write a day's month and year: "March 2026"."""
    return f"{month_name(day)} {day.year}"


def format_date(day: date) -> str:
    """Write a day in full.

    >>> format_date(date(2026, 3, 31))
    '31 March 2026'
    """
    return f"{day.day} {format_month(day)}"


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


# ---------- Periods ----------

# Periods of twelve months, which follow each other whatever they are called.
_YEARS: Final = frozenset(
    {
        PeriodType.ROLLING_12_MONTHS,
        PeriodType.FINANCIAL_YEAR,
        PeriodType.CALENDAR_YEAR,
        PeriodType.ACADEMIC_YEAR,
        PeriodType.REPORTING_YEAR,
    }
)
# Kinds that are named without an article: "in May 2026".
_BARE: Final = frozenset(
    {
        PeriodType.MONTH,
        PeriodType.QUARTER,
        PeriodType.TERM,
        PeriodType.YEAR_TO_DATE,
        PeriodType.CALENDAR_YEAR,
    }
)
# How many months lie between a period and the one before it of equal length.
_STEP_MONTHS: Final = {PeriodType.MONTH: 1, PeriodType.QUARTER: 3}
_DAYS_MOVE_BY: Final = 20  # census days, from year to year


def previous_end(kind: PeriodType, end: date) -> date:
    """Give the last day of the immediately previous period of equal length."""
    earlier = add_months(end, -_STEP_MONTHS.get(kind, 12))
    return month_end(earlier) if end == month_end(end) else earlier


@dataclass(frozen=True, order=True)
class Period:
    """Hold a kind of period and its first and last day, both included.

    A figure may be a state on the last day alone. `said` is the definition's own name
    of the period and how a figure is placed in it, where its kind does not say what was
    counted when.
    """

    start: date
    end: date
    type: PeriodType
    is_state: bool = False
    said: tuple[str, str] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        assert self.start <= self.end

    @property
    def name(self) -> str:
        """Name the period: "year to March 2025", "31 March 2025", "2024 to 2025"."""
        if self.said is not None:
            return self._fill(self.said[0])
        if self.is_state or self.type == PeriodType.DAY:
            return format_date(self.end)
        match self.type:
            case PeriodType.MONTH:
                return format_month(self.end)
            case PeriodType.QUARTER | PeriodType.TERM | PeriodType.YEAR_TO_DATE:
                return f"{month_name(self.start)} to {format_month(self.end)}"
            case PeriodType.ROLLING_12_MONTHS:
                return f"12 months to {format_month(self.end)}"
            case PeriodType.FINANCIAL_YEAR:
                return f"year to {format_month(self.end)}"
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
        if self.is_state or self.type == PeriodType.DAY:
            return f"on {self.name}"
        if self.type in _BARE:
            return f"in {self.name}"
        return f"in the {self.name}"

    @property
    def before(self) -> str:
        """Name the period before it: "the year before", "the month before"."""
        match self.type:
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
        match self.type:
            case PeriodType.ACADEMIC_YEAR:
                return f"{self.start.year}/{self.end.year % 100:02d}"
            case PeriodType.MONTH | PeriodType.QUARTER | PeriodType.ROLLING_12_MONTHS:
                return self.dated_tick
            case PeriodType.TERM | PeriodType.YEAR_TO_DATE:
                return self.dated_tick
            case _:
                return str(self.end.year)

    @property
    def dated_tick(self) -> str:
        """Label the period by its last month, where years and other spans mix."""
        return f"{month_name(self.end)[:3]} {self.end.year % 100:02d}"

    def is_alike(self, other: "Period") -> bool:
        """Say whether the two are as long as each other, whenever they end."""
        return other.type == self.type or {other.type, self.type} <= _YEARS

    def is_step_after(self, earlier: "Period") -> bool:
        """Say whether `earlier` is the immediately previous period of equal length.

        Census days move by some days from year to year, so days are given room.
        """
        if not self.is_alike(earlier):
            return False
        room = _DAYS_MOVE_BY if self.type == PeriodType.DAY else 0
        gap = abs(previous_end(self.type, self.end) - earlier.end)
        return gap <= timedelta(days=room)


# How many months each kind of period has, and the months in which it may end.
_SHAPES: dict[PeriodType, tuple[int, frozenset[int]]] = {
    PeriodType.MONTH: (1, frozenset(range(1, 13))),
    PeriodType.QUARTER: (3, frozenset({3, 6, 9, 12})),
    PeriodType.ROLLING_12_MONTHS: (12, frozenset(range(1, 13))),
    PeriodType.FINANCIAL_YEAR: (12, frozenset({3})),
    PeriodType.CALENDAR_YEAR: (12, frozenset({12})),
    PeriodType.ACADEMIC_YEAR: (12, frozenset({8})),
    PeriodType.TERM: (4, frozenset({4, 8, 12})),
}


def make_period(kind: PeriodType, end: date) -> Period:
    """Build the period of this kind that ends on `end`."""
    if kind is PeriodType.DAY:
        return Period(end, end, kind)
    if kind is PeriodType.YEAR_TO_DATE:
        assert end == month_end(end), (kind, end)
        return Period(date(financial_year_of(end) - 1, 4, 1), end, kind)
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
