"""Commentary and sign-off laid out: what one person reads, and what is owed first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.text import slugify

from openscrutiny.adoption.commentary import Finding, Words
from openscrutiny.periods import format_date
from openscrutiny.publication.commentary import Told, tell
from openscrutiny.publication.publication import Publication
from openscrutiny.scrutiny.commentary.deadlines import Due
from openscrutiny.scrutiny.commentary.service import Reading
from openscrutiny.scrutiny.commentary.signoff import SignOff, Standing
from openscrutiny.scrutiny.commentary.states import (
    PACK,
    REASONED,
    WHO,
    Act,
    SectionState,
)
from openscrutiny.scrutiny.permissions import Permission

# What is said of a finding to whoever is not shown what officers are.
_KINDS: Final = {
    "owed": "It needs a reason, and what comes next with an owner and a day.",
    "contradicts": "The text says otherwise than the figures do.",
    "changed": "A figure has changed since it was written.",
    "token": "A figure that it names does not exist.",
    "hidden": "The text gives a number that may not be shown.",
    "personal": "The words may be personal.",
    "one side": "The paper shows only one side.",
}


@dataclass(frozen=True)
class WordsView:
    """Hold the part of an indicator's page that says what the service says.

    `told` is None where nothing may be read; `nothing` then says so.
    """

    told: Told | None
    state: str
    about: str  # who wrote and who signed it, and for which meeting
    is_draft: bool
    nothing: str


def lay_out_words(
    reading: Reading | None, publication: Publication, owner: str = ""
) -> WordsView:
    """Lay out what one person reads of the words about one indicator."""
    owned = f" The owner is {owner}." if owner else ""
    if reading is None:
        return WordsView(
            None, "", "", False, f"Nothing is written here: figures alone.{owned}"
        )
    standing, written = reading.standing, reading.written
    meeting = f"the meeting of {format_date(reading.day)}"
    if written is None or (written.words.is_empty and not reading.kept):
        said = "Nothing is signed here"
        if reading.sees_drafts or standing.state == SectionState.SIGNED:
            said = "Nothing is written here"
        return WordsView(
            None,
            standing.state,
            "",
            False,
            f"{said} for {meeting}: figures alone.{owned}",
        )
    is_draft = standing.state != SectionState.SIGNED
    about = f"{written.by or 'The command line'}"
    if written.at:
        about += f", {format_date(written.at.date())}"
    if not is_draft and standing.at:
        about += f"; signed by {standing.by} on {format_date(standing.at.date())}"
    about += f"; for {meeting}."
    told = tell(written, publication, reading.kept)
    return WordsView(told, standing.state, about, is_draft, "")


def write_cells(words: Words) -> dict[str, str]:
    """Write words as the form's fields hold them."""
    cells = {name: value for name, value in vars(words).items() if name != "by"}
    return {**cells, "by": words.by.isoformat() if words.by else ""}


# ---------- The page of sign-off ----------


@dataclass(frozen=True)
class Card:
    """Hold one section, or the whole paper, on the page of sign-off.

    `blocks` are owed before it is signed, `looks` are to be looked at, and `acts` are what
    this person may do.
    """

    standing: Standing
    due: Due | None
    said: str
    blocks: tuple[Finding, ...]
    looks: tuple[Finding, ...]
    acts: tuple[Act, ...]

    @property
    def slug(self) -> str:
        return slugify(self.standing.thing)

    @property
    def needs_words(self) -> bool:
        """Tell whether something that this person may do needs words."""
        return any(act in REASONED for act in self.acts)


@dataclass(frozen=True)
class Board:
    """Hold the page of sign-off: in one sentence, then card by card."""

    said: str
    cards: tuple[Card, ...]


def lay_out_board(
    held: SignOff,
    due: Sequence[Due],
    found: Sequence[Finding],
    may: Callable[[Permission], bool],
    *,
    sees_everything: bool,
) -> Board:
    """Lay out the sign-off of a meeting for one person.

    Whoever is not shown what officers are learns of what kind each finding is alone.
    """
    shown = [one if sees_everything else _without_figures(one) for one in found]
    by_thing = {one.thing: one for one in due}
    cards = tuple(
        _card(standing, by_thing.get(standing.thing), shown, may)
        for standing in (*held.sections, held.pack)
    )
    return Board(_say_board(held, due, found), cards)


def _without_figures(found: Finding) -> Finding:
    said = _KINDS.get(found.kind, "Something is to be looked at.")
    return Finding(found.key, found.section, found.kind, said, "", found.blocks)


def _card(
    standing: Standing,
    due: Due | None,
    found: Sequence[Finding],
    may: Callable[[Permission], bool],
) -> Card:
    mine = [one for one in found if one.section == standing.thing]
    acts = tuple(
        act
        for act in standing.may_follow
        if may(WHO[act]) and act is not Act.PUBLISH  # it freezes what is published
    )
    return Card(
        standing=standing,
        due=due,
        said=_say_standing(standing),
        blocks=tuple(one for one in mine if one.blocks),
        looks=tuple(one for one in mine if not one.blocks),
        acts=acts,
    )


def _say_standing(standing: Standing) -> str:
    if standing.at is None:
        return "Nothing is submitted yet." if standing.thing != PACK else ""
    why = f" “{standing.why}”" if standing.why else ""
    return f"Since {format_date(standing.at.date())}, by {standing.by}.{why}"


def _say_board(held: SignOff, due: Sequence[Due], found: Sequence[Finding]) -> str:
    """Say in one sentence how far it is, what is late and what blocks."""
    signed = sum(one.state == SectionState.SIGNED for one in held.sections)
    late = [one for one in due if one.late]
    blocks = sum(one.blocks for one in found)
    things = "thing blocks" if blocks == 1 else "things block"
    said = [
        f"{signed} of {len(held.sections)} sections signed; the whole paper is "
        f"{held.pack.state}.",
        f"{blocks} {things} signing." if blocks else "Nothing blocks signing.",
    ]
    if late:
        worst = max(late, key=lambda one: one.late)
        name = worst.thing if len(late) == 1 else f"{len(late)} sections"
        most = "" if len(late) == 1 else " at most"
        verb = "is" if len(late) == 1 else "are"
        said.append(
            f"{name} {verb} late: {worst.in_words.removesuffix(' late')}{most}."
        )
    return " ".join(said)
