"""Children looked after (LA1) and children who started to be (LA2)."""

from datetime import date

from twins.breakdowns import find_person
from twins.calendar import age_on
from twins.model import (
    EVENTS,
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


def was_in_care_before(record: Record, start: Row) -> bool:
    """Was the child looked after on the 31 March of the week before, by its own return?"""
    day: date = start[START]
    turn = date(day.year, 3, 31)
    if not 1 <= (day - turn).days <= 7:
        return False
    source = record.source_for("cla_episodes", turn)
    if source is None or source.return_name != "ssda903" or source.last != turn:
        return False
    if source.load_id == start["load_id"]:
        return False
    own = [
        row
        for row in record.same_load("cla_episodes", start)
        if row[CHILD] == start[CHILD] and row["clae_legal_status"] not in SHORT_TERM
    ]
    if any(row[START] is not None and row[START] <= turn for row in own):
        return False
    return start[CHILD] in {row[CHILD] for row in open_at_the_turn(record, turn)}


def open_at_the_turn(record: Record, turn: date) -> list[Row]:
    """What the return of a year has open after its last day, short breaks apart."""
    return [
        row
        for row in record.states("cla_episodes", START, END, turn)
        if row["clae_legal_status"] not in SHORT_TERM
        and row["return_id"].startswith("ssda903/")
    ]


def count_la1(record: Record, start: date, end: date) -> list[Counted]:
    return [
        Counted(row[CHILD], row, end, team=row["clae_team"])
        for row in children_looked_after(record, end)
    ]


def count_la2(record: Record, start: date, end: date) -> list[Counted]:
    """Each child once in the period, at the first start (RNE S) in it.

    Rule 502: the first episode that a year's return has of a child is the one that the
    year before left open, with its day. A child in care on 31 March by the return that
    ended then did not start in the first week of April, as long as the return that says
    so knows of no care before.
    """
    starts = [
        row
        for row in record.events("cla_episodes", START)
        if start <= row[START] <= end
        and row["clae_cla_episode_start_reason"] == "S"
        and row["clae_legal_status"] not in SHORT_TERM
        and is_a_child(record, row, row[START])
        and not was_in_care_before(record, row)
    ]
    starts.sort(key=lambda row: (row[START], row["line"]))
    return [
        Counted(row[CHILD], row, row[START], team=row["clae_team"])
        for row in first_of_each_child(starts, CHILD)
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
LA2 = twin(
    "LA2",
    RATE,
    "cla_episodes",
    SSDA903_OR_EXTRACT,
    EVENTS,
    f"{PERSON} team",
    count_la2,
)
