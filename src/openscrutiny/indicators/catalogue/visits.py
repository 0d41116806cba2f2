"""Children seen and plans reviewed of late, as an extract tells it on its own day."""

from typing import Any, Final

from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mix, Share
from openscrutiny.indicators.themes import ASSESSMENT, CHILD_PROTECTION, STATES
from openscrutiny.periods import PeriodType
from openscrutiny.record.coverage import as_at
from openscrutiny.record.expressions import RecordView, Rows, ibis

_SEEN_WITHIN: Final = 42  # days: six weeks
_LONG: Final = 9  # months
_MIDWAY: Final = 3
_VISIT_DUE: Final = 20  # working days
_NO_VISIT: Final = "No visit told"
_SINCE_VISIT: Final = Mix(
    "working_days_since_visit",
    ("10 or fewer", "11 to 15", "16 to 20", "21 or more", _NO_VISIT),
    ("10 or fewer", "11 to 15", "16 to 20"),
)
# A child in need plan by any of the words that councils write for it.
_ON_NEED_PLAN: Final = r"(?i)^c\)|^c$|\bCINP?\b|child(ren)? in need"
_PLANS: Final = """
plan  cp_plans  person_id  start_date  end_date=-  last_visit_date=-  last_review_date=-
"""
_CASES: Final = """
case  cin_cases  person_id  start_date  close_date=-  case_status=CIN  last_seen_date
"""


def _plans(record: RecordView) -> Rows:
    rows = record.standing(
        "cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "cppl_person_id"
    )
    return rows.mutate(team=rows.cppl_team, told_on=rows.valid_to)


def _visited(record: RecordView) -> Rows:
    rows = record.add_working_days(
        _plans(record), "taken", "cppl_last_visit_date", "told_on"
    )
    rows = record.add_working_days(rows, "open_for", "since", "told_on")
    bands = zip((10, 15, _VISIT_DUE), _SINCE_VISIT.statuses, strict=False)
    # A visit after the day of the extract is a slip, and tells nothing.
    known = rows.cppl_last_visit_date <= rows.told_on
    since = ibis.cases(
        *((known & (rows.taken <= days), name) for days, name in bands),
        (known, _SINCE_VISIT.statuses[3]),
        # So long a plan needs a visit: one that nobody tells of is no visit in time.
        (rows.open_for > _VISIT_DUE, _NO_VISIT),
    )
    return _SINCE_VISIT.mark(rows, since)


def _reviewed_midway(record: RecordView) -> Rows:
    rows = _plans(record)
    back = (rows.told_on - ibis.interval(months=_MIDWAY)).cast("date")
    reviewed = rows.cppl_last_review_date
    recent = ibis.cases((reviewed <= rows.told_on, reviewed > back))
    long = (rows.since + ibis.interval(months=_LONG)).cast("date")
    return rows.mutate(numerator=recent, since=long)


def _seen(record: RecordView) -> Rows:
    rows = record.standing(
        "cin_cases", "cinc_start_date", "cinc_close_date", "cinc_person_id"
    )
    rows = rows.filter(rows.cinc_case_status.re_search(_ON_NEED_PLAN))
    seen, day = rows.cinc_last_seen_date, rows.valid_to
    back = (day - ibis.interval(days=_SEEN_WITHIN)).cast("date")
    return rows.mutate(
        numerator=ibis.cases((seen <= day, seen >= back)), team=rows.cinc_team
    )


_ON_THE_DAY: Final = (
    "Known on the last day of a month alone if an extract was made as at that day: one "
    "made later says how it stands then."
)
_OF_THE_DAY: Final[dict[str, Any]] = {
    "control": Control.DIRECT,
    "clock": Clock.STATE,
    "periods": STATES,
    "headline": PeriodType.MONTH,
    "returns": ("annex-a",),
    "one_per_child": True,
    "no_comparator": "The interval is each council’s own, and nothing is published.",
}
_WORKING_TOGETHER: Final = (
    "Children Act 1989, section 47; Working Together to Safeguard Children"
)

NEED_PLANS_SEEN: Final = Indicator(
    **_OF_THE_DAY,
    id="children-on-a-need-plan-seen-in-six-weeks",
    code="CN3",
    name="Child in need plans with the child seen in the last six weeks",
    short_name="On a need plan, seen in six weeks",
    theme=ASSESSMENT,
    why_it_matters="A plan whose child nobody sees drifts.",
    control_basis="Children Act 1989, section 17",
    synonyms=("CIN plans", "children in need with a current plan"),
    counts="children on a child in need plan",
    sentence_subject="Children on a child in need plan seen in the last six weeks",
    numerator="of those, children last seen in the 42 days up to the day",
    denominator="children with a child in need plan on the last day",
    formula="100 × children seen in six weeks ÷ children on a child in need plan",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A plan without visits is paper.",
    source="Ofsted ILACS, Annex A, list 6: children in need",
    paragraph=(
        "Case Status “child in need plan”, Date Child Was Last Seen. No return holds the "
        "date on which a child in need plan was reviewed; that the child was seen is what "
        "list 6 tells of whether a plan is kept up. Six weeks is common practice and no "
        "national rule"
    ),
    table=as_at("cin_cases"),
    caveats=(
        _ON_THE_DAY,
        "It does not tell whether the plan was reviewed.",
        "Where no day is given it is not known whether the child was seen.",
    ),
    within={"denominator": "CN1.numerator"},
    read_with=(ReadWith("CN1", "How many are in need, and whether they are seen."),),
    rows=_seen,
    examples=read_examples(
        """
        Day 42 is within, day 43 is not
        case  person_id  start_date  last_seen_date
              A          2025-05-01  2025-08-19
              B          2025-05-01  2025-08-18
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 2. A was seen 42 days before
        30 September, B 43: 1 of 2.

        Not a plan, and closed
        case  person_id  start_date  close_date  case_status      last_seen_date
              A          2025-05-01  -           Open_assessment  2025-09-20
              B          2025-05-01  2025-09-30  CIN              2025-09-20
              C          2025-05-01  -           CIN              2025-09-20
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 1. A is being assessed and B's
        closed on the day: C alone, 1 of 1.

        Not said is not known
        case  person_id  start_date  last_seen_date
              A          2025-05-01  -
              B          2025-05-01  2025-09-20
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 2. Of A no day is given: A
        stays among the 2 and is shown as unknown.
        """,
        _CASES,
    ),
)

REVIEWED_MIDWAY: Final = Indicator(
    **_OF_THE_DAY,
    id="long-protection-plans-reviewed-in-three-months",
    code="CP11",
    name="Protection plans past nine months reviewed in the last three",
    short_name="Long plans, reviewed in 3 months",
    theme=CHILD_PROTECTION,
    why_it_matters="A plan without an end keeps a child in between.",
    control_basis=_WORKING_TOGETHER,
    synonyms=("midway review", "long plans", "plans over 9 months"),
    counts="children on a plan for nine months or more",
    sentence_subject="Child protection plans past nine months reviewed in the last three",
    numerator="of those, children whose plan was reviewed in the three months up to the day",
    denominator="children on the last day whose plan had been open nine months or more",
    formula="100 × reviewed in three months ÷ plans open nine months or more",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Somebody has asked why the plan still goes on.",
    source="Ofsted ILACS, Annex A, list 7: child protection plans",
    paragraph=(
        "Date of latest review conference. Reviews are due every six months (CP12); a "
        "midway review half-way between, at 9, 12, 15 and 18 months, is a local safeguard, "
        "so that every plan past nine months has one in any three. No return tells a "
        "midway review from another"
    ),
    table=as_at("cp_plans"),
    caveats=(_ON_THE_DAY,),
    within={"denominator": "CP12.denominator"},
    read_with=(ReadWith("CP9", "Long plans, and whether somebody asks why."),),
    rows=_reviewed_midway,
    examples=read_examples(
        """
        Three months back
        plan  person_id  start_date  last_review_date
              A          2024-10-01  2025-07-01
              B          2024-10-01  2025-06-30
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 2. A was reviewed within the
        three months after 30 June, B on that day: 1 of 2.

        Nine months old on the day
        plan  person_id  start_date  last_review_date
              A          2024-12-30  2025-09-01
              B          2024-12-31  2025-09-01
        month to 2025-09-30 from annex-a/2025-09-30: 2 of 2. Both turn nine months old on
        30 September, since there is no 31st: 2 of 2.

        Not said is not known
        plan  person_id  start_date  last_review_date
              A          2024-10-01  -
              B          2025-08-01  2025-09-01
        month to 2025-09-30 from annex-a/2025-09-30: 0 of 1. Of A's review nothing is
        told, and it is shown as unknown; B's plan is young: 0 of 1.
        """,
        _PLANS,
    ),
)

VISITED: Final = Indicator(
    **_OF_THE_DAY,
    id="children-on-a-protection-plan-visited-in-20-working-days",
    code="CP13",
    name="Children on a protection plan visited in the last 20 working days",
    short_name="On a plan, visited in 20 work days",
    theme=CHILD_PROTECTION,
    why_it_matters="Only a visit, alone with the child, shows how they are.",
    control_basis=_WORKING_TOGETHER,
    synonyms=("CP visits", "statutory visits", "visits in timescale"),
    counts="children on a plan",
    numerator="of those, children last visited 20 working days ago or less",
    denominator=(
        "children on a plan on the last day, but not those without a visit told whose "
        "plan is 20 working days old or less"
    ),
    formula="100 × children visited in 20 working days ÷ children on a plan",
    measure=_SINCE_VISIT,
    polarity=Polarity.HIGHER,
    why_polarity="A child on a plan who is not seen is not protected.",
    source="Ofsted ILACS, Annex A, list 7: child protection plans",
    paragraph=(
        "Date of the Last Statutory Visit; the day of the visit is day 0. Councils set "
        "10, 15 or 20 working days: the headline takes the longest, and the breakdown "
        "tells the others. A child without a visit told whose plan began more than 20 "
        "working days before was not visited in time"
    ),
    table=as_at("cp_plans"),
    caveats=(
        _ON_THE_DAY,
        "It asks whether the last visit was in time, and not each visit that was due.",
        "Annex A does not say whether a visit was in person or by video.",
        "A child with no visit told counts as not visited once the plan is more than 20 "
        "working days old, and is not known before.",
    ),
    within={"denominator": "CP5.numerator"},
    read_with=(ReadWith("CP5", "How many are on a plan, and whether they are seen."),),
    rows=_visited,
    examples=read_examples(
        """
        Day 20 is in time, day 21 is not
        plan  person_id  start_date  last_visit_date
              A          2025-05-01  2025-09-02
              B          2025-05-01  2025-09-01
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 2. From Tuesday 2 September to
        Tuesday 30 September are 20 working days, from Monday 21: 1 of 2.

        Nobody is told to have visited
        plan  person_id  start_date  last_visit_date
              A          2025-09-25  -
              B          2025-05-01  2025-09-29
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 1. Of A no visit is told, and
        the plan has just begun: not known, and not among them. B was seen the day
        before: 1 of 1.

        A plan of 21 working days without a visit is late, of 20 not known
        plan  person_id  start_date  last_visit_date
              A          2025-09-01  -
              B          2025-09-02  -
              C          2025-05-01  2025-09-29
        month to 2025-09-30 from annex-a/2025-09-30: 1 of 2. Of A and B no visit is told;
        A's plan began 21 working days before 30 September, B's 20. C was seen: 1 of 2.

        A visit in the future is a slip
        plan  person_id  start_date  last_visit_date
              A          2025-05-01  2025-10-03
              B          2025-05-01  2025-06-02
        month to 2025-09-30 from annex-a/2025-09-30: 0 of 2. A's date tells nothing, so that
        no visit since May is told; B was last seen in June: 0 of 2.
        """,
        _PLANS,
    ),
)
