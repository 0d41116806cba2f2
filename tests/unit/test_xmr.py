"""XmR: the golden vector, each rule, and how often chance alone gives a signal."""

import random
from dataclasses import replace
from datetime import date

import pytest

from openscrutiny.comparison.xmr import (
    Flow,
    Limits,
    NotAFlowError,
    Signal,
    Xmr,
    assure,
    find_segments,
    find_xmr,
)
from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.judgement.flows import read_flow
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.periods import Period, PeriodType, add_months, make_period, month_end

_PERIODS = tuple(
    make_period(PeriodType.MONTH, month_end(add_months(date(2020, 1, 31), number)))
    for number in range(60)
)
GOLDEN = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
REFERRALS = find_indicator("FD1")


def month_ends(count: int) -> list[date]:
    return [month_end(add_months(date(2024, 1, 31), number)) for number in range(count)]


def flow(*values: float | None) -> Flow:
    return Flow(
        tuple(None if value is None else float(value) for value in values),
        _PERIODS[: len(values)],
        Clock.EVENT,
    )


def flagged(xmr: Xmr) -> dict[int, Signal]:
    """Give the signals by the number of their point, from 1."""
    return {at: s for at, s in enumerate(xmr.signals, 1) if s is not None}


def months(
    count: int, *, kind: PeriodType = PeriodType.MONTH, counted: float = 20.0
) -> list[Observation]:
    rows = []
    for end in month_ends(count):
        start = make_period(kind, end).start if kind is PeriodType.MONTH else end
        rows.append(
            Observation(
                Period(start, end, kind),
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
    assert read_flow(months(7), event) is None
    assert read_flow(months(24, kind=PeriodType.FINANCIAL_YEAR), event) is None
    assert read_flow(months(24, counted=4.9), event) is None
    assert read_flow([], event) is None


def test_a_series_that_leaves_a_month_out_is_drawn_without_limits() -> None:
    rows = months(24)

    assert read_flow([*rows[:10], *rows[11:]], with_clock(Clock.EVENT)) is None


def test_nobody_can_build_a_flow_of_a_stock() -> None:
    with pytest.raises(NotAFlowError):
        Flow((1.0,), _PERIODS[:1], Clock.STATE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind",
    [
        PeriodType.ROLLING_12_MONTHS,
        PeriodType.FINANCIAL_YEAR,
        PeriodType.CALENDAR_YEAR,
        PeriodType.DAY,
    ],
)
def test_nobody_can_build_a_flow_of_anything_but_months_or_quarters(
    kind: PeriodType,
) -> None:
    periods = tuple(replace(period, type=kind) for period in _PERIODS[:12])
    with pytest.raises(NotAFlowError):
        Flow((1.0,) * 12, periods, Clock.EVENT)


def test_nobody_can_build_a_flow_of_periods_that_overlap_or_are_called_months() -> None:
    rolling = tuple(
        Period(add_months(period.start, -11), period.end, PeriodType.MONTH)
        for period in _PERIODS[:12]
    )
    to_date = tuple(
        Period(_PERIODS[0].start, period.end, PeriodType.MONTH)
        for period in _PERIODS[:12]
    )
    for periods in (rolling, to_date, _PERIODS[:12:2], (*_PERIODS[:2], *_PERIODS[:2])):
        with pytest.raises(NotAFlowError):
            Flow((1.0,) * len(periods), periods, Clock.EVENT)


def test_a_flow_needs_a_period_for_each_value() -> None:
    with pytest.raises(NotAFlowError):
        Flow((1.0, 2.0), _PERIODS[:1], Clock.EVENT)


# ---------- Stretches, and the target ----------


def test_limits_begin_anew_where_a_person_said_so() -> None:
    before, after = [9, 11] * 6, [29, 31] * 6
    (whole,) = find_segments(flow(*before, *after))
    first, second = find_segments(flow(*before, *after), [12])

    assert whole.xmr is not None and any(whole.xmr.signals)
    assert first.xmr is not None and second.xmr is not None
    assert (first.xmr.limits.mean, second.xmr.limits.mean) == (10, 30)
    assert not any((*first.xmr.signals, *second.xmr.signals))
    assert (first.first, first.end, second.first, second.end) == (0, 12, 12, 24)


def test_a_run_does_not_cross_into_another_stretch() -> None:
    values = [*[9, 11] * 8, *[12] * 4, *[12] * 4, *[11, 13] * 6]
    first, second = find_segments(flow(*values), [20])

    for segment in (first, second):
        assert segment.xmr is not None
        assert "shift" not in {s.rule for s in segment.xmr.signals if s is not None}


@pytest.mark.parametrize(
    ("known", "has_limits", "is_trial"),
    [(7, False, True), (8, True, True), (11, True, True), (12, True, False)],
)
def test_eight_points_give_trial_limits_and_twelve_give_limits(
    known: int, has_limits: bool, is_trial: bool
) -> None:
    (segment,) = find_segments(flow(*[9, 11] * 2, None, *[10] * (known - 4)))

    assert (segment.xmr is not None, segment.is_trial) == (has_limits, is_trial)


def test_a_start_outside_the_series_cuts_nothing() -> None:
    assert len(find_segments(flow(*[9, 11] * 6), [0, 12, 40])) == 1


@pytest.mark.parametrize(
    ("target", "high_is_good", "low_is_good"),
    [
        (61, "will usually miss", "will usually meet"),
        (60, "may meet or miss", "may meet or miss"),
        (50, "may meet or miss", "may meet or miss"),
        (40, "may meet or miss", "may meet or miss"),
        (39, "will usually meet", "will usually miss"),
    ],
)
def test_assurance_asks_whether_usual_variation_reaches_the_target(
    target: float, high_is_good: str, low_is_good: str
) -> None:
    limits = Limits(50, 40, 60)

    assert assure(limits, target, 1) == high_is_good
    assert assure(limits, target, -1) == low_is_good
