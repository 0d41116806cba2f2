"""How a published row is set in the terms of figures: its days, its status, its why.

A label or an identifier gives the days; a symbol that stands for no number gives the
status. What had not ended on the day of the build is a forecast, and held.
"""

from datetime import date

import polars as pl

from openscrutiny.geography import AUTHORITY_NAMES
from openscrutiny.nothing import STATUS_OF_SYMBOL, Status
from openscrutiny.periods import PeriodType

__all__ = [
    "FORECAST",
    "LAST_DAY",
    "end_year",
    "is_late",
    "mark_forecasts",
    "period_end",
    "period_start",
    "status_of",
    "why_of",
]

FORECAST = (
    "A forecast, or a count of a period that had not ended: it is of no past year."
)


def _first_year() -> pl.Expr:
    """Give the year with which a label begins; null where it begins with none ("0")."""
    first = pl.col("year_label").str.extract(r"^([12]\d{3})")
    return first.cast(pl.Int32, strict=False)


def end_year() -> pl.Expr:
    """Give the year in which a label's period ends.

    "2025" and "2025 (Rev)": 2025. "2023/24", "2023-24" and "202324": 2024. Years taken
    together end with the last of them: "2013/14-15/16" and "2014-16": 2016.
    """
    label, first = pl.col("year_label"), _first_year()
    last = pl.coalesce(
        label.str.extract(r"^\d{4}/\d{2}-\d{2}/(\d{2})(?:\D|$)"),
        label.str.extract(r"^\d{4}[/-](\d{2})(?:\D|$)"),
        label.str.extract(r"^\d{4}(\d{2})$"),
    ).cast(pl.Int32, strict=False)
    turns = pl.when(last < first % 100).then(100).otherwise(0)  # 1999/00
    return pl.coalesce(first - first % 100 + last + turns, first)


def _years_together() -> pl.Expr:
    """Count the years that a label takes together: 3 for "2013/14-15/16" and "2014-16".

    "2016-17" may be a financial year or two calendar years; it counts as one.
    """
    apart = end_year() - _first_year()
    in_slashes = pl.col("year_label").str.contains(r"^\d{4}/")
    return (
        pl.when(apart < 2).then(1).when(in_slashes).then(apart).otherwise(apart + 1)
    ).fill_null(1)


# The last month and day of each kind of year; a "day" and a reporting year of ours are
# the workforce's, of 30 September.
LAST_DAY = {
    PeriodType.FINANCIAL_YEAR: (3, 31),
    PeriodType.CALENDAR_YEAR: (12, 31),
    PeriodType.ACADEMIC_YEAR: (8, 31),
    PeriodType.DAY: (9, 30),
    PeriodType.REPORTING_YEAR: (9, 30),
}


def period_end(kind: PeriodType) -> pl.Expr:
    return pl.date(pl.col("end_year"), *LAST_DAY[kind])


def period_start(kind: PeriodType) -> pl.Expr:
    if kind is PeriodType.DAY:
        return period_end(kind)
    back = pl.concat_str(pl.lit("-"), _years_together(), pl.lit("y"))
    return period_end(kind).dt.offset_by(back).dt.offset_by("1d")


def status_of() -> pl.Expr:
    return (
        pl.when(pl.col("value").is_not_null())
        .then(pl.lit("final"))
        .otherwise(
            pl.col("symbol")
            .str.to_lowercase()
            .replace_strict(
                STATUS_OF_SYMBOL,
                default=Status.NOT_AVAILABLE.value,
                return_dtype=pl.String,
            )
        )
    )


def _shared() -> pl.Expr:
    other = pl.col("shared_with").replace_strict(
        AUTHORITY_NAMES, default=pl.col("shared_with"), return_dtype=pl.String
    )
    return pl.concat_str(
        pl.lit("One published figure for this authority and "),
        other,
        pl.lit(" together."),
    )


def why_of() -> pl.Expr:
    return (
        pl.when(pl.col("shared_with").is_not_null())
        .then(_shared())
        .when(pl.col("value").is_not_null())
        .then(pl.lit(""))
        .when(pl.col("symbol").str.to_lowercase() == "c")
        .then(pl.lit("Hidden by the publisher to protect privacy."))
        .when(pl.col("raw").fill_null("").str.strip_chars() == "")
        .then(pl.lit("The publisher leaves this cell empty."))
        .otherwise(
            pl.concat_str(
                pl.lit("The publisher gives no number here: “"),
                pl.col("raw").fill_null(""),
                pl.lit("”."),
            )
        )
    )


def is_late(end: pl.Expr, as_at: date | None) -> pl.Expr:
    return pl.lit(False) if as_at is None else (end > as_at).fill_null(False)


def mark_forecasts(figures: pl.DataFrame) -> pl.DataFrame:
    """Say of a figure whose period had not ended that it is one, and hold it back."""
    late = pl.col("is_forecast")
    return figures.with_columns(
        status=pl.when(late & (pl.col("status") == "final"))
        .then(pl.lit("provisional"))
        .otherwise("status"),
        why=pl.when(late).then(pl.lit(FORECAST)).otherwise("why"),
        held=pl.when(late).then(pl.lit(FORECAST)).otherwise("held"),
    )
