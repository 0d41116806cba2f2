"""Whether yearly figures run one way: a trend, or no clear change.

Years scatter about their line far more than chance in counting gives: about three times
the standard error in the middle authority, for some indicators more than four. So the
line's error is widened by the scatter about it, as a funnel's limits are by the
spread of authorities, and never made smaller than chance in counting; with five years
the scatter is known from three degrees of freedom, hence Student's t. A trend must run
the same way with any one year left out, and the last year must not contradict it.
Where only four years are alike, as after a break, the same holds with two degrees.

A line of five sees no slow drift. So a longer run, up to ten years, is also read by its
ranks alone (Mann and Kendall): how many of its pairs rise, and how seldom chance orders
years so. Equal years count for neither side, which errs towards saying nothing.
The records are docs/adr/0018-trends-on-real-scatter.md and 0032-what-a-reader-sees.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from math import inf, sqrt
from typing import Final

FEWEST_YEARS: Final = 4
TREND_YEARS: Final = 5
MOST_YEARS: Final = 10  # as many as a chart shows
# Student's t, two-sided 95%, by how many years the line has.
T_95: Final = {4: 4.302653, 5: 3.182446}
CHANCE_OF_RANKS: Final = 0.01  # two-sided; with the line's test together below 0.05
CHANCE_OF_TREND: Final = 0.05  # at most: docs/methodology-checks.md has what was found
_WIDTH: Final = 3.92  # 95% limits are this many standard errors apart

_Point = tuple[int, float, float]  # year, value, weight


@dataclass(frozen=True)
class Trend:
    """Hold the outcome of a test of years: +1 rising, -1 falling, 0 no change.

    `statistic` is the slope over its error, `scatter` the variance about the line as a
    multiple of what counting gives, null where the counts are not known. `years` are what
    was tested: (numerator, denominator), (value, lower, upper) or (value,). Of ranks the
    statistic is how many more pairs rise than fall, and `chance` how often chance alone
    orders the years so; null of a line.
    """

    direction: int
    statistic: float
    scatter: float | None = None
    years: tuple[tuple[float, ...], ...] = ()
    chance: float | None = None

    @property
    def is_by_ranks(self) -> bool:
        return self.chance is not None

    @property
    def words(self) -> str:
        """Name the outcome: "rising", "falling" or "no clear change"."""
        return {1: "rising", -1: "falling"}.get(self.direction, "no clear change")


def find_trend(years: Sequence[tuple[float, float]]) -> Trend | None:
    """Test the last five years of (numerator, denominator); None below four years.

    The caller gives consecutive, comparable years, oldest first.

    >>> find_trend([(60, 400), (72, 410), (84, 420), (96, 430), (108, 440)]).words
    'rising'
    """
    last = tuple(years[-TREND_YEARS:])
    if len(last) < FEWEST_YEARS or any(n <= 0 for _, n in last):
        return None
    share = sum(r for r, _ in last) / sum(n for _, n in last)
    # Nobody or everybody in every year: there is nothing that could change.
    if not 0 < share < 1:
        return Trend(0, 0.0, None, last)
    spread = share * (1 - share)
    return _judge([(r / n, n / spread) for r, n in last], last, counted=True)


def find_value_trend(years: Sequence[tuple[float, float, float]]) -> Trend | None:
    """Test the last five years of (value, lower 95% limit, upper); None below four.

    None too where a year has no width, since such a year would outweigh all others.

    >>> find_value_trend([(v, v - 4, v + 4) for v in (10, 14, 18, 22, 26)]).words
    'rising'
    """
    last = tuple(years[-TREND_YEARS:])
    if len(last) < FEWEST_YEARS or any(high <= low for _, low, high in last):
        return None
    points = [(value, ((high - low) / _WIDTH) ** -2) for value, low, high in last]
    return _judge(points, last, counted=True)


def find_plain_trend(values: Sequence[float]) -> Trend | None:
    """Test the last five values whose counts nobody gives; None below four.

    Their scatter about the line is all that is known of their error.

    >>> find_plain_trend([10.0, 11.5, 12.0, 13.6, 14.9]).words
    'rising'
    """
    last = tuple((value,) for value in values[-TREND_YEARS:])
    if len(last) < FEWEST_YEARS:
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
    values = [value for value, _ in points]
    limit = T_95[len(points)]
    clear = abs(statistic) > limit and steady and not _contradicted(values, sign)
    return Trend(sign if clear else 0, statistic, scatter if counted else None, years)


def find_rank_trend(values: Sequence[float]) -> Trend | None:
    """Test the last ten values by their order alone; None below five.

    >>> find_rank_trend([0.05, 0.05, 0.06, 0.07, 0.08, 0.12, 0.13]).words
    'rising'
    """
    last = tuple(values[-MOST_YEARS:])
    if len(last) < TREND_YEARS:
        return None
    more = sum(_sign(after - before) for before, after in combinations(last, 2))
    chance = _chance_of_order(len(last), abs(more))
    clear = chance <= CHANCE_OF_RANKS and not _contradicted(last, _sign(more))
    years = tuple((value,) for value in last)
    return Trend(_sign(more) if clear else 0, float(more), None, years, chance)


def _chance_of_order(many: int, more: int) -> float:
    """Give how often chance orders years so that one side leads by `more` pairs.

    Of all orders of so many years, those whose pairs out of order are few enough on
    either side (Mann 1945; Kendall 1975). An odd pair of equals counts as out of order.
    """
    orders = _orders_by_swaps(many)
    swaps = (many * (many - 1) // 2 - more + 1) // 2
    return min(1.0, 2 * sum(orders[: swaps + 1]) / sum(orders))


@cache
def _orders_by_swaps(many: int) -> tuple[int, ...]:
    """Count the orders of `many` things by how many of their pairs are out of order.

    >>> _orders_by_swaps(3)
    (1, 2, 2, 1)
    """
    counts = [1]
    for added in range(1, many):
        grown = [0] * (len(counts) + added)
        for swaps, count in enumerate(counts):
            for more in range(added + 1):
                grown[swaps + more] += count
        counts = grown
    return tuple(counts)


def _contradicted(values: Sequence[float], sign: int) -> bool:
    """Tell whether the last year moved against the rest."""
    before, last = list(pairwise(values))[-1]
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
