"""Settle whose SEN2 return it is, and which calendar year it covers.

The header's year is the year of the collection, in January; the return covers the
calendar year before it. The reference date, where there is one, says so exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.sen2 import HEADER
from openscrutiny.returns.as_at import find_moment
from openscrutiny.returns.reading import LoadRequest
from openscrutiny.returns.sen2.days import Days, find_days
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import date_expression, filled_expression, read_date

# Which columns date the activity of the year, where no header does.
EVIDENCE: Final = (("requests", "receiveddate"), ("namedplan", "startdate"))
# Below this share of all dates, a latest year is taken for a slip of the pen.
LEAST_SHARE: Final = 0.02
# A reference date up to here is of the January that follows the year.
LAST_MONTH_AFTER: Final = 6
_AGAIN: Final = "Export the return again and load the new file."


@dataclass(frozen=True)
class Answer:
    """Hold the calendar year and its days, the authority, and how they were found."""

    year: int
    authority: str
    inferred: str
    days: Days
    made_at: datetime | None = None


def find_answer(tables: Mapping[str, TextTable], request: LoadRequest) -> Answer:
    """Settle year and authority from the header, the user, or the dates inside.

    Raises RefusedFile where they cannot be known, or where the user says another
    year than the header.
    """
    header = _header_of(tables)
    how = []
    year = _covered_year(header)
    if year is None:
        year = request.year
    elif request.year not in (None, year):
        raise RefusedFile(
            f"You said --year {request.year}, and the header is of a return that "
            f"covers {year}.",
            "Leave --year out, or load the return of that year.",
            field="year",
            rule="year",
        )
    if year is None:
        year = _infer_year(tables)
        how.append(
            f"Year {year}: the latest request or start of a plan lies in it, and the "
            "export has no header that states a year."
        )
    authority, words = _authority(header, request)
    days = find_days(year, header, tables, request.as_at)
    told = [*how, *words, *([days.told] if days.told else [])]
    made_at = find_moment(header.get("datetime"), days.first, request)
    return Answer(year, authority, " ".join(told), days, made_at)


def _header_of(tables: Mapping[str, TextTable]) -> dict[str, str | None]:
    table = tables.get(HEADER)
    if table is None or not table.frame.height:
        return {}
    if table.frame.height > 1:
        raise RefusedFile(
            "The header (the sen2 module) has more than one row, so it is not clear "
            "whose return this is.",
            "Export the files of one return at a time.",
            line=int(table.frame["line"][1]),
            rule="header",
        )
    filled = table.frame.with_columns(
        filled_expression(c).alias(c) for c in table.frame.columns if c != "line"
    )
    row = filled.row(0, named=True)
    if (row.get("collection") or "SEN2").upper() != "SEN2":
        raise RefusedFile(
            "The header says that this is another collection than SEN2.",
            "Load the files that were made for SEN2.",
            field="collection",
            rule="header",
        )
    return row


def _covered_year(header: Mapping[str, str | None]) -> int | None:
    """Find the calendar year from the reference date, else from the year before."""
    stated = _year_number(header.get("year"))
    reference = _read_date(header.get("referencedate"))
    if reference is None:
        return None if stated is None else stated - 1
    before = reference.month <= LAST_MONTH_AFTER
    covered = reference.year - 1 if before else reference.year
    if stated not in (None, covered, covered + 1):
        raise RefusedFile(
            "The header's year and its reference date belong to different returns.",
            _AGAIN,
            field="referencedate",
            rule="header",
        )
    return covered


def _year_number(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and 2000 <= int(digits) <= 2100):
        raise RefusedFile(
            "The header's year is not a year.", _AGAIN, field="year", rule="header"
        )
    return int(digits)


def _read_date(text: str | None) -> date | None:
    if text is None:
        return None
    day = read_date(text)
    if day is None:
        raise RefusedFile(
            "The header's reference date is no date that exists.",
            _AGAIN,
            field="referencedate",
            rule="header",
        )
    return day


def _infer_year(tables: Mapping[str, TextTable]) -> int:
    days = pl.concat(
        [
            tables[module].frame.select(day=date_expression(column))["day"]
            for module, column in EVIDENCE
            if module in tables and column in tables[module].frame.columns
        ]
        or [pl.Series("day", [], dtype=pl.Date())]
    ).drop_nulls()
    if not len(days):
        raise RefusedFile(
            "Nothing in this export says which year it covers.",
            "Add sen2.csv, requests.csv or namedplan.csv of the same export, or give "
            "the calendar year with --year.",
            rule="year",
        )
    latest = int(days.dt.year().max())  # type: ignore[arg-type]
    if (days.dt.year() == latest).sum() / len(days) < LEAST_SHARE:
        raise RefusedFile(
            f"The latest dates point to {latest}, but too few others do: one may be "
            "a slip.",
            "Correct the date, add sen2.csv, or give the calendar year with --year.",
            rule="year",
        )
    return latest


def _authority(
    header: Mapping[str, str | None], request: LoadRequest
) -> tuple[str, list[str]]:
    lea = (header.get("lea") or "").removesuffix(".0")
    if lea:
        if not (len(lea) == 3 and lea.isascii() and lea.isdigit()):
            raise RefusedFile(
                "The header's LEA is not a three-digit number.",
                _AGAIN,
                field="lea",
                rule="header",
            )
        return lea, []
    if request.authority:
        return request.authority, []
    if not request.council:
        raise RefusedFile(
            "This return does not say whose it is, and neither does the workspace.",
            "Say whose it is with --authority CODE.",
            rule="authority",
        )
    return request.council, [f"Authority {request.council}: the workspace's own."]
