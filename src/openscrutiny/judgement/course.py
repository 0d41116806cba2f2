"""How the years ran up to a figure: which are alike, and what the tests say of them.

A reader sees the whole line, so the line is what is tested. Of a rolling series and of
month ends those figures are taken that lie a whole year apart, so that no event counts
twice and no season is taken for a trend. Where the headline is not settled yet, the last
settled years speak, and are named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from openscrutiny.comparison.changes import is_material
from openscrutiny.comparison.trends import (
    FEWEST_YEARS,
    MOST_YEARS,
    TREND_YEARS,
    Trend,
    find_plain_trend,
    find_rank_trend,
    find_trend,
    find_value_trend,
)
from openscrutiny.intervals import Z_95, count_limits
from openscrutiny.judgement.series import SHORT_KINDS, Observation, SeriesSet
from openscrutiny.nothing import Status
from openscrutiny.periods import Period, add_months, month_end

# How far behind the headline the last settled year may lie: ours, and a publisher's.
_OURS_BEHIND: Final = 12
_THEIRS_BEHIND: Final = 24


class Untested(Enum):
    """Say why no test of the years can be made, or why its outcome is not told."""

    FEW = auto()
    EMPTY = auto()  # a year within has no figure
    UNSETTLED = auto()  # a year within is provisional or held
    BROKEN = auto()  # too few years since it was collected another way
    SHORT = auto()  # events of a month or quarter, which have limits of their own
    TURNED = auto()  # the headline has since moved against the years


@dataclass(frozen=True)
class Course:
    """Hold what the years up to `last` show.

    `is_latest` says that `last` ends with the headline, `is_own` that they are ours.
    """

    trend: Trend
    last: Period
    is_latest: bool = True
    is_own: bool = True


@dataclass(frozen=True)
class Across:
    """Hold what a reader of the line sees and no test may join with the headline.

    `first` is the first figure shown, and figures before `starts` are not comparable.
    """

    first: Observation
    starts: date


def find_across(series: SeriesSet, headline: Observation) -> Across | None:
    """Find the first figure shown, where it lies across a break and was another one.

    Another by a tenth at least; of the headline's own source.
    """
    shown = [
        row
        for row in series.annual[-MOST_YEARS:]
        if _is_settled(row)
        and (row.source, row.unit) == (headline.source, headline.unit)
    ]
    if not shown or headline.value is None or not series.crosses(shown[0], headline):
        return None
    first = shown[0]
    assert first.value is not None
    is_percent = headline.unit == "percent"
    if not is_material(first.value, headline.value, is_percent=is_percent):
        return None
    starts = max(day for day in series.breaks if first.end < day <= headline.end)
    return Across(first, starts)


def find_course(series: SeriesSet, headline: Observation) -> Course | Untested:
    """Test the years up to the headline, or the last settled ones before it.

    The first run of five years is taken: ours up to the headline, the publisher's up to
    it, ours of the 12 months before, the publisher's of the two years before; else the
    first of four. So which years are tested never depends on what they say.
    """
    if headline.span.type in SHORT_KINDS and not headline.span.is_state:
        return Untested.SHORT
    runs: list[list[Observation]] = []
    why: Untested | None = None
    for last, rows in _ends(series, headline):
        years, stopped = _years_to(last, rows, series)
        why = why or stopped
        runs.append(years)
        if len(years) >= TREND_YEARS:
            break
    for fewest in (TREND_YEARS, FEWEST_YEARS):
        for years in runs:
            trend = _test(years) if len(years) >= fewest else None
            if trend is not None:
                return _tell(trend, years[-1], headline)
    return why or Untested.FEW


def _tell(trend: Trend, last: Observation, headline: Observation) -> Course | Untested:
    expected = headline.expected
    assert expected is not None and last.value is not None
    if last.end < headline.end and (expected - last.value) * trend.direction < 0:
        return Untested.TURNED
    return Course(trend, last.span, last.end == headline.end, last.is_own)


def find_published_trend(series: SeriesSet) -> Trend | None:
    """Test the published years, as ours are; None where a test is not possible."""
    rows = series.published
    if not rows or not _is_settled(rows[-1]):
        return None
    years, _ = _years_to(rows[-1], rows, series)
    return _test(years) if len(years) >= FEWEST_YEARS else None


def _is_settled(row: Observation) -> bool:
    return row.value is not None and row.status is Status.FINAL and not row.held


def _ends(
    series: SeriesSet, headline: Observation
) -> Iterator[tuple[Observation, Sequence[Observation]]]:
    """Give the figures that a run of years may end with, in their order."""
    held = (series.alike, series.published)
    for rows in held:
        same = [row for row in rows if row.end == headline.end]
        yield from ((row, rows) for row in same if row.unit == headline.unit)
    for rows, months in zip(held, (_OURS_BEHIND, _THEIRS_BEHIND), strict=True):
        since = add_months(headline.end, -months)
        before = [row for row in rows if since <= row.end < headline.end]
        settled = [r for r in before if _is_settled(r) and r.unit == headline.unit]
        own = rows is series.alike
        # Of ours each month may begin a run of its own; a publisher has one line.
        yield from ((row, rows) for row in (settled if own else settled[-1:])[::-1])


def _years_to(
    last: Observation, rows: Sequence[Observation], series: SeriesSet
) -> tuple[list[Observation], Untested | None]:
    """Give up to ten settled years that end with `last`, oldest first, none overlapping.

    And what ended them, where they are fewer.
    """
    if not _is_settled(last):
        return [], Untested.EMPTY if last.value is None else Untested.UNSETTLED
    years = [last]
    while len(years) < MOST_YEARS:
        row = _year_before(years[-1], rows)
        if row is None or (row.source, row.unit) != (last.source, last.unit):
            return years[::-1], Untested.FEW
        if series.crosses(row, last):
            return years[::-1], Untested.BROKEN
        if not _is_settled(row):
            why = Untested.EMPTY if row.value is None else Untested.UNSETTLED
            return years[::-1], why
        years.append(row)
    return years[::-1], None


def _year_before(row: Observation, rows: Sequence[Observation]) -> Observation | None:
    """Find the figure of the same kind of period a whole year before."""
    if row.span.type in SHORT_KINDS:
        end = month_end(add_months(row.end, -12))
        return next((r for r in rows if r.end == end), None)
    return next((r for r in rows if row.span.is_step_after(r.span)), None)


def _test(years: Sequence[Observation]) -> Trend | None:
    """Test the last five years by their line; a longer run by its ranks too.

    The line speaks first, since it measures; ranks are asked where it finds nothing.
    """
    line = _test_line(years[-TREND_YEARS:])
    if line is not None and line.direction:
        return line
    values = [row.value for row in years if row.value is not None]
    ranks = find_rank_trend(values) if len(values) > TREND_YEARS else None
    return ranks if ranks is not None and ranks.direction else line


def _test_line(years: Sequence[Observation]) -> Trend | None:
    """Test years by their line.

    Where the counts are known their chance is the least that a year may stray; where
    they are not, the scatter of the values is all that is known.
    """
    unit = years[-1].unit if years else ""
    if unit == "percent":
        shares = [pair for row in years if (pair := row.counts) is not None]
        if len(shares) == len(years):
            return find_trend(shares)
    if unit in ("rate_per_10_000", "count"):
        limited = [each for row in years if (each := _with_limits(row)) is not None]
        if len(limited) == len(years):
            return find_value_trend(limited)
    return find_plain_trend([row.value for row in years if row.value is not None])


def _with_limits(row: Observation) -> tuple[float, float, float] | None:
    """Give a rate or a count with the 95% limits of the count behind it."""
    observed = row.value if row.unit == "count" else row.numerator
    if row.value is None or not observed:
        return None
    if observed < 10 and not observed.is_integer():
        return None
    low, high = count_limits(observed, Z_95)
    return row.value, row.value * low / observed, row.value * high / observed
