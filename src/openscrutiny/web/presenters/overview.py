"""The overview's frame: how many of what, how old, and what is not fed yet."""

from dataclasses import dataclass

from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import SectionStory
from openscrutiny.story.voices import RULES, Headlines, count_headlines

__all__ = ["Glance", "OverviewView", "lay_out_overview"]

_NUMBERS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
    "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen",
    "Eighteen", "Nineteen", "Twenty",
)  # fmt: skip


@dataclass(frozen=True)
class Glance:
    """Hold one section at a glance."""

    section: SectionStory
    text: str


@dataclass(frozen=True)
class OverviewView:
    """Hold what the overview says around its rows."""

    intro: str
    headlines: Headlines
    rules: tuple[str, ...]
    glances: tuple[Glance, ...]
    missing: tuple[str, ...]


def lay_out_overview(publication: Publication) -> OverviewView:
    """Prepare the words around the overview's rows."""
    count = sum(len(section.indicators) for section in publication.sections)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    indicators = "indicator" if count == 1 else "indicators"
    return OverviewView(
        intro=(
            f"{number} {indicators} in {len(publication.sections)} sections. Each row reads "
            "along one line: words, number, picture, comparison, what next."
        ),
        headlines=count_headlines(publication.sections),
        rules=RULES,
        glances=tuple(Glance(s, _glance(s)) for s in publication.sections),
        missing=publication.missing(),
    )


def _glance(section: SectionStory) -> str:
    asks, cheers = len(section.questions), len(section.celebrations)
    return f"{asks} worth a question, {cheers} worth celebrating"
