"""The trace of what people read and of what was refused to them.

What they change leaves its trace where it is changed, in the same transaction. No trace
holds a value of a record, or a text that somebody typed into the wrong box.
"""

from datetime import timedelta
from typing import Any, Final

from openscrutiny.adoption.local_codes import find_code
from openscrutiny.errors import OpenScrutinyError

__all__ = [
    "NOT_SIGNED_IN",
    "count_audit",
    "list_audit",
    "note_failed_sign_in",
    "note_refusal",
    "note_rows_read",
]

NOT_SIGNED_IN: Final = "(not signed in)"
# A stranger's tries at names that nobody has are one line a minute and source.
_QUIET: Final = timedelta(minutes=1)


def note_rows_read(actor: str, indicator: str, period: str, part: str) -> None:
    """Keep who looked at the rows behind which figure; "" is the command line.

    The database must be open. `period` is ours and not what was typed.
    """
    from openscrutiny.scrutiny.models import AuditEvent

    about = f"{_code(indicator)}, {part}, {period}"
    AuditEvent.objects.create(actor=actor, action="rows read", about=about[:200])


def note_refusal(actor: str, page: str, why: str, indicator: str = "") -> None:
    """Keep what somebody asked for and was refused: the page's own name, and why."""
    from openscrutiny.scrutiny.models import AuditEvent

    about = ", ".join(filter(None, (page, _code(indicator), why)))
    AuditEvent.objects.create(actor=actor, action="refused", about=about[:200])


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


def count_audit() -> int:
    """Count everything that left a trace."""
    from openscrutiny.scrutiny.models import AuditEvent

    return AuditEvent.objects.count()


def list_audit(start: int, size: int) -> list[Any]:
    """List some of what was done, the newest first, from place `start` (0) on."""
    from openscrutiny.scrutiny.models import AuditEvent

    return list(AuditEvent.objects.order_by("-id")[start : start + size])


def _code(indicator: str) -> str:
    """Give the code of an indicator; "" for any other text."""
    try:
        return find_code(indicator, {}) if indicator else ""
    except OpenScrutinyError:
        return ""
