"""Whether, on the pattern so far, the target will be met by the promised day.

It says nothing of why, and leaves open what the interval leaves open.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.adoption.targets import Adoption, Milestone
from openscrutiny.comparison.forecast import FEWEST_YEARS, Forecast, forecast
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.series import SHORT_KINDS, Observation, SeriesSet
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display, make_display
from openscrutiny.periods import add_months, month_end

_MOST_STEPS: Final = 3


@dataclass(frozen=True)
class Outlook:
    """Hold what the pattern so far gives for the first period that reaches a day.

    `end` is that period's last day, `years` how many figures it rests on.
    """

    promised: Milestone
    expected: Forecast
    end: date
    steps: int
    years: int
    display: Display

    def meets(self, polarity: Polarity) -> int:
        """Tell whether it meets the target: 1 will, -1 will not, 0 may or may not."""
        sign, aim = judge(1, polarity), self.promised.value
        low, high = sorted((self.expected.low * sign, self.expected.high * sign))
        if low >= aim * sign:
            return 1
        return -1 if high < aim * sign else 0

    def within(self, unit: str) -> Forecast:
        """Keep the ends within what is possible: from 0, and a share to 100."""
        most = 100.0 if unit == "percent" else float("inf")
        found = self.expected
        value, low, high = (
            min(max(end, 0.0), most) for end in (found.value, found.low, found.high)
        )
        return Forecast(value, low, high)


def find_outlook(
    adoption: Adoption | None, series: SeriesSet, polarity: Polarity, as_at: date
) -> Outlook | None:
    """Forecast the figure of the promised day; None where that is unsafe.

    Needs a promised day to come, a good direction, and six final yearly figures in a
    row up to the headline.
    """
    promised, headline = adoption.promise if adoption else None, series.headline
    if promised is None or headline is None or polarity is Polarity.NEUTRAL:
        return None
    if promised.by <= as_at or headline.span.type in SHORT_KINDS:
        return None
    years = _years_to(headline, series)
    steps = _steps_to(headline.end, promised.by)
    if steps is None or len(years) < FEWEST_YEARS:
        return None
    found = forecast([row.value for row in years if row.value is not None], steps)
    if found is None:
        return None
    display = make_display(headline.unit, [], [row.value or 0.0 for row in years])
    end = month_end(add_months(headline.end, 12 * steps))
    return Outlook(promised, found, end, steps, len(years), display)


def _years_to(last: Observation, series: SeriesSet) -> list[Observation]:
    """Give the final figures of whole years up to the headline, without gap or break."""
    by_end = {
        row.end: row
        for row in series.annual
        if row.status is Status.FINAL and not row.held and not series.crosses(row, last)
    }
    years: list[Observation] = []
    end = last.end
    while end in by_end and by_end[end].unit == last.unit:
        years.append(by_end[end])
        end = _year_before(end)
    return years[::-1]


def _year_before(end: date) -> date:
    return add_months(end, -12)


def _steps_to(last: date, day: date) -> int | None:
    """Count the whole years from the last figure to the first that reaches the day."""
    for steps in range(1, _MOST_STEPS + 1):
        if add_months(last, 12 * steps) >= day:
            return steps
    return None
