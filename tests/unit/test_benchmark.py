"""A figure beside the publisher's of its year, and the test of its last change."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.indicators.definition import Polarity
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.judgement.benchmark import (
    Benchmark,
    Beside,
    Unplaced,
    find_benchmark,
)
from openscrutiny.judgement.promise import Kept, find_promises
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.judgement.spread import NeighbourYear, Spread
from openscrutiny.judgement.step import find_step
from openscrutiny.nothing import Status
from support.adoptions import adoption
from unit.test_judgement import series_of, year_rows

FD2 = find_indicator("FD2")
END = date(2026, 3, 31)


def own(value: float | None, denominator: float = 1000) -> Observation:
    (row,) = year_rows(value, denominator=denominator)
    numerator = None if value is None else value * denominator / 100
    return replace(row, numerator=numerator, year_label="2026")


def printed(value: float | None, area: str = "999") -> Observation:
    """Give what a publisher printed, of which nobody knows the parts."""
    return replace(
        own(value), source="Tables", area_code=area, numerator=None, denominator=None
    )


def benchmark(
    ours: Observation,
    published: Observation | None = None,
    england: float = 12.0,
    *,
    others: tuple[float, ...] = (),
    row: dict[str, Any] | None = None,
    **changes: object,
) -> Benchmark:
    series: SeriesSet = replace(
        series_of([ours]),
        published=() if published is None else (published,),
        england=(printed(england, "E92000001"),),
        **changes,  # type: ignore[arg-type]
    )
    authorities = tuple((str(at), "Invented", value) for at, value in enumerate(others))
    spread = Spread("2026", authorities) if others else None
    compared = {"year": "2026", "area_code": "999", **(row or {})} if others else row
    found = find_benchmark(series, FD2, compared or {}, None, spread)
    assert found is not None
    return found


# ---------- Whose figure stands beside England's ----------


def test_a_hidden_figure_of_ours_is_not_stood_in_for_by_the_published_one() -> None:
    hidden = replace(own(None), status=Status.HIDDEN)
    found = benchmark(hidden, printed(22))

    assert found.ours is hidden and found.differs is None
    assert found.ours_text == ""
    assert found.unplaced is Unplaced.NO_FIGURE
    assert not found.is_level and not found.is_behind(Polarity.LOWER)


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(0, 100))
def test_the_published_figure_is_told_beside_ours_only_where_they_read_differently(
    numerator: int, percent: int
) -> None:
    ours, other = own(numerator / 10), printed(float(percent))
    found = benchmark(ours, other)

    assert found.ours is ours
    reads_alike = found.ours_text == found.text(percent)
    assert found.differs is (None if reads_alike else other)


def test_without_a_figure_of_ours_of_that_year_the_published_one_is_ours() -> None:
    older, _ = year_rows(20, 22)
    found = benchmark(older, printed(22))
    assert found.ours == printed(22) and not found.same


# ---------- Whether chance parts them ----------


@settings(deadline=None)
@given(st.integers(1, 999), st.floats(1, 99))
def test_a_test_or_why_there_is_none_never_both_and_its_side_is_the_numbers(
    numerator: int, england: float
) -> None:
    found = benchmark(own(numerator / 10), england=england)

    assert (found.position is None) == (found.unplaced is not None)
    assert found.position is not None and found.england is not None
    gap = numerator / 1000 - england / 100
    assert found.position.side == (gap > 0) - (gap < 0)


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(0, 999), st.floats(1, 99))
def test_the_higher_of_two_shares_is_never_placed_lower(
    one: int, other: int, england: float
) -> None:
    placed = []
    for numerator in sorted((one, other)):
        position = benchmark(own(numerator / 10), england=england).position
        assert position is not None
        placed.append(position.side * position.strength)
    assert placed == sorted(placed)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"held": "late"}, Unplaced.HELD),
        ({"status": Status.PROVISIONAL}, Unplaced.UNSETTLED),
        ({"denominator": None}, Unplaced.NO_COUNTS),
    ],
)
def test_what_may_not_be_tested_says_why(
    changes: dict[str, Any], why: Unplaced
) -> None:
    found = benchmark(replace(own(22), **changes))
    assert found.position is None and found.unplaced is why


def test_a_held_figure_is_never_behind() -> None:
    assert benchmark(own(22)).is_behind(Polarity.LOWER)
    assert not benchmark(own(22)).is_behind(Polarity.HIGHER)
    assert not benchmark(replace(own(22), held="late")).is_behind(Polarity.LOWER)


@settings(deadline=None)
@given(
    st.integers(0, 100),
    st.integers(0, 100),
    st.lists(st.integers(0, 100), min_size=28, max_size=40),
)
def test_who_lies_beyond_us_is_counted_one_by_one(
    ours: int, england: int, others: list[int]
) -> None:
    value = printed(float(ours))
    held = tuple(map(float, others))
    found = benchmark(value, value, float(england), others=held).beside

    if ours == england or len(others) < 30:
        assert found is None
    elif ours > england:
        further = len([each for each in others if each > ours])
        assert found == Beside(1, further, len(others))
    else:
        further = len([each for each in others if each < ours])
        assert found == Beside(-1, further, len(others))


def test_of_our_own_count_nobody_is_said_to_lie_beyond_it() -> None:
    uncounted = replace(own(22), denominator=None, numerator=None)
    assert benchmark(uncounted, others=(30.0,) * 40).beside is None


# ---------- Who else is told ----------


def test_neighbours_are_of_the_year_compared_else_of_its_row_else_none() -> None:
    assert benchmark(own(22)).neighbours is None
    row = {"neighbours_available": 8, "neighbour_mean": 19.5}
    assert benchmark(own(22), row=row).neighbours == NeighbourYear(19.5, 8, 10)

    series = replace(series_of([own(22)]), england=(printed(12, "E92000001"),))
    known = {END: NeighbourYear(18.0, 9, 10)}
    found = find_benchmark(series, FD2, row, known, None)
    assert found is not None and found.neighbours == known[END]


def test_a_label_that_names_no_figure_has_no_period_and_no_figure_of_ours() -> None:
    found = benchmark(own(22), row={"year": "2019", "england_value": 11.0})
    assert found.period is None and found.ours is None and not found.same
    assert found.england == 11.0 and found.label == "2019"


def test_without_anything_published_there_is_no_benchmark() -> None:
    assert find_benchmark(series_of([own(22)]), FD2, {}, None, None) is None
    count = find_indicator("EH4")
    assert find_benchmark(
        series_of([own(22)]), count, {"year": "2026"}, None, None
    ) is (None)


# ---------- The last change ----------


def counted(*values: int, **options: Any) -> list[Observation]:
    rows = year_rows(*values)
    return [replace(row, unit="count", denominator=None, **options) for row in rows]


def step_of(held: list[Observation], **changes: Any) -> Any:
    series = series_of(held, **changes)
    return find_step(held[-1], held[-2], series, {}, None)


@settings(deadline=None)
@given(st.lists(st.integers(20, 400), min_size=5, max_size=12))
def test_a_tested_change_goes_the_way_of_its_numbers_and_rests_on_all_before_it(
    values: list[int],
) -> None:
    found = step_of(counted(*values))
    *earlier, last = values
    if last == earlier[-1]:
        assert found is None
        return
    assert found.direction == (1 if last > earlier[-1] else -1)
    assert found.tested == tuple((float(value),) for value in values[-12:])
    assert found.weighed.z * found.direction > 0
    assert found.is_clear == (found.weighed.is_beyond and found.is_material)


@settings(deadline=None)
@given(st.integers(0, 19), st.integers(20, 400))
def test_a_change_that_rests_on_few_is_not_tested(few: int, many: int) -> None:
    for before, after in ((few, many), (many, few)):
        assert step_of(counted(100, 110, 90, 100, 105, before, after)) is None


@pytest.mark.parametrize("changes", [{"unit": "percent"}, {"source": "Tables"}])
def test_what_is_counted_another_way_is_not_tested_against_it(
    changes: dict[str, Any],
) -> None:
    *earlier, before, last = counted(100, 110, 90, 100, 105, 120, 240)
    assert step_of([*earlier, before, last]) is not None
    assert step_of([*earlier, replace(before, **changes), last]) is None


def test_a_break_ends_the_earlier_changes_and_too_few_are_no_test() -> None:
    held = counted(100, 110, 90, 100, 105, 120, 240)
    assert step_of(held, breaks=(date(2020, 6, 1),)) is not None
    assert step_of(held, breaks=(date(2024, 6, 1),)) is None


def test_what_is_held_is_in_no_chain_of_changes() -> None:
    held = counted(100, 110, 90, 100, 105, 120, 240)
    held[-4] = replace(held[-4], held="late")
    assert step_of(held) is None


def test_a_mean_has_no_counts_to_be_tested_by() -> None:
    held = [replace(row, unit="days") for row in year_rows(10, 11, 10, 12, 11, 30)]
    assert step_of(held) is None


def test_a_published_change_is_placed_only_among_changes_of_the_same_two_years() -> (
    None
):
    before, last = (
        replace(printed(value), year_label=label, span=row.span)
        for value, label, row in zip(
            (10.0, 20.0), ("2025", "2026"), year_rows(1, 1), strict=True
        )
    )
    series = replace(series_of([last]), published=(before, last), alike=())
    row = {"change": 10.0, "change_from": "2025", "change_to": "2026"}
    others = pl.DataFrame([row, *({**row, "change": float(c)} for c in range(-20, 20))])

    found = find_step(last, before, series, row, others)
    assert found is not None and found.place is not None
    # Eleven to nineteen lie further, of all forty-one.
    assert (found.place.further, found.place.authorities) == (9, 41)
    for other in ({"change_to": "2024"}, {"change": None}):
        assert find_step(last, before, series, row | other, others) is None
    assert find_step(last, before, series, row, None) is None


# ---------- A promised target ----------


@pytest.mark.parametrize(
    ("changes", "polarity", "kept"),
    [
        ({}, Polarity.LOWER, Kept.KEPT),
        ({}, Polarity.HIGHER, Kept.NOT_KEPT),
        ({}, Polarity.NEUTRAL, Kept.NEUTRAL),
        ({"held": "late"}, Polarity.LOWER, Kept.HELD),
        ({"value": None}, Polarity.LOWER, Kept.NOT_SHOWN),
    ],
)
def test_a_promised_day_is_judged_by_a_figure_that_may_judge(
    changes: dict[str, Any], polarity: Polarity, kept: Kept
) -> None:
    held = [own(25), replace(own(19), **changes)]
    target = adoption(promised_by=END)

    promise, _ = find_promises(target, series_of(held[1:]), polarity, date(2026, 6, 1))
    assert promise is not None and promise.kept is kept


def test_a_target_that_is_younger_than_the_figure_is_not_judged_by_it() -> None:
    target = adoption(promised_by=END, from_=date(2026, 3, 1))
    series = series_of([own(19)])
    promise, _ = find_promises(target, series, Polarity.LOWER, date(2026, 6, 1))
    assert promise is not None and promise.kept is Kept.BEFORE


def test_without_a_headline_no_figure_reaches_a_promised_day() -> None:
    series = replace(series_of([own(19)]), headline=None)
    target = adoption(promised_by=END)
    promise, _ = find_promises(target, series, Polarity.LOWER, date(2026, 6, 1))
    assert promise is not None and promise.kept is Kept.NOT_REACHED
