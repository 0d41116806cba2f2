"""What is owed next of a meeting's sign-off, by whom and when, and what is late.

The days are those of the meeting's own timetable; where it has none, as committees plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.scrutiny.commentary.signoff import SignOff, Standing
from openscrutiny.scrutiny.commentary.states import PackState, SectionState
from openscrutiny.scrutiny.meetings.deadlines import DEFAULT_OFFSETS, plan_deadlines
from openscrutiny.scrutiny.meetings.listing import find_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE


@dataclass(frozen=True)
class Step:
    """Hold what is owed in a state: in a word, by whom, and the timetable's own key."""

    word: str
    who: str
    key: str


_SUBMIT: Final = Step("submitted", "its managers", "commentary")
_CLEAR: Final = Step("cleared", "legal and finance, recorded by the clerk", "clearance")
_OWED: Final[Mapping[str, Step]] = {
    SectionState.DRAFT: _SUBMIT,
    SectionState.CHALLENGED: _SUBMIT,
    SectionState.SUBMITTED: Step("signed", "the director", "challenge"),
    PackState.OPEN: Step("approved", "the Director of Children’s Services", "sign-off"),
    PackState.APPROVED: _CLEAR,
    PackState.LEGAL: _CLEAR,
    PackState.FINANCE: _CLEAR,
    PackState.CLEARED: Step("published", "the clerk", "publish"),
}


@dataclass(frozen=True)
class Due:
    """Hold what is owed next of a section or of the whole paper, by whom and when."""

    thing: str
    step: str  # "submitted", "signed" ...
    who: str
    day: date
    late: int  # days; 0 where it is not late

    @property
    def in_words(self) -> str:
        days = "day" if self.late == 1 else "days"
        return f"{self.late} {days} late" if self.late else ""


def list_due(held: SignOff, today: date) -> list[Due]:
    """List what is owed next, sections first; the whole paper waits for them.

    Nothing is owed of a meeting that is cancelled. The database must be open.
    """
    view = find_meeting(COMMAND_LINE, held.meeting, today)
    if view.is_cancelled:
        return []
    own = tuple(due.deadline for due in view.dues)
    planned = own or plan_deadlines(held.day, DEFAULT_OFFSETS)
    days = {one.key: one.day for one in planned}
    signed = all(one.state == SectionState.SIGNED for one in held.sections)
    things = [*held.sections, *([held.pack] if signed else [])]
    return [due for one in things if (due := _due_of(one, days, today))]


def _due_of(standing: Standing, days: Mapping[str, date], today: date) -> Due | None:
    step = _OWED.get(standing.state)
    if step is None:
        return None
    day = days[step.key]
    return Due(standing.thing, step.word, step.who, day, max(0, (today - day).days))
