"""Read one item's sentences into proposals: what was asked, answered, decided, promised.

The reader goes by rules that can be read (`wording.txt`) and by where a sentence
stands: below a heading of conclusions every point of the list is one, and what follows
a question is its answer until something else begins. It guesses nobody's name and
mends no word. A person accepts, edits or drops each proposal.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from openscrutiny.minutes.cues import (
    ACTION,
    ASKED_BEFORE,
    ATTENDED,
    DEBATED,
    GOES_ON,
    GREETS,
    HEADING,
    HEADS_A_LIST,
    INDIRECT,
    INITIALS,
    NUMBER,
    OWES,
    OWNER_ALONE,
    POINTS_ELSEWHERE,
    PRESENTS,
    RECOMMENDS,
    REPLY,
    RUN_ON,
    SENTENCE,
    SPEAKS,
    TURN,
    WANTS,
    WORDS,
)
from openscrutiny.minutes.leads import read_lead, read_marker
from openscrutiny.minutes.model import Item, Kind, Link, Paragraph, Proposal
from openscrutiny.minutes.people import (
    find_owners,
    find_sides,
    who_answers,
    who_asks,
)
from openscrutiny.minutes.personal import (
    find_private_names,
    find_public_names,
    why_held_back,
)
from openscrutiny.minutes.sentences import (
    LONGEST,
    find_sentences,
    leave_out_long,
)
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
    question that waits for its answer, `heading` the kind of the points that follow,
    `carried` who does what they begin with, and `listing` the mark of the line above.
    """

    def __init__(self, item: Item, wording: Wording) -> None:
        self.item = item
        self.wording = wording
        self.known = (
            *(attendee.name for attendee in item.attendees),
            *find_public_names(leave_out_long(item.text)),
        )
        whole = leave_out_long(item.cut_from or item.text)
        self.private = find_private_names(whole, self.known)
        self.sides = find_sides(whole, item.attendees)
        self.found: list[Proposal] = []
        self.heading: Kind | None = None
        self.carried = ""
        self.listing: str | None = None
        self.running: int | None = None
        self.asked: Proposal | None = None

    def read(self) -> list[Proposal]:
        paragraphs = self._whole_points()
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            self._read_paragraph(paragraph, after)
        return self.found

    def _whole_points(self) -> list[Paragraph]:
        """Give the paragraphs; a number in a table's cell of its own marks the next one."""
        whole: list[Paragraph] = []
        numbered = False
        for one in self.item.paragraphs:
            if NUMBER.fullmatch(self.item.text, one.start, one.end):
                numbered = True
            else:
                whole.append(replace(one, listed=True) if numbered else one)
                numbered = False
        return whole

    def _read_paragraph(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        if self.listing is not None and not self._is_point(paragraph):
            self.heading, self.carried, self.listing = None, "", None
        if paragraph.owes:
            said = self.item.text[paragraph.start : paragraph.end]
            if not self._hold_back(paragraph.start, paragraph.end, said):
                self._outcome(Kind.PROMISE, paragraph.start, paragraph.end, said)
            return
        if self.heading is None and paragraph.decides:
            self._head(Kind.DECISION, "", paragraph)
        if self.heading is Kind.PROCEDURE:
            return
        if self.heading in (*_OUTCOMES, Kind.PROMISE):
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
            if is_last and self._heads(sentence, paragraph, after):
                self.running = None
            elif not self._hold_back(sentence.start, sentence.end, sentence.text):
                self._read_sentence(sentence)

    def _is_point(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph is one more point below the heading."""
        said = self.item.text[paragraph.start : paragraph.end]
        if paragraph.listed:
            return not self.listing or self._mark_of(paragraph) != self.listing
        begins_so = re.match(r"(?:that|to) ", said, re.IGNORECASE)
        may_begin_so = self.heading in (Kind.RECOMMENDATION, Kind.DECISION)
        return may_begin_so and (bool(begins_so) or paragraph.decides)

    def _mark_of(self, paragraph: Paragraph) -> str:
        """Give the form of the number before a paragraph: "0.0" of 48.2; else nothing."""
        before = self.item.text.rfind("\n", 0, paragraph.start) + 1
        mark = self.item.text[before : paragraph.start].strip()
        return re.sub(r"\d+", "0", mark) if re.search(r"\d", mark) else ""

    def _head(self, kind: Kind | None, carried: str, paragraph: Paragraph) -> None:
        self.heading, self.carried = kind, carried
        self.listing = self._mark_of(paragraph)

    def _sentences(self, paragraph: Paragraph) -> list[_Sentence]:
        text = self.item.text
        sentences: list[_Sentence] = []
        for start, end in self._spans(paragraph):
            kind = self._label(text[start:end])
            if paragraph.listed and not sentences:
                kind = self._point(text[start:end], kind)
            leads = text[start:end].endswith(":")
            if (
                kind is Kind.QUESTION
                and not leads
                and (turn := self._turn(text[start:end]))
            ):
                first, second = start + turn[0], start + turn[1]
                sentences.append(_Sentence(start, first, text[start:first], kind))
                start, kind = second, Kind.ANSWER
            sentences.append(_Sentence(start, end, text[start:end], kind))
        return sentences

    def _spans(self, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
        """Give the sentences of a paragraph, parted also where a line was lost."""
        text = self.item.text
        for start, end in find_sentences(text, paragraph.start, paragraph.end):
            if glued := RUN_ON.match(text[start:end]):
                yield start, start + glued.end()
                start += glued.end()
            yield start, end

    def _point(self, said: str, kind: Kind | None) -> Kind | None:
        """Say what a point of a list is: what it says, else what its heading says.

        Below a heading that takes no part, a point states something.
        """
        if self.heading is not Kind.ANSWER and INDIRECT.match(said):
            return Kind.QUESTION
        if self.heading is Kind.QUESTION and kind in (None, Kind.ANSWER):
            begins = " ".join(said.split()[:6])
            officer = self.wording.side_of(begins, self.sides) == "officers"
            return kind if kind and officer else self.heading
        if kind is not None or self.listing is None:
            return kind
        if self.heading in (None, Kind.ANSWER):
            return None if self._promises(said) else Kind.ANSWER
        return self.heading

    def _label(self, sentence: str) -> Kind | None:
        """Say what a sentence is by what it says first; a remark yields to a question."""
        if len(sentence) > LONGEST or not WORDS.search(sentence):
            return None
        if ATTENDED.search(sentence) or GREETS.search(sentence):
            return Kind.PROCEDURE
        kind, _ = read_marker(sentence)
        if kind not in (None, Kind.PROMISE):
            return kind
        if sentence.rstrip("”\"’'").endswith("?"):
            return Kind.QUESTION
        if (initials := INITIALS.match(sentence)) and not (
            self.wording.side_of(initials["who"], self.sides)
        ):
            return self._spoken(initials["who"], asks=initials["asks"] is not None)
        if (speaks := SPEAKS.match(sentence)) and (
            said := self._spoken(
                speaks["who"], asks=bool(WANTS.match(sentence, speaks.end()))
            )
        ):
            return said
        told = f"{self.carried} {sentence}" if self.carried else sentence
        if own := self.wording.find_own(told, self.sides):
            return own
        places = {
            kind: found
            for kind in _ORDER
            if (found := self.wording.find(kind, told, self.sides)) is not None
        }
        if Kind.QUESTION in places:
            places.pop(Kind.COMMENT, None)
        if Kind.PRESENTATION in places:
            places.pop(Kind.ANSWER, None)
        if not places:
            return self._by_subject(told)
        return min(places, key=lambda kind: (places[kind], _ORDER.index(kind)))

    def _turn(self, question: str) -> tuple[int, int] | None:
        """Find where, within one sentence, a question ends and its answer begins."""
        found = (
            TURN.search(question)
            if ASKED_BEFORE.match(question)
            else REPLY.search(question)
        )
        if found:
            return found.span()
        return self.wording.find_turn(question, self.sides)

    def _by_subject(self, told: str) -> Kind | None:
        """Take what a member does for a remark, and what an officer does for an answer."""
        if not told.endswith((".", ";", "and")) or len(told.split()) < SENTENCE:
            return None
        side = self.wording.begins_with(told, self.sides)
        if GOES_ON.match(told) or DEBATED.search(told):
            return None
        if side == "members":
            return Kind.COMMENT
        if side == "officers" and self.found and not self._promises(told):
            return Kind.ANSWER
        return None

    def _spoken(self, who: str, *, asks: bool) -> Kind | None:
        """Say what somebody before a colon, or named by initials, says."""
        side = self.wording.side_of(who, self.sides)
        if side == "officers":
            return Kind.ANSWER
        initials = who.isupper() and len(who) <= 3
        if asks and (side or initials):
            return Kind.QUESTION
        if side == "members":
            return Kind.COMMENT
        return Kind.ANSWER if initials else None

    def _heads(
        self, sentence: _Sentence, paragraph: Paragraph, after: Paragraph | None
    ) -> bool:
        """Take a sentence for the head of the points that follow, if it is none itself."""
        said, kind = sentence.text, sentence.kind
        if POINTS_ELSEWHERE.search(said) and (after is None or not after.listed):
            return True
        if after is None or not HEADS_A_LIST.search(said):
            return False
        follows = self.item.text[after.start : after.end]
        if not after.listed and not re.match(r"(?:that|to) ", follows, re.IGNORECASE):
            return len(said.split()) <= HEADING and kind in _OUTCOMES
        outcome = next(
            (one for one in _OUTCOMES if self.wording.find(one, said) is not None), kind
        )
        if outcome in (*_OUTCOMES, Kind.PROCEDURE):
            self._head(outcome, "", paragraph)
            return True
        lead, carried, leads = read_lead(said)
        if leads and after.listed:
            self._head(lead, carried, paragraph)
        return leads and after.listed

    def _hold_back(self, start: int, end: int, said: str) -> bool:
        """Propose a sentence as held back where it may not be shown to all."""
        if end - start > LONGEST:
            why = "It is too long for a sentence, and was not read."
        else:
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
        if kind is Kind.PRESENTATION and not self._may_present(said):
            begins = self.wording.begins_with(said, self.sides)
            kind = Kind.COMMENT if begins == "members" else Kind.ANSWER
        if running is Kind.ANSWER and kind in (Kind.QUESTION, Kind.COMMENT):
            kind = kind if self._breaks(said) else None
        if kind is Kind.PROCEDURE:
            self.running = self.asked = None
        elif action := ACTION.match(said):
            if len(said[action.end() :].split()) > OWNER_ALONE:
                self._promise(sentence)
        elif kind in _OUTCOMES and _is_title(said):
            self.running = self.asked = None
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
        elif kind is None and running is Kind.COMMENT and not self._promises(said):
            # What is said upon a remark, by nobody of the committee, answers it.
            self._run(Kind.ANSWER, sentence, who_answers(said))
        elif kind is Kind.PRESENTATION:
            self._run(Kind.PRESENTATION, sentence, who_answers(said))
            self._promise_in(sentence)
        elif kind is Kind.ANSWER or self.asked or self._states(said):
            answers = self.asked.id if self.asked else None
            self._run(Kind.ANSWER, sentence, who_answers(said), answers=answers)
            self._promise_in(sentence)
        else:
            self._promise_in(sentence)

    def _may_present(self, said: str) -> bool:
        """Say whether an officer may still be introducing what is discussed."""
        discussed = any(
            one.kind in (Kind.QUESTION, Kind.ANSWER, Kind.COMMENT) for one in self.found
        )
        return self.asked is None and (not discussed or bool(PRESENTS.search(said)))

    def _breaks(self, said: str) -> bool:
        """Say whether a question or a remark ends the answer before it: an officer's does not."""
        begins = self.wording.begins_with(said, self.sides)
        return "?" in said or not (GOES_ON.match(said) or begins == "officers")

    def _states(self, said: str) -> bool:
        """Say whether a sentence by nobody states a fact within a discussion."""
        discussed = any(
            one.kind in (Kind.QUESTION, Kind.ANSWER, Kind.COMMENT) for one in self.found
        )
        whole = said.endswith(".") and len(said.split()) >= SENTENCE
        return discussed and whole and not self._promises(said)

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
        if kind is Kind.DECISION and RECOMMENDS.search(said):
            kind = Kind.RECOMMENDATION
        elif kind is Kind.DECISION and self._promises(said):
            kind = Kind.PROMISE
        names_owners = kind in (Kind.RECOMMENDATION, Kind.PROMISE)
        self._add(kind, start, end, owners=find_owners(said) if names_owners else ())

    def _promise_in(self, sentence: _Sentence) -> None:
        if self._promises(sentence.text):
            self._promise(sentence)

    def _promises(self, said: str) -> bool:
        told = f"{self.carried} {said}" if self.carried else said
        if self.wording.find(Kind.PROMISE, told, self.sides) is not None:
            return True
        owes = OWES.search(said)
        return owes is not None and self.wording.is_of("does", owes["verb"])

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


def _is_title(said: str) -> bool:
    """Say whether a line names what stands below it, and says nothing itself."""
    words = said.split()
    if len(words) <= HEADING:
        return True
    long = [word for word in words if len(word) > 3]
    return said[-1].isalnum() and all(word[0].isupper() for word in long)
