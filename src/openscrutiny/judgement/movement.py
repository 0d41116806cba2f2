"""How a figure has moved: against the period before, and over the years."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

import polars as pl

from openscrutiny.comparison.trends import Trend
from openscrutiny.judgement.course import (
    Across,
    Course,
    Untested,
    find_across,
    find_course,
)
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.judgement.step import Step, find_step
from openscrutiny.numbers import Display, round_half_away


class Gap(Enum):
    """Say why a figure is not set beside that of the period before."""

    HELD = auto()  # the figure itself is not judged
    HELD_BEFORE = auto()
    NONE_BEFORE = auto()
    EMPTY_BEFORE = auto()  # there is one without a number; its status says why
    BROKEN = auto()  # the one before was collected another way
    RECORDING = auto()  # what is still being recorded may make up the difference


@dataclass(frozen=True)
class Movement:
    """Hold the change from the period before and the test of the years, where there are.

    `untested` says why there is no course of years to tell. `direction` is +1, -1 or 0 where both are shown alike; `amount` is by how much, shown
    with `places` decimals. `step` is the test of the change.
    """

    before: Observation | None
    gap: Gap | None
    course: Course | None
    untested: Untested | None = None
    direction: int = 0
    amount: float = 0.0
    places: int = 0
    step: Step | None = None
    held: str = ""  # why the headline is not judged
    across: Across | None = None  # what no test joins with it; none beside a trend

    @property
    def trend(self) -> Trend | None:
        return self.course.trend if self.course is not None else None

    @property
    def has_change(self) -> bool:
        return self.before is not None and self.gap is None

    @property
    def is_clear(self) -> bool:
        """Tell whether a test of the change found more than chance."""
        return self.step is not None and self.step.is_clear


def _change(
    row: Observation, before: Observation, display: Display
) -> tuple[int, float, int]:
    """Give direction, amount and decimals of a change; no direction where none shows."""
    assert row.value is not None and before.value is not None
    places = min(
        display.places_for(row.denominator), display.places_for(before.denominator)
    )
    amount = row.value - before.value
    shown, earlier = (
        display.text(each.value or 0.0, each.denominator) for each in (row, before)
    )
    if shown == earlier or not round_half_away(amount, places):
        return 0, amount, places
    return (1 if amount > 0 else -1), amount, places


def recording_explains(direction: int, row: Observation, before: Observation) -> bool:
    """Tell whether the change goes the other way, or is gone, once all is recorded."""
    assert row.expected is not None and before.expected is not None
    if row.recorded == before.recorded or not direction:
        return False
    return (row.expected - before.expected) * direction <= 0


def find_movement(
    series: SeriesSet,
    compared: Mapping[str, Any] | None = None,
    everybody: pl.DataFrame | None = None,
) -> Movement | None:
    """Find how the headline moved; None where it has no number.

    `compared` is our row of the comparison and `everybody` has one of each authority.
    """
    row = series.headline
    if row is None or row.value is None:
        return None
    if row.held:
        return Movement(None, Gap.HELD, None, held=row.held)
    moved = _find_moved(series, row, compared or {}, everybody)
    if moved.trend is not None and moved.trend.direction:
        return moved
    return replace(moved, across=find_across(series, row))


def _find_moved(
    series: SeriesSet,
    row: Observation,
    compared: Mapping[str, Any],
    everybody: pl.DataFrame | None,
) -> Movement:
    found, before = find_course(series, row), series.before(row)
    gap = _find_gap(series, row, before)
    if before is None or gap is not None:
        return Movement(before, gap, *_split(found))
    display = display_of(series.line, row.unit)
    direction, amount, places = _change(row, before, display)
    if recording_explains(direction, row, before):
        return Movement(before, Gap.RECORDING, *_split(found))
    if _turned(found, direction, row):
        found = Untested.TURNED
    step = None
    if direction:
        step = find_step(row, before, series, compared, everybody)
    return Movement(before, None, *_split(found), direction, amount, places, step)


def _split(found: Course | Untested) -> tuple[Course | None, Untested | None]:
    return (found, None) if isinstance(found, Course) else (None, found)


def _turned(found: Course | Untested, direction: int, row: Observation) -> bool:
    """Tell whether the last year moved against the years; a month alone does not."""
    if not isinstance(found, Course) or row.span.type in SHORT_KINDS:
        return False
    return found.trend.direction * direction < 0


def _find_gap(
    series: SeriesSet, row: Observation, before: Observation | None
) -> Gap | None:
    if before is None:
        return Gap.NONE_BEFORE
    if before.value is None:
        return Gap.EMPTY_BEFORE
    if before.held:
        return Gap.HELD_BEFORE
    return Gap.BROKEN if series.crosses(before, row) else None
