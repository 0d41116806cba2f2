"""Months still being recorded, drawn apart: what is recorded, and what is expected.

What is recorded so far stands as a hollow point that no line joins. What is expected is
a cross with its interval, led to by a dashed line. Neither is ever tested.
"""

from collections.abc import Sequence
from dataclasses import replace

from openscrutiny.charts import Line, Mark
from openscrutiny.judgement.recording import Recording, scaled
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.story.headline import value_text
from openscrutiny.story.over_time.nowcasting import describe_nowcast


def call_provisional(
    rows: Sequence[Observation], recording: Recording
) -> tuple[Observation, ...]:
    """Call a month still being recorded provisional, whichever return will settle it."""
    return tuple(
        # What is expected of it stands there instead of why it is not judged.
        replace(row, status=Status.PROVISIONAL, held="")
        if row.end in recording.months
        else row
        for row in rows
    )


def leave_out(
    rows: Sequence[Observation], recording: Recording
) -> tuple[Observation, ...]:
    """Empty the months that are not judged, for limits, medians and signals.

    An incomplete month is low whatever happened in it: testing it would cry wolf.
    """
    return tuple(
        replace(row, value=None, numerator=None)
        if row.held or row.end in recording.months
        else row
        for row in rows
    )


def set_apart(line: Line, recording: Recording) -> Line:
    """Take the months still being recorded out of the line that joins the others."""
    if not any(mark.end in recording.months for mark in line.marks):
        return line
    marks = tuple(
        replace(mark, apart=mark.end in recording.months) for mark in line.marks
    )
    last = line.known[-1].end in recording.months
    label = f"{line.value_label} so far" if last else line.value_label
    return replace(line, marks=marks, value_label=label)


def expected_lines(
    rows: Sequence[Observation], recording: Recording, display: Display
) -> tuple[Line, ...]:
    """Draw what is expected, from the last month before it; nothing where nothing is."""
    marks: list[Mark] = []
    label = ""
    for at, row in enumerate(rows):
        said = recording.months.get(row.end)
        after = rows[at + 1].end if at + 1 < len(rows) else None
        if said is not None:
            reach = (scaled(row, said.low), scaled(row, said.high))
            marks.append(Mark(row.end, scaled(row, said.expected), reach=reach))
            label = f"{display.text(scaled(row, said.expected))} [e] [p]"
        else:
            leads = after in recording.months
            marks.append(Mark(row.end, row.value if leads else None))
    return (Line("exp", "Expected", label, tuple(marks)),) if label else ()


def tell_expected(row: Observation, recording: Recording, display: Display) -> str:
    """Say in the table what a month is expected to become; "" of all others."""
    said = recording.months.get(row.end)
    return "" if said is None else describe_nowcast(row, said, display)


def title_expected(row: Observation, recording: Recording, display: Display) -> str:
    """Give the title of a chart whose last month is still being recorded."""
    said = recording.months[row.end]
    expected = display.text(scaled(row, said.expected))
    recorded = f"{value_text(row, display)} recorded so far {row.span.within}"
    return f"{recorded}; {expected} expected"


def explain_apart(rows: Sequence[Observation], recording: Recording) -> str:
    """Say which months stand apart and how, or why none can be told to."""
    if not rows:
        if not recording.why_none:
            return ""
        return (
            "The latest months may still fill up and are read as they stand. "
            f"{recording.why_none}"
        )
    names = [row.span.name for row in rows]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    verb, them = ("was", "it") if len(names) == 1 else ("were", "them")
    return (
        f"When last extracted, {listed} {verb} not fully recorded: the hollow point is "
        "what is recorded so far, the cross what is expected [e], with its 95% "
        "interval, from how other months filled up. No limit, average or signal takes "
        f"{them} in."
    )
