"""How long assessments take, and what they find."""

from typing import Any, Final

from openscrutiny.indicators.breakdowns import (
    AGE_BAND,
    DISABILITY_CENSUS,
    ETHNICITY,
    SEX,
)
from openscrutiny.indicators.catalogue.assessment import find_completed
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Quantile
from openscrutiny.indicators.parts import RateOfPart
from openscrutiny.indicators.themes import ASSESSMENT
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_DOMESTIC_ABUSE: Final = "Domestic abuse"
# The factors of the census guide; letters tell child, parent and other person apart, and
# 18 and 19 were parted in 2021 by whether a child or an adult did it.
_FACTORS: Final = {
    "Alcohol misuse": ("1A", "1B", "1C"),
    "Drug misuse": ("2A", "2B", "2C"),
    _DOMESTIC_ABUSE: ("3A", "3B", "3C"),
    "Mental health": ("4A", "4B", "4C"),
    "Learning disability": ("5A", "5B", "5C"),
    "Physical disability or illness": ("6A", "6B", "6C"),
    "Young carer": ("7A",),
    "Privately fostered": ("8B", "8C", "8D", "8E", "8F"),
    "Seeking asylum alone": ("9A",),
    "Going missing": ("10A",),
    "Child sexual exploitation": ("11A",),
    "Trafficking": ("12A",),
    "Gangs": ("13A",),
    "Socially unacceptable behaviour": ("14A",),
    "Self-harm": ("15A",),
    "Neglect": ("16A",),
    "Emotional abuse": ("17A",),
    "Physical abuse": ("18A", "18B", "18C"),
    "Sexual abuse": ("19A", "19B", "19C"),
    "Other": ("20",),
    "None found": ("21",),
    "Female genital mutilation": ("22A",),
    "Abuse linked to faith or belief": ("23A",),
    "Child criminal exploitation": ("24A",),
}
_RATE: Final = RateOfPart(
    name="factor", statuses=tuple(_FACTORS), counted=_DOMESTIC_ABUSE
)
_ROWS: Final = """
assessment  cin_assessments  person_id  referral_date=-  start_date  auth_date
factor  assessment_factors  person_id  start_date  auth_date  assessment_factor
"""


def _with_days(record: RecordView) -> Rows:
    rows = record.add_working_days(
        find_completed(record),
        "taken",
        "cina_referral_date",
        "cina_assessment_auth_date",
    )
    # Completed before the referral: one of the dates is wrong, and nobody knows which.
    return rows.mutate(
        amount=ibis.cases((rows.on >= rows.cina_referral_date, rows.taken))
    )


def _by_factor(record: RecordView) -> Rows:
    """Give each completed assessment once for each group of factors that it found."""
    rows = find_completed(record)
    told = record.same_return("assessment_factors")
    groups = (
        (told.cinf_assessment_factor.isin(codes), name)
        for name, codes in _FACTORS.items()
    )
    told = told.select(
        found_for="for_load",
        found_child=told.cinf_person_id,
        found_start=told.cinf_assessment_start_date,
        found_end=told.cinf_assessment_auth_date,
        group=ibis.cases(*groups),
    ).distinct()
    told = told.filter(told.group.notnull())
    rows = rows.inner_join(
        told,
        [
            rows.load_id == told.found_for,
            rows.child == told.found_child,
            rows.cina_assessment_start_date == told.found_start,
            rows.on == told.found_end,
        ],
    )
    return _RATE.mark(rows, rows.group)


_OF_ASSESSMENTS: Final[dict[str, Any]] = {
    "theme": ASSESSMENT,
    "control": Control.DIRECT,
    "control_basis": "Children Act 1989, sections 17 and 47",
    "clock": Clock.EVENT,
    "headline": PeriodType.ROLLING_12_MONTHS,
    "returns": ("cin",),
    "breakdowns": (AGE_BAND, SEX, ETHNICITY, DISABILITY_CENSUS),
}
_OF_DAYS: Final[dict[str, Any]] = {
    **_OF_ASSESSMENTS,
    "counts": "assessments completed",
    "polarity": Polarity.LOWER,
    "why_polarity": "A family in the middle of an assessment waits.",
    "numerator": "working days from the referral to the end of the assessment",
    "paragraph": (
        "AssessmentAuthorisationDate less CINreferralDate in working days; the day of "
        "referral is day 0. Exact: between two assessments it lies as far along as its "
        "place does"
    ),
    "missing_return": {"annex-a": "It does not state the referral of an assessment."},
    "no_comparator": (
        "DfE publishes the share within 45 working days for each council, and no median."
    ),
    "caveats": (
        "Of a case that was open for long, an assessment begun anew counts from the "
        "referral all the same.",
        "Members and the public see it where at least ten assessments lie on either side.",
    ),
}

MEDIAN_DAYS: Final = Indicator(
    **_OF_DAYS,
    id="working-days-that-assessments-take",
    code="AS3",
    name="Working days that half of all assessments take",
    short_name="Working days an assessment takes",
    why_it_matters="Half of all families wait longer than this to learn what will happen.",
    synonyms=("assessment timeliness", "days to assess", "median duration"),
    formula="median of working days from the referral to the end of the assessment",
    measure=Quantile(),
    read_with=(ReadWith("AS2", "How long, and how many within the limit."),),
    rows=_with_days,
    examples=read_examples(
        """
        The middle one of three
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-06-04  2024-06-10
                    B          2024-06-03     2024-06-04  2024-06-17
                    C          2024-06-03     2024-06-04  2024-08-05
        financial year to 2025-03-31 from cin/2025: value 10 of 3. Five, ten and 45
        working days after Monday 3 June: the middle one is 10.

        Half-way between two
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-06-04  2024-06-10
                    B          2024-06-03     2024-06-04  2024-06-11
        financial year to 2025-03-31 from cin/2025: value 5.5 of 2. Five and six working
        days: 5.5.

        A referral after the end is a mistake
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-07-01     2024-06-04  2024-06-10
                    B          2024-06-03     2024-06-04  2024-06-10
        financial year to 2025-03-31 from cin/2025: value 5 of 1. Of A nobody knows which
        date is wrong; B took five working days: 5.
        """,
        _ROWS,
    ),
)

LONGEST_TENTH: Final = Indicator(
    **_OF_DAYS,
    id="working-days-that-nine-in-ten-assessments-take-at-most",
    code="AS3a",
    name="Working days within which nine in ten assessments are done",
    short_name="Working days for 9 in 10",
    why_it_matters="One family in ten waits longer than this to learn what will happen.",
    synonyms=("90th percentile", "longest assessments"),
    formula="ninetieth percentile of working days from the referral to the end",
    measure=Quantile(90),
    read_with=(ReadWith("AS3", "The middle, and the long end."),),
    rows=_with_days,
    examples=read_examples(
        """
        Two: nine tenths of the way
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-06-04  2024-06-10
                    B          2024-06-03     2024-06-04  2024-06-24
        financial year to 2025-03-31 from cin/2025: value 14 of 2. Five and 15 working
        days: nine tenths of the way from one to the other is 14.

        One alone
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-06-04  2024-06-10
        month to 2024-06-30 from cin/2025: value 5 of 1. The only one took five: 5.

        Three: eight tenths beyond the second
        assessment  person_id  referral_date  start_date  auth_date
                    A          2024-06-03     2024-06-04  2024-06-10
                    B          2024-06-03     2024-06-04  2024-06-17
                    C          2024-06-03     2024-06-04  2024-06-24
        month to 2024-06-30 from cin/2025: value 14 of 3. Its place is 1.8 steps after
        the first: 10 and eight tenths of five more, 14.
        """,
        _ROWS,
    ),
)

FACTORS: Final = Indicator(
    **_OF_ASSESSMENTS,
    id="assessments-that-found-domestic-abuse",
    code="AS6",
    name="Assessments that found domestic abuse",
    short_name="Domestic abuse at assessment",
    why_it_matters="Factors say what families are living with.",
    synonyms=(
        "factors at assessment",
        "factors at end of assessment",
        "domestic violence",
        "mental health",
        "neglect",
    ),
    counts="assessments that found domestic abuse",
    polarity=Polarity.NEUTRAL,
    why_polarity="It counts what is found, which rises when people look.",
    numerator="completed assessments that found domestic abuse; the other factors stand in "
    "its breakdown",
    measure=_RATE,
    paragraph=(
        "AssessmentFactors 3A to 3C of assessments by AssessmentAuthorisationDate: of the "
        "child, a parent or carer, or another person of the household. An assessment "
        "counts once, whichever of them it names, and once in each other group of "
        "factors. Retired codes 18A and 19A stand with physical and sexual abuse"
    ),
    missing_return={"annex-a": "It does not hold the factors of an assessment."},
    no_comparator=(
        "DfE’s table c3 counts episodes of need for each factor of child, parent and other "
        "person apart, so that they do not add up to this; it is not matched."
    ),
    caveats=(
        "An assessment may have several factors: they add up to more than there are "
        "assessments.",
        "Factor 24A, child criminal exploitation, began in 2022.",
    ),
    read_with=(ReadWith("AS1", "How many are assessed, and what is found."),),
    rows=_by_factor,
    examples=read_examples(
        """
        Once, whoever suffers it
        assessment  person_id  start_date  auth_date
                    A          2024-06-04  2024-06-24
                    B          2024-06-04  2024-06-24
        factor      person_id  start_date  auth_date   assessment_factor
                    A          2024-06-04  2024-06-24  3A
                    A          2024-06-04  2024-06-24  3B
                    B          2024-06-04  2024-06-24  16A
        financial year to 2025-03-31 from cin/2025: 1. A's counts once, for child and
        parent; B's found neglect: 1.

        Two assessments of one child
        assessment  person_id  start_date  auth_date
                    A          2024-06-04  2024-06-24
                    A          2024-11-04  2024-12-02
        factor      person_id  start_date  auth_date   assessment_factor
                    A          2024-06-04  2024-06-24  3B
                    A          2024-11-04  2024-12-02  3C
        financial year to 2025-03-31 from cin/2025: 2. Assessments are counted, not
        children: 2.

        Completed after the period
        assessment  person_id  start_date  auth_date
                    A          2024-06-04  2024-07-24
                    B          2024-05-07  2024-06-03
        factor      person_id  start_date  auth_date   assessment_factor
                    A          2024-06-04  2024-07-24  3B
                    B          2024-05-07  2024-06-03  3B
        month to 2024-06-30 from cin/2025: 1. A's was completed in July: 1.
        """,
        _ROWS,
    ),
)
