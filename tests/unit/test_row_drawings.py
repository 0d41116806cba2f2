"""The pictures of a row: laws that hold of whatever series and place they draw."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.charts import Brief, RowLine, RowPlace
from openscrutiny.charts.drawing import Size

NUMBER = r"(-?[\d.]+)"
BRIEF_LEFT, BRIEF_RIGHT = 38.0, 172.0

values = st.floats(-1e4, 1e6).map(lambda value: round(value, 2))


@st.composite
def series(draw: st.DrawFn) -> tuple[float | None, ...]:
    """Draw a series with gaps of which one value at least is known."""
    held = draw(st.lists(st.one_of(st.none(), values), min_size=2, max_size=12))
    held[draw(st.integers(0, len(held) - 1))] = draw(values)
    return tuple(held)


def places(count: int) -> tuple[float, ...]:
    return tuple(float(at) for at in range(count))


def draw_line(held: tuple[float | None, ...], **changes: object) -> str:
    line = RowLine("Invented", "A line.", held, places(len(held)), **changes)  # type: ignore[arg-type]
    return line.draw(Size.WIDE, "p")


def draw_brief(held: tuple[float | None, ...], **changes: object) -> str:
    said = {"labels": ("1", "2"), "periods": ("2019", "2025"), **changes}
    brief = Brief("Invented", "A line.", held, places(len(held)), **said)  # type: ignore[arg-type]
    return brief.draw(Size.WIDE, "p")


def lines_of(svg: str, css: str) -> list[list[tuple[float, float]]]:
    """Give the corners of each drawn line of a class."""
    return [
        [
            (float(x), float(y))
            for x, y in (corner.split(" ") for corner in drawn[1:].split("L"))
        ]
        for drawn in re.findall(rf'class="{css}" d="([^"]+)"', svg)
    ]


def circles_of(svg: str, css: str) -> list[tuple[float, float]]:
    found = re.findall(rf'class="{css}" cx="{NUMBER}" cy="{NUMBER}"', svg)
    return [(float(x), float(y)) for x, y in found]


def stretches(held: tuple[float | None, ...]) -> list[list[int]]:
    """Cut a series at its gaps, the slow way."""
    found: list[list[int]] = []
    before = None
    for at, value in enumerate(held):
        if value is not None:
            if before is None:
                found.append([])
            found[-1].append(at)
        before = value
    return found


@settings(deadline=None)
@given(series(), st.booleans(), st.floats(0, 1e5))
def test_a_line_is_cut_at_each_gap_and_ends_with_its_last_value(
    held: tuple[float | None, ...], provisional: bool, least: float
) -> None:
    svg = draw_line(held, is_provisional=provisional, least=least)

    runs = stretches(held)
    drawn = lines_of(svg, "o-line")
    assert [len(line) for line in drawn] == [len(run) for run in runs if len(run) > 1]
    assert len(circles_of(svg, "t-own")) == sum(len(run) == 1 for run in runs)
    (end,) = circles_of(svg, "o-open" if provisional else "s-end")
    assert end in [*(line[-1] for line in drawn), *circles_of(svg, "t-own")]
    assert not circles_of(svg, "s-end" if provisional else "o-open")


@settings(deadline=None)
@given(series(), st.floats(0, 1e5))
def test_a_higher_value_never_lies_lower_and_none_lies_outside(
    held: tuple[float | None, ...], least: float
) -> None:
    svg = draw_line(held, least=least)
    spots = [spot for line in lines_of(svg, "o-line") for spot in line]

    joined = [at for run in stretches(held) if len(run) > 1 for at in run]
    by_value = sorted(zip(joined, spots, strict=True), key=lambda pair: held[pair[0]])  # type: ignore[arg-type,return-value]
    for (_, (_, lower)), (_, (_, higher)) in pairwise(by_value):
        assert higher <= lower
    for x, y in spots:
        assert 0 < x < 104 and 0 < y < 24
    assert [x for x, _ in spots] == sorted(x for x, _ in spots)


def test_a_change_smaller_than_is_told_looks_small() -> None:
    ((_, before), (_, after)) = lines_of(draw_line((10.0, 11.0), least=10.0), "o-line")[
        0
    ]
    ((_, low), (_, high)) = lines_of(draw_line((10.0, 20.0), least=10.0), "o-line")[0]
    assert before - after == pytest.approx((low - high) / 10, abs=0.2)


# ---------- A place among many ----------


def draw_place(main: float, many: list[float], *, turned: bool, **rest: object) -> str:
    place = RowPlace(
        "Invented", "A place.", main, main, main, tuple(many), turned, **rest
    )  # type: ignore[arg-type]
    return place.draw(Size.WIDE, "p")


many_values = st.lists(values, min_size=3, max_size=60)


@settings(deadline=None)
@given(values, many_values)
def test_a_place_stays_on_its_whisker_and_turning_mirrors_it(
    main: float, many: list[float]
) -> None:
    ((plain, _),) = circles_of(draw_place(main, many, turned=False), "t-own")
    ((turned, _),) = circles_of(draw_place(main, many, turned=True), "t-own")

    assert 7 <= plain <= 143 and 7 <= turned <= 143
    assert plain + turned == pytest.approx(150, abs=0.2)


@settings(deadline=None)
@given(values, values, many_values)
def test_the_higher_of_two_lies_further_right_or_at_the_same_end(
    one: float, other: float, many: list[float]
) -> None:
    low, high = sorted((one, other))
    ((left, _),) = circles_of(draw_place(low, many, turned=False), "t-own")
    ((right, _),) = circles_of(draw_place(high, many, turned=False), "t-own")
    assert left <= right


@settings(deadline=None)
@given(many_values)
def test_the_box_is_hollow_where_neither_end_is_good(many: list[float]) -> None:
    judged = draw_place(many[0], many, turned=False)
    open_ = draw_place(many[0], many, turned=False, is_judged=False)
    assert 'class="b-mid"' in judged and 'class="b-open"' not in judged
    assert 'class="b-open"' in open_ and 'class="b-mid"' not in open_


def test_what_there_is_none_of_has_no_mark() -> None:
    place = RowPlace("Invented", "A place.", None, None, None, (1.0, 2.0, 3.0), False)
    svg = place.draw(Size.WIDE, "p")
    assert not any(f'class="{css}"' in svg for css in ("t-own", "t-eng", "t-nbr"))


# ---------- A line beside one other ----------


def heights_of_labels(svg: str) -> dict[str, float]:
    found = re.findall(rf'class="(s-now|s-txt)" x="180" y="{NUMBER}"', svg)
    return {css: float(y) for css, y in found}


@settings(deadline=None)
@given(series(), st.data())
def test_the_two_names_at_the_end_never_touch_nor_leave_the_picture(
    held: tuple[float | None, ...], data: st.DataObject
) -> None:
    beside = tuple(data.draw(st.lists(values, min_size=len(held), max_size=len(held))))
    labels = heights_of_labels(draw_brief(held, beside=beside, name="England"))

    assert labels.keys() == {"s-now", "s-txt"}
    # One word is 15 high and the other 12; both are written from their foot.
    assert abs((labels["s-now"] - 5) - (labels["s-txt"] - 4)) >= 14.9
    assert all(0 < height < 52 - 12 for height in labels.values())


@settings(deadline=None)
@given(series(), series())
def test_a_comparators_gap_is_not_bridged_either(
    held: tuple[float | None, ...], other: tuple[float | None, ...]
) -> None:
    count = min(len(held), len(other))
    held, other = (*held[: count - 1], 5.0), other[:count]
    svg = draw_brief(held, beside=other, name="England")

    runs = stretches(other)
    drawn = lines_of(svg, "l-eng")
    assert [len(line) for line in drawn] == [len(run) for run in runs if len(run) > 1]
    # Who is never there is not named.
    assert (">England<" in svg) is bool(runs)


@settings(deadline=None)
@given(series(), values, st.one_of(st.none(), st.floats(0, 11)))
def test_a_level_runs_from_the_place_on_which_it_counts_to_the_end(
    held: tuple[float | None, ...], level: float, start: float | None
) -> None:
    svg = draw_brief(held, level=level, level_from=start, name="Target")

    ((begin, _, end),) = re.findall(
        rf'class="l-goal" d="M{NUMBER} {NUMBER}H{NUMBER}"', svg
    )
    assert BRIEF_LEFT - 0.1 <= float(begin) <= BRIEF_RIGHT - 23.9
    assert float(end) == BRIEF_RIGHT
    if start is None:
        assert float(begin) == BRIEF_LEFT


def test_an_only_line_says_its_first_and_last_value_and_when_they_were() -> None:
    svg = draw_brief((4.0, None, 6.0))
    words = re.findall(r">([^<>]+)</text>", svg)
    assert words == ["1", "2", "2019", "2025"]
