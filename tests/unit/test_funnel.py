"""Limits and funnels, against the conventions' golden vectors and slow twins."""

import random
from math import asin, exp, factorial, sin, sqrt

import pytest

from openscrutiny.comparison.funnel import (
    Funnel,
    compare_count,
    compare_proportion,
    funnel_limits,
    make_funnel,
)
from openscrutiny.intervals import (
    Z_95,
    Z_998,
    count_limits,
    wilson_limits,
)

# ---------- Intervals ----------


def test_wilsons_interval_matches_the_golden_vector() -> None:
    assert wilson_limits(24, 200, Z_95) == pytest.approx((0.08198, 0.17234), abs=5e-6)


@pytest.mark.parametrize("numerator", [0, 10])
def test_wilsons_interval_stays_between_nobody_and_everybody(numerator: int) -> None:
    low, high = wilson_limits(numerator, 10, Z_998)

    assert 0 <= low < high <= 1


def test_the_exact_limits_match_the_golden_vector() -> None:
    assert count_limits(7, Z_95) == pytest.approx((2.8144, 14.4227), abs=5e-5)


def test_byars_limits_match_the_golden_vector() -> None:
    assert count_limits(25, Z_95) == pytest.approx((16.1743, 36.9065), abs=5e-5)


def poisson_at_most(count: int, mean: float) -> float:
    return sum(exp(-mean) * mean**n / factorial(n) for n in range(count + 1))


@pytest.mark.parametrize("count", range(10))
@pytest.mark.parametrize(("z", "tail"), [(Z_95, 0.025), (Z_998, 0.001)])
def test_exact_limits_leave_out_just_their_tails(
    count: int, z: float, tail: float
) -> None:
    low, high = count_limits(count, z)

    assert poisson_at_most(count, high) == pytest.approx(tail, rel=1e-9)
    if count:
        assert 1 - poisson_at_most(count - 1, low) == pytest.approx(tail, rel=1e-9)
    else:
        assert low == 0


def test_exact_and_byars_limits_meet_where_one_hands_over() -> None:
    nine, ten = count_limits(9, Z_95), count_limits(10, Z_95)

    assert nine[0] < ten[0] < nine[0] + 1 and nine[1] < ten[1] < nine[1] + 2


# ---------- Against England ----------


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


def test_a_small_count_is_placed_by_its_exact_limits() -> None:
    # Expected 20: nobody counts nine by chance so seldom as one in 500, but in 40.
    position = compare_count(9, 20_000, 0.001)

    assert position is not None
    assert (position.side, position.strength) == (-1, 1)
    assert compare_count(8.5, 20_000, 0.001) is None


# ---------- Among all authorities ----------


def slow_tau(benchmark: float, areas: list[tuple[float, float]]) -> tuple[float, float]:
    """Follow the conventions' formula word by word."""
    s = [1 / (2 * sqrt(n)) for _, n in areas]
    z = sorted(
        (asin(sqrt(r / n)) - asin(sqrt(benchmark))) / sd
        for (r, n), sd in zip(areas, s, strict=True)
    )
    k = len(z)
    tenth = k // 10
    z[:tenth] = [z[tenth]] * tenth
    z[k - tenth :] = [z[k - tenth - 1]] * tenth
    phi = sum(score**2 for score in z) / k
    sum2, sum4 = sum(sd**-2 for sd in s), sum(sd**-4 for sd in s)
    tau = max(0.0, (k * phi - (k - 1)) / (sum2 - sum4 / sum2))
    return phi, tau if phi > 1 else 0.0


def invented(
    seed: int, spread: float, areas: int = 150
) -> tuple[float, list[tuple[float, float]]]:
    chance, benchmark = random.Random(seed), 0.2
    found = []
    for _ in range(areas):
        n = chance.randint(150, 900)
        true = min(max(chance.gauss(benchmark, spread), 0.01), 0.99)
        found.append((float(sum(chance.random() < true for _ in range(n))), float(n)))
    return benchmark, found


@pytest.mark.parametrize("spread", [0.0, 0.02, 0.08])
def test_overdispersion_agrees_with_its_slow_twin(spread: float) -> None:
    benchmark, areas = invented(3, spread)
    funnel = make_funnel(benchmark, areas)

    assert funnel is not None
    assert (funnel.phi, funnel.tau_squared) == pytest.approx(slow_tau(benchmark, areas))


def test_without_real_differences_the_plain_limits_hold() -> None:
    funnel = Funnel(0.12, 150, 0.9, 0.0)

    assert funnel.limits(200, Z_95) == funnel_limits(0.12, 200, Z_95)


def test_limits_are_clamped_before_they_are_squared() -> None:
    low, high = Funnel(0.01, 150, 9.0, 0.04).limits(20, Z_998)

    assert low == 0.0
    assert high == pytest.approx(sin(asin(0.1) + Z_998 * sqrt(1 / 80 + 0.04)) ** 2)
    assert Funnel(0.99, 150, 9.0, 0.04).limits(20, Z_998)[1] == 1.0


def test_chance_alone_puts_about_one_in_twenty_outside_the_95_lines() -> None:
    outside = beyond = areas_in_all = 0
    for seed in range(20):
        benchmark, areas = invented(seed, 0.0)
        funnel = make_funnel(benchmark, areas)
        assert funnel is not None
        places = [funnel.place(r, n) for r, n in areas]
        outside += sum(place is not None and place.strength >= 1 for place in places)
        beyond += sum(place is not None and place.strength == 2 for place in places)
        areas_in_all += len(areas)

    assert 0.03 < outside / areas_in_all < 0.07
    assert beyond / areas_in_all < 0.006


def test_authorities_that_all_differ_are_not_all_called_unusual() -> None:
    benchmark, areas = invented(5, 0.08)
    funnel = make_funnel(benchmark, areas)
    assert funnel is not None

    def count_outside(places: list) -> int:  # type: ignore[type-arg]
        return sum(place.strength == 2 for place in places)

    plain = count_outside([compare_proportion(r, n, benchmark) for r, n in areas])
    adjusted = count_outside([funnel.place(r, n) for r, n in areas])
    assert plain > 40
    assert adjusted <= 8


def test_too_few_areas_or_a_benchmark_of_all_or_none_make_no_funnel() -> None:
    assert make_funnel(0.2, [(10, 50)] * 29) is None
    assert make_funnel(0.2, [(10, 50)] * 29 + [(0, 0)]) is None
    assert make_funnel(1.0, [(50, 50)] * 40) is None
    assert Funnel(0.2, 40, 1.0, 0.0).place(0, 0) is None
