"""The five-year test, against the conventions' golden vectors."""

import random

import pytest

from openscrutiny.comparison.trends import (
    CHI_SQUARE_998,
    find_trend,
    find_value_trend,
)

RISING = [(60, 400), (72, 410), (84, 420), (96, 430), (108, 440)]


def test_the_golden_rising_trend_is_found() -> None:
    trend = find_trend(RISING)

    assert trend is not None
    assert trend.statistic == pytest.approx(14.898, abs=0.0005)
    assert trend.words == "rising"


def test_the_golden_near_miss_is_no_clear_change() -> None:
    trend = find_trend([(count, 1000) for count in (100, 110, 120, 130, 140)])

    assert trend is not None
    assert trend.statistic == pytest.approx(9.470, abs=0.0005)
    assert trend.statistic < CHI_SQUARE_998
    assert trend.words == "no clear change"


def test_the_trend_of_complements_runs_the_other_way_with_equal_strength() -> None:
    rising, falling = find_trend(RISING), find_trend([(n - r, n) for r, n in RISING])

    assert rising is not None and falling is not None
    assert falling.words == "falling"
    assert falling.statistic == pytest.approx(rising.statistic)


def test_four_years_are_not_tested() -> None:
    assert find_trend(RISING[:4]) is None


def test_only_the_last_five_years_count() -> None:
    assert find_trend([(400, 400), (0, 400), *RISING]) == find_trend(RISING)


def test_one_year_alone_does_not_make_a_trend() -> None:
    # Level but for the last year: strong in total, gone when that year is left out.
    trend = find_trend([(100, 1000)] * 4 + [(190, 1000)])

    assert trend is not None
    assert trend.statistic > CHI_SQUARE_998
    assert trend.words == "no clear change"


@pytest.mark.parametrize("count", [0, 50])
def test_nobody_or_everybody_every_year_is_no_change(count: int) -> None:
    trend = find_trend([(count, 50)] * 5)

    assert trend is not None and trend.direction == 0


# ---------- Values with limits ----------


def with_limits(*values: float, half: float = 4.0) -> list[tuple[float, float, float]]:
    return [(value, value - half, value + half) for value in values]


def test_a_weighted_slope_is_worked_by_hand() -> None:
    # se = 8 / 3.92; equal weights, so slope 2 and spread 10 / se squared.
    trend = find_value_trend(with_limits(10, 12, 14, 16, 18))

    assert trend is not None
    assert trend.statistic == pytest.approx(4 * 10 / (8 / 3.92) ** 2)
    assert trend.statistic == pytest.approx(9.604)
    assert trend.words == "rising"


def test_a_slope_within_its_limits_is_no_clear_change() -> None:
    trend = find_value_trend(with_limits(10, 12, 14, 16, 18, half=8.0))

    assert trend is not None
    assert trend.statistic < CHI_SQUARE_998
    assert trend.words == "no clear change"


def test_a_wide_year_weighs_little() -> None:
    level = [(10.0, 9.9, 10.1)] * 4

    trend = find_value_trend([*level, (40.0, -60.0, 140.0)])

    assert trend is not None and trend.direction == 0


def test_turning_the_years_round_turns_the_slope() -> None:
    rising = find_value_trend(with_limits(10, 14, 18, 22, 26))
    falling = find_value_trend(with_limits(26, 22, 18, 14, 10))

    assert rising is not None and falling is not None
    assert (rising.words, falling.words) == ("rising", "falling")
    assert rising.statistic == pytest.approx(falling.statistic)


def test_a_year_without_width_is_not_tested() -> None:
    assert find_value_trend([(1.0, 1.0, 1.0)] * 5) is None
    assert find_value_trend(with_limits(10, 12, 14, 16)) is None


def test_chance_alone_is_called_a_trend_about_twice_in_a_thousand() -> None:
    chance, tries = random.Random(7), 4000
    called = 0
    for _ in range(tries):
        years = with_limits(*(chance.gauss(100, 4 / 1.96) for _ in range(5)))
        trend = find_value_trend(years)
        called += trend is not None and trend.direction != 0

    assert called / tries < 0.005
