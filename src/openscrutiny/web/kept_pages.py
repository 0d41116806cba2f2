"""The store of pages that were made: those of one state, within a bound of memory."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

__all__ = ["KeptPages", "Page", "State", "Whose"]

_MOST_BYTES: Final = 64 * 1024 * 1024
_LARGEST: Final = 4 * 1024 * 1024

# What a page rests on, and for whom it is: a role and an address.
State = tuple[object, ...]
Whose = tuple[str, str]


@dataclass(frozen=True)
class Page:
    """Hold one page without the person: what stands before them, and what after."""

    before: bytes
    after: bytes | None  # None where the page names nobody
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        return len(self.before) + len(self.after or b"")


@dataclass
class KeptPages:
    """Hold the pages of one state; those of an earlier one are forgotten."""

    most_bytes: int = _MOST_BYTES
    _state: State = ()
    _pages: OrderedDict[Whose, Page] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, state: State, whose: Whose) -> Page | None:
        """Find a page of this state and role."""
        with self._lock:
            if state != self._state or whose not in self._pages:
                return None
            self._pages.move_to_end(whose)
            return self._pages[whose]

    def keep(self, state: State, whose: Whose, page: Page) -> None:
        """Keep a page; the ones longest unused go when there are too many."""
        if page.size > _LARGEST:
            return
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._state, self._bytes = state, 0
            old = self._pages.pop(whose, None)
            self._bytes += page.size - (old.size if old else 0)
            self._pages[whose] = page
            while self._bytes > self.most_bytes:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= gone.size
