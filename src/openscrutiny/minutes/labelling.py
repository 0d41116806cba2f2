"""What one sentence of minutes says, by its words alone and whoever says it.

It knows nothing of the sentences around it but what its reader tells it.
"""

from dataclasses import dataclass
from typing import Final

from openscrutiny.minutes.cues import (
    AGREES_WITH,
    ANSWERED_ONLY,
    ASKED_BEFORE,
    ATTENDED,
    BARE,
    DEBATED,
    GOES_ON,
    GREETS,
    HEADING,
    IN_THE_EXECUTIVE,
    INITIALS,
    NOTE,
    OF_THE_EXECUTIVE,
    OWED,
    OWED_AT_ONCE,
    OWES,
    RECORDED,
    REPLY,
    SENTENCE,
    SPEAKS,
    THANKS_AND,
    TO_MEMBERS,
    TURN,
    TURN_WITHOUT_COMMA,
    UNREAL,
    VOTED,
    WANTS,
    WONDERS,
    WORDS,
)
from openscrutiny.minutes.leads import read_marker
from openscrutiny.minutes.model import Kind
from openscrutiny.minutes.sentences import LONGEST
from openscrutiny.minutes.wording import Wording

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
class Labeller:
    """Hold how minutes say things, and on which side who speaks stands."""

    wording: Wording
    sides: tuple[tuple[str, str], ...]

    def label(
        self,
        sentence: str,
        carried: str = "",
        *,
        headed: bool = False,
        begun: bool = True,
    ) -> Kind | None:
        """Say what a sentence is by what it says first; a remark yields to a question.

        `carried` are the words of a heading that begin it, `headed` says whether it
        stands below one, `begun` whether anything of the item was read before it.
        """
        if len(sentence) > LONGEST or not WORDS.search(sentence):
            return None
        if TO_MEMBERS.match(sentence):
            return None
        if marked := self._marked(sentence):
            return marked
        if (initials := INITIALS.match(sentence)) and not (
            self.wording.side_of(initials["who"], self.sides)
        ):
            return self._spoken(initials["who"], asks=initials["asks"] is not None)
        told = f"{carried} {sentence}" if carried else sentence
        if own := self.wording.find_own(told, self.sides):
            return own
        if RECORDED.search(sentence):
            return Kind.COMMENT
        if not headed and BARE.match(sentence):
            return Kind.DECISION
        return self._first_said(sentence, told, begun=begun)

    def _marked(self, sentence: str) -> Kind | None:
        """Say what a mark, a question's mark or who stands before a colon tells."""
        if ATTENDED.search(sentence) or GREETS.search(sentence):
            return Kind.PROCEDURE
        kind, _ = read_marker(sentence)
        if kind not in (None, Kind.PROMISE):
            return kind
        if sentence.rstrip("”\"’'").endswith("?"):
            return Kind.QUESTION
        speaks = SPEAKS.match(sentence)
        if speaks and not is_title(sentence):
            asks = WANTS.match(sentence, speaks.end()) is not None
            return self._spoken(speaks["who"], asks=asks)
        return None

    def _first_said(self, sentence: str, told: str, *, begun: bool) -> Kind | None:
        """Say which kind begins first in a sentence, where one does not yield to another."""
        places = {
            kind: found
            for kind in _ORDER
            if (found := self.wording.find(kind, told, self.sides)) is not None
        }
        if {Kind.DECISION, Kind.PROCEDURE} <= places.keys() and VOTED.search(sentence):
            return Kind.DECISION
        if THANKS_AND.search(sentence):
            places.pop(Kind.PROCEDURE, None)
        if Kind.QUESTION in places:
            places.pop(Kind.COMMENT, None)
            if (owed := self._acts_first(told, places[Kind.QUESTION])) is not None:
                places.pop(Kind.QUESTION)
                places.setdefault(Kind.ANSWER, owed)
        if not begun and {Kind.DECISION, Kind.PRESENTATION} <= places.keys():
            places.pop(Kind.DECISION)  # "The report was received", and is discussed
        if Kind.DECISION in places and AGREES_WITH.match(sentence):
            places[Kind.COMMENT] = places.pop(Kind.DECISION)
        if Kind.PRESENTATION in places:
            places.pop(Kind.ANSWER, None)
        if not places:
            return self._by_subject(told, begun=begun)
        return min(places, key=lambda kind: (places[kind], _ORDER.index(kind)))

    def _acts_first(self, told: str, asked: int) -> int | None:
        """Give where an officer will do something before anything is asked: "would see if"."""
        if self.wording.begins_with(told, self.sides) != "officers":
            return None
        owed = self.wording.find(Kind.PROMISE, told, self.sides)
        return owed if owed is not None and owed < asked else None

    def turn(self, question: str) -> tuple[int, int] | None:
        """Find where, within one sentence, a question ends and its answer begins.

        "to which officers responded" answers nothing that could be quoted.
        """
        asked = ASKED_BEFORE.match(question)
        if found := (asked and TURN.search(question)) or REPLY.search(question):
            return found.span()
        if asked and (found := TURN_WITHOUT_COMMA.match(question)):
            return found.end(), found.end()
        turn = self.wording.find_turn(question, self.sides)
        if turn and ANSWERED_ONLY.fullmatch(question, turn[0]):
            return None
        return turn or self._owed_at_the_end(question)

    def _owed_at_the_end(self, question: str) -> tuple[int, int] | None:
        """Find where what was asked for is promised at once: "..., and this would be sent"."""
        found = OWED_AT_ONCE.search(question)
        if found and self.promises(question[found.end() :]):
            return found.start(), found.end()
        return None

    def _by_subject(self, told: str, *, begun: bool) -> Kind | None:
        """Take what a member does for a remark, and what an officer does for an answer."""
        if not told.endswith((".", ";", "and")) or len(told.split()) < SENTENCE:
            return None
        side = self.wording.begins_with(told, self.sides)
        if GOES_ON.match(told) or DEBATED.search(told):
            return None
        if side == "members":
            if self.promises(told):
                return None
            return Kind.QUESTION if WONDERS.search(told) else Kind.COMMENT
        if side == "officers" and begun and not self.promises(told):
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

    def promises(self, said: str, carried: str = "") -> bool:
        """Say whether somebody says that a thing will be done."""
        told = f"{carried} {said}" if carried else said
        if not IN_THE_EXECUTIVE.search(told):
            told = OF_THE_EXECUTIVE.sub("", told)
        told = UNREAL.sub("", told)
        if self.wording.find(Kind.PROMISE, told, self.sides) is not None:
            return True
        return self.owes(said)

    def owes(self, said: str) -> bool:
        """Say whether a note in short gives somebody something to do."""
        if OWED.match(said):
            return True
        owes = OWES.search(said)
        return owes is not None and self.wording.is_of("does", owes["verb"])


def is_told(cell: str) -> bool:
    """Say whether a cell tells something: an owner's office and a day do not."""
    plain = [word for word in cell.split() if word[0].islower()]
    tells = cell.endswith(".") or len(plain) >= len(cell.split()) / 2
    return bool(plain) and len(cell.split()) >= NOTE and tells


def is_title(said: str) -> bool:
    """Say whether a line names what stands below it, and says nothing itself."""
    words = said.split()
    if len(words) <= HEADING and not (len(words) > 1 and said.endswith(".")):
        return True
    long = [word for word in words if len(word) > 3]
    return said[-1].isalnum() and all(word[0].isupper() for word in long)
