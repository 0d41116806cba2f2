"""Which rows of a published table are compared: the latest year's and those before.

A measure's latest year is the largest year *label*, as text, among the rows of
authorities, whether or not the value is there: an authority without one in that year
has none, and no earlier year stands in for it. Capital letters do not count, so that
"2025 (prov)" comes before "2025 (Rev)" as it does in the published tool.

Where one year stands under two labels, the change is told from the year before: a
revision is no change.
"""

from dataclasses import dataclass

import polars as pl

from openscrutiny.comparison.places import is_compared

__all__ = ["YearRows", "count_repeated_rows", "select_years"]

_LABEL = ["measure", "filters", "year_label"]


@dataclass(frozen=True)
class YearRows:
    """Hold the rows that matter, with `key` standing for measure and filters.

    `keys`: key, measure, filters, year (the latest label). `latest`: rows of every
    area in that year. `earlier`: each authority's newest row but that year's, as
    change_from (its label) and before (its value).
    """

    keys: pl.DataFrame
    latest: pl.DataFrame
    earlier: pl.DataFrame


def count_repeated_rows(published: pl.DataFrame) -> int:
    """Count rows that repeat a measure, filters, area and year label.

    They differ in the time identifier or are given twice; the first one counts in
    every comparison, and the others are these.
    """
    labelled = published.lazy().filter(_has_label()).select(*_LABEL, "area_code")
    counts = labelled.select(pl.len() - pl.struct(pl.all()).n_unique())
    return int(counts.collect().item())


def select_years(published: pl.DataFrame) -> YearRows:
    """Find the latest label of each measure and filters, and the rows around it.

    Rows without a year label are left out. Of repeated rows the first is kept. NaN
    counts as missing.
    """
    rows = published.lazy().filter(_has_label())
    if published["filters"].null_count():
        rows = rows.with_columns(pl.col("filters").fill_null(""))
    labels = _number_labels(rows)
    keys = labels.filter(pl.col("newness") == 0).select(
        "key", "measure", "filters", pl.col("year_label").alias("year")
    )
    numbered = (
        rows.select(
            *_LABEL, "area_code", "area_name", "area_level", "region_code", "value"
        )
        .join(
            labels.lazy().select(*_LABEL, "key", "newness"),
            on=_LABEL,
            maintain_order="left",
        )
        .drop("measure", "filters")
        .with_columns(pl.col("value").fill_nan(None))
        .collect()
    )
    latest = (
        numbered.filter(pl.col("newness") == 0)
        .drop("newness")
        .unique(["key", "area_code"], keep="first")
    )
    return YearRows(keys, latest, _earlier(numbered, labels))


def _has_label() -> pl.Expr:
    label = pl.col("year_label")
    return label.is_not_null() & (label != "")


def _number_labels(rows: pl.LazyFrame) -> pl.DataFrame:
    """Number each measure's labels by newness: 0 is the latest, then by year.

    Years are ordered by their number and then their label, as text; the latest is the
    largest label whatever its number. `is_rival` marks other labels of the latest's
    own year, which come last.
    """
    labels = (
        rows.filter(is_compared())
        .group_by(_LABEL, maintain_order=True)
        .agg(pl.col("year").first().fill_null(-1))
        .collect()
    )
    keys = labels.select("measure", "filters").unique(maintain_order=True)
    order = ["key", "low", "year_label"]
    labels = (
        labels.join(keys.with_row_index("key"), on=["measure", "filters"])
        .with_columns(low=pl.col("year_label").str.to_lowercase())
        .sort(order, descending=[False, True, True])
        .with_columns(
            is_latest=pl.int_range(pl.len()).over("key") == 0,
            newest_year=pl.col("year").first().over("key"),
        )
    )
    same_year = (pl.col("year") == pl.col("newest_year")) & (pl.col("year") >= 0)
    return (
        labels.with_columns(is_rival=same_year & ~pl.col("is_latest"))
        .sort(
            "key",
            "is_latest",
            "is_rival",
            "year",
            "low",
            "year_label",
            descending=[False, True, False, True, True, True],
        )
        .with_columns(newness=pl.int_range(pl.len()).over("key"))
    )


def _earlier(numbered: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Find each authority's newest row but the latest year's.

    Nearly all are of the label next to the latest; only the others are searched.
    """
    at = ["key", "area_code"]
    before = numbered.filter(
        (pl.col("area_level") == "authority") & (pl.col("newness") > 0)
    ).select(*at, "newness", "value")
    next_to_latest = before.filter(pl.col("newness") == 1)
    found = next_to_latest.unique(at, keep="first", maintain_order=True)
    newest = pl.col("newness").arg_min()
    others = (
        before.filter(pl.col("newness") > 1)
        .join(found, on=at, how="anti")
        .group_by(at)
        .agg(pl.col("newness", "value").get(newest))
    )
    told = pl.when(~pl.col("is_rival")).then("year_label").alias("change_from")
    return (
        pl.concat([found, others])
        .join(labels.select("key", "newness", told), on=["key", "newness"])
        .select(*at, "change_from", before="value")
    )
