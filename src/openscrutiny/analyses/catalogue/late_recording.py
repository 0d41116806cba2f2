"""Late recording: how each month looked in every extract that covers it, and became.

Events are typed in late, so that an extract as at 31 August lacks some of August's.
Extracts overlap, and what each held of a month is the history of how months fill up.
The rows that count are the indicator's own expression; nothing is defined again here.

It has no block: what it finds says how far a figure may be judged (judgement/held.py),
and the months that are still being recorded stand apart in the picture of the months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.analyses.analysis import Analysis, Building, Table, Told
from openscrutiny.analyses.recorded import RECORDED_SCHEMA, find_shares
from openscrutiny.audience import Audience
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.filling import EXTRACT, fills_up
from openscrutiny.periods import Period, PeriodType, find_periods, month_end
from openscrutiny.record.coverage import Span, find_days_not_covered, make_timeline
from openscrutiny.record.expressions import RecordView, Rows
from openscrutiny.record.loads import LoadEntry

MOST_EXTRACTS: Final = 18  # the most recent ones: habits of recording change

# One row for a month in one extract, and one, without extract and lag, for what stands.
LATE_SCHEMA: Final[dict[str, pl.DataType]] = {
    "indicator": pl.String(),
    "area_code": pl.String(),
    "period_end": pl.Date(),
    "return_id": pl.String(),  # the extract, or the statutory return that settled it
    "as_at": pl.Date(),
    "lag": pl.Int32(),  # whole months from the month's end to the extract's day
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),  # of rates: the population that the figure has
}


@dataclass(frozen=True)
class _Extract:
    """One extract of one authority, and the days of each table that it covers."""

    authority: str
    return_id: str
    as_at: date
    spans: tuple[Span, ...]

    def months_of(self, table: str) -> list[Period]:
        """List the whole months of a table that the extract covers."""
        own = [span for span in self.spans if span.table == table]
        if not own:
            return []
        first, last = own[0].valid_from, own[-1].valid_to
        return [
            month
            for month in find_periods(PeriodType.MONTH, first, min(last, self.as_at))
            if not find_days_not_covered(own, month.start, month.end)
        ]


def lag_of(period_end: date, as_at: date) -> int:
    """Count the whole months from a month's last day to the day of an extract.

    >>> lag_of(date(2025, 8, 31), date(2025, 8, 31))
    0
    >>> lag_of(date(2025, 8, 31), date(2025, 9, 30))
    1
    >>> lag_of(date(2025, 8, 31), date(2025, 9, 29))
    0
    """
    months = (as_at.year - period_end.year) * 12 + as_at.month - period_end.month
    return months - (as_at != month_end(as_at))


def count_as_recorded(building: Building) -> pl.DataFrame:
    """Count every whole month under each of the latest extracts that cover it.

    The figures give the population of a rate and, where the statutory return alone
    feeds a month, the count that stands. Where two extracts have one lag for a month,
    the later one speaks.
    """
    extracts = _find_extracts(building.entries)
    counted = [pl.DataFrame(schema=LATE_SCHEMA)]
    for indicator in filter(fills_up, building.indicators):
        months = building.figures.filter(
            (pl.col("indicator") == indicator.id)
            & (pl.col("period_type") == PeriodType.MONTH.value)
            & (pl.col("breakdown") == "total")
        )
        people = months.select("area_code", "period_end", "denominator")
        seen = _count_each(building, indicator, extracts)
        seen = seen.join(people, on=["area_code", "period_end"], how="left")
        seen = seen.with_columns(indicator=pl.lit(indicator.id))
        both = pl.concat([_typed(seen), _settled(indicator, months)])
        counted.append(both.sort("area_code", "period_end", "lag", nulls_last=True))
    return pl.concat(counted)


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in LATE_SCHEMA.items())


def _settled(indicator: Indicator, months: pl.DataFrame) -> pl.DataFrame:
    """Give the counts of months that the statutory return alone feeds."""
    if indicator.final_return == EXTRACT:
        return pl.DataFrame(schema=LATE_SCHEMA)
    known = months.filter(
        (pl.col("fed_by") == indicator.final_return) & pl.col("numerator").is_not_null()
    )
    known = known.with_columns(
        return_id=pl.col("fed_by"), as_at=pl.lit(None), lag=pl.lit(None)
    )
    return _typed(known)


def _find_extracts(entries: Sequence[LoadEntry]) -> list[_Extract]:
    """Take each authority's latest extracts; an undone load is no entry any more.

    One extract may come as several files, and a later load of it replaces an earlier.
    """
    by_extract: dict[tuple[str, date, str], list[LoadEntry]] = {}
    for entry in entries:
        if entry.return_name == EXTRACT and entry.authority and entry.period_end:
            key = (entry.authority, entry.period_end, entry.return_id)
            by_extract.setdefault(key, []).append(entry)
    found: dict[str, list[_Extract]] = {}
    for (authority, as_at, return_id), own in sorted(by_extract.items()):
        spans = tuple(make_timeline(own))
        extract = _Extract(authority, return_id, as_at, spans)
        found.setdefault(authority, []).append(extract)
    return [one for many in found.values() for one in many[-MOST_EXTRACTS:]]


def _count_each(
    building: Building, indicator: Indicator, extracts: Sequence[_Extract]
) -> pl.DataFrame:
    """Count all extracts in one pass; 0 where a month is covered and has no event.

    The view is lent every extract's own spans, which overlap: a row then stands once
    for each extract that holds it, and is told apart by `return_id`.
    """
    cells = [(e, m) for e in extracts for m in e.months_of(indicator.table)]
    wanted = pl.DataFrame(
        {
            "area_code": [e.authority for e, _m in cells],
            "return_id": [e.return_id for e, _m in cells],
            "as_at": [e.as_at for e, _m in cells],
            "period_start": [m.start for _e, m in cells],
            "period_end": [m.end for _e, m in cells],
            "lag": [lag_of(m.end, e.as_at) for e, m in cells],
        },
        schema={"period_start": pl.Date()}
        | {
            name: LATE_SCHEMA[name]
            for name in ("area_code", "return_id", "as_at", "period_end", "lag")
        },
    )
    if not cells:
        return wanted.with_columns(numerator=pl.lit(None, pl.Float64))
    spans = [s for e in extracts for s in e.spans if s.table == indicator.table]
    counts = building.ask(
        indicator,
        wanted,
        _count_by_extract,
        spans=spans,
        apart=("return_id",),
    )
    keys = ["area_code", "return_id", "period_end"]
    return (
        wanted.join(counts, on=keys, how="left")
        .with_columns(pl.col("numerator").fill_null(0).cast(pl.Float64))
        .sort("as_at", "return_id")
        .unique(["area_code", "period_end", "lag"], keep="last", maintain_order=True)
    )


def _count_by_extract(rows: Rows, _record: RecordView) -> Rows:
    places = rows.group_by(
        area_code=rows.authority, return_id=rows.return_id, period_end=rows.slice_end
    )
    return places.aggregate(numerator=rows.count())


TABLE: Final = Table(
    "late",
    LATE_SCHEMA,
    count_as_recorded,
    given_to=frozenset({Audience.OFFICERS}),
    told=Told(
        frozenset({Audience.MEMBERS, Audience.PUBLIC}), RECORDED_SCHEMA, find_shares
    ),
)
ANALYSIS: Final = Analysis("late-recording", "Late recording", (TABLE,))
