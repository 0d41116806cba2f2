"""The quarters' edges in words: they put everybody where the letters do."""

import random
import re

import polars as pl
import pytest

from openscrutiny.comparison.ranking import rank_authorities
from openscrutiny.indicators.definition import Polarity
from openscrutiny.numbers import Display
from openscrutiny.story.compared.cuts import explain_no_quarters, make_cut_rows


def banded(values: list[float], polarity: str) -> tuple[dict[str, object], list]:
    """Band values as the comparison does; give its row and (letter, value)."""
    pool = pl.LazyFrame(
        {"key": 0, "value": values, "polarity": polarity, "bandable": True}
    )
    frame = rank_authorities(pool).collect()
    cuts = frame.row(0, named=True)
    row = {name: cuts[name] for name in ("q1", "q2", "q3", "band")}
    return {**row, "polarity": polarity}, frame.select("band", "value").rows()


def holds(words: str, value: float) -> bool:
    """Read an edge as a person would: "above 2.0%, up to 3.5%"."""
    if words.startswith("none"):
        return False
    numbers = [
        float(text.replace("−", "-").replace(",", ""))
        for text in re.findall(r"−?[\d,]*\d(?:\.\d+)?", words)
    ]
    match (words.startswith("above"), words.count(",") and "up to" in words):
        case (False, _):
            return value <= numbers[0]
        case (True, False | 0):
            return value > numbers[0]
        case _:
            return numbers[0] < value <= numbers[1]


@pytest.mark.parametrize("polarity", ["Low", "High"])
@pytest.mark.parametrize("seed", range(150))
def test_the_words_put_every_authority_into_its_own_quarter(
    seed: int, polarity: str
) -> None:
    chance = random.Random(seed)
    places = chance.choice((0, 1, 2))
    spread = chance.choice((3, 30, 90))
    values = [
        round(chance.uniform(-1, spread), places) for _ in range(chance.randint(4, 160))
    ]
    row, bands = banded(values, polarity)

    rows = make_cut_rows(row, bands, Display("ratio", chance.choice((0, 1))), "Us")

    letters = {words.label[-2]: words.value for words in rows}
    assert list(letters) == ["A", "B", "C", "D"]
    for letter, value in bands:
        assert [each for each in "ABCD" if holds(letters[each], value)] == [letter]


def test_a_figure_exactly_at_an_edge_is_named_with_the_lower_values() -> None:
    values = [0.0, 25.0, 50.0, 75.0, 100.0]
    low, bands = banded(values, "Low")
    assert [row.value for row in make_cut_rows(low, bands, Display("percent", 0), "U")] == [
        "25% or less", "above 25%, up to 50%", "above 50%, up to 75%", "above 75%",
    ]  # fmt: skip
    high, bands = banded(values, "High")
    assert [row.value for row in make_cut_rows(high, bands, Display("percent", 0), "U")] == [
        "above 75%", "above 50%, up to 75%", "above 25%, up to 50%", "25% or less",
    ]  # fmt: skip


def test_a_decimal_more_is_written_where_fewer_would_move_an_authority() -> None:
    # The first edge is 20.25: written 20.3 it would take the 20.3 into quarter A.
    row, bands = banded([10.0, 20.2, 20.3, 20.4, 30.0, 40.0], "Low")
    row["q1"] = 20.25

    first = make_cut_rows(row, bands, Display("percent", 1), "Us")[0]

    assert first.value == "20.25% or less"


def test_a_quarter_between_two_equal_edges_is_said_to_hold_nobody() -> None:
    row, bands = banded([0.0] * 6 + [1.0, 2.0], "Low")

    rows = make_cut_rows(row, bands, Display("percent", 0), "Us")

    assert (rows[1].value, rows[1].reading) == (
        "none: both ends are 0%",
        "no authorities",
    )


def test_who_is_in_a_quarter_is_counted_and_ours_is_named() -> None:
    row, bands = banded([1.0, 2.0, 3.0, 4.0], "Low")

    rows = make_cut_rows({**row, "band": "B"}, bands, Display("ratio", 0), "Ours")

    assert [row.reading for row in rows] == [
        "1 authority", "1 authority; Ours is one", "1 authority", "1 authority",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "polarity", "has_bands", "why"),
    [
        ({"polarity": "Low", "q2": 2.0}, Polarity.LOWER, True, ""),
        (
            {"polarity": "Low", "q2": 2.0},
            Polarity.NEUTRAL,
            True,
            "neither high nor low",
        ),
        ({"polarity": "", "q2": 2.0}, Polarity.LOWER, False, "does not say which way"),
        ({"polarity": "Low", "q2": 2.0}, Polarity.LOWER, False, "publisher makes none"),
        ({"polarity": "Low", "q2": None}, Polarity.LOWER, False, "no authority has"),
    ],
)
def test_a_measure_without_quarters_says_why(
    row: dict[str, object], polarity: Polarity, has_bands: bool, why: str
) -> None:
    told = explain_no_quarters(row, polarity, has_bands)

    assert why in told and bool(why) == bool(told)
