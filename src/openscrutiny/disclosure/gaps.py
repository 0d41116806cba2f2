"""Which months no return covers yet: no number, so everybody may know."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS


@dataclass(frozen=True)
class Gap:
    """Say that an area's returns feed these indicators no further than a month.

    `last` is the end of the last month that is fed, null where none is; `end` that of
    the last month that was counted.
    """

    area_code: str
    returns: tuple[str, ...]
    last: date | None
    end: date
    codes: tuple[str, ...]


def find_gaps(
    figures: pl.DataFrame, definitions: tuple[Indicator, ...] = INDICATORS
) -> tuple[Gap, ...]:
    """Find, for each area and set of returns, the months after its last that it fed.

    Gaps before the last covered month stand on the indicator's own page.
    """
    months = figures.filter(
        (pl.col("source") == "own")
        & (pl.col("breakdown") == "total")
        & (pl.col("period_type") == "month")
    )
    fed = pl.col("period_end").filter(pl.col("fed_by") != "")
    spans = months.group_by("area_code", "indicator").agg(
        fed.max().alias("last"), pl.col("period_end").max().alias("end")
    )
    held = {(area, name): (last, end) for area, name, last, end in spans.iter_rows()}
    found: dict[tuple[str, tuple[str, ...], date | None, date], list[str]] = {}
    for area in months["area_code"].unique(maintain_order=True):
        for indicator in definitions:
            last, end = held.get((area, indicator.id), (None, None))
            if indicator.rows is None or end is None:
                continue
            if last is None or last < end:
                key = (area, indicator.returns, last, end)
                found.setdefault(key, []).append(indicator.code)
    return tuple(Gap(*key, tuple(codes)) for key, codes in found.items())
