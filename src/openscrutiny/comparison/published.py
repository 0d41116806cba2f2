"""Compare every published measure of every authority with the others.

The arithmetic is that of the Department for Education's local authority interactive
tool; values are never rounded and nothing missing is filled.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.comparison.neighbours import (
    choose_model,
    neighbour_statistics,
    select_neighbours,
)
from openscrutiny.comparison.places import (
    LONDON,
    find_home_regions,
    is_compared,
    is_part_of_london,
    is_wanted,
    nearest_region,
    region_name,
)
from openscrutiny.comparison.ranking import rank_authorities
from openscrutiny.comparison.years import YearRows, select_years
from openscrutiny.figures.names import with_names_of_numbers
from openscrutiny.geography import ENGLAND

COMPARISON_SCHEMA: Final[dict[str, pl.DataType]] = {
    "indicator": pl.String(),
    "measure": pl.String(),
    "filters": pl.String(),
    "area_code": pl.String(),
    "area_name": pl.String(),
    "year": pl.String(),
    "value": pl.Float64(),
    "rank": pl.Int64(),
    "ranked": pl.Int64(),
    "band": pl.String(),
    "q1": pl.Float64(),
    "q2": pl.Float64(),
    "q3": pl.Float64(),
    "neighbour_model": pl.String(),
    "neighbour_mean": pl.Float64(),
    "neighbour_median": pl.Float64(),
    "neighbours_available": pl.Int64(),
    "region_used": pl.String(),
    "region_value": pl.Float64(),
    "england_value": pl.Float64(),
    "change": pl.Float64(),
    "change_from": pl.String(),
    "change_to": pl.String(),
    "polarity": pl.String(),
}


def compare_published(
    published: pl.DataFrame,
    measures: pl.DataFrame,
    neighbours: pl.DataFrame,
    areas: pl.DataFrame,
    *,
    model: str | None = None,
    areas_wanted: Sequence[str] | None = None,
    polarities: Mapping[str, str] | None = None,
    as_at: date | None = None,
) -> pl.DataFrame:
    """Compare each measure's latest year: one row per measure, filters and authority.

    The frames are the record's tables of the same names. An authority has a row where
    the measure has any row of it in any year, so one that lacks the latest year shows
    without a value, rank or band. Authorities that have ended take no part; asked for
    by number in `areas_wanted`, one is shown without rank and band. `polarities`
    ("High", "Low" or "") counts before what the publisher says, by measure. What has
    not ended by `as_at` is a forecast and takes no part.

    `ranked` is null without polarity, `neighbours_available` without a list of
    neighbours, and `change` where either year is missing; the two years are named
    because the row before need not be of the year before. Figures follow the numbers:
    where a row bears the name of another place, its number's own name stands here.
    """
    (compared,) = compare_under_models(
        published,
        measures,
        neighbours,
        areas,
        models=[model],
        areas_wanted=areas_wanted,
        polarities=polarities,
        as_at=as_at,
    )
    return compared


def compare_under_models(
    published: pl.DataFrame,
    measures: pl.DataFrame,
    neighbours: pl.DataFrame,
    areas: pl.DataFrame,
    *,
    models: Sequence[str | None],
    areas_wanted: Sequence[str] | None = None,
    polarities: Mapping[str, str] | None = None,
    as_at: date | None = None,
) -> list[pl.DataFrame]:
    """Compare as `compare_published` does, once under each neighbour model.

    Rank, band, quartiles, region, England and change do not depend on the model and
    are worked out once.
    """
    chosen = [choose_model(neighbours, model) for model in models]
    rows = select_years(published, as_at)
    compared = _add_measures(
        rows.latest.lazy().filter(is_compared()), measures, rows.keys, polarities
    )
    pool = rank_authorities(compared).collect().lazy()  # read three times below
    wanted = is_compared() if areas_wanted is None else is_wanted(areas_wanted)
    shown = _one_row_each(rows, published, wanted)
    cuts = pool.group_by("key").agg(pl.col("ranked", "q1", "q2", "q3").first())
    own = pool.select("key", "area_code", "rank", "band")
    at = ["key", "area_code"]
    homes = find_home_regions(published, areas)
    base = (
        _add_measures(shown, measures, rows.keys, polarities)
        .join(own, on=at, how="left")
        .join(cuts, on="key", how="left")
        .pipe(_add_region, rows.latest.lazy(), homes)
        .join(_england(rows.latest.lazy()), on="key", how="left")
        .join(rows.earlier.lazy(), on=at, how="left")
        .join(rows.keys.lazy(), on="key", how="left")
        .with_columns(change=pl.col("value") - pl.col("before"))
        .sort(at)
        .collect()
    )
    base = with_names_of_numbers(base)
    return [_under_model(base, pool, neighbours, name, areas_wanted) for name in chosen]


def _under_model(
    base: pl.DataFrame,
    pool: pl.LazyFrame,
    neighbours: pl.DataFrame,
    model: str | None,
    areas_wanted: Sequence[str] | None,
) -> pl.DataFrame:
    """Add the neighbours of one model to what is the same under all."""
    pairs = select_neighbours(neighbours, model)
    if areas_wanted is not None:
        pairs = pairs.filter(pl.col("area_code").is_in(list(areas_wanted)))
    near = neighbour_statistics(pool, pairs, "key")
    result = (
        base.lazy()
        .join(near, on=["key", "area_code"], how="left", maintain_order="left")
        .with_columns(model=pl.lit(model, pl.String))
    )
    return _in_columns(result).collect()


def _add_measures(
    rows: pl.LazyFrame,
    measures: pl.DataFrame,
    keys: pl.DataFrame,
    polarities: Mapping[str, str] | None,
) -> pl.LazyFrame:
    """Add `polarity` ("High", "Low" or "") and `bandable` to rows with a `key`."""
    said = (
        measures.lazy()
        .select("measure", "polarity", "bandable")
        .unique("measure", keep="first", maintain_order=True)
    )
    polarity = pl.col("polarity")
    if polarities:
        polarity = pl.col("measure").replace_strict(
            dict(polarities), default=polarity, return_dtype=pl.String
        )
    known = (
        keys.lazy()
        .select("key", "measure")
        .join(said, on="measure", how="left")
        .select(
            "key",
            pl.when(polarity.is_in(["High", "Low"]))
            .then(polarity)
            .otherwise(pl.lit(""))
            .alias("polarity"),
            pl.col("bandable").fill_null(True),
        )
    )
    return rows.join(known, on="key", how="left", maintain_order="left")


def _one_row_each(
    rows: YearRows, published: pl.DataFrame, wanted: pl.Expr
) -> pl.LazyFrame:
    """List the authorities of each measure, those without the latest year included."""
    latest = rows.latest.filter(wanted).select(
        "key", "area_code", "area_name", "region_code", "value", "year_label"
    )
    absent = (
        rows.earlier.select("key", "area_code", area_level=pl.lit("authority"))
        .filter(wanted)
        .join(latest, on=["key", "area_code"], how="anti")
        .drop("area_level")
    )
    if absent.is_empty():
        return latest.lazy()
    names = published.filter(wanted).select("area_code", "area_name")
    named = absent.join(names.unique("area_code", keep="first"), on="area_code")
    return pl.concat([latest, named], how="diagonal").lazy()


def _add_region(
    shown: pl.LazyFrame, latest: pl.LazyFrame, homes: pl.DataFrame
) -> pl.LazyFrame:
    """Add the published regional row: Inner or Outer London if it has a value."""
    regional = latest.filter(pl.col("area_level") == "regional").select(
        "key",
        pl.col("area_code").alias("region"),
        pl.col("value").alias("region_value"),
    )
    part = regional.filter(
        is_part_of_london(pl.col("region")) & pl.col("region_value").is_not_null()
    ).select("key", "region", has_part=True)
    nearest = nearest_region(pl.col("region_code"), pl.col("home"))
    falls_back = is_part_of_london(pl.col("region")) & pl.col("has_part").is_null()
    return (
        shown.join(homes.lazy(), on="area_code", how="left")
        .with_columns(region=nearest)
        .join(part, on=["key", "region"], how="left")
        .with_columns(
            region=pl.when(falls_back).then(pl.lit(LONDON)).otherwise("region")
        )
        .join(
            regional.with_columns(region_used=region_name(pl.col("region"))),
            on=["key", "region"],
            how="left",
        )
    )


def _england(latest: pl.LazyFrame) -> pl.LazyFrame:
    """Give England's published value of each measure."""
    return latest.filter(pl.col("area_code") == ENGLAND).select(
        "key", pl.col("value").alias("england_value")
    )


def _in_columns(result: pl.LazyFrame) -> pl.LazyFrame:
    """Put the result into its columns, order and types."""
    listed = pl.col("neighbours_listed").is_not_null()
    # An authority without a row in the latest year has no change to be told of.
    present = pl.col("year_label").is_not_null()
    compared_with = pl.col("change_from").is_not_null() & present
    return result.with_columns(
        indicator=pl.lit(None, pl.String),
        neighbour_model=pl.when(listed).then("model"),
        change=pl.when(compared_with).then("change"),
        change_from=pl.when(compared_with).then("change_from"),
        change_to=pl.when(compared_with).then("year_label"),
    ).select(pl.col(name).cast(kind) for name, kind in COMPARISON_SCHEMA.items())
