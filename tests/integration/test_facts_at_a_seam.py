"""One fact that two extracts, or two yearly returns of plans, date on either side of a seam."""

from datetime import date

import pytest

from support.annex_a import Row, annex_a, plan, referral
from support.cases import Council
from support.sen2_export import Lines, one_plan, write_export

BEFORE, AFTER = date(2026, 3, 30), date(2026, 4, 2)
_ENDED = "Child Protection Plan End Date"


def lists(day: date, fill: date) -> dict[int, list[Row]]:
    """A1’s assessment and conference, a plan of A1’s that began and one of A2’s that ended."""
    return {
        3: [referral("Z1", fill)],
        4: [
            {
                "Child Unique ID": "A1",
                "Continuous Assessment Start Date": date(2026, 2, 2),
                "Continuous Assessment Date of Authorisation": day,
            }
        ],
        5: [
            {
                "Child Unique ID": "A1",
                "Strategy discussion initiating Section 47 Enquiry Start Date": date(
                    2026, 3, 10
                ),
                "Date of Initial Child Protection Conference": day,
            }
        ],
        7: [plan("A1", day), plan("A2", date(2025, 1, 5), **{_ENDED: day})],
    }


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("AS1", "numerator"),
        ("CP3", "denominator"),
        ("CP6", "numerator"),
        ("CP10", "denominator"),
    ],
)
@pytest.mark.parametrize(("later", "again"), [(AFTER, 0), (date(2026, 4, 8), 1)])
def test_what_two_extracts_date_within_a_week_counts_once(
    council: Council, code: str, part: str, later: date, again: int
) -> None:
    for made, day, fill in (
        ("2026-03-31", BEFORE, date(2026, 3, 20)),
        ("2026-09-30", later, date(2026, 9, 20)),
    ):
        path = council.folder.parent / f"{made}.xlsx"
        path.write_bytes(annex_a(lists(day, fill)).data)
        council.load(path, as_at=made)
    council.build("2026-10-15", code)
    assert council.figure(code, "month", "2026-03-31")[part] == 1
    assert (council.figure(code, "month", "2026-04-30")[part] or 0) == again


def decided(number: int, received: str, outcome: str, on: str) -> Lines:
    return one_plan(
        number,
        request={"receiveddate": received, "requestoutcome": "Y"},
        assessment={
            "assessmentoutcome": outcome,
            "assessmentoutcomedate": on,
            "week20": 0,
        },
    )


@pytest.mark.parametrize(
    ("received", "outcome", "of_2024"),
    [
        ("2023-09-01", "Y", 1),  # issued already, by the return of the year before
        ("2023-09-02", "Y", 2),  # another request of the child
        ("2023-09-01", "N", 1),  # what was refused since was not issued
    ],
)
def test_a_plan_of_a_request_is_issued_once(
    council: Council, received: str, outcome: str, of_2024: int
) -> None:
    first = decided(1, "2023-09-01", "Y", "2023-12-15")
    again = decided(1, received, outcome, "2024-01-04")
    other = decided(2, "2024-02-01", "Y", "2024-05-01")
    for year, children in ((2023, [first]), (2024, [again, other])):
        header = {"year": year + 1, "referencedate": f"{year + 1}-01-16"}
        folder = council.folder.parent / str(year)
        council.load(write_export(folder, *children, header=header))
    council.build("2025-06-30", "SN4", "SN5", "SN6")
    for code in ("SN4", "SN5"):
        row = council.figure(code, "calendar_year", "2024-12-31")
        assert row["denominator"] == of_2024, code
    row = council.figure("SN6", "calendar_year", "2024-12-31")
    assert row["numerator"] == of_2024
    before = council.figure("SN4", "calendar_year", "2023-12-31")
    assert before["denominator"] == 1
