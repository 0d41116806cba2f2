"""Whether a load holds about as much as was there before: a file that lost most of its
rows is read without a fault, and its figures are nonsense.

Each load's months of one indicator are held against the twelve months before them, else
against the published count. See docs/counting-rules.md, "Volume".
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.record.coverage import Span

__all__ = [
    "REFERENCE_MONTHS",
    "find_loads_held",
    "hold_unlikely_loads",
    "is_unlikely",
]

# Halved or doubled from one load to the next, and by far more than chance would: no
# year of any authority's published counts of referrals, plans or children looked after
# moved so, but where a collection was broken.
FACTOR: Final = 2.0
STANDARD_ERRORS: Final = 4.0
REFERENCE_MONTHS: Final = 12
# What _words says of a load, among the reasons for which a figure is held.
_SAID: Final = re.compile(r"Load (\d+) holds .+? confirms the load\.")


@dataclass(frozen=True)
class _LoadMonths:
    """The months of one authority and indicator that one load feeds, and their sum."""

    load_id: int
    ends: tuple[date, ...]
    total: float

    @property
    def start(self) -> date:
        return self.ends[0].replace(day=1)


def hold_unlikely_loads(
    indicator: Indicator,
    own: pl.DataFrame,
    spans: Sequence[Span],
    published: pl.DataFrame,
    confirmed: Collection[int],
) -> pl.DataFrame:
    """Hold the figures of loads with far less or far more than before.

    `own` and `published` are of FIGURE_SCHEMA and of this indicator; `confirmed` are the
    loads that an officer has confirmed. Without months there is nothing to hold against.
    """
    for authority in own["area_code"].unique().sort():
        months = _months(indicator, own, authority)
        mine = [
            s for s in spans if s.authority == authority and s.table == indicator.table
        ]
        yearly = _yearly(published, authority)
        flagged: set[int] = set()
        for load in _by_load(months, mine):
            if load.load_id in confirmed:
                continue
            expected = _expect(indicator, load, months, mine, flagged, yearly)
            if expected is not None and is_unlikely(load.total, expected[0]):
                flagged.add(load.load_id)
                words = _words(indicator, load, *expected)
                own = _hold(indicator, own, authority, load, words)
    return own


def _months(
    indicator: Indicator, own: pl.DataFrame, authority: str
) -> dict[date, float]:
    """Give how much each month counted: events or children, or what a part is of."""
    counted = "numerator" if indicator.measure.counts_rows else "denominator"
    rows = own.filter(
        (pl.col("area_code") == authority)
        & (pl.col("breakdown") == "total")
        & (pl.col("period_type") == PeriodType.MONTH.value)
    ).select("period_end", counted=counted)
    return dict(rows.drop_nulls().sort("period_end").iter_rows())


def _yearly(published: pl.DataFrame, authority: str) -> dict[date, float]:
    """Give the published counts by the last day of their year."""
    counted = (
        pl.when(pl.col("unit") == "percent")
        .then("denominator")
        .when(pl.col("unit") == "count")
        .then("value")
        .otherwise("numerator")
    )
    rows = published.filter(
        (pl.col("area_code") == authority) & (pl.col("breakdown") == "total")
    ).select("period_end", counted=counted)
    return dict(rows.drop_nulls().sort("period_end").iter_rows())


def _by_load(months: dict[date, float], spans: Sequence[Span]) -> list[_LoadMonths]:
    """Sort whole months by the load that feeds them, oldest first."""
    ends: dict[int, list[date]] = {}
    for end in months:
        load_id = _feeding(end, spans)
        if load_id is not None:
            ends.setdefault(load_id, []).append(end)
    loads = [
        _LoadMonths(load_id, tuple(of), sum(months[end] for end in of))
        for load_id, of in ends.items()
    ]
    return sorted(loads, key=lambda load: load.ends[-1])


def _feeding(end: date, spans: Sequence[Span]) -> int | None:
    return next((s.load_id for s in spans if s.valid_from <= end <= s.valid_to), None)


def _expect(
    indicator: Indicator,
    load: _LoadMonths,
    months: dict[date, float],
    spans: Sequence[Span],
    flagged: Collection[int],
    yearly: dict[date, float],
) -> tuple[float, str] | None:
    """Say how much was to be expected of the load's months, and by what."""
    first = load.start
    before = [
        count
        for end, count in months.items()
        if add_months(first, -REFERENCE_MONTHS) <= end < first
        and _feeding(end, spans) not in flagged
    ]
    number = len(load.ends)
    if before:
        words = f"the {len(before)} month{'' if len(before) == 1 else 's'} before"
        return sum(before) / len(before) * number, words
    ended = [end for end in yearly if end <= month_end(load.ends[-1])] or sorted(
        yearly
    )[:1]
    if not ended:
        return None
    year = max(ended)
    each = yearly[year] if indicator.clock is Clock.STATE else yearly[year] / 12
    return each * number, f"the published count of the year to {year:%d/%m/%Y}"


def is_unlikely(total: float, expected: float) -> bool:
    """Tell whether a count halved or doubled, and by far more than chance would."""
    factor = total > expected * FACTOR or total * FACTOR < expected
    return factor and abs(total - expected) > STANDARD_ERRORS * max(expected, 1) ** 0.5


def _words(indicator: Indicator, load: _LoadMonths, expected: float, by: str) -> str:
    number = len(load.ends)
    months = "1 month" if number == 1 else f"{number} months"
    told, likely = load.total, expected
    if indicator.clock is Clock.STATE:  # a level is told as a level, not as a sum
        told, likely = told / number, likely / number
        months = f"at the end of {months}, on average"
    else:
        months = f"in {months}"
    return (
        f"Load {load.load_id} holds {told:,.0f} {indicator.counts} {months}, where about "
        f"{likely:,.0f} would be expected from {by}. It is not judged until an officer "
        "confirms the load."
    )


def find_loads_held(held: str) -> list[tuple[int, str]]:
    """Find the loads that a figure is held for, each with what is said of it."""
    return [(int(said[1]), said[0]) for said in _SAID.finditer(held)]


def _hold(
    indicator: Indicator,
    own: pl.DataFrame,
    authority: str,
    load: _LoadMonths,
    words: str,
) -> pl.DataFrame:
    """Hold every figure that one of the load's months goes into."""
    begins = "period_end" if indicator.clock is Clock.STATE else "period_start"
    touched = (
        (pl.col("area_code") == authority)
        & (pl.col("period_end") >= load.start)
        & (pl.col(begins) <= load.ends[-1])
        & pl.col("value").is_not_null()
    )
    before = pl.col("held").fill_null("")
    more = pl.when(before == "").then(pl.lit(words))
    return own.with_columns(
        held=pl.when(touched)
        .then(more.otherwise(pl.concat_str(before, pl.lit(" " + words))))
        .otherwise("held")
    )
