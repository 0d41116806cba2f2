"""The counts behind every value that the invented nation publishes.

Every value is a whole number divided by a whole number, so that authorities, regions
and England agree, and so that the publishers' other tables can print the counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from openscrutiny.demo.nation_measures import MEASURES, Measure
from openscrutiny.demo.nation_places import Place

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

# Shares nearer to 0 or 1 than this are no figures of a real place.
_EDGE: Final = 0.004


@dataclass(frozen=True)
class Counts:
    """Hold numerators and denominators: a row a place, a column a year."""

    numerator: Whole
    denominator: Whole


def make_counts(
    random: Generator,
    places: tuple[Place, ...],
    truth: Mapping[tuple[str, str], tuple[int, int]],
    council: int,
) -> dict[str, Counts]:
    """Invent every measure's counts; the council's are `truth`'s where it has them.

    `truth` gives numerator and denominator by our code and the publisher's year;
    `council` is the council's row. Its other years follow on from those it has.
    """
    made: dict[str, Counts] = {}
    need: Numbers = np.array([place.need for place in places])
    children: Numbers = np.array([place.children for place in places], dtype=float)
    for measure in MEASURES:
        base = _denominators(random, measure, made, children)
        shares = _shares(random, measure, need)
        known = _known(measure, truth, places[council].children)
        shares[council] = _follow(measure, shares[council], known)
        numerator: Whole = np.rint(shares * base).astype(np.int64)
        denominator: Whole = base.astype(np.int64)
        for column, (top, bottom) in known.items():
            numerator[council, column] = top
            denominator[council, column] = bottom
        made[measure.key] = Counts(numerator, denominator)
    # Those not in learning were drawn from those not in it or not known, so that they
    # are never more; the measure itself is of all young people.
    everyone = made["16-17_not known_NEET"].denominator
    neet = made["16-17 NEET"].numerator
    made["16-17 NEET"] = Counts(neet, everyone)
    return made


def _known(
    measure: Measure,
    truth: Mapping[tuple[str, str], tuple[int, int]],
    children: int,
) -> dict[int, tuple[int, int]]:
    """Find the years, by column, whose counts the council's own figures give."""
    of_children = not measure.of and measure.share == 1.0
    known = {}
    for column, year in enumerate(measure.years):
        top, bottom = truth.get((measure.code, year), (0, 0))
        if (measure.code, year) in truth and (bottom or of_children):
            known[column] = (top, bottom or children)
    return known


def _denominators(
    random: Generator,
    measure: Measure,
    made: Mapping[str, Counts],
    children: Numbers,
) -> Numbers:
    years = len(measure.years)
    if measure.of:
        other = made[measure.of.removeprefix("/")]
        counts = other.denominator if measure.of.startswith("/") else other.numerator
        scaled: Numbers = np.rint(counts * measure.share)
        return np.maximum(scaled, 1.0)
    growth = np.linspace(0.99, 1.01, years)[None, :]
    whole = np.rint(children[:, None] * growth * measure.share)
    if measure.share != 1.0:
        whole = np.rint(whole * np.exp(random.normal(0, 0.04, whole.shape)))
    base: Numbers = np.maximum(whole, 1.0)
    return base


def _shares(random: Generator, measure: Measure, need: Numbers) -> Numbers:
    """Draw numerator / denominator: a place's own level, and a little for each year."""
    years = len(measure.years)
    level = np.linspace(*measure.levels, years) / measure.factor
    level = level * np.exp(random.normal(0, 0.01, years))
    own = measure.pull * need + random.normal(0, measure.spread, need.shape)
    yearly = random.normal(0, measure.spread * 0.25, (need.size, years))
    moved = own[:, None] + yearly
    if measure.is_share:
        odds = np.log(level / (1 - level))[None, :] + moved
        shares: Numbers = 1 / (1 + np.exp(-odds))
        return shares
    rates: Numbers = level[None, :] * np.exp(moved)
    return rates


def _follow(
    measure: Measure, shares: Numbers, known: Mapping[int, tuple[int, int]]
) -> Numbers:
    """Move a place's invented years so that they meet the first year that is known."""
    if not known:
        return shares
    first = min(known)
    top, bottom = known[first]
    target = min(max(top / bottom, 1e-6), 1 - _EDGE if measure.is_share else np.inf)
    if not measure.is_share:
        scaled: Numbers = shares * (target / shares[first])
        return scaled
    target = max(target, _EDGE)
    odds = np.log(shares / (1 - shares))
    odds = odds + np.log(target / (1 - target)) - odds[first]
    moved: Numbers = 1 / (1 + np.exp(-odds))
    return moved
