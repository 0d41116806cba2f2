"""Meetings for tests: one that is planned, a clean start, and what was left behind."""

from datetime import date

from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.roles import Role
from web_fakes.site import client_as

CLERK = Actor("clerk", Role.CLERK)
MEET = date(2026, 12, 8)  # a Tuesday
_since = {"audit": 0}


def clear_meetings() -> None:
    """Take every meeting, plan and entry of the trail away; traces count from here."""
    from openscrutiny.scrutiny.meetings import models
    from openscrutiny.scrutiny.models import AuditEvent, Meeting, PaperRecord
    from openscrutiny.scrutiny.trail.models import Change, Entry, EntryLink

    for kept in (Change, EntryLink):
        kept.objects.all().delete()
    for name in ("ExecutiveResponse", "SentOnce", "Follow", "DigestAddress",
                 "WorkRequest", "AgendaItem", "Supplement", "DeadlineMark", "PresenterNote",
                 "MeetingPlan", "Timetable"):  # fmt: skip
        getattr(models, name).objects.all().delete()
    Entry.objects.exclude(answers=None).delete()
    Entry.objects.all().delete()
    PaperRecord.objects.all().delete()
    Meeting.objects.all().delete()
    last = AuditEvent.objects.order_by("id").last()  # it is only ever added to
    _since["audit"] = last.pk if last else 0


def planned(day: date = MEET, title: str = "Scrutiny") -> int:
    """Plan a meeting; give its number."""
    from openscrutiny.scrutiny.meetings.planning import add_meeting

    return add_meeting(CLERK, day, title)


def traces() -> list[tuple[str, str, int]]:
    """List who did what since the clean start, and which version it made."""
    from openscrutiny.scrutiny.models import AuditEvent

    found = AuditEvent.objects.filter(pk__gt=_since["audit"])
    found = found.exclude(action="refused").order_by("id")
    return [(one.actor, one.action, one.version) for one in found]


def page(role: str, address: str, status: int = 200) -> str:
    """Give a page as somebody reads it."""
    answer = client_as(role).get(address)
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())
