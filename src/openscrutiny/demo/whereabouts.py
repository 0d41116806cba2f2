"""How far from home a placement is, and whether in the council's area.

Drawn from a chance of the child's and the placement's own, so that every year's return
and the count of it tell one life. What is told, and how, are two things: of some nobody
knows it, and some exports say so with a number that stands for none.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.demo.care import CareSpell, Episode

_NOBODY_KNOWS: Final = "999.9"
# On and about the edge of 20 miles, far within the area, untold in part or altogether.
_EDGES: Final = (
    (0.05, "20.0", "OUT"),
    (0.09, "20.1", "OUT"),
    (0.11, "19.9", "OUT"),
    (0.13, "27.4", "IN"),
    (0.17, "", "OUT"),
    (0.20, _NOBODY_KNOWS, "OUT"),
    (0.22, "33.0", ""),
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What an export of the episodes says in DISTANCE and in PL_LOCATION."""

    distance: str
    location: str

    @property
    def miles(self) -> float | None:
        """Give the miles from home; None where nobody knows."""
        if self.distance in ("", _NOBODY_KNOWS):
            return None
        return float(self.distance)

    @property
    def is_outside(self) -> bool | None:
        """Tell whether it is outside the council's area; None where it is untold."""
        return self.location == "OUT" if self.location else None


def tells_distances(year: int, years: Sequence[int]) -> bool:
    """Tell whether the export of a year has them: the oldest of several has not."""
    return year != min(years) or len(years) == 1


def whereabouts_of(spell: CareSpell, episode: Episode) -> Whereabouts:
    """Give those of one episode: of who came alone no distance, of respite nothing."""
    if spell.is_respite:
        return Whereabouts("", "")
    if episode.place == "P1":
        return Whereabouts("0.0", "IN")
    chance = _chance(spell, _moved_in(spell, episode))
    luck, miles = chance.random(), min(chance.lognormvariate(2.0, 1.1), 400.0)
    near = "IN" if miles < 6 + 6 * chance.random() else "OUT"
    if spell.asylum_until is not None:
        return Whereabouts("", near)
    for below, distance, location in _EDGES:
        if luck < below:
            return Whereabouts(distance, location)
    return Whereabouts(f"{miles:.1f}", near)


def _chance(spell: CareSpell, day: date) -> random.Random:
    return random.Random(spell.person.number * 8_209 + day.toordinal())


def _moved_in(spell: CareSpell, episode: Episode) -> date:
    """Find when the placement began: a new legal status leaves the child where it is.

    So does another date of the first day in care.
    """
    if episode.place == "T2":
        return episode.start
    day = max(stay.start for stay in spell.stays if stay.start <= episode.start)
    return spell.start_again if spell.start_again and day == spell.start else day
