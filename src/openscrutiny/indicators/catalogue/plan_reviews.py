"""Whether child protection plans are reviewed as often as they must be."""

from typing import Final

from openscrutiny.indicators.catalogue.protection_plans import find_plans_open
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookBack,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.month_ends import at_month_ends
from openscrutiny.indicators.themes import CHILD_PROTECTION, LAIT, STATES
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

_FIRST_REVIEW: Final = 3  # months from the start of the plan
_NEXT_REVIEW: Final = 6  # from each review to the next
_YEAR: Final = 12
# A review of the year may have been due since the one before it, and that since the start.
_LOOKS_BACK: Final = 18
_PLAN: Final = ("authority", "child", "started")
_ROWS: Final = """
plan  cp_plans  person_id  start_date  end_date=-
review  cp_reviews  person_id  plan_start_date  review_date
"""


def _months_after(day: Value, months: int) -> Value:
    return (day + ibis.interval(months=months)).cast("date")


def _late(record: RecordView, plans: Rows) -> Rows:
    """Give the days on which a plan has a review that was late: `late_from`, `late_until`.

    A review is late from the day after it was due until it is held, and for a year from
    the day on which it was due. `late_until` is null where it was not held yet.
    """
    held = record.events("cp_reviews", "cppr_cp_review_date", "cppr_person_id")
    held = held.select(
        "authority",
        "child",
        started=held.cppr_cp_plan_start_date,
        day=held.on,
        due=_months_after(held.on, _NEXT_REVIEW),
    )
    begun = plans.select(*_PLAN, day=plans.started).distinct()
    begun = begun.mutate(due=_months_after(begun.day, _FIRST_REVIEW))
    held = held.filter(held.day > held.started)
    steps = begun.union(held, distinct=True)
    in_turn = ibis.window(group_by=list(_PLAN), order_by=[ibis.asc("day")])
    steps = steps.mutate(following=steps.day.lead().over(in_turn))
    steps = steps.filter(steps.following.isnull() | (steps.following > steps.due))
    until = ibis.greatest(_months_after(steps.due, _YEAR), steps.following)
    return steps.select(
        late_authority=steps.authority,
        late_child=steps.child,
        late_started=steps.started,
        late_from=(steps.due + ibis.interval(days=1)).cast("date"),
        late_until=ibis.ifelse(steps.following.isnull(), ibis.null("date"), until),
    )


def _reviewed(record: RecordView) -> Rows:
    plans = find_plans_open(record)
    plans = plans.mutate(started=plans.since)
    late = _late(record, plans)
    plans = plans.mutate(since=_months_after(plans.since, _FIRST_REVIEW))
    rows = at_month_ends(record, plans)
    overdue = rows.inner_join(
        late,
        [
            rows.authority == late.late_authority,
            rows.child == late.late_child,
            rows.started == late.late_started,
            late.late_from <= rows.since,
            late.late_until.isnull() | (late.late_until > rows.since),
        ],
    )
    overdue = overdue.select(
        of_authority="authority",
        of_child="child",
        of_started="started",
        of_day="since",
        is_late=ibis.literal(True),
    ).distinct()
    rows = rows.left_join(
        overdue,
        [
            rows.authority == overdue.of_authority,
            rows.child == overdue.of_child,
            rows.started == overdue.of_started,
            rows.since == overdue.of_day,
        ],
    )
    return rows.mutate(numerator=rows.is_late.isnull())


REVIEWED_PLANS: Final = Indicator(
    id="protection-plans-reviewed-in-time",
    code="CP12",
    name="Child protection plans reviewed in time",
    short_name="Protection plans reviewed in time",
    why_it_matters="The review decides whether the child is safer.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 47; Working Together to Safeguard Children",
    synonyms=("CP reviews", "review conferences", "RCPC timeliness"),
    theme=CHILD_PROTECTION,
    counts="children on a plan for three months or more",
    numerator="of those, children whose every review that fell due in the 12 months up to "
    "the day was held by the day on which it was due",
    denominator="children on the last day whose plan had been open three months or more",
    formula="100 × plans reviewed in time ÷ plans open three months or more",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Reviews are the safeguard that a plan is working, and are required.",
    clock=Clock.STATE,
    periods=STATES,
    headline=PeriodType.MONTH,
    source="Working together to safeguard children; children in need methodology (DfE)",
    paragraph=(
        "The first review within three months of the plan’s start, each later one within "
        "six months of the one before; the same day so many months later is in time "
        "(CPPstartDate, CPPreviewDate; the interactive tool’s RevCP)"
    ),
    returns=("cin",),
    missing_return={"annex-a": "It gives the date of the latest review alone."},
    breakdowns=tuple(b for b in CHILD_PROTECTION.breakdowns if b.name != "team"),
    one_per_child=True,
    looks_back=LookBack(_LOOKS_BACK, "reviews"),
    published=(PublishedMeasure(LAIT, "RevCP"),),
    caveats=(
        "The tool’s own text does not say how far back a late review counts. We count 12 "
        "months, as its year does; a child whose review was late stays out of the number "
        "for a year after the day on which it was due.",
        "It says that reviews took place, and not how good they were.",
    ),
    within={"denominator": "CP5.numerator"},
    read_with=(ReadWith("CP9", "Plans reviewed in time, and plans that go on long."),),
    rows=_reviewed,
    examples=read_examples(
        """
        The same day three months later is in time, a day more is not
        plan    person_id  start_date
                A          2024-11-12
                B          2024-11-12
        review  person_id  plan_start_date  review_date
                A          2024-11-12       2025-02-12
                B          2024-11-12       2025-02-13
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 2. A's first review
        was held on the last day that is in time, B's a day late: 1 of 2.

        Younger than three months
        plan  person_id  start_date
              A          2025-01-01
              B          2024-12-31
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. A's plan turns
        three months old on 1 April and is not asked about. B's does on the day itself, on
        which its first review may still be held: 1 of 1.

        A late review counts for a year
        plan    person_id  start_date
                A          2023-12-20
                B          2023-11-20
        review  person_id  plan_start_date  review_date
                A          2023-12-20       2024-03-15
                A          2023-12-20       2024-09-20
                A          2023-12-20       2025-03-01
                B          2023-11-20       2024-02-20
                B          2023-11-20       2024-08-20
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 0 of 2. A's
        second review was due on 15 September and held on the 20th; B's third was due on
        20 February and has not been held: 0 of 2.

        Reviews held before the year count as steps only
        plan    person_id  start_date
                A          2023-01-09
        review  person_id  plan_start_date  review_date
                A          2023-01-09       2023-05-30
                A          2023-01-09       2023-11-28
                A          2023-01-09       2024-05-28
                A          2023-01-09       2024-11-28
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 1. The
        first review was due on 9 April 2023, nearly two years before, and was late; all
        that fell due in the 12 months before 31 March 2025 were in time: 1 of 1.
        """,
        _ROWS,
    ),
)
