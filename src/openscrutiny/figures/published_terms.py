"""How a published row is set in the terms of figures: its days, its status, its why.

A label or an identifier gives the days; a symbol that stands for no number gives the
status. What had not ended on the day of the build is a forecast, and held.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from openscrutiny.geography import AUTHORITY_NAMES
from openscrutiny.nothing import STATUS_OF_SYMBOL, Status
from openscrutiny.periods import PeriodType
from openscrutiny.record.year_labels import YearLabel, parse_year_label

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


_HIDDEN = sorted(
    sign for sign, status in STATUS_OF_SYMBOL.items() if status is Status.HIDDEN
)


def end_year() -> pl.Expr:
    """Give the year in which a label's period ends; null where it names none.

    "2025" and "2025 (Rev)": 2025. "2023/24", "2023-24" and "202324": 2024. Years taken
    together end with the last of them: "2013/14-15/16" and "2014-16": 2016.
    """
    return _of_label(lambda year: year.last)


def _years_together() -> pl.Expr:
    """Count the years that a label takes together: 3 for "2013/14-15/16" and "2014-16".

    "2016-17" may be a financial year or two calendar years; it counts as one.
    """
    return _of_label(lambda year: year.years).fill_null(1)


def _of_label(part: Callable[[YearLabel], int]) -> pl.Expr:
    """Read each distinct label once, and give a part of what it says."""

    def read(labels: pl.Series) -> pl.Series:
        years = {label: parse_year_label(label) for label in labels.unique() if label}
        parts = {label: part(year) for label, year in years.items() if year}
        return labels.replace_strict(parts, default=None, return_dtype=pl.Int32)

    return pl.col("year_label").map_batches(read, return_dtype=pl.Int32)


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
        .when(pl.col("symbol").str.to_lowercase().is_in(_HIDDEN))
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
