"""The work programme: what members ask for, and what the chair or clerk decides."""

from datetime import date
from typing import Any

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.minutes.personal import why_personal
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.meetings.models import WorkRequest
from openscrutiny.scrutiny.meetings.planning import find_open_plan
from openscrutiny.scrutiny.meetings.wishes import (
    AFTER,
    Wish,
    WishState,
    check_wish_moves,
)
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.typing_in import needed_words, tidy


def ask_for(actor: Actor, kind: str, *, about: str = "", words: str) -> int:
    """Ask for an indicator, or for a closer look at one or at a subject.

    `about` is a code, where there is one; `words` say what and why. Gives its number.

    Raises:
        OpenScrutinyError: the kind or code is unknown, there are no words, they may be
            personal, or the same is asked for already.
    """
    check_may(actor, Permission.REQUEST)
    if kind not in tuple(Wish):
        raise OpenScrutinyError(
            f"“{kind[:20]}” cannot be asked for.", f"Ask for {' or '.join(Wish)}."
        )
    said = needed_words(words, "reason for asking")
    if why := why_personal(said):
        raise OpenScrutinyError(f"This may be personal. {why}", "Say it without.")
    code = find_indicator(about.strip()).code if about.strip() else ""
    with transaction.atomic():
        there = WorkRequest.objects.filter(kind=kind, about=code, words=said)
        if same := there.exclude(state=WishState.WITHDRAWN).first():
            raise OpenScrutinyError(
                f"The same is asked for already: number {same.pk}.",
                "Nothing needs to be added.",
            )
        made = WorkRequest.objects.create(
            kind=kind, about=code, words=said, state=WishState.ASKED, actor=actor.name
        )
        thing = f"programme {made.pk}"
        leave_trace(actor, "asked for", f"{kind} {code}", thing=thing, version=1)
    return int(made.pk)


def decide(
    actor: Actor, number: int, state: str, *, why: str = "", meeting: int | None = None
) -> None:
    """Agree, decline or close what was asked for; agreed, it may have its meeting.

    Whoever asked may take it back.

    Raises:
        OpenScrutinyError: it is not there, cannot become so, or needs a reason.
    """
    own = state == WishState.WITHDRAWN
    check_may(actor, Permission.REQUEST if own else Permission.DECIDE_PROGRAMME)
    said = tidy(why, "reason")
    with transaction.atomic():
        found = WorkRequest.objects.select_for_update().filter(pk=number).first()
        if found is None:
            raise OpenScrutinyError(
                f"Nothing of the number {number} is asked for.",
                "List it with: openscrutiny programme list",
            )
        if own and found.actor != actor.name:
            check_may(actor, Permission.DECIDE_PROGRAMME)
        found.state = check_wish_moves(found.state, state, said)
        found.why, found.decided_by = said, actor.name
        if meeting is not None:
            found.meeting = find_open_plan(meeting).meeting
        found.version += 1
        found.save()
        thing = f"programme {number}"
        leave_trace(
            actor, f"programme {state}"[:40], thing=thing, version=found.version
        )


def list_programme(actor: Actor) -> list[dict[str, Any]]:
    """List what was asked for: what waits first, then what is agreed, then the rest."""
    check_may(actor, Permission.SEE_MEETINGS)
    order = list(WishState)
    rows = [
        {
            "number": one.pk,
            "kind": one.kind,
            "about": one.about,
            "words": one.words,
            "state": one.state,
            "meeting": one.meeting_id,
            "meeting_day": _day(one.meeting),
            "why": one.why,
            "asked_by": one.actor,
            "asked_at": one.at,
            "decided_by": one.decided_by,
            "may_follow": [str(state) for state in AFTER[WishState(one.state)]],
        }
        for one in WorkRequest.objects.select_related("meeting")
    ]
    return sorted(
        rows, key=lambda row: (order.index(WishState(row["state"])), -row["number"])
    )


def _day(meeting: Any) -> date | None:
    return meeting.date if meeting else None
