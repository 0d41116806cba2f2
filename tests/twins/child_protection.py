"""Section 47 enquiries, conferences and child protection plans (CP1 to CP10)."""

from datetime import date

from twins.calendar import working_days_after
from twins.model import (
    ASSESSED,
    CENSUS_OR_EXTRACT,
    EVENTS,
    PERCENT,
    RATE,
    STATES,
    Counted,
    Row,
    twin,
)
from twins.plans_begun import plans_begun
from twins.sources import Record, first_of_each_child, without_typed_late


def count_cp1(record: Record, start: date, end: date) -> list[Counted]:
    """Section 47 enquiries by their start date."""
    return [
        Counted(
            row["s47e_person_id"],
            row,
            row["s47e_s47_start_date"],
            team=row["s47e_team"],
        )
        for row in record.events("s47_enquiry", "s47e_s47_start_date")
        if start <= row["s47e_s47_start_date"] <= end
    ]


def count_cp3(record: Record, start: date, end: date) -> list[Counted]:
    """Conferences held, of an enquiry, within 15 working days; the start is day 0.

    A conference dated before its enquiry stands in no published band of days but in
    the total: it is in the denominator alone.
    """
    return [
        Counted(
            row["icpc_person_id"],
            row,
            row["icpc_icpc_date"],
            row["icpc_s47_start_date"] <= row["icpc_icpc_date"]
            and working_days_after(row["icpc_s47_start_date"], row["icpc_icpc_date"])
            <= 15,
            team=row["icpc_team"],
        )
        for row in conferences(record)
        if start <= row["icpc_icpc_date"] <= end
    ]


def conferences(record: Record) -> list[Row]:
    """List a child's conferences, one a day, each with the enquiry that led to it.

    Working together: the strategy discussion that began the enquiry. Where several
    enquiries name the conference, it is the last that had begun.
    """
    of_a_day: dict[tuple[str, date], list[Row]] = {}
    held_of = record.events("initial_cp_conference", "icpc_icpc_date")
    for row in without_typed_late(
        [row for row in held_of if row["icpc_s47_start_date"] is not None],
        "icpc_icpc_date",
        "icpc_person_id",
        same="icpc_s47_start_date",
    ):
        key = (row["icpc_person_id"], row["icpc_icpc_date"])
        of_a_day.setdefault(key, []).append(row)
    found = []
    for (_, held), rows in of_a_day.items():
        begun = [row for row in rows if row["icpc_s47_start_date"] <= held] or rows
        latest = max(row["icpc_s47_start_date"] for row in begun)
        led = [row for row in begun if row["icpc_s47_start_date"] == latest]
        found.append(min(led, key=lambda row: row["line"]))
    return found


def count_cp7(record: Record, start: date, end: date) -> list[Counted]:
    """Plans started; had the child one before? An empty number is not known.

    A child has one plan at a time: what an extract begins a few days after the census,
    in which it is open, is that plan, and so is what the next census begins so.
    """
    found = []
    for row in plans_begun(record, start, end):
        before = row["cppl_previous_plans"]
        again = None if before is None else before > 0
        found.append(plan(row, row["cppl_cp_plan_start_date"], again))
    return found


def count_cp5(record: Record, start: date, end: date) -> list[Counted]:
    """Children with a plan on the last day, each once."""
    return [plan(row, end, True) for row in children_with_a_plan(record, end)]


def count_cp9(record: Record, start: date, end: date) -> list[Counted]:
    """Of those, with a plan open for more than 729 days."""
    return [
        plan(row, end, (end - row["cppl_cp_plan_start_date"]).days > 729)
        for row in children_with_a_plan(record, end)
    ]


def count_cp10(record: Record, start: date, end: date) -> list[Counted]:
    """Plans that ended; had it been open more than 729 days? The start is day 0."""
    found = []
    for row in without_typed_late(
        record.events("cp_plans", "cppl_cp_plan_end_date"),
        "cppl_cp_plan_end_date",
        "cppl_person_id",
        same="cppl_cp_plan_start_date",
    ):
        ended, began = row["cppl_cp_plan_end_date"], row["cppl_cp_plan_start_date"]
        if start <= ended <= end:
            long = None if began is None else (ended - began).days > 729
            found.append(plan(row, ended, long))
    return found


def children_with_a_plan(record: Record, day: date) -> list[Row]:
    """Each child's longest open plan."""
    open_plans = record.states(
        "cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", day
    )
    return first_of_each_child(open_plans, "cppl_person_id")


def plan(row: Row, on: date, in_numerator: bool | None) -> Counted:
    return Counted(row["cppl_person_id"], row, on, in_numerator, team=row["cppl_team"])


CP1 = twin("CP1", RATE, "s47_enquiry", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp1)
CP3 = twin(
    "CP3",
    PERCENT,
    "initial_cp_conference",
    CENSUS_OR_EXTRACT,
    EVENTS,
    ASSESSED,
    count_cp3,
)
CP5 = twin(
    "CP5", RATE, "cp_plans", CENSUS_OR_EXTRACT, STATES, ASSESSED, count_cp5, state=True
)
CP7 = twin("CP7", PERCENT, "cp_plans", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp7)
CP9 = twin(
    "CP9",
    PERCENT,
    "cp_plans",
    CENSUS_OR_EXTRACT,
    STATES,
    ASSESSED,
    count_cp9,
    state=True,
)
CP10 = twin(
    "CP10", PERCENT, "cp_plans", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp10
)
