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
from openscrutiny.minutes.personal import (
    find_private_names,
    find_public_names,
    why_held_back,
)
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
# "Members asked about X; there had been Y", "asked if X, and officers said that Y".
_REPLY: Final = re.compile(
    r";\s+(?!and\b|or\b|who|how|why|what|whether|if\b)"
    r"|,\s+(?=and (?:officers|the (?:director|head|officer)|was told|were told|heard|it was explained)\b)"
)
# "RB asked", "RB: yes, in March": speakers by their initials, in note form.
_INITIALS: Final = re.compile(
    r"\A[A-Z]{2,3}\b\s*(?:[:–-]\s|(?P<asks>asked|queried|questioned|wanted|wondered|sought|raised|requested)\b"
    r"|(?:said|explained|confirmed|advised|replied|noted|reported|added|responded|will|to)\b)"
)
_OWNER_ALONE: Final = 4  # words: "ACTION: Democratic Services" only says whose it is
_ACTION: Final = re.compile(r"\A\W*actions?\b\s*(?::|-|–|for\b)?\s*", re.IGNORECASE)
_HEADS_A_LIST: Final = re.compile(
    r"(?::|\bthat|\bfollowing[^.]*)\s*[.-]?\s*\Z|\A[^.]{0,24}[:-]?\s*\Z", re.I
)


@dataclass(frozen=True)
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

    `link` says what a sentence may be about. A sentence that may not be shown is
    proposed as held back, with the reason alone: it is in no other span.
    """
    found = _Reader(item, wording or default_wording()).read()
    found.sort(key=lambda one: (one.start, -one.end))
    return [
        one if one.kind is Kind.HELD_BACK else replace(one, links=link(one.text))
        for one in found
    ]


class _Reader:
    """Hold what was read so far of one item.

    `running` is the proposal that the next sentence may still belong to, `asked` the
    question that waits for its answer, `heading` the kind of the points that follow.
    """

    def __init__(self, item: Item, wording: Wording) -> None:
        self.item = item
        self.wording = wording
        self.known = (
            *(attendee.name for attendee in item.attendees),
            *find_public_names(item.text),
        )
        whole = item.cut_from or item.text
        self.private = find_private_names(whole, self.known)
        self.found: list[Proposal] = []
        self.heading: Kind | None = None
        self.running: int | None = None
        self.asked: Proposal | None = None

    def read(self) -> list[Proposal]:
        paragraphs = self.item.paragraphs
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            self._read_paragraph(paragraph, after)
        return self.found

    def _read_paragraph(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        if self.heading and not self._is_point(paragraph):
            self.heading = None
        if self.heading is None and paragraph.decides:
            self.heading = Kind.DECISION
        if self.heading in _OUTCOMES:
            said = self.item.text[paragraph.start : paragraph.end]
            if not self._hold_back(paragraph.start, paragraph.end, said):
                self._outcome(self.heading, paragraph.start, paragraph.end, said)
            return
        waits = (
            self.running is not None and self.found[self.running].kind is Kind.QUESTION
        )
        self.running = None
        if not waits:
            self.asked = None
        sentences = self._sentences(paragraph)
        for place, sentence in enumerate(sentences):
            is_last = place + 1 == len(sentences)
            heads = is_last and self._heads(sentence, after)
            if heads and sentence.kind in (*_OUTCOMES, Kind.QUESTION, Kind.ANSWER):
                self.heading, self.running = sentence.kind, None
            elif not self._hold_back(sentence.start, sentence.end, sentence.text):
                self._read_sentence(sentence)

    def _is_point(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph is one more point below the heading."""
        said = self.item.text[paragraph.start : paragraph.end]
        if paragraph.listed:
            return True
        begins_so = re.match(r"(?:that|to) ", said, re.IGNORECASE)
        may_begin_so = self.heading in (Kind.RECOMMENDATION, Kind.DECISION)
        return may_begin_so and (bool(begins_so) or paragraph.decides)

    def _sentences(self, paragraph: Paragraph) -> list[_Sentence]:
        text = self.item.text
        sentences: list[_Sentence] = []
        for start, end in find_sentences(text, paragraph.start, paragraph.end):
            kind = self._label(text[start:end])
            if kind is None and paragraph.listed and not sentences:
                kind = self.heading
            if kind is Kind.QUESTION and (turn := _turn(text[start:end])):
                first, second = start + turn.start(), start + turn.end()
                sentences.append(_Sentence(start, first, text[start:first], kind))
                start, kind = second, Kind.ANSWER
            sentences.append(_Sentence(start, end, text[start:end], kind))
        return sentences

    def _label(self, sentence: str) -> Kind | None:
        """Say what a sentence is by what it says first; a remark yields to a question."""
        places = {
            kind: found.start()
            for kind in _ORDER
            if (found := self.wording.find(kind, sentence))
        }
        if Kind.QUESTION in places:
            places.pop(Kind.COMMENT, None)
        if sentence.rstrip("”\"’'").endswith("?"):
            return Kind.QUESTION
        if initials := _INITIALS.match(sentence):
            return Kind.QUESTION if initials["asks"] else Kind.ANSWER
        if not places:
            return None
        return min(places, key=lambda kind: (places[kind], _ORDER.index(kind)))

    def _heads(self, sentence: _Sentence, after: Paragraph | None) -> bool:
        """Say whether a sentence heads the points that follow, and is none itself."""
        if after is None or not _HEADS_A_LIST.search(sentence.text):
            return False
        follows = self.item.text[after.start : after.end]
        return after.listed or bool(re.match(r"(?:that|to) ", follows, re.IGNORECASE))

    def _hold_back(self, start: int, end: int, said: str) -> bool:
        """Propose a sentence as held back where it may not be shown to all."""
        why = why_held_back(said, self.known, self.private)
        if why:
            self._add(Kind.HELD_BACK, start, end, why=why)
            self.running = None
            if self._label(said) is Kind.QUESTION:
                self.asked = None  # what follows answers no question that is shown
        return bool(why)

    def _read_sentence(self, sentence: _Sentence) -> None:
        said, kind = sentence.text, sentence.kind
        running = None if self.running is None else self.found[self.running].kind
        if kind is Kind.PROCEDURE:
            self.running = self.asked = None
        elif action := _ACTION.match(said):
            if len(said[action.end() :].split()) > _OWNER_ALONE:
                self._promise(sentence)
        elif kind in _OUTCOMES:
            self.running = self.asked = None
            self._outcome(kind, sentence.start, sentence.end, said)
        elif kind is Kind.QUESTION:
            self._run(Kind.QUESTION, sentence, who_asks(said))
            self.asked = self.found[-1]
        elif kind is Kind.COMMENT and (who_asks(said) or running is not Kind.ANSWER):
            self._run(Kind.COMMENT, sentence, who_asks(said))
            self.asked = None
        elif running in (Kind.ANSWER, Kind.PRESENTATION):
            self._go_on(sentence)
        elif kind is Kind.PRESENTATION and self.asked is None:
            self._run(Kind.PRESENTATION, sentence, who_answers(said))
            self._promise_in(sentence)
        elif kind is Kind.ANSWER or self.asked:
            answers = self.asked.id if self.asked else None
            self._run(Kind.ANSWER, sentence, who_answers(said), answers=answers)
            self._promise_in(sentence)
        else:
            self._promise_in(sentence)

    def _run(
        self, kind: Kind, sentence: _Sentence, who: str, answers: str | None = None
    ) -> None:
        self._add(kind, sentence.start, sentence.end, who, answers=answers)
        self.running = len(self.found) - 1

    def _go_on(self, sentence: _Sentence) -> None:
        """Let an answer or a presentation reach to the end of one more sentence."""
        assert self.running is not None
        self.found[self.running] = replace(self.found[self.running], end=sentence.end)
        self._promise_in(sentence)

    def _outcome(self, kind: Kind, start: int, end: int, said: str) -> None:
        if kind is Kind.DECISION and self.wording.find(Kind.PROMISE, said):
            kind = Kind.PROMISE
        names_owners = kind in (Kind.RECOMMENDATION, Kind.PROMISE)
        self._add(kind, start, end, owners=find_owners(said) if names_owners else ())

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
        why: str = "",
    ) -> None:
        self.found.append(
            Proposal(kind, self.item, start, end, who, answers, owners, why=why)
        )


def _turn(question: str) -> re.Match[str] | None:
    """Find where, within one sentence, a question ends and its answer begins."""
    if _ASKED_BEFORE.match(question):
        return _TURN.search(question)
    return _REPLY.search(question)
