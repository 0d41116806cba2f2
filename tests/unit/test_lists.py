"""A return of lists is read by its layouts alone: from CSV and from workbooks."""

from datetime import date

import pytest

from openscrutiny.layouts.layout import (
    DATE,
    IDENTIFIER,
    LABEL,
    Column,
    Layout,
    Span,
    meaning,
    not_read,
)
from openscrutiny.layouts.returns import Origin, Return
from openscrutiny.returns.lists import ListReader
from openscrutiny.returns.reading import LoadRequest
from support.invented_returns import (
    MemoryFile,
    csv_file,
    read_one,
    refusal,
    rules_of,
    workbook_file,
)

EPISODES = Layout(
    "early help list",
    "early help episodes",
    "early_help_episodes",
    (
        Column("Child ref", IDENTIFIER, "earl_person_id", required=True),
        Column(
            "Opened",
            DATE,
            "earl_episode_start_date",
            required=True,
            known_as=("Start date",),
            flow=True,
        ),
        Column("Closed", DATE, "earl_episode_end_date", lacking="tell"),
        Column("Agency", LABEL, "earl_episode_organisation"),
        *not_read("Worker"),
    ),
    told_by=("Child ref", "Opened"),
    spans=(Span("earl_episode_start_date", "earl_episode_end_date"),),
    months=6,
    noun="",
)
CONTACTS = Layout(
    "contact list",
    "contacts",
    "contacts",
    (
        Column("Child ref", IDENTIFIER, "cont_person_id", required=True),
        Column("Contacted", DATE, "cont_contact_date", required=True, flow=True),
        Column("From", meaning({"S": "2A"}), "cont_contact_source_code"),
        Column("Born", DATE, "pers_dob", lacking="pass", table="person"),
    ),
    told_by=("Child ref", "Contacted"),
    months=3,
)
OF = Return(
    "own-lists",
    "Own lists",
    Origin.EXTRACT,
    layouts={each.name: each for each in (EPISODES, CONTACTS)},
    by_day=True,
)
READER = ListReader(OF)
HEAD = "Child ref,OPENED,closed,Agency,Worker"


def list_file(*lines: str, head: str = HEAD) -> MemoryFile:
    return csv_file("list.csv", head, *lines)


def test_a_list_is_typed_and_covers_the_months_that_it_looks_back() -> None:
    reading = read_one(READER, list_file("A1,01/04/2026,30/06/2026,Hub,Somebody"))
    (table,) = reading.tables.values()

    assert table.drop("file").rows() == [
        ("A1", date(2026, 4, 1), date(2026, 6, 30), "Hub", 2)
    ]
    assert reading.covers == {
        "early_help_episodes": (date(2025, 12, 31), date(2026, 6, 30))
    }
    assert (reading.period_end, reading.year) == (date(2026, 6, 30), 2027)
    assert (reading.authority, reading.problems) == ("999", ())


def test_the_day_may_be_said() -> None:
    request = LoadRequest(council="999", as_at=date(2026, 5, 31))
    reading = read_one(
        READER, list_file("A1,01/04/2026,30/06/2026,Hub,"), request=request
    )

    assert reading.period_end == date(2026, 5, 31)
    assert rules_of(reading) == [(2, "Closed", "future")]


def test_another_spelling_is_the_heading_and_a_lacking_column_is_told() -> None:
    reading = read_one(
        READER, list_file("A1,01/04/2026,Hub", head="child REF,Start date,Agency")
    )

    assert rules_of(reading) == [(0, "Closed", "column")]
    assert reading.tables["early_help_episodes"]["earl_episode_end_date"].to_list() == [
        None
    ]


def test_a_list_without_a_column_that_it_must_have_is_refused() -> None:
    refused = refusal(
        READER, list_file("A1,01/04/2026,Hub", head="Child ref,Opened,The agency")
    )

    assert "early help list has no column Agency (it has The agency)" in refused.message
    assert (refused.line, refused.field, refused.rule) == (1, "Agency", "column")


def test_rows_are_rejected_and_counted_each_with_its_line() -> None:
    reading = read_one(
        READER,
        list_file(
            "A1,01/04/2026,,Hub,",
            ",01/04/2026,,Hub,",
            "A2,not a day,,Hub,",
            "A3,02/05/2026,01/05/2026,Hub,",
            "A1,01/04/2026,,Hub,",
        ),
    )

    assert (reading.rows_read, reading.rows_rejected) == (5, 4)
    assert sorted((line, rule) for line, _, rule in rules_of(reading)) == [
        (3, "missing"),
        (4, "date"),
        (5, "order"),
        (6, "repeat"),
    ]


def test_sheets_of_a_workbook_are_lists_by_their_headings() -> None:
    day = date(2026, 6, 1)
    book = {
        "Notes": [["Invented"]],
        "one": [["Child ref", "Opened", "Closed", "Agency"], ["A1", day, None, "Hub"]],
        "two": [["Child ref", "Contacted", "From"], ["A1", day, "S"]],
    }
    reading = read_one(READER, workbook_file("lists.xlsx", book))

    assert set(reading.tables) == {"early_help_episodes", "contacts", "person"}
    assert reading.tables["contacts"]["file"].to_list() == ["lists.xlsx!two"]
    assert reading.tables["contacts"]["cont_contact_source_code"].to_list() == ["2A"]
    assert reading.covers["contacts"] == (date(2026, 3, 2), day)
    twice = {**book, "three": book["two"]}
    assert "the same list" in refusal(READER, workbook_file("x.xlsx", twice)).message


def test_what_a_list_says_of_the_children_is_one_row_a_child() -> None:
    reading = read_one(
        READER,
        list_file(
            "A1,01/04/2026,S,01/05/2015",
            "A1,02/04/2026,S,02/05/2015",
            "A2,03/04/2026,S,",
            head="Child ref,Contacted,From,Born",
        ),
    )
    people = reading.tables["person"].select("pers_person_id", "pers_dob", "line")

    assert people.rows() == [("A1", date(2015, 5, 1), 2), ("A2", None, 4)]
    assert [rule for _, _, rule in rules_of(reading)] == ["two-births", "differs"]
    assert [(g.table, g.rows, g.differ) for g in reading.gaps] == [
        ("contacts", 3, 1),
        ("person", 3, 1),
    ]


def test_what_may_be_a_persons_name_does_not_stay() -> None:
    lines = [f"A{n},{n % 27 + 1:02}/04/2026,,North team,Zed" for n in range(1, 40)]
    reading = read_one(READER, list_file(*lines, "B1,01/05/2026,,Zebedee Larkspur,Zed"))
    said = str(reading.tables) + str([t.rows() for t in reading.tables.values()])

    assert "lone-team" in {rule for _, _, rule in rules_of(reading)}
    assert "Zebedee" not in said + str(reading.problems) and "Zed" not in said


@pytest.mark.parametrize("head", ["Child ref,Worker", "a,b", "", '"'])
def test_any_other_file_is_none_of_it(head: str) -> None:
    assert READER.recognise(list_file(head=head)) is None


def test_a_list_without_a_day_is_refused() -> None:
    message = refusal(READER, list_file(",,,Hub,", "A1,,,Hub,")).message
    assert message.startswith("Not one row of the early help list can be read")
