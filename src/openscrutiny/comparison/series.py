"""The lines of one measure over the years: own, England, region and neighbours.

Today's neighbours are taken for every past year, as the published tools do, and each
year says how many of them have a value.
"""

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
    nearest_region,
)
from openscrutiny.comparison.years import latest_kind, latest_label
from openscrutiny.geography import ENGLAND, REGION_NAMES
from openscrutiny.record.published_periods import with_periods
from openscrutiny.record.tables import empty_frame
from openscrutiny.record.year_labels import label_order

SERIES_SCHEMA: Final[dict[str, pl.DataType]] = {
    "line": pl.String(),  # own, England, region, neighbours or forecast
    "area_code": pl.String(),
    "area_name": pl.String(),
    "year_label": pl.String(),
    "year": pl.Int32(),
    "value": pl.Float64(),
    "raw": pl.String(),
    "symbol": pl.String(),
    "neighbour_median": pl.Float64(),
    "neighbours_available": pl.Int64(),
    "neighbours_listed": pl.Int64(),
    "neighbour_model": pl.String(),
}


def published_series(
    published: pl.DataFrame,
    measure: str,
    filters: str,
    area_code: str,
    *,
    neighbours: pl.DataFrame | None = None,
    areas: pl.DataFrame | None = None,
    model: str | None = None,
    as_at: date | None = None,
) -> pl.DataFrame:
    """Give a measure's rows for drawing, in SERIES_SCHEMA, by line and year.

    `line` is "own", "England", "region" (the comparison's: Inner or Outer London where
    it has a value in the latest year) or "neighbours", whose value is their mean. A
    value that was not published keeps `raw` and `symbol` and is null: a gap, never
    zero. Of rows that repeat an area and label the first is kept. The periods are those
    that the comparison takes; our values of periods that have not ended by `as_at` are
    the line "forecast".
    """
    chosen = published.filter(
        (pl.col("measure") == measure)
        & (pl.col("filters").fill_null("") == filters)
        & pl.col("year_label").is_not_null()
        & (pl.col("year_label") != "")
    )
    whole = _of_one_kind(chosen, as_at)
    rows = whole.filter(~pl.col("is_forecast"))
    region = _find_region(rows, area_code, areas)
    lines = [
        _line(rows, "own", area_code),
        _line(rows, "England", ENGLAND),
        _line(rows, "region", region),
        _neighbour_line(rows, area_code, neighbours, model),
        _line(whole.filter(pl.col("is_forecast")), "forecast", area_code),
    ]
    drawn = pl.concat([pl.DataFrame(schema=SERIES_SCHEMA), *lines], how="diagonal")
    return drawn.select(*SERIES_SCHEMA)


def _of_one_kind(chosen: pl.DataFrame, as_at: date | None) -> pl.DataFrame:
    """Keep the periods that the comparison takes, labelled as it labels them."""
    dated = with_periods(chosen.lazy(), as_at).filter(pl.col("is_possible")).collect()
    kind = latest_kind(dated)
    return (
        dated.filter(pl.col("sequence") == kind)
        .with_columns(year_label=pl.col("words"), year=pl.coalesce("number", "year"))
        .unique(["area_code", "year_label"], keep="first", maintain_order=True)
        .with_columns(pl.col("value").fill_nan(None))
    )


def _line(rows: pl.DataFrame, line: str, area_code: str | None) -> pl.DataFrame:
    name = pl.lit(REGION_NAMES.get(area_code or ""), pl.String)
    return (
        rows.filter(pl.col("area_code") == pl.lit(area_code, pl.String))
        .sort("year", *label_order("year_label"))
        .select(
            "area_code",
            "year_label",
            "year",
            "value",
            "raw",
            "symbol",
            line=pl.lit(line),
            area_name=pl.coalesce(name, "area_name"),
        )
    )


def _find_region(
    rows: pl.DataFrame, area_code: str, areas: pl.DataFrame | None
) -> str | None:
    """Find the regional row to draw, chosen once for the whole line."""
    latest = latest_label(rows)
    known = areas if areas is not None else empty_frame("areas")
    ours = pl.col("area_code") == area_code
    homes = find_home_regions(rows.filter(ours), known.filter(ours))
    own = (
        rows.filter(ours)
        .filter(pl.col("region_code").is_not_null())
        .sort("year", *label_order("year_label"))
        .tail(1)
        .select("area_code", "region_code")
    )
    asked = pl.DataFrame({"area_code": [area_code]})
    nearest = nearest_region(pl.col("region_code"), pl.col("home"))
    found = (
        asked.join(own, on="area_code", how="left")
        .join(homes, on="area_code", how="left")
        .select(region=nearest, is_part=is_part_of_london(nearest))
        .row(0, named=True)
    )
    region: str | None = found["region"]
    has_value = not rows.filter(
        (pl.col("area_code") == pl.lit(region, pl.String))
        & (pl.col("year_label") == pl.lit(latest, pl.String))
        & pl.col("value").is_not_null()
    ).is_empty()
    return LONDON if found["is_part"] and not has_value else region


def _neighbour_line(
    rows: pl.DataFrame,
    area_code: str,
    neighbours: pl.DataFrame | None,
    model: str | None,
) -> pl.DataFrame:
    """Give the neighbours' mean and median of each year that any authority has."""
    if neighbours is None:
        return pl.DataFrame(schema=SERIES_SCHEMA)
    chosen = choose_model(neighbours, model)
    pairs = select_neighbours(neighbours, chosen).filter(
        pl.col("area_code") == area_code
    )
    authorities = rows.filter(is_compared())
    years = authorities.select("year_label", "year").unique(
        "year_label", maintain_order=True
    )
    return (
        neighbour_statistics(authorities.lazy(), pairs, "year_label")
        .collect()
        .join(years, on="year_label")
        .sort("year", *label_order("year_label"))
        .with_columns(
            line=pl.lit("neighbours"),
            area_name=pl.lit("Statistical neighbours"),
            value=pl.col("neighbour_mean"),
            neighbours_listed=pl.col("neighbours_listed").cast(pl.Int64),
            neighbour_model=pl.lit(chosen, pl.String),
        )
        .drop("neighbour_mean")
    )
