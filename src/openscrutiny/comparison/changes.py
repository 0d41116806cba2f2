"""Whether a change from one period to the next is more than its years' usual scatter.

Two tests. Where the counts are known, the change is set against the earlier changes of
the same series, each in terms of what chance in counting gives: years scatter more than
that nearly everywhere. Where only the value is published, it is set among the changes
of all authorities between the same two periods. A change found so is worth a question,
never a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

FEWEST_CHANGES: Final = 3  # earlier ones, below which the scatter is not known
MOST_CHANGES: Final = 10
# Student's t, two-sided 99%, by how many earlier changes show the scatter.
_T_99: Final = dict(
    enumerate(
        (
            5.840909,
            4.604095,
            4.032143,
            3.707428,
            3.499483,
            3.355387,
            3.249836,
            3.169273,
        ),
        FEWEST_CHANGES,
    )
)
OUTER: Final = 0.1  # a tenth on each side
FEWEST_AUTHORITIES: Final = 30
MATERIAL: Final = 0.1  # of what it was: smaller changes are no headline

# How often each test speaks where nothing has changed.
CHANCE_OF_CHANGE: Final = 0.01
CHANCE_OF_PLACE: Final = 2 * OUTER


@dataclass(frozen=True)
class ChangePlace:
    """Hold how many authorities have both periods, and how many changed further.

    `further` counts those whose change goes further in the same direction as ours.
    """

    authorities: int
    further: int

    @property
    def is_outer(self) -> bool:
        """Tell whether ours lies in the outer tenth on its side."""
        enough = self.authorities >= FEWEST_AUTHORITIES
        return enough and self.further < OUTER * self.authorities


@dataclass(frozen=True)
class Change:
    """Hold a change and its earlier ones, each over what chance in counting gives.

    `scatter` is the mean square of the earlier ones, never below 1.
    """

    z: float
    earlier: tuple[float, ...]
    scatter: float = field(init=False)

    def __post_init__(self) -> None:
        squares = [z * z for z in self.earlier]
        object.__setattr__(self, "scatter", max(1.0, sum(squares) / len(squares)))

    @property
    def statistic(self) -> float:
        """Give the change over the scatter of the earlier ones."""
        return self.z / sqrt(self.scatter)

    @property
    def limit(self) -> float:
        return _T_99[len(self.earlier)]

    @property
    def is_beyond(self) -> bool:
        """Tell whether it goes further than the earlier ones lead one to expect."""
        return abs(self.statistic) > self.limit


def weigh_change(z: float, earlier: Sequence[float]) -> Change | None:
    """Set a change beside the latest earlier ones; None where fewer than three are known.

    >>> weigh_change(6.0, [1.0, -2.0, 1.0]).is_beyond, weigh_change(6.0, [1.0]) is None
    (False, True)
    """
    if len(earlier) < FEWEST_CHANGES:
        return None
    return Change(z, tuple(earlier[-MOST_CHANGES:]))


def change_of_shares(
    before: tuple[float, float], after: tuple[float, float]
) -> float | None:
    """Give z of the difference of two shares, each (numerator, denominator).

    The usual pooled test of two proportions; None where nobody or everybody counts in
    both, since then nothing could have changed.

    >>> round(change_of_shares((60, 400), (90, 400)), 4)
    2.7175
    """
    (r1, n1), (r2, n2) = before, after
    if n1 <= 0 or n2 <= 0:
        return None
    pooled = (r1 + r2) / (n1 + n2)
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    return (r2 / n2 - r1 / n1) / sqrt(spread) if spread > 0 else None


def change_of_rates(
    before: tuple[float, float], after: tuple[float, float]
) -> float | None:
    """Give z of the difference of two rates, each (count, exposure).

    Counts vary as chance events do (Poisson). Two bare counts of equal periods have
    the exposure 1.

    >>> round(change_of_rates((920, 1), (1174, 1)), 4)
    5.5507
    """
    (c1, e1), (c2, e2) = before, after
    if e1 <= 0 or e2 <= 0 or c1 + c2 <= 0:
        return None
    pooled = (c1 + c2) / (e1 + e2)
    return (c2 / e2 - c1 / e1) / sqrt(pooled * (1 / e1 + 1 / e2))


def place_change(ours: float, everybody: Sequence[float]) -> ChangePlace:
    """Place our change among those of all authorities, ours included.

    >>> place_change(-3.0, [-4.0, -3.0, 1.0, 2.0])
    ChangePlace(authorities=4, further=1)
    """
    side = 1 if ours > 0 else -1
    further = sum(1 for change in everybody if change * side > ours * side)
    return ChangePlace(len(everybody), further)


def is_material(before: float, after: float, *, is_percent: bool) -> bool:
    """Tell whether a value moved by at least a tenth of what it was.

    Of a percentage the smaller of the value and what is left of 100 counts, so that
    95% to 90% is not small.

    >>> is_material(82.5, 72.8, is_percent=True), is_material(40, 43, is_percent=True)
    (True, False)
    """
    base = min(abs(before), abs(100 - before)) if is_percent else abs(before)
    return abs(after - before) >= MATERIAL * base and after != before
