"""Restoring a backup: written beside the workspace, verified, and switched.

A restore that is killed, or whose backup is damaged, leaves what was there.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.verifying import Verification, verify
from openscrutiny.keeping.archive import Archive, open_archive
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.chain import Verified
from openscrutiny.scrutiny.database import close_database, open_database
from openscrutiny.scrutiny.inspecting import verify_audit
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.workspace import keep_to_owner, open_workspace


@dataclass(frozen=True)
class Restored:
    """Hold what was restored: of when, how many files, and whether all of it is sound.

    `before` is where the workspace lies that was there before, if one was.
    """

    folder: Path
    made_at: str
    files: int
    record: Verification
    audit: Verified
    before: Path | None

    @property
    def is_sound(self) -> bool:
        return self.record.is_sound and self.audit.is_whole


def restore(
    actor: Actor,
    file: Path,
    folder: Path,
    *,
    over: bool = False,
    step: Callable[[str], None] = lambda text: None,
) -> Restored:
    """Restore a backup as the workspace `folder`; with `over` in the place of one.

    What was there before is kept beside it. Nobody may serve, load or build it
    meanwhile. `step` is told what comes next.

    Raises:
        OpenScrutinyError: the folder is not empty, or the file is no whole backup.
    """
    check_may(actor, Permission.KEEP_WORKSPACE)
    archive = open_archive(file)
    is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if is_taken and not over:
        raise OpenScrutinyError(
            f"{folder} is not empty.",
            "Restore into a new folder; or give --over, which puts the backup in its "
            "place and keeps what is there beside it.",
        )
    if folder.exists() and file.resolve().is_relative_to(folder.resolve()):
        raise OpenScrutinyError(
            f"{file} lies in the folder that it would replace.", "Move it elsewhere."
        )
    beside = folder.with_name(folder.name + ".restoring")
    _unpack(archive, beside, step)
    close_database()
    before = _switch(folder, beside, is_taken, step)
    step("verify")
    workspace = open_workspace(folder)
    open_database(workspace)
    about = f"a backup of {archive.facts.get('made_at', 'an unknown day')}"
    leave_trace(actor, "backup restored", about, thing="workspace")
    return Restored(
        folder,
        str(archive.facts.get("made_at", "")),
        len(archive.members),
        verify(workspace),
        verify_audit(actor),
        before,
    )


def _unpack(archive: Archive, beside: Path, step: Callable[[str], None]) -> None:
    """Write every member beside; take all of it away where one is not what was written."""
    if beside.exists():
        shutil.rmtree(beside)  # a killed restore's
    beside.mkdir(parents=True)
    keep_to_owner(beside)
    beside.chmod(0o700)
    try:
        for member in archive.read(beside):
            step(f"unpack {member.name}")
        open_workspace(beside)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _switch(
    folder: Path, beside: Path, is_taken: bool, step: Callable[[str], None]
) -> Path | None:
    """Put what was unpacked in its place; what is there is kept under another name."""
    before = None
    step("switch")
    if is_taken:
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        before = folder.with_name(f"{folder.name}.before-{stamp}")
        folder.rename(before)
        step("between")
    elif folder.exists():
        folder.rmdir()
    try:
        beside.rename(folder)
    except OSError:
        if before is not None:
            before.rename(folder)
        raise
    step("switched")
    return before
