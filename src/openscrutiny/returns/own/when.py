"""Headings that name a period: "Apr-26", "Q1 2026/27", "2025/26", or a date's cell.

Nothing is guessed: a month without a year is read only beside a heading that gives one.
"""

import re
from datetime import date
from typing import Final

from openscrutiny.periods import MONTH_NAMES, PeriodType, add_months, month_end

When = tuple[PeriodType, date]
_MONTHS: Final = {name[:3].lower(): at for at, name in enumerate(MONTH_NAMES, 1)}
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR: Final = r"['’]?(?P<year>\d{4}|\d{2})"
_YEARS: Final = r"(?P<first>20\d\d)\s*[/–-]\s*(?P<second>\d{4}|\d{2})"
_IN_MONTH: Final = re.compile(rf"{_MONTH}(?:\s*[-/ ]?\s*{_YEAR})?", re.IGNORECASE)
_ISO: Final = re.compile(r"(20\d\d)-(\d\d)(?:-(\d\d))?(?: 00:00:00)?")
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d\d)")
_QUARTER: Final = re.compile(
    rf"q(?:uarter|tr)?\s*(?P<quarter>[1-4])(?:\s*[-,(]?\s*{_YEARS}\)?)?", re.IGNORECASE
)
_FINANCIAL: Final = re.compile(
    rf"(?:fy|year|outturn|full year)?\s*{_YEARS}(?:\s*(?:outturn|total|full year))?",
    re.IGNORECASE,
)
_YTD: Final = re.compile(r"\b(?:ytd|year to date)\b", re.IGNORECASE)
_ROLLING: Final = re.compile(
    r"\b(?:rolling(?: (?:12|year))?(?: months?)?|r12m?|12 months to)\b", re.IGNORECASE
)


def read_when(text: str, beside: str = "") -> When | None:
    """Read a heading's kind of period and last day; `beside` may give the year.

    >>> read_when("Apr-26"), read_when("Q1 2026/27")
    ((<PeriodType.MONTH: 'month'>, datetime.date(2026, 4, 30)), (<PeriodType.QUARTER: 'quarter'>, datetime.date(2026, 6, 30)))
    >>> read_when("Jan", "2025/26"), read_when("Jan")
    ((<PeriodType.MONTH: 'month'>, datetime.date(2026, 1, 31)), None)
    """
    kind: PeriodType | None = None
    if _YTD.search(text):
        kind, text = PeriodType.YEAR_TO_DATE, _YTD.sub("", text)
    elif _ROLLING.search(text):
        kind, text = PeriodType.ROLLING_12_MONTHS, _ROLLING.sub("", text)
    bare = " ".join(text.split()).strip(" -:()")
    found = _read_month(bare, beside) or _read_quarter(bare, beside)
    if found is None and (years := _read_years(bare)):
        found = PeriodType.FINANCIAL_YEAR, date(years, 3, 31)
    if found is None or kind is None:
        return found
    return kind, found[1]


def _read_month(text: str, beside: str) -> When | None:
    if match := _ISO.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        return _month(year, month)
    if match := _DAY.fullmatch(text):
        return _month(int(match[3]), int(match[2]))
    match = _IN_MONTH.fullmatch(text)
    if match is None:
        return None
    month = _MONTHS[match["month"].lower()]
    if match["year"]:
        year = int(match["year"])
        return _month(year + 2000 if year < 100 else year, month)
    if years := _read_years(beside):
        return _month(years if month < 4 else years - 1, month)
    alone = re.fullmatch(r"(?:year )?(20\d\d)", beside.strip(), re.IGNORECASE)
    return _month(int(alone[1]), month) if alone else None


def _month(year: int, month: int) -> When | None:
    if not (2000 <= year < 2100 and 1 <= month <= 12):
        return None
    return PeriodType.MONTH, month_end(date(year, month, 1))


def _read_quarter(text: str, beside: str) -> When | None:
    match = _QUARTER.fullmatch(text)
    if match is None:
        return None
    years = _ends(match["first"], match["second"]) if match["first"] else 0
    years = years or _read_years(beside)
    if not years:
        return None
    first = date(years - 1, 4, 1)
    last = add_months(first, 3 * int(match["quarter"]) - 1)
    return PeriodType.QUARTER, month_end(last)


def _read_years(text: str) -> int:
    """Give the year in which a financial year ends; 0 where the text names none."""
    match = _FINANCIAL.fullmatch(text.strip())
    return _ends(match["first"], match["second"]) if match else 0


def _ends(first: str, second: str) -> int:
    end = int(first) + 1
    return end if end % 10 ** len(second) == int(second) else 0
