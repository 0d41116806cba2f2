"""Education, health and care plans in force (SN1) and their yearly reviews (SN11).

The date of a named plan is that of its current version, renewed by every amendment.
Since when a plan is in force stands in its assessment: the day of issue (outcome Y), or
before the year (outcome H).
"""

from functools import cache
from typing import Final

from openscrutiny.indicators.catalogue.send_requests import (
    BY_CHILD,
    EXAMPLE_ROWS,
    HISTORICAL,
    ISSUED,
    PUBLISHED_PLANS,
    find_transfers_in,
)
from openscrutiny.indicators.definition import (
    Clock,
    Indicator,
    Polarity,
    PublishedMeasure,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Count, Share
from openscrutiny.indicators.themes import LAIT, SEND
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

# ---------------------------------------------------------------- plans in force


@cache
def find_plans_in_force(record: RecordView) -> Rows:
    """Give plans with `since` and `until`, and `issued` and `is_historical`.

    A plan that ended on a day that could not be read is left out. The last two are
    known of the first plan of a request, and not of one from another authority.
    """
    rows = record.with_person(record.all_rows("ehcp_named_plan"), "ehcn_person_id")
    current = rows.ehcn_named_plan_start_date
    in_order = ibis.window(
        group_by=["load_id", "valid_from", "ehcn_ehcp_request_id"],
        order_by=[ibis.asc(current.isnull()), ibis.asc(current), ibis.asc(rows.line)],
    )
    rows = rows.mutate(is_first=ibis.row_number().over(in_order) == 0)
    request = [("load_id", "for_load"), ("ehcn_ehcp_request_id", "request_id")]
    rows = rows.left_join(_outcomes(record), request).drop("for_load", "request_id")
    issued = ibis.cases((rows.is_first, rows.issued_on))
    before = rows.is_first & rows.decided_before.fill_null(False)
    rows = rows.mutate(issued=issued, is_historical=before)
    from_year = ibis.cases((rows.is_historical, rows.valid_from))
    start = _earlier(rows.ehcn_named_plan_start_date, _earlier(rows.issued, from_year))
    rows = rows.mutate(since=start, until=rows.ehcn_named_plan_ceased_date)
    rows = rows.drop("is_first", "issued_on", "decided_before")
    rows = rows.filter(rows.since.notnull())
    return record.without_unread(rows, "ehcp_named_plan", "ehcn_named_plan_ceased_date")


def _outcomes(record: RecordView) -> Rows:
    """Give by request when its plan was issued, or that it was decided before."""
    request = [("for_load", "for_load"), ("ehca_ehcp_request_id", "request_id")]
    rows = record.same_return("ehcp_assessment")
    rows = rows.anti_join(find_transfers_in(record), request)
    outcome = rows.ehca_ehcp_assessment_outcome
    on = rows.ehca_ehcp_assessment_outcome_date
    return rows.group_by("for_load", request_id=rows.ehca_ehcp_request_id).aggregate(
        issued_on=on.min(where=outcome == ISSUED),
        decided_before=(outcome == HISTORICAL).any(),
    )


def _earlier(one: Value, other: Value) -> Value:
    """Give the earlier of two days; the other where one is null."""
    return ibis.least(ibis.coalesce(one, other), ibis.coalesce(other, one))


# ---------------------------------------------------------------- reviews


@cache
def find_reviews_not_completed(record: RecordView) -> Rows:
    """Give plans in force with the day from which their review is overdue.

    Null where that is not known: see the caveats of the definition.
    """
    rows = find_plans_in_force(record)
    rows = rows.left_join(
        find_last_reviews(record),
        [
            ("load_id", "reviewed_load"),
            ("ehcn_ehcp_request_id", "request_id"),
            ("valid_to", "year_end"),
        ],
    ).drop("reviewed_load", "request_id", "year_end")
    since_meeting = _overdue_from(
        ibis.greatest(rows.held, ibis.coalesce(rows.issued, rows.held))
    )
    since_issue = _overdue_from(rows.issued)
    since_letter = _overdue_from(rows.letter)
    since_current = _overdue_from(
        ibis.coalesce(rows.issued, rows.ehcn_named_plan_start_date)
    )
    nothing = ibis.null("date")
    return rows.mutate(
        numerator_since=ibis.cases(
            (rows.held.notnull(), since_meeting),
            (since_issue > rows.valid_to, since_issue),
            (rows.listed.isnull() | rows.is_later.fill_null(False), nothing),
            (since_letter <= rows.valid_to, since_letter),
            (rows.letter.notnull(), nothing),
            (rows.is_historical, rows.valid_to),
            else_=since_current,
        )
    )


@cache
def find_last_reviews(record: RecordView) -> Rows:
    """Give by request the last meeting held by the end of the year, and the letter.

    `is_later` says that a meeting after that day hides when the last one before was.
    """
    active = record.same_return("ehcp_active_plans")
    active = record.without_unread(
        active, "ehcp_active_plans", "ehcp_review_meeting_date"
    )
    plans = record.all_rows("ehcp_named_plan")
    years = plans.select(reviewed_load="load_id", year_end="valid_to").distinct()
    rows = active.inner_join(years, active.for_load == years.reviewed_load)
    meeting = rows.ehcp_review_meeting_date
    return rows.group_by(
        "reviewed_load", "year_end", request_id=rows.ehcp_ehcp_request_id
    ).aggregate(
        held=meeting.max(where=meeting <= rows.year_end),
        is_later=(meeting > rows.year_end).any(),
        letter=rows.ehcp_active_ehcp_last_review_date.max(),
        listed=rows.count(),
    )


def _overdue_from(day: Value) -> Value:
    """Give the first day on which more than 12 months have gone by."""
    last = (day + ibis.interval(months=12)).cast("date")
    return (last + ibis.interval(days=1)).cast("date")


PLANS: Final = Indicator(
    id="education-health-and-care-plans",
    code="SN1",
    name="Education, health and care plans",
    reads="children and young people had an education, health and care plan {when}",
    theme=SEND,
    counts="children and young people with a plan",
    sentence_subject="Children and young people with an education, health and care plan",
    numerator="children and young people with a plan in force on the last day",
    formula="count of children and young people with a plan in force",
    measure=Count(),
    polarity=Polarity.NEUTRAL,
    why_polarity="More plans may mean more need, or need better met.",
    clock=Clock.STATE,
    periods=(PeriodType.MONTH, PeriodType.QUARTER, PeriodType.CALENDAR_YEAR),
    source="SEN2 guide (AssessmentOutcome, AssessmentOutcomeDate, StartDate, CeaseDate)",
    paragraph="Plans maintained on the census day",
    one_per_child=True,
    published=(
        PublishedMeasure(LAIT, "SEN_CASES_JAN", years_on=1),
        PublishedMeasure(PUBLISHED_PLANS, "caseload:ehcplans", years_on=1),
    ),
    no_comparator=(
        "A number of plans says nothing beside an authority of another size, and no "
        "population aged 0 to 25 is loaded to divide by."
    ),
    caveats=(
        "DfE counts the plans of a day in January; we count those of 31 December. Its "
        "count of January 2025 stands beside ours of the last day of 2024.",
        "A plan is in force from its issue, and one that was decided before the year "
        "(outcome H) from the year's first day, whatever the date of its current "
        "version.",
        "The return does not say when a plan came from another authority: it counts "
        "from the date of its current version.",
    ),
    breaks=BY_CHILD,
    rows=find_plans_in_force,
    examples=read_examples(
        """
        In force on the last day
        plan  request_id  start_date  ceased_date
              A           2019-05-01  -
              B           2024-12-31  -
              C           2020-05-01  2024-12-31
        calendar year to 2024-12-31 from sen2/2024: 2. C's ceased on the day and no
        longer counts: 2.

        One young person once
        plan  request_id  person_id  start_date
              R1          A          2018-05-01
              R2          A          2024-02-01
        calendar year to 2024-12-31 from sen2/2024: 1. Two plans of one young person: 1.

        At the end of a month
        plan  request_id  start_date  ceased_date
              A           2024-04-30  -
              B           2024-05-01  -
              C           2020-01-01  2024-05-01
        month to 2024-04-30 from sen2/2024: 2. A and C had a plan on 30 April; B's began
        a day later: 2.

        Amended later in the year
        assessment  request_id  assessment_outcome  outcome_date
                    A           Y                   2024-04-10
                    B           H                   -
                    C           H                   -
        plan  request_id  start_date
              A           2024-11-01
              B           2024-10-01
              C           2024-09-01
        active_plan  request_id  transfer_la
                     C           303
        month to 2024-04-30 from sen2/2024: 2. A's plan was issued in April and B's
        before the year; both were amended. C's came from another authority, in
        September as far as is known: 2.
        """,
        EXAMPLE_ROWS,
    ),
)

REVIEWS_NOT_COMPLETED: Final = Indicator(
    id="annual-reviews-not-completed",
    code="SN11",
    name="Annual reviews not completed",
    reads="of plans had an annual review not completed {when}",
    theme=SEND,
    counts="plans in force",
    sentence_subject="Plans whose annual review was not completed",
    numerator=(
        "of those, plans whose last review meeting (or issue, if never reviewed) was "
        "more than 12 months before"
    ),
    denominator="plans in force on the last day",
    formula="100 × plans not reviewed for more than 12 months ÷ plans in force",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="The law asks for a review at least every 12 months.",
    clock=Clock.STATE,
    periods=(PeriodType.CALENDAR_YEAR,),
    source=(
        "Children and Families Act 2014, section 44; SEN2 guide (ReviewMeeting, "
        "LastReview, AssessmentOutcomeDate)"
    ),
    paragraph="A plan is reviewed every 12 months from its issue or its last review",
    table="ehcp_active_plans",
    no_comparator=(
        "DfE's annual review table counts meetings, some held before the year, so no "
        "authority's published figure is the same as this one."
    ),
    caveats=(
        "Counted by the review meeting. The authority's decision, a letter due four "
        "weeks after it, is another measure and not mixed in.",
        "Not known, so not among the overdue: a plan that the return does not list "
        "among the active ones, one whose meeting could not be read, one whose only meeting lies after the last day, and "
        "one with a letter of the 12 months but without the meeting's date. Issued "
        "within the 12 months, it is in time.",
        "Decided before the year (outcome H) and never reviewed is overdue, whatever "
        "the date of the plan's current version.",
    ),
    breaks=BY_CHILD,
    rows=find_reviews_not_completed,
    examples=read_examples(
        """
        Reviewed in the year, or too long ago
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
        active_plan  request_id  meeting_date
                     A           2024-03-01
                     B           2023-11-30
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. B's last meeting lies more
        than 12 months before 31 December: 1 of 2.

        By the meeting, not by the letter
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
              C           2020-01-01
              D           2020-01-01
        active_plan  request_id  meeting_date  review_date
                     A           2024-12-10    -
                     B           2023-11-30    2024-01-20
                     C           -             2024-03-01
                     D           -             2023-03-01
        calendar year to 2024-12-31 from sen2/2024: 2 of 4. A's letter is still to come
        and B's came late, but the meetings decide. C's meeting was at some time before
        its letter: not known. D's letter itself is too old: 2 of 4.

        Never reviewed: from the issue of the plan
        assessment  request_id  assessment_outcome  outcome_date
                    A           Y                   2024-06-01
                    B           Y                   2022-06-01
                    C           H                   -
        plan  request_id  start_date
              A           2024-06-01
              B           2024-06-01
              C           2024-06-01
        active_plan  request_id
                     A
                     B
                     C
        calendar year to 2024-12-31 from sen2/2024: 2 of 3. A's plan is seven months
        old. B's and C's were amended in June, but issued more than two years ago, and
        before the year: 2 of 3.

        Exactly 12 months is in time
        plan  request_id  start_date
              A           2020-01-01
              B           2020-01-01
        active_plan  request_id  meeting_date
                     A           2023-12-31
                     B           2023-12-30
        calendar year to 2024-12-31 from sen2/2024: 1 of 2. A was reviewed on the same
        day a year before, B a day earlier: 1 of 2.

        What the last day cannot know
        assessment  request_id  assessment_outcome  outcome_date
                    A           H                   -
                    B           Y                   2024-05-01
                    C           H                   -
        plan  request_id  start_date
              A           2020-01-01
              B           2024-05-01
              C           2020-01-01
        active_plan  request_id  meeting_date
                     A           2025-01-10
                     B           2025-01-10
        calendar year to 2024-12-31 from sen2/2024: 0 of 3. A's last meeting came after
        the day, and hides the one before; C is not among the active plans. Neither is
        known. B was issued in the 12 months: 0 of 3.
        """,
        EXAMPLE_ROWS,
    ),
)
