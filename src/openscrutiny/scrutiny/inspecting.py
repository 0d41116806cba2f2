"""Reading the audit: a part of it by person, act, thing and day, and whether it is whole.

Nothing here changes anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.chain import Break, Verified, verify
from openscrutiny.scrutiny.guarding import lacks_guards, put_guards
from openscrutiny.scrutiny.heads import read_noted
from openscrutiny.scrutiny.models import AuditEvent
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.typed import TypedError, read_day

AUDIT_COLUMNS: Final = (
    "place", "at", "who", "action", "about", "thing", "version", "former", "digest"
)  # fmt: skip
BY_COMMAND: Final = "Command line"
_UNGUARDED: Final = (
    "The database has no trigger that refuses a change of the audit. Put them back "
    "with: openscrutiny audit guard"
)


@dataclass(frozen=True)
class Asked:
    """Hold which part of the audit is asked for, each field as it was typed."""

    person: str = ""
    action: str = ""
    thing: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """Take the fields that an address or a command gave."""
        return cls(**{f.name: typed.get(f.name, "").strip()[:140] for f in fields(cls)})

    def wrong(self) -> dict[str, str]:
        """Tell what is wrong with each day that is none."""
        told = {}
        for name in ("since", "until"):
            try:
                _day(getattr(self, name))
            except TypedError as error:
                told[name] = f"The day {error.what}. {error.fix}"
        return told


def count_audit(actor: Actor, asked: Asked | None = None) -> int:
    """Count what left a trace, all of it or the part that is asked for."""
    check_may(actor, Permission.SEE_AUDIT)
    return int(_choose(asked or Asked()).count())


def list_audit(
    actor: Actor, start: int = 0, size: int | None = None, asked: Asked | None = None
) -> list[Any]:
    """List what was done, the newest first, from place `start` (0) on."""
    check_may(actor, Permission.SEE_AUDIT)
    rows = _choose(asked or Asked()).order_by("-id")
    return list(rows[start : None if size is None else start + size])


def list_actions(actor: Actor) -> list[str]:
    """List every act that left a trace, by name."""
    check_may(actor, Permission.SEE_AUDIT)
    names = AuditEvent.objects.order_by().values_list("action", flat=True)
    return sorted(names.distinct())


def row_of(event: Any) -> dict[str, Any]:
    """Give an event in the columns of its files."""
    return {
        "place": event.id,
        "at": event.at.isoformat(timespec="microseconds"),
        "who": event.actor or BY_COMMAND,
        **{name: getattr(event, name) for name in AUDIT_COLUMNS[3:]},
    }


def verify_audit(actor: Actor) -> Verified:
    """Hold the whole chain against itself and against the file beside the database."""
    check_may(actor, Permission.SEE_AUDIT)
    folder = Path(settings.OPENSCRUTINY_FOLDER)
    # What the file calls kept before the rows are read is among them; what it calls
    # written once their reading has begun holds all of them. So nobody has to wait.
    kept = read_noted(folder).kept
    rows = AuditEvent.objects.order_by("id").iterator(2_000)
    first = list(islice(rows, 1))
    noted = replace(read_noted(folder), kept=kept)
    found = verify((row.event for row in chain(first, rows)), noted)
    if lacks_guards(connection):
        found = replace(found, breaks=(Break(0, _UNGUARDED), *found.breaks))
    return found


def guard_audit(actor: Actor) -> None:
    """Put the triggers that refuse a change of the audit where they are missing."""
    check_may(actor, Permission.GUARD_AUDIT)
    with transaction.atomic():
        put_guards(connection)
        leave_trace(actor, "audit guarded", thing="audit")


def _choose(asked: Asked) -> Any:
    """Pick the rows; a day that is none picks nothing away: the page says it is wrong."""
    rows = AuditEvent.objects.all()
    if asked.person:
        is_command = asked.person.casefold() == BY_COMMAND.casefold()
        rows = rows.filter(actor="" if is_command else asked.person.lower())
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.thing:
        rows = rows.filter(thing__icontains=asked.thing)
    if not asked.wrong():
        if since := _day(asked.since):
            rows = rows.filter(at__gte=_begins(since))
        if until := _day(asked.until):
            rows = rows.filter(at__lt=_begins(until + timedelta(days=1)))
    return rows


def _day(words: str) -> date | None:
    return read_day(words) if words else None


def _begins(day: date) -> datetime:
    """Give the moment at which a day begins by the clocks of England."""
    return timezone.make_aware(datetime.combine(day, time.min))
