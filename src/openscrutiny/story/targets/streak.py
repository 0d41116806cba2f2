"""For how long a figure has been red or amber, counted back from the headline."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.series import Observation
from openscrutiny.story.targets.tag import SMALL_DENOMINATOR

__all__ = ["say_streak"]

_STEPS: Final = {
    PeriodType.MONTH.value: (1, "month"),
    PeriodType.ROLLING_12_MONTHS.value: (1, "month"),
    PeriodType.QUARTER.value: (3, "quarter"),
}
_YEARLY: Final = (12, "year")
_COUNTED: Final = ("red", "amber")


def say_streak(
    headline: Observation,
    rows: Sequence[Observation],
    tone_of: Callable[[float], str],
    since: date | None,
) -> str:
    """Say "Red for 7 months running."; nothing for one alone, or where it is green.

    `rows` are figures of the headline's kind; `since` is the day from which the target
    holds, and no figure before it is judged by it. A period without a figure, or with
    small numbers, ends the count. Where nothing earlier could end it, it says "at
    least".
    """
    tone = _tone(headline, tone_of)
    if tone not in _COUNTED:
        return ""
    by_end = {row.end: row for row in rows}
    months, word = _STEPS.get(headline.span.kind, _YEARLY)
    end, count = headline.end, 1
    while True:
        end = month_end(add_months(end, -months))
        earlier = by_end.get(end)
        if earlier is None or (since is not None and end < since):
            open_ended = True
            break
        if _tone(earlier, tone_of) != tone:
            open_ended = earlier.value is None or bool(earlier.held)
            break
        count += 1
    if count == 1:
        return ""
    least = "at least " if open_ended else ""
    return f"{tone.capitalize()} for {least}{count} {word}s running."


def _tone(row: Observation, tone_of: Callable[[float], str]) -> str:
    small = row.denominator is not None and row.denominator < SMALL_DENOMINATOR
    return "" if row.value is None or row.held or small else tone_of(row.value)
