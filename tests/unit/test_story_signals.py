"""The tests behind the words, against the conventions' golden vectors."""

import pytest

from openscrutiny.story.signals import (
    CHI_SQUARE_998,
    Z_95,
    Z_998,
    byar_limits,
    compare_count,
    compare_proportion,
    find_trend,
    funnel_limits,
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


def test_funnel_limits_match_the_golden_vectors() -> None:
    assert funnel_limits(0.12, 200, Z_95) == pytest.approx(
        (0.074963, 0.165037), abs=5e-7
    )
    assert funnel_limits(0.12, 200, Z_998) == pytest.approx(
        (0.048992, 0.191008), abs=5e-7
    )


def test_funnel_limits_stay_between_nobody_and_everybody() -> None:
    assert funnel_limits(0.02, 5, Z_998)[0] == 0
    assert funnel_limits(0.98, 5, Z_998)[1] == 1


def test_byar_limits_match_the_golden_vector() -> None:
    assert byar_limits(25, Z_95) == pytest.approx((16.1743, 36.9065), abs=5e-5)


@pytest.mark.parametrize(
    ("numerator", "words"),
    [
        (24, "similar to"),
        (33, "similar to"),
        (34, "somewhat higher than"),
        (39, "higher than"),
        (14, "somewhat lower than"),
        (9, "lower than"),
    ],
)
def test_words_follow_the_limits(numerator: int, words: str) -> None:
    position = compare_proportion(numerator, 200, 0.12)

    assert position is not None and position.words == words


def test_no_funnel_stands_on_nobody_or_on_a_benchmark_of_all_or_none() -> None:
    assert compare_proportion(0, 0, 0.12) is None
    assert compare_proportion(5, 10, 0.0) is None
    assert compare_proportion(5, 10, 1.0) is None


def test_a_rate_is_placed_by_its_expected_count() -> None:
    # Expected 20: the 95% limits of 25 hold it, those of 40 do not.
    assert compare_count(25, 20_000, 0.001).words == "similar to"  # type: ignore[union-attr]
    assert compare_count(40, 20_000, 0.001).side == 1  # type: ignore[union-attr]
    assert compare_count(40, 20_000, 0.001).strength == 2  # type: ignore[union-attr]
    assert compare_count(9, 20_000, 0.001) is None
