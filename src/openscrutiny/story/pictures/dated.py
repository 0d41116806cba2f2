"""The months before and after a dated event, as two level lines and in words."""

from collections.abc import Sequence

from openscrutiny.adoption.decisions import Event
from openscrutiny.charts import Line, Mark
from openscrutiny.judgement.dated import DatedStep
from openscrutiny.numbers import Display


def draw_step(step: DatedStep) -> tuple[Line, Line]:
    """Give the two averages as level lines that a chart draws without a name."""
    parts = zip((step.before, step.after), step.means, strict=True)
    earlier, later = (
        Line("step", "", "", tuple(Mark(row.end, mean) for row in rows))
        for rows, mean in parts
    )
    return earlier, later


def say_beside(event: Event, steps: Sequence[DatedStep], display: Display) -> str:
    """Say the averages about an event; "" where the rule allows none."""
    found = (say_step_beside(step, display) for step in steps if step.event is event)
    return next(found, "")


def say_step_beside(step: DatedStep, display: Display) -> str:
    """Say both averages, and that the chart claims nothing by it."""
    before, after = (display.text(mean) for mean in step.means)
    return (
        f"Average {len(step.before)} months before: {before}; after: {after}. Dated "
        "beside each other; the chart does not say that one led to the other."
    )
