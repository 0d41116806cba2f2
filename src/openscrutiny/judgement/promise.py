"""Whether what was promised was kept: the target by its day, and the milestones on the way.

A promise is judged by the first figure whose period reaches the promised day, and by
nothing before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from openscrutiny.adoption.targets import Adoption, Milestone
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.colour import is_judged_by
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.series import Observation, SeriesSet


class Kept(Enum):
    """Say whether a promise was kept, or why that cannot be told."""

    KEPT = auto()
    NOT_KEPT = auto()
    NOT_DUE = auto()
    NOT_REACHED = auto()  # no figure reaches its day yet
    NOT_SHOWN = auto()  # the figure has no number
    HELD = auto()  # the figure may not be judged
    BEFORE = auto()  # the figure's period lies before the target, or mostly so
    NEUTRAL = auto()  # neither way is good


@dataclass(frozen=True)
class Promise:
    """Hold a promise, whether it was kept, and the figure that says so."""

    promised: Milestone
    kept: Kept
    row: Observation | None = None


def find_promises(
    adoption: Adoption, series: SeriesSet, polarity: Polarity, as_at: date
) -> tuple[Promise | None, tuple[Promise, ...]]:
    """Judge the target by its promised day, where there is one, and each milestone."""
    target = adoption.promise
    judged = [
        _judge(promise, adoption, series, polarity, as_at)
        for promise in (*adoption.milestones, *([target] if target else []))
    ]
    return (judged.pop() if target else None), tuple(judged)


def _judge(
    promised: Milestone,
    adoption: Adoption,
    series: SeriesSet,
    polarity: Polarity,
    as_at: date,
) -> Promise:
    row = _first_reaching(_alike(series), promised.by)
    # On the day itself it is due where a figure reaches it already.
    if as_at < promised.by or (as_at == promised.by and row is None):
        return Promise(promised, Kept.NOT_DUE)
    if row is None:
        return Promise(promised, Kept.NOT_REACHED)
    if row.value is None:
        return Promise(promised, Kept.NOT_SHOWN, row)
    if row.held:
        return Promise(promised, Kept.HELD, row)
    if not is_judged_by(adoption, row):
        return Promise(promised, Kept.BEFORE, row)
    if polarity is Polarity.NEUTRAL:
        return Promise(promised, Kept.NEUTRAL, row)
    sign = judge(1, polarity)
    kept = row.value * sign >= promised.value * sign
    return Promise(promised, Kept.KEPT if kept else Kept.NOT_KEPT, row)


def _alike(series: SeriesSet) -> Sequence[Observation]:
    """Give the figures of the headline's own kind and source."""
    headline = series.headline
    if headline is None:
        return ()
    return series.alike if headline.is_own else series.published


def _first_reaching(rows: Iterable[Observation], day: date) -> Observation | None:
    reaching = [row for row in rows if row.end >= day]
    return min(reaching, key=lambda row: row.end, default=None)
