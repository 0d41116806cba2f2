"""Rank, quartiles and band of one measure's values, as the published tools count them.

Everything is on unrounded values. Only authorities that still exist take part, and
only those with a value.
"""

import polars as pl

_BANDS = ("A", "B", "C", "D")


def rank_authorities(pool: pl.LazyFrame) -> pl.LazyFrame:
    """Add rank, ranked, band, q1, q2 and q3 to `key`, `value`, `polarity`, `bandable`.

    Ties share the lowest rank and rank 1 is always the best; without polarity nothing
    is ranked. Quartiles interpolate linearly (R's default, type 7).
    """
    value = pl.col("value")
    # Turning the sign for High makes the smallest the best in every measure.
    badness = pl.when(pl.col("polarity") == "High").then(-value).otherwise(value)
    has_direction = pl.col("polarity") != ""
    cuts = pool.group_by("key").agg(
        value.count().cast(pl.Int64).alias("ranked"),
        *(value.quantile(part / 4, "linear").alias(f"q{part}") for part in range(1, 4)),
    )
    return (
        pool.with_columns(rank=badness.rank("min").over("key").cast(pl.Int64))
        .join(cuts, on="key", how="left", maintain_order="left")
        .with_columns(
            rank=pl.when(has_direction).then("rank"),
            ranked=pl.when(has_direction).then("ranked"),
            band=band_expression(),
        )
    )


def band_expression() -> pl.Expr:
    """Give the band letter: upper ends are inclusive and A is the best quarter.

    Null where the publisher says not to band, without polarity and without a value.
    """
    value = pl.col("value")
    quarter = (
        pl.when(value <= pl.col("q1"))
        .then(0)
        .when(value <= pl.col("q2"))
        .then(1)
        .when(value <= pl.col("q3"))
        .then(2)
        .otherwise(3)
    )
    best_first = pl.when(pl.col("polarity") == "High").then(3 - quarter)
    letter = best_first.otherwise(quarter).replace_strict(
        dict(enumerate(_BANDS)), return_dtype=pl.String
    )
    banded = (pl.col("polarity") != "") & pl.col("bandable") & value.is_not_null()
    return pl.when(banded).then(letter)
