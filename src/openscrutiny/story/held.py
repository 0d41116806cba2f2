"""That a figure is shown and not judged, and why, in sentences."""

from openscrutiny.judgement.series import Observation, display_of
from openscrutiny.story.headline import value_text
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import is_plain, make_sentence


def say_held(reason: str) -> Sentence:
    """S14: that a figure is not judged, and why."""
    text = f"It is shown and not judged: {reason}."
    if not is_plain(text):
        text = "It is shown and not judged, for the reason that stands beside it."
    return make_sentence("S14-held", text, why=reason)


def say_stood_back(row: Observation) -> Sentence:
    """S14: what our own figure is, where the publisher's speaks, and why ours does not."""
    value = value_text(row, display_of([row], row.unit))
    if row.unit == "rate_per_10_000":
        value += " per 10,000 children"
    text = f"Our own figure was {value} {row.span.within}, and is not judged."
    said = f"{text} {row.held[:1].upper()}{row.held[1:]}."
    if not is_plain(said):
        said = f"{text} The reason stands beside it among the figures."
    inputs = {"value": value, "period": row.span.within, "why": row.held}
    return make_sentence("S14-own-held", said, **inputs)
