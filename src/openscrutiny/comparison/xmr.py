"""XmR limits and signals of a flow: is a month unlike the others, or usual variation?

The rules and constants are those of section 2 of the project's chart and statistics
conventions. A signal is worth a question, never a finding. Only a `Flow` can be given
limits, and a stock or a rolling series cannot become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final, Literal

from openscrutiny.indicators.definition import Clock
from openscrutiny.periods import Period, PeriodType

# Years hold too few points, and neighbouring values of the others share their events.
_FLOW_KINDS: Final = ({PeriodType.MONTH}, {PeriodType.QUARTER})

Assurance = Literal["will usually meet", "may meet or miss", "will usually miss"]

SIGMAS: Final = 2.66  # three sigma in average moving ranges
SCREEN: Final = 3.267  # a moving range above this many averages is left out, once
RUN: Final = 7
FEWEST_POINTS: Final = 12
FEWEST_TRIAL: Final = 8  # from here limits are drawn on trial
FEWEST_COUNTED: Final = 5.0  # on average, below which months are too small to test


class NotAFlowError(TypeError):
    """Limits were asked for what has none: an error of ours, never of a user."""


@dataclass(frozen=True)
class Flow:
    """Hold counts or shares of events by month or quarter, oldest first; null is a gap.

    Raises NotAFlowError for all else, so that nothing else can be given limits: the
    type asks for the clock of events, which no stock has, and each period must begin
    on the day after the one before, which no rolling or cumulative series does.
    """

    values: tuple[float | None, ...]
    periods: tuple[Period, ...]
    clock: Literal[Clock.EVENT]

    def __post_init__(self) -> None:
        if self.clock is not Clock.EVENT:
            raise NotAFlowError("a state on a day is a stock")
        if len(self.values) != len(self.periods):
            raise NotAFlowError("each value needs its period")
        kinds = {period.type for period in self.periods}
        if kinds not in _FLOW_KINDS:
            raise NotAFlowError("months alone, or quarters alone, are independent")
        for before, after in pairwise(self.periods):
            if after.start != before.end + timedelta(days=1):
                raise NotAFlowError(
                    "a period overlaps the one before, or one is missing"
                )

    def part(self, first: int, end: int) -> "Flow":
        """Give the stretch from `first` up to, not including, `end`."""
        return Flow(self.values[first:end], self.periods[first:end], self.clock)


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


@dataclass(frozen=True)
class Segment:
    """Hold the limits of the points from `first` up to, not including, `end`.

    `xmr` is null where too few points are known; `is_trial` where fewer than 12 are.
    """

    first: int
    end: int
    xmr: Xmr | None
    is_trial: bool


def find_segments(flow: Flow, starts: Sequence[int] = ()) -> tuple[Segment, ...]:
    """Compute limits anew from each point of `starts`, where a person rebased.

    Signals are found inside one segment alone.
    """
    edges = sorted({0, *(at for at in starts if 0 < at < len(flow.values))})
    segments = []
    for first, end in zip(edges, [*edges[1:], len(flow.values)], strict=True):
        part = flow.part(first, end)
        known = sum(value is not None for value in part.values)
        xmr = find_xmr(part) if known >= FEWEST_TRIAL else None
        segments.append(Segment(first, end, xmr, known < FEWEST_POINTS))
    return tuple(segments)


def assure(limits: Limits, target: float, direction: int) -> Assurance:
    """Say whether usual variation reaches the target; +1 where high is good, -1 low.

    A target on a limit "may" be met.

    >>> assure(Limits(50, 40, 60), 65, 1), assure(Limits(50, 40, 60), 65, -1)
    ('will usually miss', 'will usually meet')
    """
    if limits.low <= target <= limits.high:
        return "may meet or miss"
    is_above = target > limits.high
    return "will usually miss" if is_above == (direction > 0) else "will usually meet"


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
