"""From a request to a plan: requests received (SN2) and plans in 20 weeks (SN4).

The return tells each year's decisions by letters. Y: a plan was issued, and its date
is the day of issue. H: decided before the year, so no event of it. The date of the
named plan is that of its current version, and dates no event here.
"""

from datetime import date
from typing import TYPE_CHECKING, Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.definition import (
    Clock,
    Example,
    Indicator,
    Polarity,
    PublishedMeasure,
    Section,
    Unit,
)
from openscrutiny.indicators.governance import EDITION_2026
from openscrutiny.periods import PeriodType

if TYPE_CHECKING:
    import ibis

    from openscrutiny.record.view import RecordView

__all__ = [
    "HISTORICAL",
    "ISSUED",
    "REQUESTS",
    "TIMELY_PLANS",
    "example_active_plan",
    "example_assessment",
    "example_plan",
    "example_request",
    "find_transfers_in",
]

ISSUED: Final = "Y"  # of an assessment: a plan was issued, on the outcome's date
HISTORICAL: Final = "H"  # decided before the year that the return covers

_YEAR: Final = (("sen2/2024", "2024-01-01", "2024-12-31"),)
_CY: Final = (PeriodType.CALENDAR_YEAR, date(2024, 12, 31))
_BREAKDOWNS: Final = (AGE_BAND, SEX, ETHNICITY)
_PERIODS: Final = (
    PeriodType.MONTH,
    PeriodType.QUARTER,
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.CALENDAR_YEAR,
)
_TWENTY_WEEKS_IN_DAYS: Final = 140
_TOOL: Final = "Local authority interactive tool (DfE)"
_PLANS: Final = "Education, health and care plans (DfE)"


# ---------------------------------------------------------------- rows of examples


def example_request(
    request: str, received: str | None, outcome: str | None = "Y", child: str = ""
) -> dict[str, object]:
    """Give a request's row; the child is named like the request unless given."""
    return {
        "ehcr_ehcp_request_id": request,
        "ehcr_person_id": child or request,
        "ehcr_ehcp_req_date": received,
        "ehcr_ehcp_req_outcome": outcome,
    }


def example_assessment(
    request: str,
    outcome: str | None,
    on: str | None = None,
    *,
    exception: bool = False,
) -> dict[str, object]:
    """Give an assessment's row with its outcome and the outcome's date."""
    return {
        "ehca_ehcp_assessment_id": f"{request}-{on}",
        "ehca_ehcp_request_id": request,
        "ehca_person_id": request,
        "ehca_ehcp_assessment_outcome": outcome,
        "ehca_ehcp_assessment_outcome_date": on,
        "ehca_ehcp_assessment_exceptions": exception,
    }


def example_plan(
    request: str, current: str | None, ceased: str | None = None, child: str = ""
) -> dict[str, object]:
    """Give a named plan's row with the date of its current version."""
    return {
        "ehcn_named_plan_id": f"{request}-{current}",
        "ehcn_ehcp_request_id": request,
        "ehcn_person_id": child or request,
        "ehcn_named_plan_start_date": current,
        "ehcn_named_plan_ceased_date": ceased,
    }


def example_active_plan(
    request: str,
    meeting: str | None = None,
    letter: str | None = None,
    transfer: str | None = None,
) -> dict[str, object]:
    """Give an active plan's row: its last review meeting, and the letter after it."""
    return {
        "ehcp_active_ehcp_id": request,
        "ehcp_ehcp_request_id": request,
        "ehcp_person_id": request,
        "ehcp_transfer_la": transfer,
        "ehcp_review_meeting_date": meeting,
        "ehcp_active_ehcp_last_review_date": letter,
    }


# ---------------------------------------------------------------- rows that count


def find_transfers_in(record: "RecordView") -> "ibis.Table":
    """Give `for_load` and `request_id` of plans that came from another authority."""
    import ibis

    active = record.same_return("ehcp_active_plans")
    came = active.filter(ibis.coalesce(active.ehcp_transfer_la, "") != "")
    return came.select("for_load", request_id="ehcp_ehcp_request_id").distinct()


def _requests_received(record: "RecordView") -> "ibis.Table":
    """Give requests to this authority, without those of an earlier year."""
    import ibis

    rows = record.events("ehcp_requests", "ehcr_ehcp_req_date", "ehcr_person_id")
    rows = rows.filter(ibis.coalesce(rows.ehcr_ehcp_req_outcome, "") != HISTORICAL)
    return rows.anti_join(
        find_transfers_in(record),
        [("load_id", "for_load"), ("ehcr_ehcp_request_id", "request_id")],
    )


def _plans_issued(record: "RecordView") -> "ibis.Table":
    """Give first plans of requests, without exceptions and transfers in."""
    import ibis

    rows = record.events(
        "ehcp_assessment", "ehca_ehcp_assessment_outcome_date", "ehca_person_id"
    )
    rows = rows.filter(
        (rows.ehca_ehcp_assessment_outcome == ISSUED)
        & ~rows.ehca_ehcp_assessment_exceptions.fill_null(False)
    )
    rows = rows.anti_join(
        _later_issues(record),
        [("load_id", "for_load"), ("ehca_ehcp_assessment_id", "later_issue")],
    )
    request = [("load_id", "for_load"), ("ehca_ehcp_request_id", "request_id")]
    rows = rows.anti_join(find_transfers_in(record), request)
    requests = record.same_return("ehcp_requests")
    received = requests.select(
        "for_load", request_id="ehcr_ehcp_request_id", received="ehcr_ehcp_req_date"
    )
    joined = rows.left_join(received, request).drop("for_load", "request_id")
    taken = joined.on.delta(joined.received, unit="day")
    # Before it was asked for no plan can be issued: then one of the dates is wrong.
    in_time = ibis.cases((taken >= 0, taken <= _TWENTY_WEEKS_IN_DAYS))
    return joined.mutate(numerator=in_time)


def _later_issues(record: "RecordView") -> "ibis.Table":
    """Give assessments that issued a plan after another of the same request did."""
    import ibis

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
    section=Section.EDUCATION,
    theme="Special educational needs and disabilities",
    counts="requests",
    sentence_subject="Requests for an education, health and care needs assessment",
    numerator="initial requests received in the period",
    denominator="",
    formula="count of requests by the date on which they were received",
    unit=Unit.COUNT,
    polarity=Polarity.NEUTRAL,
    why_polarity="More requests may mean more need, or that more families are heard.",
    clock=Clock.EVENT,
    periods=_PERIODS,
    headline=PeriodType.CALENDAR_YEAR,
    source="SEN2 guide, requests (ReceivedDate, RequestOutcome)",
    paragraph="Date the request for an EHC needs assessment was received",
    returns=("sen2",),
    table="ehcp_requests",
    breakdowns=_BREAKDOWNS,
    published=(
        PublishedMeasure(_TOOL, "SEN_INIT_REQ"),
        PublishedMeasure(_PLANS, "requests:requests_received_in_year"),
    ),
    no_comparator="Counts of places that differ in size are not compared.",
    caveats=(
        "Whatever came of it, a request counts, also one that was withdrawn or refused; "
        "a child asked for again counts again.",
        "A request decided before the year (outcome H) and a plan that came from "
        "another authority are no requests of the year.",
    ),
    rows=_requests_received,
    examples=(
        Example(
            "Whatever came of it",
            {
                "ehcp_requests": (
                    example_request("A", "2024-01-01", "Y"),
                    example_request("B", "2024-05-01", "N"),
                    example_request("C", "2024-06-01", "W"),
                    example_request("D", "2024-12-31", "A"),
                )
            },
            _YEAR,
            _CY,
            4,
            None,
            "Agreed, refused, withdrawn and not yet decided: 4 requests.",
        ),
        Example(
            "Refused, and asked for again",
            {
                "ehcp_requests": (
                    example_request("R1", "2024-02-01", "N", child="A"),
                    example_request("R2", "2024-10-01", "Y", child="A"),
                )
            },
            _YEAR,
            _CY,
            2,
            None,
            "One child, two requests: 2.",
        ),
        Example(
            "Not of this year",
            {
                "ehcp_requests": (
                    example_request("A", None, "H"),
                    example_request("B", "2023-12-31", "Y"),
                    example_request("C", "2024-03-01", "Y"),
                    example_request("D", "2024-04-01", "Y"),
                ),
                "ehcp_active_plans": (example_active_plan("C", transfer="303"),),
            },
            _YEAR,
            _CY,
            1,
            None,
            "A was decided before the year, B received before it, and C came with a "
            "plan from another authority; D remains: 1.",
        ),
    ),
    **EDITION_2026,
)

TIMELY_PLANS: Final = Indicator(
    id="plans-issued-within-20-weeks",
    code="SN4",
    name="Plans issued within 20 weeks",
    section=Section.EDUCATION,
    theme="Special educational needs and disabilities",
    counts="plans issued",
    sentence_subject="Education, health and care plans issued within 20 weeks",
    numerator="of those, plans issued within 140 days of the request",
    denominator="first plans issued in the period, without statutory exceptions",
    formula="100 × plans issued within 20 weeks ÷ plans issued",
    unit=Unit.PERCENT,
    polarity=Polarity.HIGHER,
    why_polarity="The law gives 20 weeks.",
    clock=Clock.EVENT,
    periods=_PERIODS,
    headline=PeriodType.CALENDAR_YEAR,
    source=(
        "Education, health and care plans, methodology (DfE); SEN2 guide, assessment "
        "(AssessmentOutcome, AssessmentOutcomeDate, Week20)"
    ),
    paragraph=(
        "Timeliness: plans issued within 20 weeks of the request, excluding exceptions "
        "(SEND Regulations 2014, regulation 13)"
    ),
    returns=("sen2",),
    table="ehcp_assessment",
    breakdowns=_BREAKDOWNS,
    published=(
        PublishedMeasure(
            _TOOL,
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
    rows=_plans_issued,
    examples=(
        Example(
            "Day 140 is in time, day 141 is not",
            {
                "ehcp_requests": (
                    example_request("A", "2024-01-01"),
                    example_request("B", "2024-01-01"),
                ),
                "ehcp_assessment": (
                    example_assessment("A", "Y", "2024-05-20"),
                    example_assessment("B", "Y", "2024-05-21"),
                ),
            },
            _YEAR,
            _CY,
            1,
            2,
            "From 1 January to 20 May 2024 are 140 days: 1 of 2.",
        ),
        Example(
            "Issued in time, amended later",
            {
                "ehcp_requests": (example_request("A", "2024-01-01"),),
                "ehcp_assessment": (example_assessment("A", "Y", "2024-04-10"),),
                "ehcp_named_plan": (example_plan("A", "2024-11-01"),),
            },
            _YEAR,
            _CY,
            1,
            1,
            "Issued on day 100. The plan of 1 November is an amended version: 1 of 1.",
        ),
        Example(
            "Decided before the year",
            {
                "ehcp_requests": (
                    example_request("A", None, "H"),
                    example_request("B", "2024-01-01"),
                    example_request("C", "2023-11-01", "H"),
                ),
                "ehcp_assessment": (
                    example_assessment("A", "H"),
                    example_assessment("B", "Y", "2024-05-01"),
                    example_assessment("C", "Y", "2024-02-01"),
                ),
                "ehcp_named_plan": (
                    example_plan("A", "2024-06-01"),
                    example_plan("B", "2024-05-01"),
                    example_plan("C", "2024-02-01"),
                ),
            },
            _YEAR,
            _CY,
            2,
            2,
            "A's plan is older than the year. B took 121 days. C was agreed to be "
            "assessed before the year, and its plan issued in it after 92 days: 2 of 2.",
        ),
        Example(
            "Exceptions, transfers in and refusals are left out",
            {
                "ehcp_requests": (
                    example_request("A", "2023-10-01"),
                    example_request("B", "2023-06-01"),
                    example_request("C", "2023-06-01"),
                    example_request("D", "2023-11-01"),
                    example_request("E", "2023-11-01"),
                ),
                "ehcp_assessment": (
                    example_assessment("A", "Y", "2024-02-01"),
                    example_assessment("B", "Y", "2024-02-01", exception=True),
                    example_assessment("C", "Y", "2024-02-01"),
                    example_assessment("D", "N", "2024-02-01"),
                    example_assessment("E", "Y"),
                ),
                "ehcp_active_plans": (example_active_plan("C", transfer="303"),),
            },
            _YEAR,
            _CY,
            1,
            1,
            "B had an exception, C came from another authority, D was refused and E's "
            "plan is not issued yet; A took 123 days: 1 of 1.",
        ),
        Example(
            "Only the first plan of a request",
            {
                "ehcp_requests": (example_request("A", "2023-06-01"),),
                "ehcp_assessment": (
                    example_assessment("A", "Y", "2023-10-01"),
                    example_assessment("A", "Y", "2024-06-01"),
                ),
            },
            _YEAR,
            _CY,
            0,
            0,
            "The first plan was issued in 2023; that of 2024 followed it: none.",
        ),
    ),
    **EDITION_2026,
)
