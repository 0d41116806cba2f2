"""Contacts (EH1), those decided in a day (EH2), and those that became referrals (EH3)."""

from dataclasses import replace
from datetime import date, timedelta

from twins.calendar import ONE_DAY, days_from, working_days_after
from twins.front_door import CHILD, referrals
from twins.model import EVENTS, PERCENT, PERSON, RATE, Counted, Row, twin
from twins.sources import Record

A_WEEK = timedelta(days=7)
DECISION = "cont_contact_decision_date"


def count_eh1(record: Record, start: date, end: date) -> list[Counted]:
    """Every contact, by its day."""
    return [
        Counted(
            row["cont_person_id"],
            row,
            row["cont_contact_date"],
            referral_source=row["cont_contact_source_code"],
        )
        for row in record.events("contacts", "cont_contact_date")
        if start <= row["cont_contact_date"] <= end
    ]


def count_eh2(record: Record, start: date, end: date) -> list[Counted]:
    """Working Together: decided "within one working day"; day 0 is the contact's own."""
    return [
        replace(one, in_numerator=was_decided_in_a_day(one.row))
        for one in count_eh1(record, start, end)
    ]


def was_decided_in_a_day(contact: Row) -> bool | None:
    came, decided = contact["cont_contact_date"], contact[DECISION]
    if decided is None or decided < came:
        return None
    return working_days_after(came, decided) <= 1


def knows_a_list_of_a_week_later(record: Record, days: list[date], end: date) -> bool:
    """Was the list that tells of each day made seven days after it, or later?"""
    sources = [(day, record.source_for("contacts", day)) for day in days]
    return all(one is not None and one.last >= day + A_WEEK for day, one in sources)


def count_eh3(record: Record, start: date, end: date) -> list[Counted]:
    """Was the child referred on the day, or in the seven days after it?"""
    found = []
    for one in count_eh1(record, start, end):
        followed = referrals(record, one.on, one.on + A_WEEK)
        became = any(row[CHILD] == one.person_id for row in followed)
        found.append(replace(one, in_numerator=became))
    return found


def knows_a_week_after(record: Record, days: list[date], end: date) -> bool:
    return all(
        record.source_for("cin_episodes", day) is not None
        for day in days_from(end + ONE_DAY, end + A_WEEK)
    )


EH1 = twin(
    "EH1",
    RATE,
    "contacts",
    ("annex-a",),
    EVENTS,
    f"{PERSON} referral_source",
    count_eh1,
)
EH2 = twin(
    "EH2",
    PERCENT,
    "contacts",
    ("annex-a",),
    EVENTS,
    f"{PERSON} referral_source",
    count_eh2,
    needs=(f"contacts/{DECISION}",),
    knows_after=knows_a_list_of_a_week_later,
)
EH3 = twin(
    "EH3",
    PERCENT,
    "contacts",
    ("annex-a", "cin"),
    EVENTS,
    f"{PERSON} referral_source",
    count_eh3,
    knows_after=knows_a_week_after,
)
