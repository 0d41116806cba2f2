"""The edges of care: what few periods of being looked after hold, and counts turn on.

Each of the ways in `_WAYS` alters one spell, or says that it cannot. SSDA903 guide:
reasons for a new episode (RNE) and placements; rule 217 on A3 and A5, 355 on episodes of
less than a day.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from openscrutiny.demo.care import CareSpell, Stay
from openscrutiny.demo.days import DAY
from openscrutiny.demo.people import eighteenth_birthday

_FEWEST: Final = 3  # of each way, so that a small borough has it too
_NOTICE: Final = timedelta(days=21)
_OLDEST_ADOPTED: Final = timedelta(days=10 * 365)


@dataclass(frozen=True)
class _Seen:
    """The days that the borough's sets of SSDA903 show, and a chance of their own."""

    chance: random.Random
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first < day < self.last

    def day_inside(self, stay: Stay, after: int) -> date | None:
        """Find a day of the stay on which the child is nowhere else; None if none is."""
        start = max(stay.start + DAY * after, self.first + DAY)
        end = min(stay.end or self.last, self.last)
        if (end - start).days < 2:
            return None
        day = start + DAY * self.chance.randrange((end - start).days - 1)
        return None if stay.is_away_on(day) else day


def _split(spell: CareSpell, position: int, day: date, **later: object) -> list[Stay]:
    """Part a stay in two on a day, the second with the same carer."""
    stay = spell.stays[position]
    before = tuple(one for one in stay.temporary if one[0] < day)
    after = tuple(one for one in stay.temporary if one[0] > day)
    first = replace(stay, end=day, temporary=before)
    second = replace(stay, start=day, temporary=after, same_carer=True, **later)  # type: ignore[arg-type]
    return [*spell.stays[:position], first, second, *spell.stays[position + 1 :]]


def _move_with_carer(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """T: the foster carers move house, and the child with them."""
    longest = max(
        range(len(spell.stays)), key=lambda n: _nights(spell.stays[n], seen.last)
    )
    day = seen.day_inside(spell.stays[longest], 20)
    if day is None or any(since == day for since, _ in spell.legal):
        return None
    return replace(spell, stays=tuple(_split(spell, longest, day)))


def _nights(stay: Stay, last: date) -> int:
    return ((stay.end or last) - stay.start).days


def _move_with_carer_and_order(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """U: the same, on the day on which the legal status changes."""
    for day, _ in spell.legal[1:]:
        for position, stay in enumerate(spell.stays):
            inside = stay.start < day and (stay.end is None or day < stay.end)
            if inside and seen.holds(day) and not stay.is_away_on(day):
                return replace(spell, stays=tuple(_split(spell, position, day)))
    return None


def _move_with_order(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """B: another carer from the day on which a care order is made."""
    for stay in spell.stays[1:]:
        if seen.holds(stay.start):
            legal = (spell.legal[0], (stay.start, "C2"))
            return replace(spell, legal=legal)
    return None


def _adopted_by_order(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """A5: the foster carers become the adopters, by a placement order (U)."""
    day = _day_of_placing(spell, seen)
    if day is None:
        return None
    legal = (*(one for one in spell.legal if one[0] < day), (day, "E1"))
    return _placed(spell, day, "A5", legal)


def _adopted_with_consent(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """A3: the same with the parents' consent, the legal status as it was (T)."""
    day = _day_of_placing(spell, seen)
    if day is None:
        return None
    return _placed(spell, day, "A3", ((spell.start, "V2"),))


def _day_of_placing(spell: CareSpell, seen: _Seen) -> date | None:
    day = seen.day_inside(spell.stays[-1], 30)
    is_young = day is not None and day - spell.person.born <= _OLDEST_ADOPTED
    return day if is_young else None


def _placed(
    spell: CareSpell, day: date, place: str, legal: tuple[tuple[date, str], ...]
) -> CareSpell:
    stays = tuple(_split(spell, len(spell.stays) - 1, day, place=place))
    reason = "E11" if spell.end is not None else None
    return replace(spell, stays=stays, legal=legal, end_reason=reason)


def _begin_with_hours(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """An emergency bed for some hours before the first placement of the same day."""
    return _stay_before(spell, seen, 0, 0)


def _hours_before_the_open(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """The same before the placement in which the child was on a 31 March."""
    stay = spell.stays[-1]
    year_end = date(stay.start.year + (stay.start.month > 3), 3, 31)
    is_open = stay.end is None or stay.end > year_end
    if len(spell.stays) == 1 or not is_open or year_end > seen.last:
        return None
    return _stay_before(spell, seen, len(spell.stays) - 1, 0)


def _one_night_before(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """An emergency bed for a night before a placement."""
    return _stay_before(spell, seen, len(spell.stays) - 1, 1)


def _stay_before(
    spell: CareSpell, seen: _Seen, position: int, nights: int
) -> CareSpell | None:
    stay = spell.stays[position]
    from_day = stay.start + DAY * nights
    if not seen.holds(stay.start) or (stay.end and (stay.end - from_day).days < 3):
        return None
    bed = Stay(stay.start, from_day, "K2", "PR4", "1900002")
    kept = replace(stay, start=from_day)
    stays = (*spell.stays[:position], bed, kept, *spell.stays[position + 1 :])
    return replace(spell, stays=stays)


def _leave_weeks_before_18(spell: CareSpell, seen: _Seen) -> CareSpell | None:
    """Foster carers give notice three weeks before the birthday; a children's home takes
    the young person for the rest of care.
    """
    stay, grown = spell.stays[-1], eighteenth_birthday(spell.person.born)
    day = grown - _NOTICE
    is_fostered = stay.place.startswith("U") and spell.end == grown
    if not is_fostered or stay.start > day - _NOTICE or not seen.holds(day):
        return None
    if stay.is_away_on(day) or any(since == day for since, _ in spell.legal):
        return None
    home = Stay(day, grown, "K2", "PR4", "1900003")
    return replace(spell, stays=(*spell.stays[:-1], replace(stay, end=day), home))


_Way = Callable[[CareSpell, _Seen], CareSpell | None]

# The ways with their share of spells, the hardest to find a spell for first.
_WAYS: Final[Sequence[tuple[_Way, float]]] = (
    (_adopted_by_order, 0.04),
    (_adopted_with_consent, 0.01),
    (_hours_before_the_open, 0.01),
    (_move_with_carer_and_order, 0.02),
    (_move_with_order, 0.05),
    (_begin_with_hours, 0.01),
    (_one_night_before, 0.02),
    (_move_with_carer, 0.06),
    (_leave_weeks_before_18, 0.002),
)
# Few are fostered until they are 18, and some must stay so.
_FEWEST_OF: Final[dict[_Way, int]] = {_leave_weeks_before_18: 1}


def alter_care(
    chance: random.Random, spells: Sequence[CareSpell], first: date, last: date
) -> dict[int, CareSpell]:
    """Alter some of the spells that the returns show; give them by their position."""
    seen = _Seen(chance, first, last)
    waiting = [n for n, one in enumerate(spells) if one.end is None or one.end > first]
    wanted = len(waiting)
    chance.shuffle(waiting)
    # Who is to be adopted may well be adopted by the carers.
    waiting.sort(key=lambda n: spells[n].end_reason != "E11")
    altered: dict[int, CareSpell] = {}
    for way, share in _WAYS:
        fewest = max(_FEWEST_OF.get(way, _FEWEST), round(share * wanted))
        for position in list(waiting):
            if not fewest:
                break
            made = way(spells[position], seen)
            if made is not None:
                altered[position] = made
                waiting.remove(position)
                fewest -= 1
    return altered
