"""What an indicator sees of the record: one source for each table and day.

The view hides loads. `events` gives the rows whose own date is covered by the source
that counts for that day; `states` gives rows with the days for which their source
counts. Both carry `child` and that child's `birth_date`, `expected_date`, `sex`,
`ethnicity` and `disability` as the same return describes them, and the lineage of the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
from ibis import _

from openscrutiny.record.coverage import as_at


@dataclass(frozen=True, eq=False)
class RecordView:
    """Give an indicator its rows.

    Each view is itself alone, so that what is selected from it can be kept: to write an
    expression takes longer than to run it.

    `tables` are the record's tables, unfiltered. `timeline` has (authority, table,
    return_id, load_id, valid_from, valid_to): for each table and day at most one load,
    among the returns that may feed this indicator. `calendar` has (day, working_days):
    how many working days lie on or before it. `beside` has (for_load, table,
    source_load): from which load of the same return a load's rows take another table.
    `people` are the rows of `person`, each child once a load.
    """

    tables: Mapping[str, ibis.Table]
    timeline: ibis.Table
    calendar: ibis.Table
    beside: ibis.Table
    people: ibis.Table

    def events(self, table: str, date_column: str, person: str) -> ibis.Table:
        """Give the rows that count on their own date, as `on`, with the child."""
        rows = self._with_timeline(table).filter(_[date_column].notnull())
        rows = rows.filter(
            (_[date_column] >= _.valid_from) & (_[date_column] <= _.valid_to)
        )
        return self.with_person(rows, person).mutate(on=_[date_column])

    def states(self, table: str, since: str, until: str, person: str) -> ibis.Table:
        """Give rows with `since`, `until` and the days for which their source counts.

        `until` is the first day that no longer counts; null while open. A row whose
        end could not be read is not open, since an end was recorded: it is left out.
        """
        rows = self._with_timeline(table).filter(_[since].notnull())
        rows = self.without_unread(rows, table, until)
        return self.with_person(rows, person).mutate(since=_[since], until=_[until])

    def standing(self, table: str, since: str, until: str, person: str) -> ibis.Table:
        """Give the same of what an extract says as it was on its own day alone."""
        rows = self._with_timeline(table, as_at(table)).filter(_[since].notnull())
        rows = self.without_unread(rows, table, until)
        return self.with_person(rows, person).mutate(since=_[since], until=_[until])

    def without_unread(self, rows: ibis.Table, table: str, column: str) -> ibis.Table:
        """Leave out the rows in which this column held what could not be read."""
        marks = self.tables["unread"].filter(
            (_.unre_table == table) & (_.unre_column == column)
        )
        marks = marks.select("load_id", "file", "line").distinct()
        return rows.anti_join(marks, ["load_id", "file", "line"])

    def all_rows(self, table: str) -> ibis.Table:
        """Give the rows of every load that counts for any day, with its days."""
        return self._with_timeline(table)

    def add_working_days(
        self, rows: ibis.Table, name: str, start: str, end: str
    ) -> ibis.Table:
        """Add a column: working days after `start` up to and including `end`.

        Null where either date is null.
        """
        first = self.calendar.select(first_day=_.day, first_number=_.working_days)
        last = self.calendar.select(last_day=_.day, last_number=_.working_days)
        joined = rows.left_join(first, rows[start] == first.first_day).drop("first_day")
        joined = joined.left_join(last, joined[end] == last.last_day)
        return joined.mutate(**{name: _.last_number - _.first_number}).drop(
            "first_number", "last_number", "last_day"
        )

    def _with_timeline(self, table: str, covered: str = "") -> ibis.Table:
        rows = self.tables[table]
        spans = self.timeline.filter(_.table == (covered or table)).select(
            span_load=_.load_id, valid_from=_.valid_from, valid_to=_.valid_to
        )
        return rows.inner_join(spans, rows.load_id == spans.span_load).drop("span_load")

    def same_return(self, table: str) -> ibis.Table:
        """Give another table of the same return, as `for_load` finds it.

        A return may come as several files, each a load: rows take the table from their
        own load if it holds it, else from the latest load of the same return that
        does. Join on `for_load` and the key.
        """
        loads = self.beside.filter(_.table == table).select("for_load", "source_load")
        rows = self.tables[table]
        return rows.inner_join(loads, rows.load_id == loads.source_load).drop(
            "source_load"
        )

    def with_person(self, rows: ibis.Table, person: str) -> ibis.Table:
        """Put the child of a row beside it, as the row's own return describes them."""
        loads = self.beside.filter(_.table == "person").select(
            "for_load", "source_load"
        )
        people = self.people.select(
            described_by=_.load_id,
            described=_.pers_person_id,
            birth_date=_.pers_dob,
            expected_date=_.pers_expected_dob,
            sex=_.pers_sex,
            ethnicity=_.pers_ethnicity,
            disability=_.pers_disabled,
        )
        rows = rows.mutate(child=_[person])
        rows = rows.left_join(loads, rows.load_id == loads.for_load)
        joined = rows.left_join(
            people,
            [rows.source_load == people.described_by, rows.child == people.described],
        )
        return joined.drop("for_load", "source_load", "described_by", "described")
