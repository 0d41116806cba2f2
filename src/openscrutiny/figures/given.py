"""The council's own count as figures: given by somebody, and traced to no rows.

How a figure was fed stands in its `source`, in the order in which they are trusted: "own"
(counted from rows of a return), a publication, "own count". The three stand side by side
and are never mixed: see docs/counting-rules.md, "How a figure was fed".
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.figures.population import Population, divide_by_people
from openscrutiny.figures.schema import FIGURE_SCHEMA, OWN, OWN_COUNT, value_expression
from openscrutiny.indicators.definition import Indicator
from openscrutiny.nothing import STATUS_OF_SYMBOL, Status
from openscrutiny.periods import format_date
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import empty_frame

__all__ = ["given_figures", "name_beside", "read_given_rows", "speaks_alone"]

_KEY: Final = (
    "authority",
    "ofig_indicator",
    "ofig_period_type",
    "ofig_period_end",
    "ofig_breakdown",
    "category",
)
_WHY: Final = {
    "c": "Hidden by the council that gives it.",
    "z": "The council says that no figure is expected.",
    "low": "Rounds to 0 but is not 0.",
}
_NOT_THERE: Final = "The council says that it has no figure here."
_AT: Final = ["indicator", "area_code", "period_type", "period_end", "unit"]


def read_given_rows(journal: Journal, entries: list[LoadEntry]) -> pl.DataFrame:
    """Read the figures of these loads; of one figure the latest load counts."""
    paths = journal.paths("own_figures", entries)
    if not paths:
        return empty_frame("own_figures").with_columns(category=pl.lit(""))
    rows = pl.concat([pl.read_parquet(path) for path in paths])
    rows = rows.with_columns(category=pl.col("ofig_category").str.to_lowercase())
    return rows.sort("load_id").unique(list(_KEY), keep="last", maintain_order=True)


def given_figures(
    rows: pl.DataFrame,
    entries: Iterable[LoadEntry],
    definitions: Iterable[Indicator],
    names: dict[str, str],
    population: Population,
) -> pl.DataFrame:
    """Set what the council gave as figures of FIGURE_SCHEMA, `source` "own count".

    One whose definition is there no more is left out. A rate given as a number alone is
    divided by the people, as our own are.
    """
    days = {entry.load_id: entry.loaded_at[:10] for entry in entries}
    frames = [pl.DataFrame(schema=FIGURE_SCHEMA)]
    for definition in definitions:
        mine = rows.filter(pl.col("ofig_indicator") == definition.id)
        if mine.height:
            frames.append(_as_figures(mine, definition, days, names, population))
    return pl.concat(frames)


def _as_figures(
    rows: pl.DataFrame,
    definition: Indicator,
    days: dict[int, str],
    names: dict[str, str],
    population: Population,
) -> pl.DataFrame:
    symbol = pl.col("ofig_symbol")
    none = symbol.is_not_null()
    frame = rows.select(
        "authority",
        period_type="ofig_period_type",
        period_start="ofig_period_start",
        period_end="ofig_period_end",
        breakdown="ofig_breakdown",
        category="ofig_category",
        numerator="ofig_numerator",
        denominator="ofig_denominator",
        given="ofig_value",
        unit=pl.lit(str(definition.unit)),
        status=pl.when(none)
        .then(
            symbol.replace_strict(
                STATUS_OF_SYMBOL,
                default=Status.NOT_AVAILABLE.value,
                return_dtype=pl.String,
            )
        )
        .otherwise(pl.lit(Status.FINAL.value)),
        why=pl.when(none)
        .then(symbol.replace_strict(_WHY, default=_NOT_THERE, return_dtype=pl.String))
        .otherwise(pl.lit("")),
        given_by=_given_by(days),
    )
    if definition.measure.population is not None:
        frame = _divide(frame, definition, population)
    value = pl.when(pl.col("status") == Status.FINAL.value).then(
        pl.coalesce(_computed(definition), "given")
    )
    provisional = pl.col("status") == Status.PROVISIONAL.value
    return frame.with_columns(
        value=pl.when(provisional).then(value_expression()).otherwise(value),
        indicator=pl.lit(definition.id),
        code=pl.lit(definition.code),
        area_code=pl.col("authority"),
        area_name=pl.col("authority").replace_strict(
            names, default=pl.col("authority"), return_dtype=pl.String
        ),
        source=pl.lit(OWN_COUNT),
        edition=pl.lit(definition.edition),
        unknown=pl.lit(None, pl.Int64),
        year_label=pl.lit(""),
        fed_by=pl.lit("own-figures"),
        held=pl.lit(definition.not_judged),
    ).select(pl.col(name).cast(kind) for name, kind in FIGURE_SCHEMA.items())


def _computed(definition: Indicator) -> pl.Expr:
    """Compute a value from its parts, by the one function and what the measure adds."""
    times = definition.measure.times
    return value_expression() if times == 1.0 else value_expression() * times


def _divide(
    frame: pl.DataFrame, definition: Indicator, population: Population
) -> pl.DataFrame:
    """Divide by the people what was given as a number alone."""
    alone = (
        pl.col("given").is_null()
        & pl.col("denominator").is_null()
        & pl.col("numerator").is_not_null()
    )
    divided = divide_by_people(frame.filter(alone), definition.measure, population)
    return pl.concat([frame.filter(~alone), divided.select(frame.columns)])


def _given_by(days: dict[int, str]) -> pl.Expr:
    """Say who gave it and when: "Performance team, 3 May 2026"."""
    said = {load: format_date(date.fromisoformat(day)) for load, day in days.items()}
    day = pl.col("load_id").replace_strict(said, default="", return_dtype=pl.String)
    who = pl.coalesce(
        pl.col("ofig_given_by").str.strip_chars().replace("", None),
        pl.lit("the council"),
    )
    return pl.concat_str(who, pl.lit(", "), day)


def name_beside(own: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Say at a figure that rows feed where the council gave another for its period.

    Rows are trusted more, so nothing is held back; a difference beyond rounding is named.
    """
    theirs = given.filter(
        (pl.col("breakdown") == "total") & pl.col("value").is_not_null()
    ).select(*_AT, counted="value", by="given_by")
    if theirs.is_empty() or own.is_empty():
        return own
    joined = own.join(
        theirs.unique(_AT, keep="first", maintain_order=True),
        on=_AT,
        how="left",
        maintain_order="left",
    )
    total = (pl.col("breakdown") == "total") & pl.col("value").is_not_null()
    apart = (pl.col("counted") - pl.col("value")).abs() > _rounding() * (1 + 1e-9)
    said = pl.format(
        "The council’s own count was {} ({}), and the rows of its returns give {}.",
        _written("counted"),
        "by",
        _written("value"),
    )
    before = pl.col("why").fill_null("")
    more = pl.when(before == "").then(said).otherwise(before + " " + said)
    return joined.with_columns(
        why=pl.when(total & apart).then(more).otherwise("why")
    ).select(own.columns)


def _rounding() -> pl.Expr:
    """Give half of the last digit with which the council's count is given."""
    value = pl.col("counted")
    half = pl.lit(0.5e-6)
    for places in reversed(range(6)):
        exact = (value - value.round(places)).abs() < 1e-9
        half = pl.when(exact).then(0.5 * 10.0**-places).otherwise(half)
    return pl.when(pl.col("unit") == "count").then(0.0).otherwise(half)


def _written(column: str) -> pl.Expr:
    def write(value: float) -> str:
        return f"{value:,.1f}".removesuffix(".0")

    return pl.col(column).map_elements(write, return_dtype=pl.String)


def speaks_alone(figures: pl.DataFrame) -> pl.DataFrame:
    """Leave out the council's own count of what rows feed in the same area.

    They stand beside the rows to be reconciled with them, for officers alone: two counts
    of the same children would give away what either hides.
    """
    fed = figures.filter((pl.col("source") == OWN) & pl.col("value").is_not_null())
    keys = fed.select("indicator", "area_code").unique()
    mine = figures.with_row_index("_place")
    count = mine.filter(pl.col("source") == OWN_COUNT)
    gone = count.join(keys, on=["indicator", "area_code"], how="semi")["_place"]
    return mine.filter(~pl.col("_place").is_in(gone.implode())).drop("_place")
