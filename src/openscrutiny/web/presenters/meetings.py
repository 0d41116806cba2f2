"""Meetings laid out: what is to be said first, and what the committee is still owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openscrutiny.minutes.model import Kind
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.meetings.agenda_states import Paper
from openscrutiny.scrutiny.meetings.asking import last_day_to_ask
from openscrutiny.scrutiny.meetings.listing import MeetingView
from openscrutiny.web.presenters.tracker import say_late

Row = Mapping[str, Any]

_MOST_OWED: Final = 8


@dataclass(frozen=True)
class LaidOut:
    """Hold what a meeting's page says beside its lists."""

    when: str
    late: str
    owed: tuple[tuple[Row, str], ...]
    more_owed: int
    questions: tuple[Row, ...]
    ask_words: str  # until when members ask before the meeting
    may_still_ask: bool
    recorded: int  # of this meeting, in the trail


def lay_out_meeting(view: MeetingView, trail: Sequence[Row], today: date) -> LaidOut:
    """Prepare a meeting's page; the trail is in its own order, what is due first."""
    mine = [row for row in trail if row["meeting_number"] == view.number]
    owed = [
        row
        for row in trail
        if row["owed"] and (row["meeting_day"] is None or row["meeting_day"] < view.day)
    ]
    last = last_day_to_ask(view)
    may_ask = today <= last and not view.is_cancelled
    return LaidOut(
        when=say_when(view.day, today),
        late=_say_late(view),
        owed=tuple((row, say_late(row, today)) for row in owed[:_MOST_OWED]),
        more_owed=max(0, len(owed) - _MOST_OWED),
        questions=tuple(row for row in mine if row["kind"] == Kind.QUESTION),
        ask_words=f"Members’ questions {'are' if may_ask else 'were'} due by "
        f"{format_date(last)}, and are answered on the page or at the meeting.",
        may_still_ask=may_ask,
        recorded=len(mine),
    )


def _say_late(view: MeetingView) -> str:
    """Say how many things are late, and the first of them by name."""
    if not view.late:
        return ""
    first = view.late[0]
    said = f"{first.deadline.words} ({first.deadline.who}), {first.said}."
    many = len(view.late)
    return f"Late: {said}" if many == 1 else f"{many} things are late, first: {said}"


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
