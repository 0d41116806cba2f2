"""The page of all published measures: which topic or search, in which order, how far."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

import polars as pl

from openscrutiny.publication.publication import Publication
from openscrutiny.story.model import Sentence
from openscrutiny.story.published.profile import (
    PublishedProfile,
    PublishedRow,
    Topic,
    order_by_quarter,
)
from openscrutiny.web.presenters.paging import Paging, make_paging

_ON_A_PAGE: Final = 40
_LONGEST_SEARCH: Final = 100


@dataclass(frozen=True)
class Publisher:
    """Hold one publication's topics."""

    name: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class PublishedView:
    """Hold what the page shows. `rows` are empty while no topic is open and no search.

    `wanted` is the search, `unknown` a topic of that name that does not exist;
    `state` is the address without its page, `other_order` the one of the other order.
    """

    publishers: tuple[Publisher, ...]
    topic: Topic | None
    wanted: str
    unknown: str
    found: int
    rows: tuple[PublishedRow, ...]
    by_quarter: bool
    sentence: Sentence
    paging: Paging
    state: str
    other_order: str

    @property
    def is_open(self) -> bool:
        return self.topic is not None or bool(self.wanted)


def _read(query: Mapping[str, str]) -> tuple[str, str, bool]:
    """Read topic, search and order from an address; a search leaves the topic."""
    wanted = " ".join(query.get("q", "")[:_LONGEST_SEARCH].split())
    topic = "" if wanted else query.get("topic", "")
    return topic, wanted, query.get("sort") == "quarter"


def _address(
    topic: str, wanted: str, chosen: str, *, by_quarter: bool, page: int = 1
) -> str:
    sort = "quarter" if by_quarter else ""
    parts = {"topic": topic, "q": wanted, "sort": sort, "with": chosen}
    told = {name: value for name, value in parts.items() if value}
    if page > 1:
        told["page"] = str(page)
    return f"?{urlencode(told)}" if told else "?"


def _select(
    profile: PublishedProfile, query: Mapping[str, str]
) -> tuple[PublishedRow, ...] | None:
    """Give the rows of the topic or search; None where the address names neither."""
    name, wanted, by_quarter = _read(query)
    topic = profile.find_topic(name)
    if wanted:
        rows = profile.search(wanted)
    elif topic is not None:
        rows = topic.rows
    else:
        return None
    return order_by_quarter(rows) if by_quarter else rows


def lay_out_published(
    profile: PublishedProfile, query: Mapping[str, str], chosen: str = ""
) -> PublishedView:
    """Lay out the page that an address names; `chosen` is its neighbour model."""
    name, wanted, by_quarter = _read(query)
    rows = _select(profile, query) or ()
    topic = profile.find_topic(name)
    paging = make_paging(
        len(rows),
        query.get("page", "1"),
        _ON_A_PAGE,
        lambda page: _address(name, wanted, chosen, by_quarter=by_quarter, page=page),
    )
    return PublishedView(
        publishers=tuple(
            Publisher(publisher, tuple(topics))
            for publisher, topics in groupby(profile.topics, lambda t: t.publisher)
        ),
        topic=topic,
        wanted=wanted,
        unknown=name if name and topic is None else "",
        found=len(rows),
        rows=rows[paging.start : paging.last],
        by_quarter=by_quarter,
        sentence=topic.sentence if topic else profile.sentence,
        paging=paging,
        state=_address(name, wanted, chosen, by_quarter=by_quarter),
        other_order=_address(name, wanted, chosen, by_quarter=not by_quarter),
    )


def select_compared(publication: Publication, query: Mapping[str, str]) -> pl.DataFrame:
    """Give our rows of the comparison: of the topic or search, else of everything."""
    published = publication.published
    rows = _select(published.profile, query)
    keys = [row.key for row in (published.profile.rows if rows is None else rows)]
    order = pl.DataFrame({"measure": keys}, schema={"measure": pl.String})
    ours = published.comparison.filter(pl.col("area_code") == published.area_code)
    compared = order.join(ours, on="measure", how="inner", maintain_order="left")
    return compared.select(published.comparison.columns)
