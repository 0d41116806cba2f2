"""Education, health and care plans: requests, assessments, plans, reviews, ceasing."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.people import People, Person, month_ends

# Where those go who are at no school or college with a number, by the end of theirs.
_ELSEWHERE = {
    3: "EHE",
    5: "OLA",
    7: "NEET",
    9: "NIEO",
    11: "OPA",
    13: "EYP",
    15: "OTH",
    16: "NIEC",
}

_NEEDS = ("ASD", "SEMH", "SLCN", "MLD", "SPLD", "SLD", "PD", "HI", "VI", "OTH")


@dataclass(frozen=True, slots=True)
class Review:
    """One review meeting, and the authority's letter after it, where it was written.

    Where the meeting's date was lost, the letter alone tells of it.
    """

    meeting: date
    letter: date | None
    is_lost: bool
    decided: str = "M"  # to maintain the plan, or A to amend it

    def is_told_by(self, day: date) -> bool:
        return (self.letter or self.meeting if self.is_lost else self.meeting) <= day


@dataclass(slots=True)
class PlanCareer:
    """One request and what came of it; `issued` is None where no plan was issued.

    `refused` is the decision against: "request" (not to assess) or "assessment" (not to
    issue); with a plan all the same, a tribunal overturned it. A plan that another
    authority issued `came` later. `versions` are the days of amended plans.
    """

    person: Person
    received: date
    decided: date
    assessed: bool
    issued: date | None
    exception: bool
    transfer_from: str | None
    ceased: date | None
    cease_reason: str
    need: str
    reviews: tuple[Review, ...]
    came: date | None = None
    refused: str = ""
    withdrawn: bool = False
    versions: tuple[date, ...] = ()

    @property
    def start(self) -> date | None:
        """Give the day from which the authority maintains the plan."""
        return self.came or self.issued

    @property
    def setting(self) -> str:
        """Give the setting where no school's number is given; "" at a school."""
        return _ELSEWHERE.get(self.person.number % 41, "")

    @property
    def is_placement_lost(self) -> bool:
        """Say whether the return says nothing of where the child is."""
        return self.person.number % 41 == 20

    @property
    def told_no(self) -> date:
        """Give the day on which a refusal was told."""
        return self.decided + DAY * (60 if self.refused == "assessment" else 0)

    def in_force_on(self, day: date) -> bool:
        return (
            self.start is not None
            and self.start <= day
            and (self.ceased is None or self.ceased > day)
        )

    def touches(self, first: date, last: date) -> bool:
        """Say whether a return of these days holds the career."""
        ended = self.ceased
        if self.issued is None and (self.withdrawn or self.refused):
            ended = self.told_no
        begun = self.came or self.received
        return begun <= last and (ended is None or ended >= first)

    def current_version(self, day: date) -> date:
        """Give the date that the plan has on a day: of its latest version."""
        assert self.start is not None
        return max([self.start, *(v for v in self.versions if v <= day)])

    def last_review(self, day: date) -> Review | None:
        """Give the last review of which the authority knows on a day."""
        held = [review for review in self.reviews if review.is_told_by(day)]
        return held[-1] if held else None


def make_plan_careers(
    chance: random.Random, people: People, children: int, first: date, last: date
) -> list[PlanCareer]:
    """Invent the plans in force at `first`, and requests from then to `last`."""
    careers: list[PlanCareer] = []
    taken: set[int] = set()
    for _ in range(round(children * 0.044)):
        person = _someone(chance, people, first, 5, 22, taken)
        if person is None:
            continue
        age_in_days = (first - person.born).days
        received = first - DAY * chance.randrange(170, max(171, age_in_days - 900))
        careers += _make(chance, person, received, last, always=True)
    begin = add_months(first, -8)
    for end in month_ends(begin, last):
        years_on = (end - first).days / 365.25
        expected = children * 0.0095 / 12 * (1 + 0.06 * years_on)
        if end.month in (8, 12):
            expected *= 0.6
        for _ in range(max(0, round(chance.gauss(expected, expected**0.5)))):
            day = end.replace(day=1) + DAY * chance.randrange(28)
            person = _someone(chance, people, day, 3, 17, taken)
            if person is not None and day <= last:
                careers += _make(chance, person, day, last)
    return careers


def _someone(
    chance: random.Random,
    people: People,
    day: date,
    youngest: float,
    oldest: float,
    taken: set[int],
) -> Person | None:
    span = people.aged(day, youngest, oldest)
    for _ in range(30):
        person = people.everybody[chance.choice(span)]
        if person.number not in taken:
            taken.add(person.number)
            return person
    return None


def _make(
    chance: random.Random,
    person: Person,
    received: date,
    last: date,
    *,
    always: bool = False,
) -> list[PlanCareer]:
    """Invent a request, what came of it, and another where it was refused."""
    decided = received + DAY * chance.randrange(20, 55)
    agreed = always or chance.random() < 0.72
    exception = chance.random() < 0.05
    on_time = chance.random() < _timeliness(received.year)
    days = chance.randrange(85, 141) if on_time else chance.randrange(141, 420)
    if chance.random() < 0.04:
        days = chance.choice((140, 141))  # the last day in time, the first too late
    if exception:
        days = chance.randrange(150, 380)
    issued: date | None = received + DAY * days if agreed else None
    if issued is not None and issued > last:
        issued = None
    transfer = "303" if issued is not None and chance.random() < 0.02 else None
    ceased, reason = _ceasing(chance, person, issued, last)
    need = chance.choice(_NEEDS)
    meetings = _meetings(chance, issued, ceased or last)
    # What comes on top has a chance of its own, so that the rest of the borough stays.
    apart = random.Random(person.number * 1_000_003 + received.toordinal())
    career = PlanCareer(
        person, received, decided, agreed, issued, exception, None, ceased, reason,
        need, _write_letters(apart, meetings),
    )  # fmt: skip
    if transfer is not None:
        _let_come(apart, career, transfer, last)
    if not agreed:
        return [career, *_refuse(apart, career, last)]
    _amend(apart, career, last)
    return [career]


def _let_come(apart: random.Random, career: PlanCareer, other: str, last: date) -> None:
    """Let another authority have issued the plan, which came with the child later."""
    assert career.issued is not None
    came = career.issued + DAY * apart.randrange(30, 900)
    until = career.ceased or last
    if came >= until or (career.ceased and came.year == career.ceased.year):
        return  # the return names the other authority only of plans in force
    career.came, career.transfer_from = came, other


def _amend(apart: random.Random, career: PlanCareer, last: date) -> None:
    """Amend the plan after some of its reviews, which gives it a later date."""
    until = career.ceased or last
    days, reviews = [], []
    for review in career.reviews:
        amends = apart.random() < 0.35
        if amends:
            days.append(review.meeting + DAY * apart.randrange(50, 85))
        # Now and then it is decided to amend, and nobody does.
        forgotten = career.person.number % 9 == 0
        reviews.append(replace(review, decided="A" if amends or forgotten else "M"))
    career.reviews = tuple(reviews)
    if career.issued is not None and apart.random() < 0.05:
        days.append(career.issued + DAY * apart.randrange(1, 60))
    # Nobody could tell when a plan came that was amended in that same year.
    came = date(career.came.year, 12, 31) if career.came else date.min
    career.versions = tuple(day for day in sorted(days) if came < day < until)


def _refuse(apart: random.Random, career: PlanCareer, last: date) -> list[PlanCareer]:
    """Refuse or withdraw a request; a few are overturned, a few asked for again."""
    if apart.random() < 0.06:
        career.withdrawn = True
        return []
    career.assessed = apart.random() < 0.12
    career.refused = "assessment" if career.assessed else "request"
    if apart.random() < 0.06:
        issued = career.told_no + DAY * apart.randrange(120, 300)
        if issued <= last:
            career.issued = issued
            career.reviews = _write_letters(apart, _meetings(apart, issued, last))
        return []
    again = career.told_no + DAY * apart.randrange(40, 300)
    if again > last or apart.random() > 0.15:
        return []
    return _make(apart, career.person, again, last)


def _timeliness(year: int) -> float:
    """Plans in time fell in 2024 while requests rose, and recover a little."""
    return {2023: 0.74, 2024: 0.52, 2025: 0.58}.get(year, 0.66)


def _ceasing(
    chance: random.Random, person: Person, start: date | None, last: date
) -> tuple[date | None, str]:
    if start is None:
        return None, ""
    if chance.random() < 0.02:
        left = start + DAY * chance.randrange(200, 2000)
        return (left, "5") if left <= last else (None, "")
    leaves = add_months(person.born, 12 * chance.choice((18, 19, 19, 20, 22, 24)))
    leaves = max(leaves, start + DAY * 120) + DAY * chance.randrange(60)
    return (leaves, "4") if leaves <= last else (None, "")


def _meetings(
    chance: random.Random, issued: date | None, end: date
) -> tuple[date, ...]:
    if issued is None:
        return ()
    meetings: list[date] = []
    day = issued
    while True:
        late = chance.random() < 0.22
        day += DAY * (
            chance.randrange(371, 640) if late else chance.randrange(320, 366)
        )
        if day > end:
            return tuple(meetings)
        meetings.append(day)


def _write_letters(
    apart: random.Random, meetings: Sequence[date]
) -> tuple[Review, ...]:
    """Write to the family weeks after each meeting, now and then not at all."""
    reviews = []
    for meeting in meetings:
        written = apart.random() < 0.92
        letter = meeting + DAY * apart.randrange(7, 90) if written else None
        is_lost = written and apart.random() < 0.02
        reviews.append(Review(meeting, letter, is_lost))
    return tuple(reviews)
