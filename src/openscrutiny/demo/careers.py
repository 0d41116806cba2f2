"""Careers in social care: a referral leads to an assessment, a plan, care, and out.

Each is made day by day in the order of referrals, so that a child with an open case is
not referred again, and a child who left lately may come back.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from openscrutiny.demo.care import CareSpell, make_care
from openscrutiny.demo.days import DAY, WorkingDays, add_months
from openscrutiny.demo.people import TEAMS, People, Person, month_ends

_SOURCES: Final = (
    ("1A", 5), ("1B", 4), ("1C", 2), ("1D", 2), ("2A", 20), ("2B", 3), ("3A", 4),
    ("3B", 3), ("3C", 1), ("3D", 3), ("3E", 6), ("3F", 3), ("4", 2), ("5A", 3),
    ("5B", 4), ("5C", 2), ("5D", 5), ("6", 28), ("7", 3), ("8", 4), ("9", 2), ("10", 1),
)  # fmt: skip
_NEEDS: Final = (("N1", 58), ("N2", 8), ("N3", 4), ("N4", 10), ("N5", 13), ("N6", 3),
                 ("N8", 2), ("N0", 2))  # fmt: skip
_FACTORS: Final = ("2B", "3A", "3B", "4A", "4B", "5A", "8B", "9A", "10A", "15A", "17A",
                   "18B", "19B", "20", "21")  # fmt: skip
_ORGANISATIONS: Final = ("Family hub North", "Family hub South", "A primary school",
                         "A secondary school", "Health visiting")  # fmt: skip
# Fewer referrals in August and at Christmas, more in the terms' middle.
_SEASON: Final = (
    1.02,
    1.05,
    1.12,
    0.94,
    1.08,
    1.10,
    1.06,
    0.74,
    1.02,
    1.08,
    1.09,
    0.80,
)


def _last_of(first: date, every: int, last: date | None, day: date) -> date | None:
    """Give the last of what happens so many days apart, up to a day and no later."""
    until = day if last is None else min(day, last)
    times = (until - first).days // every if every else 0
    return first + DAY * (times * every) if times > 0 else None


@dataclass(slots=True)
class Assessment:
    """One assessment; authorised is None while it is open.

    `listed` is the day on which extracts have it authorised, where that is another.
    """

    start: date
    authorised: date | None
    factors: tuple[str, ...]
    listed: date | None = None

    @property
    def listed_on(self) -> date | None:
        return self.listed or self.authorised


@dataclass(slots=True)
class Enquiry:
    """One section 47 enquiry, and the conference that followed."""

    start: date
    conference: date | None


@dataclass(slots=True)
class Plan:
    """One child protection plan; `earlier` is None where it is not recorded."""

    start: date
    end: date | None
    category: str
    earlier: int | None
    reviews: tuple[date, ...]
    visited_every: int = 0  # days; 0 where nobody types visits in

    def last_visit(self, day: date) -> date | None:
        """Give the last visit up to a day, None before the first."""
        return _last_of(self.start, self.visited_every, self.end, day)

    def last_review(self, day: date) -> date | None:
        return max((held for held in self.reviews if held <= day), default=None)


@dataclass(slots=True)
class Case:
    """One referral and the episode of need that it began.

    `listed` is its day in the lists of extracts, where that is another.
    """

    person: Person
    referred: date
    source: str
    need: str
    nfa: bool
    closed: date | None
    closure: str | None
    team: str
    assessments: list[Assessment] = field(default_factory=list)
    need_plan: tuple[date, date | None] | None = None
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    other_conference: date | None = None
    care: CareSpell | None = None
    recorded: date = date.min  # typed in
    listed: date | None = None
    seen_every: int = 0  # days; 0 where nobody types it in

    @property
    def listed_on(self) -> date:
        return self.listed or self.referred

    def last_seen(self, day: date) -> date | None:
        """Give the last day up to a day on which the child was seen."""
        return _last_of(self.referred, self.seen_every, self.closed, day)

    def has_need_plan(self, day: date) -> bool:
        if self.need_plan is None:
            return False
        start, end = self.need_plan
        return start <= day and (end is None or end > day)

    def is_open_between(self, first: date, last: date) -> bool:
        return self.referred <= last and (self.closed is None or self.closed >= first)


@dataclass(frozen=True, slots=True)
class EarlyHelp:
    """One early help assessment."""

    person: Person
    start: date
    end: date
    organisation: str
    recorded: date = date.min  # typed in


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that led to no referral; each referral has a contact of its day."""

    person: Person
    on: date
    source: str


@dataclass(frozen=True)
class Services:
    """All that social care and early help did, in the order of its beginning."""

    cases: tuple[Case, ...]
    early_help: tuple[EarlyHelp, ...]
    respite: tuple[CareSpell, ...]
    contacts: tuple[Contact, ...] = ()

    @property
    def care(self) -> list[CareSpell]:
        spells = [case.care for case in self.cases if case.care is not None]
        return sorted(
            [*spells, *self.respite], key=lambda s: (s.start, s.person.number)
        )


def make_services(
    chance: random.Random,
    people: People,
    children: int,
    first: date,
    last: date,
    working: WorkingDays,
) -> Services:
    """Invent what services did from seven years before `first` to `last`."""
    maker = _Maker(chance, people, last, working)
    begin = first.replace(year=first.year - 7)
    cases: list[Case] = []
    early: list[EarlyHelp] = []
    for end in month_ends(begin, last):
        start = end.replace(day=1)
        years_on = (end - first).days / 365.25
        trend = 1 + 0.02 * years_on
        expected = children * 0.08 / 12 * _SEASON[end.month - 1] * trend
        back = min(0.30, 0.19 + 0.012 * max(0.0, years_on))
        for day in _days_of(chance, start, end, expected):
            case = maker.refer(day, back)
            if case is not None:
                cases.append(case)
        for day in _days_of(chance, start, end, children * 0.0135 / 12 * trend):
            early.append(maker.help_early(day))
    respite = maker.respite(children, begin)
    return Services(tuple(cases), tuple(early), tuple(respite))


def _days_of(
    chance: random.Random, start: date, end: date, expected: float
) -> list[date]:
    count = max(0, round(chance.gauss(expected, expected**0.5)))
    span = (end - start).days + 1
    return sorted(start + DAY * chance.randrange(span) for _ in range(count))


class _Maker:
    """Make cases one after another, remembering who is open and who has left."""

    def __init__(
        self, chance: random.Random, people: People, last: date, working: WorkingDays
    ) -> None:
        self.chance = chance
        self.people = people
        self.last = last
        self.working = working
        self.busy_until: dict[int, date] = {}
        self.plans_before: dict[int, int] = {}
        self.left: list[tuple[date, Person]] = []
        self._sources = [s for s, _ in _SOURCES]
        self._source_weights = [w for _, w in _SOURCES]
        self._needs = [n for n, _ in _NEEDS]
        self._need_weights = [w for _, w in _NEEDS]

    def refer(self, day: date, back: float) -> Case | None:
        """Refer a child without an open case; back again with the given chance."""
        person = self._someone_back(day) if self.chance.random() < back else None
        if person is None:
            person = self._someone_new(day)
        if person is None:
            return None
        case = Case(
            person,
            day,
            self.chance.choices(self._sources, self._source_weights)[0],
            self.chance.choices(self._needs, self._need_weights)[0],
            False,
            None,
            None,
            person.team if person.team != TEAMS[4] else TEAMS[4],
        )
        if self.chance.random() < 0.075:
            case.nfa, case.closed, case.closure = True, day, "RC8"
        else:
            self._work(case)
        self._remember(case)
        self._cut(case)
        return case

    def _someone_new(self, day: date) -> Person | None:
        unborn = self.chance.random() < 0.015
        span = (
            self.people.aged(day, -0.4, -0.02)
            if unborn
            else self.people.aged(day, 0, 17.9)
        )
        for _ in range(20):
            if not len(span):
                return None
            person = self.people.everybody[self.chance.choice(span)]
            if self._is_free(person, day):
                return person
        return None

    def _someone_back(self, day: date) -> Person | None:
        """Find somebody who left within the last year, newest leavers likelier."""
        for _ in range(12):
            if not self.left:
                return None
            position = (
                len(self.left)
                - 1
                - int(self.chance.random() ** 1.5 * min(len(self.left), 4000))
            )
            closed, person = self.left[max(0, position)]
            recent = day - closed < timedelta(days=340) and closed < day
            young = (day - person.born).days < 17.9 * 365.25
            if recent and young and self._is_free(person, day):
                return person
        return None

    def _is_free(self, person: Person, day: date) -> bool:
        return self.busy_until.get(person.number, date.min) < day

    def _remember(self, case: Case) -> None:
        until = case.closed or date.max
        self.busy_until[case.person.number] = until
        if case.closed is not None:
            self.left.append((case.closed, case.person))

    def _work(self, case: Case) -> None:
        """Carry a case through assessment, perhaps a plan, perhaps care."""
        chance = self.chance
        start = case.referred + DAY * chance.randrange(0, 4)
        late = chance.random() < 0.17
        length = chance.randrange(46, 90) if late else chance.randrange(12, 46)
        authorised = self.working.after(case.referred, length)
        factors = tuple(sorted(chance.sample(_FACTORS[:-1], chance.randrange(1, 4))))
        if chance.random() < 0.12:
            factors = ("21",)
        case.assessments.append(Assessment(start, max(authorised, start), factors))
        ended = max(authorised, start)
        if chance.random() < 0.45:
            case.closed, case.closure = ended + DAY * chance.randrange(0, 6), "RC8"
            return
        ended = self._plan_for_need(case, ended)
        if chance.random() < 0.30:
            ended = max(ended, self._protect(case))
        elif chance.random() < 0.045:
            case.care = make_care(chance, case.person, case.referred + DAY * 5)
        if case.care is not None:
            care_end = case.care.end
            if care_end is None:
                return
            ended = max(ended, care_end)
        case.closed = ended + DAY * chance.randrange(0, 21)
        case.closure = "RC7"

    def _plan_for_need(self, case: Case, start: date) -> date:
        end = start + DAY * self.chance.randrange(40, 330)
        case.need_plan = (start, end)
        if self.chance.random() < 0.15:
            again = start + DAY * self.chance.randrange(60, 200)
            done = self.working.after(again, self.chance.randrange(15, 44))
            # A later assessment runs from the same referral and is late by its clock.
            case.assessments.append(Assessment(again, done, ("20",)))
            end = max(end, done)
        return end

    def _protect(self, case: Case) -> date:
        """Enquire, confer, and perhaps plan."""
        chance = self.chance
        start = case.referred + DAY * chance.randrange(1, 25)
        enquiry = Enquiry(start, None)
        case.enquiries.append(enquiry)
        if chance.random() > 0.56:
            return start + DAY * 12
        late = chance.random() < 0.22
        held = self.working.after(
            start, chance.randrange(16, 26) if late else chance.randrange(8, 16)
        )
        enquiry.conference = held
        if chance.random() < 0.02:
            case.other_conference = held + DAY * 3
        if chance.random() > 0.86:
            return held
        known = self.plans_before.get(case.person.number, 0) + (chance.random() < 0.15)
        self.plans_before[case.person.number] = known + 1
        length = int(chance.lognormvariate(5.75, 0.62))
        end = held + DAY * max(60, min(length, 1500))
        reviews = []
        review = held + DAY * 88
        while review < end:
            reviews.append(review)
            review += DAY * 180
        category = chance.choices(
            ("NEG", "EMO", "PHY", "SAB", "MUL"), (48, 36, 8, 4, 4)
        )[0]
        earlier = None if chance.random() < 0.02 else known
        case.plans.append(Plan(held, end, category, earlier, tuple(reviews)))
        if chance.random() < 0.26 and case.person.born <= held:
            entry = held + DAY * chance.randrange(0, 60)
            case.care = make_care(chance, case.person, entry)
            if case.care is not None:
                case.plans[-1].end = min(end, case.care.start + DAY * 20)
        return case.plans[-1].end or end

    def _cut(self, case: Case) -> None:
        """Forget what lies after the last day: it has not happened yet."""
        last = self.last
        if case.closed is not None and case.closed > last:
            case.closed = case.closure = None
        case.assessments = [a for a in case.assessments if a.start <= last]
        for assessment in case.assessments:
            if assessment.authorised is not None and assessment.authorised > last:
                assessment.authorised = None
        case.enquiries = [e for e in case.enquiries if e.start <= last]
        for enquiry in case.enquiries:
            if enquiry.conference is not None and enquiry.conference > last:
                enquiry.conference = None
        case.plans = [p for p in case.plans if p.start <= last]
        for plan in case.plans:
            plan.reviews = tuple(r for r in plan.reviews if r <= last)
            if plan.end is not None and plan.end > last:
                plan.end = None
        if case.other_conference is not None and case.other_conference > last:
            case.other_conference = None
        if case.need_plan is not None:
            start, end = case.need_plan
            kept = None if end is not None and end > last else end
            case.need_plan = (start, kept) if start <= last else None
        if case.care is not None:
            case.care = case.care.until(last)

    def help_early(self, day: date) -> EarlyHelp:
        """Assess a child for early help."""
        span = self.people.aged(day, 0.1, 17.5)
        person = self.people.everybody[self.chance.choice(span)]
        end = day + DAY * self.chance.randrange(10, 60)
        return EarlyHelp(person, day, end, self.chance.choice(_ORGANISATIONS))

    def respite(self, children: int, begin: date) -> list[CareSpell]:
        """Make short breaks under V3: cared for, and not counted as looked after."""
        spells: list[CareSpell] = []
        aged = self.people.aged(self.last, 6, 16)
        free = [
            n for n in aged if self.people.everybody[n].number not in self.busy_until
        ]
        wanted = min(len(free), max(3, round(children * 0.0004)))
        for number in self.chance.sample(free, wanted):
            spells += self._short_breaks(self.people.everybody[number], begin)
        return spells

    def _short_breaks(self, person: Person, begin: date) -> list[CareSpell]:
        """Make one child's breaks; each spring's lies over the last day of March."""
        spells = []
        day = max(begin, add_months(person.born, 60))
        while day < self.last:
            nights = self.chance.randrange(2, 6)
            if day.month == 3 or (day.month == 4 and day.day < 15):
                day, nights = date(day.year, 3, 29), 6
            kept = CareSpell.respite(person, day, nights).until(self.last)
            if kept is not None and day >= begin:
                spells.append(kept)
            day += DAY * self.chance.randrange(80, 130)
        return spells
