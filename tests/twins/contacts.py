"""Contacts (EH1), and those that became referrals (EH3)."""

from dataclasses import replace
from datetime import date, timedelta

from twins.calendar import ONE_DAY, days_from
from twins.front_door import CHILD, referrals
from twins.model import EVENTS, PERCENT, PERSON, RATE, Counted, twin
from twins.sources import Record

A_WEEK = timedelta(days=7)


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
