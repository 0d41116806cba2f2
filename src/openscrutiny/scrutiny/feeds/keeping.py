"""Making, using and withdrawing the keys by which tools read figures for somebody.

A key opens what its reader may see at the moment of reading, and of it no more than
the audience that was chosen for it; never a record of a child. It is shown once.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.access.factors import find_factor
from openscrutiny.scrutiny.access.models import OutsideIdentity
from openscrutiny.scrutiny.access.requiring import must_have
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.feeds.models import ReaderKey
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import DecisionError, SignIn
from openscrutiny.scrutiny.roles import audience_of
from openscrutiny.scrutiny.typing_in import tidy

LASTS: Final = timedelta(days=366)
_MOST: Final = 20  # open keys of one reader
_PREFIX: Final = "osk_"  # so that a key that lies about is known for what it is
_BYTES: Final = 32


@dataclass(frozen=True)
class KeyRow:
    """Hold what its reader sees of a key; `state` is open, ended or withdrawn."""

    number: int
    label: str
    audience: Audience
    made_on: date
    ends_on: date
    last_used_on: date | None
    state: str


@dataclass(frozen=True)
class KeyHolder:
    """Hold who reads by a key, and what it opens of what they may see."""

    person: Any
    audience: Audience
    number: int
    label: str


def list_audiences(actor: Actor) -> tuple[Audience, ...]:
    """List for whom a reader can make a key: not for more than they see themselves."""
    if actor.role is None:
        return ()
    own = audience_of(actor.role)
    return (own, Audience.MEMBERS) if own is Audience.OFFICERS else (own,)


def make_key(
    actor: Actor, label: str, audience: str, today: date, until: date | None = None
) -> str:
    """Make a key for somebody’s own tools; give it, shown only now.

    `until` is its last day: a year away unless given, and no further.

    Raises:
        DecisionError: a label, audience or day that cannot be; twenty keys are open.
        MayNotError: this person may take no figures out.
    """
    check_may(actor, Permission.TAKE_FIGURES)
    name, whom = _tidy_label(label), _find_audience(actor, audience)
    last = until or today + LASTS
    if not today <= last <= today + LASTS:
        raise DecisionError(
            "A key ends today at the earliest and in a year at the latest.",
            f"Give a day from {today.isoformat()} to {(today + LASTS).isoformat()}.",
            field="until",
        )
    key = _PREFIX + secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(name=actor.name)
        mine = ReaderKey.objects.filter(person=person, withdrawn_at=None)
        if mine.filter(ends_on__gte=today).count() >= _MOST:
            raise DecisionError(
                f"You have {_MOST} keys already.", "Withdraw one that nothing uses."
            )
        made = ReaderKey.objects.create(
            person=person,
            label=name,
            audience=whom.value,
            digest=_digest(key),
            ends_on=last,
        )
        about = f"for {whom.value}, until {last.isoformat()}"
        leave_trace(actor, "key made", about, thing=f"key {made.pk}", version=1)
    return key


def withdraw_key(actor: Actor, number: int) -> None:
    """Withdraw one’s own key: from now on it opens nothing.

    Raises:
        DecisionError: this person has no open key of this number.
    """
    check_may(actor, Permission.TAKE_FIGURES)
    with transaction.atomic():
        mine = ReaderKey.objects.filter(person__name=actor.name, withdrawn_at=None)
        if not mine.filter(pk=number).update(withdrawn_at=timezone.now()):
            raise DecisionError(
                f"You have no open key {number}.", "See the list: it may be withdrawn."
            )
        leave_trace(actor, "key withdrawn", thing=f"key {number}", version=2)


def list_keys(actor: Actor, today: date) -> list[KeyRow]:
    """List somebody’s own keys, the newest first."""
    check_may(actor, Permission.TAKE_FIGURES)
    return [
        KeyRow(
            number=key.pk,
            label=key.label,
            audience=Audience(key.audience),
            made_on=key.made_at.date(),
            ends_on=key.ends_on,
            last_used_on=key.last_used_on,
            state=_state_of(key, today),
        )
        for key in ReaderKey.objects.filter(person__name=actor.name)
    ]


def find_holder(key: str, today: date) -> KeyHolder | None:
    """Find who reads by a key; none where it opens nothing, whatever the reason.

    It opens nothing once it is withdrawn or has ended, once its reader has left or may
    not sign in yet, owes a second factor (theirs was taken away), and where the reader’s
    role no longer sees what it was made for.
    """
    kept = ReaderKey.objects.filter(digest=_digest(key)).select_related("person")
    found = kept.first()
    if found is None or _state_of(found, today) != "open":
        return None
    person, audience = found.person, Audience(found.audience)
    if person.sign_in_state is not SignIn.OPEN or person.must_change_password:
        return None
    if audience not in list_audiences(person.actor) or _owes_factor(person):
        return None
    return KeyHolder(person, audience, found.pk, found.label)


def note_taken(holder: KeyHolder, today: date) -> None:
    """Keep that a key was used: once a day, since tools fetch every hour."""
    with transaction.atomic():
        mine = ReaderKey.objects.filter(pk=holder.number)
        if mine.exclude(last_used_on=today).update(last_used_on=today):
            about = f"for {holder.audience.value}"
            thing = f"key {holder.number}"
            leave_trace(holder.person.actor, "key used", about, thing=thing)


def _owes_factor(person: Any) -> bool:
    if not must_have(person) or find_factor(person) is not None:
        return False
    return not OutsideIdentity.objects.filter(person=person).exists()


def _state_of(key: Any, today: date) -> str:
    if key.withdrawn_at is not None:
        return "withdrawn"
    return "ended" if key.ends_on < today else "open"


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _tidy_label(label: str) -> str:
    tidied = tidy(label, "name", 60, field="label")
    if not tidied:
        raise DecisionError(
            "A key needs a name.",
            "Say what will use it, such as “Power BI, performance team”.",
            field="label",
        )
    return tidied


def _find_audience(actor: Actor, audience: str) -> Audience:
    for one in list_audiences(actor):
        if one.value == audience:
            return one
    raise DecisionError(
        "You can make no key for these figures.",
        "Choose among those that the form offers.",
        field="audience",
    )
