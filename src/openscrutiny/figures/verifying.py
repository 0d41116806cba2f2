"""Whether a workspace is what was written: journal, loads, snapshots, databases.

Every file is read anew, whatever this process found of it before.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import Snapshot, find_current, open_snapshot
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.workspace import Workspace

__all__ = ["Finding", "Verification", "verify"]

_KILLED = "A load or build that was stopped left it; the next one clears it."


@dataclass(frozen=True)
class Finding:
    """Say of one file or folder what is not as it should be, or not known to be.

    `state` is damaged (it differs, is missing or cannot be read), unknown (nothing
    says what it is), no digest (readable, written by an earlier release: nobody can
    tell whether it has changed) or left over.
    """

    file: str
    state: str
    message: str
    fix: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.state in ("damaged", "unknown")


@dataclass(frozen=True)
class Verification:
    """Hold what was looked at, by how many there are, and what was found."""

    loads: int
    undone: int
    snapshots: int
    files: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is damaged, missing or unknown."""
        return not any(finding.is_wrong for finding in self.findings)

    def also(self, damaged: Iterable[tuple[Path, OpenScrutinyError]]) -> "Verification":
        """Add what was found of files that other rooms wrote."""
        more = tuple(_damaged(path, error) for path, error in damaged)
        return replace(self, findings=(*self.findings, *more))

    def as_dict(self) -> dict[str, object]:
        """Give it in the words of `verify --json`."""
        return {"sound": self.is_sound, **asdict(self)}


def verify(workspace: Workspace) -> Verification:
    """Hold every file of the workspace against what was written."""
    journal = Journal(workspace.record)
    findings: list[Finding] = []
    entries = _check_journal(journal, findings)
    snapshots = list(_open_snapshots(workspace, findings))
    files = 0
    for entry in entries:
        for table in entry.tables:
            path = journal.path(entry, table)
            files += _check_file(
                path,
                lambda e=entry, t=table: journal.check(e, t, afresh=True),  # type: ignore[misc]
                entry.digests.get(table),
                findings,
            )
    for snapshot in snapshots:
        for name in snapshot.files():
            files += _check_file(
                snapshot.folder / name,
                lambda s=snapshot, n=name: s.check(n, afresh=True),  # type: ignore[misc]
                snapshot.digests.get(name),
                findings,
            )
    files += sum(_check_database(path, findings) for path in _databases(workspace))
    undone = sum(entry.undone_at is not None for entry in entries)
    return Verification(len(entries), undone, len(snapshots), files, tuple(findings))


def _check_journal(journal: Journal, findings: list[Finding]) -> list[LoadEntry]:
    """Read the whole journal, and hold the loads' folders against it."""
    try:
        journal.check_structure()
        entries = journal.entries(undone=True)
        for entry in entries:
            journal.problems(entry.load_id)
        journal.refusals()
    except OpenScrutinyError as error:
        findings.append(_damaged(journal.folder / "journal.sqlite3", error))
        return []
    findings.extend(_check_folders(journal, entries))
    return entries


def _check_folders(journal: Journal, entries: Sequence[LoadEntry]) -> Iterator[Finding]:
    known = {f"{entry.load_id:06d}": entry for entry in entries}
    highest = max((entry.load_id for entry in entries), default=0)
    for folder in sorted(journal.data.iterdir()) if journal.data.exists() else []:
        if folder.name == f"{highest + 1:06d}":
            yield Finding(str(folder), "left over", _KILLED)
        elif folder.name not in known:
            yield Finding(
                str(folder),
                "unknown",
                "The journal does not know this load.",
                f"If the journal is older than the loads, restore {journal.folder} "
                "from a backup; else move the folder away.",
            )


def _open_snapshots(
    workspace: Workspace, findings: list[Finding]
) -> Iterator[Snapshot]:
    """Open every snapshot that can be opened, and the current one as the current."""
    if not workspace.figures.exists():
        return
    pointer = workspace.figures / "CURRENT"
    try:
        current = find_current(workspace)
        if current is not None:
            open_snapshot(workspace)
    except OpenScrutinyError as error:
        findings.append(_damaged(pointer, error))
    for folder in sorted(workspace.figures.iterdir()):
        if folder.name.endswith(".building"):
            findings.append(Finding(str(folder), "left over", _KILLED))
        elif folder.name.isascii() and folder.name.isdigit():
            try:
                snapshot = open_snapshot(workspace, int(folder.name))
                snapshot.entries()
                yield snapshot
            except OpenScrutinyError as error:
                findings.append(_damaged(folder / "snapshot.json", error))


def _check_file(
    path: Path,
    check: Callable[[], None],
    digest: str | None,
    findings: list[Finding],
) -> int:
    try:
        check()
        if digest is None:
            findings.append(
                Finding(
                    str(path),
                    "no digest",
                    "It can be read; an earlier release wrote it without a digest.",
                    "Load its file again, or build again, to have one.",
                )
            )
    except OpenScrutinyError as error:
        findings.append(_damaged(path, error))
    return 1


def _databases(workspace: Workspace) -> list[Path]:
    """List what people decided, which is edited and has no digest."""
    paths = [workspace.record / "confirmations.sqlite3", workspace.database]
    return [path for path in paths if path.exists()]


def _check_database(path: Path, findings: list[Finding]) -> int:
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError:
        sound = []
    if sound != [("ok",)]:
        findings.append(
            Finding(
                str(path),
                "damaged",
                "It is no sound SQLite file.",
                "Restore it from a backup of the workspace.",
            )
        )
    return 1


def _damaged(path: Path, error: OpenScrutinyError) -> Finding:
    return Finding(str(path), "damaged", error.message, error.fix)
