"""Where the authority stands, in a few words: place, quarter, change, five years.

These are the published measure's own facts, each with the years it is of, so that the
page answers without a click.
"""

from collections.abc import Mapping
from typing import Any, Final

from openscrutiny.comparison.trends import FEWEST_YEARS
from openscrutiny.geography import AUTHORITY_NAMES
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.course import find_published_trend
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.series import Observation, SeriesSet, display_of
from openscrutiny.judgement.spread import Quintile, Spread
from openscrutiny.numbers import Display
from openscrutiny.periods import format_date
from openscrutiny.story.compared.benchmark import describe_year_change
from openscrutiny.story.compared.cuts import QUARTERS, explain_no_quarters
from openscrutiny.story.compared.differences import make_differences
from openscrutiny.story.headline import value_text
from openscrutiny.story.sentences import count_years

_YEARS: Final = 5
_TREND_WORDS: Final = {
    "rising": "A rising trend",
    "falling": "A falling trend",
    "no clear change": "No clear trend",
}


def describe_place(
    benchmark: Benchmark | None, series: SeriesSet, facts: Facts, polarity: Polarity
) -> dict[str, Any]:
    """Say where we stand, among whom, and how the interactive tool would say it.

    Gives those fields of IndicatorStory, by name.
    """
    spread, everybody = facts.spread, facts.everybody
    quintile = spread.quintile if spread else None
    year = str(facts.comparison_row.get("year") or "")
    has_bands = everybody is None or everybody["band"].count() > 0
    model = facts.model.title if facts.model else ""
    day = facts.model.loaded_on if facts.model else None
    return {
        "neighbours": _name_neighbours(spread),
        "standing": make_standing(
            benchmark, series, polarity, quintile, has_bands=has_bands
        ),
        "quintile": describe_quintile(quintile, year),
        "neighbour_model": f"{model}, loaded on {format_date(day)}" if day else model,
        "neighbours_ended": facts.model.ended if facts.model else "",
        "differences": make_differences(
            benchmark,
            series,
            polarity,
            everybody,
            spread,
            facts.neighbour_series,
            model,
        ),
    }


def make_standing(
    benchmark: Benchmark | None,
    series: SeriesSet,
    polarity: Polarity,
    quintile: Quintile | None,
    *,
    has_bands: bool,
) -> tuple[tuple[str, str], ...]:
    """Build (what, words); nothing where no comparison exists."""
    if benchmark is None or not benchmark.row:
        return ()
    row = benchmark.row
    pairs = [
        ("Place", _say_place(row, polarity)),
        ("Quarter", _say_quarter(row, polarity, has_bands)),
        ("Published change", _say_change(benchmark)),
        ("Five published years", _say_five_years(series)),
        ("By fifths", describe_quintile(quintile, str(row.get("year") or ""))),
    ]
    return tuple((what, words) for what, words in pairs if words)


def describe_quintile(quintile: Quintile | None, in_year: str = "") -> str:
    """Say the publisher's own fifth; its year too where it is not `in_year`.

    >>> describe_quintile(Quintile(2, "2025"), "2025")
    'Quintile 2 of 5 (the publisher’s, 1 is best)'
    """
    if quintile is None:
        return ""
    when = f" in {quintile.year}" if in_year and quintile.year != in_year else ""
    return f"Quintile {quintile.number} of 5{when} (the publisher’s, 1 is best)"


def _say_place(row: Mapping[str, Any], polarity: Polarity) -> str:
    if row.get("value") is None:
        return f"None: no figure is published for {row.get('year')}"
    if polarity is Polarity.NEUTRAL:
        return "Not ranked: neither high nor low is good in itself"
    if row.get("rank") is None:
        return "Not ranked: the publisher does not say which way is good"
    place = f"{int(row['rank'])} of {int(row['ranked'])}"
    return f"{place} in {row['year']} (1 is best)"


def _say_quarter(row: Mapping[str, Any], polarity: Polarity, has_bands: bool) -> str:
    why_none = explain_no_quarters(row, polarity, has_bands)
    if why_none:
        return why_none.rstrip(".")
    band = row.get("band")
    return f"{QUARTERS[band]} ({band})" if band in QUARTERS else "None: no figure"


def _say_change(benchmark: Benchmark) -> str:
    told = describe_year_change(benchmark)
    if told:
        return told
    if benchmark.row.get("change_from") is None:
        return "No comparison: no earlier year is published"
    row = benchmark.row
    return (
        f"No comparison: {row['change_from']} or {row['change_to']} has no "
        "published figure"
    )


def _say_five_years(series: SeriesSet) -> str:
    """List the last five published years with their labels, and what the test says."""
    rows = series.published[-_YEARS:]
    if not rows:
        return ""
    display = display_of(series.published, rows[-1].unit)
    # No break between a year and its figure: two numbers side by side are confused.
    listed = "; ".join(
        f"{row.year_label}:\N{NO-BREAK SPACE}{_text(row, display)}" for row in rows
    )
    return f"{listed}. {_say_test(series, rows)}"


def _text(row: Observation, display: Display) -> str:
    if row.value is None:
        return row.status.sign
    return value_text(row, display)


def _say_test(series: SeriesSet, rows: tuple[Observation, ...]) -> str:
    trend = find_published_trend(series)
    if trend is not None:
        return f"{_TREND_WORDS[trend.words]} over {count_years(trend)} years"
    if len(rows) < FEWEST_YEARS:
        return "Too few years to test for a trend"
    if any(row.value is None for row in rows):
        return "Not tested for a trend: a year has no figure"
    if series.crosses(rows[0], rows[-1]):
        return "Not tested for a trend: it was collected another way before"
    return "Not tested for a trend: its years do not follow each other"


def _name_neighbours(spread: Spread | None) -> str:
    """Name the neighbours, the closest first: "Barnet, Leeds"."""
    if spread is None or not spread.neighbours:
        return ""
    names = {code: name for code, name, _ in spread.authorities}
    return ", ".join(
        names.get(code) or AUTHORITY_NAMES.get(code, code) for code in spread.neighbours
    )
