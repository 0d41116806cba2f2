"""The one module that calls a database engine: it lends the record to expressions.

Today the engine is DuckDB inside the process. Nothing outside this module may call a
backend, so that another engine is one more function here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock, local
from typing import Final

import duckdb
import ibis
import ibis.expr.operations as ops
import polars as pl
import pyarrow as pa

from openscrutiny.figures.queries import KeptQueries, Query
from openscrutiny.record.coverage import Span, make_timeline
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
# Of a child that stands twice in a file, the first line speaks.
_PEOPLE: Final = """
    SELECT * FROM person {which}
    QUALIFY row_number() OVER (PARTITION BY load_id, pers_person_id ORDER BY line) = 1
"""
_THOSE_LENT: Final = "SEMI JOIN beside ON load_id = source_load"


def write_query(expression: ibis.Table, deciding: Iterable[str] = ()) -> Query:
    """Write an expression over the record for the engine."""
    return Query(
        ibis.duckdb.compile(expression),
        tuple(sorted({t.name for t in expression.op().find(ops.UnboundTable)})),
        expression.schema().to_polars(),
        tuple(sorted(deciding)),
    )


class Engine:
    """Hold the record's files open, which are read as they are named.

    What is lent is in the engine only for the query that names it, and for the thread
    that runs it. So a query's answer does not depend on what else was lent, nothing piles
    up, and threads may run queries at the same time.

    One that `keeps_rows` reads each table into memory when it is first named: for many
    queries. Else every query reads the columns of its own from the files.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        journal: Journal,
        entries: Sequence[LoadEntry],
        *,
        keeps_rows: bool = False,
    ) -> None:
        self.entries = entries
        self._connection = connection
        self._journal = journal
        self._keeps_rows = keeps_rows
        self._opening = Lock()
        self._of_thread = local()
        self._open: set[str] = set()
        self._timelines: dict[frozenset[str], Sequence[Span]] = {}
        self._beside = _make_beside(self.entries)
        self.queries = KeptQueries(journal.folder / "queries.json")

    def timeline(self, returns: Iterable[str]) -> Sequence[Span]:
        """Say which load of these returns counts for each table and day."""
        among = frozenset(returns)
        if among not in self._timelines:
            self._timelines[among] = tuple(make_timeline(self.entries, among))
        return self._timelines[among]

    def sources(self, spans: Sequence[Span]) -> dict[str, pl.DataFrame]:
        """Say by which load each table and day is fed: what `name_record` leaves open."""
        timeline = pl.DataFrame(
            {name: [getattr(s, name) for s in spans] for name in _TIMELINE},
            schema=_TIMELINE,
        )
        loads = timeline["load_id"].unique().implode()
        beside = self._beside.filter(pl.col("for_load").is_in(loads))
        return {"timeline": timeline, "beside": beside}

    def run(
        self, query: Query, lent: Mapping[str, pl.DataFrame] | None = None
    ) -> pl.DataFrame:
        """Run a query and bring its rows back; `lent` are small tables that it names."""
        named = {*query.tables}
        if "people" in named:
            named |= {"person"} if self._keeps_rows else {"person", "beside"}
        kept = {n: f for n, f in (lent or {}).items() if n in named}
        connection = self._of_this_thread()
        try:
            for name, frame in kept.items():
                _keep(connection, name, frame, "TEMP TABLE")
            self._open_tables(named - kept.keys())
            rows = self._answer(connection, query.statement)
        finally:
            for name in kept:
                connection.execute(f'DROP TABLE IF EXISTS temp."{name}"')
        return pl.DataFrame(pl.from_arrow(rows)).cast(query.schema)

    def _of_this_thread(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._of_thread, "connection"):
            self._of_thread.connection = self._connection.cursor()
        connection: duckdb.DuckDBPyConnection = self._of_thread.connection
        return connection

    def _answer(
        self, connection: duckdb.DuckDBPyConnection, statement: str
    ) -> pa.Table:
        """Run a statement as a table: a relation is planned twice, and that takes longest."""
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{_ANSWER}" AS {statement}')
        try:
            return connection.table(_ANSWER).to_arrow_table()
        finally:
            connection.execute(f'DROP TABLE "{_ANSWER}"')

    def close(self) -> None:
        self.queries.keep()
        self._connection.close()

    def _open_tables(self, names: Iterable[str]) -> None:
        with self._opening:  # "people" is made of "person", and comes after it
            for name in sorted({*names} - self._open, key=("people").__eq__):
                self._open_table(name)
                self._open.add(name)

    def _open_table(self, name: str) -> None:
        kind = "TABLE" if self._keeps_rows else "VIEW"
        connection = self._of_this_thread()
        if name == "calendar":
            _keep(connection, name, _make_calendar(self.entries), "TABLE")
            return
        if name != "people":
            text = self._select_files(name)
        elif self._keeps_rows:
            text = f"{_PEOPLE.format(which='')} ORDER BY load_id"
        else:
            text = _PEOPLE.format(which=_THOSE_LENT)
        connection.execute(f'CREATE {kind} "{name}" AS {text}')

    def _select_files(self, name: str) -> str:
        """Say how a table of the record is read from its files.

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
        return f"SELECT {chosen} FROM {source}"


def _keep(
    connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, kind: str
) -> None:
    """Put a small table into the engine: the planner then knows its row count."""
    connection.register("kept", frame.to_arrow())
    connection.execute(f'CREATE {kind} "{name}" AS FROM kept')
    connection.unregister("kept")


def open_record(
    journal: Journal, entries: Sequence[LoadEntry], *, keeps_rows: bool = False
) -> Engine:
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
    return Engine(connection, journal, tuple(entries), keeps_rows=keeps_rows)


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
        lend_name("people", schemas["person"]),
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
