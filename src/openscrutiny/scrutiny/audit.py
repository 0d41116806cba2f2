"""The trace of what people read and of what was refused to them.

What they change leaves its trace where it is changed, in the same transaction. No trace
holds a value of a record, or a text that somebody typed into the wrong box.
"""

from datetime import timedelta
from typing import Any, Final

from openscrutiny.adoption.local_codes import find_code
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may

__all__ = [
    "NOT_SIGNED_IN",
    "count_audit",
    "leave_trace",
    "list_audit",
    "note_failed_sign_in",
    "note_refusal",
    "note_rows_read",
]

NOT_SIGNED_IN: Final = "(not signed in)"
# A stranger's tries at names that nobody has are one line a minute and source.
_QUIET: Final = timedelta(minutes=1)


def leave_trace(
    actor: Actor, action: str, about: str = "", *, thing: str = "", version: int = 0
) -> None:
    """Keep that somebody did something, in the transaction in which it is done.

    `thing` names what was changed ("target FD2", "event 3") and `version` which state
    of it there is now; 0 where a thing has no versions. The database must be open.
    """
    from openscrutiny.scrutiny.models import AuditEvent

    AuditEvent.objects.create(
        actor=actor.name, action=action, about=about[:200], thing=thing, version=version
    )


def note_rows_read(actor: Actor, indicator: str, period: str, part: str) -> None:
    """Keep who looked at the rows behind which figure.

    `period` is ours and not what was typed.
    """
    check_may(actor, Permission.SEE_ROWS)
    code = _code(indicator)
    leave_trace(
        actor, "rows read", f"{code}, {part}, {period}", thing=f"indicator {code}"
    )


def note_refusal(actor: Actor, page: str, why: str, indicator: str = "") -> None:
    """Keep what somebody asked for and was refused: the page's own name, and why."""
    about = ", ".join(filter(None, (page, _code(indicator), why)))
    leave_trace(actor, "refused", about, thing=f"page {page}")


def note_failed_sign_in(name: str, address: str) -> None:
    """Keep that somebody failed to sign in, and from where.

    The name only where somebody bears it: others are often passwords in the wrong box.
    """
    from django.utils import timezone

    from openscrutiny.scrutiny.models import AuditEvent, Person

    known = Person.objects.filter(name=name.strip().lower()).exists()
    who = name.strip().lower() if known else "a name that nobody has"
    facts = {
        "actor": NOT_SIGNED_IN,
        "action": "sign-in failed",
        "about": f"{who}, from {address or 'an unknown address'}"[:200],
    }
    since = timezone.now() - _QUIET
    if known or not AuditEvent.objects.filter(**facts, at__gt=since).exists():
        AuditEvent.objects.create(**facts)


def count_audit(actor: Actor) -> int:
    """Count everything that left a trace."""
    check_may(actor, Permission.SEE_AUDIT)
    from openscrutiny.scrutiny.models import AuditEvent

    return AuditEvent.objects.count()


def list_audit(actor: Actor, start: int, size: int) -> list[Any]:
    """List some of what was done, the newest first, from place `start` (0) on."""
    check_may(actor, Permission.SEE_AUDIT)
    from openscrutiny.scrutiny.models import AuditEvent

    return list(AuditEvent.objects.order_by("-id")[start : start + size])


def _code(indicator: str) -> str:
    """Give the code of an indicator; "" for any other text."""
    try:
        return find_code(indicator, {}) if indicator else ""
    except OpenScrutinyError:
        return ""
