"""Our own months as a chart: a plain line, or an XmR chart where they are a flow."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from openscrutiny.indicators.definition import Indicator
from openscrutiny.periods import PeriodType
from openscrutiny.story.charts import Line, LineChart, Mark, draw_narrow, draw_wide
from openscrutiny.story.dates import format_date
from openscrutiny.story.drawing import (
    Context,
    axis_text,
    describe_lines,
    make_point,
    own_line,
    span_words,
    unit_words,
)
from openscrutiny.story.headline import display_of, value_text
from openscrutiny.story.model import Chart, Point
from openscrutiny.story.numbers import Display
from openscrutiny.story.sentences import judge
from openscrutiny.story.series import Observation, SeriesSet
from openscrutiny.story.xmr import Limits, Xmr, find_xmr, read_flow

__all__ = ["make_monthly_chart"]

_MOST_MONTHS: Final = 24
_WORDS_OF: Final = {1: "higher than usual", -1: "lower than usual"}
_RULES: Final = {
    "outside": "outside the limits",
    "trend": "seven in a row each further than the last",
    "two in three": "two of three near a limit",
    "shift": "seven in a row on one side of the average",
}


def make_monthly_chart(series: SeriesSet, context: Context) -> Chart | None:
    """Draw our own months, with XmR limits where they are a flow; None below two."""
    rows = series.short[-_MOST_MONTHS:]
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    definition, unit = context.definition, known[-1].unit
    display = display_of(series.short, unit)
    flow = read_flow(rows, definition)
    xmr = None if flow is None else find_xmr(flow)
    tested = [""] * len(rows) if xmr is None else _judged(xmr, definition)
    ceiling = 100.0 if unit == "percent" else None
    line = own_line(rows, context.area, display)
    line = replace(
        line,
        marks=tuple(
            replace(mark, signal=word)
            for mark, word in zip(line.marks, tested, strict=True)
        ),
    )
    around = () if xmr is None else _limit_lines(xmr.limits, rows, display, ceiling)
    month = "month" if rows[-1].span.kind == PeriodType.MONTH else "quarter"
    chart = LineChart(
        title=f"{definition.name}, each {month}",
        description=describe_lines([line, *around], known, display),
        lines=(line, *around),
        ticks=tuple((row.end, row.span.tick) for row in rows),
        axis_text=axis_text(unit),
        ceiling=ceiling,
    )
    return Chart(
        title=_monthly_title(known[-1], display, xmr, rows),
        subtitle=(
            f"{definition.name}, {unit_words(definition, unit)}, {span_words(known[-1])}"
        ),
        wide=draw_wide(chart, f"{context.prefix}-months-w"),
        narrow=draw_narrow(chart, f"{context.prefix}-months-n"),
        foot=_monthly_foot(rows, xmr, context),
        points=tuple(
            _with_signal(
                make_point(row, row.end, row.span.tick, display, "", ""), row, told
            )
            for row, told in zip(rows, _told_signals(xmr, rows), strict=True)
        ),
    )


def _judged(xmr: Xmr, definition: Indicator) -> list[str]:
    """Name each signal by its direction and which way is good."""
    words = {1: "improving", -1: "concerning", 0: "neutral"}
    return [
        "" if signal is None else words[judge(signal.direction, definition.polarity)]
        for signal in xmr.signals
    ]


def _limit_lines(
    limits: Limits,
    rows: Sequence[Observation],
    display: Display,
    ceiling: float | None,
) -> tuple[Line, ...]:
    """Draw the mean and the limits; a limit that no value can pass is not drawn."""
    levels = [("mean", "Average", limits.mean)]
    if ceiling is None or limits.high < ceiling:
        levels.append(("limit", "Usual to", limits.high))
    if limits.low > 0:
        levels.append(("limit", "Usual from", limits.low))
    return tuple(
        Line(
            role,
            label,
            display.text(level, None),
            tuple(Mark(row.end, level) for row in rows),
        )
        for role, label, level in levels
    )


def _told_signals(xmr: Xmr | None, rows: Sequence[Observation]) -> list[str]:
    if xmr is None:
        return [""] * len(rows)
    return [
        ""
        if signal is None
        else f"{_WORDS_OF[signal.direction].capitalize()}: {_RULES[signal.rule]}."
        for signal in xmr.signals
    ]


def _with_signal(point: Point, row: Observation, told: str) -> Point:
    return replace(point, why=f"{told} {point.why}".strip()) if told else point


def _monthly_title(
    last: Observation, display: Display, xmr: Xmr | None, rows: Sequence[Observation]
) -> str:
    text = f"{value_text(last, display)} {last.span.within}"
    if xmr is None:
        return text
    signal = xmr.signals[list(rows).index(last)]
    return f"{text}: {_WORDS_OF[signal.direction] if signal else 'usual variation'}"


def _monthly_foot(
    rows: Sequence[Observation], xmr: Xmr | None, context: Context
) -> str:
    parts = [
        f"Source: {context.area}’s own returns. Data to {format_date(rows[-1].end)}."
    ]
    if xmr is None:
        parts.append("A plain line: no limits are drawn and no signal is read from it.")
    else:
        known = sum(row.value is not None for row in rows)
        parts.append(
            f"Limits: the average of these {known} and 2.66 average moving ranges "
            "about it, the largest ranges left out. A signal is worth a question, "
            "never a finding: chance alone flags about one latest month in sixty."
        )
    if any(row.value is None for row in rows):
        parts.append("A dotted upright marks a period without a figure.")
    if any(row.is_provisional for row in rows):
        parts.append("A hollow point is provisional.")
    return " ".join(parts) + context.notice
