"""How good the data are, in a few lines for those who do not mend them."""

from collections import Counter

from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import Stop
from openscrutiny.web.presenters.loads import DataView


def say_how_good(
    publication: Publication, view: DataView
) -> tuple[tuple[str, str], ...]:
    """Say how recent, how complete and how certain the figures are."""
    stories = list(publication.stories.values())
    told = [story for story in stories if not story.number.is_word]
    stops = Counter(story.number.stop for story in stories)
    held = sum(bool(story.number.held) for story in stories)
    old = [story for story in told if _months(story.number.age) > 12]
    many = len(stories)
    return (
        ("How many have a figure", f"{len(told)} of {many} indicators."),
        (
            "How recent they are",
            f"{len(told) - len(old)} of them are of the last year; {len(old)} are older.",
        ),
        (
            "What may still change",
            f"{stops[Stop.PROVISIONAL]} are provisional [p]: a hollow point marks them.",
        ),
        (
            "What is hidden",
            f"{stops[Stop.HIDDEN]} are hidden [c], so that no child can be recognised.",
        ),
        (
            "What is shown and not judged",
            f"{held} rest on data with a fault; each page says which.",
        ),
        ("What was wrong in the files", f"{view.problems}. {view.rows}."),
        (
            "What is missing",
            " ".join(view.missing) or "Every return that feeds a figure is loaded.",
        ),
    )


def _months(age: str) -> int:
    """Read "17 months old"; 0 of what is younger than a month, or has no age."""
    first = age.partition(" ")[0]
    return int(first) if first.isdigit() else 0
