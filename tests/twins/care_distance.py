"""How far from home children are placed: over 20 miles, and outside the area or not."""

from datetime import date

from twins.care_years import GROUPS
from twins.looked_after import CHILD, children_looked_after
from twins.model import PERCENT, PERSON, SSDA903, STATES, Counted, Row, twin
from twins.sources import Record

DISTANCE = "clae_cla_placement_distance"
LOCATION = "clae_cla_placement_location"
EPISODES = "cla_episodes"


def count_la7(record: Record, start: date, end: date) -> list[Counted]:
    """DfE's three: 20 miles or less, over 20 miles (here outside), and not known."""
    return [
        counted(row, end, is_far_and_outside(row))
        for row in children_looked_after(record, end)
    ]


def count_la7a(record: Record, start: date, end: date) -> list[Counted]:
    return [
        counted(row, end, is_far(row)) for row in children_looked_after(record, end)
    ]


def is_far(row: Row) -> bool | None:
    """Say whether it is over 20 miles; 20 is "20 miles or less"."""
    miles = row[DISTANCE]
    return None if miles is None else not miles <= 20


def is_far_and_outside(row: Row) -> bool | None:
    """Who is far away within the boundary is not counted; who may be, is not known."""
    if not is_far(row):
        return is_far(row)
    return {"OUT": True, "IN": False}.get(row[LOCATION])


def counted(row: Row, end: date, hit: bool | None) -> Counted:
    place = row["clae_cla_placement_type"]
    home = next((name for codes, name in GROUPS.items() if place in codes.split()), "")
    where = {"IN": "In the council’s area", "OUT": "Outside it"}.get(row[LOCATION])
    kinds = {"placement": home or "Not known", "location": where or "Not known"}
    return Counted(row[CHILD], row, end, hit, categories=kinds)


LA7 = twin(
    "LA7",
    PERCENT,
    EPISODES,
    SSDA903,
    STATES,
    f"{PERSON} placement",
    count_la7,
    state=True,
    needs=(f"{EPISODES}/{DISTANCE}", f"{EPISODES}/{LOCATION}"),
)
LA7A = twin(
    "LA7a",
    PERCENT,
    EPISODES,
    SSDA903,
    STATES,
    f"{PERSON} placement location",
    count_la7a,
    state=True,
    needs=(f"{EPISODES}/{DISTANCE}",),
)
