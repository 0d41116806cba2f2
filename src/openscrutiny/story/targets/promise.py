"""What was promised, and whether it was kept, in words."""

from openscrutiny.adoption.targets import Adoption
from openscrutiny.judgement.promise import Kept, Promise
from openscrutiny.judgement.series import display_of
from openscrutiny.numbers import make_display
from openscrutiny.periods import format_date
from openscrutiny.story.headline import value_text
from openscrutiny.story.targets.tag import say_before


def say_promise(promise: Promise | None, adoption: Adoption) -> str:
    """Say by when the target was promised, and whether that was kept."""
    if promise is None:
        return ""
    promised = f"Promised by {format_date(promise.promised.by)}"
    return f"{promised}{_with_verdict(promise, adoption)}."


def say_milestone(promise: Promise, adoption: Adoption, unit: str) -> str:
    """Say a milestone and, once its day has passed, whether it was kept."""
    value = promise.promised.value
    shown = make_display(unit, [value]).text(value)
    text = f"{shown} by {format_date(promise.promised.by)}"
    return f"{text}{_with_verdict(promise, adoption)}."


def _with_verdict(promise: Promise, adoption: Adoption) -> str:
    if promise.kept is Kept.NOT_DUE:
        return ""
    return f": {_say_verdict(promise, adoption)}"


def _say_verdict(promise: Promise, adoption: Adoption) -> str:
    """Say "kept", "not kept" or why that cannot be told, with the figure it rests on."""
    row = promise.row
    if row is None:
        return "not yet measurable, no figure reaches that day"
    within = row.span.within
    shown = f"{value_text(row, display_of([row], row.unit))} {within}"
    match promise.kept:
        case Kept.NOT_SHOWN:
            return f"not measurable, the figure {within} is not shown"
        case Kept.HELD | Kept.BEFORE:
            why = row.held or say_before(adoption, row)
            return f"cannot be judged yet: {why} ({shown})"
        case Kept.NEUTRAL:
            return f"{shown}; neither way is good by design, so it is not judged"
    unsure = " (provisional)" if row.is_provisional else ""
    kept = "kept" if promise.kept is Kept.KEPT else "not kept"
    return f"{kept}, {shown}{unsure}"
