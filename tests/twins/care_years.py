"""Who came alone, where children live, their health, reviews and absences."""

from collections.abc import Callable, Sequence
from datetime import date

from twins.breakdowns import find_person
from twins.calendar import age_on, birthday_in
from twins.looked_after import (
    CHILD,
    END,
    SHORT_TERM,
    START,
    children_looked_after,
    is_a_child,
)
from twins.model import (
    EVENTS,
    PERCENT,
    PERSON,
    RATE,
    SSDA903,
    STATES,
    Counted,
    Parts,
    Row,
    Twin,
    twin,
)
from twins.sources import Record, first_of_each_child

DUC = "immi_immigration_status_end_date"
GROUPS = {
    "U1 U2 U3 U4 U5 U6": "Foster care",
    "A3 A4 A5 A6": "Placed for adoption",
    "P1": "With parents",
    "K1 K2": "Children’s homes and secure homes",
    "K3 H5 P2": "Supported accommodation",
    "R1 R2 R3 R5 S1": "Other residential settings",
    "P3 T0 T1 T2 T3 T4 Z1 Z11 Z12 Z13 Z14": "Other placements",
}


def born_of(record: Record, child: str, row: Row, day: date) -> date | None:
    person = find_person(Counted(child, row, day), record)
    born: date | None = person["pers_dob"] if person is not None else None
    return born


def count_la4(record: Record, start: date, end: date) -> list[Counted]:
    """In the file of those who came alone; no longer from the day of DUC on."""
    episodes = [
        row
        for row in record.states("cla_episodes", START, END, end)
        if row["clae_legal_status"] not in SHORT_TERM and is_a_child(record, row, end)
    ]
    alone = [row for row in episodes if still_alone(record, row, end)]
    return [Counted(row[CHILD], row, end) for row in first_of_each_child(alone, CHILD)]


def still_alone(record: Record, row: Row, day: date) -> bool:
    return any(
        other["immi_person_id"] == row[CHILD]
        and (other[DUC] is None or other[DUC] > day)
        for other in record.same_return("immigration_status", row)
    )


def count_la8(record: Record, start: date, end: date) -> list[Counted]:
    found = []
    for row in children_looked_after(record, end):
        place = row["clae_cla_placement_type"]
        name = next((g for codes, g in GROUPS.items() if place in codes.split()), None)
        found.append(
            Counted(
                row[CHILD],
                row,
                end,
                None if place is None else place[0] == "U",
                categories={"placement": name or "Not known"},
            )
        )
    return found


# --- Health --------------------------------------------------------------------------


def year_of_health(
    record: Record, end: date, ages: Sequence[int] = ()
) -> list[tuple[Row, str]]:
    """The children of OC2, below 18; of certain ages where that is asked."""
    found = []
    for row in record.rows_counting_on("cla_health", end):
        child = row["clah_person_id"]
        born = born_of(record, child, row, end)
        if born is None:
            fits = not ages
        else:
            age = age_on(born, end) if born <= end else -1
            fits = 0 <= age < 18 and (not ages or age in ages)
        if fits:
            found.append((row, child))
    return found


def flagged(
    column: str, ages: Sequence[int] = ()
) -> Callable[[Record, date, date], list[Counted]]:
    def count(record: Record, start: date, end: date) -> list[Counted]:
        return [
            Counted(child, row, end, row[column])
            for row, child in year_of_health(record, end, ages)
        ]

    return count


def count_la17(record: Record, start: date, end: date) -> list[Counted]:
    """The score of children of 5 to 16."""
    return [
        Counted(child, row, end, amount=row["clah_sdq_score"])
        for row, child in year_of_health(record, end, range(5, 17))
    ]


def mean(counted: Sequence[Counted]) -> Parts:
    known = [one.amount for one in counted if one.amount is not None]
    value = sum(known) / len(known) if known else None
    return sum(known), len(known), len(counted) - len(known), value


# --- Reviews and absences ------------------------------------------------------------


def count_la13(record: Record, start: date, end: date) -> list[Counted]:
    """Reviews of children of 4 to 17; every code but PN7 is taking part.

    PN0 says that the child is under 4: of an older one it tells nothing.
    """
    found = []
    for row in record.events("cla_reviews", "clar_cla_review_date"):
        held, code = row["clar_cla_review_date"], row["clar_cla_review_participation"]
        child = row["clar_person_id"]
        if not start <= held <= end:
            continue
        born = born_of(record, child, row, held)
        if born is None:
            if code == "PN0":
                continue
        elif born > held or not 4 <= age_on(born, held) < 18:
            continue
        took_part = None if code in (None, "PN0") else code != "PN7"
        found.append(Counted(child, row, held, took_part))
    return found


def absent(kind: str) -> Callable[[Record, date, date], list[Counted]]:
    def count(record: Record, start: date, end: date) -> list[Counted]:
        rows = [
            row
            for row in record.rows_counting_on("cla_episodes", end)
            if had_a_night(record, row, start, end)
        ]
        rows.sort(key=lambda row: (row[START], row["line"]))
        return [
            Counted(row[CHILD], row, end, was_absent(record, row, kind, start, end))
            for row in first_of_each_child(rows, CHILD)
        ]

    return count


def had_a_night(record: Record, row: Row, start: date, end: date) -> bool:
    begun, ended = row[START], row[END]
    if row["clae_legal_status"] in SHORT_TERM or begun is None or begun > end:
        return False
    if ended is not None and (ended <= start or ended <= begun):
        return False
    born = born_of(record, row[CHILD], row, end)
    if born is None:
        return True
    grown = birthday_in(born, born.year + 18)
    return grown > start and grown > begun


def was_absent(record: Record, row: Row, kind: str, start: date, end: date) -> bool:
    """Was the child missing on a day of the year, and while in care in it?"""
    cared_for = [
        episode
        for episode in record.rows_counting_on("cla_episodes", end)
        if episode[CHILD] == row[CHILD] and had_a_night(record, episode, start, end)
    ]
    for other in record.same_return("missing", row):
        begun = other["miss_missing_episode_start_date"]
        back = other["miss_missing_episode_end_date"]
        if other["miss_person_id"] != row[CHILD] or begun is None:
            continue
        in_year = begun <= end and (back is None or back >= start)
        # Found on the day on which care began, the child had not been in it before.
        from_care = any(
            (e[END] is None or begun <= e[END])
            and (back is None or back > e[START] or begun == back == e[START])
            for e in cared_for
        )
        if in_year and from_care and other["miss_missing_episode_type"] == kind:
            return True
    return False


def of_a_year(
    code: str,
    table: str,
    count: Callable[..., list[Counted]],
    needs: tuple[str, ...] = (),
    *,
    is_mean: bool = False,
) -> Twin:
    return twin(
        code,
        "score" if is_mean else PERCENT,
        table,
        SSDA903,
        ("financial_year",),
        PERSON,
        count,
        state=True,
        needs=needs,
        work_out=mean if is_mean else None,
    )


LA4 = twin(
    "LA4",
    RATE,
    "cla_episodes",
    SSDA903,
    STATES,
    PERSON,
    count_la4,
    state=True,
    needs=("immigration_status",),
)
LA8 = twin(
    "LA8",
    PERCENT,
    "cla_episodes",
    SSDA903,
    STATES,
    f"{PERSON} placement",
    count_la8,
    state=True,
)
LA13 = twin("LA13", PERCENT, "cla_reviews", SSDA903, EVENTS, PERSON, count_la13)
LA16 = of_a_year("LA16", "cla_health", flagged("clah_health_assessment"))
LA16A = of_a_year("LA16a", "cla_health", flagged("clah_teeth_check"))
LA16B = of_a_year("LA16b", "cla_health", flagged("clah_immunisations"))
LA17 = of_a_year("LA17", "cla_health", count_la17, is_mean=True)
LA19 = of_a_year("LA19", "cla_episodes", absent("M"), ("missing",))
LA19A = of_a_year("LA19a", "cla_episodes", absent("A"), ("missing",))
LA26 = of_a_year("LA26", "cla_health", flagged("clah_convicted", range(10, 18)))
LA26A = of_a_year("LA26a", "cla_health", flagged("clah_substance_misuse"))
