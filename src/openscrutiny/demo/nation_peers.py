"""Invent the quarters that a dozen councils of one region exchange.

In the layout of docs/reference/interface.md. The council's own lines are its quarters
as the borough counted them; what is hidden is so by its sender.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import Generator

from openscrutiny.demo.nation_places import Place
from openscrutiny.demo.nation_truth import Pair, read_quarters
from openscrutiny.periods import add_months, month_end

_COUNCILS: Final = 12
_QUARTERS: Final = 14
_LAST: Final = date(2026, 6, 30)
_COLLECTION: Final = "Invented London"
_REGION: Final = ("E12000007", "London")
_HEADINGS: Final = (
    "collection",
    "indicator",
    "area_code",
    "area_name",
    "period_end",
    "unit",
    "numerator",
    "denominator",
    "value",
    "symbol",
    "shared",
)
# Code, unit, usual level, who may see it. A quarter's referrals per 10,000; the share
# referred again; children on a plan per 10,000 on the quarter's last day.
_MEASURES: Final = (
    ("FD1", "rate_per_10_000", 0.0165, "members"),
    ("FD2", "percent", 0.22, ""),
    ("CP5", "rate_per_10_000", 0.0045, "members"),
)


def write_peers(
    folder: Path, places: Sequence[Place], council: str, truth: Path | None, seed: int
) -> None:
    """Write the file; the same seed gives the same bytes, and no other file's change."""
    random = np.random.default_rng([seed, 12])
    ours = next(place for place in places if place.code == council)
    others = [p for p in places if p.region == ours.region and p is not ours]
    chosen = [ours, *others[: _COUNCILS - 1]]
    known = read_quarters(truth, council)
    path = folder / "invented_peers_2023_to_2026.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(_HEADINGS)
        for code, unit, level, shared in _MEASURES:
            counted = _invent(random, chosen, code, level, known)
            lines.writerows(_lines(chosen, code, unit, shared, counted))


def _quarter_ends() -> list[date]:
    return [
        month_end(add_months(_LAST, -3 * back)) for back in reversed(range(_QUARTERS))
    ]


def _invent(
    random: Generator,
    places: Sequence[Place],
    code: str,
    level: float,
    known: Mapping[tuple[str, str], Pair],
) -> dict[tuple[str, date], Pair]:
    """Count each place's quarters by chance; the first place's are its own."""
    counted = {}
    for place in places:
        own = level * float(np.exp(random.normal(0.12 * place.need, 0.12)))
        for end in _quarter_ends():
            bottom = place.children
            if code == "FD2":
                bottom = max(int(random.poisson(0.0165 * place.children)), 20)
            top = int(random.binomial(bottom, min(own * random.normal(1, 0.04), 0.9)))
            counted[place.code, end] = top, bottom
    for end in _quarter_ends():
        pair = known.get((code, end.isoformat()))
        if pair is not None:
            counted[places[0].code, end] = pair
    return counted


def _lines(
    places: Sequence[Place],
    code: str,
    unit: str,
    shared: str,
    counted: Mapping[tuple[str, date], Pair],
) -> Iterator[tuple[object, ...]]:
    """Give a line a place and quarter, the region's own line after its places."""
    factor = 100 if unit == "percent" else 10_000
    for end in _quarter_ends():
        day = end.isoformat()
        parts = [counted[place.code, end] for place in places]
        for at, (place, (top, bottom)) in enumerate(zip(places, parts, strict=True)):
            head = (_COLLECTION, code, place.code, place.name, day, unit)
            # The last council sends its figures late.
            if at == len(places) - 1 and end == _LAST:
                yield (*head, "", "", "", "x", shared)
            elif 1 <= top <= 5:
                yield (*head, "", "", "", "c", shared)
            else:
                yield (*head, top, bottom, round(factor * top / bottom, 1), "", shared)
        total = factor * sum(t for t, _ in parts) / sum(b for _, b in parts)
        yield (
            _COLLECTION,
            code,
            *_REGION,
            day,
            unit,
            "",
            "",
            round(total, 1),
            "",
            shared,
        )
