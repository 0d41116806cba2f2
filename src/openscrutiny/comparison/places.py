"""Which places are compared: authorities that have ended, regions, and England.

Codes and dates are facts of the Department for Education's list of authorities.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from openscrutiny.geography import ENDED_AUTHORITIES, REGION_NAMES

LONDON: Final = "E12000007"
_PARTS_OF_LONDON: Final = "E13"  # Inner and Outer London are no regions of their own


def is_compared() -> pl.Expr:
    """Tell whether a row is of an authority that still exists.

    Numbers from 970 stand for England and regions in some publishers' files.
    """
    ended = pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))
    return _is_authority() & ~ended


def _is_authority() -> pl.Expr:
    code = pl.col("area_code")  # letters sort after digits, so E12 is above 970
    return (
        (pl.col("area_level") == "authority")
        & (code.str.len_bytes() == 3)
        & (code < "970")
    )


def is_wanted(areas_wanted: Sequence[str]) -> pl.Expr:
    """Tell whether a row is of an authority asked for by its number, ended or not."""
    return _is_authority() & pl.col("area_code").is_in(list(areas_wanted))


def region_name(code: pl.Expr) -> pl.Expr:
    """Name a region by its code, since publishers spell the same region differently."""
    return code.replace_strict(REGION_NAMES, default=None, return_dtype=pl.String)


def find_home_regions(published: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Find each authority's region: `area_code`, `home`.

    One publisher sets Outer London beside a borough and another sets London, so the
    part of London is taken wherever any of them names it.
    """
    columns = ["area_code", "region_code"]
    return (
        pl.concat(
            [
                areas.lazy().select(columns),
                published.lazy()
                .filter(pl.col("area_level") == "authority")
                .select(columns)
                .unique(),
            ]
        )
        .filter(pl.col("region_code").is_in(list(REGION_NAMES)))
        .group_by("area_code")
        # E13 sorts after E12, so the largest code is the part of London.
        .agg(pl.col("region_code").max().alias("home"))
        .collect()
    )


def nearest_region(own: pl.Expr, home: pl.Expr) -> pl.Expr:
    """Choose an authority's region for one measure, Inner or Outer London preferred.

    The region that the measure's own row names counts first, save that a borough
    said to lie in London lies in its part of London.
    """
    in_london = own.str.starts_with(_PARTS_OF_LONDON) | (own == LONDON)
    return (
        pl.when(own.is_null() | ~own.is_in(list(REGION_NAMES)))
        .then(home)
        .when(in_london & home.str.starts_with(_PARTS_OF_LONDON))
        .then(home)
        .otherwise(own)
    )


def is_part_of_london(code: pl.Expr) -> pl.Expr:
    """Tell whether a region is Inner or Outer London."""
    return code.str.starts_with(_PARTS_OF_LONDON)
