"""The load journal: what was loaded, when, from what, and whether it still counts.

A load is a folder of Parquet files and one row here. The row is written last, in one
SQLite transaction, and a folder without a row is not part of the record: a load that
is killed at any instant leaves the last good record. Nothing is ever edited; undoing a
load marks its row.
"""

import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.digests import DamagedError, check_table, write_table
from openscrutiny.record.journal_file import JournalFile
from openscrutiny.record.loads import (
    LoadEntry,
    NewLoad,
    entry_of_row,
    row_of_load,
    with_lineage,
)

__all__ = ["Journal", "LoadEntry", "NewLoad"]


# Of a load and all that count with it, those whose place it takes.
Displaced = Callable[[LoadEntry, Sequence[LoadEntry]], Sequence[LoadEntry]]


class Journal:
    """Add, list and undo loads of one record folder.

    Whatever is damaged or lacking of it raises DamagedError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "loads"
        self._path = folder / "journal.sqlite3"
        self._file = JournalFile(self._path, self.data)
        self._is_sound = False
        self._is_complete = False

    def entries(self, *, undone: bool = False) -> list[LoadEntry]:
        """List the loads that count, oldest first; `undone` adds those taken back."""
        with self._file.reading() as connection:
            rows = self._file.loads(connection) if connection is not None else []
        entries = [self._entry(row) for row in rows]
        return [entry for entry in entries if undone or entry.undone_at is None]

    def find_same(self, sha256: str, request: str) -> LoadEntry | None:
        """Find a load of the same bytes, asked for in the same way."""
        self._check_structure_once()
        with self._file.reading() as connection:
            row = (
                self._file.load(connection, _SAME, (sha256, request))
                if connection is not None
                else None
            )
        return self._entry(row) if row else None

    def problems(self, load_id: int) -> list[Problem]:
        """List what was wrong in one load."""
        with self._file.reading() as connection:
            if connection is None:
                return []
            rows = self._file.problems(connection, load_id)
        return [Problem(*row) for row in rows]

    def add(self, load: NewLoad) -> LoadEntry:
        """Add one load: all of it, or nothing if anything stops us on the way."""
        return self._add(load, once=False)[0]

    def add_once(
        self, load: NewLoad, find_displaced: Displaced | None = None
    ) -> tuple[LoadEntry, bool]:
        """Add a load unless its bytes, asked for alike and of its return, count already.

        A table of a set can be empty, and the same bytes in every year.

        `find_displaced` picks, of the loads that count, those whose place the new one
        takes. They are taken back with it, or nothing is done.

        Gives the entry and whether it is new. Of two processes that load one file at
        the same time, one adds it.
        """
        return self._add(load, once=True, find_displaced=find_displaced)

    def undo(self, load_id: int) -> LoadEntry:
        """Take one load back. Its files stay, and no figure reads them any more."""
        with self._file.writing() as connection:
            row = self._file.load(connection, _STANDING, (load_id,))
            if row is not None:
                row = self._file.mark_undone(connection, row, _now())
        if row is None:
            raise OpenScrutinyError(
                f"There is no load {load_id} to undo.",
                "List the loads with: openscrutiny loads",
            )
        return self._entry(row)

    def note_refusal(self, problem: Problem) -> None:
        """Remember that a file was refused, so that the data page can say so."""
        told = {name: problem.as_dict()[name] for name in _REFUSAL[1:]}
        with self._file.writing() as connection:
            self._file.insert_refusal(connection, {"refused_at": _now(), **told})

    def refusals(self) -> list[dict[str, object]]:
        """List the files refused, newest first."""
        with self._file.reading() as connection:
            rows = self._file.refusals(connection) if connection is not None else []
        return [dict(zip(_REFUSAL, row, strict=True)) for row in reversed(rows)]

    def paths(self, table: str, entries: list[LoadEntry]) -> list[Path]:
        """List the Parquet files of one table in these loads: whole, as written."""
        found = []
        for entry in entries:
            if entry.tables.get(table):
                self.check(entry, table)
                found.append(self.path(entry, table))
        return found

    def path(self, entry: LoadEntry, table: str) -> Path:
        """Name the file of one table of a load."""
        return self.data / f"{entry.load_id:06d}" / f"{table}.parquet"

    def check(self, entry: LoadEntry, table: str, *, afresh: bool = False) -> None:
        """Refuse a file of a load that is not what was written."""
        number = entry.load_id
        check_table(
            self.path(entry, table),
            entry.digests.get(table),
            f"Restore it from a backup of the workspace; or take the load back with "
            f"“openscrutiny loads --undo {number}”, load its file again, and build.",
            afresh=afresh,
        )

    def check_structure(self) -> None:
        """Let SQLite check the journal's own pages and indexes."""
        self._file.check_structure()

    def unknown_folders(self, highest: int) -> list[Path]:
        """List the loads' folders beyond the one that a killed load may leave."""
        if not self.data.exists():
            return []
        return sorted(
            path
            for path in self.data.iterdir()
            if path.name.isascii()
            and path.name.isdigit()
            and int(path.name) > highest + 1
        )

    def _add(
        self,
        load: NewLoad,
        *,
        once: bool,
        find_displaced: Displaced | None = None,
    ) -> tuple[LoadEntry, bool]:
        self._check_structure_once()
        with self._file.writing() as connection:
            same = (
                self._file.load(
                    connection,
                    _SAME_RETURN,
                    (load.sha256, load.request, load.return_id),
                )
                if once
                else None
            )
            if same is not None:
                return self._entry(same), False
            highest = self._file.highest(connection)
            self._refuse_unknown_folders(highest)
            digests = self._write_tables(highest + 1, load)
            row = row_of_load(highest + 1, _now(), load, digests)
            problems = [
                {name: problem.as_dict()[name] for name in _PROBLEM}
                for problem in load.problems
            ]
            self._file.insert(connection, row, problems)
            entry = self._entry(row)
            if find_displaced is not None:
                self._displace(connection, entry, find_displaced)
        return entry, True

    def _displace(
        self, connection: sqlite3.Connection, entry: LoadEntry, find: Displaced
    ) -> None:
        """Take back those whose place a new load takes, in the transaction that adds it."""
        found = [self._entry(row) for row in self._file.loads(connection)]
        for each in find(entry, [one for one in found if one.undone_at is None]):
            row = self._file.load(connection, _STANDING, (each.load_id,))
            assert row is not None, each.load_id
            self._file.mark_undone(connection, row, _now())

    def _check_structure_once(self) -> None:
        """Check the index that finds a file among the loads, once for each Journal."""
        if not self._is_sound:
            self._file.check_structure()
            self._is_sound = True

    def _refuse_unknown_folders(self, highest: int) -> None:
        """Refuse to go on with a journal that knows fewer loads than there are folders.

        All of them are looked at once for each Journal: loading stays linear.
        """
        if self._is_complete:
            return
        unknown = self.unknown_folders(highest)
        if unknown:
            raise DamagedError(
                f"The journal of the loads, {self._path}, ends with load {highest}, "
                f"while {unknown[-1]} is there: loads are lost from it.",
                f"Restore {self.folder} from a backup of the workspace; the next load "
                "would write over what the journal has lost.",
            )
        self._is_complete = True

    def _write_tables(self, load_id: int, load: NewLoad) -> dict[str, str]:
        """Write a load's files, and give their digests by table."""
        folder = self.data / f"{load_id:06d}"
        if folder.exists():
            shutil.rmtree(folder)  # a killed load's: no journal knows it
        folder.mkdir(parents=True)
        return {
            name: write_table(
                with_lineage(name, frame, load, load_id), folder / f"{name}.parquet"
            )
            for name, frame in load.tables.items()
            if frame.height
        }

    def _entry(self, row: Mapping[str, Any]) -> LoadEntry:
        try:
            return entry_of_row(row)
        except (ValueError, KeyError, TypeError, AttributeError, AssertionError):
            raise DamagedError(
                f"The journal of the loads, {self._path}, is damaged: "
                "the line of a load cannot be read.",
                f"Restore {self.folder} from a backup of the workspace.",
            ) from None


_SAME = "WHERE sha256 = ? AND request = ? AND undone_at IS NULL"
_SAME_RETURN = f"{_SAME} AND return_id IS ?"
_STANDING = "WHERE load_id = ? AND undone_at IS NULL"
_PROBLEM = ("file", "line", "field", "rule", "message", "fix")
_REFUSAL = ("refused_at", "file", "line", "field", "message", "fix")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
