"""What the pattern so far gives for the promised day: a plain statement and no more."""

from typing import Final

from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.direction import judge
from openscrutiny.judgement.outlook import Outlook
from openscrutiny.numbers import make_display
from openscrutiny.periods import format_date
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import make_sentence

_SAYS: Final = {1: "will meet", 0: "may meet or miss", -1: "will not meet"}


def say_forecast(
    outlook: Outlook | None, unit: str, polarity: Polarity
) -> Sentence | None:
    """S11: will it meet the target by the promised day? None without an outlook."""
    if outlook is None:
        return None
    value, day = outlook.promised.value, outlook.promised.by
    shown = make_display(unit, [value]).text(value)
    says = _SAYS[outlook.meets(polarity)]
    found, display = outlook.expected, outlook.display
    return make_sentence(
        "S11-forecast",
        f"On this pattern it {says} the target of {shown} by {format_date(day)}.",
        expected=display.text(found.value),
        low=display.text(found.low),
        high=display.text(found.high),
        years=outlook.years,
        steps=outlook.steps,
        target=shown,
        interval=f"{found.low:.6g} to {found.high:.6g}",
        aim=f"{value:.10g}",
        good=judge(1, polarity),
    )


def say_interval(outlook: Outlook | None, unit: str) -> str:
    """Say what is expected, and between which values in 19 cases of 20."""
    if outlook is None:
        return ""
    expected = outlook.within(unit)
    value, low, high = (
        outlook.display.text(end)
        for end in (expected.value, expected.low, expected.high)
    )
    return (
        f"On this pattern about {value} to {format_date(outlook.end)}, between {low} and "
        f"{high} (95% interval, from {outlook.years} yearly figures)."
    )
