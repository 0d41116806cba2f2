"""Referrals (FD1), re-referrals (FD2) and referrals with no further action (FD3)."""

from datetime import date

from twins.calendar import add_months
from twins.model import (
    CENSUS_OR_EXTRACT,
    EVENTS,
    PERCENT,
    PERSON,
    RATE,
    Counted,
    Row,
    twin,
)
from twins.sources import Record

DATE = "cine_referral_date"
CHILD = "cine_person_id"


def referrals(record: Record, start: date, end: date) -> list[Row]:
    """Every referral of the period; a child may have several.

    What an extract holds up to seven days after a case that the census has open is
    that case, typed in late: a case already open is no new referral. So is what a census
    holds so soon after an open case of the year before that it does not hold itself: it
    would, since the guide asks for every case open at any time in the year. The census
    before must say so itself: it holds the case as open at 31 March. What came to nothing
    opened no case, and is a referral of its own.
    """
    return [
        row
        for row in record.events("cin_episodes", DATE)
        if start <= row[DATE] <= end and not is_typed_in_late(record, row)
    ]


def is_the_same(row: Row, known: Row) -> bool:
    """Say whether a referral is one that an earlier census dates up to 7 days earlier."""
    return (
        known["return_id"].startswith("cin/")
        and row["authority"] == known["authority"]
        and row[CHILD] == known[CHILD]
        and 1 <= (row[DATE] - known[DATE]).days <= 7
        and known["cine_referral_nfa"] is not True
        and (known["cine_close_date"] is None or known["cine_close_date"] > row[DATE])
    )


def count_fd1(record: Record, start: date, end: date) -> list[Counted]:
    return [counted(row, True) for row in referrals(record, start, end)]


def count_fd2(record: Record, start: date, end: date) -> list[Counted]:
    """Was there an earlier referral in the 12 months before?

    The same day a year earlier is within them; the same day is not earlier. The list
    of an extract may say itself how many there were.
    """
    return [
        counted(row, has_earlier(record, row) or says_earlier(record, row))
        for row in referrals(record, start, end)
    ]


def is_typed_in_late(record: Record, row: Row) -> bool:
    """Say whether a referral is one that the census has already."""
    for known in record.events("cin_episodes", DATE):
        if not is_the_same(row, known):
            continue
        if row["return_id"].startswith("annex-a/"):
            return True
        in_file = record.same_load("cin_episodes", row)
        told = any(r[CHILD] == row[CHILD] and r[DATE] == known[DATE] for r in in_file)
        if (
            row["return_id"] > known["return_id"]
            and not told
            and row["cine_referral_nfa"] is not True
            and is_open_at_the_turn(record, known)
        ):
            return True
    return False


def is_open_at_the_turn(record: Record, known: Row) -> bool:
    """Say whether a census has a case open at the 31 March with which its year ends."""
    turn = date(int(known["return_id"].partition("/")[2]), 3, 31)
    closed = known["cine_close_date"]
    tells = record.counts_on("cin_episodes", known, turn)
    return tells and (closed is None or closed > turn)


def numbers_told(record: Record, load_id: int) -> list[int | None]:
    """List what every line of a load says of referrals in its last 12 months."""
    return [
        row.get("cine_referrals_last_12_months")
        for row in record.rows.get("cin_episodes", ())
        if row["load_id"] == load_id
    ]


def says_earlier(record: Record, row: Row) -> bool:
    """A list in which somebody has 0 leaves the referral itself out of its number."""
    told = row.get("cine_referrals_last_12_months")
    if told is None:
        return False
    others = [n for n in numbers_told(record, row["load_id"]) if n is not None]
    return told >= 1 if 0 in others else told >= 2


def tells_earlier_referrals(record: Record, load_id: int) -> bool:
    """Every line has a number, and it can be told whether it counts the line itself.

    It can where one is 0, and where none of ten or more is.
    """
    told = numbers_told(record, load_id)
    return bool(told) and None not in told and (0 in told or len(told) >= 10)


def has_earlier(record: Record, row: Row) -> bool:
    for other in record.rows.get("cin_episodes", ()):
        if other["authority"] != row["authority"] or other[CHILD] != row[CHILD]:
            continue
        if other[DATE] is None:
            continue
        same_load = other["load_id"] == row["load_id"]
        if not same_load and not record.counts_on("cin_episodes", other, other[DATE]):
            continue
        if not same_load and is_typed_in_late(record, other):
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


REFERRED = f"{PERSON} disability referral_source team"
FD1 = twin(
    "FD1",
    RATE,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    EVENTS,
    REFERRED,
    count_fd1,
    only_census="disability",
)
FD2 = twin(
    "FD2",
    PERCENT,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    EVENTS,
    REFERRED,
    count_fd2,
    only_census="disability",
    tells_year_before=tells_earlier_referrals,
)
FD3 = twin(
    "FD3",
    PERCENT,
    "cin_episodes",
    CENSUS_OR_EXTRACT,
    EVENTS,
    REFERRED,
    count_fd3,
    only_census="disability",
)
