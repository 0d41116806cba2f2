"""How far from home children looked after are placed: more than 20 miles (LA7, LA7a).

Source: local authority interactive tool (DfE), dictionary, LACDistance: placed at 31 March
"more than 20 miles (outside LA boundary) from their home address from which first
placed", of all children looked after. Children looked after (DfE), placement distance: 20
miles or less, over 20 miles, and not known or not recorded, which is in the whole.

The return has no distance. Case systems work it out of two postcodes that never enter the
record, and add it to their exports (DISTANCE, in miles).
"""

from typing import Any, Final

from openscrutiny.indicators.breakdowns import (
    AGE_BAND,
    ETHNICITY,
    LOCATION,
    PLACEMENT,
    SEX,
)
from openscrutiny.indicators.catalogue.looked_after import CARE_ROWS, find_looked_after
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    Needs,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Share
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER, STATES
from openscrutiny.record.expressions import RecordView, Rows, ibis

_FAR_MILES: Final = 20  # "more than": a child at 20.0 miles is not far away


def _with_distance(record: RecordView) -> Rows:
    """Give who is looked after, and whether far from home (`is_far`; null: not known)."""
    rows = find_looked_after(record)
    return rows.mutate(
        placement=rows.clae_cla_placement_type,
        location=rows.clae_cla_placement_location,
        is_far=rows.clae_cla_placement_distance > _FAR_MILES,
    )


def _far_and_outside(record: RecordView) -> Rows:
    rows = _with_distance(record)
    # Who is far away and may be inside or outside is not known; nor is who may be far.
    is_both = rows.is_far & (rows.location == "OUT")
    return rows.mutate(
        numerator=ibis.ifelse(rows.is_far.isnull(), ibis.null("boolean"), is_both)
    )


def _far(record: RecordView) -> Rows:
    rows = _with_distance(record)
    return rows.mutate(numerator=rows.is_far)


_DISTANCE: Final = Needs(
    "cla_episodes",
    "how far from home children live",
    column="clae_cla_placement_distance",
    heading="DISTANCE",
)
_LOCATION: Final = Needs(
    "cla_episodes",
    "whether they live in the council’s area",
    column="clae_cla_placement_location",
    heading="PL_LOCATION",
)
_EXTRACT: Final = {"annex-a": "Its list has no distance."}
_OF: Final = (
    "children under 18 looked after on the last day, without respite (V3, V4); whose "
    "distance is not known stays in"
)
_CAVEATS: Final = (
    "SSDA903 itself has no distance. It is read where a case system’s export of the "
    "episodes has DISTANCE, in miles from the home from which the child was first "
    "placed; home and postcode are never kept. More than 20 miles is taken as written: "
    "20.0 is not more, and 20.1 is.",
    "Not known is apart and stays in the whole, as in DfE’s table: where DISTANCE is "
    "empty or 999.9, as of most who came alone to seek asylum (rule 406 asks for none), "
    "of a home abroad or not to be told. The more are not known, the lower is the "
    "percentage.",
    "A child placed with the parents counts as the export has it, which is 0 miles where "
    "the home is the same.",
)

_OF_DISTANCE: Final[dict[str, Any]] = {
    "why_it_matters": "Distance makes it hard to visit, and easy to be forgotten.",
    "control": Control.DIRECT,
    "control_basis": "Children Act 1989, section 22",
    "theme": LOOKED_AFTER,
    "counts": "children looked after",
    "denominator": _OF,
    "measure": Share(),
    "polarity": Polarity.LOWER,
    "why_polarity": "Far away, family, school and friends are lost.",
    "clock": Clock.STATE,
    "periods": STATES,
    "one_per_child": True,
    "returns": ("ssda903",),
    "missing_return": _EXTRACT,
    "same_children": {"denominator": "LA1.numerator"},
}

PLACED_FAR: Final = Indicator(
    **_OF_DISTANCE,
    id="placed-over-20-miles",
    code="LA7",
    name="Placed over 20 miles from home",
    short_name="Placed over 20 miles away",
    synonyms=("out of borough", "distance", "placements at a distance"),
    sentence_subject="Children placed over 20 miles from home, outside the area",
    numerator=(
        "of those, placed more than 20 miles from home and outside the council’s area"
    ),
    formula=(
        "100 × children more than 20 miles from home and outside the council’s area ÷ "
        "children looked after"
    ),
    paragraph=(
        "Children looked after at 31 March, placed more than 20 miles from their homes, "
        "outside LA boundary (LACDistance); distance not known or not recorded is told "
        "apart"
    ),
    needs=(_DISTANCE, _LOCATION),
    breakdowns=(AGE_BAND, SEX, ETHNICITY, PLACEMENT),
    published=(PublishedMeasure(LAIT, "LACDistance"),),
    caveats=(
        "DfE leaves out children who live far from home and inside the council’s area; "
        "so does this figure. It needs PL_LOCATION (IN or OUT) beside DISTANCE; all who "
        "are far away are counted in LA7a.",
        *_CAVEATS,
    ),
    read_with=(ReadWith("LA8", "With whom children live, and how far from home."),),
    rows=_far_and_outside,
    examples=read_examples(
        """
        More than 20 miles, and outside
        episode  person_id  start_date  placement_distance  placement_location
                 A          2024-06-01  20.0                OUT
                 B          2024-06-01  20.1                OUT
                 C          2024-06-01  35.5                IN
                 D          2024-06-01  0.0                 IN
        financial year to 2025-03-31 from ssda903/2025: 1 of 4. A is at 20 miles and not
        beyond; C is far away within the area, D at home with the parents; B counts: 1 of 4.

        Not known stays in
        episode  person_id  start_date  placement_distance  placement_location
                 A          2024-06-01  -                   OUT
                 B          2024-06-01  28.4                OUT
                 C          2024-06-01  28.4                -
        financial year to 2025-03-31 from ssda903/2025: 1 of 3. How far from home A is
        is not known, nor whether C is in the area; both stay in: 1 of 3.

        Where the child is on the day
        episode  person_id  start_date  ceased_date  start_reason  placement_distance  placement_location
                 A          2024-06-01  2024-12-31   S             3.2                 IN
                 A          2024-12-31  2024-12-31   P             61.0                OUT
                 A          2024-12-31  -            P             25.0                OUT
                 B          2024-08-01  2024-12-31   S             48.0                OUT
        month to 2024-12-31 from ssda903/2025: 1 of 1. A moved on the day, by way of a
        place of some hours; B’s care ended on it: 1 of 1.

        Respite is left out
        episode  person_id  start_date  legal_status  placement_distance  placement_location
                 A          2025-03-29  V3            -                   -
                 B          2024-06-01  C2            12.0                OUT
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. B alone is looked after,
        and not far from home: 0 of 1.
        """,
        CARE_ROWS,
    ),
)

FAR_AWAY: Final = Indicator(
    **_OF_DISTANCE,
    id="placed-over-20-miles-in-or-out-of-the-area",
    code="LA7a",
    name="Placed over 20 miles from home, in the area or outside",
    short_name="Over 20 miles away, in or out",
    synonyms=("placement distance",),
    sentence_subject="Children looked after who are placed over 20 miles from home",
    numerator="of those, placed more than 20 miles from home, in the area or outside",
    formula="100 × children more than 20 miles from home ÷ children looked after",
    paragraph=(
        "Placement distance of children looked after at 31 March: 20 miles or less, over "
        "20 miles, not known or not recorded"
    ),
    needs=(_DISTANCE,),
    breakdowns=(AGE_BAND, SEX, ETHNICITY, PLACEMENT, LOCATION),
    no_comparator=(
        "DfE publishes it for England alone; by authority it counts those outside the "
        "area (LA7)."
    ),
    kept_back=(
        "Beside those outside the area (LA7) it would tell of the few who live far away "
        "within it."
    ),
    caveats=(
        "In the area, outside, and not known stand in the breakdown, where the export "
        "has PL_LOCATION; each is a share of those who live there.",
        *_CAVEATS,
    ),
    read_with=(ReadWith("LA7", "All who are far away, and those outside the area."),),
    rows=_far,
    examples=read_examples(
        """
        Wherever it is
        episode  person_id  start_date  placement_distance  placement_location
                 A          2024-06-01  20.0                OUT
                 B          2024-06-01  20.1                OUT
                 C          2024-06-01  35.5                IN
                 D          2024-06-01  26.0                -
        financial year to 2025-03-31 from ssda903/2025: 3 of 4. A is at 20 miles and not
        beyond: 3 of 4.

        Not known stays in
        episode  person_id  start_date  placement_distance
                 A          2024-06-01  -
                 B          2024-06-01  28.4
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A may have come alone to
        seek asylum, and stays in: 1 of 2.

        Two placements open on one day
        episode  person_id  start_date  placement_distance
                 A          2024-06-01  4.0
                 A          2025-01-10  90.0
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. The first has no end and
        is the one in which A counts: 0 of 1.
        """,
        CARE_ROWS,
    ),
)
