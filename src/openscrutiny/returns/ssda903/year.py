"""Find the year of an SSDA903 return from the dates inside it, never from its name.

The year is named by the 31 March on which it ends. A guess that one mistyped date
could have made is refused: the user is asked to state the year instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.layouts.ssda903 import TABLES
from openscrutiny.returns.headings import nearest_heading
from openscrutiny.returns.values import (
    date_expression,
    is_day_number,
    is_in_two_figures,
)

__all__ = ["YearEvidence", "find_quiet_end", "find_year"]


@dataclass(frozen=True)
class YearEvidence:
    """Say which column of which table dates a return, and how surely.

    `least_share` is the share of dates that must lie in the latest year. Episodes
    reach back for as long as a child is looked after; reviews and missing episodes
    are only those of the year itself.
    """

    part: str
    column: str
    least_share: float


# In this order: the first table that the return has decides.
EVIDENCE: Final = (
    YearEvidence("episodes", "DECOM", 0.02),
    YearEvidence("reviews", "REVIEW", 0.5),
    YearEvidence("missing", "MIS_START", 0.5),
)
# Below this share, a latest year that no other date comes near is taken for a slip.
SHARE_AFTER_GAP: Final = 0.2
# A return is made within some two months of its year's end; by then a twentieth of a
# year's new dates or so lie after it, and fewer of all dates.
SPRING: Final = timedelta(days=61)
MOST_AFTER_YEAR: Final = 0.1

# What happens all the year round, by table.
_EVENTS: Final = (
    ("episodes", "DECOM"),
    ("episodes", "DEC"),
    ("reviews", "REVIEW"),
    ("missing", "MIS_START"),
    ("sw_episodes", "SW_DECOM"),
)
# A year may end quietly; but not where so many days with events were to be expected by
# its pace until then, and more than a month passed without one, twice as long as ever.
_EXPECTED: Final = 10
_QUIET: Final = timedelta(days=31)
# On fewer days than these nobody can tell a pace.
_FEWEST: Final = 20


def find_quiet_end(
    texts: Sequence[tuple[str, pl.DataFrame]], first: date, last: date
) -> date | None:
    """Find the latest event where the return must have been made before its year ended.

    None where its events go on to the end of the year, or are too few to tell.
    """
    days = pl.concat(
        [
            _days([f for p, f in texts if p == part and column in f.columns], column)
            for part, column in _EVENTS
        ]
    )
    days = days.filter((days >= first) & (days <= last)).unique().sort()
    latest, widest = days.max(), days.diff().max()
    if not (isinstance(latest, date) and isinstance(widest, timedelta)):
        return None
    quiet = last - latest
    pace = len(days) / ((latest - first).days + 1)
    is_cut = (
        len(days) >= _FEWEST
        and quiet > max(_QUIET, 2 * widest)
        and pace * quiet.days >= _EXPECTED
    )
    return latest if is_cut else None


def find_year(
    texts: list[tuple[str, pl.DataFrame]], unread: Sequence[str] = ()
) -> tuple[int, str]:
    """Find the year in which the period ends, and say how in words.

    `texts` are the parts' names and text tables; `unread` the parts beside them whose
    files could not be read. Raises RefusedFile where no table is dated, or where the
    latest dates stand too alone to be believed.
    """
    for evidence in EVIDENCE:
        frames = [
            frame
            for part, frame in texts
            if part == evidence.part and evidence.column in frame.columns
        ]
        days = _days(frames, evidence.column)
        if len(days):
            year = _year_of(days, evidence)
            after = int((days > date(year, 3, 31)).sum())
            words = (
                f"the latest {evidence.column} of the {evidence.part} lies in the "
                "year that ends on 31 March of it"
            )
            if after:
                words += (
                    f", but for {after:,} of the weeks after it, in which the return "
                    "was made (give --year if it is of the new year)"
                )
            return year, words
        _refuse_forms(frames, evidence)
    _refuse_without_column(texts)
    empty = [part for part, frame in texts if not frame.height]
    raise _why_not_dated([part for part, _ in texts], unread, empty)


def _days(frames: Sequence[pl.DataFrame], column: str) -> pl.Series:
    read = [frame.select(day=date_expression(column)) for frame in frames]
    nothing = pl.Series("day", [], dtype=pl.Date())
    return pl.concat(read)["day"].drop_nulls() if read else nothing


def _refuse_forms(frames: Sequence[pl.DataFrame], evidence: YearEvidence) -> None:
    """Say of dates such as 01/05/24 and 45413 why they tell no year."""
    for frame in frames:
        if frame.filter(is_day_number(evidence.column)).height:
            raise RefusedFile(
                f"{evidence.column} of the {evidence.part} has a spreadsheet's numbers "
                "of days instead of dates, so that the year of this return cannot be "
                "told.",
                "Give the column a date format in the spreadsheet, and export again.",
                field=evidence.column,
                rule="date",
            )
        short = frame.filter(is_in_two_figures(evidence.column))
        if short.height:
            raise RefusedFile(
                f"{evidence.column} of the {evidence.part} has years of two figures, "
                "so that the year of this return cannot be told.",
                "Export the dates with years of four figures: a spreadsheet shows and "
                "saves them short until the column has another date format.",
                field=evidence.column,
                rule="date",
            )


def _refuse_without_column(texts: list[tuple[str, pl.DataFrame]]) -> None:
    """Name the column that would date a table, where the table does not have it."""
    for evidence in EVIDENCE:
        for part, frame in texts:
            if part != evidence.part or evidence.column in frame.columns:
                continue
            own = {c.heading for c in TABLES[part].columns}
            near = nearest_heading(
                evidence.column, set(frame.columns) - own - {"line"}, least=0.6
            )
            raise RefusedFile(
                f"The {part} table has no column {evidence.column}"
                f"{f' (it has {near})' if near else ''}, so that the year of this "
                "return cannot be told.",
                f"Call the column {evidence.column}, as the return has it, and load "
                "all files together.",
                field=evidence.column,
                rule="column",
            )


def _why_not_dated(
    parts: Sequence[str], unread: Sequence[str], empty: Sequence[str]
) -> RefusedFile:
    dated = [evidence.part for evidence in EVIDENCE]
    lost = [part for part in unread if part in dated]
    here = [part for part in parts if part in dated]
    if lost:
        why = f"the file of its {_named(lost)} could not be read"
    elif here and set(here) <= set(empty):
        why = f"the file of its {_named(here)} has headings and no rows"
    elif here:
        why = f"no date in its {_named(here)} can be read"
    else:
        why = "no file beside it has episodes, reviews or missing episodes"
    return RefusedFile(
        f"Nothing in this return says which year it is for: {why}.",
        "Mend it and load all files together, or give the year in which the return's "
        "period ends with --year."
        if lost or here
        else "Load it together with its episodes file, or give the year in which the "
        "return's period ends with --year.",
        rule="year",
    )


def _named(parts: Sequence[str]) -> str:
    return " and ".join(parts)


def _year_of(days: pl.Series, evidence: YearEvidence) -> int:
    years = days.dt.year() + (days.dt.month() >= 4).cast(pl.Int32)
    counts = years.value_counts(name="rows").sort(years.name, descending=True)
    latest = int(counts[years.name][0])
    share = counts["rows"][0] / len(days)
    if _is_made_in_spring(days, latest, share):
        return latest - 1
    gap = counts.height > 1 and latest - int(counts[years.name][1]) > 1
    if share < evidence.least_share or (gap and share < SHARE_AFTER_GAP):
        raise RefusedFile(
            f"The latest {evidence.column} of the {evidence.part} points to the year "
            f"ending 31 March {latest}, but too few others do: it may be a slip.",
            "Correct the date, or give the year in which the return's period ends "
            "with --year.",
            field=evidence.column,
            rule="year",
        )
    return latest


def _is_made_in_spring(days: pl.Series, latest: int, share: float) -> bool:
    """Tell the return of a closed year, made in the weeks after it, from a new one.

    Of its dates a few lie in April or May, after the year, and most before.
    """
    begins = date(latest - 1, 4, 1)
    last = days.max()
    return share < MOST_AFTER_YEAR and isinstance(last, date) and last < begins + SPRING
