"""XmR limits and signals of a flow: is a month unlike the others, or usual variation?

The rules and constants are those of section 2 of the project's chart and statistics
conventions. A signal is worth a question, never a finding. Only a `Flow` can be given
limits, and a stock or a rolling series cannot become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.periods import PeriodType
from openscrutiny.story.series import Observation

__all__ = ["Flow", "Limits", "Signal", "Xmr", "find_xmr", "read_flow"]

SIGMAS: Final = 2.66  # three sigma in average moving ranges
SCREEN: Final = 3.267  # a moving range above this many averages is left out, once
RUN: Final = 7
FEWEST_POINTS: Final = 12
FEWEST_COUNTED: Final = 5.0  # on average, below which months are too small to test
_PERIODS: Final = (PeriodType.MONTH.value, PeriodType.QUARTER.value)


@dataclass(frozen=True)
class Flow:
    """Hold the values of independent periods, oldest first; null is a gap.

    Made by `read_flow` alone, so that nothing else is ever given limits.
    """

    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Limits:
    """Hold the mean and the process limits of one segment, not clipped."""

    mean: float
    low: float
    high: float

    @property
    def near(self) -> tuple[float, float]:
        """Give the near limits, two thirds of the way."""
        reach = (self.high - self.mean) * 2 / 3
        return self.mean - reach, self.mean + reach


@dataclass(frozen=True)
class Signal:
    """Name the rule that a point meets, and +1 for high or rising, -1 for low."""

    rule: str
    direction: int


@dataclass(frozen=True)
class Xmr:
    """Hold the limits and, point by point, the signal if there is one."""

    limits: Limits
    signals: tuple[Signal | None, ...]


def read_flow(rows: Sequence[Observation], definition: Indicator) -> Flow | None:
    """Take months or quarters of events as a flow; None for all that has no limits.

    A state on a day, a rolling or yearly series, fewer than 12 periods with a figure,
    or fewer than five counted on average are drawn as plain lines.
    """
    if definition.clock is not Clock.EVENT:
        return None
    if not rows or any(row.span.kind not in _PERIODS for row in rows):
        return None
    known = [row for row in rows if row.value is not None]
    counted = [row.numerator for row in known if row.numerator is not None]
    if len(known) < FEWEST_POINTS or len(counted) < len(known):
        return None
    if sum(counted) / len(counted) < FEWEST_COUNTED:
        return None
    return Flow(tuple(row.value for row in rows))


def find_xmr(flow: Flow, *, screen: bool = True) -> Xmr:
    """Compute the limits of one segment and each point's first signal.

    Moving ranges are taken between neighbouring periods that both have a figure; a
    gap ends every run.
    """
    known = [value for value in flow.values if value is not None]
    mean = sum(known) / len(known)
    ranges = [
        abs(b - a)
        for a, b in zip(flow.values, flow.values[1:], strict=False)
        if a is not None and b is not None
    ]
    average = sum(ranges) / len(ranges) if ranges else 0.0
    if screen and ranges:
        kept = [moved for moved in ranges if moved < SCREEN * average] or ranges
        average = sum(kept) / len(kept)
    limits = Limits(mean, mean - SIGMAS * average, mean + SIGMAS * average)
    return Xmr(limits, _signals(flow.values, limits))


def _signals(
    values: Sequence[float | None], limits: Limits
) -> tuple[Signal | None, ...]:
    """Label each point by the first rule that it meets."""
    found: list[Signal | None] = [None] * len(values)
    rules = (
        ("outside", _outside(values, limits)),
        ("trend", _trends(values)),
        ("two in three", _two_in_three(values, limits)),
        ("shift", _shifts(values, limits.mean)),
    )
    for rule, directions in rules:
        for at, direction in directions.items():
            if found[at] is None:
                found[at] = Signal(rule, direction)
    return tuple(found)


def _outside(values: Sequence[float | None], limits: Limits) -> dict[int, int]:
    return {
        at: 1 if value > limits.high else -1
        for at, value in enumerate(values)
        if value is not None and not limits.low <= value <= limits.high
    }


def _runs(signs: Sequence[int], length: int) -> dict[int, int]:
    """Mark every run of at least `length` equal signs that are not 0."""
    marked: dict[int, int] = {}
    start = 0
    for at in range(len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            if signs[start] and at - start >= length:
                marked.update(dict.fromkeys(range(start, at), signs[start]))
            start = at
    return marked


def _trends(values: Sequence[float | None]) -> dict[int, int]:
    """Mark seven points and more of which each is strictly above, or below, the last."""
    steps = [
        0 if a is None or b is None else (b > a) - (b < a)
        for a, b in zip(values, values[1:], strict=False)
    ]
    marked: dict[int, int] = {}
    if steps:
        for at, direction in _runs(steps, RUN - 1).items():
            marked.setdefault(at, direction)  # the point that the step leaves
            marked[at + 1] = direction
    return marked


def _two_in_three(values: Sequence[float | None], limits: Limits) -> dict[int, int]:
    near_low, near_high = limits.near
    marked: dict[int, int] = {}
    for at in range(len(values) - 2):
        three = [value for value in values[at : at + 3] if value is not None]
        if len(three) < 3:
            continue
        for direction in (1, -1):
            if not all((value - limits.mean) * direction > 0 for value in three):
                continue
            beyond = [
                at + place
                for place, value in enumerate(three)
                if (
                    near_high < value <= limits.high
                    if direction > 0
                    else limits.low <= value < near_low
                )
            ]
            if len(beyond) >= 2:
                marked.update(dict.fromkeys(beyond, direction))
    return marked


def _shifts(values: Sequence[float | None], mean: float) -> dict[int, int]:
    signs = [0 if v is None else (v > mean) - (v < mean) for v in values]
    return _runs(signs, RUN) if signs else {}
