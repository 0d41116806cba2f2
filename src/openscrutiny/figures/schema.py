"""The tidy table of figures: its columns, and the one value function."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from openscrutiny.indicators.definition import Unit
from openscrutiny.indicators.measures import divide

__all__ = [
    "FIGURE_COLUMNS",
    "FIGURE_SCHEMA",
    "OWN",
    "OWN_COUNT",
    "fill_up",
    "is_ours",
    "value_expression",
]

# How a figure was fed, as its source says, where it is the council's own.
OWN: Final = "own"  # counted from the rows of its returns
OWN_COUNT: Final = "own count"  # given by somebody; no rows stand behind it

# The columns that others rely on, in their order (docs/reference/interface).
FIGURE_COLUMNS: Final[tuple[str, ...]] = (
    "indicator",
    "code",
    "area_code",
    "area_name",
    "period_type",
    "period_start",
    "period_end",
    "breakdown",
    "category",
    "numerator",
    "denominator",
    "value",
    "unit",
    "status",
    "source",
    "edition",
)

# What a snapshot holds: those, and what the pages need beside them.
FIGURE_SCHEMA: Final[dict[str, pl.DataType]] = {
    "indicator": pl.String(),
    "code": pl.String(),
    "area_code": pl.String(),
    "area_name": pl.String(),
    "period_type": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "breakdown": pl.String(),
    "category": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "unit": pl.String(),
    "status": pl.String(),
    "source": pl.String(),
    "edition": pl.String(),
    "unknown": pl.Int64(),  # rows of the denominator whose numerator is not known
    "why": pl.String(),  # why a figure is provisional, hidden or not there
    "year_label": pl.String(),  # the publisher's own label of the period
    "fed_by": pl.String(),  # the return that feeds it: "cin/2025", "annex-a/..."
    # Why the figure is shown and not judged: it takes no colour, promise, streak,
    # trend, headline or "since the last paper". "" or null where it may.
    "held": pl.String(),
    "given_by": pl.String(),  # of an own count: who gave it, and when
}


def fill_up(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Give the columns of a schema; one that came after the frame was written is null."""
    lacking = [
        pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
        if name not in frame.columns
    ]
    return frame.with_columns(lacking).select(list(schema))


def is_ours() -> pl.Expr:
    """Tell of a figure whether it is the council's own, however it was fed."""
    return pl.col("source").is_in([OWN, OWN_COUNT])


def value_expression() -> pl.Expr:
    """Compute every value, own or published with counts, from its two parts.

    count: numerator; of_total too, where there is a total. percent: 100 n / d.
    rate_per_10_000: 10,000 n / d. Null where a part is null or the denominator is 0;
    never rounded.
    """
    unit, top = pl.col("unit"), pl.col("numerator")
    factors = {str(each): each.factor for each in Unit}
    factor = unit.replace_strict(factors, default=1.0, return_dtype=pl.Float64)
    return (
        pl.when(unit == Unit.COUNT)
        .then(top)
        .when(unit == Unit.OF_TOTAL)
        .then(pl.when(pl.col("denominator") > 0).then(top))
        .otherwise(divide(factor))
        .alias("value")
    )
