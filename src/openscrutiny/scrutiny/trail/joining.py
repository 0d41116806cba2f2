"""Minutes of what was recorded in the room: the entry gets its place, and stays one."""

import re
from difflib import SequenceMatcher
from typing import Final

from openscrutiny.minutes.model import Feeling
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.models import Change, Entry, EntryLink, ProposalRecord

_FEWEST: Final = 4  # words: fewer have to be the very same
_SAME: Final = 0.8  # of the recorded words stand in the minutes, in their order


def says_the_same(recorded: str, minuted: str) -> float:
    """Say how much of what was recorded the minutes say too, from 0 to 1.

    Minutes put words before and after it, as "It was asked".

    >>> says_the_same("Why do families come back?", "It was asked why families come back.")
    0.8
    """
    words, others = (re.findall(r"\w+", one.lower()) for one in (recorded, minuted))
    if len(words) < _FEWEST:
        return float(bool(words) and words == others)
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words)


def find_captured(one: ProposalRecord) -> Entry | None:
    """Find what was recorded in the room that this sentence of its minutes says again."""
    meeting = one.item.file.meeting_id
    if meeting is None or one.item.restricted:
        return None
    held = Entry.objects.filter(meeting=meeting, kind=one.kind, proposal=None)
    found = [
        (says_the_same(entry.wording, one.text), -entry.pk, entry) for entry in held
    ]
    share, _, entry = max(found, default=(0.0, 0, None), key=lambda each: each[:2])
    return entry if share >= _SAME else None


def find_joins(actor: Actor, item: int) -> dict[str, int]:
    """Give, by the key of each proposal that waits, the entry that it would join."""
    check_may(actor, Permission.DECIDE_TRAIL)
    waiting = ProposalRecord.objects.select_related("item__file").filter(
        item=item, state=ProposalRecord.PROPOSED
    )
    found = {one.key: find_captured(one) for one in waiting}
    return {key: int(entry.pk) for key, entry in found.items() if entry is not None}


def join(
    entry: Entry,
    one: ProposalRecord,
    actor: Actor,
    asked: Entry | None,
    feeling: Feeling = Feeling.UNSAID,
) -> int:
    """Give an entry its place in the minutes, with what they add; its words stay.

    What nobody wrote down in the room, who spoke, who owes it or what was felt, is taken
    from them.
    """
    entry.proposal, entry.quotation = one, one.text
    entry.who = entry.who or one.who
    entry.owners = entry.owners or list(one.owners)
    entry.answers = entry.answers or asked
    entry.feeling = entry.feeling or feeling
    taken = ("proposal", "quotation", "who", "owners", "answers", "feeling")
    entry.save(update_fields=taken)
    for link in one.links:
        EntryLink.objects.get_or_create(entry=entry, to=link["to"], key=link["key"])
    Change.objects.create(
        entry=entry, what="place in minutes", after=one.item.file.name, by=actor.name
    )
    leave_trace(
        actor,
        f"{entry.kind} found in minutes"[:40],
        thing=f"trail {entry.pk}",
        version=entry.history.count() + 1,
    )
    return int(entry.pk)
