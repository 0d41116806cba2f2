"""What the pages of data in show: a summary first, then what needs a hand, then the rest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openscrutiny.disclosure.waiting import Unbuilt, Waiting
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.layouts.returns import get_return
from openscrutiny.record.confirmations import Subject
from openscrutiny.scrutiny.access.sight import Sight
from openscrutiny.scrutiny.intake.beside import MINUTES, TRAIL
from openscrutiny.scrutiny.intake.jobs import Job, Kind, State
from openscrutiny.scrutiny.intake.services import DataIn
from openscrutiny.scrutiny.intake.watching import LookedAt
from openscrutiny.scrutiny.intake.working import is_unmapped_sheet
from openscrutiny.web.environment import write_moment
from openscrutiny.web.presenters.words import covers_words, return_words

_SHOWN_WAITING: Final = 12
_SHOWN_LOADS: Final = 10
_FEW_FILES: Final = 4
_NAMES: Final = {one.code: one.short_name for one in INDICATORS}
_COUNTED: Final = (
    ("loaded", ("loaded", "loaded with problems")),
    ("in already", ("already loaded",)),
    ("refused", ("refused",)),
    ("set aside", ("set aside",)),
)
_NO_RETURNS: Final = {MINUTES: "Minutes", TRAIL: "The committee’s tracker"}
_STATES: Final = {
    "loaded": "Loaded",
    "loaded with problems": "Loaded, with problems",
    "already loaded": "In already",
    "refused": "Refused",
    "set aside": "Set aside",
}


@dataclass(frozen=True)
class FileLine:
    """Hold what became of one file."""

    at: int
    name: str
    state: str
    needs_hand: bool
    recognised: str
    rows: str
    note: str
    problems: tuple[tuple[str, str, str], ...]  # where, what is wrong, what to do
    more: int
    against: str  # the load that it is held against
    changes: tuple[str, ...]
    load_id: int | None
    may_map: bool
    is_minutes: bool  # that were read, or are among what was read before


@dataclass(frozen=True)
class JobView:
    """Hold the page of one piece of work."""

    token: str
    title: str
    is_load: bool
    is_over: bool
    by: str
    asked: str
    said: str
    done: int
    files: int
    first: tuple[FileLine, ...]  # what needs a hand
    rest: tuple[FileLine, ...]
    loaded_any: bool
    snapshot: int
    may_try_again: bool
    few: bool  # so few files that what each changed stands open


@dataclass(frozen=True)
class WaitingLine:
    """Hold one thing that waits for a word."""

    subject: str
    key: str
    kind: str
    heading: str
    said: tuple[str, ...]
    more: int
    waits: str
    load_id: int


@dataclass(frozen=True)
class JobLine:
    """Hold one piece of work as a line."""

    token: str
    asked: str
    by: str
    said: str


@dataclass(frozen=True)
class LoadedLine:
    """Hold one load as a line."""

    load_id: int
    words: str
    file: str
    covers: str
    at: str
    rows: str


@dataclass(frozen=True)
class ConfirmedLine:
    """Hold one word that stands."""

    subject: str
    key: str
    said: str


@dataclass(frozen=True)
class DataInView:
    """Hold the page of data in."""

    last: str
    waiting: tuple[WaitingLine, ...]
    more_waiting: tuple[WaitingLine, ...]
    unbuilt: str
    jobs: tuple[JobLine, ...]
    loads: tuple[LoadedLine, ...]
    more_loads: int
    confirmed: tuple[ConfirmedLine, ...]
    looked: str  # at a watched folder, and what came of it


def lay_out_data_in(there: DataIn) -> DataInView:
    """Prepare the page of data in."""
    waiting = tuple(_lay_out_waiting(one) for one in there.waiting)
    loads = tuple(_lay_out_load(one) for one in there.loads[:_SHOWN_LOADS])
    return DataInView(
        last=f"Last load {loads[0].at}" if loads else "Nothing is loaded yet",
        waiting=waiting[:_SHOWN_WAITING],
        more_waiting=waiting[_SHOWN_WAITING:],
        unbuilt=say_unbuilt(there.unbuilt),
        jobs=tuple(
            JobLine(one.token, _moment(one.asked_at), one.by, _title(one))
            for one in there.jobs
        ),
        loads=loads,
        more_loads=max(0, len(there.loads) - _SHOWN_LOADS),
        confirmed=tuple(
            ConfirmedLine(
                one.subject.value,
                one.key,
                f"{_name_key(one.subject, one.key)}: {one.confirmed_by}, "
                f"{_moment(datetime.fromisoformat(one.confirmed_at))}. {one.why}",
            )
            for one in there.confirmed
        ),
        looked=_say_looked(there.looked),
    )


def _say_looked(looked: LookedAt | None) -> str:
    if looked is None:
        return ""
    came = f"{looked.loaded:,} loaded" if looked.loaded else "nothing new loaded"
    refused = f", {looked.refused:,} refused" if looked.refused else ""
    return f"Watched folder: looked at {_moment(looked.at)}, {came}{refused}."


def say_unbuilt(unbuilt: Unbuilt) -> str:
    """Say what the figures do not know yet; "" where they know all.

    >>> say_unbuilt(Unbuilt(2, 1, 0))
    '2 loads, and 1 load taken back, are not in the figures yet'
    """
    parts = [
        f"{count:,} {one if count == 1 else many}"
        for count, one, many in (
            (unbuilt.loaded, "load", "loads"),
            (unbuilt.taken_back, "load taken back", "loads taken back"),
            (unbuilt.confirmed, "confirmation", "confirmations"),
        )
        if count
    ]
    if not parts:
        return ""
    alone = len(parts) == 1 and parts[0].startswith("1 ")
    told = parts[0] + "".join(f", and {part}," for part in parts[1:])
    return f"{told} {'is' if alone else 'are'} not in the figures yet"


def lay_out_job(job: Job, sight: Sight) -> JobView:
    """Prepare the page of a piece of work.

    Which team a line of a file is of nobody knows, so that lines are for those who see
    the records of every team.
    """
    lines = [_lay_out_file(at, one, sight) for at, one in enumerate(job.outcomes)]
    return JobView(
        job.token,
        _title(job),
        job.kind is Kind.LOAD,
        job.state.is_over,
        job.by,
        _moment(job.asked_at),
        _say_state(job),
        len(job.outcomes),
        job.files,
        tuple(line for line in lines if line.needs_hand),
        tuple(line for line in lines if not line.needs_hand),
        any(
            one["load_id"] and one["status"].startswith("loaded")
            for one in job.outcomes
        ),
        job.snapshot,
        job.state in (State.CANCELLED, State.CUT_OFF, State.FAILED),
        len(lines) <= _FEW_FILES,
    )


def summarise(outcomes: Sequence[Mapping[str, Any]]) -> str:
    """Sum files up: "58 loaded, 2 refused, 3 things for you".

    >>> summarise([{"status": "refused", "needs_hand": True}])
    '1 refused, 1 thing for you'
    """
    counts = Counter(one["status"] for one in outcomes)
    parts = []
    for words, statuses in _COUNTED:
        if many := sum(counts[status] for status in statuses):
            parts.append(f"{many:,} {words}")
    hands = sum(1 for one in outcomes if one["needs_hand"])
    thing = "thing" if hands == 1 else "things"
    parts.append(f"{hands:,} {thing} for you" if hands else "nothing for you to do")
    return ", ".join(parts)


def _title(job: Job) -> str:
    if job.kind is Kind.BUILD:
        return {
            State.DONE: f"Snapshot {job.snapshot} is built",
            State.CANCELLED: "The build was stopped",
            State.FAILED: "The figures were not built",
            State.CUT_OFF: "The build was cut off",
        }.get(job.state, "Building the figures")
    told = summarise(job.outcomes) if job.outcomes else "Nothing was read"
    match job.state:
        case State.DONE:
            return told
        case State.CANCELLED:
            return f"Stopped: {told}"
        case State.FAILED | State.CUT_OFF:
            return f"Cut off: {told}"
    of = f" of {job.files:,}" if job.files else ""
    return f"Reading: {len(job.outcomes):,}{of} files"


def _say_state(job: Job) -> str:
    left = max(0, job.files - len(job.outcomes))
    files = "file was" if left == 1 else "files were"
    match job.state, job.kind:
        case State.WAITING, _:
            return "It begins as soon as what is under way before it has ended."
        case State.RUNNING, Kind.BUILD:
            return f"Now: {job.said}." if job.said else "It begins."
        case ((State.CANCELLED | State.CUT_OFF), Kind.LOAD):
            return (
                f"{left:,} {files} not read. Each file is in whole or not at all. Give "
                "them again: what is in already changes nothing."
            )
        case ((State.CANCELLED | State.CUT_OFF), Kind.BUILD):
            return "The figures are as they were before."
        case State.FAILED, Kind.BUILD:
            return f"{job.said} The figures are as they were before."
    return job.said


def _lay_out_file(at: int, outcome: Mapping[str, Any], sight: Sight) -> FileLine:
    changes = outcome.get("changes") or [""]
    kept, rejected = outcome["rows_kept"], outcome["rows_rejected"]
    is_minutes = outcome["return"] == MINUTES
    known = bool(outcome["load_id"]) and outcome["status"] != "refused"
    return FileLine(
        at,
        outcome["path"],
        _STATES[outcome["status"]],
        outcome["needs_hand"],
        _say_recognised(outcome),
        f"{kept:,} rows kept, {rejected:,} rejected" if known else "",
        _say_note(outcome["note"]),
        tuple(
            dict.fromkeys(
                (
                    _say_place(outcome["path"], one, lines=sight.sees(None)),
                    one["message"],
                    one["fix"],
                )
                for one in outcome["problems"]
            )
        ),
        outcome.get("more", 0),
        changes[0],
        tuple(changes[1:]),
        outcome["load_id"],
        is_unmapped_sheet(dict(outcome)),
        is_minutes and outcome["status"] in ("loaded", "already loaded"),
    )


def _say_note(note: str) -> str:
    """Write a note as a sentence: what a file is stands there as a few words alone."""
    return _begin_large(note) + ("" if note.endswith(".") or not note else ".")


def _say_recognised(outcome: Mapping[str, Any]) -> str:
    if not outcome["return"]:
        return "Not recognised" if outcome["status"] == "refused" else "No return"
    if outcome["return"] in _NO_RETURNS:
        return _NO_RETURNS[outcome["return"]]
    words = return_words(outcome["return"])
    if outcome["year"] and not get_return(outcome["return"]).by_day:
        words = f"{words}, {outcome['year']}"
    if outcome["covers"]:
        first, last = map(date.fromisoformat, outcome["covers"])
        words = f"{words}: {covers_words((first, last))}"
    return words


def _say_place(path: str, problem: Mapping[str, Any], *, lines: bool) -> str:
    """Name the sheet, the line and the field, as far as a problem has them."""
    file = problem["file"]
    sheet = file.removeprefix(path).removeprefix("!") if file != path else ""
    parts = [f"sheet {sheet}"] if sheet else []
    if problem["line"] and lines:
        parts.append(f"line {problem['line']:,}")
    if problem["field"]:
        parts.append(problem["field"])
    return _begin_large(", ".join(parts))


def _begin_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lay_out_waiting(one: Waiting) -> WaitingLine:
    is_load = one.subject is Subject.LOAD
    if is_load:
        heading = f"Load {one.load_id} holds far less or far more than before"
    else:
        heading = f"{one.codes[0]} {_NAMES.get(one.codes[0], '')}".strip()
    return WaitingLine(
        one.subject.value,
        one.key,
        "Differs" if one.subject is Subject.DIFFERENCE else "Held back",
        heading,
        one.said[:2],
        len(one.said[2:]),
        ", ".join(one.codes[:12]) + (" and more" if len(one.codes) > 12 else ""),
        one.load_id,
    )


def _lay_out_load(entry: Any) -> LoadedLine:
    words = return_words(entry.return_name)
    by_day = get_return(entry.return_name).by_day
    return LoadedLine(
        entry.load_id,
        f"{words}, {entry.year}" if entry.year and not by_day else words,
        entry.file,
        covers_words(entry.covers_all),
        _moment(datetime.fromisoformat(entry.loaded_at)),
        f"{entry.rows_kept:,} kept, {entry.rows_rejected:,} rejected",
    )


def _name_key(subject: Subject, key: str) -> str:
    return f"Load {key}" if subject is Subject.LOAD else key


def _moment(at: datetime) -> str:
    return write_moment(at)
