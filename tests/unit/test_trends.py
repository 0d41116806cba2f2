"""The five-year test: a line, its scatter, and a last year that does not contradict it."""

import random
from math import sqrt

import pytest

from openscrutiny.comparison.trends import (
    CHANCE_OF_TREND,
    T_95,
    find_plain_trend,
    find_rank_trend,
    find_trend,
    find_value_trend,
)

RISING = [(60, 400), (72, 410), (84, 420), (96, 430), (108, 440)]


def test_shares_that_scatter_less_than_chance_are_tested_against_chance() -> None:
    # The shares rise by about 0.024 a year and lie on a line: scatter is far below 1,
    # and the error is that of counting, sqrt(0.2 x 0.8 / n) about each year.
    trend = find_trend(RISING)

    assert trend is not None
    assert trend.scatter is not None and 0 < trend.scatter < 0.01
    # The root of chi-squared for trend, 14.898, which was tested before.
    assert trend.statistic == pytest.approx(sqrt(14.898), abs=0.001)
    assert trend.words == "rising"


def test_shares_that_scatter_more_are_tested_against_their_scatter() -> None:
    # Shares 0.10, 0.14, 0.11, 0.15, 0.17 of 10,000: slope 0.015, about the line
    # -0.004, 0.021, -0.024, 0.001, 0.006, squares 0.00107; 0.00107 / 3 / 10 is the
    # slope's variance.
    trend = find_trend([(n, 10_000) for n in (1000, 1400, 1100, 1500, 1700)])

    assert trend is not None
    assert trend.statistic == pytest.approx(0.015 / sqrt(0.00107 / 3 / 10), abs=0.001)
    assert trend.scatter == pytest.approx(0.00107 / 3 / (0.134 * 0.866 / 10_000))
    assert trend.words == "no clear change"


def test_a_series_across_a_collection_that_swings_is_no_trend() -> None:
    shares = (93.2, 80.5, 60.4, 74.4, 60.6)  # the years before the collection changed
    trend = find_trend([(round(share * 5), 500) for share in shares])

    assert trend is not None and trend.scatter is not None
    assert trend.scatter > 5
    assert trend.statistic < -2 and trend.words == "no clear change"


def test_the_trend_of_complements_runs_the_other_way_with_equal_strength() -> None:
    rising, falling = find_trend(RISING), find_trend([(n - r, n) for r, n in RISING])

    assert rising is not None and falling is not None
    assert falling.words == "falling"
    assert falling.statistic == pytest.approx(-rising.statistic)


def test_three_years_are_not_tested() -> None:
    assert find_trend(RISING[:3]) is None
    assert find_plain_trend([1.0, 2.0, 3.0]) is None


def test_four_years_have_two_degrees_of_freedom() -> None:
    # 10, 13, 14, 18: slope 2.5, about the line 0, 0.5, -1, 0.5, squares 1.5; 1.5 / 2 / 5
    # is the slope's variance, and 4.303 what it is held against.
    clear = find_plain_trend([10.0, 13.0, 14.0, 18.0])
    unclear = find_plain_trend([10.0, 14.0, 14.0, 18.0])

    assert clear is not None and unclear is not None
    assert clear.statistic == pytest.approx(2.5 / sqrt(1.5 / 2 / 5))
    assert clear.words == "rising"
    # 4.24: clear with five years, and not with four.
    assert T_95[5] < unclear.statistic < T_95[4]
    assert unclear.words == "no clear change"


def test_only_the_last_five_years_count() -> None:
    assert find_trend([(400, 400), (0, 400), *RISING]) == find_trend(RISING)


def test_one_year_alone_does_not_make_a_trend() -> None:
    trend = find_trend([(100, 1000)] * 4 + [(190, 1000)])

    assert trend is not None and trend.words == "no clear change"


@pytest.mark.parametrize("last", [26.5, 26.9])
def test_a_last_year_that_moved_against_the_line_is_no_trend(last: float) -> None:
    # The line is steep and clear with either; only the second went on.
    trend = find_plain_trend([20.0, 22.0, 24.6, 26.6, last])

    assert trend is not None
    assert trend.statistic > T_95[5]
    assert trend.words == ("rising" if last > 26.6 else "no clear change")


@pytest.mark.parametrize("count", [0, 50])
def test_nobody_or_everybody_every_year_is_no_change(count: int) -> None:
    trend = find_trend([(count, 50)] * 5)

    assert trend is not None and trend.direction == 0


# ---------- Values with limits, and without ----------


def with_limits(*values: float, half: float = 4.0) -> list[tuple[float, float, float]]:
    return [(value, value - half, value + half) for value in values]


def test_a_weighted_slope_is_worked_by_hand() -> None:
    # se = 8 / 3.92; equal weights and no scatter, so slope 2 over se / root 10.
    trend = find_value_trend(with_limits(10, 12, 14, 16, 18))

    assert trend is not None
    assert trend.statistic == pytest.approx(2 / (8 / 3.92 / sqrt(10)))
    assert trend.statistic == pytest.approx(3.099, abs=0.0005)
    assert trend.words == "no clear change"


def test_a_plain_slope_is_worked_by_hand() -> None:
    # 10, 13, 11, 15, 16: slope 1.4, about the line -0.2, 1.4, -2, 0.6, 0.2.
    trend = find_plain_trend([10.0, 13.0, 11.0, 15.0, 16.0])

    assert trend is not None
    assert trend.statistic == pytest.approx(1.4 / sqrt(6.4 / 3 / 10))
    assert trend.scatter is None
    assert trend.words == "no clear change"


def test_a_plain_line_without_scatter_is_a_trend_and_a_level_one_none() -> None:
    steep, level = (find_plain_trend([5.0 + s * t for t in range(5)]) for s in (1, 0))

    assert steep is not None and steep.words == "rising"
    assert level is not None and level.statistic == 0.0 and level.direction == 0


def test_a_wide_year_weighs_little() -> None:
    level = [(10.0, 9.9, 10.1)] * 4

    trend = find_value_trend([*level, (40.0, -60.0, 140.0)])

    assert trend is not None and trend.direction == 0


def test_turning_the_years_round_turns_the_slope() -> None:
    rising = find_value_trend(with_limits(10, 14, 18, 22, 26))
    falling = find_value_trend(with_limits(26, 22, 18, 14, 10))

    assert rising is not None and falling is not None
    assert (rising.words, falling.words) == ("rising", "falling")
    assert rising.statistic == pytest.approx(-falling.statistic)


def test_a_year_without_width_is_not_tested() -> None:
    assert find_value_trend([(1.0, 1.0, 1.0)] * 5) is None
    assert find_value_trend(with_limits(10, 12, 14)) is None


# ---------- False alarms ----------


@pytest.mark.parametrize("scatter", [1.0, 2.3, 7.3, 8.3, 20.7])
def test_a_series_without_a_trend_is_called_one_at_most_once_in_twenty(
    scatter: float,
) -> None:
    """The scatters are those of the middle authority: CP7, FD2, CP3 and FD3."""
    chance, tries, called = random.Random(scatter), 3000, 0
    people, share = 2000, 0.2
    for _ in range(tries):
        spread = sqrt(scatter * share * (1 - share) / people)
        shares = (min(max(chance.gauss(share, spread), 0), 1) for _ in range(5))
        trend = find_trend([(round(each * people), people) for each in shares])
        called += trend is not None and trend.direction != 0

    assert 0 < called / tries <= CHANCE_OF_TREND


def test_values_without_counts_are_called_a_trend_at_most_once_in_twenty() -> None:
    chance, tries, called = random.Random(11), 3000, 0
    for _ in range(tries):
        trend = find_plain_trend([chance.gauss(50, 6) for _ in range(5)])
        called += trend is not None and trend.direction != 0

    assert 0.01 < called / tries <= CHANCE_OF_TREND


def test_a_real_trend_is_still_found() -> None:
    """A rise of two standard errors of scatter a year is seen in most series."""
    chance, tries, called = random.Random(12), 1000, 0
    for _ in range(tries):
        values = [10 + 2 * t + chance.gauss(0, 1) for t in range(5)]
        trend = find_plain_trend(values)
        called += trend is not None and trend.direction > 0

    assert called / tries > 0.75


# ---------- Ranks: what a line of five years does not see ----------


def test_ranks_count_pairs_and_how_seldom_chance_orders_years_so() -> None:
    """Six years have 720 orders, of which one rises throughout and five do but once."""
    whole = find_rank_trend([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    once = find_rank_trend([2.0, 1.0, 3.0, 4.0, 5.0, 6.0])
    twice = find_rank_trend([2.0, 1.0, 4.0, 3.0, 5.0, 6.0])

    assert whole is not None and once is not None and twice is not None
    assert (whole.statistic, whole.chance) == (15.0, pytest.approx(2 / 720))
    assert (once.statistic, once.chance) == (13.0, pytest.approx(2 * 6 / 720))
    assert (twice.statistic, twice.chance) == (11.0, pytest.approx(2 * 20 / 720))
    assert [t.words for t in (whole, once, twice)] == [
        "rising", "no clear change", "no clear change",
    ]  # fmt: skip


def test_equal_years_count_for_neither_side() -> None:
    trend = find_rank_trend([0.05, 0.05, 0.06, 0.06, 0.08, 0.12, 0.13, 0.14])

    assert trend is not None
    assert trend.statistic == 26.0 and trend.words == "rising"
    # An odd number of equal pairs: as 13 of 15 pairs, and not as the 15 that 14 is near.
    odd = find_rank_trend([0.05, 0.05, 0.06, 0.07, 0.08, 0.09])
    assert odd is not None and odd.statistic == 14.0
    assert odd.chance == pytest.approx(2 * 6 / 720)


def test_a_last_year_against_the_ranks_is_no_trend() -> None:
    trend = find_rank_trend([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 7.0])

    assert trend is not None
    assert trend.chance is not None and trend.chance < 0.001
    assert trend.words == "no clear change"


def test_ranks_see_a_slow_drift_that_five_years_do_not() -> None:
    chance, tries, line, ranks = random.Random(14), 500, 0, 0
    for _ in range(tries):
        values = [10 + 0.5 * t + chance.gauss(0, 1) for t in range(10)]
        five, ten = find_plain_trend(values), find_rank_trend(values)
        line += five is not None and five.direction > 0
        ranks += ten is not None and ten.direction > 0

    assert line / tries < 0.25 and ranks / tries > 0.4


@pytest.mark.parametrize("many", [4, 6, 8, 10])
def test_line_and_ranks_together_call_no_more_than_one_in_twenty(many: int) -> None:
    """Of 1,500 draws, 0.063 and more would come once in 90 where 0.05 is true."""
    chance, tries, called = random.Random(many), 1500, 0
    for _ in range(tries):
        values = [chance.gauss(50, 6) for _ in range(many)]
        found = (find_plain_trend(values), find_rank_trend(values))
        called += any(trend is not None and trend.direction != 0 for trend in found)

    assert 0.02 < called / tries < 0.063
