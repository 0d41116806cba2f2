"""Whether what is found of children who come back was found before."""

from functools import cache
from typing import Any, Final

from openscrutiny.indicators.catalogue.front_door import find_re_referrals
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookBack,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.earlier import ROW, add_latest_before
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mix
from openscrutiny.indicators.themes import FRONT_DOOR
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

# Factors that say nothing of what the matter is: "other", and "none of these".
_OTHER, _NONE = "20", "21"
# Each retired code may mean either of those that came in its place in 2021.
_RETIRED: Final = {"18A": ("18B", "18C"), "19A": ("19B", "19C")}
_SHARED, _NEW = "A factor in common", "No factor in common"
_FACTORS_SHARED: Final = Mix("factors", (_SHARED, _NEW), (_SHARED,))
_FACTORS_NEW: Final = Mix("factors", (_SHARED, _NEW), (_NEW,))
_ROWS: Final = """
referral  cin_episodes  person_id  referral_id  referral_date  close_date=-  referral_nfa=no
assessed  cin_assessments  person_id  referral_id  start_date  auth_date
factor  assessment_factors  person_id  start_date  auth_date  assessment_factor
"""


@cache
def find_coming_back(record: RecordView) -> Rows:
    """Give the referrals of children who had been referred in the 12 months before."""
    rows = find_re_referrals(record)
    return rows.filter(rows.numerator).drop("numerator")


def _factors(record: RecordView) -> Rows:
    """Give the factors of each load, a retired code as each that it may mean now."""
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


def _found(rows: Rows, factors: Rows, when: str) -> Rows:
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


def _with_assessments(record: RecordView) -> Rows:
    """Name the assessment of each re-referral, and the child's last one before it.

    The first that was completed of the referral itself is taken, in the same census, so
    that a figure stays what it is when the next year's census comes.
    """
    rows = find_coming_back(record)
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
        own, [rows.load_id == own.now_load, rows.cine_referral_id == own.now_referral]
    )


def _by_factors(record: RecordView, measure: Mix) -> Rows:
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


def _shared(record: RecordView) -> Rows:
    return _by_factors(record, _FACTORS_SHARED)


def _new(record: RecordView) -> Rows:
    return _by_factors(record, _FACTORS_NEW)


RE_REFERRAL_PERIODS: Final = tuple(
    p for p in FRONT_DOOR.periods if p is not PeriodType.MONTH
)
NO_FOCUS: Final = (
    "DfE’s focus on re-referrals of 2024 counts them by factor for England, in a release "
    "that is not repeated each year; no figure for each council is loaded."
)
OF_RE_REFERRALS: Final[dict[str, Any]] = {
    "theme": FRONT_DOOR,
    "counts": "re-referrals",
    "clock": Clock.EVENT,
    "periods": RE_REFERRAL_PERIODS,
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
_CAVEATS: Final = (
    "A re-referral that was not assessed by 31 March, or whose child was not assessed in "
    "the 12 months before, is not known and is in neither number. Those of the last "
    "weeks of the year are mostly such.",
    "A factor is what the assessment found, not why the child was referred.",
    "Parent, child and other person are told apart: domestic abuse of the parent then "
    "and of the child now is no factor in common.",
)

SAME_FACTOR: Final = Indicator(
    **OF_RE_REFERRALS,
    id="re-referrals-with-the-same-factor",
    code="FD2a",
    name="Re-referrals with a factor in common",
    why_it_matters="It tells whether the same troubles were found again.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, sections 17 and 47",
    synonyms=("same issue", "repeat factors"),
    sentence_subject="Re-referrals with a factor that the last assessment found too",
    numerator="of those, re-referrals with a factor that the last assessment found too",
    denominator=_BOTH_KNOWN,
    formula="100 × re-referrals with a factor in common ÷ those where both are known",
    measure=_FACTORS_SHARED,
    polarity=Polarity.LOWER,
    why_polarity="The same matter again may mean that it was not settled.",
    paragraph=_FACTOR_RULES,
    missing_return={"annex-a": "It does not hold the factors of an assessment."},
    no_comparator=NO_FOCUS,
    caveats=(
        *_CAVEATS,
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
    **OF_RE_REFERRALS,
    id="re-referrals-with-new-factors-alone",
    code="FD2b",
    name="Re-referrals with no factor in common",
    short_name="Re-referrals, no factor in common",
    why_it_matters="It shows families whose troubles change rather than return.",
    control=Control.DIRECT,
    control_basis="Children Act 1989, sections 17 and 47",
    synonyms=("new issue",),
    sentence_subject="Re-referrals without a factor that the last assessment found",
    numerator="of those, re-referrals without a factor that the last assessment found",
    denominator=_BOTH_KNOWN,
    formula="100 × re-referrals without a factor in common ÷ those where both are known",
    measure=_FACTORS_NEW,
    polarity=Polarity.NEUTRAL,
    why_polarity="A new matter may be nobody’s fault, or one that was missed before.",
    paragraph=_FACTOR_RULES,
    missing_return={"annex-a": "It does not hold the factors of an assessment."},
    no_comparator=NO_FOCUS,
    caveats=(
        *_CAVEATS,
        "A re-referral of which the assessment found no factor at all (21) is among "
        "these: it has none in common, which is all that this asks. It has no new factor "
        "either, and how many there are is not told apart.",
    ),
    same_children={
        "denominator": "FD2a.denominator",
        "numerator": "FD2a.rest",
        "rest": "FD2a.numerator",
    },
    read_with=(ReadWith("FD2a", "A factor in common, or none: together all."),),
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
