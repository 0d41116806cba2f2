"""What stands at the edges of the returns: rare in real ones, and easily counted wrong.

Short nights in care, moves with the same carer, agreed short breaks, children who seek
asylum alone, people past 18 whose care nobody ended in the system, facts that have one
date in a census and another in an extract, reviews held late, retired factors, early help
that took long, and contacts that led nowhere. Lives are made first and altered here, with a
chance of their own, so that all else in a borough stays as it was.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from openscrutiny.demo.care import CareSpell, Stay
from openscrutiny.demo.careers import Assessment, Case, Contact, EarlyHelp, Services
from openscrutiny.demo.days import DAY, WorkingDays
from openscrutiny.demo.edges_of_care import alter_care
from openscrutiny.demo.people import People, Person, eighteenth_birthday

_FEWEST: Final = 3  # of each, so that a small borough has it too
# A year and a child of the borough.
_SHORT_SPELLS: Final = 0.0005
_ARRIVALS: Final = 0.0004
_AGREEMENTS: Final = 0.0004  # a child of the borough
_LEFT_OPEN: Final = 0.12  # of those who left at 18
# Days from visit to visit; of some nobody types them in.
_VISITS: Final = (0, 9, 9, 12, 14, 14, 18, 24, 33)
_SEEN: Final = (0, 20, 25, 28, 28, 40, 45, 60)
_LONG_EARLY_HELP: Final = 0.2
_CONTACTS: Final = 0.1  # a year and a child, besides those of referrals
_CONTACT_SOURCES: Final = ("1A", "2A", "2A", "3A", "3E", "6", "6", "6", "8", "9")
_LATE_REVIEWS: Final = 0.15  # of plans with a review
_RETIRED: Final = {"18B": "18A", "19B": "19A"}
_STILL_RETIRED: Final = 0.2  # of assessments that found one of these
_TWO_DATES: Final = 0.04
_TWO_DATES_IN_MARCH: Final = 0.4  # in its last week


@dataclass(frozen=True)
class _Maker:
    chance: random.Random
    people: People
    working: WorkingDays
    children: int
    first: date
    last: date

    @property
    def years(self) -> float:
        return (self.last - self.first).days / 365.25

    @property
    def last_closed(self) -> date:
        """Give the last day that a return of a whole year shows."""
        return date(self.last.year - (self.last.month < 4), 3, 31)

    def wanted(self, a_year: float) -> int:
        return max(_FEWEST, round(a_year * self.children * self.years))


def add_edges(
    chance: random.Random,
    people: People,
    services: Services,
    children: int,
    first: date,
    last: date,
    working: WorkingDays,
) -> Services:
    """Alter some of what services did from `first` to `last`, and add a little.

    Cases are altered in place.
    """
    maker = _Maker(chance, people, working, children, first, last)
    _alter_care(maker, services.cases)
    _add_short_spells(maker, services.cases)
    _date_care_twice(maker, services.cases)
    free = _free_people(maker, services)
    arrived = [case for case in _arrivals(maker, free) if case is not None]
    cases = sorted([*services.cases, *arrived], key=lambda case: case.referred)
    agreed = tuple(_agreements(maker, free))
    _leave_open(maker, cases)
    _date_twice(maker, cases)
    _review_late(maker, cases)
    _keep_retired_factors(maker, cases)
    _repeat_categories(cases)
    _see_children(maker, cases)
    early = tuple(_take_long(maker, services.early_help))
    contacts = tuple(_contacts(maker))
    return Services(tuple(cases), early, (*services.respite, *agreed), contacts)


def _alter_care(maker: _Maker, cases: Iterable[Case]) -> None:
    cared = [(case, case.care) for case in cases if case.care is not None]
    spells = [spell for _, spell in cared]
    altered = alter_care(maker.chance, spells, maker.first, maker.last_closed)
    for position, spell in altered.items():
        cared[position][0].care = spell


def _add_short_spells(maker: _Maker, cases: Iterable[Case]) -> None:
    """Take some children in for a night or two, one of them over a 31 March."""
    chance = maker.chance
    able = [
        case
        for case in cases
        if case.care is None
        and not case.nfa
        and not case.plans
        and maker.first < case.referred < maker.last_closed - DAY * 8
        and (case.closed is None or (case.closed - case.referred).days > 12)
        and case.person.born <= case.referred
        and (eighteenth_birthday(case.person.born) - case.referred).days > 20
    ]
    in_march = [
        case for case in able if case.referred.month == 3 and case.referred.day >= 21
    ]
    chosen = chance.sample(able, min(len(able), maker.wanted(_SHORT_SPELLS)))
    for number, case in enumerate(chosen):
        start = case.referred + DAY * chance.randrange(1, 9)
        if number == 0 and in_march:
            case = chance.choice(in_march)
            start = case.referred.replace(day=31)
        nights = 1 + number % 2
        case.care = _short_spell(case, start, nights, "V2" if number % 3 else "L1")


def _date_care_twice(maker: _Maker, cases: Iterable[Case]) -> None:
    """Let the returns of two years date some care about 31 March differently.

    The first has in care whom the next has start in April, or ends in March what the next
    ends in April.
    """
    chance = random.Random(maker.children)  # of its own: all else stays as it was
    able = [
        case
        for case in cases
        if case.care is None
        and not case.nfa
        and not case.plans
        and case.referred.month in (1, 2, 3)
        and maker.first < case.referred
        and date(case.referred.year, 4, 1) < maker.last_closed
        and (case.closed is None or case.closed > date(case.referred.year, 3, 31))
        and case.person.born <= case.referred
        and (eighteenth_birthday(case.person.born) - case.referred).days > 250
    ]
    chosen = chance.sample(able, min(len(able), 2 * _FEWEST))
    for number, case in enumerate(chosen):
        turn = date(case.referred.year, 3, 31)
        start = max(case.referred, turn - DAY * chance.randrange(4, 40))
        if number % 2:
            end = max(start + DAY, turn - DAY * chance.randrange(3))
            later = turn + DAY * chance.randrange(1, 25)
            spell = _short_spell(case, start, (end - start).days, "C2")
            case.care = replace(spell, end_again=later)
        else:
            end = turn + DAY * chance.randrange(20, 90)
            later = turn + DAY * chance.randrange(1, 8)
            spell = _short_spell(case, start, (end - start).days, "C2")
            case.care = replace(spell, start_again=later)


def _short_spell(case: Case, start: date, nights: int, legal: str) -> CareSpell:
    end = start + DAY * nights
    stay = Stay(start, end, "U6", "PR1", "1900003")
    return CareSpell(
        case.person, start, end, "E4A", f"Care {1 + case.person.number % 3}", "N5",
        (stay,), ((start, legal),), recorded=case.recorded,
    )  # fmt: skip


def _free_people(maker: _Maker, services: Services) -> Iterator[Person]:
    """Give people whom services never knew, from a shuffled list, each once."""
    known = {case.person.number for case in services.cases}
    known |= {spell.person.number for spell in services.respite}
    known |= {one.person.number for one in services.early_help}
    free = [one for one in maker.people.everybody if one.number not in known]
    maker.chance.shuffle(free)
    return iter(free)


def _next_aged(
    free: Iterator[Person], day: date, youngest: float, oldest: float
) -> Person | None:
    """Take the next person of an age in years; the others are passed over."""
    return next(
        (p for p in free if youngest <= (day - p.born).days / 365.25 <= oldest), None
    )


def _arrivals(maker: _Maker, free: Iterator[Person]) -> Iterator[Case | None]:
    """Refer and take in children who came to seek asylum without parents."""
    chance = maker.chance
    begin = maker.first - DAY * 365
    wanted = maker.wanted(_ARRIVALS)
    # One after another, so that a small borough has them in most years.
    apart = ((maker.last - begin).days - 40) // wanted
    for number in range(wanted):
        day = begin + DAY * (number * apart + chance.randrange(apart))
        person = _next_aged(free, day, 15.2, 16.9)
        yield None if person is None else _arrival(maker, person, day, number)


def _arrival(maker: _Maker, person: Person, day: date, number: int) -> Case:
    chance, grown = maker.chance, eighteenth_birthday(person.born)
    # One in three is given leave to stay, or is found to be nobody's unaccompanied child.
    leave = day + DAY * 150
    asylum_until = leave if number % 3 == 0 and leave < grown else grown
    moved = day + DAY * chance.randrange(20, 60)
    stays = (
        Stay(day, moved, "K2", "PR4", "1900004"),
        Stay(moved, grown, "U6", "PR1", "1900005"),
    )
    spell = CareSpell(
        person, day, grown, "E5", f"Care {1 + person.number % 3}", "N8", stays,
        ((day, "V2"),), asylum_until=asylum_until, recorded=day,
    )  # fmt: skip
    authorised = maker.working.after(day, chance.randrange(10, 44))
    done = authorised if authorised <= maker.last else None
    left = grown <= maker.last
    return Case(
        person, day, "6", "N8", False, grown if left else None, "RC7" if left else None,
        person.team, [Assessment(day, done, ("20",))], care=spell.until(maker.last),
        recorded=day,
    )  # fmt: skip


def _agreements(maker: _Maker, free: Iterator[Person]) -> Iterator[CareSpell]:
    """Agree series of short breaks, each series recorded as one (V4)."""
    for number in range(max(_FEWEST, round(_AGREEMENTS * maker.children))):
        start = maker.first + DAY * maker.chance.randrange(
            (maker.last - maker.first).days
        )
        person = _next_aged(free, start, 6, 14)
        if person is not None:
            # Every other one goes on to this day.
            end = None if number % 2 else start + DAY * 300
            stay = Stay(start, end, "U6", "PR1", "")
            spell = CareSpell(
                person, start, end, "E8" if end else None, "Short breaks", "N2",
                (stay,), ((start, "V4"),),
            )  # fmt: skip
            known = spell.until(maker.last)
            assert known is not None
            yield known


def _leave_open(maker: _Maker, cases: Iterable[Case]) -> None:
    """Let nobody type in that some ceased to be looked after at 18, for long or ever."""
    grown = [
        case
        for case in cases
        if case.care is not None
        and case.care.end_reason == "E5"
        and case.care.end is not None
        and case.care.end > maker.first
    ]
    wanted = max(_FEWEST, round(_LEFT_OPEN * len(grown)))
    chosen = maker.chance.sample(grown, min(len(grown), wanted))
    for number, case in enumerate(sorted(chosen, key=_when_left)):
        late = _when_left(case) + DAY * maker.chance.randrange(200, 500)
        assert case.care is not None
        typed = date.max if number % 3 == 0 else late
        case.care = replace(case.care, end_typed=typed)


def _when_left(case: Case) -> date:
    assert case.care is not None and case.care.end is not None
    return case.care.end


def _date_twice(maker: _Maker, cases: Iterable[Case]) -> None:
    """Give some referrals and assessments the day after in the extracts' lists.

    The lists of extracts have the day on which somebody typed it in; many of the last
    days of March, so that the two lie in different years.
    """
    chance = maker.chance
    for case in cases:
        later = _typed_in_on(chance, case.referred)
        # While the case is open, so that it cannot be taken for the next one.
        if not case.nfa and later and (case.closed is None or case.closed > later):
            case.listed = later
            case.recorded = max(case.recorded, later)
            if case.care is not None:
                case.care = replace(case.care, recorded=case.recorded)
        for one in case.assessments:
            if one.authorised is not None:
                one.listed = _typed_in_on(chance, one.authorised)


def _typed_in_on(chance: random.Random, day: date) -> date | None:
    in_march = day.month == 3 and day.day > 24
    after = day + DAY * chance.randrange(1, 5)
    if chance.random() >= (_TWO_DATES_IN_MARCH if in_march else _TWO_DATES):
        return None
    return max(after, date(day.year, 4, 1)) if in_march else after


def _review_late(maker: _Maker, cases: Iterable[Case]) -> None:
    """Hold some reviews of protection plans weeks after the day on which they were due."""
    chance = maker.chance
    for case in cases:
        for plan in case.plans:
            if not plan.reviews or chance.random() >= _LATE_REVIEWS:
                continue
            reviews = list(plan.reviews)
            late = chance.randrange(len(reviews))
            following = [*reviews[late + 1 :], plan.end or maker.last]
            reviews[late] = min(
                reviews[late] + DAY * chance.randrange(10, 60), following[0] - DAY
            )
            plan.reviews = tuple(reviews)


def _keep_retired_factors(maker: _Maker, cases: Iterable[Case]) -> None:
    """Let some assessments name abuse by the codes that were retired in 2021."""
    chance = maker.chance
    for case in cases:
        for one in case.assessments:
            if _RETIRED.keys() & set(one.factors) and chance.random() < _STILL_RETIRED:
                one.factors = tuple(_RETIRED.get(f, f) for f in one.factors)


def _repeat_categories(cases: Iterable[Case]) -> None:
    """Let every other plan that follows an earlier one of the child be for its category."""
    before: dict[int, str] = {}
    number = 0
    for case in cases:
        for plan in case.plans:
            earlier = before.get(case.person.number)
            if earlier is not None:
                plan.category = plan.category if number % 2 else earlier
                number += 1
            before[case.person.number] = plan.category


def _take_long(maker: _Maker, early: Iterable[EarlyHelp]) -> Iterator[EarlyHelp]:
    """Let some early help assessments take months."""
    for one in early:
        if maker.chance.random() < _LONG_EARLY_HELP:
            one = replace(one, end=one.end + DAY * maker.chance.randrange(30, 90))
        yield one


def _contacts(maker: _Maker) -> Iterator[Contact]:
    """Let people tell of children, now and then of one who is referred anyway."""
    chance = maker.chance
    days = (maker.last - maker.first).days + 1
    for _ in range(round(_CONTACTS * maker.children * maker.years)):
        day = maker.first + DAY * chance.randrange(days)
        aged = maker.people.aged(day, 0.1, 17.5)
        person = maker.people.everybody[chance.choice(aged)]
        yield Contact(person, day, chance.choice(_CONTACT_SOURCES))


def _see_children(maker: _Maker, cases: Iterable[Case]) -> None:
    """Say how often children are seen, and those on a protection plan visited."""
    for case in cases:
        case.seen_every = maker.chance.choice(_SEEN)
        for plan in case.plans:
            plan.visited_every = maker.chance.choice(_VISITS)
