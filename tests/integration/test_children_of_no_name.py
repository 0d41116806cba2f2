"""What a census says of children without an identifier, of deaths, and by unknown codes."""

from support.cases import Council, ask
from support.census import child, details, write_census

INSIDE = (
    "<Section47><S47ActualStartDate>2024-05-03</S47ActualStartDate>"
    "<DateOfInitialCPC>2024-05-20</DateOfInitialCPC></Section47>"
    "<ReferralNFA>0</ReferralNFA>"
    "<ChildProtectionPlans><CPPstartDate>2024-06-10</CPPstartDate>"
    "</ChildProtectionPlans>"
)
YEAR = ("financial_year", "2025-03-31")


def load(council: Council, *children: str) -> str:
    path = write_census(council.folder.parent / "c.xml", *children, lea="306")
    return council.load(path)


def test_what_stands_under_no_identifier_is_lacking_of_each_table(
    council: Council,
) -> None:
    said = load(
        council,
        child("", details("2024-05-01", INSIDE + "<Assessments></Assessments>")),
        child("A2", details("2024-07-01", INSIDE)),
    )
    assert "A child has no LAchildID" in said
    council.build("2025-06-30", "FD1", "CN1", "CP1", "CP3", "CP5", "AS1")
    for code in ("FD1", "CN1", "CP1", "CP3", "CP5"):
        row = council.figure(code, *YEAR)
        assert (row["numerator"], row["status"]) == (1, "provisional"), code
        assert "1 of 2 lines" in row["held"]
    # The child had no assessment, and none is lacking.
    assert council.figure("AS1", *YEAR)["status"] == "final"


def closed_by_death(inside: str = "") -> str:
    closed = details("2024-05-01", inside, closed="2024-09-01")
    return closed.replace("RC7", "RC2")


def test_who_died_by_the_reason_of_the_closure_is_on_no_plan_and_in_no_need(
    council: Council,
) -> None:
    said = load(
        council,
        child("A1", closed_by_death(INSIDE)),
        child("A2", closed_by_death() + details("2024-11-01")),
        child("A3", details("2024-07-01", INSIDE)),
    )
    assert "The child has died and this has no end" in said
    council.build("2025-06-30", "CN1", "CP5")
    for code in ("CN1", "CP5"):
        row = council.figure(code, *YEAR)
        assert (row["numerator"], row["status"]) == (1, "provisional"), code


def test_a_code_that_no_census_knows_makes_nobody_disabled(council: Council) -> None:
    said = load(
        council,
        *(
            child(f"A{number}", details("2024-05-01"), disability=code)
            for number, code in enumerate(("AUT", "NONE", "XX"))
        ),
    )
    assert "no year of this return knows" in said
    council.build("2025-06-30", "DS1", "CN1")
    row = council.figure("DS1", *YEAR)
    assert (row["numerator"], row["denominator"]) == (1, 3)
    by_disability = {
        row["category"]: row["numerator"]
        for row in ask(council.capsys, council.folder, "CN1")
        if row["breakdown"] == "disability"
        and (row["period_type"], row["period_end"]) == YEAR
    }
    assert by_disability == {"Disabled": 1, "Not disabled": 1, "Not known": 1}
