"""What the invented council adds to its Annex A lists, beyond what Ofsted asks for.

The day on which a contact was decided, and whether a child in care was seen alone: drawn
from a chance of their own, so that what is written and what is counted is one life.
"""

import random
from collections.abc import Sequence
from datetime import date
from typing import Final

from openscrutiny.demo.care import CareSpell
from openscrutiny.demo.days import DAY
from openscrutiny.demo.people import Person

# Days from a contact to its decision: about a working day, a weekend and a bank holiday;
# one that is a slip, and one that nobody typed in.
_DAYS: Final = (0, 0, 0, 1, 1, 1, 1, 2, 3, 4, 5, 12, -1, None)
_WORDS: Final = {
    True: ("a) Yes", "Y", "Seen alone"),
    False: ("b) No", "N", "Child not seen alone"),
    None: ("c) Unknown", "", "No Visit - new in last month"),
}


def adds_columns(as_at: date, extracts: Sequence[date]) -> bool:
    """Tell whether the extract of a day has them: the oldest of several has not."""
    return as_at != min(extracts) or len(extracts) == 1


def decided_on(person: Person, on: date) -> date | None:
    """Give the day on which a contact was decided; None where nobody typed it in."""
    chance = random.Random(person.number * 6_151 + on.toordinal())
    days = chance.choice(_DAYS)
    return None if days is None else on + DAY * days


def seen_alone(spell: CareSpell, as_at: date) -> bool | None:
    """Say whether the child was alone at the last visit; None where it is not told."""
    return _of_visit(spell, as_at).choice((True, True, True, False, None))


def write_seen_alone(spell: CareSpell, as_at: date) -> str:
    """Say it in one of the ways in which councils write it."""
    return _WORDS[seen_alone(spell, as_at)][spell.person.number % 3]


def _of_visit(spell: CareSpell, as_at: date) -> random.Random:
    return random.Random(spell.person.number * 5_417 + as_at.toordinal())
