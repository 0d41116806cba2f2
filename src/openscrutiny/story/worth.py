"""Whether a figure is worth a question or worth celebrating, from figures alone.

The rule, as the pages state it: a question where the target is missed (red), where the
figure is worse than England beyond the 99.8% limits, or where a five-year trend runs in
the bad direction. Celebrating is its mirror. Where both hold, it is a question.
"""

from collections.abc import Sequence
from typing import Final

from openscrutiny.indicators.definition import Polarity
from openscrutiny.story.comparing import Benchmark
from openscrutiny.story.model import IndicatorStory, Rag, Sentence
from openscrutiny.story.movement import Movement
from openscrutiny.story.sentences import judge

__all__ = ["CELEBRATING", "QUESTION", "find_worth", "pick_leading", "pick_voices"]

QUESTION: Final = "question"
CELEBRATING: Final = "celebrating"
MOST_VOICES: Final = 3
# Which sentence gives a ground, the strongest ground first.
_SAYS: Final = {
    "England": "S3-england",
    "trend": "S2-trend",
    "red": "S4-target",
    "green": "S4-target",
}
MOST_LEADING: Final = 6


def _votes(
    rag: Rag, benchmark: Benchmark | None, movement: Movement | None, polarity: Polarity
) -> list[tuple[int, str]]:
    votes = []
    if rag.tone in ("red", "green"):
        votes.append((-1 if rag.tone == "red" else 1, rag.tone))
    is_share = benchmark is not None and benchmark.display.unit == "percent"
    if benchmark is not None and is_share and benchmark.comparable:
        position = benchmark.position
        if position is not None and position.strength == 2:
            votes.append((judge(position.side, polarity), "England"))
    if movement is not None and movement.trend is not None:
        votes.append((judge(movement.trend.direction, polarity), "trend"))
    return [(vote, ground) for vote, ground in votes if vote]


def find_worth(
    rag: Rag, benchmark: Benchmark | None, movement: Movement | None, polarity: Polarity
) -> tuple[str, tuple[str, ...]]:
    """Say "question", "celebrating" or "", and on what grounds.

    Nothing without a number now (`movement` null) is worth either.
    """
    if movement is None:
        return "", ()
    votes = _votes(rag, benchmark, movement, polarity)
    for sign, word in ((-1, QUESTION), (1, CELEBRATING)):
        grounds = tuple(ground for vote, ground in votes if vote == sign)
        if grounds:
            return word, grounds
    return "", ()


def _by_weight(stories: Sequence[IndicatorStory], worth: str) -> list[IndicatorStory]:
    """Order by the number of grounds, then red before the rest, then the section's."""
    found = [story for story in stories if story.worth == worth]
    return sorted(
        found,
        key=lambda story: (-len(story.grounds), "red" not in story.grounds),
    )


def _voice(story: IndicatorStory) -> Sentence:
    """Join the first sentence with the one that gives the strongest ground."""
    grounds = [ground for ground in _SAYS if ground in story.grounds]
    wanted = [s for s in story.sentences if s.rule == "S1-value-and-change"][:1]
    if grounds:
        wanted += [s for s in story.sentences if s.rule == _SAYS[grounds[0]]][:1]
    inputs = [("indicator", story.id), ("grounds", ", ".join(story.grounds))]
    return Sentence(
        text=" ".join(sentence.text for sentence in wanted),
        rule="+".join(sentence.rule for sentence in wanted),
        inputs=(*inputs, *(pair for sentence in wanted for pair in sentence.inputs)),
    )


def pick_voices(
    stories: Sequence[IndicatorStory],
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Choose questions and celebrations: at most three each, equal numbers of both.

    Where one side has none, the other still speaks.
    """
    asks = _by_weight(stories, QUESTION)
    cheers = _by_weight(stories, CELEBRATING)
    both = min(len(asks), len(cheers)) or max(len(asks), len(cheers))
    most = min(both, MOST_VOICES)
    return (
        tuple(_voice(story) for story in asks[:most]),
        tuple(_voice(story) for story in cheers[:most]),
    )


def pick_leading(stories: Sequence[IndicatorStory]) -> frozenset[str]:
    """Choose the six that a section shows first, so that it stays near one screen.

    Questions lead, then what misses its target, what is worth celebrating, and what
    has a target; the section's order decides between equals. A section of seven shows
    them all.
    """
    if len(stories) <= MOST_LEADING + 1:
        return frozenset(story.id for story in stories)

    def weight(story: IndicatorStory) -> int:
        signs = (
            story.worth == QUESTION,
            story.rag.tone in ("red", "amber"),
            story.worth == CELEBRATING,
            story.target is not None,
        )
        return next((at for at, sign in enumerate(signs) if sign), len(signs))

    chosen = sorted(stories, key=weight)[:MOST_LEADING]
    return frozenset(story.id for story in chosen)
