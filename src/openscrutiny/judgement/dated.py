"""The months before and after a dated event: two averages beside each other, no verdict.

Only for an event that a person attached to the indicator, and only where months of a
flow allow it. Nothing here says that one led to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from openscrutiny.adoption.decisions import Event, Rebase
from openscrutiny.comparison.xmr import FEWEST_COUNTED
from openscrutiny.indicators.definition import Indicator
from openscrutiny.judgement.flows import is_flow
from openscrutiny.judgement.series import Observation
from openscrutiny.periods import PeriodType, add_months

FEWEST_MONTHS: Final = 8
MOST_MONTHS: Final = 12


@dataclass(frozen=True)
class DatedStep:
    """Hold an event with equally many months before and after it."""

    event: Event
    before: tuple[Observation, ...]
    after: tuple[Observation, ...]

    @property
    def means(self) -> tuple[float, float]:
        """Give the average of the months' values, before and after."""
        earlier, later = _mean(self.before), _mean(self.after)
        assert earlier is not None and later is not None
        return earlier, later


def find_steps(
    rows: Sequence[Observation],
    definition: Indicator,
    events: Sequence[Event],
    rebases: Sequence[Rebase],
) -> tuple[DatedStep, ...]:
    """Find the events whose months before and after may stand beside each other.

    It takes an event attached to this indicator, months of a flow, and at least eight
    with a figure on each side, equally many, at most twelve. A month in which the event
    lies is of neither side; a missing month or a rebasing ends a side.
    """
    if not is_flow(rows, definition):
        return ()
    if any(row.span.type != PeriodType.MONTH for row in rows):
        return ()
    found = (
        _find_step(rows, event, rebases)
        for event in events
        if definition.code in event.codes
    )
    return tuple(step for step in found if step is not None)


def _find_step(
    rows: Sequence[Observation], event: Event, rebases: Sequence[Rebase]
) -> DatedStep | None:
    over = event.until + timedelta(days=1) if event.until else event.on
    earlier = [row for row in rows if row.end < event.on]
    later = [row for row in rows if row.span.start >= over]
    if not earlier or not later:
        return None
    if _is_cut(earlier[-1], later[0], rebases):
        return None
    before, after = _run(earlier[::-1], rebases), _run(later, rebases)
    count = min(len(before), len(after), MOST_MONTHS)
    if count < FEWEST_MONTHS:
        return None
    sides = tuple(before[:count][::-1]), tuple(after[:count])
    if any(_is_small(side) for side in sides):
        return None
    return DatedStep(event, *sides)


def _run(rows: Sequence[Observation], rebases: Sequence[Rebase]) -> list[Observation]:
    """Take months from the event outwards, up to the first gap or rebasing."""
    taken: list[Observation] = []
    for row in rows:
        if row.value is None:
            break
        if taken:
            first, second = sorted((taken[-1], row), key=lambda month: month.end)
            follows = add_months(first.span.start, 1) == second.span.start
            if not follows or _is_cut(first, second, rebases):
                break
        taken.append(row)
    return taken


def _is_cut(
    earlier: Observation, later: Observation, rebases: Sequence[Rebase]
) -> bool:
    """Tell whether a series begins anew after one month and by the other."""
    return any(earlier.span.start < r.starts <= later.span.start for r in rebases)


def _is_small(rows: Sequence[Observation]) -> bool:
    """Tell whether fewer than five a month were counted: too few for an average."""
    counted = [row.numerator for row in rows if row.numerator is not None]
    return len(counted) < len(rows) or sum(counted) / len(rows) < FEWEST_COUNTED


def _mean(rows: Sequence[Observation]) -> float | None:
    values = [row.value for row in rows if row.value is not None]
    return sum(values) / len(values) if values else None
