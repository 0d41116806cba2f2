"""For how long a figure has been red or amber, counted back from the headline."""

from collections.abc import Callable, Sequence
from typing import Final

from openscrutiny.adoption.targets import Adoption
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.story.series import Observation
from openscrutiny.story.targets.tag import SMALL_DENOMINATOR, is_judged_by

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
    adoption: Adoption,
) -> str:
    """Say "Red for 7 months running."; nothing for one alone, or where it is green.

    Twelve months that end with each month overlap, and none of the months need have
    been red: of those it says at how many month ends the figure was. `rows` are figures
    of the headline's kind; none before the day from which the target counts, and none that
    lies mostly before it, is judged by it. A period without a figure, not judged, or with
    small numbers, ends the count. Where nothing earlier could end it, it says "at least".
    """
    tone = _tone(headline, tone_of)
    if tone not in _COUNTED:
        return ""
    count, open_ended = _count_back(headline, rows, tone_of, adoption)
    if count == 1:
        return ""
    if headline.span.type == PeriodType.ROLLING_12_MONTHS:
        least = ", at least" if open_ended else ""
        return (
            f"The 12-month figure has been {tone} at each of the last {count} month "
            f"ends{least}."
        )
    least = "at least " if open_ended else ""
    _, word = _STEPS.get(headline.span.type, _YEARLY)
    return f"{tone.capitalize()} for {least}{count} {word}s running."


def _count_back(
    headline: Observation,
    rows: Sequence[Observation],
    tone_of: Callable[[float], str],
    adoption: Adoption,
) -> tuple[int, bool]:
    """Count the periods of the headline's tone, and tell whether there may be more."""
    tone = _tone(headline, tone_of)
    by_end = {row.end: row for row in rows}
    months, _ = _STEPS.get(headline.span.type, _YEARLY)
    end, count = headline.end, 1
    while True:
        end = month_end(add_months(end, -months))
        earlier = by_end.get(end)
        if earlier is None or not is_judged_by(adoption, earlier):
            return count, True
        if _tone(earlier, tone_of) != tone:
            return count, earlier.value is None or bool(earlier.held)
        count += 1


def _tone(row: Observation, tone_of: Callable[[float], str]) -> str:
    small = row.denominator is not None and row.denominator < SMALL_DENOMINATOR
    return "" if row.value is None or row.held or small else tone_of(row.value)
