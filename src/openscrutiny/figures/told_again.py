"""How many facts of a period two returns date differently, said beside its figure."""

import polars as pl
from ibis import _

from openscrutiny.figures.engine import Engine, name_record, write_query
from openscrutiny.figures.queries import Query
from openscrutiny.indicators.definition import Indicator

__all__ = ["say_told_again"]


def say_told_again(
    engine: Engine, indicator: Indicator, figures: pl.DataFrame
) -> pl.DataFrame:
    """Add to why a total is as it is how many were told again; `figures` has FIGURE_SCHEMA.

    The number is of those dated in the period by the return that is not followed, or by
    the one that tells of an end which the return of the day had left open.
    """
    if indicator.told_again is None:
        return figures
    spans = engine.timeline(indicator.looked_up_in)
    told = engine.run(
        engine.queries.find(indicator, "told again", _count_by_day),
        engine.sources(spans),
    )
    if told.is_empty():
        return figures
    keys = ["area_code", "period_start", "period_end"]
    totals = figures.filter(
        (pl.col("breakdown") == "total")
        & pl.col("status").is_in(["final", "provisional"])
    )
    counted = (
        totals.select(keys)
        .unique()
        .join(told, on="area_code")
        .filter(pl.col("on").is_between("period_start", "period_end"))
        .group_by(keys)
        .agg(pl.col("again").sum())
    )
    said = pl.concat_str(pl.col("why").fill_null(""), pl.lit(" "), _words()).str
    is_told = (
        (pl.col("breakdown") == "total")
        & pl.col("status").is_in(["final", "provisional"])
        & pl.col("again").is_not_null()
    )
    return (
        figures.join(counted, on=keys, how="left", maintain_order="left")
        .with_columns(why=pl.when(is_told).then(said.strip_chars()).otherwise("why"))
        .drop("again")
    )


def _words() -> pl.Expr:
    many = pl.col("again").cast(pl.String)
    return (
        pl.when(pl.col("again") == 1)
        .then(pl.lit("1 fact that two returns date differently is counted once."))
        .otherwise(
            pl.concat_str(
                many,
                pl.lit(
                    " facts that two returns date differently are counted once each."
                ),
            )
        )
    )


def _count_by_day(indicator: Indicator) -> Query:
    assert indicator.told_again is not None
    rows = indicator.told_again(name_record())
    by_day = rows.group_by(area_code=_.authority, on=_.on)
    return write_query(by_day.aggregate(again=_.count()))
