"""How far figures are recorded: laws that hold of every history of extracts."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.analyses.catalogue.late_recording import LATE_SCHEMA
from openscrutiny.analyses.nowcast import COMPLETE, Nowcast, nowcast
from openscrutiny.analyses.recorded import (
    RECORDED_SCHEMA,
    find_shares,
    read_history,
    read_recorded,
)
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.filling import fills_up
from openscrutiny.indicators.registry import INDICATORS, find_indicator
from openscrutiny.judgement.observation import Observation
from openscrutiny.judgement.recording import (
    Recording,
    find_filling,
    find_filling_months,
    read_recording,
    scaled,
)
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from unit.test_streak import rows

LAST, AREA = date(2026, 9, 30), "999"
MONTHS = [month_end(add_months(LAST, -back)) for back in reversed(range(15))]
FD1, FD2, EH4 = (find_indicator(code) for code in ("FD1", "FD2", "EH4"))
KINDS = (
    PeriodType.MONTH,
    PeriodType.QUARTER,
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.FINANCIAL_YEAR,
)

# Of one month: the count at its own end and what each of three later extracts adds.
fillings = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9), st.integers(0, 4), st.booleans()),
    min_size=len(MONTHS),
    max_size=len(MONTHS),
)


def history(
    filled: list[tuple[int, int, int, bool]], code: str = "FD1"
) -> pl.DataFrame:
    """Lay out what extracts up to the last month show; a month may be settled."""
    made: list[dict[str, Any]] = []
    for end, (count, first, second, settled) in zip(MONTHS, filled, strict=True):
        age = (LAST.year - end.year) * 12 + LAST.month - end.month
        for lag, add in enumerate((0, first, second)[: age + 1]):
            count += add
            made.append(late_row(end, lag, count, code))
        if settled and age > 6:
            made.append(late_row(end, None, count, code))
    return pl.DataFrame(made, schema=LATE_SCHEMA)


def late_row(end: date, lag: int | None, count: float, code: str) -> dict[str, Any]:
    return {
        "indicator": find_indicator(code).id,
        "area_code": AREA,
        "period_end": end,
        "return_id": "annex-a" if lag is not None else "cin",
        "lag": lag,
        "numerator": float(count),
    }


def shown(kind: PeriodType, end: date, code: str, **changes: Any) -> dict[str, Any]:
    period = make_period(kind, end)
    return {
        "indicator": find_indicator(code).id,
        "area_code": AREA,
        "period_type": kind.value,
        "period_start": period.start,
        "period_end": end,
        "breakdown": "total",
        "value": 12.0,
        "fed_by": "annex-a",
    } | changes


def ends_of(kind: PeriodType) -> list[date]:
    """Say which months a period of this kind can end with."""
    ends = {PeriodType.QUARTER: (3, 6, 9, 12), PeriodType.FINANCIAL_YEAR: (3,)}
    return [end for end in MONTHS if end.month in ends.get(kind, range(1, 13))]


def figures_of(*codes: str) -> pl.DataFrame:
    made = [shown(k, end, code) for code in codes for k in KINDS for end in ends_of(k)]
    return pl.DataFrame(made, schema=FIGURE_SCHEMA)


@settings(deadline=None, max_examples=40)
@given(fillings)
def test_what_is_kept_without_counts_says_what_the_counts_say(
    filled: list[tuple[int, int, int, bool]],
) -> None:
    late = history(filled)
    kept = find_shares(late, figures_of("FD1", "FD2"), [FD1, FD2])

    assert dict(kept.schema) == RECORDED_SCHEMA
    for one in (FD1, FD2):
        from_counts, from_shares = (read_recorded(x, one, AREA) for x in (late, kept))
        for kind in KINDS:
            for end in ends_of(kind):
                span = make_period(kind, end)
                assert from_shares.share(span) == from_counts.share(span)
        assert find_filling(kept, one, AREA) == find_filling(late, one, AREA)


@settings(deadline=None, max_examples=40)
@given(fillings, st.sampled_from(KINDS))
def test_a_share_is_of_its_own_period_and_full_where_every_month_is(
    filled: list[tuple[int, int, int, bool]], kind: PeriodType
) -> None:
    recorded = read_recorded(history(filled), FD1, AREA)
    for end in ends_of(kind):
        span = make_period(kind, end)
        share = recorded.share(span)
        if share is None:
            continue
        assert 0 <= share.recorded <= 1
        assert all(span.start <= month <= span.end for month in share.filling)
        assert list(share.filling) == sorted(share.filling)
        assert share.is_complete or share.filling


@settings(deadline=None, max_examples=25)
@given(fillings, fillings)
def test_of_two_that_may_speak_the_slowest_does(
    one: list[tuple[int, int, int, bool]], other: list[tuple[int, int, int, bool]]
) -> None:
    """Conferences have no count by month: neither of the two is of their table."""
    first, second = history(one, "FD1"), history(other, "AS1")
    both = pl.concat([first, second])
    span = make_period(PeriodType.MONTH, LAST)
    speaking = find_indicator("CP3")

    alone = [
        read_recorded(late, speaking, AREA).share(span) for late in (first, second)
    ]
    told = [share.recorded for share in alone if share is not None]
    found = read_recorded(both, speaking, AREA).share(span)
    assert (None if found is None else found.recorded) == min(told, default=None)


@settings(deadline=None, max_examples=40)
@given(fillings)
def test_a_month_fills_up_as_the_other_months_say_of_its_latest_extract(
    filled: list[tuple[int, int, int, bool]],
) -> None:
    """One that is settled does not, nor one of which nobody can tell."""
    late = history(filled)
    months = read_history(late)
    expected = []
    for end, month in months.items():
        lag, count = max(month.counts)
        said = nowcast(count, lag, [m for e, m in months.items() if e != end])
        slow = isinstance(said, Nowcast) and said.completion < COMPLETE
        if month.settled is None and slow:
            expected.append(end)
    assert find_filling(late, FD1, AREA) == tuple(expected)


# ---------- The months as they are read ----------

SLOW = history([(50, 30, 20, False)] * len(MONTHS))


def months_of(late: pl.DataFrame, fed_by: str = "annex-a") -> list[Observation]:
    """Give the months whose figures are the counts of their latest extracts."""
    latest = {end: max(month.counts)[1] for end, month in read_history(late).items()}
    made = rows(*(latest[end] for end in MONTHS), last=LAST)
    return [replace(row, unit="count", fed_by=fed_by) for row in made]


def test_the_latest_months_of_a_slow_extract_are_nowcast() -> None:
    recording = read_recording(SLOW, months_of(SLOW), FD1, AREA)

    # Half of a month is known at its end, and four fifths a month later.
    assert {end: round(found.expected) for end, found in recording.months.items()} == {
        MONTHS[-1]: 100,
        MONTHS[-2]: 100,
    }
    assert recording.why_none == ""


@pytest.mark.parametrize("fed_by", ["cin/2026", "annex-a/2026-09-30, cin/2026"])
def test_a_month_that_a_statutory_return_feeds_is_read_as_it_stands(
    fed_by: str,
) -> None:
    months = months_of(SLOW, fed_by)
    assert read_recording(SLOW, months, FD1, AREA) == Recording()


def test_a_month_whose_figure_is_no_extracts_count_is_not_nowcast() -> None:
    *earlier, last = months_of(SLOW)
    other = replace(last, numerator=51.0, value=51.0)

    assert list(read_recording(SLOW, [*earlier, other], FD1, AREA).months) == [
        MONTHS[-2]
    ]


def test_without_a_history_it_says_why_and_without_months_nothing() -> None:
    older = Recording(
        why_none="These figures were built before the history of extracts was kept."
    )
    kept = find_shares(SLOW, figures_of("FD1"), [FD1])

    assert read_recording(None, months_of(SLOW), FD1, AREA) == older
    assert read_recording(kept, months_of(SLOW), FD1, AREA) == older
    assert read_recording(SLOW, [], FD1, AREA) == Recording()
    assert read_recording(SLOW, months_of(SLOW), FD2, AREA) == Recording()


def test_too_short_a_history_says_so_of_the_latest_month_alone() -> None:
    short = SLOW.filter(pl.col("period_end") >= MONTHS[-4])
    recording = read_recording(short, months_of(SLOW)[-4:], FD1, AREA)

    assert recording.months == {}
    assert "Only 3 earlier months show how a month fills up" in recording.why_none


def test_a_longer_figure_names_the_months_of_it_that_fill_up() -> None:
    filling = MONTHS[-2:]
    span = PeriodType.ROLLING_12_MONTHS
    (ours,) = rows(12, kind=span, last=LAST)
    (before,) = rows(12, kind=span, last=MONTHS[-2])
    (month,) = rows(12, last=LAST)

    assert find_filling_months(SLOW, ours, FD1, AREA) == filling
    assert find_filling_months(SLOW, before, FD1, AREA) == filling[:1]
    assert find_filling_months(SLOW, month, FD1, AREA) == []
    assert find_filling_months(SLOW, ours, FD2, AREA) == []
    assert find_filling_months(None, ours, FD1, AREA) == []
    assert find_filling_months(SLOW, replace(ours, value=None), FD1, AREA) == []
    assert find_filling_months(SLOW, replace(ours, source="lait"), FD1, AREA) == []


def test_of_another_area_or_indicator_nothing_is_taken() -> None:
    assert find_filling(SLOW, FD1, "998") == ()
    assert find_filling(SLOW, EH4, AREA) == ()
    assert find_filling(None, FD1, AREA) == ()


def test_a_month_with_another_count_has_the_value_of_that_count() -> None:
    (row,) = rows(30, denominator=20_000)
    assert scaled(replace(row, unit="rate_per_10_000"), 40) == 20
    assert scaled(replace(row, unit="count"), 40) == 40


def test_figures_of_a_publisher_breakdowns_and_what_is_not_shown_are_not_kept() -> None:
    month = PeriodType.MONTH
    figures = pl.DataFrame(
        [
            shown(month, LAST, "FD1"),
            shown(month, LAST, "FD1"),
            shown(month, MONTHS[-2], "FD1", fed_by="published"),
            shown(month, MONTHS[-3], "FD1", breakdown="ward"),
            shown(month, MONTHS[-4], "FD1", value=None),
        ],
        schema=FIGURE_SCHEMA,
    )
    kept = find_shares(SLOW, figures, [FD1, EH4])

    # Half of the last month is recorded; it and the month before it still fill up.
    assert kept.select("period_end", "recorded").rows() == [
        (LAST, 0.5),
        (MONTHS[-2], None),
        (LAST, None),
    ]


def test_the_indicators_of_these_tests_are_what_they_stand_for() -> None:
    assert fills_up(FD1) and fills_up(EH4) and not fills_up(FD2)
    assert {one.table for one in INDICATORS if one.code in ("FD1", "FD2")} == {
        FD1.table
    }
