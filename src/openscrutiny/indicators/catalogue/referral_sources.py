"""Who refers: police, schools, health services and the others."""

from collections.abc import Callable
from typing import Any, Final

from openscrutiny.indicators.catalogue.front_door import find_referrals
from openscrutiny.indicators.categories import CLOSED_CATEGORIES, category_expressions
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Mix, Share
from openscrutiny.indicators.themes import FRONT_DOOR, LAIT
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

_SOURCES: Final = CLOSED_CATEGORIES["referral_source"]
_MIX: Final = Mix("source", _SOURCES, ("Police",))
_ROWS: Final = """
referral  cin_episodes  person_id  referral_date=2024-06-03  referral_source_code
"""


def _source(rows: Rows) -> Value:
    return category_expressions()["referral_source"](rows, rows.on)


def _by_source(record: RecordView) -> Rows:
    rows = find_referrals(record)
    return _MIX.mark(rows, _source(rows))


def _from(source: str) -> "Callable[[RecordView], ibis.Table]":
    def rows(record: RecordView) -> Rows:
        found = find_referrals(record)
        return found.mutate(numerator=_source(found) == source)

    return rows


_OF_REFERRALS: Final[dict[str, Any]] = {
    "theme": FRONT_DOOR,
    "counts": "referrals",
    "denominator": "all referrals in the period",
    "polarity": Polarity.NEUTRAL,
    "why_polarity": "It shows who notices and asks, not whether that is good.",
    "clock": Clock.EVENT,
    "headline": PeriodType.ROLLING_12_MONTHS,
    "breakdowns": tuple(
        b for b in FRONT_DOOR.breakdowns if b.name != "referral_source"
    ),
    "same_children": {"denominator": "FD1.numerator"},
}

FROM_POLICE: Final = Indicator(
    **_OF_REFERRALS,
    id="referrals-by-source",
    code="FD4",
    name="Source of referral: the police",
    why_it_matters="A source that falls silent may be one that has stopped seeing children.",
    control=Control.INFLUENCE,
    control_basis="Others decide whom to refer; Children Act 2004, section 10",
    synonyms=("source of referral", "referral source", "who refers"),
    sentence_subject="Referrals that came from the police",
    numerator="referrals from the police; the other sources stand in its breakdown",
    formula="100 × referrals from the police ÷ all referrals",
    measure=_MIX,
    paragraph=(
        "ReferralSource 6. Each referral is counted. Of England’s sources the police are "
        "the largest, so that they stand in the headline"
    ),
    published=(PublishedMeasure(LAIT, "RefBySource_Police_%"),),
    caveats=(
        "An empty or unknown source stays among all referrals, as Not known.",
        "Schools stand in FD4a and health services in FD4b.",
    ),
    read_with=(ReadWith("FD1", "How many referrals come, and from whom."),),
    rows=_by_source,
    examples=read_examples(
        """
        One of four
        referral  person_id  referral_source_code
                  A          6
                  B          2A
                  C          5D
                  D          1A
        financial year to 2025-03-31 from cin/2025: 1 of 4. A's came from the police: 1 of
        4.

        Each referral counts
        referral  person_id  referral_date  referral_source_code
                  A          2024-04-03     6
                  A          2025-01-10     6
                  B          2024-06-10     3A
        financial year to 2025-03-31 from cin/2025: 2 of 3. A was referred twice, both
        times by the police: 2 of 3.

        Not known is a source too
        referral  person_id  referral_source_code
                  A          6
                  B          -
                  C          10
        financial year to 2025-03-31 from cin/2025: 1 of 3. B's and C's stand under Not
        known and stay among the three: 1 of 3.
        """,
        _ROWS,
    ),
)

FROM_SCHOOLS: Final = Indicator(
    **_OF_REFERRALS,
    id="referrals-from-schools",
    code="FD4a",
    name="Source of referral: schools",
    why_it_matters="A source that falls silent may be one that has stopped seeing children.",
    control=Control.INFLUENCE,
    control_basis="Others decide whom to refer; Children Act 2004, section 10",
    synonyms=("source of referral", "who refers"),
    sentence_subject="Referrals that came from schools",
    numerator="referrals from schools",
    formula="100 × referrals from schools ÷ all referrals",
    measure=Share(),
    paragraph="ReferralSource 2A; education services (2B) are another source",
    published=(PublishedMeasure(LAIT, "RefBySource_Schl_%"),),
    caveats=("Schools refer little in August: compare whole years.",),
    read_with=(ReadWith("FD4", "The largest sources side by side."),),
    rows=_from("Schools"),
    examples=read_examples(
        """
        Schools and education services
        referral  person_id  referral_source_code
                  A          2A
                  B          2B
        financial year to 2025-03-31 from cin/2025: 1 of 2. B's came from an education
        service: 1 of 2.

        None of one
        referral  person_id  referral_source_code
                  A          6
        financial year to 2025-03-31 from cin/2025: 0 of 1. It came from the police: 0 of
        1.

        Not known stays among all
        referral  person_id  referral_source_code
                  A          2A
                  B          -
                  C          2A
        financial year to 2025-03-31 from cin/2025: 2 of 3. B's source is not given: 2 of
        3.
        """,
        _ROWS,
    ),
)

FROM_HEALTH: Final = Indicator(
    **_OF_REFERRALS,
    id="referrals-from-health-services",
    code="FD4b",
    name="Source of referral: health services",
    why_it_matters="A source that falls silent may be one that has stopped seeing children.",
    control=Control.INFLUENCE,
    control_basis="Others decide whom to refer; Children Act 2004, section 10",
    synonyms=("source of referral", "who refers"),
    sentence_subject="Referrals that came from health services",
    numerator="referrals from health services",
    formula="100 × referrals from health services ÷ all referrals",
    measure=Share(),
    paragraph=(
        "ReferralSource 3A to 3F: family doctors, health visitors, school nurses, other "
        "primary care, accident and emergency, and other health services"
    ),
    published=(PublishedMeasure(LAIT, "RefBySource_HealthServ_%"),),
    read_with=(ReadWith("FD4", "The largest sources side by side."),),
    rows=_from("Health services"),
    examples=read_examples(
        """
        All six are health services
        referral  person_id  referral_source_code
                  A          3A
                  B          3B
                  C          3C
                  D          3D
                  E          3E
                  F          3F
                  G          2A
        financial year to 2025-03-31 from cin/2025: 6 of 7. G's came from a school: 6 of 7.

        Each referral counts
        referral  person_id  referral_date  referral_source_code
                  A          2024-04-03     3E
                  A          2024-08-03     3E
        financial year to 2025-03-31 from cin/2025: 2 of 2. Both of A's came from accident
        and emergency: 2 of 2.

        None of two
        referral  person_id  referral_source_code
                  A          -
                  B          4
        financial year to 2025-03-31 from cin/2025: 0 of 2. A's source is not known and
        B's came from housing: 0 of 2.
        """,
        _ROWS,
    ),
)
