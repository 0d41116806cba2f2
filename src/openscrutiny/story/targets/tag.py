"""The council's target beside the figure: the tag, its words, and who set it.

Whether a figure is green, amber or red is decided elsewhere and given here as a tone.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from openscrutiny.comparison.targets import judges_period
from openscrutiny.figures.schema import Status
from openscrutiny.indicators.definition import Polarity
from openscrutiny.story.dates import format_date
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
    "target_value",
]

# A tone ready made, or the function that gives it for a value.
RagSource = str | Callable[[float], str] | None

SMALL_DENOMINATOR: Final = 10
NOT_JUDGED: Final = "Neither way is good by design, so it is not judged."
_TONES: Final = ("green", "amber", "red")


def target_value(target: Any) -> float | None:
    """Give the target's number; None where none is set."""
    value = getattr(target, "target", None)
    return None if value is None else float(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return format_date(value) if isinstance(value, date) else str(value)


def _tolerance(target: Any, unit: str) -> str:
    """Say the tolerance in words: "within 2 points"."""
    words = _text(getattr(target, "tolerance", None)).strip()
    try:
        size = float(words)
    except ValueError:
        if words.endswith("%"):
            return f"within {words} of it"
        return f"within {words}" if words else ""
    if size == 0:
        return ""
    shown = make_display(unit, [size]).text(size).removesuffix("%")
    if unit != "percent":
        return f"within {shown}"
    return f"within {shown} point" if shown == "1" else f"within {shown} points"


def _sentence(target: Any, unit: str) -> str:
    value = target_value(target)
    assert value is not None
    shown = make_display(unit, [value]).text(value)
    kind = _text(getattr(target, "kind", None))
    name = f"{kind} target".capitalize() if kind else "Target"
    tolerance = _tolerance(target, unit)
    return f"{name} {shown}, {tolerance}." if tolerance else f"{name} {shown}."


def make_rag(
    row: Observation | None,
    target: Any,
    rag: RagSource,
    polarity: Polarity,
) -> Rag:
    """Build the tag; without a target it says so and never borrows a colour."""
    if target_value(target) is None:
        text = (
            "Neutral by design."
            if polarity is Polarity.NEUTRAL
            else "None has been set."
        )
        return Rag("none", "No target", text, Stop.FIGURE)
    unit = row.unit if row else ""
    words = _sentence(target, unit)
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
    why = row.held or say_before(target, row)
    if why:
        return Rag("none", "Not judged", f"{words} Not judged: {why}.", stop)
    if tone not in _TONES:
        return Rag("none", "Not judged", words, stop)
    if row.is_provisional:
        words = f"[p] {words}"
    return Rag(tone, tone.capitalize(), words, stop)


def is_judged_by(target: Any, row: Observation) -> bool:
    """Tell whether the target counted in a figure's period; a state has its day alone."""
    span = row.span
    first = span.end if span.is_state else span.start
    return judges_period(getattr(target, "from_", None), first, span.end)


def say_before(target: Any, row: Observation) -> str:
    """Say that a period lies before the target, or mostly so; "" of all others."""
    if is_judged_by(target, row):
        return ""
    since = target.from_
    part = "" if row.span.end < since else "mostly "
    return f"the period lies {part}before {format_date(since)}, when the target begins"


def judged_from(
    row: Observation | None, target: Any, polarity: Polarity
) -> dict[str, object]:
    """Give what the colour follows from: value, aim, tolerance and good direction."""
    aim = target_value(target)
    if row is None or row.value is None or aim is None:
        return {}
    return {
        "value": f"{row.value:.10g}",
        "aim": f"{aim:.10g}",
        "tolerance": str(getattr(target, "tolerance", "") or ""),
        "good": judge(1, polarity),
    }


def make_target_facts(
    target: Any, unit: str, as_at: date | None = None
) -> TargetFacts | None:
    """Gather who set the target, why and until when; None without an adoption."""
    if target is None:
        return None
    value = target_value(target)

    def get(name: str) -> str:
        return _text(getattr(target, name, None))

    return TargetFacts(
        target="" if value is None else make_display(unit, [value]).text(value),
        tolerance=_tolerance(target, unit),
        setter=get("setter"),
        why=get("why"),
        since=get("from_"),
        review=get("review"),
        owner=get("owner"),
        note=get("note"),
        basis=get("kind").capitalize(),
        overdue=_is_past(getattr(target, "review", None), as_at),
    )


def _is_past(day: Any, as_at: date | None) -> bool:
    return isinstance(day, date) and as_at is not None and day < as_at
