"""One short sentence of an indicator: its value, one period and one comparator.

At most twenty words, and the number first wherever the definition says how it reads:
"27.4% of referrals in the 12 months to September 2026 were repeats within 12 months; the
target is 20%." The comparator is that of the strongest ground on which the figure is
worth a question or celebrating; of others the target, the period before, or England.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from openscrutiny.adoption.targets import Adoption
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.findings import Findings
from openscrutiny.judgement.series import Observation, display_of
from openscrutiny.numbers import make_display
from openscrutiny.periods import Period, PeriodType
from openscrutiny.story.compared.benchmark import place_year
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import (
    change_words,
    count_years,
    is_plain,
    make_sentence,
    verb_for,
    write_input,
)
from openscrutiny.story.targets.tag import judged_from

MOST_SHORT_WORDS: Final = 20

_WAITS: Final = ("days", "weeks", "months", "years")
_TRENDS: Final = {1: "rising", -1: "falling"}
_MOVED: Final = {1: "rise", -1: "fall"}


@dataclass(frozen=True)
class _Told:
    """Hold what a short sentence says: value, period, and what follows the two."""

    rule: str
    value: str
    within: str
    tail: str  # "; the target is 20%"
    inputs: dict[str, object]


def say_short(
    found: Findings, definition: Indicator, adoption: Adoption | None
) -> Sentence | None:
    """B: the short sentence; None where the headline has no number."""
    row = found.series.headline
    if row is None or row.value is None:
        return None
    shown = value_text(row, display_of(found.series.line, row.unit))
    value, within = _with_unit(shown, row.unit, definition), _place(row.span)
    for find in _order(found.grounds):
        told = find(found, row, value, within, definition, adoption)
        if told is not None:
            return _set(told, definition)
    return _set(_Told("B0-figure", value, within, "", {}), definition)


_Find = Callable[
    [Findings, Observation, str, str, Indicator, Adoption | None], _Told | None
]


def _order(grounds: tuple[str, ...]) -> tuple[_Find, ...]:
    """Give the comparators to try: of the strongest ground first."""
    by_ground: tuple[tuple[str, _Find], ...] = (
        ("red", _against_target),
        ("change", _against_before),
        ("England", _against_england),
        ("trend", _over_years),
        ("green", _against_target),
    )
    first = tuple(find for ground, find in by_ground if ground in grounds)
    others = (_not_judged, _against_target, _against_before, _beside_england)
    return (*first, *others)


def _place(span: Period) -> str:
    """Place a figure in its period, a school year as "in 2024/25"."""
    named = span.type is not PeriodType.ACADEMIC_YEAR or span.said or span.is_state
    return span.within if named else f"in {span.tick}"


def _with_unit(shown: str, unit: str, definition: Indicator) -> str:
    """Say the unit of a rate or a wait, where the definition's own words do not."""
    if unit == "rate_per_10_000":
        return shown if "10,000" in definition.reads else f"{shown} per 10,000"
    words = (definition.reads or definition.sentence_subject).lower()
    if unit in _WAITS and unit.removesuffix("s") not in words:
        return f"{shown} {unit.removesuffix('s') if shown == '1' else unit}"
    return shown


def _not_judged(
    found: Findings, row: Observation, value: str, within: str, *_: object
) -> _Told | None:
    if not row.held:
        return None
    return _Told("B5-held", value, within, "; it is not judged", {"why": row.held})


def _against_target(
    found: Findings,
    row: Observation,
    value: str,
    within: str,
    definition: Indicator,
    adoption: Adoption | None,
) -> _Told | None:
    if found.colour.tone == "none" or adoption is None or adoption.target is None:
        return None
    judged = judged_from(row, adoption, definition.polarity)
    target = make_display(row.unit, [adoption.target]).text(adoption.target)
    inputs: dict[str, object] = {
        "target": target,
        "tone": found.colour.tone,
        "number": f"{row.value:.10g}",
        **{name: each for name, each in judged.items() if name != "value"},
    }
    return _Told("B1-target", value, within, f"; the target is {target}", inputs)


def _against_before(
    found: Findings, row: Observation, value: str, within: str, *_: object
) -> _Told | None:
    movement = found.movement
    if movement is None or not movement.has_change or movement.before is None:
        return None
    display = display_of(found.series.line, row.unit)
    earlier = value_text(movement.before, display)
    rolling = row.span.type is PeriodType.ROLLING_12_MONTHS
    before = "a year before" if rolling else row.span.before
    if movement.direction:
        tail = f", {change_words(movement.direction)} from {earlier} {before}"
    else:
        tail = f", about level with {before}"
    inputs = {
        "earlier": earlier,
        "before": before,
        "direction": movement.direction,
        "clear": movement.is_clear,
    }
    return _Told("B2-change", value, within, tail, inputs)


def _against_england(
    found: Findings,
    row: Observation,
    value: str,
    within: str,
    definition: Indicator,
    adoption: Adoption | None,
) -> _Told | None:
    """Set ours beside England's figure, both of the year that is compared."""
    benchmark = found.benchmark
    if benchmark is None or benchmark.england is None or not benchmark.comparable:
        return None
    ours = benchmark.ours
    if ours is None or ours.value is None or ours.held or not benchmark.ours_text:
        return None
    england = benchmark.text(benchmark.england)
    position = benchmark.standing or benchmark.position
    inputs: dict[str, object] = {
        "england": england,
        "number": write_input(ours.value, benchmark.england),
        "tested": position.words if position else "no",
    }
    if not benchmark.same:
        value = _with_unit(benchmark.ours_text, ours.unit, definition)
        period = benchmark.period
        within = _place(period) if period else place_year(benchmark)
    return _Told("B3-england", value, within, f"; in England it was {england}", inputs)


def _beside_england(
    found: Findings,
    row: Observation,
    value: str,
    within: str,
    definition: Indicator,
    adoption: Adoption | None,
) -> _Told | None:
    """The same without a ground: only where it is of the headline's own period."""
    if found.benchmark is None or not found.benchmark.same:
        return None
    return _against_england(found, row, value, within, definition, adoption)


def _over_years(
    found: Findings, row: Observation, value: str, within: str, *_: object
) -> _Told | None:
    movement = found.movement
    if movement is None or movement.trend is None or not movement.trend.direction:
        return None
    course, trend = movement.course, movement.trend
    assert course is not None
    many, way = count_years(trend), trend.direction
    tail = f", {_TRENDS[way]} over {many} years"
    if not course.is_latest:  # other years than the figure's, which has the one period
        tail = f", after a {many}-year {_MOVED[way]}"
    inputs: dict[str, object] = {
        "statistic": f"{trend.statistic:.3f}",
        "test": "ranks" if trend.is_by_ranks else "line",
        "direction": way,
        "years": many,
        "up_to": "the headline" if course.is_latest else "a year before it",
    }
    return _Told("B4-trend", value, within, tail, inputs)


def _set(told: _Told, definition: Indicator) -> Sentence:
    """Set it in the first words that are short enough; the value leads where it can."""
    rest = f"{told.value} {told.within}{told.tail}."
    ways = []
    # What it reads like is of a percentage or of none: "of referrals ...".
    is_part, is_percent = definition.reads[:3] == "of ", told.value.endswith("%")
    if definition.reads and is_part == is_percent:
        reads = definition.reads.replace("{when}", told.within)
        ways.append(f"{told.value} {reads}{told.tail}.")
    subject = definition.sentence_subject
    if subject[:1].isalpha():
        ways.append(f"{subject} {verb_for(subject)} {rest}")
    ways += [f"{definition.short_name}: {rest}", f"The figure was {rest}"]
    text = next(
        (way for way in ways if len(way.split()) <= MOST_SHORT_WORDS and is_plain(way)),
        rest,
    )
    return make_sentence(
        told.rule,
        text,
        value=told.value,
        period=told.within,
        **told.inputs,
    )
