"""The change from one period to the next: beyond chance, or unlike the others'."""

import random
from math import sqrt

import pytest

from openscrutiny.comparison.changes import (
    CHANGE_Z,
    ChangePlace,
    change_of_rates,
    change_of_shares,
    is_material,
    place_change,
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


def test_chance_alone_passes_the_limit_about_twice_in_a_thousand() -> None:
    chance, passed, tries = random.Random(20250331), 0, 4000
    for _ in range(tries):
        counts = [sum(chance.random() < 0.3 for _ in range(200)) for _ in range(2)]
        z = change_of_shares((counts[0], 200), (counts[1], 200))
        passed += z is not None and abs(z) > CHANGE_Z

    assert passed / tries < 0.006


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
