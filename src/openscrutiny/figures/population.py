"""Children aged 0 to 17 by authority and year: the denominators of rates."""

from dataclasses import dataclass

import polars as pl

from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import empty_frame

__all__ = ["Population", "find_population"]


@dataclass(frozen=True)
class Population:
    """Hold, for each authority and wanted mid-year, the estimate to divide by.

    `by_wanted_year` has authority, wanted_year, population_year, population: the
    estimate of that year, or the latest earlier one; none where none is loaded.
    """

    by_wanted_year: pl.DataFrame


def find_population(
    journal: Journal, entries: list[LoadEntry], first_year: int, last_year: int
) -> Population:
    """Read the estimates and lay them out over the years wanted."""
    paths = journal.paths("population", entries)
    frame = (
        pl.concat([pl.read_parquet(path) for path in paths])
        if paths
        else empty_frame("population")
    )
    known = (
        frame.filter(
            (pl.col("age_group") == "0 to 17")
            & pl.col("population_estimate").is_not_null()
        )
        .sort("load_id")
        .unique(["area_code", "year"], keep="last")  # a later load revises
        .select(
            authority="area_code",
            population_year="year",
            population=pl.col("population_estimate").cast(pl.Float64),
        )
        .sort("population_year")
    )
    years = pl.DataFrame(
        {"wanted_year": list(range(first_year, last_year + 1))},
        schema={"wanted_year": pl.Int32()},
    )
    wanted = (
        known.select(pl.col("authority").unique())
        .join(years, how="cross")
        .sort("wanted_year")
    )
    found = wanted.join_asof(
        known,
        left_on="wanted_year",
        right_on="population_year",
        by="authority",
        strategy="backward",
        check_sortedness=False,
    )
    return Population(found)
