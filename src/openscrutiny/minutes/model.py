"""What minutes are made of, and what a reader proposes to take from them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b


def word_set(text: str) -> frozenset[str]:
    """Give the words of a text, by which a class of many words is written down."""
    return frozenset(text.split())


class Kind(StrEnum):
    """Name what a span of minutes may be."""

    PRESENTATION = "presentation"
    QUESTION = "question"
    ANSWER = "answer"
    COMMENT = "comment"
    CONCLUSION = "conclusion"
    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    PROMISE = "promise"
    PROCEDURE = "procedure"
    HELD_BACK = "held back"


class Feeling(StrEnum):
    """Name what a committee's conclusion says that it feels; "" is not said."""

    UNSAID = ""
    COMMENDED = "commended"
    CONCERNED = "concerned"
    NOTED = "noted"


@dataclass(frozen=True)
class Attendee:
    """Hold one line of a meeting's attendance list."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Hold where a paragraph of an item's text stands: characters, end excluded.

    `listed` says that it is one point of a list; its marker is not part of it.
    `decides` says that it stands below the label "Decision:", `owes` that it is a row
    of a table of actions.
    """

    start: int
    end: int
    listed: bool = False
    decides: bool = False
    owes: bool = False


@dataclass(frozen=True)
class Item:
    """Hold one item of one meeting, with the text that minutes have of it.

    The text is never changed: every proposal quotes a span of it. `paragraphs` are
    those of what was said and decided; titles, purposes and lists of documents are
    in the text and not in a paragraph. Who is named as private anywhere in `cut_from` is
    so in every part.
    """

    file: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    number: str = ""
    day: date | None = None
    restricted: bool = False
    attendees: tuple[Attendee, ...] = ()
    cut_from: str = ""  # the whole text, where this is a part of it

    @property
    def name(self) -> str:
        """Name the item as its minutes do: number and title, as far as there are."""
        return " ".join(part for part in (self.number, self.title) if part)


@dataclass(frozen=True)
class Meeting:
    """Hold what one file says of one meeting."""

    file: str
    items: tuple[Item, ...]
    title: str = ""
    day: date | None = None
    attendees: tuple[Attendee, ...] = ()


@dataclass(frozen=True)
class Link:
    """Hold what a span may be about, and why it is proposed."""

    to: str  # indicator, section or paper
    key: str
    why: str


@dataclass(frozen=True)
class Proposal:
    """Hold one proposal: a kind, a span of an item's text, and what goes with it."""

    kind: Kind
    item: Item = field(repr=False)
    start: int
    end: int
    who: str = ""  # empty where the minutes do not say
    answers: str | None = None
    owners: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    why: str = ""  # of what is held back: the reason

    @property
    def text(self) -> str:
        """Quote the span, unchanged."""
        return self.item.text[self.start : self.end]

    @property
    def id(self) -> str:
        """Name the proposal by what it quotes: the same twice has the same name."""
        parts = (self.item.name, str(self.item.day or ""), self.kind, self.text)
        place = str(self.item.text[: self.start].count(self.text))
        quoted = "\0".join((*parts, place)).encode()
        return blake2b(quoted, digest_size=6).hexdigest()
