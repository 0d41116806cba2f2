"""Which source counts for each day, decided day by day."""

from collections.abc import Iterable, Sequence
from datetime import date

from twins.model import Cover, Row, Rows

ANNEX_A = "annex-a"
AS_AT_A_DAY = (ANNEX_A, "gias")


class Record:
    """Hold the rows and covers of one authority, and the returns that may feed.

    Statutory returns come first, the latest load of them; else the list (Annex A, the
    register of schools) with the latest as-at date; of two with the same, the later load.
    """

    def __init__(
        self, rows: Rows, covers: Sequence[Cover], returns: Iterable[str]
    ) -> None:
        self.rows = rows
        feeding = set(returns)
        self.covers = [cover for cover in covers if cover.return_name in feeding]
        self.authorities = {cover.authority for cover in covers}
        assert len(self.authorities) <= 1, "a twin counts one authority at a time"
        # Asked of every day of every period, so the covers of a table are found once.
        self._covers_of: dict[str, list[Cover]] = {}
        for cover in self.covers:
            self._covers_of.setdefault(cover.table, []).append(cover)
        self._sources: dict[tuple[str, date], Cover | None] = {}

    def source_for(self, table: str, day: date) -> Cover | None:
        """Find the cover that counts for this table on this day."""
        if (table, day) not in self._sources:
            self._sources[table, day] = self._decide(table, day)
        return self._sources[table, day]

    def _decide(self, table: str, day: date) -> Cover | None:
        holding = [
            cover
            for cover in self._covers_of.get(table, ())
            if cover.first <= day <= cover.last
        ]
        statutory = [c for c in holding if c.return_name not in AS_AT_A_DAY]
        if statutory:
            return max(statutory, key=lambda cover: cover.load_id)
        if holding:
            return max(holding, key=lambda cover: (as_at(cover), cover.load_id))
        return None

    def counts_on(self, table: str, row: Row, day: date) -> bool:
        """Say whether this row stands in the load that counts for this day."""
        source = self.source_for(table, day)
        return source is not None and source.load_id == row["load_id"]

    def events(self, table: str, column: str) -> list[Row]:
        """List the rows that stand in the source for their own date."""
        return [
            row
            for row in self._rows_of(table)
            if row[column] is not None and self.counts_on(table, row, row[column])
        ]

    def states(self, table: str, since: str, until: str, day: date) -> list[Row]:
        """List the rows of the day's source that hold on it, the longest first.

        What ends on the day no longer counts.
        """
        holding = [
            row
            for row in self.rows_counting_on(table, day)
            if row[since] is not None
            and row[since] <= day
            and (row[until] is None or row[until] > day)
        ]
        return sorted(holding, key=lambda row: (row[since], row["line"]))

    def rows_counting_on(self, table: str, day: date) -> list[Row]:
        """List all rows of the load that counts for this table and day."""
        return [row for row in self._rows_of(table) if self.counts_on(table, row, day)]

    def same_load(self, table: str, row: Row) -> list[Row]:
        """List the rows of a table that came in the same load as this row."""
        return [r for r in self._rows_of(table) if r["load_id"] == row["load_id"]]

    def same_return(self, table: str, row: Row) -> list[Row]:
        """List the rows of a table that belong to the same return as this row.

        A return may come as several files, each a load: then the latest load of the
        return that holds the table, unless the row's own load holds it.
        """
        of_return = [
            r for r in self._rows_of(table) if r["return_id"] == row["return_id"]
        ]
        loads = {r["load_id"] for r in of_return}
        loads |= {
            cover.load_id
            for cover in self.covers
            if cover.table == table and cover.return_id == row["return_id"]
        }
        if not loads:
            return []
        load = row["load_id"] if row["load_id"] in loads else max(loads)
        return [r for r in of_return if r["load_id"] == load]

    def _rows_of(self, table: str) -> list[Row]:
        return [
            row
            for row in self.rows.get(table, ())
            if row["authority"] in self.authorities
        ]


def without_typed_late(
    rows: Sequence[Row],
    column: str,
    person: str,
    same: str | None = None,
    closed: str | None = None,
) -> list[Row]:
    """Leave out what an extract dates up to seven days after the census has it.

    It is the same fact if it has the same in the column `same`, or if that of the census
    was not over by then, as the column `closed` has it. What has the same happens once,
    so that a later census that gives it another day tells it again. So does an extract
    that dates it up to seven days after an earlier one, which counts for that day.
    """

    def is_the_same(row: Row, known: Row) -> bool:
        days = (row[column] - known[column]).days
        after = row["return_id"] > known["return_id"]
        of_census = known["return_id"].startswith("cin/")
        in_extract = (
            row["return_id"].startswith("annex-a/")
            and 1 <= days <= 7
            and (of_census or after)
        )
        in_census = (
            same is not None
            and row["return_id"].startswith("cin/")
            and of_census
            and after
            and days >= 1
        )
        return (
            (in_extract or in_census)
            and row[person] == known[person]
            and (same is None or (row[same] is not None and row[same] == known[same]))
            and (closed is None or known[closed] is None or known[closed] > row[column])
        )

    return [row for row in rows if not any(is_the_same(row, k) for k in rows)]


def as_at(cover: Cover) -> date:
    """Read the as-at date of a list: its look-back ends on it."""
    try:
        return date.fromisoformat(cover.return_id.partition("/")[2])
    except ValueError:
        return cover.last


def first_of_each_child(rows: Sequence[Row], person: str) -> list[Row]:
    """Keep the first row of each child, in the order given."""
    seen = set()
    kept = []
    for row in rows:
        if row[person] not in seen:
            seen.add(row[person])
            kept.append(row)
    return kept
