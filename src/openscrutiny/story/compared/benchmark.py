"""What a figure is compared with: England, region and neighbours, all of one year.

The benchmark's year is the comparison's own. Where it is not the headline's, our
figure of that same year stands beside it and the year is named: like with like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openscrutiny.charts import Drawing, Spine
from openscrutiny.comparison.funnel import (
    Funnel,
    Position,
    compare_count,
    compare_proportion,
    make_funnel,
)
from openscrutiny.indicators.definition import Clock, Indicator, Polarity, Unit
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, round_half_away
from openscrutiny.record.year_labels import explain_gap
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import (
    Compared,
    NeighbourYear,
    Spread,
    Stop,
)

__all__ = [
    "FEWEST_NEIGHBOURS",
    "Benchmark",
    "describe_standing",
    "describe_year_change",
    "find_benchmark",
    "make_compared",
]

FEWEST_NEIGHBOURS = 6


@dataclass(frozen=True)
class Benchmark:
    """Hold the comparators of one year and our own figure of that year.

    `same` says that the year is the headline's. `comparable` is false where the
    headline is a month's flow, which is never set beside a year.
    """

    name: str  # "year to March 2025"
    when: str  # "in the year to March 2025"
    same: bool
    comparable: bool
    ours: Observation | None
    published_differs: str  # the published value where ours of that year differs
    england: float | None
    display: Display
    row: Mapping[str, Any]  # the comparison's columns, empty where there is none
    neighbours: NeighbourYear | None
    funnel: Funnel | None = None
    kin: str = "statistical neighbour"  # what each of `neighbours` is
    gap_places: int | None = None  # where the publisher states the decimals
    is_share: bool = True  # the numerator counts some of the denominator

    @property
    def standing(self) -> Position | None:
        """Place our share among all authorities, which differ by more than chance."""
        if self.funnel is None or self.ours is None or self.ours.counts is None:
            return None
        return self.funnel.place(*self.ours.counts)

    @property
    def position(self) -> Position | None:
        """Test our figure against England where its parts are known and final."""
        if self.ours is None or self.england is None or self.ours.counts is None:
            return None
        numerator, denominator = self.ours.counts
        if self.ours.unit == "percent" and not self.is_share:
            # Events over people: they vary as counts do.
            return compare_count(numerator, denominator, self.england / 100)
        if self.ours.unit == "percent":
            return compare_proportion(numerator, denominator, self.england / 100)
        if self.ours.unit == "rate_per_10_000":
            return compare_count(numerator, denominator, self.england / 10_000)
        return None

    @property
    def label(self) -> str:
        """Give the publisher's label of the year compared."""
        return str(self.row.get("year") or "")

    def is_behind(self, polarity: Polarity) -> bool:
        """Tell whether England's figure is better than ours, tested or not."""
        if self.england is None or self.ours is None or self.ours.value is None:
            return False
        if self.ours.held:
            return False
        sign = {Polarity.HIGHER: 1, Polarity.LOWER: -1}.get(polarity, 0)
        return sign * self.ours.value < sign * self.england

    def text(self, value: float | None) -> str:
        return "" if value is None else self.display.text(value)

    @property
    def england_text(self) -> str:
        """Write England's figure, with what a rate is of; "" where there is none."""
        shown = self.text(self.england)
        rate = shown and self.display.unit == "rate_per_10_000"
        return f"{shown} per 10,000" if rate else shown

    @property
    def ours_text(self) -> str:
        """Write our figure of the benchmark's year, "" where there is none."""
        if self.ours is None or self.ours.value is None:
            return ""
        same_source = not self.ours.is_own
        display = (
            self.display if same_source else display_of([self.ours], self.ours.unit)
        )
        return value_text(self.ours, display)

    @property
    def neighbours_text(self) -> str:
        """Write the neighbours' mean, "[x]" where too few are published."""
        held = self.neighbours
        if held is None:
            return ""
        if held.mean is None or held.available < FEWEST_NEIGHBOURS:
            return Status.NOT_AVAILABLE.sign
        return self.display.text(held.mean)


def _with_value(rows: tuple[Observation, ...]) -> list[Observation]:
    return [row for row in rows if row.value is not None]


def _digits(label: str) -> str:
    """Keep a year label's figures: "2023/24" and "202324" are one year."""
    return "".join(letter for letter in label if letter.isdigit())


def _anchor(
    series: SeriesSet, label: str, headline: Observation | None
) -> Observation | None:
    """Find the published row whose year the comparison is of."""
    england, ours = _with_value(series.england), _with_value(series.published)
    if label:
        wanted = _digits(label)
        for row in (*england, *ours):
            if _digits(row.year_label) == wanted:
                return row
        return None
    if headline is not None:
        for row in england:
            if row.end == headline.end and row.unit == headline.unit:
                return row
    return england[-1] if england else None


def _our_figure(
    series: SeriesSet, end: date, unit: str, headline: Observation | None
) -> tuple[Observation | None, str]:
    """Find our figure of a year: own before published; and the other if it differs."""
    published = next(
        (row for row in _with_value(series.published) if row.end == end), None
    )
    held = (*series.annual, *(row for row in series.short if row.span.is_state))
    own = next(
        (
            row
            for row in held
            # Where no return of ours covers the day, the published figure is ours.
            if row.end == end and row.is_own and row.status is not Status.NOT_AVAILABLE
        ),
        None,
    )
    if headline is not None and headline.end == end and headline.is_own:
        own = headline
    if own is None or own.unit != unit:
        return published, ""
    if own.value is None:
        # Hidden from this audience: the published one may not step in silently for
        # the same year.
        return own, ""
    if published is None:
        return own, ""
    shown = value_text(own, display_of([own], unit))
    other = value_text(published, display_of(series.published, unit))
    return own, "" if shown == other else other


def _neighbours(
    row: Mapping[str, Any],
    end: date | None,
    neighbour_series: Mapping[date, NeighbourYear] | None,
    spread: Spread | None,
) -> NeighbourYear | None:
    if neighbour_series and end is not None and end in neighbour_series:
        return neighbour_series[end]
    available = row.get("neighbours_available")
    if available is None:
        return None
    listed = len(spread.neighbours) if spread and spread.neighbours else 10
    return NeighbourYear(row.get("neighbour_mean"), int(available), listed)


def find_benchmark(
    series: SeriesSet,
    definition: Indicator,
    row: Mapping[str, Any],
    neighbour_series: Mapping[date, NeighbourYear] | None,
    spread: Spread | None,
) -> Benchmark | None:
    """Gather the comparators of one year; None where nothing is published.

    Bare counts have none: places differ in size.
    """
    if definition.unit is Unit.COUNT:
        return None
    headline = series.headline
    label = str(row.get("year") or "")
    anchor = _anchor(series, label, headline)
    if anchor is None and not label:
        return None
    unit = anchor.unit if anchor else definition.unit.value
    england = _england_value(series, anchor, row)
    ours, differs = (None, "")
    if anchor is not None:
        ours, differs = _our_figure(series, anchor.end, unit, headline)
    is_flow = definition.clock is not Clock.STATE
    month = headline is not None and headline.span.type in SHORT_KINDS
    comparable = not (month and is_flow)
    same = (
        headline is not None
        and anchor is not None
        and comparable
        and headline.end == anchor.end
        and headline.unit == unit
    )
    return Benchmark(
        name=anchor.span.name if anchor else label,
        when=anchor.span.within if anchor else f"in {label}",
        same=same,
        comparable=comparable,
        ours=ours,
        published_differs=differs,
        england=england,
        display=display_of((*series.england, *series.published), unit),
        row=row,
        neighbours=_neighbours(
            row, anchor.end if anchor else None, neighbour_series, spread
        ),
        funnel=_funnel(unit, england, spread, label) if definition.is_share else None,
        kin=spread.kin if spread else "statistical neighbour",
        is_share=definition.is_share,
    )


def _funnel(
    unit: str, england: float | None, spread: Spread | None, label: str
) -> Funnel | None:
    """Measure the spread of shares of the comparison's own year."""
    if unit != "percent" or england is None or spread is None or spread.year != label:
        return None
    return make_funnel(england / 100, [(r, n) for _, r, n in spread.counts])


def _england_value(
    series: SeriesSet, anchor: Observation | None, row: Mapping[str, Any]
) -> float | None:
    value = row.get("england_value")
    if value is not None:
        return float(value)
    if anchor is None:
        return None
    for england in _with_value(series.england):
        if england.end == anchor.end:
            return england.value
    return None


def _reading(benchmark: Benchmark) -> str:
    if benchmark.england is None or not benchmark.ours_text:
        return ""
    position = benchmark.position
    if position is not None:
        words = position.words
        return f"{words[0].upper()}{words[1:]} England"
    assert benchmark.ours is not None and benchmark.ours.value is not None
    if benchmark.ours.held:
        return "Not judged"
    if benchmark.ours_text == benchmark.text(benchmark.england):
        return "The same as England"
    above = benchmark.ours.value > benchmark.england
    return f"{'Above' if above else 'Below'} England; not tested"


def _words(benchmark: Benchmark) -> tuple[tuple[str, str], ...]:
    pairs = [("England", benchmark.text(benchmark.england))]
    pairs.append(("Neighbours", benchmark.neighbours_text))
    return tuple((label, words) for label, words in pairs if words)


def _notes(benchmark: Benchmark, series: SeriesSet, area: str) -> str:
    notes = []
    headline = series.headline
    hidden = headline is not None and headline.status is Status.HIDDEN
    if not benchmark.comparable:
        ours = f"{area} {benchmark.ours_text}, " if benchmark.ours_text else ""
        england = benchmark.text(benchmark.england)
        when = benchmark.when
        notes.append(f"{when[0].upper()}{when[1:]}: {ours}England {england}.")
    elif not benchmark.same:
        told = benchmark.ours_text if not hidden else ""
        name = benchmark.name
        notes.append(
            f"{name[0].upper()}{name[1:]}: {area} {told}."
            if told
            else f"Compared for {_article(name)}."
        )
    if benchmark.published_differs:
        notes.append(f"The published figure is {benchmark.published_differs}.")
    held = benchmark.neighbours
    if held is not None and held.available < held.listed:
        notes.append(f"{held.available} of {held.listed} neighbours.")
    return " ".join(notes)


def describe_year_change(benchmark: Benchmark | None) -> str:
    """Say the published change between its two named years, which need not adjoin."""
    if benchmark is None or benchmark.row.get("change") is None:
        return ""
    row, display = benchmark.row, benchmark.display
    change = float(row["change"])
    years = f"from {row['change_from']} to {row['change_to']}"
    gap = explain_gap(str(row["change_from"]), str(row["change_to"]))
    years += f" ({gap})" if gap else ""
    if not round_half_away(change, display.places):
        return f"About the same {years}"
    way = "Up" if change > 0 else "Down"
    return f"{way} {display.difference(change, display.places)} {years}"


def _article(name: str) -> str:
    """Put "the" before a named span: "the year to March 2025", "31 March 2025"."""
    return name if name[:1].isdigit() else f"the {name}"


def make_compared(
    benchmark: Benchmark | None,
    series: SeriesSet,
    definition: Indicator,
    spread: Spread | None,
    *,
    area: str,
    prefix: str,
) -> Compared:
    """Build the comparison's words and spine; or say that none exists, and why."""
    if benchmark is None:
        reason = definition.no_comparator or "No published figure is loaded."
        return Compared(None, (), "", reason, "", Stop.NONE)
    headline = series.headline
    hidden = headline is not None and headline.status is Status.HIDDEN
    note = _notes(benchmark, series, area)
    if not benchmark.comparable:
        reason = "A single month is not set beside a year."
        return Compared(None, (), "", reason, note, Stop.PROVISIONAL)
    if benchmark.england is None and not _words(benchmark):
        return Compared(
            None,
            (),
            "",
            f"None is published for {_article(benchmark.name)}.",
            note,
            Stop.NONE,
        )
    spine = None if hidden else _spine(benchmark, definition, spread, area)
    return Compared(
        drawing=Drawing(spine, f"{prefix}-spine") if spine else None,
        words=_words(benchmark),
        reading="" if hidden else _reading(benchmark),
        none_reason="",
        note=note,
        stop=Stop.FIGURE if benchmark.same else Stop.PROVISIONAL,
    )


def _spine(
    benchmark: Benchmark,
    definition: Indicator,
    spread: Spread | None,
    area: str,
) -> Spine | None:
    """Give the spine where we have a place in a spread of one and the same year."""
    ours = benchmark.ours
    if spread is None or ours is None or ours.value is None or len(spread.values) < 5:
        return None
    if benchmark.row and spread.year and spread.year != str(benchmark.row.get("year")):
        return None
    words = [f"{area} {benchmark.ours_text}"]
    words += [f"{label} {value}" for label, value in _words(benchmark)]
    way = {
        Polarity.LOWER: "lower is better, and better is to the right",
        Polarity.HIGHER: "higher is better, and better is to the right",
        Polarity.NEUTRAL: "neither is better; higher is to the right",
    }[definition.polarity]
    held = benchmark.neighbours
    enough = held is not None and held.available >= FEWEST_NEIGHBOURS
    return Spine(
        title=f"{definition.name}, {benchmark.name}",
        description=f"{', '.join(words)}; {way}.",
        main=ours.value,
        solid=benchmark.england,
        diamond=held.mean if held is not None and enough else None,
        values=tuple(spread.values),
        is_turned=definition.polarity is Polarity.LOWER,
        letters=("E", "N"),
    )


def describe_standing(standing: Position, funnel: Funnel) -> str:
    """Say whether we lie within the spread that authorities show anyway."""
    if standing.strength == 0:
        where = "within"
    else:
        side = "above" if standing.side > 0 else "below"
        where = f"somewhat {side}" if standing.strength == 1 else side
    return f"{where} the usual spread of {funnel.areas} authorities"
