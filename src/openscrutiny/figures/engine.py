"""The one module that calls a database engine: it lends the record to expressions.

Today the engine is DuckDB inside the process. Nothing outside this module may call a
backend, so that another engine is one more function here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis
import polars as pl

from openscrutiny.periods import working_day_numbers
from openscrutiny.record.coverage import Span
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import TABLES
from openscrutiny.record.view import RecordView

__all__ = ["Engine", "open_record"]

# Published tables are read with Polars; no indicator's expression selects from them.
_NOT_LENT = frozenset({"published", "published_measures", "areas", "neighbours"})
_SQL_TYPES: Final[dict[pl.DataType, str]] = {
    pl.String(): "VARCHAR",
    pl.Date(): "DATE",
    pl.Int32(): "INTEGER",
    pl.Boolean(): "BOOLEAN",
    pl.Float64(): "DOUBLE",
}


@dataclass(frozen=True)
class Engine:
    """Hold one connection with the record's tables in it."""

    connection: Any
    entries: Sequence[LoadEntry]
    tables: Mapping[str, ibis.Table]

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
        return RecordView(
            self.tables,
            self.lend("timeline", timeline),
            self.tables["calendar"],
            self.tables["beside"],
        )

    def lend(self, name: str, frame: pl.DataFrame) -> ibis.Table:
        """Lend a small table, such as the periods of an indicator."""
        return self.connection.create_table(name, frame, overwrite=True)

    def collect(self, expression: ibis.Table) -> pl.DataFrame:
        """Run an expression and bring its rows back."""
        result: pl.DataFrame = self.connection.to_polars(expression)
        return result

    def close(self) -> None:
        self.connection.disconnect()


def open_record(journal: Journal, entries: Sequence[LoadEntry]) -> Engine:
    """Open the record as these loads make it, in memory."""
    connection = ibis.duckdb.connect()
    connection.raw_sql("SET threads = 2")
    for name in TABLES:
        if name in _NOT_LENT:
            continue
        paths = [path.as_posix() for path in journal.paths(name, list(entries))]
        if paths:
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            connection.raw_sql(
                f"CREATE TABLE {name} AS SELECT * FROM read_parquet([{listed}])"
            )
        else:
            columns = ", ".join(
                f'"{column}" {_SQL_TYPES[kind]}'
                for column, kind in TABLES[name].schema.items()
            )
            connection.raw_sql(f"CREATE TABLE {name} ({columns})")
    connection.create_table("beside", _make_beside(entries))
    _add_calendar(connection, entries)
    connection.raw_sql("SET enable_external_access = false")
    names = [*(n for n in TABLES if n not in _NOT_LENT), "calendar", "beside"]
    tables = {name: connection.table(name) for name in names}
    return Engine(connection, tuple(entries), tables)


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


def _add_calendar(connection: Any, entries: Sequence[LoadEntry]) -> None:
    days = [day for e in entries for span in e.covers.values() for day in span]
    first = min(days, default=date(2020, 1, 1)).year - 3
    last = max(days, default=date(2020, 1, 1)).year + 1
    numbers = working_day_numbers(first, last)
    connection.create_table(
        "calendar",
        pl.DataFrame(
            {"day": list(numbers), "working_days": list(numbers.values())},
            schema={"day": pl.Date(), "working_days": pl.Int32()},
        ),
    )
