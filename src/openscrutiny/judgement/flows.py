"""Which series of ours is a flow of independent periods, and so may have limits."""

from collections.abc import Sequence
from typing import Final

from openscrutiny.comparison.xmr import (
    FEWEST_COUNTED,
    FEWEST_TRIAL,
    Flow,
    NotAFlowError,
)
from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.judgement.series import Observation
from openscrutiny.periods import PeriodType

_KINDS: Final = (PeriodType.MONTH, PeriodType.QUARTER)


def is_flow(rows: Sequence[Observation], definition: Indicator) -> bool:
    """Tell whether these are months or quarters of events.

    A state on a day is a stock, and neighbouring values of a rolling or cumulative
    series share most of their events: limits on either cry wolf.
    """
    if definition.clock is not Clock.EVENT or not rows:
        return False
    return all(row.span.type in _KINDS for row in rows)


def read_flow(rows: Sequence[Observation], definition: Indicator) -> Flow | None:
    """Take months or quarters of events as a flow; None for all that has no limits.

    Fewer than eight periods with a figure, fewer than five counted on average, or a
    period that is left out of the series are drawn as plain lines.
    """
    if definition.clock is not Clock.EVENT or not is_flow(rows, definition):
        return None
    known = [row for row in rows if row.value is not None]
    counted = [row.numerator for row in known if row.numerator is not None]
    if len(known) < FEWEST_TRIAL or len(counted) < len(known):
        return None
    if sum(counted) / len(counted) < FEWEST_COUNTED:
        return None
    values = tuple(row.value for row in rows)
    periods = tuple(row.span for row in rows)
    try:
        return Flow(values, periods, definition.clock)
    except NotAFlowError:
        return None
