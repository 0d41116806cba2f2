"""The journal's SQLite file: its tables, who may write, and what tells that it is whole.

Every line of a load bears a seal of its values, and a table of totals adds the seals
up, so that a line that changed and a line that went are both noticed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.digests import DamagedError, add_up, seal, take_away

_SCHEMA: Final = (
    """
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
    undone_at TEXT
)""",
    """
CREATE TABLE IF NOT EXISTS problems (
    load_id INTEGER NOT NULL REFERENCES loads,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    field TEXT NOT NULL,
    rule TEXT NOT NULL,
    message TEXT NOT NULL,
    fix TEXT NOT NULL
)""",
    """
CREATE TABLE IF NOT EXISTS refusals (
    refused_at TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    fix TEXT NOT NULL
)""",
    "CREATE INDEX IF NOT EXISTS problems_of_a_load ON problems (load_id)",
    "CREATE INDEX IF NOT EXISTS loads_of_a_file ON loads (sha256, request) "
    "WHERE undone_at IS NULL",
)
# Columns that later releases added. One that comes after the seals has to be null in
# the lines that are there, or their seals would not hold.
_LATER: Final = {
    "gaps": "TEXT NOT NULL DEFAULT '[]'",
    "digests": "TEXT",  # of its files, by table
    "problems_seal": "TEXT",
    "seal": "TEXT",
    "made_at": "TEXT",
}
_PROBLEMS: Final = (
    "SELECT file, line, field, rule, message, fix FROM problems "
    "WHERE load_id = ? ORDER BY rowid"
)
_REFUSAL: Final = "refused_at, file, line, field, message, fix"

Row = dict[str, Any]


class JournalFile:
    """Read and write the lines of one journal. `loads` is the folder of its loads."""

    def __init__(self, path: Path, loads: Path) -> None:
        self._path = path
        self._loads = loads

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Hold one state of the journal; None where nothing was ever loaded."""
        if not self._path.exists():
            self._refuse_if_lost()
            yield None
            return
        with self._connected() as connection:
            connection.execute("BEGIN")
            if not _has_table(connection, "loads"):
                self._refuse_if_lost()
                yield None
                return
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the writer's lock from first to last; the lock dies with the process."""
        if not self._path.exists():
            self._refuse_if_lost()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            # On its own, so that a load that is killed leaves a journal beside its
            # folder: a folder without any journal means that the journal is lost.
            with _transaction(connection):
                self._prepare(connection)
            with _transaction(connection):
                yield connection

    def check_structure(self) -> None:
        """Let SQLite check its own pages and indexes."""
        with self.reading() as connection:
            if connection is not None:
                found = connection.execute("PRAGMA integrity_check(1)").fetchall()
                if found != [("ok",)]:
                    raise self._damaged("its pages or indexes contradict each other")

    def loads(self, connection: sqlite3.Connection) -> list[Row]:
        """Read every load's line, in their order, and hold them against their seals."""
        rows = self._rows(connection, "ORDER BY load_id")
        self._check_total(connection, "loads", [row.get("seal") for row in rows])
        return rows

    def load(
        self, connection: sqlite3.Connection, where: str, values: Sequence[object]
    ) -> Row | None:
        """Read the last load's line of those that the condition picks."""
        rows = self._rows(connection, f"{where} ORDER BY load_id DESC LIMIT 1", values)
        return rows[0] if rows else None

    def insert(
        self, connection: sqlite3.Connection, row: Row, problems: Sequence[Row]
    ) -> None:
        """Add a load's line and its problems, all of `problems`' columns by name."""
        load_id = row["load_id"]
        for problem in problems:
            _insert(connection, "problems", {"load_id": load_id, **problem})
        _insert(connection, "loads", row)
        sealed = _seal_load(connection, load_id)
        _change_total(connection, "loads", 1, sealed)

    def mark_undone(self, connection: sqlite3.Connection, row: Row, at: str) -> Row:
        """Mark a load's line as undone, and give it as it is now."""
        was = row.pop("seal")
        marked = {**row, "undone_at": at}
        marked["seal"] = seal(marked)
        connection.execute(
            "UPDATE loads SET undone_at = ?, seal = ? WHERE load_id = ?",
            (at, marked["seal"], row["load_id"]),
        )
        _change_total(connection, "loads", 0, take_away(marked["seal"], was))
        return marked

    def problems(
        self, connection: sqlite3.Connection, load_id: int
    ) -> list[tuple[Any, ...]]:
        """Read the problems of a load, in their order."""
        row = self.load(connection, "WHERE load_id = ?", (load_id,))
        expected = row.get("problems_seal") if row else None
        if expected is not None and _seal_problems(connection, load_id) != expected:
            raise self._damaged(f"the problems of load {load_id} were changed or lost")
        return connection.execute(_PROBLEMS, (load_id,)).fetchall()

    def insert_refusal(self, connection: sqlite3.Connection, row: Row) -> None:
        """Add a file that was refused."""
        place = _insert(connection, "refusals", row)
        [written] = connection.execute(
            f"SELECT {_REFUSAL} FROM refusals WHERE rowid = ?", (place,)
        )
        _change_total(connection, "refusals", 1, seal(written))

    def refusals(self, connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
        """Read the files refused, in their order."""
        rows = _read_refusals(connection)
        self._check_total(connection, "refusals", [seal(row) for row in rows])
        return rows

    def highest(self, connection: sqlite3.Connection) -> int:
        """Give the number of the last load; no number is ever used twice."""
        last = connection.execute("SELECT max(load_id) FROM loads").fetchone()[0] or 0
        counter = connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'loads'"
        ).fetchone()
        if (counter[0] if counter else 0) != last:
            raise self._damaged("the last load's line is lost")
        return int(last)

    def _rows(
        self, connection: sqlite3.Connection, rest: str, values: Sequence[object] = ()
    ) -> list[Row]:
        rows = _read_loads(connection, rest, values)
        is_sealed = _has_table(connection, "seals")
        for row in rows:
            sealed = row.get("seal")
            expected = seal({**row, "seal": None}) if is_sealed else None
            if sealed != expected:
                raise self._damaged("the line of a load is not what was written")
        return rows

    def _check_total(
        self, connection: sqlite3.Connection, name: str, seals: Sequence[str | None]
    ) -> None:
        if not _has_table(connection, "seals"):
            return  # an earlier release's
        total = connection.execute(
            "SELECT rows, total FROM seals WHERE name = ?", (name,)
        ).fetchone()
        if total != (len(seals), add_up(one for one in seals if one is not None)):
            raise self._damaged(f"lines of its {name} were changed or lost")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make what a new journal has, and bring one of an earlier release up to date.

        Its lines are sealed as they are now; its files have no digests.
        """
        if not _has_table(connection, "loads"):
            self._refuse_if_lost()
        for statement in _SCHEMA:
            connection.execute(statement)
        columns = {row[1] for row in connection.execute("PRAGMA table_info(loads)")}
        for column, kind in _LATER.items():
            if column not in columns:
                connection.execute(f"ALTER TABLE loads ADD COLUMN {column} {kind}")
        if not _has_table(connection, "seals"):
            self._seal_all(connection)

    def _seal_all(self, connection: sqlite3.Connection) -> None:
        rows = self._rows(connection, "ORDER BY load_id")
        loads = [_seal_load(connection, row["load_id"]) for row in rows]
        refusals = [seal(row) for row in _read_refusals(connection)]
        connection.execute(
            "CREATE TABLE seals (name TEXT PRIMARY KEY, rows INTEGER, total TEXT)"
        )
        connection.executemany(
            "INSERT INTO seals VALUES (?, ?, ?)",
            [
                ("loads", len(loads), add_up(loads)),
                ("refusals", len(refusals), add_up(refusals)),
            ],
        )

    def _refuse_if_lost(self) -> None:
        if self._loads.exists() and any(self._loads.iterdir()):
            raise DamagedError(
                f"The journal of the loads, {self._path}, is lost or emptied, while "
                "their folders are there.",
                f"Restore {self._path.parent} from a backup of the workspace. Without "
                "one, move it elsewhere and load every file again.",
            )

    def _damaged(self, why: str) -> DamagedError:
        return DamagedError(
            f"The journal of the loads, {self._path}, is damaged: {why}.",
            f"Restore {self._path.parent} from a backup of the workspace.",
        )

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.ProgrammingError:
            raise  # ours
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._in_words(error) from error

    def _in_words(self, error: Exception) -> OpenScrutinyError:
        """Say what SQLite says; none of its messages holds a value."""
        told = str(error)
        if "locked" in told:
            return OpenScrutinyError(
                "Another load is writing to this workspace.",
                "Wait until it has finished, then try again.",
            )
        outside = ("unable to open", "readonly", "disk I/O", "full")
        if any(words in told for words in outside):
            return OpenScrutinyError(
                f"The journal of the loads, {self._path}, cannot be used: {told}.",
                "See that the disk has room and that its folder may be written.",
            )
        return self._damaged("it is no sound SQLite file")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (name,)).fetchone() is not None


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> int | None:
    places = ", ".join("?" for _column in row)
    return connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})",
        tuple(row.values()),
    ).lastrowid


def _read_loads(
    connection: sqlite3.Connection, rest: str, values: Sequence[object]
) -> list[Row]:
    found = connection.execute(f"SELECT * FROM loads {rest}", tuple(values))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _read_refusals(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    query = f"SELECT {_REFUSAL} FROM refusals ORDER BY rowid"
    return connection.execute(query).fetchall()


def _seal_load(connection: sqlite3.Connection, load_id: int) -> str:
    """Seal a load's line and problems as they are now, and give the line's seal."""
    connection.execute(
        "UPDATE loads SET problems_seal = ? WHERE load_id = ?",
        (_seal_problems(connection, load_id), load_id),
    )
    [row] = _read_loads(connection, "WHERE load_id = ?", (load_id,))
    sealed = seal({**row, "seal": None})
    connection.execute("UPDATE loads SET seal = ? WHERE load_id = ?", (sealed, load_id))
    return sealed


def _seal_problems(connection: sqlite3.Connection, load_id: int) -> str:
    return seal(connection.execute(_PROBLEMS, (load_id,)).fetchall())


def _change_total(
    connection: sqlite3.Connection, name: str, more: int, change: str
) -> None:
    """Add to the total of a table's seals, without reading the table."""
    rows, total = connection.execute(
        "SELECT rows, total FROM seals WHERE name = ?", (name,)
    ).fetchone()
    connection.execute(
        "UPDATE seals SET rows = ?, total = ? WHERE name = ?",
        (rows + more, add_up([total, change]), name),
    )
