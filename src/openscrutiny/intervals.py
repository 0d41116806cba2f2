"""Intervals of one figure: Wilson's for a share, exact and Byar's for a count.

The constants of all limits stand here. They follow the project's chart and statistics
conventions, section 3.
"""

from collections.abc import Callable
from math import exp, sqrt
from typing import Final

Z_95: Final = 1.959964
Z_998: Final = 3.090232
FEWEST_FOR_BYAR: Final = 10

# The share of each tail that a z leaves out.
_TAILS: Final = {Z_95: 0.025, Z_998: 0.001}
_HALVINGS: Final = 100


def wilson_limits(
    numerator: float, denominator: float, z: float
) -> tuple[float, float]:
    """Give Wilson's interval of a share (0 to 1); `denominator` is above 0.

    >>> [round(limit, 5) for limit in wilson_limits(24, 200, Z_95)]
    [0.08198, 0.17234]
    """
    share = numerator / denominator
    square = z * z
    centre = share + square / (2 * denominator)
    reach = z * sqrt(
        share * (1 - share) / denominator + square / (4 * denominator * denominator)
    )
    scale = 1 + square / denominator
    # Rounding may pass nobody or everybody by the last binary digit.
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


def count_limits(observed: float, z: float) -> tuple[float, float]:
    """Give the limits of a count of chance events: exact below 10, Byar's from there.

    `z` is Z_95 or Z_998. Below 10 the count must be whole.

    >>> [round(limit, 4) for limit in count_limits(7, Z_95)]
    [2.8144, 14.4227]
    >>> [round(limit, 4) for limit in count_limits(25, Z_95)]
    [16.1743, 36.9065]
    """
    if observed >= FEWEST_FOR_BYAR:
        return _byar(observed, -z), _byar(observed + 1, z)
    assert observed == int(observed) and observed >= 0, "a small count is whole"
    return _exact(int(observed), _TAILS[z])


def _byar(count: float, z: float) -> float:
    return count * (1 - 1 / (9 * count) + z / (3 * sqrt(count))) ** 3


def _exact(observed: int, tail: float) -> tuple[float, float]:
    """Find the means at which the count is just in the tail on either side.

    They are half the chi-squared quantiles of 2·O and 2·O + 2 degrees of freedom.
    """

    def at_most(mean: float, count: int) -> float:
        term = total = exp(-mean)
        for number in range(1, count + 1):
            term *= mean / number
            total += term
        return total

    low = 0.0
    if observed:
        low = _halve(lambda mean: 1 - at_most(mean, observed - 1) > tail, observed)
    high = _halve(lambda mean: at_most(mean, observed) < tail, 4 * observed + 40)
    return low, high


def _halve(is_above: Callable[[float], bool], high: float) -> float:
    """Find where a claim turns true between 0 and `high`."""
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_above(middle) else (middle, high)
    return (low + high) / 2
