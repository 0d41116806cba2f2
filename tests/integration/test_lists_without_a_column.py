"""A list that lacks the day of an end, a visit or a decision says nothing of it.

Nobody can tell from it that something has not happened: read so, every plan that ended
would be open, and no assessment completed in time.
"""

from datetime import date

import pytest

from support.annex_a import Row, cells_of, plan, referral
from support.cases import Council
from support.invented_returns import workbook_file

_ENDED = "Child Protection Plan End Date"
_VISITED = "Date of the Last Statutory Visit"
_COMPLETED = "Assessment completion date"
_AUTHORISED = "Continuous Assessment Date of Authorisation"
_HELD = "Date of Initial Child Protection Conference"
_STATUS = "Child's Legal Status"
_CEASED = "Date Ceased to be Looked After"
LISTS: dict[int, list[Row]] = {
    2: [
        {
            "Child Unique ID": "A1",
            "Assessment start date": date(2026, 4, 7),
            _COMPLETED: date(2026, 5, 8),
        }
    ],
    3: [referral("A1", date(2026, 8, 3)), referral("A2", date(2026, 9, 30))],
    4: [
        {
            "Child Unique ID": "A1",
            "Continuous Assessment Start Date": date(2026, 8, 3),
            _AUTHORISED: date(2026, 8, 28),
        }
    ],
    5: [
        {
            "Child Unique ID": "A1",
            "Strategy discussion initiating Section 47 Enquiry Start Date": date(
                2026, 8, 3
            ),
            _HELD: date(2026, 8, 20),
        }
    ],
    7: [
        plan("A1", date(2024, 5, 1), **{_ENDED: date(2026, 8, 20)}),
        plan("A2", date(2025, 5, 1), **{_VISITED: date(2026, 9, 20)}),
    ],
    8: [
        {
            "Child Unique ID": key,
            "Date Started to be Looked After": date(2025, 5, 1),
            _STATUS: status,
            _CEASED: ceased,
        }
        for key, status, ceased in (
            ("A1", "C2", date(2026, 8, 20)),
            ("A2", "V4", ""),
            ("A3", "C2", ""),
        )
    ],
}
LAST_DAY = "2026-08-31"


def load_without(council: Council, number: int, heading: str) -> None:
    sheets = {f"List {n}": cells_of(n, rows) for n, rows in LISTS.items()}
    [sheet] = [cells for name, cells in sheets.items() if name == f"List {number}"]
    if heading:
        place = sheet[0].index(heading)
        for row in sheet:
            del row[place]
    path = council.folder.parent / "a.xlsx"
    path.write_bytes(workbook_file("a.xlsx", sheets).data)
    said = council.load(path, as_at="2026-09-30")
    assert not heading or f"has no column {heading}; what it says is not known" in said


@pytest.mark.parametrize(
    ("number", "heading", "code", "end"),
    [
        (2, _COMPLETED, "EH5", "2026-04-30"),
        (4, _AUTHORISED, "AS1", LAST_DAY),
        (5, _HELD, "CP3", LAST_DAY),
        (7, _ENDED, "CP5", LAST_DAY),
        (7, _VISITED, "CP13", "2026-09-30"),
        (8, _STATUS, "LA1", LAST_DAY),
        (8, _CEASED, "LA1", LAST_DAY),
    ],
)
def test_what_rests_on_a_day_that_a_list_lacks_is_not_available(
    council: Council, number: int, heading: str, code: str, end: str
) -> None:
    load_without(council, number, heading)
    council.build("2026-10-15", code)
    assert council.figure(code, "month", end)["status"] == "not_available"


def test_with_its_columns_each_has_its_figure_and_without_one_others_have(
    council: Council,
) -> None:
    load_without(council, 8, "Placement Provider")
    council.build("2026-10-15", "AS1", "CP5", "LA1", "LA3")
    for code in ("AS1", "CP5", "LA1", "LA3"):
        assert council.figure(code, "month", LAST_DAY)["numerator"] == 1, code


def test_a_start_stands_without_the_day_of_its_end(council: Council) -> None:
    load_without(council, 2, _COMPLETED)
    council.build("2026-10-15", "EH4")
    assert council.figure("EH4", "month", "2026-04-30")["numerator"] == 1
