"""The worker: a process of its own that loads what was given, builds, or publishes.

It is ended at any instant without harm: a load is all of a file or none, a build leaves
the old figures current, a publication is there whole or not at all, and the files given
once more change nothing that is in already.
"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.returns.sources import find_sources
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.intake.jobs import Job, JobFolder, Kind, State, find_folder
from openscrutiny.scrutiny.intake.telling import (
    name_load,
    name_table,
    tell_change,
    tell_changes,
)
from openscrutiny.scrutiny.intake.tracing import note_built, note_loaded
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.targets import read_local_codes
from openscrutiny.workspace import Workspace, alone, open_workspace

_MAY: Final = {
    Kind.LOAD: Permission.LOAD,
    Kind.BUILD: Permission.LOAD,
    Kind.PUBLISH: Permission.PUBLISH_PAPER,
}
_TOLD: Final = 5  # problems of one file that the page tells; its load lists them all
_SHEETS: Final = (".csv", ".xlsx", ".xlsm")
_started: list["subprocess.Popen[bytes]"] = []  # an ended one is asked for, and goes


class _StoppedError(Exception):
    """Somebody asked that it stop."""


def launch(workspace: Workspace, token: str) -> None:
    """Start the worker of a piece of work and come back at once.

    It goes on when the server ends: what it does is whole at every instant.
    """
    _started[:] = [each for each in _started if each.poll() is None]
    # Our own program, and two words of our own.
    arguments = [sys.executable, "-m", __name__, str(workspace.folder.resolve()), token]
    _started.append(
        subprocess.Popen(  # noqa: S603
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # The very program that runs here, wherever it lies.
            cwd=Path(__file__).parents[3],
            start_new_session=os.name == "posix",
        )
    )


def run_job(workspace: Workspace, token: str) -> None:
    """Do a piece of work to its end, and write how it ended."""
    folder = find_folder(workspace, token)
    if folder is None:
        return
    with folder.working():
        job = folder.read()
        actor = Actor(job.by, Role(job.role))
        check_may(actor, _MAY[job.kind])
        try:
            with ExitStack() as held:
                _wait_for_turn(workspace, folder, held)
                job = folder.write(replace(job, state=State.RUNNING))
                job = _WORK[job.kind](workspace, folder, job, actor)
        except _StoppedError:
            job = replace(folder.read(), state=State.CANCELLED, said="")
            leave_trace(actor, f"{job.kind} stopped", thing=f"work {token[:8]}")
        except OpenScrutinyError as error:
            said = error.said
            job = replace(folder.read(), state=State.FAILED, said=said)
        except Exception as fault:
            # Its message may hold a value of a file: only its kind is told.
            said = f"An unexpected fault of OpenScrutiny ({type(fault).__name__})."
            job = replace(folder.read(), state=State.FAILED, said=said)
        folder.forget_files([o["path"] for o in job.outcomes if is_unmapped_sheet(o)])
        folder.write(job)


def is_unmapped_sheet(outcome: dict[str, Any]) -> bool:
    """Tell a spreadsheet that no return is, or that its mapping no longer fits."""
    path, problems = outcome["path"], outcome["problems"]
    if outcome["status"] != "refused" or "!" in path or not problems:
        return False
    unknown = problems[0]["rule"] == "unknown" or outcome["return"] == "own-figures"
    return unknown and path.lower().endswith(_SHEETS)


def _wait_for_turn(workspace: Workspace, folder: JobFolder, held: ExitStack) -> None:
    """Do one piece of work after another: two at a time would only be slower."""
    while True:
        if folder.is_asked_to_stop():
            raise _StoppedError
        try:
            held.enter_context(alone(workspace.folder / "working.lock", "worker"))
        except OpenScrutinyError:
            time.sleep(0.3)
        else:
            return


def _load(workspace: Workspace, folder: JobFolder, job: Job, actor: Actor) -> Job:
    paths = sorted(folder.files.iterdir())
    with ExitStack() as archives:
        every = (find_sources(path, archives.enter_context) for path in paths)
        count = sum(sum(1 for _ in found) for found in every)
    job = folder.write(replace(job, files=count))

    def note(outcome: FileOutcome) -> None:
        nonlocal job
        note_loaded(actor, outcome)
        told = _shorten(outcome.as_dict()) | {"changes": _changes(workspace, outcome)}
        job = folder.write(replace(job, outcomes=(*job.outcomes, told)))

    outcomes = load_paths(
        workspace,
        paths,
        local_codes=read_local_codes(),
        progress=note,
        should_stop=folder.is_asked_to_stop,
    )
    if folder.is_asked_to_stop() and len(job.outcomes) < job.files:
        raise _StoppedError
    return replace(
        _read_beside(workspace, job, actor, paths, outcomes), state=State.DONE
    )


def _read_beside(
    workspace: Workspace,
    job: Job,
    actor: Actor,
    paths: list[Path],
    outcomes: list[FileOutcome],
) -> Job:
    """Look for minutes among what no return's reader took; their outcomes are others."""
    if all(one.status not in ("set aside", "refused") for one in outcomes):
        return job
    from openscrutiny.scrutiny.intake.beside import take_in_beside  # reads documents

    taken = take_in_beside(actor, workspace, paths, outcomes)
    told = zip(outcomes, taken, job.outcomes, strict=True)
    return replace(
        job,
        outcomes=tuple(
            before if now is was else _shorten(now.as_dict()) | {"changes": []}
            for was, now, before in told
        ),
    )


def _changes(workspace: Workspace, outcome: FileOutcome) -> list[str]:
    """Say what the load changed against the one before it, first which one that is."""
    if outcome.load_id is None or not outcome.is_new:
        return []
    found = tell_changes(Journal(workspace.record), outcome.load_id)
    if found is None:
        return []
    earlier, changes = found
    name = outcome.return_name or earlier.return_name
    tables = [f"{name_table(name, one.table)}: {tell_change(one)}" for one in changes]
    return [name_load(earlier), *tables]


def _shorten(outcome: dict[str, Any]) -> dict[str, Any]:
    problems = outcome["problems"]
    return {**outcome, "problems": problems[:_TOLD], "more": len(problems[_TOLD:])}


def _build(workspace: Workspace, folder: JobFolder, job: Job, actor: Actor) -> Job:
    from openscrutiny.disclosure.release import build_anew  # counts, and is large

    def note(said: str) -> None:
        if folder.is_asked_to_stop():
            raise _StoppedError
        folder.write(replace(job, said=said))

    number = build_anew(workspace, note)
    note_built(actor, number)
    return replace(job, state=State.DONE, snapshot=number, said="")


def _publish(workspace: Workspace, folder: JobFolder, job: Job, actor: Actor) -> Job:
    from openscrutiny.scrutiny.publishing.examining import examine_anew
    from openscrutiny.scrutiny.publishing.publishing import publish_for_meeting

    done = publish_for_meeting(
        actor,
        workspace,
        meeting=job.asked["meeting"],
        audience=Audience(job.asked["audience"]),
        restates=job.asked["restates"],
        examine=examine_anew(workspace),
        note=lambda said: folder.write(replace(job, said=said)),
    )
    return replace(job, state=State.DONE, publication=done.published.number, said="")


_WORK: Final = {Kind.LOAD: _load, Kind.BUILD: _build, Kind.PUBLISH: _publish}


def _main(arguments: list[str]) -> None:
    workspace = open_workspace(Path(arguments[0]))
    open_database(workspace)
    run_job(workspace, arguments[1])


if __name__ == "__main__":
    _main(sys.argv[1:])
