"""How much of a figure is recorded yet, as its months' filling up lets one estimate.

The months' own rule (nowcast.py) says how far back recording goes on; this
adds it up over the months that a figure rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import polars as pl

from openscrutiny.analyses.nowcast import (
    COMPLETE,
    FEWEST_MONTHS,
    Filling,
    Nowcast,
    nowcast,
)
from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.indicators.filling import fills_up
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import Period, PeriodType, add_months, month_end

# How far each shown figure is recorded, without a count: what is kept of the history
# for readers who may not see its months. One row for a figure; one without a share for
# each month of an indicator's own history that is still filling up.
RECORDED_SCHEMA: Final[dict[str, pl.DataType]] = {
    "indicator": pl.String(),
    "area_code": pl.String(),
    "period_type": pl.String(),
    "period_end": pl.Date(),
    "recorded": pl.Float64(),
    "filling": pl.List(pl.Date()),
}

_MONTHS = {PeriodType.MONTH.value: 1, PeriodType.QUARTER.value: 3}
_A_YEAR = 12

# Each month's count, and what it is expected to become.
Expected = Mapping[date, tuple[float, float | None]]


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

    by_indicator: tuple[Expected, ...] = ()

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


@dataclass(frozen=True)
class KnownShares:
    """Hold how far each shown figure of one indicator is recorded, by type and end."""

    shares: Mapping[tuple[str, date], Share]

    def share(self, span: Period) -> Share | None:
        """Say how much of a period is recorded; None where nothing shows it."""
        return self.shares.get((span.type.value, span.end))


def _share_of(months: Expected, wanted: Sequence[date]) -> Share | None:
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
    late: pl.DataFrame | None, definition: Indicator, area_code: str
) -> Recorded | KnownShares:
    """Read what the extracts show of how an indicator's months fill up.

    Percentages and states have no history of their own: the one that counts the rows
    of the same table speaks for them, else the slowest of all that have one. `late` has
    LATE_SCHEMA, or RECORDED_SCHEMA where all of this was found before.
    """
    if late is None or late.is_empty():
        return Recorded()
    if holds_shares(late):
        return _known(late, definition, area_code)
    expected = _expect_all(_Same(late), area_code)
    counted = [one for one in INDICATORS if fills_up(one) and one.id in expected]
    near = [one for one in counted if one.table == definition.table]
    speaking = [one for one in near if one.id == definition.id] or near or counted
    return Recorded(tuple(expected[one.id] for one in speaking))


@dataclass(frozen=True, eq=False)
class _Same:
    """Hold a table that is the same only where it is the very one, which none changes."""

    late: pl.DataFrame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.late is self.late

    def __hash__(self) -> int:
        return id(self.late)


# One indicator's history speaks for many that have none: it is read once for a table,
# and there is one for each audience, now and at the last paper.
@lru_cache(maxsize=8)
def _expect_all(held: _Same, area_code: str) -> dict[str, Expected]:
    """Give, by indicator, each month's count and what it is expected to become."""
    area = held.late.filter(pl.col("area_code") == area_code)
    expected: dict[str, Expected] = {}
    for (indicator,), rows in area.partition_by("indicator", as_dict=True).items():
        history = read_history(rows)
        expected[str(indicator)] = {end: _expect_one(end, history) for end in history}
    return expected


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


def find_filling(
    late: pl.DataFrame | None, definition: Indicator, area_code: str
) -> tuple[date, ...]:
    """Find the months of an indicator's own history that are not fully recorded."""
    if late is None or not fills_up(definition):
        return ()
    mine = late.filter(
        (pl.col("indicator") == definition.id) & (pl.col("area_code") == area_code)
    )
    if holds_shares(late):
        return tuple(mine.filter(pl.col("recorded").is_null())["period_end"])
    history = read_history(mine)
    return tuple(end for end in history if _is_filling(end, history))


def _is_filling(end: date, history: Mapping[date, Filling]) -> bool:
    seen = history[end]
    if seen.settled is not None or not seen.counts:
        return False
    lag, count = max(seen.counts)
    others = [month for other, month in history.items() if other != end]
    said = nowcast(count, lag, others)
    return isinstance(said, Nowcast) and not said.is_complete


# ---------- What is kept without a count ----------


def holds_shares(late: pl.DataFrame) -> bool:
    """Tell whether it holds what was found of the extracts, and not their counts."""
    return "recorded" in late.columns


def find_shares(
    late: pl.DataFrame, figures: pl.DataFrame, definitions: Sequence[Indicator]
) -> pl.DataFrame:
    """Find how far each of our own shown totals is recorded: RECORDED_SCHEMA.

    `late` and `figures` are of one council. Beside the shares stand the months of each
    indicator's own history that still fill up.
    """
    shown = figures.filter(
        (pl.col("breakdown") == "total")
        & (pl.col("fed_by") != "published")
        & pl.col("value").is_not_null()
    ).unique(["indicator", "period_type", "period_end"], maintain_order=True)
    rows: list[tuple[Any, ...]] = []
    for each in definitions:
        mine = shown.filter(pl.col("indicator") == each.id)
        if mine.is_empty():
            continue
        area_code = mine["area_code"][0]
        recorded = read_recorded(late, each, area_code)
        where = ("period_type", "period_start", "period_end")
        for kind, start, end in mine.select(where).iter_rows():
            state = each.clock is Clock.STATE
            share = recorded.share(Period(start, end, PeriodType(kind), state))
            if share is not None:
                held = (share.recorded, list(share.filling))
                rows.append((each.id, area_code, kind, end, *held))
        rows += [
            (each.id, area_code, PeriodType.MONTH.value, end, None, [])
            for end in find_filling(late, each, area_code)
        ]
    return pl.DataFrame(rows, schema=RECORDED_SCHEMA, orient="row")


def _known(late: pl.DataFrame, definition: Indicator, area_code: str) -> KnownShares:
    mine = late.filter(
        (pl.col("indicator") == definition.id)
        & (pl.col("area_code") == area_code)
        & pl.col("recorded").is_not_null()
    ).select("period_type", "period_end", "recorded", "filling")
    return KnownShares(
        {
            (kind, end): Share(recorded, tuple(filling))
            for kind, end, recorded, filling in mine.iter_rows()
        }
    )
