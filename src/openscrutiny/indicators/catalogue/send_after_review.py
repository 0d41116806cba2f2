"""What follows a review: the decision (SN12), the amended plan (SN14); and placements."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SETTING, SEX
from openscrutiny.indicators.catalogue.send_requests import (
    EXAMPLE_ROWS,
    PUBLISHED_PLANS,
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

_FOUR_WEEKS_IN_DAYS: Final = 28
_TWELVE_WEEKS_IN_DAYS: Final = 84
_AMEND: Final = "A"
_NOT_IN_EDUCATION: Final = ("NEET", "NIEC", "NIEO")
_ELSEWHERE: Final = ("EHE", "OLA", "OPA", "OTH", *_NOT_IN_EDUCATION)
_REGULATION: Final = "SEND Regulations 2014, regulation"
# The module may be lacking, or refused; a plan that it does not name is not known.
PLACEMENTS: Final = Needs(
    "ehcp_active_plans",
    "where children with a plan are placed",
    column="ehcp_setting",
    heading="placementdetail module",
)


def find_active_plans(record: RecordView) -> Rows:
    """Give the plans that the return lists as in force at its year's end."""
    rows = record.with_person(record.all_rows("ehcp_active_plans"), "ehcp_person_id")
    return rows.mutate(
        since=rows.valid_from,
        until=ibis.null("date"),
        setting=rows.ehcp_setting,
        urn=rows.ehcp_urn,
        ukprn=rows.ehcp_ukprn,
    )


def _decisions(record: RecordView) -> Rows:
    """Give plans with a meeting and a letter, and whether four weeks lie between."""
    rows = find_active_plans(record)
    days = rows.ehcp_active_ehcp_last_review_date.delta(
        rows.ehcp_review_meeting_date, unit="day"
    )
    rows = rows.filter(days.notnull())
    # A letter before its meeting: then one of the dates is wrong.
    return rows.mutate(numerator=ibis.cases((days >= 0, days <= _FOUR_WEEKS_IN_DAYS)))


def _amended_plans(record: RecordView) -> Rows:
    """Give reviews of the year that decided to amend, once amended or overdue."""
    plans = record.same_return("ehcp_named_plan")
    current = plans.group_by("for_load", request_id="ehcn_ehcp_request_id").aggregate(
        current=plans.ehcn_named_plan_start_date.max()
    )
    rows = find_active_plans(record)
    rows = rows.left_join(
        current, [("load_id", "for_load"), ("ehcp_ehcp_request_id", "request_id")]
    ).drop("for_load", "request_id")
    meeting = rows.ehcp_review_meeting_date
    rows = rows.filter(
        (rows.ehcp_review_outcome == _AMEND)
        & meeting.between(rows.valid_from, rows.valid_to)
    )
    meeting = rows.ehcp_review_meeting_date
    due = (meeting + ibis.interval(days=_TWELVE_WEEKS_IN_DAYS)).cast("date")
    amended = ibis.cases((rows.current > meeting, rows.current))
    rows = rows.mutate(due=due, amended=amended)
    rows = rows.filter(rows.amended.notnull() | (rows.due < rows.valid_to))
    return rows.mutate(numerator=(rows.amended <= rows.due).fill_null(False))


def _elsewhere(record: RecordView) -> Rows:
    rows = find_active_plans(record)
    return rows.mutate(
        numerator=ibis.cases(
            (rows.setting.notnull(), rows.setting.isin(_ELSEWHERE)),
            (rows.urn.notnull() | rows.ukprn.notnull(), ibis.literal(False)),
        )
    )


def _not_in_education(record: RecordView) -> Rows:
    rows = find_active_plans(record)
    return rows.filter(rows.setting.isin(_NOT_IN_EDUCATION).fill_null(False))


DECISIONS_IN_TIME: Final = Indicator(
    id="review-decisions-within-4-weeks",
    code="SN12",
    name="Review decisions within four weeks",
    short_name="Review decisions in 4 weeks",
    why_it_matters="Until then nothing in the plan can change.",
    synonyms=("four weeks", "decision within 4 weeks", "annual review decisions"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="reviews decided",
    sentence_subject="Decisions after an annual review told within four weeks",
    numerator="of those, told within 28 days of the meeting",
    denominator="plans in force whose last review has both a meeting and a letter",
    formula="100 × decisions told within four weeks ÷ decisions told",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="The law gives four weeks, and the family waits for the answer.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=f"{_REGULATION} 20(10); SEN2 guide (ReviewMeeting, LastReview)",
    paragraph=(
        "LastReview is the day on which the authority wrote with its decision to "
        "maintain, amend or cease the plan"
    ),
    table="ehcp_active_plans",
    published=(
        PublishedMeasure(
            LAIT,
            "SEN_PEC_OUTCOME_COM_4WKS",
            numerator="annual_reviews:number_decsion_4weeks",
        ),
    ),
    caveats=(
        "As DfE counts it, the last review of each plan counts, of whatever year, and "
        "a review that still waits for its decision is in neither number.",
        "DfE has collected this since 2024 and warns that the data is uneven.",
    ),
    read_with=(ReadWith("SN11", "Reviews held, and what families hear of them."),),
    rows=_decisions,
    examples=read_examples(
        """
        Day 28 is in time, day 29 is not
        active_plan  request_id  meeting_date  review_date
                     A           2024-03-01    2024-03-29
                     B           2024-03-01    2024-03-30
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. A was told after 28 days, B
        after 29: 1 of 2.

        No letter yet, and none of a meeting
        active_plan  request_id  meeting_date  review_date
                     A           2024-12-20    -
                     B           -             2024-05-01
                     C           2024-05-01    2024-05-01
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. A waits and B's meeting is
        not known: C alone counts, told on the day.

        A letter before its meeting
        active_plan  request_id  meeting_date  review_date
                     A           2024-05-02    2024-05-01
                     B           2021-05-01    2021-09-01
        calendar year to 2024-12-31 from sen2/2024: 0 of 2. One of A's days is wrong, so
        it is not known; B's of 2021 was late: 0 of 2.
        """,
        EXAMPLE_ROWS,
    ),
)

AMENDED_IN_TIME: Final = Indicator(
    id="amended-plans-within-12-weeks",
    code="SN14",
    name="Amended plans within 12 weeks of the review",
    short_name="Amended in 12 weeks",
    why_it_matters="A school acts on the plan, not on the meeting.",
    synonyms=("amended plans", "12 weeks"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="reviews that decided to amend",
    sentence_subject="Amended plans issued within 12 weeks of the review meeting",
    numerator="of those, amended within 84 days of the meeting",
    denominator=(
        "reviews held in the year that decided to amend the plan, and whose plan is "
        "amended or was due to be"
    ),
    formula="100 × plans amended within 12 weeks ÷ plans to be amended",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Until it is amended, the child has the plan that no longer fits.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=(
        f"{_REGULATION}s 20 and 22; R (L, M and P) v Devon County Council [2022] EWHC "
        "493 (Admin); SEN2 guide (ReviewOutcome, StartDate)"
    ),
    paragraph="Four weeks to decide and eight to issue: 12 from the meeting",
    table="ehcp_active_plans",
    needs=(Needs("ehcp_named_plan", "the dates of plans"),),
    no_comparator="DfE publishes how many reviews decide to amend, and not when.",
    caveats=(
        "The date of a plan is that of its current version: one that was amended twice "
        "after the review is taken to be amended on the later day.",
        "ReviewOutcome came with version 1.2 of the return; A is read as amend.",
    ),
    read_with=(ReadWith("SN12", "The decision, and what it promises."),),
    rows=_amended_plans,
    examples=read_examples(
        """
        Day 84 is in time, day 85 is not
        plan  request_id  start_date
              A           2024-05-24
              B           2024-05-25
        active_plan  request_id  meeting_date  review_outcome
                     A           2024-03-01    A
                     B           2024-03-01    A
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. From 1 March to 24 May are
        84 days: 1 of 2.

        Not amended: overdue, or not yet due
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
        active_plan  request_id  meeting_date  review_outcome
                     A           2024-10-01    A
                     B           2024-11-01    A
        calendar year to 2024-12-31 from sen2/2024: 0 of 1. A was due on 24 December; B
        has until January and does not count yet: 0 of 1.

        Maintained, and of another year
        plan  request_id  start_date
              A           2020-01-01
              B           2023-06-01
              C           2024-04-01
        active_plan  request_id  meeting_date  review_outcome
                     A           2024-03-01    M
                     B           2023-05-01    A
                     C           2024-02-01    A
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. A's stays as it is, B's
        review was in 2023: C alone, in 60 days.
        """,
        f"{EXAMPLE_ROWS.rstrip()}  review_outcome=-",
    ),
)

ELSEWHERE: Final = Indicator(
    id="plans-educated-elsewhere-than-in-school",
    code="SN19a",
    name="Plans placed elsewhere than in school",
    short_name="With a plan, elsewhere than school",
    why_it_matters="It tells of children whom no school has.",
    synonyms=(
        "placement mix",
        "education otherwise",
        "EOTAS",
        "elective home education",
    ),
    control=Control.SHARED,
    control_basis="families, schools and the council",
    theme=SEND,
    counts="plans in force",
    sentence_subject="Plans of children educated elsewhere than in school or college",
    numerator=(
        "of those, placed elsewhere than in a school, college or early years setting"
    ),
    denominator="plans that the return lists as in force at the end of the year",
    formula="100 × placed elsewhere ÷ plans in force",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Elsewhere may be a family's choice, or a place that is lacking.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source="SEN2 guide, placement detail (URN, UKPRN, SENsetting)",
    paragraph=(
        "SENsetting is given where no establishment with a number is attended: home "
        "(EHE), other arrangements (OLA, OPA, OTH), not in education (NEET, NIEC, NIEO)"
    ),
    table="ehcp_active_plans",
    breakdowns=(AGE_BAND, SEX, ETHNICITY, SETTING),
    needs=(PLACEMENTS,),
    published=(
        PublishedMeasure(
            PUBLISHED_PLANS,
            "caseload:ed_elsewhere_pc",
            years_on=1,
            note="DfE counts on a day in January, and in some years leaves those "
            "whose placement is not known out of the whole.",
        ),
    ),
    caveats=(
        "Kinds of school (mainstream, special, independent) stand in SN19, for which a "
        "register of schools must be loaded. There DfE's kinds decide: it counts online "
        "providers, Welsh schools and secure units as elsewhere too, which have a number "
        "and are none here.",
        "Neither a setting nor a number of a school is not known.",
    ),
    read_with=(ReadWith("SN1", "All plans, and those outside of school."),),
    rows=_elsewhere,
    examples=read_examples(
        """
        A school has a number
        active_plan  request_id  setting  urn
                     A           -        100001
                     B           EHE      -
                     C           OLA      -
                     D           EYP      -
        calendar year to 2024-12-31 from sen2/2024: 2 of 4. A is at school, D in a
        nursery; B is at home, C has tuition: 2 of 4.

        Not known
        active_plan  request_id  setting  urn
                     A           -        -
                     B           -        100001
        calendar year to 2024-12-31 from sen2/2024: 0 of 2. Of A nothing is said: not
        known, and among the two.

        Not in education
        active_plan  request_id  setting  urn
                     A           NEET     -
                     B           NIEO     -
        calendar year to 2024-12-31 from sen2/2024: 2 of 2. Both are elsewhere.
        """,
        f"{EXAMPLE_ROWS.rstrip()}  setting=-  urn=-",
    ),
)

WITHOUT_A_PLACE: Final = Indicator(
    id="plans-without-a-place-in-education",
    code="SN28",
    name="People with a plan not in education or training",
    short_name="With a plan, not in education",
    why_it_matters="A plan without a place gives nothing.",
    synonyms=("awaiting placement", "without a school place", "not in education"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="people with a plan not in education or training",
    sentence_subject="People with a plan who are not in education or training",
    numerator="plans in force of those who are not in education or training",
    formula="count of plans whose placement is NEET, NIEC or NIEO",
    measure=Count(),
    polarity=Polarity.LOWER,
    why_polarity="A plan names what a child needs; without a place there is none of it.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source="SEN2 guide, placement detail (SENsetting)",
    paragraph=(
        "Not in education or training: NEET (of 16 to 25), NIEC (notice to cease "
        "issued), NIEO (other)"
    ),
    table="ehcp_active_plans",
    needs=(PLACEMENTS,),
    published=(
        PublishedMeasure(
            PUBLISHED_PLANS,
            "caseload:not in education or training",
            numerator="caseload:neet+neet_ntci+neet_other+neet_other_csa",
            computed=True,
            years_on=1,
            note="The sum of DfE's four groups, which it has told apart since 2023.",
        ),
    ),
    no_comparator="Counts of places that differ in size are not compared.",
    caveats=(
        "Most are usually 16 to 25; a notice to cease (NIEC) is among them.",
        "All ages alike, from school age to 25: the ages stand below. DfE tells those of "
        "compulsory school age apart; the return of a year has the ages alone, and who "
        "waits for a place among them is not told by any return.",
        "Who is on a school's roll and does not attend is not among them.",
    ),
    within={"numerator": "SN19a.numerator"},
    read_with=(ReadWith("SN19a", "Elsewhere than in school, and nowhere."),),
    rows=_not_in_education,
    examples=read_examples(
        """
        Three codes
        active_plan  request_id  setting  urn
                     A           NEET     -
                     B           NIEC     -
                     C           NIEO     -
                     D           EHE      -
        calendar year to 2024-12-31 from sen2/2024: 3. D is taught at home: 3.

        At school
        active_plan  request_id  setting  urn
                     A           -        100001
        calendar year to 2024-12-31 from sen2/2024: 0. None.

        Not known is not counted
        active_plan  request_id  setting  urn
                     A           -        -
                     B           NIEO     -
        calendar year to 2024-12-31 from sen2/2024: 1. Of A nothing is said: 1.
        """,
        f"{EXAMPLE_ROWS.rstrip()}  setting=-  urn=-",
    ),
)
