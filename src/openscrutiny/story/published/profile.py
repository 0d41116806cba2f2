"""Every published measure in words, by its publisher's topics: to list, find and order.

story/published/placing.py makes these values from a comparison.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openscrutiny.numbers import Display
from openscrutiny.story.compared.cuts import QUARTERS
from openscrutiny.story.compared.placing import say_quarters
from openscrutiny.story.model import Sentence
from openscrutiny.story.sentences import make_sentence


@dataclass(frozen=True)
class PublishedRow:
    """Hold one published measure's place in words; `ours` is "" where there is none.

    `label` is the latest period as the comparison labels it, `year` the same in words.
    `nothing` is then the marker in its place: "[c]" where the publisher hides it.
    `neighbours` is their mean, "[x]" under six; `available` says "10 of 10". `why_none`
    says which year lacks our figure and when the last one was. `is_sum` says that
    England's and the region's figures are of the whole, and not to be set beside one
    authority's. `shares_title` says that another measure has the same title;
    `indicator` is the ID of the indicator of ours that is the same measure.
    """

    key: str
    title: str
    topics: tuple[str, ...]
    unit: str
    label: str
    year: str
    age: str
    ours: str
    nothing: str
    england: str
    region: str
    region_name: str
    neighbours: str
    available: str
    place: str
    band: str
    change: str
    why_none: str
    indicator: str
    is_sum: bool
    shares_title: bool
    display: Display

    @property
    def quarter(self) -> str:
        return QUARTERS.get(self.band, "")

    def has_words(self, words: Iterable[str]) -> bool:
        """Tell whether every word stands in the title, the key, a topic or the unit."""
        text = " ".join((self.title, self.key, *self.topics, self.unit)).casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class Topic:
    """Hold one topic of one publisher with its measures, in the publisher's order."""

    name: str
    publisher: str
    rows: tuple[PublishedRow, ...]

    def count(self, band: str) -> int:
        return sum(row.band == band for row in self.rows)

    @property
    def with_figure(self) -> int:
        return sum(bool(row.ours) for row in self.rows)

    @property
    def with_quarter(self) -> int:
        return sum(bool(row.band) for row in self.rows)

    @property
    def sentence(self) -> Sentence:
        """Say how many measures stand in the first quarter and in the last."""
        return _say(self.rows)


@dataclass(frozen=True)
class PublishedProfile:
    """Hold every measure once, and the topics; a measure of two topics is under both.

    `not_compared` counts published columns without a total of single authorities.
    """

    rows: tuple[PublishedRow, ...]
    topics: tuple[Topic, ...]
    not_compared: int
    neighbours: str  # whose members they are: "2025 model"

    @property
    def sentence(self) -> Sentence:
        return _say(self.rows)

    @property
    def banded(self) -> tuple[Topic, ...]:
        """Give the topics that have quarters, for a summary."""
        return tuple(topic for topic in self.topics if topic.with_quarter)

    @property
    def rest(self) -> str:
        """Say what a summary by quarters leaves out; "" where that is nothing."""
        others = [topic for topic in self.topics if not topic.with_quarter]
        if not others:
            return ""
        figures = sum(topic.with_figure for topic in others)
        topics = f"{len(others)} {'topic' if len(others) == 1 else 'topics'}"
        return (
            f"Without quarters, and not listed: {topics} with {figures} of our figures."
        )

    def find_topic(self, name: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.name == name), None)

    def find_row(self, key: str) -> PublishedRow | None:
        return next((row for row in self.rows if row.key == key), None)

    def search(self, words: str) -> tuple[PublishedRow, ...]:
        """Give the measures that hold every word, whatever its case."""
        wanted = words.casefold().split()
        return tuple(row for row in self.rows if row.has_words(wanted))


def _say(rows: Sequence[PublishedRow]) -> Sentence:
    bands = Counter(row.band for row in rows if row.band)
    if not bands:
        return make_sentence(
            "P2-no-quarters",
            "No measure here has quarters: no direction is said to be good, "
            "or the publisher draws none.",
            measures=len(rows),
        )
    return say_quarters(bands, len(rows), "measure")


def order_by_quarter(rows: Iterable[PublishedRow]) -> tuple[PublishedRow, ...]:
    """Put our last quarter first; those without a quarter come at the end."""
    return tuple(sorted(rows, key=lambda row: row.band or "", reverse=True))
