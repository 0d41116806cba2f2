"""Whether the day or the month stands first in the dates of one export, as a whole.

One export writes all its dates alike. A column says by itself which number is the day
where one of them is above 12 (`values.date_expression`); a short column may say nothing,
and is then read as the others of its table are, else as those of the tables beside it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.layouts.layout import DATE, Layout
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import IN_DOUBT, SLIPS

_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY_ABOVE_12: Final = r"(?:1[3-9]|2\d|3[01])"
_YEAR: Final = r"[/.-]\d{4}(?:\D|$)"
_DAY_FIRST: Final = rf"^\s*{_DAY_ABOVE_12}[/.-]{_MONTH}{_YEAR}"
_MONTH_FIRST: Final = rf"^\s*{_MONTH}[/.-]{_DAY_ABOVE_12}{_YEAR}"
_EITHER: Final = rf"^\s*{_MONTH}[/.-]{_MONTH}{_YEAR}"
_FEW: Final = 2
_TWO_NUMBERS: Final = r"^\s*(\d{1,2})([/.-])(\d{1,2})([/.-].*)$"


class _Evidence(NamedTuple):
    """Count the dates that are possible in one order alone."""

    day_first: int
    month_first: int

    def __bool__(self) -> bool:
        return self.day_first + self.month_first > 0

    @property
    def is_mixed(self) -> bool:
        return min(self) > SLIPS * sum(self)


@dataclass(frozen=True)
class Dated:
    """Hold a table of text with `line`, and which of its columns have dates.

    `swapped` are those in which `put_day_first` set the day before the month.
    """

    frame: pl.DataFrame
    columns: Sequence[str]
    swapped: Sequence[str] = ()

    def tell(self, file: str, labels: dict[str, str] | None = None) -> list[Problem]:
        """Name the columns whose order the dates beside them told."""
        told = []
        for column in self.swapped:
            name = (labels or {}).get(column, column)
            told.append(
                Problem(
                    file,
                    0,
                    name,
                    "date-order",
                    f"The dates of {name} are possible with the day or the month first. "
                    "Others beside them are possible only with the month first, and "
                    "these were read so too.",
                    "Check one that you know; export dates as day/month/year to be "
                    "sure.",
                )
            )
        return told


def dates_of(layout: Layout, there: Collection[str]) -> list[str]:
    """List the headings of a layout's dates that a table has."""
    headings = (c.heading for c in layout.columns if c.kind == DATE)
    return [heading for heading in dict.fromkeys(headings) if heading in there]


def put_day_first(tables: Sequence[Dated], beside: Sequence[Dated] = ()) -> list[Dated]:
    """Set the day first in columns that do not tell their order, where others do.

    `tables` and `beside` are of one export; only the first are given back. Where both
    orders stand in it, a date that could be either is marked, to be read as neither.
    """
    found = [_weigh(one) for one in (*tables, *beside)]
    whole = _add(found)
    if not whole.month_first:
        return list(tables)
    return [
        _settle(one, _choose(of_table, whole))
        for one, of_table in zip(tables, found, strict=False)
    ]


def _choose(of_table: _Evidence, whole: _Evidence) -> _Evidence:
    """Choose what tells the order of a table: its own dates, or all of the export.

    One or two dates may be slips, where the rest of the export is of one mind.
    """
    is_weak = sum(of_table) <= _FEW or of_table.is_mixed
    return whole if is_weak and not whole.is_mixed or not of_table else of_table


def _weigh(table: Dated) -> _Evidence:
    return _add([_weigh_column(table.frame, name) for name in table.columns])


def _weigh_column(frame: pl.DataFrame, column: str) -> _Evidence:
    text = pl.col(column)
    counted = frame.select(
        day_first=text.str.contains(_DAY_FIRST).sum(),
        month_first=text.str.contains(_MONTH_FIRST).sum(),
    )
    return _Evidence(*counted.row(0))


def _add(found: Sequence[_Evidence]) -> _Evidence:
    return _Evidence(sum(e.day_first for e in found), sum(e.month_first for e in found))


def _settle(table: Dated, beside: _Evidence) -> Dated:
    frame, swapped = table.frame, []
    for name in table.columns:
        text = pl.col(name)
        either = text.str.contains(_EITHER).fill_null(False)
        if _weigh_column(frame, name) or not frame.select(either.any()).item():
            continue
        parts = text.str.extract_groups(_TWO_NUMBERS)
        first, second = parts.struct.field("1"), parts.struct.field("3")
        if beside.is_mixed:
            same = first.cast(pl.Int32) == second.cast(pl.Int32)
            put = pl.when(either & ~same.fill_null(True)).then(
                pl.concat_str(text, pl.lit(IN_DOUBT))
            )
        elif beside.month_first > beside.day_first:
            put = pl.when(either).then(
                pl.concat_str(
                    second, parts.struct.field("2"), first, parts.struct.field("4")
                )
            )
            swapped.append(name)
        else:
            continue
        frame = frame.with_columns(put.otherwise(text).alias(name))
    return Dated(frame, table.columns, swapped)


def settle_tables(
    tables: Sequence[tuple[str, Layout, TextTable]],
) -> list[TextTable]:
    """Do the same with the tables of one export, each with its place and layout."""
    dated = [
        Dated(table.frame, dates_of(layout, table.frame.columns))
        for _, layout, table in tables
    ]
    return [
        replace(table, frame=one.frame, problems=(*table.problems, *one.tell(place)))
        for (place, _, table), one in zip(tables, put_day_first(dated), strict=True)
    ]
