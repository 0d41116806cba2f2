"""Our own months as a chart: plain, with a median, or an XmR chart where it may be one.

Which of them follows from the kind and length of the series (the project's chart and
statistics conventions, section 1), and never from what would look better.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from openscrutiny.adoption.targets import Adoption
from openscrutiny.charts import Drawing, Line, LineChart, Mark
from openscrutiny.comparison.xmr import Segment, Signal, assure
from openscrutiny.indicators.definition import Indicator, Polarity
from openscrutiny.judgement.dated import DatedStep, find_steps
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.flows import is_flow, read_flow
from openscrutiny.judgement.recording import Recording
from openscrutiny.judgement.series import Observation, SeriesSet, display_of
from openscrutiny.numbers import Display, make_display
from openscrutiny.periods import PeriodType, add_months, format_date, month_end
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Chart, Point
from openscrutiny.story.pictures.context import (
    SHORT_NAME,
    Context,
    axis_text,
    describe_lines,
    explain_hollow,
    flag_events,
    make_point,
    own_line,
    span_words,
    unit_words,
)
from openscrutiny.story.pictures.dated import draw_step, say_beside
from openscrutiny.story.pictures.limits import (
    find_stretches,
    flag_rebases,
    limit_lines,
    name_signal,
    signal_words,
    tell_signal,
)
from openscrutiny.story.pictures.recording import (
    call_provisional,
    expected_lines,
    explain_apart,
    leave_out,
    set_apart,
    tell_expected,
    title_expected,
)

_MOST_MONTHS: Final = 24
_THICK: Final = (
    " A thick level line is the average of the months on one side of a date."
)


@dataclass(frozen=True)
class _Months:
    """Hold the months of one chart and what is known of them."""

    rows: tuple[Observation, ...]
    display: Display
    segments: tuple[Segment, ...]  # none where limits have no place
    median: float | None  # drawn where there are no limits but a flow
    recording: Recording

    @property
    def known(self) -> list[Observation]:
        return [row for row in self.rows if row.value is not None]

    @property
    def apart(self) -> list[Observation]:
        """Give the months still being recorded; see pictures/recording.py."""
        return [row for row in self.rows if row.end in self.recording.months]

    @property
    def unit(self) -> str:
        return self.known[-1].unit

    @property
    def latest(self) -> Segment | None:
        """Give the stretch of the latest month, where it has limits."""
        last = self.segments[-1] if self.segments else None
        return last if last is not None and last.xmr is not None else None

    def signals(self) -> list[Signal | None]:
        """Give each month's signal, found inside its own stretch."""
        found: list[Signal | None] = [None] * len(self.rows)
        for segment in self.segments:
            if segment.xmr is not None:
                found[segment.first : segment.end] = segment.xmr.signals
        return found


def make_monthly_chart(
    series: SeriesSet, context: Context, adoption: Adoption | None = None
) -> Chart | None:
    """Draw our own months, with limits where they are a flow; None below two figures."""
    months = _read_months(series, context)
    if months is None:
        return None
    rows, display, definition = months.rows, months.display, context.definition
    assert isinstance(definition, Indicator), "only our own figures have months"
    signals = months.signals()
    line = own_line(rows, context.area, display)
    line = set_apart(line, months.recording)
    marks = tuple(
        replace(mark, signal=name_signal(signal, definition.polarity))
        for mark, signal in zip(line.marks, signals, strict=True)
    )
    ceiling = 100.0 if months.unit == "percent" else None
    whole = leave_out(rows, months.recording)
    steps = find_steps(whole, definition, context.events, context.rebases)
    lines = (
        replace(line, marks=marks),
        *expected_lines(rows, months.recording, display),
        *_levels(months, ceiling),
        *(level for step in steps for level in draw_step(step)),
    )
    flags, events = flag_events(
        context.events, rows, lambda event: say_beside(event, steps, display)
    )
    rebases, anew = flag_rebases(context.rebases, rows)
    month = "month" if rows[-1].span.type == PeriodType.MONTH else "quarter"
    chart = LineChart(
        title=f"{definition.name}, each {month}",
        description=_describe(lines, months, steps),
        lines=lines,
        ticks=tuple((row.end, row.span.tick) for row in rows),
        axis_text=axis_text(months.unit),
        short_name=SHORT_NAME,
        ceiling=ceiling,
        flags=(*flags, *rebases),
    )
    return Chart(
        title=_title(months, signals),
        subtitle=(
            f"{definition.name}, {unit_words(definition, months.unit)}, "
            f"{span_words(months.known[-1])}"
        ),
        drawing=Drawing(chart, f"{context.prefix}-months"),
        foot=_foot(months, context, adoption) + _THICK * bool(steps),
        points=_points(months, signals),
        events=(*events, *anew),
    )


def _describe(
    lines: Sequence[Line], months: _Months, steps: Sequence[DatedStep]
) -> str:
    """Say the chart in one sentence, with the averages about each dated event."""
    text = describe_lines(lines, months.known, months.display).removesuffix(".")
    for step in steps:
        before, after = (months.display.text(mean) for mean in step.means)
        text += (
            f"; average {len(step.before)} months before {format_date(step.event.on)} "
            f"{before}, after {after}"
        )
    return f"{text}."


def _points(months: _Months, signals: Sequence[Signal | None]) -> tuple[Point, ...]:
    """Give the table's lines, each with what there is to say of its month."""
    points = []
    for row, signal in zip(months.rows, signals, strict=True):
        expected = tell_expected(row, months.recording, months.display)
        point = make_point(row, row.end, row.span.tick, months.display, "", "")
        said = " ".join(
            part for part in (expected, tell_signal(signal), point.why) if part
        )
        points.append(replace(point, why=said))
    return tuple(points)


def _read_months(series: SeriesSet, context: Context) -> _Months | None:
    rows = call_provisional(series.short[-_MOST_MONTHS:], context.recording)
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    definition = context.definition
    assert isinstance(definition, Indicator), "only our own figures have months"
    display = display_of(series.short, known[-1].unit)
    whole = leave_out(rows, context.recording)
    flow, middle = read_flow(whole, definition), None
    segments = () if flow is None else find_stretches(flow, rows, context)
    values = [row.value for row in whole if row.value is not None]
    if flow is None and values and is_flow(rows, definition):
        middle = median(values)
    return _Months(rows, display, segments, middle, context.recording)


def _levels(months: _Months, ceiling: float | None) -> tuple[Line, ...]:
    """Draw each stretch's average and limits, those of the last one with their names."""
    lines: list[Line] = []
    for segment in months.segments:
        if segment.xmr is not None:
            named = segment is months.latest
            lines += limit_lines(
                segment, months.rows, months.display, ceiling, named=named
            )
    if months.median is not None:
        marks = tuple(Mark(row.end, months.median) for row in months.rows)
        shown = months.display.text(months.median)
        lines.append(Line("mean", "Median", shown, marks))
    return tuple(lines)


def _title(months: _Months, signals: Sequence[Signal | None]) -> str:
    last = months.known[-1]
    if last in months.apart:
        return title_expected(last, months.recording, months.display)
    text = f"{value_text(last, months.display)} {last.span.within}"
    if last.held:
        return f"{text}, not judged"
    if months.latest is None:
        return text
    signal = signals[months.rows.index(last)]
    return f"{text}: {signal_words(signal)}"


# ---------- The words below ----------


def _foot(months: _Months, context: Context, adoption: Adoption | None) -> str:
    last = months.rows[-1].end
    parts = [
        _last_year(months),
        f"Source: {context.area}’s own returns. Data to {format_date(last)}.",
        _limit_words(months, context),
        explain_apart(months.apart, months.recording),
        _assurance(months, context, adoption),
    ]
    if any(row.value is None for row in months.rows):
        parts.append("A dotted upright marks a period without a figure.")
    parts += explain_hollow(months.rows)
    return " ".join(part for part in parts if part) + context.notice


def _last_year(months: _Months) -> str:
    """Say the figure of the same month, or quarter, a year before."""
    last = months.known[-1]
    end = month_end(add_months(last.end, -12))
    before = next((row for row in months.rows if row.end == end), None)
    if before is None or before.value is None:
        return ""
    within = before.span.within
    shown = value_text(before, months.display)
    short = ", not fully recorded" if before in months.apart else ""
    return f"{within[0].upper()}{within[1:]} it was {shown}{short}."


def _limit_words(months: _Months, context: Context) -> str:
    if not months.segments:
        plain = "A plain line: no limits are drawn and no signal is read from it."
        return "The median is the middle month. " * (months.median is not None) + plain
    segment = months.latest
    if segment is None:
        return "Limits return when eight months have passed since they began anew."
    part = leave_out(months.rows[segment.first : segment.end], months.recording)
    known = sum(row.value is not None for row in part)
    kind = "Trial limits" if segment.is_trial else "Limits"
    return (
        f"{kind}: the average of these {known} and 2.66 average moving ranges about it, "
        "the largest ranges left out. A signal is worth a question, never a finding: "
        "chance alone flags about one latest month in sixty."
    )


def _assurance(months: _Months, context: Context, adoption: Adoption | None) -> str:
    """Say whether usual variation reaches the target: shares only, from 12 months on."""
    polarity, segment = context.definition.polarity, months.latest
    if adoption is None or not adoption.is_in_force_on(months.rows[-1].end):
        return ""
    if segment is None or segment.xmr is None or segment.is_trial:
        return ""
    if polarity is Polarity.NEUTRAL or months.unit != "percent":
        return ""
    value = adoption.target
    assert value is not None, "in force"
    says = assure(segment.xmr.limits, value, judge(1, polarity))
    shown = make_display(months.unit, [value]).text(value)
    return f"On this pattern a month {says} the target of {shown}."
