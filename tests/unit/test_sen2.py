"""Reading SEN2: both forms, the year that is covered, and how modules are linked."""

from datetime import date

import polars as pl
import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.sen2.reader import Sen2Reader
from support.invented_returns import (
    DATA,
    MemoryFile,
    Outcomes,
    csv_file,
    folder_files,
    read_all,
    read_one,
    refusal,
    rules_of,
)

READER = Sen2Reader()
XML = MemoryFile("invented.xml", DATA.joinpath("sen2", "invented.xml").read_bytes())
FILES = {
    file.name.removeprefix("invented_").removesuffix(".csv"): file
    for file in folder_files("sen2", "invented")
}
CALENDAR_2024 = (date(2024, 1, 1), date(2024, 12, 31))


def changed(module: str, old: str, new: str) -> MemoryFile:
    """Give a module of the invented export with one thing changed."""
    file = FILES[module]
    assert old in file.data.decode()
    return MemoryFile(file.name, file.data.decode().replace(old, new).encode())


def export_with(*replaced: MemoryFile, without: str = "") -> list[MemoryFile]:
    """Give the invented export with some files replaced or left out."""
    names = {file.name for file in replaced}
    left_out = without.split()
    kept = [f for m, f in FILES.items() if f.name not in names and m not in left_out]
    return [*replaced, *kept]


def module(outcomes: Outcomes, name: str) -> Reading:
    reading = outcomes[f"invented_{name}.csv"]
    assert isinstance(reading, Reading), reading.message
    return reading


@pytest.fixture(scope="module")
def blades() -> Outcomes:
    return read_all(READER, FILES.values())


# ---------------------------------------------------------------- recognition


def test_every_module_is_recognised_by_its_columns_alone() -> None:
    for name, file in FILES.items():
        assert READER.recognise(MemoryFile("anything", file.data)) == name
    assert READER.recognise(XML) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"pupilonrolltableid,senneedstableid,sentyperank,sentype\n",
        b"<?xml version='1.0'?><Message><Collection>CIN</Collection></Message>",
        b"<html><body>SEN2</body></html>",
        b"\x89PNG\r\n\0\0",
    ],
)
def test_what_is_not_the_return_is_not_recognised(data: bytes) -> None:
    assert READER.recognise(MemoryFile("x", data)) is None


def test_xml_without_a_header_is_recognised_by_its_persons() -> None:
    data = b"<Persons><Person><PersonBirthDate>2012-01-01</PersonBirthDate></Person>"
    assert READER.recognise(MemoryFile("x", data)) == ""


# ---------------------------------------------------------------- year, authority


def header(year: str, reference: str, lea: str = "999") -> MemoryFile:
    return csv_file(
        "invented_sen2.csv",
        "sen2tableid,collection,year,referencedate,lea",
        f"1,SEN2,{year},{reference},{lea}",
    )


@pytest.mark.parametrize(
    ("year", "reference", "covered"),
    [
        ("2025", "2025-01-16", 2024),
        ("2025", "2025-Jan-16 00:00:00", 2024),
        ("2024", "2025-01-16", 2024),
        ("2024", "2024-12-31", 2024),
        ("2025", "", 2024),
        ("", "2023-01-19", 2022),
    ],
)
def test_the_year_is_the_calendar_year_before_the_january_of_the_collection(
    year: str, reference: str, covered: int
) -> None:
    outcomes = read_all(READER, export_with(header(year, reference)))
    reading = module(outcomes, "requests")
    assert (reading.year, reading.period_end) == (covered, date(covered, 12, 31))
    assert reading.return_id == f"sen2/{covered}"
    assert reading.inferred == ""


@pytest.mark.parametrize(
    "bad",
    [
        header("2022", "2025-01-16"),
        header("20x5", ""),
        header("2025", "2025-02-30"),
        header("2025", "2025-01-16", lea="30"),
        header("2025", "2025-01-16", lea="E09000008"),
        changed("sen2", "SEN2,2025", "CIN,2025"),
    ],
)
def test_a_header_that_cannot_be_true_refuses_the_whole_export(bad: MemoryFile) -> None:
    outcomes = read_all(READER, export_with(bad))
    assert {o.rule for o in outcomes.values() if isinstance(o, RefusedFile)} == {
        "header"
    }
    assert all(isinstance(o, RefusedFile) for o in outcomes.values())


def test_two_headers_are_refused() -> None:
    two = MemoryFile("invented_sen2.csv", FILES["sen2"].data + b"2" + b"," * 15 + b"\n")
    assert refusal(READER, *export_with(two)).rule == "header"


def test_another_authoritys_return_is_read_as_theirs() -> None:
    outcomes = read_all(READER, export_with(header("2025", "2025-01-16", lea="306")))
    assert module(outcomes, "requests").authority == "306"


def test_a_year_that_the_header_does_not_say_is_refused() -> None:
    request = LoadRequest(2025, None, "999")
    refused = refusal(READER, *FILES.values(), request=request)
    assert (refused.rule, refused.field) == ("year", "year")
    assert read_one(READER, *FILES.values(), request=LoadRequest(2024, None, "999"))


def test_without_a_header_the_year_is_given_or_inferred_and_said() -> None:
    files = [FILES["requests"], *export_with(without="sen2 requests")]
    inferred = read_one(READER, *files)
    assert (inferred.year, inferred.authority) == (2024, "999")
    assert "latest request" in inferred.inferred
    assert "workspace's own" in inferred.inferred
    given = read_one(READER, *files, request=LoadRequest(2023, "888", ""))
    assert (given.year, given.authority, given.inferred) == (2023, "888", "")


def test_nothing_to_infer_a_year_or_authority_from_is_refused() -> None:
    assert refusal(READER, FILES["person"]).rule == "year"
    files = export_with(without="sen2")
    assert refusal(READER, *files, request=LoadRequest()).rule == "authority"


def test_one_mistyped_date_does_not_move_an_export_without_header() -> None:
    rows = [f"{n},1,2024-03-0{n % 9 + 1},A,2024-04-01" for n in range(60)]
    requests = csv_file(
        "invented_requests.csv",
        "requeststableid,persontableid,receiveddate,requestoutcome,requestoutcomedate",
        *rows,
        "99,1,2042-03-01,A,2024-04-01",
    )
    assert refusal(READER, requests, FILES["person"]).rule == "year"


# ---------------------------------------------------------------- blade rows


def test_every_row_of_the_invented_export_is_kept(blades: Outcomes) -> None:
    counts = {name: module(blades, name) for name in FILES}
    assert {n: (r.rows_read, r.rows_rejected) for n, r in counts.items()} == {
        "sen2": (0, 0),
        "person": (3, 0),
        "requests": (3, 0),
        "assessment": (2, 0),
        "namedplan": (2, 0),
        "plandetail": (3, 0),
        "activeplans": (2, 0),
        "placementdetail": (3, 0),
        "senneed": (3, 0),
    }
    assert [p for r in counts.values() for p in r.problems] == []


def test_persons_are_known_by_pupil_number_else_by_year_and_key(
    blades: Outcomes,
) -> None:
    tables = module(blades, "person").tables
    persons = tables["person"].select(
        "pers_person_id", "pers_sex", "pers_ethnicity", "pers_dob", "pers_upn_unknown"
    )
    assert persons.rows() == [
        ("A123456789012", "M", "WBRI", date(2012, 2, 29), None),
        ("2024-2", "F", "BCRB", date(2018, 5, 1), "UN1"),
        ("B12345678901C", "U", "AOTH", date(2020, 1, 31), None),
    ]
    assert tables["linked_identifiers"]["link_identifier_value"].to_list() == [
        "A123456789012",
        "B12345678901C",
    ]


def test_gender_of_older_versions_is_read_as_sex() -> None:
    older = changed("person", "personbirthdate,sex,", "personbirthdate,gendercurrent,")
    coded = older.data.decode().replace(",M,WBRI", ",1,WBRI").replace(",U,A", ",9,A")
    person = MemoryFile(older.name, coded.encode())
    frame = read_one(READER, *export_with(person)).tables["person"]
    assert frame["pers_sex"].to_list() == ["M", "F", "U"]


def test_names_and_postcodes_never_leave_the_reader(blades: Outcomes) -> None:
    for outcome in [*blades.values(), read_one(READER, XML)]:
        assert isinstance(outcome, Reading)
        for frame in outcome.tables.values():
            text = str(frame.rows())
            assert "ZZ99" not in text
            assert "Invented" not in text


def test_requests_and_assessments_are_scoped_by_year(blades: Outcomes) -> None:
    requests = module(blades, "requests")
    assert requests.tables["ehcp_requests"].row(1, named=True) == {
        "ehcr_ehcp_request_id": "2024-12",
        "ehcr_person_id": "2024-2",
        "ehcr_ehcp_req_date": date(2024, 1, 10),
        "ehcr_ehcp_req_source": "2",
        "ehcr_ehcp_req_outcome_date": date(2024, 2, 1),
        "ehcr_ehcp_req_outcome": "Y",
        "ehcr_mediation": "0",
        "ehcr_tribunal": "0",
        "ehcr_exported": None,
        "line": 3,
    }
    assert requests.covers == {"ehcp_requests": CALENDAR_2024}
    assessment = module(blades, "assessment").tables["ehcp_assessment"]
    assert assessment["ehca_ehcp_request_id"].to_list() == ["2024-11", "2024-12"]
    assert assessment["ehca_ehcp_assessment_exceptions"].to_list() == [False, True]


def test_named_plans_have_the_setting_of_the_first_rank(blades: Outcomes) -> None:
    frame = module(blades, "namedplan").tables["ehcp_named_plan"]
    assert frame.rows() == [
        (
            "2024-31",
            "2024-11",
            "A123456789012",
            date(2019, 7, 20),
            None,
            None,
            None,
            "999001",
            2,
        ),
        (
            "2024-32",
            "2024-12",
            "2024-2",
            date(2024, 5, 28),
            date(2024, 12, 1),
            "5",
            "EHE",
            None,
            3,
        ),
    ]


def test_active_plans_have_the_placement_not_left_yet(blades: Outcomes) -> None:
    frame = module(blades, "activeplans").tables["ehcp_active_plans"]
    assert frame["ehcp_urn"].to_list() == ["999002", None]
    assert frame["ehcp_setting"].to_list() == [None, "NEET"]
    assert frame["ehcp_transfer_la"].to_list() == [None, "306"]
    assert frame["ehcp_active_ehcp_last_review_date"].to_list() == [
        date(2024, 3, 20),
        None,
    ]
    assert frame["ehcp_review_meeting_date"].to_list() == [date(2024, 3, 1), None]
    needs = module(blades, "senneed").tables["sen_need"]
    assert needs["senn_active_ehcp_id"].to_list() == ["2024-51", "2024-51", "2024-52"]


@pytest.mark.parametrize(
    ("left", "number"), [("2024-Dec-31", None), ("2025-Jan-10", "999002")]
)
def test_a_place_that_was_left_by_the_years_end_is_none_on_its_last_day(
    left: str, number: str | None
) -> None:
    """The child is nowhere that is told, and not at the school that it has left."""
    places = changed(
        "placementdetail",
        "2024-Sep-01 00:00:00,,0,0,,\n63",
        f"2024-Sep-01 00:00:00,{left} 00:00:00,0,0,,\n63",
    )
    outcomes = read_all(READER, export_with(places))
    frame = module(outcomes, "activeplans").tables["ehcp_active_plans"]
    assert frame["ehcp_urn"].to_list() == [number, None]
    assert frame["ehcp_setting"].to_list() == [None, "NEET"]


@pytest.mark.parametrize(
    ("entered", "number"),
    [("2024-Dec-31", "999002"), ("2025-Jan-01", None), ("2025-Sep-01", None)],
)
def test_a_place_that_begins_after_the_year_is_none_on_its_last_day(
    entered: str, number: str | None
) -> None:
    """Alone or beside another, whatever its rank: the child is not there yet."""
    places = changed(
        "placementdetail", "2024-Sep-01 00:00:00,,0,0,,\n63",
        f"{entered} 00:00:00,,0,0,,\n63",
    )  # fmt: skip
    outcomes = read_all(READER, export_with(places))
    frame = module(outcomes, "activeplans").tables["ehcp_active_plans"]
    assert frame["ehcp_urn"].to_list() == [number, None]


def test_the_place_that_was_left_in_january_is_that_of_december() -> None:
    """Another was entered in January, and one of a lower rank goes on."""
    columns = "placementdetailtableid,activeplanstableid,urn,ukprn,sensetting,"
    places = csv_file(
        "invented_placementdetail.csv",
        f"{columns}placementrank,entrydate,leavingdate",
        "61,51,999001,,,1,2025-01-08,",
        "62,51,999002,,,1,2023-09-01,2025-01-08",
        "63,51,999003,,,2,2023-09-01,",
        "64,52,999004,,,1,2025-01-08,",
    )
    outcomes = read_all(READER, export_with(places))
    frame = module(outcomes, "activeplans").tables["ehcp_active_plans"]
    assert frame["ehcp_urn"].to_list() == ["999002", None]
    assert module(outcomes, "placementdetail").problems == ()


PLACED = "ehcp_active_plans/ehcp_setting"


def test_where_plans_are_is_told_by_an_export_with_their_details(
    blades: Outcomes,
) -> None:
    told = {"ehcp_active_plans": CALENDAR_2024, PLACED: CALENDAR_2024}
    assert module(blades, "activeplans").covers == told
    assert PLACED in read_one(READER, XML).covers


def test_where_plans_are_is_not_told_without_details_or_with_them_refused() -> None:
    detail = FILES["placementdetail"]
    columns, *lines = detail.data.decode().splitlines()
    ragged = MemoryFile(detail.name, (detail.data.decode() + "1,2\n").encode())
    none = MemoryFile(detail.name, f"{columns}\n".encode())
    blank = [
        ",".join("" if 4 < at < 9 else cell for at, cell in enumerate(row.split(",")))
        for row in lines
    ]
    for export in (
        export_with(without="placementdetail"),
        export_with(ragged),
        export_with(none),
        export_with(csv_file(detail.name, columns, *blank)),
    ):
        active = module(read_all(READER, export), "activeplans")
        assert active.covers == {"ehcp_active_plans": CALENDAR_2024}
        assert active.tables["ehcp_active_plans"].height == 2


def test_lines_of_places_that_are_left_out_count_against_the_plans() -> None:
    places = changed("placementdetail", "51,999002.0,,", "51,a school,,")
    active = module(read_all(READER, export_with(places)), "activeplans")
    assert [gap.unread for gap in active.gaps if gap.unread] == [{"ehcp_urn": 1}]


def test_a_place_may_be_named_by_the_providers_number_alone() -> None:
    places = changed("placementdetail", "51,999002.0,,", "51,,10009999.0,")
    outcomes = read_all(READER, export_with(places))
    frame = module(outcomes, "activeplans").tables["ehcp_active_plans"]
    assert frame["ehcp_urn"].to_list() == [None, None]
    assert frame["ehcp_ukprn"].to_list() == ["10009999", None]


def test_a_transfer_from_no_authoritys_number_is_unread() -> None:
    active = changed("activeplans", ",13,306,", ",13,Croydon,")
    reading = read_one(READER, *export_with(active))
    assert reading.tables["ehcp_active_plans"]["ehcp_transfer_la"].to_list() == [
        None,
        None,
    ]
    assert rules_of(reading) == [(3, "transferla", "code")]


def test_a_child_given_twice_is_one_person_and_keeps_its_plans() -> None:
    person = changed("person", "B12345678901C", "A123456789012")
    outcomes = read_all(READER, export_with(person))
    persons = module(outcomes, "person")
    assert (persons.rows_read, persons.rows_rejected) == (3, 1)
    assert rules_of(persons) == [(4, "upn", "repeat")]
    active = module(outcomes, "activeplans").tables["ehcp_active_plans"]
    assert active["ehcp_person_id"].to_list() == ["A123456789012"] * 2


def test_rows_without_their_parent_are_rejected_down_to_the_leaves() -> None:
    requests = changed("requests", "13,13,3,1,3,", "13,13,3,1,77,")
    outcomes = read_all(READER, export_with(requests))
    assert rules_of(module(outcomes, "requests")) == [(4, "persontableid", "orphan")]
    active = module(outcomes, "activeplans")
    assert (active.rows_read, active.rows_rejected) == (2, 1)
    assert module(outcomes, "placementdetail").rows_rejected == 1
    assert module(outcomes, "senneed").rows_rejected == 1


def test_repeated_and_missing_keys_are_rejected() -> None:
    requests = MemoryFile(
        FILES["requests"].name,
        FILES["requests"].data
        + b"12,12,4,1,2,2024-Mar-10 00:00:00,2,0,,Y,0,0,\n"
        + b",14,5,1,2,2024-Mar-11 00:00:00,2,0,,Y,0,0,\n"
        + b"15,15,6,1,,2024-Mar-12 00:00:00,2,0,,Y,0,0,\n",
    )
    reading = read_one(READER, *export_with(requests))
    assert (reading.rows_read, reading.rows_rejected) == (6, 3)
    assert sorted(rules_of(reading)) == [
        (5, "requeststableid", "differ"),
        (6, "requeststableid", "missing"),
        (7, "persontableid", "missing"),
    ]


def test_a_module_without_its_parent_is_refused_and_names_the_file() -> None:
    outcomes = read_all(READER, export_with(without="requests"))
    for name in ("assessment", "activeplans"):
        refused = outcomes[f"invented_{name}.csv"]
        assert isinstance(refused, RefusedFile)
        assert "requests.csv of the same export is not among the files" in (
            refused.message
        )
    for name in ("namedplan", "plandetail", "placementdetail", "senneed"):
        refused = outcomes[f"invented_{name}.csv"]
        assert isinstance(refused, RefusedFile)
        assert "was refused" in refused.message
    assert module(outcomes, "person").rows_read == 3


def test_a_refused_parent_refuses_its_children() -> None:
    ragged = MemoryFile(FILES["requests"].name, FILES["requests"].data + b"1,2\n")
    outcomes = read_all(READER, export_with(ragged))
    refused = outcomes["invented_activeplans.csv"]
    assert isinstance(refused, RefusedFile)
    assert "requests.csv of the same export was refused" in refused.message


def test_a_refused_header_refuses_the_export() -> None:
    ragged = MemoryFile("invented_sen2.csv", FILES["sen2"].data + b"1,2\n")
    outcomes = read_all(READER, export_with(ragged))
    assert all(isinstance(o, RefusedFile) for o in outcomes.values())


def test_plans_without_their_details_are_kept_and_say_so() -> None:
    files = export_with(without="plandetail placementdetail")
    outcomes = read_all(READER, files)
    for name in ("namedplan", "activeplans"):
        assert rules_of(module(outcomes, name)) == [(0, "sensetting", "module")]


def test_two_files_of_one_module_are_not_added_up() -> None:
    twin = MemoryFile("again_requests.csv", FILES["requests"].data)
    outcomes = read_all(READER, [*FILES.values(), twin])
    refused = outcomes["again_requests.csv"]
    assert isinstance(refused, RefusedFile)
    assert refused.rule == "module"
    assert module(outcomes, "requests").rows_read == 3


def test_unreadable_dates_are_null_and_impossible_plans_rejected() -> None:
    plans = changed("namedplan", "2024-Dec-01", "2024-Feb-30")
    reading = read_one(READER, *export_with(plans))
    ceased = reading.tables["ehcp_named_plan"]["ehcn_named_plan_ceased_date"]
    assert ceased.to_list() == [None, None]
    assert reading.unread is not None
    assert reading.unread.height == 1
    plans = changed("namedplan", "2024-Dec-01", "2024-Jan-01")
    reading = read_one(READER, *export_with(plans))
    assert rules_of(reading) == [(3, "ceasedate", "order")]


def test_an_empty_module_is_zero_where_it_may_be_and_refused_where_it_cannot() -> None:
    nobody = csv_file(
        "invented_senneed.csv", "senneedtableid,activeplanstableid,sentype,sentyperank"
    )
    assert rules_of(read_one(READER, *export_with(nobody))) == [(0, "", "rows")]
    person = MemoryFile(FILES["person"].name, FILES["person"].data.splitlines()[0])
    assert refusal(READER, *export_with(person)).rule == "rows"


# ---------------------------------------------------------------- XML


def test_the_xml_gives_all_tables_in_one_reading() -> None:
    reading = read_one(READER, XML)
    assert (reading.year, reading.authority) == (2024, "999")
    # 2 persons, 2 requests, and 1 assessment, plan and active plan with 2 plan
    # details, 1 placement and 2 needs.
    assert (reading.rows_read, reading.rows_rejected) == (12, 0)
    assert reading.problems == ()
    assert reading.tables["person"]["pers_person_id"].to_list() == [
        "A123456789012",
        "2024-2",
    ]
    assert reading.tables["person"]["pers_sex"].to_list() == ["M", "F"]
    assert reading.covers["ehcp_active_plans"] == CALENDAR_2024
    assert "person" not in reading.covers


def test_xml_rows_name_the_line_of_their_element() -> None:
    lines = XML.data.decode().splitlines()
    reading = read_one(READER, XML)
    for table, tag in {
        "person": "<Person>",
        "ehcp_requests": "<Requests>",
        "ehcp_named_plan": "<NamedPlan>",
        "sen_need": "<SENneed>",
    }.items():
        for line in reading.tables[table]["line"]:
            assert tag in lines[line - 1]


def test_both_forms_say_the_same_of_the_same_child(blades: Outcomes) -> None:
    xml = read_one(READER, XML).tables
    for name, table, columns in (
        (
            "namedplan",
            "ehcp_named_plan",
            ["ehcn_named_plan_start_date", "ehcn_plan_urn"],
        ),
        ("activeplans", "ehcp_active_plans", ["ehcp_review_meeting_date", "ehcp_urn"]),
        ("requests", "ehcp_requests", ["ehcr_ehcp_req_date"]),
        ("person", "person", ["pers_sex", "pers_dob", "pers_ethnicity"]),
    ):
        person = next(c for c in xml[table].columns if c.endswith("person_id"))
        child = pl.col(person) == "A123456789012"
        csv = module(blades, name).tables[table]
        assert (
            xml[table].filter(child).select(columns).rows()
            == csv.filter(child).select(columns).rows()
        )


def test_xml_with_a_namespace_or_in_utf_16_is_the_same_return() -> None:
    text = XML.data.decode()
    spaced = text.replace("<Message>", '<Message xmlns="urn:invented">')
    wide = text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    for data in (spaced.encode(), wide):
        file = MemoryFile("invented.xml", data)
        assert read_one(READER, file).rows_read == 12
