"""Child protection plans that began, and those that followed an earlier one soon."""

from typing import Final

from openscrutiny.indicators.catalogue.protection_plans import find_plans_started
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookBack,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.earlier import add_latest_before
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mix, Rate, Share
from openscrutiny.indicators.themes import CHILD_PROTECTION, LAIT
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

_D3 = "d3_cpps_subsequent_plan"
_MONTHS_BACK: Final = 24
_SOON, _LATER, _LAST = "Within 6 months", "6 to 12 months", "12 to 24 months"
_GAPS: Final = Mix(
    "gap_since_earlier_plan",
    (_SOON, _LATER, _LAST, "No plan in the 24 months before"),
    (_SOON, _LATER, _LAST),
)
_ROWS: Final = """
plan  cp_plans  person_id  start_date  end_date=-  plan_initial_category=NEG  plan_latest_category={plan_initial_category}
"""


def _plans_started(record: RecordView) -> Rows:
    """Give the plans that began, whatever the return says of earlier ones."""
    return find_plans_started(record).drop("numerator")


def _with_earlier(record: RecordView) -> Rows:
    """Give the plans that began, with what the child's plan ended last before says."""
    ended = record.events("cp_plans", "cppl_cp_plan_end_date", "cppl_person_id")
    return add_latest_before(
        find_plans_started(record),
        ended,
        {
            "earlier_category": "cppl_cp_plan_latest_category",
            "earlier_end": "cppl_cp_plan_end_date",
        },
        months=_MONTHS_BACK,
        same_day=True,
        began="cppl_cp_plan_start_date",
    )


def _by_gap(record: RecordView) -> Rows:
    rows = _with_earlier(record)

    def within(months: int) -> Value:
        last = (rows.earlier_end + ibis.interval(months=months)).cast("date")
        return rows.on <= last

    gap = ibis.cases(
        (rows.earlier_end.isnull(), _GAPS.statuses[-1]),
        (within(6), _SOON),
        (within(12), _LATER),
        else_=_LAST,
    )
    return _GAPS.mark(rows, gap)


def _same_category(record: RecordView) -> Rows:
    rows = _with_earlier(record)
    rows = rows.filter(rows.earlier_end.notnull())
    same = rows.cppl_cp_plan_initial_category == rows.earlier_category
    return rows.mutate(numerator=same)


PLANS_STARTED: Final = Indicator(
    id="protection-plans-started",
    code="CP6",
    name="Child protection plans started",
    why_it_matters="Each is a child judged to be at risk of significant harm.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 47; Working Together to Safeguard Children",
    synonyms=("CPPs starting", "new CP plans"),
    theme=CHILD_PROTECTION,
    counts="plans that began",
    numerator="child protection plans that began in the period",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity=(
        "Neither more nor fewer plans is good in itself. The interactive tool counts "
        "fewer as better, and we do not"
    ),
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Children who became the subject of a plan (CPPstartDate)",
    published=(PublishedMeasure(LAIT, "CPP_Abuse_Rate", numerator=f"{_D3}:CPP_start"),),
    caveats=(
        "A child with two plans in the period counts twice.",
        "A plan that another council began and that moved here with the child counts "
        "here from the day on which ours began.",
    ),
    same_children={"numerator": "CP7.denominator"},
    read_with=(ReadWith("CP5", "Plans that began, and children who are on one."),),
    rows=_plans_started,
    examples=read_examples(
        """
        First and last day count
        plan  person_id  start_date
              A          2024-04-01
              B          2025-03-31
              C          2024-03-31
        financial year to 2025-03-31 from cin/2025: 2. C's began too early: 2.

        A child may have two
        plan  person_id  start_date  end_date
              A          2024-05-01  2024-07-01
              A          2024-11-10  -
        financial year to 2025-03-31 from cin/2025: 2. Plans are counted, not children:
        2.

        Ended in the period, begun before it
        plan  person_id  start_date  end_date
              A          2024-05-30  2024-06-20
              B          2024-06-03  -
        month to 2024-06-30 from cin/2025: 1. A's began in May; B's in June: 1.
        """,
        _ROWS,
    ),
)

REPEAT_PLANS_SOON: Final = Indicator(
    id="repeat-protection-plans-within-24-months",
    code="CP8",
    name="Protection plans within 24 months of an earlier one",
    short_name="Repeat plans within 24 months",
    why_it_matters="A child thought to be safe was not.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 47; Working Together to Safeguard Children",
    synonyms=("repeat plans", "second or subsequent within two years"),
    theme=CHILD_PROTECTION,
    counts="plans that began",
    sentence_subject="Child protection plans within 24 months of an earlier one",
    numerator="plans that began within 24 months of the end of the child's earlier plan",
    denominator="plans that began in the period",
    formula="100 × plans within 24 months of an earlier one ÷ all that began",
    measure=_GAPS,
    polarity=Polarity.LOWER,
    why_polarity=(
        "A child who needs a plan again so soon may have left the first too early."
    ),
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "CPPstartDate against CPPendDate of the same child. The same day 24 months later "
        "is within; so is the day itself. Bands run to the same day six and 12 months on"
    ),
    looks_back=LookBack(_MONTHS_BACK, "earlier plans"),
    no_comparator=(
        "DfE publishes second plans at any time in a child’s life (CP7), and none within "
        "24 months."
    ),
    caveats=(
        "Only plans of this council are seen. CP7 asks the return itself whether the "
        "child ever had a plan, here or elsewhere.",
    ),
    same_children={"denominator": "CP7.denominator"},
    read_with=(ReadWith("CP7", "A plan again soon, and a plan again ever."),),
    rows=_by_gap,
    examples=read_examples(
        """
        The same day 24 months later is within, a day more is not
        plan  person_id  start_date  end_date
              A          2022-01-10  2022-06-03
              A          2024-06-03  -
              B          2022-01-10  2022-06-02
              B          2024-06-03  -
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 2.
        A's earlier plan ended exactly 24 months before, B's a day earlier: 1 of 2.

        An earlier plan that is still open is no earlier plan
        plan  person_id  start_date  end_date
              A          2024-04-10  -
              A          2024-09-02  -
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 0 of 2.
        Neither plan had ended when the other began: 0 of 2.

        Back on the day on which the first ended
        plan  person_id  start_date  end_date
              A          2023-05-10  2024-07-01
              A          2024-07-01  -
              B          2024-07-08  -
        month to 2024-07-31 from cin/2023 and cin/2024 and cin/2025: 1 of 2. A's second
        plan follows at once; B has no earlier one: 1 of 2.
        """,
        _ROWS,
    ),
)

REPEAT_PLANS_SAME_CATEGORY: Final = Indicator(
    id="repeat-protection-plans-of-the-same-category",
    code="CP8a",
    name="Repeat protection plans for the same category of abuse",
    short_name="Repeat plans, same category",
    why_it_matters="It tells an old harm that was not put right from a new one.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 47; Working Together to Safeguard Children",
    synonyms=("repeat category",),
    theme=CHILD_PROTECTION,
    counts="plans within 24 months of an earlier one",
    sentence_subject="Repeat child protection plans for the same category of abuse",
    numerator="of those, plans whose first category is the last of the earlier plan",
    denominator="plans that began within 24 months of the child's earlier plan",
    formula="100 × repeat plans of the same category ÷ repeat plans within 24 months",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity=(
        "The same harm again may mean that the first plan did not settle it; another "
        "category may be a new harm, or the same one seen better"
    ),
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "InitialCategoryOfAbuse of the new plan against LatestCategoryOfAbuse of the "
        "child’s plan that ended last in the 24 months before. Multiple (MUL) is a "
        "category of its own"
    ),
    breakdowns=tuple(b for b in CHILD_PROTECTION.breakdowns if b.name != "team"),
    looks_back=LookBack(_MONTHS_BACK, "earlier plans"),
    no_comparator="DfE publishes no category of earlier plans.",
    caveats=(
        "Few plans are repeated so soon: read the number beside the percentage.",
        "How long the gap was stands with CP8.",
    ),
    same_children={"denominator": "CP8.numerator"},
    read_with=(ReadWith("CP8", "How many plans are repeated, and for what."),),
    rows=_same_category,
    examples=read_examples(
        """
        The same and another
        plan  person_id  start_date  end_date    plan_initial_category
              A          2023-05-10  2024-01-01  NEG
              A          2024-06-03  -           NEG
              B          2023-05-10  2024-01-01  NEG
              B          2024-06-03  -           EMO
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 2. A
        is back for neglect, B for emotional abuse: 1 of 2.

        The category that the earlier plan ended with counts
        plan  person_id  start_date  end_date    plan_initial_category  plan_latest_category
              A          2023-05-10  2024-01-01  NEG                    EMO
              A          2024-06-03  -           EMO                    EMO
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 1.
        The first plan began for neglect and ended for emotional abuse: 1 of 1.

        A category that nobody gave
        plan  person_id  start_date  end_date    plan_initial_category
              A          2023-05-10  2024-01-01  NEG
              A          2024-06-03  -           -
              B          2024-06-03  -           NEG
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 0 of 1.
        A's is not known and is shown as unknown; B's is no repeat plan: 0 of 1.
        """,
        _ROWS,
    ),
)
