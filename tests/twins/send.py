"""Education, health and care plans (SN1), 20 weeks (SN4) and reviews (SN11)."""

from datetime import date

from twins.calendar import add_months
from twins.model import Counted, Row
from twins.sources import Record, first_of_each_child

START = "ehcn_named_plan_start_date"
CEASED = "ehcn_named_plan_ceased_date"
CHILD = "ehcn_person_id"
REQUEST = "ehcn_ehcp_request_id"
TWENTY_WEEKS = 140


def plans_in_force(record: Record, day: date) -> list[Row]:
    return record.states("ehcp_named_plan", START, CEASED, day)


def count_sn1(record: Record, start: date, end: date) -> list[Counted]:
    """Children and young people with a plan on the last day, each once."""
    return [
        Counted(row[CHILD], row, end)
        for row in first_of_each_child(plans_in_force(record, end), CHILD)
    ]


def count_sn4(record: Record, start: date, end: date) -> list[Counted]:
    """First plans of a request, no exceptions, no transfers: issued in 20 weeks?"""
    found = []
    for row in record.events("ehcp_named_plan", START):
        if not start <= row[START] <= end:
            continue
        if not is_first_of_its_request(record, row):
            continue
        if had_an_exception(record, row) or was_transferred_in(record, row):
            continue
        asked = request_date(record, row)
        in_time = None if asked is None else (row[START] - asked).days <= TWENTY_WEEKS
        found.append(Counted(row[CHILD], row, row[START], in_time))
    return found


def is_first_of_its_request(record: Record, row: Row) -> bool:
    """Say whether no plan of the same request in the same return came before it."""
    if row[REQUEST] is None:
        return True
    for other in record.same_return("ehcp_named_plan", row):
        if other[REQUEST] != row[REQUEST] or other[START] is None:
            continue
        if (other[START], other["line"]) < (row[START], row["line"]):
            return False
    return True


def had_an_exception(record: Record, row: Row) -> bool:
    return any(
        assessment["ehca_ehcp_request_id"] == row[REQUEST]
        and assessment["ehca_ehcp_assessment_exceptions"] is True
        for assessment in record.same_return("ehcp_assessment", row)
        if row[REQUEST] is not None
    )


def active_plans_of(record: Record, row: Row) -> list[Row]:
    if row[REQUEST] is None:
        return []
    return [
        active
        for active in record.same_return("ehcp_active_plans", row)
        if active["ehcp_ehcp_request_id"] == row[REQUEST]
    ]


def was_transferred_in(record: Record, row: Row) -> bool:
    return any(
        active["ehcp_transfer_la"] not in (None, "")
        for active in active_plans_of(record, row)
    )


def request_date(record: Record, row: Row) -> date | None:
    for request in record.same_return("ehcp_requests", row):
        if row[REQUEST] is not None and request["ehcr_ehcp_request_id"] == row[REQUEST]:
            found: date | None = request["ehcr_ehcp_req_date"]
            return found
    return None


def count_sn11(record: Record, start: date, end: date) -> list[Counted]:
    """Plans in force on 31 December last reviewed more than 12 months before."""
    found = []
    for row in plans_in_force(record, end):
        overdue = last_review(record, row) < add_months(end, -12)
        found.append(Counted(row[CHILD], row, end, overdue))
    return found


def last_review(record: Record, row: Row) -> date:
    """The latest review of the request's active plan; its issue if never reviewed."""
    reviews = [
        active["ehcp_active_ehcp_last_review_date"]
        for active in active_plans_of(record, row)
        if active["ehcp_active_ehcp_last_review_date"] is not None
    ]
    latest: date = max(reviews) if reviews else row[START]
    return latest
