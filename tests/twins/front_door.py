"""Referrals (FD1), re-referrals (FD2) and referrals with no further action (FD3)."""

from datetime import date

from twins.calendar import add_months
from twins.model import Counted, Row
from twins.sources import Record

DATE = "cine_referral_date"
CHILD = "cine_person_id"


def referrals(record: Record, start: date, end: date) -> list[Row]:
    """Every referral of the period; a child may have several."""
    return [
        row for row in record.events("cin_episodes", DATE) if start <= row[DATE] <= end
    ]


def count_fd1(record: Record, start: date, end: date) -> list[Counted]:
    return [counted(row, True) for row in referrals(record, start, end)]


def count_fd2(record: Record, start: date, end: date) -> list[Counted]:
    """Was there an earlier referral in the 12 months before?

    The same day a year earlier is within them; the same day is not earlier.
    """
    return [
        counted(row, has_earlier(record, row)) for row in referrals(record, start, end)
    ]


def has_earlier(record: Record, row: Row) -> bool:
    for other in record.rows.get("cin_episodes", ()):
        if other["authority"] != row["authority"] or other[CHILD] != row[CHILD]:
            continue
        if other[DATE] is None:
            continue
        same_load = other["load_id"] == row["load_id"]
        if not same_load and not record.counts_on("cin_episodes", other, other[DATE]):
            continue
        if add_months(row[DATE], -12) <= other[DATE] < row[DATE]:
            return True
    return False


def count_fd3(record: Record, start: date, end: date) -> list[Counted]:
    """No further action: an empty flag is not known."""
    return [
        counted(row, row["cine_referral_nfa"]) for row in referrals(record, start, end)
    ]


def counted(row: Row, in_numerator: bool | None) -> Counted:
    return Counted(
        row[CHILD],
        row,
        row[DATE],
        in_numerator,
        team=row["cine_referral_team"],
        referral_source=row["cine_referral_source_code"],
    )
