"""Our quarters as a line beside the median of our peers, with limits about ours alone.

A median of others is no flow of ours: no limit is drawn about it and no signal read
from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from openscrutiny.charts import Drawing, Line, LineChart, Mark
from openscrutiny.comparison.xmr import Segment, Signal
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.flows import read_flow
from openscrutiny.judgement.peers import Median
from openscrutiny.judgement.recording import Recording
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.headline import marker_of, value_text
from openscrutiny.story.model import BreakdownTable, Chart
from openscrutiny.story.pictures.context import (
    SHORT_NAME,
    Context,
    axis_text,
    describe_lines,
    explain_hollow,
    flag_events,
    own_line,
    span_words,
    unit_words,
)
from openscrutiny.story.pictures.limits import (
    find_stretches,
    flag_rebases,
    limit_lines,
    name_signal,
    signal_words,
    tell_signal,
)
from openscrutiny.story.pictures.recording import leave_out, set_apart

MOST_QUARTERS: Final = 16


def fill_quarters(rows: Sequence[Observation], last: date) -> tuple[Observation, ...]:
    """Give our quarters from the first figure to a last day, gaps as rows without one.

    At most sixteen; none where we have no figure.
    """
    known = [row for row in rows if row.value is not None and row.end <= last]
    if not known:
        return ()
    by_end = {row.end: row for row in rows}
    filled: list[Observation] = []
    end = last
    while end >= known[0].end and len(filled) < MOST_QUARTERS:
        filled.append(by_end.get(end) or _gap(known[0], end))
        end = month_end(add_months(end, -3))
    return tuple(reversed(filled))


def find_filling(rows: Sequence[Observation], context: Context) -> Recording:
    """Find our own quarters that hold a month still being recorded."""
    return Recording(
        {
            row.end: said
            for row in rows
            for end, said in context.recording.months.items()
            if row.is_own and row.span.start <= end <= row.span.end
        }
    )


def _gap(like: Observation, end: date) -> Observation:
    period = make_period(PeriodType.QUARTER, end)
    return replace(
        like,
        span=replace(like.span, start=period.start, end=period.end),
        numerator=None,
        denominator=None,
        value=None,
        status=Status.NOT_AVAILABLE,
        why="No figure for this quarter.",
        unknown=None,
    )


def draw_quarters(
    rows: Sequence[Observation],
    medians: Mapping[date, Median],
    display: Display,
    context: Context,
    name: str,
) -> Chart | None:
    """Draw our quarters and the peers' median; None below two figures of ours.

    `name` tells this chart from others of the page.
    """
    known = [row for row in rows if row.value is not None]
    if len(known) < 2:
        return None
    definition, unit = context.definition, known[-1].unit
    filling = find_filling(rows, context)
    stretches = _stretches(rows, context)
    signals = _signals(rows, stretches)
    line = set_apart(own_line(rows, context.area, display), filling)
    marks = tuple(
        replace(mark, signal=name_signal(signal, definition.polarity))
        for mark, signal in zip(line.marks, signals, strict=True)
    )
    ceiling = 100.0 if unit == "percent" else None
    lines = [replace(line, marks=marks)]
    theirs = _median_line(rows, medians, display)
    if theirs is not None:
        lines.append(theirs)
    for segment in stretches:
        if segment.xmr is not None:
            last = segment is stretches[-1]
            lines += limit_lines(segment, rows, display, ceiling, named=last)
    flags, events = flag_events(context.events, rows)
    rebases, anew = flag_rebases(context.rebases if stretches else (), rows)
    chart = LineChart(
        title=f"{definition.name}, each quarter, beside the peers’ median",
        description=describe_lines(lines, known, display),
        lines=tuple(lines),
        ticks=tuple((row.end, row.span.dated_tick) for row in rows),
        axis_text=axis_text(unit),
        short_name=SHORT_NAME,
        ceiling=ceiling,
        flags=(*flags, *rebases),
    )
    return Chart(
        title=_title(
            known[-1],
            medians.get(known[-1].end),
            display,
            is_filling=known[-1].end in filling.months,
        ),
        subtitle=(
            f"{definition.name}, {unit_words(definition, unit)}, {span_words(known[-1])}"
        ),
        drawing=Drawing(chart, f"{context.prefix}-{name}"),
        foot=_foot(rows, stretches, signals, filling) + context.notice,
        points=(),
        events=(*events, *anew),
    )


def _stretches(rows: Sequence[Observation], context: Context) -> tuple[Segment, ...]:
    """Give the stretches with limits; a quarter still filling up is in none."""
    definition = context.definition
    assert isinstance(definition, Indicator), "only our own figures have quarters"
    whole = leave_out(rows, find_filling(rows, context))
    flow = read_flow(whole, definition)
    return () if flow is None else find_stretches(flow, rows, context)


def _signals(
    rows: Sequence[Observation], stretches: Sequence[Segment]
) -> list[Signal | None]:
    found: list[Signal | None] = [None] * len(rows)
    for segment in stretches:
        if segment.xmr is not None:
            found[segment.first : segment.end] = segment.xmr.signals
    return found


def _median_line(
    rows: Sequence[Observation], medians: Mapping[date, Median], display: Display
) -> Line | None:
    values = [
        (row.end, medians[row.end].value if row.end in medians else None)
        for row in rows
    ]
    known = [value for _, value in values if value is not None]
    if not known:
        return None
    marks = tuple(Mark(end, value) for end, value in values)
    return Line("peer", "Peers’ median", display.text(known[-1]), marks)


def _title(
    ours: Observation, theirs: Median | None, display: Display, *, is_filling: bool
) -> str:
    """Say the finding: "21.4%, above the peers’ median of 19.8%"."""
    shown = value_text(ours, display)
    if theirs is None or theirs.value is None or ours.value is None:
        return f"{shown} {ours.span.within}"
    median = display.text(theirs.value)
    if is_filling:
        return f"{shown} recorded so far; the peers’ median is {median}"
    if ours.held:
        return f"{shown}, not judged; the peers’ median is {median}"
    if display.text(ours.value) == median:
        return f"{shown}, the same as the peers’ median"
    word = "above" if ours.value > theirs.value else "below"
    return f"{shown}, {word} the peers’ median of {median}"


def _foot(
    rows: Sequence[Observation],
    stretches: Sequence[Segment],
    signals: Sequence[Signal | None],
    filling: Recording,
) -> str:
    parts = []
    last = stretches[-1] if stretches else None
    if last is not None and last.xmr is None:
        parts.append(
            "Limits return when eight quarters have passed since they began anew."
        )
    elif last is None:
        parts.append("A plain line: no limits are drawn and no signal is read from it.")
    else:
        part = leave_out(rows[last.first : last.end], filling)
        known = sum(row.value is not None for row in part)
        kind = "Trial limits" if last.is_trial else "Limits"
        at = max(i for i, row in enumerate(rows) if row.value is not None)
        if rows[at].end not in filling.months and not rows[at].held:
            parts.append(f"Our last quarter here: {signal_words(signals[at])}.")
        parts.append(
            f"{kind} about ours alone: the average of these {known} quarters and 2.66 "
            "average moving ranges about it, the largest ranges left out. A "
            "signal is worth a question, never a finding."
        )
    if filling.months:
        parts.append(
            "A quarter that was not fully recorded stands apart: no limit, average or "
            "signal takes it in."
        )
    if any(row.value is None for row in rows):
        parts.append("A dotted upright marks a quarter without a figure.")
    parts += explain_hollow(rows)
    return " ".join(parts)


def list_quarters(
    rows: Sequence[Observation],
    medians: Mapping[date, Median],
    display: Display,
    context: Context,
) -> BreakdownTable:
    """Set the numbers of the chart in a table, oldest first."""
    signals = _signals(rows, _stretches(rows, context))
    told = any(signals)
    lines = []
    for row, signal in zip(rows, signals, strict=True):
        marker = marker_of(row)
        ours = marker if row.value is None else value_text(row, display)
        if row.value is not None and marker:
            ours += f" {marker}"
        theirs = medians.get(row.end)
        cells = [
            row.span.name,
            ours,
            Status.NOT_AVAILABLE.sign
            if theirs is None or theirs.value is None
            else display.text(theirs.value),
            Status.NOT_AVAILABLE.sign
            if theirs is None
            else f"{theirs.available} of {theirs.listed}",
        ]
        lines.append(tuple([*cells, tell_signal(signal)] if told else cells))
    columns = ["Quarter", context.area, "Peers’ median", "Peers with a figure"]
    return BreakdownTable(
        name="quarters",
        caption="Quarter by quarter",
        columns=tuple([*columns, "Signal"] if told else columns),
        rows=tuple(lines),
    )
