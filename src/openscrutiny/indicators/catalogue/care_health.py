"""Children looked after for a year: health, feelings, offending, substances (OC2)."""

from typing import Any, Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
    Unit,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mean, Measure, Share
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_ROWS: Final = """
child  cla_health  person_id  sdq_score=-  convicted=no  immunisations=yes  teeth_check=yes  health_assessment=yes  substance_misuse=no
"""
_WHO: Final = (
    "children looked after on 31 March for at least 12 months, without respite"
)
_CAVEAT: Final = (
    "The OC2 file's children are taken as given: it is asked for those who had been "
    "looked after for 12 months on 31 March. Who is 18 by then is left out."
)
_LIST_8: Final = {"annex-a": "Its list has the day of the last check alone, if any."}
_REFUSED: Final = "A child who declined counts as one without it."


def _children(record: RecordView, youngest: int = 0) -> Rows:
    """Give the children of OC2 on the last day, from an age on and below 18."""
    rows = record.with_person(record.all_rows("cla_health"), "clah_person_id")
    day, born = rows.valid_to, rows.birth_date
    had_birthday = (day.month() * 100 + day.day()) >= (born.month() * 100 + born.day())
    age = day.year() - born.year() - had_birthday.ifelse(0, 1)
    # Whose birthday is not known is a child, and of no age.
    fits = age.between(youngest, 17).fill_null(youngest == 0)
    rows = rows.mutate(since=rows.valid_from, until=ibis.null("date"), age=age)
    return rows.filter(fits)


def _assessed(record: RecordView) -> Rows:
    rows = _children(record)
    return rows.mutate(numerator=rows.clah_health_assessment)


def _dentist(record: RecordView) -> Rows:
    rows = _children(record)
    return rows.mutate(numerator=rows.clah_teeth_check)


def _immunised(record: RecordView) -> Rows:
    rows = _children(record)
    return rows.mutate(numerator=rows.clah_immunisations)


def _feelings(record: RecordView) -> Rows:
    rows = _children(record, 5)
    rows = rows.filter(rows.age <= 16)
    return rows.mutate(amount=rows.clah_sdq_score)


def _convicted(record: RecordView) -> Rows:
    rows = _children(record, 10)
    return rows.mutate(numerator=rows.clah_convicted)


def _substances(record: RecordView) -> Rows:
    rows = _children(record)
    return rows.mutate(numerator=rows.clah_substance_misuse)


_SHARED: Final[dict[str, Any]] = {
    "theme": LOOKED_AFTER,
    "counts": "children looked after for a year",
    "clock": Clock.STATE,
    "periods": (PeriodType.FINANCIAL_YEAR,),
    "headline": PeriodType.FINANCIAL_YEAR,
    "returns": ("ssda903",),
    "table": "cla_health",
    "missing_return": _LIST_8,
    "breakdowns": (AGE_BAND, SEX, ETHNICITY),
}
_SHARE: Final[Measure] = Share()
_PARAGRAPH: Final = "Outcomes for children looked after for 12 months at 31 March"

HEALTH_ASSESSMENTS: Final = Indicator(
    **_SHARED,
    id="annual-health-assessments",
    code="LA16",
    name="Annual health assessments",
    short_name="Yearly health check",
    why_it_matters="Children in care have more to be seen to, and fewer who notice.",
    synonyms=("health assessments", "dental checks", "immunisations", "OC2"),
    control=Control.SHARED,
    control_basis="the NHS does it, the council asks",
    sentence_subject="Children looked after whose health assessment is up to date",
    numerator="of those, whose health assessment of the year was done",
    denominator=_WHO,
    formula="100 × children with a health assessment ÷ children looked after",
    measure=_SHARE,
    polarity=Polarity.HIGHER,
    why_polarity="Children in care are less healthy, and what is seen can be treated.",
    paragraph=f"{_PARAGRAPH}: health assessment (HEALTH_ASSESSMENT)",
    published=(PublishedMeasure(LAIT, "LACHealth%"),),
    caveats=("Under five it takes two in the year.", _REFUSED, _CAVEAT),
    read_with=(
        ReadWith("LA16a", "The assessment, and the dentist."),
        ReadWith("LA16b", "The assessment, and immunisations."),
    ),
    rows=_assessed,
    examples=read_examples(
        """
        Done, and not done
        child  person_id  health_assessment
               A          yes
               B          no
               C          yes
        financial year to 2025-03-31 from ssda903/2025: 2 of 3. B's was not: 2 of 3.

        Not given
        child  person_id  health_assessment
               A          -
               B          yes
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A's is not known: 1 of 2.

        Past 18
        child  person_id  health_assessment
               A          yes
               B          yes
        person  person_id  dob
                A          2007-03-31
                B          2007-04-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A turned 18 on the last
        day: 1 of 1.
        """,
        _ROWS,
    ),
)

DENTISTS: Final = Indicator(
    **_SHARED,
    id="dental-checks",
    code="LA16a",
    name="Dental checks of children looked after",
    short_name="Dental checks in care",
    why_it_matters="Toothache that nobody sees to spoils school and sleep.",
    synonyms=("dentist", "dental checks", "OC2"),
    control=Control.SHARED,
    control_basis="the NHS does it, the council asks",
    sentence_subject="Children looked after whose teeth were checked in the year",
    numerator="of those, whose teeth a dentist checked in the year",
    denominator=_WHO,
    formula="100 × children with a dental check ÷ children looked after",
    measure=_SHARE,
    polarity=Polarity.HIGHER,
    why_polarity="Every child, however young, can be expected to see a dentist.",
    paragraph=f"{_PARAGRAPH}: dental check (TEETH_CHECK)",
    published=(PublishedMeasure(LAIT, "LACDental%"),),
    caveats=(_REFUSED, "Dentists were closed in 2020 and 2021.", _CAVEAT),
    same_children={"denominator": "LA16.denominator"},
    rows=_dentist,
    examples=read_examples(
        """
        Checked, and not checked
        child  person_id  teeth_check
               A          yes
               B          no
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. B's were not: 1 of 2.

        Not given
        child  person_id  teeth_check
               A          -
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. It is not known.

        Each year by itself
        child  person_id  teeth_check
               A          yes
               B          yes
        financial year to 2024-03-31 from ssda903/2024: 2 of 2. Both: 2 of 2.
        """,
        _ROWS,
    ),
)

IMMUNISED: Final = Indicator(
    **_SHARED,
    id="immunisations-up-to-date",
    code="LA16b",
    name="Immunisations of children looked after",
    short_name="Immunisations in care",
    why_it_matters="Many children come into care with some missed.",
    synonyms=("immunisations", "vaccinations", "OC2"),
    control=Control.SHARED,
    control_basis="the NHS does it, the council asks",
    sentence_subject="Children looked after whose immunisations are up to date",
    numerator="of those, with every immunisation that a child of their age should have",
    denominator=_WHO,
    formula="100 × children immunised ÷ children looked after",
    measure=_SHARE,
    polarity=Polarity.HIGHER,
    why_polarity="It protects the child and those around.",
    paragraph=f"{_PARAGRAPH}: immunisations (IMMUNISATIONS)",
    published=(PublishedMeasure(LAIT, "LACVaccinations%"),),
    caveats=("Those due before the child came into care count too.", _CAVEAT),
    same_children={"denominator": "LA16.denominator"},
    rows=_immunised,
    examples=read_examples(
        """
        Up to date, and not
        child  person_id  immunisations
               A          yes
               B          no
               C          no
        financial year to 2025-03-31 from ssda903/2025: 1 of 3. A's are: 1 of 3.

        Not given
        child  person_id  immunisations
               A          -
               B          yes
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A's are not known.

        Past 18
        child  person_id  immunisations
               A          no
               B          yes
        person  person_id  dob
                A          2006-06-01
                B          2010-06-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A is 18: 1 of 1.
        """,
        _ROWS,
    ),
)

FEELINGS: Final = Indicator(
    **{**_SHARED, "counts": "children with a score"},
    id="average-difficulties-score",
    code="LA17",
    name="Average difficulties score",
    short_name="Average SDQ score",
    why_it_matters="It is the one measure of how children in care feel.",
    synonyms=("SDQ", "emotional health"),
    control=Control.INFLUENCE,
    control_basis="what came before care weighs most",
    sentence_subject="The average difficulties score of children looked after",
    numerator="sum of the scores (SDQ_SCORE, 0 to 40)",
    denominator=(
        "children aged 5 to 16 looked after on 31 March for at least 12 months, of whom "
        "a carer gave a score"
    ),
    formula="sum of scores ÷ children with a score",
    measure=Mean(Unit.SCORE),
    polarity=Polarity.LOWER,
    why_polarity="17 and above is a cause for concern, 13 and below is as most children.",
    paragraph=f"{_PARAGRAPH}: average strengths and difficulties score (SDQ_SCORE)",
    published=(PublishedMeasure(LAIT, "Emotional_LAC"),),
    kept_back=(
        "An average of few children tells of each, and how to hide one is not settled; "
        "the published figure is shown."
    ),
    caveats=(
        "A child without a score is in neither number, and counted apart.",
        _CAVEAT,
    ),
    read_with=(ReadWith("LA16", "How children feel, and how healthy they are."),),
    rows=_feelings,
    examples=read_examples(
        """
        The mean of those with a score
        child  person_id  sdq_score
               A          10
               B          20
               C          -
        person  person_id  dob
                A          2012-06-01
                B          2013-06-01
                C          2013-06-01
        financial year to 2025-03-31 from ssda903/2025: 30 of 2. C has none; 30 by 2 is
        15.

        5 to 16 only
        child  person_id  sdq_score
               A          10
               B          12
               C          14
        person  person_id  dob
                A          2020-03-31
                B          2020-04-01
                C          2008-03-31
        financial year to 2025-03-31 from ssda903/2025: 10 of 1. A turned 5 on the last
        day, B is 4, C turned 17: 10 by 1 is 10.

        A score of 0 is a score
        child  person_id  sdq_score
               A          0
               B          13
        person  person_id  dob
                A          2012-06-01
                B          2013-06-01
        financial year to 2025-03-31 from ssda903/2025: 13 of 2. 13 by 2 is 6.5.
        """,
        _ROWS,
    ),
)

CONVICTED: Final = Indicator(
    **_SHARED,
    id="children-looked-after-convicted",
    code="LA26",
    name="Children looked after convicted or cautioned",
    short_name="Convicted or cautioned",
    why_it_matters="What a parent would settle at home is sometimes taken to court.",
    synonyms=("offending", "substance misuse", "criminalisation"),
    control=Control.SHARED,
    control_basis="homes, the police and the council",
    sentence_subject="Children looked after convicted or cautioned in the year",
    numerator="of those, convicted or subject to a youth caution in the year",
    denominator=(
        "children aged 10 or over looked after on 31 March for at least 12 months"
    ),
    formula="100 × children convicted or cautioned ÷ children looked after of 10 or over",
    measure=_SHARE,
    polarity=Polarity.LOWER,
    why_polarity="A child in care should be no likelier to be charged than another.",
    paragraph=f"{_PARAGRAPH}: offending, aged 10 or over (CONVICTED)",
    published=(PublishedMeasure(LAIT, "LAC_Convictions"),),
    caveats=("Ten is the age of criminal responsibility.", _CAVEAT),
    read_with=(ReadWith("LA26a", "Offending, and substance misuse."),),
    rows=_convicted,
    examples=read_examples(
        """
        From the tenth birthday on
        child  person_id  convicted
               A          yes
               B          no
               C          no
        person  person_id  dob
                A          2010-06-01
                B          2015-03-31
                C          2015-04-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. B turned 10 on the last
        day, C a day too late: 1 of 2.

        Whose age is not known
        child  person_id  convicted
               A          yes
               B          no
        person  person_id  dob
                B          2010-06-01
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. Nobody can say whether A
        is ten: 0 of 1.

        Not given
        child  person_id  convicted
               A          -
        person  person_id  dob
                A          2010-06-01
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. It is not known.
        """,
        _ROWS,
    ),
)

SUBSTANCES: Final = Indicator(
    **_SHARED,
    id="children-looked-after-with-substance-misuse",
    code="LA26a",
    name="Substance misuse among children looked after",
    short_name="Substance misuse in care",
    why_it_matters="Early help can stop a habit from forming.",
    synonyms=("substance misuse", "drugs", "alcohol"),
    control=Control.SHARED,
    control_basis="health services and the council",
    sentence_subject="Children looked after with a substance misuse problem",
    numerator="of those, identified as having a substance misuse problem",
    denominator=_WHO,
    formula="100 × children with a substance misuse problem ÷ children looked after",
    measure=_SHARE,
    polarity=Polarity.LOWER,
    why_polarity="It harms children; finding it is the first step to help.",
    paragraph=f"{_PARAGRAPH}: substance misuse (SUBSTANCE_MISUSE)",
    published=(PublishedMeasure(LAIT, "LACSubstance"),),
    caveats=(
        "More may mean that more is looked for.",
        "Drugs, alcohol and solvents; not tobacco.",
        _CAVEAT,
    ),
    same_children={"denominator": "LA16.denominator"},
    rows=_substances,
    examples=read_examples(
        """
        Identified, and not
        child  person_id  substance_misuse
               A          yes
               B          no
               C          no
               D          no
        financial year to 2025-03-31 from ssda903/2025: 1 of 4. A: 1 of 4.

        Not given
        child  person_id  substance_misuse
               A          -
               B          no
        financial year to 2025-03-31 from ssda903/2025: 0 of 2. A is not known.

        Of all ages
        child  person_id  substance_misuse
               A          yes
               B          no
        person  person_id  dob
                A          2009-06-01
                B          2022-06-01
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. B is two years old and
        counts: 1 of 2.
        """,
        _ROWS,
    ),
)
