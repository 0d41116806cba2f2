"""Child protection plans that began, and those that came soon after an earlier one."""

from datetime import date

from twins.calendar import add_months
from twins.model import (
    ASSESSED,
    CENSUS_OR_EXTRACT,
    EVENTS,
    PERCENT,
    PERSON,
    RATE,
    Counted,
    Mix,
    Row,
    twin,
)
from twins.sources import Record, without_typed_late

START = "cppl_cp_plan_start_date"
END = "cppl_cp_plan_end_date"
CHILD = "cppl_person_id"
NO_PLAN = "No plan in the 24 months before"
GAPS = Mix(
    "gap_since_earlier_plan",
    ("Within 6 months", "6 to 12 months", "12 to 24 months", NO_PLAN),
    ("Within 6 months", "6 to 12 months", "12 to 24 months"),
)


def plans_begun(record: Record, start: date, end: date) -> list[Row]:
    """Every plan that began; one that two returns date differently is one plan."""
    plans = without_typed_late(
        record.events("cp_plans", START), START, CHILD, closed=END
    )
    return [
        row
        for row in plans
        if start <= row[START] <= end and not is_dated_again(record, row)
    ]


def is_dated_again(record: Record, row: Row) -> bool:
    """Say whether the census of an earlier year has this plan begin some days before.

    It has it open on its 31 March, and this census, which would hold it, does not.
    """
    for known in record.events("cp_plans", START):
        of_two_censuses = (
            known["return_id"].startswith("cin/")
            and row["return_id"].startswith("cin/")
            and row["return_id"] > known["return_id"]
        )
        if (
            not of_two_censuses
            or row[CHILD] != known[CHILD]
            or not 1 <= (row[START] - known[START]).days <= 7
            or (known[END] is not None and known[END] <= row[START])
        ):
            continue
        turn = date(int(known["return_id"].partition("/")[2]), 3, 31)
        both = any(
            r[CHILD] == row[CHILD] and r[START] == known[START]
            for r in record.same_load("cp_plans", row)
        )
        if record.counts_on("cp_plans", known, turn) and not both:
            return True
    return False


def earlier_plan(record: Record, row: Row) -> Row | None:
    """Find the child's plan that ended last in the 24 months before this one began.

    It began before this one. Of two that ended on one day the first category by the
    alphabet counts; one without a category comes last.
    """
    ended = [
        other
        for other in record.events("cp_plans", END)
        if other[CHILD] == row[CHILD]
        and other[START] is not None
        and other[START] < row[START]
        and add_months(row[START], -24) <= other[END] <= row[START]
    ]
    if not ended:
        return None
    last = max(other[END] for other in ended)
    category = "cppl_cp_plan_latest_category"
    return min(
        (other for other in ended if other[END] == last),
        key=lambda other: (other[category] is None, other[category] or ""),
    )


def gap_of(ended: date | None, began: date) -> str:
    """Name the band of months from the end of one plan to the start of the next."""
    if ended is None:
        return NO_PLAN
    if began <= add_months(ended, 6):
        return "Within 6 months"
    return "6 to 12 months" if began <= add_months(ended, 12) else "12 to 24 months"


def counted(row: Row, in_numerator: bool | None, status: str | None = None) -> Counted:
    return Counted(
        row[CHILD], row, row[START], in_numerator, team=row["cppl_team"], status=status
    )


def count_cp6(record: Record, start: date, end: date) -> list[Counted]:
    return [counted(row, True) for row in plans_begun(record, start, end)]


def count_cp8(record: Record, start: date, end: date) -> list[Counted]:
    found = []
    for row in plans_begun(record, start, end):
        earlier = earlier_plan(record, row)
        gap = gap_of(None if earlier is None else earlier[END], row[START])
        found.append(counted(row, gap != NO_PLAN, gap))
    return found


def count_cp8a(record: Record, start: date, end: date) -> list[Counted]:
    """The category that the new plan began with, and that the earlier ended with."""
    found = []
    for row in plans_begun(record, start, end):
        earlier = earlier_plan(record, row)
        if earlier is None:
            continue
        now = row["cppl_cp_plan_initial_category"]
        before = earlier["cppl_cp_plan_latest_category"]
        same = None if now is None or before is None else now == before
        found.append(counted(row, same))
    return found


def tells_nothing_before(record: Record, load_id: int) -> bool:
    return False


CP6 = twin("CP6", RATE, "cp_plans", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp6)
CP8 = twin(
    "CP8",
    PERCENT,
    "cp_plans",
    CENSUS_OR_EXTRACT,
    EVENTS,
    ASSESSED,
    count_cp8,
    tells_year_before=tells_nothing_before,
    months_before=24,
    mix=GAPS,
)
CP8A = twin(
    "CP8a",
    PERCENT,
    "cp_plans",
    CENSUS_OR_EXTRACT,
    EVENTS,
    f"{PERSON} disability",
    count_cp8a,
    tells_year_before=tells_nothing_before,
    months_before=24,
)
