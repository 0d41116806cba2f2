"""The facts of how far from home children live, and of who stays with foster carers.

Apart from the product's code, as all of the count is.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from openscrutiny.demo.days import DAY
from openscrutiny.demo.people import Person, age_on, eighteenth_birthday
from openscrutiny.demo.truth_care import name_of_home
from openscrutiny.demo.truth_world import Fact, World
from openscrutiny.demo.whereabouts import Whereabouts, tells_distances, whereabouts_of

_AREAS = {True: "Outside it", False: "In the council’s area", None: "Not known"}


def knows_distances(world: World, days: Sequence[date]) -> bool:
    """Say whether the return of each day was exported with distances."""
    years = {day.year + (day.month > 3) for day in days}
    return all(tells_distances(year, world.financial_years) for year in years)


def is_far(where: Whereabouts) -> bool | None:
    return None if where.miles is None else where.miles > 20


def is_far_and_outside(where: Whereabouts) -> bool | None:
    """Say so of somebody far away; of nobody else does it matter where."""
    return where.is_outside if is_far(where) else is_far(where)


def placed_away(
    judge: Callable[[Whereabouts], bool | None],
) -> Callable[[World], Iterable[Fact]]:
    """List where children lived, from one move to the next, and whether far away."""

    def facts(world: World) -> Iterable[Fact]:
        for spell in world.services.care:
            if spell.is_respite:
                continue
            for one in spell.episodes():
                where = whereabouts_of(spell, one)
                kinds = {
                    "placement": name_of_home(one.place),
                    "location": _AREAS[where.is_outside],
                }
                yield Fact(
                    spell.person,
                    one.start,
                    until=one.end,
                    hit=judge(where),
                    kinds=kinds,
                )

    return facts


def stays_put(*ages: int) -> Callable[[World], Iterable[Fact]]:
    """List care leavers who were fostered until they grew up, and who lives there still."""

    def facts(world: World) -> Iterable[Fact]:
        fostered = _fostered_until_grown_up(world)
        for leaver in world.leavers:
            last = date(leaver.year, 3, 31)
            if leaver.in_touch in ("DIED", "RHOM"):
                continue
            if age_on(leaver.person.born, last) not in ages:
                continue
            if leaver.person.number in fostered:
                home = leaver.accommodation
                known = home not in ("", "0") and not home.startswith("R")
                hit = home.startswith("Z") if known else None
                yield Fact(leaver.person, last, hit=hit)

    return facts


def _fostered_until_grown_up(world: World) -> set[int]:
    """Number those whose last home in care was a foster family, up to the birthday."""
    found = set()
    for spell in world.services.care:
        person: Person = spell.person
        grown = eighteenth_birthday(person.born)
        if spell.is_respite or spell.end != grown:
            continue
        home = spell.stays[-1]
        if home.place.startswith("U") and not home.is_away_on(grown - DAY):
            found.add(person.number)
    return found
