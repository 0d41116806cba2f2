"""One indicator as a row of the overview: words as short as they can be, and pictures.

Bold on the page is what a test found to be more than chance; what no test was made of
has other words than what a test found alike: "Above" and "Higher", never the same.
"""

from typing import Any, Final

from openscrutiny.adoption.targets import Adoption
from openscrutiny.charts import Brief, Drawing, RowLine, RowPlace, quantile
from openscrutiny.indicators.definition import Indicator, Polarity
from openscrutiny.judgement.benchmark import Benchmark
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import Findings
from openscrutiny.judgement.movement import Movement
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, make_display
from openscrutiny.periods import Period, PeriodType, month_name
from openscrutiny.story.compared.benchmark import make_spine_words, name_year
from openscrutiny.story.headline import marker_of, part_texts, value_text
from openscrutiny.story.model import Row, Sentence
from openscrutiny.story.sentences import change_words

_YEARS, _MONTHS = 7, 13
_LINES: Final = {1: "Rising", -1: "Falling"}
_CLEAR: Final = {1: "Clear rise", -1: "Clear fall"}


def make_row(
    found: Findings,
    definition: Indicator,
    facts: Facts,
    short: Sentence | None,
) -> Row:
    """Build the row of one indicator; `short` decides what its brief picture shows."""
    row = found.series.headline
    if row is None:
        return Row()
    hidden = row.status is Status.HIDDEN
    display = display_of(found.series.line, row.unit)
    way, direction, is_clear = _say_direction(found.movement, display)
    against, is_tested, is_apart = "", False, False
    if found.benchmark is not None and not hidden:
        against, is_tested, is_apart = _say_against(found.benchmark)
    return Row(
        counted="" if row.value is None else _say_fed(row),
        short_counted=_say_short_counted(found, short),
        is_short_earlier=_is_of_earlier_year(found, short),
        period=short_period(row.span),
        way=way,
        direction=direction,
        is_clear=is_clear,
        against=against,
        is_tested=is_tested,
        is_apart=is_apart,
        no_place=_say_no_place(found.benchmark, row),
        line=None if hidden else _make_line(found.series, definition, facts, display),
        place=None if hidden else _make_place(found.benchmark, definition, facts),
        brief=_make_brief(found, definition, facts, short, display),
    )


def short_period(span: Period) -> str:
    """Name a period where there is room for fourteen letters: "12 m to Sep 26"."""
    month = f"{month_name(span.end)[:3]} {span.end.year % 100:02d}"
    if span.said is not None:
        return f"to {month}"
    if span.is_state or span.type is PeriodType.DAY:
        return f"{span.end.day} {month}"
    match span.type:
        case PeriodType.ROLLING_12_MONTHS:
            return f"12 m to {month}"
        case PeriodType.FINANCIAL_YEAR | PeriodType.REPORTING_YEAR:
            return f"Year to {month}"
        case PeriodType.QUARTER:
            return f"3 m to {month}"
        case PeriodType.TERM:
            return f"Term to {month}"
        case PeriodType.YEAR_TO_DATE:
            return f"Apr to {month}"
        case PeriodType.CALENDAR_YEAR:
            return str(span.end.year)
        case PeriodType.ACADEMIC_YEAR:
            return span.tick
        case _:
            return month


def _say_short_counted(found: Findings, short: Sentence | None) -> str:
    """Say what the short sentence's figure is of, which may be of an earlier year."""
    row = found.series.headline
    if _is_of_earlier_year(found, short):
        assert found.benchmark is not None
        row = found.benchmark.ours
    if short is None or row is None:
        return ""
    return f"{_say_fed(row)} {marker_of(row)}".strip()


def _is_of_earlier_year(found: Findings, short: Sentence | None) -> bool:
    """Tell whether the short sentence sets an earlier year's figure beside England's."""
    if short is None or short.rule != "B3-england":
        return False
    assert found.benchmark is not None
    return not found.benchmark.same


def _say_fed(row: Observation) -> str:
    """Say what was counted, and where it is the council's own count."""
    counted = _say_counted(row)
    return f"{counted}; own count" if row.is_given else counted


def _say_counted(row: Observation) -> str:
    """Say what a value is of: "2,464 of 8,977", or that it is published alone."""
    top, bottom = part_texts(row)
    match row.unit:
        case "count":
            return "a count"
        case "percent":
            return f"{top} of {bottom}" if top and bottom else "percentage alone"
        case "of_total":
            return f"of {bottom}"
        case "rate_per_10_000":
            return f"{top}; per 10,000" if top else "per 10,000"
        case _:
            return f"{top} ÷ {bottom}" if top and bottom else "average alone"


def _say_direction(
    movement: Movement | None, display: Display
) -> tuple[int | None, str, bool]:
    """Say which way it moves, in how many words there is room for; and if it is clear."""
    if movement is None:
        return None, "", False
    if movement.held:
        return None, "Not judged", False
    if movement.is_clear and movement.direction:
        return movement.direction, _CLEAR[movement.direction], True
    if movement.trend is not None and movement.trend.direction:
        return movement.trend.direction, _LINES[movement.trend.direction], True
    if not movement.has_change:
        level = movement.trend is not None
        return None, "No clear change" if level else "No comparison", False
    if not movement.direction:
        return 0, "About the same", False
    size = display.difference(movement.amount, movement.places).split(" ")[0]
    return (
        movement.direction,
        f"{change_words(movement.direction).capitalize()} {size}",
        False,
    )


def _say_against(benchmark: Benchmark) -> tuple[str, bool, bool]:
    """Say the place against England; whether it was tested, and lies apart."""
    ours = benchmark.ours
    comparable = benchmark.england is not None and benchmark.comparable
    if not comparable or not benchmark.ours_text or ours is None or ours.value is None:
        return "", False, False
    if ours.held:
        return "Not judged", False, False
    position = benchmark.position
    if position is None:
        if benchmark.ours_text == benchmark.text(benchmark.england):
            return "The same", False, False
        assert benchmark.england is not None
        return "Above" if ours.value > benchmark.england else "Below", False, False
    if not position.strength:
        return "Similar", True, False
    word = "higher" if position.side > 0 else "lower"
    return (
        (word.capitalize(), True, True)
        if position.strength == 2
        else (f"A bit {word}", True, True)
    )


def _least_span(facts: Facts) -> float:
    """Give how far the middle half of the authorities lies apart; 0 where unknown."""
    values = sorted(facts.spread.values) if facts.spread else []
    if len(values) < 5:
        return 0.0
    return quantile(values, 0.75) - quantile(values, 0.25)


def _told(series: SeriesSet) -> list[Observation]:
    headline = series.headline
    assert headline is not None
    rows = [row for row in series.line if row.end <= headline.end]
    return rows[-(_MONTHS if headline.span.type in SHORT_KINDS else _YEARS) :]


def _make_line(
    series: SeriesSet, definition: Indicator, facts: Facts, display: Display
) -> Drawing | None:
    rows = _told(series)
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    line = RowLine(
        title=f"{definition.short_name} over time",
        description=_from_to(known, display),
        values=tuple(row.value for row in rows),
        places=tuple(row.end.toordinal() for row in rows),
        is_provisional=known[-1].is_unsettled,
        least=_least_span(facts),
    )
    return Drawing(line, f"{definition.id}-row")


def _from_to(known: list[Observation], display: Display) -> str:
    first, last = known[0], known[-1]
    return (
        f"From {value_text(first, display)} ({short_period(first.span)}) to "
        f"{value_text(last, display)} ({short_period(last.span)})."
    )


def _make_place(
    benchmark: Benchmark | None, definition: Indicator, facts: Facts
) -> Drawing | None:
    """Draw our place where there is a spread of one and the same year."""
    spread = facts.spread
    if benchmark is None or spread is None or not benchmark.comparable:
        return None
    words = make_spine_words(benchmark, spread, facts.area_name)
    if words is None:
        return None
    held = benchmark.neighbours
    assert benchmark.ours is not None
    place = RowPlace(
        title=f"{definition.short_name}, {name_year(benchmark)}",
        description=f"{', '.join(words)}.",
        main=benchmark.ours.value,
        upright=benchmark.england,
        diamond=held.mean if held is not None and held.is_shown else None,
        values=tuple(spread.values),
        is_turned=definition.polarity is Polarity.LOWER,
        is_judged=definition.polarity is not Polarity.NEUTRAL,
    )
    return Drawing(place, f"{definition.id}-place")


def _say_no_place(benchmark: Benchmark | None, row: Observation) -> str:
    """Say what stands in the place of the picture: "None exists" where none can."""
    held = benchmark.neighbours if benchmark is not None else None
    has_neighbours = held is not None and held.is_shown
    if benchmark is None or (benchmark.england is None and not has_neighbours):
        return "None exists"
    period = benchmark.period
    older = period is not None and period.end < row.end
    return "Older: see page" if older else "See its page"


def _make_brief(
    found: Findings,
    definition: Indicator,
    facts: Facts,
    short: Sentence | None,
    display: Display,
) -> Drawing | None:
    """Draw the line with the comparator that the short sentence names, and no other."""
    row = found.series.headline
    if short is None or row is None or row.value is None:
        return None
    rows = _told(found.series)
    if _is_of_earlier_year(found, short):
        rows = [each for each in found.series.published if each.value is not None]
        rows = rows[-_YEARS:]
    known = [each for each in rows if each.value is not None]
    if len(known) < 2:
        return None
    places = tuple(each.end.toordinal() for each in rows)
    first, last = known[0], known[-1]
    brief = Brief(
        title=definition.short_name,
        description=_from_to(known, display),
        values=tuple(each.value for each in rows),
        places=places,
        labels=(_bare(first, display), _bare(last, display)),
        periods=(_tick(rows[0]), _tick(rows[-1])),
        is_provisional=last.is_unsettled,
        least=_least_span(facts),
        **_comparator(short, found.series, rows, facts.adoption),
    )
    return Drawing(brief, f"{definition.id}-brief")


def _comparator(
    short: Sentence,
    series: SeriesSet,
    rows: list[Observation],
    adoption: Adoption | None,
) -> dict[str, Any]:
    if short.rule == "B1-target":
        assert adoption is not None and adoption.target is not None
        shown = make_display(rows[-1].unit, [adoption.target]).text(adoption.target)
        begins = adoption.from_.toordinal() if adoption.from_ else None
        name = f"target {shown.removesuffix('%')}"
        return {"level": adoption.target, "level_from": begins, "name": name}
    if short.rule == "B3-england":
        at = {each.end: each.value for each in series.england}
        beside = tuple(at.get(each.end) for each in rows)
        england = dict(short.inputs)["england"].removesuffix("%")
        return {"beside": beside, "name": f"England {england}"}
    return {}


def _bare(row: Observation, display: Display) -> str:
    return value_text(row, display).removesuffix("%")


def _tick(row: Observation) -> str:
    tick = row.span.tick
    return row.span.dated_tick if len(tick) > len("2024/25") else tick
