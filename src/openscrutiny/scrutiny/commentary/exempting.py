"""Keeping words in Part B: by a paragraph of Schedule 12A, and for a reason."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from openscrutiny.adoption.commentary import PARTS
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.commentary.models import Exemption
from openscrutiny.scrutiny.commentary.signoff import state_of
from openscrutiny.scrutiny.commentary.states import PackState
from openscrutiny.scrutiny.commentary.writing import check_named, find_written
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.typing_in import tidy

# Local Government Act 1972, Schedule 12A, Part 1.
PARAGRAPHS: Final[Mapping[int, str]] = {
    1: "Information relating to any individual",
    2: "Information likely to reveal the identity of an individual",
    3: "Financial or business affairs of any person, the authority included",
    4: "Consultations or negotiations on labour relations",
    5: "Legal professional privilege",
    6: "A notice, order or direction that the authority proposes",
    7: "Prevention, investigation or prosecution of crime",
}


def keep_in_part_b(
    actor: Actor, meeting: int, key: str, part: str, paragraph: int, reason: str
) -> None:
    """Keep one part of the words about a key in Part B; `part` "" keeps all of it.

    The database must be open.

    Raises:
        OpenScrutinyError: there are no such words, no such part or paragraph, or no
            reason is given.
    """
    check_may(actor, Permission.KEEP_IN_PART_B)
    if paragraph not in PARAGRAPHS:
        raise OpenScrutinyError(
            "No paragraph of Schedule 12A is chosen.", "Choose one from 1 to 7."
        )
    words = tidy(reason, "reason", 500)
    if not words:
        raise OpenScrutinyError(
            "It is not said why the public interest is in keeping it back.",
            "Say it: what is exempt is kept back only where that interest is greater.",
        )
    _decide(actor, meeting, key, part, True, paragraph, words)


def put_in_part_a(actor: Actor, meeting: int, key: str, part: str) -> None:
    """Let words that were kept in Part B stand in Part A again."""
    _decide(actor, meeting, key, part, False, 0, "")


def _decide(
    actor: Actor,
    meeting: int,
    key: str,
    part: str,
    is_kept: bool,
    paragraph: int,
    reason: str,
) -> None:
    check_may(actor, Permission.KEEP_IN_PART_B)
    check_named(actor)
    if part and part not in PARTS:
        raise OpenScrutinyError(
            f"There is no part “{part[:20]}”.", f"Choose one of: {', '.join(PARTS)}."
        )
    with transaction.atomic():
        Meeting.hold(meeting)
        if find_written(meeting, key) is None:
            raise OpenScrutinyError(
                f"Nothing is written of {key[:40]}.", "Choose what there are words of."
            )
        if state_of(meeting).pack.state == PackState.PUBLISHED:
            raise OpenScrutinyError(
                "This paper is published.", "Open a new edition of it first."
            )
        Exemption.objects.create(
            meeting_id=meeting,
            key=key,
            part=part,
            is_kept=is_kept,
            paragraph=paragraph,
            reason=reason,
            actor=actor.name,
        )
        leave_trace(
            actor,
            "kept in Part B" if is_kept else "put in Part A",
            f"{part or 'all of it'}, paragraph {paragraph}" if is_kept else part,
            thing=f"commentary {key}, meeting {meeting}",
        )
