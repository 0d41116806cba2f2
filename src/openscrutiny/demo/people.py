"""The people of the synthetic borough: births over the years, and what they are like."""

import random
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

CHILDHOOD_YEARS: Final = 18
_ETHNICITY: Final = (
    ("WBRI", 36), ("WOTH", 9), ("WIRI", 1), ("WROM", 1), ("MWBC", 5), ("MWBA", 3),
    ("MWAS", 2), ("MOTH", 3), ("AIND", 5), ("APKN", 4), ("ABAN", 2), ("AOTH", 4),
    ("CHNE", 1), ("BCRB", 8), ("BAFR", 9), ("BOTH", 3), ("OOTH", 2), ("NOBT", 1),
    ("REFU", 1),
)  # fmt: skip
_DISABILITY: Final = ("MOB", "COMM", "LD", "BEH", "AUT", "CON", "HEAR", "VIS")
TEAMS: Final = ("North", "East", "South", "West", "Children with Disabilities")


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `disabilities` is None where nobody has said."""

    number: int
    born: date
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...] | None
    team: str

    @property
    def child_id(self) -> str:
        return f"AB{self.number:07d}"

    @property
    def upn(self) -> str:
        return f"A299{self.number:09d}"

    @property
    def disabled(self) -> bool | None:
        if self.disabilities is None:
            return None
        return self.disabilities != ("NONE",)


@dataclass(frozen=True)
class People:
    """Everybody, in the order of birth."""

    everybody: tuple[Person, ...]
    births: tuple[date, ...]

    def aged(self, day: date, youngest: float, oldest: float) -> range:
        """Give the positions of people between two ages in years on a day."""
        first = day - timedelta(days=oldest * 365.25)
        last = day - timedelta(days=youngest * 365.25)
        return range(bisect_left(self.births, first), bisect_right(self.births, last))

    def children_on(self, day: date) -> int:
        """Count children aged 0 to 17 on a day."""
        eighteen = day.replace(year=day.year - CHILDHOOD_YEARS)
        return bisect_right(self.births, day) - bisect_right(self.births, eighteen)


def age_on(born: date, day: date) -> int:
    """Count completed years; born on 29 February turns on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def eighteenth_birthday(born: date) -> date:
    """Give the first day on which somebody is 18, by `age_on`."""
    day = date(born.year + CHILDHOOD_YEARS, born.month, 1)
    return day + timedelta(days=born.day - 1)


def month_ends(first: date, last: date) -> list[date]:
    """List the last days of months from `first` to `last`."""
    ends: list[date] = []
    day = first.replace(day=28)
    while True:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = after - timedelta(days=1)
        if end > last:
            return ends
        if end >= first:
            ends.append(end)
        day = after


def make_people(
    chance: random.Random, children: int, first: date, last: date
) -> People:
    """Invent births from 26 years before `first` to a year after `last`.

    There are `children` aged 0 to 17 on any day, give or take.
    """
    start = date(first.year - 26, 1, 1)
    days = (date(last.year + 1, 12, 31) - start).days
    count = round(children / CHILDHOOD_YEARS * days / 365.25)
    births = sorted(
        start + timedelta(days=chance.randrange(days)) for _ in range(count)
    )
    codes = [code for code, _ in _ETHNICITY]
    weights = [weight for _, weight in _ETHNICITY]
    ethnicities = chance.choices(codes, weights, k=count)
    people = []
    for number, born in enumerate(births):
        luck = chance.random()
        disabilities: tuple[str, ...] | None = ("NONE",)
        if luck < 0.07:
            disabilities = (chance.choice(_DISABILITY),)
        elif luck < 0.08:
            disabilities = None
        team = TEAMS[4] if luck < 0.03 else TEAMS[chance.randrange(4)]
        sex = "M" if chance.random() < 0.51 else "F"
        people.append(
            Person(number, born, sex, ethnicities[number], disabilities, team)
        )
    return People(tuple(people), tuple(births))
