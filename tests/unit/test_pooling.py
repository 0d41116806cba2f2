"""Neighbours taken together: sums of counts, and what is left out of them."""

import random

import pytest

from openscrutiny.comparison.pooling import Counts, Pooled, pool_counts


def pool_slowly(counts: dict[str, Counts], members: list[str]) -> Pooled | None:
    """Go through the members one by one, as a person with a list would."""
    shares = False
    for area in counts:
        if counts[area][1] is not None:
            shares = True
    above, below, available = 0.0, 0.0, 0
    for member in members:
        if member not in counts:
            continue
        numerator, denominator = counts[member]
        if numerator is None:
            continue
        if shares:
            if denominator is None:
                continue
            below = below + denominator
        above = above + numerator
        available = available + 1
    if available == 0:
        return None
    return Pooled(above, below if shares else None, available, len(members))


@pytest.mark.parametrize("seed", range(200))
def test_the_sum_is_that_of_a_slow_count(seed: int) -> None:
    chance = random.Random(seed)
    missing = chance.choice((0.0, 0.2, 0.9))

    def part() -> float | None:
        return None if chance.random() < missing else float(chance.randint(0, 900))

    has_shares = chance.random() < 0.7
    counts: dict[str, Counts] = {
        str(code): (part(), part() if has_shares else None) for code in range(20)
    }
    members = chance.sample([str(code) for code in range(30)], chance.randint(0, 12))

    assert pool_counts(counts, members) == pool_slowly(counts, members)


def test_a_member_without_one_of_its_parts_is_left_out_whole() -> None:
    counts: dict[str, Counts] = {
        "1": (5.0, 20.0), "2": (None, 30.0), "3": (7.0, None), "4": (1.0, 10.0)
    }  # fmt: skip

    assert pool_counts(counts, ["1", "2", "3", "4"]) == Pooled(6.0, 30.0, 2, 4)


def test_a_true_nought_is_a_count() -> None:
    assert pool_counts({"1": (0.0, 12.0)}, ["1"]) == Pooled(0.0, 12.0, 1, 1)


def test_numerators_alone_are_added_where_no_denominator_is_published() -> None:
    counts: dict[str, Counts] = {"1": (5.0, None), "2": (6.0, None)}

    assert pool_counts(counts, ["1", "2", "9"]) == Pooled(11.0, None, 2, 3)


def test_without_any_count_there_is_no_sum() -> None:
    assert pool_counts({"1": (None, 3.0)}, ["1"]) is None
    assert pool_counts({}, []) is None


def test_one_figure_of_two_members_is_added_once_and_both_are_available() -> None:
    counts: dict[str, Counts] = {
        "1": (24.0, 160.0),
        "2": (24.0, 160.0),
        "3": (6.0, 40.0),
    }
    shared = dict.fromkeys(("1", "2"), frozenset({"1", "2"}))

    assert pool_counts(counts, ["1", "2", "3"], shared) == Pooled(30.0, 200.0, 3, 3)
    assert pool_counts(counts, ["2", "3"], shared) == Pooled(30.0, 200.0, 2, 2)
    assert pool_counts(counts, ["1", "2", "3"]) == Pooled(54.0, 360.0, 3, 3)
