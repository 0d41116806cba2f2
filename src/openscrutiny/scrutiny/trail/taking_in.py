"""Take minutes in: keep their text, propose what they hold, record nothing of it."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Final

from django.db import transaction

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.geography import AUTHORITY_NAMES, find_authority
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.minutes.links import make_linker
from openscrutiny.minutes.model import Item, Proposal
from openscrutiny.minutes.model import Meeting as Minutes
from openscrutiny.minutes.parting import say_doubts
from openscrutiny.minutes.proposing import propose
from openscrutiny.minutes.reading import read_minutes
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.models import MinutesFile, MinutesItem, ProposalRecord
from openscrutiny.scrutiny.trail.profiles import read_own_profile
from openscrutiny.workspace import Workspace

_HEAD: Final = 10  # lines in which minutes say whose they are
_COUNCIL: Final = re.compile(r"\b(?:council|borough of|city of)\b", re.IGNORECASE)


@dataclass(frozen=True)
class TakenIn:
    """Hold what a file of minutes gave: proposals that are new, and those known before."""

    status: str  # loaded, or already loaded
    proposed: int = 0
    known: int = 0
    restricted: int = 0
    doubts: tuple[str, ...] = ()  # what a person should look at first


def take_in_minutes(
    actor: Actor,
    workspace: Workspace,
    name: str,
    data: bytes,
    *,
    meeting: int | None = None,
) -> TakenIn:
    """Read minutes into proposals: all of a file or none of it.

    The same bytes twice change nothing. A sentence that stood in an earlier file of the
    same item keeps what was decided about it; only what is new is proposed.

    Raises:
        OpenScrutinyError: the file cannot be read, or no such meeting exists.
    """
    check_may(actor, Permission.DECIDE_TRAIL)
    open_database(workspace)
    digest = sha256(data).hexdigest()
    if MinutesFile.objects.filter(sha256=digest).exists():
        return TakenIn("already loaded")
    read = read_minutes(name, data)
    if not workspace.demo:
        _check_council(name, read, workspace)
    doubts = say_doubts(read)
    profile = read_own_profile(workspace)
    link = make_linker(
        {one.code: one.name for one in INDICATORS}, own_codes=profile.own_codes
    )
    found = [(item, propose(item, profile.wording, link)) for item in read.items]
    with transaction.atomic():
        kept = MinutesFile.objects.create(
            name=name[-255:],
            sha256=digest,
            day=read.day,
            meeting=_find_meeting(meeting, read.day),
            actor=actor.name,
            doubts=list(doubts),
        )
        counts = [_keep_item(kept, item, proposals) for item, proposals in found]
        leave_trace(actor, "minutes read", thing=f"minutes {kept.pk}", version=1)
    return TakenIn(
        "loaded",
        sum(new for new, _ in counts),
        sum(known for _, known in counts),
        sum(item.restricted for item in read.items),
        doubts,
    )


def _check_council(name: str, read: Minutes, workspace: Workspace) -> None:
    """Refuse minutes whose head names another council and not ours.

    Only a line that is a council's name and nothing else counts: the title of an item
    may well speak of a neighbour.
    """
    lines = (line for item in read.items[:1] for line in item.text.splitlines())
    head = [read.title, *islice((line for line in lines if line.strip()), _HEAD)]
    named = {
        code
        for line in head
        if _COUNCIL.search(line) and (code := find_authority(line.strip()))
    }
    if named and not any(map(workspace.takes, named)):
        other = AUTHORITY_NAMES[min(named)]
        raise OpenScrutinyError(
            f"{name}: these are minutes of {other}, and this is the workspace of "
            f"{workspace.name}.",
            "Load them into the workspace of their own council.",
        )


def _find_meeting(number: int | None, day: date | None) -> Meeting | None:
    if number is not None:
        return Meeting.get(number)
    of_day = list(Meeting.objects.filter(date=day)[:2]) if day else []
    return of_day[0] if len(of_day) == 1 else None


def _keep_item(
    kept: MinutesFile, item: Item, proposals: list[Proposal]
) -> tuple[int, int]:

    row = MinutesItem.objects.create(
        file=kept,
        number=item.number[:40],
        title=item.title[:300],
        text=item.text,
        restricted=item.restricted,
    )
    by_key = {one.id: one for one in proposals}
    known = set(
        ProposalRecord.objects.filter(key__in=by_key).values_list("key", flat=True)
    )
    new = [
        ProposalRecord(
            key=key,
            item=row,
            kind=one.kind,
            start=one.start,
            end=one.end,
            who=one.who[:200],
            answers=one.answers or "",
            owners=list(one.owners),
            links=[{"to": k.to, "key": k.key, "why": k.why} for k in one.links],
            why=one.why,
        )
        for key, one in by_key.items()
        if key not in known
    ]
    ProposalRecord.objects.bulk_create(new)
    return len(new), len(known)
