"""Child protection: section 47 enquiries and initial conferences."""

from typing import Final

from openscrutiny.indicators.definition import (
    Clock,
    Indicator,
    Polarity,
    PublishedMeasure,
    ReadWith,
    Summary,
)
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import CHILD_PROTECTION, LAIT
from openscrutiny.indicators.typed_late import leave_out_typed_late
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_C4 = "c4_children_in_need_section_47s_and_icpcs"
_ROWS: Final = """
enquiry  s47_enquiry  person_id  start_date
conference  initial_cp_conference  person_id  start_date  icpc_date
"""


def _enquiries(record: RecordView) -> Rows:
    rows = record.events("s47_enquiry", "s47e_s47_start_date", "s47e_person_id")
    return rows.mutate(team=rows.s47e_team)


def _conferences_in_time(record: RecordView) -> Rows:
    """Take each conference once: a child has one on a day, however many enquiries.

    The clock is that of the latest enquiry that had begun, which led to it.
    """
    rows = record.events("initial_cp_conference", "icpc_icpc_date", "icpc_person_id")
    rows = rows.filter(rows.icpc_s47_start_date.notnull())
    rows = leave_out_typed_late(rows, rows, same="icpc_s47_start_date")
    begun = ibis.desc(rows.icpc_s47_start_date <= rows.on)
    latest = ibis.window(
        group_by=["authority", "child", "on"],
        order_by=[begun, ibis.desc("icpc_s47_start_date"), ibis.asc("line")],
    )
    rows = rows.mutate(place_in_line=ibis.row_number().over(latest))
    rows = rows.filter(rows.place_in_line == 0)
    rows = record.add_working_days(
        rows, "taken", "icpc_s47_start_date", "icpc_icpc_date"
    )
    # A conference dated before its enquiry is held, and in no band of days.
    in_time = (rows.on >= rows.icpc_s47_start_date) & (rows.taken <= 15)
    return rows.mutate(numerator=in_time, team=rows.icpc_team)


ENQUIRIES: Final = Indicator(
    id="section-47-enquiries",
    code="CP1",
    name="Section 47 enquiries",
    reads="section 47 enquiries per 10,000 children began {when}",
    theme=CHILD_PROTECTION,
    counts="section 47 enquiries",
    numerator="section 47 enquiries that began in the period",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It follows both risk and how readily it is looked into.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    paragraph="Number of section 47 enquiries (S47ActualStartDate)",
    table="s47_enquiry",
    published=(PublishedMeasure(LAIT, "Section_47", numerator=f"{_C4}:Section47"),),
    read_with=(
        ReadWith("CP3", "How many enquiries, and how soon the conference meets."),
    ),
    rows=_enquiries,
    examples=read_examples(
        """
        First and last day count
        enquiry  person_id  start_date
                 A          2024-04-01
                 B          2025-03-31
                 C          2024-03-31
        financial year to 2025-03-31 from cin/2025: 2. C's began the day before the
        year: 2.

        Two enquiries about one child
        enquiry  person_id  start_date
                 A          2024-05-01
                 A          2024-05-20
        month to 2024-05-31 from cin/2025: 2. Enquiries are counted, not children: 2.

        No conference needed
        enquiry  person_id  start_date  not_required
                 A          2024-06-03  yes
        month to 2024-06-30 from cin/2025: 1. The enquiry counts whatever it led to: 1.
        """,
        _ROWS,
    ),
)

TIMELY_CONFERENCES: Final = Indicator(
    id="initial-conferences-within-15-working-days",
    code="CP3",
    name="Initial conferences within 15 working days",
    short_name="First conferences within 15 days",
    reads="of first conferences {when} were held within 15 working days",
    theme=CHILD_PROTECTION,
    counts="initial conferences",
    sentence_subject="Initial conferences held within 15 working days",
    numerator="conferences held within 15 working days of the enquiry's start",
    denominator="initial child protection conferences held in the period",
    formula="100 × conferences within 15 working days ÷ all held",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="Statutory guidance sets 15 working days as the most.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    source="Working together to safeguard children; children in need methodology (DfE)",
    paragraph=(
        "15 working days from the strategy discussion that began the section 47 "
        "enquiry; that day is day 0. The conference date inside Section47 is taken. A "
        "conference that several enquiries name is one, and the latest enquiry that had "
        "begun by then is the one that led to it"
    ),
    table="initial_cp_conference",
    published=(
        PublishedMeasure(
            "Children in need, table c4 (DfE)",
            f"{_C4}:ICPC_within_15_days_percent",
            numerator=f"{_C4}:Duration_0-10_days+Duration_11-15_days",
            denominator=f"{_C4}:ICPC",
            computed=True,
            note="Computed from two bands of table c4; hidden where a band is hidden.",
            summary=Summary.MEDIAN_AND_SUMS,
        ),
    ),
    read_with=(
        ReadWith("CP7", "Conferences in time, and plans that have to be repeated."),
    ),
    rows=_conferences_in_time,
    examples=read_examples(
        """
        Day 15 is in time, day 16 is not
        conference  person_id  start_date  icpc_date
                    A          2024-06-03  2024-06-24
                    B          2024-06-03  2024-06-25
        financial year to 2025-03-31 from cin/2025: 1 of 2. Monday 3 June is day 0;
        three weeks later, Monday 24 June, is day 15: 1 of 2.

        Over Christmas
        conference  person_id  start_date  icpc_date
                    A          2024-12-16  2025-01-09
        financial year to 2025-03-31 from cin/2025: 1 of 1. Of the 18 weekdays after
        Monday 16 December up to Thursday 9 January, 25 and 26 December and 1 January do
        not count: day 15, so 1 of 1.

        One conference after two enquiries
        conference  person_id  start_date  icpc_date
                    A          2024-09-02  2024-09-24
                    A          2024-09-10  2024-09-24
        month to 2024-09-30 from cin/2025: 1 of 1. One conference, 16 working days after
        the first enquiry and 10 after the second, which led to it: 1 of 1.

        A conference that no enquiry led to
        conference  person_id  start_date  icpc_date
                    A          -           2024-07-01
                    B          2024-06-24  2024-07-01
        month to 2024-07-31 from cin/2025: 1 of 1. A's date stands outside an enquiry
        and is left out: 1 of 1.

        One conference that two returns date differently
        conference  person_id  start_date  icpc_date
                    A          2025-03-17  2025-03-31
                    A          2025-03-17  2025-04-01
                    B          2025-03-17  2025-04-01
        month to 2025-04-30 from cin/2025 and annex-a/2025-09-30: 1 of 1. A’s was held
        by the census on the day before, after the same enquiry: B’s alone, 11 working
        days after its own: 1 of 1.

        One conference that two censuses date differently
        conference  person_id  start_date  icpc_date
                    A          2024-03-18  2024-03-28
                    A          2024-03-18  2024-04-04
                    B          2024-03-18  2024-04-04
        financial year to 2025-03-31 from cin/2024 and cin/2025: 1 of 1. A’s enquiry led
        to one in the year before: B’s alone, 11 working days after its own: 1 of 1.
        """,
        _ROWS,
    ),
)
