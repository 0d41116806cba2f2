"""Meetings laid out: what is to be said first, and what the committee is still owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openscrutiny.minutes.model import Kind
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.meetings.agenda_states import Paper
from openscrutiny.scrutiny.meetings.deadlines import QUESTIONS
from openscrutiny.scrutiny.meetings.listing import MeetingView
from openscrutiny.web.presenters.tracker import say_late

__all__ = ["LaidOut", "lay_out_meeting", "say_meetings", "say_when"]

Row = Mapping[str, Any]

_MOST_OWED: Final = 8


@dataclass(frozen=True)
class LaidOut:
    """Hold what a meeting's page says beside its lists."""

    when: str
    late: tuple[str, ...]
    owed: tuple[tuple[Row, str], ...]
    more_owed: int
    questions: tuple[Row, ...]
    asked_by: str  # until when members ask before the meeting
    recorded: int  # of this meeting, in the trail


def lay_out_meeting(view: MeetingView, trail: Sequence[Row], today: date) -> LaidOut:
    """Prepare a meeting's page; the trail is in its own order, what is due first."""
    mine = [row for row in trail if row["meeting_number"] == view.number]
    owed = [
        row
        for row in trail
        if row["owed"] and (row["meeting_day"] is None or row["meeting_day"] < view.day)
    ]
    due = view.find_due(QUESTIONS)
    return LaidOut(
        when=say_when(view.day, today),
        late=tuple(_say_who_is_late(one) for one in view.late),
        owed=tuple((row, say_late(row, today)) for row in owed[:_MOST_OWED]),
        more_owed=max(0, len(owed) - _MOST_OWED),
        questions=tuple(row for row in mine if row["kind"] == Kind.QUESTION),
        asked_by=format_date(due.deadline.day) if due else "",
        recorded=len(mine),
    )


def _say_who_is_late(due: Any) -> str:
    said = f"{due.deadline.who}: {due.deadline.words}, {due.said}"
    return f"{said}. {due.why}" if due.why else f"{said}, and no reason is given."


def say_when(day: date, today: date) -> str:
    """Say how far away a meeting is.

    >>> say_when(date(2026, 12, 8), date(2026, 11, 28))
    'in 10 days'
    """
    days = (day - today).days
    if days == 0:
        return "today"
    many = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"in {many}" if days > 0 else f"{many} ago"


def say_meetings(views: Sequence[MeetingView]) -> str:
    """Say in a sentence or two when the next meeting is and what is late for it."""
    coming = next((v for v in views if not v.is_past and not v.is_cancelled), None)
    if coming is None:
        return "No meeting is planned."
    said = f"The next meeting is on {format_date(coming.day)}."
    if not coming.is_planned:
        return f"{said} No timetable is kept of it."
    late = len(coming.late)
    things = "thing that was due is" if late == 1 else "things that were due are"
    follow = sum(item.state is Paper.TO_FOLLOW for item in coming.items)
    said += f" {late or 'No'} {things if late else 'thing that was due is'} late."
    if follow:
        said += f" {follow} {'paper is' if follow == 1 else 'papers are'} to follow."
    return said
