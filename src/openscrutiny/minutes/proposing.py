"""Read one item's sentences into proposals: what was asked, answered, decided, promised.

The reader goes by rules that can be read (`wording.txt`) and by where a sentence
stands: below a heading of conclusions every point of the list is one, and what follows
a question is its answer until something else begins. It guesses nobody's name and
mends no word. A person accepts, edits or drops each proposal.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from openscrutiny.minutes.model import Item, Kind, Link, Paragraph, Proposal
from openscrutiny.minutes.people import find_owners, who_answers, who_asks
from openscrutiny.minutes.personal import why_held_back
from openscrutiny.minutes.sentences import find_sentences
from openscrutiny.minutes.wording import Wording, default_wording

__all__ = ["propose"]

_OUTCOMES: Final = (Kind.CONCLUSION, Kind.RECOMMENDATION, Kind.DECISION)
# Of what begins at one place in a sentence, the first of these wins.
_ORDER: Final = (
    Kind.PROCEDURE,
    Kind.RECOMMENDATION,
    Kind.DECISION,
    Kind.CONCLUSION,
    Kind.QUESTION,
    Kind.PRESENTATION,
    Kind.ANSWER,
    Kind.COMMENT,
)
# "In response to a question about X, Y explained that": where the answer begins.
_TURN: Final = re.compile(
    r",\s+(?=(?:it was|the |officers?|members were|[A-Z][\w’'-]+)[^,]*(?:,[^,]{0,80},)?[^,]*?"
    r"\b(?:said|explained|confirmed|advised|responded|replied|stated|informed|clarified|"
    r"reported|assured|told|highlighted|acknowledged|answered|added|noted|undertook)\b)"
)
_ASKED_BEFORE: Final = re.compile(
    r"\A\W*(?:in (?:response|reply|answer)|responding|replying|when asked)\b", re.I
)
_ACTION: Final = re.compile(r"\A\W*actions?\b\s*(?::|-|–|for\b)?\s*", re.IGNORECASE)
_HEADS_A_LIST: Final = re.compile(
    r"(?::|\bthat|\bfollowing[^.]*)\s*[.-]?\s*\Z|\A[^.]{0,24}[:-]?\s*\Z", re.I
)


@dataclass
class _Sentence:
    start: int
    end: int
    text: str
    kind: Kind | None


def propose(
    item: Item,
    wording: Wording | None = None,
    link: Callable[[str], tuple[Link, ...]] = lambda said: (),
) -> list[Proposal]:
    """Propose what an item's minutes hold, in the order of the text.

    `link` says what a sentence may be about. A span that may not be shown is
    proposed as held back, with the reason and without its kind.
    """
    found = _Reader(item, wording or default_wording()).read()
    found.sort(key=lambda one: (one.start, -one.end))
    linked = [replace(one, links=link(one.text)) for one in found]
    return _hold_back(linked, item)


class _Reader:
    """Hold what was read so far of one item."""

    def __init__(self, item: Item, wording: Wording) -> None:
        self.item = item
        self.wording = wording
        self.found: list[Proposal] = []
        self.heading: Kind | None = None
        self.open_question: Proposal | None = None

    def read(self) -> list[Proposal]:
        paragraphs = self.item.paragraphs
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            self._read_paragraph(paragraph, after)
        return self.found

    def _read_paragraph(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        if self.heading and self._is_point(paragraph):
            self._add(self.heading, paragraph.start, paragraph.end)
            return
        self.heading = None
        sentences = self._sentences(paragraph)
        running: Kind | None = None
        for place, sentence in enumerate(sentences):
            is_last = place + 1 == len(sentences)
            if sentence.kind in _OUTCOMES and is_last and self._heads(sentence, after):
                self.heading, running = sentence.kind, None
                continue
            running = self._read_sentence(sentence, running)
        if running is not Kind.QUESTION:
            self.open_question = None

    def _is_point(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph is one more point below the heading."""
        said = self.item.text[paragraph.start : paragraph.end]
        if paragraph.listed:
            return True
        begins_so = re.match(r"(?:that|to) ", said, re.IGNORECASE)
        return self.heading is not Kind.CONCLUSION and bool(begins_so)

    def _sentences(self, paragraph: Paragraph) -> list[_Sentence]:
        text = self.item.text
        return [
            _Sentence(start, end, text[start:end], self._label(text[start:end]))
            for start, end in find_sentences(text, paragraph.start, paragraph.end)
        ]

    def _label(self, sentence: str) -> Kind | None:
        """Say what kind a sentence is by what it says first; a remark yields to a question."""
        places = {
            kind: found.start()
            for kind in _ORDER
            if (found := self.wording.find(kind, sentence))
        }
        if Kind.QUESTION in places and Kind.COMMENT in places:
            del places[Kind.COMMENT]
        if not places:
            return Kind.QUESTION if sentence.rstrip("”\"’'").endswith("?") else None
        return min(places, key=lambda kind: (places[kind], _ORDER.index(kind)))

    def _heads(self, sentence: _Sentence, after: Paragraph | None) -> bool:
        """Say whether a sentence heads the points that follow, and is none itself."""
        if after is None or not _HEADS_A_LIST.search(sentence.text):
            return False
        follows = self.item.text[after.start : after.end]
        return after.listed or bool(re.match(r"(?:that|to) ", follows, re.IGNORECASE))

    def _read_sentence(self, sentence: _Sentence, running: Kind | None) -> Kind | None:
        kind = sentence.kind
        if kind is Kind.PROCEDURE:
            return None
        if _ACTION.match(sentence.text):
            self._promise(sentence)
            return running
        if kind in (Kind.QUESTION, *_OUTCOMES):
            return self._begin(kind, sentence)
        goes_on = running in (Kind.ANSWER, Kind.PRESENTATION)
        if running is Kind.QUESTION or (self.open_question and running is None):
            return self._answer(sentence)
        if kind is Kind.ANSWER and running is not Kind.ANSWER:
            return self._answer(sentence)
        if kind is Kind.COMMENT and not (goes_on and not who_asks(sentence.text)):
            self._add(
                Kind.COMMENT, sentence.start, sentence.end, who_asks(sentence.text)
            )
            return Kind.COMMENT
        if kind is Kind.PRESENTATION and not goes_on:
            who = who_answers(sentence.text)
            self._add(Kind.PRESENTATION, sentence.start, sentence.end, who)
            self._promise_in(sentence)
            return Kind.PRESENTATION
        if running is Kind.ANSWER:
            self.found[-1 - self._promises_behind()] = replace(
                self.found[-1 - self._promises_behind()], end=sentence.end
            )
        if goes_on:
            self._promise_in(sentence)
        return running

    def _begin(self, kind: Kind, sentence: _Sentence) -> Kind | None:
        if kind is not Kind.QUESTION:
            if kind is Kind.DECISION and self.wording.find(Kind.PROMISE, sentence.text):
                self._promise(sentence)
            else:
                owners = (
                    find_owners(sentence.text) if kind is Kind.RECOMMENDATION else ()
                )
                self._add(kind, sentence.start, sentence.end, owners=owners)
            return None
        who = who_asks(sentence.text)
        turn = (
            _TURN.search(sentence.text) if _ASKED_BEFORE.match(sentence.text) else None
        )
        end = sentence.start + turn.start() if turn else sentence.end
        self.open_question = self._add(Kind.QUESTION, sentence.start, end, who)
        if turn:
            begin = sentence.start + turn.end()
            rest = _Sentence(
                begin, sentence.end, self.item.text[begin : sentence.end], None
            )
            return self._answer(rest)
        return Kind.QUESTION

    def _answer(self, sentence: _Sentence) -> Kind:
        question, self.open_question = self.open_question, None
        answers = question.id if question else None
        who = who_answers(sentence.text)
        self._add(Kind.ANSWER, sentence.start, sentence.end, who, answers=answers)
        self._promise_in(sentence)
        return Kind.ANSWER

    def _promises_behind(self) -> int:
        """Count the promises that were found within the answer that still goes on."""
        count = 0
        while self.found[-1 - count].kind is Kind.PROMISE:
            count += 1
        return count

    def _promise_in(self, sentence: _Sentence) -> None:
        if self.wording.find(Kind.PROMISE, sentence.text):
            self._promise(sentence)

    def _promise(self, sentence: _Sentence) -> None:
        owners = find_owners(sentence.text)
        self._add(Kind.PROMISE, sentence.start, sentence.end, owners=owners)

    def _add(
        self,
        kind: Kind,
        start: int,
        end: int,
        who: str = "",
        *,
        answers: str | None = None,
        owners: tuple[str, ...] = (),
    ) -> Proposal:
        if kind is Kind.RECOMMENDATION and not owners:
            owners = find_owners(self.item.text[start:end])
        made = Proposal(kind, self.item, start, end, who, answers, owners)
        self.found.append(made)
        return made


def _hold_back(proposals: list[Proposal], item: Item) -> list[Proposal]:
    """Put the reason in the place of what may not be shown; its answer stays apart."""
    known = [attendee.name for attendee in item.attendees]
    return [
        replace(one, kind=Kind.HELD_BACK, who="", owners=(), links=(), why=why)
        if (why := why_held_back(one.text, known))
        else one
        for one in proposals
    ]
