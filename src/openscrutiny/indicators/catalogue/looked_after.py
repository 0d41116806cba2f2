"""Children looked after: how many, how many started, and how often they moved."""

from functools import cache
from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX
from openscrutiny.indicators.care_dated_again import find_starts
from openscrutiny.indicators.definition import (
    Clock,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.placements import placements_in_year
from openscrutiny.indicators.themes import LAIT, LOOKED_AFTER, STATES
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, Value, ibis

CLA_TABLE = "cla_number_and_rate_per_10k_children"


# A series of short-term placements (respite) is not counted as being looked after.
RESPITE = ("V3", "V4")

CARE_ROWS: Final = """
episode  cla_episodes  person_id  start_date  ceased_date=-  start_reason=S  legal_status=C2  placement_type=U6  placement_provider=PR1  placement_urn=1
"""


@cache
def find_looked_after(record: RecordView) -> Rows:
    rows = record.states(
        "cla_episodes",
        "clae_cla_episode_start_date",
        "clae_cla_episode_ceased_date",
        "clae_person_id",
    )
    rows = rows.filter(~rows.clae_legal_status.isin(RESPITE).fill_null(False))
    until = ibis.least(rows.until, find_eighteenth_birthday(rows))
    return rows.mutate(team=rows.clae_team, until=until)


def find_eighteenth_birthday(rows: Rows) -> Value:
    """Give the day from which nobody is looked after: Children Act 1989, s. 105.

    Who was born on 29 February turns 18 on 1 March where the year has no such day.
    """
    born = rows.birth_date
    turned = (born + ibis.interval(years=18)).cast("date")
    later = (turned + ibis.interval(days=1)).cast("date")
    return ibis.ifelse(turned.day() == born.day(), turned, later)


def _started(record: RecordView) -> Rows:
    rows = find_starts(record)
    rows = rows.filter((rows.on < find_eighteenth_birthday(rows)).fill_null(True))
    return rows.mutate(team=rows.clae_team)


def _three_placements(record: RecordView) -> Rows:
    rows = find_looked_after(record)
    # Each census of the 903 ends on 31 March: that day is the only one that counts.
    rows = rows.mutate(on=rows.valid_to)
    rows = rows.filter(
        (rows.since <= rows.on) & (rows.until.isnull() | (rows.until > rows.on))
    )
    counts = placements_in_year(record)
    joined = rows.left_join(
        counts, [rows.load_id == counts.placed_load, rows.child == counts.placed_child]
    )
    counted = joined.mutate(numerator=joined.placements.fill_null(0) >= 3)
    first = ibis.window(
        group_by=["authority", "on", "child"],
        order_by=[ibis.asc("since"), ibis.asc("line")],
    )
    numbered = counted.mutate(place_in_line=ibis.row_number().over(first))
    return numbered.filter(numbered.place_in_line == 0)


CHILDREN_LOOKED_AFTER: Final = Indicator(
    id="children-looked-after",
    code="LA1",
    name="Children looked after",
    reads="children per 10,000 were looked after {when}",
    theme=LOOKED_AFTER,
    counts="children looked after",
    numerator=(
        "children under 18 looked after on the last day, without respite (V3, V4)"
    ),
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Care is right for some children; no number of them is good in itself.",
    clock=Clock.STATE,
    periods=STATES,
    headline=PeriodType.MONTH,
    paragraph=(
        "Children looked after at 31 March, excluding those looked after only under a "
        "series of short-term placements; a child is a person under 18 (Children Act "
        "1989, s. 105)"
    ),
    one_per_child=True,
    published=(
        PublishedMeasure(
            LAIT,
            "LAC",
            filters="population_type=Children looked after on 31 March each year",
            numerator=f"{CLA_TABLE}:children_count",
        ),
    ),
    read_with=(
        ReadWith("LA2", "How many are looked after, and how many start."),
        ReadWith("LA5", "How many are looked after, and how settled they are."),
    ),
    rows=find_looked_after,
    examples=read_examples(
        """
        On the last day
        episode  person_id  start_date  ceased_date
                 A          2023-01-05  -
                 B          2024-06-01  2025-03-31
                 C          2024-06-01  2025-04-01
        financial year to 2025-03-31 from ssda903/2025: 2. B ceased on the day and no
        longer counts: A and C, 2.

        A move on the day is one child
        episode  person_id  start_date  ceased_date  start_reason
                 A          2024-06-01  2025-03-31   S
                 A          2025-03-31  -            P
        financial year to 2025-03-31 from ssda903/2025: 1. The first episode ended as
        the second began: 1.

        Respite is left out
        episode  person_id  start_date  legal_status
                 A          2024-06-01  V4
                 B          2024-06-01  V2
        financial year to 2025-03-31 from ssda903/2025: 1. A is looked after only in
        short-term placements: 1.

        Nobody is looked after from the 18th birthday on
        episode  person_id  start_date
                 A          2024-06-01
                 B          2024-06-01
        person  person_id  dob
                A          2007-03-31
                B          2007-04-01
        financial year to 2025-03-31 from ssda903/2025: 1. A turned 18 on the last day,
        B the day after it: 1.
        """,
        CARE_ROWS,
    ),
)

STARTED: Final = Indicator(
    id="children-who-started-to-be-looked-after",
    code="LA2",
    name="Children who started to be looked after",
    short_name="Children who came into care",
    reads="children per 10,000 came into care {when}",
    theme=LOOKED_AFTER,
    counts="children who started to be looked after",
    numerator="children who started to be looked after, each once at the first start",
    formula="10,000 × children who started ÷ children aged 0 to 17",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Care is right for some children; no number of them is good in itself.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Children who started to be looked after in the year, counted once",
    one_per_child=True,
    published=(PublishedMeasure(LAIT, "LAC_Start_Rate"),),
    caveats=(
        "A child counts once a period, so months do not add up to the year.",
        "Care of more than 24 hours makes a child looked after (Children Act 1989, "
        "section 22(2)), and no episode may be shorter (DfE’s rule 355). One that "
        "begins and ends on a day counts here as the return has it: it is an error of the "
        "return, to be corrected there.",
        "Care begins once: starts about 31 March that two years’ returns date differently "
        "count once each, on the day of the year before where the next has them at most a "
        "week after it. The load of an SSDA903 return says how many the one of the year "
        "before or after dates so; an extract is not compared.",
    ),
    rows=_started,
    examples=read_examples(
        """
        Twice in the year is once
        episode  person_id  start_date  ceased_date
                 A          2024-05-01  2024-07-01
                 A          2024-11-01  -
                 B          2024-06-01  -
        financial year to 2025-03-31 from ssda903/2025: 2. A started twice and counts
        once: 2.

        A move is no start
        episode  person_id  start_date  ceased_date  start_reason
                 A          2023-05-01  2024-06-10   S
                 A          2024-06-10  -            P
        financial year to 2025-03-31 from ssda903/2025: 0. The start lies before the
        year, and the move is no start: 0.

        In its month
        episode  person_id  start_date  legal_status
                 A          2024-11-01  C2
                 B          2024-11-30  V3
        month to 2024-11-30 from ssda903/2025: 1. B's is respite: 1.
        """,
        CARE_ROWS,
    ),
)

THREE_PLACEMENTS: Final = Indicator(
    id="three-or-more-placements-in-the-year",
    code="LA5",
    name="Three or more placements in a year",
    reads="of looked-after children had three or more placements {when}",
    theme=LOOKED_AFTER,
    counts="children looked after",
    sentence_subject="Children looked after who had three or more placements",
    numerator="of those, children with three or more placements in the year",
    denominator="children looked after on 31 March, without respite",
    formula="100 × children with three or more placements ÷ children looked after",
    measure=Share(),
    polarity=Polarity.LOWER,
    why_polarity="Moves cost children their ties.",
    clock=Clock.EVENT,
    periods=(PeriodType.FINANCIAL_YEAR,),
    paragraph=(
        "Placement stability: three or more placements in the year to 31 March. All of "
        "24 hours or more count, the one open on 1 April and a new one with the same "
        "carer (RNE T, U) too; a change of legal status alone (L) does not, nor "
        "placement for adoption with the present foster carers (A3, A5), nor a "
        "temporary placement (T0 to T4) and the return from it"
    ),
    returns=("ssda903",),
    missing_return={"annex-a": "It does not list a child's placements."},
    breakdowns=(AGE_BAND, SEX, ETHNICITY),
    published=(PublishedMeasure(LAIT, "LACStable_2016on"),),
    same_children={"denominator": "LA1.numerator"},
    rows=_three_placements,
    examples=read_examples(
        """
        The one open on 1 April counts
        episode  person_id  start_date  ceased_date  start_reason  placement_urn
                 A          2023-05-01  2024-06-01   S             1
                 A          2024-06-01  2024-09-01   P             2
                 A          2024-09-01  -            P             3
                 B          2023-05-01  -            S             1
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A had three placements
        in the year, the first begun before it: 1 of 2.

        A change of legal status is no move
        episode  person_id  start_date  ceased_date  start_reason  legal_status  placement_urn
                 A          2024-05-01  2024-07-01   S             C1            1
                 A          2024-07-01  2024-09-01   L             C2            1
                 A          2024-09-01  -            P             C2            2
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. Two placements, the
        first under two legal statuses: 0 of 1.

        The same carer in another placement, and adoption by the carers
        episode  person_id  start_date  ceased_date  start_reason  legal_status  placement_type  placement_urn
                 A          2023-05-01  2024-06-01   S             C2            U4              1
                 A          2024-06-01  2024-08-01   T             C2            U4              2
                 A          2024-08-01  -            P             C2            U4              3
                 B          2024-05-01  2024-07-01   S             C2            U4              1
                 B          2024-07-01  2024-09-01   P             C2            U4              2
                 B          2024-09-01  -            U             E1            A3              2
        financial year to 2025-03-31 from ssda903/2025: 1 of 2. A's move with the carer
        is a placement of its own, the third with the next: A counts. B's foster carers
        became the adopters: two placements. 1 of 2.

        Less than a day, and a temporary stay
        episode  person_id  start_date  ceased_date  start_reason  placement_type  placement_urn
                 A          2024-05-01  2024-07-01   S             U6              1
                 A          2024-07-01  2024-07-01   P             U6              2
                 A          2024-07-01  2024-08-01   P             U6              3
                 A          2024-08-01  2024-08-10   P             T2              ""
                 A          2024-08-10  -            P             U6              3
        financial year to 2025-03-31 from ssda903/2025: 0 of 1. The second ended on the
        day it began, and the holiday (T2) was followed by a return to the same carer: 2
        placements, so 0 of 1.
        """,
        CARE_ROWS,
    ),
)
