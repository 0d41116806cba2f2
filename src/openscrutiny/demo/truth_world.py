"""What the generator's own count counts: the world, its facts, and which return tells them.

Apart from the product's code, as all of the count is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openscrutiny.demo.careers import Services
from openscrutiny.demo.days import WorkingDays, add_months
from openscrutiny.demo.learning import PlanCareer
from openscrutiny.demo.people import Person
from openscrutiny.demo.write_ssda903 import Leaver


@dataclass(frozen=True)
class World:
    """Hold all that is counted, and which returns were written of it."""

    authority: str
    name: str
    services: Services
    plans: Sequence[PlanCareer]
    leavers: Sequence[Leaver]
    first: date
    last: date
    financial_years: tuple[int, ...]
    calendar_years: tuple[int, ...]
    extracts: tuple[date, ...]
    children: Mapping[int, int]  # by mid-year
    working: WorkingDays
    # By kind of line and year: how many cannot be read, and how many there are.
    lost: Mapping[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    # What source_of has found: days are asked of again and again.
    sources: dict[tuple[tuple[str, ...], date, int], tuple[str, date] | None] = field(
        default_factory=dict, repr=False, compare=False
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that counts: on a day, or from one day until another.

    `hit` says whether it is in the numerator; None where nobody knows. For a state
    `hit_from` is the first day on which it is.
    """

    person: Person
    on: date
    until: date | None = None
    hit: bool | None = True
    hit_from: date | None = None
    team: str = ""
    source: str = ""
    status: str | None = None  # of a mix; None where nobody knows
    # Where these turn from day to day.
    hit_on: Callable[[date], bool | None] | None = None
    status_on: Callable[[date], str | None] | None = None
    recorded: date = date.min  # an extract of an earlier day lacks it
    told: date = date.min  # a return of any kind of an earlier day lacks it
    kinds: Mapping[str, str] = field(default_factory=dict)  # of other breakdowns
    amount: float | None = None  # of a mean or quantile; None where nobody knows


def source_of(
    world: World, returns: tuple[str, ...], day: date, months: int = 6
) -> tuple[str, date] | None:
    """Name the return that counts for a day, and the day as at which it was made.

    `months` is how far the list of an extract looks back.
    """
    asked = returns, day, months
    if asked not in world.sources:
        world.sources[asked] = _find_source(world, *asked)
    return world.sources[asked]


def _find_source(
    world: World, returns: tuple[str, ...], day: date, months: int
) -> tuple[str, date] | None:
    for name in returns:
        if name in ("cin", "ssda903"):
            year = day.year + (day.month > 3)
            if year in world.financial_years:
                return name, date(year, 3, 31)
        elif name == "sen2":
            if day.year in world.calendar_years:
                return name, date(day.year, 12, 31)
        else:
            held = [e for e in world.extracts if add_months(e, -months) < day <= e]
            if held:
                return name, max(held)
    return None


def is_known(
    held: tuple[str, date] | None, recorded: date, told: date = date.min
) -> bool:
    """Say whether what counts for a day holds a thing typed in on another.

    The returns of a closed year were written when all was typed in.
    """
    if held is None or told > held[1]:
        return False
    return held[0] != "annex-a" or recorded <= held[1]
