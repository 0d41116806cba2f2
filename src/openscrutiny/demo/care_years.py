"""What a year of care brings: reviews, health, absences; the same whoever asks.

Each is drawn from a chance of the child's and the year's own, so that what is written into
a return and what is counted of it is one life, and all else in a borough stays as it was.
"""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.demo.care import CareSpell
from openscrutiny.demo.days import DAY
from openscrutiny.demo.people import age_on

_VOICES: Final = ("PN1", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7", "PN7")


@dataclass(frozen=True, slots=True)
class Health:
    """What OC2 tells of a child; None where the council does not say."""

    score: int | None
    convicted: bool
    assessed: bool | None
    dentist: bool | None
    immunised: bool
    substances: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """A time of being missing (M), or away without authorisation (A)."""

    kind: str
    start: date
    end: date | None


def _chance(spell: CareSpell, year: int, salt: int) -> random.Random:
    return random.Random((spell.person.number * 4_099 + year) * 31 + salt)


def reviews_in(spell: CareSpell, year: int) -> list[tuple[date, str]]:
    """List the reviews of a financial year, with how the child took part."""
    chance = _chance(spell, year, 1)
    # The first is held on the fourth birthday of some, and the day before it of others.
    born, day = spell.person.born, 1 + spell.person.number % 28
    days = [date(year - 1, 6, day), date(year - 1, 11, day)]
    if year - 1 == born.year + 4 and (born.month, born.day) > (4, 2) and born.day < 29:
        days.append(date(year - 1, born.month, born.day) - DAY * chance.randrange(2))
    found = {}
    for on in sorted(days):
        if spell.is_open_on(on) and not spell.is_respite:
            found[on] = chance.choice(_VOICES)
            if age_on(born, on) < 4:
                found[on] = "PN0"
    return list(found.items())


def health_in(spell: CareSpell, year: int) -> Health | None:
    """Give what OC2 tells of a child in care for a year; None of all others."""
    last = date(year, 3, 31)
    if (
        spell.is_respite
        or not spell.is_open_on(last)
        or (last - spell.start).days <= 365
    ):
        return None
    chance = _chance(spell, year, 2)
    age = age_on(spell.person.born, last)
    asked = 4 <= age <= 16 and chance.random() < 0.85
    return Health(
        chance.randrange(30) if asked else None,
        age >= 10 and chance.random() < 0.15,
        chance.choice((True,) * 8 + (False, None)),
        chance.choice((True,) * 7 + (False, False, None)),
        chance.random() < 0.86,
        age >= 10 and chance.random() < 0.15,
    )


def absences_in(spell: CareSpell, year: int) -> list[Absence]:
    """List absences of a financial year; some began before it, some go on after it."""
    chance = _chance(spell, year, 3)
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    found: dict[tuple[str, date], Absence] = {}
    if spell.is_respite or chance.random() > 0.3:
        return []
    for _ in range(chance.randrange(1, 4)):
        # Up to twenty days before the year, so that some are carried over.
        start = first + DAY * chance.randrange(-20, 365)
        end: date | None = start + DAY * chance.choice((0, 0, 1, 2, 9, 25))
        if start > last or not spell.is_open_on(start):
            continue
        assert end is not None
        if end < first:
            continue
        kind = chance.choice(("M", "M", "A"))
        known = end if end <= last else None
        found[kind, start] = Absence(kind, start, known)
    return list(found.values())


def way_to_adoption(spell: CareSpell) -> tuple[date | None, date]:
    """Give the days of decision and match; the first None where nobody knows it."""
    placed, number = spell.stays[-1].start, spell.person.number
    match = placed - DAY * (number % 35)
    decided = match - DAY * (30 + number % 190)
    return (None if number % 11 == 0 else decided), match


def last_visit(spell: CareSpell, as_at: date) -> date | None:
    """Give the day of the last visit as an extract has it; None where it has none."""
    gap = _chance(spell, as_at.toordinal(), 4).choice(
        (3, 12, 20, 30, 38, 41, 42, 43, 50, 90, None)
    )
    if gap is None or as_at - DAY * gap < spell.start:
        return None
    return as_at - DAY * gap


def last_review(spell: CareSpell, as_at: date) -> date | None:
    """Give the day of the last review as an extract has it; None where it has none."""
    gap = _chance(spell, as_at.toordinal(), 5).choice(
        (10, 60, 91, 95, 120, 170, 180, 184, 185, 250, None)
    )
    if gap is None or as_at - DAY * gap < spell.start + DAY * 9:
        return None
    return as_at - DAY * gap


def pathway_review(spell: CareSpell, as_at: date) -> date | None:
    """Give the day on which a care leaver's plan was last reviewed; None if untold."""
    assert spell.end is not None
    if spell.person.number % 13 == 0:
        return None
    between = 150 + spell.person.number % 90
    done = max(0, (as_at - spell.end).days) // between
    return spell.end + DAY * (done * between)
