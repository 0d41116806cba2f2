"""Statistical neighbours: which model, and the mean and median of their values.

The mean is the plain, unweighted mean of the published values; a neighbour without a
value is skipped and the number available is given, so that a page can hide a mean of
too few.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

from openscrutiny.errors import OpenScrutinyError

Numbers = npt.NDArray[np.float64]


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

    `values` has `by`, `area_code` and `value`, one row each. Gives neighbour_mean and
    neighbour_median (null where no neighbour has a value), neighbours_available and
    neighbours_listed.
    """
    held = values.select(by, "area_code", "value").collect()
    groups = held.select(by).unique(maintain_order=True)
    areas = pairs["area_code"].unique(maintain_order=True)
    near = _gather(held, groups, pairs, areas)
    available = np.sum(~np.isnan(near), axis=2)
    # A mean of nobody would warn; it is made null below.
    divisor = np.maximum(available, 1)
    means = np.nansum(near, axis=2) / divisor
    return (
        groups.lazy()
        .join(areas.to_frame().lazy(), how="cross", maintain_order="left_right")
        .with_columns(
            neighbour_mean=pl.Series(means.ravel()),
            neighbour_median=pl.Series(_medians(near, divisor).ravel()),
            neighbours_available=pl.Series(available.ravel(), dtype=pl.Int64),
        )
        .with_columns(
            pl.when(pl.col("neighbours_available") > 0).then(
                pl.col("neighbour_mean", "neighbour_median")
            )
        )
        .join(
            pairs.lazy().group_by("area_code").agg(pl.len().alias("neighbours_listed")),
            on="area_code",
            how="left",
        )
    )


def _gather(
    held: pl.DataFrame, groups: pl.DataFrame, pairs: pl.DataFrame, areas: pl.Series
) -> Numbers:
    """Set the neighbours' values in groups by areas by neighbours, NaN for none.

    A table to look numbers up in: joining every value with every list that names it
    makes ten times as many rows, and took most of a comparison's time.
    """
    (by,) = groups.columns
    codes = held["area_code"].unique()
    columns = dict(zip(codes, range(len(codes)), strict=True))
    numbered = held.join(groups.with_row_index("row"), on=by, maintain_order="left")
    column = numbered["area_code"].replace_strict(columns, return_dtype=pl.Int64)
    # The last column is of nobody.
    table = np.full((groups.height, len(codes) + 1), np.nan)
    table[numbered["row"], column] = numbered["value"].to_numpy()
    lists = {area: [columns.get(c, -1) for c in near] for area, near in _lists(pairs)}
    longest = max(map(len, lists.values()), default=0)
    wanted = np.array(
        [lists[area] + [-1] * (longest - len(lists[area])) for area in areas],
        dtype=np.int64,
    ).reshape(len(areas), longest)
    return np.asarray(table[:, wanted])


def _lists(pairs: pl.DataFrame) -> Iterable[tuple[str, list[str]]]:
    grouped = pairs.group_by("area_code", maintain_order=True).agg("neighbour_code")
    return grouped.iter_rows()


def _medians(near: Numbers, available: npt.NDArray[np.int64]) -> Numbers:
    """Give the middle of those that are there; NaN sorts last."""
    if near.shape[2] == 0:
        return np.full(near.shape[:2], np.nan)
    ordered = np.sort(near, axis=2)
    middles = (((available - 1) // 2), available // 2)
    low, high = (
        np.take_along_axis(ordered, at[:, :, np.newaxis], axis=2)[:, :, 0]
        for at in middles
    )
    return np.asarray((low + high) / 2)
