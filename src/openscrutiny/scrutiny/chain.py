"""The audit as a chain: each event holds the digest of the former one and its own.

Pure: it computes digests and tells where a chain is broken. What is kept beside the
database is read and written in heads.py.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

# What the first event follows.
GENESIS: Final = "0" * 64
_MOST_BREAKS: Final = 100
_DAMAGED_FILE: Final = "The file of digests beside the database"


@dataclass(frozen=True)
class Event:
    """Hold one event as it is kept. `place` counts from 1 without a gap."""

    place: int
    at: datetime
    actor: str
    action: str
    about: str
    thing: str
    version: int
    former: str
    digest: str = ""


@dataclass(frozen=True)
class Break:
    """Hold where the chain is broken, and what is wrong there; 0 is no single event."""

    place: int
    what: str


@dataclass
class Noted:
    """Hold what the file beside the database knows of the chain, by place.

    `written` are digests of events that were about to be kept, `kept` of those that
    were. An event that was taken back with its transaction is written and not kept.
    """

    exists: bool = True
    written: dict[int, set[str]] = field(default_factory=dict)
    kept: dict[int, set[str]] = field(default_factory=dict)
    unreadable: int = 0  # lines


@dataclass(frozen=True)
class Verified:
    """Hold whether a chain is what was written: how long it is, and what is wrong.

    `head` is the digest of its last event; `more` counts breaks that are not listed.
    """

    events: int
    head: str
    breaks: tuple[Break, ...]
    more: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.breaks


def seal_event(event: Event) -> Event:
    """Give the event with the digest of its content and of what it follows.

    The content is canonical JSON: sorted keys, no spaces, the time in UTC to the
    microsecond.
    """
    moment = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = {**vars(event), "at": moment}
    del content["digest"]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return replace(event, digest=hashlib.sha256(text.encode("ascii")).hexdigest())


def verify(events: Iterable[Event], noted: Noted) -> Verified:
    """Hold a chain, by place, against itself and against what was noted of it."""
    found = _Found()
    found.take(_find_in_file(noted))
    place, digest = 0, GENESIS
    for event in events:
        found.take(_find_before(event, place, digest))
        found.take(_find_in(event, noted))
        place, digest = event.place, event.digest
    found.take(_find_cut(place, noted))
    return Verified(place, digest, tuple(found.breaks), found.more)


@dataclass
class _Found:
    """Gather the first breaks, and count the others."""

    breaks: list[Break] = field(default_factory=list)
    more: int = 0

    def take(self, breaks: Iterable[Break]) -> None:
        for each in breaks:
            if len(self.breaks) < _MOST_BREAKS:
                self.breaks.append(each)
            else:
                self.more += 1


def _find_in_file(noted: Noted) -> Iterator[Break]:
    if not noted.exists:
        yield Break(0, f"{_DAMAGED_FILE} is missing, so nothing tells the end.")
    if noted.unreadable:
        yield Break(0, f"{_DAMAGED_FILE} has {noted.unreadable} lines that are none.")


def _find_cut(place: int, noted: Noted) -> Iterator[Break]:
    if last := max((kept for kept in noted.kept if kept > place), default=0):
        yield Break(
            place + 1,
            f"The end is cut off: events {place + 1} to {last} were kept and are gone.",
        )


def _find_before(event: Event, place: int, digest: str) -> Iterator[Break]:
    """Hold an event against the one before it, of this place and digest."""
    if event.place != place + 1:
        yield Break(place + 1, f"Events {place + 1} to {event.place - 1} are gone.")
    elif event.former != digest:
        yield Break(event.place, "It does not follow the event before it.")


def _find_in(event: Event, noted: Noted) -> Iterator[Break]:
    """Hold an event against its own digest, and that against the file's."""
    if seal_event(event).digest != event.digest:
        yield Break(event.place, "Its content is not what was written.")
    if not noted.exists:
        return
    if noted.kept.get(event.place, {event.digest}) != {event.digest}:
        yield Break(event.place, f"{_DAMAGED_FILE} holds another digest of it.")
    elif event.digest not in noted.written.get(event.place, ()):
        yield Break(
            event.place,
            f"{_DAMAGED_FILE} does not know it: it was added by hand, or the machine "
            "lost its power in that moment.",
        )
