"""The paper's figures as a tidy CSV, in the manner of explore education statistics.

One row an observation, time and place first; where there is no number its symbol
stands: c confidential, x not available, z not applicable, k low.
"""

from datetime import date
from typing import Final

import polars as pl

from openscrutiny.nothing import Status
from openscrutiny.packs.paper import Paper
from openscrutiny.periods import PeriodType, month_name
from openscrutiny.spreadsheets import write_csv

_SYMBOLS: Final = {status.value: status.symbol for status in Status if status.symbol}
_COLUMNS: Final = (
    "time_period", "time_identifier", "geographic_level", "area_code", "area_name",
    "period_start", "period_end", "indicator", "code", "indicator_name", "breakdown",
    "category", "numerator", "denominator", "value", "unit", "status", "source",
    "edition", "held",
)  # fmt: skip
_SHOWN: Final = ("final", "provisional")


def write_tidy(paper: Paper) -> bytes:
    """Write every figure that the paper's audience may see, as UTF-8."""
    names = pl.DataFrame(
        {
            "indicator": [d.id for d in paper.definitions],
            "indicator_name": [d.name for d in paper.definitions],
        }
    )
    frame = paper.figures.join(names, on="indicator", how="left", maintain_order="left")
    frame = frame.join(
        _times(frame), on=["period_type", "period_start", "period_end"], how="left"
    )
    frame = frame.sort(
        "code", "area_code", "period_type", "period_end", "breakdown", "category",
        maintain_order=True,
    )  # fmt: skip
    return write_csv(
        frame.with_columns(
            _level(),
            _number("numerator", "x"),
            pl.when(pl.col("unit") == "count")
            .then(pl.lit("z"))
            .otherwise(_number("denominator", "x"))
            .alias("denominator"),
            _number("value", "x"),
            # Why a figure is not judged may tell of what is hidden.
            pl.when(pl.col("status").is_in(_SHOWN)).then("held").alias("held"),
        ).select(_COLUMNS)
    ).encode()


def time_period(kind: str, start: date, end: date) -> tuple[str, str]:
    """Give the time period and its identifier as the department writes them.

    >>> time_period("financial_year", date(2024, 4, 1), date(2025, 3, 31))
    ('202425', 'Financial year')
    >>> time_period("month", date(2025, 9, 1), date(2025, 9, 30))
    ('2025', 'September')
    """
    split = f"{start.year}{end.year % 100:02}"
    if kind == PeriodType.FINANCIAL_YEAR:
        return split, "Financial year"
    if kind == PeriodType.ACADEMIC_YEAR:
        return split, "Academic year"
    if kind == PeriodType.CALENDAR_YEAR:
        return str(end.year), "Calendar year"
    if kind == PeriodType.REPORTING_YEAR:
        return str(end.year), "Reporting year"
    if kind == PeriodType.QUARTER:
        first = start.year if start.month >= 4 else start.year - 1
        quarter = (start.month - 4) % 12 // 3 + 1
        return f"{first}{(first + 1) % 100:02}", f"Financial year Q{quarter}"
    if kind == PeriodType.ROLLING_12_MONTHS:
        return str(end.year), f"12 months to {month_name(end)}"
    if kind == PeriodType.MONTH:
        return str(end.year), month_name(end)
    return str(end.year), f"{end.day} {month_name(end)}"


def _times(frame: pl.DataFrame) -> pl.DataFrame:
    spans = frame.select("period_type", "period_start", "period_end").unique()
    written = [time_period(*span) for span in spans.iter_rows()]
    return spans.with_columns(
        time_period=pl.Series([period for period, _ in written], dtype=pl.String),
        time_identifier=pl.Series([words for _, words in written], dtype=pl.String),
    )


def _level() -> pl.Expr:
    code = pl.col("area_code")
    return (
        pl.when(code.str.starts_with("E92"))
        .then(pl.lit("National"))
        .when(code.str.contains("^E1[23]"))
        .then(pl.lit("Regional"))
        .otherwise(pl.lit("Local authority"))
        .alias("geographic_level")
    )


def _number(name: str, absent: str) -> pl.Expr:
    """Print a number in full, or the symbol of why there is none."""
    value = pl.col(name)
    whole = value == value.round()
    return (
        pl.when(value.is_not_null() & whole)
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .when(value.is_not_null())
        .then(value.cast(pl.String))
        .otherwise(
            pl.col("status").replace_strict(
                _SYMBOLS, default=absent, return_dtype=pl.String
            )
        )
        .alias(name)
    )
