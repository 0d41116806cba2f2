"""One quarter of a collection, and ours of the same quarter, found from figures.

Only equal quarters stand beside each other; nothing here is set beside a year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from openscrutiny.comparison.peers import select_peers, summarise_quarters
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.series import Observation, read_totals
from openscrutiny.numbers import Display, make_display
from openscrutiny.periods import Period, PeriodType


@dataclass(frozen=True)
class Median:
    """Hold the peers' median of one quarter; null where none of them has a figure."""

    value: float | None
    available: int
    listed: int


@dataclass(frozen=True)
class PeerQuarter:
    """Hold one collection's latest quarter, and ours of the same quarter."""

    collection: str
    end: date
    everybody: tuple[Observation, ...]  # who is listed, we and regions too
    peers: tuple[Observation, ...]
    ours: Observation | None
    told_of_us: Observation | None  # the collection's own line for us
    medians: dict[date, Median]
    lowest: float | None
    highest: float | None
    line: tuple[Observation, ...]  # our quarters, all of one source
    display: Display
    is_confidential: bool

    @property
    def median(self) -> Median:
        return self.medians[self.end]

    @property
    def period(self) -> Period:
        return self.everybody[0].span


def find_own_quarters(
    figures: pl.DataFrame, definition: Indicator, facts: Facts
) -> list[Observation]:
    """Give our own line's quarters, oldest first."""
    quarters = figures.filter(
        (pl.col("period_type") == PeriodType.QUARTER.value)
        & (pl.col("area_code") == facts.area_code)
    )
    return sorted(read_totals(quarters, definition), key=lambda row: row.end)


def find_quarter(
    theirs: pl.DataFrame,
    own: Sequence[Observation],
    definition: Indicator,
    facts: Facts,
) -> PeerQuarter | None:
    """Find the latest quarter that peers have a figure of, if we have one too.

    Where no quarter has both, the peers' latest stands without ours.
    """
    summary = summarise_quarters(theirs, facts.area_code)
    if summary.is_empty():
        return None
    by_end = {row["period_end"]: row for row in summary.iter_rows(named=True)}
    known = [end for end, row in by_end.items() if row["available"]]
    candidates = known or list(by_end)
    unit = theirs["unit"][0]
    listed_us = find_own_quarters(theirs, definition, facts)
    line = _choose_line([row for row in own if row.unit == unit], listed_us, candidates)
    both = [r.end for r in line if r.value is not None and r.end in candidates]
    end = max(both or candidates)
    now = theirs.filter(pl.col("period_end") == end)
    row = by_end[end]
    return PeerQuarter(
        collection=theirs["source"][0],
        end=end,
        everybody=tuple(read_totals(now, definition)),
        peers=tuple(read_totals(select_peers(now, facts.area_code), definition)),
        ours=_at(line, end),
        told_of_us=_at(listed_us, end),
        medians={
            day: Median(r["median"], r["available"], r["listed"])
            for day, r in by_end.items()
        },
        lowest=row["lowest"],
        highest=row["highest"],
        line=tuple(line),
        display=_display(unit, theirs, line),
        is_confidential=bool((theirs["shared"] == "officers").any()),
    )


def _choose_line(
    own: Sequence[Observation], told: Sequence[Observation], ends: Iterable[date]
) -> Sequence[Observation]:
    """Choose our returns' quarters where they reach a quarter of the peers'.

    Else the collection's lines for us; the two are never mixed in one line.
    """
    wanted = set(ends)
    if any(row.value is not None and row.end in wanted for row in own):
        return own
    return told


def _at(rows: Iterable[Observation], end: date) -> Observation | None:
    return next((row for row in rows if row.end == end), None)


def _display(unit: str, theirs: pl.DataFrame, line: Sequence[Observation]) -> Display:
    """Choose the decimals: what is printed without its counts keeps its own."""
    known = theirs.filter(pl.col("value").is_not_null())
    divided = pl.col("denominator").is_not_null()
    return make_display(
        unit,
        known.filter(~divided)["value"].to_list(),
        [
            *known.filter(divided)["value"].to_list(),
            *(row.value for row in line if row.value is not None),
        ],
    )
