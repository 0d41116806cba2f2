"""The trail and the proposals as plain values, for commands, pages and papers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from openscrutiny.minutes.feelings import find_feeling
from openscrutiny.minutes.model import Kind
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may, may
from openscrutiny.scrutiny.trail.models import (
    Change,
    Entry,
    EntryLink,
    MinutesItem,
    ProposalRecord,
)
from openscrutiny.scrutiny.trail.states import is_owed

TRAIL_COLUMNS = (
    "number",
    "kind",
    "state",
    "owed",
    "feeling",
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
            "feeling": find_feeling(one.text).value
            if one.kind == Kind.CONCLUSION
            else "",
            "state": one.state,
        }
        for one in found
    ]


def list_trail(
    actor: Actor, indicator: str | None = None, number: int | None = None
) -> list[dict[str, Any]]:
    """List the trail, what is owed and due first; the database must be open.

    What figures say of a promise is told apart from it (publication/promised.py).
    What stood in a restricted item is listed only to who may see such items.
    """
    check_may(actor, Permission.SEE_TRAIL)
    restricted = may(actor, Permission.SEE_RESTRICTED)
    found = Entry.objects.order_by("id")
    if indicator is not None:
        found = found.filter(links__to="indicator", links__key=indicator)
    if number is not None:
        found = found.filter(pk=number)
    beside = _Beside.of(None if indicator is None and number is None else found)
    rows = [_row(facts, beside) for facts in found.values(*_FACTS)]
    shown = (row for row in rows if restricted or not row["restricted"])
    return sorted(
        shown, key=lambda row: (not row["owed"], row["due"] or "9999", row["number"])
    )


def find_entry(actor: Actor, number: int) -> dict[str, Any] | None:
    """Find one entry, with its history and what answers it; None if not to be seen.

    The newest change stands first.
    """
    row = next(iter(list_trail(actor, number=number)), None)
    if row is None:
        return None
    changes = Change.objects.filter(entry_id=number).order_by("-id")
    answers = Entry.objects.filter(answers_id=number).order_by("id")
    told = [each for one in answers for each in list_trail(actor, number=one.pk)]
    return {**row, "history": list(changes), "answered_by": told}


_FACTS: Final = (
    "pk",
    "kind",
    "state",
    "feeling",
    "wording",
    "quotation",
    "item",
    "who",
    "owners",
    "due",
    "answers_id",
    "by",
    "tested_on",
    "aim",
    "aim_value",
    "aim_unit",
    "meeting_id",
    "proposal_id",
)


@dataclass(frozen=True)
class _Beside:
    """Hold what stands beside entries, each read once: ten years of them are thousands.

    The texts of minutes are not read: a page that lists entries quotes none of them.
    """

    meetings: Mapping[int, Any]
    places: Mapping[int, Mapping[str, Any]]  # by proposal
    links: Mapping[int, Sequence[tuple[str, str]]]  # by entry
    changes: Mapping[int, int]  # by entry

    @classmethod
    def of(cls, entries: Any | None) -> "_Beside":
        """Read what stands beside some entries, or beside all where none are given."""
        placed = ProposalRecord.objects.filter(entry__isnull=False)
        linked = EntryLink.objects.order_by("id")
        changed = Change.objects.order_by()
        if entries is not None:
            numbers = list(entries.values_list("pk", flat=True))
            placed = placed.filter(entry__in=numbers)
            linked = linked.filter(entry_id__in=numbers)
            changed = changed.filter(entry_id__in=numbers)
        links: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for entry, to, key in linked.values_list("entry_id", "to", "key"):
            links[entry].append((to, key))
        places = placed.order_by().values(
            "pk",
            "owners",
            "start",
            "end",
            "item__number",
            "item__title",
            "item__restricted",
            "item__file__name",
        )
        counted = changed.values_list("entry_id").annotate(Count("id"))
        return cls(
            {one.pk: one for one in Meeting.objects.all()},
            {one["pk"]: one for one in places},
            links,
            dict(counted),
        )


def _row(facts: Mapping[str, Any], beside: _Beside) -> dict[str, Any]:
    number = facts["pk"]
    place = beside.places.get(facts["proposal_id"], {})
    links = beside.links.get(number, ())
    meeting = beside.meetings.get(facts["meeting_id"])
    item = f"{place.get('item__number', '')} {place.get('item__title', '')}".strip()
    due = facts["due"]
    return {
        "number": number,
        "kind": facts["kind"],
        "state": facts["state"],
        "owed": is_owed(Kind(facts["kind"]), facts["state"]),
        "feeling": facts["feeling"],
        "meeting": str(meeting or ""),
        "wording": facts["wording"],
        "quotation": facts["quotation"],
        "who": facts["who"],
        "owners": list(facts["owners"]),
        "minuted_owners": list(place.get("owners", ())),
        "due": due.isoformat() if due else "",
        "due_day": due,
        "indicators": [key for to, key in links if to == "indicator"],
        "sections": [key for to, key in links if to in ("section", "paper")],
        "answers": facts["answers_id"],
        "recorded_by": facts["by"],
        "file": place.get("item__file__name", ""),
        "item": item if place else facts["item"],
        "restricted": bool(place.get("item__restricted")),
        "start": place.get("start"),
        "end": place.get("end"),
        "meeting_number": facts["meeting_id"],
        "meeting_day": meeting.date if meeting else None,
        "tested_on": facts["tested_on"],
        "aim": facts["aim"],
        "aim_value": facts["aim_value"],
        "aim_unit": facts["aim_unit"],
        "test": "",
        "judged": "",
        "judged_why": "",
        "version": beside.changes.get(number, 0) + 1,
    }
