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
    ACTIONS,
    ANSWERS,
    ASKS_THAT,
    CELL,
    DATED,
    DISCUSSES,
    GOES_ON,
    HEADING,
    HEADS_A_LIST,
    INDIRECT,
    LEADS,
    NUMBER,
    OWES,
    OWNER_ALONE,
    POINTS_ELSEWHERE,
    PRESENTS,
    PUT_TO,
    RECEIVES,
    RECOMMENDS,
    RESOLVES,
    RUN_ON,
    SENTENCE,
    STATUS,
    WORDS,
)
from openscrutiny.minutes.labelling import Labeller, is_title, is_told
from openscrutiny.minutes.leads import is_mixed, read_lead
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

_OUTCOMES: Final = (Kind.CONCLUSION, Kind.RECOMMENDATION, Kind.DECISION)


@dataclass(frozen=True)
class _Sentence:
    start: int
    end: int
    text: str
    kind: Kind | None
    whole: int = -1  # where it begins that this was cut off from


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
        self.labels = Labeller(wording, self.sides)
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
            kind = Kind.RECOMMENDATION if said.startswith("That ") else Kind.PROMISE
            if not self._hold_back(paragraph.start, paragraph.end, said):
                self._outcome(kind, paragraph.start, paragraph.end, said)
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
        self._answers_what_was_asked(paragraph)
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

    def _answers_what_was_asked(self, paragraph: Paragraph) -> None:
        """Take a resolution for an earlier recommendation, where its state stands below."""
        said = self.item.text[paragraph.start : paragraph.end]
        last = self.found[-1] if self.found else None
        if last is None or last.kind is not Kind.DECISION:
            return
        if STATUS.match(said) and ASKS_THAT.match(last.text):
            self.found[-1] = replace(last, kind=Kind.RECOMMENDATION)

    def _is_point(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph is one more point below the heading."""
        said = self.item.text[paragraph.start : paragraph.end]
        if paragraph.listed:
            return not self.listing or self._mark_of(paragraph) != self.listing
        if self.heading is Kind.PROMISE and self._is_order(said):
            return True
        begins_so = re.match(r"(?:that|to) ", said, re.IGNORECASE)
        may_begin_so = self.heading in (*_OUTCOMES, Kind.ANSWER)
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
            kind, whole = self._label(text[start:end]), start
            if (paragraph.listed or self.listing is not None) and not sentences:
                kind = self._point(text[start:end], kind)
            leads = text[start:end].endswith(":")
            if (
                kind is Kind.QUESTION
                and not leads
                # What is personal in one half is so in the other: it is held back whole.
                and not self._why_held_back(text[start:end])
                and (turn := self.labels.turn(text[start:end]))
            ):
                first, second = start + turn[0], start + turn[1]
                sentences.append(_Sentence(start, first, text[start:first], kind))
                whole, start, kind = start, second, Kind.ANSWER
            if STATUS.match(text, start, end) and self._states_what_was_asked(
                sentences
            ):
                sentences[-1] = replace(sentences[-1], kind=Kind.RECOMMENDATION)
                kind = Kind.ANSWER
            if sentences and sentences[-1].kind in _OUTCOMES:
                label = is_title(sentences[-1].text)  # RESOLVED, in a cell of its own
                kind = sentences[-1].kind if label else kind
            if DATED.fullmatch(text, start, end):
                kind = Kind.PROCEDURE
            if (
                kind is None
                and sentences
                and self._follows_a_note(sentences[-1], start)
            ):
                kind = Kind.ANSWER if is_told(text[start:end]) else Kind.PROCEDURE
            if WORDS.search(text, start, end):
                sentences.append(_Sentence(start, end, text[start:end], kind, whole))
        return sentences

    def _follows_a_note(self, before: _Sentence, start: int) -> bool:
        """Say whether a dash parts what stands here from what somebody owes."""
        parted = CELL.fullmatch(self.item.text, before.end, start) is not None
        return parted and self._promises(before.text)

    @staticmethod
    def _states_what_was_asked(before: list[_Sentence]) -> bool:
        """Say whether a sentence is an earlier recommendation, where its state follows."""
        return bool(before) and bool(ASKS_THAT.match(before[-1].text))

    def _spans(self, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
        """Give the sentences of a paragraph, parted also where a line was lost."""
        text = self.item.text
        for start, end in find_sentences(text, paragraph.start, paragraph.end):
            if glued := RUN_ON.match(text[start:end]):
                yield start, start + len(glued.group().rstrip())
                start += glued.end()
            for cell in CELL.finditer(text, start, end):
                after = STATUS.match(text, cell.end(), end)
                if (
                    after
                    or DATED.fullmatch(text, start, cell.start())
                    or (OWES.search(text[start : cell.start()]))
                ):
                    yield start, cell.start()
                    start = cell.end()
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
        headed = self.heading is not None
        return self.labels.label(
            sentence, self.carried, headed=headed, begun=bool(self.found)
        )

    def _promises(self, said: str) -> bool:
        return self.labels.promises(said, self.carried)

    def _heads(
        self, sentence: _Sentence, paragraph: Paragraph, after: Paragraph | None
    ) -> bool:
        """Take a sentence for the head of the points that follow, if it is none itself."""
        said, kind = sentence.text, sentence.kind
        if POINTS_ELSEWHERE.search(said) and (after is None or not after.listed):
            return True
        if after is None or not HEADS_A_LIST.search(said):
            return False
        if self.listing is not None and not said.endswith((":", "-", "–", "that")):
            return False  # a short point of a list heads nothing
        follows = self.item.text[after.start : after.end]
        if ACTIONS.fullmatch(said) and self._is_order(follows):
            self._head(Kind.PROMISE, "", paragraph)
            return True
        is_point = after.listed or re.match(r"(?:that|to) ", follows, re.IGNORECASE)
        if not is_point:
            return len(said.split()) <= HEADING and kind in _OUTCOMES
        outcome = next(
            (one for one in _OUTCOMES if self.wording.find(one, said) is not None), kind
        )
        passes = outcome is Kind.PROCEDURE and not DISCUSSES.search(said)
        if outcome in _OUTCOMES or passes:
            self._head(outcome, "", paragraph)
            return True
        lead, carried, leads = read_lead(said)
        if lead is None and not carried and not is_mixed(said):
            begins = self.wording.begins_with(said, self.sides)
            carried = said.rstrip(" :–-") if begins in ("members", "officers") else ""
        if leads and (after.listed or lead is Kind.ANSWER):
            self._head(lead, carried, paragraph)
            return True
        return False

    def _is_order(self, said: str) -> bool:
        """Say whether a line begins with what is to be done: "Send the names"."""
        first = said.split(maxsplit=1)[0].lower()
        return self.wording.is_of("does", first)

    def _why_held_back(self, said: str) -> str:
        if len(said) > LONGEST:
            return "It is too long for a sentence, and was not read."
        return why_held_back(said, self.known, self.private)

    def _hold_back(self, start: int, end: int, said: str) -> bool:
        """Propose a sentence as held back where it may not be shown to all."""
        if why := self._why_held_back(said):
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
            if begins != "members":
                kind = Kind.ANSWER
            elif not RECEIVES.search(said):  # what it receives is laid before it anew
                kind = Kind.COMMENT
        if kind is Kind.ANSWER and (self._still_presents(said) or self._opens(said)):
            kind = Kind.PRESENTATION
        if running is Kind.ANSWER and kind in (Kind.QUESTION, Kind.COMMENT):
            kind = kind if self._breaks(said) else None
        if kind is Kind.PROCEDURE or LEADS.search(said):
            self.running = self.asked = None
        elif action := ACTION.match(said):
            self.running = self.asked = None
            if len(said[action.end() :].split()) > OWNER_ALONE:
                self._promise(sentence)
        elif self.running is None and not self.asked and self.labels.owes(said):
            self._promise(sentence)
        elif said in ("Noted.", "NOTED."):
            self.running = self.asked = None
            self._add(Kind.DECISION, sentence.start, sentence.end)
        elif kind in _OUTCOMES and is_title(said):
            self.running = self.asked = None
        elif kind in _OUTCOMES:
            self.running = self.asked = None
            self._outcome(kind, sentence.start, sentence.end, said)
        elif kind is Kind.QUESTION:
            self._run(Kind.QUESTION, sentence, who_asks(said))
            self.asked = self.found[-1]
        elif kind is Kind.COMMENT and (
            running is not Kind.ANSWER or who_asks(said) or self._remarks(said)
        ):
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

    def _opens(self, said: str) -> bool:
        """Say whether an officer is the first to speak, and answers nobody."""
        begins = self.wording.begins_with(said, self.sides) == "officers"
        return begins and not self.found and not ANSWERS.search(said)

    def _still_presents(self, said: str) -> bool:
        """Say whether who introduced the item goes on in the next paragraph."""
        last = self.found[-1].kind if self.found else None
        goes_on = re.match(r"(?:He|She|They)\b", said) is not None
        return last is Kind.PRESENTATION and self.running is None and goes_on

    def _breaks(self, said: str) -> bool:
        """Say whether a question or a remark ends the answer before it: an officer's does not."""
        begins = self.wording.begins_with(said, self.sides)
        if "?" in said or PUT_TO.search(said):
            return True
        return not (GOES_ON.match(said) or begins == "officers")

    def _remarks(self, said: str) -> bool:
        """Say whether a member speaks, where somebody's answer runs."""
        begins = self.wording.begins_with(said, self.sides)
        return begins == "members" and not self._promises(said)

    def _states(self, said: str) -> bool:
        """Say whether a sentence by nobody states a fact within a discussion."""
        discussed = any(
            one.kind in (Kind.QUESTION, Kind.ANSWER, Kind.COMMENT) for one in self.found
        )
        whole = said.endswith((".", ";")) and len(said.split()) >= SENTENCE
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
        if kind is Kind.DECISION and (
            RECOMMENDS.search(said)
            or self.wording.find(Kind.RECOMMENDATION, said, self.sides) is not None
        ):
            kind = Kind.RECOMMENDATION
        elif kind is Kind.DECISION and any(
            map(self._promises, (said, f"that {said}", RESOLVES.split(said)[-1]))
        ):
            kind = Kind.PROMISE
        names_owners = kind in (Kind.RECOMMENDATION, Kind.PROMISE)
        self._add(kind, start, end, owners=find_owners(said) if names_owners else ())

    def _promise_in(self, sentence: _Sentence) -> None:
        if self._promises(sentence.text):
            self._promise(sentence)

    def _promise(self, sentence: _Sentence) -> None:
        """Propose the whole sentence that holds a promise, what was asked in it too."""
        owners = find_owners(sentence.text)
        start = sentence.whole if sentence.whole >= 0 else sentence.start
        self._add(Kind.PROMISE, start, sentence.end, owners=owners)

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
