"""Retiring old snapshots: which may go, and why each of the others stays.

One stays that is current, among the newest, or that something rests on: a paper, a
publication, whatever else of the committee's database names a snapshot, and what was
current on the day of a meeting at which something was asked or promised.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import (
    Snapshot,
    alone_building,
    find_current,
    open_snapshot,
)
from openscrutiny.keeping.locks import alone
from openscrutiny.record.digests import DamagedError
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.resting import list_days_of_the_trail, list_named
from openscrutiny.workspace import Workspace

KEEP = 12
_RETIRED = ".retired"


@dataclass(frozen=True)
class Held:
    """Hold one snapshot: when it was built and why it stays; none that may go."""

    number: int
    as_at: date | None  # None where it cannot be read
    built_at: str
    why: tuple[str, ...]

    @property
    def may_go(self) -> bool:
        return not self.why


def list_snapshots(workspace: Workspace, keep: int = KEEP) -> list[Held]:
    """List every snapshot, the oldest first, with the reasons for which it stays."""
    if keep < 1:
        raise OpenScrutinyError("At least one snapshot is kept.", "Give --keep 1.")
    open_database(workspace)
    numbers = _numbers(workspace)
    opened = {number: _open(workspace, number) for number in numbers}
    reasons: dict[int, list[str]] = {number: [] for number in numbers}
    with suppress(DamagedError):
        current = find_current(workspace)
        if current in reasons:
            reasons[current].append("it is current")
    for number in numbers[-keep:]:
        reasons[number].append(f"it is among the newest {keep}")
    for number, why in _rested_on(workspace, opened.values()):
        if number in reasons and why not in reasons[number]:
            reasons[number].append(why)
    for number, snapshot in opened.items():
        if snapshot is None:
            reasons[number].append("it cannot be read, and stays for whoever looks")
    return [
        Held(
            number,
            snapshot.as_at if snapshot else None,
            snapshot.built_at if snapshot else "",
            tuple(reasons[number]),
        )
        for number, snapshot in opened.items()
    ]


def retire_snapshots(
    actor: Actor, workspace: Workspace, keep: int = KEEP
) -> list[Held]:
    """Take away the snapshots that may go; give them. Each leaves its trace.

    No build and no backup runs meanwhile. One that is killed leaves a folder that the
    next clears.
    """
    check_may(actor, Permission.KEEP_WORKSPACE)
    with alone(workspace), alone_building(workspace):
        for left in workspace.figures.glob(f"*{_RETIRED}"):
            shutil.rmtree(left)
        going = [held for held in list_snapshots(workspace, keep) if held.may_go]
        for held in going:
            folder = workspace.figures / f"{held.number:06d}"
            leave_trace(
                actor,
                "snapshot retired",
                f"as at {held.as_at}",
                thing=f"snapshot {held.number}",
            )
            shutil.rmtree(folder.rename(folder.with_suffix(_RETIRED)))
    return going


def _numbers(workspace: Workspace) -> list[int]:
    there = workspace.figures.iterdir() if workspace.figures.is_dir() else ()
    names = (path.name for path in there)
    return sorted(int(name) for name in names if name.isascii() and name.isdigit())


def _open(workspace: Workspace, number: int) -> Snapshot | None:
    try:
        return open_snapshot(workspace, number)
    except DamagedError:
        return None


def _rested_on(
    workspace: Workspace, snapshots: Iterable[Snapshot | None]
) -> Iterator[tuple[int, str]]:
    """Give each snapshot that something rests on, and what."""
    for path in workspace.folder.glob("publications/*-*/publication.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):  # an earlier release's
            facts = json.loads(path.read_text(encoding="utf-8"))
            yield int(facts["snapshot"]), "a publication holds it"
    yield from list_named()
    built = sorted((s.built_at[:10], s.number) for s in snapshots if s is not None)
    for day in list_days_of_the_trail():
        before = [number for at, number in built if at <= day.isoformat()]
        if before:
            yield before[-1], f"it was current at the meeting of {day.isoformat()}"
