"""Small revisions: an earlier figure stands until it has changed by six children.

Two papers that show one period differ by the children who were recorded in between.
Where they are 1 to 5, in any count that the figure gives, what was shown stands.
"""

from typing import Final

import polars as pl

from openscrutiny.disclosure.relations import STATES
from openscrutiny.figures.schema import is_ours, value_expression
from openscrutiny.nothing import Status

STANDS_WHY: Final = (
    "A revision in which 1 to 5 children would be seen is not shown, to protect their "
    "privacy; the earlier figure stands."
)
SHOWN_COLUMNS: Final = {
    "area_code": pl.String(),
    "code": pl.String(),
    "span": pl.String(),
    "period_end": pl.Date(),
    "unit": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "unknown": pl.Int64(),
}
SHOWN_KEY: Final = ("area_code", "code", "span", "period_end")


def name_span() -> pl.Expr:
    """Name what a figure spans: a day, or twelve months however they are called."""
    is_state = pl.col("code").is_in(sorted(STATES))
    word = pl.when(is_state).then(pl.lit("day")).otherwise(pl.lit("year"))
    return word.alias("span")


def what_is_shown(figures: pl.DataFrame) -> pl.DataFrame:
    """Take from disclosed figures the counts of our own that they show."""
    rows = figures.filter(
        is_ours()
        & (pl.col("breakdown") == "total")
        & pl.col("numerator").is_not_null()
        & (pl.col("status") != Status.HIDDEN.value)
    )
    rows = rows.with_columns(name_span()).select(list(SHOWN_COLUMNS))
    return rows.unique(list(SHOWN_KEY), keep="first", maintain_order=True)


def keep_small_revisions(
    figures: pl.DataFrame, before: pl.DataFrame, smallest_shown: int
) -> pl.DataFrame:
    """Put back what was shown `before` where a figure has changed by 1 to 5 children.

    A figure whose small number is hidden stays hidden. The one that stands is
    provisional, since the record holds another.
    """
    old = before.select(
        *SHOWN_KEY,
        pl.col("unit").alias("_unit"),
        pl.col("numerator").alias("_top"),
        pl.col("denominator").alias("_whole"),
    )
    joined = figures.with_columns(name_span()).join(
        old, on=list(SHOWN_KEY), how="left", maintain_order="left"
    )
    is_share = pl.col("unit") == "percent"
    top = (pl.col("numerator") - pl.col("_top")).abs()
    whole = (pl.col("denominator") - pl.col("_whole")).abs()
    rest = (
        (pl.col("denominator") - pl.col("numerator"))
        - (pl.col("_whole") - pl.col("_top"))
    ).abs()

    def small(change: pl.Expr) -> pl.Expr:
        return (change > 0) & (change < smallest_shown)

    changed = (
        is_ours()
        & (pl.col("breakdown") == "total")
        & (pl.col("unit") == pl.col("_unit"))
        & (small(top) | (is_share & (small(whole) | small(rest))))
    ).fill_null(False)
    stands = pl.col("_stands")
    told = joined.with_columns(changed.alias("_stands")).with_columns(
        numerator=pl.when(stands).then("_top").otherwise("numerator"),
        denominator=pl.when(stands & is_share).then("_whole").otherwise("denominator"),
        status=pl.when(stands)
        .then(pl.lit(Status.PROVISIONAL.value))
        .otherwise("status"),
        why=pl.when(stands).then(pl.lit(STANDS_WHY)).otherwise("why"),
        unknown=pl.when(stands).then(None).otherwise("unknown"),
    )
    value = pl.when(stands).then(value_expression()).otherwise("value").alias("value")
    return told.with_columns(value).select(figures.columns)
