"""How much of a figure is recorded yet, as its months' filling up lets one estimate.

The months' own rule (comparison/nowcast.py) says how far back recording goes on; this
adds it up over the months that a figure rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import polars as pl

from openscrutiny.comparison.nowcast import (
    COMPLETE,
    FEWEST_MONTHS,
    Filling,
    Nowcast,
    nowcast,
)
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.filling import fills_up
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import Period, PeriodType, add_months, month_end

__all__ = ["Recorded", "Share", "read_history", "read_recorded"]

_MONTHS = {PeriodType.MONTH.value: 1, PeriodType.QUARTER.value: 3}
_A_YEAR = 12


@dataclass(frozen=True)
class Share:
    """Hold which share of a figure is recorded (0 to 1), and the months not full."""

    recorded: float
    filling: tuple[date, ...]

    @property
    def is_complete(self) -> bool:
        return self.recorded >= COMPLETE


@dataclass(frozen=True)
class Recorded:
    """Hold, by indicator, each month's count and what it is expected to become.

    Expected is null where nobody can tell. Where one indicator speaks there is one;
    else all of the council's, and the slowest speaks.
    """

    by_indicator: tuple[Mapping[date, tuple[float, float | None]], ...] = field(
        default=()
    )

    def share(self, span: Period) -> Share | None:
        """Say how much of a period is recorded; None where nothing shows it.

        A state on a day rests on the twelve months up to that day.
        """
        many = _A_YEAR if span.is_state else _MONTHS.get(span.type, _A_YEAR)
        wanted = [month_end(add_months(span.end, -back)) for back in range(many)]
        shares = [
            share
            for months in self.by_indicator
            if (share := _share_of(months, wanted)) is not None
        ]
        return min(shares, key=lambda share: share.recorded, default=None)


def _share_of(
    months: Mapping[date, tuple[float, float | None]], wanted: Sequence[date]
) -> Share | None:
    """Add up the months that are known of those wanted, the latest of which leads.

    None where the latest is not known, or nobody can tell what one will become.
    """
    if wanted[0] not in months:
        return None
    recorded, expected, filling = 0.0, 0.0, []
    for end in reversed(wanted):
        count, coming = months.get(end, (0.0, 0.0))
        if coming is None:
            return None
        recorded, expected = recorded + count, expected + coming
        if count < COMPLETE * coming:
            filling.append(end)
    return Share(recorded / expected if expected else 1.0, tuple(filling))


def read_history(late: pl.DataFrame) -> dict[date, Filling]:
    """Gather one indicator's counts by month and lag, and what settled each."""
    counts: dict[date, list[tuple[int, float]]] = {}
    settled: dict[date, float] = {}
    rows = late.filter(pl.col("numerator").is_not_null()).sort("period_end", "lag")
    for end, lag, count in rows.select("period_end", "lag", "numerator").iter_rows():
        own = counts.setdefault(end, [])
        if lag is None:
            settled[end] = count
        else:
            own.append((lag, count))
    return {
        end: Filling(tuple(counts[end]), settled.get(end)) for end in sorted(counts)
    }


def read_recorded(
    late: pl.DataFrame | None,
    definition: Indicator,
    area_code: str,
    definitions: Iterable[Indicator] = INDICATORS,
) -> Recorded:
    """Read what the extracts show of how an indicator's months fill up.

    Percentages and states have no history of their own: the one that counts the rows
    of the same table speaks for them, else the slowest of all that have one.
    """
    if late is None or late.is_empty():
        return Recorded()
    area = late.filter(pl.col("area_code") == area_code)
    have = set(area["indicator"].unique())
    counted = [one for one in definitions if fills_up(one) and one.id in have]
    near = [one for one in counted if one.table == definition.table]
    speaking = [one for one in near if one.id == definition.id] or near or counted
    return Recorded(
        tuple(
            _expect(tuple(read_history(rows).items()))
            for one in speaking
            for rows in [area.filter(pl.col("indicator") == one.id)]
        )
    )


@lru_cache(maxsize=1_000)
def _expect(
    months: tuple[tuple[date, Filling], ...],
) -> Mapping[date, tuple[float, float | None]]:
    """Give each month's count, and what it is expected to become.

    One indicator's history speaks for many that have none, and for every audience.
    """
    history = dict(months)
    return {end: _expect_one(end, history) for end in history}


def _expect_one(
    end: date, history: Mapping[date, Filling]
) -> tuple[float, float | None]:
    seen = history[end]
    if seen.settled is not None or not seen.counts:
        count = seen.settled or 0.0
        return count, count
    lag, count = max(seen.counts)
    others = [month for other, month in history.items() if other != end]
    said = nowcast(count, lag, others)
    if isinstance(said, Nowcast):
        return count, said.expected
    return count, count if _has_stopped(lag, others) else None


def _has_stopped(lag: int, history: Iterable[Filling]) -> bool:
    """Tell whether months did not grow any more on the way to this lag.

    No later extract shows a month at the last lag; that it had stopped growing by then
    is all that can be known of it.
    """
    pairs = [
        (before, after)
        for month in history
        if (before := month.at(lag - 1)) is not None
        and (after := month.at(lag)) is not None
        and after > 0
    ]
    if len(pairs) < FEWEST_MONTHS:
        return False
    return sum(a for a, _b in pairs) >= COMPLETE * sum(b for _a, b in pairs)
