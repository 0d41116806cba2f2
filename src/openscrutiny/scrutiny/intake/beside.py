"""What is given among returns and is none: a committee's minutes, and its tracker.

Both are known by their content. Minutes are read into proposals for whoever may decide
what they hold; nothing is recorded by it, and nobody else learns what they say.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.minutes.reading import MAX_BYTES, looks_like_minutes
from openscrutiny.returns.loading import FileOutcome
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.sources import UNREADABLE, find_sources
from openscrutiny.scrutiny.permissions import Actor, Permission, may
from openscrutiny.scrutiny.trail.taking_in import TakenIn, take_in_minutes
from openscrutiny.scrutiny.trail.tracker import is_tracker
from openscrutiny.workspace import Workspace

MINUTES: Final = "minutes"
TRAIL: Final = "trail"
_FOR_OTHERS: Final = (
    "Nothing of them was kept. The clerk, a director or the "
    "Director of Children’s Services reads minutes in: give them the file."
)
_TRACKER: Final = (
    "Nothing of it was taken. Whoever keeps the committee’s trail loads it where it came "
    "from, on the page “What we asked”."
)
# What becomes of one file: its outcome so far, its name and its bytes.
Take = Callable[[FileOutcome, str, bytes], FileOutcome]


def read_left(
    given: Iterable[Path], outcomes: Sequence[FileOutcome], take: Take
) -> list[FileOutcome]:
    """Let `take` look at each file that no return's reader took, and give its outcome.

    Outcomes name a file from the folder in which the path lies that was `given`. What is
    larger than minutes are, or cannot be read, is not looked at a second time.
    """
    left = {one.path for one in outcomes if one.status in ("set aside", "refused")}
    if not left:
        return list(outcomes)
    with ExitStack() as archives:
        sources = {
            found.name: found.source
            for path in given
            for found in find_sources(path, archives.enter_context)
            if found.name in left and found.source is not None
        }
        return [
            _look_at(one, sources[one.path], take) if one.path in sources else one
            for one in outcomes
        ]


def _look_at(outcome: FileOutcome, source: SourceFile, take: Take) -> FileOutcome:
    try:
        with source.open() as file:
            data = file.read(MAX_BYTES + 1)
    except UNREADABLE:
        return outcome
    if len(data) > MAX_BYTES:
        return outcome
    return take(outcome, PurePosixPath(source.name).name, data)


def take_in_if_minutes(
    actor: Actor,
    workspace: Workspace,
    outcome: FileOutcome,
    name: str,
    data: bytes,
    *,
    meeting: int | None = None,
    waits: str,
) -> FileOutcome:
    """Read a file into proposals where it holds minutes; else its outcome stands.

    `waits` follows how many proposals there are, as in "7 proposals wait for a person".
    """
    if not looks_like_minutes(name, data):
        return outcome
    try:
        taken = take_in_minutes(actor, workspace, name, data, meeting=meeting)
    except UNREADABLE:
        return outcome
    except OpenScrutinyError as error:
        problem = Problem(outcome.path, 0, "", MINUTES, error.message, error.fix)
        return replace(
            outcome,
            status="refused",
            return_name=MINUTES,
            problems=(problem,),
            needs_hand=True,
        )
    rows = taken.proposed + taken.known
    return replace(
        outcome,
        status=taken.status,
        return_name=MINUTES,
        problems=(),
        rows_read=rows,
        rows_kept=rows,
        rows_rejected=0,
        note=_say_taken(taken, waits) if taken.status == "loaded" else "",
        needs_hand=False,
    )


def _say_taken(taken: TakenIn, waits: str) -> str:
    said = f"{taken.proposed} proposals {waits}"
    if taken.known:
        said += f"; {taken.known} were proposed before"
    if taken.restricted:
        said += (
            f"; {taken.restricted} restricted items are kept from who may not see them"
        )
    return ". ".join((said, *(doubt.rstrip(".") for doubt in taken.doubts)))


def take_in_beside(
    actor: Actor,
    workspace: Workspace,
    given: Iterable[Path],
    outcomes: Sequence[FileOutcome],
) -> list[FileOutcome]:
    """Read minutes in for who may, and tell others who may; name a tracker.

    Proposals wait for somebody, so that minutes which hold any need a hand.
    """
    reads = may(actor, Permission.DECIDE_TRAIL)

    def take(outcome: FileOutcome, name: str, data: bytes) -> FileOutcome:
        if is_tracker(data):
            return _hand_on(outcome, TRAIL, _TRACKER)
        if not reads:
            is_minutes = looks_like_minutes(name, data)
            return _hand_on(outcome, MINUTES, _FOR_OTHERS) if is_minutes else outcome
        waits = "wait for a person to accept or drop them"
        taken = take_in_if_minutes(actor, workspace, outcome, name, data, waits=waits)
        hand = taken.needs_hand or (taken.status == "loaded" and taken.rows_kept > 0)
        return replace(taken, needs_hand=hand)

    return read_left(given, outcomes, take)


def _hand_on(outcome: FileOutcome, return_name: str, note: str) -> FileOutcome:
    return replace(
        outcome,
        status="set aside",
        return_name=return_name,
        problems=(),
        note=note,
        needs_hand=True,
    )
