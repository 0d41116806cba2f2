"""Child protection plans reviewed in time (CP12)."""

from datetime import date

from twins.calendar import add_months
from twins.model import CENSUS, PERCENT, PERSON, STATES, Counted, Row, twin
from twins.plans_begun import tells_nothing_before
from twins.sources import Record


def was_reviewed_in_time(record: Record, plan: Row, day: date) -> bool:
    """Was every review that fell due in the year up to the day held when it was due?

    Working together: the first within three months, then at most six months apart. One
    that is overdue on the day is late, however long ago it fell due.
    """
    start = plan["cppl_cp_plan_start_date"]
    held = sorted(
        {
            row["cppr_cp_review_date"]
            for row in record.events("cp_reviews", "cppr_cp_review_date")
            if row["cppr_person_id"] == plan["cppl_person_id"]
            and row["cppr_cp_plan_start_date"] == start
            and row["cppr_cp_review_date"] > start
        }
    )
    due = add_months(start, 3)
    for review in held:
        if review > day:
            break
        if review > due and day < add_months(due, 12):
            return False
        due = add_months(review, 6)
    return day <= due


def count_cp12(record: Record, start: date, end: date) -> list[Counted]:
    """Of the children's plans that are three months old, one a child."""
    plans = record.states(
        "cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", end
    )
    of_child: dict[str, Row] = {}
    for row in sorted(plans, key=lambda row: row["line"]):
        if add_months(row["cppl_cp_plan_start_date"], 3) <= end:
            of_child.setdefault(row["cppl_person_id"], row)
    return [
        Counted(child, row, end, was_reviewed_in_time(record, row, end))
        for child, row in of_child.items()
    ]


CP12 = twin(
    "CP12",
    PERCENT,
    "cp_plans",
    CENSUS,
    STATES,
    f"{PERSON} disability",
    count_cp12,
    tells_year_before=tells_nothing_before,
    months_before=18,
    state=True,
)
