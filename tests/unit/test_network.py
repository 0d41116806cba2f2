"""Running totals bound one another, exactly: against every way of filling the months."""

from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.disclosure.network import YEAR, Key, make_network

FLOW, CAME, WENT, STOCK = "a", "came", "went", "stock"
STOCKS = {STOCK: (CAME, WENT)}


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


@given(
    months=st.lists(st.integers(0, 2), min_size=14, max_size=14),
    shown=st.lists(st.booleans(), min_size=3, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_bounds_are_those_of_all_months_that_agree(
    months: list[int], shown: list[bool]
) -> None:
    """Twelve of fourteen months are one lump, so that all ways can be listed."""
    years = [sum(months[at : at + YEAR]) for at in range(3)]
    known: dict[Key, float] = {
        (FLOW, 20 + at): years[at] for at in range(3) if shown[at]
    }
    network = make_network([FLOW], {}, known)
    most = max(years) + 3
    agree = [
        (first + second + lump, second + lump + late, lump + late + latest)
        for first, second, late, latest in product(range(most + 1), repeat=4)
        for lump in (range(most + 1) if most < 9 else (years[0],))
        if all(
            not shown[at] or total == years[at]
            for at, total in enumerate(
                (first + second + lump, second + lump + late, lump + late + latest)
            )
        )
    ]
    for at in range(3):
        low, high = network.bounds((FLOW, 20 + at))
        assert low <= min(total[at] for total in agree)
        assert high >= max(total[at] for total in agree)


@pytest.mark.parametrize("key", [(FLOW, 99), ("other", 24), (STOCK, 24)])
def test_what_nothing_bounds_has_no_bounds(key: Key) -> None:
    assert make_network([FLOW], {}, {(FLOW, 24): 7}).bounds(key) == (0, inf)
