"""The trail beside each figure, as plain values: asked, answered, promised, and kept or not.

Who may see an entry was decided before, and a promise was judged by what the paper's own
readers are shown. A paper is given both and adds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.periods import format_date
from openscrutiny.publication.since import Concluded

_MOST_WORDS: Final = 30  # of a quotation beside a figure; the annex has them all
_STATES: Final = {
    "open": "No answer is recorded.",
    "answered": "Answered.",
    "made": "No response is recorded.",
    "recorded": "",
}


@dataclass(frozen=True)
class Said:
    """Hold one entry of the trail as its readers may read it.

    `answer` is what was answered to a question, `judged` what figures say of a promise,
    and `is_answer` tells an answer whose question is listed too.
    """

    kind: str
    state: str
    owed: bool
    meeting: str
    said: str
    who: str = ""
    owners: tuple[str, ...] = ()
    due: str = ""  # ISO
    codes: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    judged: str = ""
    answer: str = ""
    is_answer: bool = False
    question_day: str = ""  # ISO, of the meeting at which that was asked
    feeling: str = ""  # of a conclusion: "commended" ...
    day: str = ""  # ISO, of its meeting
    meeting_number: int | None = None  # of that meeting, in the database
    verdict: str = ""  # that judgement in a word: "kept", "not kept" ...

    @property
    def is_kept(self) -> bool:
        """Tell a promise that figures show to be kept."""
        return self.kind == "promise" and self.judged.startswith("Kept")


@dataclass(frozen=True)
class TrailLine:
    """Hold one entry in words: when it was said, what was said, and what came of it."""

    when: str  # "Question, Scrutiny, 3 March 2026"
    said: str
    came: str  # "" where nothing could come of it
    codes: tuple[str, ...]
    is_owed: bool

    @property
    def brief(self) -> str:
        """Give its first words."""
        words = self.said.split()
        if len(words) <= _MOST_WORDS:
            return self.said
        return f"{' '.join(words[:_MOST_WORDS])} …"


def list_lines(trail: Sequence[Said]) -> tuple[TrailLine, ...]:
    """Put a trail in words, in its order; an answer stands with its question."""
    return tuple(_line(each) for each in trail if not each.is_answer)


def _line(each: Said) -> TrailLine:
    when = ", ".join(filter(None, (each.kind.capitalize(), each.meeting)))
    return TrailLine(when, each.said, _say_what_came(each), each.codes, each.owed)


def _say_what_came(each: Said) -> str:
    """Say what came of an entry: answered, accepted, kept, and by when it is due."""
    if each.answer:
        return f"Answered: “{each.answer}”"
    if each.judged:
        return each.judged
    if each.feeling:
        return f"{each.feeling.capitalize()}."
    said = _STATES.get(each.state, f"{each.state.capitalize()}.")
    if each.kind == "promise":
        said = f"{said} No figure is named that would test it."
    due = f"Due {format_date(date.fromisoformat(each.due))}." if each.due else ""
    return " ".join(filter(None, (said, due if each.owed else "")))


def list_concluded(trail: Sequence[Said]) -> tuple[Concluded, ...]:
    """List what a committee concluded, for what is told since the last paper."""
    return tuple(
        Concluded(each.meeting_number, each.feeling, each.codes)
        for each in reversed(trail)
        if each.kind == "conclusion"
    )


def say_kept(trail: Sequence[Said]) -> str:
    """Name the promises that figures show to be kept; they are owed no longer."""
    kept = [each for each in trail if each.is_kept]
    if not kept:
        return ""
    of = ", ".join(dict.fromkeys(code for each in kept for code in each.codes))
    which = "1 promise was" if len(kept) == 1 else f"{len(kept)} promises were"
    return f"{which} kept, as the figures show{f': {of}' if of else ''}."
