"""Which rows of a published table are compared: the latest period's and those before.

A measure's latest year is the largest year *label*, as text, among the rows of
authorities, whether or not the value is there: an authority without one in that year
has none, and no earlier year stands in for it. Capital letters do not count. Of labels
of one year the one that its note makes most final comes last: "2025 (prov)", "2025",
"2025 (Rev)". The published tool compares them as text alone, which would let a
provisional figure stand for the final one.

Where one year stands under two labels, the change is told from the year before: a
revision is no change.

Parts of a year are compared with their like: an autumn term with the autumn term
before, a week with the week before. Of a table that holds several kinds of period the
one that ends last counts. What has not ended by `as_at` is a forecast and never the
latest; a period that cannot be takes no part.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from openscrutiny.comparison.places import is_compared
from openscrutiny.record.published_periods import with_periods
from openscrutiny.record.year_labels import label_key, label_order

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


def select_years(published: pl.DataFrame, as_at: date | None = None) -> YearRows:
    """Find the latest label of each measure and filters, and the rows around it.

    Rows without a year label are left out. Of repeated rows the first is kept. NaN
    counts as missing.
    """
    rows = (
        with_periods(published.lazy().filter(_has_label()), as_at)
        .filter(pl.col("is_possible") & ~pl.col("is_forecast"))
        .with_columns(year_label=pl.col("words"), year=pl.coalesce("number", "year"))
    )
    if published["filters"].null_count():
        rows = rows.with_columns(pl.col("filters").fill_null(""))
    labels = _number_labels(rows)
    keys = labels.filter(pl.col("newness") == 0).select(
        "key", "measure", "filters", pl.col("year_label").alias("year")
    )
    numbered = (
        rows.select(
            *_LABEL,
            "sequence",
            "area_code",
            "area_name",
            "area_level",
            "region_code",
            "value",
        )
        .join(
            labels.lazy().select(*_LABEL, "sequence", "key", "newness"),
            on=[*_LABEL, "sequence"],
            maintain_order="left",
        )
        .drop("measure", "filters", "sequence")
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
        .group_by([*_LABEL, "sequence"], maintain_order=True)
        .agg(
            pl.col("year").first().fill_null(-1),
            pl.col("number", "first_day", "last_day").first(),
        )
        .collect()
        .pipe(_of_latest_kind)
    )
    keys = labels.select("measure", "filters").unique(maintain_order=True)
    labels = (
        labels.join(keys.with_row_index("key"), on=["measure", "filters"])
        .sort(
            "key",
            "number",
            *label_order("year_label"),
            descending=[False, True, True, True, True, True],
            nulls_last=True,
        )
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
            *label_order("year_label"),
            descending=[False, True, False, True, True, True, True, True],
        )
        .with_columns(newness=pl.int_range(pl.len()).over("key"))
    )


def _of_latest_kind(labels: pl.DataFrame) -> pl.DataFrame:
    """Keep the labels of each measure's one kind of period: that which ends last.

    Of two that end on one day the longer counts: the year, and not its summer term.
    """
    of = ["measure", "filters"]
    if labels.select(*of, "sequence").unique().height == labels.select(of).n_unique():
        return labels
    kinds = (
        labels.group_by(*of, "sequence", maintain_order=True)
        .agg(
            pl.col("last_day").max(),
            pl.col("first_day").get(pl.col("last_day").arg_max()),
            pl.col("year").max(),
        )
        .with_columns(last_day=pl.coalesce("last_day", _end_of_year()))
        .sort("last_day", "first_day", descending=[True, False], maintain_order=True)
        .unique(of, keep="first", maintain_order=True)
    )
    return labels.join(kinds.select(*of, "sequence"), on=[*of, "sequence"], how="semi")


def latest_kind(rows: pl.DataFrame) -> str:
    """Give the kind of period that is compared, of rows of one measure with periods.

    It is the one that select_years takes; where all are forecasts, theirs.
    """
    past = rows.filter(is_compared() & ~pl.col("is_forecast"))
    labels = (rows if past.is_empty() else past).select(
        *_LABEL, "sequence", "first_day", "last_day", "year"
    )
    kinds = _of_latest_kind(labels)["sequence"]
    return str(kinds[0]) if len(kinds) else ""


def latest_label(rows: pl.DataFrame) -> str | None:
    """Give the latest label among authorities' rows of one measure and kind."""
    labels = rows.filter(is_compared()).select("number", "year_label")
    newest = max(
        labels.unique().rows(),
        key=lambda row: (row[0] or 0, *label_key(row[1])),
        default=None,
    )
    return None if newest is None else str(newest[1])


def _end_of_year() -> pl.Expr:
    known = pl.col("year").is_between(1, 9999)
    return pl.date(pl.when(known).then("year").otherwise(1), 12, 31)


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
