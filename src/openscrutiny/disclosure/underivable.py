"""Hide further figures until no hidden number can be worked out from those shown.

What a publisher gives away by itself is open already. Ours must never complete it: not
as the exact whole of a printed percentage, and not as a bound that rules out values
which the publisher leaves open.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
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
    possible: to whoever reads this release alone, and to whoever remembers the earlier
    ones. `months` are the true flows of single months, which nothing shows.
    """
    networks: dict[Any, Network] = {}

    def hide(known: Printed, hidden: frozenset[int]) -> frozenset[int]:
        sight = Sight(cells, hidden, known, networks, small[-1])
        return _hide_from(sight, months, small, left)

    hidden = hide(printed, hidden)
    while not _tells_all(cells, hidden, printed.remembered):
        more = hide(printed.with_memory(), hidden)
        if more == hidden:
            break
        hidden = hide(printed, more)
    return hidden


def _tells_all(
    cells: list[Cell], hidden: frozenset[int], numbers: Collection[Key]
) -> bool:
    """Say whether what is shown tells all these: then nobody knows more by them.

    A figure that stands tells another number than the true one.
    """
    told = {
        key
        for cell in cells
        if cell.at not in hidden
        for key, (true, shown) in cell.counts.items()
        if true == shown
    }
    return told.issuperset(numbers)


def _hide_from(
    sight: Sight, months: dict[Key, float], small: range, left: int
) -> frozenset[int]:
    """Hide of what is seen whatever gives a number away."""
    given_up: set[Any] = set()
    for _ in range(_MOST_ROUNDS):
        seen = sight
        sight = _hide_all(seen, given_up, months, small, left)
        # Hiding can bring back a number that was left out as a contradiction, so what
        # was safe is asked again until one whole round has found nothing to hide.
        if sight is seen:
            return sight.hidden
    # More rounds than there are figures to hide: hide them all and show none.
    return frozenset(cell.at for cell in sight.cells)


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
        sight.rests_on(target.whole) - sight.printed.recalled.keys()
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

    A stock on its day is what most readers come for, and goes last but for what hiding
    keeps from nobody, or from nobody who has an earlier release.
    """
    cells: Iterable[Cell] = sight.showing(key)
    lost = sum((cell.code, cell.month) not in sight.printed.cells for cell in cells)
    useless = key in sight.printed.counts
    known = key in sight.printed.remembered
    return useless, known, key[0] in FLOWS_OF, lost, key[1], key[0]
