"""Adding authorities up to regions and England, and rounding as publishers do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openscrutiny.demo.nation_places import NATION, REGIONS, Place, Region

_LONDON = "E12000007"


@dataclass(frozen=True)
class Sums:
    """Hold England and the regions, and which places each of them adds up."""

    regions: tuple[Region, ...]
    members: NDArray[np.int64]  # a row a region, a column a place; 1 where it belongs

    def with_regions(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add a row for England and each region below the places' rows."""
        whole: NDArray[np.int64] = np.vstack([counts, self.members @ counts])
        return whole


def make_sums(places: Sequence[Place]) -> Sums:
    """Say which places England and each region consist of; London is both its parts."""
    regions = (NATION, *REGIONS)
    members = [
        [
            region is NATION
            or place.region.code == region.code
            or (region.code == _LONDON and place.region.code.startswith("E13"))
            for place in places
        ]
        for region in regions
    ]
    return Sums(regions, np.array(members, dtype=np.int64))


def round_half_up(top: int, bottom: int, digits: int) -> str:
    """Print top / bottom with so many decimals, halves upwards, no zeros at the end.

    Whole numbers throughout, so that a half is a half on every machine.

    >>> round_half_up(25, 1000, 2)
    '0.03'
    >>> round_half_up(24, 1, 1)
    '24'
    """
    scaled = (2 * top * 10**digits + bottom) // (2 * bottom)
    whole, rest = divmod(scaled, 10**digits)
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{whole}.{decimals}" if decimals else str(whole)
