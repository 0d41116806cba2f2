"""Children looked after on a day: who came alone (LA4), and where they live (LA8)."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, PLACEMENT, SEX
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
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER, STATES
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_FOSTER: Final = ("U1", "U2", "U3", "U4", "U5", "U6")


def _came_alone(record: RecordView) -> Rows:
    rows = find_looked_after(record)
    status = record.same_return("immigration_status")
    ended = "immi_immigration_status_end_date"
    status = record.without_unread(status, "immigration_status", ended)
    status = status.select(
        "for_load",
        alone="immi_person_id",
        alone_until=ended,
    )
    rows = rows.inner_join(status, [("load_id", "for_load"), ("child", "alone")])
    return rows.mutate(until=ibis.least(rows.until, rows.alone_until)).drop(
        "for_load", "alone"
    )


def _in_foster_care(record: RecordView) -> Rows:
    rows = find_looked_after(record)
    return rows.mutate(
        placement=rows.clae_cla_placement_type,
        numerator=rows.clae_cla_placement_type.isin(_FOSTER),
    )


UNACCOMPANIED: Final = Indicator(
    id="unaccompanied-asylum-seeking-children",
    code="LA4",
    name="Unaccompanied asylum-seeking children",
    short_name="Unaccompanied children",
    why_it_matters="They come without anybody, often after harm on the way.",
    synonyms=("UASC", "asylum seeking children", "separated children"),
    control=Control.SHARED,
    control_basis="the National Transfer Scheme; Immigration Act 2016, section 69",
    theme=LOOKED_AFTER,
    counts="unaccompanied asylum-seeking children looked after",
    sentence_subject="Unaccompanied asylum-seeking children looked after",
    numerator=(
        "children under 18 looked after on the last day, without respite, who came to "
        "seek asylum without a parent and still are that"
    ),
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="The council cares for every child who arrives or is transferred.",
    clock=Clock.STATE,
    periods=STATES,
    headline=PeriodType.MONTH,
    paragraph=(
        "Unaccompanied asylum-seeking children looked after at 31 March, from the UASC "
        "file: until DUC, the day on which the child no longer was one"
    ),
    one_per_child=True,
    returns=("ssda903",),
    missing_return={
        "annex-a": "Its list says who came alone within 12 months, and not until when."
    },
    needs=(Needs("immigration_status", "who came to seek asylum alone"),),
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    no_comparator=(
        "DfE publishes a number, not a rate. Beside it stands the National Transfer "
        "Scheme: 0.1% of the child population, which is 10 per 10,000."
    ),
    read_with=(ReadWith("LA1", "All who are looked after, and those who came alone."),),
    rows=_came_alone,
    examples=read_examples(
        """
        Listed, and looked after
        episode  person_id  start_date
                 A          2024-06-01
                 B          2024-06-01
        immigration_status  person_id  end_date
                            A          -
                            C          -
        financial year to 2025-03-31 from ssda903/2025: 1. B did not come alone; C is
        not looked after: 1.

        Until the day on which it ended
        episode  person_id  start_date
                 A          2024-06-01
                 B          2024-06-01
        immigration_status  person_id  end_date
                            A          2025-03-31
                            B          2025-04-01
        financial year to 2025-03-31 from ssda903/2025: 1. A no longer was one on the
        last day: 1.

        At the end of a month
        episode  person_id  start_date  ceased_date
                 A          2024-06-01  2024-08-31
                 B          2024-08-31  -
        immigration_status  person_id  end_date
                            A          -
                            B          2024-12-01
        month to 2024-08-31 from ssda903/2025: 1. A's care ended on the day, B's began
        on it: 1.
        """,
        CARE_ROWS,
    ),
)

FOSTER_CARE: Final = Indicator(
    id="children-in-foster-care",
    code="LA8",
    name="Children in foster care",
    short_name="In foster care",
    why_it_matters="Where a child lives is the largest thing that care decides.",
    synonyms=("placement mix", "foster care", "residential", "semi-independent"),
    control=Control.DIRECT,
    control_basis="Children Act 1989, section 22",
    theme=LOOKED_AFTER,
    counts="children looked after",
    sentence_subject="Children looked after who live with foster carers",
    numerator="of those, in a foster placement (U1 to U6), with relatives or others",
    denominator=(
        "children under 18 looked after on the last day, without respite (V3, V4)"
    ),
    formula="100 × children in foster care ÷ children looked after",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Most children fare best in a family; some need another home.",
    clock=Clock.STATE,
    periods=STATES,
    paragraph="Children looked after at 31 March by placement: foster placements",
    one_per_child=True,
    returns=("ssda903",),
    missing_return={
        "annex-a": "Its list gives the latest placement, not that of a day before."
    },
    breakdowns=(AGE_BAND, SEX, ETHNICITY, PLACEMENT),
    published=(PublishedMeasure(LAIT, "LAC_Foster_Placements"),),
    caveats=(
        "The other kinds of home stand in the breakdown, for officers. Members see one "
        "share alone: several would add up, and tell of the few in the last kind.",
        "A child who is away for some days (T0 to T4) is in another placement then. "
        "Whether DfE counts such a child where it was before is not said in the guidance "
        "that we have, so that a figure may differ by those few.",
    ),
    same_children={"denominator": "LA1.numerator"},
    read_with=(ReadWith("LA5", "Where children live, and how often they move."),),
    rows=_in_foster_care,
    examples=read_examples(
        """
        Six codes
        episode  person_id  start_date  placement_type
                 A          2024-06-01  U1
                 B          2024-06-01  U6
                 C          2024-06-01  K2
                 D          2024-06-01  A4
        financial year to 2025-03-31 from ssda903/2025: 2 of 4. C is in a children's
        home, D placed for adoption: 2 of 4.

        Where the child is on the day
        episode  person_id  start_date  ceased_date  start_reason  placement_type
                 A          2024-06-01  2024-12-31   S             K2
                 A          2024-12-31  -            P             U4
        month to 2024-12-31 from ssda903/2025: 1 of 1. A moved to foster carers on the
        day: 1 of 1.

        Not given
        episode  person_id  start_date  placement_type
                 A          2024-06-01  -
                 B          2024-06-01  U4
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. Where A lives is not
        known: 1 of 2.
        """,
        CARE_ROWS,
    ),
)
