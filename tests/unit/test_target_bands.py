"""Ranges about a target: the bullet shades exactly what green, amber and red judge."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscrutiny.adoption.targets import Band, Tolerance, find_bands, rag
from openscrutiny.charts import choose_top

DIRECTIONS = ("higher", "lower")
amounts = st.floats(0, 200, allow_nan=False)
tolerances = st.builds(Tolerance, st.floats(0, 60), st.booleans())


def tone_at(bands: tuple[Band, ...], value: float, direction: str) -> str:
    """Read a value's tone off the drawing: an edge belongs to its better neighbour."""
    holding = [band.tone for band in bands if band.low <= value <= band.high]
    order = ("green", "amber", "red")
    return min(holding, key=order.index)


@given(amounts, tolerances, st.sampled_from(DIRECTIONS), st.data())
def test_every_value_gets_the_tone_of_the_range_it_is_drawn_in(
    target: float, tolerance: Tolerance, direction: str, data: st.DataObject
) -> None:
    top = data.draw(st.floats(0.1, 500), label="top")
    bands = find_bands(target, tolerance, direction, top)
    edges = [edge for band in bands for edge in (band.low, band.high)]
    beside = [math.nextafter(edge, way) for edge in edges for way in (0, top)]
    inside = data.draw(st.floats(0, top), label="value")

    for value in (*edges, *beside, inside):
        if 0 < value < top:
            assert tone_at(bands, value, direction) == rag(
                value, target, tolerance, direction
            )


@given(amounts, tolerances, st.sampled_from(DIRECTIONS), st.floats(0.1, 500))
def test_ranges_follow_each_other_from_0_to_the_end_of_the_axis(
    target: float, tolerance: Tolerance, direction: str, top: float
) -> None:
    bands = find_bands(target, tolerance, direction, top)

    assert (bands[0].low, bands[-1].high) == (0, top)
    assert all(a.high == b.low for a, b in zip(bands, bands[1:], strict=False))
    assert len({band.tone for band in bands}) == len(bands) <= 3


def test_better_lies_to_the_right_where_high_is_good_and_to_the_left_where_low_is() -> (
    None
):
    high = find_bands(80, Tolerance(5, False), "higher", 100)
    low = find_bands(20, Tolerance(10, True), "lower", 40)

    assert [(b.tone, b.low, b.high) for b in high] == [
        ("red", 0, 75),
        ("amber", 75, 80),
        ("green", 80, 100),
    ]
    assert [(b.tone, b.low, b.high) for b in low] == [
        ("green", 0, 20),
        ("amber", 20, 22),
        ("red", 22, 40),
    ]


@pytest.mark.parametrize(
    ("tolerance", "direction"),
    [(Tolerance(2, False), "neutral"), (None, "lower")],
)
def test_without_a_direction_or_a_tolerance_there_are_no_ranges(
    tolerance: Tolerance | None, direction: str
) -> None:
    assert find_bands(20, tolerance, direction, 40) == ()


def test_a_range_that_no_value_can_have_is_left_out() -> None:
    exact = find_bands(20, Tolerance(0, False), "lower", 40)
    wide = find_bands(3, Tolerance(5, False), "higher", 10)

    assert [band.tone for band in exact] == ["green", "red"]
    assert [band.tone for band in wide] == ["amber", "green"]


@given(st.lists(amounts, min_size=1, max_size=4))
def test_the_axis_holds_every_value(values: list[float]) -> None:
    assert choose_top(values, None) >= max(values)
    shares = [min(value, 100.0) for value in values]
    assert max(shares) <= choose_top(shares, 100.0) <= 100.0
