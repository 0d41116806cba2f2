"""What a named person makes of a proposal before it is decided: two, one of two, another kind.

A proposal is never changed: others take its place, and it stays in the list as replaced.
Each quotes its span of the minutes as they stand.
"""

import re
from typing import Any, Final

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.minutes.links import make_linker
from openscrutiny.minutes.model import Item, Kind, Proposal
from openscrutiny.minutes.people import find_owners, who_answers, who_asks
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.permissions import Actor
from openscrutiny.scrutiny.trail.deciding import find_waiting
from openscrutiny.scrutiny.trail.models import ProposalRecord
from openscrutiny.scrutiny.trail.profiles import learn, read_own_profile
from openscrutiny.workspace import Workspace

KINDS_OF_PROPOSAL: Final = tuple(
    kind for kind in Kind if kind not in (Kind.PROCEDURE, Kind.HELD_BACK)
)
_CUT: Final = re.compile(
    r"[.?!;:]\s+(?=\S)|,\s+(?=(?:and|but|or|which|who|how|why|what|whether|the|officers|it)\b)"
    r"|\s+(?=(?:and|but) (?:was|were|whether|how|why|what|if|asked|officers|the|a|that)\b)",
    re.IGNORECASE,
)
_FARTHEST: Final = 400  # characters between two proposals that are one


def find_cuts(text: str) -> list[int]:
    """List where a quotation can be cut in two: the first character of the second part.

    >>> find_cuts("It was asked why, and how many. Officers said two.")
    [18, 32]
    """
    return [one.end() for one in _CUT.finditer(text) if 0 < one.end() < len(text)]


def split(key: str, actor: Actor, at: int, kind: str = "") -> tuple[str, str]:
    """Cut a proposal in two at a place of its quotation; give their names.

    `kind` is that of the second part, the first's where it is empty.

    Raises:
        OpenScrutinyError: nothing is left on one side, or the proposal is decided.
    """
    with transaction.atomic():
        one = _find(key, actor)
        first, second = one.text[:at].rstrip(), one.text[at:].lstrip()
        if at < 1 or not first or not second:
            raise OpenScrutinyError(
                "A proposal is cut between two words.",
                "Choose one of the places that are offered.",
            )
        new = _kind(kind or one.kind)
        head = _keep(one, Kind(one.kind), one.start, one.start + len(first))
        answers = one.answers
        if new is Kind.ANSWER and one.kind == Kind.QUESTION:
            answers = head.key
        tail = _keep(one, new, one.end - len(second), one.end, answers)
        _replace(one, actor, "split", head.key)
    return head.key, tail.key


def merge(key: str, actor: Actor) -> str:
    """Make one of a proposal and the next that waits after it; give its name.

    Raises:
        OpenScrutinyError: none follows near it, or something held back stands between.
    """
    with transaction.atomic():
        one = _find(key, actor)
        beside = ProposalRecord.objects.filter(item_id=one.item_id)
        after = (
            beside.filter(state=ProposalRecord.PROPOSED, start__gte=one.end)
            .exclude(kind=Kind.HELD_BACK)
            .order_by("start", "-end")
            .first()
        )
        if after is None or after.start - one.end > _FARTHEST:
            raise OpenScrutinyError(
                "No proposal that waits follows this one closely.",
                "Accept it as it is, or add an entry in words of your own.",
            )
        held = beside.filter(
            kind=Kind.HELD_BACK, start__lt=after.end, end__gt=one.start
        )
        if held.exists():
            raise OpenScrutinyError(
                "What stands between the two is held back, and is quoted nowhere.",
                "Accept each of them by itself.",
            )
        whole = _keep(one, Kind(one.kind), one.start, after.end, one.answers)
        _replace(after, actor, "merged", whole.key)
        _replace(one, actor, "merged", whole.key)
    return str(whole.key)


def correct(workspace: Workspace, key: str, actor: Actor, kind: str) -> str:
    """Say that a proposal is of another kind; give its new name.

    The council's profile learns how its minutes say that kind.

    Raises:
        OpenScrutinyError: there is no such kind, or the proposal is decided.
    """
    with transaction.atomic():
        one, new = _find(key, actor), _kind(kind)
        if new == one.kind:
            return str(one.key)
        kept = _keep(one, new, one.start, one.end)
        _replace(one, actor, f"called {new.value}"[:30], kept.key)
    learn(workspace, new, one.text, one.item.text, actor.name)
    return str(kept.key)


def _kind(name: str) -> Kind:
    if name not in set(KINDS_OF_PROPOSAL):
        raise OpenScrutinyError(
            "This is no kind of proposal.",
            "The kinds are: " + ", ".join(KINDS_OF_PROPOSAL) + ".",
        )
    return Kind(name)


def _find(key: str, actor: Actor) -> ProposalRecord:
    [one] = find_waiting([key], actor)
    if one.kind == Kind.HELD_BACK:
        raise OpenScrutinyError(
            f"The proposal {one.key} is held back: {one.why}",
            "Add what may be said as an entry in words of your own.",
        )
    return one


def _keep(
    one: ProposalRecord, kind: Kind, start: int, end: int, answers: str = ""
) -> ProposalRecord:
    """Keep a proposal in another's place; one that was replaced itself comes back."""
    row = one.item
    item = Item(
        row.file.name,
        row.text,
        (),
        title=row.title,
        number=row.number,
        day=row.file.day,
    )
    quoted = Proposal(kind, item, start, end)
    facts: dict[str, Any] = {
        "who": _who(kind, quoted.text, one),
        "answers": answers if kind is Kind.ANSWER else "",
        "owners": list(find_owners(quoted.text)) if _names_owners(kind) else [],
        "links": _links(quoted.text),
    }
    found, made = ProposalRecord.objects.get_or_create(
        key=quoted.id,
        defaults={
            "item": row,
            "kind": kind,
            "start": start,
            "end": end,
            **facts,
        },
    )
    if not made and found.state in (found.ACCEPTED, found.DROPPED):
        raise OpenScrutinyError(
            f"These words are the proposal {found.key}, which is {found.state} already.",
            "What is decided is changed in the trail.",
        )
    if not made:
        found.state = found.PROPOSED
        found.save(update_fields=["state"])
    return found


def _who(kind: Kind, said: str, one: ProposalRecord) -> str:
    named = {
        Kind.QUESTION: who_asks,
        Kind.COMMENT: who_asks,
        Kind.ANSWER: who_answers,
        Kind.PRESENTATION: who_answers,
    }.get(kind, lambda _: "")(said)
    return (named or (one.who if kind == one.kind else ""))[:200]


def _names_owners(kind: Kind) -> bool:
    return kind in (Kind.RECOMMENDATION, Kind.PROMISE)


def _links(said: str) -> list[dict[str, str]]:
    codes = {one.code: one.name for one in INDICATORS}
    link = make_linker(codes, own_codes=read_own_profile().own_codes)
    return [{"to": one.to, "key": one.key, "why": one.why} for one in link(said)]


def _replace(one: ProposalRecord, actor: Actor, how: str, by: str) -> None:
    """Set a proposal aside for another, which what answered it now answers."""
    if one.key == by:
        return
    one.state = one.REPLACED
    one.save(update_fields=["state"])
    ProposalRecord.objects.filter(answers=one.key).update(answers=by)
    leave_trace(actor, f"proposal {how}"[:40], thing=f"proposal {one.key}")
