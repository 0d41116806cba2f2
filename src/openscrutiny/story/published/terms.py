"""How a published value and its year are written: as their publisher states them.

What a publisher does not state (a unit, the month in which a year ends) is said to be
not stated, and nothing is guessed from the name of a measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from openscrutiny.numbers import (
    MINUS,
    Display,
    format_amount,
    make_display,
    round_half_away,
)
from openscrutiny.periods import (
    Period,
    PeriodType,
    describe_age,
    format_date,
    month_end,
)
from openscrutiny.record.published_periods import period_of_words, year_in_words
from openscrutiny.record.year_labels import parse_year_label

UNIT_NOT_STATED: Final = "unit not stated by the publisher"

_MILLION: Final = 1_000_000
# Which month a publisher's kind of year ends in, by a word of its name.
_LAST_MONTH: Final = (
    ("academic", 8, PeriodType.ACADEMIC_YEAR),
    ("calendar", 12, PeriodType.CALENDAR_YEAR),
    ("sept", 9, PeriodType.DAY),
    ("january", 1, PeriodType.DAY),
    ("financial", 3, PeriodType.FINANCIAL_YEAR),
)


@dataclass(frozen=True)
class PublishedDisplay(Display):
    """Hold a publisher's unit and decimals: 1,000,000 and above stand in millions."""

    def text(self, value: float, denominator: float | None = None) -> str:
        """Write a value.

        >>> PublishedDisplay("number", 0).text(148_890_286), \\
        ...     PublishedDisplay("number", 0).text(20_000_000)
        ('148.890 million', '20 million')
        """
        if abs(value) >= _MILLION:
            return _millions(value)
        return super().text(value)

    def difference(self, amount: float, places: int) -> str:
        """Write the size of a change, in millions from one million up."""
        if abs(amount) >= _MILLION:
            return _millions(abs(amount))
        return super().difference(amount, places)


def _millions(value: float) -> str:
    whole_tens = value % (10 * _MILLION) == 0
    shown = round_half_away(
        float(Decimal(repr(value)) / _MILLION), 0 if whole_tens else 3
    )
    sign = MINUS if shown < 0 else ""
    return f"{sign}{format_amount(abs(float(shown)), 0 if whole_tens else 3)} million"


def unit_kind(unit: str) -> str:
    """Tell a percentage from all else: only then does a value carry its sign.

    >>> unit_kind("% of pupils"), unit_kind("Rate per 10,000"), unit_kind("")
    ('percent', 'number', 'number')
    """
    return "percent" if unit.startswith("%") else "number"


def unit_text(unit: str) -> str:
    """Write a unit for a reader, or say that the publisher states none."""
    if not unit:
        return UNIT_NOT_STATED
    # A capital begins a heading of the publisher's, not a word within a line.
    is_word = unit[:1].isupper() and not unit[:2].isupper()
    return unit[0].lower() + unit[1:] if is_word else unit


def display_for(
    unit: str, decimal_places: int | None, values: Sequence[float]
) -> PublishedDisplay:
    """Choose the decimals: the dictionary's, else what the printed values show."""
    kind = unit_kind(unit)
    if decimal_places is not None:
        return PublishedDisplay(kind, decimal_places)
    return PublishedDisplay(kind, make_display(kind, values).places)


@dataclass(frozen=True)
class PublishedYear:
    """Hold a publisher's year: its label, last day, and whether that day is stated."""

    label: str
    end: date
    kind: PeriodType
    is_stated: bool


@dataclass(frozen=True)
class PublishedPeriod(Period):
    """Hold a period that is called what its publisher calls it."""

    label: str = ""

    @property
    def name(self) -> str:
        return self.label

    @property
    def within(self) -> str:
        return within(self.label)

    @property
    def tick(self) -> str:
        return self.label

    def is_step_after(self, earlier: Period) -> bool:
        """Say whether `earlier` is the period before: of terms, that of last year."""
        part = period_of_words(self.label)
        if part is None or not isinstance(earlier, PublishedPeriod):
            return super().is_step_after(earlier)
        before = period_of_words(earlier.label)
        if before is None:
            return False
        return (before.sequence, before.number + 1) == (part.sequence, part.number)

    @property
    def last_day(self) -> str:
        return (
            self.label
            if self.type is PeriodType.PUBLISHED_YEAR
            else format_date(self.end)
        )


_BARE: Final = ("week ", "quarter ", "quarters ")


def within(label: str) -> str:
    """Set a label into a sentence.

    >>> within("2025/26"), within("autumn term 2024/25"), within("January 2026")
    ('in 2025/26', 'in the autumn term 2024/25', 'in January 2026')
    >>> within("quarter 4 of 2025"), within("week 2 of 2026")
    ('in quarter 4 of 2025', 'in week 2 of 2026')
    """
    bare = label[:1].isdigit() or label[:1].isupper() or label.startswith(_BARE)
    return f"in {label}" if bare else f"in the {label}"


def read_year(label: str, year_type: str) -> PublishedYear | None:
    """Read a label in the publisher's kind of year; None where it names no year."""
    part = period_of_words(label)
    if part is not None:
        is_week = part.kind == "week"
        kind = PeriodType.PUBLISHED_WEEK if is_week else PeriodType.PUBLISHED_PART
        return PublishedYear(label, part.end, kind, True)
    parsed = parse_year_label(label)
    if parsed is None or not 1900 < parsed.last < 2200:
        return None
    year = parsed.last
    low = year_type.lower()
    for word, month, kind in _LAST_MONTH:
        if word in low:
            end = month_end(date(year, month, 1))
            return PublishedYear(year_in_words(label), end, kind, True)
    words = year_in_words(label)
    return PublishedYear(words, date(year, 12, 31), PeriodType.PUBLISHED_YEAR, False)


def describe_year_age(year: PublishedYear | None, as_at: date) -> str:
    """Say how old a year is: in months where its last day is stated, else in years."""
    if year is None:
        return "age not known"
    if year.end > as_at and (year.is_stated or year.end.year > as_at.year):
        return "a forecast"
    if year.is_stated:
        return describe_age(year.end, as_at)
    years = as_at.year - year.end.year
    if years < 1:
        return "under a year old"
    return "about a year old" if years == 1 else f"about {years} years old"
