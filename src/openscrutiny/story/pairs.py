"""Indicators that are read together: each one's change beside its partner's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from openscrutiny.indicators.registry import find_pairs
from openscrutiny.story.model import Change, IndicatorStory, PairLine, Sentence
from openscrutiny.story.sentences import choose_subject, make_sentence

_WENT: Final = {1: "up", -1: "down"}


def read_together(stories: Sequence[IndicatorStory]) -> list[IndicatorStory]:
    """Give each story the lines of those that are read with it."""
    by_code = {story.code: story for story in stories}
    return [
        replace(
            story,
            pairs=tuple(
                _line(by_code[code], why)
                for code, why in find_pairs(story.code)
                if code in by_code
            ),
        )
        for story in stories
    ]


def _line(partner: IndicatorStory, why: str) -> PairLine:
    change = partner.change
    return PairLine(
        id=partner.id,
        code=partner.code,
        name=partner.name,
        figure=f"{partner.number.text} {partner.number.marker}".strip(),
        period=partner.number.period,
        why=why,
        sentence=_say_change(partner.name, change) if change else None,
        is_clear=change is not None and change.is_clear,
        end=change.end if change else None,
    )


def _say_change(name: str, change: Change) -> Sentence | None:
    """S9: which way the partner went, from what to what."""
    if not change.direction:
        return None
    way = _WENT[change.direction]
    text = choose_subject(
        name, "", f"{change.value} {change.within}, {way} from {change.earlier}."
    )
    return make_sentence(
        "S9-together",
        text,
        partner=name,
        value=change.value,
        earlier=change.earlier,
        period=change.within,
        direction=change.direction,
    )
