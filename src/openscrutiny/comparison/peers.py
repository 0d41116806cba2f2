"""The quarters of peers in sum: median, range, and how many of how many have a figure.

Only equal quarters are put together. A region's own line is none of the peers, and
neither are we nor an authority that has ended.
"""

from typing import Final

import polars as pl

from openscrutiny.geography import ENDED_AUTHORITIES

FEWEST_PEERS: Final = 6  # below, a median says little of a region


def select_peers(figures: pl.DataFrame, area_code: str) -> pl.DataFrame:
    """Give the rows of the other authorities that exist, with or without a figure."""
    code = pl.col("area_code")
    return figures.filter(
        code.str.contains(r"^\d{3}$")
        & (code != area_code)
        & ~code.is_in(sorted(ENDED_AUTHORITIES))
    )


def summarise_quarters(figures: pl.DataFrame, area_code: str) -> pl.DataFrame:
    """Summarise the peers of each quarter of one indicator and collection.

    Gives `period_end`, `median`, `lowest`, `highest` (null where no peer has a
    figure), `available` and `listed`, oldest first. A hidden figure is listed and
    never counted as 0.
    """
    value = pl.col("value")
    return (
        select_peers(figures, area_code)
        .group_by("period_end")
        .agg(
            value.median().alias("median"),
            value.min().alias("lowest"),
            value.max().alias("highest"),
            value.count().cast(pl.Int64).alias("available"),
            pl.len().cast(pl.Int64).alias("listed"),
        )
        .sort("period_end")
    )
