"""A watched folder: what is new in it is loaded, and what was taken back stays out.

A file that was read well and has not changed since is passed by; one that was refused is
read again, since its mapping may have been made meanwhile. Where one file of a folder is
new, those beside it are read with it: a return may come as several files.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.workspace import Workspace, write_whole

# A file that was written a moment ago may still be copied: the next look takes it.
_STILL: Final = 10.0  # seconds
_READ_WELL: Final = ("loaded", "loaded with problems", "already loaded", "set aside")
Load = Callable[[list[Path]], list[FileOutcome]]


@dataclass(frozen=True)
class Look:
    """Hold what one look at a folder found."""

    outcomes: tuple[FileOutcome, ...]
    known: int  # files that were read before and have not changed
    waiting: tuple[str, ...]  # files that are still being written
    kept_out: tuple[str, ...]  # files that somebody took back

    @property
    def needs_hand(self) -> bool:
        return any(one.needs_hand for one in self.outcomes)


@dataclass(frozen=True)
class LookedAt:
    """Hold what is kept of the last look, for the page of data in."""

    at: datetime
    loaded: int
    refused: int


def look_at_folder(
    actor: Actor, workspace: Workspace, folder: Path, load: Load
) -> Look:
    """Load what is new in a folder through `load`: it is given paths and leaves traces.

    Raises OpenScrutinyError where there is no such folder, or it holds the workspace.
    """
    check_may(actor, Permission.LOAD)
    _check_folder(workspace, folder)
    known = _read_known(workspace)
    every = sorted(path for path in folder.rglob("*") if _is_given(path, folder))
    still = [path for path in every if time.time() - path.stat().st_mtime < _STILL]
    ready = [path for path in every if path not in still]
    new = [path for path in ready if known.get(str(path)) != _stamp(path)]
    beside = {path.parent for path in new}
    out = _find_taken_back(workspace, (p for p in ready if p.parent in beside))
    given = [p for p in ready if p.parent in beside and p not in out]
    given = [p for p in given if p in new or not _is_packed(p)]
    outcomes = load(given) if given else []
    well = _find_read_well(given, outcomes)
    known |= {str(path): _stamp(path) for path in (*well, *out)}
    _write_known(workspace, known, outcomes)
    return Look(
        tuple(outcomes),
        len(every) - len(still) - len(given) - len(out),
        tuple(path.name for path in still),
        tuple(sorted(path.name for path in out)),
    )


def find_last_look(workspace: Workspace) -> LookedAt | None:
    """Find when a folder was looked at last, and what came of it."""
    path = _place(workspace)
    if not path.is_file():
        return None
    facts = json.loads(path.read_text(encoding="utf-8"))
    at = datetime.fromisoformat(facts["at"])
    return LookedAt(at, facts["loaded"], facts["refused"])


def _check_folder(workspace: Workspace, folder: Path) -> None:
    if not folder.is_dir():
        raise OpenScrutinyError("There is no such folder to watch.", "Check its path.")
    ours, theirs = workspace.folder.resolve(), folder.resolve()
    if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        raise OpenScrutinyError(
            "The watched folder holds the workspace, or lies in it.",
            "Watch a folder of its own, into which exports are put.",
        )


def _is_given(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part.startswith((".", "~$")) for part in parts)
    return not hidden and not path.is_symlink() and path.is_file()


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() in (".zip", ".gz")


def _stamp(path: Path) -> list[int]:
    facts = path.stat()
    return [facts.st_size, facts.st_mtime_ns]


def _find_taken_back(workspace: Workspace, paths: Iterable[Path]) -> set[Path]:
    """Find the files whose load somebody took back: they come in again by hand alone."""
    entries = Journal(workspace.record).entries(undone=True)
    standing = {one.sha256 for one in entries if one.undone_at is None}
    gone = {one.sha256 for one in entries} - standing
    return {path for path in paths if gone and _digest(path) in gone}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _find_read_well(
    given: Iterable[Path], outcomes: Iterable[FileOutcome]
) -> list[Path]:
    """Name the files of which nothing is left to read: a zip's members all of them."""
    wrong = {one.path.split("!")[0] for one in outcomes if one.status not in _READ_WELL}
    return [path for path in given if path.name not in wrong]


def _place(workspace: Workspace) -> Path:
    return workspace.folder / "watched.json"


def _read_known(workspace: Workspace) -> dict[str, list[int]]:
    path = _place(workspace)
    if not path.is_file():
        return {}
    known: dict[str, list[int]] = json.loads(path.read_text(encoding="utf-8"))["known"]
    return known


def _write_known(
    workspace: Workspace, known: Mapping[str, list[int]], outcomes: list[FileOutcome]
) -> None:
    facts: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "loaded": sum(one.status.startswith("loaded") for one in outcomes),
        "refused": sum(one.status == "refused" for one in outcomes),
        "known": {path: stamp for path, stamp in known.items() if Path(path).exists()},
    }
    write_whole(_place(workspace), json.dumps(facts, ensure_ascii=False))
