"""What is due before and after a meeting, planned back from its day, and how it stands.

Plain values: this module knows nothing of the database or of pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.working_days import (
    CLEAR_DAYS,
    count_clear_days,
    last_day_to_publish,
    working_day_on_or_after,
    working_day_on_or_before,
)

PUBLISH, QUESTIONS, MEETING = "publish", "questions", "meeting"
# A council's timetable may begin at most so long before a meeting, and end after it.
_EARLIEST, _LATEST = -180, 90
_SOON: Final = timedelta(days=5)


@dataclass(frozen=True)
class Step:
    """Hold one thing that is due: `offset` days from the meeting, and who does it."""

    key: str
    words: str
    who: str
    offset: int


# As committees plan, in calendar days; each council may change the days.
STEPS: Final = (
    Step("programme", "Subjects agreed with the Chair", "Chair and clerk", -35),
    Step("freeze", "Returns loaded, checked and frozen", "Performance analyst", -25),
    Step(
        "figures", "Figures counted, small numbers hidden", "Performance analyst", -21
    ),
    Step("commentary", "Commentary written", "Service managers", -18),
    Step("challenge", "Commentary challenged", "Directors", -14),
    Step(
        "sign-off",
        "Pack signed off, Lead Member briefed",
        "Director of Children’s Services",
        -12,
    ),
    Step(
        "clearance",
        "Legal and finance clearance, exempt parts decided",
        "Monitoring officer",
        -10,
    ),
    Step("final", "Final papers with the clerk", "Directors", -9),
    Step(PUBLISH, "Agenda and papers published", "Clerk", -8),
    Step(QUESTIONS, "Members’ questions sent in", "Members", -4),
    Step("pre-meeting", "Members’ pre-meeting", "Chair", -1),
    Step("actions", "Actions confirmed", "Clerk", 3),
    Step("minutes", "Draft minutes sent round", "Clerk", 10),
)
DEFAULT_OFFSETS: Final[Mapping[str, int]] = {step.key: step.offset for step in STEPS}


@dataclass(frozen=True)
class Deadline:
    """Hold what is due on which day; `why` says how the day was found, if it moved."""

    key: str
    words: str
    who: str
    day: date
    why: str = ""


class Standing(StrEnum):
    """Name how a deadline stands on a day."""

    DONE = "done"
    DONE_LATE = "done late"
    LATE = "late"
    SOON = "due soon"
    TO_COME = "to come"


def plan_deadlines(meeting: date, offsets: Mapping[str, int]) -> tuple[Deadline, ...]:
    """Plan every deadline of a meeting, in the order of their days.

    A day that is not worked moves away from the meeting's side of it: before the
    meeting to the working day before, after it to the one after. Publication is never
    later than the last day that leaves five clear days.
    """
    found = [_plan(step, meeting, offsets[step.key]) for step in STEPS]
    order = {step.key: place for place, step in enumerate(STEPS)}
    return tuple(sorted(found, key=lambda one: (one.day, order[one.key])))


def _plan(step: Step, meeting: date, offset: int) -> Deadline:
    wanted = meeting + timedelta(days=offset)
    if offset < 0:
        day = working_day_on_or_before(wanted)
    else:
        day = working_day_on_or_after(wanted)
    why = "" if day == wanted else f"{format_date(wanted)} is not a working day."
    if step.key == PUBLISH:
        lawful = last_day_to_publish(meeting)
        if lawful < day:
            day = lawful
            why = f"The last day that leaves {CLEAR_DAYS} clear days."
    return Deadline(step.key, step.words, step.who, day, why)


def check_offsets(offsets: Mapping[str, int]) -> dict[str, int]:
    """Give a council's timetable back where it can be kept.

    Raises:
        OpenScrutinyError: a step is lacking or unknown, lies on the wrong side of the
            meeting or too far from it.
    """
    if set(offsets) != set(DEFAULT_OFFSETS):
        raise OpenScrutinyError(
            "The timetable does not name every step once.",
            f"Name: {', '.join(DEFAULT_OFFSETS)}.",
        )
    for step in STEPS:
        days = offsets[step.key]
        before = step.offset < 0
        if before != (days < 0) or not _EARLIEST <= days <= _LATEST:
            side = (
                f"1 to {-_EARLIEST} days before" if before else f"0 to {_LATEST} after"
            )
            raise OpenScrutinyError(
                f"“{step.words}” cannot be due {abs(days)} days "
                f"{'before' if days < 0 else 'after'} a meeting.",
                f"Give {side}.",
            )
    return dict(offsets)


def stand_on(due: date, done_on: date | None, today: date) -> Standing:
    """Say how a deadline stands on a day; what is done stays as it was done."""
    if done_on is not None:
        return Standing.DONE if done_on <= due else Standing.DONE_LATE
    if due < today:
        return Standing.LATE
    return Standing.SOON if due - today <= _SOON else Standing.TO_COME


def say_standing(due: date, done_on: date | None, today: date) -> str:
    """Say the same in words, with the days.

    >>> say_standing(date(2026, 11, 20), date(2026, 11, 24), date(2026, 12, 1))
    'Done on 24 November 2026, 4 days late'
    """
    match stand_on(due, done_on, today):
        case Standing.DONE if done_on:
            return f"Done on {format_date(done_on)}"
        case Standing.DONE_LATE if done_on:
            return f"Done on {format_date(done_on)}, {_days((done_on - due).days)} late"
        case Standing.LATE:
            return f"{_days((today - due).days)} late"
        case _:
            days = (due - today).days
            return "Due today" if days == 0 else f"Due in {_days(days)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def say_clear_days(published: date, meeting: date) -> str:
    """Say how many clear days a publication leaves, and whether the law asks for more.

    >>> say_clear_days(date(2026, 12, 1), date(2026, 12, 8))
    '4 clear days: 1 too few (Local Government Act 1972, section 100B)'
    """
    clear = count_clear_days(published, meeting)
    said = "1 clear day" if clear == 1 else f"{clear} clear days"
    if clear >= CLEAR_DAYS:
        return said
    short = CLEAR_DAYS - clear
    return f"{said}: {short} too few (Local Government Act 1972, section 100B)"
