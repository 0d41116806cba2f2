"""What a person does with data in the browser: give, stop, take back, confirm, build.

Each asks who may, and leaves its trace. The work itself is done beside the request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from openscrutiny.disclosure.waiting import (
    Unbuilt,
    Waiting,
    count_unbuilt,
    list_waiting,
)
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.confirmations import Confirmation, Confirmations, Subject
from openscrutiny.record.journal import Journal
from openscrutiny.record.loads import LoadEntry
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.intake import working
from openscrutiny.scrutiny.intake.jobs import (
    Job,
    JobFolder,
    Kind,
    ask_for,
    clean_name,
    find_folder,
    find_jobs,
    make_folder,
)
from openscrutiny.scrutiny.intake.tracing import note_confirmed, note_taken_back
from openscrutiny.scrutiny.intake.watching import LookedAt, find_last_look
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.scorecards import start_draft
from openscrutiny.workspace import Workspace

LARGEST: Final = 1_000_000_000  # bytes of one giving: what one file may be as well


@dataclass(frozen=True)
class DataIn:
    """Hold what there is of data in: work of the last day, what waits, what counts."""

    jobs: tuple[Job, ...]
    waiting: tuple[Waiting, ...]
    confirmed: tuple[Confirmation, ...]
    unbuilt: Unbuilt
    loads: tuple[LoadEntry, ...]  # that count, the newest first
    looked: LookedAt | None  # at a watched folder


class Given(Protocol):
    """A file as it comes with a request."""

    name: str

    def chunks(self) -> Iterable[bytes]: ...


def give_files(actor: Actor, workspace: Workspace, given: Iterable[Given]) -> str:
    """Take files in and start to load them; gives the token of the work.

    Raises OpenScrutinyError where there is none.
    """
    check_may(actor, Permission.LOAD)
    files = list(given)
    if not files:
        raise OpenScrutinyError("Choose a file, or several.")
    folder = _begin(actor, workspace, Kind.LOAD)
    for each in files:
        with _free_place(folder, clean_name(each.name or "")).open("xb") as file:
            _write(each, file)
    told = "1 file" if len(files) == 1 else f"{len(files)} files"
    leave_trace(actor, "files given", told, thing=f"work {folder.token[:8]}")
    working.launch(workspace, folder.token)
    return folder.token


def start_build(actor: Actor, workspace: Workspace) -> str:
    """Start to build the figures; gives the token of the work.

    Raises OpenScrutinyError where nothing is loaded.
    """
    check_may(actor, Permission.LOAD)
    if not Journal(workspace.record).entries():
        raise OpenScrutinyError("There is nothing to build from: no file is loaded.")
    folder = _begin(actor, workspace, Kind.BUILD)
    working.launch(workspace, folder.token)
    return folder.token


def find_job(actor: Actor, workspace: Workspace, token: str) -> Job | None:
    """Find a piece of work with data of the last day."""
    check_may(actor, Permission.LOAD)
    folder = find_folder(workspace, token)
    job = folder.read() if folder else None
    return None if job is None or job.kind is Kind.PUBLISH else job


def cancel_job(actor: Actor, workspace: Workspace, token: str) -> None:
    """Ask a piece of work to stop: after the file, or the indicator, that it is at."""
    check_may(actor, Permission.LOAD)
    folder = find_folder(workspace, token)
    job = find_job(actor, workspace, token)
    if folder is not None and job is not None and not job.state.is_over:
        folder.ask_to_stop()


def map_file(actor: Actor, workspace: Workspace, token: str, at: int) -> str:
    """Begin a scorecard's draft with the file of an outcome; gives the draft's token.

    Raises OpenScrutinyError where the file is no sheet, or is no longer there.
    """
    check_may(actor, Permission.GIVE_FIGURES)
    folder = find_folder(workspace, token)
    outcomes = folder.read().outcomes if folder else ()
    if folder is None or not 0 <= at < len(outcomes):
        raise OpenScrutinyError("This file is no longer there.", "Give it again.")
    name = outcomes[at]["path"]
    path = folder.files / Path(name).name
    if not working.is_unmapped_sheet(outcomes[at]) or not path.is_file():
        raise OpenScrutinyError("This file is no longer there.", "Give it again.")
    return start_draft(actor, workspace, path.name, path.read_bytes())


def take_back(actor: Actor, workspace: Workspace, load_id: int, why: str) -> LoadEntry:
    """Take a load back, with a reason; figures change when they are built again.

    Raises OpenScrutinyError without a reason, or where no such load counts.
    """
    check_may(actor, Permission.LOAD)
    why = _reason(why, "Say why it is taken back.")
    entry = Journal(workspace.record).undo(load_id)
    words = Confirmations(workspace.record)
    words.add(Subject.TAKEN_BACK, str(load_id), actor.name, why)
    note_taken_back(actor, entry)
    return entry


def confirm_waiting(
    actor: Actor,
    workspace: Workspace,
    subject: Subject,
    key: str,
    why: str,
    *,
    withdraw: bool = False,
) -> None:
    """Say by name that what looks unlikely is right, with a reason; or take that back.

    Raises OpenScrutinyError without a reason, or where nothing of the kind waits.
    """
    check_may(actor, Permission.LOAD)
    words = Confirmations(workspace.record)
    if withdraw and subject is not Subject.TAKEN_BACK:
        words.withdraw(subject, key)
        note_confirmed(actor, subject, key, withdraw=True)
        return
    if (subject, key) not in {(o.subject, o.key) for o in list_waiting(workspace)}:
        raise OpenScrutinyError("Nothing of this waits for a word any more.")
    words.add(subject, key, actor.name, _reason(why, "Say why it is right."))
    note_confirmed(actor, subject, key)


def look_in(actor: Actor, workspace: Workspace) -> DataIn:
    """Gather what the page of data in shows."""
    check_may(actor, Permission.LOAD)
    journal = Journal(workspace.record)
    words = Confirmations(workspace.record).standing().values()
    return DataIn(
        tuple(j for j in find_jobs(workspace) if j.kind is not Kind.PUBLISH),
        tuple(list_waiting(workspace)),
        tuple(one for one in words if one.subject is not Subject.TAKEN_BACK),
        count_unbuilt(workspace),
        tuple(reversed(journal.entries())),
        find_last_look(workspace),
    )


def _begin(actor: Actor, workspace: Workspace, kind: Kind) -> JobFolder:
    return make_folder(workspace, lambda token: ask_for(token, kind, actor))


def _free_place(folder: JobFolder, name: str) -> Path:
    """Name a file in the folder; one that is there already keeps its name."""
    path, number = folder.files / name, 2
    while path.exists():
        path = folder.files / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return path


def _write(given: Given, file: IO[bytes]) -> None:
    for chunk in given.chunks():
        file.write(chunk)


def _reason(why: str, wanted: str) -> str:
    words = " ".join(why.split())[:200]
    if not words:
        raise OpenScrutinyError(wanted)
    return words
