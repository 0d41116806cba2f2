"""One identifier with two days of birth may be two children: no count is final."""

from datetime import date
from pathlib import Path

import pytest

from support.annex_a import Row, annex_a, cells_of, plan, referral
from support.cases import Council
from support.census import child, details, write_census
from support.sen2_export import one_plan, write_export
from support.ssda903_set import episode, header, write_set

TWICE = "1 fact stands more than once, and not alike"


def told(council: Council, code: str, kind: str, end: str) -> tuple[object, ...]:
    """Give the count, its status, and whether the doubt is said."""
    row = council.figure(code, kind, end)
    return row["numerator"], row["status"], TWICE in str(row["held"])


def test_in_a_census(council: Council) -> None:
    path = council.folder.parent / "census.xml"
    write_census(
        path,
        child("A1", details("2024-05-01"), born="2010-01-01"),
        child("A1", details("2024-06-01"), born="2018-01-01"),
        lea="306",
    )
    council.load(path)
    council.build("2025-06-30", "CN1")
    assert told(council, "CN1", "financial_year", "2025-03-31") == (
        1,
        "provisional",
        True,
    )


def test_in_ssda903(council: Council) -> None:
    folder = write_set(
        council.folder.parent / "set",
        episodes=[episode("K1", "01/05/2024"), episode("K1", "01/06/2024")],
        header=[header("K1"), header("K1", "01/01/2018")],
    )
    council.load(folder)
    council.build("2025-06-30", "LA1")
    assert told(council, "LA1", "financial_year", "2025-03-31") == (
        1,
        "provisional",
        True,
    )


def test_in_sen2(council: Council) -> None:
    first, second = (
        one_plan(
            number,
            request={"receiveddate": f"2024-0{number}-10", "requestoutcome": "Y"},
            assessment={
                "assessmentoutcome": "Y",
                "assessmentoutcomedate": "2024-05-01",
            },
            plan={"startdate": f"2024-05-0{number}"},
        )
        for number in (1, 2)
    )
    second["person"][0] |= {
        "upn": first["person"][0]["upn"],
        "personbirthdate": "2009-09-09",
    }
    council.load(write_export(council.folder.parent / "sen2", first, second))
    council.build("2025-06-30", "SN1")
    assert told(council, "SN1", "calendar_year", "2024-12-31") == (
        1,
        "provisional",
        True,
    )


BORN = date(2015, 6, 1)


def lists_of(second: date) -> dict[int, list[Row]]:
    """Give referrals and a plan of one child, the plan with a day of birth of its own."""
    first = dict(referral("A1", date(2025, 2, 3))) | {"Date of Birth": BORN}
    planned = plan("A1", date(2025, 2, 10), **{"Date of Birth": second})
    return {3: [first, referral("A2", date(2025, 3, 20))], 7: [planned]}


def write_lists(folder: Path, lists: dict[int, list[Row]]) -> Path:
    """Write lists as CSV files."""
    folder.mkdir()
    for number, own in lists.items():
        headings, *cells = cells_of(number, own)
        lines = [",".join(f'"{heading}"' for heading in headings)]
        for row in cells:
            told = (f"{c:%d/%m/%Y}" if isinstance(c, date) else str(c) for c in row)
            lines.append(",".join(told))
        text = "\n".join(lines) + "\n"
        (folder / f"List {number}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("born", [BORN, date(2007, 1, 1)])
@pytest.mark.parametrize("as_workbook", [False, True])
def test_in_lists_of_annex_a(born: date, as_workbook: bool, council: Council) -> None:
    """Which of two days the child was born decides the age band of everything told."""
    if as_workbook:
        path = council.folder.parent / "annex_a.xlsx"
        path.write_bytes(annex_a(lists_of(born)).data)
    else:
        path = write_lists(council.folder.parent / "lists", lists_of(born))
    said = council.load(path)
    is_doubted = born != BORN
    assert ("1 child has more than one day of birth" in said) is is_doubted
    council.build("2025-03-31", "FD1", "CP1")
    row = council.figure("FD1", "month", "2025-02-28")
    assert (row["numerator"], row["status"]) == (1, "provisional")
    assert (TWICE in str(row["held"])) is is_doubted


def test_one_day_of_birth_written_in_two_ways_is_one(council: Council) -> None:
    path = council.folder.parent / "census.xml"
    write_census(
        path,
        child("A1", details("2024-05-01"), born="2015-06-01"),
        child("A1", details("2024-06-01"), born="2015-06-01T00:00:00"),
        lea="306",
    )
    council.load(path)
    council.build("2025-06-30", "CN1")
    row = council.figure("CN1", "financial_year", "2025-03-31")
    assert (row["numerator"], row["status"], row["held"]) == (1, "final", ""), row
