"""The council's target beside the figure: the tag, its words, and who set it.

Whether a figure is green, amber or red is decided elsewhere and given here as a tone.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from openscrutiny.adoption.targets import Adoption, Tolerance, judges_period
from openscrutiny.indicators.definition import Polarity
from openscrutiny.nothing import Status
from openscrutiny.periods import format_date
from openscrutiny.story.model import Rag, Stop, TargetFacts
from openscrutiny.story.numbers import make_display
from openscrutiny.story.sentences import judge
from openscrutiny.story.series import Observation

__all__ = [
    "NOT_JUDGED",
    "SMALL_DENOMINATOR",
    "RagSource",
    "is_judged_by",
    "judged_from",
    "make_rag",
    "make_target_facts",
    "say_before",
]

# A tone ready made, or the function that gives it for a value.
RagSource = str | Callable[[float], str] | None

SMALL_DENOMINATOR: Final = 10
NOT_JUDGED: Final = "Neither way is good by design, so it is not judged."
_TONES: Final = ("green", "amber", "red")


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
    row: Observation | None,
    adoption: Adoption | None,
    rag: RagSource,
    polarity: Polarity,
) -> Rag:
    """Build the tag; without a target it says so and never borrows a colour."""
    if adoption is None or adoption.target is None:
        text = (
            "Neutral by design."
            if polarity is Polarity.NEUTRAL
            else "None has been set."
        )
        return Rag("none", "No target", text, Stop.FIGURE)
    unit = row.unit if row else ""
    words = _sentence(adoption, adoption.target, unit)
    if row is None or row.value is None:
        if row is not None and row.status is Status.HIDDEN:
            return Rag("none", "Hidden", f"[c] {words}", Stop.HIDDEN)
        return Rag("none", "No figure", words, Stop.NONE)
    if row.denominator is not None and row.denominator < SMALL_DENOMINATOR:
        return Rag("none", "Small numbers", words, Stop.FIGURE)
    stop = Stop.PROVISIONAL if row.is_unsettled else Stop.FIGURE
    tone = rag(row.value) if callable(rag) else (rag or "")
    if tone == "small":
        return Rag("none", "Small numbers", words, stop)
    if polarity is Polarity.NEUTRAL:
        return Rag("none", "Not judged", f"{words} {NOT_JUDGED}", stop)
    why = row.held or say_before(adoption, row)
    if why:
        return Rag("none", "Not judged", f"{words} Not judged: {why}.", stop)
    if tone not in _TONES:
        return Rag("none", "Not judged", words, stop)
    if row.is_provisional:
        words = f"[p] {words}"
    return Rag(tone, tone.capitalize(), words, stop)


def is_judged_by(adoption: Adoption, row: Observation) -> bool:
    """Tell whether the target counted in a figure's period; a state has its day alone."""
    span = row.span
    first = span.end if span.is_state else span.start
    return judges_period(adoption.from_, first, span.end)


def say_before(adoption: Adoption, row: Observation) -> str:
    """Say that a period lies before the target, or mostly so; "" of all others."""
    since = adoption.from_
    if since is None or is_judged_by(adoption, row):
        return ""
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
