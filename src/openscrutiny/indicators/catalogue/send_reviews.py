"""Yearly reviews: expected (SN9), held (SN10), how long overdue (SN13)."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, OVERDUE, SEX
from openscrutiny.indicators.catalogue.send import (
    find_last_reviews,
    find_plans_in_force,
    find_reviews_not_completed,
)
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
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

_ACT: Final = "Children and Families Act 2014, section 44; SEN2 guide"
_REVIEWS: Final = Needs("ehcp_active_plans", "when plans were reviewed")


def _reviews_expected(record: RecordView) -> Rows:
    """Give plans in force that were in force before the year began."""
    rows = find_plans_in_force(record)
    return rows.filter(rows.is_historical | (rows.since < rows.valid_from))


def _reviews_held(record: RecordView) -> Rows:
    """Say of each expected review whether a meeting is recorded; null if not listed."""
    rows = _reviews_expected(record)
    rows = rows.left_join(
        find_last_reviews(record),
        [
            ("load_id", "reviewed_load"),
            ("ehcn_ehcp_request_id", "request_id"),
            ("valid_to", "year_end"),
        ],
    ).drop("reviewed_load", "request_id", "year_end")
    is_held = rows.held.notnull() | rows.is_later.fill_null(False)
    return rows.mutate(numerator=ibis.cases((rows.listed.notnull(), is_held)))


def _reviews_overdue(record: RecordView) -> Rows:
    """Give plans whose review is overdue on the year's last day, and for how long."""
    rows = find_reviews_not_completed(record)
    rows = rows.filter((rows.numerator_since <= rows.valid_to).fill_null(False))
    is_told = rows.held.notnull() | rows.letter.notnull() | ~rows.is_historical

    def within(months: int) -> Value:
        before = (rows.valid_to - ibis.interval(months=months)).cast("date")
        return rows.numerator_since > before

    overdue = ibis.cases(
        (~is_told, ibis.null("string")),
        (within(6), "Up to 6 months"),
        (within(12), "6 to 12 months"),
        (within(24), "12 to 24 months"),
        else_="More than 24 months",
    )
    return rows.mutate(overdue=overdue).drop("numerator_since")


EXPECTED: Final = Indicator(
    id="annual-reviews-expected",
    code="SN9",
    name="Annual reviews expected",
    why_it_matters="Every plan has to be looked at each year.",
    synonyms=("annual reviews", "AR expected"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="annual reviews expected",
    sentence_subject="Annual reviews expected in the year",
    numerator="plans in force on the last day that were in force before the year began",
    formula="count of plans whose review fell due in the year",
    measure=Count(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It is how much work the year's reviews are.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=f"{_ACT} (AssessmentOutcome, AssessmentOutcomeDate, StartDate)",
    paragraph="A plan is reviewed every 12 months: one of before the year, in the year",
    published=(
        PublishedMeasure(LAIT, "SEN_AN_REVIEW_EXPECTED"),
        PublishedMeasure(PUBLISHED_PLANS, "annual_reviews:review_expected"),
    ),
    no_comparator="Counts of places that differ in size are not compared.",
    caveats=(
        "A plan that came from another authority counts from the date of its current "
        "version, since the return does not say when it came.",
        "DfE counts plans of a day in January, and has collected this since 2024.",
    ),
    read_with=(
        ReadWith("SN10", "Reviews expected, and those of which a meeting is recorded."),
        ReadWith("SN1", "All plans, and those whose review fell due."),
    ),
    rows=_reviews_expected,
    examples=read_examples(
        """
        Issued before the year, and in it
        assessment  request_id  assessment_outcome  outcome_date
                    A           H                   -
                    B           Y                   2024-01-01
                    C           Y                   2023-12-31
        plan  request_id  start_date
              A           2024-06-01
              B           2024-01-01
              C           2023-12-31
        calendar year to 2024-12-31 from sen2/2024: 2. A was decided before the year, C
        issued on the day before it; B's first review falls due on 1 January 2025: 2.

        Ceased in the year
        plan  request_id  start_date  ceased_date
              A           2020-01-01  2024-12-31
              B           2020-01-01  -
        calendar year to 2024-12-31 from sen2/2024: 1. A's plan ceased on the last day:
        1.

        Nobody
        plan  request_id  start_date
              A           2024-03-01
        calendar year to 2024-12-31 from sen2/2024: 0. It is of this year: none.
        """,
        EXAMPLE_ROWS,
    ),
)

HELD: Final = Indicator(
    id="annual-reviews-with-a-meeting",
    code="SN10",
    name="Annual reviews with a recorded meeting",
    short_name="Reviews with a meeting",
    why_it_matters="The review asks whether the plan still fits, and whether it works.",
    synonyms=("annual reviews completed", "SEN reviews", "EHCP reviews"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="annual reviews expected",
    sentence_subject="Annual reviews of which a meeting is recorded",
    numerator="of those, plans of which a review meeting is recorded, of whatever year",
    denominator="plans in force on the last day that were in force before the year began",
    formula="100 × reviews with a recorded meeting ÷ reviews expected",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="The law asks for a review at least every 12 months.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=f"{_ACT} (ReviewMeeting)",
    paragraph="Annual review meetings recorded, of those expected",
    needs=(_REVIEWS,),
    published=(
        PublishedMeasure(
            LAIT,
            "SEN_PEC_AN_REVIEW_MEET_REC",
            numerator="annual_reviews:total_review_meeting",
            denominator="annual_reviews:review_expected",
        ),
    ),
    caveats=(
        "As DfE counts it, a meeting of an earlier year counts too: a plan whose last "
        "meeting was years ago is among those with one. Whether it was held in time "
        "is told by the reviews not completed (SN11).",
        "A plan that is not among the active plans is not known.",
    ),
    same_children={"denominator": "SN9.numerator"},
    read_with=(
        ReadWith("SN11", "A meeting recorded at all, and none for more than a year."),
    ),
    rows=_reviews_held,
    examples=read_examples(
        """
        A meeting of whatever year
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
              C           2020-01-01
        active_plan  request_id  meeting_date
                     A           2024-05-01
                     B           2021-05-01
                     C           -
        calendar year to 2024-12-31 from sen2/2024: 2 of 3. B's was three years ago and
        counts as recorded; of C none is: 2 of 3.

        Not yet due
        plan  request_id  start_date
              A           2024-02-01
              B           2023-02-01
        active_plan  request_id  meeting_date
                     A           2024-08-01
                     B           2024-08-01
        calendar year to 2024-12-31 from sen2/2024: 1 of 1. A's plan is of the year: 1
        of 1.

        Not listed
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
        active_plan  request_id  meeting_date
                     B           2025-01-20
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. A is not among the active
        plans, so nothing is known; B's meeting came by the day of the return: 1 of 2.
        """,
        EXAMPLE_ROWS,
    ),
)

OVERDUE_REVIEWS: Final = Indicator(
    id="annual-reviews-overdue-by-age",
    code="SN13",
    name="Overdue annual reviews by how long",
    short_name="Overdue reviews",
    why_it_matters="A child may have changed school since anybody looked.",
    synonyms=("overdue reviews", "backlog"),
    control=Control.DIRECT,
    control_basis="Children and Families Act 2014, part 3",
    theme=SEND,
    counts="overdue annual reviews",
    sentence_subject="Plans whose annual review is overdue",
    numerator=(
        "plans in force whose last review meeting (or issue, if never reviewed) was "
        "more than 12 months before the last day"
    ),
    formula="count of plans whose review is overdue",
    measure=Count(),
    polarity=Polarity.LOWER,
    why_polarity="The longer a plan is not looked at, the less it fits the child.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=f"{_ACT} (ReviewMeeting, LastReview, AssessmentOutcomeDate)",
    paragraph="A plan is reviewed every 12 months from its issue or its last review",
    table="ehcp_active_plans",
    breakdowns=(AGE_BAND, SEX, ETHNICITY, OVERDUE),
    no_comparator="Nobody publishes how long reviews are overdue.",
    caveats=(
        "They are those of the reviews not completed (SN11), and what is not known "
        "there is not among them.",
        "Where the letter alone tells of a review, it is overdue for at least as long.",
        "A plan of before the year without any review is overdue, and for how long is "
        "not known.",
    ),
    same_children={"numerator": "SN11.numerator"},
    read_with=(ReadWith("SN11", "How many are overdue, and for how long."),),
    rows=_reviews_overdue,
    examples=read_examples(
        """
        From the day after 12 months
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
              C           2020-01-01
        active_plan  request_id  meeting_date
                     A           2023-12-31
                     B           2023-12-30
                     C           2021-12-30
        calendar year to 2024-12-31 from sen2/2024: 2. A's is in time on the last day, B
        overdue since that day, C for two years: 2.

        Never reviewed
        assessment  request_id  assessment_outcome  outcome_date
                    A           H                   -
                    B           Y                   2024-03-01
        plan  request_id  start_date
              A           2024-05-01
              B           2024-03-01
        active_plan  request_id
                     A
                     B
        calendar year to 2024-12-31 from sen2/2024: 1. A's plan is of before the year,
        and since when its review is overdue nobody can tell; B's is new: 1.

        Not known is not counted
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
        active_plan  request_id  review_date
                     B           2022-05-01
        calendar year to 2024-12-31 from sen2/2024: 1. A is not listed. B's letter alone
        is too old: 1.
        """,
        EXAMPLE_ROWS,
    ),
)
