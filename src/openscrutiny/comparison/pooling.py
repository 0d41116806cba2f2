"""A group of authorities taken together: the sum of their counts.

Ten places' mean gives the smallest the weight of the largest; the sum of their counts
weighs each child alike. A member whose count is not published is left out, and the
number that is there is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Counts = tuple[float | None, float | None]  # numerator, denominator


@dataclass(frozen=True)
class Pooled:
    """Hold a group's sums; `denominator` is null where the publisher gives none."""

    numerator: float
    denominator: float | None
    available: int
    listed: int


def pool_counts(
    counts: Mapping[str, Counts],
    members: Sequence[str],
    shared: Mapping[str, frozenset[str]] | None = None,
) -> Pooled | None:
    """Add up the members' counts; None where no member has any.

    `shared` gives those authorities, oneself included, whose one published count a
    member's is: such a count is added once, and each of them is available.

    Where any area at all has a denominator a member needs both of its parts: half a
    share would make the whole wrong. Elsewhere the numerators alone are added.

    >>> pool_counts({"1": (2, 10), "2": (None, 30), "3": (4, 20)}, ["1", "2", "3"])
    Pooled(numerator=6, denominator=30, available=2, listed=3)
    """
    divided = any(below is not None for _, below in counts.values())
    numerators: list[float] = []
    denominators: list[float] = []
    available, added = 0, set[frozenset[str]]()
    for member in members:
        above, below = counts.get(member, (None, None))
        if above is None or (divided and below is None):
            continue
        available += 1
        together = (shared or {}).get(member, frozenset({member}))
        if together in added:
            continue
        added.add(together)
        numerators.append(above)
        denominators.append(below or 0)
    if not numerators:
        return None
    return Pooled(
        sum(numerators),
        sum(denominators) if divided else None,
        available,
        len(members),
    )
