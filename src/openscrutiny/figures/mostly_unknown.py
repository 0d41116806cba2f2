"""Whether a share says anything where the answer is not known for most.

Such a figure is shown and not judged, before every audience. How many they are is for
officers alone; that they are more than half is said in words. See docs/counting-rules.md,
"Mostly not known".
"""

from typing import Final

import polars as pl

from openscrutiny.indicators.measures import NOT_KNOWN, Measure, Mix

__all__ = ["MOSTLY_UNKNOWN", "hold_mostly_unknown"]

MOSTLY_UNKNOWN: Final = "For more than half of them the answer is not known."
_MOST: Final = 0.5
_SMALL: Final = (1, 5)  # whom the disclosure rules protect
_OF: Final = ("area_code", "period_type", "period_end")


def hold_mostly_unknown(figures: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Hold each total of a share for most of whose whole the answer is not known.

    `figures` are those of one indicator, of FIGURE_SCHEMA. Where 1 to 5 others are known
    not to count it is not said: that few are left would follow from the half.
    """
    if not measure.is_share:
        return figures
    told = figures
    unknown, whole = pl.col("unknown"), pl.col("denominator")
    if measure.leaves_out_unknown:
        whole += unknown
    if isinstance(measure, Mix) and NOT_KNOWN in measure.statuses:
        part = figures.filter(
            (pl.col("breakdown") == measure.name) & (pl.col("category") == NOT_KNOWN)
        ).select(*_OF, pl.col("numerator").alias("@part"))
        told = figures.join(part, on=_OF, how="left", maintain_order="left")
        unknown += pl.col("@part")
    others = whole - unknown - pl.col("numerator")
    held = (
        (pl.col("breakdown") == "total")
        & pl.col("value").is_not_null()
        & (unknown > _MOST * whole)
        & ~others.is_between(*_SMALL)
    )
    before = pl.col("held").fill_null("")
    both = pl.concat_str([before, pl.lit(MOSTLY_UNKNOWN)], separator=" ")
    return told.with_columns(
        held=pl.when(held).then(both.str.strip_chars()).otherwise("held")
    ).select(figures.columns)
