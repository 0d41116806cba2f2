"""What a month will become: sums by hand, a slow twin, laws, and a simulation."""

import random
from math import sqrt

import numpy as np
import pytest

from openscrutiny.analyses.nowcast import (
    FEWEST_MONTHS,
    Filling,
    NoNowcast,
    Nowcast,
    nowcast,
)


def fill(*counts: float, settled: float | None = None) -> Filling:
    """Make a month whose counts at lags 0, 1, 2 ... are these."""
    return Filling(tuple(enumerate(counts)), settled)


def ask(recorded: float, lag: int, history: list[Filling]) -> Nowcast:
    found = nowcast(recorded, lag, history)
    assert isinstance(found, Nowcast), found
    return found


# ---------- By hand ----------


def test_the_expected_count_is_what_is_recorded_over_the_share_known_by_then() -> None:
    history = [
        fill(80, 95, 100),
        fill(90, 96, 100),
        fill(85, 94, 100),
        fill(85, 95, 100),
    ]

    found = ask(170, 0, history)

    # Known at once: 340 of 380, then 380 of 400.
    assert found.completion == pytest.approx(0.85)
    assert found.expected == pytest.approx(200)
    assert found.low < 200 < found.high


def test_a_later_lag_takes_the_later_steps_alone() -> None:
    history = [fill(80, 95, 100)] * 4

    assert ask(190, 1, history).expected == pytest.approx(200)


def test_the_settled_count_is_the_last_step() -> None:
    history = [fill(90, 95, settled=100)] * 4

    found = ask(45, 0, history)

    assert found.expected == pytest.approx(50)
    assert found.until_lag is None
    assert ask(45, 0, [fill(90, 95)] * 4).until_lag == 1


def test_extracts_of_half_years_lead_straight_to_the_settled_count() -> None:
    months = [Filling(((0, 90),), 100), Filling(((3, 99),), 100)] * 4

    assert ask(45, 0, months).expected == pytest.approx(50)


def test_months_that_were_complete_at_once_give_the_recorded_count() -> None:
    found = ask(73, 0, [fill(60, 60, 60)] * 5)

    assert (found.expected, found.low, found.high) == (73, 73, 73)
    assert found.is_complete


def test_counts_that_fell_later_do_not_lower_the_count() -> None:
    found = ask(73, 0, [fill(60, 55)] * 5)

    assert (found.expected, found.low, found.high) == (73, 73, 73)


def test_three_earlier_months_are_too_few_and_it_says_so() -> None:
    found = nowcast(80, 0, [fill(80, 100)] * (FEWEST_MONTHS - 1))

    assert isinstance(found, NoNowcast)
    assert found.why == (
        "Only 3 earlier months show how a month fills up; 4 are needed."
    )


def test_one_extract_shows_nothing_of_how_months_fill_up() -> None:
    found = nowcast(80, 0, [Filling(((lag, 90),)) for lag in (5, 4, 3, 2, 1)])

    assert isinstance(found, NoNowcast)
    assert found.why.startswith("No earlier month shows")


def test_it_says_nothing_where_few_months_show_that_more_was_to_come() -> None:
    history = [fill(80, 90, 100)] * 3 + [fill(80, 90)] * 3

    found = nowcast(80, 0, history)

    assert isinstance(found, NoNowcast)
    assert found.why.startswith("Months still grow after lag 1")


def test_a_month_with_nothing_recorded_has_no_nowcast() -> None:
    assert isinstance(nowcast(0, 0, [fill(80, 100)] * 6), NoNowcast)


def test_only_the_latest_twelve_months_speak() -> None:
    history = [fill(10, 100)] * 9 + [fill(90, 100)] * 12

    found = ask(45, 0, history)

    assert found.expected == pytest.approx(50)
    assert found.months == 12


# ---------- A slow twin ----------


def slow_nowcast(recorded: float, history: list[list[float]]) -> tuple[float, int, int]:
    """Compute from the formulas as they are written, for months known at every lag."""
    z = 1.959964
    lags = len(history[0])
    shares, spreads, sums = [], [], []
    for at in range(lags - 1):
        above = sum(month[at] for month in history)
        below = sum(month[at + 1] for month in history)
        q = above / below
        squares = 0.0
        for month in history:
            expected = q * month[at + 1]
            squares += (month[at] - expected) ** 2 / (expected * (1 - q))
        shares.append(q)
        sums.append(below)
        spreads.append(max(1.0, squares / (len(history) - 1)))
    p = 1.0
    for q in shares:
        p *= q
    chance, beyond = 0.0, 0.0
    for at, q in enumerate(shares):
        count = recorded
        for earlier in shares[:at]:
            count = count / earlier
        onward = 1.0
        for later in shares[at + 1 :]:
            onward = onward / later
        part = count * (1 - q) / q**2 + count**2 * (1 - q) / (q**3 * sums[at])
        chance += part * onward**2
        beyond += sqrt((spreads[at] - 1) * part * onward**2)
    t = {4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306}[len(history) - 1]
    variance = chance + (beyond * t / z) ** 2
    mean = recorded / p - recorded
    size = mean**2 / (variance - mean)
    # Negative binomial weights, each from the last.
    weight = (size / (mean + size)) ** size
    total, number, low = weight, 0, None
    while True:
        if low is None and total >= 0.025:
            low = number
        if total >= 0.975:
            return recorded / p, int(recorded) + (low or 0), int(recorded) + number
        weight *= (number + size) / (number + 1) * mean / (mean + size)
        number += 1
        total += weight


def random_history(chance: random.Random, months: int) -> list[list[float]]:
    made = []
    for _ in range(months):
        size = chance.randrange(40, 400)
        first = round(size * chance.uniform(0.7, 0.9))
        second = round(first + (size - first) * chance.uniform(0.5, 0.9))
        made.append([first, second, size])
    return [[float(count) for count in month] for month in made]


@pytest.mark.parametrize("seed", range(40))
def test_it_agrees_with_the_slow_twin(seed: int) -> None:
    chance = random.Random(seed)
    history = random_history(chance, chance.randrange(5, 10))
    recorded = chance.randrange(20, 500)

    found = ask(recorded, 0, [fill(*month) for month in history])

    expected, low, high = slow_nowcast(recorded, history)
    assert found.expected == pytest.approx(expected)
    # Student's t is an expansion here and a table there.
    assert found.low == pytest.approx(low, abs=1)
    assert found.high == pytest.approx(high, abs=1 + 0.02 * (high - recorded))


# ---------- Laws ----------


@pytest.mark.parametrize("seed", range(60))
def test_it_is_never_below_what_is_recorded(seed: int) -> None:
    chance = random.Random(seed)
    history = random_history(chance, 6)
    if seed % 3 == 0:  # months in which records were taken out again
        history = [[a, b, max(1.0, b - chance.randrange(30))] for a, b, _c in history]

    found = ask(chance.randrange(1, 300), 0, [fill(*month) for month in history])

    assert found.recorded <= found.low <= found.high
    assert found.recorded <= found.expected
    assert 0 < found.completion <= 1


@pytest.mark.parametrize("recorded", [5, 40, 700])
def test_the_more_is_missing_the_wider_it_is(recorded: int) -> None:
    widths = []
    for known in (97, 90, 80, 60, 40):
        found = ask(recorded, 0, [fill(known, 100)] * 6)
        widths.append(found.high - found.low)

    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_fewer_earlier_months_make_it_wider() -> None:
    months = [fill(84, 100), fill(90, 100), fill(88, 100), fill(86, 100)]

    few, many = ask(400, 0, months), ask(400, 0, months * 3)

    assert few.expected == pytest.approx(many.expected)
    assert few.high - few.low > many.high - many.low


def test_unsteady_months_make_it_wider() -> None:
    steady = ask(400, 0, [fill(87, 100), fill(87, 100)] * 3)
    unsteady = ask(400, 0, [fill(77, 100), fill(97, 100)] * 3)

    assert steady.expected == pytest.approx(unsteady.expected)
    assert unsteady.high - unsteady.low > steady.high - steady.low


# ---------- Simulation ----------


def simulate(
    chance: np.random.Generator, mean: float, months: int, unsteady: float
) -> tuple[int, int, list[Filling]]:
    """Invent months that fill up over three lags; give the last one's count and truth."""
    made = []
    for _ in range(months + 1):
        events = int(chance.poisson(mean))
        known = 0.87
        if unsteady:  # how fast a month fills up differs from month to month
            known = float(chance.beta(known * unsteady, (1 - known) * unsteady))
        parts = chance.multinomial(
            events, [known, (1 - known) * 0.75, (1 - known) * 0.25]
        )
        made.append([int(count) for count in np.cumsum(parts)])
    history = []
    for age, month in enumerate(reversed(made[:-1]), start=1):
        counts = [month[min(lag, 2)] for lag in range(min(age, 5) + 1)]
        history.append(fill(*counts))
    return made[-1][0], made[-1][2], history[::-1]


@pytest.mark.parametrize("unsteady", [0, 80], ids=["steady", "unsteady"])
@pytest.mark.parametrize(("mean", "months"), [(60, 12), (150, 9), (650, 18)])
def test_the_interval_holds_the_truth_in_92_to_99_of_100(
    mean: float, months: int, unsteady: float
) -> None:
    chance = np.random.default_rng(20260930)
    held = 0
    for _ in range(2000):
        recorded, truth, history = simulate(chance, mean, months, unsteady)
        found = ask(recorded, 0, history)
        held += found.low <= truth <= found.high

    assert 0.92 <= held / 2000 <= 0.99
