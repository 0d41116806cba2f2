"""What the service says of a figure, short enough for half a page: why, and until when."""

from typing import Final

from openscrutiny.packs.paper import Paper
from openscrutiny.publication.commentary import Told
from openscrutiny.publication.examined import needs_reason
from openscrutiny.story.model import IndicatorStory

_MOST: Final = 40  # words of each part; the annex has them all


def find_told(story: IndicatorStory, paper: Paper) -> Told | None:
    """Find what the service says of a figure and signed; None where it says nothing."""
    return (paper.words or {}).get(story.code)


def say_service_words(
    story: IndicatorStory, paper: Paper
) -> tuple[tuple[str, str], ...]:
    """Give why and until when in the service's words; of a red, too, that it lacks them.

    Nothing is said in a draft paper. The owner and the day are never cut off.
    """
    told = find_told(story, paper)
    if told is None:
        is_owed = paper.words is not None and needs_reason(story)
        return (("Why", "The service has signed no reason."),) if is_owed else ()
    next_step = told.next if len(told.next.split()) <= _MOST else told.step
    lines = [("Why", _shorten(told.why)), ("What next", next_step)]
    if not told.why:
        lines += [(heading, _shorten(text)) for heading, text in told.parts[:1]]
    lines += [("Part B", line) for line in told.kept[:1]]
    return tuple(dict.fromkeys((label, text) for label, text in lines if text))


def _shorten(text: str) -> str:
    words = text.split()
    if len(words) <= _MOST:
        return text
    return f"{' '.join(words[:_MOST])} … The annex says more."
