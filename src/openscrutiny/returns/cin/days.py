"""Which days a census covers: its year, as far as the file had seen it when made.

A census of year Y is about 1 April Y-1 to 31 March Y, and a file that was made in
October knows nothing of November. When it was made is said by the user, the header or
else by the latest of what it holds.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.periods import financial_year_of, format_date
from openscrutiny.returns.cin.elements import AGAIN
from openscrutiny.returns.reading import LoadRequest
from openscrutiny.returns.values import read_date

# The years whose code lists are written here; a later one is read by the last.
FIRST_YEAR: Final = 2017
LAST_YEAR: Final = 2026
# A return of a whole year holds something of its last month.
_QUIET: Final = timedelta(days=31)
# So many of a file's events after the day of its header say that the header is wrong.
_MANY: Final = 0.01

Doubt = tuple[str, str, str, str]  # field, rule, message, fix


@dataclass(frozen=True)
class CensusDays:
    """Hold the census's year, the first and last day that it covers, and when made.

    `made` is None where nothing says so. `told` says how the days were found.
    `doubts` say what the header has wrong.
    """

    year: int
    first: date
    last: date
    made: date | None
    told: str
    doubts: tuple[Doubt, ...] = ()


def check_header(header: dict[str, str], request: LoadRequest) -> tuple[int, str]:
    """Give the census's year and authority; refused where the header lacks them."""
    if header.get("Collection", "CIN").upper() != "CIN":
        raise RefusedFile(
            "The header says that this is another collection than CIN.",
            "Load the file that was made for the children in need census.",
            field="Collection",
        )
    lea = "".join(header.get("LEA", "").split())
    if not (len(lea) == 3 and _is_number(lea)):
        raise RefusedFile(
            "The header does not say whose census this is: LEA must be an authority’s "
            "three figures.",
            AGAIN,
            field="LEA",
        )
    text = header.get("Year", "")
    latest = max(LAST_YEAR, financial_year_of(datetime.now(UTC).date())) + 1
    if not (_is_number(text) and FIRST_YEAR <= int(text) <= latest):
        raise RefusedFile(
            f"The header's year is not one from {FIRST_YEAR} to {latest}.",
            AGAIN,
            field="Year",
        )
    if request.year is not None and request.year != int(text):
        raise RefusedFile(
            f"You said --year {request.year}, and the header says {text}.",
            "Leave --year out, or load the file of that year.",
            field="Year",
        )
    return int(text), lea


def _is_number(text: str) -> bool:
    """Tell plain figures; isdigit takes superscripts, which are no number."""
    return text.isascii() and text.isdecimal()


def find_days(
    header: dict[str, str], year: int, request: LoadRequest, events: pl.Series
) -> CensusDays:
    """Find the days covered. `events` are the dates of what the file holds.

    Raises RefusedFile where the header's reference date is of another year or no date,
    and where --as-at lies before the year.
    """
    first, end = date(year - 1, 4, 1), date(year, 3, 31)
    doubts: list[Doubt] = []
    reference = _reference_date(header, year, doubts)
    made, how = _from_header(header, first, doubts)
    in_year = events.filter((events >= first) & (events <= end))
    if made is not None and _reaches_beyond(in_year, made):
        made, how = _latest(in_year), "its events reach beyond its header’s day, to"
    if reference is not None and reference < end:
        made, how = reference, "its header’s reference date is"
    if made is None:
        made, how = _from_events(in_year, end)
    if request.as_at is not None:
        made, how = _said(request.as_at, first), "you said that it was made on"
    last = end if made is None else min(made, end)
    told = []
    if last < end:
        told.append(f"It covers no day after {_day(last)}: {how} {_day(last)}.")
    if year > LAST_YEAR:
        told.append(
            f"The census of {year} was read by the rules of {LAST_YEAR}, the latest "
            "that are known here."
        )
    return CensusDays(year, first, last, made, " ".join(told), tuple(doubts))


def _from_header(
    header: dict[str, str], first: date, doubts: list[Doubt]
) -> tuple[date | None, str]:
    made = read_date(header.get("DateTime") or None)
    if made is None or made >= first:
        return made, "its header says that it was made on"
    message = (
        f"The header says that the file was made on {_day(made)}, before the year of "
        "the census began."
    )
    fix = "Say with --as-at on which day it was made."
    doubts.append(("DateTime", "made", message, fix))
    return None, ""


def _from_events(in_year: pl.Series, end: date) -> tuple[date | None, str]:
    """Take the latest event for the day; None where the year was as good as over."""
    latest = _latest(in_year)
    if latest is None or latest > end - _QUIET:
        return None, ""
    return latest, "its header does not say when it was made, and its last event is of"


def _said(as_at: date, first: date) -> date:
    if as_at < first:
        raise RefusedFile(
            f"You said --as-at {as_at.isoformat()}, and the census is of the year from "
            f"{_day(first)}.",
            "Give the day on which the file was made, or leave --as-at out.",
            rule="as-at",
        )
    return as_at


def _reference_date(
    header: dict[str, str], year: int, doubts: list[Doubt]
) -> date | None:
    text = header.get("ReferenceDate", "")
    if not text:
        return None
    reference = read_date(text)
    if reference is None:
        raise RefusedFile(
            "The header's reference date cannot be read. ReferenceDate must read "
            "yyyy-mm-dd.",
            AGAIN,
            field="ReferenceDate",
        )
    if reference == date(year, 3, 31):
        return reference
    if not date(year - 1, 4, 1) <= reference <= date(year, 12, 31):
        raise RefusedFile(
            f"The header says the year {year} and the reference date "
            f"{_day(reference)}, which is of another census.",
            "Correct the one that is wrong in the case system, and export again.",
            field="ReferenceDate",
        )
    doubts.append(
        (
            "ReferenceDate",
            "100",
            f"The header's reference date is {_day(reference)}, not 31 March {year}.",
            "For DfE, export the census with the reference date of its year.",
        )
    )
    return reference


def _reaches_beyond(events: pl.Series, made: date) -> bool:
    """Tell whether the file holds more than slips of after the day of its header."""
    beyond = int((events > made).sum())
    return beyond > max(2, _MANY * events.len())


def _latest(events: pl.Series) -> date | None:
    latest = events.max()
    assert latest is None or isinstance(latest, date)
    return latest


def _day(day: date) -> str:
    return format_date(day)
