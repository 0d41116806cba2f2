"""Care leavers: in touch with the council, in suitable homes, and those of 17 and 18."""

from typing import Final

from openscrutiny.indicators.catalogue.care_leavers import (
    LEAVER_BREAKS,
    LEAVER_CAVEATS,
    LEAVER_ROWS,
    LEAVER_WORDS,
    find_leavers,
)
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import CARE_LEAVERS, LAIT
from openscrutiny.record.expressions import RecordView, Rows

_CLA: Final = "Children looked after in England (DfE)"
_HOMES: Final = "la_care_leavers_accommodation_suitability:care_leaver_count"
_ACTIVITY: Final = "la_care_leavers_activity"
_YOUNG_WORDS: Final = (
    "care leavers who turned 17 or 18 in the year, less those who died or returned "
    "home; not known stays in"
)
_LIST_9: Final = {"annex-a": "Its list 9 gives today, not the birthday."}
_DOUBT: Final = (
    "Information may be of any day from three months before to one month after the "
    "birthday; nobody looks again later in the year."
)


def _in_touch(record: RecordView) -> Rows:
    rows = find_leavers(record)
    touch = rows.clea_care_leaver_in_touch.nullif("")
    return rows.mutate(numerator=touch == "YES")


def _in_suitable_homes(record: RecordView, youngest: int, oldest: int) -> Rows:
    """Say of each care leaver whether the home is suitable: its code ends with 1."""
    rows = find_leavers(record, youngest, oldest)
    home = rows.clea_care_leaver_accommodation.nullif("").nullif("0")
    return rows.mutate(numerator=home.endswith("1"))


def _older_in_suitable_homes(record: RecordView) -> Rows:
    return _in_suitable_homes(record, 19, 21)


def _younger_in_suitable_homes(record: RecordView) -> Rows:
    return _in_suitable_homes(record, 17, 18)


def _younger_in_work_or_learning(record: RecordView) -> Rows:
    rows = find_leavers(record, 17, 18)
    activity = rows.clea_care_leaver_activity
    return rows.mutate(numerator=activity.startswith("F") | activity.startswith("P"))


IN_TOUCH: Final = Indicator(
    id="care-leavers-in-touch",
    code="CL1",
    name="Care leavers with whom the council is in touch",
    short_name="Care leavers in touch",
    why_it_matters="A parent would know where their child is.",
    synonyms=("in touch", "keeping in touch", "not in touch"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 23C",
    theme=CARE_LEAVERS,
    counts="care leavers",
    sentence_subject="Care leavers aged 19 to 21 with whom the council is in touch",
    numerator="of those, with whom the council is in touch (IN_TOUCH YES)",
    denominator=LEAVER_WORDS,
    formula="100 × in touch ÷ care leavers aged 19 to 21",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A parent knows how a grown child is; the council is that parent.",
    clock=Clock.EVENT,
    paragraph="Care leavers by whether the authority is in touch (IN_TOUCH)",
    missing_return=_LIST_9,
    no_comparator=(
        "DfE publishes those not in touch, less those of whom somebody else told what "
        "they do: no part of it can be set beside this one."
    ),
    caveats=(
        "Who refuses contact (REFU) or no longer needs the service (NREQ) is not in "
        "touch here.",
        _DOUBT,
        *LEAVER_CAVEATS,
    ),
    same_children={"denominator": "CL3.denominator"},
    read_with=(ReadWith("CL3", "Those in touch, and those in learning or work."),),
    rows=_in_touch,
    examples=read_examples(
        """
        Refusing contact is not in touch
        leaver  person_id  dob         in_touch  leaver_activity
                A          2005-06-01  YES       F2
                B          2004-06-01  REFU      0
                C          2003-06-01  NO        0
                D          2003-06-01  NREQ      0
        financial year to 2025-03-31 from ssda903/2025: 1 of 4. A alone is in touch;
        all four count: 1 of 4.

        Who died or returned home is left out
        leaver  person_id  dob         in_touch  leaver_activity
                A          2005-06-01  YES       G5
                B          2005-06-01  DIED      0
                C          2005-06-01  RHOM      0
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A is left: 1 of 1.

        Only those who turned 19 to 21
        leaver  person_id  dob         in_touch  leaver_activity
                A          2006-03-31  NO        0
                B          2006-04-01  YES       F2
                C          2002-06-01  YES       F2
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A turned 19 on the last
        day, B a day too late, C turned 22: 0 of 1.
        """,
        LEAVER_ROWS,
    ),
)

YOUNGER_IN_WORK_OR_LEARNING: Final = Indicator(
    id="care-leavers-of-17-and-18-in-education-employment-or-training",
    code="CL2",
    name="Care leavers of 17 and 18 in education, employment or training",
    short_name="Leavers 17-18 in learning",
    why_it_matters="Falling out of learning at this age is hard to mend.",
    synonyms=("EET 17-18",),
    control=Control.SHARED,
    control_basis="colleges, employers and the council",
    theme=CARE_LEAVERS,
    counts="care leavers of 17 and 18",
    sentence_subject=(
        "Care leavers aged 17 and 18 in education, employment or training"
    ),
    numerator="of those, in education, employment or training (ACTIV F or P)",
    denominator=_YOUNG_WORDS,
    formula="100 × in education, employment or training ÷ care leavers 17 and 18",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="What is begun at 17 opens the years after.",
    clock=Clock.EVENT,
    paragraph="Care leavers by activity, aged 17 and 18",
    missing_return=_LIST_9,
    published=(
        PublishedMeasure(
            _CLA,
            f"{_ACTIVITY}:care_leaver_percent",
            filters=(
                "care_leaver_age=17 to 18 years;"
                "breakdown=Total in education, employment or training"
            ),
            numerator=f"{_ACTIVITY}:care_leaver_count",
            denominator=f"{_ACTIVITY}:care_leaver_count",
            denominator_filters="care_leaver_age=17 to 18 years",
        ),
    ),
    caveats=LEAVER_CAVEATS,
    read_with=(ReadWith("CL3", "The younger, and those of 19 to 21."),),
    rows=_younger_in_work_or_learning,
    examples=read_examples(
        """
        17 and 18 only
        leaver  person_id  dob         leaver_activity
                A          2007-06-01  F2
                B          2006-06-01  G5
                C          2005-06-01  F2
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A turned 17 and learns,
        B turned 18 and does neither; C turned 19 and is left out: 1 of 2.

        Not known stays in
        leaver  person_id  dob         in_touch  leaver_activity
                A          2007-06-01  NO        0
                B          2007-06-01  YES       P5
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. What A does is not
        known; B works part-time: 1 of 2.

        Birthday on the last day
        leaver  person_id  dob         leaver_activity
                A          2008-03-31  F1
                B          2008-04-01  F1
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A turned 17 on 31 March
        2025, B a day too late: 1 of 1.
        """,
        LEAVER_ROWS,
    ),
)

SUITABLE_HOMES: Final = Indicator(
    id="care-leavers-in-suitable-accommodation",
    code="CL5",
    name="Care leavers in suitable accommodation",
    short_name="Leavers in suitable homes",
    why_it_matters="A care leaver has no family home to go back to.",
    synonyms=("suitable accommodation", "housing", "homeless care leavers"),
    control=Control.SHARED,
    control_basis="housing and the council",
    theme=CARE_LEAVERS,
    counts="care leavers",
    sentence_subject="Care leavers aged 19 to 21 in suitable accommodation",
    numerator="of those, in accommodation that is judged suitable (ACCOM ends with 1)",
    denominator=LEAVER_WORDS,
    formula="100 × in suitable accommodation ÷ care leavers aged 19 to 21",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A safe and settled home is what all else rests on.",
    clock=Clock.EVENT,
    paragraph="Care leavers by suitability of accommodation, aged 19, 20 and 21",
    missing_return=_LIST_9,
    published=(
        PublishedMeasure(
            LAIT,
            "CareLeaverAcc",
            filters=(
                "care_leaver_age=19 to 21 years;"
                "breakdown=Accommodation considered suitable"
            ),
            numerator=_HOMES,
            denominator=_HOMES,
            denominator_filters=(
                "care_leaver_age=19 to 21 years;breakdown=Suitability total"
            ),
        ),
    ),
    caveats=(
        "The council itself judges whether a home is suitable, by what is right for "
        "the young person; custody and homelessness are not.",
        *LEAVER_CAVEATS,
    ),
    same_children={"denominator": "CL3.denominator"},
    read_with=(ReadWith("CL3", "A home, and learning or work."),),
    breaks=LEAVER_BREAKS,
    rows=_older_in_suitable_homes,
    examples=read_examples(
        """
        The second sign says whether it is suitable
        leaver  person_id  dob         leaver_activity  accommodation
                A          2005-06-01  F2               U1
                B          2004-06-01  G5               S2
                C          2003-06-01  F2               U2
        financial year to 2025-03-31 from ssda903/2025: 1 of 3. A lives independently
        and suitably, C independently and not; B is homeless: 1 of 3.

        Not known stays in
        leaver  person_id  dob         in_touch  leaver_activity  accommodation
                A          2005-06-01  NO        0                0
                B          2005-06-01  YES       F2               Z1
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. Where A lives is not
        known; B stays with the former foster carers: 1 of 2.

        Ages 19 to 21 only, and nobody who returned home
        leaver  person_id  dob         in_touch  leaver_activity  accommodation
                A          2006-06-01  YES       F2               U1
                B          2005-06-01  RHOM      0                0
                C          2003-04-01  YES       G5               X2
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A turned 18, B returned
        home; C turned 21 and is in custody: 0 of 1.
        """,
        LEAVER_ROWS,
    ),
)

YOUNGER_IN_SUITABLE_HOMES: Final = Indicator(
    id="care-leavers-of-17-and-18-in-suitable-accommodation",
    code="CL5a",
    name="Care leavers of 17 and 18 in suitable accommodation",
    short_name="Leavers of 17-18 in suitable homes",
    why_it_matters="The first home after care sets how the next years go.",
    synonyms=("suitable accommodation 17-18",),
    control=Control.SHARED,
    control_basis="housing and the council",
    theme=CARE_LEAVERS,
    counts="care leavers of 17 and 18",
    sentence_subject="Care leavers aged 17 and 18 in suitable accommodation",
    numerator="of those, in accommodation that is judged suitable (ACCOM ends with 1)",
    denominator=_YOUNG_WORDS,
    formula="100 × in suitable accommodation ÷ care leavers aged 17 and 18",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A safe and settled home is what all else rests on.",
    clock=Clock.EVENT,
    paragraph="Care leavers by suitability of accommodation, aged 17 and 18",
    missing_return=_LIST_9,
    published=(
        PublishedMeasure(
            _CLA,
            "la_care_leavers_accommodation_suitability:care_leaver_percent",
            filters=(
                "care_leaver_age=17 to 18 years;"
                "breakdown=Accommodation considered suitable"
            ),
            numerator=_HOMES,
            denominator=_HOMES,
            denominator_filters=(
                "care_leaver_age=17 to 18 years;breakdown=Suitability total"
            ),
        ),
    ),
    caveats=(
        "The council itself judges whether a home is suitable, by what is right for "
        "the young person; custody and homelessness are not.",
        *LEAVER_CAVEATS,
    ),
    same_children={"denominator": "CL2.denominator"},
    read_with=(ReadWith("CL5", "The younger, and those of 19 to 21."),),
    rows=_younger_in_suitable_homes,
    examples=read_examples(
        """
        17 and 18 only
        leaver  person_id  dob         leaver_activity  accommodation
                A          2007-06-01  F2               D1
                B          2006-06-01  G5               V2
                C          2005-06-01  F2               U1
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. C turned 19. A is in
        supported accommodation, B in an emergency bed: 1 of 2.

        Not known stays in
        leaver  person_id  dob         leaver_activity  accommodation
                A          2007-06-01  F2               -
                B          2007-06-01  F2               Z1
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. Where A lives is not
        known: 1 of 2.

        Returned home
        leaver  person_id  dob         in_touch  leaver_activity  accommodation
                A          2007-06-01  RHOM      0                0
                B          2006-06-01  YES       F2               U2
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. B alone counts, and the
        home is not suitable: 0 of 1.
        """,
        LEAVER_ROWS,
    ),
)
