"""“31/12/9999” and “ongoing” where an end belongs say in every return that there is none."""

import pytest

from support.cases import Council
from support.census import child, details, write_census
from support.sen2_export import one_plan, write_export
from support.ssda903_set import episode, header, write_set


@pytest.mark.parametrize("said", ["31/12/9999", "Ongoing", "31/12/2099 00:00"])
def test_care_that_ends_never_goes_on(council: Council, said: str) -> None:
    kept = [episode("K1", "01/05/2024", said, ended=" "), episode("K2", "01/06/2024")]
    folder = write_set(
        council.folder.parent / "set",
        episodes=kept,
        header=[header("K1"), header("K2")],
    )
    assert "It was read as no end" in council.load(folder)
    council.build("2025-06-30", "LA1")
    row = council.figure("LA1", "financial_year", "2025-03-31")
    assert (row["numerator"], row["status"]) == (2, "final")


def test_a_case_and_a_plan_that_end_never_are_open(council: Council) -> None:
    never = (
        "<ChildProtectionPlans><CPPstartDate>2024-06-10</CPPstartDate>"
        "<CPPendDate>9999-12-31</CPPendDate></ChildProtectionPlans>"
    )
    closed = details("2024-05-01", never, closed="9999-12-31")
    path = write_census(
        council.folder.parent / "c.xml",
        child("A1", closed.replace("<ReasonForClosure>RC7</ReasonForClosure>", "")),
        lea="306",
    )
    assert "It was read as no end" in council.load(path)
    council.build("2025-06-30", "CN1", "CP5")
    for code in ("CN1", "CP5"):
        row = council.figure(code, "financial_year", "2025-03-31")
        assert (row["numerator"], row["status"]) == (1, "final"), code


def test_a_plan_that_ceases_never_is_in_force(council: Council) -> None:
    kept = one_plan(
        plan={"startdate": "2023-04-01", "ceasedate": "9999-12-31"},
        assessment={"assessmentoutcome": "H"},
        active={},
    )
    folder = write_export(council.folder.parent / "sen2", kept)
    assert "It was read as no end" in council.load(folder)
    council.build("2025-06-30", "SN1")
    row = council.figure("SN1", "calendar_year", "2024-12-31")
    assert (row["numerator"], row["status"]) == (1, "final")
