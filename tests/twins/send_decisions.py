"""What comes of requests, by the guidance of SEN2: SN3, SN5, SN6 and SN8."""

from datetime import date

from twins.model import PERCENT, PERSON, PLAN_EVENTS, Counted, twin
from twins.send import (
    TWENTY_WEEKS,
    came_from_elsewhere,
    count_sn2,
    is_first_issue,
    of_request,
    received_on,
    was_issued,
    was_told_before,
)
from twins.sources import Record

FIFTY_TWO_WEEKS = 364


def count_sn3(record: Record, start: date, end: date) -> list[Counted]:
    """Of the requests: "decision not to proceed with an assessment" (N)."""
    return [
        Counted(one.person_id, one.row, one.on, is_refused(one.row))
        for one in count_sn2(record, start, end)
    ]


def is_refused(request: dict[str, object]) -> bool | None:
    outcome = request["ehcr_ehcp_req_outcome"]
    return None if outcome is None else outcome == "N"


def count_sn5(record: Record, start: date, end: date) -> list[Counted]:
    """All plans issued, those with an exception too."""
    found = []
    for row in record.events("ehcp_assessment", "ehca_ehcp_assessment_outcome_date"):
        issued = row["ehca_ehcp_assessment_outcome_date"]
        if not start <= issued <= end or not was_issued(row):
            continue
        if came_from_elsewhere(record, row, row["ehca_ehcp_request_id"]):
            continue
        if not is_first_issue(record, row) or was_told_before(record, row):
            continue
        asked = received_on(record, row)
        known = asked is not None and asked <= issued
        in_time = (issued - asked).days <= TWENTY_WEEKS if known else None
        found.append(Counted(row["ehca_person_id"], row, issued, in_time))
    return found


def count_sn6(record: Record, start: date, end: date) -> list[Counted]:
    """Assessments that ended in the period: issued, not issued, withdrawn."""
    found = []
    for row in record.events("ehcp_assessment", "ehca_ehcp_assessment_outcome_date"):
        on = row["ehca_ehcp_assessment_outcome_date"]
        outcome = row["ehca_ehcp_assessment_outcome"]
        if not start <= on <= end or outcome not in ("Y", "N", "W"):
            continue
        if came_from_elsewhere(record, row, row["ehca_ehcp_request_id"]):
            continue
        if was_told_before(record, row):
            continue
        found.append(Counted(row["ehca_person_id"], row, on, outcome == "Y"))
    return found


def count_sn8(record: Record, start: date, end: date) -> list[Counted]:
    """Requests that nobody has answered for more than 20 weeks on 31 December."""
    found = []
    for row in record.rows_counting_on("ehcp_requests", end):
        received = row["ehcr_ehcp_req_date"]
        if received is None or not is_open(record, row):
            continue
        days = (end - received).days
        if days <= TWENTY_WEEKS:
            continue
        waiting = "More than 52 weeks" if days > FIFTY_TWO_WEEKS else "20 to 52 weeks"
        found.append(
            Counted(row["ehcr_person_id"], row, end, categories={"waiting": waiting})
        )
    return found


def is_open(record: Record, request: dict[str, object]) -> bool:
    """Not decided as far as is told, or agreed to and the assessment not decided."""
    assessments = of_request(
        record,
        "ehcp_assessment",
        "ehca_ehcp_request_id",
        request,
        request["ehcr_ehcp_request_id"],
    )
    outcomes = {a["ehca_ehcp_assessment_outcome"] for a in assessments}
    if outcomes & {"Y", "N", "W", "H"}:
        return False
    if request["ehcr_ehcp_req_outcome"] == "H":
        return "A" in outcomes
    if request["ehcr_ehcp_req_outcome"] is None:
        return request["ehcr_ehcp_req_outcome_date"] is None
    return request["ehcr_ehcp_req_outcome"] in ("A", "Y")


SN3 = twin("SN3", PERCENT, "ehcp_requests", ("sen2",), PLAN_EVENTS, PERSON, count_sn3)
SN5 = twin("SN5", PERCENT, "ehcp_assessment", ("sen2",), PLAN_EVENTS, PERSON, count_sn5)
SN6 = twin("SN6", PERCENT, "ehcp_assessment", ("sen2",), PLAN_EVENTS, PERSON, count_sn6)
SN8 = twin(
    "SN8",
    "count",
    "ehcp_requests",
    ("sen2",),
    ("calendar_year",),
    f"{PERSON} waiting",
    count_sn8,
    needs=("ehcp_assessment",),
    state=True,
)
