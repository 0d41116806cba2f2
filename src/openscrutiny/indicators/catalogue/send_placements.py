"""Where children with a plan are placed: in which kind of school (SN19, SN20), and in
whose area (SN21).
"""

from typing import Any, Final

from openscrutiny.indicators.catalogue.send_after_review import (
    PLACEMENTS,
    find_active_plans,
)
from openscrutiny.indicators.catalogue.send_requests import (
    EXAMPLE_ROWS,
    PUBLISHED_PLANS,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Needs,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.establishments import (
    INDEPENDENT,
    KINDS,
    MAINSTREAM,
    PLACES,
    find_placed_plans,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import NOT_KNOWN, Mix
from openscrutiny.indicators.themes import SEND
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows

# What is not known is a part of its own, since DfE's percentages are of all plans.
_MAINSTREAM: Final = Mix("kind_of_place", (*KINDS, NOT_KNOWN), MAINSTREAM)
_INDEPENDENT: Final = Mix("kind_of_place", (*KINDS, NOT_KNOWN), INDEPENDENT)
_AREA: Final = Mix("where_placed", (*PLACES, NOT_KNOWN), PLACES[:1])
_NOT_KNOWN: Final = (
    "A plan that gives neither a setting nor a number, or a number that the register "
    "does not have, is not known: a part of its own among all plans."
)
_CLOSED: Final = (
    "A school that has closed is counted as what it was, since the return may name it "
    "until its successor is recorded."
)
_OTHERWISE: Final = (
    "DfE counts on a day in January; ours is the last day of the year before."
)
_EXAMPLE_ROWS: Final = f"""{EXAMPLE_ROWS.rstrip()}  setting=-  urn=-  ukprn=-
school  establishments  urn  ukprn=-  la=299  type
"""


def _placed(record: RecordView) -> Rows:
    return find_placed_plans(record, find_active_plans(record))


def _in_mainstream(record: RecordView) -> Rows:
    rows = _placed(record)
    return _MAINSTREAM.mark(rows, rows.kind.fill_null(NOT_KNOWN))


def _in_independent(record: RecordView) -> Rows:
    rows = _placed(record)
    return _INDEPENDENT.mark(rows, rows.kind.fill_null(NOT_KNOWN))


def _in_the_area(record: RecordView) -> Rows:
    rows = _placed(record)
    return _AREA.mark(rows, rows.where.fill_null(NOT_KNOWN))


_OF_PLANS: Final[dict[str, Any]] = {
    "control": Control.DIRECT,
    "control_basis": "Children and Families Act 2014, sections 36, 37 and 44",
    "theme": SEND,
    "counts": "plans in force",
    "denominator": "plans that the return lists as in force at the end of the year",
    "clock": Clock.STATE,
    "periods": (PeriodType.CALENDAR_YEAR,),
    "source": (
        "SEN2 guide, placement detail (URN, UKPRN, SENsetting); Get information about "
        "schools (TypeOfEstablishment, LA)"
    ),
    "table": "ehcp_active_plans",
    "needs": (
        PLACEMENTS,
        Needs(
            "establishments", "what the numbers of schools stand for", returns=("gias",)
        ),
    ),
    "same_children": {"denominator": "SN19a.denominator"},
    "within": {"numerator": "SN19a.rest"},
}

IN_MAINSTREAM: Final = Indicator(
    **_OF_PLANS,
    id="plans-in-mainstream",
    code="SN19",
    name="Children with a plan in mainstream schools",
    short_name="With a plan in mainstream",
    why_it_matters="It shows whether local schools include.",
    synonyms=("placement mix",),
    sentence_subject="Plans of children in mainstream schools",
    numerator="of those, placed in a mainstream school, state-funded or independent",
    formula="100 × placed in mainstream schools ÷ plans in force",
    measure=_MAINSTREAM,
    polarity=Polarity.NEUTRAL,
    why_polarity="Some children need another school.",
    paragraph=(
        "Mainstream as DfE's table of plans by placement has it: maintained schools, "
        "academies, free and independent schools, with those in a SEN unit or resourced "
        "provision there"
    ),
    published=(
        PublishedMeasure(
            PUBLISHED_PLANS, "caseload:mainstream_total_pc", years_on=1, note=_OTHERWISE
        ),
    ),
    caveats=(
        _NOT_KNOWN,
        _CLOSED,
        "A maintained nursery school is a mainstream school. Academies and free schools "
        "for 16 to 19 stand with colleges. SEN units and resourced provision are not "
        "told apart.",
        "DfE counts providers of post-16 learning that are in no register of schools as "
        "post-16; here they are not known.",
    ),
    read_with=(
        ReadWith("SN19a", "In which kind of school, and in none."),
        ReadWith("SN20", "Mainstream schools, and independent ones of both kinds."),
    ),
    rows=_in_mainstream,
    examples=read_examples(
        """
        Maintained, academy and independent
        school  urn     type
                100001  1
                100002  34
                100003  11
                100004  7
        active_plan  request_id  urn
                     A           100001
                     B           100002
                     C           100003
                     D           100004
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 3 of 4. D is at
        a special school: 3 of 4.

        In no register, and nothing said
        school  urn     type
                100001  1
        active_plan  request_id  urn
                     A           100001
                     B           999999
                     C           -
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 3. B's
        number is in no register and of C nothing is said: not known, and among the three.

        Nursery, college, unit and home
        school  urn     type
                100001  15
                100002  18
                100003  14
        active_plan  request_id  urn     setting
                     A           100001  -
                     B           100002  -
                     C           100003  -
                     D           -       EHE
                     E           -       EYP
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 5. A's is a
        maintained nursery school, a mainstream school; E's early years provider is not.

        A school that became an academy, named by the provider's number
        school  urn     ukprn     type
                100001  10000001  1
                100002  10000001  34
                100003  10000003  11
                100004  10000003  10
        active_plan  request_id  urn  ukprn
                     A           -    10000001
                     B           -    10000003
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 2. A's is
        mainstream before and after; B's may be of either kind, and is not known.
        """,
        _EXAMPLE_ROWS,
    ),
)

IN_INDEPENDENT: Final = Indicator(
    **_OF_PLANS,
    id="plans-in-independent-schools",
    code="SN20",
    name="Children with a plan in independent schools",
    short_name="In independent schools",
    why_it_matters="Often it means a long journey every day.",
    synonyms=("INMSS", "independent placements"),
    sentence_subject="Plans of children in independent and non-maintained schools",
    numerator=(
        "of those, placed in an independent school, mainstream or special, or in a "
        "non-maintained special school"
    ),
    formula="100 × placed in independent and non-maintained schools ÷ plans in force",
    measure=_INDEPENDENT,
    polarity=Polarity.NEUTRAL,
    why_polarity="Some children need it, and it costs most.",
    paragraph=(
        "The columns mainstream_independent, special_independent and "
        "special_non_maintained of DfE's table of plans by placement"
    ),
    published=(
        PublishedMeasure(
            PUBLISHED_PLANS,
            "caseload:mainstream_independent+special_independent+special_non_maintained",
            numerator=(
                "caseload:mainstream_independent+special_independent"
                "+special_non_maintained"
            ),
            denominator="caseload:ehcplans",
            computed=True,
            years_on=1,
            note="Worked out from the numbers of independent schools, mainstream and "
            f"special, and of non-maintained special schools. {_OTHERWISE}",
        ),
    ),
    kept_back=(
        "Mainstream, independent and elsewhere are parts of one whole, and what is left "
        "would follow from them: children in few other schools. The published figure is "
        "shown."
    ),
    caveats=(
        _NOT_KNOWN,
        _CLOSED,
        "Specialist colleges after 16 are not among them, though many are independent.",
    ),
    rows=_in_independent,
    examples=read_examples(
        """
        Three of four
        school  urn     type
                100001  11
                100002  10
                100003  8
                100004  44
        active_plan  request_id  urn
                     A           100001
                     B           100002
                     C           100003
                     D           100004
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 3 of 4. D's is a
        special academy, which is state-funded: 3 of 4.

        A college is no school
        school  urn     type
                100001  32
                100002  6
        active_plan  request_id  urn
                     A           100001
                     B           100002
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 0 of 2. A's is a
        special post-16 institution, B's a city technology college.

        A setting is believed before a number
        school  urn     type
                100001  10
        active_plan  request_id  urn     setting
                     A           100001  OLA
                     B           100001  -
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 2. A has
        tuition that the authority arranged: B alone.
        """,
        _EXAMPLE_ROWS,
    ),
)

IN_THE_AREA: Final = Indicator(
    **_OF_PLANS,
    id="plans-in-the-area",
    code="SN21",
    name="Children with a plan at school in the area",
    short_name="With a plan, in the area",
    why_it_matters="Children travel hours for what is not there.",
    synonyms=("in borough", "out of borough"),
    sentence_subject="Plans of children at a school or college in the council’s area",
    numerator="of those, placed in a school or college that lies in the council’s area",
    formula="100 × placed in the area ÷ plans in force",
    measure=_AREA,
    polarity=Polarity.HIGHER,
    why_polarity="A school near home is a life near home.",
    paragraph="The register's authority of the school (LA code) is the council's own",
    no_comparator="Nothing is published.",
    caveats=(
        "A plan that gives neither a setting nor a number, or a number that the register "
        "does not have, is not known, and so is an early years provider without a "
        "number: it is among all plans.",
        "Whoever is taught at home, by tutors or online, or is not in education, is at no "
        "school in the area.",
        "A school over the border may be the nearest one. Where authorities were made "
        "anew, the register has today's.",
    ),
    read_with=(ReadWith("SN20", "Places far away, and places that cost most."),),
    rows=_in_the_area,
    examples=read_examples(
        """
        Over the border
        school  urn     la   type
                100001  299  1
                100002  298  1
        active_plan  request_id  urn
                     A           100001
                     B           100002
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 2. B's
        school lies in authority 298: A alone.

        Not known, and at no school
        school  urn     la   type
                100001  299  10
                100002  -    25
        active_plan  request_id  urn     setting
                     A           100001  -
                     B           100002  -
                     C           999999  -
                     D           -       EYP
                     E           -       NEET
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 5. Where B's,
        C's and D's places are nobody says; E has none: A alone.

        Online is no place
        school  urn     la   type
                100001  299  49
                100002  299  14
        active_plan  request_id  urn
                     A           100001
                     B           100002
        calendar year to 2024-12-31 from gias/2025-01-31 and sen2/2024: 1 of 2. A's
        provider has its office in the area, and A is at no school.
        """,
        _EXAMPLE_ROWS,
    ),
)
