"""The agenda of a meeting: its items, whether their papers came, and what came later."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.scrutiny.meetings.agenda_states import Paper, check_paper_moves
from openscrutiny.scrutiny.meetings.deadlines import PUBLISH
from openscrutiny.scrutiny.meetings.models import AgendaItem, MeetingPlan, Supplement
from openscrutiny.scrutiny.meetings.planning import find_open_plan, keep_change, mark
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.typing_in import needed_words, tidy

_MOST_ITEMS = 40


def add_item(
    actor: Actor,
    number: int,
    *,
    title: str,
    purpose: str = "",
    presenter: str = "",
) -> int:
    """Add an item at the end of a meeting's agenda; give its number there.

    Raises:
        OpenScrutinyError: it has no title, or stands there already.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    given = {
        "title": needed_words(title, "title of the item", 200),
        "purpose": tidy(purpose, "purpose"),
        "presenter": tidy(presenter, "presenter", 200),
    }
    with transaction.atomic():
        plan = find_open_plan(number)
        there = list(plan.items.all())
        if any(item.title == given["title"] for item in there):
            raise OpenScrutinyError(
                "An item of this title stands on the agenda already.",
                "Give another title.",
            )
        if len(there) >= _MOST_ITEMS:
            raise OpenScrutinyError(
                f"The agenda has {len(there)} items already.", "Join some of them."
            )
        place = max((item.number for item in there), default=0) + 1
        AgendaItem.objects.create(plan=plan, number=place, state=Paper.AWAITED, **given)
        keep_change(plan, actor, "item added", f"{place}. {given['title']}")
    return place


def set_paper(
    actor: Actor,
    number: int,
    item: int,
    state: str,
    *,
    why: str = "",
    expected: date | None = None,
) -> None:
    """Say how an item's paper stands. One that comes after the agenda is a supplement.

    Raises:
        OpenScrutinyError: there is no such item, the state cannot follow or needs a
            reason, or the agenda itself is not published yet.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    said = tidy(why, "reason")
    with transaction.atomic():
        plan = find_open_plan(number)
        found = _find_item(plan, item)
        then = check_paper_moves(found.state, state, said)
        if then is Paper.PUBLISHED:
            _publish_late(plan, found, actor)
        found.state = then
        if then in (Paper.TO_FOLLOW, Paper.WITHDRAWN):
            found.follows_why = said
        found.expected = expected if then is Paper.TO_FOLLOW else None
        found.save()
        about = f"{found}: {then}{f', {said}' if said else ''}"
        keep_change(plan, actor, "paper of an item", about)


def _publish_late(plan: MeetingPlan, item: AgendaItem, actor: Actor) -> None:
    """Publish a paper after the agenda, as the next supplement, stamped now."""
    if plan.published_at is None:
        raise OpenScrutinyError(
            "The agenda is not published yet.",
            "Papers that are with the clerk are published with it.",
        )
    at = timezone.now()
    item.supplement = Supplement.objects.create(
        plan=plan, number=plan.supplements.count() + 1, at=at, by=actor.name
    )
    item.published_at = at


def _find_item(plan: MeetingPlan, number: int) -> Any:
    item = plan.items.filter(number=number).first()
    if item is None:
        raise OpenScrutinyError(
            f"There is no item {number} on this agenda.", "Look at the agenda again."
        )
    return item


def publish_agenda(actor: Actor, number: int, *, today: date, why: str = "") -> None:
    """Publish the agenda with every paper that is with the clerk.

    What was due on that day is then done. `why` is needed where it is late.

    Raises:
        OpenScrutinyError: it is published, has no item, a paper is neither there nor
            said to follow, or it is late and nobody says why.
    """
    check_may(actor, Permission.KEEP_MEETINGS)
    with transaction.atomic():
        plan = find_open_plan(number)
        if plan.published_at is not None:
            raise OpenScrutinyError(
                "The agenda is published already.",
                "What comes now is a supplement: publish its paper alone.",
            )
        items = list(plan.items.all())
        awaited = [str(item) for item in items if item.state == Paper.AWAITED]
        if awaited or not items:
            raise OpenScrutinyError(
                f"It is not said how the paper stands of: {'; '.join(awaited)}."
                if awaited
                else "The agenda has no item.",
                "Say of each that it is with the clerk, to follow, or that none is due."
                if awaited
                else "Add what the committee is to receive.",
            )
        if plan.offsets:
            mark(actor, number, PUBLISH, done_on=today, today=today, why=why)
            plan.refresh_from_db(fields=["version"])
        plan.published_at = timezone.now()
        for item in items:
            if item.state == Paper.READY:
                item.state, item.published_at = Paper.PUBLISHED, plan.published_at
                item.save()
        about = str(plan.meeting)
        keep_change(plan, actor, "agenda published", about, "published_at")


def set_order(actor: Actor, number: int, codes: str) -> None:
    """Set the order in which indicators are presented; empty for exceptions first.

    Raises:
        OpenScrutinyError: a word names no indicator, or one is named twice.
    """
    check_may(actor, Permission.ORDER_MEETINGS)
    named = [find_indicator(word).code for word in codes.replace(",", " ").split()]
    if len(set(named)) != len(named):
        raise OpenScrutinyError(
            "An indicator is named twice.", "Name each once, in its order."
        )
    with transaction.atomic():
        plan = find_open_plan(number)
        if plan.order != named:
            plan.order = named
            about = ", ".join(named) or "exceptions first"
            keep_change(plan, actor, "order set", about, "order")
