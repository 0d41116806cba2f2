"""The council's target beside the figure: the tag, for how long, and who set it."""

from datetime import date
from typing import Final

from openscrutiny.adoption.targets import Adoption, Tolerance
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.colour import Colour, Colourless, Streak
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.series import SHORT_KINDS, Observation
from openscrutiny.nothing import Status
from openscrutiny.numbers import make_display
from openscrutiny.periods import PeriodType, format_date
from openscrutiny.story.model import Rag, Stop, TargetFacts

NOT_JUDGED: Final = "Neither way is good by design, so it is not judged."


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day)


def _tolerance(tolerance: Tolerance | None, unit: str) -> str:
    """Say the tolerance in words: "within 2 points"."""
    if tolerance is None:
        return ""
    if tolerance.is_relative:
        return f"within {tolerance} of it"
    size = tolerance.size
    if size == 0:
        return ""
    shown = make_display(unit, [size]).text(size).removesuffix("%")
    if unit != "percent":
        return f"within {shown}"
    return f"within {shown} point" if shown == "1" else f"within {shown} points"


def _sentence(adoption: Adoption, target: float, unit: str) -> str:
    shown = make_display(unit, [target]).text(target)
    name = f"{adoption.kind} target".capitalize() if adoption.kind else "Target"
    tolerance = _tolerance(adoption.tolerance, unit)
    return f"{name} {shown}, {tolerance}." if tolerance else f"{name} {shown}."


def make_rag(
    colour: Colour,
    row: Observation | None,
    adoption: Adoption | None,
    polarity: Polarity,
    streak: Streak | None = None,
) -> Rag:
    """Build the tag; without a target it says so and never borrows a colour."""
    if adoption is None or adoption.target is None:
        neutral = polarity is Polarity.NEUTRAL
        text = "Neutral by design." if neutral else "None has been set."
        return Rag("none", "No target", text, Stop.FIGURE)
    words = _sentence(adoption, adoption.target, row.unit if row else "")
    settled = row is None or not row.is_unsettled
    stop = Stop.FIGURE if settled else Stop.PROVISIONAL
    match colour.why_none:
        case Colourless.HIDDEN:
            return Rag("none", "Hidden", f"{Status.HIDDEN.sign} {words}", Stop.HIDDEN)
        case Colourless.NO_FIGURE:
            return Rag("none", "No figure", words, Stop.NONE)
        case Colourless.SMALL:
            return Rag("none", "Small numbers", words, Stop.FIGURE)
        case None:
            if row is not None and row.is_provisional:
                words = f"{Status.PROVISIONAL.sign} {words}"
            tone = colour.tone
            return Rag(
                tone, tone.capitalize(), f"{words} {say_streak(streak)}".strip(), stop
            )
    why = _say_colourless(colour.why_none, row, adoption)
    return Rag("none", "Not judged", f"{words} {why}".strip(), stop)


def _say_colourless(
    why: Colourless, row: Observation | None, adoption: Adoption
) -> str:
    if why is Colourless.NEUTRAL:
        return NOT_JUDGED
    if row is None or why is Colourless.NO_TOLERANCE:
        return ""
    return f"Not judged: {row.held or say_before(adoption, row)}."


def say_streak(streak: Streak | None) -> str:
    """Say "Red for 7 months running."; nothing for one alone, or where it is green.

    Twelve months that end with each month overlap, and none of the months need have
    been red: of those it says at how many month ends the figure was.
    """
    if streak is None:
        return ""
    if streak.kind is PeriodType.ROLLING_12_MONTHS:
        least = ", at least" if streak.is_open else ""
        return (
            f"The 12-month figure has been {streak.tone} at each of the last "
            f"{streak.count} month ends{least}."
        )
    least = "at least " if streak.is_open else ""
    word = streak.kind.value if streak.kind in SHORT_KINDS else "year"
    return f"{streak.tone.capitalize()} for {least}{streak.count} {word}s running."


def say_before(adoption: Adoption, row: Observation) -> str:
    """Say that a period lies before the target, or mostly so."""
    since = adoption.from_
    assert since is not None, "a target that always counted has nothing before it"
    part = "" if row.span.end < since else "mostly "
    return f"the period lies {part}before {format_date(since)}, when the target begins"


def judged_from(
    row: Observation | None, adoption: Adoption | None, polarity: Polarity
) -> dict[str, object]:
    """Give what the colour follows from: value, aim, tolerance and good direction."""
    if row is None or row.value is None or adoption is None or adoption.target is None:
        return {}
    return {
        "value": f"{row.value:.10g}",
        "aim": f"{adoption.target:.10g}",
        "tolerance": str(adoption.tolerance or ""),
        "good": judge(1, polarity),
    }


def make_target_facts(adoption: Adoption, unit: str, as_at: date) -> TargetFacts:
    """Gather who set the target, why and until when."""
    target, review = adoption.target, adoption.review
    return TargetFacts(
        target="" if target is None else make_display(unit, [target]).text(target),
        tolerance=_tolerance(adoption.tolerance, unit),
        setter=adoption.setter,
        why=adoption.why,
        since=_day(adoption.from_),
        review=_day(review),
        owner=adoption.owner,
        note=adoption.note,
        basis=adoption.kind.capitalize(),
        overdue=review is not None and review < as_at,
    )
