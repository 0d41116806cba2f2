"""The facts of care and of care leavers, as the generator counts them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from openscrutiny.demo.added_columns import adds_columns, seen_alone
from openscrutiny.demo.care import BY_PRESENT_CARERS, CareSpell
from openscrutiny.demo.care_years import (
    Health,
    absences_in,
    health_in,
    last_review,
    last_visit,
    pathway_review,
    reviews_in,
    way_to_adoption,
)
from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.people import Person, age_on, eighteenth_birthday
from openscrutiny.demo.truth_world import Fact, World
from openscrutiny.demo.write_ssda903 import Leaver

# As DfE groups placements.
_HOMES = {
    "U1 U2 U3 U4 U5 U6": "Foster care",
    "A3 A4 A5 A6": "Placed for adoption",
    "P1": "With parents",
    "K1 K2": "Children’s homes and secure homes",
    "K3 H5 P2": "Supported accommodation",
    "R1 R2 R3 R5 S1": "Other residential settings",
    "P3 T0 T1 T2 T3 T4 Z1": "Other placements",
}


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


def care_ended(*reasons: str) -> Callable[[World], Iterable[Fact]]:
    """List ends of care; in the numerator those for one of the reasons.

    What the return of its year left open, the one of a later year ends.
    """

    def facts(world: World) -> Iterable[Fact]:
        closed = date(max(world.financial_years, default=1), 3, 31)
        for s in world.services.care:
            if s.end is not None and not s.is_respite:
                is_told_later = s.end <= closed and s.end_typed <= closed
                yield Fact(
                    s.person,
                    s.end,
                    hit=s.end_reason in reasons,
                    team=s.team,
                    recorded=max(s.recorded, s.end_typed),
                    told=date.min if is_told_later else s.end_typed,
                )

    return facts


def came_alone(world: World) -> Iterable[Fact]:
    for s in world.services.care:
        if s.asylum_until is not None and not s.is_respite:
            until = min(s.end or date.max, s.asylum_until)
            yield Fact(s.person, s.start, until=until)


def name_of_home(code: str) -> str:
    """Name a placement as DfE groups them."""
    return next(name for codes, name in _HOMES.items() if code in codes.split())


def placed(world: World) -> Iterable[Fact]:
    """List where children lived, from one move to the next."""
    for s in world.services.care:
        if s.is_respite:
            continue
        for one in s.episodes():
            name = name_of_home(one.place)
            yield Fact(
                s.person,
                one.start,
                until=one.end,
                hit=one.place.startswith("U"),
                kinds={"placement": name},
            )


def _in_years(world: World) -> Iterable[tuple[int, CareSpell]]:
    """Give each spell as the return of each year knows it."""
    for year in world.financial_years:
        for spell in world.services.care:
            known = spell.told_in(year).until(date(year, 3, 31))
            first = date(year - 1, 4, 1)
            if known is not None and (known.end is None or known.end >= first):
                yield year, known


def heard(world: World) -> Iterable[Fact]:
    """List reviews of children of 4 to 17, and whether the child took part."""
    for year, spell in _in_years(world):
        for on, code in reviews_in(spell, year):
            if code != "PN0" and age_on(spell.person.born, on) < 18:
                yield Fact(spell.person, on, hit=code != "PN7")


def health(
    judge: Callable[[Health], bool | None], ages: tuple[int, int] = (0, 17)
) -> Callable[[World], Iterable[Fact]]:
    """List who was looked after for a year, and what OC2 tells of them."""

    def facts(world: World) -> Iterable[Fact]:
        for last, spell, told in _with_health(world, ages):
            yield Fact(spell.person, last, until=last + DAY, hit=judge(told))

    return facts


def feelings(world: World) -> Iterable[Fact]:
    for last, spell, told in _with_health(world, (5, 16)):
        amount = None if told.score is None else float(told.score)
        yield Fact(spell.person, last, until=last + DAY, amount=amount)


def _with_health(
    world: World, ages: tuple[int, int]
) -> Iterable[tuple[date, CareSpell, Health]]:
    for year, spell in _in_years(world):
        last = date(year, 3, 31)
        told = health_in(spell, year)
        if told is not None and ages[0] <= age_on(spell.person.born, last) <= ages[1]:
            yield last, spell, told


def absent(kind: str) -> Callable[[World], Iterable[Fact]]:
    """List who was in care for a night of a year, and whether absent in it."""

    def facts(world: World) -> Iterable[Fact]:
        for year in world.financial_years:
            cared, away = _year_of_care(world, year, kind)
            last = date(year, 3, 31)
            for number, person in cared.items():
                yield Fact(person, last, until=last + DAY, hit=number in away)

    return facts


def _year_of_care(
    world: World, year: int, kind: str
) -> tuple[dict[int, Person], set[int]]:
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    cared: dict[int, Person] = {}
    away: set[int] = set()
    for known_in, spell in _in_years(world):
        if known_in != year or spell.is_respite:
            continue
        # Nobody is looked after past 18, whatever nobody has typed in.
        until = min(spell.end or date.max, eighteenth_birthday(spell.person.born))
        if spell.start <= last and until > first:
            cared[spell.person.number] = spell.person
        if any(one.kind == kind for one in absences_in(spell, year)):
            away.add(spell.person.number)
    return cared, away


def adopted(world: World) -> Iterable[Fact]:
    """List adoptions, with the days from the decision to the match."""
    for s in world.services.care:
        if s.end is not None and s.end_reason == "E11":
            decided, matched = way_to_adoption(s)
            days = None if decided is None else float((matched - decided).days)
            recorded = max(s.recorded, s.end_typed)
            yield Fact(
                s.person, s.end, amount=days, recorded=recorded, told=s.end_typed
            )


def settled(world: World) -> Iterable[Fact]:
    """List children under 16 in care for 2.5 years, and whose carers cared for two."""
    for year in world.financial_years:
        last = date(year, 3, 31)
        for spell in world.services.care:
            if spell.is_respite or not spell.is_open_on(last):
                continue
            if age_on(spell.person.born, last) >= 16:
                continue
            if spell.start > add_months(last, -30):
                continue
            two_years_ago = add_months(last, -24)
            moved = any(
                two_years_ago < stay.start <= last and not stay.same_carer
                for stay in spell.stays[1:]
            )
            yield Fact(spell.person, last, until=last + DAY, hit=not moved)


def _in_care(world: World) -> Iterable[tuple[date, CareSpell]]:
    """Give who is in care on the day of each extract, as it knows them."""
    for as_at in world.extracts:
        for known in _listed(world, as_at):
            if not known.is_respite and age_on(known.person.born, as_at) < 18:
                yield as_at, known


def _listed(world: World, as_at: date) -> Iterable[CareSpell]:
    """Give what an extract lists as open on its day."""
    for spell in world.services.care:
        known = spell.until(as_at) if spell.recorded <= as_at else None
        if known is not None and known.end is None:
            yield known


def visited(world: World) -> Iterable[Fact]:
    for as_at, spell in _in_care(world):
        if (as_at - spell.start).days >= 42:
            visit = last_visit(spell, as_at)
            hit = None if visit is None else (as_at - visit).days <= 42
            yield Fact(spell.person, as_at, until=as_at + DAY, hit=hit, team=spell.team)


def heard_alone(world: World) -> Iterable[Fact]:
    """Say of each child due a visit whether the last was in time, and with it alone."""
    for as_at, spell in _in_care(world):
        if (as_at - spell.start).days >= 42:
            visit = last_visit(spell, as_at)
            hit = None
            if visit is not None:
                is_late = (as_at - visit).days > 42
                hit = False if is_late else seen_alone(spell, as_at)
            yield Fact(spell.person, as_at, until=as_at + DAY, hit=hit, team=spell.team)


def adds_who_was_there(world: World, days: Sequence[date]) -> bool:
    """Say whether the extract of each day was made with the column, and has a word in it."""
    return all(
        adds_columns(day, world.extracts)
        and any(seen_alone(one, day) is not None for one in _listed(world, day))
        for day in days
    )


def reviewed(world: World) -> Iterable[Fact]:
    """Say of each child whether the next review, three or six months on, is overdue."""
    for as_at, spell in _in_care(world):
        if world.working.between(spell.start, as_at) <= 20:
            continue
        last = last_review(spell, as_at)
        hit = None
        if last is not None:
            is_first = world.working.between(spell.start, last) <= 20
            hit = add_months(last, 3 if is_first else 6) >= as_at
        yield Fact(spell.person, as_at, until=as_at + DAY, hit=hit, team=spell.team)


def planned_for(world: World) -> Iterable[Fact]:
    """List care leavers owed a pathway plan, and whether it was reviewed in 6 months."""
    for as_at in world.extracts:
        for spell in world.services.care:
            known = spell.until(as_at) if spell.recorded <= as_at else None
            if known is None or known.end is None or known.end_reason != "E5":
                continue
            number = known.person.number
            if age_on(known.person.born, as_at) > 21 or number % 10 == 0:
                continue
            last = pathway_review(known, as_at)
            hit = None if last is None else last >= add_months(as_at, -6)
            yield Fact(
                known.person, as_at, until=as_at + DAY, hit=hit, team="Leaving care"
            )


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
