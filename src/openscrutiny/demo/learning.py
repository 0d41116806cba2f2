"""Education, health and care plans: requests, assessments, plans, reviews, ceasing."""

import random
from dataclasses import dataclass
from datetime import date

from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.people import People, Person, month_ends

__all__ = ["PlanCareer", "make_plan_careers"]

_NEEDS = ("ASD", "SEMH", "SLCN", "MLD", "SPLD", "SLD", "PD", "HI", "VI", "OTH")


@dataclass(slots=True)
class PlanCareer:
    """One request and what came of it. `start` is None where no plan was issued."""

    person: Person
    received: date
    decided: date
    assessed: bool
    start: date | None
    exception: bool
    transfer_from: str | None
    ceased: date | None
    cease_reason: str
    need: str
    reviews: tuple[date, ...]

    def in_force_on(self, day: date) -> bool:
        return (
            self.start is not None
            and self.start <= day
            and (self.ceased is None or self.ceased > day)
        )

    def touches(self, first: date, last: date) -> bool:
        """Say whether a return of these days holds the career."""
        asked = first <= self.received <= last
        held = (
            self.start is not None
            and self.start <= last
            and (self.ceased is None or self.ceased >= first)
        )
        return asked or held

    def last_review(self, day: date) -> date | None:
        held = [review for review in self.reviews if review <= day]
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
        careers.append(_make(chance, person, received, last, always=True))
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
                careers.append(_make(chance, person, day, last))
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
) -> PlanCareer:
    decided = received + DAY * chance.randrange(20, 55)
    issued = always or chance.random() < 0.72
    exception = chance.random() < 0.05
    on_time = chance.random() < _timeliness(received.year)
    days = chance.randrange(85, 141) if on_time else chance.randrange(141, 420)
    if chance.random() < 0.04:
        days = chance.choice((140, 141))  # the last day in time, the first too late
    if exception:
        days = chance.randrange(150, 380)
    start: date | None = received + DAY * days if issued else None
    if start is not None and start > last:
        start = None
    transfer = "303" if start is not None and chance.random() < 0.02 else None
    ceased, reason = _ceasing(chance, person, start, last)
    if start is not None and ceased is not None and ceased.year == start.year:
        transfer = None  # the return names the other authority only while in force
    return PlanCareer(
        person, received, decided, issued, start, exception, transfer, ceased, reason,
        chance.choice(_NEEDS), _reviews(chance, start, ceased or last),
    )  # fmt: skip


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


def _reviews(chance: random.Random, start: date | None, end: date) -> tuple[date, ...]:
    if start is None:
        return ()
    reviews: list[date] = []
    day = start
    while True:
        late = chance.random() < 0.22
        day += DAY * (
            chance.randrange(371, 640) if late else chance.randrange(320, 366)
        )
        if day > end:
            return tuple(reviews)
        reviews.append(day)
