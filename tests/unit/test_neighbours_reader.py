"""Statistical neighbours: lists of ten, whole or not at all, under a named model."""

import pytest

from openscrutiny.returns.published.neighbours import NeighboursReader
from openscrutiny.returns.reading import LoadRequest
from support.invented_returns import (
    csv_file,
    folder_files,
    read_one,
    refusal,
    rules_of,
    workbook_file,
)

READER = NeighboursReader()
HEADING = "old_la_code,la_name," + ",".join(f"SN_{n},SN_{n}P" for n in range(1, 11))
ONE_TO_TEN = list(range(301, 311))


def file_named(name):
    return next(f for f in folder_files("published") if f.name == name)


def line(code, name, neighbours=ONE_TO_TEN, closeness="Close "):
    return f"{code},{name}," + ",".join(f"{n},{closeness}" for n in neighbours)


def wide(*lines, name="sn_2025.csv"):
    return csv_file(name, HEADING, *lines, encoding="utf-8-sig")


def lists(reading):
    found = {}
    for row in reading.tables["neighbours"].sort("area_code", "position").to_dicts():
        found.setdefault(row["area_code"], []).append(row["neighbour_code"])
    return found


@pytest.mark.parametrize(
    "name", ["invented_sn_model_2025_wide.csv", "invented_sn_may_2025.xlsx"]
)
def test_a_line_for_each_authority_gives_ten_neighbours_in_order(name):
    reading = read_one(READER, file_named(name))

    codes = [str(n) for n in ONE_TO_TEN]
    assert lists(reading) == {"298": codes, "297": codes[::-1]}
    assert (reading.rows_read, reading.rows_rejected, reading.problems) == (2, 0, ())
    assert set(reading.tables["neighbours"]["model"]) == {"2025"}
    assert reading.year == 2025 and reading.return_id == "neighbours/2025"


def test_closeness_is_kept_without_the_blanks_around_it():
    rows = read_one(READER, file_named("invented_sn_model_2025_wide.csv"))

    words = rows.tables["neighbours"].filter(area_code="297")["closeness"].to_list()
    assert words[:4] == ["Very close", "Close", "Close", "Somewhat close"]


def test_lines_of_a_workbook_are_those_of_the_sheet():
    rows = read_one(READER, file_named("invented_sn_may_2025.xlsx")).tables[
        "neighbours"
    ]

    assert set(rows.select("area_code", "line").rows()) == {("298", 4), ("297", 7)}


def test_a_column_for_each_authority_is_read_by_its_names():
    file = file_named("invented_stat_neighbours.csv")

    reading = read_one(READER, file, request=LoadRequest(2021))

    assert set(lists(reading)) == {"306", "801", "840"}
    assert lists(reading)["306"][:3] == ["308", "821", "307"]
    assert (reading.rows_read, reading.rows_rejected) == (3, 0)


def test_headings_of_names_with_one_that_nobody_knows_are_not_neighbours():
    file = csv_file("sn_2025.csv", "Croydon,Leeds,Somewhere", "Leeds,York,Bury")

    assert READER.recognise(file) is None


# ------------------------------------------------------------ the model's year


def test_the_year_in_the_name_is_the_model():
    reading = read_one(READER, wide(line(298, "Here"), name="sn_model_2021.csv"))

    assert reading.year == 2021
    assert reading.inferred


def test_the_year_that_was_asked_for_is_the_model():
    reading = read_one(
        READER,
        wide(line(298, "Here"), name="neighbours.csv"),
        request=LoadRequest(2021),
    )

    assert reading.year == 2021
    assert reading.inferred == ""


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("neighbours.csv", None),
        ("neighbours_2021_2025.csv", None),
        ("neighbours_202526.csv", None),
        ("folder_2025/neighbours.csv", None),
        ("release_2025.zip!neighbours.csv", None),
        ("neighbours_2021.csv", 2025),
    ],
)
def test_a_model_whose_year_is_not_certain_is_refused_and_never_guessed(name, year):
    error = refusal(
        READER, wide(line(298, "Here"), name=name), request=LoadRequest(year)
    )

    assert error.rule == "year"
    assert "--year" in error.fix


# ------------------------------------------------------------ lists that are faulty


@pytest.mark.parametrize(
    "bad",
    [
        line(298, "Here", [*ONE_TO_TEN[:9], ""]),
        line(298, "Here", [*ONE_TO_TEN[:9], "31"]),
        line(298, "Here", [*ONE_TO_TEN[:9], 301]),
        line(298, "Here", [*ONE_TO_TEN[:9], 298]),
        line("", "Here"),
        line("29x", "Here"),
    ],
)
def test_a_faulty_list_is_left_out_whole_and_told(bad):
    reading = read_one(READER, wide(line(297, "There"), bad))

    assert set(lists(reading)) == {"297"}
    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert [problem.line for problem in reading.problems] == [3]


def test_a_list_given_twice_is_taken_once_and_a_contradiction_not_at_all():
    here, there = line(298, "Here"), line(297, "There")

    once = read_one(READER, wide(here, there, here))
    torn = read_one(READER, wide(here, there, line(298, "Here", ONE_TO_TEN[::-1])))

    assert set(lists(once)) == {"297", "298"} and once.rows_rejected == 1
    assert [rule for _, _, rule in rules_of(once)] == ["duplicate"]
    assert set(lists(torn)) == {"297"} and torn.rows_rejected == 2
    assert [rule for _, _, rule in rules_of(torn)] == ["conflict", "conflict"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (line(298, "Here", [*ONE_TO_TEN[:9], ""]), "298 lacks ten neighbours"),
        (line(298, "Here", [*ONE_TO_TEN[:9], 298]), "298 has a neighbour twice"),
        (line("29x", "Here"), "no authority number"),
    ],
)
def test_a_file_without_one_whole_list_is_refused_with_the_reason(bad, said):
    error = refusal(READER, wide(bad))

    assert (error.line, error.rule in {"key", "neighbours"}) == (2, True)
    assert said in error.message and "three-digit" in error.fix


def test_names_may_stand_where_numbers_would():
    names = ["Barking and Dagenham", *ONE_TO_TEN[1:]]

    reading = read_one(READER, wide(line("Sutton", "Sutton", names)))

    assert lists(reading) == {"319": [str(n) for n in ONE_TO_TEN]}
    assert reading.problems == ()


def test_a_neighbour_that_is_no_known_authority_is_told_and_its_list_is_taken():
    bad = line(297, "There", [*ONE_TO_TEN[:9], 999])
    reading = read_one(READER, wide(line(298, "Here", [*ONE_TO_TEN[:9], 297]), bad))

    assert set(lists(reading)) == {"297", "298"}
    (told,) = reading.problems
    assert (told.line, told.rule) == (3, "unknown") and "999" in told.message


def test_a_number_with_anothers_name_is_told():
    reading = read_one(READER, wide(line(873, "Central Bedfordshire")))

    assert rules_of(reading) == [(2, "LA Name", "area")]


def test_closeness_need_not_be_given():
    heading = "LA num,LA Name," + ",".join(f"SN{n}" for n in range(1, 11))
    file = csv_file(
        "sn_2025.csv", heading, f"298,Here,{','.join(map(str, ONE_TO_TEN))}"
    )

    rows = read_one(READER, file).tables["neighbours"]

    assert rows["neighbour_code"].to_list() == [str(n) for n in ONE_TO_TEN]
    assert set(rows["closeness"]) == {""}


def test_another_workbook_is_not_ours():
    assert (
        READER.recognise(workbook_file("sn_2025.xlsx", {"A": [["LA num", "SN1"]]}))
        is None
    )


def test_a_neighbour_that_has_ended_is_told_by_name_and_its_list_is_taken():
    near = ["909", *ONE_TO_TEN[:9]]
    rows = (line(297, "There", near), line(298, "Here", near))

    reading = read_one(READER, wide(*rows))

    assert reading.tables["neighbours"].height == 20
    (problem,) = reading.problems
    assert (problem.line, problem.rule) == (2, "ended")
    assert problem.message.startswith(
        "Cumbria (ended March 2023), number 909, is a neighbour in 2 lists."
    )


def test_the_list_of_a_place_that_has_ended_is_no_matter_to_tell():
    near = ["837", *ONE_TO_TEN[:9]]

    reading = read_one(READER, wide(line(836, "Poole", near), line(298, "Here")))

    assert reading.problems == ()
