"""From series to pictures: the sparkline and the yearly chart.

Each chart carries its table, and both are made from the same rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openscrutiny.comparison.decisions import EVENT_KINDS, Event, Rebase
from openscrutiny.figures.schema import Status
from openscrutiny.indicators.definition import Indicator
from openscrutiny.periods import PeriodType
from openscrutiny.story.charts import (
    Flag,
    Line,
    LineChart,
    Mark,
    draw_narrow,
    draw_paper,
    draw_wide,
    sparkline,
)
from openscrutiny.story.comparing import FEWEST_NEIGHBOURS
from openscrutiny.story.dates import format_date
from openscrutiny.story.headline import MARKERS, display_of, part_texts, value_text
from openscrutiny.story.model import (
    Chart,
    NeighbourYear,
    Picture,
    Point,
    Stop,
)
from openscrutiny.story.numbers import Display, format_amount, make_display
from openscrutiny.story.series import SHORT_KINDS, Observation, SeriesSet

__all__ = [
    "Context",
    "axis_text",
    "describe_lines",
    "flag_events",
    "make_annual_chart",
    "make_picture",
    "make_point",
    "own_line",
    "span_words",
    "unit_words",
]

_MOST_YEARS = 10
_SPARK_YEARS, _SPARK_MONTHS = 7, 13
_A_YEAR_AND_MORE = timedelta(days=400)


@dataclass(frozen=True)
class Context:
    """Hold what every picture of one story needs."""

    definition: Indicator
    area: str
    as_at: date
    invented: bool = False
    events: tuple[Event, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    way: tuple[tuple[date, float], ...] = ()  # from the baseline to the target

    @property
    def prefix(self) -> str:
        return self.definition.id

    @property
    def notice(self) -> str:
        """Say where the nation is invented, "" where it is real."""
        return " Invented for illustration." if self.invented else ""


def unit_words(definition: Indicator, unit: str) -> str:
    """Say what a chart's axis counts."""
    match unit:
        case "percent":
            return f"% of {definition.counts}"
        case "rate_per_10_000":
            return "per 10,000 children aged 0 to 17"
        case "count":
            return f"number of {definition.counts}"
        case _:
            return definition.formula


def axis_text(unit: str) -> Callable[[float], str]:
    """Give the function that writes an axis's numbers, with as few decimals as fit."""

    def write(value: float) -> str:
        places = 0 if float(value).is_integer() else 1
        if not float(round(value, 6) * 10).is_integer():
            places = 2
        suffix = "%" if unit == "percent" else ""
        return f"{format_amount(value, places)}{suffix}"

    return write


def span_words(row: Observation) -> str:
    if row.span.is_state and row.span.kind not in SHORT_KINDS:
        return f"on {row.end.day} {format_date(row.end).split()[1]} of each year"
    match row.span.kind:
        case PeriodType.FINANCIAL_YEAR:
            return "years ending 31 March"
        case PeriodType.CALENDAR_YEAR:
            return "calendar years"
        case PeriodType.ACADEMIC_YEAR:
            return "school years"
        case PeriodType.ROLLING_12_MONTHS:
            return "12 months to each date"
        case PeriodType.MONTH:
            return "at the end of each month" if row.span.is_state else "each month"
        case PeriodType.QUARTER:
            return "at the end of each quarter" if row.span.is_state else "each quarter"
        case _:
            return "one day in each year"


_DATED = (PeriodType.ROLLING_12_MONTHS, *SHORT_KINDS)


def _ticks(rows: Sequence[Observation]) -> list[str]:
    """Label a line's periods; by month where years do not all end in the same one."""
    dated = any(row.span.kind in _DATED for row in rows)
    return [row.span.dated_tick if dated else row.span.tick for row in rows]


# ---------- The sparkline ----------


def make_picture(series: SeriesSet, context: Context, direction: str) -> Picture:
    """Draw the headline's series small, or say why there is no line."""
    headline = series.headline
    if headline is None:
        return Picture("", "", Stop.NONE)
    if headline.status is Status.HIDDEN:
        return Picture("", "Hidden with the number.", Stop.HIDDEN)
    rows = [row for row in series.line if row.end <= headline.end]
    short = headline.span.kind in SHORT_KINDS
    rows = rows[-(_SPARK_MONTHS if short else _SPARK_YEARS) :]
    known = [row for row in rows if row.value is not None]
    if not known:
        return Picture("", "No figure yet.", Stop.NONE)
    if len(known) == 1:
        return Picture("", "First figure: one point is not a line.", Stop.NONE)
    display = display_of(series.line, headline.unit)

    def bare(row: Observation) -> str:
        return value_text(row, display).removesuffix("%")

    ticks = _ticks(rows)
    gaps = [tick for tick, row in zip(ticks, rows, strict=True) if row.value is None]
    missing = f" No figure for {', '.join(gaps)}." if gaps else ""
    svg = sparkline(
        [row.value for row in rows],
        (bare(known[0]), bare(known[-1])),
        (_short_tick(ticks[0]), _short_tick(ticks[-1])),
        prefix=f"{context.prefix}-spark",
        title=f"{context.definition.name}, {ticks[0]} to {ticks[-1]}",
        description=(
            f"From {value_text(known[0], display)} to "
            f"{value_text(known[-1], display)}.{missing}"
        ),
        provisional=known[-1].is_provisional,
        places=[row.end.toordinal() for row in rows],
    )
    stop = Stop.PROVISIONAL if known[-1].is_provisional else Stop.FIGURE
    return Picture(svg, direction, stop)


def _short_tick(tick: str) -> str:
    """Leave the century out of a split year, so that two stand under a sparkline."""
    return tick[2:] if "/" in tick and len(tick) == len("2024/25") else tick


# ---------- The table under a chart ----------


def make_point(
    row: Observation | None,
    end: date,
    label: str,
    display: Display,
    england: str,
    neighbours: str,
) -> Point:
    if row is None:
        return Point(
            label,
            end,
            "",
            "",
            None,
            "Not available",
            "[x]",
            england,
            neighbours,
            "No figure of ours for this period.",
        )
    top, bottom = part_texts(row)
    why = row.why
    if not row.is_own and not why and row.value is not None:
        why = "Published figure."
    return Point(
        label=label,
        period_end=end,
        numerator=top,
        denominator=bottom,
        value=row.value,
        value_text=value_text(row, display),
        marker=MARKERS[row.status],
        england=england,
        neighbours=neighbours,
        why=why,
    )


def _neighbour_text(held: NeighbourYear | None, display: Display) -> str:
    if held is None:
        return ""
    if held.mean is None or held.available < FEWEST_NEIGHBOURS:
        return "[x]"
    return display.text(held.mean)


# ---------- Through the years ----------


def _title(series: SeriesSet, trend_words: str, display: Display) -> str:
    """Say the finding in ten words or fewer."""
    if trend_words in ("rising", "falling"):
        return f"A {trend_words} trend over five years"
    if trend_words:
        return "No clear change over five years"
    known = [row for row in series.annual if row.value is not None]
    last = known[-1]
    before = series.before(last)
    if before is None or before.value is None or last.value is None:
        return f"{value_text(last, display)} in the latest year"
    old, new = value_text(before, display), value_text(last, display)
    if old == new:
        return f"About the same as the year before: {new}"
    way = "Up" if last.value > before.value else "Down"
    unsure = ", provisional" if last.is_provisional else ""
    return f"{way} from {old} to {new} in a year{unsure}"


def _until(last: date, ours: date) -> str:
    """Name the year in which a comparator's line ends before ours does."""
    return f" ({last.year})" if last < ours else ""


def _england_line(
    rows: Sequence[Observation], display: Display, ours: date
) -> Line | None:
    known = [row for row in rows if row.value is not None]
    if not known:
        return None
    label = value_text(known[-1], display) + _until(known[-1].end, ours)
    return Line(
        "eng", "England", label, tuple(Mark(row.end, row.value) for row in rows)
    )


def _neighbour_line(
    years: Mapping[date, NeighbourYear], display: Display, ours: date
) -> Line | None:
    marks: list[Mark] = []
    for end in sorted(years):
        held = years[end]
        enough = held.available >= FEWEST_NEIGHBOURS
        if marks and end - marks[-1].end > _A_YEAR_AND_MORE:
            marks.append(Mark(marks[-1].end + timedelta(days=365), None))
        marks.append(Mark(end, held.mean if enough else None))
    known = [mark for mark in marks if mark.value is not None]
    if not known or known[-1].value is None:
        return None
    label = display.text(known[-1].value) + _until(known[-1].end, ours)
    return Line("nbr", "Neighbours", label, tuple(marks))


def own_line(rows: Sequence[Observation], area: str, display: Display) -> Line:
    marks = tuple(
        Mark(
            row.end,
            row.value,
            value_text(row, display).removesuffix("%"),
            row.is_provisional,
        )
        for row in rows
    )
    last = [row for row in rows if row.value is not None][-1]
    return Line("own", area, value_text(last, display), marks)


def _sources(rows: Sequence[Observation], area: str) -> str:
    """Name where each stretch of the line comes from."""
    published = sorted({r.source for r in rows if r.value is not None and not r.is_own})
    names = list(published)
    if any(row.is_own and row.value is not None for row in rows):
        names.insert(0, f"{area}’s own returns")
    return "; ".join(names)


def make_annual_chart(
    series: SeriesSet,
    context: Context,
    neighbour_series: Mapping[date, NeighbourYear] | None,
    target: float | None,
    trend_words: str,
) -> Chart | None:
    """Draw the years of ours, England and the neighbours; None below two figures."""
    rows = series.annual[-_MOST_YEARS:]
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    unit, definition = known[-1].unit, context.definition
    first, last = rows[0].end, rows[-1].end
    england = [
        row for row in series.england if row.unit == unit and first <= row.end <= last
    ]
    years = {
        end: held
        for end, held in (neighbour_series or {}).items()
        if england and first <= end <= last
    }
    display = display_of(series.annual, unit)
    theirs = display_of((*series.england, *series.published), unit)
    until = known[-1].end
    beside = (
        _england_line(england, theirs, until),
        _neighbour_line(years, theirs, until),
    )
    lines = [own_line(rows, context.area, display), *filter(None, beside)]
    if context.way:
        lines.append(_way_line(context.way, make_display(unit, [target or 0.0])))
        target = None  # the way ends at it
    labels = _ticks(rows)
    chart = LineChart(
        title=f"{definition.name}, {labels[0]} to {labels[-1]}",
        description=describe_lines(lines, known, display),
        lines=tuple(lines),
        ticks=tuple(zip((row.end for row in rows), labels, strict=True)),
        axis_text=axis_text(unit),
        target=target,
        target_label=""
        if target is None
        else make_display(unit, [target]).text(target),
        ceiling=100.0 if unit == "percent" else None,
    )
    flags, told = flag_events(context.events, rows)
    chart = replace(chart, flags=flags)
    return Chart(
        title=_title(series, trend_words, display),
        subtitle=(
            f"{definition.name}, {unit_words(definition, unit)}, {span_words(known[-1])}"
        ),
        wide=draw_wide(chart, f"{context.prefix}-years-w"),
        narrow=draw_narrow(chart, f"{context.prefix}-years-n"),
        paper=draw_paper(chart, f"{context.prefix}-years-p"),
        foot=_annual_foot(rows, england, years, context),
        points=_annual_points(rows, england, years, display, theirs),
        events=told,
    )


def _way_line(way: tuple[tuple[date, float], ...], display: Display) -> Line:
    """Draw the way from the baseline over the milestones to the target."""
    day, value = way[-1]
    label = f"{display.text(value)} by {day:%b} {day.year}"
    return Line("target", "Target", label, tuple(Mark(*stop) for stop in way))


def flag_events(
    events: Sequence[Event], rows: Sequence[Observation]
) -> tuple[tuple[Flag, ...], tuple[str, ...]]:
    """Place the events within a chart's time on its axis, and say each in words."""
    first, last = rows[0].end, rows[-1].end
    flags: list[Flag] = []
    told: list[str] = []
    for event in events:
        until = event.until or event.on
        if until < first or event.on > last:
            continue
        sign = str(len(flags) + 1)
        flags.append(Flag(max(event.on, first), sign, event.until))
        when = format_date(event.on)
        if event.until is not None:
            when += f" to {format_date(event.until)}"
        kind = EVENT_KINDS.get(event.kind, event.kind).lower()
        told.append(f"{sign}: {when}, {event.title} ({kind}).")
    return tuple(flags), tuple(told)


def describe_lines(
    lines: Sequence[Line], known: Sequence[Observation], display: Display
) -> str:
    """Say the chart in one sentence."""
    first, last = known[0], known[-1]
    text = (
        f"{lines[0].label} went from {value_text(first, display)} ({first.span.tick}) "
        f"to {value_text(last, display)} ({last.span.tick})"
    )
    for line in lines[1:]:
        if not line.label:
            continue
        text += f"; {line.label} last at {line.value_label}"
    return f"{text}."


def _annual_points(
    rows: Sequence[Observation],
    england: Sequence[Observation],
    years: Mapping[date, NeighbourYear],
    display: Display,
    theirs: Display,
) -> tuple[Point, ...]:
    ours = {row.end: row for row in rows}
    nation = {row.end: row for row in england}
    points = []
    dated = any(row.span.kind in _DATED for row in rows)
    for end in sorted({*ours, *nation}):
        row, other = ours.get(end), nation.get(end)
        span = (row or nation[end]).span
        label = span.dated_tick if dated else span.tick
        told = "" if other is None else value_text(other, theirs)
        if other is not None and other.value is None:
            told = MARKERS[other.status]
        neighbours = _neighbour_text(years.get(end), theirs)
        points.append(make_point(row, end, label, display, told, neighbours))
    return tuple(points)


def _annual_foot(
    rows: Sequence[Observation],
    england: Sequence[Observation],
    years: Mapping[date, NeighbourYear],
    context: Context,
) -> str:
    parts = [f"Source: {_sources([*rows, *england], context.area)}."]
    parts.append(
        f"Data to {format_date(rows[-1].end)}; shown as at {format_date(context.as_at)}."
    )
    if years:
        fewest = min(held.available for held in years.values())
        most = max(held.listed for held in years.values())
        rest = "in every year" if fewest == most else "in the year with fewest"
        parts.append(f"Neighbours: unweighted mean, {fewest} of {most} {rest}.")
    if any(row.value is None for row in rows):
        parts.append("A dotted upright marks a period without a figure.")
    if any(row.is_provisional for row in rows):
        parts.append("A hollow point is provisional.")
    return " ".join(parts) + context.notice
