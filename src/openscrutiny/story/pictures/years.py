"""The yearly chart: ours, England and the neighbours, with the table of the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from openscrutiny.adoption.targets import Adoption, Milestone
from openscrutiny.charts import Drawing, Line, LineChart, Mark
from openscrutiny.indicators.definition import Unit
from openscrutiny.judgement.movement import Movement
from openscrutiny.judgement.outlook import Outlook
from openscrutiny.judgement.series import (
    SHORT_KINDS,
    Observation,
    SeriesSet,
    display_of,
)
from openscrutiny.judgement.spread import NeighbourYear
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, make_display
from openscrutiny.periods import (
    PeriodType,
    add_months,
    format_date,
    make_period,
    month_end,
    month_name,
)
from openscrutiny.story.fed import name_sources
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Chart, Point
from openscrutiny.story.pictures.context import (
    DATED,
    SHORT_NAME,
    Context,
    axis_text,
    describe_lines,
    explain_hollow,
    flag_events,
    make_point,
    own_line,
    span_words,
    tick_labels,
)
from openscrutiny.story.sentences import count_years, name_end

_MOST_YEARS = 10
# What places that differ in size are not compared by.
_NUMBERS = (Unit.COUNT, Unit.OF_TOTAL)
BROKEN_AXIS = (
    "The axis is broken: the zigzag leaves out what lies between 0 and the levels."
)
_A_YEAR_AND_MORE = timedelta(days=400)


def _neighbour_text(held: NeighbourYear | None, display: Display) -> str:
    if held is None:
        return ""
    if held.mean is None or not held.is_shown:
        return Status.NOT_AVAILABLE.sign
    return display.text(held.mean)


def _title(series: SeriesSet, movement: Movement | None, display: Display) -> str:
    """Say the finding in ten words or fewer: a trend, else a clear change."""
    course = movement.course if movement else None
    is_clear = movement is not None and movement.is_clear
    if course is not None and (course.trend.direction or not is_clear):
        whose = "" if course.is_latest or course.is_own else "published "
        many = f"over {count_years(course.trend)} {whose}years"
        to = "" if course.is_latest else f" to {name_end(course.last)}"
        if course.trend.direction:
            return f"A {course.trend.words} trend {many}{to}"
        return f"No clear change {many}{to}"
    known = [row for row in series.annual if row.value is not None]
    last = known[-1]
    if last.held:
        return f"{value_text(last, display)} in the latest year, not judged"
    before = _year_before(series, last)
    if before is None or before.value is None or last.value is None or before.held:
        return f"{value_text(last, display)} in the latest year"
    if series.crosses(before, last):
        return f"{value_text(last, display)} in the latest year"
    old, new = value_text(before, display), value_text(last, display)
    if old == new:
        return f"About the same as the year before: {new}"
    way = "Up" if last.value > before.value else "Down"
    unsure = ", provisional" if last.is_provisional else ""
    return f"{way} from {old} to {new} in a year{unsure}"


def _year_before(series: SeriesSet, last: Observation) -> Observation | None:
    """Find what the last point is set beside: of states, the point of a year before."""
    if not last.span.is_state and last.span.type not in SHORT_KINDS:
        return series.before(last)
    ago = month_end(add_months(last.end, -12))
    for row in series.annual:
        if row.end == ago and row.unit == last.unit:
            return row
    return None if last.span.type in SHORT_KINDS else series.before(last)


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
    name: str, years: Mapping[date, NeighbourYear], display: Display, ours: date
) -> Line | None:
    marks: list[Mark] = []
    for end in sorted(years):
        held = years[end]
        if marks and end - marks[-1].end > _A_YEAR_AND_MORE:
            marks.append(Mark(marks[-1].end + timedelta(days=365), None))
        marks.append(Mark(end, held.mean if held.is_shown else None))
    known = [mark for mark in marks if mark.value is not None]
    if not known or known[-1].value is None:
        return None
    label = display.text(known[-1].value) + _until(known[-1].end, ours)
    return Line("nbr", name, label, tuple(marks))


def _sources(rows: Sequence[Observation], area: str) -> str:
    """Name where each stretch of the line comes from."""
    return "; ".join(name_sources(rows, area))


def make_annual_chart(
    series: SeriesSet,
    context: Context,
    neighbour_series: Mapping[date, NeighbourYear] | None,
    adoption: Adoption | None,
    movement: Movement | None,
) -> Chart | None:
    """Draw the years of ours, England and the neighbours; None below two figures.

    The target is drawn from the day on which it counts.
    """
    rows = series.annual[-_MOST_YEARS:]
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    unit, definition = known[-1].unit, context.definition
    first, last = rows[0].end, rows[-1].end
    held = [row for row in series.england if first <= row.end <= last]
    england = [row for row in held if row.unit == unit]
    years = {
        end: year
        for end, year in (neighbour_series or {}).items()
        if (england or context.display) and first <= end <= last
    }
    # Beside all of England's, a council's own number would lie on the axis.
    drawn = ([], {}) if unit in _NUMBERS else (england, years)
    display = context.display or display_of(series.annual, unit)
    theirs = context.display or display_of((*series.england, *series.published), unit)
    until = known[-1].end
    beside = (
        _england_line(drawn[0], theirs, until),
        _neighbour_line(context.neighbours_name, drawn[1], theirs, until),
    )
    lines = [own_line(rows, context.area, display), *filter(None, beside)]
    lines += _outlook_line(context.outlook, known[-1])
    if context.course:
        lines.append(_course_line(context.course))
    labels = tick_labels(rows)
    target = adoption.target if adoption else None
    chart = LineChart(
        title=f"{definition.name}, {labels[0]} to {labels[-1]}",
        description=describe_lines(lines, known, display),
        lines=tuple(lines),
        ticks=(
            *zip((row.end for row in rows), labels, strict=True),
            *_coming_ticks(context, rows),
        ),
        axis_text=axis_text(unit),
        short_name=SHORT_NAME,
        level=target,
        level_label=""
        if target is None
        else f"Target {make_display(unit, [target]).text(target)}",
        level_from=adoption.from_ if adoption else None,
        ceiling=100.0 if unit == "percent" else None,
        may_break=True,
    )
    flags, told = flag_events(context.events, rows)
    chart = replace(chart, flags=flags)
    return Chart(
        title=_title(series, movement, display),
        subtitle=(
            f"{definition.name}, {context.axis_words(unit)}, {span_words(known[-1])}"
        ),
        drawing=Drawing(chart, f"{context.prefix}-years"),
        on_paper=True,
        foot=_annual_foot(rows, *drawn, context, broken=chart.is_broken),
        points=_annual_points(rows, england, years, display, theirs),
        events=told,
    )


def _coming_ticks(
    context: Context, rows: Sequence[Observation]
) -> list[tuple[date, str]]:
    """Name the day at which the way to the target, or the outlook, ends."""
    ends = [stop.by for stop in context.course[-1:]]
    ends += [context.outlook.end] if context.outlook else []
    if not ends or max(ends) <= rows[-1].end:
        return []
    end = max(ends)
    dated = any(row.span.type in DATED for row in rows)
    month = make_period(PeriodType.MONTH, month_end(end))
    return [(end, month.dated_tick if dated else str(end.year))]


def _outlook_line(outlook: Outlook | None, last: Observation) -> list[Line]:
    """Draw what the pattern gives for the promised day, apart, on its interval."""
    if outlook is None:
        return []
    found = outlook.within(last.unit)
    marks = (
        Mark(last.end, last.value),
        Mark(outlook.end, found.value, reach=(found.low, found.high)),
    )
    label = f"{outlook.display.text(found.value)} [e]"
    return [Line("exp", "On this pattern", label, marks)]


def _course_line(course: tuple[Milestone, ...]) -> Line:
    """Draw the way from the baseline over the milestones to the target."""
    day = course[-1].by
    label = f"by {month_name(day)[:3]} {day.year}"
    marks = tuple(Mark(stop.by, stop.value) for stop in course)
    return Line("way", "Promised way", label, marks)


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
    dated = any(row.span.type in DATED for row in rows)
    for end in sorted({*ours, *nation}):
        row, other = ours.get(end), nation.get(end)
        span = (row or nation[end]).span
        label = span.dated_tick if dated else span.tick
        told = "" if other is None else value_text(other, theirs)
        if other is not None and other.value is None:
            told = other.status.sign
        neighbours = _neighbour_text(years.get(end), theirs)
        points.append(make_point(row, end, label, display, told, neighbours))
    return tuple(points)


def _annual_foot(
    rows: Sequence[Observation],
    england: Sequence[Observation],
    years: Mapping[date, NeighbourYear],
    context: Context,
    *,
    broken: bool,
) -> str:
    parts = [BROKEN_AXIS] if broken else []
    parts += [f"Source: {_sources([*rows, *england], context.area)}."]
    parts.append(
        f"Data to {rows[-1].span.last_day}; shown as at {format_date(context.as_at)}."
    )
    if years:
        fewest = min(held.available for held in years.values())
        most = max(held.listed for held in years.values())
        rest = "in every year" if fewest == most else "in the year with fewest"
        parts.append(
            f"{context.neighbours_name}: unweighted mean, {fewest} of {most} {rest}."
        )
    if context.outlook:
        parts.append("The cross [e] is a forecast on its 95% interval.")
    if any(row.value is None for row in rows):
        parts.append("A dotted upright marks a period without a figure.")
    parts += explain_hollow(rows)
    return " ".join(parts) + context.notice
