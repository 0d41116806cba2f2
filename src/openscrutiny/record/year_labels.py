"""What two publishers' year labels say of each other: do they adjoin, are they alike?

Labels are free text: "2025", "2023/24", "202324", "2013/14-15/16" (three years as
one), "2025 (Rev)", or our words of a part of a year: "autumn term 2024/25". A change
between two of them is only a yearly change where they are of one kind and one follows
the other.
"""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.record.published_periods import is_impossible_year, period_of_words

_LABEL: Final = re.compile(
    r"^\s*(?P<first>\d{4})"
    r"(?:[/-]?(?:(?<=[/-])\d{2})?(?P<to>\d{2}))?(?!\d)"
    r"(?:\s*(?:-|–|to)\s*(?:\d{2})?(?P<last>\d{2})(?:/(?P<last_to>\d{2}))?(?!\d))?"
    r"(?P<note>.*)$"
)


_YEAR: Final = r"^\d{4}(?:[/–-]\d+)*"
_PROVISIONAL: Final = r"(?i)(^|[^a-z])(p|prov|provisional|prelim|preliminary|estimate|estimated)([^a-z]|$)"
_REVISED: Final = r"(?i)(^|[^a-z])(r|rev|revised|final)([^a-z]|$)"


@dataclass(frozen=True)
class YearLabel:
    """Hold the years that a label covers, by the year in which each ends.

    `kind` is "year" (2025), "split" (2023/24) or "span" (several years as one); of a
    part of a year it is what it is compared with, "autumn term" or "week", and the
    number is the period's own.
    """

    first: int
    last: int
    kind: str
    note: str

    @property
    def years(self) -> int:
        return self.last - self.first + 1


def label_key(label: str) -> tuple[str, int, str, str]:
    """Give what puts a measure's labels in order: as text, the final one of a year last.

    >>> sorted(["2024 (Rev)", "2025", "2024", "2024(prov)", "2023/24"], key=label_key)
    ['2023/24', '2024(prov)', '2024', '2024 (Rev)', '2025']
    """
    year, low = re.match(_YEAR, label), label.lower()
    finality = bool(re.search(_REVISED, label)) - bool(re.search(_PROVISIONAL, label))
    return (year[0] if year else low), finality, low, label


def label_order(column: str) -> tuple[pl.Expr, ...]:
    """Write the same of a column, to sort by: the year, how final, the label."""
    label = pl.col(column)
    low = label.str.to_lowercase()
    revised, provisional = (
        label.str.contains(words).fill_null(value=False).cast(pl.Int8)
        for words in (_REVISED, _PROVISIONAL)
    )
    year = pl.coalesce(label.str.extract(f"({_YEAR})"), low)
    return year, revised - provisional, low, label


def parse_year_label(label: str) -> YearLabel | None:
    """Read a label; None where it names no year, or one that cannot be.

    >>> parse_year_label("2013/14-15/16")
    YearLabel(first=2014, last=2016, kind='span', note='')
    >>> parse_year_label("2023/2024")
    YearLabel(first=2024, last=2024, kind='split', note='')
    >>> parse_year_label("2025 (Rev)")
    YearLabel(first=2025, last=2025, kind='year', note='(Rev)')
    """
    part = period_of_words(label)
    if part is not None:
        return YearLabel(part.number, part.number, part.sequence, "")
    found = _LABEL.match(label)
    if found is None or is_impossible_year(label):
        return None
    start, note = int(found["first"]), found["note"].strip()
    until = int(found["to"]) if found["to"] else None
    split = until == (start + 1) % 100
    if found["last"] is not None:
        ends = int(found["last_to"] or found["last"])
        return YearLabel(start + split, _with_century(start, ends), "span", note)
    if until is None or split:
        year = start + split
        return YearLabel(year, year, "split" if split else "year", note)
    return YearLabel(start, _with_century(start, until), "span", note)


def _with_century(start: int, two_digits: int) -> int:
    """Give a year of two digits the first century in which it follows `start`."""
    year = start // 100 * 100 + two_digits
    return year + 100 if year < start else year


def explain_gap(earlier: str, later: str) -> str:
    """Say why a change between two labels is no plain yearly change; "" where it is.

    >>> explain_gap("2023/24", "2024/25"), explain_gap("2022", "2025")
    ('', 'the two years do not adjoin')
    >>> explain_gap("autumn term 2023/24", "autumn term 2024/25")
    ''
    """
    before, after = parse_year_label(earlier), parse_year_label(later)
    if before is None or after is None:
        return "the labels do not say whether the two years adjoin"
    if before.note.casefold() != after.note.casefold():
        return "the two figures are of different kinds"
    if before.kind != after.kind or before.years != after.years:
        return "the two periods are of different kinds"
    if after.years > 1 and before.last >= after.first:
        return "the two periods overlap"
    if after.first != before.last + 1:
        named = "years" if after.kind in {"year", "split", "span"} else "periods"
        return f"the two {named} do not adjoin"
    return ""
