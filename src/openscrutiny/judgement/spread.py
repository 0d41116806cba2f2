"""Every authority's published value of one measure, and who of them is set beside us."""

from dataclasses import dataclass
from typing import Final

from openscrutiny.comparison.pooling import Pooled
from openscrutiny.nothing import Status

FEWEST_NEIGHBOURS: Final = 6  # below, their mean says too little to be shown


@dataclass(frozen=True)
class Quintile:
    """Hold the fifth, 1 to 5, into which the publisher itself put the authority."""

    number: int
    year: str


@dataclass(frozen=True)
class Spread:
    """Hold every authority's latest published value of one measure.

    `authorities` are (area code, name, value), the value null where none is published;
    `year` is the publisher's label; `neighbours` are area codes. `counts` are
    (area code, numerator, denominator) where both are published.
    """

    year: str
    authorities: tuple[tuple[str, str, float | None], ...]
    neighbours: tuple[str, ...] = ()
    counts: tuple[tuple[str, float, float], ...] = ()
    model: str = ""  # of the neighbours
    pooled: Pooled | None = None  # the neighbours' counts of the same year, together
    quintile: Quintile | None = None
    ended: tuple[str, ...] = ()  # authorities that ended and still have a figure
    nothings: tuple[tuple[str, Status], ...] = ()  # area code, why it has no value

    @property
    def is_own_group(self) -> bool:
        """Tell whether the neighbours are a group that a council made: no statistic."""
        return bool(self.model) and not self.model.isdigit()

    @property
    def values(self) -> list[float]:
        """List the values that are published."""
        return [value for _, _, value in self.authorities if value is not None]


@dataclass(frozen=True)
class NeighbourYear:
    """Hold the neighbours' mean of one year and how many of them it rests on."""

    mean: float | None
    available: int
    listed: int

    @property
    def is_shown(self) -> bool:
        """Tell whether enough neighbours have a value for their mean to say something."""
        return self.mean is not None and self.available >= FEWEST_NEIGHBOURS
