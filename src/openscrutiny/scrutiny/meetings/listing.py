"""Meetings as plain values: when, what is due and how it stands, the agenda, who is late.

For commands, pages and papers alike. The database must be open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, localtime, now

from openscrutiny.periods import format_date
from openscrutiny.scrutiny.meetings.agenda_states import AFTER, Paper
from openscrutiny.scrutiny.meetings.deadlines import (
    DEFAULT_OFFSETS,
    Deadline,
    Standing,
    plan_deadlines,
    say_clear_days,
    say_standing,
    stand_on,
)
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may


@dataclass(frozen=True)
class Due:
    """Hold one deadline, how it stands today, and what was said of it."""

    deadline: Deadline
    standing: Standing
    said: str
    done_on: date | None
    why: str
    by: str

    @property
    def is_late(self) -> bool:
        return self.standing is Standing.LATE

    @property
    def is_open(self) -> bool:
        return self.done_on is None


@dataclass(frozen=True)
class Item:
    """Hold one item of an agenda with the state of its paper, and what may follow."""

    number: int
    title: str
    purpose: str
    presenter: str
    state: Paper
    why: str
    expected: date | None
    published_at: datetime | None
    supplement: int
    may_follow: tuple[Paper, ...]


@dataclass(frozen=True)
class MeetingView:
    """Hold all that is known of one meeting on a day."""

    number: int
    title: str
    day: date
    version: int
    is_planned: bool
    dues: tuple[Due, ...]
    items: tuple[Item, ...]
    supplements: tuple[tuple[int, datetime, str], ...]
    order: tuple[str, ...]
    published_at: datetime | None
    clear_days: str
    cancelled_why: str
    cancelled_by: str
    cancelled_at: datetime | None
    is_past: bool

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def late(self) -> tuple[Due, ...]:
        """What is late and not done; of a cancelled meeting nothing is."""
        return () if self.is_cancelled else tuple(d for d in self.dues if d.is_late)

    @property
    def next_due(self) -> Due | None:
        """What is due next, late things first."""
        if self.is_cancelled:
            return None
        return next((due for due in self.dues if due.is_open), None)

    @property
    def to_follow(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state is Paper.TO_FOLLOW)

    @property
    def done(self) -> int:
        return sum(not due.is_open for due in self.dues)

    def find_due(self, key: str) -> Due | None:
        """Find a deadline by the key of its step."""
        return next((due for due in self.dues if due.deadline.key == key), None)


def today_here() -> date:
    """Give today by the clocks of England."""
    return localdate()


def now_here() -> datetime:
    """Give this moment, with its zone."""
    return now()


def write_moment(moment: datetime) -> str:
    """Write a date and time as 31 March 2026, 14:05, by the clocks of England."""
    here = localtime(moment)
    return f"{format_date(here)}, {here:%H:%M}"


def list_meetings(actor: Actor, today: date) -> list[MeetingView]:
    """List every meeting: those to come, the soonest first, then the others, latest first."""
    check_may(actor, Permission.SEE_MEETINGS)
    views = [_view(meeting, today) for meeting in _meetings()]
    to_come = [view for view in views if not view.is_past]
    past = [view for view in views if view.is_past]
    return [*to_come, *reversed(past)]


def find_meeting(actor: Actor, number: int, today: date) -> MeetingView:
    """Find one meeting. Raises OpenScrutinyError where there is none."""
    check_may(actor, Permission.SEE_MEETINGS)
    return _view(Meeting.get(number, _meetings()), today)


def _meetings() -> Any:
    found = Meeting.objects.select_related("plan").order_by("date", "id")
    return found.prefetch_related(
        "plan__marks", "plan__items__supplement", "plan__supplements"
    )


def _view(meeting: Meeting, today: date) -> MeetingView:
    plan: Any = getattr(meeting, "plan", None)
    published = _day(plan.published_at) if plan else None
    return MeetingView(
        number=int(meeting.pk),
        title=meeting.title,
        day=meeting.date,
        version=plan.version if plan else 1,
        is_planned=bool(plan and plan.offsets),
        dues=_dues(plan, meeting, today) if plan else (),
        items=tuple(map(_item, plan.items.all())) if plan else (),
        supplements=tuple((s.number, s.at, s.by) for s in plan.supplements.all())
        if plan
        else (),
        order=tuple(plan.order) if plan else (),
        published_at=plan.published_at if plan else None,
        clear_days=say_clear_days(published, meeting.date) if published else "",
        cancelled_why=plan.cancelled_why if plan else "",
        cancelled_by=plan.cancelled_by if plan else "",
        cancelled_at=plan.cancelled_at if plan else None,
        is_past=meeting.date < today,
    )


def _dues(plan: Any, meeting: Meeting, today: date) -> tuple[Due, ...]:
    if not plan.offsets:
        return ()
    added = _day(meeting.created_at)
    marks = {mark.key: mark for mark in plan.marks.all()}
    planned = plan_deadlines(meeting.date, {**DEFAULT_OFFSETS, **plan.offsets})
    return tuple(_due(one, marks.get(one.key), today, added) for one in planned)


def _due(one: Deadline, kept: Any, today: date, added: date | None) -> Due:
    done_on = kept.done_on if kept else None
    why = kept.late_why if kept else ""
    if not why and done_on is None and added is not None and one.day < added:
        why = "It was due before the meeting was added here."
    return Due(
        one,
        stand_on(one.day, done_on, today),
        say_standing(one.day, done_on, today),
        done_on,
        why,
        kept.by if kept else "",
    )


def _item(one: Any) -> Item:
    state = Paper(one.state)
    return Item(
        number=one.number,
        title=one.title,
        purpose=one.purpose,
        presenter=one.presenter,
        state=state,
        why=one.follows_why if state in (Paper.TO_FOLLOW, Paper.WITHDRAWN) else "",
        expected=one.expected,
        published_at=one.published_at,
        supplement=one.supplement.number if one.supplement else 0,
        may_follow=AFTER[state],
    )


def _day(moment: datetime | None) -> date | None:
    """Give the day of a moment by the clocks of England."""
    return localdate(moment) if moment else None


def rows_of(views: Iterable[MeetingView]) -> list[dict[str, Any]]:
    """Give meetings as rows for a machine to read."""
    return [
        {
            "meeting": view.number,
            "date": view.day.isoformat(),
            "title": view.title,
            "state": "cancelled"
            if view.is_cancelled
            else "planned"
            if view.is_planned
            else "no timetable",
            "cancelled_why": view.cancelled_why,
            "published_at": view.published_at.isoformat() if view.published_at else "",
            "items": len(view.items),
            "to_follow": len(view.to_follow),
            "deadlines": len(view.dues),
            "done": view.done,
            "late": [due.deadline.key for due in view.late],
        }
        for view in views
    ]


def deadline_rows(view: MeetingView) -> list[dict[str, Any]]:
    """Give what is due for a meeting as rows for a machine to read."""
    return [
        {
            "key": due.deadline.key,
            "what": due.deadline.words,
            "who": due.deadline.who,
            "due": due.deadline.day.isoformat(),
            "due_why": due.deadline.why,
            "state": due.standing.value,
            "done_on": due.done_on.isoformat() if due.done_on else "",
            "why": due.why,
            "said_by": due.by,
        }
        for due in view.dues
    ]
