"""What the clerk decides of a meeting: its day, title, timetable; that it is cancelled.

And what those who owe something by a day say of it. The database must be open.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.meetings.deadlines import (
    DEFAULT_OFFSETS,
    Deadline,
    check_offsets,
    plan_deadlines,
)
from openscrutiny.scrutiny.meetings.models import DeadlineMark, MeetingPlan, Timetable
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.typing_in import checked_day, needed_words, tidy


def record_meeting(actor: Actor, day: date, title: str) -> Meeting:
    """Add a meeting alone, as one that was held before a timetable was kept."""
    check_may(actor, Permission.KEEP_MEETINGS)
    tidy_title = needed_words(title, "title of the meeting", 200)
    checked_day(day, "day of the meeting")
    with transaction.atomic():
        meeting = Meeting.objects.create(date=day, title=tidy_title)
        thing = f"meeting {meeting.pk}"
        leave_trace(actor, "meeting added", str(meeting), thing=thing, version=1)
    return meeting


def add_meeting(actor: Actor, day: date, title: str) -> int:
    """Add a meeting with the council's timetable; give its number.

    Raises:
        OpenScrutinyError: there is such a meeting already, or it cannot be kept so.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    with transaction.atomic():
        _refuse_same(day, title, None)
        meeting = record_meeting(actor, day, title)
        MeetingPlan.objects.create(meeting=meeting, offsets=timetable_now())
    return int(meeting.pk)


def change(actor: Actor, number: int, *, day: date, title: str) -> None:
    """Give a meeting another day or title; what is due moves with the day.

    Raises:
        OpenScrutinyError: it is not there or cancelled, or cannot be kept so.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    with transaction.atomic():
        plan = find_open_plan(number)
        meeting = plan.meeting
        title = needed_words(title, "title of the meeting", 200)
        checked_day(day, "day of the meeting")
        if (meeting.date, meeting.title) == (day, title):
            return
        _refuse_same(day, title, meeting.pk)
        before = str(meeting)
        meeting.date, meeting.title = day, title
        meeting.save(update_fields=["date", "title"])
        keep_change(plan, actor, "meeting changed", f"{before} became {meeting}")


def _refuse_same(day: date, title: str, other_than: int | None) -> None:
    same = Meeting.objects.filter(date=day, title=" ".join(title.split()))
    same = same.exclude(pk=other_than).exclude(plan__cancelled_at__isnull=False)
    if there := same.first():
        raise OpenScrutinyError(
            f"Meeting {there.pk} is of the same day and title.",
            "Change that one, or give another title.",
        )


def cancel(actor: Actor, number: int, why: str) -> None:
    """Cancel a meeting with its reason; it stays in the list, and its trail too.

    Raises:
        OpenScrutinyError: it is not there or cancelled already, or there is no reason.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    with transaction.atomic():
        plan = find_open_plan(number)
        plan.cancelled_why = needed_words(why, "reason for cancelling it")
        plan.cancelled_by = actor.name
        plan.cancelled_at = timezone.now()
        keep_change(
            plan,
            actor,
            "meeting cancelled",
            f"{plan.meeting}: {plan.cancelled_why}",
            "cancelled_why",
            "cancelled_by",
            "cancelled_at",
        )


def keep_change(
    plan: MeetingPlan, actor: Actor, action: str, about: str = "", *fields: str
) -> None:
    """Save fields of a plan as its next version, and leave the trace of it."""
    plan.version += 1
    plan.save(update_fields=["version", *fields])
    thing = f"meeting {plan.meeting_id}"
    leave_trace(actor, action, about, thing=thing, version=plan.version)


def find_open_plan(number: int) -> MeetingPlan:
    """Give the plan of a meeting that still stands, held until the transaction ends.

    A meeting of before timetables were kept gets a plan without one.

    Raises:
        OpenScrutinyError: there is no such meeting, or it is cancelled.
    """
    meeting = Meeting.hold(number)
    plan, _ = MeetingPlan.objects.get_or_create(
        meeting=meeting, defaults={"offsets": {}}
    )
    plan.meeting = meeting
    if plan.cancelled_at is not None:
        raise OpenScrutinyError(
            f"Meeting {number} is cancelled: {plan.cancelled_why}",
            "Add another meeting instead.",
        )
    return plan


# ---------- The timetable ----------


def timetable_now() -> dict[str, int]:
    """Give the council's timetable: days from a meeting by step; else the usual one.

    A step that came with a later version of the product has its usual day.
    """
    saved = Timetable.objects.last()
    return {**DEFAULT_OFFSETS, **(saved.offsets if saved else {})}


def save_timetable(actor: Actor, offsets: Mapping[str, int]) -> None:
    """Save the council's timetable, for meetings that are planned from now on.

    Raises:
        OpenScrutinyError: a step is lacking, unknown, or on the wrong side.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    checked = check_offsets(offsets)
    with transaction.atomic():
        if timetable_now() == checked:
            return
        saved = Timetable.objects.create(offsets=checked, actor=actor.name)
        leave_trace(
            actor,
            "timetable saved",
            thing="timetable",
            version=Timetable.objects.filter(pk__lte=saved.pk).count(),
        )


def keep_timetable(actor: Actor, number: int) -> None:
    """Plan a meeting by the council's timetable as it is now, anew where it was."""
    check_may(actor, Permission.KEEP_MEETINGS)
    with transaction.atomic():
        plan = find_open_plan(number)
        now = timetable_now()
        if plan.offsets != now:
            plan.offsets = now
            keep_change(plan, actor, "meeting planned", str(plan.meeting), "offsets")


# ---------- What is due ----------


def mark(
    actor: Actor,
    number: int,
    key: str,
    *,
    done_on: date | None,
    today: date,
    why: str = "",
) -> None:
    """Say that something due was done on a day, or why it is not.

    Raises:
        OpenScrutinyError: nothing of the kind is due, the day is to come, or what is
            late has no reason.
    """
    check_may(actor, Permission.MARK_DEADLINES)
    said = tidy(why, "reason")
    with transaction.atomic():
        plan = find_open_plan(number)
        due = _find_due(plan, key)
        if done_on is not None and done_on > today:
            raise OpenScrutinyError(
                f"{format_date(done_on)} is still to come.",
                "Give the day on which it was done.",
            )
        is_late = (done_on or today) > due.day
        if (is_late or done_on is None) and not said:
            raise OpenScrutinyError(
                f"It was due on {format_date(due.day)}."
                if is_late
                else "It is not said that it is done.",
                "Say in a few words why it is late."
                if is_late
                else "Give the day on which it was done, or say what keeps it.",
            )
        kept, _ = DeadlineMark.objects.get_or_create(plan=plan, key=key)
        kept.done_on, kept.late_why, kept.by = done_on, said, actor.name
        kept.save()
        state = f"done on {done_on}" if done_on else "not done"
        keep_change(plan, actor, "deadline marked", f"{due.words}: {state}")


def _find_due(plan: MeetingPlan, key: str) -> Deadline:
    planned = (
        plan_deadlines(plan.meeting.date, {**DEFAULT_OFFSETS, **plan.offsets})
        if plan.offsets
        else ()
    )
    found = next((one for one in planned if one.key == key), None)
    if found is None:
        raise OpenScrutinyError(
            f"Nothing called “{key[:20]}” is due for this meeting.",
            f"Name one of: {', '.join(one.key for one in planned)}."
            if planned
            else "Keep a timetable of it first.",
        )
    return found
