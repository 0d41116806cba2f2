"""What an officer confirmed of the data: a load that looked too small, a difference
from the publisher. Kept beside the journal; nothing is edited, a word is taken back.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from openscrutiny.errors import OpenScrutinyError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS confirmations (
    confirmation_id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    key TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    why TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    withdrawn_at TEXT
);
"""


class Subject(StrEnum):
    """Say what is confirmed."""

    LOAD = "load"  # key: the load's number
    DIFFERENCE = "difference"  # key: AREA/INDICATOR/PERIOD END
    COUNT = "own count"  # key: AREA/INDICATOR/PERIOD END
    TAKEN_BACK = "taken back"  # key: the load's number; why a load no longer counts


@dataclass(frozen=True)
class Confirmation:
    """Hold one officer's word."""

    subject: Subject
    key: str
    confirmed_by: str
    why: str
    confirmed_at: str


class Confirmations:
    """Add, list and withdraw the confirmations of one record folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "confirmations.sqlite3"

    def standing(self) -> dict[tuple[Subject, str], Confirmation]:
        """Give those that stand, by subject and key."""
        if not self._path.exists():
            return {}
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT subject, key, confirmed_by, why, confirmed_at "
                "FROM confirmations WHERE withdrawn_at IS NULL ORDER BY confirmation_id"
            ).fetchall()
        found = [Confirmation(Subject(row[0]), *row[1:]) for row in rows]
        return {(one.subject, one.key): one for one in found}

    def add(self, subject: Subject, key: str, by: str, why: str) -> None:
        """Record an officer's word; refused without a name and a reason."""
        if not by.strip() or not why.strip():
            raise OpenScrutinyError(
                "A confirmation needs a name and a reason.",
                "Give both: --by NAME --why TEXT.",
            )
        with self._connect() as connection:
            connection.execute(
                "INSERT INTO confirmations (subject, key, confirmed_by, why, "
                "confirmed_at) VALUES (?,?,?,?,?)",
                (subject.value, key, by.strip(), why.strip(), _now()),
            )

    def withdraw(self, subject: Subject, key: str) -> None:
        """Take a word back; refused where none stands."""
        with self._connect() as connection:
            changed = connection.execute(
                "UPDATE confirmations SET withdrawn_at = ? "
                "WHERE subject = ? AND key = ? AND withdrawn_at IS NULL",
                (_now(), subject.value, key),
            ).rowcount
        if not changed:
            raise OpenScrutinyError(
                "There is no such confirmation to withdraw.",
                "List what waits for one with: openscrutiny confirm",
            )

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            connection.execute(_SCHEMA)
            yield connection
        finally:
            connection.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
