"""The one module that calls a database engine: it lends the record to expressions.

Today the engine is DuckDB inside the process. Nothing outside this module may call a
backend, so that another engine is one more function here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import duckdb
import ibis
import ibis.expr.operations as ops
import polars as pl
import pyarrow as pa

from openscrutiny.figures.queries import KeptQueries, Query
from openscrutiny.record.coverage import Span
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import TABLES
from openscrutiny.record.view import RecordView
from openscrutiny.working_days import working_day_numbers

__all__ = ["Engine", "lend_name", "name_record", "open_record", "write_query"]

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
_ANSWER: Final = "an answer"
_SQL_TYPES: Final[dict[pl.DataType, str]] = {
    pl.String(): "VARCHAR",
    pl.Date(): "DATE",
    pl.Int32(): "INTEGER",
    pl.Boolean(): "BOOLEAN",
    pl.Float64(): "DOUBLE",
}


_TIMELINE: Final[dict[str, pl.DataType]] = {
    "authority": pl.String(),
    "table": pl.String(),
    "return_id": pl.String(),
    "load_id": pl.Int32(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
}
_BESIDE: Final[dict[str, pl.DataType]] = {
    "for_load": pl.Int32(),
    "table": pl.String(),
    "source_load": pl.Int32(),
}


def write_query(expression: ibis.Table, deciding: Iterable[str] = ()) -> Query:
    """Write an expression over the record for the engine."""
    return Query(
        ibis.duckdb.compile(expression),
        tuple(sorted({t.name for t in expression.op().find(ops.UnboundTable)})),
        expression.schema().to_polars(),
        tuple(sorted(deciding)),
    )


class Engine:
    """Hold one connection over the record's files, which are read as they are named.

    What is lent is in the engine only while the query that names it runs. So a query's
    answer does not depend on what else was lent, and nothing piles up.
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
        self.queries = KeptQueries(journal.folder / "queries.json")

    def sources(self, spans: Sequence[Span]) -> dict[str, pl.DataFrame]:
        """Say by which load each table and day is fed: what `name_record` leaves open."""
        timeline = pl.DataFrame(
            {name: [getattr(s, name) for s in spans] for name in _TIMELINE},
            schema=_TIMELINE,
        )
        loads = timeline["load_id"].unique().implode()
        beside = _make_beside(self.entries).filter(pl.col("for_load").is_in(loads))
        return {"timeline": timeline, "beside": beside}

    def run(
        self, query: Query, lent: Mapping[str, pl.DataFrame] | None = None
    ) -> pl.DataFrame:
        """Run a query and bring its rows back; `lent` are small tables that it names."""
        kept = {n: f for n, f in (lent or {}).items() if n in query.tables}
        for name in query.tables:
            if name not in kept:
                self._open_table(name)
        try:
            for name, frame in kept.items():
                self._keep(name, frame)
            rows = self._answer(query.statement)
        finally:
            for name in kept:
                self._run(f'DROP TABLE IF EXISTS "{name}"')
        return pl.DataFrame(pl.from_arrow(rows)).cast(query.schema)

    def _answer(self, statement: str) -> pa.Table:
        """Run a statement as a table: a relation is planned twice, and that takes longest."""
        self._run(f'CREATE OR REPLACE TEMP TABLE "{_ANSWER}" AS {statement}')
        try:
            return self._connection.table(_ANSWER).to_arrow_table()
        finally:
            self._run(f'DROP TABLE "{_ANSWER}"')

    def close(self) -> None:
        self.queries.keep()
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


def lend_name(name: str, schema: Mapping[str, pl.DataType]) -> ibis.Table:
    """Name a table that is lent when the query runs."""
    return ibis.table(ibis.Schema.from_polars(pl.Schema(schema)), name=name)


@cache
def name_record() -> RecordView:
    """Name what expressions select from: the record, with one source a table and day."""
    schemas = {name: t.schema for name, t in TABLES.items() if name not in _NOT_LENT}
    return RecordView(
        {name: lend_name(name, schema) for name, schema in schemas.items()},
        lend_name("timeline", _TIMELINE),
        lend_name("calendar", _CALENDAR),
        lend_name("beside", _BESIDE),
    )


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
    return pl.DataFrame(rows, schema=_BESIDE, orient="row")


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
