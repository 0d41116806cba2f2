"""Sign-off of a meeting: what a person does with a section or with the whole paper.

What the state allows stands in states.py, who may in permissions.py; here both are asked
and what was done is kept, in one transaction, with its trace.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction

from openscrutiny.adoption.commentary import Finding, Words, Written, shows_both_sides
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Section
from openscrutiny.minutes.personal import why_personal
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.commentary.models import Signing
from openscrutiny.scrutiny.commentary.states import (
    PACK,
    REASONED,
    WHO,
    Act,
    PackState,
    SectionState,
    acts_from,
    follow,
)
from openscrutiny.scrutiny.commentary.writing import check_named, list_written
from openscrutiny.scrutiny.models import Meeting
from openscrutiny.scrutiny.permissions import Actor, check_may
from openscrutiny.typed import TypedError, tidy_words

# What a publication finds of the words: publication/examined.py.
Examine = Callable[[Sequence[Written]], Sequence[Finding]]
_LONGEST: Final = 1_000


@dataclass(frozen=True)
class Standing:
    """Hold how far one section, or the whole paper, is: its state, by whom, since when.

    `number` counts the acts so far: who acts says which number they saw.
    """

    thing: str
    state: str
    number: int = 0
    by: str = ""
    at: datetime | None = None
    why: str = ""
    edition: int = 1
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def may_follow(self) -> tuple[Act, ...]:
        return acts_from(self.thing, self.state)


@dataclass(frozen=True)
class SignOff:
    """Hold how far the sign-off of a meeting is."""

    meeting: int
    title: str
    day: date
    sections: tuple[Standing, ...]
    pack: Standing

    def of(self, thing: str) -> Standing:
        """Give one section's standing, or that of the whole paper."""
        return next(s for s in (*self.sections, self.pack) if s.thing == thing)


@dataclass(frozen=True)
class Done:
    """Hold one act of the history."""

    thing: str
    act: str
    state: str
    by: str
    at: datetime
    why: str
    edition: int


class BlockedError(OpenScrutinyError):
    """Something is owed first; `found` says what."""

    def __init__(self, found: Sequence[Finding]) -> None:
        count = len(found)
        things = "thing is" if count == 1 else "things are"
        first = found[0]
        super().__init__(
            f"{count} {things} owed first. {first.key}: {first.said}",
            f"{first.fix} All of them: openscrutiny signoff status",
        )
        self.found = tuple(found)


class Overtaken(OpenScrutinyError):
    """Somebody else acted meanwhile: nothing was done twice."""


def check_open(meeting: int, section: str) -> None:
    """Refuse to write in a section that is submitted or signed. Raises OpenScrutinyError."""
    now = find_standing(meeting, section)
    if now.state not in (SectionState.DRAFT, SectionState.CHALLENGED):
        raise OpenScrutinyError(
            f"{section} is {now.state}, so that its words stand as they are.",
            "Take it back while it is submitted; once signed, the director returns it.",
        )


def state_of(meeting: int) -> SignOff:
    """Tell how far the sign-off of a meeting is. The database must be open."""
    held = Meeting.get(meeting)
    return SignOff(
        meeting=meeting,
        title=held.title,
        day=held.date,
        sections=tuple(find_standing(meeting, each.value) for each in Section),
        pack=find_standing(meeting, PACK),
    )


def _last(meeting: int, thing: str) -> Signing | None:
    rows = Signing.objects.filter(meeting_id=meeting, thing=thing)
    return rows.order_by("-number").first()


def find_standing(meeting: int, thing: str) -> Standing:
    """Tell how far one section, or the whole paper, of a meeting is."""
    last = _last(meeting, thing)
    if last is None:
        first = PackState.OPEN if thing == PACK else SectionState.DRAFT
        return Standing(thing, first)
    # What is superseded stays; what follows it is another edition, open again.
    superseded = last.state == PackState.SUPERSEDED
    return Standing(
        thing=thing,
        state=PackState.OPEN if superseded else last.state,
        number=last.number,
        by=last.actor,
        at=last.at,
        why=last.why,
        edition=last.edition + superseded,
        versions=last.versions,
    )


def list_done(meeting: int) -> list[Done]:
    """List every act of a meeting's sign-off, the newest first."""
    rows = Signing.objects.filter(meeting_id=meeting).order_by("-id")
    return [
        Done(r.thing, r.act, r.state, r.actor, r.at, r.why, r.edition) for r in rows
    ]


def act_on(
    actor: Actor,
    meeting: int,
    thing: str,
    act: Act,
    *,
    examine: Examine,
    why: str = "",
    seen: int | None = None,
) -> Standing:
    """Do one thing with a section (by name) or the whole paper (PACK); tell its standing.

    `seen` is the number of acts that the person saw; None where they act on whatever
    stands. The same act by the same person twice is done once. The database must be
    open.

    Raises:
        MayNotError: this person may not.
        Overtaken: somebody else acted meanwhile.
        BlockedError: something is owed first.
        OpenScrutinyError: the state does not allow it, it needs words, or the one who
            approved would publish.
    """
    check_may(actor, WHO[act])
    check_named(actor)
    if thing != PACK and thing not in tuple(Section):
        raise OpenScrutinyError(
            f"There is no section “{thing[:40]}”.", f"Choose one of: {_names()}."
        )
    words = _read_why(act, why)
    with transaction.atomic():
        Meeting.hold(meeting)
        now = find_standing(meeting, thing)
        if seen is not None and seen != now.number:
            return _tell_overtaken(actor, meeting, thing, act, now, seen)
        then = follow(thing, now.state, act)
        _check_policy(actor, meeting, thing, act)
        written = list_written(meeting)
        blocks = [one for one in _found_for(thing, act, written, examine) if one.blocks]
        if blocks:
            raise BlockedError(blocks)
        return _keep(actor, meeting, now, act, then, words, written)


def _names() -> str:
    return ", ".join(each.value for each in Section)


def _read_why(act: Act, why: str) -> str:
    try:
        words = tidy_words(why, _LONGEST)
    except TypedError as error:
        raise OpenScrutinyError(f"What you say {error.what}.", error.fix) from None
    if act in REASONED and not words:
        raise OpenScrutinyError(f"To {act} needs words.", REASONED[act])
    return words


def _tell_overtaken(
    actor: Actor, meeting: int, thing: str, act: Act, now: Standing, seen: int
) -> Standing:
    """Tell who acted meanwhile; a second click of the same person changes nothing."""
    last = _last(meeting, thing)
    assert last is not None, "it has more acts than were seen, so it has one"
    if last.actor == actor.name and last.act == act and last.number == seen + 1:
        return now
    raise Overtaken(
        f"{last.actor} was before you: {thing} is {now.state} now.",
        "Nothing was done a second time. Look at it again.",
    )


def _check_policy(actor: Actor, meeting: int, thing: str, act: Act) -> None:
    """Refuse what the state of the other things does not allow."""
    pack = find_standing(meeting, PACK)
    if thing != PACK and pack.state != PackState.OPEN:
        raise OpenScrutinyError(
            f"The whole paper is {pack.state}.",
            "Return the paper first, or open a new edition of it, then the section.",
        )
    if thing == PACK and act is Act.APPROVE:
        sections = [find_standing(meeting, each.value) for each in Section]
        waits = [one for one in sections if one.state != SectionState.SIGNED]
        if waits:
            told = "; ".join(f"{one.thing} is {one.state}" for one in waits)
            raise OpenScrutinyError(
                f"Not every section is signed: {told}.", "Each is signed first."
            )
    if act is Act.PUBLISH and actor.name == find_approver(meeting):
        raise OpenScrutinyError(
            "You approved this paper, and who approves it does not publish it.",
            "Another person publishes it.",
        )


def find_approver(meeting: int) -> str:
    """Give who approved the whole paper of a meeting last; "" where nobody did."""
    rows = Signing.objects.filter(meeting_id=meeting, thing=PACK, act=Act.APPROVE)
    last = rows.order_by("-number").first()
    return str(last.actor) if last else ""


def _keep(
    actor: Actor,
    meeting: int,
    now: Standing,
    act: Act,
    then: str,
    why: str,
    written: Sequence[Written],
) -> Standing:

    mine = [w for w in written if now.thing in (PACK, w.section)]
    Signing.objects.create(
        meeting_id=meeting,
        thing=now.thing,
        number=now.number + 1,
        edition=now.edition,
        act=act.value,
        state=then,
        why=why,
        versions={one.key: one.number for one in mine},
        actor=actor.name,
    )
    leave_trace(
        actor,
        f"sign-off: {act}"[:40],
        f"{now.state} became {then}",
        thing=f"{now.thing}, meeting {meeting}",
        version=now.number + 1,
    )
    return find_standing(meeting, now.thing)


# ---------- What is owed first ----------

_EXAMINED: Final = (Act.SUBMIT, Act.SIGN, Act.APPROVE, Act.PUBLISH)


def _found_for(
    thing: str, act: Act, written: Sequence[Written], examine: Examine
) -> list[Finding]:
    """Find what is owed before an act; nothing where it is no signature."""
    if act not in _EXAMINED:
        return []
    found = find_blocks(written, examine)
    if thing == PACK:
        return found
    return [one for one in found if one.section == thing]


def find_blocks(written: Sequence[Written], examine: Examine) -> list[Finding]:
    """Find what is owed or doubtful in the words of a meeting, what blocks first."""
    found = [*examine(written), *_find_personal(written), *_find_one_side(written)]
    return sorted(found, key=lambda one: not one.blocks)


def _find_personal(written: Sequence[Written]) -> list[Finding]:
    """Find words that may be personal and that nobody says to have looked at."""
    found = []
    for one in written:
        texts = (*one.words.parts.values(), one.words.owner)
        why = next(filter(None, map(why_personal, texts)), "")
        if why and not one.checked:
            found.append(
                Finding(
                    one.key,
                    one.section,
                    "personal",
                    f"The words may be personal. {why}",
                    "Say it without, or say that you looked and that it may be shown.",
                )
            )
    return found


def _find_one_side(written: Sequence[Written]) -> list[Finding]:
    """Find a paper that tells only what works, or only what worries."""
    words: list[Words] = [one.words for one in written]
    well, worried = shows_both_sides(words)
    if well and worried:
        return []
    lacks = [] if well else ["what is working well"]
    lacks += [] if worried else ["what the service is worried about"]
    return [
        Finding(
            PACK,
            PACK,
            "one side",
            f"Nothing in it says {' or '.join(lacks)}.",
            "Say it of at least one indicator or section: a paper shows both sides.",
        )
    ]
