"""Months of the own count that halved or doubled are held, each row by itself."""

from datetime import date

import polars as pl
import pytest

from openscrutiny.figures.schema import FIGURE_SCHEMA, OWN_COUNT
from openscrutiny.figures.unlikely import find_count_held, hold_unlikely_counts
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import add_months, month_end

REFERRALS = find_indicator("FD1")
LAST = date(2026, 6, 30)
KEY = f"299/{REFERRALS.id}/{LAST}"


def figures(counts: list[float | None], **more: object) -> pl.DataFrame:
    """Give months to June 2026, of a count that is told as a rate."""
    ends = [month_end(add_months(LAST.replace(day=1), -n)) for n in range(len(counts))]
    rows = [
        {
            "indicator": REFERRALS.id,
            "code": "FD1",
            "area_code": "299",
            "period_type": "month",
            "period_end": end,
            "breakdown": "total",
            "category": "all",
            "numerator": count,
            "unit": "rate_per_10_000",
            "source": OWN_COUNT,
            "held": "",
        }
        | more
        for end, count in zip(reversed(ends), counts, strict=True)
    ]
    return pl.DataFrame(rows, schema=FIGURE_SCHEMA)


def held(counts: list[float | None], *confirmed: str, **more: object) -> list[str]:
    given = figures(counts, **more)
    found = hold_unlikely_counts(given, [REFERRALS], confirmed)
    assert found.columns == given.columns and found.height == given.height
    return [find_count_held(words) for words in found["held"]]


@pytest.mark.parametrize(
    ("last", "is_held"), [(205.0, False), (99.0, True), (405.0, True), (101.0, False)]
)
def test_half_or_double_is_held_and_what_is_near_is_not(
    last: float, is_held: bool
) -> None:
    found = held([200, 204, 196, 200, last])
    assert found[:4] == [""] * 4
    assert bool(found[4]) == is_held


def test_it_says_what_was_expected_and_by_what() -> None:
    assert held([200, 204, 196, 200, 20])[4] == (
        "The council’s own count gives 20 referrals in June 2026, where about 200 would "
        "be expected from the 4 months before. It is not judged until an officer "
        "confirms it."
    )


def test_small_counts_double_by_chance_and_two_months_expect_nothing() -> None:
    assert held([2, 3, 2, 2, 6]) == [""] * 5
    assert held([200, 200, 20]) == [""] * 3


def test_an_unlikely_month_is_no_measure_for_the_next() -> None:
    found = held([200, 204, 196, 20, 201])
    assert found[3] and not found[4]


def test_a_month_that_is_confirmed_is_not_held_and_others_still_are() -> None:
    assert held([200, 204, 196, 200, 20], KEY) == [""] * 5
    found = held([200, 204, 196, 20, 20], KEY)
    assert found[3] and not found[4]


def test_other_reasons_stay_beside_it() -> None:
    given = figures([200, 204, 196, 200, 20], held="Another reason.")
    found = hold_unlikely_counts(given, [REFERRALS], ())["held"].to_list()
    assert found[3] == "Another reason."
    assert found[4].startswith("Another reason. The council’s own count gives 20")


def test_a_quarter_or_a_breakdown_of_years_is_left_alone() -> None:
    assert held([200, 204, 196, 200, 20], period_type="quarter") == [""] * 5


def test_a_share_is_looked_at_by_what_it_is_a_share_of() -> None:
    share = find_indicator("FD2")
    given = figures([10, 11, 9, 10, 10], indicator=share.id, unit="percent")
    counts = pl.Series([100.0, 98.0, 103.0, 99.0, 12.0])
    found = hold_unlikely_counts(given.with_columns(denominator=counts), [share], ())[
        "held"
    ]
    assert [bool(words) for words in found] == [False] * 4 + [True]
    alone = hold_unlikely_counts(given, [share], ())["held"]
    assert [bool(words) for words in alone] == [False] * 5
