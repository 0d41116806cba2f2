"""Write the borough's SSDA903 sets, one for each financial year."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openscrutiny.demo.care import BY_PRESENT_CARERS, CareSpell, Episode
from openscrutiny.demo.care_years import (
    absences_in,
    health_in,
    reviews_in,
    way_to_adoption,
)
from openscrutiny.demo.days import DAY, loses_lines
from openscrutiny.demo.people import Person, age_on
from openscrutiny.demo.whereabouts import whereabouts_of
from openscrutiny.layouts.ssda903 import TABLES

# The tables that the borough has; its years know of no other.
_TABLES = (
    *("header", "episodes", "reviews", "oc2", "oc3", "missing", "uasc"),
    *("previous_permanence", "ad1", "placed_for_adoption"),
)
_ADDED = 2  # columns of the episodes that are no part of the return, the last ones
_ACTIVITIES = tuple(
    [
        "F1",
        "F2",
        "F2",
        "F4",
        "F5",
        "F5",
        "P2",
        "P5",
        "G4",
        "G5",
        "G5",
        "G5",
        "G6",
        "0",
        "0",
    ]
)
# Independent, with former foster carers, in lodgings; unsuitable: custody, none, bed and
# breakfast; and where nobody knows.
_HOMES = ("U1", "U1", "U1", "Z1", "Z1", "E1", "D1", "B1", "U2", "X2", "S2", "W2", "0")

# By age, how many of those who were fostered until 18 stay with the carers.
_STAYING_PUT = {18: 0.5, 19: 0.25, 20: 0.1}


@dataclass(frozen=True, slots=True)
class Leaver:
    """One line of OC3: a care leaver in the year in which a birthday falls."""

    person: Person
    year: int
    in_touch: str
    activity: str
    accommodation: str


def find_leavers(
    chance: random.Random, spells: Iterable[CareSpell], years: Sequence[int]
) -> list[Leaver]:
    """Invent what care leavers of 17 to 21 do in each year."""
    grown: dict[int, Person] = {}
    fostered: set[int] = set()
    for spell in spells:
        if spell.is_respite:
            continue
        until = spell.end or date.max
        if until >= spell.person.born.replace(year=spell.person.born.year + 16, day=1):
            grown[spell.person.number] = spell.person
        if spell.end_reason == "E5" and spell.stays[-1].place.startswith("U"):
            fostered.add(spell.person.number)
    leavers = []
    for year in years:
        last = date(year, 3, 31)
        for number in sorted(grown):
            person = grown[number]
            if not 17 <= age_on(person.born, last) <= 21:
                continue
            touch, activity = "YES", chance.choice(_ACTIVITIES)
            luck = chance.random()
            if luck < 0.01:
                touch, activity = "DIED", "0"
            elif luck < 0.03:
                touch, activity = "RHOM", "0"
            elif luck < 0.10:
                touch, activity = "NO", "0"
            apart = random.Random(number * 1_009 + year)
            if touch == "NO":
                touch = apart.choice(("NO", "NO", "REFU", "NREQ"))
            home = apart.choice(_HOMES) if touch == "YES" else "0"
            luck = apart.random()
            if touch == "YES" and luck < 0.02:
                home = "G1"  # moved abroad
            elif touch == "YES" and number in fostered:
                stays = _STAYING_PUT.get(age_on(person.born, last), 0.0)
                home = "Z1" if luck > 1 - stays else home
            leavers.append(Leaver(person, year, touch, activity, home))
    return leavers


def write_ssda903(
    folder: Path,
    spells: Sequence[CareSpell],
    leavers: Sequence[Leaver],
    year: int,
    *,
    distances: bool = True,
) -> tuple[int, int]:
    """Write the set of one year: every episode open in it, as known at its end.

    So is one that ended before it, where the set of the year before still has it open.

    Without `distances` the episodes have the return's own columns alone.

    Gives how many lines of episodes are wrong on purpose, and how many there are.
    """
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    here = [told for s in spells for told in [_tell(s, year)] if told is not None]
    rows: dict[str, list[Sequence[object]]] = {name: [] for name in _TABLES}
    people: dict[int, Person] = {}
    for spell in here:
        people[spell.person.number] = spell.person
        _add_spell(rows, spell, first, last)
    for leaver in leavers:
        if leaver.year == year:
            people[leaver.person.number] = leaver.person
            rows["oc3"].append(
                [
                    leaver.person.child_id,
                    _day(leaver.person.born),
                    leaver.in_touch,
                    leaver.activity,
                    leaver.accommodation,
                ]
            )
    for number in sorted(people):
        _add_person(rows, people[number], year, last)
    right = len(rows["episodes"])
    _add_wrong(rows, year)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _TABLES:
        text = TABLES[name].template(rows[name])
        if name == "episodes" and not distances:
            lines = (line.rsplit(",", _ADDED)[0] for line in text.splitlines())
            text = "".join(f"{line}\n" for line in lines)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return len(rows["episodes"]) - right, len(rows["episodes"])


def _tell(spell: CareSpell, year: int) -> CareSpell | None:
    """Give a spell as the set of a year tells of it; None where it does not."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    known = spell.told_in(year).until(last)
    if known is None or known.end is None or known.end >= first:
        return known
    before = spell.told_in(year - 1).until(first - DAY)
    return known if before is not None and before.end is None else None


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _add_spell(
    rows: dict[str, list[Sequence[object]]], spell: CareSpell, first: date, last: date
) -> None:
    child, born = spell.person.child_id, _day(spell.person.born)
    *before, newest = spell.episodes()
    for one in (*(e for e in before if e.end and e.end >= first), newest):
        ended = one.end is not None and one.end <= last
        where = whereabouts_of(spell, one)
        rows["episodes"].append(
            [
                child,
                _day(one.start),
                one.reason,
                one.legal,
                spell.need,
                one.place,
                one.provider,
                _day(one.end) if ended else "",
                one.end_reason if ended else "",
                one.why_moved if ended else "",
                *_postcodes(spell, one),
                one.urn,
                where.distance,
                where.location,
            ]
        )
    if spell.asylum_until is not None and spell.asylum_until >= first:
        until = spell.asylum_until if spell.asylum_until <= last else None
        sex = _sex(spell.person, last.year)
        rows["uasc"].append([child, sex, born, _day(until)])
    if spell.is_respite:
        return
    _add_year(rows, spell, last.year)
    if spell.end_reason == "E11" and spell.end is not None:
        placed = spell.stays[-1].start
        decided, matched = way_to_adoption(spell)
        carers = int(spell.stays[-1].place in BY_PRESENT_CARERS)
        rows["ad1"].append(
            [child, born, _day(decided), _day(matched), carers, 2, "MF", "L0"]
        )
        rows["placed_for_adoption"].append([child, born, _day(placed), "", ""])


def _add_year(
    rows: dict[str, list[Sequence[object]]], spell: CareSpell, year: int
) -> None:
    """Write the year's reviews, health and absences of a child in care."""
    child, born = spell.person.child_id, _day(spell.person.born)
    for on, code in reviews_in(spell, year):
        rows["reviews"].append([child, born, _day(on), code])
    health = health_in(spell, year)
    if health is not None:
        score = "" if health.score is None else health.score
        flags = (health.convicted, True, health.immunised, health.dentist,
                 health.assessed, health.substances)  # fmt: skip
        told = ["" if flag is None else int(flag) for flag in flags]
        needed = (
            health.score is None
            and 4 <= age_on(spell.person.born, date(year, 3, 31)) <= 16
        )
        rows["oc2"].append(
            [child, born, score, "SDQ2" if needed else "", *told, "", ""]
        )
    for away in absences_in(spell, year):
        rows["missing"].append(
            [child, born, away.kind, _day(away.start), _day(away.end)]
        )


def _postcodes(spell: CareSpell, episode: Episode) -> tuple[str, str]:
    """Give those of home and placement; short breaks have none (rules 214 and 398)."""
    if spell.is_respite:
        return "", ""
    moved = any(s.same_carer and s.start <= episode.start for s in spell.stays)
    return "ZZ1 1ZZ", "ZZ3 3ZZ" if moved else "ZZ2 2ZZ"


def _sex(person: Person, year: int) -> str:
    return person.sex if year >= 2025 else {"M": "1", "F": "2"}[person.sex]


def _add_person(
    rows: dict[str, list[Sequence[object]]], person: Person, year: int, last: date
) -> None:
    sex = _sex(person, year)
    school_age = (last - person.born).days > 5 * 365
    upn = person.upn if school_age else "UN1"
    born = _day(person.born)
    rows["header"].append([person.child_id, sex, born, person.ethnicity, upn, 0, ""])
    rows["previous_permanence"].append([person.child_id, born, "Z1", "", ""])


def _add_wrong(rows: dict[str, list[Sequence[object]]], year: int) -> None:
    """Add lines that are wrong on purpose, of children who are nobody's."""
    if loses_lines(year):
        placed = ["S", "C2", "N1", "U6", "PR1", *[""] * 8]
        rows["episodes"].append(["ABWRONG1", f"31/02/{year}", *placed])
        rows["episodes"].append(["", f"01/05/{year - 1}", *placed])
    if rows["header"]:
        rows["header"].append(rows["header"][0])
