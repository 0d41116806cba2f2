"""Whether five yearly figures run one way: a trend, or no clear change.

Years scatter about their line far more than chance in counting gives: about three times
the standard error in the middle authority, for some indicators more than four. So the
line's error is widened by the scatter about it, as a funnel's limits are by the
spread of authorities, and never made smaller than chance in counting; with five years
the scatter is known from three degrees of freedom, hence Student's t. A trend must run
the same way with any one year left out, and the last year must not contradict it.
The record is docs/adr/0018-trends-on-real-scatter.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, sqrt
from typing import Final

__all__ = [
    "CHANCE_OF_TREND",
    "TREND_YEARS",
    "T_95",
    "Trend",
    "find_plain_trend",
    "find_trend",
    "find_value_trend",
]

TREND_YEARS: Final = 5
T_95: Final = 3.182446  # Student's t, 3 degrees of freedom, two-sided 95%
CHANCE_OF_TREND: Final = 0.05  # at most: docs/methodology-checks.md has what was found
_WIDTH: Final = 3.92  # 95% limits are this many standard errors apart

_Point = tuple[int, float, float]  # year, value, weight


@dataclass(frozen=True)
class Trend:
    """Hold the outcome of the five-year test: +1 rising, -1 falling, 0 no change.

    `statistic` is the slope over its error, `scatter` the variance about the line as a
    multiple of what counting gives, null where the counts are not known. `years` are what
    was tested: (numerator, denominator), (value, lower, upper) or (value,).
    """

    direction: int
    statistic: float
    scatter: float | None = None
    years: tuple[tuple[float, ...], ...] = ()

    @property
    def words(self) -> str:
        """Name the outcome: "rising", "falling" or "no clear change"."""
        return {1: "rising", -1: "falling"}.get(self.direction, "no clear change")


def find_trend(years: Sequence[tuple[float, float]]) -> Trend | None:
    """Test the last five years of (numerator, denominator); None below five years.

    The caller gives consecutive, comparable years, oldest first.

    >>> find_trend([(60, 400), (72, 410), (84, 420), (96, 430), (108, 440)]).words
    'rising'
    """
    last = tuple(years[-TREND_YEARS:])
    if len(last) < TREND_YEARS or any(n <= 0 for _, n in last):
        return None
    share = sum(r for r, _ in last) / sum(n for _, n in last)
    # Nobody or everybody in every year: there is nothing that could change.
    if not 0 < share < 1:
        return Trend(0, 0.0, None, last)
    spread = share * (1 - share)
    return _judge([(r / n, n / spread) for r, n in last], last, counted=True)


def find_value_trend(years: Sequence[tuple[float, float, float]]) -> Trend | None:
    """Test the last five years of (value, lower 95% limit, upper); None below five.

    None too where a year has no width, since such a year would outweigh all others.

    >>> find_value_trend([(v, v - 4, v + 4) for v in (10, 14, 18, 22, 26)]).words
    'rising'
    """
    last = tuple(years[-TREND_YEARS:])
    if len(last) < TREND_YEARS or any(high <= low for _, low, high in last):
        return None
    points = [(value, ((high - low) / _WIDTH) ** -2) for value, low, high in last]
    return _judge(points, last, counted=True)


def find_plain_trend(values: Sequence[float]) -> Trend | None:
    """Test the last five values whose counts nobody gives; None below five.

    Their scatter about the line is all that is known of their error.

    >>> find_plain_trend([10.0, 11.5, 12.0, 13.6, 14.9]).words
    'rising'
    """
    last = tuple((value,) for value in values[-TREND_YEARS:])
    if len(last) < TREND_YEARS:
        return None
    return _judge([(value, 1.0) for (value,) in last], last, counted=False)


def _judge(
    points: Sequence[tuple[float, float]],
    years: tuple[tuple[float, ...], ...],
    *,
    counted: bool,
) -> Trend:
    """Test (value, 1 / variance); without counts the weights are all 1."""
    dated = [(t, value, weight) for t, (value, weight) in enumerate(points, 1)]
    slope, around, scatter = _fit(dated)
    widened = max(1.0, scatter) if counted else scatter
    error = sqrt(widened / around)
    # A level line has no slope, however little it scatters.
    statistic = 0.0 if slope == 0 else inf if error == 0 else slope / error
    sign = _sign(slope)
    steady = all(
        _sign(_fit([p for p in dated if p is not out])[0]) == sign for out in dated
    )
    clear = abs(statistic) > T_95 and steady and not _contradicted(points, sign)
    return Trend(sign if clear else 0, statistic, scatter if counted else None, years)


def _contradicted(points: Sequence[tuple[float, float]], sign: int) -> bool:
    """Tell whether the last year moved against the line."""
    (before, _), (last, _) = list(pairwise(points))[-1]
    return _sign(last - before) == -sign


def _sign(number: float) -> int:
    # What two equal shares differ by in floating point is no change.
    return 0 if abs(number) < 1e-12 else 1 if number > 0 else -1


def _fit(points: Sequence[_Point]) -> tuple[float, float, float]:
    """Give the weighted slope, the weighted spread of years, and the scatter.

    The scatter is the weighted sum of squares about the line over its degrees of
    freedom; 1 is what the weights, as 1 / variance, lead one to expect.
    """
    total = sum(weight for _, _, weight in points)
    mean_t = sum(weight * t for t, _, weight in points) / total
    mean = sum(weight * value for _, value, weight in points) / total
    around = sum(weight * (t - mean_t) ** 2 for t, _, weight in points)
    slope = sum(w * (t - mean_t) * (value - mean) for t, value, w in points) / around
    squares = sum(
        w * (value - mean - slope * (t - mean_t)) ** 2 for t, value, w in points
    )
    return slope, around, squares / (len(points) - 2)
