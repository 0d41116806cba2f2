"""What changed between two loads of one return, row by row and by what names each fact.

Extracts look back over months that move on: a row that is of a day that only one of the
two looks at is neither new nor gone, and is counted apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.record.journal import Journal
from openscrutiny.record.loads import LoadEntry
from openscrutiny.record.tables import LINEAGE, TABLES, get_table

# Days that describe a person, and are not when something happened.
_OF_A_PERSON: Final = ("dob", "death")
_OWN_FIGURES: Final = "own_figures"


@dataclass(frozen=True)
class TableChange:
    """Count a table's rows in two loads, and what became of them.

    `moved` are single rows of a person that have another day now; they are in none of
    `since`, `late` and `gone`. `months` are rows by the month of their day, before and now.
    """

    table: str
    before: int
    now: int
    since: int  # of days after those of the earlier load
    late: int  # of days that the earlier load covered, and it lacked
    gone: int  # of days that the later load covers still, and it lacks
    moved: int
    other: int  # the same fact, something of it different
    passed: int  # of days that the later load no longer looks back at
    months: tuple[tuple[date, int, int], ...] = ()


def find_earlier(entry: LoadEntry, entries: Sequence[LoadEntry]) -> LoadEntry | None:
    """Find the load to hold one against: the latest of the same return before it.

    Published tables are not compared: each is a release of its own.
    """
    tables = set(filter(_is_compared, entry.tables))
    before = [
        other
        for other in entries
        if other.return_name == entry.return_name
        and other.authority == entry.authority
        and other.load_id < entry.load_id
        and _order(other) <= _order(entry)
        and tables & set(other.tables)
    ]
    return max(before, key=lambda one: (_order(one), one.load_id), default=None)


def _order(entry: LoadEntry) -> date:
    covers = entry.covers_all
    return entry.period_end or (covers[1] if covers else date.min)


def _is_compared(table: str) -> bool:
    """Tell what happened to somebody, or a figure that was given, from all the rest."""
    about = table == _OWN_FIGURES or _person_column(table) is not None
    return about and _day_column(table) is not None


def compare_loads(
    journal: Journal, earlier: LoadEntry, later: LoadEntry
) -> tuple[TableChange, ...]:
    """Compare each table that either load has and that is about people or own figures."""
    names = dict.fromkeys((*later.tables, *earlier.tables))
    return tuple(
        _compare(journal, name, earlier, later)
        for name in names
        if name in TABLES and _is_compared(name)
    )


def _compare(
    journal: Journal, name: str, earlier: LoadEntry, later: LoadEntry
) -> TableChange:
    key = list(get_table(name).key)
    old, new = (_read(journal, name, entry) for entry in (earlier, later))
    old, new = (
        each.unique(key, keep="first", maintain_order=True) for each in (old, new)
    )
    both = new.join(old, on=key, how="inner", nulls_equal=True, suffix="_was")
    added = new.join(old, on=key, how="anti", nulls_equal=True)
    lost = old.join(new, on=key, how="anti", nulls_equal=True)
    seen_to = earlier.covers.get(name, (date.min, date.max))[1]
    looks_from = later.covers.get(name, (date.min, date.max))[0]
    day = pl.col("@day")
    gone = lost.filter(day.is_null() | (day >= looks_from))
    moved = _find_moved(added, gone, name)
    came = added.filter(~moved)
    late = came.filter(day.is_null() | (day <= seen_to)).height
    many = added.height - came.height
    return TableChange(
        name,
        earlier.tables.get(name, 0),
        later.tables.get(name, 0),
        since=came.height - late,
        late=late,
        gone=gone.height - many,
        moved=many,
        other=_count_other(both, name),
        passed=lost.height - gone.height,
        months=_by_month(old, new, later, name),
    )


def _read(journal: Journal, name: str, entry: LoadEntry) -> pl.DataFrame:
    paths = journal.paths(name, [entry])
    frame = (
        pl.read_parquet(paths[0])
        if paths
        else pl.DataFrame(schema=get_table(name).schema)
    )
    day = _day_column(name)
    assert day is not None, name
    rows = frame.drop(list(LINEAGE), strict=False)
    return rows.with_columns(pl.col(day).alias("@day"))


def _day_column(name: str) -> str | None:
    """Name the day on which a row happened: the first of its key, else of its columns."""
    if name not in TABLES:
        return None
    table = get_table(name)
    dated = [c for c in (*table.key, *table.columns) if table.columns.get(c) == pl.Date]
    fit = [c for c in dated if not any(word in c for word in _OF_A_PERSON)]
    return fit[0] if fit else None


def _person_column(name: str) -> str | None:
    columns = get_table(name).columns if name in TABLES else {}
    return next((c for c in columns if c.endswith("_person_id")), None)


def _find_moved(added: pl.DataFrame, gone: pl.DataFrame, name: str) -> pl.Expr:
    """Mark the rows of people with one row gone and one come: one fact, another day."""
    person = _person_column(name)
    if person is None:
        return pl.lit(False)
    alone = [
        set(
            each.group_by(person)
            .len()
            .filter(pl.col("len") == 1)
            .drop_nulls(person)[person]
        )
        for each in (added, gone)
    ]
    return pl.col(person).is_in(list(alone[0] & alone[1])).fill_null(False)


def _count_other(both: pl.DataFrame, name: str) -> int:
    columns = [c for c in get_table(name).columns if f"{c}_was" in both.columns]
    if not columns:
        return 0
    differs = pl.any_horizontal(
        pl.col(c).ne_missing(pl.col(f"{c}_was")) for c in columns
    )
    return both.filter(differs).height


def _by_month(
    old: pl.DataFrame, new: pl.DataFrame, later: LoadEntry, name: str
) -> tuple[tuple[date, int, int], ...]:
    """Count the rows of each month that the later load covers, before and now."""
    if name not in later.covers:
        return ()
    first, last = later.covers[name]
    counts = [
        dict(
            each.filter(pl.col("@day").is_between(first, last))
            .group_by(pl.col("@day").dt.month_end().alias("month"))
            .len()
            .iter_rows()
        )
        for each in (old, new)
    ]
    return tuple(
        (month, counts[0].get(month, 0), counts[1].get(month, 0))
        for month in sorted({*counts[0], *counts[1]})
    )
