"""Whether a promise that an officer made to the committee was kept, as figures show it.

What an officer promises is not a target: it names an indicator, a value or a direction,
and a day. It is judged by the first figure whose period reaches that day, as it is shown
to whoever reads, and by no other. A figure that is hidden, held, partial or provisional
judges nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto
from typing import Final

from openscrutiny.adoption.pledges import Aim, Pledge
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.nothing import Status


class Verdict(StrEnum):
    """Name what the figures say of a promise."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    NOT_DUE = "not due yet"
    CANNOT = "cannot be tested"


class Why(Enum):
    """Say why a promise cannot be tested."""

    NO_FIGURES = auto()  # of this indicator are shown to this reader
    NOT_REACHED = auto()  # no figure reaches its day yet
    NO_START = auto()  # no figure is as old as the meeting, or no meeting is known
    HIDDEN = auto()
    NO_NUMBER = auto()
    HELD = auto()
    PARTIAL = auto()
    PROVISIONAL = auto()
    OTHER_UNIT = auto()
    BREAK = auto()  # it is collected another way since the meeting


@dataclass(frozen=True)
class Judged:
    """Hold a verdict and what it rests on.

    `row` is the figure that judges and `start` that at the meeting, where there is one.
    `faulty` is the one of the two for which it cannot be tested.
    """

    verdict: Verdict
    why: Why | None = None
    row: Observation | None = None
    start: Observation | None = None
    faulty: Observation | None = None


def judge_pledge(pledge: Pledge, series: SeriesSet | None, as_at: date) -> Judged:
    """Judge a promise on a day by what is shown of its indicator."""
    rows = _alike(series)
    row = _first_reaching(rows, pledge.by)
    # On the day itself it is due where a figure reaches it already.
    if as_at < pledge.by or (as_at == pledge.by and row is None):
        return Judged(Verdict.NOT_DUE)
    if not rows:
        return Judged(Verdict.CANNOT, Why.NO_FIGURES)
    if row is None:
        return Judged(Verdict.CANNOT, Why.NOT_REACHED)
    fault = _fault_of(row)
    if fault is not None:
        return Judged(Verdict.CANNOT, fault, row, faulty=row)
    if pledge.aim.needs_value:
        return _judge_value(pledge, row)
    return _judge_direction(pledge, series, rows, row)


def _judge_value(pledge: Pledge, row: Observation) -> Judged:
    if row.unit != pledge.unit or pledge.value is None:
        return Judged(Verdict.CANNOT, Why.OTHER_UNIT, row, faulty=row)
    assert row.value is not None, "a figure without a number is faulty"
    at_least = pledge.aim is Aim.AT_LEAST
    kept = row.value >= pledge.value if at_least else row.value <= pledge.value
    return Judged(Verdict.KEPT if kept else Verdict.NOT_KEPT, row=row)


def _judge_direction(
    pledge: Pledge,
    series: SeriesSet | None,
    rows: Sequence[Observation],
    row: Observation,
) -> Judged:
    start = _last_before(rows, pledge.since)
    if start is None or series is None or start.end >= row.end:
        return Judged(Verdict.CANNOT, Why.NO_START, row)
    fault = _fault_of(start)
    if fault is not None:
        return Judged(Verdict.CANNOT, fault, row, start, start)
    if start.unit != row.unit:
        return Judged(Verdict.CANNOT, Why.OTHER_UNIT, row, start, start)
    if series.crosses(start, row):
        return Judged(Verdict.CANNOT, Why.BREAK, row, start)
    assert row.value is not None and start.value is not None
    rises = pledge.aim is Aim.RISE
    kept = row.value > start.value if rises else row.value < start.value
    return Judged(Verdict.KEPT if kept else Verdict.NOT_KEPT, row=row, start=start)


def _fault_of(row: Observation) -> Why | None:
    """Say why a figure judges nothing; None where it may."""
    if row.status is Status.HIDDEN:
        return Why.HIDDEN
    if row.value is None:
        return Why.NO_NUMBER
    if row.held:
        return Why.HELD
    if row.recorded < 1:
        return Why.PARTIAL
    return Why.PROVISIONAL if row.is_provisional else None


_NEVER: Final = (Status.NOT_EXPECTED,)  # no figure is due, so it reaches no day


def _alike(series: SeriesSet | None) -> Sequence[Observation]:
    """Give the figures of the headline's own kind and source."""
    if series is None or series.headline is None:
        return ()
    rows = series.alike if series.headline.is_own else series.published
    return [row for row in rows if row.status not in _NEVER]


def _first_reaching(rows: Sequence[Observation], day: date) -> Observation | None:
    reaching = [row for row in rows if row.end >= day]
    return min(reaching, key=lambda row: row.end, default=None)


def _last_before(rows: Sequence[Observation], day: date | None) -> Observation | None:
    """Find the figure that was the latest at the meeting, by the end of its period."""
    before = [row for row in rows if day is not None and row.end <= day]
    return max(before, key=lambda row: row.end, default=None)
