"""The trace of what people read and of what was refused to them.

What they change leaves its trace where it is changed, in the same transaction. No trace
holds a value of a record, or a text that somebody typed into the wrong box. It is read
in inspecting.py.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from openscrutiny.adoption.local_codes import find_code
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.chain import GENESIS, Event, seal_event
from openscrutiny.scrutiny.heads import note_kept, note_written
from openscrutiny.scrutiny.models import AuditEvent, Person
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may

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
    _append(actor.name, action, about, thing, version)


def _append(
    who: str, action: str, about: str = "", thing: str = "", version: int = 0
) -> None:
    """Add one event to the end of the chain: whoever adds holds it alone till the end.

    SQLite has one writer from the beginning of a transaction; PostgreSQL is asked for
    a lock of this name. A second event at one place is refused by the database.
    """
    folder = Path(settings.OPENSCRUTINY_FOLDER)
    with transaction.atomic():
        _hold_the_end()
        last = AuditEvent.objects.order_by("-id").values_list("id", "digest").first()
        place, former = last or (0, GENESIS)
        event = seal_event(
            Event(
                place + 1,
                timezone.now(),
                who[:100],
                action,
                about[:200],
                thing,
                version,
                former,
            )
        )
        note_written(folder, event.place, event.digest)
        AuditEvent.of(event).save(force_insert=True)
        transaction.on_commit(partial(note_kept, folder, event.place, event.digest))


def _hold_the_end() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('openscrutiny audit'))"
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


def note_failed_sign_in(
    name: str, address: str, action: str = "sign-in failed"
) -> None:
    """Keep that somebody failed to sign in, and from where.

    The name only where somebody bears it: others are often passwords in the wrong box.
    """
    known = Person.objects.filter(name=name.strip().lower()).exists()
    who = name.strip().lower() if known else "a name that nobody has"
    about = f"{who}, from {address or 'an unknown address'}"
    _note_stranger(action, about, is_rare=known)


def note_refused_sign_on(why: str, address: str) -> None:
    """Keep that somebody came from single sign-on and was not let in, and why."""
    about = f"{why}, from {address or 'an unknown address'}"
    _note_stranger("single sign-on refused", about, is_rare=False)


def _note_stranger(action: str, about: str, *, is_rare: bool) -> None:
    same = {"actor": NOT_SIGNED_IN, "action": action, "about": about[:200]}
    with transaction.atomic():
        since = timezone.now() - _QUIET
        if is_rare or not AuditEvent.objects.filter(**same, at__gt=since).exists():
            _append(NOT_SIGNED_IN, action, about)


def _code(indicator: str) -> str:
    """Give the code of an indicator; "" for any other text."""
    try:
        return find_code(indicator, {}) if indicator else ""
    except OpenScrutinyError:
        return ""
