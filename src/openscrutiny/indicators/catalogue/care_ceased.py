"""Children who ceased to be looked after (LA3), and how: adopted, SGO, CAO (LA22, LA23)."""

from functools import cache
from typing import Final

from openscrutiny.indicators.care_dated_again import find_ends
from openscrutiny.indicators.catalogue.looked_after import (
    CARE_ROWS,
    CLA_TABLE,
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
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows

_ADOPTED: Final = ("E11", "E12")
_GUARDIANS: Final = ("E43", "E44", "E45", "E46", "E47", "E48")
_ARRANGED: Final = ("E41",)
_ROWS: Final = f"{CARE_ROWS.rstrip()}  ceased_reason=-"
_CEASED_WORDS: Final = "children who ceased to be looked after, each once at the last time, without respite"
_CAVEATS: Final = (
    "A child counts once a period, so months do not add up to the year.",
    "Who moves into another authority's care (E3) ceases here.",
    "Care ends once: ends about 31 March that two years’ returns date differently count once "
    "each, those told late on the day that the later return says. The load of an SSDA903 "
    "return says how many the one of the year before or after dates so; an extract is not "
    "compared.",
)


@cache
def _ceased(record: RecordView) -> Rows:
    """Give ends of care, with `how`: the reason; null where none is given."""
    rows = find_ends(record)
    return rows.mutate(team=rows.clae_team, how=rows.clae_cla_episode_ceased_reason)


def _adopted(record: RecordView) -> Rows:
    rows = _ceased(record)
    return rows.mutate(numerator=rows.how.isin(_ADOPTED))


def _to_guardians(record: RecordView) -> Rows:
    rows = _ceased(record)
    return rows.mutate(numerator=rows.how.isin(_GUARDIANS))


def _arranged(record: RecordView) -> Rows:
    rows = _ceased(record)
    return rows.mutate(numerator=rows.how.isin(_ARRANGED))


CEASED: Final = Indicator(
    id="children-who-ceased-to-be-looked-after",
    code="LA3",
    name="Children who ceased to be looked after",
    short_name="Children who left care",
    why_it_matters="How a child leaves care shapes what comes next.",
    synonyms=("ceased", "leaving care", "CLA ceasing"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 22",
    theme=LOOKED_AFTER,
    counts="children who ceased to be looked after",
    numerator=_CEASED_WORDS,
    formula="10,000 × children who ceased ÷ children aged 0 to 17",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Leaving care is right when it is for good, and wrong when it is not.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph=(
        "Children who ceased to be looked after in the year: the last time that the "
        "child ceased in it (REC other than X1). An episode that ends without a reason "
        "on the day on which the next begins is no end of care"
    ),
    one_per_child=True,
    last_of_child=True,
    published=(
        PublishedMeasure(
            LAIT,
            "LAC_Cease_Rate",
            filters="population_type=Children ceasing to be looked after each year",
            numerator=f"{CLA_TABLE}:children_count",
        ),
    ),
    caveats=(
        *_CAVEATS,
        "Care of more than 24 hours makes a child looked after (Children Act 1989, "
        "section 22(2)), and no episode may be shorter (DfE’s rule 355). One that "
        "begins and ends on a day counts here as the return has it: it is an error of the "
        "return, to be corrected there.",
    ),
    read_with=(ReadWith("LA2", "How many start, and how many cease."),),
    rows=_ceased,
    examples=read_examples(
        """
        An episode that goes on is no end
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2023-05-01  2024-06-10   X1
                 A          2024-06-10  2024-09-01   E4A
                 B          2023-05-01  -            -
        financial year to 2025-03-31 from ssda903/2025: 1. A moved in June and went home
        in September; B is still looked after: 1.

        Twice in the year is once
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2024-04-05  2024-05-01   E4A
                 A          2024-07-01  2024-12-01   E5
        financial year to 2025-03-31 from ssda903/2025: 1. A ceased twice and counts at
        the last time: 1.

        No reason, and care goes on the same day
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2023-05-01  2024-06-10   -
                 A          2024-06-10  -            -
                 B          2023-05-01  2024-06-10   -
                 B          2024-06-11  -            -
        financial year to 2025-03-31 from ssda903/2025: 1. A moved; B was out of care
        for a night, and why is not known: 1.

        Respite is left out
        episode  person_id  start_date  ceased_date  ceased_reason  legal_status
                 A          2024-11-01  2024-11-05   E8             V3
                 B          2024-06-01  2024-11-30   E3             C2
        month to 2024-11-30 from ssda903/2025: 1. A's was a short break; B moved to
        another authority: 1.
        """,
        _ROWS,
    ),
)

ADOPTED: Final = Indicator(
    id="children-who-were-adopted",
    code="LA22",
    name="Children adopted from care",
    short_name="Adopted, of leavers",
    why_it_matters="For some children it is the only way to a family of their own.",
    synonyms=("adoption", "adopted share"),
    control=Control.SHARED,
    control_basis="the courts decide; Adoption and Children Act 2002",
    theme=LOOKED_AFTER,
    counts="children who ceased to be looked after",
    sentence_subject="Children who ceased to be looked after and were adopted",
    numerator="of those, adopted (E11, E12)",
    denominator=_CEASED_WORDS,
    formula="100 × children adopted ÷ children who ceased to be looked after",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="For a young child who cannot go home it is a family for good.",
    clock=Clock.EVENT,
    paragraph="Children who ceased to be looked after by reason: adopted",
    one_per_child=True,
    last_of_child=True,
    published=(PublishedMeasure(LAIT, "%_of LAC Adopted"),),
    caveats=(
        *_CAVEATS,
        "It moves with everybody else who leaves care too, such as those who turn 18.",
    ),
    same_children={"denominator": "LA3.numerator"},
    read_with=(ReadWith("LA23", "Adopted, and cared for by special guardians."),),
    rows=_adopted,
    examples=read_examples(
        """
        Two codes
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-06-10   E11
                 B          2022-05-01  2024-07-10   E12
                 C          2022-05-01  2024-08-10   E45
                 D          2022-05-01  2024-09-10   E5
        financial year to 2025-03-31 from ssda903/2025: 2 of 4. A and B were adopted: 2
        of 4.

        The last time in the year decides
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-05-10   E4A
                 A          2024-06-01  2025-03-31   E11
        financial year to 2025-03-31 from ssda903/2025: 1 of 1. A went home, came back,
        and was adopted: 1 of 1.

        No reason is given
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-05-10   -
                 B          2022-05-01  2024-05-11   E4B
        financial year to 2025-03-31 from ssda903/2025: 0 of 2. Why A's care ended is
        not known, and A stays among the two.
        """,
        _ROWS,
    ),
)

TO_GUARDIANS: Final = Indicator(
    id="children-who-left-care-to-special-guardians",
    code="LA23",
    name="Children who left care to special guardians",
    short_name="Special guardianship",
    why_it_matters="It keeps a child in the wider family.",
    synonyms=("SGO",),
    control=Control.SHARED,
    control_basis="the courts decide; Children Act 1989, section 14A",
    theme=LOOKED_AFTER,
    counts="children who ceased to be looked after",
    sentence_subject="Children who left care under a special guardianship order",
    numerator="of those, by a special guardianship order (E43 to E48)",
    denominator=_CEASED_WORDS,
    formula="100 × left to special guardians ÷ children who ceased",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It is right for some children; no share of them is good in itself.",
    clock=Clock.EVENT,
    paragraph="Children who ceased to be looked after by reason: special guardianship",
    one_per_child=True,
    last_of_child=True,
    published=(PublishedMeasure(LAIT, "LAC_ceased_SGO%"),),
    caveats=(*_CAVEATS, "Until 2018 the codes were E43 and E44; all six count."),
    same_children={"denominator": "LA3.numerator"},
    rows=_to_guardians,
    examples=read_examples(
        """
        Codes of all years
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-06-10   E45
                 B          2022-05-01  2024-07-10   E48
                 C          2022-05-01  2024-08-10   E41
        financial year to 2025-03-31 from ssda903/2025: 2 of 3. C left by a child
        arrangements order: 2 of 3.

        Before 2019
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2016-05-01  2017-06-10   E43
                 B          2016-05-01  2017-07-10   E44
        financial year to 2018-03-31 from ssda903/2018: 2 of 2. Both codes of then.

        Nobody
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-06-10   E5
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A moved on at 18: 0 of 1.
        """,
        _ROWS,
    ),
)

ARRANGED: Final = Indicator(
    id="children-who-left-care-by-a-child-arrangements-order",
    code="LA23a",
    name="Children who left care by a child arrangements order",
    short_name="Child arrangements orders",
    why_it_matters="It keeps a child in the wider family.",
    synonyms=("CAO", "residence order"),
    control=Control.SHARED,
    control_basis="the courts decide; Children Act 1989, section 8",
    theme=LOOKED_AFTER,
    counts="children who ceased to be looked after",
    sentence_subject="Children who left care under a child arrangements order",
    numerator="of those, by a residence or child arrangements order (E41)",
    denominator=_CEASED_WORDS,
    formula="100 × left by a child arrangements order ÷ children who ceased",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It is right for some children; no share of them is good in itself.",
    clock=Clock.EVENT,
    paragraph="Children who ceased to be looked after by reason: residence order",
    one_per_child=True,
    last_of_child=True,
    published=(PublishedMeasure(LAIT, "LAC_ceased_CAO%"),),
    caveats=_CAVEATS,
    same_children={"denominator": "LA3.numerator"},
    read_with=(ReadWith("LA23", "The two orders by which relatives may care."),),
    rows=_arranged,
    examples=read_examples(
        """
        One code
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-06-10   E41
                 B          2022-05-01  2024-07-10   E45
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A alone: 1 of 2.

        In its quarter
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-06-30   E41
                 B          2022-05-01  2024-07-01   E41
        quarter to 2024-06-30 from ssda903/2025: 1 of 1. B left a day later: 1 of 1.

        Care that goes on
        episode  person_id  start_date  ceased_date  ceased_reason
                 A          2022-05-01  2024-06-10   X1
                 B          2022-05-01  2024-06-10   E4A
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. A did not cease: 0 of 1.
        """,
        _ROWS,
    ),
)
