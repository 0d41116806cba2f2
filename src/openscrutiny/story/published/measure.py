"""One published measure told whole: every authority in order, the years, the words.

It draws with the pictures of our own indicators, from the comparison's rows and the
publisher's years, and writes every value as the publisher does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import polars as pl

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.indicators.definition import Polarity, PublishedMeasure
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.judgement.spread import NeighbourYear, Spread
from openscrutiny.nothing import Status, read_symbol
from openscrutiny.record.published_periods import year_in_words
from openscrutiny.story.compared.authorities import make_authorities
from openscrutiny.story.compared.benchmark import name_neighbour
from openscrutiny.story.compared.table import make_comparison_rows
from openscrutiny.story.model import AuthorityRow, Chart, ComparisonRow, Sentence
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.pictures.dots import make_dot_strip
from openscrutiny.story.pictures.years import make_annual_chart
from openscrutiny.story.published.profile import PublishedRow
from openscrutiny.story.published.terms import (
    PublishedPeriod,
    read_year,
    within,
)
from openscrutiny.story.sentences import is_plain, make_sentence

_POLARITY: Final = {"High": Polarity.HIGHER, "Low": Polarity.LOWER}
_DIRECTIONS: Final = {
    Polarity.HIGHER: "Higher is better.",
    Polarity.LOWER: "Lower is better.",
    Polarity.NEUTRAL: "Neither high nor low is said to be good, so nobody is ranked.",
}


@dataclass(frozen=True)
class MeasureFacts:
    """Hold what is known of one measure.

    `compared` has one row an authority, `series` the columns of
    comparison.series.SERIES_SCHEMA, `words` one row of the record's measures.
    `neighbours` are (code, name) of the model, closest first; `markers` give what stands
    in the place of a number that is not published, by authority's name.
    """

    area_code: str
    area_name: str
    as_at: date
    row: PublishedRow
    words: Mapping[str, Any]
    compared: pl.DataFrame
    series: pl.DataFrame
    neighbours: tuple[tuple[str, str], ...]
    model: NeighbourModel | None
    edition: str
    markers: Mapping[str, str] = field(default_factory=dict)
    invented: bool = False


@dataclass(frozen=True)
class MeasureStory:
    """Hold all that the page of one published measure shows."""

    row: PublishedRow
    direction: str
    sentences: tuple[Sentence, ...]
    dot_strip: Chart | None
    years: Chart | None
    comparison: tuple[ComparisonRow, ...]
    authorities: tuple[AuthorityRow, ...]
    neighbours: str
    neighbour_word: str  # what each of them is: "Statistical neighbour"
    description: tuple[str, ...]
    publication: str
    edition: str
    year_type: str


@dataclass(frozen=True)
class _Subject:
    """Stand for a published measure where a picture asks what it is of."""

    name: str
    formula: str
    polarity: Polarity
    id: str = "measure"
    counts: str = ""
    numerator: str = ""
    published: tuple[PublishedMeasure, ...] = ()


def tell_measure(facts: MeasureFacts) -> MeasureStory:
    """Tell one measure from its facts."""
    row, words = facts.row, facts.words
    ours = _our_row(facts)
    polarity = _POLARITY.get(str(ours.get("polarity") or ""), Polarity.NEUTRAL)
    benchmark = _benchmark(facts, ours)
    codes = tuple(code for code, _ in facts.neighbours)
    spread = Spread(
        row.year,
        tuple(facts.compared.select("area_code", "area_name", "value").iter_rows()),
        codes,
        model=facts.model.name if facts.model else "",
    )
    subject = _Subject(row.title, row.unit, polarity)
    context = _context(facts, subject)
    rows = tuple(
        replace(told, value=facts.markers.get(told.name, told.value))
        if told.value == Status.NOT_AVAILABLE.sign
        else told
        for told in make_authorities(facts.compared, benchmark, spread, facts.area_code)
    )
    return MeasureStory(
        row=row,
        direction=_DIRECTIONS[polarity],
        sentences=_sentences(facts),
        dot_strip=make_dot_strip(benchmark, spread, facts.area_code, context),
        years=_years(facts, context),
        comparison=(
            *_wholes(row),
            *make_comparison_rows(
                benchmark, subject, facts.compared, spread, facts.area_name
            ),
        ),
        authorities=_with_marks(rows, facts, ours, polarity),
        neighbours=_name_neighbours(facts),
        neighbour_word=name_neighbour(is_own_group=spread.is_own_group).capitalize(),
        description=_paragraphs(words.get("description") or ""),
        publication=words.get("publication") or "",
        edition=facts.edition,
        year_type=words.get("year_type") or "",
    )


def _our_row(facts: MeasureFacts) -> Mapping[str, Any]:
    """Give our row of the comparison; without one, what all rows share."""
    mine = facts.compared.filter(pl.col("area_code") == facts.area_code)
    if not mine.is_empty():
        return mine.row(0, named=True)
    if facts.compared.is_empty():
        return {}
    shared = ("year", "england_value", "q1", "q2", "q3", "polarity")
    return facts.compared.select(shared).row(0, named=True)


def _context(facts: MeasureFacts, subject: _Subject) -> Context:
    row = facts.row
    return Context(
        definition=subject,
        area=facts.area_name,
        as_at=facts.as_at,
        invented=facts.invented,
        unit=row.unit,
        display=row.display,
    )


def _sentences(facts: MeasureFacts) -> tuple[Sentence, ...]:
    row = facts.row
    if row.why_none:
        return (
            make_sentence(
                "P3-no-figure", row.why_none, measure=row.key, why=row.why_none
            ),
        )
    beside = row.england and not row.is_sum
    england = f"; England was {row.england}" if beside else ""
    when = within(row.year)
    text = f"{facts.area_name} was {row.ours} {when}{england}."
    if not is_plain(text):
        text = f"The figure was {row.ours} {when}{england}."
    told = [
        make_sentence(
            "P3-figure",
            text,
            ours=row.ours,
            year=row.year,
            measure=row.key,
            england=row.england if beside else "none",
        )
    ]
    if row.change:
        told.append(make_sentence("P4-change", f"{row.change}.", change=row.change))
    return (*told, *_forecasts(facts))


def _forecasts(facts: MeasureFacts) -> tuple[Sentence, ...]:
    """Say what is published of periods that have not ended: no figure of the past."""
    lines = facts.series.filter(pl.col("line") == "forecast")
    rows = lines.filter(pl.col("value").is_not_null())
    if rows.is_empty():
        return ()
    last = rows.row(-1, named=True)
    period = year_in_words(str(last["year_label"]))
    value = facts.row.display.text(float(last["value"]))
    others = rows.height - 1
    more = f", and {others} nearer than that" if others else ""
    return (
        make_sentence(
            "P5-forecast",
            f"A forecast, not drawn or compared: {value} {within(period)}{more}.",
            value=value,
            period=period,
            others=others,
            measure=facts.row.key,
        ),
    )


def _observe(row: Mapping[str, Any], facts: MeasureFacts) -> Observation | None:
    """Set one published value in the terms of a series; None where it has no year."""
    year = read_year(row["year_label"], facts.words.get("year_type") or "")
    if year is None:
        return None
    value = row["value"]
    status = Status.FINAL if value is not None else read_symbol(row["symbol"])
    span = PublishedPeriod(year.end, year.end, year.kind, label=year.label)
    return Observation(
        span=span,
        area_code=row["area_code"],
        area_name=row["area_name"] or "",
        numerator=None,
        denominator=None,
        value=value,
        unit=facts.row.display.unit,
        status=status,
        source=facts.words.get("publication") or "Published",
        edition=facts.edition,
        why="" if value is not None else _why(row, status),
        unknown=None,
        year_label=year.label,
        fed_by="published",
    )


def _why(row: Mapping[str, Any], status: Status) -> str:
    if status is Status.HIDDEN:
        return "Hidden by the publisher to protect privacy."
    return f"The publisher gives no number here: “{row['raw'] or ''}”."


def _line(facts: MeasureFacts, name: str) -> tuple[Observation, ...]:
    """Give one line by year; where two labels end on one day, the last label counts."""
    rows = facts.series.filter(pl.col("line") == name).iter_rows(named=True)
    seen = [seen for row in rows if (seen := _observe(row, facts)) is not None]
    by_end = {row.end: row for row in seen}
    return tuple(by_end[end] for end in sorted(by_end))


def _years(facts: MeasureFacts, context: Context) -> Chart | None:
    own = _line(facts, "own")
    # A sum of the nation would press our line flat and compare nothing.
    england = () if facts.row.is_sum else _line(facts, "England")
    series = SeriesSet(None, own, (), (), own, england, (), "")
    chart = make_annual_chart(series, context, _neighbour_years(facts), None, None)
    if chart is None:
        return None
    # Every figure here is a published one; only what is missing needs a note.
    points = tuple(p if p.value is None else replace(p, why="") for p in chart.points)
    return replace(chart, points=points)


def _neighbour_years(facts: MeasureFacts) -> dict[date, NeighbourYear]:
    years = {}
    rows = facts.series.filter(pl.col("line") == "neighbours")
    for row in rows.iter_rows(named=True):
        year = read_year(row["year_label"], facts.words.get("year_type") or "")
        if year is not None:
            years[year.end] = NeighbourYear(
                row["value"],
                int(row["neighbours_available"] or 0),
                int(row["neighbours_listed"] or 0),
            )
    return years


def _benchmark(facts: MeasureFacts, ours: Mapping[str, Any]) -> Benchmark | None:
    if not ours:
        return None
    row = facts.row
    if row.is_sum:
        ours = {**ours, "region_value": None}
    mine = [seen for seen in _line(facts, "own") if seen.year_label == row.year]
    available = ours.get("neighbours_available")
    held = None
    if available is not None:
        listed = len(facts.neighbours)
        held = NeighbourYear(ours.get("neighbour_mean"), int(available), listed)
    return Benchmark(
        period=_period(facts),
        same=True,
        comparable=True,
        ours=mine[-1] if mine else None,
        differs=None,
        england=None if row.is_sum else ours.get("england_value"),
        display=row.display,
        row=ours,
        neighbours=held,
        gap_places=row.display.places,
    )


def _period(facts: MeasureFacts) -> PublishedPeriod | None:
    """Give the year compared; None where its label names none."""
    year = read_year(facts.row.label, facts.words.get("year_type") or "")
    if year is None:
        return None
    return PublishedPeriod(year.end, year.end, year.kind, label=facts.row.year)


def _with_marks(
    rows: tuple[AuthorityRow, ...],
    facts: MeasureFacts,
    ours: Mapping[str, Any],
    polarity: Polarity,
) -> tuple[AuthorityRow, ...]:
    """Set England and the region among the authorities, where their figures lie."""
    if not rows or facts.row.is_sum:
        return rows
    sign = 1 if polarity is Polarity.LOWER else -1
    values = sorted(
        facts.compared["value"].drop_nulls().to_list(), key=lambda value: sign * value
    )
    marks = [("England", ours.get("england_value"), "England")]
    marks.append((ours.get("region_used") or "", ours.get("region_value"), "Region"))
    told = list(rows)
    for name, value, who in sorted(
        ((n, v, w) for n, v, w in marks if v is not None and n),
        key=lambda mark: sign * mark[1],
        reverse=True,
    ):
        # From the far end on, so that a mark moves no place that is still to be found.
        place = sum(sign * other <= sign * value for other in values)
        told.insert(
            place, AuthorityRow(name, facts.row.display.text(value), "", "", who)
        )
    return tuple(told)


def _wholes(row: PublishedRow) -> tuple[ComparisonRow, ...]:
    """List the sums of nation and region, which are not set beside one authority."""
    if not row.is_sum:
        return ()
    wholes = (("England", row.england), (row.region_name, row.region))
    reading = "Not set beside one authority: England’s is above every one of them"
    return tuple(
        ComparisonRow(name, value, reading) for name, value in wholes if value and name
    )


def _name_neighbours(facts: MeasureFacts) -> str:
    if facts.model is None or not facts.neighbours:
        return ""
    names = ", ".join(name for _, name in facts.neighbours)
    return f"{facts.model.title}: {names}. {facts.model.ended}".strip()


def _paragraphs(text: str) -> tuple[str, ...]:
    """Split a publisher's description where it breaks its lines."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
