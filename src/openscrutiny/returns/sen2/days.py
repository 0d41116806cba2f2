"""Which days a SEN2 return covers: its calendar year, as far as it had come when made.

A return is made in the January after its year or later; one that was made in October
knows nothing of November.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.periods import format_date
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import date_expression, read_date

# What happens all the year round, by module.
_EVENTS: Final = (
    ("requests", "receiveddate"),
    ("requests", "requestoutcomedate"),
    ("assessment", "assessmentoutcomedate"),
    ("activeplans", "reviewmeeting"),
)
# A return of a whole year holds something of its last month.
_QUIET: Final = timedelta(days=31)
# So many events after the day of the header say that the header is wrong.
_MANY: Final = 0.01


@dataclass(frozen=True)
class Days:
    """Hold the first and last day covered, and the last day that a file can know.

    `told` says why the year is not covered whole; "" where it is.
    """

    first: date
    last: date
    made: date
    told: str = ""


def find_days(
    year: int,
    header: Mapping[str, str | None],
    tables: Mapping[str, TextTable],
    as_at: date | None,
) -> Days:
    """Find the days covered; `as_at` is the day that the user gave.

    Raises RefusedFile where that day lies before the year.
    """
    first, end = date(year, 1, 1), date(year, 12, 31)
    latest = date(year + 1, 6, 30)
    if as_at is not None:
        if as_at < first:
            raise RefusedFile(
                f"You said --as-at {as_at.isoformat()}, and the return is of {year}.",
                "Give the day on which the file was made, or leave --as-at out.",
                rule="as-at",
            )
        return _cut(first, end, as_at, as_at, "you said that it was made on")
    events = _find_events(tables)
    in_year = events.filter((events >= first) & (events <= end))
    reference = read_date(header.get("referencedate"))
    written = read_date(header.get("datetime"))
    if written is not None and (
        not first <= written <= end + timedelta(days=2 * 366)
        or int((in_year > written).sum()) > max(2, _MANY * in_year.len())
    ):
        written = None  # the day of a template, or of another return
    if reference is not None and first <= reference < end:
        day = min(reference, written or reference)
        return _cut(first, end, day, written or latest, "its header is as at")
    if written is not None:
        return _cut(first, end, written, written, "its header says it was made on")
    newest = in_year.max()
    if reference is None and isinstance(newest, date) and newest <= end - _QUIET:
        how = "its header does not say when it was made, and its last event is of"
        return _cut(first, end, newest, latest, how)
    return Days(first, end, latest)


def _cut(first: date, end: date, day: date, made: date, how: str) -> Days:
    if day >= end:
        return Days(first, end, made)
    said = format_date(day)
    return Days(first, day, made, f"It covers no day after {said}: {how} {said}.")


def _find_events(tables: Mapping[str, TextTable]) -> pl.Series:
    found = [
        tables[module].frame.select(day=date_expression(column))["day"]
        for module, column in _EVENTS
        if module in tables and column in tables[module].frame.columns
    ]
    return pl.concat(found or [pl.Series("day", [], dtype=pl.Date())]).drop_nulls()
