"""The one module that calls a database engine: it lends the record to expressions.

Today the engine is DuckDB inside the process. Nothing outside this module may call a
backend, so that another engine is one more function here.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import duckdb
import ibis
import ibis.expr.operations as ops
import polars as pl

from openscrutiny.periods import working_day_numbers
from openscrutiny.record.coverage import Span
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import TABLES
from openscrutiny.record.view import RecordView

__all__ = ["Engine", "open_record"]

# The planner merges nested selections itself; merged here, they take as long to
# write as to run.
ibis.options.sql.fuse_selects = False

# Published tables are read with Polars; no indicator's expression selects from them.
_NOT_LENT = frozenset({"published", "published_measures", "areas", "neighbours"})
_CALENDAR: Final[dict[str, pl.DataType]] = {
    "day": pl.Date(),
    "working_days": pl.Int32(),
}
_LONGEST_STORY_YEARS: Final = 27
_SQL_TYPES: Final[dict[pl.DataType, str]] = {
    pl.String(): "VARCHAR",
    pl.Date(): "DATE",
    pl.Int32(): "INTEGER",
    pl.Boolean(): "BOOLEAN",
    pl.Float64(): "DOUBLE",
}


class Engine:
    """Hold one connection over the record's files, which are read as they are named.

    What is lent travels inside the expressions that name it, under a name that no
    other bears, and is in the engine only while such an expression runs. So an
    expression's answer does not depend on what else was lent, and nothing piles up.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        journal: Journal,
        entries: Sequence[LoadEntry],
    ) -> None:
        self.entries = entries
        self._connection = connection
        self._journal = journal
        self._open: set[str] = set()

    @property
    def tables(self) -> Mapping[str, ibis.Table]:
        """Give the record's tables, unfiltered, for an expression to name."""
        return _name_tables()

    def view(self, spans: Sequence[Span]) -> RecordView:
        """Lend the record, with one source for each table and day."""
        timeline = pl.DataFrame(
            {
                "authority": [s.authority for s in spans],
                "table": [s.table for s in spans],
                "return_id": [s.return_id for s in spans],
                "load_id": [s.load_id for s in spans],
                "valid_from": [s.valid_from for s in spans],
                "valid_to": [s.valid_to for s in spans],
            },
            schema={
                "authority": pl.String(),
                "table": pl.String(),
                "return_id": pl.String(),
                "load_id": pl.Int32(),
                "valid_from": pl.Date(),
                "valid_to": pl.Date(),
            },
        )
        loads = timeline["load_id"].unique().implode()
        beside = _make_beside(self.entries).filter(pl.col("for_load").is_in(loads))
        return RecordView(
            self.tables,
            self.lend(timeline),
            self.tables["calendar"],
            self.lend(beside),
        )

    def lend(self, frame: pl.DataFrame) -> ibis.Table:
        """Lend a small table, such as the periods of an indicator."""
        return ibis.memtable(frame)

    def collect(self, expression: ibis.Table) -> pl.DataFrame:
        """Run an expression and bring its rows back."""
        whole = expression.op()
        for named in whole.find(ops.UnboundTable):
            self._open_table(named.name)
        lent = whole.find(ops.InMemoryTable)
        try:
            for table in lent:
                self._keep(table.name, table.data.to_polars(table.schema))
            query = ibis.duckdb.compile(expression)
            rows = self._connection.sql(query).to_arrow_table()
        finally:
            for table in lent:
                self._run(f'DROP TABLE IF EXISTS "{table.name}"')
        result: pl.DataFrame = expression.__polars_result__(pl.from_arrow(rows))
        return result

    def close(self) -> None:
        self._connection.close()

    def _open_table(self, name: str) -> None:
        if name in self._open:
            return
        if name == "calendar":
            self._keep(name, _make_calendar(self.entries))
        else:
            self._open_files(name)
        self._open.add(name)

    def _open_files(self, name: str) -> None:
        """Make a table of the record a view over its files.

        A column that a later release added is null where a file lacks it.
        """
        paths = self._journal.paths(name, list(self.entries))
        held = [_columns_of(path, path.stat().st_mtime_ns) for path in paths]
        wanted = TABLES[name].schema
        source = "(SELECT 1) WHERE false"
        if paths:
            # By name only where files differ: the engine then opens every one first.
            by_name = ", union_by_name = true" if len(set(held)) > 1 else ""
            listed = ", ".join(_quoted(path) for path in paths)
            source = f"read_parquet([{listed}]{by_name})"
        anywhere = frozenset[str]().union(*held)
        chosen = ", ".join(
            f'"{column}"'
            if column in anywhere
            else f'NULL::{_SQL_TYPES[kind]} AS "{column}"'
            for column, kind in wanted.items()
        )
        self._run(f'CREATE VIEW "{name}" AS SELECT {chosen} FROM {source}')

    def _keep(self, name: str, frame: pl.DataFrame) -> None:
        """Put a small table into the engine: the planner then knows its row count."""
        self._connection.register("kept", frame.to_arrow())
        self._run(f'CREATE TABLE "{name}" AS FROM kept')
        self._connection.unregister("kept")

    def _run(self, statement: str) -> None:
        self._connection.execute(statement)


def open_record(journal: Journal, entries: Sequence[LoadEntry]) -> Engine:
    """Open the record as these loads make it: views over their files.

    Expressions can read the loads' folder and nothing else, and change no setting.
    """
    connection = duckdb.connect()
    for setting in (
        "threads = 2",
        f"allowed_directories = [{_quoted(journal.data)}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return Engine(connection, journal, tuple(entries))


@cache
def _name_tables() -> Mapping[str, ibis.Table]:
    """Name what expressions may select from; the engine opens what one names."""
    schemas = {name: t.schema for name, t in TABLES.items() if name not in _NOT_LENT}
    schemas["calendar"] = _CALENDAR
    return {
        name: ibis.table(ibis.Schema.from_polars(pl.Schema(schema)), name=name)
        for name, schema in schemas.items()
    }


@lru_cache(maxsize=10_000)
def _columns_of(path: Path, _changed: int) -> frozenset[str]:
    """Read the names of a file's columns, once for as long as it stays as it is."""
    return frozenset(pl.read_parquet_schema(path))


def _quoted(path: Path) -> str:
    return "'" + path.as_posix().replace("'", "''") + "'"


def _make_beside(entries: Sequence[LoadEntry]) -> pl.DataFrame:
    """Say for each load and table from which load of the same return it is taken."""
    rows: list[tuple[int, str, int]] = []
    holding: dict[tuple[str | None, str, str], int] = {}
    for entry in entries:  # oldest first, so the latest load stays
        for table in {*entry.tables, *entry.covers}:
            holding[entry.authority, entry.return_id, table] = entry.load_id
    for entry in entries:
        own = {*entry.tables, *entry.covers}
        for table in TABLES:
            source = holding.get((entry.authority, entry.return_id, table))
            if table in own:
                source = entry.load_id
            if source is not None:
                rows.append((entry.load_id, table, source))
    return pl.DataFrame(
        rows,
        schema={
            "for_load": pl.Int32(),
            "table": pl.String(),
            "source_load": pl.Int32(),
        },
        orient="row",
    )


def _make_calendar(entries: Sequence[LoadEntry]) -> pl.DataFrame:
    """Number the days by the working days up to them: every day that a case can hold.

    Nobody in a return is older than 25, and what is told of a person does not begin
    before they were expected.
    """
    days = [day for e in entries for span in e.covers.values() for day in span]
    first = min(days, default=date(2020, 1, 1)).year - _LONGEST_STORY_YEARS
    last = max(days, default=date(2020, 1, 1)).year + 1
    numbers = working_day_numbers(first, last)
    return pl.DataFrame(
        {"day": list(numbers), "working_days": list(numbers.values())},
        schema=_CALENDAR,
    )
