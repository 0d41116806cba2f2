"""Whom of our people somebody is who comes from single sign-on.

Who is unknown gets no role: they wait until somebody who keeps people gives them one.
"""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openscrutiny.scrutiny.access.models import OutsideIdentity
from openscrutiny.scrutiny.access.provider import SignOnError, Who
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import SignIn

_WAITS: Final = timedelta(days=30)
_NO_ROLE: Final = (
    "no role",
    "You have no role here yet.",
    "Ask a director of the service for one: they see on the page People that you wait. "
    "Then sign in again.",
)
_NO_EMAIL: Final = (
    "no verified e-mail",
    "Your sign-on service does not vouch for an e-mail address of yours.",
    "Ask those who keep your council’s accounts to send it, with the claim that it is "
    "verified.",
)
_ANOTHER: Final = (
    "another account",
    "This e-mail address belongs to a sign-in of another account.",
    "Ask a director: whoever had the address before has to leave first.",
)
_OVER: Final = (
    "sign-in ended",
    "Your sign-in here has ended.",
    "Ask a director for a later day, if you still need one.",
)


def find_person(who: Who) -> Any:
    """Find whom of our people this is; tie the two at the first time.

    What is never changed ties them: an e-mail that is later somebody else's lets nobody
    in. Raises SignOnError.
    """
    with transaction.atomic():
        person = _find_tied(who) or _tie(who)
    if person is None:
        raise SignOnError(*_NO_ROLE)
    if person.sign_in_state is not SignIn.OPEN:
        is_left = person.sign_in_state is SignIn.LEFT
        raise SignOnError(*(_NO_ROLE if is_left else _OVER))
    return person


def list_waiting(actor: Actor) -> list[Any]:
    """List who came from single sign-on and has no role, the latest first."""
    check_may(actor, Permission.ADD_PEOPLE)
    there = Person.objects.filter(is_active=True).values("name")
    waiting = OutsideIdentity.objects.filter(person=None).exclude(email__in=there)
    return list(waiting.order_by("-at"))


def _find_tied(who: Who) -> Any:
    tied = OutsideIdentity.objects.select_related("person").filter(
        issuer=who.issuer, subject=who.subject
    )
    found = tied.first()
    return found.person if found else None


def _tie(who: Who) -> Any:
    """Tie an account to whom of ours bears its e-mail; None where nobody does."""
    if not who.email:
        raise SignOnError(*_NO_EMAIL)
    now = timezone.now()
    OutsideIdentity.objects.filter(person=None, at__lte=now - _WAITS).delete()
    # First sign-ins with one e-mail wait here for each other.
    known = Person.objects.filter(name=who.email, is_demo=False)
    person = known.select_for_update().first()
    if person is not None and (tied := _find_tied(who)):
        return tied  # by one that came in the same moment
    if person is not None and not person.is_active:
        person = None  # who left comes back by being added again
    if person and OutsideIdentity.objects.filter(person=person).exists():
        raise SignOnError(*_ANOTHER)
    OutsideIdentity.objects.update_or_create(
        issuer=who.issuer,
        subject=who.subject,
        defaults={"person": person, "email": who.email[:100], "at": now},
    )
    if person is not None:
        leave_trace(person.actor, "single sign-on tied", thing=f"person {person.name}")
    return person
