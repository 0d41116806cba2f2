"""What a reader of one area's totals sees, and how closely it bounds what is hidden.

Three kinds of knowledge are held apart: our own shown numbers, counts that a publisher
prints, and rates that it prints of a population which everybody knows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from math import ceil, floor, inf
from typing import Any, Final

from openscrutiny.disclosure.network import (
    YEAR,
    Bounds,
    Key,
    Network,
    make_network,
)
from openscrutiny.disclosure.relations import FLOWS_OF, rest_of, series_of

_ANY: Final[Bounds] = (0.0, inf)
_NEAR: Final = 1e-9
Family = tuple[str, ...]
# Of which flows, with our own numbers, with printed rates, with printed shares.
_Use = tuple[Family, bool, bool, bool]


@cache
def family_of(name: str) -> Family:
    """Name the flows that bound a number: with a stock what comes in and goes out."""
    pairs = (pair for pair in FLOWS_OF.values() if name in pair)
    return FLOWS_OF.get(name) or next(pairs, (name,))


def month_of(day: date) -> int:
    """Number the months, so that a year is twelve of them."""
    return day.year * 12 + day.month - 1


@dataclass(frozen=True)
class Cell:
    """Hold one of our own totals: its place in the table, and its true counts.

    `shown` are the counts that stand there, which an earlier paper's may be.
    """

    at: int
    code: str
    month: int
    unit: str
    numerator: float
    denominator: float | None
    shown: tuple[float, float | None]

    @property
    def is_share(self) -> bool:
        return self.unit == "percent" and self.denominator is not None

    @cached_property
    def counts(self) -> dict[Key, tuple[float, float]]:
        """Give (true, shown) of each number that the row shows or gives."""
        pairs = {series_of(self.code, "numerator"): (self.numerator, self.shown[0])}
        if self.is_share:
            assert self.denominator is not None and self.shown[1] is not None
            whole = (self.denominator, self.shown[1])
            pairs[series_of(self.code, "denominator")] = whole
            rest = (whole[0] - self.numerator, whole[1] - self.shown[0])
            pairs[rest_of(self.code)] = rest
        return {(name, self.month): pair for name, pair in pairs.items()}


@dataclass(frozen=True)
class Printed:
    """Hold what a publisher prints of the area: shares, counts, and rates as bounds.

    `remembered` bounds counts of our own that an earlier release showed and that are
    still so, or nearly. Whoever kept it knows them, whether or not they are shown now:
    a number that is still so, as one knows what is printed. That one is so nearly he
    does not know, so what he knows without us (`own=False`) does not rest on it.
    """

    shares: Mapping[tuple[str, int], Bounds] = field(default_factory=dict)
    counts: Mapping[Key, float] = field(default_factory=dict)
    rates: Mapping[Key, Bounds] = field(default_factory=dict)
    cells: frozenset[tuple[str, int]] = frozenset()  # which figures it prints at all
    remembered: Mapping[Key, Bounds] = field(default_factory=dict)
    recalled: Mapping[Key, Bounds] = field(default_factory=dict)  # by this reader

    def with_memory(self) -> "Printed":
        """Give what is known to whoever kept all earlier releases."""
        still = {k: low for k, (low, high) in self.remembered.items() if low == high}
        counts = {**self.counts, **still}
        return replace(self, counts=counts, recalled=self.remembered)

    @cached_property
    def _by_family(self) -> dict[tuple[Family, bool], dict[Key, Bounds]]:
        found: dict[tuple[Family, bool], dict[Key, Bounds]] = {}
        for key, span in self.rates.items():
            found.setdefault((family_of(key[0]), True), {})[key] = span
        for key, count in self.counts.items():
            for rates in (False, True):
                family = found.setdefault((family_of(key[0]), rates), {})
                family[key] = (count, count)
        return found

    def known_of(self, family: Family, *, rates: bool) -> dict[Key, Bounds]:
        """Give the bounds of what is printed as a count, or as a rate too."""
        return self._by_family.get((family, rates), {})

    @cached_property
    def links(self) -> dict[Family, dict[Key, list[tuple[Key, Bounds]]]]:
        """Give of which whole a printed share says that a number is how much, by family.

        What a part says of its whole is left to `left`, which tries each value.
        """
        found: dict[Family, dict[Key, list[tuple[Key, Bounds]]]] = {}
        for (code, month), (least, most) in self.shares.items():
            whole = (series_of(code, "denominator"), month)
            top = (series_of(code, "numerator"), month)
            for part, low, high in (
                (top, least, most),
                ((rest_of(code), month), 1 - most, 1 - least),
            ):
                if family_of(part[0]) == family_of(whole[0]):
                    continue  # its own network holds both
                of = found.setdefault(family_of(part[0]), {})
                of.setdefault(part, []).append((whole, (max(0.0, low), high)))
        return found

    def linked_to(self, families: Collection[Family]) -> set[Family]:
        """List the families of which a share says something by one of these."""
        return {
            family
            for family, links in self.links.items()
            if any(
                family_of(other[0]) in families
                for of in links.values()
                for other, _ in of
            )
        }


def read_printed(
    rows: Iterable[Mapping[str, Any]], people: Mapping[int, float]
) -> Printed:
    """Read published totals of the area; `people` is the population by month.

    A value is exact to the decimals that its measure is printed with.
    """
    held = [row for row in rows if row["value"] is not None and row["code"]]
    decimals: dict[str, int] = {}
    for row in held:
        found = _decimals(row["value"])
        decimals[row["code"]] = max(decimals.get(row["code"], 0), found)
    shares: dict[tuple[str, int], Bounds] = {}
    counts: dict[Key, float] = {}
    rates: dict[Key, Bounds] = {}
    for row in held:
        code, month, value = row["code"], month_of(row["period_end"]), row["value"]
        half = 0.5 * 10.0 ** -decimals[code]
        for part in ("numerator", "denominator"):
            whole = row[part]
            if whole is not None and whole == int(whole) and row["unit"] != "ratio":
                counts[series_of(code, part), month] = whole
        if row["unit"] == "percent":
            shares[code, month] = ((value - half) / 100, (value + half) / 100)
        elif row["unit"] == "rate_per_10_000" and month in people:
            least, most = (people[month] * (value + s * half) / 1e4 for s in (-1, 1))
            key = (series_of(code, "numerator"), month)
            rates[key] = (max(0, ceil(least - _NEAR)), floor(most + _NEAR))
    cells = frozenset((row["code"], month_of(row["period_end"])) for row in held)
    return Printed(shares, counts, rates, cells)


def _decimals(value: float) -> int:
    return 0 if value == int(value) else len(repr(float(value)).partition(".")[2])


@dataclass(frozen=True)
class Target:
    """Name a number that must stay unknown, and the values among which it must hide."""

    key: Key
    values: tuple[int, ...]
    cell: Cell

    @property
    def part(self) -> str:
        if self.key[0] == rest_of(self.cell.code):
            return "rest"
        is_top = self.key[0] == series_of(self.cell.code, "numerator")
        return "numerator" if is_top else "denominator"

    @property
    def whole(self) -> Key:
        return series_of(self.cell.code, "denominator"), self.key[1]

    @property
    def trio(self) -> tuple[Key, Key, Key]:
        """Name the part, the rest and the whole of the figure it belongs to."""
        month = self.key[1]
        top = (series_of(self.cell.code, "numerator"), month)
        return top, (rest_of(self.cell.code), month), self.whole


class Sight:
    """Hold what is shown of an area, and bound what is not.

    `networks` is kept from one sight to the next: most of it is the same. A count that
    an earlier paper tells otherwise is known to be no farther than `near` from it.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        hidden: frozenset[int],
        printed: Printed,
        networks: dict[Any, Network],
        near: int,
    ) -> None:
        self.cells, self.hidden, self.printed = cells, hidden, printed
        self._networks, self._near = networks, near
        self._cells_of: dict[Key, list[Cell]] = {}
        # Every count by its family, and those that an earlier paper tells a little
        # otherwise. A figure stands as a whole, and others of it may have changed more.
        self._counts_of: dict[Family, list[tuple[int, Key, float]]] = {}
        self._told: list[tuple[Key, float, Cell]] = []
        for cell in cells:
            for key, (true, told) in cell.counts.items():
                self._cells_of.setdefault(key, []).append(cell)
                if true == told:
                    of = self._counts_of.setdefault(family_of(key[0]), [])
                    of.append((cell.at, key, true))
                elif abs(true - told) <= near:
                    self._told.append((key, told, cell))
        self._used: dict[_Use, Network] = {}
        self._held: dict[_Use, dict[Key, Bounds]] = {}
        self._ours: dict[Family, dict[Key, float]] = {}
        self.shown: dict[Key, float] = {}
        # An earlier paper's count that is nearly so.
        self.standing: dict[Key, tuple[float, Cell]] = {}
        self._see(self._counts_of)

    def _see(self, families: Iterable[Family]) -> None:
        """Find again what is shown of these families of numbers."""
        for family in families:
            counts = self._counts_of.get(family, ())
            before = self._ours.get(family, {})
            ours = {key: true for at, key, true in counts if at not in self.hidden}
            self._ours[family] = ours
            for gone in before.keys() - ours.keys():
                del self.shown[gone]
            self.shown.update(ours)
        told = [one for one in self._told if one[2].at not in self.hidden]
        self.standing = {
            key: (count, cell) for key, count, cell in told if key not in self.shown
        }

    def without(self, key: Key) -> "Sight":
        """See no figure that shows this number."""
        less = copy(self)
        gone = self.showing(key)
        less.hidden = self.hidden | {cell.at for cell in gone}
        touched = {family_of(name) for cell in gone for name, _ in cell.counts}
        less._ours, less.shown = dict(self._ours), dict(self.shown)
        less._see(touched)
        touched |= self.printed.linked_to(touched)
        less._used = {k: v for k, v in self._used.items() if k[0] not in touched}
        less._held = {k: v for k, v in self._held.items() if k[0] not in touched}
        return less

    def showing(self, key: Key) -> list[Cell]:
        held = self._cells_of.get(key, ())
        return [cell for cell in held if cell.at not in self.hidden]

    def needs(self, key: Key, numbers: Iterable[Key], months: int = YEAR) -> bool:
        """Say whether less would be known of some number without the figures of `key`."""
        gone = {shown for cell in self.showing(key) for shown in cell.counts}
        return any(
            number in gone
            or any(
                self.network(number[0], rates=rates).needs(gone, number, months)
                for rates in (False, True)
            )
            for number in numbers
        )

    @property
    def families(self) -> list[tuple[str, ...]]:
        """List the flows that bound one another; a flow without a stock is alone."""
        with_stock = list(FLOWS_OF.values())
        held = {name for pair in with_stock for name in pair} | set(FLOWS_OF)
        names = {name for cell in self.cells for name, _ in cell.counts}
        return [*with_stock, *((name,) for name in sorted(names - held))]

    def ends_of(self, family: Family) -> list[int]:
        """List the months to which anything is known of these flows, the first first.

        None where nothing of ours is shown of them: then we give nothing away.
        """
        ours = self.shown.keys() | self.standing.keys()
        shown = {month for name, month in ours if name in family}
        if not shown:
            return []
        known = self._known(family, own=True, rates=True, shares=True)
        return sorted(shown | {month for name, month in known if name in family})

    def network(self, name: str, *, own: bool = True, rates: bool = False) -> Network:
        """Give the network of a flow or a stock: of our numbers, of printed ones."""
        return self._network_of(family_of(name), own=own, rates=rates, shares=True)

    def _network_of(
        self, family: Family, *, own: bool, rates: bool, shares: bool
    ) -> Network:
        used = (family, own, rates, shares)
        if used not in self._used:
            known = self._known(family, own=own, rates=rates, shares=shares)
            self._used[used] = self._make(family, known, own=own)
        return self._used[used]

    def _known(
        self, family: Family, *, own: bool, rates: bool, shares: bool
    ) -> dict[Key, Bounds]:
        """Bound what is shown, printed or, with `shares`, a printed share of another."""
        use = (family, own, rates, shares)
        if use not in self._held:
            self._held[use] = self._find_known(*use)
        return self._held[use]

    def _find_known(
        self, family: Family, own: bool, rates: bool, shares: bool
    ) -> dict[Key, Bounds]:
        known = dict(self.printed.known_of(family, rates=rates))
        for key, of in self.printed.links.get(family, {}).items() if shares else ():
            for other, (least, most) in of:
                low, high = self._plainly(other, own=own, rates=rates)
                span = (
                    ceil(low * least - _NEAR) if low else 0.0,
                    floor(high * most + _NEAR) if high * most < inf else inf,
                )
                _bound(known, key, span)
        for key, span in self._known_nearly() if own else ():
            if family_of(key[0]) == family:
                _bound(known, key, span)
        ours = self._ours.get(family, {}) if own else {}
        return {**known, **{key: (count, count) for key, count in ours.items()}}

    def _known_nearly(self) -> Iterator[tuple[Key, Bounds]]:
        """Give what stands or is recalled, and is nearly so: by no more than `near`."""
        yield from self.printed.recalled.items()
        for key, (told, _) in self.standing.items():
            yield key, nearly(told, self._near)

    def _plainly(self, key: Key, *, own: bool, rates: bool) -> Bounds:
        """Bound a number without what shares say of its family."""
        if own and key in self.shown:
            return self.shown[key], self.shown[key]
        family = family_of(key[0])
        printed = self.printed.known_of(family, rates=rates).get(key, _ANY)
        network = self._network_of(family, own=own, rates=rates, shares=False)
        low, high = network.bounds(key)
        closer = max(low, printed[0]), min(high, printed[1])
        return closer if closer[0] <= closer[1] else (low, high)

    def _make(self, family: Family, known: dict[Key, Bounds], *, own: bool) -> Network:
        ours = self._ours.get(family, {}) if own else {}
        cached = (family, frozenset(known.items()), frozenset(ours))
        if cached not in self._networks:
            stocks = {s: pair for s, pair in FLOWS_OF.items() if pair == family}
            doubted = known.keys() - ours.keys()
            self._networks[cached] = make_network(family, stocks, known, doubted)
        return self._networks[cached]

    def bounds(self, key: Key, *, own: bool = True, rates: bool = False) -> Bounds:
        """Bound a number from our own figures and from what is printed."""
        if own and key in self.shown:
            return self.shown[key], self.shown[key]
        low, high = self.network(key[0], own=own, rates=rates).bounds(key)
        # Of a number that nothing bounds but its own print, the network may know none.
        family = self._known(family_of(key[0]), own=own, rates=rates, shares=True)
        first, last = family.get(key, _ANY)
        closer = max(low, first), min(high, last)
        # Where the publisher counts otherwise than we do, ours is believed.
        return closer if closer[0] <= closer[1] else (low, high)

    def left(self, target: Target, *, own: bool, rates: bool) -> set[int]:
        """List which values of a target a reader cannot rule out."""
        share = self.printed.shares.get((target.cell.code, target.key[1]))
        if not target.cell.is_share:
            low, high = self.bounds(target.key, own=own, rates=rates)
            return {value for value in target.values if low <= value <= high}
        trio = [self.bounds(key, own=own, rates=rates) for key in target.trio]
        return {v for v in target.values if _fits(v, target.part, trio, share)}

    def rests_on(self, key: Key) -> set[Key]:
        """List our own shown numbers on which the bounds of a number rest."""
        if key in self.shown:
            return {key}
        return self._rests_on(key, (False, True), YEAR)

    def month_rests_on(self, key: Key) -> set[Key]:
        """List those on which the bounds of a single month's flow rest."""
        return self._rests_on(key, (True,), 1)

    def _rests_on(self, key: Key, kinds: Sequence[bool], months: int) -> set[Key]:
        found = set()
        for rates in kinds:
            direct = self.network(key[0], rates=rates).rests_on(key, months)
            found |= direct
            for name in direct - self.shown.keys():
                links = self.printed.links.get(family_of(name[0]), {})
                for other, _ in links.get(name, ()):
                    found.add(other)
                    found |= self._network_of(
                        family_of(other[0]), own=True, rates=rates, shares=False
                    ).rests_on(other)
        return found & (self.shown.keys() | self.standing.keys())


def nearly(count: float, near: int) -> Bounds:
    """Bound what is no farther than `near` from a count; no count is below 0."""
    return max(0.0, count - near), count + near


def _bound(known: dict[Key, Bounds], key: Key, span: Bounds) -> None:
    """Bound a number more closely, unless that contradicts what is known of it."""
    before = known.get(key, _ANY)
    both = max(before[0], span[0]), min(before[1], span[1])
    if both != _ANY and both[0] <= both[1]:
        known[key] = both


def _fits(value: int, part: str, trio: Sequence[Bounds], share: Bounds | None) -> bool:
    """Say whether some whole makes this value of one part agree with all bounds."""
    tops, rests, wholes = trio
    if part == "denominator":
        low, high = max(tops[0], value - rests[1]), min(tops[1], value - rests[0])
        if share:
            low, high = max(low, share[0] * value), min(high, share[1] * value)
        is_bounded = wholes[0] <= value <= wholes[1]
        return is_bounded and ceil(low - _NEAR) <= floor(min(high, value) + _NEAR)
    mine, other = (tops, rests) if part == "numerator" else (rests, tops)
    if not mine[0] <= value <= mine[1]:
        return False
    low, high = max(wholes[0], value + other[0]), min(wholes[1], value + other[1])
    if share:
        least, most = share if part == "numerator" else (1 - share[1], 1 - share[0])
        low = max(low, value / most if most > 0 else inf)
        high = min(high, value / least if least > 0 else inf)
    return low < inf and (high == inf or ceil(low - _NEAR) <= floor(high + _NEAR))
