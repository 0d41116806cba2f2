"""How our comparison of a measure differs from the interactive tool's, in words.

The arithmetic is the tool's own. What differs is what is shown beside it, and each
line is given only where it matters to this measure, with this measure's facts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.geography import (
    AUTHORITY_NAMES,
    CURRENT_AUTHORITIES,
    ENDED_AUTHORITIES,
)
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.course import find_published_trend
from openscrutiny.judgement.series import SeriesSet
from openscrutiny.judgement.spread import FEWEST_NEIGHBOURS, NeighbourYear, Spread
from openscrutiny.numbers import format_amount, round_half_away
from openscrutiny.record.year_labels import explain_gap
from openscrutiny.story.compared.cuts import make_cut_rows
from openscrutiny.story.sentences import count_years

_NAMED: Final = 8  # more missing authorities than these are counted and not named


def make_differences(
    benchmark: Benchmark | None,
    series: SeriesSet,
    polarity: Polarity,
    everybody: pl.DataFrame | None,
    spread: Spread | None,
    neighbour_series: Mapping[date, NeighbourYear],
    model: str,
) -> tuple[str, ...]:
    """Say each difference that applies; nothing where no comparison exists."""
    if benchmark is None or not benchmark.row or everybody is None:
        return ()
    return (
        *_on_numbers(benchmark, polarity, everybody),
        *_on_change(benchmark),
        *_on_trend(benchmark, series),
        *_on_cuts(benchmark, polarity, everybody),
        *_on_ended(spread),
        *_on_few(benchmark),
        *_on_past_years(neighbour_series, model),
    )


def _on_numbers(
    benchmark: Benchmark, polarity: Polarity, everybody: pl.DataFrame
) -> Iterator[str]:
    valued = everybody.filter(pl.col("value").is_not_null())
    if not valued.height:
        return
    ranked = polarity is not Polarity.NEUTRAL and benchmark.row.get("polarity")
    verb = "are ranked" if ranked else "have a figure"
    missing = _name_missing(everybody, valued)
    told = f"{valued.height} authorities {verb}"
    if not missing:
        told += " and none lacks a figure"
    else:
        named = f": {', '.join(missing)}" if len(missing) <= _NAMED else ""
        told += f" and {len(missing)} {_lack(len(missing))}{named}"
    yield f"{told}. The tool shows neither number."


def _lack(number: int) -> str:
    """Say that the rest lack one: two may share a figure that is of neither alone."""
    if number == 1:
        return "has no published figure of its own"
    return "have no published figure of their own"


def _name_missing(everybody: pl.DataFrame, valued: pl.DataFrame) -> list[str]:
    """Name the authorities without a figure, those without any row too."""
    blank = everybody.filter(pl.col("value").is_null())
    names = [row["area_name"] or row["area_code"] for row in blank.to_dicts()]
    listed = set(everybody["area_code"])
    if listed <= CURRENT_AUTHORITIES:  # an invented nation has others
        names += [AUTHORITY_NAMES[code] for code in CURRENT_AUTHORITIES - listed]
    return sorted(names)


def _on_change(benchmark: Benchmark) -> Iterator[str]:
    row = benchmark.row
    before, after = row.get("change_from"), row.get("change_to")
    if before is None or after is None:
        return
    gap = explain_gap(str(before), str(after))
    yield (
        f"The change is between two named years, {before} and {after}"
        + (f"; {gap}. " if gap else ", which adjoin. ")
        + "The tool takes the two latest rows and does not check."
    )


def _on_trend(benchmark: Benchmark, series: SeriesSet) -> Iterator[str]:
    change = benchmark.row.get("change")
    if not change:
        return
    display = benchmark.display
    arrow = "up" if change > 0 else "down"
    if round_half_away(change, display.places):
        size = display.difference(change, display.places)
    else:
        size = f"only {_first_digits(abs(change))}"
    trend = find_published_trend(series)
    ours = {1: "they rise", -1: "they fall", 0: "they show no clear trend"}
    told = "up to ten years, which here was not possible"
    if trend is not None:
        told = f"the years, here {count_years(trend)}, and {ours[trend.direction]}"
    yield (
        f"The tool’s trend is one arrow, here {arrow}, for a change of {size} in one "
        f"step. One step is no trend: we test {told}."
    )


def _first_digits(size: float) -> str:
    """Write a tiny size with its first two digits: 0.0043."""
    places = next(n for n in range(1, 20) if round_half_away(size, n))
    return format_amount(size, places + 1).rstrip("0")


def _on_cuts(
    benchmark: Benchmark, polarity: Polarity, everybody: pl.DataFrame
) -> Iterator[str]:
    banded = everybody["band"].drop_nulls().len() and polarity is not Polarity.NEUTRAL
    if not banded or benchmark.row.get("polarity") != "High":
        return
    bands = everybody.select("band", "value").drop_nulls().rows()
    rows = make_cut_rows(benchmark.row, bands, benchmark.display, "")
    if len(rows) == 4:
        yield (
            "Where high is good the tool’s label of quarter C reaches into quarter B. "
            f"Here no two touch: B is {rows[1].value}, and C is {rows[2].value}."
        )


def _on_ended(spread: Spread | None) -> Iterator[str]:
    if spread is None or not spread.ended:
        return
    named = ", ".join(
        f"{AUTHORITY_NAMES.get(code, code)} ({ENDED_AUTHORITIES[code].rpartition(', ')[2]})"
        for code in spread.ended
    )
    yield (
        f"The publisher still gives figures for authorities that have ended: {named}. "
        "They are left out here; the tool counts them."
    )


def _on_few(benchmark: Benchmark) -> Iterator[str]:
    held = benchmark.neighbours
    if held is None or held.available >= FEWEST_NEIGHBOURS or not held.listed:
        return
    yield (
        f"Of {held.listed} neighbours {held.available or 'none'} "
        f"{'has' if held.available == 1 else 'have'} a figure. A mean of fewer than "
        f"{FEWEST_NEIGHBOURS} is not shown here; the tool averages whatever there is."
    )


def _on_past_years(
    neighbour_series: Mapping[date, NeighbourYear], model: str
) -> Iterator[str]:
    years: Sequence[date] = sorted(
        end for end, held in neighbour_series.items() if held.mean is not None
    )
    if len(years) < 2 or not model:
        return
    yield (
        f"As in the tool, today’s neighbours ({model}) stand for every year drawn, from "
        f"{years[0].year}: they need not have been the neighbours then."
    )
