"""Disabled children among the children in need (DS1)."""

from datetime import date

from twins.assessment import count_cn1
from twins.breakdowns import find_person
from twins.model import CENSUS, PERCENT, PERSON, STATES, Counted, twin
from twins.sources import Record


def count_ds1(record: Record, start: date, end: date) -> list[Counted]:
    """Of the children in need, those with a disability; not said is not known."""
    found = []
    for one in count_cn1(record, start, end):
        person = find_person(one, record)
        disabled = None if person is None else person["pers_disabled"]
        found.append(Counted(one.person_id, one.row, one.on, disabled))
    return found


DS1 = twin(
    "DS1", PERCENT, "cin_episodes", CENSUS, STATES, PERSON, count_ds1, state=True
)
