"""The headline period split by age, sex and the rest: a table and its bars, for officers."""

from typing import Any, Final

import polars as pl

from openscrutiny.charts import Bar, BarChart, Drawing
from openscrutiny.indicators.categories import CLOSED_CATEGORIES
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, format_amount
from openscrutiny.story.model import BreakdownTable

_NAMES: Final[dict[str, str]] = {
    "age_band": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "team": "Team",
    "referral_source": "Referral source",
    "placement": "Placement",
    "location": "In the area",
    "setting": "Setting",
    "waiting": "Waiting",
    "overdue": "Overdue for",
}
_UNKNOWN: Final = "Not known"


def make_breakdowns(
    figures: pl.DataFrame, definition: Indicator, headline: Observation | None
) -> tuple[BreakdownTable, ...]:
    """Build one table for each breakdown of our own headline period.

    The caller gives figures that this audience may see; hidden cells come as hidden.
    """
    if headline is None or not headline.is_own:
        return ()
    rows = figures.filter(
        (pl.col("breakdown") != "total")
        & (pl.col("source") == headline.source)
        & (pl.col("area_code") == headline.area_code)
        & (pl.col("period_type") == headline.span.type)
        & (pl.col("period_end") == headline.end)
    )
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        by_name.setdefault(row["breakdown"], []).append(row)
    return tuple(
        _make_table(name, held, definition, headline) for name, held in by_name.items()
    )


def _amount(row: dict[str, Any], column: str) -> str:
    """Write a part: its number, its marker where hidden, "[x]" where not there."""
    status = Status(row["status"])
    if status is Status.HIDDEN:
        return status.sign
    value = row[column]
    if value is None:
        return Status.NOT_AVAILABLE.sign
    return format_amount(value, 0 if float(value).is_integer() else 1)


def _value(row: dict[str, Any], unit: str) -> tuple[float | None, str]:
    status = Status(row["status"])
    value = row["value"]
    if status not in (Status.FINAL, Status.PROVISIONAL) or value is None:
        return None, status.sign or Status.NOT_AVAILABLE.sign
    shown = Display(unit, 0 if unit == "count" else 1).text(value, row["denominator"])
    return value, shown


def _make_table(
    name: str, rows: list[dict[str, Any]], definition: Indicator, headline: Observation
) -> BreakdownTable:
    title = _NAMES.get(name, name.replace("_", " ").capitalize())
    unit = rows[0]["unit"]
    rows = _in_order(name, rows)
    told = [_value(row, unit) for row in rows]
    cells: list[tuple[str, ...]]
    if unit == "percent":
        columns: tuple[str, ...] = (title, "Number", f"Of {definition.counts}", "%")
        cells = [
            (r["category"], _amount(r, "numerator"), _amount(r, "denominator"), shown)
            for r, (_, shown) in zip(rows, told, strict=True)
        ]
    else:
        columns = (title, f"Number of {definition.counts}")
        cells = [
            (row["category"], shown) for row, (_, shown) in zip(rows, told, strict=True)
        ]
    caption = f"{definition.name} by {title.lower()}, {headline.span.name}"
    bars = tuple(
        Bar(row["category"], value, shown, unknown=row["category"] == _UNKNOWN)
        for row, (value, shown) in zip(rows, told, strict=True)
    )
    chart = BarChart(title=caption, description=_describe(bars), bars=bars)
    return BreakdownTable(
        name=title,
        caption=caption,
        columns=columns,
        rows=tuple(cells),
        drawing=Drawing(chart, f"{definition.id}-{name.replace('_', '-')}"),
    )


def _in_order(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put ages in their order and all else by value; what is not known comes last."""
    ages = CLOSED_CATEGORIES["age_band"]

    def place(row: dict[str, Any]) -> tuple[bool, float]:
        category = row["category"]
        if name == "age_band" and category in ages:
            return category == _UNKNOWN, float(ages.index(category))
        value = row["value"] if row["value"] is not None else float("-inf")
        return category == _UNKNOWN, -value

    return sorted(rows, key=place)


def _describe(bars: tuple[Bar, ...]) -> str:
    return "; ".join(f"{bar.name} {bar.label}" for bar in bars) + "."
