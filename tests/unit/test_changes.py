"""The change from one period to the next: beyond its scatter, or unlike others'."""

import random
from itertools import pairwise
from math import sqrt

import pytest

from openscrutiny.comparison.changes import (
    CHANCE_OF_CHANGE,
    ChangePlace,
    change_of_rates,
    change_of_shares,
    is_material,
    place_change,
    weigh_change,
)


def test_shares_are_compared_by_the_pooled_test_worked_by_hand() -> None:
    # 60 of 400 and 90 of 400: pooled 150 of 800 = 0.1875;
    # spread = sqrt(0.1875 x 0.8125 x 2 / 400) = 0.0275994; 0.075 / 0.0275994
    z = change_of_shares((60, 400), (90, 400))

    assert z == pytest.approx(0.075 / sqrt(0.1875 * 0.8125 * 2 / 400))
    assert z == pytest.approx(2.717465, abs=1e-6)


def test_counts_are_compared_as_chance_events_are() -> None:
    assert change_of_rates((920, 1), (1174, 1)) == pytest.approx(254 / sqrt(2094))


def test_rates_of_equal_exposure_are_compared_as_their_counts() -> None:
    assert change_of_rates((30, 5000), (55, 5000)) == pytest.approx(
        change_of_rates((30, 1), (55, 1))
    )


@pytest.mark.parametrize(
    ("before", "after"), [((0, 10), (0, 12)), ((10, 10), (12, 12)), ((0, 0), (3, 9))]
)
def test_nothing_that_could_change_is_not_tested(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    assert change_of_shares(before, after) is None


def test_no_event_in_either_period_is_not_tested() -> None:
    assert change_of_rates((0, 1), (0, 1)) is None


def test_turning_the_periods_round_turns_the_sign() -> None:
    assert change_of_shares((60, 400), (90, 410)) == pytest.approx(
        -change_of_shares((90, 410), (60, 400))  # type: ignore[operator]
    )


def test_a_change_is_weighed_by_the_earlier_ones_of_its_series() -> None:
    # Mean square of 3, -4 and 1 is 26 / 3; 12 over its root is 4.08, below t of 5.84.
    change = weigh_change(12.0, [3.0, -4.0, 1.0])

    assert change is not None
    assert change.scatter == pytest.approx(26 / 3)
    assert change.statistic == pytest.approx(12 / sqrt(26 / 3))
    assert not change.is_beyond
    # Years that scatter less than chance does are not taken to be surer than chance.
    steady = weigh_change(5.9, [0.1, -0.2, 0.1])
    assert steady is not None and (steady.scatter, steady.is_beyond) == (1.0, True)


def test_two_earlier_changes_show_no_scatter() -> None:
    assert weigh_change(9.0, [1.0, 1.0]) is None


@pytest.mark.parametrize("scatter", [1.0, 8.3, 20.7])
@pytest.mark.parametrize("years", [5, 8, 11])
def test_scatter_alone_passes_the_limit_at_most_once_in_fifty(
    scatter: float, years: int
) -> None:
    """Two changes share a year, so that a little more than the nominal 1% pass."""
    chance, passed, tries = random.Random(f"{scatter} {years}"), 0, 3000
    for _ in range(tries):
        strays = [chance.gauss(0, sqrt(scatter / 2)) for _ in range(years)]
        changes = [b - a for a, b in pairwise(strays)]
        found = weigh_change(changes[-1], changes[:-1])
        passed += found is not None and found.is_beyond

    assert passed / tries <= 2 * CHANCE_OF_CHANGE


def test_a_change_is_placed_among_those_of_the_same_direction() -> None:
    changes = [float(n) for n in range(-50, 51)]

    assert place_change(41.0, changes) == ChangePlace(101, 9)
    assert place_change(41.0, changes).is_outer
    assert not place_change(-39.0, changes).is_outer


def test_few_authorities_make_no_outer_tenth() -> None:
    assert not place_change(5.0, [0.0] * 28 + [5.0]).is_outer


@pytest.mark.parametrize(
    ("before", "after", "is_percent", "material"),
    [
        (23.1, 26.8, True, True),
        (82.5, 72.8, True, True),
        (95.0, 90.0, True, True),  # the five that were left have doubled
        (50.0, 54.9, True, False),
        (920.0, 1000.0, False, False),
        (0.0, 0.0, False, False),
        (0.0, 1.0, False, True),
    ],
)
def test_a_tenth_of_what_it_was_is_worth_a_word(
    before: float, after: float, is_percent: bool, material: bool
) -> None:
    assert is_material(before, after, is_percent=is_percent) is material
