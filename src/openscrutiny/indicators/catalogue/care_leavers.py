"""Care leavers aged 19 to 21: in education, employment or training, or not."""

from datetime import date
from typing import Final

from openscrutiny.indicators.definition import (
    Break,
    Clock,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import CARE_LEAVERS, LAIT
from openscrutiny.record.expressions import RecordView, Rows

_LEAVERS = "la_care_leavers_activity:care_leaver_count"
LEAVER_ROWS: Final = """
leaver  care_leavers  person_id  dob  in_touch=YES  leaver_activity
"""


def find_leavers(record: RecordView, youngest: int = 19, oldest: int = 21) -> Rows:
    """Give care leavers who turned one of these ages in the year and still count."""
    rows = record.with_person(record.all_rows("care_leavers"), "clea_person_id")
    activity = rows.clea_care_leaver_activity
    rows = rows.mutate(
        on=rows.valid_to,
        # Empty or 0 is not known: in the denominator, and counted apart.
        clea_care_leaver_activity=activity.nullif("").nullif("0"),
    )
    had_birthday = (rows.on.month() * 100 + rows.on.day()) >= (
        rows.clea_dob.month() * 100 + rows.clea_dob.day()
    )
    age = rows.on.year() - rows.clea_dob.year() - had_birthday.ifelse(0, 1)
    gone = rows.clea_care_leaver_in_touch.isin(("DIED", "RHOM")).fill_null(False)
    return rows.filter(age.between(youngest, oldest) & ~gone)


def _leavers_in_work_or_learning(record: RecordView) -> Rows:
    rows = find_leavers(record)
    activity = rows.clea_care_leaver_activity
    return rows.mutate(numerator=activity.startswith("F") | activity.startswith("P"))


def _leavers_not_in_work_or_learning(record: RecordView) -> Rows:
    rows = find_leavers(record)
    activity = rows.clea_care_leaver_activity
    return rows.mutate(numerator=activity.isin(("G4", "G5", "G6")))


_LEAVER_TOTAL = "care_leaver_age=19 to 21 years"  # its breakdown is Total
LEAVER_WORDS = (
    "care leavers who turned 19, 20 or 21 in the year, less those who died or returned "
    "home; not known stays in"
)

# "Figures prior to 2014 are not comparable due to methodology change" (LAIT).
LEAVER_BREAKS: Final = (Break(date(2013, 4, 1), "the method changed in 2014"),)

LEAVER_CAVEATS = (
    "The OC3 file's young people are taken as given: it does not say who was looked "
    "after for 13 weeks, only in a series of short stays, or moved to another "
    "authority, so such a young person cannot be left out here.",
)

IN_WORK_OR_LEARNING: Final = Indicator(
    id="care-leavers-in-education-employment-or-training",
    code="CL3",
    name="Care leavers in education, employment or training",
    short_name="Care leavers learning or working",
    reads="of care leavers were learning or working {when}",
    theme=CARE_LEAVERS,
    counts="care leavers",
    sentence_subject="Care leavers aged 19 to 21 in education, employment or training",
    numerator="of those, in education, employment or training (ACTIV F or P)",
    denominator=LEAVER_WORDS,
    formula="100 × in education, employment or training ÷ care leavers aged 19 to 21",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Learning and work open a young person's life.",
    clock=Clock.EVENT,
    paragraph="Care leavers by activity, aged 19, 20 and 21",
    missing_return={"annex-a": "Its list 9 gives today, not the birthday."},
    published=(
        PublishedMeasure(
            LAIT,
            "CareLeaverEET",
            filters=(
                "care_leaver_age=19 to 21 years;"
                "breakdown=Total in education, employment or training"
            ),
            numerator=_LEAVERS,
            denominator=_LEAVERS,
            denominator_filters=_LEAVER_TOTAL,
        ),
    ),
    caveats=LEAVER_CAVEATS,
    read_with=(ReadWith("CL4", "Those in learning or work, and those who are not."),),
    breaks=LEAVER_BREAKS,
    rows=_leavers_in_work_or_learning,
    examples=read_examples(
        """
        Ages 19 to 21 only
        leaver  person_id  dob         in_touch  leaver_activity
                A          2005-06-01  YES       F2
                B          2004-06-01  YES       G5
                C          2003-06-01  NO        0
                D          2006-06-01  YES       F2
        financial year to 2025-03-31 from ssda903/2025: 1 of 3. A turned 19, B 20 and C
        21; D turned 18 and is left out. A learns: 1 of 3.

        Returned home or died
        leaver  person_id  dob         in_touch  leaver_activity
                A          2005-06-01  YES       P1
                B          2005-06-01  RHOM      0
                C          2005-06-01  DIED      0
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. B and C are left out; A
        works: 1 of 1.

        Birthday on the last day
        leaver  person_id  dob         leaver_activity
                A          2006-03-31  F1
                B          2006-04-01  F1
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A turned 19 on 31 March
        2025, B a day too late: 1 of 1.
        """,
        LEAVER_ROWS,
    ),
)

NOT_IN_WORK_OR_LEARNING: Final = Indicator(
    id="care-leavers-not-in-education-employment-or-training",
    code="CL4",
    name="Care leavers not in education, employment or training",
    short_name="Care leavers not learning or working",
    reads="of care leavers were not learning or working {when}",
    theme=CARE_LEAVERS,
    counts="care leavers",
    sentence_subject=(
        "Care leavers aged 19 to 21 not in education, employment or training"
    ),
    numerator="of those, not in education, employment or training (ACTIV G4 to G6)",
    denominator=LEAVER_WORDS,
    formula="100 × not in education, employment or training ÷ care leavers 19 to 21",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="Learning and work open a young person's life.",
    clock=Clock.EVENT,
    paragraph="Care leavers by activity, aged 19, 20 and 21",
    missing_return={"annex-a": "Its list 9 gives today, not the birthday."},
    published=(
        PublishedMeasure(
            LAIT,
            "CareLeaversNEET",
            filters=(
                "care_leaver_age=19 to 21 years;"
                "breakdown=Total not in education, employment or training"
            ),
            numerator=_LEAVERS,
            denominator=_LEAVERS,
            denominator_filters=_LEAVER_TOTAL,
        ),
    ),
    caveats=(
        *LEAVER_CAVEATS,
        "For young people of 19 to 21 who were not in care no figure by authority "
        "exists anywhere.",
    ),
    same_children={"denominator": "CL3.denominator"},
    within={"numerator": "CL3.rest"},
    breaks=LEAVER_BREAKS,
    rows=_leavers_not_in_work_or_learning,
    examples=read_examples(
        """
        Not known is neither
        leaver  person_id  dob         in_touch  leaver_activity
                A          2005-06-01  YES       F2
                B          2004-06-01  YES       G5
                C          2003-06-01  NO        0
                D          2006-06-01  YES       F2
        financial year to 2025-03-31 from ssda903/2025: 1 of 3. B is not in work or
        learning; C's activity is not known and stays in: 1 of 3.

        Illness, pregnancy or parenting count too
        leaver  person_id  dob         leaver_activity
                A          2005-06-01  G4
                B          2005-06-01  G6
                C          2005-06-01  F4
        financial year to 2025-03-31 from ssda903/2025: 2 of 3. G4 and G6 are both not
        in work or learning: 2 of 3.

        Nobody
        leaver  person_id  dob         leaver_activity
                A          2005-06-01  P2
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A works: 0 of 1.
        """,
        LEAVER_ROWS,
    ),
)
