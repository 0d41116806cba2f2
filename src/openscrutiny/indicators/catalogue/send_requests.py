"""From a request to a plan: requests received (SN2) and plans in 20 weeks (SN4).

The return tells each year's decisions by letters. Y: a plan was issued, and its date
is the day of issue. H: decided before the year, so no event of it. The date of the
named plan is that of its current version, and dates no event here.
"""

from datetime import date
from functools import cache
from typing import Final

from openscrutiny.indicators.definition import (
    Break,
    Clock,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Count, Share
from openscrutiny.indicators.themes import LAIT, SEND
from openscrutiny.record.expressions import RecordView, Rows, ibis

ISSUED: Final = "Y"  # of an assessment: a plan was issued, on the outcome's date
HISTORICAL: Final = "H"  # decided before the year that the return covers

# "Up to and including the 2022 publication, data was collected at a local authority
# aggregate level ... a break in the time series" (LAIT, data dictionary as at April
# 2026; EHC plans 2025, data guidance, "The time series"). The collection of January 2023
# tells of 2022, but the tables give it by child from 2023 on: neither step is tested.
BY_CHILD: Final = tuple(
    Break(date(year, 1, 1), "SEN2 became a return by child with the collection of 2023")
    for year in (2022, 2023)
)
_TWENTY_WEEKS_IN_DAYS: Final = 140
PUBLISHED_PLANS: Final = "Education, health and care plans (DfE)"

EXAMPLE_ROWS: Final = """
request  ehcp_requests  request_id  person_id={request_id}  req_date  req_outcome=Y
assessment  ehcp_assessment  assessment_id={request_id}-{outcome_date}  request_id  person_id={request_id}  assessment_outcome=Y  outcome_date=-  assessment_exceptions=no
plan  ehcp_named_plan  plan_id={request_id}-{start_date}  request_id  person_id={request_id}  start_date  ceased_date=-
active_plan  ehcp_active_plans  ehcp_id={request_id}  request_id  person_id={request_id}  transfer_la=-  meeting_date=-  review_date=-
"""


# ---------------------------------------------------------------- rows that count


@cache
def find_transfers_in(record: RecordView) -> Rows:
    """Give `for_load` and `request_id` of plans that came from another authority."""
    active = record.same_return("ehcp_active_plans")
    came = active.filter(ibis.coalesce(active.ehcp_transfer_la, "") != "")
    return came.select("for_load", request_id="ehcp_ehcp_request_id").distinct()


@cache
def find_requests_received(record: RecordView) -> Rows:
    """Give requests to this authority, without those of an earlier year."""
    rows = record.events("ehcp_requests", "ehcr_ehcp_req_date", "ehcr_person_id")
    rows = rows.filter(ibis.coalesce(rows.ehcr_ehcp_req_outcome, "") != HISTORICAL)
    return rows.anti_join(
        find_transfers_in(record),
        [("load_id", "for_load"), ("ehcr_ehcp_request_id", "request_id")],
    )


def _plans_issued(record: RecordView) -> Rows:
    rows = find_plans_issued(record)
    return rows.filter(~rows.ehca_ehcp_assessment_exceptions.fill_null(False))


@cache
def find_plans_issued(record: RecordView) -> Rows:
    """Give first plans of requests, without transfers in, and whether in 20 weeks."""
    rows = record.events(
        "ehcp_assessment", "ehca_ehcp_assessment_outcome_date", "ehca_person_id"
    )
    rows = rows.filter(rows.ehca_ehcp_assessment_outcome == ISSUED)
    rows = leave_out_told_again(with_received(record, rows))
    rows = rows.anti_join(
        _later_issues(record),
        [("load_id", "for_load"), ("ehca_ehcp_assessment_id", "later_issue")],
    )
    request = [("load_id", "for_load"), ("ehca_ehcp_request_id", "request_id")]
    rows = rows.anti_join(find_transfers_in(record), request)
    taken = rows.on.delta(rows.received, unit="day")
    # Before it was asked for no plan can be issued: then one of the dates is wrong.
    in_time = ibis.cases((taken >= 0, taken <= _TWENTY_WEEKS_IN_DAYS))
    return rows.mutate(numerator=in_time)


def with_received(record: RecordView, rows: Rows) -> Rows:
    """Add to assessments the day on which their request was `received`."""
    requests = record.same_return("ehcp_requests")
    received = requests.select(
        "for_load", request_id="ehcr_ehcp_request_id", received="ehcr_ehcp_req_date"
    )
    request = [("load_id", "for_load"), ("ehca_ehcp_request_id", "request_id")]
    return rows.left_join(received, request).drop("for_load", "request_id")


def leave_out_told_again(rows: Rows) -> Rows:
    """Leave out what an earlier return has decided so of the same child's request.

    Of a year before it the return would say H. What the earlier one published stands.
    """
    known = rows.select(
        known_authority="authority",
        known_return="return_id",
        known_child="child",
        known_received="received",
        known_outcome="ehca_ehcp_assessment_outcome",
        known_on="on",
    )
    return rows.anti_join(
        known,
        [
            rows.authority == known.known_authority,
            rows.child == known.known_child,
            rows.received == known.known_received,
            rows.ehca_ehcp_assessment_outcome == known.known_outcome,
            rows.return_id > known.known_return,
            rows.on > known.known_on,
        ],
    )


def _later_issues(record: RecordView) -> Rows:
    """Give assessments that issued a plan after another of the same request did."""
    issues = record.same_return("ehcp_assessment")
    issues = issues.filter(
        (issues.ehca_ehcp_assessment_outcome == ISSUED)
        & issues.ehca_ehcp_request_id.notnull()
        & issues.ehca_ehcp_assessment_outcome_date.notnull()
    )
    in_order = ibis.window(
        group_by=["for_load", "ehca_ehcp_request_id"],
        order_by=["ehca_ehcp_assessment_outcome_date", "line"],
    )
    numbered = issues.mutate(place=ibis.row_number().over(in_order))
    return numbered.filter(numbered.place > 0).select(
        "for_load", later_issue="ehca_ehcp_assessment_id"
    )


REQUESTS: Final = Indicator(
    id="requests-for-assessment",
    code="SN2",
    name="Requests for assessment",
    reads="requests for an assessment of needs came {when}",
    theme=SEND,
    counts="requests",
    sentence_subject="Requests for an education, health and care needs assessment",
    numerator="initial requests received in the period",
    formula="count of requests by the date on which they were received",
    measure=Count(),
    polarity=Polarity.NEUTRAL,
    why_polarity="More requests may mean more need, or that more families are heard.",
    clock=Clock.EVENT,
    source="SEN2 guide, requests (ReceivedDate, RequestOutcome)",
    paragraph="Date the request for an EHC needs assessment was received",
    table="ehcp_requests",
    published=(
        PublishedMeasure(LAIT, "SEN_INIT_REQ"),
        PublishedMeasure(PUBLISHED_PLANS, "requests:requests_received_in_year"),
    ),
    no_comparator="Counts of places that differ in size are not compared.",
    caveats=(
        "Whatever came of it, a request counts, also one that was withdrawn or refused; "
        "a child asked for again counts again.",
        "A request decided before the year (outcome H) and a plan that came from "
        "another authority are no requests of the year.",
    ),
    rows=find_requests_received,
    examples=read_examples(
        """
        Whatever came of it
        request  request_id  req_date    req_outcome
                 A           2024-01-01  Y
                 B           2024-05-01  N
                 C           2024-06-01  W
                 D           2024-12-31  A
        calendar year to 2024-12-31 from sen2/2024: 4. Agreed, refused, withdrawn and
        not yet decided: 4 requests.

        Refused, and asked for again
        request  request_id  person_id  req_date    req_outcome
                 R1          A          2024-02-01  N
                 R2          A          2024-10-01  Y
        calendar year to 2024-12-31 from sen2/2024: 2. One child, two requests: 2.

        Not of this year
        request  request_id  req_date    req_outcome
                 A           -           H
                 B           2023-12-31  Y
                 C           2024-03-01  Y
                 D           2024-04-01  Y
        active_plan  request_id  transfer_la
                     C           303
        calendar year to 2024-12-31 from sen2/2024: 1. A was decided before the year, B
        received before it, and C came with a plan from another authority; D remains: 1.
        """,
        EXAMPLE_ROWS,
    ),
)

TIMELY_PLANS: Final = Indicator(
    id="plans-issued-within-20-weeks",
    code="SN4",
    name="Plans issued within 20 weeks",
    reads="of plans {when} were issued within 20 weeks",
    theme=SEND,
    counts="plans issued",
    sentence_subject="Education, health and care plans issued within 20 weeks",
    numerator="of those, plans issued within 140 days of the request",
    denominator="first plans issued in the period, without statutory exceptions",
    formula="100 × plans issued within 20 weeks ÷ plans issued",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="The law gives 20 weeks.",
    clock=Clock.EVENT,
    source=(
        "Education, health and care plans, methodology (DfE); SEN2 guide, assessment "
        "(AssessmentOutcome, AssessmentOutcomeDate, Week20)"
    ),
    paragraph=(
        "Timeliness: plans issued within 20 weeks of the request, excluding exceptions "
        "(SEND Regulations 2014, regulation 13)"
    ),
    table="ehcp_assessment",
    published=(
        PublishedMeasure(
            LAIT,
            "SEN_EHC_Excpt_20wks",
            numerator="timeliness_20_week:plans_issued_20_weeks_ex",
            denominator="timeliness_20_week:plans_issued_den_ex",
        ),
    ),
    caveats=(
        "A plan is issued on the outcome date of its assessment (outcome Y). The date "
        "of the plan itself is that of its current version and is not used.",
        "Decided before the year (outcome H), or come from another authority: in "
        "neither number. A refusal that was overturned stays a refusal in the return, "
        "and its plan is not among those issued.",
        "The guidance does not say whether the day of the request is day 0 or day 1 "
        "of the 140; here it is day 0.",
    ),
    read_with=(
        ReadWith("SN2", "Plans in time, and how many are asked for."),
        ReadWith("SN11", "New plans in time, and reviews of older ones."),
    ),
    breaks=BY_CHILD,
    rows=_plans_issued,
    examples=read_examples(
        """
        Day 140 is in time, day 141 is not
        request  request_id  req_date
                 A           2024-01-01
                 B           2024-01-01
        assessment  request_id  outcome_date
                    A           2024-05-20
                    B           2024-05-21
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. From 1 January to 20 May
        2024 are 140 days: 1 of 2.

        Issued in time, amended later
        request  request_id  req_date
                 A           2024-01-01
        assessment  request_id  outcome_date
                    A           2024-04-10
        plan  request_id  start_date
              A           2024-11-01
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. Issued on day 100. The plan
        of 1 November is an amended version: 1 of 1.

        Decided before the year
        request  request_id  req_date    req_outcome
                 A           -           H
                 B           2024-01-01  Y
                 C           2023-11-01  H
        assessment  request_id  assessment_outcome  outcome_date
                    A           H                   -
                    B           Y                   2024-05-01
                    C           Y                   2024-02-01
        plan  request_id  start_date
              A           2024-06-01
              B           2024-05-01
              C           2024-02-01
        calendar year to 2024-12-31 from sen2/2024: 2 of 2. A's plan is older than the
        year. B took 121 days. C was agreed to be assessed before the year, and its plan
        issued in it after 92 days: 2 of 2.

        Exceptions, transfers in and refusals are left out
        request  request_id  req_date
                 A           2023-10-01
                 B           2023-06-01
                 C           2023-06-01
                 D           2023-11-01
                 E           2023-11-01
        assessment  request_id  assessment_outcome  outcome_date  assessment_exceptions
                    A           Y                   2024-02-01    no
                    B           Y                   2024-02-01    yes
                    C           Y                   2024-02-01    no
                    D           N                   2024-02-01    no
                    E           Y                   -             no
        active_plan  request_id  transfer_la
                     C           303
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. B had an exception, C came
        from another authority, D was refused and E's plan is not issued yet; A took 123
        days: 1 of 1.

        Only the first plan of a request
        request  request_id  req_date
                 A           2023-06-01
        assessment  request_id  outcome_date
                    A           2023-10-01
                    A           2024-06-01
        calendar year to 2024-12-31 from sen2/2024: 0 of 0. The first plan was issued in
        2023; that of 2024 followed it: none.
        """,
        EXAMPLE_ROWS,
    ),
)
