"""Contacts with children's social care: those decided in time, and those referred."""

from typing import Final

from openscrutiny.indicators.breakdowns import AGE_BAND, ETHNICITY, SEX, SOURCE
from openscrutiny.indicators.catalogue.front_door import find_referrals
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Indicator,
    LookAhead,
    Needs,
    Polarity,
    ReadWith,
)
from openscrutiny.indicators.earlier import mark_followed
from openscrutiny.indicators.examples import read_examples
from openscrutiny.indicators.measures import Rate, Share
from openscrutiny.indicators.themes import EARLY_HELP
from openscrutiny.periods import PeriodType
from openscrutiny.record.expressions import RecordView, Rows, ibis

_DAYS: Final = 7
_NOT_NATIONAL: Final = (
    "The census does not hold contacts. London’s councils exchange their numbers; where "
    "that file is loaded they stand beside ours."
)
_IN_TIME: Final = 1  # working day
_A_WEEK: Final = 7  # within which one working day has passed, at Easter too
_ROWS: Final = """
contact  contacts  person_id  contact_date  contact_source_code=6
decided  contacts  person_id  contact_date  contact_decision_date  contact_source_code=6
referral  cin_episodes  person_id  referral_date
"""


def _contacts(record: RecordView) -> Rows:
    rows = record.events("contacts", "cont_contact_date", "cont_person_id")
    return rows.mutate(referral_source=rows.cont_contact_source_code)


def _decided_in_time(record: RecordView) -> Rows:
    contact, decision = "cont_contact_date", "cont_contact_decision_date"
    rows = record.add_working_days(_contacts(record), "taken", contact, decision)
    # A decision before the contact is a slip: when it was taken is not known.
    known = rows[decision] >= rows[contact]
    return rows.mutate(numerator=ibis.cases((known, rows.taken <= _IN_TIME)))


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

DECIDED: Final = Indicator(
    id="contacts-decided-in-a-day",
    code="EH2",
    name="Contacts decided within one working day",
    short_name="Contacts decided in a day",
    why_it_matters="A family that asks for help learns the next day who will come.",
    control=Control.DIRECT,
    control_basis="Working Together to Safeguard Children, chapter 3: the council decides",
    synonyms=("contact timeliness", "MASH decisions in 24 hours"),
    theme=EARLY_HELP,
    counts="contacts",
    sentence_subject="Contacts decided within one working day",
    numerator="of those, decided on the day or on the next working day",
    denominator="contacts received in the period",
    formula="100 × contacts decided within one working day ÷ contacts",
    measure=Share(),
    polarity=Polarity.HIGHER,
    why_polarity="A child in danger cannot wait for a decision.",
    clock=Clock.EVENT,
    headline=PeriodType.ROLLING_12_MONTHS,
    source=(
        "Working Together to Safeguard Children (2023): a decision about the next steps "
        "within one working day of a referral; Annex A, list 1"
    ),
    paragraph=(
        "Working days after Date of Contact up to Date of Contact Decision; the day of "
        "the contact is day 0"
    ),
    table="contacts",
    breakdowns=(AGE_BAND, SEX, ETHNICITY, SOURCE),
    needs=(
        Needs(
            "contacts",
            "when contacts were decided",
            column="cont_contact_decision_date",
            heading="Date of Contact Decision",
        ),
    ),
    looks_ahead=LookAhead(0, "the day of the decision", days=_A_WEEK),
    no_comparator="No council publishes it in one layout.",
    caveats=(
        "Ofsted’s list 1 does not ask for the day of the decision. It is read where a "
        "council adds the column to its list; elsewhere the council’s own count stands.",
        "A contact without that day may be undecided or unrecorded: it is not known, and "
        "among those received.",
        "The figure of a period waits until each list was made a week after the days "
        "that it tells of: lists once a month do, lists once a quarter do not.",
    ),
    same_children={"denominator": "EH1.numerator"},
    read_with=(ReadWith("EH3", "How soon it is decided, and what becomes of it."),),
    rows=_decided_in_time,
    examples=read_examples(
        """
        On the day and on the next, not on the day after
        decided  person_id  contact_date  contact_decision_date
                 A          2025-08-04    2025-08-04
                 B          2025-08-04    2025-08-05
                 C          2025-08-04    2025-08-06
        month to 2025-08-31 from annex-a/2025-09-30: 2 of 3. C's took two working days:
        2 of 3.

        Over a weekend and a bank holiday
        decided  person_id  contact_date  contact_decision_date
                 A          2025-08-22    2025-08-26
                 B          2025-08-23    2025-08-26
                 C          2025-08-22    2025-08-27
        month to 2025-08-31 from annex-a/2025-09-30: 2 of 3. Monday 25 August is a bank
        holiday: from Friday 22 and from Saturday 23 the next working day is Tuesday 26.
        C's came a day later: 2 of 3.

        Not told, and told wrongly
        decided  person_id  contact_date  contact_decision_date
                 A          2025-08-04    -
                 B          2025-08-05    2025-08-04
                 C          2025-08-05    2025-08-05
        month to 2025-08-31 from annex-a/2025-09-30: 1 of 3. A's is not known, nor B's,
        who would have been decided the day before: 1 of 3.

        In the days after the period
        decided  person_id  contact_date  contact_decision_date
                 A          2025-08-29    2025-09-01
                 B          2025-08-31    2025-09-02
        month to 2025-08-31 from annex-a/2025-09-30: 1 of 2. From Friday 29 August the
        next working day is 1 September, and so it is from Sunday 31: A's, 1 of 2.
        """,
        _ROWS,
    ),
)
