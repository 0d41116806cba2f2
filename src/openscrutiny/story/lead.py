"""The headline of an indicator's page: at most two of its own sentences.

The first is the short one, of one period and one comparator; the second is the strongest
of the others that does not say the same again.
"""

from collections.abc import Sequence
from typing import Final

from openscrutiny.story.model import Sentence

MOST_IN_LEAD: Final = 2

_STEP: Final = ("S10-change-beyond-scatter", "S10-change-among-authorities")
# Across a break before "no clear change": a reader sees the whole line.
_TREND: Final = ("S2-across-break", "S2-trend")
_ENGLAND: Final = ("S3-england",)
_TARGET: Final = ("S4-target",)
# What goes on after each short sentence, the strongest first.
_AFTER: Final[dict[str, tuple[str, ...]]] = {
    "B0-figure": (*_TREND, *_ENGLAND, "S1-no-comparison"),
    "B1-target": (*_STEP, *_TREND, *_ENGLAND),
    "B2-change": (*_STEP, *_TREND, *_TARGET, *_ENGLAND),
    "B3-england": (*_STEP, *_TREND, *_TARGET),
    "B4-trend": (*_STEP, *_TARGET, *_ENGLAND),
    "B5-held": ("S14-held",),
}


def choose_lead(
    short: Sentence | None, sentences: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """Choose the two; without a short one, the first two of all.

    A trend that was found comes before all else that may go on.
    """
    if short is None:
        return tuple(sentences[:MOST_IN_LEAD])
    held = {sentence.rule: sentence for sentence in sentences}
    wanted = list(_AFTER[short.rule])
    trend = held.get("S2-trend")
    if trend is not None and "no clear change" not in trend.text:
        wanted.sort(key=lambda rule: rule != trend.rule)
    second = next((held[rule] for rule in wanted if rule in held), None)
    return (short,) if second is None else (short, second)
