"""Which indicators fill up: events are typed in late, and extracts show how late."""

from typing import Final

from openscrutiny.indicators.definition import Clock, Indicator
from openscrutiny.periods import PeriodType

EXTRACT: Final = "annex-a"


def fills_up(indicator: Indicator) -> bool:
    """Say whether it counts events by month and extracts feed it.

    Percentages do not count: both their parts fill up, and not alike.
    """
    return (
        indicator.clock is Clock.EVENT
        and indicator.measure.counts_rows
        and EXTRACT in indicator.returns
        and PeriodType.MONTH in indicator.periods
    )
