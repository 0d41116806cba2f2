"""Assessments, and children in need."""

from functools import cache
from typing import Final

from openscrutiny.indicators.breakdowns import (
    AGE_BAND,
    DISABILITY_CENSUS,
    ETHNICITY,
    SEX,
)
from openscrutiny.indicators.definition import (
    Clock,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import ASSESSMENT, LAIT, STATES
from openscrutiny.indicators.typed_late import leave_out_typed_late
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

# LAIT's dictionary says "within 45 working days of a referral" (Continue_Assess_Comp).
# The table behind it (C2, completed assessments by duration) has a column "started and
# finished the same day", which speaks for the start; no text that we hold settles it.
_TWO_CLOCKS = (
    "Two clocks exist, from the referral and from the start of the assessment, and it "
    "is not known which one the published figures follow. So neither is judged."
)

_ROWS: Final = """
assessment  cin_assessments  person_id  referral_date=-  start_date  auth_date
case  cin_episodes  person_id  referral_date  referral_nfa=no
"""


@cache
def find_completed(record: RecordView) -> Rows:
    """Give the completed assessments, one that two returns date differently once.

    One that the census has completed is not completed again where an extract has it
    authorised a few days later; it is the same if it began on the same day.
    """
    rows = record.events(
        "cin_assessments", "cina_assessment_auth_date", "cina_person_id"
    )
    rows = leave_out_typed_late(rows, rows, same="cina_assessment_start_date")
    return rows.mutate(team=rows.cina_assessment_team)


def _in_45_working_days(record: RecordView) -> Rows:
    return _in_45_working_days_from(record, "cina_referral_date")


def _in_45_working_days_of_start(record: RecordView) -> Rows:
    return _in_45_working_days_from(record, "cina_assessment_start_date")


def _in_45_working_days_from(record: RecordView, day_0: str) -> Rows:
    rows = record.add_working_days(
        find_completed(record), "taken", day_0, "cina_assessment_auth_date"
    )
    # Completed before day 0: one of the dates is wrong, and nobody knows which.
    in_time = ibis.cases((rows.on >= rows[day_0], rows.taken <= 45))
    return rows.mutate(numerator=in_time)


@cache
def find_in_need(record: RecordView) -> Rows:
    rows = record.states(
        "cin_episodes", "cine_referral_date", "cine_close_date", "cine_person_id"
    )
    return rows.filter(~rows.cine_referral_nfa.fill_null(False))


ASSESSMENTS: Final = Indicator(
    id="assessments-completed",
    code="AS1",
    name="Assessments completed",
    reads="assessments per 10,000 children were completed {when}",
    theme=ASSESSMENT,
    counts="assessments completed",
    numerator="assessments authorised in the period",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It follows demand; neither more nor fewer is good in itself.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Number of assessments completed (AssessmentAuthorisationDate). One that an "
        "extract has completed up to seven days after the census is the census’s, if it "
        "began on the same day; so is one that the next census completes again"
    ),
    no_comparator=(
        "DfE publishes the number in its table c2, which is not loaded here yet."
    ),
    caveats=(
        "From Annex A it counts list 4, which holds the assessments of the last six "
        "months by their dates of completion.",
    ),
    read_with=(
        ReadWith("WF6", "Work that is finished, and work that each person holds."),
    ),
    rows=find_completed,
    examples=read_examples(
        """
        Counted when authorised
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-04-02     2024-04-03  2024-05-20
                    B          2024-03-01     2024-03-02  2024-04-01
        financial year to 2025-03-31 from cin/2025: 2. Both were authorised in the year,
        though B's began before it: 2.

        Still open
        assessment  person_id  referral_date  start_date  auth_date
                    A          2025-03-10     2025-03-11  -
                    B          2025-03-10     2025-03-11  2025-03-31
        financial year to 2025-03-31 from cin/2025: 1. A's is not authorised; B's is, on
        the last day: 1.

        Two assessments of one child
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-05-01     2024-05-02  2024-06-01
                    A          2024-05-01     2024-06-02  2024-06-28
        month to 2024-06-30 from cin/2025: 2. Assessments are counted, not children: 2
        in June.

        One assessment that two returns date differently
        assessment  person_id  referral_date  start_date  auth_date
                    A          2025-02-03     2025-02-04  2025-03-31
                    A          -              2025-02-04  2025-04-01
                    B          -              2025-02-04  2025-04-01
        month to 2025-04-30 from cin/2025 and annex-a/2025-09-30: 1. A’s was completed
        by the census on the day before: B’s alone, 1.

        One assessment that two censuses date differently
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-02-03     2024-02-05  2024-03-29
                    A          2024-02-03     2024-02-05  2024-04-18
                    B          2024-02-03     2024-02-05  2024-04-18
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1. A’s was completed in
        the year before: B’s alone, 1.
        """,
        _ROWS,
    ),
)

TIMELY_ASSESSMENTS: Final = Indicator(
    id="assessments-within-45-working-days",
    code="AS2",
    name="Assessments within 45 working days",
    reads="of assessments {when} took 45 working days or fewer",
    theme=ASSESSMENT,
    counts="assessments completed",
    sentence_subject="Assessments completed within 45 working days",
    numerator="assessments authorised within 45 working days of the referral",
    denominator="assessments authorised in the period",
    formula="100 × those within 45 working days of the referral ÷ all completed",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Statutory guidance sets 45 working days as the most.",
    clock=Clock.EVENT,
    source="Working together to safeguard children; children in need methodology (DfE)",
    paragraph=(
        "45 working days from the point of referral; the day of referral is day 0. "
        "Working days leave out weekends and England's bank holidays"
    ),
    returns=("cin",),
    missing_return={"annex-a": "It does not state the referral of an assessment."},
    breakdowns=(AGE_BAND, SEX, ETHNICITY, DISABILITY_CENSUS),
    published=(PublishedMeasure(LAIT, "Continue_Assess_Comp"),),
    caveats=(
        "AS2a runs the other clock, from the start of the assessment. The publisher's "
        "dictionary names the referral; the table that it is taken from speaks of "
        "assessments started and finished on one day.",
        "Of a case that was open for long, an assessment begun anew counts from the "
        "referral all the same, and is not in time.",
    ),
    same_children={"denominator": "AS1.numerator"},
    not_judged=_TWO_CLOCKS,
    read_with=(
        ReadWith("FD2", "Assessments in time, and whether they settle matters."),
    ),
    rows=_in_45_working_days,
    examples=read_examples(
        """
        Day 45 is in time, day 46 is not
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-06-04  2024-08-05
                    B          2024-06-03     2024-06-04  2024-08-06
        financial year to 2025-03-31 from cin/2025: 1 of 2. Monday 3 June is day 0. Nine
        whole weeks are 45 working days: Monday 5 August is day 45 and Tuesday day 46.
        So 1 of 2.

        Bank holidays do not count
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-04-29     2024-05-01  2024-07-03
        financial year to 2025-03-31 from cin/2025: 1 of 1. From Monday 29 April to
        Wednesday 3 July are 47 weekdays after day 0, less 6 and 27 May: 45. So 1 of 1.

        The clock runs from the referral, not from the start
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-08-01  2024-09-02
                    B          -              2024-08-01  2024-09-02
        financial year to 2025-03-31 from cin/2025: 0 of 2. A's took 64 working days
        from the referral. B's referral is unknown, so it stays among the 2 and is shown
        as unknown: 0 of 2.
        """,
        _ROWS,
    ),
)

TIMELY_FROM_START: Final = Indicator(
    id="assessments-within-45-working-days-of-their-start",
    code="AS2a",
    name="Assessments within 45 working days of their start",
    short_name="Assessed within 45 days of the start",
    reads="of assessments {when} took 45 working days or fewer from their start",
    theme=ASSESSMENT,
    counts="assessments completed",
    sentence_subject="Assessments completed within 45 working days of their start",
    numerator="assessments authorised within 45 working days of their start",
    denominator="assessments authorised in the period",
    formula="100 × those within 45 working days of their start ÷ all completed",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Statutory guidance sets 45 working days as the most.",
    clock=Clock.EVENT,
    source="Children in need census guide; children in need methodology (DfE)",
    paragraph=(
        "AssessmentActualStartDate to AssessmentAuthorisationDate; the day of the start "
        "is day 0. Working days leave out weekends and England's bank holidays"
    ),
    no_comparator="The published measure stands beside AS2, the other clock.",
    caveats=("AS2 runs the other clock, from the referral.",),
    same_children={"denominator": "AS1.numerator"},
    within={"numerator": "AS2.numerator"},
    not_judged=_TWO_CLOCKS,
    rows=_in_45_working_days_of_start,
    examples=read_examples(
        """
        Day 45 is in time, day 46 is not
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-05-01     2024-06-03  2024-08-05
                    B          2024-05-01     2024-06-03  2024-08-06
        financial year to 2025-03-31 from cin/2025: 1 of 2. Both started on Monday 3
        June, day 0. Nine whole weeks are 45 working days: Monday 5 August is day 45 and
        Tuesday day 46. So 1 of 2.

        Late by the referral, in time by the start
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-08-01  2024-09-02
                    B          -              2024-08-01  2024-09-02
        financial year to 2025-03-31 from cin/2025: 2 of 2. From Thursday 1 August to
        Monday 2 September are 22 weekdays after day 0, less 26 August: 21. B's referral
        is not needed. So 2 of 2.

        Authorised before it started
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-07-02  2024-07-01
                    B          2024-06-03     2024-07-01  2024-07-01
        financial year to 2025-03-31 from cin/2025: 1 of 2. One of A's dates is wrong
        and nobody knows which, so it stays among the 2 and is shown as unknown. B's
        took no day: 1 of 2.
        """,
        _ROWS,
    ),
)

CHILDREN_IN_NEED: Final = Indicator(
    id="children-in-need",
    code="CN1",
    name="Children in need",
    reads="children in need per 10,000 children {when}",
    theme=ASSESSMENT,
    counts="children in need",
    numerator="children with an open episode of need on the last day",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It measures need and thresholds together.",
    clock=Clock.STATE,
    periods=STATES,
    paragraph=(
        "Children in need at 31 March: referred on or before the day, not closed by "
        "it, not closed at once; unborn children, children looked after and care "
        "leavers with an open case are included"
    ),
    returns=("cin",),
    missing_return={"annex-a": "Its list 6 starts cases by another date."},
    table="cin_episodes",
    one_per_child=True,
    breakdowns=(AGE_BAND, SEX, ETHNICITY, DISABILITY_CENSUS),
    published=(
        PublishedMeasure(LAIT, "CIN", numerator="b1_children_in_need:At31_episodes"),
    ),
    caveats=("DfE publishes episodes at 31 March; we count each child once.",),
    rows=find_in_need,
    examples=read_examples(
        """
        Open on the last day
        case  person_id  referral_date  close_date
              A          2021-01-05     -
              B          2025-03-31     -
              C          2024-06-01     2025-03-31
              D          2024-06-01     2025-04-01
        financial year to 2025-03-31 from cin/2025: 3. C closed by 31 March. A, B and D
        were open on it: 3.

        Closed at once is not in need
        case  person_id  referral_date  referral_nfa
              A          2025-03-20     yes
              B          2025-03-20     no
        financial year to 2025-03-31 from cin/2025: 1. A's referral had no further
        action: 1.

        One child once
        case  person_id  referral_date
              A          2024-05-01
              A          2024-09-01
        month to 2024-09-30 from cin/2025: 1. Two open episodes of the same child: 1.
        """,
        _ROWS,
    ),
)
