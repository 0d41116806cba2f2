"""The facts of care and of care leavers, as the generator counts them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from openscrutiny.demo.care import BY_PRESENT_CARERS, CareSpell
from openscrutiny.demo.people import age_on
from openscrutiny.demo.truth_world import Fact, World
from openscrutiny.demo.write_ssda903 import Leaver

__all__ = [
    "care_begun",
    "count_placements",
    "does_neither",
    "is_in_touch",
    "leavers",
    "lives_suitably",
    "looked_after",
    "three_placements",
    "works_or_learns",
]


def looked_after(world: World) -> Iterable[Fact]:
    return (
        Fact(s.person, s.start, until=s.end, team=s.team, recorded=s.recorded)
        for s in world.services.care
        if not s.is_respite
    )


def care_begun(world: World) -> Iterable[Fact]:
    return (
        Fact(s.person, s.start, team=s.team, recorded=s.recorded)
        for s in world.services.care
        if not s.is_respite
    )


def three_placements(world: World) -> Iterable[Fact]:
    spells: dict[int, list[CareSpell]] = defaultdict(list)
    for spell in world.services.care:
        if not spell.is_respite:
            spells[spell.person.number].append(spell)
    for year in world.financial_years:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        for own in spells.values():
            if any(spell.is_open_on(last) for spell in own):
                count = sum(count_placements(spell, first, last) for spell in own)
                yield Fact(own[0].person, last, hit=count >= 3)


def count_placements(spell: CareSpell, first: date, last: date) -> int:
    """Count the placements of a spell that took at least one night of the year."""
    return sum(
        start <= last and end > first and end > start
        for start, end in _placements(spell)
    )


def _placements(spell: CareSpell) -> list[tuple[date, date]]:
    """List the first day of each placement, and the day on which it ended.

    "All placements of 24 hours or more" count (LACStable_2016on), a new one with the
    same carer too. One alone is none: a child "placed for adoption with their existing
    foster carers" is where it was.
    """
    found: list[tuple[date, date]] = []
    for stay in spell.stays:
        start = stay.start
        if found and stay.place in BY_PRESENT_CARERS:
            start = found.pop()[0]
        found.append((start, stay.end or date.max))
    return found


def leavers(
    judge: Callable[[Leaver], bool | None], ages: tuple[int, int] = (19, 21)
) -> Callable[[World], Iterable[Fact]]:
    """List care leavers who turned one of the ages in the year, less those who left."""

    def facts(world: World) -> Iterable[Fact]:
        for leaver in world.leavers:
            last = date(leaver.year, 3, 31)
            if leaver.in_touch in ("DIED", "RHOM"):
                continue
            if ages[0] <= age_on(leaver.person.born, last) <= ages[1]:
                yield Fact(leaver.person, last, hit=judge(leaver))

    return facts


def works_or_learns(leaver: Leaver) -> bool:
    return leaver.activity[0] in ("F", "P")


def does_neither(leaver: Leaver) -> bool:
    return leaver.activity[0] == "G"


def is_in_touch(leaver: Leaver) -> bool:
    return leaver.in_touch == "YES"


def lives_suitably(leaver: Leaver) -> bool:
    return leaver.accommodation.endswith("1")
