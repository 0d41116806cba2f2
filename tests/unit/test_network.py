"""Running totals bound one another, exactly: against every way of filling the months."""

import random
from itertools import product
from math import inf

import pytest

from openscrutiny.disclosure.network import Key, Network, _circle
from openscrutiny.disclosure.network import make_network as make_of_spans

FLOW, CAME, WENT, STOCK = "a", "came", "went", "stock"
STOCKS = {STOCK: (CAME, WENT)}


def make_network(
    series: list[str], stocks: dict[str, tuple[str, str]], shown: dict[Key, float]
) -> Network:
    return make_of_spans(series, stocks, {k: (v, v) for k, v in shown.items()})


def test_an_unknown_month_may_be_anything_up_to_its_year() -> None:
    network = make_network([FLOW], {}, {(FLOW, 24): 7})

    assert network.bounds((FLOW, 24), 1) == (0, 7)
    assert network.bounds((FLOW, 25)) == (0, inf)
    assert network.rests_on((FLOW, 24), 1) == {(FLOW, 24)}


def test_a_year_without_any_gives_the_next_month_away() -> None:
    network = make_network([FLOW], {}, {(FLOW, 24): 0, (FLOW, 25): 3})

    assert network.bounds((FLOW, 25), 1) == (3, 3)
    assert network.rests_on((FLOW, 25), 1) == {(FLOW, 24), (FLOW, 25)}


def test_of_a_stock_and_its_flows_three_give_the_fourth() -> None:
    shown = {(STOCK, 12): 43, (STOCK, 24): 35, (CAME, 24): 45}
    network = make_network([CAME, WENT], STOCKS, shown)

    assert network.bounds((WENT, 24)) == (53, 53)
    assert network.rests_on((WENT, 24)) == set(shown)


def test_a_stock_that_contradicts_its_flows_is_left_out() -> None:
    shown = {(STOCK, 12): 43, (STOCK, 24): 36, (CAME, 24): 45, (WENT, 24): 53}
    network = make_network([CAME, WENT], STOCKS, shown)

    low, high = network.bounds((STOCK, 12))
    assert (low, high) != (43, 43) or network.bounds((STOCK, 24)) != (36, 36)
    assert network.bounds((CAME, 24)) == (45, 45)


def test_numbers_that_contradict_whatever_is_left_out_bound_nothing() -> None:
    network = make_network([FLOW], {}, {(FLOW, 24): -1})

    assert network.bounds((FLOW, 24)) == (0, inf)


@pytest.mark.parametrize("seed", range(20))
def test_bounds_are_those_of_all_months_that_agree(seed: int) -> None:
    """Months 3 to 11 of the first year are in all years shown, so one lump stands for them."""
    chance = random.Random(seed)
    first, second, lump, late, latest = (chance.randint(0, 3) for _ in range(5))
    years = (first + second + lump, second + lump + late, lump + late + latest)
    shown = chance.sample(range(3), k=2)
    most = max(years)
    agree = [
        (a + b + c, b + c + d, c + d + e)
        for a, b, c, d, e in product(range(most + 1), repeat=5)
        if all((a + b + c, b + c + d, c + d + e)[at] == years[at] for at in shown)
    ]
    known: dict[Key, float] = {(FLOW, 20 + at): years[at] for at in shown}
    network = make_network([FLOW], {}, known)

    [other] = set(range(3)) - set(shown)
    low, high = network.bounds((FLOW, 20 + other))
    assert low == min(total[other] for total in agree)
    assert high == inf or high == max(total[other] for total in agree)


@pytest.mark.parametrize("key", [(FLOW, 99), ("other", 24), (STOCK, 24)])
def test_what_nothing_bounds_has_no_bounds(key: Key) -> None:
    assert make_network([FLOW], {}, {(FLOW, 24): 7}).bounds(key) == (0, inf)


def test_a_doubted_number_is_left_out_before_one_of_ours() -> None:
    known = {(STOCK, 12): (43, 43), (STOCK, 24): (36, 36), (CAME, 24): (45, 45)}
    printed = {(WENT, 24): (60, 61)}
    network = make_of_spans([CAME, WENT], STOCKS, known | printed, printed)

    assert network.bounds((WENT, 24)) == (52, 52)


def test_a_number_known_within_bounds_bounds_the_others_as_widely() -> None:
    known = {(STOCK, 12): (43, 43), (STOCK, 24): (30, 32), (CAME, 24): (45, 45)}
    network = make_of_spans([CAME, WENT], STOCKS, known)

    assert network.bounds((WENT, 24)) == (56, 58)


@pytest.mark.parametrize("scale", [1, 0.1, 2**24 + 1])
def test_large_numbers_and_fractions_bound_as_exactly_as_small_ones(
    scale: float,
) -> None:
    known = {(STOCK, 12): 43 * scale, (STOCK, 24): 31 * scale, (CAME, 24): 45 * scale}
    network = make_network([CAME, WENT], STOCKS, known)

    low, high = network.bounds((WENT, 24))
    exact = known[STOCK, 12] + known[CAME, 24] - known[STOCK, 24]
    assert low == high == pytest.approx(exact, rel=1e-12)


def contradict(edges: dict[int, dict[int, float]]) -> bool:
    """Say whether some circle of bounds is below 0: all ways, as any textbook has it."""
    least = {(a, b): edges[a].get(b, inf) for a in edges for b in edges}
    for k, a, b in product(edges, repeat=3):
        least[a, b] = min(least[a, b], least[a, k] + least[k, b])
    return any(least[a, a] < -1e-9 for a in edges)


@pytest.mark.parametrize("seed", range(120))
def test_what_contradicts_itself_is_named_as_a_circle_that_is_below_nothing(
    seed: int,
) -> None:
    chance = random.Random(seed)
    size = chance.randint(3, 25)
    edges: dict[int, dict[int, float]] = {a: {} for a in range(size)}
    for _ in range(size * chance.choice((1, 3))):
        a, b = chance.sample(range(size), 2)
        edges[a][b] = float(chance.randint(-2, 6))
    labels = {(a, b): (FLOW, 100 * a + b) for a in edges for b in edges[a]}

    found = [divmod(at, 100) for _, at in _circle(edges, labels)]

    assert bool(found) == contradict(edges)
    assert sum(edges[a][b] for a, b in found) < 0 or not found
    next_of = dict(found)
    assert len(next_of) == len(found)
    at = start = min(next_of, default=0)
    for _ in found:
        at = next_of[at]
    assert at == start and set(next_of) == set(next_of.values())
