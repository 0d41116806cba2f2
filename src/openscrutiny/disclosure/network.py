"""How closely flows, years of months and stocks bound one another: exactly.

Every relation is a bound on the difference of two running totals: a month is not below
0, twelve months are a year, a stock is what came in so far less what went out. Bounds
of such differences follow by shortest paths, and over whole numbers no closer ones can
be had. The path tells which shown numbers a bound rests on.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import Final

import numpy as np

Bounds = tuple[float, float]
Key = tuple[str, int]  # a series, and the month with whose end it ends
Edges = Mapping[int, Mapping[int, float]]
YEAR: Final = 12
_NEAR: Final = 1e-9
_EXACT: Final = 2**24  # up to here a number of four bytes holds every whole one
_ZERO: Final[Key] = ("", 0)  # the label of what needs no figure: no count is below 0


@dataclass(frozen=True)
class Network:
    """Hold the closest bounds of all differences; `first` is the month of column 0."""

    series: tuple[str, ...]
    stocks: Mapping[str, tuple[str, str]]
    first: int
    width: int  # months
    most: np.ndarray  # most[a, b] bounds total b less total a from above
    edges: Edges  # the bounds from which the others follow
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

    def needs(self, any_of: Collection[Key], key: Key, months: int = YEAR) -> bool:
        """Say whether a bound of a number would be wider without these shown ones."""
        ends = self._ends(key, months)
        if ends is None:
            return False
        a, b = ends
        ways = ((a, b), (b, a))
        finite = [way for way in ways if np.isfinite(self.most[way])]
        return any(not self._steps(*way, without=any_of) for way in finite)

    def _path(self, a: int, b: int) -> list[Key]:
        """List the labels along a shortest path that takes the fewest steps."""
        steps = self._steps(a, b) if np.isfinite(self.most[a, b]) else []
        return [self.labels.get(step, _ZERO) for step in steps]

    def _steps(
        self, a: int, b: int, without: Collection[Key] = ()
    ) -> list[tuple[int, int]]:
        """Find a shortest path of the fewest steps; none where all need `without`."""
        came: dict[int, int] = {a: a}
        waiting = deque([a])
        while waiting and b not in came:
            at = waiting.popleft()
            left = self.most[at, b] + _NEAR
            for step, bound in self.edges[at].items():
                if step in came or bound + self.most[step, b] > left:
                    continue
                if not without or self.labels.get((at, step)) not in without:
                    came[step] = at
                    waiting.append(step)
        found = []
        while b != a and b in came:
            found.append((came[b], b))
            b = came[b]
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
        edges, labels = _edges(names, stocks, used, first, width)
        circle = _circle(edges, labels)
        if not circle:
            most = _lay_out(edges)
            if _close(most):
                return Network(names, stocks, first, width, most, edges, labels)
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
) -> tuple[dict[int, dict[int, float]], dict[tuple[int, int], Key]]:
    """List every bound that is one, by both its numbers in order, and its label."""
    edges: dict[int, dict[int, float]] = {
        number: {number: 0.0} for number in range(len(names) * width)
    }
    labels: dict[tuple[int, int], Key] = {}

    def node(name: str, at: int) -> int:
        return names.index(name) * width + at

    def bound(a: int, b: int, count: float, key: Key) -> None:
        if count < edges[a].get(b, inf):
            edges[a][b] = count
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
    return {a: dict(sorted(of.items())) for a, of in edges.items()}, labels


def _lay_out(edges: Edges) -> np.ndarray:
    """Lay out bounds as a table of all pairs; none is infinite."""
    most = np.full((len(edges), len(edges)), inf)
    for a, of in edges.items():
        most[a, list(of)] = list(of.values())
    return most


def _close(most: np.ndarray) -> bool:
    """Tighten all bounds in place; say whether they agree with one another."""
    # Half as many bytes are tightened in half the time. A way asks each bound once, so
    # that whole numbers which together fit into the shorter number stay exact in it.
    told = most[np.isfinite(most)]
    is_exact = np.abs(told).sum() < _EXACT and bool((told == np.rint(told)).all())
    closest = most.astype(np.float32) if is_exact else most
    through = np.empty_like(closest)
    for k in range(len(closest)):
        np.add(closest[:, k, None], closest[None, k, :], out=through)
        np.minimum(closest, through, out=closest)
    most[:] = closest
    return bool((np.diagonal(most) >= -_NEAR).all())


def _circle(edges: Edges, labels: Mapping[tuple[int, int], Key]) -> set[Key]:
    """Find shown numbers that contradict one another: a circle of bounds below 0.

    None where no numbers do. A total is lowered to what the bounds into it allow, and
    remembers from which it came; only along a circle below 0 can one come from itself.
    """
    least = dict.fromkeys(edges, 0.0)
    came: dict[int, int] = {}
    # A round asks only those that have fallen since they were asked last: the others
    # can bring no other number down. The last month goes first, since a total bounds
    # those before it.
    fallen = [-a for a in sorted(edges, reverse=True)]
    while fallen:
        later = set[int]()
        waiting, is_waiting = fallen, set(fallen)
        while waiting:
            at = heappop(waiting)
            is_waiting.remove(at)
            for b, bound in edges[-at].items():
                if least[-at] + bound < least[b] - _NEAR:
                    least[b], came[b] = least[-at] + bound, -at
                    if -b <= at:
                        later.add(-b)
                    elif -b not in is_waiting:
                        heappush(waiting, -b)
                        is_waiting.add(-b)
        steps = _find_round_trip(came)
        if steps:
            return {labels.get(step, _ZERO) for step in steps} - {_ZERO}
        fallen = sorted(later)
    return set()


def _find_round_trip(came: Mapping[int, int]) -> list[tuple[int, int]]:
    """Give the steps of a way from a number back to itself; none where there is none."""
    begun_at: dict[int, int] = {}
    for start in came:
        at = start
        while at in came and at not in begun_at:
            begun_at[at] = start
            at = came[at]
        if at in came and begun_at[at] == start:
            steps = [(came[at], at)]
            while steps[-1][0] != at:
                steps.append((came[steps[-1][0]], steps[-1][0]))
            return steps
    return []
