"""How a figure moves, in words: in a cell, as sentences, and why there is no change.

A word of judgement is given only where the test of the years fired.
"""

from typing import Final

from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.course import Across, Untested
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.movement import Gap, Movement
from openscrutiny.judgement.series import SHORT_KINDS, Observation
from openscrutiny.judgement.step import Step
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.periods import format_month
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import (
    change_words,
    make_sentence,
    name_end,
    write_input,
)

_FELL: Final = {1: "rise", -1: "fall"}
# Why the years say nothing of a change that no other test speaks of.
_UNTESTED: Final = {
    Untested.FEW: "too few years to test",
    Untested.EMPTY: "a year without a figure, so no test",
    Untested.UNSETTLED: "too few settled years to test",
    Untested.BROKEN: "too few years collected alike to test",
    Untested.SHORT: "one period alone is no test",
    Untested.TURNED: "no clear trend",
}
_GAPS: Final = {
    Gap.HELD: "it is not judged",
    Gap.HELD_BEFORE: "that figure is not judged",
    Gap.NONE_BEFORE: "no figure is held for it",
    Gap.BROKEN: "that figure was collected another way",
    Gap.RECORDING: "the months still being recorded may make up the difference",
}


def describe_movement(movement: Movement, display: Display, polarity: Polarity) -> str:
    """Say the movement in a cell: "Up 3.7 points in a year; no clear trend"."""
    if movement.held:
        return "Not judged"
    trend = movement.trend.direction if movement.trend is not None else 0
    if movement.is_clear and movement.direction and trend != movement.direction:
        moved = _describe_change(movement, display)
        return f"{moved}; a clear {_FELL[movement.direction]}"
    if movement.trend is not None and trend:
        good = judge(trend, polarity)
        start = {1: "Better: a", -1: "Worse: a"}.get(good, "A")
        return f"{start} {movement.trend.words} trend"
    if not movement.has_change:
        return "No clear change" if movement.trend is not None else "No comparison"
    if not movement.direction:
        return "About the same"
    tested = "no clear trend" if movement.trend is not None else "no clear change"
    if movement.step is None and movement.untested is not None:
        tested = _UNTESTED[movement.untested]
    return f"{_describe_change(movement, display)}; {tested}"


def _describe_change(movement: Movement, display: Display) -> str:
    """Say which way, by how much, and over what: a month, a quarter or a year."""
    assert movement.before is not None
    way = change_words(movement.direction).capitalize()
    size = display.difference(movement.amount, movement.places)
    kind = movement.before.span.type
    return f"{way} {size} in a {kind if kind in SHORT_KINDS else 'year'}"


def describe_gap(movement: Movement) -> str:
    """Say why there is no comparison with the period before; "" where there is one."""
    if movement.gap is None:
        return ""
    if movement.gap is not Gap.EMPTY_BEFORE:
        return _GAPS[movement.gap]
    assert movement.before is not None
    return _describe_empty(movement.before)


def _describe_empty(before: Observation) -> str:
    if before.status is Status.HIDDEN:
        return "that figure is hidden"
    if not before.is_own:
        return f"it is {before.status.publishers_word.lower()}"
    if before.status is Status.NOT_EXPECTED:
        return "none was expected"
    return f"it is {before.status.word.lower()}"


def say_across(across: Across, row: Observation, display: Display) -> Sentence:
    """S2: what a reader sees at the line's first end, and that no test joins the two."""
    assert across.first.value is not None and row.value is not None
    was, since = value_text(across.first, display), format_month(across.starts)
    first = name_end(across.first.span)
    placed = f"in {first}" if first[:1].isdigit() else f"to {first}"
    return make_sentence(
        "S2-across-break",
        f"It was {was} {placed}, but figures before {since} are not comparable.",
        was=was,
        first=first,
        since=since,
        values=f"{across.first.value:.10g} to {row.value:.10g}",
        unit=row.unit,
    )


def say_step(step: Step) -> Sentence | None:
    """S10: what the test of the change says; nothing where none fired."""
    if not step.is_clear:
        return None
    if step.place is not None:
        text = (
            f"Of {step.place.authorities} authorities, {step.place.further or 'none'} "
            f"had a larger {_FELL[step.direction]}."
        )
        return make_sentence(
            "S10-change-among-authorities",
            text,
            authorities=step.place.authorities,
            further=step.place.further,
            limit="one in ten",
            direction=step.direction,
            before=write_input(*step.tested[0]),
            after=write_input(*step.tested[1]),
        )
    assert step.weighed is not None
    return make_sentence(
        "S10-change-beyond-scatter",
        f"This {_FELL[step.direction]} is larger than the usual scatter of its years.",
        statistic=f"{step.weighed.statistic:.2f}",
        limit=f"{step.weighed.limit:.2f}",
        scatter=f"{step.weighed.scatter:.2f}",
        direction=step.direction,
        years="; ".join(write_input(*parts) for parts in step.tested),
    )
