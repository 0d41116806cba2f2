"""Tests that let a sentence say more than the number: trend, funnel, intervals.

The constants stand here and nowhere else. They follow the project's chart and
statistics conventions, sections 3 and 4; a signal is worth a question, never a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

__all__ = [
    "Z_95",
    "Z_998",
    "Position",
    "Trend",
    "byar_limits",
    "compare_count",
    "compare_proportion",
    "find_trend",
    "funnel_limits",
]

Z_95 = 1.959964
Z_998 = 3.090232
CHI_SQUARE_998 = 9.549536  # one degree of freedom, two-sided 99.8%
TREND_YEARS = 5


@dataclass(frozen=True)
class Trend:
    """Hold the outcome of the five-year test: +1 rising, -1 falling, 0 no change."""

    direction: int
    statistic: float

    @property
    def words(self) -> str:
        """Name the outcome: "rising", "falling" or "no clear change"."""
        return {1: "rising", -1: "falling"}.get(self.direction, "no clear change")


@dataclass(frozen=True)
class Position:
    """Hold where an area lies against England.

    `side` is +1 above and -1 below. `strength` is 0 within the 95% limits, 1 between
    those and the 99.8% limits, 2 beyond them.
    """

    side: int
    strength: int

    @property
    def words(self) -> str:
        """Give the words of the conventions: "higher than", "similar to"."""
        if self.strength == 0:
            return "similar to"
        comparative = "higher than" if self.side > 0 else "lower than"
        return comparative if self.strength == 2 else f"somewhat {comparative}"


def _slope(points: Sequence[tuple[int, float, float]]) -> tuple[float, float]:
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


def find_trend(years: Sequence[tuple[float, float]]) -> Trend | None:
    """Test the last five years of (numerator, denominator); None below five years.

    The caller gives consecutive, comparable years, oldest first.

    >>> find_trend([(60, 400), (72, 410), (84, 420), (96, 430), (108, 440)]).words
    'rising'
    """
    if len(years) < TREND_YEARS:
        return None
    points = [(t, r, n) for t, (r, n) in enumerate(years[-TREND_YEARS:], 1)]
    lean, statistic = _slope(points)
    sign = (lean > 0) - (lean < 0)
    for left_out in points:
        refit, _ = _slope([point for point in points if point is not left_out])
        if (refit > 0) - (refit < 0) != sign:
            return Trend(0, statistic)
    return Trend(sign if statistic > CHI_SQUARE_998 else 0, statistic)


def funnel_limits(
    benchmark: float, denominator: float, z: float
) -> tuple[float, float]:
    """Give the limits of a proportion (0 to 1) about a benchmark (0 to 1)."""
    half = z * sqrt(benchmark * (1 - benchmark) / denominator)
    return max(0.0, benchmark - half), min(1.0, benchmark + half)


def compare_proportion(
    numerator: float, denominator: float, benchmark: float
) -> Position | None:
    """Place numerator / denominator against a benchmark proportion (0 to 1).

    None where there is no funnel: nobody in the denominator, or a benchmark of
    exactly 0 or 1.
    """
    if denominator <= 0 or not 0 < benchmark < 1:
        return None
    share = numerator / denominator
    side = (share > benchmark) - (share < benchmark)
    strength = sum(
        share < low or share > high
        for low, high in (
            funnel_limits(benchmark, denominator, z) for z in (Z_95, Z_998)
        )
    )
    return Position(side, strength)


def byar_limits(observed: float, z: float) -> tuple[float, float]:
    """Give Byar's limits of a count of 10 or more; the exact ones are not needed."""
    assert observed >= 10, "below 10 the exact limits are required"

    def bound(count: float, sign: int) -> float:
        return count * (1 - 1 / (9 * count) + sign * z / (3 * sqrt(count))) ** 3

    return bound(observed, -1), bound(observed + 1, 1)


def compare_count(
    observed: float, population: float, benchmark_rate: float
) -> Position | None:
    """Place a count against what the benchmark rate (a share) of its population gives.

    None for counts below 10, whose chance is too wide to be worth a word.
    """
    if observed < 10 or population <= 0 or benchmark_rate <= 0:
        return None
    expected = benchmark_rate * population
    side = (observed > expected) - (observed < expected)
    strength = 0
    for z in (Z_95, Z_998):
        low, high = byar_limits(observed, z)
        strength += low > expected or high < expected
    return Position(side, strength)
