"""Green, amber or red: a figure against what the council adopted, and for how long.

A figure has a colour only where its target counted in its period, one way is good, and
enough people are behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from openscrutiny.adoption.targets import (
    SMALLEST_DENOMINATOR,
    Adoption,
    Rag,
    judges_period,
    rag,
)
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.series import Observation
from openscrutiny.nothing import Status
from openscrutiny.periods import PeriodType, add_months, month_end

_STEP_MONTHS: Final = {
    PeriodType.MONTH: 1,
    PeriodType.ROLLING_12_MONTHS: 1,
    PeriodType.QUARTER: 3,
}
_A_YEAR: Final = 12
_COUNTED: Final = ("red", "amber")


class Colourless(Enum):
    """Say why a figure is neither green, amber nor red."""

    NO_TARGET = auto()
    HIDDEN = auto()
    NO_FIGURE = auto()
    SMALL = auto()  # fewer than ten people
    NEUTRAL = auto()  # neither way is good
    HELD = auto()  # the figure may not be judged
    BEFORE = auto()  # its period lies before the target, or mostly so
    NO_TOLERANCE = auto()


@dataclass(frozen=True)
class Colour:
    """Hold green, amber or red; "none" with the reason why."""

    tone: Rag
    why_none: Colourless | None = None


@dataclass(frozen=True)
class Streak:
    """Hold for how many periods a figure has been red or amber, counted backwards.

    `is_open` says that nothing earlier could end it, so that there may be more.
    """

    tone: Rag
    count: int
    is_open: bool
    kind: PeriodType


def find_colour(
    row: Observation | None, adoption: Adoption | None, polarity: Polarity
) -> Colour:
    """Judge a figure by its target."""
    why = _why_none(row, adoption, polarity)
    if why is not None:
        return Colour("none", why)
    assert row is not None and adoption is not None
    tone = _tone(row, adoption, polarity)
    return Colour(tone, Colourless.NO_TOLERANCE if tone == "none" else None)


def _why_none(
    row: Observation | None, adoption: Adoption | None, polarity: Polarity
) -> Colourless | None:
    if adoption is None or adoption.target is None:
        return Colourless.NO_TARGET
    if row is None or row.value is None:
        hidden = row is not None and row.status is Status.HIDDEN
        return Colourless.HIDDEN if hidden else Colourless.NO_FIGURE
    if _is_small(row):
        return Colourless.SMALL
    if polarity is Polarity.NEUTRAL:
        return Colourless.NEUTRAL
    if row.held:
        return Colourless.HELD
    return None if is_judged_by(adoption, row) else Colourless.BEFORE


def is_judged_by(adoption: Adoption, row: Observation) -> bool:
    """Tell whether the target counted in a figure's period; a state has its day alone."""
    span = row.span
    first = span.end if span.is_state else span.start
    return judges_period(adoption.from_, first, span.end)


def _is_small(row: Observation) -> bool:
    return row.denominator is not None and row.denominator < SMALLEST_DENOMINATOR


def _tone(row: Observation, adoption: Adoption, polarity: Polarity) -> Rag:
    return rag(row.value, adoption.target, adoption.tolerance, polarity.value)


def find_streak(
    headline: Observation,
    rows: Sequence[Observation],
    adoption: Adoption,
    polarity: Polarity,
) -> Streak | None:
    """Count back from a headline that is red or amber; None for one period alone.

    `rows` are figures of the headline's kind; none before the day from which the target
    counts, and none that lies mostly before it, is judged by it. A period without a
    figure, not judged, or with small numbers, ends the count.
    """

    def tone_of(row: Observation) -> Rag:
        judged = row.value is not None and not row.held and not _is_small(row)
        return _tone(row, adoption, polarity) if judged else "none"

    tone = tone_of(headline)
    by_end = {row.end: row for row in rows}
    months = _STEP_MONTHS.get(headline.span.type, _A_YEAR)
    end, count, is_open = headline.end, 1, True
    while True:
        end = month_end(add_months(end, -months))
        earlier = by_end.get(end)
        if earlier is None or not is_judged_by(adoption, earlier):
            break
        if tone_of(earlier) != tone:
            is_open = earlier.value is None or bool(earlier.held)
            break
        count += 1
    if tone not in _COUNTED or count == 1:
        return None
    return Streak(tone, count, is_open, headline.span.type)
