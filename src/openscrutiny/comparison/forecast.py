"""Where a yearly figure is heading: a damped trend, with the interval of its errors.

A trend that goes on for ever overstates what comes; a damped one levels off (Gardner and
McKenzie, 1985). With a few years of history the interval is wide, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from typing import Final

from openscrutiny.intervals import Z_95

FEWEST_YEARS: Final = 6
MOST_STEPS: Final = 3
DAMPING: Final = 0.85
_GRID: Final = tuple(step / 10 for step in range(1, 10))


@dataclass(frozen=True)
class Forecast:
    """Hold the expected value of a coming period and its 95% interval, not clipped."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class _Fit:
    """Hold the smoothing of a series: weights, last level and slope, squared errors."""

    alpha: float
    beta: float
    level: float
    slope: float
    squares: float


def forecast(values: Sequence[float], steps: int) -> Forecast | None:
    """Forecast the value `steps` periods after the last; None where that is unsafe.

    Unsafe are fewer than six values and more than three steps.

    >>> forecast([10.0] * 6, 1)
    Forecast(value=10.0, low=10.0, high=10.0)
    """
    if len(values) < FEWEST_YEARS or not 1 <= steps <= MOST_STEPS:
        return None
    fits = (_smooth(values, alpha, beta) for alpha, beta in product(_GRID, _GRID))
    fit = min(fits, key=lambda fit: fit.squares)
    reach = sum(DAMPING**step for step in range(1, steps + 1))
    value = fit.level + reach * fit.slope
    # Two starting values and two weights were taken from the same series.
    variance = fit.squares / max(1, len(values) - 4)
    half = Z_95 * sqrt(variance * _growth(fit, steps))
    return Forecast(value, value - half, value + half)


def _smooth(values: Sequence[float], alpha: float, beta: float) -> _Fit:
    """Run through the series once; the first two values set level and slope."""
    level, slope = values[0], values[1] - values[0]
    squares = 0.0
    for value in values[1:]:
        expected = level + DAMPING * slope
        squares += (value - expected) ** 2
        before, level = level, alpha * value + (1 - alpha) * expected
        slope = beta * (level - before) + (1 - beta) * DAMPING * slope
    return _Fit(alpha, beta, level, slope, squares)


def _growth(fit: _Fit, steps: int) -> float:
    """Give by how much the variance of one step grows over `steps`."""
    total, reach = 1.0, 0.0
    for step in range(1, steps):
        reach += DAMPING**step
        total += (fit.alpha * (1 + fit.beta * reach)) ** 2
    return total
