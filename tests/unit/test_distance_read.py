"""Reading what case systems add to the episodes: how far from home, and where."""

import pytest

from openscrutiny.record.coverage import column_of
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.ssda903.reader import Ssda903Reader
from support.invented_returns import csv_file, read_one, rules_of, workbook_file

READER = Ssda903Reader()
OWN = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN"
)
YEAR = LoadRequest(year=2025, council="999")
DISTANCE = "clae_cla_placement_distance"
LOCATION = "clae_cla_placement_location"


def read(added: str, *cells: str) -> Reading:
    """Read episodes, each with its cells of the `added` columns."""
    rows = [
        f"C{number},01/05/2024,S,C2,N1,U4,PR1,,,,ZZ1 1ZZ,ZZ2 2ZZ,{cell}"
        for number, cell in enumerate(cells, start=1)
    ]
    return read_one(READER, csv_file("e.csv", f"{OWN}{added}", *rows), request=YEAR)


@pytest.mark.parametrize(
    ("text", "miles"),
    [
        ("0", 0.0),
        ("0.0", 0.0),
        ("20.0", 20.0),
        ("20.05", 20.05),
        (" 312.4 ", 312.4),
        ("", None),
        ("999.9", None),
        ("999.90", None),
        ("NULL", None),
    ],
)
def test_miles_are_kept_as_written_and_what_stands_for_none_is_none(
    text: str, miles: float | None
) -> None:
    reading = read(",DISTANCE", f",{text}")

    assert reading.tables["cla_episodes"][DISTANCE].to_list() == [miles]
    assert "number" not in rules_of(reading)


@pytest.mark.parametrize("text", ["-3.2", "1200", "20 miles", "ZZ1 1ZZ", "12,5"])
def test_what_is_no_distance_is_left_empty_and_told_without_its_value(
    text: str,
) -> None:
    reading = read(",DISTANCE", f',"{text}"', ",4.0")

    assert reading.tables["cla_episodes"][DISTANCE].to_list() == [None, 4.0]
    [told] = [one for one in reading.problems if one.rule == "number"]
    assert told.field == "DISTANCE" and text not in told.message
    [gap] = reading.gaps
    assert gap.unread == {DISTANCE: 1}


def test_where_a_placement_is_may_be_in_the_area_or_out() -> None:
    reading = read(",DISTANCE,PL_LOCATION", ",1.0,in", ",2.0,OUT", ",3.0,", ",4.0,NEAR")

    assert reading.tables["cla_episodes"][LOCATION].to_list() == [
        *("IN", "OUT"),
        *(None, None),
    ]
    assert [one.line for one in reading.problems if one.field == "PL_LOCATION"] == [5]


@pytest.mark.parametrize(
    ("added", "cells", "told"),
    [
        ("", [""], []),
        (",DISTANCE,PL_LA,PL_LOCATION", [",,,"], []),
        (",DISTANCE,PL_LA,PL_LOCATION", [",999.9,,", ",,,"], []),
        (",DISTANCE", [",1.0", ","], [DISTANCE]),
        (",PL_LOCATION", [",IN"], [LOCATION]),
        (",DISTANCE,PL_LOCATION", [",1.0,IN"], [DISTANCE, LOCATION]),
    ],
)
def test_a_file_tells_of_what_it_has_filled_in_alone(
    added: str, cells: list[str], told: list[str]
) -> None:
    reading = read(added, *cells)

    assert [*reading.covers] == [
        "cla_episodes",
        *(column_of("cla_episodes", column) for column in told),
    ]
    assert not reading.problems


def test_a_sheet_of_a_workbook_may_have_them_too() -> None:
    row = ["C1", "01/05/2024", "S", "C2", "N1", "U4", "PR1", *[""] * 6, 20.1, "OUT"]
    book = workbook_file(
        "book.xlsx", {"episodes": [[*OWN.split(","), "DISTANCE", "PL_LOCATION"], row]}
    )
    reading = read_one(READER, book, request=YEAR)

    table = reading.tables["cla_episodes"]
    assert table.select(DISTANCE, LOCATION).rows() == [(20.1, "OUT")]
