"""Hide further figures until no hidden number can be worked out from those shown.

What a publisher gives away by itself is open already. Ours must never complete it: not
as the exact whole of a printed percentage, and not as a bound that rules out values
which the publisher leaves open.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from openscrutiny.disclosure.network import Key, Network
from openscrutiny.disclosure.relations import FLOWS_OF
from openscrutiny.disclosure.sight import Cell, Printed, Sight, Target

_MOST_ROUNDS: Final = 400

MonthTarget = Key
Ask = Callable[[Sight, range], Iterator[Target | MonthTarget]]


def hide_what_gives_away(
    cells: list[Cell],
    hidden: frozenset[int],
    printed: Printed,
    months: dict[Key, float],
    *,
    small: range,
    left: int,
) -> frozenset[int]:
    """Give the places of all figures to hide: those that are, and what reveals them.

    Of each number in `small` that is hidden at least `left` values of it must stay
    possible. `months` are the true flows of single months, which nothing shows.
    """
    networks: dict[Any, Network] = {}
    sight = Sight(cells, hidden, printed, networks)
    given_up: set[Any] = set()
    for _ in range(_MOST_ROUNDS):
        seen = sight
        sight = _hide_all(seen, given_up, months, small, left)
        # Hiding can bring back a number that was left out as a contradiction, so what
        # was safe is asked again until one whole round has found nothing to hide.
        if sight is seen:
            return sight.hidden
    # More rounds than there are figures to hide: hide them all and show none.
    return frozenset(cell.at for cell in cells)


def _hide_all(
    sight: Sight,
    given_up: set[Any],
    months: dict[Key, float],
    small: range,
    left: int,
) -> Sight:
    """Ask of each number once, and hide until a reader has values left of it."""
    asked: tuple[Ask, ...] = (_targets, _months)
    for ask in asked:
        for target in list(ask(sight, small)):
            while _name(target) not in given_up:
                reasons = _reasons_if_open(sight, target, months, small, left)
                if reasons is None:
                    break
                sight, helped = _hide_one(sight, target, reasons)
                if not helped:
                    given_up.add(_name(target))
    return sight


def _name(target: Target | MonthTarget) -> Any:
    return (target.key, target.cell.code) if isinstance(target, Target) else target


def _reasons_if_open(
    sight: Sight,
    target: Target | MonthTarget,
    months: dict[Key, float],
    small: range,
    left: int,
) -> list[Key] | None:
    """Give the shown numbers from which a reader works it out; None where he cannot."""
    if isinstance(target, Target):
        return _reasons(sight, target) if _is_open(sight, target, left) else None
    if not _is_month_open(sight, target, months, small, left):
        return None
    return sorted(sight.month_rests_on(target))


def _targets(sight: Sight, small: range) -> Iterator[Target]:
    for cell in sight.cells:
        if cell.at not in sight.hidden:
            continue
        for key, (true, _) in cell.counts.items():
            if true in small and key not in sight.shown:
                yield Target(key, tuple(small), cell)
    for key, (told, cell) in sight.standing.items():
        near = range(max(0, int(told) - small[-1]), int(told) + small[-1] + 1)
        yield Target(key, tuple(near), cell)


def _is_open(sight: Sight, target: Target, left: int) -> bool:
    seen = sight.left(target, own=True, rates=True)
    if len(seen) < left and seen < sight.left(target, own=False, rates=True):
        return True
    low, high = sight.bounds(target.whole) if target.cell.is_share else (0, left)
    if high - low + 1 >= left:
        return False
    # A percentage of our own count: not even where a printed rate would do as well.
    return len(sight.left(target, own=True, rates=False)) < left and bool(
        sight.rests_on(target.whole)
    )


def _reasons(sight: Sight, target: Target) -> list[Key]:
    keys = target.trio if target.cell.is_share else (target.key,)
    found = {key for part in keys for key in sight.rests_on(part)}
    return sorted(found)


def _months(sight: Sight, _: range) -> Iterator[MonthTarget]:
    for family in sight.families:
        ends = sight.ends_of(family)
        if ends:
            for name in family:
                yield from (
                    (name, month) for month in range(ends[0] - 11, ends[-1] + 1)
                )


def _is_month_open(
    sight: Sight, key: Key, months: dict[Key, float], small: range, left: int
) -> bool:
    low, high = sight.network(key[0], rates=True).bounds(key, 1)
    if high - low + 1 >= left or high < small[0] or low > small[-1]:
        return False
    if key in months and months[key] not in small:
        return False
    return sight.network(key[0], own=False, rates=True).bounds(key, 1) != (low, high)


def _hide_one(
    sight: Sight, target: Target | MonthTarget, reasons: list[Key]
) -> tuple[Sight, bool]:
    """Hide the cheapest figure that leaves a reader with more values; say if any did."""
    before = _room(sight, target)
    ordered = sorted(reasons, key=lambda key: _cost(sight, key))
    for key in ordered:
        if _may_help(sight, target, key):
            tried = sight.without(key)
            if _room(tried, target) > before:
                return tried, True
    # No single one helps where two ways lead to the number: the cheapest goes first.
    return (sight.without(ordered[0]), True) if ordered else (sight, False)


def _may_help(sight: Sight, target: Target | MonthTarget, key: Key) -> bool:
    if not isinstance(target, Target):
        return sight.needs(key, [target], 1)
    return sight.needs(key, target.trio if target.cell.is_share else [target.key])


def _room(sight: Sight, target: Target | MonthTarget) -> tuple[float, float]:
    if not isinstance(target, Target):
        low, high = sight.network(target[0], rates=True).bounds(target, 1)
        return high - low, 0.0
    low, high = sight.bounds(target.whole) if target.cell.is_share else (0.0, 0.0)
    return float(len(sight.left(target, own=True, rates=True))), high - low


def _cost(sight: Sight, key: Key) -> tuple[Any, ...]:
    """Order what may be hidden: first what a publisher prints as well, then flows.

    A stock on its day is what most readers come for, and goes last.
    """
    cells: Iterable[Cell] = sight.showing(key)
    lost = sum((cell.code, cell.month) not in sight.printed.cells for cell in cells)
    useless = key in sight.printed.counts
    return useless, key[0] in FLOWS_OF, lost, key[1], key[0]
