"""What each audience may see of the figures, until disclosure control is complete.

Officers see all. Everybody else sees totals of the authority, annual or rolling 12
months, with counts of 1 to 5, complements of 1 to 5 and whatever is built on them
hidden. Published figures are open already and pass as their publisher printed them.
"""

from enum import StrEnum
from typing import Final

import polars as pl

__all__ = ["Audience", "HIDDEN_WHY", "for_audience"]

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
    return _hide_small(shown)


def _hide_small(figures: pl.DataFrame) -> pl.DataFrame:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    percent = pl.col("unit") == "percent"
    rest = denominator - numerator
    small = _is_small(numerator) | (
        percent & (_is_small(denominator) | _is_small(rest) | _all_or_none(rest))
    )
    # The rows of unknown numerators are a count of children too.
    small = small | _is_small(pl.col("unknown").cast(pl.Float64))
    hide = (pl.col("source") == "own") & small.fill_null(False)
    return figures.with_columns(
        *(
            pl.when(hide).then(None).otherwise(pl.col(name)).alias(name)
            for name in ("numerator", "value", "unknown")
        ),
        denominator=pl.when(hide & percent).then(None).otherwise(denominator),
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
