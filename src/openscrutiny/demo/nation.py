"""Invent a nation of authorities to compare the demo's council with.

The files have the publishers' own layouts, so that they are loaded as anyone's, and
every one says that it is invented: in its name, and in its words where it has any.
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import Generator

from openscrutiny.demo.nation_contents import make_tables
from openscrutiny.demo.nation_counts import make_counts
from openscrutiny.demo.nation_lait import write_lait
from openscrutiny.demo.nation_peers import write_peers
from openscrutiny.demo.nation_places import Place, make_places
from openscrutiny.demo.nation_sums import make_sums
from openscrutiny.demo.nation_tables import Whole, write_table
from openscrutiny.demo.nation_truth import find_children, read_truth

_CHILDREN: Final = 60_000  # the council's, where nothing says how many there are
_YEAR_OF_REVIEWS: Final = "2024"


def make_nation(
    folder: Path,
    *,
    seed: int,
    council: str = "299",
    council_name: str = "Anyborough",
    truth: Path | None = None,
) -> None:
    """Write the nation's publications into `folder`, the same bytes for the same seed.

    `truth` is the borough's own truth.csv: the council's published values are then its
    yearly figures up to 2025, rounded as each publisher rounds, and never hidden.
    Other authorities' counts of 1 to 5 are hidden where the real publication does so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    known = read_truth(truth, council)
    places = make_places(
        random, council, council_name, find_children(known) or _CHILDREN
    )
    row = next(index for index, place in enumerate(places) if place.code == council)
    sums = make_sums(places)
    counts = make_counts(random, places, known, row)
    write_lait(folder, places, row, counts, sums)
    plans, without_review = _invent_plans(random, places)
    if ("SN1", _YEAR_OF_REVIEWS) in known:
        plans[row] = known["SN1", _YEAR_OF_REVIEWS][0]
        late = known.get(("SN11", _YEAR_OF_REVIEWS), (plans[row, 0] // 8, 0))[0]
        without_review[row] = min(late, plans[row, 0])
    asked = {year: top for (code, year), (top, _) in known.items() if code == "SN2"}
    for table in make_tables(random, counts, plans, without_review, (row, asked)):
        write_table(folder, table, places, row, sums)
    write_peers(folder, places, council, truth, seed)


def _invent_plans(random: Generator, places: tuple[Place, ...]) -> tuple[Whole, Whole]:
    """Invent plans in force, and those whose review was due and not held."""
    children = np.array([[place.children] for place in places], dtype=float)
    level = np.exp(random.normal(0, 0.18, children.shape))
    plans: Whole = np.rint(children * 0.052 * level).astype(np.int64)
    without: Whole = random.binomial(plans, random.uniform(0.03, 0.25, children.shape))
    return plans, without
