"""Three or more placements in the year (LA5), placement by placement."""

from dataclasses import dataclass
from datetime import date

from twins.looked_after import CHILD, END, SHORT_TERM, START, children_looked_after
from twins.model import PERCENT, PERSON, SSDA903, Counted, Row, twin
from twins.sources import Record

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")


@dataclass
class Placement:
    """Hold one placement's days; no last day while it is open."""

    first: date
    last: date | None


def count_la5(record: Record, start: date, end: date) -> list[Counted]:
    """Children looked after on 31 March; three placements or more in the year."""
    found = []
    for row in children_looked_after(record, end):
        episodes = [
            other
            for other in record.same_load("cla_episodes", row)
            if other[CHILD] == row[CHILD]
        ]
        in_year = [
            placement
            for placement in placements_of(episodes)
            if has_a_night_in(placement, start, end)
        ]
        found.append(Counted(row[CHILD], row, end, len(in_year) >= 3))
    return found


def placements_of(episodes: list[Row]) -> list[Placement]:
    """Walk through one child's episodes in order and see where placements begin."""
    ordered = sorted(
        (
            row
            for row in episodes
            if row[START] is not None and row["clae_legal_status"] not in SHORT_TERM
        ),
        key=lambda row: (row[START], row[END] or date.max, row["line"]),
    )
    placements: list[Placement] = []
    home: Row | None = None  # the latest episode that was not temporary
    after_temporary = False
    for row in ordered:
        if row["clae_cla_placement_type"] in TEMPORARY:
            after_temporary = True
            continue
        if home is not None and continues(row, home, after_temporary):
            placements[-1].last = row[END]
        else:
            placements.append(Placement(row[START], row[END]))
        home = row
        after_temporary = False
    return placements


def continues(row: Row, home: Row, after_temporary: bool) -> bool:
    """Say whether an episode is still the placement before it.

    The publisher counts all placements of 24 hours or more: S begins a period of care, P,
    T, B and U each record a new placement, with another carer or the same; L changes the
    legal status alone. A child placed for adoption with the present foster carers (A3, A5)
    has not moved. Coming back from a temporary placement to where the child was is no
    move.
    """
    reason = row["clae_cla_episode_start_reason"]
    if reason == "S":
        return False
    if reason not in ("P", "T", "B", "U"):
        return True
    if row["clae_cla_placement_type"] in ("A3", "A5"):
        return True
    return after_temporary and same_place(row, home)


def same_place(one: Row, other: Row) -> bool:
    return all(
        one[column] == other[column]
        for column in (
            "clae_cla_placement_type",
            "clae_cla_placement_provider",
            "clae_cla_placement_urn",
        )
    )


def has_a_night_in(placement: Placement, start: date, end: date) -> bool:
    """Say whether the child slept there at least once in the year.

    The placement open on 1 April counts; one that began and ended within a day, and
    one that ended on 1 April, do not.
    """
    if placement.first > end:
        return False
    first_day = max(placement.first, start)
    return placement.last is None or placement.last > first_day


LA5 = twin(
    "LA5", PERCENT, "cla_episodes", SSDA903, ("financial_year",), PERSON, count_la5
)
