"""Special educational needs: education, health and care plans."""

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
from openscrutiny.indicators.governance import EDITION_2025
from openscrutiny.periods import PeriodType

if TYPE_CHECKING:
    import ibis

    from openscrutiny.record.view import RecordView

__all__ = ["INDICATORS"]

_SOURCE = "Education, health and care plans, methodology (DfE); SEN2 guide"
_YEAR = (("sen2/2024", "2024-01-01", "2024-12-31"),)
_CY = (PeriodType.CALENDAR_YEAR, date(2024, 12, 31))
_BREAKDOWNS = (AGE_BAND, SEX, ETHNICITY)
_TWENTY_WEEKS_IN_DAYS = 140


def _plan(
    request: str, start: str, ceased: str | None = None, child: str = ""
) -> dict[str, object]:
    return {
        "ehcn_named_plan_id": f"{request}-{start}",
        "ehcn_ehcp_request_id": request,
        "ehcn_person_id": child or request,
        "ehcn_named_plan_start_date": start,
        "ehcn_named_plan_ceased_date": ceased,
    }


def _request(request: str, received: str) -> dict[str, object]:
    return {
        "ehcr_ehcp_request_id": request,
        "ehcr_person_id": request,
        "ehcr_ehcp_req_date": received,
    }


def _assessment(request: str, *, exception: bool) -> dict[str, object]:
    return {
        "ehca_ehcp_assessment_id": request,
        "ehca_ehcp_request_id": request,
        "ehca_person_id": request,
        "ehca_ehcp_assessment_exceptions": exception,
    }


def _active(
    request: str, reviewed: str | None = None, transfer: str | None = None
) -> dict[str, object]:
    return {
        "ehcp_active_ehcp_id": request,
        "ehcp_ehcp_request_id": request,
        "ehcp_person_id": request,
        "ehcp_transfer_la": transfer,
        "ehcp_active_ehcp_last_review_date": reviewed,
    }


def _plans_in_force(record: "RecordView") -> "ibis.Table":
    return record.states(
        "ehcp_named_plan",
        "ehcn_named_plan_start_date",
        "ehcn_named_plan_ceased_date",
        "ehcn_person_id",
    )


def _plans_issued_in_time(record: "RecordView") -> "ibis.Table":
    """Give first plans of requests, without exceptions and transfers in."""
    import ibis

    rows = record.events(
        "ehcp_named_plan", "ehcn_named_plan_start_date", "ehcn_person_id"
    )
    rows = rows.anti_join(
        _later_plans(record),
        [("load_id", "for_load"), ("ehcn_named_plan_id", "later_plan")],
    )
    request = [("load_id", "for_load"), ("ehcn_ehcp_request_id", "request_id")]
    assessments = record.same_return("ehcp_assessment")
    exceptions = assessments.filter(
        assessments.ehca_ehcp_assessment_exceptions.fill_null(False)
    ).select("for_load", request_id="ehca_ehcp_request_id")
    active = record.same_return("ehcp_active_plans")
    transfers = active.filter(ibis.coalesce(active.ehcp_transfer_la, "") != "").select(
        "for_load", request_id="ehcp_ehcp_request_id"
    )
    rows = rows.anti_join(exceptions.union(transfers), request)
    requests = record.same_return("ehcp_requests")
    received = requests.select(
        "for_load", request_id="ehcr_ehcp_request_id", received="ehcr_ehcp_req_date"
    )
    joined = rows.left_join(received, request).drop("for_load", "request_id")
    taken = joined.on.delta(joined.received, unit="day")
    return joined.mutate(numerator=taken <= _TWENTY_WEEKS_IN_DAYS)


def _later_plans(record: "RecordView") -> "ibis.Table":
    """Give plans that replaced an earlier one of the same request."""
    import ibis

    plans = record.same_return("ehcp_named_plan")
    plans = plans.filter(
        plans.ehcn_ehcp_request_id.notnull()
        & plans.ehcn_named_plan_start_date.notnull()
    )
    in_order = ibis.window(
        group_by=["for_load", "ehcn_ehcp_request_id"],
        order_by=["ehcn_named_plan_start_date", "line"],
    )
    numbered = plans.mutate(place=ibis.row_number().over(in_order))
    return numbered.filter(numbered.place > 0).select(
        "for_load", later_plan="ehcn_named_plan_id"
    )


def _reviews_not_completed(record: "RecordView") -> "ibis.Table":
    import ibis

    rows = _plans_in_force(record)
    active = record.same_return("ehcp_active_plans")
    reviewed = active.group_by(
        "for_load", request_id=active.ehcp_ehcp_request_id
    ).aggregate(reviewed=active.ehcp_active_ehcp_last_review_date.max())
    joined = rows.left_join(
        reviewed,
        [("load_id", "for_load"), ("ehcn_ehcp_request_id", "request_id")],
    ).drop("for_load", "request_id")
    last = ibis.coalesce(joined.reviewed, joined.since)
    overdue = (last + ibis.interval(months=12)).cast("date") + ibis.interval(days=1)
    return joined.mutate(numerator_since=overdue.cast("date"))


PLANS: Final = Indicator(
    id="education-health-and-care-plans",
    code="SN1",
    name="Education, health and care plans",
    section=Section.EDUCATION,
    theme="Special educational needs and disabilities",
    counts="children and young people with a plan",
    sentence_subject="Children and young people with an education, health and care plan",
    numerator="children and young people with a plan in force on the last day",
    denominator="",
    formula="count of children and young people with a plan in force",
    unit=Unit.COUNT,
    polarity=Polarity.NEUTRAL,
    why_polarity="More plans may mean more need, or need better met.",
    clock=Clock.STATE,
    periods=(PeriodType.MONTH, PeriodType.QUARTER, PeriodType.CALENDAR_YEAR),
    headline=PeriodType.CALENDAR_YEAR,
    source=_SOURCE,
    paragraph="Plans maintained on the census day",
    returns=("sen2",),
    table="ehcp_named_plan",
    one_per_child=True,
    breakdowns=_BREAKDOWNS,
    no_comparator=(
        "A number of plans says nothing beside an authority of another size, and no "
        "population aged 0 to 25 is loaded to divide by."
    ),
    caveats=(
        "DfE counts the plans of a day in January; we count those of 31 December.",
    ),
    rows=_plans_in_force,
    examples=(
        Example(
            "In force on the last day",
            {
                "ehcp_named_plan": (
                    _plan("A", "2019-05-01"),
                    _plan("B", "2024-12-31"),
                    _plan("C", "2020-05-01", "2024-12-31"),
                )
            },
            _YEAR,
            _CY,
            2,
            None,
            "C's ceased on the day and no longer counts: 2.",
        ),
        Example(
            "One young person once",
            {
                "ehcp_named_plan": (
                    _plan("R1", "2018-05-01", child="A"),
                    _plan("R2", "2024-02-01", child="A"),
                )
            },
            _YEAR,
            _CY,
            1,
            None,
            "Two plans of one young person: 1.",
        ),
        Example(
            "At the end of a month",
            {
                "ehcp_named_plan": (
                    _plan("A", "2024-04-30"),
                    _plan("B", "2024-05-01"),
                    _plan("C", "2020-01-01", "2024-05-01"),
                )
            },
            _YEAR,
            (PeriodType.MONTH, date(2024, 4, 30)),
            2,
            None,
            "A and C had a plan on 30 April; B's began a day later: 2.",
        ),
    ),
    **EDITION_2025,
)

TIMELY_PLANS: Final = Indicator(
    id="plans-issued-within-20-weeks",
    code="SN4",
    name="Plans issued within 20 weeks",
    section=Section.EDUCATION,
    theme="Special educational needs and disabilities",
    counts="plans issued",
    sentence_subject="Education, health and care plans issued within 20 weeks",
    numerator="plans issued within 140 days of the request",
    denominator="first plans issued in the period, without statutory exceptions",
    formula="100 × plans issued within 20 weeks ÷ plans issued",
    unit=Unit.PERCENT,
    polarity=Polarity.HIGHER,
    why_polarity="The law gives 20 weeks.",
    clock=Clock.EVENT,
    periods=(
        PeriodType.MONTH,
        PeriodType.QUARTER,
        PeriodType.ROLLING_12_MONTHS,
        PeriodType.CALENDAR_YEAR,
    ),
    headline=PeriodType.CALENDAR_YEAR,
    source=_SOURCE,
    paragraph=(
        "Timeliness: plans issued within 20 weeks of the request, excluding exceptions "
        "(SEND Regulations 2014, regulation 13)"
    ),
    returns=("sen2",),
    table="ehcp_named_plan",
    breakdowns=_BREAKDOWNS,
    published=(
        PublishedMeasure(
            "Local authority interactive tool (DfE)",
            "SEN_EHC_Excpt_20wks",
            numerator="timeliness_20_week:plans_issued_20_weeks_ex",
            denominator="timeliness_20_week:plans_issued_den_ex",
        ),
    ),
    caveats=(
        "The guidance does not say whether the day of the request is day 0 or day 1 "
        "of the 140; here it is day 0.",
    ),
    rows=_plans_issued_in_time,
    examples=(
        Example(
            "Day 140 is in time, day 141 is not",
            {
                "ehcp_requests": (
                    _request("A", "2024-01-01"),
                    _request("B", "2024-01-01"),
                ),
                "ehcp_named_plan": (_plan("A", "2024-05-20"), _plan("B", "2024-05-21")),
            },
            _YEAR,
            _CY,
            1,
            2,
            "From 1 January to 20 May 2024 are 140 days: 1 of 2.",
        ),
        Example(
            "Exceptions and transfers in are left out",
            {
                "ehcp_requests": (
                    _request("A", "2023-10-01"),
                    _request("B", "2023-06-01"),
                    _request("C", "2023-06-01"),
                ),
                "ehcp_assessment": (
                    _assessment("A", exception=False),
                    _assessment("B", exception=True),
                ),
                "ehcp_named_plan": (
                    _plan("A", "2024-02-01"),
                    _plan("B", "2024-02-01"),
                    _plan("C", "2024-02-01"),
                ),
                "ehcp_active_plans": (_active("C", transfer="303"),),
            },
            _YEAR,
            _CY,
            1,
            1,
            "B had an exception and C came from another authority; A took 123 days: "
            "1 of 1.",
        ),
        Example(
            "Only the first plan of a request",
            {
                "ehcp_requests": (_request("A", "2023-06-01"),),
                "ehcp_named_plan": (
                    _plan("A", "2023-10-01", "2024-06-01"),
                    _plan("A", "2024-06-01"),
                ),
            },
            _YEAR,
            _CY,
            0,
            0,
            "The first plan was issued in 2023; the one of 2024 replaced it: none.",
        ),
    ),
    **EDITION_2025,
)

REVIEWS_NOT_COMPLETED: Final = Indicator(
    id="annual-reviews-not-completed",
    code="SN11",
    name="Annual reviews not completed",
    section=Section.EDUCATION,
    theme="Special educational needs and disabilities",
    counts="plans in force",
    sentence_subject="Plans whose annual review was not completed",
    numerator="of those, plans last reviewed (or issued) more than 12 months before",
    denominator="plans in force on the last day",
    formula="100 × plans not reviewed for more than 12 months ÷ plans in force",
    unit=Unit.PERCENT,
    polarity=Polarity.LOWER,
    why_polarity="The law asks for a review at least every 12 months.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    headline=PeriodType.CALENDAR_YEAR,
    source="Children and Families Act 2014, section 44; SEN2 guide (LastReview)",
    paragraph="A plan is reviewed every 12 months from its start or its last review",
    returns=("sen2",),
    table="ehcp_named_plan",
    breakdowns=_BREAKDOWNS,
    no_comparator=(
        "DfE's annual review table counts meetings, some held before the year, so no "
        "authority's published figure is the same as this one."
    ),
    caveats=(
        "The decision after a review, due four weeks after the meeting, is another "
        "measure.",
    ),
    rows=_reviews_not_completed,
    examples=(
        Example(
            "Reviewed in the year, or too long ago",
            {
                "ehcp_named_plan": (_plan("A", "2020-01-01"), _plan("B", "2020-01-01")),
                "ehcp_active_plans": (
                    _active("A", "2024-03-01"),
                    _active("B", "2023-11-30"),
                ),
            },
            _YEAR,
            _CY,
            1,
            2,
            "B's last review lies more than 12 months before 31 December: 1 of 2.",
        ),
        Example(
            "Never reviewed: from the issue of the plan",
            {
                "ehcp_named_plan": (_plan("A", "2024-06-01"), _plan("B", "2022-06-01")),
                "ehcp_active_plans": (_active("A"), _active("B")),
            },
            _YEAR,
            _CY,
            1,
            2,
            "A's plan is seven months old, B's more than two years: 1 of 2.",
        ),
        Example(
            "Exactly 12 months is in time",
            {
                "ehcp_named_plan": (_plan("A", "2020-01-01"), _plan("B", "2020-01-01")),
                "ehcp_active_plans": (
                    _active("A", "2023-12-31"),
                    _active("B", "2023-12-30"),
                ),
            },
            _YEAR,
            _CY,
            1,
            2,
            "A was reviewed on the same day a year before, B a day earlier: 1 of 2.",
        ),
    ),
    **EDITION_2025,
)

INDICATORS: Final = (PLANS, TIMELY_PLANS, REVIEWS_NOT_COMPLETED)
