"""The damped trend: worked by hand, levelling off, and covering what comes."""

import random

import pytest

from openscrutiny.comparison.forecast import (
    DAMPING,
    Forecast,
    _smooth,
    forecast,
)


def test_a_level_series_stays_where_it_is() -> None:
    assert forecast([10.0] * 6, 3) == Forecast(10.0, 10.0, 10.0)


def test_two_steps_of_the_smoothing_are_worked_by_hand() -> None:
    # Level 10, slope 2. Expect 10 + 0.85 x 2 = 11.7, see 12: error 0.3.
    # Level 11.7 + 0.5 x 0.3 = 11.85; slope 0.5 x 1.85 + 0.5 x 0.85 x 2 = 1.775.
    # Expect 11.85 + 0.85 x 1.775 = 13.35875, see 13: error -0.35875.
    fit = _smooth([10.0, 12.0, 13.0], 0.5, 0.5)

    assert fit.squares == pytest.approx(0.3**2 + 0.35875**2)
    assert fit.level == pytest.approx(13.35875 - 0.5 * 0.35875)


def test_each_further_step_adds_less_and_is_less_certain() -> None:
    values = [10.0, 11.0, 12.2, 12.9, 14.1, 15.0]
    first, second, third = (forecast(values, step) for step in (1, 2, 3))

    assert first is not None and second is not None and third is not None
    assert (third.value - second.value) == pytest.approx(
        DAMPING * (second.value - first.value)
    )
    assert first.high - first.low < second.high - second.low < third.high - third.low


@pytest.mark.parametrize(
    ("values", "steps"), [([1.0] * 5, 1), ([1.0] * 9, 0), ([1.0] * 9, 4)]
)
def test_what_is_unsafe_is_not_forecast(values: list[float], steps: int) -> None:
    assert forecast(values, steps) is None


def test_turning_the_series_upside_down_turns_the_forecast() -> None:
    values = [10.0, 14.0, 11.0, 15.0, 13.0, 18.0, 16.0]
    up, down = forecast(values, 2), forecast([-value for value in values], 2)

    assert up is not None and down is not None
    assert down.value == pytest.approx(-up.value)
    assert (down.low, down.high) == pytest.approx((-up.high, -up.low))


def test_the_interval_holds_the_coming_value_of_most_random_walks() -> None:
    chance, held, tries = random.Random(11), 0, 400
    for _ in range(tries):
        walk = [50.0]
        for _ in range(9):
            walk.append(walk[-1] + chance.gauss(0, 2))
        found = forecast(walk[:-1], 1)
        assert found is not None
        held += found.low <= walk[-1] <= found.high

    assert held / tries > 0.85
