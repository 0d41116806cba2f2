"""Whether what was promised was kept: the target by its day, and the milestones on the way.

A promise is judged by the first figure whose period reaches the promised day, and by
nothing before it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from openscrutiny.adoption.targets import Adoption, Milestone
from openscrutiny.indicators.definition import Polarity
from openscrutiny.periods import format_date
from openscrutiny.story.headline import display_of, value_text
from openscrutiny.story.numbers import make_display
from openscrutiny.story.series import Observation, SeriesSet
from openscrutiny.story.targets.tag import say_before

__all__ = ["say_milestones", "say_promise"]

_SIGN: Final = {Polarity.HIGHER: 1, Polarity.LOWER: -1}


def say_promise(
    adoption: Adoption, series: SeriesSet, polarity: Polarity, as_at: date
) -> str:
    """Say by when the target was promised, and whether that was kept."""
    promise = adoption.promise
    if promise is None:
        return ""
    promised = f"Promised by {format_date(promise.by)}"
    if not _is_due(promise.by, series, as_at):
        return f"{promised}."
    return f"{promised}: {_judge(promise, adoption, series, polarity)}."


def say_milestones(
    adoption: Adoption, series: SeriesSet, polarity: Polarity, as_at: date
) -> tuple[str, ...]:
    """Say each milestone and, once its day has passed, whether it was kept."""
    said = []
    unit = series.headline.unit if series.headline else ""
    for milestone in adoption.milestones:
        shown = make_display(unit, [milestone.value]).text(milestone.value)
        text = f"{shown} by {format_date(milestone.by)}"
        if _is_due(milestone.by, series, as_at):
            text += f": {_judge(milestone, adoption, series, polarity)}"
        said.append(f"{text}.")
    return tuple(said)


def _is_due(day: date, series: SeriesSet, as_at: date) -> bool:
    """Tell whether a day can be judged: it has passed, or a figure reaches it today."""
    if as_at == day:
        return _first_reaching(_alike(series), day) is not None
    return as_at > day


def _judge(
    promise: Milestone, adoption: Adoption, series: SeriesSet, polarity: Polarity
) -> str:
    """Say "kept", "not kept" or why that cannot be told, with the figure it rests on."""
    row = _first_reaching(_alike(series), promise.by)
    if row is None:
        return "not yet measurable, no figure reaches that day"
    shown = f"{value_text(row, display_of([row], row.unit))} {row.span.within}"
    if row.value is None:
        return f"not measurable, the figure {row.span.within} is not shown"
    why = row.held or say_before(adoption, row)
    if why:
        return f"cannot be judged yet: {why} ({shown})"
    sign = _SIGN.get(polarity)
    if sign is None:
        return f"{shown}; neither way is good by design, so it is not judged"
    kept = row.value * sign >= promise.value * sign
    unsure = " (provisional)" if row.is_provisional else ""
    return f"{'kept' if kept else 'not kept'}, {shown}{unsure}"


def _alike(series: SeriesSet) -> Sequence[Observation]:
    """Give the figures of the headline's own kind and source."""
    headline = series.headline
    if headline is None:
        return ()
    return series.alike if headline.is_own else series.published


def _first_reaching(rows: Iterable[Observation], day: date) -> Observation | None:
    reaching = [row for row in rows if row.end >= day]
    return min(reaching, key=lambda row: row.end, default=None)
