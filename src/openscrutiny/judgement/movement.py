"""How a figure has moved: against the period before, and over five years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import polars as pl

from openscrutiny.comparison.intervals import Z_95, count_limits
from openscrutiny.comparison.trends import (
    TREND_YEARS,
    Trend,
    find_plain_trend,
    find_trend,
    find_value_trend,
)
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.judgement.step import Step, find_step
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, round_half_away

__all__ = ["Gap", "Movement", "find_movement", "find_published_trend"]


class Gap(Enum):
    """Say why a figure is not set beside that of the period before."""

    HELD = auto()  # the figure itself is not judged
    HELD_BEFORE = auto()
    NONE_BEFORE = auto()
    EMPTY_BEFORE = auto()  # there is one without a number; its status says why
    BROKEN = auto()  # the one before was collected another way
    RECORDING = auto()  # what is still being recorded may make up the difference


@dataclass(frozen=True)
class Movement:
    """Hold the change from the period before and the five-year test, where there are.

    `direction` is +1, -1 or 0 where both are shown alike; `amount` is by how much, shown
    with `places` decimals. `step` is the test of the change.
    """

    before: Observation | None
    gap: Gap | None
    trend: Trend | None
    direction: int = 0
    amount: float = 0.0
    places: int = 0
    step: Step | None = None
    held: str = ""  # why the headline is not judged

    @property
    def has_change(self) -> bool:
        return self.before is not None and self.gap is None

    @property
    def is_clear(self) -> bool:
        """Tell whether a test of the change found more than chance."""
        return self.step is not None and self.step.is_clear


def _years_to(last: Observation, rows: Sequence[Observation]) -> list[Observation]:
    """Give up to five years that end with `last`, oldest first, none overlapping."""
    years = [last]
    for row in reversed(rows):
        if len(years) < TREND_YEARS and years[-1].span.is_step_after(row.span):
            years.append(row)
    return years[::-1]


def _trend_to(
    last: Observation, rows: Sequence[Observation], series: SeriesSet
) -> Trend | None:
    """Test the five years up to `last`: consecutive, final, one way of counting.

    Where the counts are known their chance is the least that a year may stray; where
    they are not, the scatter of the values is all that is known.
    """
    years = _years_to(last, rows)
    alike = len({(row.source, row.unit) for row in years}) == 1
    if not alike or len(years) < TREND_YEARS or series.crosses(years[0], last):
        return None
    if any(row.status is not Status.FINAL or row.held for row in years):
        return None
    if last.unit == "percent":
        counts = [row.counts for row in years]
        shares = [pair for pair in counts if pair is not None]
        if len(shares) == len(years):
            return find_trend(shares)
    if last.unit in ("rate_per_10_000", "count"):
        limited = [_with_limits(row) for row in years]
        known = [value for value in limited if value is not None]
        if len(known) == len(years):
            return find_value_trend(known)
    return find_plain_trend([row.value for row in years if row.value is not None])


def _with_limits(row: Observation) -> tuple[float, float, float] | None:
    """Give a rate or a count with the 95% limits of the count behind it."""
    observed = row.value if row.unit == "count" else row.numerator
    if row.status is not Status.FINAL or row.held or row.value is None or not observed:
        return None
    if observed < 10 and not observed.is_integer():
        return None
    low, high = count_limits(observed, Z_95)
    return row.value, row.value * low / observed, row.value * high / observed


def _find_trend(series: SeriesSet, headline: Observation) -> Trend | None:
    """Test our own years; else the published ones, if they reach the headline.

    Months and quarters are not tested here: they are seasonal and few.
    """
    if headline.span.type in SHORT_KINDS:
        return None
    if headline.is_own:
        found = _trend_to(headline, series.alike, series)
        if found is not None:
            return found
    for row in series.published:
        if row.end == headline.end and row.value is not None:
            return _trend_to(row, series.published, series)
    return None


def find_published_trend(series: SeriesSet) -> Trend | None:
    """Test the last five published years; None where a test is not possible."""
    rows = series.published
    if not rows or rows[-1].value is None:
        return None
    return _trend_to(rows[-1], rows, series)


def _change(
    row: Observation, before: Observation, display: Display
) -> tuple[int, float, int]:
    """Give direction, amount and decimals of a change; no direction where none shows."""
    assert row.value is not None and before.value is not None
    places = min(
        display.places_for(row.denominator), display.places_for(before.denominator)
    )
    amount = row.value - before.value
    shown, earlier = (
        display.text(each.value or 0.0, each.denominator) for each in (row, before)
    )
    if shown == earlier or not round_half_away(amount, places):
        return 0, amount, places
    return (1 if amount > 0 else -1), amount, places


def _recording_explains(direction: int, row: Observation, before: Observation) -> bool:
    """Tell whether the change goes the other way, or is gone, once all is recorded."""
    assert row.expected is not None and before.expected is not None
    if row.recorded == before.recorded or not direction:
        return False
    return (row.expected - before.expected) * direction <= 0


def find_movement(
    series: SeriesSet,
    compared: Mapping[str, Any] | None = None,
    everybody: pl.DataFrame | None = None,
) -> Movement | None:
    """Find how the headline moved; None where it has no number.

    `compared` is our row of the comparison and `everybody` has one of each authority.
    """
    row = series.headline
    if row is None or row.value is None:
        return None
    if row.held:
        return Movement(None, Gap.HELD, None, held=row.held)
    trend, before = _find_trend(series, row), series.before(row)
    gap = _find_gap(series, row, before)
    if before is None or gap is not None:
        return Movement(before, gap, trend)
    display = display_of(series.line, row.unit)
    direction, amount, places = _change(row, before, display)
    if _recording_explains(direction, row, before):
        return Movement(before, Gap.RECORDING, trend)
    if trend is not None and trend.direction * direction < 0:
        trend = None  # the published years ran on where our own turned
    step = None
    if direction:
        step = find_step(row, before, series, compared or {}, everybody)
    return Movement(before, None, trend, direction, amount, places, step)


def _find_gap(
    series: SeriesSet, row: Observation, before: Observation | None
) -> Gap | None:
    if before is None:
        return Gap.NONE_BEFORE
    if before.value is None:
        return Gap.EMPTY_BEFORE
    if before.held:
        return Gap.HELD_BEFORE
    return Gap.BROKEN if series.crosses(before, row) else None
