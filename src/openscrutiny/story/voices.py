"""The dashboard's two voices: which questions and celebrations speak, and in which words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.indicators.coverage import CORE
from openscrutiny.judgement.signal import CELEBRATING, QUESTION
from openscrutiny.story.model import IndicatorStory, SectionStory, Sentence
from openscrutiny.story.sentences import make_sentence

MOST_HEADLINES: Final = 7
LEAST_PRAISED: Final = 2

# Which sentences give a ground, the strongest ground first.
_SAYS: Final = {
    "change": ("S10-change-beyond-scatter", "S10-change-among-authorities"),
    "England": ("S3-england", "S3-among-authorities"),
    "trend": ("S2-trend",),
    "red": ("S4-target",),
    "green": ("S4-target",),
}
_MOST_SAID: Final = 2

# Each ground in a reader's words.
_GROUND_WORDS: Final = {
    "change": "it moved further than its years usually do, or than nine of ten authorities",
    "England": "it differs from England’s beyond chance and the usual spread",
    "trend": "the trend of its years is clear",
    "red": "its target is missed",
    "green": "its target is met",
}

# The same rules in a reader's words.
RULES: Final = (
    "The target is missed, or met.",
    "The figure differs from England’s beyond the 99.8% limits, which allow for the "
    "usual spread of authorities; and no newer figure of ours is at or past England’s.",
    "The trend of its years is clear beyond their scatter, or in their order alone, and "
    "the last year did not go against it.",
    "The figure moved by at least a tenth of what it was, and further than the usual "
    "scatter of its years.",
    "Where only a value is published: it moved further than in nine of ten authorities.",
)


@dataclass(frozen=True)
class Headlines:
    """Count what the whole dashboard says, so that a reader can weigh it.

    `told` indicators have a figure, of `indicators` in all; `by_chance` is how many
    signals the tests give on average where nothing has changed.
    """

    indicators: int
    told: int
    questions: int
    celebrations: int
    by_chance: float

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Say the counts, and how many chance alone gives."""
        counted = make_sentence(
            "H1-count",
            f"Of {self.told} indicators with a figure, {self.questions or 'none'} "
            f"{_are(self.questions)} worth a question and {self.celebrations or 'none'} "
            "worth celebrating.",
            indicators=self.indicators,
            told=self.told,
            questions=self.questions,
            celebrations=self.celebrations,
        )
        chance = round(self.by_chance)
        about = "fewer than one signal" if chance < 1 else _signals(chance)
        luck = make_sentence(
            "H2-chance",
            f"Tests as these give {about} by luck alone in so many indicators.",
            by_chance=f"{self.by_chance:.2f}",
        )
        return counted, luck


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _signals(number: int) -> str:
    return f"about {number} signal{'' if number == 1 else 's'}"


def count_headlines(sections: Iterable[SectionStory]) -> Headlines:
    """Count over all sections."""
    stories = [story for section in sections for story in section.indicators]
    return Headlines(
        indicators=len(stories),
        told=sum(not story.number.is_word for story in stories),
        questions=sum(story.worth == QUESTION for story in stories),
        celebrations=sum(story.worth == CELEBRATING for story in stories),
        by_chance=sum(chance for story in stories for _, chance in story.tests),
    )


def _by_weight(stories: Sequence[IndicatorStory], worth: str) -> list[IndicatorStory]:
    """Order by the number of grounds, then red, then the core first, then what changed.

    Of alike ones the section's order decides.
    """
    found = [story for story in stories if story.worth == worth]
    return sorted(
        found,
        key=lambda story: (
            -len(story.grounds),
            "red" not in story.grounds,
            story.code not in CORE,
            "change" not in story.grounds,
        ),
    )


Stories = tuple[IndicatorStory, ...]


def order_headlines(stories: Sequence[IndicatorStory]) -> tuple[Stories, Stories]:
    """Choose questions and celebrations, the weightiest first: at most seven in all.

    So that one screen holds them. Two of them celebrate where two can; what either side
    leaves is the other's.
    """
    asked, praised = (_by_weight(stories, w) for w in (QUESTION, CELEBRATING))
    room = max(MOST_HEADLINES - len(asked), min(len(praised), LEAST_PRAISED))
    praised = praised[:room]
    return tuple(asked[: MOST_HEADLINES - len(praised)]), tuple(praised)


def choose_headlines(stories: Sequence[IndicatorStory]) -> frozenset[str]:
    """Give the IDs of those that speak."""
    asked, praised = order_headlines(stories)
    return frozenset(story.id for story in (*asked, *praised))


def _voice(story: IndicatorStory, said_too: frozenset[str]) -> Sentence:
    """Join the first sentence with its strongest grounds, and what is read with it.

    `said_too` are the IDs that speak anyway. What is worth celebrating and still behind
    England says so.
    """
    wanted = [s for s in story.sentences if s.rule == "S1-value-and-change"][:1]
    said = {s.rule: s for s in story.sentences}
    for ground in [ground for ground in _SAYS if ground in story.grounds][:_MOST_SAID]:
        wanted += [said[rule] for rule in _SAYS[ground] if rule in said]
    england = said.get("S3-england")
    behind = story.worth == CELEBRATING and story.is_behind_england
    if behind and england is not None and england not in wanted:
        wanted.append(england)
    wanted += _partner(story, said_too)
    reasons = "; ".join(_GROUND_WORDS[ground] for ground in story.grounds)
    inputs = [
        ("indicator", story.id),
        ("code", story.code),
        ("reason", f"{reasons[:1].upper()}{reasons[1:]}."),
        ("grounds", ", ".join(story.grounds)),
    ]
    return Sentence(
        text=" ".join(sentence.text for sentence in wanted),
        rule="+".join(sentence.rule for sentence in wanted),
        inputs=(*inputs, *(pair for sentence in wanted for pair in sentence.inputs)),
    )


def _partner(story: IndicatorStory, said_too: frozenset[str]) -> list[Sentence]:
    """Add the first partner that changed clearly over the same period."""
    if story.change is None or "change" not in story.grounds:
        return []
    return [
        pair.sentence
        for pair in story.pairs
        if pair.sentence is not None
        and pair.is_clear
        and pair.end == story.change.end
        and pair.id not in said_too
    ][:1]


def pick_voices(
    stories: Sequence[IndicatorStory], chosen: frozenset[str] | None = None
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Give the questions and celebrations of a section, the weightiest first.

    `chosen` are the headlines of the whole dashboard; without it the section's own.
    """
    speaking = choose_headlines(stories) if chosen is None else chosen
    sides = []
    for worth in (QUESTION, CELEBRATING):
        side = [s for s in _by_weight(stories, worth) if s.id in speaking]
        sides.append(tuple(_voice(story, speaking) for story in side))
    return sides[0], sides[1]
