"""The trail and the proposals as plain values, for commands, pages and papers."""

from typing import Any

from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may, may
from openscrutiny.scrutiny.trail.states import is_owed

__all__ = [
    "TRAIL_COLUMNS",
    "find_entry",
    "list_minutes",
    "list_proposals",
    "list_trail",
]

TRAIL_COLUMNS = (
    "number",
    "kind",
    "state",
    "owed",
    "meeting",
    "wording",
    "quotation",
    "who",
    "owners",
    "due",
    "indicators",
    "sections",
    "answers",
    "recorded_by",
    "file",
    "item",
    "start",
    "end",
    "tested_on",
    "test",
    "judged",
    "judged_why",
    "version",
)


def list_minutes(actor: Actor) -> list[dict[str, Any]]:
    """List the items that were read, the newest file first, with what waits in each.

    The database must be open.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    from django.db.models import Count, Q

    from openscrutiny.scrutiny.trail.models import MinutesItem, ProposalRecord

    waits = Q(proposals__state=ProposalRecord.PROPOSED)
    stands = ~Q(proposals__state=ProposalRecord.REPLACED)
    found = MinutesItem.objects.select_related("file__meeting").annotate(
        proposed=Count("proposals", filter=stands),
        waiting=Count("proposals", filter=waits),
    )
    return [
        {
            "number": one.pk,
            "title": str(one),
            "file": one.file.name,
            "doubts": one.file.doubts,
            "meeting": str(one.file.meeting or ""),
            "day": one.file.day,
            "restricted": one.restricted,
            "proposed": one.proposed,
            "waiting": one.waiting,
            "text": one.text,
        }
        for one in found.order_by("-file_id", "id")
    ]


def list_proposals(
    actor: Actor,
    meeting: int | None = None,
    item: int | None = None,
    *,
    replaced: bool = False,
) -> list[dict[str, Any]]:
    """List proposals in the order of their minutes; the database must be open.

    What is held back has its reason and no text. What others took the place of is
    listed where `replaced` says so.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    from openscrutiny.scrutiny.trail.models import ProposalRecord

    found = ProposalRecord.objects.select_related("item__file")
    if meeting is not None:
        found = found.filter(item__file__meeting_id=meeting)
    if item is not None:
        found = found.filter(item_id=item)
    if not replaced:
        found = found.exclude(state=ProposalRecord.REPLACED)
    return [
        {
            "id": one.key,
            "kind": one.kind,
            "text": one.text,
            "file": one.item.file.name,
            "item": str(one.item),
            "start": one.start,
            "end": one.end,
            "who": one.who,
            "answers": one.answers or None,
            "owners": one.owners,
            "links": one.links,
            "why": one.why,
            "state": one.state,
        }
        for one in found
    ]


def list_trail(actor: Actor, indicator: str | None = None) -> list[dict[str, Any]]:
    """List the trail, what is owed and due first; the database must be open.

    What figures say of a promise is told apart from it (publication/promised.py).
    What stood in a restricted item is listed only to who may see such items.
    """
    check_may(actor, Permission.SEE_TRAIL)
    restricted = may(actor, Permission.SEE_RESTRICTED)
    from django.db.models import Count

    from openscrutiny.scrutiny.trail.models import Entry

    found = Entry.objects.select_related("meeting", "proposal__item__file")
    found = found.prefetch_related("links").annotate(
        changes=Count("history", distinct=True)
    )
    if indicator is not None:
        found = found.filter(links__to="indicator", links__key=indicator)
    rows = [
        _row(one)
        for one in found
        if restricted or one.proposal is None or not one.proposal.item.restricted
    ]
    return sorted(
        rows, key=lambda row: (not row["owed"], row["due"] or "9999", row["number"])
    )


def find_entry(actor: Actor, number: int) -> dict[str, Any] | None:
    """Find one entry with its history, the newest change first; None if not to be seen."""
    row = next((r for r in list_trail(actor) if r["number"] == number), None)
    if row is None:
        return None
    from openscrutiny.scrutiny.trail.models import Change

    changes = Change.objects.filter(entry_id=number).order_by("-id")
    return {**row, "history": list(changes)}


def _row(one: Any) -> dict[str, Any]:
    place = one.proposal
    links = list(one.links.all())
    return {
        "number": one.pk,
        "kind": one.kind,
        "state": one.state,
        "owed": is_owed(Kind(one.kind), one.state),
        "meeting": str(one.meeting or ""),
        "wording": one.wording,
        "quotation": one.quotation,
        "who": one.who,
        "owners": list(one.owners),
        "minuted_owners": list(place.owners) if place else [],
        "due": one.due.isoformat() if one.due else "",
        "due_day": one.due,
        "indicators": [link.key for link in links if link.to == "indicator"],
        "sections": [link.key for link in links if link.to in ("section", "paper")],
        "answers": one.answers_id,
        "recorded_by": one.by,
        "file": place.item.file.name if place else "",
        "item": str(place.item) if place else one.item,
        "restricted": bool(place and place.item.restricted),
        "start": place.start if place else None,
        "end": place.end if place else None,
        "meeting_number": one.meeting_id,
        "meeting_day": one.meeting.date if one.meeting else None,
        "tested_on": one.tested_on,
        "aim": one.aim,
        "aim_value": one.aim_value,
        "aim_unit": one.aim_unit,
        "test": "",
        "judged": "",
        "judged_why": "",
        "version": one.changes + 1,
    }
