"""Taking a backup of a whole workspace while it serves, loads and builds.

What refers to other files is taken first, and what it refers to afterwards: a paper's
record before the snapshots, the name of the current snapshot before the journal, the
journal before the loads. All that is referred to is never changed or taken away while a
backup is taken, so that nothing in it refers to what it lacks.
"""

import glob
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from openscrutiny import __version__
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.keeping.archive import ArchiveWriter, open_archive
from openscrutiny.keeping.locks import alone
from openscrutiny.record.digests import DamagedError
from openscrutiny.record.journal import Journal
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.heads import HEADS_FILE
from openscrutiny.scrutiny.inspecting import verify_audit
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor, Permission, check_may
from openscrutiny.scrutiny.publishing.listing import settle_folders
from openscrutiny.workspace import Workspace

_JOURNAL: Final = "record/journal.sqlite3"
_LOADS: Final = "record/loads/"
_CURRENT: Final = "figures/CURRENT"
# Half-made, or of this machine and moment alone. What waits in uploads was accepted by
# nobody, and is gone after a day.
_LEFT_OUT: Final = (".building", ".freezing", ".retired", ".new", ".lock", ".part")
_BESIDE: Final = ("-journal", "-wal", "-shm")
_UPLOADS: Final = "uploads"


@dataclass
class Backup:
    """Hold what a backup holds: how many files and bytes, and what is damaged in it.

    `damaged` are files of the workspace that were not what was once written when the
    backup was taken: it holds them as they were found.
    """

    file: Path
    files: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # to elsewhere: left out


def back_up(actor: Actor, workspace: Workspace, file: Path) -> Backup:
    """Write the whole workspace into one new file, and read all of it back.

    The file is there when all of it was verified, or not at all. It holds records of
    children and the hashes of passwords: its owner alone may read it.

    Raises:
        OpenScrutinyError: the file is there, would lie in the workspace, or the
            committee's database is not in the workspace.
    """
    check_may(actor, Permission.KEEP_WORKSPACE)
    _check_place(workspace, file)
    part = file.with_name(file.name + ".part")
    with alone(workspace):
        open_database(workspace)
        settle_folders(workspace)
        leave_trace(actor, "backup taken", thing="workspace")
        made = Backup(file)
        for left in part.parent.glob(f"{glob.escape(part.name)}-*"):
            shutil.rmtree(left)  # a killed backup's
        try:
            _write(workspace, part, made)
            open_archive(part).check()
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    return made


def _check_place(workspace: Workspace, file: Path) -> None:
    if workspace.database_url:
        raise OpenScrutinyError(
            "The committee’s database of this workspace is on PostgreSQL, which a backup "
            "does not reach yet.",
            "Stop serving, take the database with pg_dump and copy the workspace’s "
            "folder: the two belong together.",
        )
    if file.exists():
        raise OpenScrutinyError(
            f"{file} is there already.", "Name another file: no backup is written over."
        )
    if not file.parent.is_dir():
        raise OpenScrutinyError(f"There is no folder {file.parent}.", "Make it first.")
    if file.resolve().is_relative_to(workspace.folder.resolve()):
        raise OpenScrutinyError(
            f"{file} lies in the workspace itself.",
            "Name a file outside, best on another disk: what destroys the one must not "
            "destroy the other.",
        )


class _Taking:
    """Add files of one workspace to one archive, each once."""

    def __init__(
        self, workspace: Workspace, archive: ArchiveWriter, scratch: Path
    ) -> None:
        self.folder = workspace.folder
        self.archive = archive
        self.scratch = scratch
        self.links: list[str] = []

    def take(self, names: Iterable[str]) -> None:
        """Add these files; one that has gone meanwhile is no part of it."""
        there = {member.name for member in self.archive.members}
        for name in names:
            if name in there:
                continue
            with suppress(FileNotFoundError):
                path = self.folder / name
                if path.suffix == ".sqlite3":
                    path = self.copy_database(name)
                with path.open("rb") as source:
                    self.archive.add(name, source)

    def copy_database(self, name: str) -> Path:
        """Copy a database as it stands between two transactions, by SQLite's own way."""
        path, copy = self.folder / name, self.scratch / name
        if path.exists() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            uri = f"{path.resolve().as_uri()}?mode=ro"
            with (
                closing(sqlite3.connect(uri, uri=True, timeout=60)) as live,
                closing(sqlite3.connect(copy)) as target,
            ):
                live.backup(target)
        return copy

    def walk(self) -> list[str]:
        """List the files of the workspace that a backup holds, with slashes."""
        found = []
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_symlink():
                self.links.append(name)
            elif path.is_file() and _belongs(name):
                found.append(name)
        return found


def _belongs(name: str) -> bool:
    parts = name.split("/")
    return (
        parts[0] != _UPLOADS
        and not any(part.endswith(_LEFT_OUT) for part in parts)
        and not name.endswith(_BESIDE)
    )


def _write(workspace: Workspace, part: Path, made: Backup) -> None:
    with (
        tempfile.TemporaryDirectory(dir=part.parent, prefix=f"{part.name}-") as scratch,
        ArchiveWriter(part) as archive,
    ):
        taking = _Taking(workspace, archive, Path(scratch))
        facts = _describe(workspace)
        # In this order: see above.
        taking.take((HEADS_FILE, workspace.database.name, _CURRENT))
        wanted = _expected_of_figures(workspace)
        figures = [name for name in taking.walk() if _is_figure(name)]
        databases = [name for name in taking.walk() if name.endswith(".sqlite3")]
        taking.take(name for name in databases if name != _JOURNAL)
        taking.take([_JOURNAL])
        highest, of_loads = _read_loads(taking)
        taking.take(figures)
        taking.take(
            name
            for name in taking.walk()
            if not _is_figure(name) and not _is_later(name, highest)
        )
        wanted |= of_loads
        members = {member.name: member for member in archive.members}
        made.files = len(members)
        made.bytes = sum(member.size for member in members.values())
        made.links = sorted(set(taking.links))
        made.damaged = sorted(
            name
            for name, digest in wanted.items()
            if name not in members or members[name].sha256 != digest
        )
        archive.finish({**facts, "damaged": made.damaged, "links": made.links})


def _describe(workspace: Workspace) -> dict[str, Any]:
    audit = verify_audit(COMMAND_LINE)
    return {
        "version": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "name": workspace.name,
        "councils": list(workspace.councils),
        "audit": {"events": audit.events, "head": audit.head},
    }


def _is_figure(name: str) -> bool:
    return name.startswith(("figures/", "publications/"))


def _is_later(name: str, highest: int) -> bool:
    """Tell a file of a load that the journal, as it was taken, does not know."""
    number = name.removeprefix(_LOADS).split("/")[0]
    return name.startswith(_LOADS) and number.isdecimal() and int(number) > highest


def _read_loads(taking: _Taking) -> tuple[int, dict[str, str]]:
    """Give the last load of the journal that was taken, and the digests it keeps.

    One that cannot be read is taken as it is; verify says what is wrong with it.
    """
    journal = Journal(taking.scratch / "record")
    try:
        entries = journal.entries(undone=True)
    except DamagedError:
        return 1 << 62, {}
    digests = {
        journal.path(entry, table).relative_to(taking.scratch).as_posix(): digest
        for entry in entries
        for table, digest in entry.digests.items()
    }
    return max((entry.load_id for entry in entries), default=0), digests


def _expected_of_figures(workspace: Workspace) -> dict[str, str]:
    """Give the digests that snapshots and publications kept of their files."""
    expected: dict[str, str] = {}
    for description in (
        *workspace.folder.glob("figures/*/snapshot.json"),
        *workspace.folder.glob("publications/*/publication.json"),
        *workspace.folder.glob("publications/*/manifest.json"),
    ):
        if description.parent.name.endswith(_LEFT_OUT):
            continue
        with suppress(OSError, ValueError, AttributeError):
            facts = json.loads(description.read_text(encoding="utf-8"))
            place = description.parent.relative_to(workspace.folder).as_posix()
            for name, digest in facts.get("digests", {}).items():
                expected[f"{place}/{name}"] = digest
            for name, file in facts.get("files", {}).items():
                expected[f"{place}/{name}"] = file["sha256"]
    return expected
