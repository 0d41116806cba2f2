"""Care leavers in touch, in work or study, in neither, and in suitable homes."""

from collections.abc import Callable
from datetime import date

from twins.calendar import birthday_in
from twins.model import PERCENT, SSDA903, Counted, Row, Twin, twin
from twins.sources import Record

NO_LONGER_COUNTED = ("DIED", "RHOM")  # died, returned home
NEITHER = ("G4", "G5", "G6")


def count_cl3(record: Record, start: date, end: date) -> list[Counted]:
    """In education, employment or training: any full-time or part-time code."""
    return care_leavers(record, start, end, lambda code: code[0] in "FP")


def count_cl4(record: Record, start: date, end: date) -> list[Counted]:
    return care_leavers(record, start, end, lambda code: code in NEITHER)


def count_cl1(record: Record, start: date, end: date) -> list[Counted]:
    """In touch with the local authority: the code YES, and no other."""
    found = []
    for row in those_turning(record, start, end, (19, 20, 21)):
        touch = row["clea_care_leaver_in_touch"]
        known = touch not in (None, "")
        found.append(counted(row, end, (touch == "YES") if known else None))
    return found


def count_cl2(record: Record, start: date, end: date) -> list[Counted]:
    return care_leavers(record, start, end, lambda code: code[0] in "FP", (17, 18))


def count_cl5(record: Record, start: date, end: date) -> list[Counted]:
    return in_suitable_homes(record, start, end, (19, 20, 21))


def count_cl5a(record: Record, start: date, end: date) -> list[Counted]:
    return in_suitable_homes(record, start, end, (17, 18))


def in_suitable_homes(
    record: Record, start: date, end: date, ages: tuple[int, ...]
) -> list[Counted]:
    """Judge by the figure behind the letter: 1 suitable, 2 unsuitable; 0 not known."""
    found = []
    for row in those_turning(record, start, end, ages):
        home = row["clea_care_leaver_accommodation"]
        known = home not in (None, "", "0")
        found.append(counted(row, end, home[-1] == "1" if known else None))
    return found


def care_leavers(
    record: Record,
    start: date,
    end: date,
    is_in_numerator: Callable[[str], bool],
    ages: tuple[int, ...] = (19, 20, 21),
) -> list[Counted]:
    """All whose birthday of one of the ages lies in the year, as the file has them.

    An activity that is empty or "0" is not known, and stays in the denominator.
    """
    found = []
    for row in those_turning(record, start, end, ages):
        code = row["clea_care_leaver_activity"]
        known = code is not None and code not in ("", "0")
        found.append(counted(row, end, is_in_numerator(code) if known else None))
    return found


def those_turning(
    record: Record, start: date, end: date, ages: tuple[int, ...]
) -> list[Row]:
    return [
        row
        for row in record.rows_counting_on("care_leavers", end)
        if turns(row["clea_dob"], start, end, ages)
        and row["clea_care_leaver_in_touch"] not in NO_LONGER_COUNTED
    ]


def counted(row: Row, end: date, hit: bool | None) -> Counted:
    return Counted(row["clea_person_id"], row, end, hit)


def turns(born: date | None, start: date, end: date, ages: tuple[int, ...]) -> bool:
    if born is None:
        return False
    return any(start <= birthday_in(born, born.year + age) <= end for age in ages)


def of_a_year(code: str, count: Callable[..., list[Counted]]) -> Twin:
    return twin(
        code,
        PERCENT,
        "care_leavers",
        SSDA903,
        ("financial_year",),
        "sex ethnicity",
        count,
    )


CL1 = of_a_year("CL1", count_cl1)
CL2 = of_a_year("CL2", count_cl2)
CL3 = of_a_year("CL3", count_cl3)
CL4 = of_a_year("CL4", count_cl4)
CL5 = of_a_year("CL5", count_cl5)
CL5A = of_a_year("CL5a", count_cl5a)
