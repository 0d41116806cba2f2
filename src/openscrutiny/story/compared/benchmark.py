"""What a figure is compared with, in words and as a spine."""

from typing import Final

from openscrutiny.charts import Drawing, Spine
from openscrutiny.comparison.funnel import Funnel, Position
from openscrutiny.indicators.definition import Indicator, Polarity
from openscrutiny.judgement.benchmark import Benchmark, Unplaced
from openscrutiny.judgement.series import SeriesSet, display_of
from openscrutiny.judgement.spread import Spread
from openscrutiny.nothing import Status
from openscrutiny.numbers import round_half_away
from openscrutiny.record.year_labels import explain_gap
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Compared, Stop


def name_neighbour(*, is_own_group: bool) -> str:
    """Name what a neighbour is: a member of a group that a council made is no statistic."""
    return "group member" if is_own_group else "statistical neighbour"


def name_year(benchmark: Benchmark) -> str:
    """Name the year compared: "year to March 2025"."""
    return benchmark.period.name if benchmark.period else benchmark.label


def place_year(benchmark: Benchmark) -> str:
    """Place a figure in the year compared: "in the year to March 2025"."""
    return benchmark.period.within if benchmark.period else f"in {benchmark.label}"


def write_england(benchmark: Benchmark) -> str:
    """Write England's figure, with what a rate is of; "" where there is none."""
    shown = benchmark.text(benchmark.england)
    rate = shown and benchmark.display.unit == "rate_per_10_000"
    return f"{shown} per 10,000" if rate else shown


def write_neighbours(benchmark: Benchmark) -> str:
    """Write the neighbours' mean, "[x]" where too few are published."""
    held = benchmark.neighbours
    if held is None:
        return ""
    return benchmark.text(held.mean) if held.is_shown else Status.NOT_AVAILABLE.sign


def _reading(benchmark: Benchmark) -> str:
    """Say the place beside England: a verdict where it was tested, else two numbers."""
    if benchmark.england is None or not benchmark.ours_text:
        return ""
    position = benchmark.position
    if position is not None:
        words = position.words
        sure = ", beyond chance" if position.strength == 2 else ""
        return f"{words[0].upper()}{words[1:]} England{sure}"
    assert benchmark.ours is not None and benchmark.ours.value is not None
    if benchmark.ours.held:
        return "Not judged"
    if benchmark.is_level:
        return "The same as England"
    both = f"{benchmark.ours_text} beside England’s {benchmark.text(benchmark.england)}"
    return f"{both}; {say_beside(benchmark)}"


_UNPLACED: Final = {
    Unplaced.NO_FIGURE: "there is no figure of ours to test",
    Unplaced.HELD: "ours is not judged",
    Unplaced.UNSETTLED: "ours is provisional, so chance is not told",
    Unplaced.NO_COUNTS: "no counts are published to test it by",
    Unplaced.AVERAGE: "an average has no counts to test it by",
}


def say_beside(benchmark: Benchmark) -> str:
    """Say who lies beyond us, or why no test parts us from England."""
    beside = benchmark.beside
    if beside is not None:
        way = "higher" if beside.side > 0 else "lower"
        return f"{beside.further or 'none'} of {beside.others} others {way} than ours"
    assert benchmark.unplaced is not None
    return _UNPLACED[benchmark.unplaced]


def _words(benchmark: Benchmark) -> tuple[tuple[str, str], ...]:
    pairs = [("England", benchmark.text(benchmark.england))]
    pairs.append(("Neighbours", write_neighbours(benchmark)))
    return tuple((label, words) for label, words in pairs if words)


def _notes(benchmark: Benchmark, series: SeriesSet, area: str) -> str:
    notes = []
    headline = series.headline
    hidden = headline is not None and headline.status is Status.HIDDEN
    if not benchmark.comparable:
        ours = f"{area} {benchmark.ours_text}, " if benchmark.ours_text else ""
        england = benchmark.text(benchmark.england)
        when = place_year(benchmark)
        notes.append(f"{when[0].upper()}{when[1:]}: {ours}England {england}.")
    elif not benchmark.same:
        told = benchmark.ours_text if not hidden else ""
        name = name_year(benchmark)
        notes.append(
            f"{name[0].upper()}{name[1:]}: {area} {told}."
            if told
            else f"Compared for {_article(name)}."
        )
    if benchmark.differs is not None:
        display = display_of(series.published, benchmark.differs.unit)
        other = value_text(benchmark.differs, display)
        notes.append(f"The published figure is {other}.")
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
            f"None is published for {_article(name_year(benchmark))}.",
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


def make_spine_words(
    benchmark: Benchmark, spread: Spread, area: str
) -> list[str] | None:
    """Say each of those that a spine marks; None where no place can be drawn."""
    ours = benchmark.ours
    if ours is None or ours.value is None or len(spread.values) < 5:
        return None
    if benchmark.row and spread.year and spread.year != str(benchmark.row.get("year")):
        return None
    words = [f"{area} {benchmark.ours_text}"]
    return words + [f"{label} {value}" for label, value in _words(benchmark)]


def _spine(
    benchmark: Benchmark, definition: Indicator, spread: Spread | None, area: str
) -> Spine | None:
    """Give the spine where we have a place in a spread of one and the same year."""
    words = make_spine_words(benchmark, spread, area) if spread else None
    if words is None or spread is None:
        return None
    ours = benchmark.ours
    assert ours is not None
    way = {
        Polarity.LOWER: "lower is better, and better is to the right",
        Polarity.HIGHER: "higher is better, and better is to the right",
        Polarity.NEUTRAL: "neither is better; higher is to the right",
    }[definition.polarity]
    held = benchmark.neighbours
    return Spine(
        title=f"{definition.name}, {name_year(benchmark)}",
        description=f"{', '.join(words)}; {way}.",
        main=ours.value,
        solid=benchmark.england,
        diamond=held.mean if held is not None and held.is_shown else None,
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
