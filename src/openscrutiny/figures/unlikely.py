"""Whether a month that the council counted itself is about as many as the months before.

The rule is that of a load's volume, for each row of a scorecard by itself: nobody can
look behind a number that was given. A share or a mean without its numbers has no chance
to be judged by, and is not held. See docs/counting-rules.md, "Volume".
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.figures.reconciling import difference_key
from openscrutiny.figures.volume import REFERENCE_MONTHS, is_unlikely
from openscrutiny.indicators.definition import Indicator
from openscrutiny.periods import PeriodType, add_months, format_month

__all__ = ["find_count_held", "hold_unlikely_counts"]

_FEWEST_BEFORE: Final = 3  # months without which nothing is expected
_END: Final = "It is not judged until an officer confirms it."
_BEGIN: Final = "The council’s own count gives "


def hold_unlikely_counts(
    given: pl.DataFrame, definitions: Iterable[Indicator], confirmed: Collection[str]
) -> pl.DataFrame:
    """Hold each month of the own count that halved or doubled, beyond what chance does.

    `given` is of FIGURE_SCHEMA; `confirmed` are keys as `difference_key` writes them.
    """
    words = {}
    for one in definitions:
        mine = given.filter(pl.col("indicator") == one.id)
        for (area,), own in mine.group_by("area_code", maintain_order=True):
            for end, said in _find_unlikely(one, own, str(area), confirmed).items():
                words[one.id, str(area), end] = said
    if not words:
        return given
    marks = pl.DataFrame(
        [(*key, said) for key, said in words.items()],
        schema={"indicator": pl.String, "area_code": pl.String}
        | {"period_end": pl.Date, "@said": pl.String},
        orient="row",
    )
    at = ["indicator", "area_code", "period_end"]
    told = given.join(marks, on=at, how="left", maintain_order="left")
    before = pl.col("held").fill_null("")
    both = pl.concat_str([before, pl.col("@said")], separator=" ").str.strip_chars()
    is_month = pl.col("period_type") == PeriodType.MONTH.value
    touched = is_month & pl.col("@said").is_not_null()
    return told.with_columns(held=pl.when(touched).then(both).otherwise("held")).select(
        given.columns
    )


def find_count_held(held: str) -> str:
    """Find what is said of an unlikely count among the reasons of a figure, else ""."""
    at = held.find(_BEGIN)
    return held[at : held.index(_END, at) + len(_END)] if at >= 0 else ""


def _find_unlikely(
    indicator: Indicator, own: pl.DataFrame, area: str, confirmed: Collection[str]
) -> dict[date, str]:
    """Say of each month that is unlikely what was expected, and by what."""
    months = _count_months(indicator, own)
    found: dict[date, str] = {}
    for end, count in months.items():
        since = add_months(end.replace(day=1), -REFERENCE_MONTHS)
        before = [n for e, n in months.items() if since <= e < end and e not in found]
        if len(before) < _FEWEST_BEFORE:
            continue
        expected = sum(before) / len(before)
        key = difference_key(area, indicator.id, end)
        if is_unlikely(count, expected) and key not in confirmed:
            found[end] = (
                f"{_BEGIN}{count:,.0f} {indicator.counts} in {format_month(end)}, where "
                f"about {expected:,.0f} would be expected from the {len(before)} months "
                f"before. {_END}"
            )
    return found


def _count_months(indicator: Indicator, own: pl.DataFrame) -> dict[date, float]:
    """Give how many each month has: what is counted, or what a part is a part of."""
    counts = indicator.measure.counts_rows
    value = pl.when(pl.col("unit") == "count").then("value")
    counted = pl.coalesce("numerator", value) if counts else pl.col("denominator")
    rows = own.filter(
        (pl.col("period_type") == PeriodType.MONTH.value)
        & (pl.col("breakdown") == "total")
    ).select("period_end", counted=counted)
    return dict(rows.drop_nulls().sort("period_end").iter_rows())
