"""What comes of requests: refused (SN3), all plans in 20 weeks (SN5), issued (SN6), open (SN8)."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX, WAITING
from openscrutiny.indicators.catalogue.send_requests import (
    BY_CHILD,
    EXAMPLE_ROWS,
    ISSUED,
    PUBLISHED_PLANS,
    find_plans_issued,
    find_requests_received,
    find_transfers_in,
    leave_out_told_again,
    with_received,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Needs,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Count, Share
from openscrutiny.indicators.themes import LAIT, SEND
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_REFUSED: Final = "N"
_UNDECIDED: Final = "A"
_AGREED: Final = "Y"
_HISTORICAL: Final = "H"
_ENDED: Final = ("Y", "N", "W", "H")
_TWENTY_WEEKS_IN_DAYS: Final = 140
_FIFTY_TWO_WEEKS_IN_DAYS: Final = 364


def _requests_refused(record: RecordView) -> Rows:
    rows = find_requests_received(record)
    return rows.mutate(numerator=rows.ehcr_ehcp_req_outcome == _REFUSED)


def _assessments_decided(record: RecordView) -> Rows:
    """Give assessments that ended: a plan issued, refused, or withdrawn before."""
    rows = record.events(
        "ehcp_assessment", "ehca_ehcp_assessment_outcome_date", "ehca_person_id"
    )
    outcome = rows.ehca_ehcp_assessment_outcome
    rows = rows.filter(outcome.isin((ISSUED, _REFUSED, "W")).fill_null(False))
    rows = leave_out_told_again(with_received(record, rows))
    rows = rows.anti_join(
        find_transfers_in(record),
        [("load_id", "for_load"), ("ehca_ehcp_request_id", "request_id")],
    )
    return rows.mutate(numerator=rows.ehca_ehcp_assessment_outcome == ISSUED)


def _requests_open(record: RecordView) -> Rows:
    """Give requests of the year's end that wait for more than 20 weeks."""
    rows = record.with_person(record.all_rows("ehcp_requests"), "ehcr_person_id")
    found = record.same_return("ehcp_assessment")
    outcome = found.ehca_ehcp_assessment_outcome
    found = found.group_by("for_load", request_id=found.ehca_ehcp_request_id).aggregate(
        ended=outcome.isin(_ENDED).any(), waits=(outcome == _UNDECIDED).any()
    )
    rows = rows.left_join(
        found, [("load_id", "for_load"), ("ehcr_ehcp_request_id", "request_id")]
    ).drop("for_load", "request_id")
    said = rows.ehcr_ehcp_req_outcome
    # What the return says nothing of has not been decided, as far as it tells.
    is_open = ~rows.ended.fill_null(False) & (
        (said.isnull() & rows.ehcr_ehcp_req_outcome_date.isnull())
        | said.isin((_UNDECIDED, _AGREED))
        | ((said == _HISTORICAL) & rows.waits.fill_null(False))
    )
    days = rows.valid_to.delta(rows.ehcr_ehcp_req_date, unit="day")
    rows = rows.filter(is_open.fill_null(False) & (days > _TWENTY_WEEKS_IN_DAYS))
    days = rows.valid_to.delta(rows.ehcr_ehcp_req_date, unit="day")
    return rows.mutate(
        since=rows.valid_from,
        until=ibis.null("date"),
        waiting=ibis.ifelse(
            days > _FIFTY_TWO_WEEKS_IN_DAYS, "More than 52 weeks", "20 to 52 weeks"
        ),
    )


REQUESTS_REFUSED: Final = Indicator(
    id="requests-refused",
    code="SN3",
    name="Requests for assessment refused",
    short_name="Requests refused",
    why_it_matters="A family that is refused may appeal, or give up.",
    synonyms=("refusal to assess",),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="requests",
    sentence_subject="Requests for assessment that were refused",
    numerator="of those, requests that the council decided not to assess (outcome N)",
    denominator="initial requests received in the period",
    formula="100 × requests refused ÷ requests received",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity=(
        "Refusing much may mean that needs are met earlier, or that families are not "
        "heard; most appeals that are heard succeed."
    ),
    clock=Clock.EVENT,
    source="SEN2 guide, requests (ReceivedDate, RequestOutcome)",
    paragraph="Requests by outcome: decision not to proceed with an assessment",
    table="ehcp_requests",
    published=(
        PublishedMeasure(
            LAIT,
            "EHCP_Initial_req_refused",
            numerator="requests:requests_decided_not_to_assess",
            denominator="requests:requests_received_in_year",
        ),
    ),
    caveats=(
        "Requests of the period's end may not be decided yet: they are among the "
        "requests, and not among those refused.",
        "A refusal that a tribunal overturned stays a refusal in the return.",
    ),
    same_children={"denominator": "SN2.numerator"},
    read_with=(ReadWith("SN2", "How many are asked for, and how many refused."),),
    breaks=BY_CHILD,
    rows=_requests_refused,
    examples=read_examples(
        """
        Agreed, refused, withdrawn and undecided
        request  request_id  req_date    req_outcome
                 A           2024-01-01  Y
                 B           2024-05-01  N
                 C           2024-06-01  W
                 D           2024-12-31  A
        calendar year to 2024-12-31 from sen2/2024: 1 of 4. B alone was refused: 1 of 4.

        What the return does not tell
        request  request_id  req_date    req_outcome
                 A           2024-02-01  N
                 B           2024-03-01  -
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. Of B no outcome is given:
        not known, and among the two.

        Not of this year
        request  request_id  req_date    req_outcome
                 A           2023-12-31  N
                 B           2024-01-01  N
                 C           -           H
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. A was received before the
        year and C decided before it: 1 of 1.
        """,
        EXAMPLE_ROWS,
    ),
)

ALL_PLANS_IN_TIME: Final = Indicator(
    id="all-plans-issued-within-20-weeks",
    code="SN5",
    name="Plans issued within 20 weeks, exceptions too",
    short_name="Plans in 20 weeks, all",
    why_it_matters="Twenty weeks is half a school year.",
    synonyms=("timeliness", "20 weeks"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="plans issued",
    sentence_subject=(
        "Education, health and care plans, exceptions too, issued within 20 weeks"
    ),
    numerator="of those, plans issued within 140 days of the request",
    denominator="first plans issued in the period, with those that had an exception",
    formula="100 × plans issued within 20 weeks ÷ all plans issued",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A child waits as long, whatever the reason.",
    clock=Clock.EVENT,
    source="SEN2 guide, assessment (AssessmentOutcome, AssessmentOutcomeDate)",
    paragraph="Timeliness: plans issued within 20 weeks of the request, all plans",
    table="ehcp_assessment",
    published=(
        PublishedMeasure(
            LAIT,
            "SEN_EHC_All_20wks",
            numerator="timeliness_20_week:plans_issued_within_20_weeks",
            denominator="timeliness_20_week:plans_issued_den",
        ),
    ),
    kept_back=(
        "Beside the plans without exceptions it would tell of the few with one; the "
        "published figure is shown."
    ),
    caveats=(
        "Counted as plans issued within 20 weeks (SN4), with those of which an "
        "exception is recorded.",
    ),
    read_with=(ReadWith("SN4", "With exceptions, and without."),),
    breaks=BY_CHILD,
    rows=find_plans_issued,
    examples=read_examples(
        """
        Exceptions count
        request  request_id  req_date
                 A           2024-01-01
                 B           2024-01-01
        assessment  request_id  outcome_date  assessment_exceptions
                    A           2024-05-20    no
                    B           2024-07-20    yes
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. A took 140 days; B took
        longer and had an exception, and counts here: 1 of 2.

        An exception may be in time
        request  request_id  req_date
                 A           2024-01-01
        assessment  request_id  outcome_date  assessment_exceptions
                    A           2024-05-01    yes
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. 121 days: 1 of 1.

        Transfers in and later plans of a request are left out
        request  request_id  req_date
                 A           2023-06-01
                 B           2024-01-01
        assessment  request_id  outcome_date
                    A           2023-10-01
                    A           2024-06-01
                    B           2024-05-01
        active_plan  request_id  transfer_la
                     B           303
        calendar year to 2024-12-31 from sen2/2024: 0 of 0. A's first plan was issued in
        2023, and B's came from another authority: none.
        """,
        EXAMPLE_ROWS,
    ),
)

PLANS_AFTER_ASSESSMENT: Final = Indicator(
    id="assessments-that-led-to-a-plan",
    code="SN6",
    name="Assessments that led to a plan",
    short_name="Assessed and given a plan",
    why_it_matters="It says what an assessment leads to.",
    synonyms=("plan issued share", "assessments completed"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="assessments completed",
    sentence_subject="Assessments that led to an education, health and care plan",
    numerator="of those, assessments after which a plan was issued (outcome Y)",
    denominator=(
        "assessments that ended in the period: a plan issued, refused, or withdrawn"
    ),
    formula="100 × assessments that led to a plan ÷ assessments completed",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="An assessment is there to find out; either answer may be right.",
    clock=Clock.EVENT,
    source="SEN2 guide, assessment (AssessmentOutcome, AssessmentOutcomeDate)",
    paragraph="Assessments by outcome; percentage where a plan was issued",
    table="ehcp_assessment",
    published=(
        PublishedMeasure(LAIT, "SEN_PLAN_ISSUED"),
        PublishedMeasure(
            PUBLISHED_PLANS,
            "assessments:assess_issued_pc",
            numerator="assessments:assess_issued",
            denominator="assessments:assess_in_year",
        ),
    ),
    kept_back=(
        "Its plans less those without exceptions (SN4) would tell of the few with one; "
        "the published figure is shown."
    ),
    caveats=(
        "Its denominator is how many assessments were completed.",
        "Those not yet decided (outcome A) or decided before the year (H) are left "
        "out; DfE counts the few of the first kind.",
    ),
    read_with=(ReadWith("SN3", "Refused at the door, and refused after assessment."),),
    rows=_assessments_decided,
    examples=read_examples(
        """
        Issued, refused and withdrawn
        assessment  request_id  assessment_outcome  outcome_date
                    A           Y                   2024-02-01
                    B           N                   2024-03-01
                    C           W                   2024-12-31
        calendar year to 2024-12-31 from sen2/2024: 1 of 3. A led to a plan: 1 of 3.

        Not ended in the year
        assessment  request_id  assessment_outcome  outcome_date
                    A           Y                   2023-12-31
                    B           H                   -
                    C           A                   -
                    D           Y                   2024-01-01
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. A ended before the year, B
        was decided before it, C is not decided: 1 of 1.

        Came from another authority
        assessment  request_id  assessment_outcome  outcome_date
                    A           Y                   2024-02-01
                    B           N                   2024-02-01
        active_plan  request_id  transfer_la
                     A           303
        month to 2024-02-29 from sen2/2024: 0 of 1. A's was assessed elsewhere: 0 of 1.
        """,
        EXAMPLE_ROWS,
    ),
)

REQUESTS_OPEN: Final = Indicator(
    id="requests-open-for-more-than-20-weeks",
    code="SN8",
    name="Requests open for more than 20 weeks",
    short_name="Waiting over 20 weeks",
    why_it_matters="The timely ones stand in another figure; these are still waiting.",
    synonyms=("open over 20 weeks", "waiting", "backlog of assessments"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="requests open for more than 20 weeks",
    sentence_subject="Requests for an assessment or plan open for more than 20 weeks",
    numerator=(
        "requests received more than 140 days before the last day, of which it was "
        "neither decided not to assess nor issued or refused a plan"
    ),
    formula="count of requests that wait for more than 20 weeks",
    measure=Count(),
    polarity=Polarity.LOWER,
    why_polarity="The law gives 20 weeks; each is a child past it.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=(
        "SEN2 guide (ReceivedDate, RequestOutcome, AssessmentOutcome); SEND Regulations "
        "2014, regulation 13"
    ),
    paragraph="Ongoing work at the end of the year: request and assessment stages",
    table="ehcp_requests",
    needs=(Needs("ehcp_assessment", "what came of assessments"),),
    breakdowns=(AGE_BAND, SEX, ETHNICITY, WAITING),
    no_comparator="DfE publishes how long issued plans took, and not who still waits.",
    caveats=(
        "SEN2 tells of 31 December alone; for the months between only the case system "
        "knows.",
        "A request without the day on which it was received is left out. One without an "
        "outcome, and without the day of one, waits: nothing says that it was decided.",
        "Exceptions that the law allows are not told apart before a plan is issued.",
    ),
    read_with=(ReadWith("SN4", "Plans that came in time, and those still awaited."),),
    rows=_requests_open,
    examples=read_examples(
        """
        Day 141 is more than 20 weeks
        request  request_id  req_date    req_outcome
                 A           2024-08-12  Y
                 B           2024-08-13  Y
        calendar year to 2024-12-31 from sen2/2024: 1. From 12 August to 31 December are
        141 days, from the day after 140: 1.

        Not decided, being assessed, and over
        request  request_id  req_date    req_outcome
                 A           2024-02-01  A
                 B           2024-02-01  Y
                 C           2023-06-01  H
                 D           2024-02-01  N
                 E           2024-02-01  Y
        assessment  request_id  assessment_outcome  outcome_date
                    B           A                   -
                    C           A                   -
                    E           Y                   2024-11-01
        calendar year to 2024-12-31 from sen2/2024: 3. A is not decided, B and C are
        being assessed; D was refused and E has a plan: 3.

        No outcome is given
        request  request_id  req_date    req_outcome  req_outcome_date
                 A           2024-02-01  -            -
                 B           2024-02-01  -            -
                 C           2024-02-01  -            2024-03-14
        assessment  request_id  assessment_outcome  outcome_date
                    B           Y                   2024-11-01
        calendar year to 2024-12-31 from sen2/2024: 1. Nothing says that A was decided;
        B has a plan, and C was decided, though not how: 1.

        When it was asked is not known
        request  request_id  req_date    req_outcome
                 A           -           H
                 B           2023-12-01  H
        assessment  request_id  assessment_outcome  outcome_date
                    A           A                   -
                    B           H                   -
        calendar year to 2024-12-31 from sen2/2024: 0. A's day is not known; B's plan
        was decided before the year: none.
        """,
        EXAMPLE_ROWS,
    ),
)
