"""Staying put (CL6, CL6a): who left foster care by turning 18, and lives there still."""

from collections.abc import Callable
from datetime import date

from twins.calendar import birthday_in
from twins.care_leavers import counted, those_turning
from twins.care_years import born_of
from twins.looked_after import CHILD, END, SHORT_TERM, START
from twins.model import PERCENT, SSDA903, Counted, Row, Twin, twin
from twins.sources import Record

EPISODES = "cla_episodes"
ACCOMMODATION = "clea_care_leaver_accommodation"
# Went on in care, died, became another authority's.
CARE_DID_NOT_CEASE_HERE = ("X1", "E2", "E3")


def count_staying(
    *ages: int,
) -> Callable[[Record, date, date], list[Counted]]:
    def count(record: Record, start: date, end: date) -> list[Counted]:
        return [
            counted(row, end, lives_with_former_carers(row[ACCOMMODATION]))
            for row in those_turning(record, start, end, ages)
            if ceased_from_foster_care_at_18(record, row)
        ]

    return count


def lives_with_former_carers(code: str | None) -> bool | None:
    """Z is "with former foster carer(s)"; R "residence not known", as is no code."""
    if code in (None, "", "0") or code[0] == "R":
        return None
    return code[0] == "Z"


def ceased_from_foster_care_at_18(record: Record, leaver: Row) -> bool:
    return any(
        was_fostered_until_18(record, row, leaver)
        for row in record.rows.get(EPISODES, ())
        if row["authority"] in record.authorities
        and row[CHILD] == leaver["clea_person_id"]
        and row[START] is not None
    )


def was_fostered_until_18(record: Record, row: Row, leaver: Row) -> bool:
    """Say whether this episode of the return of that year ran up to the birthday."""
    born = born_of(record, row[CHILD], row, row[START]) or leaver["clea_dob"]
    birthday = birthday_in(born, born.year + 18)
    if not record.counts_on(EPISODES, row, birthday):
        return False
    if row["clae_legal_status"] in SHORT_TERM:
        return False
    if (row["clae_cla_placement_type"] or "")[:1] != "U":
        return False
    if row[START] >= birthday or (row[END] is not None and row[END] < birthday):
        return False
    went_on = row["clae_cla_episode_ceased_reason"] in CARE_DID_NOT_CEASE_HERE
    return not (row[END] == birthday and went_on)


def of_ages(code: str, *ages: int, years_before: int = 0) -> Twin:
    return twin(
        code,
        PERCENT,
        "care_leavers",
        SSDA903,
        ("financial_year",),
        "sex ethnicity",
        count_staying(*ages),
        needs=() if years_before else (EPISODES,),
        tells_year_before=(lambda record, load_id: False) if years_before else None,
        months_before=12 * years_before,
        table_before=EPISODES if years_before else "",
    )


CL6 = of_ages("CL6", 19, 20, years_before=2)
CL6A = of_ages("CL6a", 18)
