"""Where an area lies against a benchmark, and among all areas.

Two questions that are easily taken for one. Against England: could chance alone part
the two figures? Among all authorities: does this one lie outside the spread that
authorities of its size show anyway? Authorities differ by more than chance nearly
everywhere (overdispersion), so the second is answered far more seldom with yes.
Source: the project's chart and statistics conventions, section 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt
from typing import Final

from openscrutiny.intervals import Z_95, Z_998, count_limits

FEWEST_AREAS: Final = 30
_WINSOR: Final = 0.1  # of the areas at each end


@dataclass(frozen=True)
class Position:
    """Hold where an area lies against a benchmark.

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


@dataclass(frozen=True)
class Funnel:
    """Hold a benchmark share (0 to 1) and how far areas differ beyond chance.

    `phi` is the mean of the squared z-scores after winsorising and `tau_squared` the
    variance between areas on the arcsine scale; 0 where phi is 1 or less.
    """

    benchmark: float
    areas: int
    phi: float
    tau_squared: float

    def limits(self, denominator: float, z: float) -> tuple[float, float]:
        """Give the limits of a share for an area of this size, within 0 and 1."""
        if not self.tau_squared:
            return funnel_limits(self.benchmark, denominator, z)
        reach = z * sqrt(1 / (4 * denominator) + self.tau_squared)
        centre = asin(sqrt(self.benchmark))
        # Clamped before squaring: the square of a negative angle would rise again.
        low, high = (
            sin(min(max(centre + side * reach, 0.0), pi / 2)) ** 2 for side in (-1, 1)
        )
        return low, high

    def place(self, numerator: float, denominator: float) -> Position | None:
        """Place one area; None without anybody in the denominator."""
        if denominator <= 0:
            return None
        pairs = [self.limits(denominator, z) for z in (Z_95, Z_998)]
        return _place(numerator / denominator, self.benchmark, pairs)


def funnel_limits(
    benchmark: float, denominator: float, z: float
) -> tuple[float, float]:
    """Give the limits that chance alone sets to a share, without overdispersion."""
    half = z * sqrt(benchmark * (1 - benchmark) / denominator)
    return max(0.0, benchmark - half), min(1.0, benchmark + half)


def make_funnel(
    benchmark: float, areas: Sequence[tuple[float, float]]
) -> Funnel | None:
    """Measure how far areas, each (numerator, denominator), differ beyond chance.

    None for a benchmark of exactly 0 or 1, or for fewer than 30 areas with anybody in
    them. z-scores are taken on the arcsine scale, on which tau squared is defined.
    """
    held = [(r, n) for r, n in areas if n > 0]
    if not 0 < benchmark < 1 or len(held) < FEWEST_AREAS:
        return None
    centre = asin(sqrt(benchmark))
    scores = [
        (asin(sqrt(min(max(r / n, 0.0), 1.0))) - centre) * 2 * sqrt(n) for r, n in held
    ]
    count = len(held)
    phi = sum(score * score for score in _winsorise(scores)) / count
    if phi <= 1:
        return Funnel(benchmark, count, phi, 0.0)
    # 1 / s squared with s = 1 / (2 root n) is 4 n.
    weights = [4 * n for _, n in held]
    total = sum(weights)
    spread = total - sum(weight * weight for weight in weights) / total
    tau_squared = max(0.0, (count * phi - (count - 1)) / spread)
    return Funnel(benchmark, count, phi, tau_squared)


def _winsorise(scores: Sequence[float]) -> list[float]:
    """Draw the outermost tenth at each end in to the value next to it."""
    ordered = sorted(scores)
    cut = int(len(ordered) * _WINSOR)
    low, high = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(max(score, low), high) for score in ordered]


def compare_proportion(
    numerator: float, denominator: float, benchmark: float
) -> Position | None:
    """Place a share against a benchmark share (0 to 1) as chance alone would part them.

    None where there is no funnel: nobody in the denominator, or a benchmark of
    exactly 0 or 1.
    """
    if denominator <= 0 or not 0 < benchmark < 1:
        return None
    pairs = [funnel_limits(benchmark, denominator, z) for z in (Z_95, Z_998)]
    return _place(numerator / denominator, benchmark, pairs)


def compare_count(
    observed: float, population: float, benchmark_rate: float
) -> Position | None:
    """Place a count against what the benchmark rate (a share) of its population gives.

    None without a population or rate, and for a small count that is not whole.
    """
    small_part = observed < 10 and observed != int(observed)
    if population <= 0 or benchmark_rate <= 0 or observed < 0 or small_part:
        return None
    expected = benchmark_rate * population
    pairs = [count_limits(observed, z) for z in (Z_95, Z_998)]
    # Here the limits are the count's own and the benchmark lies in or out of them.
    strength = sum(not low <= expected <= high for low, high in pairs)
    return Position((observed > expected) - (observed < expected), strength)


def _place(
    value: float, benchmark: float, limits: Sequence[tuple[float, float]]
) -> Position:
    strength = sum(value < low or value > high for low, high in limits)
    return Position((value > benchmark) - (value < benchmark), strength)
