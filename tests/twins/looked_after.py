"""Children looked after (LA1)."""

from datetime import date

from twins.breakdowns import find_person
from twins.calendar import age_on
from twins.model import (
    PERSON,
    RATE,
    SSDA903_OR_EXTRACT,
    STATES,
    Counted,
    Row,
    twin,
)
from twins.sources import Record, first_of_each_child

SHORT_TERM = ("V3", "V4")
START = "clae_cla_episode_start_date"
END = "clae_cla_episode_ceased_date"
CHILD = "clae_person_id"


def children_looked_after(record: Record, day: date) -> list[Row]:
    """Each child looked after on the day, short-term placements apart, once."""
    open_episodes = [
        row
        for row in record.states("cla_episodes", START, END, day)
        if row["clae_legal_status"] not in SHORT_TERM and is_a_child(record, row, day)
    ]
    return first_of_each_child(open_episodes, CHILD)


def is_a_child(record: Record, row: Row, day: date) -> bool:
    """Nobody is looked after from the 18th birthday on (Children Act 1989, s. 105).

    Whose birthday is not known is taken to be a child.
    """
    person = find_person(Counted(row[CHILD], row, day), record)
    if person is None or person["pers_dob"] is None or person["pers_dob"] > day:
        return True
    return age_on(person["pers_dob"], day) < 18


def count_la1(record: Record, start: date, end: date) -> list[Counted]:
    return [
        Counted(row[CHILD], row, end, team=row["clae_team"])
        for row in children_looked_after(record, end)
    ]


LA1 = twin(
    "LA1",
    RATE,
    "cla_episodes",
    SSDA903_OR_EXTRACT,
    STATES,
    f"{PERSON} team",
    count_la1,
    state=True,
)
