"""What is signed for a meeting, as one audience may read it: plain values to freeze.

The texts still hold tokens; a publication tells them: publication/commentary.py.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openscrutiny.adoption.commentary import Kept, Signed, Words, Written
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.scrutiny.commentary.models import Signing
from openscrutiny.scrutiny.commentary.signoff import (
    Standing,
    find_standing,
    state_of,
)
from openscrutiny.scrutiny.commentary.states import Act, SectionState
from openscrutiny.scrutiny.commentary.writing import find_written
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, may
from openscrutiny.scrutiny.roles import audience_of


@dataclass(frozen=True)
class Reading:
    """Hold what one person may read of the words about one indicator or section.

    `written` is None where nothing is written, or nothing that they may read.
    """

    meeting: int
    title: str
    day: date
    standing: Standing
    written: Written | None
    kept: tuple[Kept, ...] = ()
    sees_drafts: bool = False


def find_meeting(today: date) -> Any:
    """Find the meeting that is prepared: the next one, else the last; None without one.

    The database must be open.
    """
    return Meeting.find_next(today) or Meeting.objects.order_by("-date", "-id").first()


def read_words_of(actor: Actor, key: str, section: str, today: date) -> Reading | None:
    """Read the words about a key for the meeting that is prepared.

    A draft is read by those who may see drafts, others read what is signed. None where
    there is no meeting.
    """
    meeting = find_meeting(today)
    if meeting is None:
        return None
    standing = find_standing(meeting.pk, section)
    is_signed = standing.state == SectionState.SIGNED
    drafts = _may_read_draft(actor, standing.state)
    written = None
    if is_signed and key in standing.versions:
        written = find_written(meeting.pk, key, standing.versions[key])
    elif not is_signed and drafts:
        written = find_written(meeting.pk, key)
    kept: tuple[Kept, ...] = ()
    if written is not None and not may(actor, Permission.SEE_PART_B):
        kept = _kept(written)
        written = leave_out_exempt(written)
    return Reading(
        meeting.pk, meeting.title, meeting.date, standing, written, kept, drafts
    )


def _may_read_draft(actor: Actor, state: str) -> bool:
    """Tell whether somebody may read what is not signed.

    What is not submitted was held against nothing yet, and may give a figure that whoever
    is no officer is not shown.
    """
    if not may(actor, Permission.SEE_SIGN_OFF):
        return False
    is_officer = actor.role is None or audience_of(actor.role) is Audience.OFFICERS
    return is_officer or state == SectionState.SUBMITTED


def _kept(written: Written) -> tuple[Kept, ...]:
    return tuple(
        Kept(written.key, each.part, each.paragraph, each.reason)
        for each in written.exempt
    )


def read_signed(meeting: int, *, sees_part_b: bool) -> Signed:
    """Give what is signed for a meeting. The database must be open."""
    held = state_of(meeting)
    signed = [one for one in held.sections if one.state == SectionState.SIGNED]
    written = [
        found
        for one in signed
        for key, number in one.versions.items()
        if (found := find_written(meeting, key, number))
    ]
    kept: tuple[Kept, ...] = ()
    if not sees_part_b:
        kept = tuple(each for one in written for each in _kept(one))
        written = [leave_out_exempt(one) for one in written]
    return Signed(
        meeting=meeting,
        title=held.title,
        day=held.day,
        state=held.pack.state,
        edition=held.pack.edition,
        note=_note_of(meeting, held.pack.edition),
        signed={one.thing: (one.by, one.at) for one in signed if one.at is not None},
        written=tuple(one for one in written if not one.words.is_empty),
        kept=kept,
    )


def leave_out_exempt(written: Written) -> Written:
    """Leave out what stands in Part B; how the figures read for officers goes with it."""
    parts = {each.part for each in written.exempt}
    if "" in parts:
        return replace(written, words=Words(), bound={}, exempt=())
    blank: dict[str, Any] = dict.fromkeys(parts, "")
    without = replace(written.words, **blank)
    if "next" in parts:
        without = replace(without, owner="", by=None)
    return replace(written, words=without, bound={}, exempt=())


def _note_of(meeting: int, edition: int) -> str:
    """Give what was corrected with this edition; "" of the first."""
    before = Signing.objects.filter(
        meeting_id=meeting, act=Act.SUPERSEDE, edition=edition - 1
    ).first()
    return str(before.why) if before else ""
