"""Whether five yearly figures run one way: a trend, or no clear change.

A trend needs chi-squared beyond 99.8% and the same direction with any one year left
out. Source: the project's chart and statistics conventions, section 4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

__all__ = ["CHI_SQUARE_998", "TREND_YEARS", "Trend", "find_trend", "find_value_trend"]

CHI_SQUARE_998: Final = 9.549536  # one degree of freedom, two-sided 99.8%
TREND_YEARS: Final = 5
_WIDTH: Final = 3.92  # 95% limits are this many standard errors apart

_Point = tuple[int, float, float]


@dataclass(frozen=True)
class Trend:
    """Hold the outcome of the five-year test: +1 rising, -1 falling, 0 no change.

    `years` are what was tested: (numerator, denominator) or (value, lower, upper).
    """

    direction: int
    statistic: float
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
    if len(years) < TREND_YEARS:
        return None
    points = [(t, r, n) for t, (r, n) in enumerate(years[-TREND_YEARS:], 1)]
    return replace(_judge(points, _share_slope), years=tuple(years[-TREND_YEARS:]))


def find_value_trend(years: Sequence[tuple[float, float, float]]) -> Trend | None:
    """Test the last five years of (value, lower 95% limit, upper); None below five.

    None too where a year has no width, since such a year would outweigh all others.

    >>> find_value_trend([(v, v - 4, v + 4) for v in (10, 14, 18, 22, 26)]).words
    'rising'
    """
    if len(years) < TREND_YEARS or any(high <= low for _, low, high in years):
        return None
    points = [
        (t, value, ((high - low) / _WIDTH) ** -2)
        for t, (value, low, high) in enumerate(years[-TREND_YEARS:], 1)
    ]
    return replace(_judge(points, _weighted_slope), years=tuple(years[-TREND_YEARS:]))


def _judge(
    points: Sequence[_Point],
    slope_of: Callable[[Sequence[_Point]], tuple[float, float]],
) -> Trend:
    slope, statistic = slope_of(points)
    sign = _sign(slope)
    for left_out in points:
        refit, _ = slope_of([point for point in points if point is not left_out])
        if _sign(refit) != sign:
            return Trend(0, statistic)
    return Trend(sign if statistic > CHI_SQUARE_998 else 0, statistic)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _share_slope(points: Sequence[_Point]) -> tuple[float, float]:
    """Give the slope's numerator and chi-squared of (t, r, n) points."""
    total_n = sum(n for _, _, n in points)
    total_r = sum(r for _, r, _ in points)
    sum_rt = sum(r * t for t, r, _ in points)
    sum_nt = sum(n * t for t, _, n in points)
    sum_ntt = sum(n * t * t for t, _, n in points)
    lean = total_n * sum_rt - total_r * sum_nt
    spread = total_r * (total_n - total_r) * (total_n * sum_ntt - sum_nt * sum_nt)
    # Nobody or everybody in every year: there is nothing that could change.
    return lean, (total_n * lean * lean / spread if spread > 0 else 0.0)


def _weighted_slope(points: Sequence[_Point]) -> tuple[float, float]:
    """Give the weighted slope and chi-squared of (t, value, 1 / variance) points."""
    total = sum(weight for _, _, weight in points)
    mean_t = sum(weight * t for t, _, weight in points) / total
    mean_value = sum(weight * value for _, value, weight in points) / total
    spread = sum(weight * (t - mean_t) ** 2 for t, _, weight in points)
    slope = (
        sum(w * (t - mean_t) * (value - mean_value) for t, value, w in points) / spread
    )
    return slope, slope * slope * spread
