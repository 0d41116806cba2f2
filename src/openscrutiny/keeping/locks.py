"""Locks of a workspace that the operating system frees when a process is killed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.workspace import Workspace

_FILE = "keeping.lock"


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Keep out whoever else takes a backup, or takes figures away from under one."""
    path = workspace.folder / _FILE
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        lock.close()
        raise OpenScrutinyError(
            "Another backup of this workspace is being taken, or snapshots retired.",
            f"Wait until it has ended. If none is: delete {path}; it holds nothing.",
        ) from error
    try:
        yield
    finally:
        lock.close()
