"""How a figure has moved: against the period before, and over five years.

A word of judgement is given only where the five-year test fired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from openscrutiny.indicators.definition import Polarity
from openscrutiny.nothing import Status
from openscrutiny.story.headline import display_of, value_text
from openscrutiny.story.numbers import Display, round_half_away
from openscrutiny.story.over_time.step import Step, find_step
from openscrutiny.story.sentences import change_words, judge
from openscrutiny.story.series import SHORT_KINDS, Observation, SeriesSet

__all__ = ["Movement", "find_movement", "find_published_trend"]


@dataclass(frozen=True)
class Movement:
    """Hold the change from the period before and the five-year test, where there are.

    `direction` is +1, -1 or 0; `size` is "3.7 points"; `gap_why` says why there is no
    comparison with the period before. `step` is the test of the change.
    """

    before: Observation | None
    direction: int
    size: str
    gap_why: str
    trend: Trend | None
    step: Step | None = None
    held: str = ""  # why the headline is not judged

    @property
    def has_change(self) -> bool:
        return self.before is not None and not self.gap_why

    def words(self, polarity: Polarity) -> str:
        """Say the movement in a cell: "Up 3.7 points; not tested"."""
        if self.held:
            return "Not judged"
        clear = self.step is not None and self.step.is_clear
        if clear and self.has_change and self.direction and not self._trend_agrees:
            way = change_words(self.direction).capitalize()
            kind = "rise" if way == "Up" else "fall"
            return f"{way} {self.size} {self._since}; a clear {kind}"
        if self.trend is not None and self.trend.direction:
            good = judge(self.trend.direction, polarity)
            start = {1: "Better: a", -1: "Worse: a"}.get(good, "A")
            return f"{start} {self.trend.words} trend"
        tested = "not tested" if self.step is None else "no clear change"
        if self.trend is not None:
            tested = "no clear trend"
        if not self.has_change:
            return "No clear change" if self.trend is not None else "No comparison"
        if not self.direction:
            return "About the same"
        way = change_words(self.direction).capitalize()
        return f"{way} {self.size} {self._since}; {tested}"

    @property
    def _since(self) -> str:
        """Say over what: a month, a quarter or a year."""
        kind = self.before.span.type if self.before is not None else ""
        return f"in a {kind if kind in SHORT_KINDS else 'year'}"

    @property
    def _trend_agrees(self) -> bool:
        """Tell whether the five-year trend runs as the last change does."""
        trend = self.trend.direction if self.trend is not None else 0
        return trend == self.direction


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


def _change(row: Observation, before: Observation, display: Display) -> tuple[int, str]:
    assert row.value is not None and before.value is not None
    places = min(
        display.places_for(row.denominator), display.places_for(before.denominator)
    )
    amount = row.value - before.value
    if value_text(row, display) == value_text(before, display) or not round_half_away(
        amount, places
    ):
        return 0, ""
    return (1 if amount > 0 else -1), display.difference(amount, places)


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
        return Movement(None, 0, "", "it is not judged", None, held=row.held)
    trend = _find_trend(series, row)
    before = series.before(row)
    if before is not None and before.value is not None and before.held:
        return Movement(before, 0, "", "that figure is not judged", trend)
    if before is None:
        return Movement(None, 0, "", "no figure is held for it", trend)
    if before.value is None:
        word = before.status.word if before.is_own else before.status.publishers_word
        why = f"it is {word.lower()}"
        if before.status is Status.HIDDEN:
            why = "that figure is hidden"
        if before.is_own and before.status is Status.NOT_EXPECTED:
            why = "none was expected"
        return Movement(before, 0, "", why, trend)
    if series.crosses(before, row):
        return Movement(before, 0, "", "that figure was collected another way", trend)
    direction, size = _change(row, before, display_of(series.line, row.unit))
    if _recording_explains(direction, row, before):
        why = "the months still being recorded may make up the difference"
        return Movement(before, 0, "", why, trend)
    if trend is not None and trend.direction * direction < 0:
        trend = None  # the published years ran on where our own turned
    step = None
    if direction:
        step = find_step(row, before, series, compared or {}, everybody)
    return Movement(before, direction, size, "", trend, step)
