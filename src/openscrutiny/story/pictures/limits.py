"""Limits and signals of a flow as lines, shapes and words, for months and quarters."""

from collections.abc import Sequence
from typing import Final

from openscrutiny.adoption.decisions import Rebase
from openscrutiny.charts import Flag, Line, Mark
from openscrutiny.comparison.xmr import Flow, Segment, Signal, find_segments
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.series import Observation
from openscrutiny.numbers import Display
from openscrutiny.periods import format_date, format_month
from openscrutiny.story.pictures.context import Context

_WORDS_OF: Final = {1: "higher than usual", -1: "lower than usual"}
_SIGNALS: Final = {1: "improving", -1: "concerning", 0: "neutral"}
_RULES: Final = {
    "outside": "outside the limits",
    "trend": "seven in a row each further than the last",
    "two in three": "two of three near a limit",
    "shift": "seven in a row on one side of the average",
}


def find_stretches(
    flow: Flow, rows: Sequence[Observation], context: Context
) -> tuple[Segment, ...]:
    """Cut where a person rebased; a period belongs to the stretch that it begins in."""
    starts = []
    for rebase in context.rebases:
        later = [at for at, row in enumerate(rows) if row.span.start >= rebase.starts]
        if later:
            starts.append(later[0])
    return find_segments(flow, starts)


def flag_rebases(
    rebases: Sequence[Rebase], rows: Sequence[Observation]
) -> tuple[tuple[Flag, ...], tuple[str, ...]]:
    """Place the rebases within a chart's time, and say why and who said so."""
    shown = [r for r in rebases if rows[0].end <= r.starts <= rows[-1].end]
    words = tuple(
        f"R: limits begin anew from {format_month(rebase.starts)}. {rebase.reason.rstrip('.')}. Set by "
        f"{rebase.by} on {format_date(rebase.decided_on)}."
        for rebase in shown
    )
    return tuple(Flag(rebase.starts, "R") for rebase in shown), words


def limit_lines(
    segment: Segment,
    rows: Sequence[Observation],
    display: Display,
    ceiling: float | None,
    *,
    named: bool,
) -> list[Line]:
    """Draw the mean and the limits; a limit that no value can pass is not drawn."""
    assert segment.xmr is not None
    limits = segment.xmr.limits
    usual = "Trial limit" if segment.is_trial else "Usual"
    levels = [("mean", "Average", limits.mean)]
    if ceiling is None or limits.high < ceiling:
        levels.append(("limit", f"{usual} to", limits.high))
    if limits.low > 0:
        levels.append(("limit", f"{usual} from", limits.low))
    return [
        Line(
            role,
            label if named else "",
            display.text(level) if named else "",
            tuple(Mark(row.end, level) for row in rows[segment.first : segment.end]),
        )
        for role, label, level in levels
    ]


def name_signal(signal: Signal | None, polarity: Polarity) -> str:
    """Name a signal by its direction and which way is good; "" where there is none."""
    return "" if signal is None else _SIGNALS[judge(signal.direction, polarity)]


def signal_words(signal: Signal | None) -> str:
    """Say a signal, or that there is none, in three words."""
    return _WORDS_OF[signal.direction] if signal else "usual variation"


def tell_signal(signal: Signal | None) -> str:
    """Say a signal and its rule in a sentence; "" where there is none."""
    if signal is None:
        return ""
    return f"{_WORDS_OF[signal.direction].capitalize()}: {_RULES[signal.rule]}."
