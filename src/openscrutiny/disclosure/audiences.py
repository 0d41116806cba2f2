"""What each audience may see of the figures, until disclosure control is complete.

Officers see all. Everybody else sees totals of the authority, annual or rolling 12
months, with counts of 1 to 5, complements of 1 to 5 and whatever is built on them
hidden. Published figures are open already and pass as their publisher printed them;
what peers exchange is seen by nobody else unless its sender says so.
"""

from enum import StrEnum
from typing import Final

import polars as pl

__all__ = ["Audience", "HIDDEN_WHY", "for_audience", "peers_for_audience"]

SMALLEST_SHOWN: Final = 6
HIDDEN_WHY: Final = "Hidden to protect children’s privacy."
_OPEN_PERIODS: Final = (
    "rolling_12_months",
    "financial_year",
    "calendar_year",
    "academic_year",
)


class Audience(StrEnum):
    """Name who reads."""

    OFFICERS = "officers"
    MEMBERS = "members"
    PUBLIC = "public"


# Whom the sender of a peer's figure lets see it; nobody else does.
_SHARED_WITH: Final = {
    Audience.MEMBERS: ("members", "public"),
    Audience.PUBLIC: ("public",),
}


def for_audience(figures: pl.DataFrame, audience: Audience | str) -> pl.DataFrame:
    """Give the figures that this audience may see, small numbers hidden.

    A hidden row keeps its place with status "hidden" and no number in it.
    """
    if Audience(audience) is Audience.OFFICERS:
        return figures
    own = pl.col("source") == "own"
    shown = figures.filter(
        ~own
        | (
            (pl.col("breakdown") == "total")
            & pl.col("period_type").is_in(_OPEN_PERIODS)
        )
    )
    return _hide_small(shown, own)


def peers_for_audience(peers: pl.DataFrame, audience: Audience | str) -> pl.DataFrame:
    """Give the peers' quarters that this audience may see; none unless they are shared.

    Small numbers are hidden as in our own figures, and so is a value whose counts are
    not given, since a small one cannot be ruled out. A region's line would give back
    the one authority that is left out, so it stands only where all the others do.
    """
    chosen = Audience(audience)
    if chosen is Audience.OFFICERS or peers.is_empty():
        return peers
    shared = pl.col("shared").is_in(_SHARED_WITH[chosen])
    figures = _hide_small(peers.with_columns(seen=shared), shared)
    counted = pl.col("numerator").is_not_null() & (
        (pl.col("unit") == "count") | pl.col("denominator").is_not_null()
    )
    figures = _hide(figures, pl.col("value").is_not_null() & ~counted)
    is_authority = pl.col("area_code").str.contains(r"^\d{3}$")
    left_out = is_authority & (~pl.col("seen") | pl.col("value").is_null())
    some_left_out = left_out.any().over("source", "indicator", "period_end")
    figures = _hide(figures, ~is_authority & some_left_out)
    return figures.filter("seen").drop("seen")


def _hide_small(figures: pl.DataFrame, whose: pl.Expr) -> pl.DataFrame:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    percent = pl.col("unit") == "percent"
    rest = denominator - numerator
    small = _is_small(numerator) | (
        percent & (_is_small(denominator) | _is_small(rest) | _all_or_none(rest))
    )
    # The rows of unknown numerators are a count of children too.
    small = small | _is_small(pl.col("unknown").cast(pl.Float64))
    return _hide(figures, whose & small.fill_null(False))


def _hide(figures: pl.DataFrame, hide: pl.Expr) -> pl.DataFrame:
    percent = pl.col("unit") == "percent"
    return figures.with_columns(
        *(
            pl.when(hide).then(None).otherwise(pl.col(name)).alias(name)
            for name in ("numerator", "value", "unknown")
        ),
        denominator=pl.when(hide & percent).then(None).otherwise(pl.col("denominator")),
        status=pl.when(hide).then(pl.lit("hidden")).otherwise("status"),
        why=pl.when(hide).then(pl.lit(HIDDEN_WHY)).otherwise("why"),
    )


def _is_small(count: pl.Expr) -> pl.Expr:
    return (count > 0) & (count < SMALLEST_SHOWN)


def _all_or_none(rest: pl.Expr) -> pl.Expr:
    """Spot 0% and 100% of a small group: a disclosure though no count is small."""
    few = pl.col("denominator") < 10
    return (
        few & ((pl.col("numerator") == 0) | (rest == 0)) & (pl.col("denominator") > 0)
    )
