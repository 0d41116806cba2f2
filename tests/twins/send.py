"""Plans by the guidance of SEN2, sentence by sentence (quoted where it decides)."""

from datetime import date

from twins.calendar import add_months
from twins.model import PERCENT, PERSON, PLAN_EVENTS, Counted, Row, twin
from twins.sources import Record, first_of_each_child

TWENTY_WEEKS = 140


def count_sn2(record: Record, start: date, end: date) -> list[Counted]:
    """Requests by "the date the request for an EHC assessment was received"."""
    found = []
    for row in record.events("ehcp_requests", "ehcr_ehcp_req_date"):
        received = row["ehcr_ehcp_req_date"]
        if not start <= received <= end:
            continue
        # H: "Decision to assess was made before the latest collection period".
        if row["ehcr_ehcp_req_outcome"] == "H":
            continue
        if came_from_elsewhere(record, row, row["ehcr_ehcp_request_id"]):
            continue
        found.append(Counted(row["ehcr_person_id"], row, received))
    return found


def count_sn4(record: Record, start: date, end: date) -> list[Counted]:
    """Plans by the "date on which EHC plan was issued", within 20 weeks or not."""
    found = []
    for row in record.events("ehcp_assessment", "ehca_ehcp_assessment_outcome_date"):
        issued = row["ehca_ehcp_assessment_outcome_date"]
        if not start <= issued <= end or not was_issued(row):
            continue
        # "20-week time limit exceptions apply? 1 - Yes, exceptions apply".
        if row["ehca_ehcp_assessment_exceptions"] is True:
            continue
        if came_from_elsewhere(record, row, row["ehca_ehcp_request_id"]):
            continue
        if not is_first_issue(record, row) or was_told_before(record, row):
            continue
        asked = received_on(record, row)
        if asked is None or asked > issued:
            in_time = None
        else:
            in_time = (issued - asked).days <= TWENTY_WEEKS
        found.append(Counted(row["ehca_person_id"], row, issued, in_time))
    return found


def was_told_before(record: Record, row: Row) -> bool:
    """Has the return of an earlier year decided this request of the child so already?"""
    on, outcome = "ehca_ehcp_assessment_outcome_date", "ehca_ehcp_assessment_outcome"
    asked = received_on(record, row)
    return asked is not None and any(
        other["return_id"] < row["return_id"]
        and other["ehca_person_id"] == row["ehca_person_id"]
        and other[outcome] == row[outcome]
        and other[on] < row[on]
        and received_on(record, other) == asked
        for other in record.events("ehcp_assessment", on)
    )


def was_issued(assessment: Row) -> bool:
    """Y: "It was decided an EHC plan would be issued"; the date says when it was."""
    return (
        assessment["ehca_ehcp_assessment_outcome"] == "Y"
        and assessment["ehca_ehcp_assessment_outcome_date"] is not None
    )


def was_before_the_year(assessment: Row) -> bool:
    """H: "Decision to issue was made before the latest collection period"."""
    return bool(assessment["ehca_ehcp_assessment_outcome"] == "H")


def is_first_issue(record: Record, row: Row) -> bool:
    """Say whether no other plan of the same request was issued before this one."""
    others = of_request(
        record,
        "ehcp_assessment",
        "ehca_ehcp_request_id",
        row,
        row["ehca_ehcp_request_id"],
    )
    on = "ehca_ehcp_assessment_outcome_date"
    mine = (row[on], row["line"])
    return not any((o[on], o["line"]) < mine for o in others if was_issued(o))


def received_on(record: Record, row: Row) -> date | None:
    """The day "used as the start of the 20-week period"."""
    requests = of_request(
        record,
        "ehcp_requests",
        "ehcr_ehcp_request_id",
        row,
        row["ehca_ehcp_request_id"],
    )
    for request in requests:
        found: date | None = request["ehcr_ehcp_req_date"]
        return found
    return None


def of_request(
    record: Record, table: str, column: str, row: Row, request: str | None
) -> list[Row]:
    """List a table's rows of the same request in the same return."""
    if request is None:
        return []
    return [r for r in record.same_return(table, row) if r[column] == request]


def came_from_elsewhere(record: Record, row: Row, request: str | None) -> bool:
    """Say whether another authority transferred the plan to this one."""
    active = of_request(
        record, "ehcp_active_plans", "ehcp_ehcp_request_id", row, request
    )
    return any(plan["ehcp_transfer_la"] not in (None, "") for plan in active)


# --- Plans in force ------------------------------------------------------------------


def first_issue_of(record: Record, plan: Row) -> tuple[date | None, bool]:
    """When the plan was issued, and whether that was before the year of the return.

    The plan's own date will not do: it is the "date of current EHC plan". Only the
    request's first plan is the one that was issued then, and a transferred plan was
    issued by somebody else.
    """
    request = plan["ehcn_ehcp_request_id"]
    if came_from_elsewhere(record, plan, request) or not is_first_plan(record, plan):
        return None, False
    assessments = of_request(
        record, "ehcp_assessment", "ehca_ehcp_request_id", plan, request
    )
    days = [
        a["ehca_ehcp_assessment_outcome_date"] for a in assessments if was_issued(a)
    ]
    before = any(was_before_the_year(a) for a in assessments)
    return (min(days) if days else None), before


def is_first_plan(record: Record, plan: Row) -> bool:
    """Say whether the request's other plans are of a later date, or of none."""
    plans = of_request(
        record,
        "ehcp_named_plan",
        "ehcn_ehcp_request_id",
        plan,
        plan["ehcn_ehcp_request_id"],
    )
    return not any(dated(other) < dated(plan) for other in plans)


def dated(plan: Row) -> tuple[date, int]:
    return (plan["ehcn_named_plan_start_date"] or date.max, plan["line"])


def plans_in_force(record: Record, day: date) -> list[Row]:
    """List the plans that were in force on the day, the longest first."""
    source = record.source_for("ehcp_named_plan", day)
    found: list[tuple[date, int, Row]] = []
    for plan in record.rows_counting_on("ehcp_named_plan", day):
        issued, before = first_issue_of(record, plan)
        known = [plan["ehcn_named_plan_start_date"], issued]
        if before:
            assert source is not None
            known.append(source.first)
        since = min((d for d in known if d is not None), default=None)
        until = plan["ehcn_named_plan_ceased_date"]
        if since is None or since > day or (until is not None and until <= day):
            continue
        found.append((since, plan["line"], plan))
    return [plan for _, _, plan in sorted(found, key=lambda one: one[:2])]


def count_sn1(record: Record, start: date, end: date) -> list[Counted]:
    """Children and young people with a plan on the last day, each once."""
    return [
        Counted(row["ehcn_person_id"], row, end)
        for row in first_of_each_child(plans_in_force(record, end), "ehcn_person_id")
    ]


# --- Reviews -------------------------------------------------------------------------


def count_sn11(record: Record, start: date, end: date) -> list[Counted]:
    """Plans in force on 31 December whose review was due by then and not held."""
    return [
        Counted(plan["ehcn_person_id"], plan, end, is_overdue(record, plan, end))
        for plan in plans_in_force(record, end)
    ]


def is_overdue(record: Record, plan: Row, day: date) -> bool | None:
    """Say whether more than 12 months passed since the meeting, or since the issue.

    None where the return does not tell.
    """
    a_year_ago = add_months(day, -12)
    issued, before = first_issue_of(record, plan)
    active = of_request(
        record,
        "ehcp_active_plans",
        "ehcp_ehcp_request_id",
        plan,
        plan["ehcn_ehcp_request_id"],
    )
    meetings = dates(active, "ehcp_review_meeting_date")
    held = [meeting for meeting in meetings if meeting <= day]
    if held:
        # A meeting before the plan was issued was no review of it.
        return max([*held, *([issued] if issued else [])]) < a_year_ago
    if issued is not None and issued >= a_year_ago:
        return False
    if not active or meetings:
        return None
    # "The date when the local authority wrote to the parent ... following the annual
    # review meeting": so a meeting was held on some day before it.
    letters = dates(active, "ehcp_active_ehcp_last_review_date")
    if letters:
        return True if max(letters) < a_year_ago else None
    if before:
        return True
    last = issued or plan["ehcn_named_plan_start_date"]
    return None if last is None else last < a_year_ago


def dates(rows: list[Row], column: str) -> list[date]:
    return [row[column] for row in rows if row[column] is not None]


SN1 = twin(
    "SN1",
    "count",
    "ehcp_named_plan",
    ("sen2",),
    ("month", "quarter", "calendar_year"),
    PERSON,
    count_sn1,
    state=True,
)
SN2 = twin("SN2", "count", "ehcp_requests", ("sen2",), PLAN_EVENTS, PERSON, count_sn2)
SN4 = twin("SN4", PERCENT, "ehcp_assessment", ("sen2",), PLAN_EVENTS, PERSON, count_sn4)
SN11 = twin(
    "SN11",
    PERCENT,
    "ehcp_active_plans",
    ("sen2",),
    ("calendar_year",),
    PERSON,
    count_sn11,
    state=True,
)
