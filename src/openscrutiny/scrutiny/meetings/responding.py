"""What the executive answers to a recommendation, and whether it came in time."""

from datetime import date
from typing import Any, Final

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.personal import why_personal
from openscrutiny.periods import format_date
from openscrutiny.scrutiny.meetings.models import ExecutiveResponse
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.changing import find_to_change
from openscrutiny.scrutiny.trail.deciding import move
from openscrutiny.scrutiny.typing_in import needed_words

OUTCOMES: Final = ("accepted", "partly accepted", "rejected")
_LONGEST: Final = 2_000


def respond(
    actor: Actor,
    number: int,
    *,
    outcome: str,
    words: str,
    given_by: str,
    given_on: date | None,
    today: date,
) -> None:
    """Record the executive's answer in its own words; the recommendation moves on.

    Raises:
        OpenScrutinyError: it is no recommendation that waits for one, the day is to
            come or before it was made, or words or name are lacking.
    """
    check_may(actor, Permission.RESPOND)
    if outcome not in OUTCOMES:
        raise OpenScrutinyError(
            f"“{outcome[:20]}” is no answer to a recommendation.",
            f"Choose one of: {', '.join(OUTCOMES)}.",
        )
    said = needed_words(words, "answer", _LONGEST)
    if why := why_personal(said):
        raise OpenScrutinyError(f"This may be personal. {why}", "Say it without.")
    who = needed_words(given_by, "name of who answered", 200)
    with transaction.atomic():
        entry = find_to_change(number)
        if entry.kind != Kind.RECOMMENDATION or entry.state != "made":
            raise OpenScrutinyError(
                f"This is a {entry.kind} that is {entry.state}.",
                "Only a recommendation that is made waits for an answer.",
            )
        day = given_on or today
        made = entry.meeting.date if entry.meeting else None
        if day > today or (made is not None and day < made):
            raise OpenScrutinyError(
                f"It cannot have been answered on {format_date(day)}.",
                "Give a day from its meeting to today.",
            )
        ExecutiveResponse.objects.create(
            entry=entry,
            outcome=outcome,
            words=said,
            given_by=who,
            given_on=day,
            by=actor.name,
        )
        move(number, outcome, actor, why=said, right=Permission.RESPOND)


def list_responses(number: int) -> list[Any]:
    """List what the executive answered to a recommendation, in its order."""
    return list(ExecutiveResponse.objects.filter(entry_id=number))


def say_in_time(due: date | None, given_on: date) -> str:
    """Say whether an answer came in time.

    >>> say_in_time(date(2026, 9, 14), date(2026, 9, 24))
    '10 days after it was due'
    """
    if due is None:
        return "no day was set for it"
    late = (given_on - due).days
    if late <= 0:
        return "in time"
    return f"{late:,} {'day' if late == 1 else 'days'} after it was due"
