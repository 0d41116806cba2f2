"""Whether a share says anything where the answer is not known for most.

Such a figure is shown and not judged, before every audience. How many they are is for
officers alone; that they are more than half is said in words, and of a share of rows that
they are more than a tenth, which judges nothing. See docs/counting-rules.md, "Mostly not
known".
"""

from typing import Final

import polars as pl

from openscrutiny.indicators.measures import MANY_UNKNOWN, NOT_KNOWN, Measure, Mix

__all__ = ["MOSTLY_UNKNOWN", "hold_mostly_unknown", "tell_many_unknown"]

MOSTLY_UNKNOWN: Final = "For more than half of them the answer is not known."
_MOST: Final = 0.5
_MANY: Final = 0.1
_FEWEST_TOLD: Final = 10
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


def tell_many_unknown(figures: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Say in `why` of each total of a share that the answer is unknown for over a tenth.

    `figures` have been through `hold_mostly_unknown`. It is said where ten are unknown or
    more, and six or more are known not to count: whoever takes the shown counts from one
    another finds neither part among the small numbers. Of a mix, and of a share that
    leaves the unknown out, it is not said: their parts are told apart elsewhere.
    """
    if (
        not measure.is_share
        or measure.leaves_out_unknown
        or measure.split is not None
        or measure.population is not None
    ):
        return figures
    unknown, whole = pl.col("unknown"), pl.col("denominator")
    told = (
        (pl.col("breakdown") == "total")
        & pl.col("value").is_not_null()
        & (unknown > _MANY * whole)
        & (unknown >= _FEWEST_TOLD)
        & (whole - unknown - pl.col("numerator") > _SMALL[1])
        & ~pl.col("held").fill_null("").str.contains(MOSTLY_UNKNOWN, literal=True)
    )
    both = pl.concat_str(
        [pl.col("why").fill_null(""), pl.lit(MANY_UNKNOWN)], separator=" "
    )
    return figures.with_columns(
        why=pl.when(told).then(both.str.strip_chars()).otherwise("why")
    )
