"""Two dates of which one must be wrong: it is said at load, and no figure is final."""

from datetime import date

import pytest

from support.annex_a import annex_a, plan, referral
from support.cases import Council
from support.census import child, details, write_census
from support.sen2_export import one_plan, write_export
from support.ssda903_set import episode, header, write_set

BEFORE = "1 of 2 lines"


def enquiry(start: str, held: str) -> str:
    return details(
        "2024-05-01",
        f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>"
        f"<DateOfInitialCPC>{held}</DateOfInitialCPC></Section47>",
    )


def hold_back(
    council: Council, code: str, kind: str, end: str, *right: float | None
) -> None:
    row = council.figure(code, kind, end)
    assert row["status"] == "provisional", row
    assert BEFORE in row["held"], row["held"]
    assert (row["numerator"], row["denominator"]) == right


def test_a_conference_before_its_enquiry_in_a_census(council: Council) -> None:
    path = council.folder.parent / "census.xml"
    write_census(
        path,
        child("A1", enquiry("2024-06-03", "2024-05-24")),
        child("A2", enquiry("2024-06-03", "2024-06-10")),
        lea="306",
    )
    assert "DateOfInitialCPC lies before S47ActualStartDate" in council.load(path)
    council.build("2025-06-30", "CP3")
    hold_back(council, "CP3", "financial_year", "2025-03-31", 1, 2)


def test_a_conference_before_its_enquiry_in_annex_a(council: Council) -> None:
    begun = "Strategy discussion initiating Section 47 Enquiry Start Date"
    held = "Date of Initial Child Protection Conference"
    rows = [
        {"Child Unique ID": key, begun: date(2026, 6, 8), held: day}
        for key, day in (("A1", date(2026, 6, 1)), ("A2", date(2026, 6, 15)))
    ]
    path = council.folder.parent / "a.xlsx"
    path.write_bytes(annex_a({3: [referral()], 5: rows, 7: [plan()]}).data)
    assert "lies before" in council.load(path, as_at="2026-09-30")
    council.build("2026-09-30", "CP3")
    hold_back(council, "CP3", "month", "2026-06-30", 1, 2)


def test_a_plan_issued_before_it_was_requested(council: Council) -> None:
    def issued(number: int, received: str) -> dict[str, list[dict[str, object]]]:
        return one_plan(
            number,
            request={"receiveddate": received, "requestoutcome": "Y"},
            assessment={
                "assessmentoutcome": "Y",
                "assessmentoutcomedate": "2024-03-01",
                "week20": 0,
            },
            plan={"startdate": "2024-03-01"},
        )

    folder = write_export(
        council.folder.parent / "sen2",
        issued(1, "2024-01-10"),
        issued(2, "2024-05-10"),
    )
    assert "ended before its request was received" in council.load(folder)
    council.build("2025-06-30", "SN4")
    hold_back(council, "SN4", "calendar_year", "2024-12-31", 1, 2)


@pytest.mark.parametrize("code", ["LA1", "LA2"])
def test_care_that_begins_before_birth(council: Council, code: str) -> None:
    folder = write_set(
        council.folder.parent / "set",
        episodes=[episode("K1", "01/05/2024"), episode("K2", "01/06/2024")],
        header=[header("K1", "01/05/2025"), header("K2")],
    )
    assert "begins before the child was born" in council.load(folder)
    council.build("2025-06-30", code)
    hold_back(council, code, "financial_year", "2025-03-31", 2, None)
