"""Which days a published row is of: its `time_period` read with its `time_identifier`.

The identifiers are those of the open data standards of explore education statistics
(DfE), in words or in the short codes of its public service. A row without an identifier
has a label of its publisher's own ("2025 (Rev)"), which is not read here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import polars as pl

from openscrutiny.periods import MONTH_NAMES, add_months

_DAY: Final = timedelta(days=1)
WHOLE_YEARS: Final = frozenset(
    ("academic_year", "calendar_year", "financial_year", "reporting_year", "tax_year")
)
# Where quarters begin: the academic year of quarters is that of further education.
_FIRST_MONTH: Final = {"calendar": 1, "financial": 4, "academic": 8}
_YEAR_CODES: Final = {
    "AY": "academic year",
    "CY": "calendar year",
    "FY": "financial year",
    "RY": "reporting year",
    "TY": "tax year",
    "T1": "autumn term",
    "T2": "spring term",
    "T3": "summer term",
    "T1T2": "autumn and spring term",
    "P1": "part 1 (april to september)",
    "P2": "part 2 (october to march)",
}
_QUARTER: Final = re.compile(
    r"(academic|calendar|financial|tax) year q([1-4])(?:\s*(?:-|to)\s*q?([1-4]))?"
)
_DAY_IN_WORDS: Final = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", re.ASCII)
_WHEN: Final = re.compile(
    r"(?:^|\s)((?:19|20|21)\d\d)"
    r"(?:(?:[/-]?|\s*(?:[/\u2013-]|to)\s*)(?:20|21)?(\d\d))?$",
    re.ASCII,
)


@dataclass(frozen=True)
class PublishedPeriod:
    """Hold one period: its kind, its days, and what it is compared with.

    `kind` is the `period_type` of figures. Periods of one `sequence` are alike and
    compared: an autumn term with autumn terms, a week with weeks; `number` counts them,
    so that two that adjoin differ by one. `is_dated` is False where the publisher's
    words do not say on which day it ends: a reporting year.
    """

    kind: str
    sequence: str
    number: int
    start: date
    end: date
    words: str
    is_dated: bool = True

    @property
    def is_year(self) -> bool:
        return self.kind in WHOLE_YEARS


@lru_cache(maxsize=4096)
def read_period(label: str, identifier: str) -> PublishedPeriod | None:
    """Read a period; None where the two are none that can be.

    `label` is as printed (202425, 2024/25, 2025) or in our words.

    >>> read_period("202425", "Autumn term").words
    'autumn term 2024/25'
    >>> read_period("2026", "Week 2").start.isoformat()
    '2026-01-05'
    >>> read_period("201514", "Academic year") is None
    True
    >>> read_period("2025-03-31", "Day").words
    '31 March 2025'
    """
    said = _in_full(identifier)
    if said == "day":
        return _one_day(label)
    when = _years_of(label)
    if when is None:
        return None
    year, is_split = when
    week = re.fullmatch(r"week (\d{1,2})", said)
    if week:
        return None if is_split else _week(year, int(week.group(1)))
    if said in {month.lower() for month in MONTH_NAMES}:
        return None if is_split else _month(year, said)
    if said == "reporting year":  # whose years may begin in one and end in the next
        return _single_year(year + is_split, said, is_split)
    if said == "calendar year":
        return None if is_split else _single_year(year, said)
    quarter = _QUARTER.fullmatch(said)
    if quarter:
        base = quarter.group(1)
        first, last = int(quarter.group(2)), int(quarter.group(3) or quarter.group(2))
        fits = is_split != (base == "calendar") and first <= last
        return _quarters(year, base, first, last) if fits else None
    make = _SPLIT.get(said)
    return make(year) if make and is_split else None


def _one_day(label: str) -> PublishedPeriod | None:
    """Read the day of a count or a judgement: 2025-03-31, or 31 March 2025."""
    text = label.strip()
    found = _DAY_IN_WORDS.fullmatch(text)
    if found is not None and found.group(2) in MONTH_NAMES:
        month = MONTH_NAMES.index(found.group(2)) + 1
        text = f"{found.group(3)}-{month:02d}-{int(found.group(1)):02d}"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    words = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    return PublishedPeriod("day", "day", day.toordinal(), day, day, words)


def _in_full(identifier: str) -> str:
    text = " ".join(identifier.split())
    code = text.upper()
    if code in _YEAR_CODES:
        return _YEAR_CODES[code]
    quarter = re.fullmatch(r"([ACFT]Y)Q([1-4])", code)
    if quarter:
        return f"{_YEAR_CODES[quarter.group(1)]} q{quarter.group(2)}"
    week = re.fullmatch(r"W(\d{1,2})", code)
    if week:
        return f"week {int(week.group(1))}"
    month = re.fullmatch(r"M(\d{1,2})", code)
    if month and 1 <= int(month.group(1)) <= 12:
        return MONTH_NAMES[int(month.group(1)) - 1].lower()
    return text.lower()


def is_known_identifier(identifier: str) -> bool:
    """Tell whether the standards have an identifier, whatever the period beside it.

    >>> is_known_identifier("W53"), is_known_identifier("Accademic yr")
    (True, False)
    """
    return any(
        read_period(label, identifier) is not None for label in ("2026", "202526")
    )


def _years_of(label: str) -> tuple[int, bool] | None:
    """Give the first year, and whether the label names it and the next; else None.

    202425, 2024/25, 2024 - 2025 and "2024 to 2025" are one.
    """
    found = _WHEN.search(label.strip())
    if found is None or (label.strip()[:1].isdigit() and found.start() != 0):
        return None
    year = int(found.group(1))
    if found.group(2) is None:
        return year, False
    return (year, True) if int(found.group(2)) == (year + 1) % 100 else None


def _split_words(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _week(year: int, number: int) -> PublishedPeriod | None:
    """Give an ISO week, Monday to Sunday, as the attendance statistics number them."""
    try:
        start = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    words = f"week {number} of {year}"
    return PublishedPeriod(
        "week", "week", start.toordinal() // 7, start, start + 6 * _DAY, words
    )


def _month(year: int, name: str) -> PublishedPeriod:
    start = date(year, [month.lower() for month in MONTH_NAMES].index(name) + 1, 1)
    end = add_months(start, 1) - _DAY
    return PublishedPeriod(
        "month", name, year, start, end, f"{name.capitalize()} {year}"
    )


def _single_year(year: int, name: str, is_split: bool = False) -> PublishedPeriod:
    """Give a calendar or reporting year; which days the latter has is not said."""
    return PublishedPeriod(
        name.replace(" ", "_"),
        name,
        year,
        date(year, 1, 1),
        date(year, 12, 31),
        _split_words(year - 1) if is_split else str(year),
        is_dated=name != "reporting year",
    )


def _quarters(year: int, base: str, first: int, last: int) -> PublishedPeriod:
    begin = date(year, 4, 6) if base == "tax" else date(year, _FIRST_MONTH[base], 1)
    start = add_months(begin, 3 * (first - 1))
    end = add_months(begin, 3 * last) - _DAY
    one = first == last
    of = str(year) if base == "calendar" else f"the {base} year {_split_words(year)}"
    name = f"quarter {first}" if one else f"quarters {first} to {last}"
    return PublishedPeriod(
        "quarter" if one else "year_to_date",
        f"{base} year q{first}-{last}",
        year,
        start,
        end,
        f"{name} of {of}",
    )


def _months(kind: str, name: str, first: date, last: date) -> PublishedPeriod:
    year = first.year if first.month > 1 else first.year - 1
    shown = f"{name} " if kind not in WHOLE_YEARS else ""
    return PublishedPeriod(
        kind, name, year + 1, first, last, f"{shown}{_split_words(year)}"
    )


def _easter(year: int) -> date:
    """Give Easter Sunday, which parts spring and summer term (Gregorian computus)."""
    century = year // 100
    moon = (
        19 * (year % 19)
        + century
        - century // 4
        - (century - (century + 8) // 25 + 1) // 3
        + 15
    ) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    months, days = divmod(moon + week - 7 * late + 114, 31)
    return date(year, months, days + 1)


# Terms part at the end of the year and at Easter Sunday, as the school census collects
# absence and suspensions; the days of single schools differ.
_SPLIT: Final[dict[str, Callable[[int], PublishedPeriod]]] = {
    "academic year": lambda y: _months(
        "academic_year", "academic year", date(y, 9, 1), date(y + 1, 8, 31)
    ),
    "financial year": lambda y: _months(
        "financial_year", "financial year", date(y, 4, 1), date(y + 1, 3, 31)
    ),
    "tax year": lambda y: _months(
        "tax_year", "tax year", date(y, 4, 6), date(y + 1, 4, 5)
    ),
    "autumn term": lambda y: _months(
        "term", "autumn term", date(y, 9, 1), date(y, 12, 31)
    ),
    "spring term": lambda y: _months(
        "term", "spring term", date(y + 1, 1, 1), _easter(y + 1)
    ),
    "summer term": lambda y: PublishedPeriod(
        "term",
        "summer term",
        y + 1,
        _easter(y + 1) + _DAY,
        date(y + 1, 8, 31),
        f"summer term {_split_words(y)}",
    ),
    "autumn and spring term": lambda y: _months(
        "two_terms", "autumn and spring term", date(y, 9, 1), _easter(y + 1)
    ),
    "part 1 (april to september)": lambda y: _months(
        "half_year", "April to September", date(y, 4, 1), date(y, 9, 30)
    ),
    "part 2 (october to march)": lambda y: _months(
        "half_year", "October to March", date(y, 10, 1), date(y + 1, 3, 31)
    ),
}
_PARTS_IN_WORDS: Final = {
    "autumn term": "autumn term",
    "spring term": "spring term",
    "summer term": "summer term",
    "autumn and spring term": "autumn and spring term",
    "april to september": "part 1 (april to september)",
    "october to march": "part 2 (october to march)",
}


@lru_cache(maxsize=4096)
def period_of_words(label: str) -> PublishedPeriod | None:
    """Read a part of a year back from our own words; None for any other label.

    >>> period_of_words("week 2 of 2026").number - period_of_words("week 52 of 2025").number
    2
    """
    if _DAY_IN_WORDS.fullmatch(label.strip()):
        return read_period(label, "day")
    words, _, year = label.strip().rpartition(" ")
    low = words.lower().removesuffix(" of")
    if low in _PARTS_IN_WORDS:
        return read_period(year, _PARTS_IN_WORDS[low])
    if re.fullmatch(r"week \d{1,2}", low) or low.capitalize() in MONTH_NAMES:
        return read_period(year, low)
    found = re.fullmatch(
        r"quarters? (\d)(?: to (\d))?(?: of the (academic|financial|tax) year)?", low
    )
    if found is None:
        return None
    base, last = found.group(3) or "calendar", found.group(2) or found.group(1)
    return read_period(year, f"{base} year q{found.group(1)}-q{last}")


def is_impossible_year(label: str) -> bool:
    """Tell figures that are no year, in a label without an identifier: 201514.

    >>> is_impossible_year("201514"), is_impossible_year("202425"), \\
    ...     is_impossible_year("2025 (Rev)")
    (True, False, False)
    """
    return bool(re.fullmatch(r"\d{5,}", label.strip())) and _years_of(label) is None


def year_in_words(label: str) -> str:
    """Write a year of six figures as people do; any other label as it is.

    >>> year_in_words("202526"), year_in_words("2025 (Rev)")
    ('2025/26', '2025 (Rev)')
    """
    text = label.strip()
    when = _years_of(text) if re.fullmatch(r"\d{6}", text) else None
    return _split_words(when[0]) if when else label


def is_forecast(label: str, identifier: str, as_at: date) -> bool:
    """Tell whether a period had not ended by a day.

    Where nobody states on which day a year ends, it is one that had not begun.

    >>> is_forecast("202627", "Academic year", date(2026, 11, 28))
    True
    >>> is_forecast("2026", "Reporting year", date(2026, 11, 28))
    False
    """
    period = read_period(label, identifier) if identifier else None
    if period is not None and period.is_dated:
        return period.end > as_at
    first = re.match(r"\s*([12]\d{3})", label)
    return first is not None and int(first.group(1)) > as_at.year


_PERIOD_SCHEMA: Final = {
    "year_label": pl.String(),
    "time_identifier": pl.String(),
    "words": pl.String(),
    "period_kind": pl.String(),
    "sequence": pl.String(),
    "number": pl.Int32(),
    "first_day": pl.Date(),
    "last_day": pl.Date(),
    "is_dated": pl.Boolean(),
    "is_possible": pl.Boolean(),
    "is_forecast": pl.Boolean(),
}


def with_periods(rows: pl.LazyFrame, as_at: date | None = None) -> pl.LazyFrame:
    """Add each row's period to rows with `year_label` and `time_identifier`.

    `words` is the label as it is compared and shown: the printed one for a whole year
    and where there is no identifier. `sequence` is "" without an identifier; `number`
    is null but for parts of a year; `is_possible` is False for a period that cannot be.
    Without `as_at` no period is a forecast.
    """
    on = ["year_label", "time_identifier"]
    pairs = rows.select(on).unique().collect()
    read = [_describe(label, said, as_at) for label, said in pairs.iter_rows()]
    periods = pl.DataFrame(read, schema=_PERIOD_SCHEMA)
    return rows.join(
        periods.lazy(), on=on, how="left", nulls_equal=True, maintain_order="left"
    )


def _describe(
    label: str | None, identifier: str | None, as_at: date | None
) -> dict[str, object]:
    text, said = label or "", (identifier or "").strip()
    period = read_period(text, said) if said else None
    told: dict[str, object] = {
        "year_label": label,
        "time_identifier": identifier,
        "words": text,
        "sequence": "",
        "is_dated": False,
        "is_possible": not is_impossible_year(text),
        "is_forecast": as_at is not None and is_forecast(text, said, as_at),
    }
    if period is None and said:
        # A label with a note, "2025 (Rev)", is of a year where its identifier says so.
        name = _in_full(said)
        noted = name.replace(" ", "_") in WHOLE_YEARS and not _is_plain(text)
        told |= {"sequence": name, "is_possible": noted}
    if period is not None:
        told |= {
            "words": text if period.is_year else period.words,
            "period_kind": period.kind,
            "sequence": period.sequence,
            "number": None if period.is_year else period.number,
            "first_day": period.start,
            "last_day": period.end,
            "is_dated": period.is_dated,
        }
    return told


def _is_plain(label: str) -> bool:
    """Tell a label that is figures alone, and so is a year or nothing."""
    return bool(re.fullmatch(r"[\d/ -]+", label)) and not re.fullmatch(
        r"\d{4}(/\d\d)?-\d\d(/\d\d)?", label.strip()
    )


def with_period_labels(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the words of a part of a year in the place of its printed label.

    "202425" of three terms would be one label of three periods. Rows of whole years,
    as most are, stay as they are.
    """
    pairs = rows.select("year_label", "time_identifier").unique()
    told = (_describe(label, said, None)["words"] for label, said in pairs.iter_rows())
    if pairs["year_label"].to_list() == list(told):
        return rows
    columns = rows.columns
    return (
        with_periods(rows.lazy())
        .with_columns(year_label=pl.coalesce("words", "year_label"))
        .select(columns)
        .collect()
    )
