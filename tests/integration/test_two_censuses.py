"""What two censuses tell of one child: another date, and another spelling of its name."""

import pytest

from support.cases import Council
from support.census import child, details, write_census

FIRST, SECOND = "2024-03-28", "2024-04-02"


def count(council: Council, before: str, *after: str) -> tuple[float, float]:
    """Load the census of 2024 and that of 2025; give FD1 of both years."""
    for year, referrals in ((2024, [before]), (2025, after)):
        path = council.folder.parent / f"{year}.xml"
        write_census(path, child("A1", "".join(referrals)), year=year, lea="306")
        council.load(path)
    council.build("2025-06-30", "FD1", "FD2")
    first, second = (
        council.figure("FD1", "financial_year", f"{year}-03-31")["numerator"]
        for year in (2024, 2025)
    )
    return first, second


def test_an_open_case_with_another_date_is_no_new_referral(council: Council) -> None:
    assert count(council, details(FIRST), details(SECOND)) == (1, 0)
    again = council.figure("FD2", "financial_year", "2025-03-31")
    assert (again["numerator"], again["status"]) == (0, "not_available")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The later census holds both: they are two.
        (details(FIRST), (details(FIRST, closed="2024-04-01"), details(SECOND))),
        # The first was closed, or came to nothing, before the second.
        (details(FIRST, closed="2024-03-30"), (details(SECOND),)),
        (details(FIRST, nfa="1"), (details(SECOND),)),
        # More than seven days lie between them.
        (details("2024-03-25"), (details(SECOND),)),
    ],
)
def test_two_referrals_stay_two(
    before: str, after: tuple[str, ...], council: Council
) -> None:
    assert count(council, before, *after) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("0012", "12", True),  # a spreadsheet took the zeros
        ("ab1", "AB1", True),
        ("0012", "0012", False),
        ("0012", "13", False),
    ],
)
def test_an_identifier_spelt_otherwise_than_last_year_is_told(
    before: str, after: str, told: bool, council: Council
) -> None:
    """It is another child to what looks back, and would be no re-referral in silence."""
    said = ""
    for year, key in ((2024, before), (2025, after)):
        path = council.folder.parent / f"{year}.xml"
        referral = details(f"{year - 1}-05-01", closed=f"{year - 1}-06-01")
        write_census(path, child(key, referral), year=year, lea="306")
        said = council.load(path)
    assert ("other leading zeros or capitals: 1, the first" in said) is told
    assert f'"{after}"' not in said
