"""Early help assessed in time (EH5), and followed by a referral (EH8)."""

from datetime import date

from twins.calendar import ONE_DAY, add_months, days_from, working_days_after
from twins.front_door import CHILD, DATE, referrals
from twins.model import EVENTS, PERCENT, PERSON, Counted, Row, twin
from twins.sources import Record

START = "earl_episode_start_date"
END = "earl_episode_end_date"


def started(record: Record, start: date, end: date) -> list[Row]:
    rows = record.events("early_help_episodes", START)
    return [row for row in rows if start <= row[START] <= end]


def count_eh5(record: Record, start: date, end: date) -> list[Counted]:
    """Was it completed within 45 working days? The day of the start is day 0."""
    found = []
    for row in started(record, start, end):
        in_time = (
            row[END] is not None and working_days_after(row[START], row[END]) <= 45
        )
        found.append(Counted(row["earl_person_id"], row, row[START], in_time))
    return found


def knows_three_months_after(record: Record, days: list[date], end: date) -> bool:
    """Was the list that tells of each day made three months after it, or later?"""
    sources = ((day, record.source_for("early_help_episodes", day)) for day in days)
    return all(
        source is not None and source.last >= add_months(day, 3)
        for day, source in sources
    )


def count_eh8(record: Record, start: date, end: date) -> list[Counted]:
    """Was the child referred after it began, within 12 months?"""
    found = []
    for row in started(record, start, end):
        child = row["earl_person_id"]
        after = referrals(record, row[START], add_months(row[START], 12))
        stepped_up = any(r[CHILD] == child and r[DATE] > row[START] for r in after)
        found.append(Counted(child, row, row[START], stepped_up))
    return found


def knows_a_year_after(record: Record, days: list[date], end: date) -> bool:
    return all(
        record.source_for("cin_episodes", day) is not None
        for day in days_from(end + ONE_DAY, add_months(end, 12))
    )


EH5 = twin(
    "EH5",
    PERCENT,
    "early_help_episodes",
    ("annex-a",),
    EVENTS,
    PERSON,
    count_eh5,
    knows_after=knows_three_months_after,
)
EH8 = twin(
    "EH8",
    PERCENT,
    "early_help_episodes",
    ("annex-a", "cin"),
    EVENTS,
    PERSON,
    count_eh8,
    knows_after=knows_a_year_after,
)
