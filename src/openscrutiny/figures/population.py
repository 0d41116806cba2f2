"""People by authority, ages and year: the denominators of rates."""

from dataclasses import dataclass

import polars as pl

from openscrutiny.indicators.definition import Unit
from openscrutiny.indicators.measures import Measure
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import empty_frame

__all__ = ["Population", "divide_by_people", "find_population"]


@dataclass(frozen=True)
class Population:
    """Hold, for each authority, ages and wanted mid-year, the estimate to divide by.

    `by_wanted_year` has authority, age_group, wanted_year, population_year, population:
    the estimate of that year, or the latest earlier one; none where none is loaded.
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
        frame.filter(pl.col("population_estimate").is_not_null())
        .sort("load_id")
        # A later load revises.
        .unique(["area_code", "age_group", "year"], keep="last")
        .select(
            "age_group",
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
        known.select("authority", "age_group")
        .unique()
        .join(years, how="cross")
        .sort("wanted_year")
    )
    found = wanted.join_asof(
        known,
        left_on="wanted_year",
        right_on="population_year",
        by=["authority", "age_group"],
        strategy="backward",
        check_sortedness=False,
    )
    return Population(found)


def divide_by_people(
    frame: pl.DataFrame, measure: Measure, population: Population
) -> pl.DataFrame:
    """Give totals the people of the measure to be divided by; without them, a count.

    Of no other category are people known, so breakdowns are counts.
    """
    people = population.by_wanted_year.filter(
        pl.col("age_group") == measure.population
    ).drop("age_group")
    frame = frame.with_columns(wanted_year=_population_year()).join(
        people, on=["authority", "wanted_year"], how="left"
    )
    total = pl.col("breakdown") == "total"
    divided = pl.when(total).then("population")
    older = total & (pl.col("population_year") < pl.col("wanted_year"))
    known = pl.col("status").is_in(["final", "provisional"])
    return frame.with_columns(
        denominator=pl.when(known).then(divided),
        unit=pl.when(divided.is_not_null())
        .then(pl.lit(str(measure.unit)))
        .otherwise(pl.lit(str(Unit.COUNT))),
        status=pl.when(older & known).then(pl.lit("provisional")).otherwise("status"),
        why=pl.when(older & known)
        .then(
            pl.concat_str(
                pl.col("why"),
                pl.when(pl.col("why") == "").then(pl.lit("")).otherwise(pl.lit(" ")),
                pl.lit("Divided by the population of mid-"),
                pl.col("population_year").cast(pl.String),
                pl.lit(", the latest loaded."),
            )
        )
        .otherwise("why"),
    )


def _population_year() -> pl.Expr:
    """Give the mid-year of the estimate: the year before the March year end."""
    end = pl.col("period_end")
    return end.dt.year() - pl.when(end.dt.month() <= 3).then(1).otherwise(0)
