"""The load journal: what was loaded, when, from what, and whether it still counts.

A load is a folder of Parquet files and one row here. The row is written last, in one
SQLite transaction, and a folder without a row is not part of the record: a load that
is killed at any instant leaves the last good record. Nothing is ever edited; undoing a
load marks its row.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.gaps import Gap, gaps_from_json, gaps_to_json
from openscrutiny.record.tables import get_table

__all__ = ["Journal", "LoadEntry", "NewLoad"]

_GAPS = 17  # the column's place, which later releases added at the end
_SCHEMA = """
CREATE TABLE IF NOT EXISTS loads (
    load_id INTEGER PRIMARY KEY AUTOINCREMENT,
    loaded_at TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    request TEXT NOT NULL,
    return_name TEXT NOT NULL,
    return_id TEXT NOT NULL,
    authority TEXT,
    year INTEGER,
    period_end TEXT,
    inferred TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_kept INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    covers TEXT NOT NULL,
    tables TEXT NOT NULL,
    undone_at TEXT,
    gaps TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS problems (
    load_id INTEGER NOT NULL REFERENCES loads,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    field TEXT NOT NULL,
    rule TEXT NOT NULL,
    message TEXT NOT NULL,
    fix TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS problems_of_a_load ON problems (load_id);
CREATE TABLE IF NOT EXISTS refusals (
    refused_at TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    fix TEXT NOT NULL
);
"""


@dataclass(frozen=True)
class NewLoad:
    """Hold what one file gave, ready to be added. Frames carry `line` and `file`."""

    file: str
    sha256: str
    request: str
    return_name: str
    return_id: str
    authority: str | None
    year: int | None
    period_end: date | None
    inferred: str
    rows_read: int
    rows_rejected: int
    covers: Mapping[str, tuple[date, date]]
    tables: Mapping[str, pl.DataFrame]
    problems: tuple[Problem, ...]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class LoadEntry:
    """Hold one line of the journal."""

    load_id: int
    loaded_at: str
    file: str
    sha256: str
    request: str
    return_name: str
    return_id: str
    authority: str | None
    year: int | None
    period_end: date | None
    inferred: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    covers: Mapping[str, tuple[date, date]]
    tables: Mapping[str, int]
    undone_at: str | None
    gaps: tuple[Gap, ...] = ()

    @property
    def covers_all(self) -> tuple[date, date] | None:
        """Give the first and last day that any table of the load covers."""
        if not self.covers:
            return None
        return (
            min(span[0] for span in self.covers.values()),
            max(span[1] for span in self.covers.values()),
        )


class Journal:
    """Add, list and undo loads of one record folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "loads"
        self._path = folder / "journal.sqlite3"

    def entries(self, *, undone: bool = False) -> list[LoadEntry]:
        """List the loads that count, oldest first; `undone` adds those taken back."""
        if not self._path.exists():
            return []
        where = "" if undone else "WHERE undone_at IS NULL"
        with self._connect() as connection:
            rows = connection.execute(
                f"SELECT * FROM loads {where} ORDER BY load_id"
            ).fetchall()
        return [_entry(row) for row in rows]

    def find_same(self, sha256: str, request: str) -> LoadEntry | None:
        """Find a load of the same bytes, asked for in the same way."""
        same = [
            entry
            for entry in self.entries()
            if entry.sha256 == sha256 and entry.request == request
        ]
        return same[-1] if same else None

    def problems(self, load_id: int) -> list[Problem]:
        """List what was wrong in one load."""
        if not self._path.exists():
            return []
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT file, line, field, rule, message, fix FROM problems "
                "WHERE load_id = ? ORDER BY rowid",
                (load_id,),
            ).fetchall()
        return [Problem(*row) for row in rows]

    def add(self, load: NewLoad) -> LoadEntry:
        """Add one load: all of it, or nothing if anything stops us on the way."""
        with self._writing() as connection:
            load_id = self._next_id(connection)
            counts = self._write_tables(load_id, load)
            self._insert(connection, load_id, load, counts)
        return next(e for e in self.entries() if e.load_id == load_id)

    def undo(self, load_id: int) -> LoadEntry:
        """Take one load back. Its files stay, and no figure reads them any more."""
        with self._writing() as connection:
            changed = connection.execute(
                "UPDATE loads SET undone_at = ? "
                "WHERE load_id = ? AND undone_at IS NULL",
                (_now(), load_id),
            ).rowcount
        if not changed:
            raise OpenScrutinyError(
                f"There is no load {load_id} to undo.",
                "List the loads with: openscrutiny loads",
            )
        return next(e for e in self.entries(undone=True) if e.load_id == load_id)

    def note_refusal(self, problem: Problem) -> None:
        """Remember that a file was refused, so that the data page can say so."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?)",
                (
                    _now(),
                    problem.file,
                    problem.line,
                    problem.field,
                    problem.message,
                    problem.fix,
                ),
            )

    def refusals(self) -> list[dict[str, object]]:
        """List the files refused, newest first."""
        if not self._path.exists():
            return []
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT * FROM refusals ORDER BY rowid DESC"
            ).fetchall()
        names = ("refused_at", "file", "line", "field", "message", "fix")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def paths(self, table: str, entries: list[LoadEntry]) -> list[Path]:
        """List the Parquet files of one table in these loads."""
        return [
            self.data / f"{entry.load_id:06d}" / f"{table}.parquet"
            for entry in entries
            if entry.tables.get(table)
        ]

    def _next_id(self, connection: sqlite3.Connection) -> int:
        # AUTOINCREMENT's own counter: an id is never used twice, so a folder left by
        # a killed load can only be the next one, and is cleared before it is used.
        row = connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'loads'"
        ).fetchone()
        return (row[0] if row else 0) + 1

    def _write_tables(self, load_id: int, load: NewLoad) -> dict[str, int]:
        folder = self.data / f"{load_id:06d}"
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        counts = {}
        for name, frame in load.tables.items():
            if frame.height == 0:
                continue
            whole = _with_lineage(name, frame, load, load_id)
            with (folder / f"{name}.parquet").open("wb") as file:
                whole.write_parquet(file, compression="zstd", compression_level=1)
                file.flush()
                os.fsync(file.fileno())
            counts[name] = frame.height
        return counts

    def _insert(
        self,
        connection: sqlite3.Connection,
        load_id: int,
        load: NewLoad,
        counts: dict[str, int],
    ) -> None:
        covers = {
            name: [first.isoformat(), last.isoformat()]
            for name, (first, last) in load.covers.items()
        }
        connection.execute(
            "INSERT INTO loads VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,?)",
            (
                load_id,
                _now(),
                load.file,
                load.sha256,
                load.request,
                load.return_name,
                load.return_id,
                load.authority,
                load.year,
                load.period_end.isoformat() if load.period_end else None,
                load.inferred,
                load.rows_read,
                load.rows_read - load.rows_rejected,
                load.rows_rejected,
                json.dumps(covers),
                json.dumps(counts),
                json.dumps(gaps_to_json(load.gaps)),
            ),
        )
        connection.executemany(
            "INSERT INTO problems VALUES (?,?,?,?,?,?,?)",
            [
                (load_id, p.file, p.line, p.field, p.rule, p.message, p.fix)
                for p in load.problems
            ],
        )

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the writer's lock from first to last; the lock dies with the process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._connect() as connection:
            connection.executescript(_SCHEMA)
            _add_later_columns(connection)
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise OpenScrutinyError(
                    "Another load is writing to this workspace.",
                    "Wait until it has finished, then try again.",
                ) from error
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def _with_lineage(
    name: str, frame: pl.DataFrame, load: NewLoad, load_id: int
) -> pl.DataFrame:
    schema = get_table(name).schema
    added = {
        "authority": pl.lit(load.authority, pl.String),
        "return_id": pl.lit(load.return_id, pl.String),
        "load_id": pl.lit(load_id, pl.Int32),
    }
    if "file" not in frame.columns:
        added["file"] = pl.lit(load.file, pl.String)
    whole = frame.with_columns(**added)
    return whole.select(pl.col(column).cast(kind) for column, kind in schema.items())


def _entry(row: tuple[object, ...]) -> LoadEntry:
    values = list(row)
    values[9] = date.fromisoformat(str(values[9])) if values[9] else None
    values[14] = {
        name: (date.fromisoformat(span[0]), date.fromisoformat(span[1]))
        for name, span in json.loads(str(values[14])).items()
    }
    values[15] = json.loads(str(values[15]))
    if len(values) > _GAPS:  # a journal that was last written before gaps were kept
        values[_GAPS] = gaps_from_json(json.loads(str(values[_GAPS])))
    return LoadEntry(*values)  # type: ignore[arg-type]


def _add_later_columns(connection: sqlite3.Connection) -> None:
    """Bring a journal of an earlier release up to date; its loads had no known gaps."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(loads)")}
    if "gaps" not in columns:
        connection.execute(
            "ALTER TABLE loads ADD COLUMN gaps TEXT NOT NULL DEFAULT '[]'"
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
