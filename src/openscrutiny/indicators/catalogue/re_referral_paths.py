"""How soon children come back, after what, and how often."""

from datetime import date
from typing import Final

from openscrutiny.indicators.catalogue.front_door import find_referrals
from openscrutiny.indicators.catalogue.re_referrals import (
    NO_FOCUS,
    OF_RE_REFERRALS,
    RE_REFERRAL_PERIODS,
    find_coming_back,
)
from openscrutiny.indicators.definition import (
    Break,
    Clock,
    Control,
    Indicator,
    LookBack,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.earlier import ROW, add_latest_before
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mix, Share
from openscrutiny.indicators.themes import FRONT_DOOR
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

_GAPS: Final = Mix(
    "gap_since_closure",
    ("Within 3 months", "3 to 6 months", "6 to 12 months"),
    ("Within 3 months",),
)
_NO_ACTION, _NO_PLAN = "After no further action", "After assessment, without a plan"
_OUTCOMES: Final = Mix(
    "earlier_outcome", (_NO_ACTION, _NO_PLAN, "After a plan"), (_NO_ACTION, _NO_PLAN)
)
_ROWS: Final = """
referral  cin_episodes  person_id  referral_id  referral_date  close_date=-  referral_nfa=no
plan  cin_plans  person_id  start_date
"""


def _by_gap(record: RecordView) -> Rows:
    """Say how long the child's case had been closed; one closed at once, on its day."""
    rows = find_coming_back(record)
    closed = record.all_rows("cin_episodes")
    at_once = closed.cine_referral_nfa.ifelse(closed.cine_referral_date, None)
    closed = closed.mutate(
        child=closed.cine_person_id, on=ibis.coalesce(closed.cine_close_date, at_once)
    )
    closed = closed.filter(
        (closed.on >= closed.valid_from) & (closed.on <= closed.valid_to)
    )
    rows = add_latest_before(
        rows,
        closed,
        {"closed_on": "on"},
        months=12,
        same_day=True,
        began="cine_referral_date",
    )

    def within(months: int) -> Value:
        last = (rows.closed_on + ibis.interval(months=months)).cast("date")
        return rows.on <= last

    bands = zip((3, 6, 12), _GAPS.statuses, strict=True)
    gap = ibis.cases(*((within(months), name) for months, name in bands))
    return _GAPS.mark(rows, gap)


def _by_outcome(record: RecordView) -> Rows:
    """Say what the child's referral before led to."""
    rows = add_latest_before(
        find_coming_back(record),
        find_referrals(record),
        {"earlier_nfa": "cine_referral_nfa", "earlier_on": "on"},
        months=12,
    )
    plans = None
    for table, column, person in (
        ("cin_plans", "cinp_cin_plan_start_date", "cinp_person_id"),
        ("cp_plans", "cppl_cp_plan_start_date", "cppl_person_id"),
    ):
        begun = record.events(table, column, person)
        begun = begun.select("authority", "child", plan_on=begun.on)
        plans = begun if plans is None else plans.union(begun)
    assert plans is not None
    planned = rows.inner_join(
        plans,
        [
            rows.authority == plans.authority,
            rows.child == plans.child,
            plans.plan_on >= rows.earlier_on,
            plans.plan_on < rows.on,
        ],
    )
    planned = planned.select(
        **{f"of_{key}": planned[key] for key in ROW}, is_planned=ibis.literal(True)
    ).distinct()
    same = [rows[key] == planned[f"of_{key}"] for key in ROW]
    rows = rows.left_join(planned, same).drop(*(f"of_{key}" for key in ROW))
    outcome = ibis.cases(
        (rows.earlier_nfa.fill_null(False), _NO_ACTION),
        (rows.is_planned.notnull(), _OUTCOMES.statuses[-1]),
        (~rows.earlier_nfa, _NO_PLAN),
    )
    return _OUTCOMES.mark(rows, outcome)


def _often(record: RecordView) -> Rows:
    """Mark referrals by whose day the child had three or more within 24 months."""
    rows = find_referrals(record)
    told = rows.select(told_authority="authority", told_child="child", told_on="on")
    pairs = rows.inner_join(
        told,
        [
            rows.authority == told.told_authority,
            rows.child == told.told_child,
            told.told_on <= rows.on,
            told.told_on >= (rows.on - ibis.interval(months=24)).cast("date"),
        ],
    )
    counted = pairs.group_by([pairs[key].name(f"of_{key}") for key in ROW])
    in_all = counted.aggregate(referrals=pairs.count())
    same = [rows[key] == in_all[f"of_{key}"] for key in ROW]
    rows = rows.inner_join(in_all, same).drop(*(f"of_{key}" for key in ROW))
    return rows.mutate(numerator=rows.referrals >= 3)


GAP_SINCE_CLOSURE: Final = Indicator(
    **OF_RE_REFERRALS,
    id="re-referrals-within-three-months-of-closure",
    code="FD2c",
    name="Re-referrals within three months of closure",
    short_name="Re-referrals soon after closure",
    why_it_matters="A family that is back at once may have been let go too soon.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, sections 17 and 47",
    synonyms=("gap since closure", "time since closure"),
    numerator="of those, re-referrals within three months of the day of closure",
    denominator="re-referrals of children whose earlier case has a day of closure",
    formula="100 × re-referrals within three months of closure ÷ re-referrals",
    measure=_GAPS,
    polarity=Polarity.NEUTRAL,
    why_polarity=(
        "The sooner a child is back, the likelier it is that the case was closed too "
        "early; a small share may also mean that children come back later"
    ),
    paragraph=(
        "CINclosureDate of the child’s case that closed last before the re-referral, to "
        "its CINreferralDate; a referral with no further action and no day of closure "
        "closed on its own day. Bands run to the same day three, six and 12 months on"
    ),
    missing_return={"annex-a": "Its list of referrals does not hold closures."},
    no_comparator="DfE does not publish how long cases had been closed.",
    read_with=(ReadWith("FD2", "How many come back, and how soon."),),
    rows=_by_gap,
    examples=read_examples(
        """
        The same day three months later is within, a day more is not
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2024-09-20     -
                  B          B1           2024-05-03     2024-06-20
                  B          B2           2024-09-21     -
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 2. A is back three
        months after the closure, B a day later: 1 of 2.

        Closed at once
        referral  person_id  referral_id  referral_date  close_date  referral_nfa
                  A          A1           2024-05-03     -           yes
                  A          A2           2024-05-20     -           no
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. No further
        action was taken on 3 May, and A was back 17 days later: 1 of 1.

        A case that nobody closed
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     -
                  A          A2           2024-11-04     -
                  B          B1           2024-04-03     2024-04-20
                  B          B2           2025-01-06     -
        financial year to 2025-03-31 from cin/2024 and cin/2025: 0 of 1. Of A's case no
        closure is known; B is back after eight months: 0 of 1.
        """,
        _ROWS,
    ),
)

EARLIER_OUTCOME: Final = Indicator(
    **OF_RE_REFERRALS,
    id="re-referrals-after-no-plan",
    code="FD2d",
    name="Re-referrals of children who had no plan",
    short_name="Re-referrals after no plan",
    why_it_matters="It asks whether the door was shut too early.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, sections 17 and 47",
    synonyms=("re-referral after NFA", "re-referral by previous outcome"),
    sentence_subject="Re-referrals after a referral that led to no plan",
    numerator="of those, re-referrals whose referral before led to no plan",
    denominator="re-referrals of which the outcome of the one before is known",
    formula="100 × re-referrals after no plan ÷ re-referrals",
    measure=_OUTCOMES,
    polarity=Polarity.LOWER,
    why_polarity="A child who comes back without having had a plan may have needed one.",
    paragraph=(
        "The child’s last referral in the 12 months before: no further action "
        "(ReferralNFA); a plan, if a child in need plan or a protection plan began from "
        "its day on and before the re-referral; else closed after assessment without one"
    ),
    missing_return={"annex-a": "Its list of referrals does not say what they led to."},
    no_comparator=NO_FOCUS,
    caveats=(
        "A child who came into care has a care plan, which the census does not hold; it "
        "counts as no plan unless another was recorded.",
        "Child in need plans are in the census from 2021-22 only: in earlier years the "
        "figure is too high, since a child who had such a plan counts as without one.",
    ),
    breaks=(
        Break(date(2022, 4, 1), "child in need plans are in the census from 2021-22"),
    ),
    read_with=(ReadWith("FD3", "What is closed at once, and what comes back."),),
    rows=_by_outcome,
    examples=read_examples(
        """
        One after each
        referral  person_id  referral_id  referral_date  close_date  referral_nfa
                  A          A1           2024-05-03     2024-05-03  yes
                  A          A2           2024-09-02     -           no
                  B          B1           2024-05-03     2024-07-01  no
                  B          B2           2024-09-02     -           no
                  C          C1           2024-05-03     2024-08-01  no
                  C          C2           2024-09-02     -           no
        plan      person_id  start_date
                  C          2024-06-14
        financial year to 2025-03-31 from cin/2024 and cin/2025: 2 of 3. A came to no
        further action and B to an assessment alone; C had a plan: 2 of 3.

        A plan of the case before that does not count
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2023-05-03     2023-12-20
                  A          A2           2024-05-03     2024-06-20
                  A          A3           2024-09-02     -
        plan      person_id  start_date
                  A          2023-06-14
        quarter to 2024-09-30 from cin/2024 and cin/2025: 1 of 1. The plan was of the
        first case; the second, which came last before, had none: 1 of 1.

        Whether it led to anything is not said
        referral  person_id  referral_id  referral_date  close_date  referral_nfa
                  A          A1           2024-05-03     2024-06-20  -
                  A          A2           2024-09-02     -           no
                  B          B1           2024-05-03     2024-06-20  no
                  B          B2           2024-09-02     -           no
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. Of A's first
        referral it is not known; B's led to an assessment alone: 1 of 1.
        """,
        _ROWS,
    ),
)

REFERRED_OFTEN: Final = Indicator(
    id="children-referred-three-times-in-24-months",
    code="FD6",
    name="Children referred three times or more in 24 months",
    short_name="Three or more referrals in 24 months",
    why_it_matters="Behind a third referral is a child for whom two answers did not work.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, sections 17 and 47",
    synonyms=("repeat referrals", "frequent referrals"),
    theme=FRONT_DOOR,
    counts="children referred",
    numerator="of those, children with three or more referrals in the 24 months up to their "
    "last one in the period",
    denominator="children referred in the period",
    formula="100 × children referred three times or more in 24 months ÷ children referred",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A child who keeps being referred may not be getting the right help.",
    clock=Clock.EVENT,
    periods=RE_REFERRAL_PERIODS,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Each child once, at the day of its last referral in the period; each referral "
        "counts, two of one day too, and the same day 24 months before is within"
    ),
    one_per_child=True,
    last_of_child=True,
    looks_back=LookBack(24, "earlier referrals"),
    no_comparator=(
        "DfE’s longitudinal data of children in need could tell it, and no table of it "
        "gives this for each council."
    ),
    caveats=("Children are counted here, where FD1 and FD2 count referrals.",),
    read_with=(ReadWith("FD2", "Who is back once, and who again and again."),),
    rows=_often,
    examples=read_examples(
        """
        The third in 24 months
        referral  person_id  referral_id  referral_date
                  A          A1           2023-02-01
                  A          A2           2024-01-10
                  A          A3           2025-02-01
                  B          B1           2024-05-01
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 2.
        A's first was exactly 24 months before the third; B was referred once: 1 of 2.

        A day too long ago
        referral  person_id  referral_id  referral_date
                  A          A1           2023-01-31
                  A          A2           2024-01-10
                  A          A3           2025-02-01
        quarter to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 0 of 1. Two in
        the 24 months up to 1 February 2025: 0 of 1.

        The last referral of the period decides
        referral  person_id  referral_id  referral_date
                  A          A1           2024-05-01
                  A          A2           2024-08-01
                  A          A3           2024-12-02
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 1.
        Three referrals of one child within the year: the child counts once, 1 of 1.

        Two of one day
        referral  person_id  referral_id  referral_date
                  A          A1           2024-05-01
                  A          A2           2024-12-02
                  A          A3           2024-12-02
                  B          B1           2024-05-01
                  B          B2           2024-12-02
        financial year to 2025-03-31 from cin/2023 and cin/2024 and cin/2025: 1 of 2.
        A was referred three times, twice on one day; B twice: 1 of 2.
        """,
        _ROWS,
    ),
)
