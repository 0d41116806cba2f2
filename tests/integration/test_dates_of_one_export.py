"""Dates with the month first, of which some could be read with the day first too."""

import csv
from datetime import date
from pathlib import Path

from support.annex_a import Row, cells_of, plan, referral
from support.cases import Council
from support.census import child, details, write_census
from support.sen2_export import one_plan, write_export
from support.ssda903_set import episode, write_set


def month_first(day: date) -> str:
    return day.strftime("%m/%d/%Y")


def test_an_end_of_care_follows_the_starts_beside_it(council: Council) -> None:
    """On 3 August, as 08/03 is where the starts say 05/13; on 8 March there was none."""
    folder = write_set(
        council.folder.parent / "set",
        episodes=[
            episode("K1", "05/13/2024", "08/03/2024"),
            episode("K2", "09/04/2024"),
            episode("K3", "11/25/2024"),
        ],
        header=[f"K{n},F,05/04/2012,WBRI,UN1,," for n in (1, 2, 3)],
    )
    said = council.load(folder)
    assert "DEC are possible with the day or the month first" in said
    council.build("2025-06-30", "LA1", "LA3")
    row = council.figure("LA3", "month", "2024-08-31")
    assert (row["numerator"], row["status"]) == (1, "final")
    assert council.figure("LA1", "month", "2024-07-31")["numerator"] == 1
    assert council.figure("LA1", "month", "2024-09-30")["numerator"] == 1


def write_lists(folder: Path, lists: dict[int, list[Row]]) -> Path:
    folder.mkdir()
    for number, rows in lists.items():
        cells = [
            [month_first(c) if isinstance(c, date) else c for c in row]
            for row in cells_of(number, rows)
        ]
        path = folder / f"List {number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(cells)
    return folder


def test_a_list_of_one_line_follows_the_other_lists(council: Council) -> None:
    begun = "Strategy discussion initiating Section 47 Enquiry Start Date"
    lists: dict[int, list[Row]] = {
        3: [referral("A1", date(2026, 7, 1)), referral("A2", date(2026, 9, 28))],
        5: [{"Child Unique ID": "A1", begun: date(2026, 8, 3)}],
        7: [plan("A1", date(2026, 5, 1))],
    }
    council.load(write_lists(council.folder.parent / "lists", lists))
    council.build("2026-10-15", "CP1", "CP6")
    assert council.figure("CP1", "month", "2026-08-31")["numerator"] == 1
    assert council.figure("CP6", "month", "2026-05-31")["numerator"] == 1


def test_an_end_of_a_plan_follows_the_referrals_of_its_census(
    council: Council,
) -> None:
    path = council.folder.parent / "census.xml"
    protected = (
        "<ChildProtectionPlans><CPPstartDate>06/10/2024</CPPstartDate>"
        "<CPPendDate>08/09/2024</CPPendDate></ChildProtectionPlans>"
    )
    write_census(
        path,
        child("A1", details("05/13/2024", protected)),
        child("A2", details("05/14/2024")),
        lea="306",
    )
    council.load(path)
    council.build("2025-06-30", "CP5", "CP6")
    assert council.figure("CP6", "month", "2024-06-30")["numerator"] == 1
    assert council.figure("CP5", "month", "2024-07-31")["numerator"] == 1
    assert council.figure("CP5", "month", "2024-08-31")["numerator"] == 0


def test_a_day_of_issue_follows_the_requests_of_its_export(council: Council) -> None:
    def issued(
        number: int, received: str, on: str
    ) -> dict[str, list[dict[str, object]]]:
        return one_plan(
            number,
            request={"receiveddate": received, "requestoutcome": "Y"},
            assessment={
                "assessmentoutcome": "Y",
                "assessmentoutcomedate": on,
                "week20": 0,
            },
            plan={"startdate": on},
        )

    folder = write_export(
        council.folder.parent / "sen2",
        issued(1, "01/15/2024", "04/05/2024"),
        issued(2, "02/20/2024", "07/08/2024"),
    )
    council.load(folder)
    council.build("2025-06-30", "SN4")
    row = council.figure("SN4", "calendar_year", "2024-12-31")
    assert (row["numerator"], row["denominator"], row["status"]) == (2, 2, "final")
