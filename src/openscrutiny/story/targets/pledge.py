"""What an officer promised the committee, and what the figures say of it, in words."""

from typing import Final

from openscrutiny.adoption.pledges import Pledge
from openscrutiny.judgement.pledge import Judged, Verdict, Why
from openscrutiny.judgement.series import Observation, display_of
from openscrutiny.numbers import make_display
from openscrutiny.periods import format_date
from openscrutiny.story.headline import value_text

_BARE: Final = {
    Why.NO_FIGURES: "no figure of this indicator is shown here",
    Why.NOT_REACHED: "no figure reaches that day yet",
    Why.NO_START: "no figure is as old as the meeting",
    Why.BREAK: "it is collected another way since the meeting",
}
_OF_A_FIGURE: Final = {
    Why.HIDDEN: "is hidden, to protect children",
    Why.NO_NUMBER: "has no number",
    Why.PARTIAL: "is not fully recorded yet",
    Why.PROVISIONAL: "is provisional, and may still change",
    Why.OTHER_UNIT: "is counted in another unit than the promise",
}


def say_pledge(pledge: Pledge) -> str:
    """Say what is to become of the figure: "at least 85% by 31 March 2027"."""
    what = str(pledge.aim)
    if pledge.value is not None:
        what += f" {make_display(pledge.unit, [pledge.value]).text(pledge.value)}"
    elif pledge.since is not None:
        what += f" from what it was on {format_date(pledge.since)}"
    return f"{what} by {format_date(pledge.by)}"


def say_verdict(judged: Judged) -> str:
    """Say "Kept", "Not kept", "Not due yet" or why it cannot be tested, and by what."""
    if judged.verdict is Verdict.NOT_DUE:
        return "Not due yet."
    if judged.verdict is Verdict.CANNOT:
        return f"Cannot be tested: {_say_why(judged)}."
    assert judged.row is not None, "a verdict rests on a figure"
    rows = [row for row in (judged.row, judged.start) if row is not None]
    said = f"{judged.verdict.capitalize()}: {_say_row(judged.row, rows)}"
    if judged.start is not None:
        said += f"; at the meeting {_say_row(judged.start, rows)}"
    return f"{said}."


def _say_row(row: Observation, rows: list[Observation]) -> str:
    return f"{value_text(row, display_of(rows, row.unit))} {row.span.within}"


def _say_why(judged: Judged) -> str:
    why, row = judged.why, judged.faulty
    if row is None:
        return _BARE[why] if why else "it is not known why"
    place = f"the figure {row.span.within}"
    if row is judged.start:
        place += ", from which it starts,"
    if why is Why.HELD:
        return f"{place} is not judged: {row.held}"
    return f"{place} {_OF_A_FIGURE[why]}" if why else place
