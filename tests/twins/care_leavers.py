"""Care leavers aged 19 to 21 in work or study (CL3), and in neither (CL4)."""

from collections.abc import Callable
from datetime import date

from twins.calendar import birthday_in
from twins.model import PERCENT, SSDA903, Counted, twin
from twins.sources import Record

NO_LONGER_COUNTED = ("DIED", "RHOM")  # died, returned home
NEITHER = ("G4", "G5", "G6")


def count_cl3(record: Record, start: date, end: date) -> list[Counted]:
    """In education, employment or training: any full-time or part-time code."""
    return care_leavers(record, start, end, lambda code: code[0] in "FP")


def count_cl4(record: Record, start: date, end: date) -> list[Counted]:
    return care_leavers(record, start, end, lambda code: code in NEITHER)


def care_leavers(
    record: Record, start: date, end: date, is_in_numerator: Callable[[str], bool]
) -> list[Counted]:
    """All whose 19th, 20th or 21st birthday lies in the year, as the file has them.

    An activity that is empty or "0" is not known, and stays in the denominator.
    """
    found = []
    for row in record.rows_counting_on("care_leavers", end):
        if not turns_19_to_21(row["clea_dob"], start, end):
            continue
        if row["clea_care_leaver_in_touch"] in NO_LONGER_COUNTED:
            continue
        code = row["clea_care_leaver_activity"]
        known = code is not None and code not in ("", "0")
        found.append(
            Counted(
                row["clea_person_id"],
                row,
                end,
                is_in_numerator(code) if known else None,
            )
        )
    return found


def turns_19_to_21(born: date | None, start: date, end: date) -> bool:
    if born is None:
        return False
    return any(
        start <= birthday_in(born, born.year + age) <= end for age in (19, 20, 21)
    )


CL3 = twin(
    "CL3",
    PERCENT,
    "care_leavers",
    SSDA903,
    ("financial_year",),
    "sex ethnicity",
    count_cl3,
)
CL4 = twin(
    "CL4",
    PERCENT,
    "care_leavers",
    SSDA903,
    ("financial_year",),
    "sex ethnicity",
    count_cl4,
)
