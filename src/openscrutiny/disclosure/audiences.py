"""What each audience may see of the figures, until disclosure control is complete.

Officers see all. Everybody else sees totals of the authority, annual or rolling 12
months, with counts of 1 to 5, complements of 1 to 5 and whatever is built on them
hidden. Published figures are open already and pass as their publisher printed them;
what peers exchange is seen by nobody else unless its sender says so.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import polars as pl

from openscrutiny.indicators.flows import STOCKS
from openscrutiny.periods import add_months

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
    return _hide_small(_hide_flows(shown, own), own)


def _hide_flows(figures: pl.DataFrame, own: pl.Expr) -> pl.DataFrame:
    """Hide the flow that would give a small stock, or a small other flow, away.

    A stock at the end is the one at the start with what came and without what went, so
    of these four any three give the fourth.
    """
    for stock in STOCKS:
        small = {
            part: _small_ends(figures.filter(own), code, count)
            for part, code, count in (
                ("stock", stock.code, "numerator"),
                ("came", stock.came.code, stock.came.part),
                ("went", stock.went.code, stock.went.part),
            )
        }
        after = [(area, add_months(end, 12)) for area, end in small["stock"]]
        for code, ends in (
            (stock.went.code, {*small["stock"], *after, *small["came"]}),
            (stock.came.code, small["went"]),
        ):
            figures = _hide(figures, own & (pl.col("code") == code) & _is_at(ends))
    return figures


def _small_ends(figures: pl.DataFrame, code: str, count: str) -> set[tuple[str, date]]:
    """List the areas and last days at which this count is small."""
    rows = figures.filter((pl.col("code") == code) & _is_small(pl.col(count)))
    return set(rows.select("area_code", "period_end").iter_rows())


def _is_at(ends: Iterable[tuple[str, date]]) -> pl.Expr:
    wanted = [f"{area} {end.isoformat()}" for area, end in ends]
    at = pl.concat_str("area_code", pl.lit(" "), pl.col("period_end").cast(pl.String))
    return at.is_in(wanted)


def peers_for_audience(
    peers: pl.DataFrame, audience: Audience | str, ours: str = ""
) -> pl.DataFrame:
    """Give the peers' quarters that this audience may see; none unless they are shared.

    Small numbers are hidden as in our own figures, and so is a value whose counts are
    not given, since a small one cannot be ruled out. `ours` is our own area: its
    quarters would give away those that our own figures keep back, so officers alone see
    them. They alone see a region's line too, which gives back whoever is left out.
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
    kept = pl.col("seen") & is_authority & (pl.col("area_code") != ours)
    return figures.filter(kept).drop("seen")


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
