"""Work that runs beside a request, kept as files that outlive whoever does it.

A piece of work is a folder of its own among the workspace's uploads: `job.json`, which is
written whole each time, the files that were given, and a lock that the worker holds while
it lives. A worker that is killed frees its lock, and what it says of itself is then told
apart from what is so. A day later all of it is gone; what was loaded stays in the journal, and
what was published in its folder.
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.workspace import Workspace, alone, write_whole

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_JOB: Final = "job.json"
_CANCEL: Final = "cancel"
_LOCK: Final = "alive.lock"
_A_DAY: Final = 24 * 60 * 60
_LONGEST_NAME: Final = 150
_TRIES: Final = 40  # at the lock, for two seconds in all
# A worker that has not taken its lock by then was never started, or has been killed.
_MUST_BE_ALIVE: Final = 120.0


class Kind(StrEnum):
    """Say what is done."""

    LOAD = "load"
    BUILD = "build"
    PUBLISH = "publish"


class State(StrEnum):
    """Say how far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    CUT_OFF = "cut off"  # never written: what a killed worker leaves

    @property
    def is_over(self) -> bool:
        return self not in (State.WAITING, State.RUNNING)


@dataclass(frozen=True)
class Job:
    """Hold one piece of work. `outcomes` are of files, in the words of `load --json`."""

    token: str
    kind: Kind
    by: str
    role: str
    at: str  # when it was asked for, in UTC
    state: State = State.WAITING
    files: int = 0  # how many there are to read, members of zips counted
    said: str = ""  # what is done now, or why it did not go on
    outcomes: tuple[dict[str, Any], ...] = ()
    snapshot: int = 0  # that a build made
    # Of a publication: meeting, audience and restates, and the number that it got.
    asked: dict[str, Any] = field(default_factory=dict)
    publication: int = 0

    @property
    def asked_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


def ask_for(
    token: str,
    kind: Kind,
    actor: Actor,
    asked: Mapping[str, Any] = MappingProxyType({}),
) -> Job:
    """Give a piece of work as it is asked for now."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    role = actor.role.value if actor.role else ""
    return Job(token, kind, actor.name, role, now, asked=dict(asked))


@dataclass(frozen=True)
class JobFolder:
    """Name the places of one piece of work."""

    path: Path

    @property
    def token(self) -> str:
        return self.path.name

    @property
    def files(self) -> Path:
        return self.path / "files"

    def write(self, job: Job) -> Job:
        """Keep what the work is now: a reader sees the old or the new, never half."""
        write_whole(self.path / _JOB, json.dumps(asdict(job), ensure_ascii=False))
        return job

    def read(self) -> Job:
        """Read what the work is now, and tell whether anybody still does it."""
        facts = json.loads((self.path / _JOB).read_text(encoding="utf-8"))
        facts |= {"kind": Kind(facts["kind"]), "state": State(facts["state"])}
        job = Job(**facts | {"outcomes": tuple(facts["outcomes"])})
        if job.state.is_over or self._is_alive(job):
            return job
        # It may have ended between the two looks.
        again = json.loads((self.path / _JOB).read_text(encoding="utf-8"))
        if State(again["state"]).is_over:
            return self.read()
        return replace(job, state=State.CUT_OFF, said="")

    def ask_to_stop(self) -> None:
        (self.path / _CANCEL).touch()

    def is_asked_to_stop(self) -> bool:
        return (self.path / _CANCEL).exists()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Hold the lock that says that somebody does it.

        A page that asks whether somebody does holds it for a moment: it is waited for.
        """
        with ExitStack() as held:
            for tries_left in reversed(range(_TRIES)):
                try:
                    held.enter_context(self._lock())
                    break
                except OpenScrutinyError:
                    if not tries_left:
                        raise
                    time.sleep(0.05)
            yield

    def _lock(self) -> AbstractContextManager[None]:
        return alone(self.path / _LOCK, "worker")

    def forget_files(self, keep: Sequence[str] = ()) -> None:
        """Delete what was given, except the files that somebody may still map."""
        for path in self.files.iterdir() if self.files.is_dir() else ():
            if path.name not in keep:
                path.unlink(missing_ok=True)

    def _is_alive(self, job: Job) -> bool:
        if job.state is State.WAITING:
            waited = (datetime.now(UTC) - job.asked_at).total_seconds()
            if waited < _MUST_BE_ALIVE:
                return True
        try:
            with self._lock():
                return False
        except OpenScrutinyError:
            return True


def clean_name(name: str) -> str:
    """Give a file's name without its folders, and with plain signs alone.

    >>> clean_name("../Q1\\\\CIN <2026>.xml")
    'CIN _2026_.xml'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^\w .,()&+\-]", "_", last).strip()[-_LONGEST_NAME:]
    return plain.lstrip(".") or "file"


def make_folder(workspace: Workspace, job: Callable[[str], Job]) -> JobFolder:
    """Make the folder of a new piece of work; those of yesterday go."""
    forget_old(workspace)
    folder = JobFolder(_uploads(workspace) / secrets.token_hex(16))
    folder.files.mkdir(parents=True)
    folder.write(job(folder.token))
    return folder


def find_folder(workspace: Workspace, token: str) -> JobFolder | None:
    """Find a piece of work by its token; whoever guesses finds nothing."""
    if not _TOKEN.fullmatch(token):
        return None
    path = _uploads(workspace) / token
    return JobFolder(path) if (path / _JOB).is_file() else None


def find_jobs(workspace: Workspace) -> list[Job]:
    """List the work of the last day, the newest first."""
    folder = _uploads(workspace)
    there = [
        JobFolder(path).read()
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (path / _JOB).is_file()
    ]
    return sorted(there, key=lambda job: job.at, reverse=True)


def _uploads(workspace: Workspace) -> Path:
    return workspace.folder / "uploads"


def forget_old(workspace: Workspace) -> None:
    """Delete what was given more than a day ago and nobody went on with."""
    folder = _uploads(workspace)
    for each in folder.iterdir() if folder.is_dir() else ():
        if time.time() - each.stat().st_mtime > _A_DAY:
            shutil.rmtree(each, ignore_errors=True)
            each.unlink(missing_ok=True) if each.is_file() else None
