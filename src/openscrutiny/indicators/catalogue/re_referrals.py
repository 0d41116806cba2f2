"""Why children come back: the same or new factors, how soon, and after what."""

from typing import TYPE_CHECKING, Any, Final

from openscrutiny.indicators.catalogue.front_door import (
    find_re_referrals,
    find_referrals,
)
from openscrutiny.indicators.definition import (
    Clock,
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

if TYPE_CHECKING:
    import ibis

    from openscrutiny.record.view import RecordView

# Factors that say nothing of what the matter is: "other", and "none of these".
_OTHER, _NONE = "20", "21"
# Each retired code may mean either of those that came in its place in 2021.
_RETIRED: Final = {"18A": ("18B", "18C"), "19A": ("19B", "19C")}
_SHARED, _NEW = "A factor in common", "No factor in common"
_FACTORS_SHARED: Final = Mix("factors", (_SHARED, _NEW), (_SHARED,))
_FACTORS_NEW: Final = Mix("factors", (_SHARED, _NEW), (_NEW,))
_GAPS: Final = Mix(
    "gap_since_closure",
    ("Within 3 months", "3 to 6 months", "6 to 12 months"),
    ("Within 3 months",),
)
_NO_ACTION, _NO_PLAN = "After no further action", "After assessment, without a plan"
_OUTCOMES: Final = Mix(
    "earlier_outcome",
    (_NO_ACTION, _NO_PLAN, "After a plan"),
    (_NO_ACTION, _NO_PLAN),
)
_ROWS: Final = """
referral  cin_episodes  person_id  referral_id  referral_date  close_date=-  referral_nfa=no
assessed  cin_assessments  person_id  referral_id  start_date  auth_date
factor  assessment_factors  person_id  start_date  auth_date  assessment_factor
plan  cin_plans  person_id  start_date
"""


def _back(record: "RecordView") -> "ibis.Table":
    """Give the referrals of children who had been referred in the 12 months before."""
    rows = find_re_referrals(record)
    return rows.filter(rows.numerator).drop("numerator")


def _factors(record: "RecordView") -> "ibis.Table":
    """Give the factors of each load, a retired code as each that it may mean now."""
    import ibis

    told = record.tables["assessment_factors"]
    told = told.select(
        factor_load=told.load_id,
        factor_child=told.cinf_person_id,
        factor_start=told.cinf_assessment_start_date,
        factor_end=told.cinf_assessment_auth_date,
        factor=told.cinf_assessment_factor,
    )
    now = told.filter(~told.factor.isin(list(_RETIRED)))
    for retired, meant in _RETIRED.items():
        old = told.filter(told.factor == retired)
        for factor in meant:
            now = now.union(old.mutate(factor=ibis.literal(factor)))
    return now


def _found(rows: "ibis.Table", factors: "ibis.Table", when: str) -> "ibis.Table":
    """Give, by row, the factors of the assessment that `when` names the columns of."""
    joined = rows.inner_join(
        factors,
        [
            rows[f"{when}_load"] == factors.factor_load,
            rows.child == factors.factor_child,
            rows[f"{when}_start"] == factors.factor_start,
            rows[f"{when}_end"] == factors.factor_end,
        ],
    )
    return joined.select(*ROW, "factor").distinct()


def _with_assessments(record: "RecordView") -> "ibis.Table":
    """Name the assessment of each re-referral, and the child's last one before it.

    The first that was completed of the referral itself is taken, in the same census, so
    that a figure stays what it is when the next year's census comes.
    """
    import ibis

    rows = _back(record)
    completed = record.events(
        "cin_assessments", "cina_assessment_auth_date", "cina_person_id"
    )
    rows = add_latest_before(
        rows,
        completed,
        {
            "before_start": "cina_assessment_start_date",
            "before_end": "cina_assessment_auth_date",
            "before_load": "load_id",
        },
        months=12,
    )
    own = record.tables["cin_assessments"]
    own = own.filter(own.cina_assessment_auth_date.notnull())
    first = ibis.window(
        group_by=["load_id", "cina_referral_id"],
        order_by=[
            ibis.asc("cina_assessment_auth_date"),
            ibis.asc("cina_assessment_start_date"),
        ],
    )
    own = own.mutate(place=ibis.row_number().over(first))
    own = own.filter(own.place == 0).select(
        now_load=own.load_id,
        now_referral=own.cina_referral_id,
        now_start=own.cina_assessment_start_date,
        now_end=own.cina_assessment_auth_date,
    )
    return rows.left_join(
        own,
        [rows.load_id == own.now_load, rows.cine_referral_id == own.now_referral],
    )


def _by_factors(record: "RecordView", measure: Mix) -> "ibis.Table":
    import ibis

    rows, factors = _with_assessments(record), _factors(record)
    now, before = (_found(rows, factors, when) for when in ("now", "before"))
    named = now.filter(~now.factor.isin([_OTHER, _NONE]))
    known = [each.filter(each.factor != _OTHER) for each in (now, before)]
    for name, some in (
        ("is_shared", named.inner_join(before, [*ROW, "factor"])),
        ("is_known_now", known[0]),
        ("is_known_before", known[1]),
    ):
        marked = some.select(
            **{f"{name}_{key}": some[key] for key in ROW}, **{name: ibis.literal(True)}
        ).distinct()
        same = [rows[key] == marked[f"{name}_{key}"] for key in ROW]
        rows = rows.left_join(marked, same).drop(*(f"{name}_{key}" for key in ROW))
    both = rows.is_known_now.notnull() & rows.is_known_before.notnull()
    return measure.mark(
        rows, ibis.cases((both & rows.is_shared.notnull(), _SHARED), (both, _NEW))
    )


def _shared(record: "RecordView") -> "ibis.Table":
    return _by_factors(record, _FACTORS_SHARED)


def _new(record: "RecordView") -> "ibis.Table":
    return _by_factors(record, _FACTORS_NEW)


def _by_gap(record: "RecordView") -> "ibis.Table":
    """Say how long the child's case had been closed; one closed at once, on its day."""
    import ibis

    rows = _back(record)
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

    def within(months: int) -> "ibis.Value":
        last = (rows.closed_on + ibis.interval(months=months)).cast("date")
        return rows.on <= last

    bands = zip((3, 6, 12), _GAPS.statuses, strict=True)
    gap = ibis.cases(*((within(months), name) for months, name in bands))
    return _GAPS.mark(rows, gap)


def _by_outcome(record: "RecordView") -> "ibis.Table":
    """Say what the child's referral before led to."""
    import ibis

    rows = add_latest_before(
        _back(record),
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


def _often(record: "RecordView") -> "ibis.Table":
    """Mark the third or later referral of a child within 24 months."""
    import ibis

    rows = find_referrals(record)
    told = rows.select(told_authority="authority", told_child="child", told_on="on")
    pairs = rows.inner_join(
        told,
        [
            rows.authority == told.told_authority,
            rows.child == told.told_child,
            told.told_on < rows.on,
            told.told_on >= (rows.on - ibis.interval(months=24)).cast("date"),
        ],
    )
    counted = pairs.group_by([pairs[key].name(f"of_{key}") for key in ROW])
    earlier = counted.aggregate(earlier=pairs.count())
    same = [rows[key] == earlier[f"of_{key}"] for key in ROW]
    rows = rows.left_join(earlier, same).drop(*(f"of_{key}" for key in ROW))
    return rows.mutate(numerator=rows.earlier.fill_null(0) >= 2)


_PERIODS: Final = tuple(p for p in FRONT_DOOR.periods if p is not PeriodType.MONTH)
_NO_FOCUS: Final = (
    "DfE’s focus on re-referrals of 2024 counts them by factor for England, in a release "
    "that is not repeated each year; no figure for each council is loaded."
)
_OF_RE_REFERRALS: Final[dict[str, Any]] = {
    "theme": FRONT_DOOR,
    "counts": "re-referrals",
    "clock": Clock.EVENT,
    "periods": _PERIODS,
    "headline": PeriodType.ROLLING_12_MONTHS,
    "returns": ("cin",),
    "breakdowns": tuple(b for b in FRONT_DOOR.breakdowns if b.name != "team"),
    "looks_back": LookBack(12, "earlier referrals"),
}
_BOTH_KNOWN: Final = (
    "re-referrals of which both assessments found something that has a name"
)
_FACTOR_RULES: Final = (
    "The factors of the first assessment completed of the re-referral, in the same "
    "census, against those of the child’s last assessment completed in the 12 months "
    "before it (AssessmentFactors). Codes 1A to 6C tell child, parent and other person "
    "apart, and so do we. The retired 18A and 19A may be either of the codes that "
    "replaced them. Factor 20, other, is never one in common; where it is the only one "
    "nothing is known. Factor 21, none, is an answer, and has nothing in common"
)
_NOT_YET_ASSESSED: Final = (
    "A re-referral that was not assessed by 31 March, or whose child was not assessed in "
    "the 12 months before, is not known and is in neither number. Those of the last "
    "weeks of the year are mostly such.",
)

SAME_FACTOR: Final = Indicator(
    **_OF_RE_REFERRALS,
    id="re-referrals-with-the-same-factor",
    code="FD2a",
    name="Re-referrals for the same reason",
    sentence_subject="Re-referrals with a factor that the last assessment found too",
    numerator="of those, re-referrals with a factor that the last assessment found too",
    denominator=_BOTH_KNOWN,
    formula="100 × re-referrals with a factor in common ÷ those where both are known",
    measure=_FACTORS_SHARED,
    polarity=Polarity.LOWER,
    why_polarity="The same matter again may mean that it was not settled.",
    paragraph=_FACTOR_RULES,
    missing_return={"annex-a": "It does not hold the factors of an assessment."},
    no_comparator=_NO_FOCUS,
    caveats=(
        *_NOT_YET_ASSESSED,
        "One factor in common of many is enough: domestic abuse then and now counts, "
        "whatever else is new.",
    ),
    read_with=(ReadWith("FD2", "How many come back, and for what."),),
    rows=_shared,
    examples=read_examples(
        """
        The same and another
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2024-11-04     -
                  B          B1           2024-05-03     2024-06-20
                  B          B2           2024-11-04     -
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A2           2024-11-05  2024-12-16
                  B          B1           2024-05-04  2024-06-14
                  B          B2           2024-11-05  2024-12-16
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  3B
                  A          2024-11-05  2024-12-16  3B
                  A          2024-11-05  2024-12-16  16A
                  B          2024-05-04  2024-06-14  3B
                  B          2024-11-05  2024-12-16  3A
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 2. A is back with
        domestic abuse of a parent; of B it was the parent and now is the child: 1 of 2.

        A retired code may be either of the new ones
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2024-11-04     -
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A2           2024-11-05  2024-12-16
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  18A
                  A          2024-11-05  2024-12-16  18C
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. 18A, physical
        abuse, became 18B by a child and 18C by an adult: 1 of 1.

        Other is never the same, and nothing alone
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2024-11-04     -
                  B          B1           2024-05-03     2024-06-20
                  B          B2           2024-11-04     -
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A2           2024-11-05  2024-12-16
                  B          B1           2024-05-04  2024-06-14
                  B          B2           2024-11-05  2024-12-16
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  20
                  A          2024-05-04  2024-06-14  16A
                  A          2024-11-05  2024-12-16  20
                  A          2024-11-05  2024-12-16  17A
                  B          2024-05-04  2024-06-14  20
                  B          2024-11-05  2024-12-16  20
        financial year to 2025-03-31 from cin/2024 and cin/2025: 0 of 1. A has other
        both times and no named factor twice; of B nothing is named: 0 of 1.

        Not assessed before the census closed
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2025-03-04     -
                  B          B1           2024-06-03     2024-07-20
                  B          B2           2024-12-02     -
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A2           2025-03-05  -
                  B          B1           2024-06-04  2024-07-15
                  B          B2           2024-12-03  2025-01-20
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  3B
                  B          2024-06-04  2024-07-15  16A
                  B          2024-12-03  2025-01-20  16A
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. A's second
        assessment is not done yet and A is not known; B is back with neglect: 1 of 1.
        """,
        _ROWS,
    ),
)

NEW_FACTOR: Final = Indicator(
    **_OF_RE_REFERRALS,
    id="re-referrals-with-new-factors-alone",
    code="FD2b",
    name="Re-referrals for a new reason alone",
    sentence_subject="Re-referrals without a factor that the last assessment found",
    numerator="of those, re-referrals without a factor that the last assessment found",
    denominator=_BOTH_KNOWN,
    formula="100 × re-referrals without a factor in common ÷ those where both are known",
    measure=_FACTORS_NEW,
    polarity=Polarity.NEUTRAL,
    why_polarity="A new matter may be nobody’s fault, or one that was missed before.",
    paragraph=_FACTOR_RULES,
    missing_return={"annex-a": "It does not hold the factors of an assessment."},
    no_comparator=_NO_FOCUS,
    caveats=_NOT_YET_ASSESSED,
    same_children={
        "denominator": "FD2a.denominator",
        "numerator": "FD2a.rest",
        "rest": "FD2a.numerator",
    },
    read_with=(ReadWith("FD2a", "The same reason, and a new one: together all."),),
    rows=_new,
    examples=read_examples(
        """
        Neglect then, domestic abuse now
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2024-11-04     -
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A2           2024-11-05  2024-12-16
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  16A
                  A          2024-11-05  2024-12-16  3B
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. Nothing is the
        same: 1 of 1.

        None found before is an answer
        referral  person_id  referral_id  referral_date  close_date
                  A          A1           2024-05-03     2024-06-20
                  A          A2           2024-11-04     -
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A2           2024-11-05  2024-12-16
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  21
                  A          2024-11-05  2024-12-16  16A
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. The first
        assessment found none, the second neglect: 1 of 1.

        Closed at once, and assessed before that
        referral  person_id  referral_id  referral_date  close_date  referral_nfa
                  A          A1           2024-05-03     2024-06-20  no
                  A          A2           2024-08-01     2024-08-01  yes
                  A          A3           2024-11-04     -           no
        assessed  person_id  referral_id  start_date  auth_date
                  A          A1           2024-05-04  2024-06-14
                  A          A3           2024-11-05  2024-12-16
        factor    person_id  start_date  auth_date   assessment_factor
                  A          2024-05-04  2024-06-14  16A
                  A          2024-11-05  2024-12-16  16A
        financial year to 2025-03-31 from cin/2024 and cin/2025: 0 of 1. The second
        referral was not assessed and is not known; of the third the last assessment is
        that of the first, and the factor is the same: 0 of 1.
        """,
        _ROWS,
    ),
)

GAP_SINCE_CLOSURE: Final = Indicator(
    **_OF_RE_REFERRALS,
    id="re-referrals-within-three-months-of-closure",
    code="FD2c",
    name="Re-referrals within three months of closure",
    short_name="Re-referrals soon after closure",
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
    **_OF_RE_REFERRALS,
    id="re-referrals-after-no-plan",
    code="FD2d",
    name="Re-referrals of children who had no plan",
    short_name="Re-referrals after no plan",
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
    no_comparator=_NO_FOCUS,
    caveats=(
        "A child who came into care has a care plan, which the census does not hold; it "
        "counts as no plan unless another was recorded.",
        "Dates of child in need plans are in the census since 2022.",
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
    theme=FRONT_DOOR,
    counts="children referred",
    numerator="of those, children with two or more referrals in the 24 months before their "
    "last one in the period",
    denominator="children referred in the period",
    formula="100 × children referred three times or more in 24 months ÷ children referred",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="A child who keeps being referred may not be getting the right help.",
    clock=Clock.EVENT,
    periods=_PERIODS,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Each child once, at its last referral in the period; earlier days of referral "
        "are counted, and the same day 24 months before is within"
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
        """,
        _ROWS,
    ),
)
