"""Adding an entry by hand, at a meeting or after it: what was asked, answered, promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.personal import why_personal
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.scrutiny.trail.changing import tidy
from openscrutiny.scrutiny.trail.deciding import record
from openscrutiny.scrutiny.trail.models import Entry
from openscrutiny.scrutiny.trail.states import check_feeling, course_of
from openscrutiny.scrutiny.typing_in import day_of


@dataclass(frozen=True)
class Captured:
    """Hold what was typed of one entry, each field as it was typed.

    `answers` is the number of a question; `checked` says that a person looked at words
    that may be personal, and that they may be shown.
    """

    kind: str
    wording: str
    meeting: str = ""
    item: str = ""
    who: str = ""
    owners: str = ""
    due: str = ""
    indicators: str = ""
    answers: str = ""
    feeling: str = ""
    checked: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Captured":
        """Take the fields that a form sent."""
        return cls(**{name: sent.get(name, "") for name in cls.__dataclass_fields__})


def capture(
    actor: Actor,
    typed: Captured,
    *,
    about: Sequence[tuple[str, str]] = (),
    once: bool = True,
    right: Permission = Permission.DECIDE_TRAIL,
) -> int:
    """Record what was typed as this person's word; give the entry's number.

    `about` is what it is about beside its indicators; without `once` the same words
    may stand twice; `right` is the permission by which it is done. The database must
    be open.

    Raises:
        OpenScrutinyError: a field cannot be read, it may be personal and nobody said
            that they looked, or the same words stand there already.
    """
    check_may(actor, right)
    course_of(typed.kind)
    wording, who = tidy(typed.wording, "wording"), tidy(typed.who, "name")
    item = tidy(typed.item, "item")
    feeling = check_feeling(typed.kind, typed.feeling)
    why = why_personal(wording)
    if why and not typed.checked:
        raise OpenScrutinyError(
            f"This may be personal. {why}",
            "Say it without, or say that you looked and that it may be shown.",
        )
    meeting = _find(Meeting.objects.all(), typed.meeting, "meeting")
    asked = _find(Entry.objects.filter(kind=Kind.QUESTION), typed.answers, "question")
    if asked is not None and typed.kind != Kind.ANSWER:
        raise OpenScrutinyError(
            f"A {typed.kind} answers no question.", "Leave the question empty."
        )
    same = Entry.objects.filter(kind=typed.kind, wording=wording, meeting=meeting)
    if once and wording and (there := same.first()):
        raise OpenScrutinyError(
            f"The same words are recorded already: {there.kind} {there.pk}.",
            "Nothing needs to be added.",
        )
    owners = [tidy(one, "owner") for one in typed.owners.split(";")]
    return record(
        Kind(typed.kind),
        wording,
        actor,
        who=who,
        owners=[one for one in owners if one],
        meeting=meeting,
        item=item,
        answers=asked,
        about=[
            *(
                ("indicator", find_indicator(word).code)
                for word in typed.indicators.replace(",", " ").split()
            ),
            *about,
        ],
        due=day_of(typed.due),
        feeling=feeling,
        right=right,
    )


def _find(rows: Any, number: str, what: str) -> Any:
    """Find a row by its number as typed; None where none was."""
    words = number.strip()
    if not words:
        return None
    found = rows.filter(pk=int(words)).first() if words.isdecimal() else None
    if found is None:
        raise OpenScrutinyError(
            f"There is no {what} {words[:20]}.", f"Choose a {what} that there is."
        )
    return found
