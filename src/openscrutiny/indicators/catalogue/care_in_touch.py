"""Whether children and care leavers are seen, heard alone, reviewed and planned for
(LA10, LA11, LA12, CL7).

These are told by an extract of how things stand on its own day: the day of the last visit
is overwritten by the next, so that no other day can be known from it.
"""

from typing import Any, Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX, TEAM
from openscrutiny.indicators.catalogue.looked_after import (
    RESPITE,
    find_eighteenth_birthday,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Needs,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import CARE_LEAVERS, LOOKED_AFTER, STATES
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_SIX_WEEKS_IN_DAYS: Final = 42
_WORKING_DAYS_TO_FIRST_REVIEW: Final = 20
_MONTHS_TO_SECOND_REVIEW: Final = 3
_MONTHS_BETWEEN: Final = 6
# The five categories of list 9 as councils write them, with spaces for all other signs.
_OWED_A_PLAN: Final = (
    *("relevant", "relevant child", "r"),
    *("former relevant", "former relevant child", "fr"),
    *("former relevant 18 20", "former relevant 21 24"),
    *("care leaver former relevant", "care leaver pa to 25"),
    *("eligible", "eligible child", "e", "other eligible"),
)
_OWED_NONE: Final = (
    *("qualifying", "qualifying care leaver", "q", "qualifying former relevant"),
    *("other", "other under 16", "code q is not mapped"),
)
_ROWS: Final = """
child  cla_visits  person_id  start_date=2023-01-05  legal_status=C2  visit_date
alone  cla_visits  person_id  start_date=2023-01-05  legal_status=C2  visit_date  visit_seen_alone
reviewed  cla_latest_reviews  person_id  start_date=2023-01-05  legal_status=C2  review_date
leaver  care_leavers  person_id  eligibility  pathway_plan_review_date
"""


def _on_its_day(rows: Rows) -> Rows:
    return rows.mutate(since=rows.valid_from, until=ibis.null("date"))


def _due_a_visit(record: RecordView) -> Rows:
    """Give children in care for six weeks, and how many days ago each was visited."""
    rows = record.with_person(record.all_rows("cla_visits"), "clav_person_id")
    long_ago = rows.valid_to.delta(rows.clav_cla_start_date, unit="day")
    rows = rows.mutate(
        days_ago=rows.valid_to.delta(rows.clav_cla_visit_date, unit="day"),
        team=rows.clav_team,
    )
    return _on_its_day(
        rows.filter(
            (long_ago >= _SIX_WEEKS_IN_DAYS).fill_null(False)
            & (find_eighteenth_birthday(rows) > rows.valid_to).fill_null(True)
            & ~rows.clav_legal_status.isin(RESPITE).fill_null(False)
        )
    )


def _visited(record: RecordView) -> Rows:
    rows = _due_a_visit(record)
    days = rows.days_ago
    # A visit after the day of the list is a slip: it is not known.
    return rows.mutate(numerator=ibis.cases((days >= 0, days <= _SIX_WEEKS_IN_DAYS)))


def _seen_alone(record: RecordView) -> Rows:
    """Say of each child whether the visit was in time, and with the child alone."""
    rows = _due_a_visit(record)
    days = rows.days_ago
    # Who was not visited in time was not seen alone, whatever an older visit was.
    seen = ibis.ifelse(days > _SIX_WEEKS_IN_DAYS, False, rows.clav_cla_visit_seen_alone)
    return rows.mutate(numerator=ibis.cases((days >= 0, seen)))


def _reviewed(record: RecordView) -> Rows:
    """Give children in care for 20 working days, and whether a review is overdue."""
    rows = record.with_person(record.all_rows("cla_latest_reviews"), "clat_person_id")
    start, last = "clat_cla_start_date", "clat_cla_review_date"
    rows = record.add_working_days(rows, "in_care", start, "valid_to")
    rows = record.add_working_days(rows, "to_review", start, last)
    is_first = (rows.to_review <= _WORKING_DAYS_TO_FIRST_REVIEW).fill_null(False)
    months = ibis.ifelse(is_first, _MONTHS_TO_SECOND_REVIEW, _MONTHS_BETWEEN)
    due = ibis.ifelse(
        months == _MONTHS_TO_SECOND_REVIEW,
        (rows[last] + ibis.interval(months=_MONTHS_TO_SECOND_REVIEW)).cast("date"),
        (rows[last] + ibis.interval(months=_MONTHS_BETWEEN)).cast("date"),
    )
    known = rows[last] <= rows.valid_to
    rows = rows.mutate(
        numerator=ibis.cases((known, due >= rows.valid_to)), team=rows.clat_team
    )
    return _on_its_day(
        rows.filter(
            (rows.in_care > _WORKING_DAYS_TO_FIRST_REVIEW).fill_null(False)
            & (find_eighteenth_birthday(rows) > rows.valid_to).fill_null(True)
            & ~rows.clat_legal_status.isin(RESPITE).fill_null(False)
        )
    )


def _planned_for(record: RecordView) -> Rows:
    """Give care leavers who are owed a pathway plan, and whether it is current.

    Whose category is written in words that nobody knows stays among them, not known.
    """
    rows = record.with_person(record.all_rows("care_leavers"), "clea_person_id")
    told = rows.clea_care_leaver_eligibility
    words = told.lower().re_replace("[^a-z0-9]+", " ").strip()
    rows = rows.filter(told.notnull() & ~words.isin(_OWED_NONE))
    owed = words.isin(_OWED_A_PLAN)
    reviewed = rows.clea_pathway_plan_review_date
    oldest = (rows.valid_to - ibis.interval(months=_MONTHS_BETWEEN)).cast("date")
    rows = rows.mutate(
        numerator=ibis.cases((owed & (reviewed <= rows.valid_to), reviewed >= oldest)),
        team=rows.clea_team,
    )
    return _on_its_day(rows)


_ITS_DAY: Final = (
    "It is known on the day of an Annex A workbook alone: make one as at the last day "
    "of a month, and that month has a figure."
)
_SHARED: Final[dict[str, Any]] = {
    "measure": Share(),
    "polarity": Polarity.HIGHER,
    "clock": Clock.STATE,
    "periods": STATES,
    "headline": PeriodType.MONTH,
    "returns": ("annex-a",),
    "breakdowns": (AGE_BAND, SEX, ETHNICITY, TEAM),
}

VISITED: Final = Indicator(
    **_SHARED,
    id="children-looked-after-visited-in-time",
    code="LA10",
    name="Children looked after visited in six weeks",
    short_name="Visited in six weeks",
    why_it_matters="Nobody else from outside may see the child that month.",
    synonyms=("CLA visits", "statutory visits"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 23ZA",
    theme=LOOKED_AFTER,
    counts="children looked after for six weeks",
    sentence_subject="Children looked after whose last visit was in the last six weeks",
    numerator="of those, visited by the social worker in the last 42 days",
    denominator="children looked after for six weeks or more, without respite",
    formula="100 × children visited in six weeks ÷ children looked after",
    why_polarity="Who is seen can say what is wrong.",
    source="Care Planning Regulations 2010, regulation 28; Annex A, list 8",
    paragraph=(
        "Visits at least every six weeks in the first year (30 working days); Date of "
        "Last Social Work Visit"
    ),
    table="cla_visits",
    no_comparator="No return to government tells of visits.",
    caveats=(
        "The law lets visits be every three months where a child is to stay until 18; "
        "the list does not say of whom that is true, so six weeks are asked of all.",
        "A child without the day of a visit is not known, and among those looked after.",
        "Whether the child was seen alone is told by LA11, where a list has it.",
        _ITS_DAY,
    ),
    within={"denominator": "LA12.denominator"},
    read_with=(ReadWith("LA12", "Seen, and reviewed."),),
    rows=_visited,
    examples=read_examples(
        """
        42 days are in time, 43 are not
        child  person_id  visit_date
               A          2025-02-17
               B          2025-02-16
               C          2025-03-31
        month to 2025-03-31 from annex-a/2025-03-31: 2 of 3. From 17 February to 31 March
        are 42 days: 2 of 3.

        Not yet due, and respite
        child  person_id  start_date  legal_status  visit_date
               A          2025-02-18  C2            -
               B          2025-02-17  C2            2025-03-01
               C          2023-01-05  V4            2025-03-01
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 1. A is in care for 41 days, C
        in short breaks; B for 42 days, and visited: 1 of 1.

        Not given, and a day that is yet to come
        child  person_id  visit_date
               A          -
               B          2025-04-01
               C          2025-03-01
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 3. A's and B's are not known.
        """,
        _ROWS,
    ),
)

SEEN_ALONE: Final = Indicator(
    **_SHARED,
    id="children-looked-after-seen-alone",
    code="LA11",
    name="Children looked after seen alone in six weeks",
    short_name="Seen alone",
    why_it_matters="What a child cannot say in front of a carer is said here.",
    synonyms=("seen alone", "wishes and feelings"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 23ZA",
    theme=LOOKED_AFTER,
    counts="children looked after for six weeks",
    sentence_subject="Children looked after who were seen alone in the last six weeks",
    numerator="of those, seen alone at a last visit that was in the last 42 days",
    denominator="children looked after for six weeks or more, without respite",
    formula="100 × children seen alone in six weeks ÷ children looked after",
    why_polarity="A child speaks freely only alone.",
    source=(
        "Care Planning Regulations 2010, regulations 28 and 29; Annex A, list 8, with a "
        "column that councils add"
    ),
    paragraph=(
        "On each visit the representative must speak to the child in private, unless "
        "the child refuses, or it is not appropriate or not possible; Was the Child Seen "
        "Alone?"
    ),
    table="cla_visits",
    needs=(
        Needs(
            "cla_visits",
            "whether children were seen alone",
            column="clav_cla_visit_seen_alone",
            heading="Was the Child Seen Alone?",
        ),
    ),
    no_comparator="No return to government tells of visits.",
    kept_back=(
        "Beside the children visited (LA10) it would tell of the few who were not seen "
        "alone."
    ),
    caveats=(
        "Ofsted’s list 8 does not ask whether the child was seen alone. It is read where "
        "a council adds the column of list 7 to it; elsewhere the council’s own count "
        "stands.",
        "It is of the last visit alone: a child seen alone three weeks ago and with the "
        "carer last week was not.",
        "Babies and children who refused are among those looked after: 100% cannot be "
        "asked for.",
        "A child without the day of a visit, or visited in time without a word of who was "
        "there, is not known, and among those looked after.",
        _ITS_DAY,
    ),
    same_children={"denominator": "LA10.denominator"},
    within={"numerator": "LA10.numerator"},
    read_with=(ReadWith("LA10", "Visited, and seen alone."),),
    rows=_seen_alone,
    examples=read_examples(
        """
        In time and alone
        alone  person_id  visit_date  visit_seen_alone
               A          2025-02-17  yes
               B          2025-02-16  yes
               C          2025-03-31  no
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 3. B's visit is 43 days ago, C
        was seen with somebody: A, 1 of 3.

        Not yet due, and respite
        alone  person_id  start_date  legal_status  visit_date  visit_seen_alone
               A          2025-02-18  C2            2025-03-01  yes
               B          2025-02-17  C2            2025-03-01  yes
               C          2023-01-05  V4            2025-03-01  yes
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 1. A is in care for 41 days, C
        in short breaks: B, 1 of 1.

        Not told
        alone  person_id  visit_date  visit_seen_alone
               A          2025-03-01  -
               B          -           yes
               C          2025-01-01  -
               D          2025-03-01  yes
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 4. Who was there with A is not
        known, nor when B was visited; C was not visited in time, and so not alone: 1 of 4.
        """,
        _ROWS,
    ),
)

REVIEWED: Final = Indicator(
    **_SHARED,
    id="children-looked-after-reviewed-in-time",
    code="LA12",
    name="Children looked after whose review is not overdue",
    short_name="Care reviews not overdue",
    why_it_matters="An independent person asks whether care works for this child.",
    synonyms=("CLA reviews", "LAC reviews", "IRO"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 26",
    theme=LOOKED_AFTER,
    counts="children looked after for 20 working days",
    numerator="of those, whose next review is not overdue on the day",
    denominator=(
        "children looked after for more than 20 working days, without respite"
    ),
    formula="100 × children whose review is in time ÷ children looked after",
    why_polarity="A review asks whether the plan still fits the child.",
    source="Care Planning Regulations 2010, regulation 33; Annex A, list 8",
    paragraph=(
        "The first review within 20 working days, the second within three months of "
        "it, later ones within six months; Date of Latest Statutory Review"
    ),
    table="cla_latest_reviews",
    no_comparator="London’s councils exchange it; no figure is published.",
    caveats=(
        "A last review within 20 working days of the start is taken for the first, and "
        "the next is due three months later; all others after six months.",
        "A review that was held late counts as in time until the next is due.",
        "A child without the day of a review is not known, and among those looked after.",
        _ITS_DAY,
    ),
    within={"denominator": "LA1.numerator"},
    read_with=(ReadWith("LA13", "Reviewed in time, and heard."),),
    rows=_reviewed,
    examples=read_examples(
        """
        Six months, and three after the first
        reviewed  person_id  start_date  review_date
                  A          2023-01-05  2024-10-01
                  B          2023-01-05  2024-09-30
                  C          2024-12-02  2024-12-20
                  D          2024-12-02  2025-01-10
        month to 2025-03-31 from annex-a/2025-03-31: 2 of 4. A's next is due on 1 April,
        B's was on 30 March; C's first was soon after the start, and the second due on
        20 March; D's came later and the next is due in July: A and D, 2 of 4.

        Not yet due, and respite
        reviewed  person_id  start_date  legal_status  review_date
                  A          2025-03-03  C2            -
                  B          2025-02-28  C2            2025-03-20
                  C          2023-01-05  V3            2024-01-01
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 1. A is in care for 20 working
        days, B for 21 and was reviewed; C's are short breaks: 1 of 1.

        Not given
        reviewed  person_id  review_date
                  A          -
                  B          2025-03-31
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 2. A's is not known.
        """,
        _ROWS,
    ),
)

PATHWAY_PLANS: Final = Indicator(
    **{**_SHARED, "breakdowns": (SEX, ETHNICITY, TEAM)},
    id="care-leavers-with-a-current-pathway-plan",
    code="CL7",
    name="Care leavers with a current pathway plan",
    short_name="Current pathway plans",
    why_it_matters="It is the written promise of what the council will do.",
    synonyms=("pathway plan", "pathway planning"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 23E",
    theme=CARE_LEAVERS,
    counts="care leavers who are owed a plan",
    sentence_subject="Care leavers whose pathway plan was reviewed in six months",
    numerator="of those, whose pathway plan was reviewed in the last six months",
    denominator="eligible, relevant and former relevant young people on the list",
    formula="100 × plans reviewed in six months ÷ young people owed a plan",
    why_polarity="The plan says who helps with a home, work and health, and by when.",
    source=(
        "Children Act 1989, sections 23B, 23C and 23E and schedule 2, paragraph 19B; "
        "Care Leavers Regulations 2010, regulation 7; Annex A, list 9"
    ),
    paragraph="A pathway plan is reviewed at least every six months",
    no_comparator="No return to government tells of pathway plans.",
    caveats=(
        "A qualifying young person is advised and owed no plan: left out, as is who is "
        "on the list without a category.",
        "Who has a category in words that Ofsted’s list does not know is not known, and "
        "among those owed.",
        "A young person without the day of a review is not known, and among those owed.",
        _ITS_DAY,
    ),
    read_with=(ReadWith("CL1", "A current plan, and being in touch."),),
    rows=_planned_for,
    examples=read_examples(
        """
        Six months to the day
        leaver  person_id  eligibility  pathway_plan_review_date
                A          Relevant     2024-09-30
                B          Relevant     2024-09-29
                C          Eligible     2025-03-31
        month to 2025-03-31 from annex-a/2025-03-31: 2 of 3. From 30 September to 31
        March at most six months lie between: 2 of 3.

        Owed a plan, or not
        leaver  person_id  eligibility  pathway_plan_review_date
                A          Qualifying   2025-03-01
                B          -            2025-03-01
                C          relevant     2025-03-01
        month to 2025-03-31 from annex-a/2025-03-31: 1 of 1. C alone is owed one.

        In the words of Ofsted's list
        leaver  person_id  eligibility            pathway_plan_review_date
                A          Former_relevant_child  2025-03-01
                B          Relevant_child         2024-03-01
                C          former_relevant_18-20  2025-03-01
                D          Qualifying_care_leaver 2025-03-01
                E          Not_yet_decided        2025-03-01
        month to 2025-03-31 from annex-a/2025-03-31: 2 of 4. A, B and C are owed a plan
        and D is not; of E nobody knows: 2 of 4.

        Not given, and a day that is yet to come
        leaver  person_id  eligibility  pathway_plan_review_date
                A          Relevant     -
                B          Relevant     2025-04-01
        month to 2025-03-31 from annex-a/2025-03-31: 0 of 2. Both are not known.
        """,
        _ROWS,
    ),
)
