"""Statistical neighbours: which model, and the mean and median of their values.

The mean is the plain, unweighted mean of the published values; a neighbour without a
value is skipped and the number available is given, so that a page can hide a mean of
too few.
"""

import polars as pl

from openscrutiny.errors import OpenScrutinyError

__all__ = ["choose_model", "neighbour_statistics", "select_neighbours"]


def choose_model(neighbours: pl.DataFrame, model: str | None) -> str | None:
    """Choose the model asked for, or the latest year that is loaded; None without any.

    A council's own group is a model with a name: it is taken where it is asked for.
    """
    loaded = sorted(neighbours["model"].drop_nulls().unique().to_list())
    if model is None:
        years = [name for name in loaded if name.isdigit()]
        return str(years[-1]) if years else None
    if model not in loaded:
        held = ", ".join(loaded) if loaded else "none"
        raise OpenScrutinyError(
            f"The neighbour model {model} is not loaded (loaded: {held}).",
            "Load its workbook, or leave the model out to use the latest.",
        )
    return model


def select_neighbours(neighbours: pl.DataFrame, model: str | None) -> pl.DataFrame:
    """Give one model's pairs, each once: `area_code`, `neighbour_code`."""
    return (
        neighbours.filter(pl.col("model") == pl.lit(model, pl.String))
        .filter(pl.col("neighbour_code").is_not_null())
        .sort("area_code", "position", maintain_order=True)
        .select("area_code", "neighbour_code")
        .unique(maintain_order=True)
    )


def neighbour_statistics(
    values: pl.LazyFrame, pairs: pl.DataFrame, by: str
) -> pl.LazyFrame:
    """Summarise the neighbours' values for each `by` and authority of `pairs`.

    `values` has `by`, `area_code` and `value`. Gives neighbour_mean and
    neighbour_median (null where no neighbour has a value), neighbours_available and
    neighbours_listed.
    """
    value = pl.col("value")
    # Three digits: as a number it joins faster than as text.
    number = pl.col("area_code").cast(pl.Int32, strict=False)
    near = pairs.lazy().select(
        number, pl.col("neighbour_code").cast(pl.Int32, strict=False)
    )
    summary = (
        values.filter(value.is_not_null())
        .select(by, number.alias("neighbour_code"), "value")
        .join(near, on="neighbour_code")
        .group_by(by, "area_code")
        .agg(
            value.mean().alias("neighbour_mean"),
            value.median().alias("neighbour_median"),
            value.len().cast(pl.Int64).alias("neighbours_available"),
        )
    )
    listed = pairs.lazy().group_by("area_code").agg(pl.len().alias("neighbours_listed"))
    return (
        values.select(by)
        .unique()
        .join(listed, how="cross")
        .with_columns(area_number=number)
        .join(
            summary,
            left_on=[by, "area_number"],
            right_on=[by, "area_code"],
            how="left",
        )
        .drop("area_number")
        .with_columns(pl.col("neighbours_available").fill_null(0))
    )
