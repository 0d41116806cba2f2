"""A person's second factor: set up, asked for at each sign-in, renewed, and taken away.

A code is checked under a lock of the person's row, so that of two at once with the same
code one is refused, and so that nobody guesses faster by guessing several at once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone

from openscrutiny.scrutiny.access.models import RecoveryCode, SecondFactor
from openscrutiny.scrutiny.access.sealing import SealError, hash_code, seal, unseal
from openscrutiny.scrutiny.access.totp import find_step, make_address, make_key, spell
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.models import Person
from openscrutiny.scrutiny.passwords import make_groups
from openscrutiny.scrutiny.people import find_user
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.policies import DecisionError, check_may_manage
from openscrutiny.scrutiny.roles import Role
from openscrutiny.scrutiny.signing_in import (
    forget_failures,
    minutes_to_wait,
    note_failure,
    wait_words,
)
from openscrutiny.workspace import Workspace

Found = TypeVar("Found")

CODES: Final = 10
# Wrong codes are counted by the person alone: who gets here knows the password.
_SOURCE: Final = "second factor"
_WRONG: Final = (
    "This code does not fit.",
    "Give the one that your app shows now, or a recovery code that was not used yet. If "
    "it never fits, the clock of your phone is wrong.",
)
_UNREADABLE: Final = (
    "Your second factor cannot be read any more: the server’s key has changed.",
    "Ask a director, or whoever runs the commands, to reset it.",
)


@dataclass(frozen=True)
class Enrolment:
    """Hold a key that is offered: sealed, for the eye, and for a camera."""

    sealed: str
    spelt: str
    address: str


def find_factor(person: Any) -> Any:
    """Find somebody's second factor; None where there is none."""
    return SecondFactor.objects.filter(person_id=person.pk).first()


def count_codes(factor: Any) -> int:
    """Count the recovery codes that are left."""
    return int(factor.codes.filter(used_at=None).count())


def begin_factor() -> str:
    """Make a key, sealed, that nobody has yet: it counts once a code of it is given."""
    return seal(make_key())


def open_enrolment(sealed: str, who: str, issuer: str) -> Enrolment | None:
    """Give a key that is offered; None where what was kept cannot be read."""
    try:
        key = unseal(sealed)
    except SealError:
        return None
    return Enrolment(sealed, spell(key), make_address(key, who, issuer))


def set_up_factor(
    actor: Actor, person: Any, sealed: str, code: str, address: str
) -> tuple[Any, list[str]]:
    """Keep the key whose code was given; give it and new recovery codes, shown once.

    A key of before, and its recovery codes, end. Raises DecisionError.
    """
    check_may(actor, Permission.KEEP_OWN_ACCOUNT)
    _check_open_to(person)

    def keep() -> tuple[Any, list[str]] | None:
        step = find_step(unseal(sealed), _tidy(code), time.time(), after=0)
        if step is None:
            return None
        SecondFactor.objects.filter(person_id=person.pk).delete()
        factor = SecondFactor.objects.create(
            person_id=person.pk, secret=sealed, last_step=step
        )
        leave_trace(actor, "second factor set up", thing=f"person {person.name}")
        return factor, _give_codes(factor)

    return _attempt(person, address, keep)


def pass_factor(person: Any, code: str, address: str) -> Any:
    """Take a code of the app, or a recovery code; give the factor that was passed.

    Raises DecisionError where it does not fit, was used, or too many were tried.
    """

    def take() -> Any:
        factor = find_factor(person)
        if factor is None:
            raise DecisionError("There is no second factor.", "Sign in again.")
        fits = _takes_step(factor, code) or _takes_recovery(person, factor, code)
        return factor if fits else None

    return _attempt(person, address, take)


def renew_codes(actor: Actor, person: Any, code: str, address: str) -> list[str]:
    """Give new recovery codes against a code; those of before end. Shown once."""
    check_may(actor, Permission.KEEP_OWN_ACCOUNT)
    factor = pass_factor(person, code, address)
    with transaction.atomic():
        codes = _give_codes(factor)
        leave_trace(actor, "recovery codes renewed", thing=f"person {person.name}")
    return codes


def take_off_factor(
    actor: Actor, person: Any, code: str, address: str, *, required: bool
) -> None:
    """Do without a second factor, against a code, where the council does not ask for it."""
    check_may(actor, Permission.KEEP_OWN_ACCOUNT)
    if required:
        raise DecisionError(
            "Your role must have a second factor.",
            "Set it up anew instead, for another phone.",
        )
    factor = pass_factor(person, code, address)
    with transaction.atomic():
        factor.delete()
        leave_trace(actor, "second factor taken off", thing=f"person {person.name}")


def reset_factor(actor: Actor, place: Workspace | Path, name: str) -> None:
    """Take somebody's second factor away, as when a phone is lost with its codes.

    Whoever must have one sets it up anew before anything else.
    """
    check_may(actor, Permission.ADD_PEOPLE)
    open_database(place)
    with transaction.atomic():
        person = find_user(name)
        check_may_manage(actor, person.name, Role(person.role))
        factor = find_factor(person)
        if factor is None:
            raise DecisionError(
                "They have no second factor.", "Nothing needs to be done."
            )
        factor.delete()
        forget_failures(person.name, _SOURCE)
        leave_trace(
            actor, "second factor reset", person.name, thing=f"person {person.name}"
        )


def _attempt(person: Any, address: str, fits: Callable[[], Found | None]) -> Found:
    """Try a code, one at a time for a person; count one that does not fit.

    Raises DecisionError where it does not, or where too many were tried.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if minutes := minutes_to_wait(person.name, _SOURCE):
            raise DecisionError(wait_words("codes", minutes), "", field="code")
        try:
            found = fits()
        except SealError:
            raise DecisionError(*_UNREADABLE) from None
        if found is None:
            note_failure(person.name, _SOURCE, address, "second factor failed")
        else:
            forget_failures(person.name, _SOURCE)
    if found is None:
        raise DecisionError(*_WRONG, field="code")
    return found


def _check_open_to(person: Any) -> None:
    if person.is_demo:
        raise DecisionError(
            "A demonstration’s sign-in is everybody’s, and has no second factor.",
            "Add a person of your own with: openscrutiny user add NAME --role ROLE",
        )


def _takes_step(factor: Any, code: str) -> bool:
    step = find_step(
        unseal(factor.secret), _tidy(code), time.time(), after=factor.last_step
    )
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _takes_recovery(person: Any, factor: Any, code: str) -> bool:
    left = factor.codes.filter(code_hash=hash_code(_tidy(code)), used_at=None)
    if not left.update(used_at=timezone.now()):
        return False
    about = f"{count_codes(factor)} left"
    leave_trace(
        person.actor, "recovery code used", about, thing=f"person {person.name}"
    )
    return True


def _give_codes(factor: Any) -> list[str]:
    """Give ten codes of 59 bits each, and keep their hashes alone."""
    codes = [make_groups(3) for _ in range(CODES)]
    factor.codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, code_hash=hash_code(_tidy(code))) for code in codes
    )
    return codes


def _tidy(code: str) -> str:
    """Take a code as people type it: spaces, hyphens and capitals mean nothing.

    >>> _tidy(" 123 456 "), _tidy("ABCD-efgh-jkmn")
    ('123456', 'abcdefghjkmn')
    """
    return "".join(code.split()).replace("-", "").lower()[:40]
