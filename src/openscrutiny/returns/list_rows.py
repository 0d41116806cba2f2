"""What one list gave: rows of the record, and what it says of the children in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.layouts.layout import Layout
from openscrutiny.record.coverage import column_of
from openscrutiny.record.gaps import Gap
from openscrutiny.record.tables import get_table
from openscrutiny.returns.as_at import days_covered, note_future
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import fills_of, read_column
from openscrutiny.returns.shaping import find_doubted, shape_table
from openscrutiny.returns.sheets import Sheet
from openscrutiny.returns.values import date_expression

_DESCRIBED: Final = ("pers_sex", "pers_ethnicity", "pers_dob", "pers_disabled")


@dataclass(frozen=True)
class ListRows:
    """Hold what one list gave: its own rows, and of the children in it (or None)."""

    sheet: Sheet
    rows: Rows
    people: Rows | None

    @property
    def of(self) -> Layout:
        return self.sheet.of

    @property
    def lost_all(self) -> bool:
        """Tell whether the list has rows and not one could be kept."""
        return self.rows.rows_read > 0 and self.rows.frame.height == 0

    def judge_day(self, as_at: date) -> None:
        """Name what lies after the day of the extract."""
        note_future(self.rows, self.of, as_at)

    def tables(self, as_at: date) -> dict[str, pl.DataFrame]:
        """Give the record's tables that the list fills."""
        filled = fills_of(self.of)
        return {self.of.table: shape_table(self.rows.frame, self.of.table, filled)}

    def covers(self, as_at: date) -> dict[str, tuple[date, date]]:
        """Give the days of each table, and of the columns that only some files fill.

        A list that lost every row covers none.
        """
        if self.lost_all or not self.of.covers:
            return {}
        told = [column_of(self.of.table, column) for column in self.filled()]
        return dict.fromkeys((self.of.table, *told), days_covered(self.of, as_at))

    def filled(self) -> list[str]:
        """Name the columns that cover what they tell, where the list fills them in."""
        frame = self.rows.frame
        told = [column.fills for column in self.of.columns if column.covers]
        return [name for name in told if frame[name].is_not_null().any()]

    def children(self) -> list[str]:
        """List the identifiers of the children in it, as often as they stand there."""
        if self.people is None:
            return []
        return self.people.frame["pers_person_id"].drop_nulls().to_list()

    def doubt(self, children: pl.Series) -> None:
        """Let no figure be final that rests on its rows of these children."""
        if self.people is not None:
            self.rows.doubt_children(self.of.columns[0].name, children)

    def gaps(self) -> list[Gap]:
        """Say what of its tables the list could not give."""
        return [self.rows.gap()]

    def person_rows(self) -> pl.DataFrame | None:
        """Give what the list says of each child, a row a line."""
        if self.people is None:
            return None
        own = get_table("person").columns
        there = {c: c for c in own if c in self.people.frame.columns}
        return self.with_file(shape_table(self.people.frame, "person", there))

    def marks(self) -> list[pl.DataFrame]:
        """Give the places of what could not be read."""
        found = [self.rows.unread(), self.people.unread() if self.people else None]
        return [self.with_file(marks) for marks in found if marks is not None]

    def with_file(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Name the sheet in each row."""
        return frame.with_columns(pl.lit(self.rows.log.file).alias("file"))


def keep_one_per_fact(rows: Rows, of: Layout) -> None:
    """Keep one row of each fact: of lines that differ the later one."""
    own = [c for c in get_table(of.table).key if c in rows.frame.columns]
    rows.one_per_fact(*(of.key or own), field=of.required[-1])


def read_people(sheet: Sheet, kept: Rows) -> Rows | None:
    """Read what a list says of the children in it; None where it is of no children."""
    described = [column for column in sheet.of.columns if column.table]
    if not described:
        return None
    there = [c for c in described if c.heading in sheet.frame.columns]
    raw = sheet.frame.select("line", *(pl.col(c.heading).alias(c.name) for c in there))
    identifier = pl.col(sheet.of.columns[0].name).alias("pers_person_id")
    frame = kept.frame.select("line", identifier).join(
        raw, on="line", how="left", maintain_order="left"
    )
    labels = {c.name: sheet.headings.get(c.heading, c.heading) for c in there}
    people = Rows(frame, kept.log, "person", labels)
    own = {column.heading for column in sheet.of.read}
    for column in there:
        if column.heading in own:  # it was read already, and named there
            people.frame = people.frame.with_columns(date_expression(column.name))
            continue
        read_column(people, column)
    return people


@dataclass(frozen=True)
class People:
    """Hold one row a child, what it lacks, and how many two lists describe differently."""

    frame: pl.DataFrame
    gap: Gap
    differing: int


def find_two_births(lists: Sequence[ListRows]) -> pl.Series:
    """List the identifiers to which the lists give more than one day of birth."""
    nothing = pl.DataFrame(
        schema={"pers_person_id": pl.String(), "pers_dob": pl.Date()}
    )
    told = [
        one.people.frame.select("pers_person_id", "pers_dob")
        for one in lists
        if one.people is not None and "pers_dob" in one.people.frame.columns
    ]
    return find_doubted(pl.concat([nothing, *told]), "pers_person_id", "pers_dob")


def gather_people(lists: Sequence[ListRows]) -> People | None:
    """Give one row a child, by the first value that any list gives; None without any."""
    rows = [one.people for one in lists if one.people is not None]
    frames = [frame for one in lists if (frame := one.person_rows()) is not None]
    if not frames:
        return None
    everybody = pl.concat(frames)
    grouped = everybody.group_by("pers_person_id", maintain_order=True).agg(
        pl.col("line").first(),
        pl.col("file").first(),
        *(pl.col(column).drop_nulls().first() for column in _DESCRIBED),
        pl.any_horizontal(
            pl.col(column).drop_nulls().n_unique() > 1 for column in _DESCRIBED
        ).alias("differs"),
    )
    differing = grouped.filter("differs").height
    unread: dict[str, int] = {}
    for one in rows:
        for column, count in one.gap().unread.items():
            unread[column] = unread.get(column, 0) + count
    gap = Gap("person", everybody.height, 0, differing, unread)
    lacking = [c for c in everybody.columns if c not in grouped.columns]
    people = grouped.with_columns(
        pl.lit(None, everybody.schema[column]).alias(column) for column in lacking
    )
    return People(people.select(everybody.columns), gap, differing)
