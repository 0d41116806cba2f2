"""Following an indicator, a question or a recommendation, and where a digest goes."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.meetings.models import DigestAddress, Follow
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.listing import find_entry

INDICATOR, ENTRY = "indicator", "entry"
_MOST: Final = 200


def follow(actor: Actor, to: str, key: str) -> None:
    """Follow an indicator by its code, or an entry of the trail by its number.

    Raises:
        OpenScrutinyError: there is none that this person may see.
    """
    check_may(actor, Permission.FOLLOW)
    tidy = _find_key(actor, to, key)
    with transaction.atomic():
        if Follow.objects.filter(actor=actor.name).count() >= _MOST:
            raise OpenScrutinyError(
                f"You follow {_MOST} things already.", "Let one of them go first."
            )
        _, is_new = Follow.objects.get_or_create(actor=actor.name, to=to, key=tidy)
        if is_new:
            leave_trace(actor, "follows", thing=f"{to} {tidy}")


def _find_key(actor: Actor, to: str, key: str) -> str:
    if to == INDICATOR:
        return find_indicator(key).code
    number = int(key) if key.isdecimal() and len(key) < 10 else 0
    if to != ENTRY or find_entry(actor, number) is None:
        raise OpenScrutinyError(
            f"There is nothing called “{key[:20]}” to follow.",
            "Follow an indicator, or an entry of the trail, on its own page.",
        )
    return str(number)


def unfollow(actor: Actor, to: str, key: str) -> None:
    """Follow something no longer; nothing happens where it was not followed."""
    check_may(actor, Permission.FOLLOW)
    with transaction.atomic():
        found = Follow.objects.filter(actor=actor.name, to=to, key=key)
        if found.delete()[0]:
            leave_trace(actor, "follows no longer", thing=f"{to} {key}"[:140])


def is_following(actor: Actor, to: str, key: str) -> bool:
    """Tell whether this person follows it."""
    return Follow.objects.filter(actor=actor.name, to=to, key=key).exists()


def list_follows(actor: Actor) -> list[dict[str, Any]]:
    """List what this person follows and may still see, as it was added."""
    check_may(actor, Permission.FOLLOW)
    rows = []
    for one in Follow.objects.filter(actor=actor.name):
        entry = find_entry(actor, int(one.key)) if one.to == ENTRY else None
        if one.to == ENTRY and entry is None:
            continue
        words = entry["wording"] if entry else find_indicator(one.key).name
        rows.append({"to": one.to, "key": one.key, "words": words, "entry": entry})
    return rows


def find_address(actor: Actor) -> str:
    """Give where this person's digest is sent; "" where nobody said."""
    kept = DigestAddress.objects.filter(actor=actor.name).first()
    return kept.address if kept else ""


def set_address(actor: Actor, address: str) -> None:
    """Say where this person's digest is sent; empty ends it.

    Raises:
        OpenScrutinyError: it is no address.
    """
    check_may(actor, Permission.FOLLOW)
    tidy = address.strip()
    try:
        if tidy:
            validate_email(tidy)
    except ValidationError:
        raise OpenScrutinyError(
            "This is no e-mail address.", "Write it as name@council.gov.uk."
        ) from None
    with transaction.atomic():
        if not tidy:
            DigestAddress.objects.filter(actor=actor.name).delete()
        else:
            DigestAddress.objects.update_or_create(
                actor=actor.name,
                defaults={"address": tidy[:254]},
                create_defaults={"address": tidy[:254], "until": timezone.now()},
            )
        leave_trace(actor, "digest address", "given" if tidy else "taken away")
