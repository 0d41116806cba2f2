"""How closely flows, years of months and stocks bound one another: exactly.

Every relation is a bound on the difference of two running totals: a month is not below
0, twelve months are a year, a stock is what came in so far less what went out. Bounds
of such differences follow by shortest paths, and over whole numbers no closer ones can
be had. The path tells which shown numbers a bound rests on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

__all__ = ["Bounds", "Key", "Network", "make_network"]

Bounds = tuple[float, float]
Key = tuple[str, int]  # a series, and the month with whose end it ends
YEAR: Final = 12
_ZERO: Final[Key] = ("", 0)  # the label of what needs no figure: no count is below 0


@dataclass(frozen=True)
class Network:
    """Hold the closest bounds of all differences; `first` is the month of column 0."""

    series: tuple[str, ...]
    stocks: Mapping[str, tuple[str, str]]
    first: int
    width: int  # months
    most: np.ndarray  # most[a, b] bounds total b less total a from above
    after: np.ndarray  # the next step of the path from a to b; -1 where there is none
    labels: Mapping[tuple[int, int], Key]

    def bounds(self, key: Key, months: int = YEAR) -> Bounds:
        """Give the least and the most of a stock, or of a flow over so many months."""
        ends = self._ends(key, months)
        if ends is None:
            return 0.0, inf
        a, b = ends
        return max(0.0, -float(self.most[b, a])), float(self.most[a, b])

    def rests_on(self, key: Key, months: int = YEAR) -> set[Key]:
        """List the shown numbers from which the bounds follow."""
        ends = self._ends(key, months)
        if ends is None:
            return set()
        a, b = ends
        return {*self._path(a, b), *self._path(b, a)} - {_ZERO}

    def _ends(self, key: Key, months: int) -> tuple[int, int] | None:
        """Find the two totals whose difference the number is."""
        name, month = key
        at = month - self.first
        if name in self.stocks:
            came, went = self.stocks[name]
            return (
                (self._node(went, at), self._node(came, at)) if self._has(at) else None
            )
        if name not in self.series or not self._has(at) or not self._has(at - months):
            return None
        return self._node(name, at - months), self._node(name, at)

    def _has(self, at: int) -> bool:
        return 0 <= at < self.width

    def _node(self, name: str, at: int) -> int:
        return self.series.index(name) * self.width + at

    def _path(self, a: int, b: int) -> list[Key]:
        if not np.isfinite(self.most[a, b]):
            return []
        found = []
        for _ in range(len(self.most)):
            if a == b:
                break
            step = int(self.after[a, b])
            found.append(self.labels.get((a, step), _ZERO))
            a = step
        return found


def make_network(
    series: Iterable[str],
    stocks: Mapping[str, tuple[str, str]],
    known: Mapping[Key, Bounds],
    doubted: Collection[Key] = (),
) -> Network:
    """Bound what is not known of these flows, over twelve months each, and stocks.

    Where known numbers contradict one another (a plan moved to another council, a date
    recorded late), one of the contradiction is left out, as a reader would: of those
    that are `doubted` first, then of the stocks.
    """
    names = tuple(series)
    ends = [month for _, month in known]
    # A year that is hidden may begin before, and end after, all that are known.
    first = min(ends, default=0) - 2 * YEAR
    width = max(ends, default=0) + YEAR - first + 1
    used = dict(known)
    while True:
        network = Network(
            names, stocks, first, width, *_edges(names, stocks, used, first, width)
        )
        circle = _close(network)
        if circle is None:
            return network
        wrong = sorted(
            circle, key=lambda key: (key not in doubted, key[0] not in stocks, key)
        )
        for key in wrong[:1] or list(used):
            del used[key]


def _edges(
    names: tuple[str, ...],
    stocks: Mapping[str, tuple[str, str]],
    known: Mapping[Key, Bounds],
    first: int,
    width: int,
) -> tuple[np.ndarray, np.ndarray, dict[tuple[int, int], Key]]:
    size = len(names) * width
    most = np.full((size, size), inf)
    np.fill_diagonal(most, 0.0)
    labels: dict[tuple[int, int], Key] = {}

    def node(name: str, at: int) -> int:
        return names.index(name) * width + at

    def bound(a: int, b: int, count: float, key: Key) -> None:
        if count < most[a, b]:
            most[a, b] = count
            labels[a, b] = key

    for name in names:
        for at in range(1, width):
            bound(node(name, at), node(name, at - 1), 0.0, _ZERO)
    for came, went in stocks.values():
        for at in range(width):
            bound(node(came, at), node(went, at), 0.0, _ZERO)
    for key, (least, greatest) in known.items():
        name, at = key[0], key[1] - first
        if name in stocks:
            came, went = stocks[name]
            a, b = node(went, at), node(came, at)
        else:
            a, b = node(name, at - YEAR), node(name, at)
        bound(a, b, greatest, key)
        bound(b, a, -least, key)
    size_range = np.arange(size)
    after = np.where(np.isfinite(most), size_range[None, :], -1)
    return most, after, labels


def _close(network: Network) -> set[Key] | None:
    """Tighten all bounds in place; give the shown numbers of a contradiction, if any."""
    most, after = network.most, network.after
    for k in range(len(most)):
        through = most[:, k, None] + most[None, k, :]
        closer = through < most - 1e-9
        if not closer.any():
            continue
        np.copyto(after, np.broadcast_to(after[:, k, None], after.shape), where=closer)
        np.copyto(most, through, where=closer)
        wrong = np.flatnonzero(np.diagonal(most) < -1e-9)
        if len(wrong):
            return _circle(network, int(wrong[0]))
    return None


def _circle(network: Network, start: int) -> set[Key]:
    found: set[Key] = set()
    at = start
    for _ in range(len(network.most)):
        step = int(network.after[at, start])
        found.add(network.labels.get((at, step), _ZERO))
        at = step
        if at == start:
            break
    return found - {_ZERO}
