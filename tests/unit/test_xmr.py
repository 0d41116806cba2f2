"""XmR: the golden vector, each rule, and how often chance alone gives a signal."""

import random
from dataclasses import replace
from datetime import date

import pytest

from openscrutiny.figures.schema import Status
from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.dates import Span
from openscrutiny.story.series import Observation
from openscrutiny.story.xmr import Flow, Signal, Xmr, find_xmr, read_flow

GOLDEN = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
REFERRALS = find_indicator("FD1")


def flow(*values: float | None) -> Flow:
    return Flow(tuple(None if value is None else float(value) for value in values))


def flagged(xmr: Xmr) -> dict[int, Signal]:
    """Give the signals by the number of their point, from 1."""
    return {at: s for at, s in enumerate(xmr.signals, 1) if s is not None}


def months(
    count: int, *, kind: PeriodType = PeriodType.MONTH, counted: float = 20.0
) -> list[Observation]:
    rows = []
    for number in range(count):
        end = month_end(add_months(date(2024, 1, 31), number))
        start = make_period(kind, end).start if kind is PeriodType.MONTH else end
        rows.append(
            Observation(
                Span(kind.value, start, end, False),
                "999",
                "Borough",
                counted,
                1000.0,
                counted,
                "count",
                Status.FINAL,
                "own",
                "2025",
                "",
                0,
                "",
                "cin",
            )  # fmt: skip
        )
    return rows


def with_clock(clock: Clock) -> Indicator:
    return replace(REFERRALS, clock=clock)


# ---------- Limits ----------


def test_the_golden_vector_with_and_without_screening() -> None:
    screened, bare = find_xmr(flow(*GOLDEN)), find_xmr(flow(*GOLDEN), screen=False)

    assert screened.limits.mean == pytest.approx(1.9444, abs=5e-5)
    assert screened.limits.high == pytest.approx(4.6044, abs=5e-5)
    assert screened.limits.low == pytest.approx(-0.7156, abs=5e-5)
    assert bare.limits.high == pytest.approx(6.9515, abs=5e-5)
    assert bare.limits.low == pytest.approx(-3.0626, abs=5e-5)
    assert flagged(screened) == {5: Signal("outside", 1)}


def test_a_gap_is_no_zero_and_adds_no_range() -> None:
    with_gap = find_xmr(flow(10, 12, None, 10, 12, 10, 12))

    assert with_gap.limits.mean == pytest.approx(11)
    assert with_gap.limits.high == pytest.approx(11 + 2.66 * 2)
    assert with_gap.signals[2] is None


# ---------- Rules ----------


def test_seven_points_each_above_the_last_are_a_trend_and_a_tie_ends_it() -> None:
    noise = [50, 58, 44, 57, 43, 56, 45, 55]
    rising = find_xmr(flow(*noise, 46, 47, 48, 49, 50, 51, 52))
    tied = find_xmr(flow(*noise, 46, 47, 48, 48, 49, 50, 51))

    assert [at for at, s in flagged(rising).items() if s.rule == "trend"] == [
        9, 10, 11, 12, 13, 14, 15,
    ]  # fmt: skip
    assert not any(s.rule == "trend" for s in flagged(tied).values())


def test_seven_points_on_one_side_are_a_shift_and_one_on_the_mean_ends_it() -> None:
    xmr = find_xmr(flow(*[9, 11] * 4, *[9.5] * 7, *[10.5] * 7))

    assert xmr.limits.mean == pytest.approx(10)
    assert {at for at, s in flagged(xmr).items() if s == Signal("shift", -1)} == set(
        range(9, 16)
    )
    assert {at for at, s in flagged(xmr).items() if s == Signal("shift", 1)} == set(
        range(16, 23)
    )
    ended = find_xmr(flow(*[9, 11] * 4, *[9.5] * 6, 10, *[10.5] * 6))
    assert flagged(ended) == {}


def test_two_of_three_near_a_limit_are_flagged() -> None:
    xmr = find_xmr(flow(*[9, 11] * 8, 15, 11, 15, 9, 11), screen=False)
    low, high = xmr.limits.near

    assert high < 15 < xmr.limits.high and low < 11 < high
    found = {at for at, s in flagged(xmr).items() if s.rule == "two in three"}
    assert found == {17, 19}


def test_the_first_rule_that_a_point_meets_names_it() -> None:
    xmr = find_xmr(flow(*[9, 11] * 6, 12, 13, 14, 15, 16, 17, 90))

    assert flagged(xmr)[19] == Signal("outside", 1)


def test_chance_alone_flags_the_latest_point_about_once_in_sixty() -> None:
    chance = random.Random(20261123)
    series = 20_000

    false = sum(
        find_xmr(flow(*(chance.gauss(50, 5) for _ in range(24)))).signals[-1]
        is not None
        for _ in range(series)
    )

    assert 0.012 <= false / series <= 0.022


# ---------- What is no flow ----------


def test_twelve_months_of_events_are_a_flow() -> None:
    assert read_flow(months(12), with_clock(Clock.EVENT)) is not None


def test_a_stock_a_rolling_series_and_small_or_short_ones_are_none() -> None:
    event = with_clock(Clock.EVENT)

    assert read_flow(months(24), with_clock(Clock.STATE)) is None
    assert read_flow(months(24, kind=PeriodType.ROLLING_12_MONTHS), event) is None
    assert read_flow(months(11), event) is None
    assert read_flow(months(24, counted=4.9), event) is None
    assert read_flow([], event) is None
