"""That more than a tenth of a share is not known: said where no small number follows."""

from itertools import product

import polars as pl
import pytest

from openscrutiny.figures.mostly_unknown import hold_mostly_unknown, tell_many_unknown
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.measures import (
    MANY_UNKNOWN,
    Measure,
    Mix,
    PartOf,
    Rate,
    Share,
)


def told(
    counted: int,
    unknown: int,
    whole: int,
    measure: Measure | None = None,
    breakdown: str = "total",
    why: str = "",
) -> str:
    """Give what is said of a share of so many."""
    row = {
        "breakdown": breakdown,
        "numerator": float(counted),
        "denominator": float(whole),
        "value": 100 * counted / whole,
        "unknown": unknown,
        "why": why,
        "held": "",
    }
    frame = pl.DataFrame([row], schema=FIGURE_SCHEMA)
    measure = measure or Share()
    text = tell_many_unknown(hold_mostly_unknown(frame, measure), measure)["why"].item()
    return str(text)


@pytest.mark.parametrize(
    ("counted", "unknown", "whole", "is_told"),
    [
        (50, 20, 200, False),  # a tenth
        (50, 21, 200, True),
        (20, 9, 40, False),  # fewer than ten
        (20, 10, 40, True),
        (24, 10, 40, True),  # six are left
        (25, 10, 40, False),  # five would be
        (30, 10, 40, False),  # none are left: all that is known counts
        (4, 30, 40, False),  # most: that is said instead, and the figure held
    ],
)
def test_it_is_said_of_ten_or_more_where_six_or_more_are_left(
    counted: int, unknown: int, whole: int, *, is_told: bool
) -> None:
    assert told(counted, unknown, whole) == (MANY_UNKNOWN if is_told else "")


def test_what_stood_there_stays() -> None:
    assert told(50, 30, 200, why="From a list.") == f"From a list. {MANY_UNKNOWN}"


def test_parts_of_a_breakdown_and_measures_that_tell_the_unknown_apart_have_none() -> (
    None
):
    assert not told(50, 30, 200, breakdown="sex")
    for measure in (Mix("kind", ("A", "B"), ("A",)), Rate()):
        assert not told(50, 30, 200, measure)
    assert told(50, 30, 200, PartOf()) == MANY_UNKNOWN


def test_nobody_can_take_a_small_number_from_what_is_said() -> None:
    """Of every share of up to 60: of what fits the words no part of the three is small."""
    said = {
        (counted, unknown, whole)
        for whole in range(20, 61, 8)
        for counted, unknown in product(range(6, whole), range(whole))
        if counted + unknown <= whole and told(counted, unknown, whole)
    }

    assert said
    for counted, unknown, whole in said:
        assert unknown >= 10
        assert whole - unknown - counted >= 6
