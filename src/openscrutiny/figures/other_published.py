"""Every published measure that is none of our indicators, as figures.

Each cell keeps its labels as a breakdown; its days are those that its publisher states.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from openscrutiny.figures.published_terms import (
    LAST_DAY,
    end_year,
    mark_forecasts,
    period_end,
    period_start,
    status_of,
    why_of,
)
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.periods import PeriodType
from openscrutiny.record.published_periods import with_periods

__all__ = ["other_figures"]

# The last day of a reporting year, by what the names of its tables begin with: of the
# social work workforce 30 September, of children in need and children looked after
# 31 March. Others do not say theirs.
_REPORTING_YEARS = {
    r"^csww": (9, 30),
    r"^([a-d]\d+[a-z]?_|(la_|national_)?(cla|care_leavers)_)": (3, 31),
}


def other_figures(
    values: pl.DataFrame, measures: pl.DataFrame, as_at: date | None
) -> pl.DataFrame:
    """Set every other published value in the columns of figures.

    A period that cannot be has no place in time, and no figure.
    """
    words = measures.select("measure", "unit", "publication", "year_type").unique(
        "measure", keep="first"
    )
    rows = (
        with_periods(values.lazy(), as_at)
        .filter(pl.col("is_possible"))
        .collect()
        .join(words, on="measure", how="left")
        .pipe(_date_periods)
    )
    total = pl.col("filters") == ""
    return (
        rows.with_columns(
            indicator=pl.concat_str(pl.lit("published:"), pl.col("measure")),
            code=pl.lit(""),
            breakdown=pl.when(total)
            .then(pl.lit("total"))
            .otherwise(pl.col("filters").str.replace_all(r"=[^;]*", "")),
            category=pl.when(total)
            .then(pl.lit("all"))
            .otherwise(pl.col("filters").str.replace_all(r"(^|;)[^=;]*=", "$1")),
            numerator=pl.lit(None, pl.Float64),
            denominator=pl.lit(None, pl.Float64),
            unit=pl.col("unit").fill_null(""),
            status=status_of(),
            source=pl.col("publication").fill_null("published"),
            edition=pl.lit(""),
            unknown=pl.lit(None, pl.Int64),
            why=why_of(),
            fed_by=pl.lit("published"),
            given_by=pl.lit(""),
            held=pl.lit(""),
        )
        .pipe(mark_forecasts)
        .select(pl.col(name).cast(kind) for name, kind in FIGURE_SCHEMA.items())
    )


def _date_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Add period_type, period_start and period_end to rows with their periods.

    The identifier tells; without one, the kind of year that the publisher states for
    the whole measure. A reporting year has the last day that its publication is known
    for, else it is shown as the calendar year of its number; so is a plain year of a table
    that says of no line which kind of year it is.
    """
    rows = rows.with_columns(
        end_year().alias("end_year"), kind=_kind_of(pl.col("year_type"))
    )
    start, end = _by_kind(period_start), _by_kind(period_end)
    last = pl.lit(None, pl.Date)
    for pattern, (month, day) in _REPORTING_YEARS.items():
        known = pl.col("measure").str.contains(pattern)
        last = pl.when(known).then(pl.date("end_year", month, day)).otherwise(last)
    is_reporting = pl.col("sequence") == "reporting year"
    dated = rows.with_columns(
        period_type=pl.coalesce("period_kind", "kind"),
        period_end=pl.coalesce(pl.when(is_reporting).then(last), "last_day", end),
        period_start=pl.coalesce(
            pl.when(is_reporting).then(last.dt.offset_by("-1y").dt.offset_by("1d")),
            "first_day",
            start,
        ),
    )
    noted = is_reporting & pl.col("period_kind").is_null()  # "2025 (Rev)"
    unsaid = _is_unsaid()
    return dated.with_columns(
        period_type=pl.when(noted | unsaid)
        .then(pl.lit("reporting_year"))
        .otherwise("period_type"),
        period_start=pl.when(unsaid)
        .then(pl.date("end_year", 1, 1))
        .otherwise("period_start"),
        period_end=pl.when(unsaid)
        .then(pl.date("end_year", 12, 31))
        .otherwise("period_end"),
    )


def _is_unsaid() -> pl.Expr:
    """Tell a plain year of a table that nowhere says which kind of year it is."""
    is_table = pl.col("measure").str.contains(":", literal=True)
    said = pl.coalesce("time_identifier", pl.lit("")) + pl.coalesce(
        "year_type", pl.lit("")
    )
    plain = pl.col("year_label").str.contains(r"^\s*\d{4}\s*$")
    return (is_table & plain & (said.str.strip_chars() == "")).fill_null(False)


def _by_kind(day: Callable[[PeriodType], pl.Expr]) -> pl.Expr:
    """Give a day by the kind of year that a row's publisher states."""
    found: pl.Expr = pl.lit(None, pl.Date)
    for kind in LAST_DAY:
        found = pl.when(pl.col("kind") == str(kind)).then(day(kind)).otherwise(found)
    return found


def _kind_of(column: pl.Expr) -> pl.Expr:
    """Read a stated kind of year; a financial year where none is stated."""
    low = column.str.to_lowercase()
    return (
        pl.when(low.str.contains("academic"))
        .then(pl.lit(str(PeriodType.ACADEMIC_YEAR)))
        .when(low.str.contains("calendar"))
        .then(pl.lit(str(PeriodType.CALENDAR_YEAR)))
        .when(low.str.contains("sept"))
        .then(pl.lit(str(PeriodType.DAY)))
        .otherwise(pl.lit(str(PeriodType.FINANCIAL_YEAR)))
    )
