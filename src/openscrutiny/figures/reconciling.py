"""Our own figures beside the publisher's of the same period: equal, or named apart.

A difference beyond rounding holds our figures of that indicator back, from the period
on until the next that can be compared, so that the published figure stays in the
headline until an officer accepts ours. See docs/counting-rules.md, "Reconciled".
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from openscrutiny.figures.schema import OWN_COUNT
from openscrutiny.record.confirmations import Confirmation, Subject

__all__ = ["DIFFERENCES", "difference_key", "find_differences", "hold_differing"]

# One row for an indicator, area and period of which both have a figure and differ.
DIFFERENCES: Final[dict[str, pl.DataType]] = {
    "indicator": pl.String(),
    "code": pl.String(),
    "area_code": pl.String(),
    "period_type": pl.String(),
    "period_end": pl.Date(),
    "unit": pl.String(),
    "own": pl.Float64(),
    "published": pl.Float64(),
    "publication": pl.String(),
    "year_label": pl.String(),
    "accepted_by": pl.String(),  # "" while nobody has
    "source": pl.String(),  # how ours was fed
}
_AT: Final = ["indicator", "area_code", "period_type", "period_end", "unit"]
_MOST_DECIMALS: Final = 6


def difference_key(area_code: str, indicator: str, period_end: object) -> str:
    """Name a difference, as an officer's word on it does."""
    return f"{area_code}/{indicator}/{period_end}"


def find_differences(
    own: pl.DataFrame,
    published: pl.DataFrame,
    confirmed: Mapping[tuple[Subject, str], Confirmation],
) -> pl.DataFrame:
    """List where both have a total of one period, and differ beyond rounding.

    Both are of FIGURE_SCHEMA. A rate that we can only give as a count, since no
    population is loaded, is set against the published count. Returns DIFFERENCES.
    """
    ours = _totals(own).select(*_AT, "source", own="value")
    theirs = pl.concat([_totals(published), _counts_of_rates(published)]).select(
        *_AT, "code", publication="source", published="value", year_label="year_label"
    )
    both = ours.join(theirs.unique(_AT, keep="first", maintain_order=True), on=_AT)
    apart = (pl.col("own") - pl.col("published")).abs() > _rounding() * (1 + 1e-9)
    keys = pl.concat_str("area_code", "indicator", "period_end", separator="/")
    words = {
        key: word.confirmed_by
        for (subject, key), word in confirmed.items()
        if subject is Subject.DIFFERENCE
    }
    found = both.filter(apart).with_columns(
        accepted_by=keys.replace_strict(words, default="", return_dtype=pl.String)
    )
    return found.select(
        pl.col(name).cast(kind) for name, kind in DIFFERENCES.items()
    ).sort("code", "area_code", "period_end")


def hold_differing(
    own: pl.DataFrame, published: pl.DataFrame, differences: pl.DataFrame
) -> pl.DataFrame:
    """Hold each own figure whose nearest period with both figures differs.

    Nearest is the latest that ends on or before the figure's last day, else the first
    after it. Where an officer accepted ours, the difference is named and nothing held.
    """
    if differences.is_empty():
        return own
    both = _compared_periods(own, published)
    marks = both.join(
        differences, on=["indicator", "area_code", "period_end"], how="left"
    ).select(
        "indicator",
        "area_code",
        compared_end="period_end",
        said=_words(),
        holds=pl.col("own").is_not_null() & (pl.col("accepted_by") == ""),
    )
    numbered = own.with_row_index("_place")
    near = _nearest(numbered, marks)
    joined = numbered.join(near, on="_place", how="left").sort("_place")
    told = pl.col("said").is_not_null() & pl.col("value").is_not_null()
    return joined.with_columns(
        why=pl.when(told).then(_append("why", "said")).otherwise("why"),
        held=pl.when(told & pl.col("holds"))
        .then(_append("held", "said"))
        .otherwise("held"),
    ).select(own.columns)


def _nearest(numbered: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    """Give each figure the mark of the nearest compared period."""
    keys = ["indicator", "area_code"]
    wanted = numbered.select("_place", *keys, "period_end").sort("period_end")
    ordered = marks.sort("compared_end")
    before = wanted.join_asof(
        ordered,
        left_on="period_end",
        right_on="compared_end",
        by=keys,
        check_sortedness=False,
    )
    after = wanted.join_asof(
        ordered,
        left_on="period_end",
        right_on="compared_end",
        by=keys,
        strategy="forward",
        check_sortedness=False,
    )
    both = before.join(after, on="_place", suffix="_after")
    first = pl.col("compared_end").is_null()
    return both.select(
        "_place",
        said=pl.when(first).then("said_after").otherwise("said"),
        holds=pl.when(first).then("holds_after").otherwise("holds"),
    )


def _compared_periods(own: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    keys = ["indicator", "area_code", "period_type", "period_end"]
    ours = _totals(own).select(keys).unique()
    theirs = _totals(published).select(keys).unique()
    both = ours.join(theirs, on=keys).drop("period_type")
    return both.unique(maintain_order=True)


def _totals(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.filter(
        (pl.col("breakdown") == "total") & pl.col("value").is_not_null()
    )


def _counts_of_rates(published: pl.DataFrame) -> pl.DataFrame:
    rates = _totals(published).filter(
        (pl.col("unit") == "rate_per_10_000") & pl.col("numerator").is_not_null()
    )
    return rates.with_columns(value=pl.col("numerator"), unit=pl.lit("count"))


def _rounding() -> pl.Expr:
    """Give half of the last digit that the publisher prints.

    Of counts, publishers round to 5 or 10: a count that ends in 5 or 0 may be so.
    """
    value = pl.col("published")
    half = pl.lit(0.5 * 10.0**-_MOST_DECIMALS)
    for places in reversed(range(_MOST_DECIMALS)):
        exact = (value - value.round(places)).abs() < 1e-9
        half = pl.when(exact).then(0.5 * 10.0**-places).otherwise(half)
    count = pl.col("unit") == "count"
    of_count = (
        pl.when(value % 10 == 0).then(5.0).when(value % 5 == 0).then(2.5).otherwise(0.0)
    )
    # 23.0 may be printed among values of one decimal: the finest of them speaks for all.
    finest = half.min().over("indicator", "unit")
    return pl.when(count).then(of_count).otherwise(finest)


def _words() -> pl.Expr:
    """Say both numbers; our own with as many decimals as the publisher gives."""
    text = pl.format(
        "The publisher has {} for {}, and our own {} gives {}",
        _number("published"),
        pl.when(pl.col("year_label") != "")
        .then("year_label")
        .otherwise(pl.col("period_end").cast(pl.String)),
        pl.when(pl.col("source") == OWN_COUNT)
        .then(pl.lit("count"))
        .otherwise(pl.lit("return")),
        _number("own"),
    )
    accepted = pl.format("; {} accepted ours.", pl.col("accepted_by"))
    waiting = pl.lit("; nobody has accepted ours yet.")
    return pl.concat_str(
        text, pl.when(pl.col("accepted_by") != "").then(accepted).otherwise(waiting)
    )


def _number(column: str) -> pl.Expr:
    def write(value: float) -> str:
        return f"{value:,.1f}".removesuffix(".0")

    return pl.col(column).map_elements(write, return_dtype=pl.String)


def _append(column: str, more: str) -> pl.Expr:
    before = pl.col(column).fill_null("")
    return (
        pl.when(before == "")
        .then(more)
        .otherwise(pl.concat_str(before, pl.lit(" "), more))
    )
