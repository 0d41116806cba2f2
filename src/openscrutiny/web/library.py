"""The current snapshot as one audience may see it, told once and kept in memory.

Disclosure control comes before everything: no page, twin or story is made from
figures that have not passed it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from openscrutiny.adoption.papers import PutPaper
from openscrutiny.scrutiny.roles import Audience
from openscrutiny.story.model import (
    IndicatorStory,
    SectionStory,
)
from openscrutiny.story.since.changes import Telling, list_hidden
from openscrutiny.story.since.earlier import Since, tell_since
from openscrutiny.web.store import Snapshot, SnapshotStore

__all__ = [
    "Discloser",
    "Library",
    "Teller",
    "Told",
    "get_library",
    "set_library",
]

Discloser = Callable[[Snapshot, str], pl.DataFrame]
Teller = Callable[[Snapshot, pl.DataFrame, str], Sequence[SectionStory]]

# Another model is told in half a second; more than these are not worth the memory.
_MODELS_KEPT: Final = 8


@dataclass(frozen=True)
class Told:
    """Hold one snapshot as one audience sees it."""

    snapshot: Snapshot
    audience: Audience
    figures: pl.DataFrame
    sections: tuple[SectionStory, ...]
    by_key: dict[str, IndicatorStory]
    chosen: str = ""  # the neighbour model that a reader chose; "" is the default

    @cached_property
    def holds_own(self) -> bool:
        """Tell whether anything here is not published already: our own, or peers'."""
        own = (pl.col("source") == "own") & pl.col("value").is_not_null()
        exchanged = any(s.peers for part in self.sections for s in part.indicators)
        return exchanged or not self.figures.filter(own).is_empty()

    def find(self, key: str) -> IndicatorStory | None:
        """Find an indicator by its ID, its code or the council's own code."""
        return self.by_key.get(key.casefold())


# What else than the figures a telling rests on: the decisions, and the day of reading.
_State = tuple[int, date]


def _state(snapshot: Snapshot) -> _State:
    return snapshot.revision, snapshot.today


class Library:
    """Tell each snapshot once for each audience."""

    def __init__(self, store: SnapshotStore, disclose: Discloser, tell: Teller) -> None:
        self._store = store
        self._disclose = disclose
        self._tell = tell
        self._kept: dict[tuple[int, _State, Audience], Told] = {}
        self._chosen: OrderedDict[tuple[int, _State, Audience, str], Told] = (
            OrderedDict()
        )
        self._lock = threading.Lock()
        # By current snapshot, revision and audience, and by the paper compared with.
        self._since: dict[tuple[tuple[int, _State, Audience], int], Since] = {}
        self._earlier: dict[tuple[int, _State, Audience], Telling] = {}
        self._earlier_lock = threading.Lock()

    def current(self, audience: Audience) -> Told | None:
        """Give the current snapshot for this audience; none before the first build."""
        snapshot = self._store.current()
        if snapshot is None:
            return None
        key = (snapshot.number, _state(snapshot), audience)
        told = self._kept.get(key)
        if told is not None:
            return told
        with self._lock:
            if key not in self._kept:
                # Older snapshots and decisions go: nothing asks for them again.
                self._kept = {k: t for k, t in self._kept.items() if k[:2] == key[:2]}
                self._kept[key] = self._make(snapshot, audience)
            return self._kept[key]

    def compared_with(self, told: Told, model: str) -> Told:
        """Tell the same figures with another model's neighbours; the last few are kept.

        The figures stay as they were disclosed; the comparison alone is made anew.
        """
        snapshot = told.snapshot
        key = (snapshot.number, _state(snapshot), told.audience, model)
        with self._lock:
            held = self._chosen.get(key)
            if held is None:
                held = self._tell_again(told, model)
                for old in [each for each in self._chosen if each[:2] != key[:2]]:
                    del self._chosen[old]  # nothing asks for older figures again
                self._chosen[key] = held
            self._chosen.move_to_end(key)
            while len(self._chosen) > _MODELS_KEPT:
                self._chosen.popitem(last=False)
            return held

    def _tell_again(self, told: Told, model: str) -> Told:
        snapshot = told.snapshot.compared_with(model)
        sections = self._sections(snapshot, told.figures, told.audience)
        return replace(
            told,
            snapshot=snapshot,
            sections=sections,
            by_key=_index(sections),
            chosen=model,
        )

    def _sections(
        self, snapshot: Snapshot, figures: pl.DataFrame, audience: Audience
    ) -> tuple[SectionStory, ...]:
        told = tuple(self._tell(snapshot, figures, audience.value))
        if audience is Audience.MEMBERS:
            return tuple(_for_members(section) for section in told)
        return told

    def since(self, told: Told, last: PutPaper | None) -> Since:
        """Tell what changed since the last paper; once for each paper and telling."""
        snapshot = told.snapshot
        key = (snapshot.number, _state(snapshot), told.audience)
        number = last.number if last else 0
        with self._earlier_lock:
            if (key, number) not in self._since:
                # Those of older snapshots and decisions go, as in `current`.
                self._since = {
                    k: v for k, v in self._since.items() if k[0][:2] == key[:2]
                }
                since = tell_since(
                    last,
                    _telling(told),
                    snapshot.number,
                    lambda: self._tell_earlier(told, last),
                )
                if not since.is_readable:
                    return since  # what stood in the way may have passed next time
                self._since[key, number] = since
            return self._since[key, number]

    def _tell_earlier(self, told: Told, last: PutPaper | None) -> Telling:
        """Tell the last paper's snapshot, or give back how it was told before."""
        assert last is not None
        key = (last.number, _state(told.snapshot), told.audience)
        if last.snapshot == told.snapshot.number:
            return replace(_telling(told), adoptions=last.adoptions)
        if key not in self._earlier:
            self._earlier = {k: t for k, t in self._earlier.items() if k[1] == key[1]}
            opened = told.snapshot.earlier(last.snapshot, last.day)
            # The words alone are kept; the old figures and tables are let go.
            self._earlier[key] = _telling(self._make(opened, told.audience))
        return replace(self._earlier[key], adoptions=last.adoptions)

    def _make(self, snapshot: Snapshot, audience: Audience) -> Told:
        figures = self._disclose(snapshot, audience.value)
        if audience is Audience.MEMBERS:
            # Held here too: whatever the policy becomes, Members get totals alone of
            # the council's own figures.
            figures = figures.filter(
                (pl.col("breakdown") == "total") | (pl.col("source") != "own")
            )
        sections = self._sections(snapshot, figures, audience)
        return Told(snapshot, audience, figures, sections, _index(sections))


def _telling(told: Told) -> Telling:
    """Give what may be set beside another telling."""
    snapshot = told.snapshot
    return Telling(
        told.sections,
        snapshot.as_at,
        snapshot.editions,
        snapshot.adoptions,
        list_hidden(told.figures),
    )


def _index(sections: Sequence[SectionStory]) -> dict[str, IndicatorStory]:
    """Index indicators by ID, code and own code; an ID wins over a code."""
    stories = [story for section in sections for story in section.indicators]
    index: dict[str, IndicatorStory] = {}
    for names in (
        [(s.local_code, s) for s in stories],
        [(s.code, s) for s in stories],
        [(s.id, s) for s in stories],
    ):
        index.update({name.casefold(): story for name, story in names if name})
    return index


def _for_members(section: SectionStory) -> SectionStory:
    """Leave out what only officers may see, whatever a story holds."""
    return replace(
        section,
        indicators=tuple(_without_small_numbers(story) for story in section.indicators),
    )


def _without_small_numbers(story: IndicatorStory) -> IndicatorStory:
    shown = tuple(each for each in story.pictures if not each.for_officers)
    return replace(story, breakdowns=(), pictures=shown)


_library: Library | None = None


def set_library(library: Library) -> None:
    """Say which library the pages read; once, when the application is made."""
    global _library
    _library = library


def get_library() -> Library:
    """Give the library that the pages read."""
    if _library is None:
        raise RuntimeError("make_application has not set the library")
    return _library
