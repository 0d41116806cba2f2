"""What a named person does with proposals and entries: accept, drop, add, move on."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.feelings import find_feeling
from openscrutiny.minutes.model import Feeling, Kind
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.changing import find_to_change
from openscrutiny.scrutiny.trail.joining import find_captured, join
from openscrutiny.scrutiny.trail.models import Change, Entry, EntryLink, ProposalRecord
from openscrutiny.scrutiny.trail.states import (
    check_feeling,
    check_transition,
    course_of,
    response_due,
)


def accept(
    keys: Sequence[str],
    actor: Actor,
    *,
    text: str | None = None,
    links: Iterable[str] | None = None,
    feeling: str | None = None,
) -> list[int]:
    """Record proposals in the trail as this person's word; give the entries' numbers.

    `text` is their own wording beside the quotation, `links` the indicators instead of
    those proposed, `feeling` a conclusion's instead of what its words say. Without a
    wording or links, what was recorded at the meeting already is joined
    to its sentence of the minutes. The database must be open.

    Raises:
        OpenScrutinyError: nobody is named, a proposal does not exist or is decided,
            several are given one wording, one is held back and has no wording, or a
            feeling is no conclusion's.
    """
    if text is not None and len(keys) > 1:
        raise OpenScrutinyError(
            "One wording is for one proposal.", "Accept the proposals one by one."
        )
    with transaction.atomic():
        return [
            _accept_one(one, actor, text, links, feeling)
            for one in find_waiting(keys, actor)
        ]


def drop(keys: Sequence[str], actor: Actor) -> None:
    """Set proposals aside as this person's word; they stay in the list as dropped."""
    with transaction.atomic():
        for one in find_waiting(keys, actor):
            one.state = one.DROPPED
            one.save(update_fields=["state"])
            leave_trace(actor, "proposal dropped", thing=f"proposal {one.key}")


def find_waiting(keys: Sequence[str], actor: Actor) -> list[ProposalRecord]:
    """Give the proposals that wait for a decision, in the order of the minutes."""
    check_may(actor, Permission.DECIDE_TRAIL)
    if not actor.name.strip():
        raise OpenScrutinyError(
            "Nobody is named who decides this.", "Name a person with --by NAME."
        )
    found = {
        one.key: one
        for one in ProposalRecord.objects.select_for_update(of=("self",))
        .select_related("item__file__meeting")
        .filter(key__in=keys)
    }
    for key in keys:
        if key not in found:
            raise OpenScrutinyError(
                f"There is no proposal {key[:20]}.",
                "List them with: openscrutiny minutes proposals",
            )
        if found[key].state != found[key].PROPOSED:
            raise OpenScrutinyError(
                f"The proposal {key} is {found[key].state} already.",
                "What is decided is changed in the trail.",
            )
    # Questions come before their answers, whichever way they were named.
    return sorted(found.values(), key=lambda one: (one.item_id, one.start, -one.end))


def _accept_one(
    one: ProposalRecord,
    actor: Actor,
    text: str | None,
    links: Iterable[str] | None,
    feeling: str | None,
) -> int:
    if one.kind == Kind.HELD_BACK:
        raise OpenScrutinyError(
            f"The proposal {one.key} is held back: {one.why}",
            "Add what may be said as an entry in words of your own.",
        )
    asked = (
        Entry.objects.filter(proposal__key=one.answers).first() if one.answers else None
    )
    about = (
        [(link["to"], link["key"]) for link in one.links]
        if links is None
        else [("indicator", code) for code in links]
    )
    # What was recorded in the room is not recorded again: it gets its place in the
    # minutes. Whoever gives words of their own means another entry.
    held = find_captured(one) if text is None and links is None else None
    felt = _feeling_of(one, feeling)
    if held is not None:
        one.state = one.ACCEPTED
        one.save(update_fields=["state"])
        return join(held, one, actor, asked, felt)
    number = record(
        Kind(one.kind),
        (text or one.text).strip(),
        actor,
        quotation=one.text,
        who=one.who,
        owners=one.owners,
        meeting=one.item.file.meeting,
        proposal=one,
        answers=asked,
        about=about,
        feeling=felt,
    )
    one.state = one.ACCEPTED
    one.save(update_fields=["state"])
    return number


def _feeling_of(one: ProposalRecord, said: str | None) -> Feeling:
    """Take the feeling that was chosen; where none was, what the minutes say."""
    if said is not None:
        return check_feeling(one.kind, said)
    is_conclusion = one.kind == Kind.CONCLUSION
    return find_feeling(one.text) if is_conclusion else Feeling.UNSAID


def record(
    kind: Kind,
    wording: str,
    actor: Actor,
    *,
    quotation: str = "",
    who: str = "",
    owners: Iterable[str] = (),
    meeting: Meeting | None = None,
    proposal: ProposalRecord | None = None,
    answers: Entry | None = None,
    about: Iterable[tuple[str, str]] = (),
    due: date | None = None,
    item: str = "",
    feeling: Feeling = Feeling.UNSAID,
    right: Permission = Permission.DECIDE_TRAIL,
) -> int:
    """Add an entry to the trail; an answer moves its question on. Give its number.

    `right` is the permission by which it is done: members ask and officers answer who
    decide nothing else of the trail.
    """
    check_may(actor, right)
    if not wording:
        raise OpenScrutinyError("An entry needs words.", "Say what it is.")
    if due is None and kind is Kind.RECOMMENDATION and meeting is not None:
        due = response_due(meeting.date)
    with transaction.atomic():
        entry = Entry.objects.create(
            kind=kind,
            meeting=meeting,
            proposal=proposal,
            quotation=quotation,
            wording=wording,
            item=item[:200],
            who=who[:200],
            owners=list(owners),
            due=due,
            feeling=feeling,
            state=course_of(kind).first,
            answers=answers,
            by=actor.name,
        )
        EntryLink.objects.bulk_create(
            EntryLink(entry=entry, to=to, key=key) for to, key in dict.fromkeys(about)
        )
        leave_trace(actor, f"{kind} recorded", thing=f"trail {entry.pk}", version=1)
        if answers is not None and answers.state == "open":
            why = f"Answer {entry.pk}."
            move(answers.pk, "answered", actor, why=why, right=right)
    return int(entry.pk)


def move(
    number: int,
    state: str,
    actor: Actor,
    *,
    why: str = "",
    right: Permission = Permission.DECIDE_TRAIL,
) -> None:
    """Move an entry on to a state that may follow; keep by whom, when and why.

    `right` is the permission by which it is done.

    Raises:
        OpenScrutinyError: there is no such entry, the state cannot follow, or it
            needs a reason.
    """
    check_may(actor, right)
    with transaction.atomic():
        entry = find_to_change(number)
        if entry.tested_on and state in ("kept", "not kept"):
            raise OpenScrutinyError(
                "The figures judge this promise, and nobody else does.",
                "Where they cannot, close it with a reason.",
            )
        check_transition(entry.kind, entry.state, state, why)
        Change.objects.create(
            entry=entry,
            what="state",
            before=entry.state,
            after=state,
            why=why,
            by=actor.name,
        )
        entry.state = state
        entry.save(update_fields=["state"])
        leave_trace(
            actor,
            f"{entry.kind} {state}"[:40],
            thing=f"trail {number}",
            version=entry.history.count() + 1,
        )
