"""The invented nation's authorities: names, numbers, regions, children and likeness.

Regions are real, since the publishers' layouts need them; every authority is made up.
Its number is one that no authority bears or has borne, and its nine-character code
begins with E99, which the Office for National Statistics does not use.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from openscrutiny.geography import CURRENT_AUTHORITIES, ENDED_AUTHORITIES, ENGLAND

Numbers = NDArray[np.float64]

INNER_LONDON: Final = "E13000001"
OUTER_LONDON: Final = "E13000002"


@dataclass(frozen=True)
class Region:
    """Name one region as each publisher writes it, and how many authorities it has."""

    code: str
    name: str
    lait_number: int
    lait_name: str
    lait_index: int  # GOInd in the neighbour workbook
    authorities: int = 0


# London's authorities lie in its two parts; the whole is their sum.
REGIONS: Final = (
    Region("E12000001", "North East", 980, "North East", 4, 12),
    Region("E12000002", "North West", 981, "North West", 5, 24),
    Region(
        "E12000003",
        "Yorkshire and The Humber",
        982,
        "Yorkshire and the Humber",
        9,
        15,
    ),
    Region("E12000004", "East Midlands", 983, "East Midlands", 1, 10),
    Region("E12000005", "West Midlands", 984, "West Midlands", 8, 14),
    Region("E12000006", "East of England", 985, "East of England", 2, 11),
    Region("E12000007", "London", 986, "London", 3),
    Region(INNER_LONDON, "Inner London", 987, "London (Inner)", 3, 14),
    Region(OUTER_LONDON, "Outer London", 988, "London (Outer)", 3, 19),
    Region("E12000008", "South East", 989, "South East", 6, 19),
    Region("E12000009", "South West", 990, "South West", 7, 15),
)
NATION: Final = Region(ENGLAND, "England", 970, "England", 0)

_FIRSTS: Final = [
    "Alder",
    "Bramble",
    "Corven",
    "Dunmer",
    "Elder",
    "Fennel",
    "Garrow",
    "Hollin",
    "Ivel",
    "Kestrel",
    "Larken",
    "Merrow",
    "Nether",
]
_SECONDS: Final = [
    "wick",
    "marsh",
    "combe",
    "stow",
    "thorpe",
    "haven",
    "leigh",
    "mere",
    "worth",
    "dale",
    "ford",
    "bridge",
]
_KINDS: Final = {INNER_LONDON: "ILB", OUTER_LONDON: "OLB"}


@dataclass(frozen=True)
class Place:
    """Hold one invented authority.

    `need` is the hidden number, about -2 to 2, that makes its figures hang together;
    `children` is how many of 0 to 17 live there.
    """

    code: str
    new_code: str
    name: str
    region: Region
    kind: str
    children: int
    need: float


def make_places(
    random: Generator, council: str, council_name: str, council_children: int
) -> tuple[Place, ...]:
    """Invent 153 authorities, the council one of Outer London's, in a settled order."""
    regions = [region for region in REGIONS for _ in range(region.authorities)]
    count = len(regions)
    need = random.normal(0.0, 0.8, count)
    children = np.exp(random.normal(11.05, 0.6, count)).clip(6_000, 330_000)
    names = [a + b for a in _FIRSTS for b in _SECONDS]
    random.shuffle(names)
    numbers = _free_numbers(council)
    mine = next(i for i, region in enumerate(regions) if region.code == OUTER_LONDON)
    places = []
    for index, region in enumerate(regions):
        is_council = index == mine
        number = council if is_council else numbers[index]
        places.append(
            Place(
                code=number,
                new_code=f"E99000{number}",
                name=council_name if is_council else names[index],
                region=region,
                kind=_KINDS.get(region.code, "UA"),
                children=council_children if is_council else round(children[index]),
                need=0.2 if is_council else float(need[index]),
            )
        )
    return tuple(places)


def _free_numbers(council: str) -> list[str]:
    """List three-digit numbers below 970 that no authority bears or has borne."""
    taken = CURRENT_AUTHORITIES | set(ENDED_AUTHORITIES) | {council}
    numbers = (f"{number:03d}" for number in range(101, 970))
    return [number for number in numbers if number not in taken]


def nearest_places(places: tuple[Place, ...]) -> list[list[tuple[int, float]]]:
    """Find each place's ten likest, closest first, each with its distance."""
    inner = np.array([p.region.code == INNER_LONDON for p in places], dtype=float)
    outer = np.array([p.region.code == OUTER_LONDON for p in places], dtype=float)
    features: Numbers = np.column_stack(
        [
            np.array([p.need for p in places]),
            np.log([p.children for p in places]) * 0.6,
            inner * 2.0,
            outer * 1.2,
        ]
    )
    gaps: Numbers = np.sqrt(
        ((features[:, None, :] - features[None, :, :]) ** 2).sum(axis=2)
    )
    np.fill_diagonal(gaps, np.inf)
    order = np.argsort(gaps, axis=1, kind="stable")[:, :10]
    return [
        [(int(other), float(gaps[here, other])) for other in order[here]]
        for here in range(len(places))
    ]
