"""Child protection plans: how many children are on one, how often, and how long."""

from functools import cache
from typing import Final

from openscrutiny.indicators.definition import (
    Clock,
    FlowPart,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
    Stock,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import CHILD_PROTECTION, LAIT, STATES
from openscrutiny.indicators.typed_late import leave_out_redated, leave_out_typed_late
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_D3 = "d3_cpps_subsequent_plan"


# "Two years or more" is more than 729 days (DfE): day 730 is the first that counts.
_TWO_YEARS_IN_DAYS = 730
_ROWS: Final = """
plan  cp_plans  person_id  start_date  end_date=-  previous_plans=0
"""


@cache
def find_plans_open(record: RecordView) -> Rows:
    rows = record.states(
        "cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "cppl_person_id"
    )
    return rows.mutate(team=rows.cppl_team)


@cache
def find_plans_started(record: RecordView) -> Rows:
    rows = record.events("cp_plans", "cppl_cp_plan_start_date", "cppl_person_id")
    # A child has one plan at a time: what begins while another is open is that one.
    rows = leave_out_typed_late(rows, rows, closed="cppl_cp_plan_end_date")
    held = record.tables["cp_plans"]
    held = held.mutate(child=held.cppl_person_id, on=held.cppl_cp_plan_start_date)
    rows = leave_out_redated(rows, rows, held, closed="cppl_cp_plan_end_date")
    return rows.mutate(numerator=rows.cppl_previous_plans > 0, team=rows.cppl_team)


def _plans_open_two_years(record: RecordView) -> Rows:
    rows = find_plans_open(record)
    since = (rows.since + ibis.interval(days=_TWO_YEARS_IN_DAYS)).cast("date")
    return rows.mutate(numerator_since=since)


def _plans_ended(record: RecordView) -> Rows:
    rows = record.events("cp_plans", "cppl_cp_plan_end_date", "cppl_person_id")
    rows = leave_out_typed_late(rows, rows, same="cppl_cp_plan_start_date")
    start = rows.cppl_cp_plan_start_date
    two_years_old = (start + ibis.interval(days=_TWO_YEARS_IN_DAYS)).cast("date")
    return rows.mutate(numerator=rows.on >= two_years_old, team=rows.cppl_team)


ON_A_PLAN: Final = Indicator(
    id="children-on-a-protection-plan",
    code="CP5",
    name="Children on a child protection plan",
    reads="children per 10,000 had a protection plan {when}",
    theme=CHILD_PROTECTION,
    counts="children on a plan",
    numerator="children with a child protection plan on the last day",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Neither more nor fewer plans is good in itself.",
    clock=Clock.STATE,
    periods=STATES,
    headline=PeriodType.MONTH,
    paragraph="Children who were the subject of a plan at 31 March",
    one_per_child=True,
    published=(PublishedMeasure(LAIT, "CPP_rate"),),
    read_with=(ReadWith("CP9", "How many are on a plan, and for how long."),),
    stock=Stock(
        "children on a plan",
        FlowPart("CP7", "denominator", "plans that began"),
        FlowPart("CP10", "denominator", "plans that ended"),
        (
            "a child with two plans is one child",
            "a plan may be moved here from another council, or away to it",
            "a date may be recorded late",
        ),
    ),
    rows=find_plans_open,
    examples=read_examples(
        """
        On the last day
        plan  person_id  start_date  end_date
              A          2024-06-01  -
              B          2024-06-01  2025-03-31
              C          2025-03-31  -
              D          2024-06-01  2025-04-01
        financial year to 2025-03-31 from cin/2025: 3. B's plan ended on the day and no
        longer counts; A, C and D do: 3.

        One child once
        plan  person_id  start_date
              A          2024-06-01
              A          2024-07-01
        financial year to 2025-03-31 from cin/2025: 1. Two plans of one child: 1.

        A plan from years before
        plan  person_id  start_date  end_date
              A          2021-02-01  -
              B          2021-02-01  2024-05-01
        month to 2024-04-30 from cin/2025: 2. Both were open on 30 April 2024: 2.
        """,
        _ROWS,
    ),
)

REPEAT_PLANS: Final = Indicator(
    id="repeat-protection-plans",
    code="CP7",
    name="Second or later protection plans",
    reads="of protection plans begun {when} were second or later plans",
    theme=CHILD_PROTECTION,
    counts="plans that began",
    sentence_subject="Second or later child protection plans",
    numerator="plans that began for a child who had ever had one before",
    denominator="plans that began in the period",
    formula="100 × second or later plans ÷ all that began",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A child who needs a plan again may have left the first too soon.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Plans for a second or subsequent time (NumberOfPreviousCPP)",
    published=(
        PublishedMeasure(
            LAIT,
            "PrevRegCPR",
            numerator=f"{_D3}:CPP_subsequent",
            denominator=f"{_D3}:CPP_start",
        ),
    ),
    rows=find_plans_started,
    examples=read_examples(
        """
        One of two
        plan  person_id  start_date  previous_plans
              A          2024-05-01  1
              B          2024-05-02  0
        financial year to 2025-03-31 from cin/2025: 1 of 2. A had a plan before: 1 of 2.

        Empty is unknown, not none
        plan  person_id  start_date  previous_plans
              A          2024-05-01  2
              B          2024-05-02  -
        financial year to 2025-03-31 from cin/2025: 1 of 2. B's number is unknown: B
        stays among the 2 and is shown as unknown.

        Only plans that began
        plan  person_id  start_date  end_date    previous_plans
              A          2023-05-01  2024-06-01  1
              A          2024-09-01  -           2
        financial year to 2025-03-31 from cin/2025: 1 of 1. The first began before the
        year: 1 of 1.

        One plan that two returns begin on different days
        plan  person_id  start_date  previous_plans
              A          2025-03-31  0
              A          2025-04-01  0
              B          2025-04-01  1
        month to 2025-04-30 from cin/2025 and annex-a/2025-09-30: 1 of 1. A’s is open in
        the census from the day before: B’s alone, 1 of 1.
        """,
        _ROWS,
    ),
)

LONG_PLANS: Final = Indicator(
    id="protection-plans-of-two-years-or-more",
    code="CP9",
    name="Protection plans of two years or more",
    short_name="Plans of two years or more",
    reads="of children on a plan {when} had been on it for two years",
    theme=CHILD_PROTECTION,
    counts="children on a plan",
    sentence_subject="Child protection plans open for two years or more",
    numerator="of those, children whose plan had been open more than 729 days",
    denominator="children with a child protection plan on the last day",
    formula="100 × plans open two years or more ÷ plans on the last day",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A long plan may mean that a child's life is not changing.",
    clock=Clock.STATE,
    periods=STATES,
    headline=PeriodType.MONTH,
    paragraph="Plans at 31 March by duration: two years or more",
    one_per_child=True,
    published=(PublishedMeasure(LAIT, "CPPlans2yrsActive"),),
    same_children={"denominator": "CP5.numerator"},
    read_with=(
        ReadWith("CP10", "Long plans that are open, and long plans that ended."),
    ),
    rows=_plans_open_two_years,
    examples=read_examples(
        """
        Day 730 counts, day 729 does not
        plan  person_id  start_date
              A          2023-04-01
              B          2023-04-02
        financial year to 2025-03-31 from cin/2025: 1 of 2. On 31 March 2025 A's plan is
        730 days old and B's 729: 1 of 2.

        Ended before the day
        plan  person_id  start_date  end_date
              A          2021-01-01  2025-03-01
              B          2024-12-01  -
        financial year to 2025-03-31 from cin/2025: 0 of 1. A's long plan had ended: 0
        of 1.

        In the month in which it turns two
        plan  person_id  start_date
              A          2022-11-01
        month to 2024-10-31 from cin/2025: 1 of 1. On 31 October 2024 the plan is 730
        days old: 1 of 1.
        """,
        _ROWS,
    ),
)

LONG_ENDED_PLANS: Final = Indicator(
    id="protection-plans-that-ended-after-two-years-or-more",
    code="CP10",
    name="Protection plans that ended after two years or more",
    short_name="Plans that ended after two years",
    reads="of plans that ended {when} had lasted two years or more",
    theme=CHILD_PROTECTION,
    counts="plans that ended",
    sentence_subject="Child protection plans that ended after two years or more",
    numerator="of those, plans that had been open more than 729 days when they ended",
    denominator="child protection plans that ended in the period",
    formula="100 × plans that ended after two years or more ÷ all that ended",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A long plan may mean that a child’s life was not changing.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Plans that ended in the year by duration: two years or more",
    published=(PublishedMeasure(LAIT, "CPPlans2yrs"),),
    caveats=(
        "Ending a long plan raises this figure, although the child may gain by it: read "
        "it with the plans still open after two years.",
    ),
    rows=_plans_ended,
    examples=read_examples(
        """
        Day 730 counts, day 729 does not
        plan  person_id  start_date  end_date
              A          2022-07-01  2024-06-30
              B          2022-07-02  2024-06-30
        financial year to 2025-03-31 from cin/2025: 1 of 2. 29 February 2024 lies
        between: A's plan ended on its 730th day after the start and B's on its 729th: 1
        of 2.

        First and last day count
        plan  person_id  start_date  end_date
              A          2021-06-01  2024-04-01
              B          2024-06-01  2025-03-31
              C          2021-06-01  2024-03-31
              D          2021-06-01  -
        financial year to 2025-03-31 from cin/2025: 1 of 2. C's ended the day before the
        year and D's is open; of A and B, A's was long: 1 of 2.

        A child whose plan ends twice
        plan  person_id  start_date  end_date
              A          2022-01-10  2024-05-07
              A          2024-05-20  2024-05-28
        month to 2024-05-31 from cin/2025: 1 of 2. Plans are counted, not children; the
        first was long: 1 of 2.

        One plan that two returns end on different days
        plan  person_id  start_date  end_date
              A          2023-01-10  2025-03-31
              A          2023-01-10  2025-04-01
              B          2024-06-03  2025-04-01
        month to 2025-04-30 from cin/2025 and annex-a/2025-09-30: 0 of 1. A’s had ended
        in the census on the day before: B’s alone, 0 of 1.

        One plan that two censuses end on different days
        plan  person_id  start_date  end_date
              A          2021-01-10  2024-03-30
              A          2021-01-10  2024-06-03
              B          2023-06-03  2024-06-03
        financial year to 2025-03-31 from cin/2024 and cin/2025: 0 of 1. A plan ends
        once, and A’s had in the year before: B’s alone, 0 of 1.
        """,
        _ROWS,
    ),
)
