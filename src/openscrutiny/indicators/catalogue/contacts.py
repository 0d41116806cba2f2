"""Contacts with children's social care, and those that become referrals."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX, SOURCE
from openscrutiny.indicators.catalogue.front_door import find_referrals
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookAhead,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.earlier import mark_followed
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import EARLY_HELP
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows

_DAYS: Final = 7
_NOT_NATIONAL: Final = (
    "The census does not hold contacts. London’s councils exchange their numbers; where "
    "that file is loaded they stand beside ours."
)
_ROWS: Final = """
contact  contacts  person_id  contact_date  contact_source_code=6
referral  cin_episodes  person_id  referral_date
"""


def _contacts(record: RecordView) -> Rows:
    rows = record.events("contacts", "cont_contact_date", "cont_person_id")
    return rows.mutate(referral_source=rows.cont_contact_source_code)


def _becoming_referrals(record: RecordView) -> Rows:
    return mark_followed(
        _contacts(record), find_referrals(record), days=_DAYS, same_day=True
    )


CONTACTS: Final = Indicator(
    id="contacts",
    code="EH1",
    name="Contacts with children’s social care",
    short_name="Contacts",
    why_it_matters="It is the first knock on the door; what follows depends on how it is heard.",
    control=Control.SHARED,
    control_basis="the council and its partners; Children Act 2004, section 10",
    synonyms=("contacts received", "front door contacts", "MASH contacts", "demand"),
    theme=EARLY_HELP,
    counts="contacts",
    numerator="contacts received in the period; each contact counts",
    measure=Rate(),
    polarity=Polarity.NEUTRAL,
    why_polarity="Many contacts may mean much need, or a low bar for telling of it.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    source="Ofsted ILACS, Annex A, list 1: contacts",
    paragraph="Date of Contact; contacts of one child on one day from one source are one",
    table="contacts",
    breakdowns=(AGE_BAND, SEX, ETHNICITY, SOURCE),
    no_comparator=_NOT_NATIONAL,
    caveats=(
        "List 1 looks back three months: a whole year needs a list at least every quarter.",
        "Councils differ in what they record as a contact.",
    ),
    read_with=(ReadWith("FD1", "What is told to us, and what becomes a referral."),),
    rows=_contacts,
    examples=read_examples(
        """
        First and last day of the month
        contact  person_id  contact_date
                 A          2025-08-01
                 B          2025-08-31
                 C          2025-07-31
        month to 2025-08-31 from annex-a/2025-09-30: 2. C's was a day before: 2.

        One child, several contacts
        contact  person_id  contact_date  contact_source_code
                 A          2025-08-04    6
                 A          2025-08-04    2A
                 A          2025-08-20    6
        month to 2025-08-31 from annex-a/2025-09-30: 3. Contacts are counted, not
        children: two sources on one day, and one more later: 3.

        A quarter
        contact  person_id  contact_date
                 A          2025-07-01
                 B          2025-09-30
                 C          2025-10-01
        quarter to 2025-09-30 from annex-a/2025-09-30: 2. C's came after it: 2.
        """,
        _ROWS,
    ),
)

CONVERSION: Final = Indicator(
    id="contacts-that-became-referrals",
    code="EH3",
    name="Contacts followed by a referral in a week",
    short_name="Contacts, then a referral in a week",
    why_it_matters="It shows how often worry becomes a service.",
    control=Control.SHARED,
    control_basis="the council and its partners; Children Act 2004, section 10",
    synonyms=("conversion rate", "contact to referral conversion"),
    theme=EARLY_HELP,
    counts="contacts",
    sentence_subject="Contacts followed by a referral within seven days",
    numerator="of those, contacts whose child was referred on the day or in the seven "
    "days after it",
    denominator="contacts received in the period",
    formula="100 × contacts followed by a referral within seven days ÷ contacts",
    measure=Share(),
    polarity=Polarity.NEUTRAL,
    why_polarity="It shows how contacts are sifted, not whether that is good.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    source="Ofsted ILACS, Annex A, lists 1 and 3; children in need census guide",
    paragraph=(
        "Date of Contact (list 1), and a date of referral of the same child from that "
        "day to seven days later. The lists do not say which contact led to which "
        "referral: two contacts of one child in a week may count one referral each"
    ),
    table="contacts",
    returns=("annex-a", "cin"),
    breakdowns=(AGE_BAND, SEX, ETHNICITY, SOURCE),
    looks_ahead=LookAhead(
        0, "referrals that followed", table="cin_episodes", days=_DAYS
    ),
    no_comparator=_NOT_NATIONAL,
    caveats=("A figure waits for the seven days after its period.",),
    same_children={"denominator": "EH1.numerator"},
    read_with=(ReadWith("FD3", "What is sifted before, and what after a referral."),),
    rows=_becoming_referrals,
    examples=read_examples(
        """
        Day seven counts, day eight does not
        contact   person_id  contact_date
                  A          2025-08-04
                  B          2025-08-04
        referral  person_id  referral_date
                  A          2025-08-11
                  B          2025-08-12
        month to 2025-08-31 from annex-a/2025-09-30: 1 of 2. A was referred a week later,
        B a day after that: 1 of 2.

        On the day itself
        contact   person_id  contact_date
                  A          2025-08-04
                  B          2025-08-05
        referral  person_id  referral_date
                  A          2025-08-04
                  B          2025-08-04
        month to 2025-08-31 from annex-a/2025-09-30: 1 of 2. A's referral is of the same
        day; B's came the day before: 1 of 2.

        In the first days after the period
        contact   person_id  contact_date
                  A          2025-08-29
        referral  person_id  referral_date
                  A          2025-09-01
        month to 2025-08-31 from annex-a/2025-09-30: 1 of 1. The referral of 1 September
        followed within seven days: 1 of 1.
        """,
        _ROWS,
    ),
)
