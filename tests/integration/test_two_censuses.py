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
        # The second came to nothing: it is no case that was open before.
        (details(FIRST), (details(SECOND, nfa="1"),)),
        # The first was closed at the turn of the year, or a day after it.
        (details(FIRST, closed="2024-03-31"), (details(SECOND),)),
        (details(FIRST, closed="2024-04-01"), (details(SECOND),)),
        # More than seven days lie between them.
        (details("2024-03-25"), (details(SECOND),)),
    ],
)
def test_two_referrals_stay_two(
    before: str, after: tuple[str, ...], council: Council
) -> None:
    assert count(council, before, *after) == (1, 1)


def test_a_case_that_was_closed_later_is_left_out_as_an_open_one(
    council: Council,
) -> None:
    closed_in_may = details(FIRST, closed="2024-05-10")
    assert count(council, closed_in_may, details(SECOND, closed="2024-05-10")) == (1, 0)


def test_beside_a_case_of_another_day_what_came_to_nothing_counts(
    council: Council,
) -> None:
    nothing = details("2024-04-03", nfa="1")
    assert count(council, details(FIRST), details(SECOND), nothing) == (1, 1)


def test_a_census_made_before_the_turn_of_the_year_does_not_say_what_was_open_then(
    council: Council,
) -> None:
    """The case may have been closed on 30 March: the referral of April counts."""
    for year, referral, made in ((2024, FIRST, "2024-03-29"), (2025, SECOND, "")):
        path = council.folder.parent / f"{year}.xml"
        write_census(path, child("A1", details(referral)), year=year, lea="306")
        council.load(path, as_at=made)
    council.build("2025-06-30", "FD1")
    row = council.figure("FD1", "financial_year", "2025-03-31")
    assert (row["numerator"], row["status"]) == (1, "final")
    before = council.figure("FD1", "financial_year", "2024-03-31")
    assert before["status"] != "final"


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


def test_the_file_that_lost_its_zeros_is_named_and_how_many_match_surely(
    council: Council,
) -> None:
    """Two children match one to one with one day of birth, one has another, one two."""
    before = {"0012": "2015-06-01", "0013": "2014-01-01", "0014": "2013-01-01",
              "0015": "2012-01-01", "015": "2012-01-01"}  # fmt: skip
    after = {"12": "2015-06-01", "13": "2014-01-01", "14": "2001-01-01",
             "15": "2012-01-01"}  # fmt: skip
    said = {}
    for first, second in (
        ((2024, before), (2025, after)),
        ((2025, after), (2024, before)),
    ):
        for year, keys in (first, second):
            path = council.folder.parent / f"{year}.xml"
            referral = details(f"{year - 1}-05-01", closed=f"{year - 1}-06-01")
            own = [child(key, referral, born=born) for key, born in keys.items()]
            write_census(path, *own, year=year, lea="306")
            said[year] = council.load(path)
        if first[0] == 2024:
            assert (
                "capitals: 4, the first on this line, as in load 1 (2024.xml)"
                in said[2025]
            )
            assert (
                "Of them 2 have the same day of birth and match one child alone; 2 may"
                in said[2025]
            )
            assert "This file has lost leading zeros" in said[2025]
            council.run("loads", "--undo", "1")
            council.run("loads", "--undo", "2")
    # The other way round it is the file of the load before.
    assert "as in load 3 (2025.xml)" in said[2024]
    assert "The file of load 3 has lost leading zeros" in said[2024]
    assert "Take load 3 back first" in said[2024]


# ------------------------------------------------------ what stands in a case


def load_both(council: Council, before: str, after: str) -> None:
    for year, inside in ((2024, before), (2025, after)):
        path = council.folder.parent / f"{year}.xml"
        case = details("2024-02-01", inside)
        write_census(path, child("A1", case), year=year, lea="306")
        council.load(path)


def both_years(council: Council, code: str, part: str = "numerator") -> list[float]:
    council.build("2025-06-30", code)
    return [
        council.figure(code, "financial_year", f"{year}-03-31")[part]
        for year in (2024, 2025)
    ]


def plan(start: str, end: str = "") -> str:
    ended = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    return (
        f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{ended}"
        "<NumberOfPreviousCPP>0</NumberOfPreviousCPP></ChildProtectionPlans>"
    )


def assessment(start: str, end: str) -> str:
    return (
        f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>"
        f"<AssessmentAuthorisationDate>{end}</AssessmentAuthorisationDate></Assessments>"
    )


def enquiry(start: str, held: str) -> str:
    return (
        f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>"
        f"<DateOfInitialCPC>{held}</DateOfInitialCPC></Section47>"
    )


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        (plan(FIRST), plan(SECOND), [1, 0]),
        # The later census holds both, or the first had ended: they are two.
        (plan(FIRST), plan(FIRST, "2024-04-01") + plan(SECOND), [1, 1]),
        (plan(FIRST, "2024-03-30"), plan(SECOND), [1, 1]),
        (plan("2024-03-25"), plan(SECOND), [1, 1]),
    ],
)
def test_a_plan_begins_once(
    council: Council, before: str, after: str, counts: list[float]
) -> None:
    load_both(council, before, after)
    assert both_years(council, "CP6") == counts
    assert both_years(council, "CP7", "denominator") == counts


@pytest.mark.parametrize("again", [SECOND, "2024-11-04"])
def test_a_plan_ends_once(council: Council, again: str) -> None:
    begun = "2021-06-01"
    load_both(council, plan(begun, FIRST), plan(begun, again))
    assert both_years(council, "CP10", "denominator") == [1, 0]


def test_an_assessment_is_completed_once_and_another_again(council: Council) -> None:
    load_both(
        council,
        assessment("2024-02-05", FIRST),
        assessment("2024-02-05", SECOND) + assessment("2024-02-06", SECOND),
    )
    assert both_years(council, "AS1") == [1, 1]


def test_an_enquiry_leads_to_one_conference(council: Council) -> None:
    load_both(
        council,
        enquiry("2024-03-18", FIRST),
        enquiry("2024-03-18", SECOND) + enquiry("2024-03-20", "2024-04-05"),
    )
    assert both_years(council, "CP3", "denominator") == [1, 1]
