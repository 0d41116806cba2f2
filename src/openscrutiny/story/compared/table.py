"""The table of comparators on a page: each with its figure and its reading.

All rows are of the benchmark's year. Nothing is computed that the comparison has not
computed; too few neighbours, no quarters and no count are said in words.
"""

from typing import Final, Protocol

import polars as pl

from openscrutiny.indicators.definition import Polarity, PublishedMeasure, Summary
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.series import display_of
from openscrutiny.judgement.spread import FEWEST_NEIGHBOURS, Quintile, Spread
from openscrutiny.nothing import Status
from openscrutiny.numbers import format_amount
from openscrutiny.story.compared.benchmark import describe_standing, write_neighbours
from openscrutiny.story.compared.cuts import explain_no_quarters, make_cut_rows
from openscrutiny.story.model import ComparisonRow

MEAN: Final = "Neighbours’ mean"
MEDIAN: Final = "Neighbours’ median"
TOGETHER: Final = "All neighbours together"
_AS_TOOL: Final = " (as the interactive tool does)"
_AS_DASHBOARD: Final = " (as the publisher’s dashboard does)"
_FACTOR: Final = {"percent": 100, "rate_per_10_000": 10_000, "ratio": 1}


class Measured(Protocol):
    """What the rows need to know: an indicator, or a published measure's words."""

    @property
    def polarity(self) -> Polarity: ...

    @property
    def numerator(self) -> str: ...

    @property
    def published(self) -> tuple[PublishedMeasure, ...]: ...


def make_comparison_rows(
    benchmark: Benchmark | None,
    definition: Measured,
    everybody: pl.DataFrame | None,
    spread: Spread | None,
    area: str,
) -> tuple[ComparisonRow, ...]:
    """Build the rows: England, region, neighbours, the middle, quarters, quintile.

    `everybody` has the comparison's columns, one row an authority.
    """
    if benchmark is None:
        return ()
    return (
        *_england_row(benchmark, area),
        *_region_row(benchmark, area),
        *_neighbour_rows(benchmark, definition),
        *_pooled_row(benchmark, definition, spread),
        *_middle_row(benchmark, area, definition.polarity),
        *_quarter_rows(benchmark, definition.polarity, everybody, area),
        *_quintile_row(spread.quintile if spread else None),
    )


def _england_row(benchmark: Benchmark, area: str) -> list[ComparisonRow]:
    if benchmark.england is None:
        return []
    position, standing = benchmark.position, benchmark.standing
    reading = (
        f"{area} is {position.words} England"
        if position
        else _gap(benchmark, benchmark.england, area)
    )
    if standing is not None and benchmark.funnel is not None:
        reading += f"; {describe_standing(standing, benchmark.funnel)}"
    return [ComparisonRow("England", benchmark.text(benchmark.england), reading)]


def _region_row(benchmark: Benchmark, area: str) -> list[ComparisonRow]:
    if benchmark.row.get("region_value") is None:
        return []
    value = float(benchmark.row["region_value"])
    name = str(benchmark.row.get("region_used") or "Region")
    reading = _gap(benchmark, value, area)
    return [ComparisonRow(name, benchmark.text(value), reading)]


def _gap(benchmark: Benchmark, other: float | None, area: str) -> str:
    """Say by how much we stand above or below another figure."""
    ours = benchmark.ours
    if ours is None or ours.value is None or other is None:
        return ""
    places = benchmark.gap_places
    if places is None:
        places = min(
            benchmark.display.places,
            display_of([ours], ours.unit).places_for(ours.denominator),
        )
    size = benchmark.display.difference(ours.value - other, places)
    if float(size.split()[0].replace(",", "")) == 0:
        return f"{area} is level with it"
    return f"{area} is {size} {'above' if ours.value > other else 'below'}"


def _neighbour_rows(benchmark: Benchmark, definition: Measured) -> list[ComparisonRow]:
    """Give mean and median, the one that the publisher itself gives first."""
    held = benchmark.neighbours
    if held is None:
        return []
    reading = _say_available(held.available, held.listed)
    rows = [ComparisonRow(MEAN + _AS_TOOL, write_neighbours(benchmark), reading)]
    median = benchmark.row.get("neighbour_median")
    if median is None:
        return rows
    shown = Status.NOT_AVAILABLE.sign
    if held.is_shown:
        shown = benchmark.text(float(median))
    if _sums_counts(definition):
        return [ComparisonRow(MEDIAN + _AS_DASHBOARD, shown, reading), *rows]
    return [*rows, ComparisonRow(MEDIAN, shown, reading)]


def _sums_counts(definition: Measured) -> bool:
    measures = definition.published[:1]
    return any(m.summary is Summary.MEDIAN_AND_SUMS for m in measures)


def _say_available(available: int, listed: int) -> str:
    told = f"{available} of {listed} available"
    if available >= FEWEST_NEIGHBOURS:
        return told
    return f"{told}, and fewer than {FEWEST_NEIGHBOURS} say too little to be shown"


def _pooled_row(
    benchmark: Benchmark, definition: Measured, spread: Spread | None
) -> list[ComparisonRow]:
    """Give the neighbours' counts together; no row where no count is published."""
    pooled = spread.pooled if spread else None
    if pooled is None or str(benchmark.row.get("year")) != (spread and spread.year):
        return []
    label = TOGETHER + (_AS_DASHBOARD if _sums_counts(definition) else "")
    reading = _say_available(pooled.available, pooled.listed)
    left_out = pooled.listed - pooled.available
    if pooled.available < FEWEST_NEIGHBOURS:
        return [ComparisonRow(label, Status.NOT_AVAILABLE.sign, reading)]
    if left_out:
        reading += f"; {left_out} without a published count left out"
    above = _count(pooled.numerator)
    if pooled.denominator is None:
        text = above
        reading += f"; the sum of {definition.numerator}, as no share can be made of it"
    else:
        text = f"{above} of {_count(pooled.denominator)}"
        factor = _FACTOR.get(benchmark.display.unit)
        if factor and pooled.denominator > 0:
            whole = benchmark.text(factor * pooled.numerator / pooled.denominator)
            text += f" ({whole})"
    return [ComparisonRow(label, text, reading)]


def _count(number: float) -> str:
    """Write a sum of counts; posts are counted in tenths of full time."""
    return format_amount(number, 0 if float(number).is_integer() else 1)


def _middle_row(
    benchmark: Benchmark, area: str, polarity: Polarity
) -> list[ComparisonRow]:
    row = benchmark.row
    if row.get("q2") is None:
        return []
    reading = ""
    ranked = row.get("rank") is not None and row.get("ranked") is not None
    if ranked and polarity is not Polarity.NEUTRAL:
        reading = f"{area} is {int(row['rank'])} of {int(row['ranked'])}"
        if row.get("band") in tuple("ABCD"):
            reading += f", band {row['band']}"
    middle = benchmark.text(float(row["q2"]))
    return [ComparisonRow("Middle authority", middle, reading)]


def _quarter_rows(
    benchmark: Benchmark, polarity: Polarity, everybody: pl.DataFrame | None, area: str
) -> list[ComparisonRow]:
    row = benchmark.row
    if not row or everybody is None:
        return []
    bands = everybody.select("band", "value").drop_nulls().rows()
    why_none = explain_no_quarters(row, polarity, bool(bands))
    if why_none:
        return [ComparisonRow("Quarters", Status.NOT_EXPECTED.sign, why_none)]
    return make_cut_rows(row, bands, benchmark.display, area)


def _quintile_row(quintile: Quintile | None) -> list[ComparisonRow]:
    if quintile is None:
        return []
    reading = f"The publisher’s own for {quintile.year}, 1 is best; not computed here"
    return [ComparisonRow("Quintile", f"{quintile.number} of 5", reading)]
