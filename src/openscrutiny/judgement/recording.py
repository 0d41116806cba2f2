"""Which of our months are still being recorded, and what each is expected to become.

From the history of extracts and the months as they stand. A month of which most is
recorded is read like any other; one whose filling up nobody can judge too, and
`why_none` then says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from openscrutiny.analyses.nowcast import Filling, NoNowcast, Nowcast, nowcast
from openscrutiny.analyses.recorded import (
    find_filling,
    holds_shares,
    read_history,
)
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.filling import EXTRACT, fills_up
from openscrutiny.judgement.series import SHORT_KINDS, Observation
from openscrutiny.periods import PeriodType


@dataclass(frozen=True)
class Recording:
    """Hold the months still being recorded, by their last day."""

    months: Mapping[date, Nowcast] = field(default_factory=dict)
    why_none: str = ""  # why the latest month, fed by an extract, has no nowcast


def read_recording(
    late: pl.DataFrame | None,
    months: Sequence[Observation],
    definition: Indicator,
    area_code: str,
) -> Recording:
    """Find which months are still being recorded. `late` has LATE_SCHEMA, or is None.

    Only a month whose figure is the count of its latest extract is nowcast: one that a
    statutory return feeds, in part or whole, is read as it stands.
    """
    rows = [row for row in months if row.span.type == PeriodType.MONTH]
    known = [row for row in rows if row.numerator is not None]
    if not fills_up(definition) or not known:
        return Recording()
    fed = [row for row in known if _is_from_extract(row)]
    if not fed or fed[-1] is not known[-1]:
        return Recording()
    if late is None or holds_shares(late):
        why = "These figures were built before the history of extracts was kept."
        return Recording(why_none=why)
    mine = late.filter(
        (pl.col("indicator") == definition.id) & (pl.col("area_code") == area_code)
    )
    history = read_history(mine)
    found: dict[date, Nowcast] = {}
    why_none = ""
    for row in fed:
        seen = history.get(row.end)
        said = _nowcast(row, seen, history) if seen is not None else None
        if isinstance(said, Nowcast) and not said.is_complete:
            found[row.end] = said
        if isinstance(said, NoNowcast) and row is fed[-1]:
            why_none = said.why
    return Recording(found, why_none)


def _is_from_extract(row: Observation) -> bool:
    """Tell whether extracts alone feed it: "annex-a"."""
    fed = {name.strip().partition("/")[0] for name in row.fed_by.split(",")}
    return fed == {EXTRACT}


def _nowcast(
    row: Observation, seen: Filling, history: Mapping[date, Filling]
) -> Nowcast | NoNowcast | None:
    """Nowcast one month from the others; None where its figure is of no one extract."""
    lag, count = max(seen.counts, default=(-1, None))
    if count is None or count != row.numerator or seen.settled is not None:
        return None
    return nowcast(
        count, lag, [month for end, month in history.items() if end != row.end]
    )


def scaled(row: Observation, count: float) -> float:
    """Give the value that the month would have with another count."""
    if row.unit == "rate_per_10_000" and row.denominator:
        return 10_000 * count / row.denominator
    return count


def find_filling_months(
    late: pl.DataFrame | None,
    headline: Observation | None,
    definition: Indicator,
    area_code: str,
) -> list[date]:
    """Find the months of a longer figure of ours that are not fully recorded."""
    if late is None or headline is None or headline.value is None:
        return []
    longer = headline.is_own and headline.span.type not in SHORT_KINDS
    if not longer or not fills_up(definition):
        return []
    return [
        end
        for end in find_filling(late, definition, area_code)
        if headline.span.start <= end <= headline.end
    ]
