"""Make what all workers of a run share once, and let the others wait for it."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def find_folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """Give the temporary folder that all workers of this run have."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


def make_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]
) -> Path:
    """Give `make(folder)`, made by the first that asks; nobody may change it."""
    shared = find_folder_of_run(factory)
    folder, done = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            done.write_text(str(make(folder)), encoding="utf-8")
        return Path(done.read_text(encoding="utf-8"))
