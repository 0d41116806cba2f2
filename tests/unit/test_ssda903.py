"""Reading SSDA903: recognition, the year, the rows and their account."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.ssda903.reader import Ssda903Reader
from openscrutiny.workspace import create_workspace
from support.invented_returns import (
    MemoryFile,
    csv_file,
    folder_files,
    read_all,
    read_one,
    refusal,
    rules_of,
    workbook_file,
)

READER = Ssda903Reader()
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN"
)
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
OC3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"
YEAR_2025 = LoadRequest(year=2025, council="999")


def episodes(*rows: str) -> MemoryFile:
    """Make an episodes file; a row is "child,decom,rne,dec,rec"."""
    full = []
    for row in rows:
        child, decom, rne, dec, rec = row.split(",")
        full.append(f"{child},{decom},{rne},C2,N1,U4,PR1,{dec},{rec},,,,")
    return csv_file("invented_episodes.csv", EPISODES, *full)


@pytest.fixture(scope="module")
def invented() -> dict[str, Reading]:
    outcomes = read_all(READER, folder_files("ssda903", "invented"))
    readings = {n: o for n, o in outcomes.items() if isinstance(o, Reading)}
    assert len(readings) == 12
    return {n.removeprefix("invented_")[:-4]: r for n, r in readings.items()}


# ---------------------------------------------------------------- recognition


def test_every_file_of_the_set_is_recognised_by_its_columns_alone() -> None:
    for file in folder_files("ssda903", "invented"):
        nameless = MemoryFile("anything.dat", file.data)
        part = file.name.removeprefix("invented_").removesuffix(".csv")
        assert READER.recognise(nameless) == part


@pytest.mark.parametrize(
    "file",
    [
        csv_file("header.csv", "CHILD,NAME", "1,x"),
        csv_file("notes.txt", "CHILD looked after"),
        MemoryFile("empty.csv", b""),
        MemoryFile("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
        MemoryFile("cut.xlsx", b"PK\x03\x04 CHILD,DECOM"),
        workbook_file("other.xlsx", {"List 1": [["Child Unique ID"], [1]]}),
    ],
)
def test_what_is_not_the_return_is_not_recognised(file: MemoryFile) -> None:
    assert READER.recognise(file) is None


def test_small_letters_and_a_byte_order_mark_do_not_hide_a_file() -> None:
    file = csv_file("a.csv", REVIEWS.lower(), encoding="utf-8-sig")
    assert READER.recognise(file) == "reviews"


# ---------------------------------------------------------------- year, authority


def test_the_year_is_that_of_the_latest_decom_and_never_of_the_name() -> None:
    file = episodes("C1,31/03/2018,S,,", "C2,01/04/2017,S,01/04/2018,E4A")
    misnamed = MemoryFile("2017-episodes.csv", file.data)
    reading = read_one(READER, misnamed)
    assert (reading.year, reading.period_end) == (2018, date(2018, 3, 31))
    assert reading.return_id == "ssda903/2018"
    assert "latest DECOM" in reading.inferred
    assert "2018" in reading.inferred
    assert "31/03" not in reading.inferred


def test_a_decom_of_1_april_begins_the_next_year() -> None:
    assert read_one(READER, episodes("C1,01/04/2018,S,,")).year == 2019


def test_the_undated_files_take_the_year_of_the_set() -> None:
    oc3 = csv_file("oc3.csv", OC3, "C1,01/01/2005,YES,F1,B1")
    reading = read_one(READER, oc3, episodes("C1,01/05/2023,S,,"))
    assert reading.year == 2024
    assert reading.covers == {"care_leavers": (date(2023, 4, 1), date(2024, 3, 31))}


def test_reviews_date_a_set_without_episodes() -> None:
    reviews = csv_file("reviews.csv", REVIEWS, "C1,,01/05/2023,PN1")
    oc3 = csv_file("oc3.csv", OC3, "C1,01/01/2005,YES,F1,B1")
    assert read_one(READER, oc3, reviews).year == 2024


def test_reviews_spread_over_many_years_are_no_evidence_of_one() -> None:
    rows = [f"C1,,01/05/{year},PN1" for year in range(2015, 2025)]
    refused = refusal(READER, csv_file("reviews.csv", REVIEWS, *rows))
    assert refused.rule == "year"
    assert "--year" in refused.fix


def test_a_set_without_dates_is_refused_until_the_year_is_given() -> None:
    oc3 = csv_file("oc3.csv", OC3, "C1,01/01/2005,YES,F1,B1")
    refused = refusal(READER, oc3)
    assert refused.rule == "year"
    assert "--year" in refused.fix
    reading = read_one(READER, oc3, request=YEAR_2025)
    assert (reading.year, reading.authority) == (2025, "999")


def test_a_misspelt_column_that_would_date_the_return_is_named() -> None:
    headings = EPISODES.replace("DECOM", "DATE_COM")
    row = "C1,01/05/2023,S,C2,N1,U4,PR1,,,,,,"
    refused = refusal(READER, csv_file("episodes.csv", headings, row))
    assert refused.field == "DECOM"
    assert "no column DECOM (it has DATE_COM)" in refused.message


def test_headings_without_rows_are_not_called_unreadable_dates() -> None:
    refused = refusal(READER, csv_file("episodes.csv", EPISODES))
    assert "headings and no rows" in refused.message


def test_a_code_that_nobody_knows_is_kept_and_leaves_its_figures_open() -> None:
    row = "C1,01/05/2023,S,XX,N1,U4,PR1,,,,,,"
    reading = read_one(READER, csv_file("episodes.csv", EPISODES, row))
    [gap] = reading.gaps
    assert reading.tables["cla_episodes"]["clae_legal_status"].to_list() == ["XX"]
    assert gap.unread == {"clae_legal_status": 1}


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("C1,01/05/2023,,C2,N1,U4,PR1,,,,,,", "143", "clae_cla_episode_start_reason"),
        ("C1,01/05/2023,S,,N1,U4,PR1,,,,,,", "144", "clae_legal_status"),
        ("C1,01/05/2023,S,C2,N1,,PR1,,,,,,", "146", "clae_cla_placement_type"),
    ],
)
def test_an_episode_that_lacks_what_decides_leaves_its_figures_open(
    row: str, rule: str, column: str
) -> None:
    """An empty legal status may be a short break, which is not counted as care."""
    reading = read_one(READER, csv_file("episodes.csv", EPISODES, row))
    assert [p.rule for p in reading.problems] == [rule]
    [gap] = reading.gaps
    assert gap.unread == {column: 1}


def every_sixth_day(until: date) -> list[str]:
    days = (until - date(2023, 4, 1)).days
    starts = [date(2023, 4, 1) + timedelta(days=n) for n in range(0, days + 1, 6)]
    return [f"C{n},{on:%d/%m/%Y},S,," for n, on in enumerate(starts)]


def test_a_return_whose_events_end_in_december_is_not_of_the_whole_year() -> None:
    """It was made then, and knows nothing of January; --as-at says otherwise."""
    file = episodes(*every_sixth_day(date(2023, 12, 27)))
    reading = read_one(READER, file)
    assert reading.covers == {"cla_episodes": (date(2023, 4, 1), date(2023, 12, 27))}
    assert "no day after 27 December 2023" in reading.inferred
    said = LoadRequest(None, None, "999", date(2024, 5, 1))
    whole = {"cla_episodes": (date(2023, 4, 1), date(2024, 3, 31))}
    assert read_one(READER, file, request=said).covers == whole


@pytest.mark.parametrize(
    "rows",
    [
        every_sixth_day(date(2024, 3, 3)),  # four weeks without an event
        every_sixth_day(date(2023, 7, 1))[:19],  # too few days to tell a pace
        [f"C{n},01/05/2023,S,," for n in range(60)],  # all of one day
    ],
)
def test_a_quiet_end_of_a_year_is_the_years(rows: list[str]) -> None:
    last = read_one(READER, episodes(*rows)).covers["cla_episodes"][1]
    assert last == date(2024, 3, 31)


def test_one_mistyped_date_does_not_move_the_whole_return() -> None:
    rows = [f"C{n},01/06/2023,S,," for n in range(60)]
    assert refusal(READER, episodes(*rows, "CX,01/06/2032,S,,")).rule == "year"
    assert refusal(READER, episodes(*rows, "CX,01/06/2024,S,,")).rule == "year"
    assert read_one(READER, episodes(*rows, "CX,01/06/2022,S,,")).year == 2024


def test_a_given_year_leads_and_later_dates_are_named() -> None:
    reading = read_one(
        READER, episodes("C1,01/05/2025,S,,"), request=LoadRequest(2024, None, "999")
    )
    assert reading.year == 2024
    assert rules_of(reading) == [(0, "DECOM", "year")]


def test_authority_is_the_users_else_the_workspaces_else_refused() -> None:
    file = episodes("C1,01/05/2023,S,,")
    given = read_one(READER, file, request=LoadRequest(None, "888", "999"))
    assert given.authority == "888"
    assert "workspace's own" in read_one(READER, file).inferred
    assert refusal(READER, file, request=LoadRequest()).rule == "authority"


# ---------------------------------------------------------------- rows


def test_the_invented_set_is_kept_whole(invented: dict[str, Reading]) -> None:
    assert {n: (r.rows_read, r.rows_rejected) for n, r in invented.items()} == {
        "header": (3, 0),
        "episodes": (4, 0),
        "reviews": (2, 0),
        "uasc": (1, 0),
        "oc2": (2, 0),
        "oc3": (2, 0),
        "ad1": (1, 0),
        "placed_for_adoption": (1, 0),
        "previous_permanence": (2, 0),
        "missing": (2, 0),
        "sw_episodes": (2, 0),
        "dolo": (2, 0),
    }
    assert {r.year for r in invented.values()} == {2025}
    assert [p for r in invented.values() for p in r.problems] == []


def test_persons_have_sex_as_letters_and_numbers_linked(
    invented: dict[str, Reading],
) -> None:
    tables = invented["header"].tables
    rows = tables["person"].select(
        "pers_person_id", "pers_sex", "pers_ethnicity", "pers_upn_unknown", "line"
    )
    assert rows.rows() == [
        ("INVENTED-1", "M", "WBRI", None, 2),
        ("INVENTED-2", "F", "BCRB", "UN1", 3),
        ("INVENTED-3", "U", "MWAS", None, 4),
    ]
    assert tables["linked_identifiers"].rows() == [
        ("INVENTED-1", "UPN", "A123456789012", 2),
        ("INVENTED-3", "UPN", "B12345678901C", 4),
    ]
    assert invented["header"].covers == {}


def test_episodes_say_when_their_period_of_care_began(
    invented: dict[str, Reading],
) -> None:
    frame = invented["episodes"].tables["cla_episodes"]
    assert frame["clae_entered_care_date"].to_list() == [
        date(2022, 5, 1),
        date(2022, 5, 1),
        date(2024, 4, 1),
        None,
    ]
    assert frame["clae_cla_episode_ceased_date"].to_list() == [
        date(2024, 6, 10),
        None,
        date(2025, 3, 31),
        None,
    ]
    assert frame["clae_cla_placement_distance"].to_list() == [1.2, 9.9, 0.4, None]
    assert frame["clae_cla_placement_location"].to_list() == ["IN", "OUT", "IN", None]
    year = (date(2024, 4, 1), date(2025, 3, 31))
    assert invented["episodes"].covers == {
        "cla_episodes": year,
        "cla_episodes/clae_cla_placement_distance": year,
        "cla_episodes/clae_cla_placement_location": year,
    }


def test_postcodes_never_leave_the_reader(invented: dict[str, Reading]) -> None:
    for reading in invented.values():
        for frame in [*reading.tables.values(), reading.unread]:
            if frame is not None:
                assert "ZZ99" not in str(frame.rows())


def test_outcomes_care_leavers_and_the_rest_are_typed(
    invented: dict[str, Reading],
) -> None:
    health = invented["oc2"].tables["cla_health"]
    assert health["clah_sdq_score"].to_list() == [0, None]
    assert health["clah_substance_misuse"].to_list() == [False, False]
    assert health["clah_intervention_offered"].to_list() == [None, None]
    leavers = invented["oc3"].tables["care_leavers"]
    assert leavers.select(
        "clea_dob",
        "clea_care_leaver_in_touch",
        "clea_care_leaver_activity",
        "clea_care_leaver_accommodation",
    ).rows() == [
        (date(2005, 1, 1), "YES", "F1", "B1"),
        (date(2005, 6, 1), "NO", "0", "0"),
    ]
    uasc = invented["uasc"].tables["immigration_status"]
    assert uasc.rows() == [("INVENTED-2", "UASC", date(2030, 3, 1), 2)]
    before = invented["previous_permanence"].tables["previous_permanence"]
    assert before["lapp_previous_permanence_order_date"].to_list() == [
        "zz/04/2015",
        None,
    ]
    missing = invented["missing"].tables["missing"]
    assert missing["miss_missing_episode_type"].to_list() == ["M", "A"]
    liberty = invented["dolo"].tables["deprivation_of_liberty"]
    assert liberty["dolo_end_date"].to_list() == [date(2024, 9, 1), None]
    workers = invented["sw_episodes"].tables["involvements"]
    assert workers["invo_involvement_end_date"].to_list() == [date(2024, 6, 1), None]


def test_adoptions_and_decisions_about_them_are_tables_of_their_own(
    invented: dict[str, Reading],
) -> None:
    matched = invented["ad1"].tables["permanence"].row(0, named=True)
    assert matched["perm_matched_date"] == date(2024, 5, 1)
    assert matched["perm_adopted_by_carer_flag"] is False
    decided = invented["placed_for_adoption"].tables["adoption_decisions"]
    placed = decided.row(0, named=True)
    assert placed["adec_decision_date"] == date(2024, 5, 1)
    assert placed["adec_reversed_date"] == date(2024, 9, 1)
    assert placed["adec_reversed_reason"] == "RD3"


def test_identifiers_from_spreadsheets_are_text() -> None:
    reading = read_one(READER, episodes("9212044.0,01/05/2023,S,,"))
    assert reading.tables["cla_episodes"]["clae_person_id"].to_list() == ["9212044"]


def test_rows_without_child_or_start_and_repeats_are_rejected_and_counted() -> None:
    reading = read_one(
        READER,
        episodes(
            "C1,01/05/2023,S,,",
            ",01/05/2023,S,,",
            "C2,,S,,",
            "C3,30/02/2024,S,,",
            "C1,01/05/2023,P,,",
            "C4,01/05/2023,S,30/04/2023,E4A",
        ),
    )
    assert (reading.rows_read, reading.rows_rejected) == (6, 5)
    assert reading.tables["cla_episodes"]["line"].to_list() == [6]  # the later line
    assert sorted(rules_of(reading)) == [
        (2, "CHILD", "differ"),
        (3, "CHILD", "missing"),
        (4, "DECOM", "missing"),
        (5, "DECOM", "date"),
        (7, "DEC", "order"),
    ]


def test_an_episode_may_end_on_the_day_it_began() -> None:
    reading = read_one(READER, episodes("C1,01/05/2023,S,01/05/2023,E4A"))
    assert reading.rows_rejected == 0


def test_an_unreadable_end_is_null_and_kept_aside() -> None:
    reading = read_one(READER, episodes("C1,01/05/2023,S,31/11/2023,X1"))
    assert reading.rows_rejected == 0
    assert reading.tables["cla_episodes"]["clae_cla_episode_ceased_date"][0] is None
    assert reading.unread is not None
    assert reading.unread.rows() == [
        ("cla_episodes", "clae_cla_episode_ceased_date", 2)
    ]


def test_unknown_codes_are_kept_and_named() -> None:
    oc3 = csv_file("oc3.csv", OC3, "C1,01/01/2005,YES,F9,Q7")
    reading = read_one(READER, oc3, request=YEAR_2025)
    assert reading.tables["care_leavers"]["clea_care_leaver_activity"][0] == "F9"
    assert rules_of(reading) == [(2, "ACTIV", "code"), (2, "ACCOM", "code")]


def test_the_same_child_twice_in_the_header_is_one_child() -> None:
    header = csv_file(
        "header.csv",
        HEADER,
        "C1,1,01/01/2010,WBRI,A123456789012,,",
        "C1,2,01/01/2010,WBRI,A123456789012,,",
    )
    reading = read_one(READER, header, request=YEAR_2025)
    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert reading.tables["person"]["pers_sex"].to_list() == ["F"]
    assert reading.tables["linked_identifiers"].height == 1
    assert reading.gaps[0].differ == 1


def test_a_number_that_is_no_pupil_number_links_nobody() -> None:
    header = csv_file("header.csv", HEADER, "C1,1,01/01/2010,WBRI,3412,,")
    reading = read_one(READER, header, request=YEAR_2025)
    assert reading.tables["linked_identifiers"].height == 0
    assert rules_of(reading) == [(2, "UPN", "code")]


def test_columns_that_are_not_the_returns_are_said_not_to_be_read() -> None:
    file = csv_file("reviews.csv", f"{REVIEWS},EXTRA", "C1,,01/05/2024,PN1,x")
    assert rules_of(read_one(READER, file)) == [(1, "", "column")]


def test_a_missing_column_refuses_the_file_by_its_name() -> None:
    refused = refusal(READER, csv_file("e.csv", "CHILD,DECOM,RNE", "1,01/05/2024,S"))
    assert refused.rule == "column"
    assert "LS, CIN, PLACE, DEC, REC" in refused.message


def test_a_column_that_came_later_may_be_absent_but_is_named() -> None:
    columns = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC"
    file = csv_file("e.csv", columns, "C1,01/05/2014,S,C2,N1,U4,,")
    reading = read_one(READER, file)
    frame = reading.tables["cla_episodes"]
    assert frame["clae_cla_placement_provider"].to_list() == [None]
    assert {(f, r) for _, f, r in rules_of(reading)} == {
        ("PLACE_PROVIDER", "column"),
        ("REASON_PLACE_CHANGE", "column"),
        ("URN", "column"),
    }


def test_no_rows_means_zero_where_it_may_and_is_refused_where_it_cannot() -> None:
    nobody = read_one(READER, csv_file("m.csv", MISSING), request=YEAR_2025)
    assert (nobody.rows_read, nobody.tables["missing"].height) == (0, 0)
    assert rules_of(nobody) == [(0, "", "rows")]
    for headings in (EPISODES, HEADER):
        refused = refusal(READER, csv_file("x.csv", headings), request=YEAR_2025)
        assert refused.rule == "rows"


def test_a_file_of_which_nothing_can_be_kept_is_refused() -> None:
    file = csv_file("m.csv", MISSING, "C1,,M,35-31-2024,")
    assert refusal(READER, file, request=YEAR_2025).rule == "rows"


def test_one_refused_file_does_not_take_the_others_with_it() -> None:
    good = episodes("C1,01/05/2023,S,,")
    ragged = csv_file("reviews.csv", REVIEWS, "C1,,01/05/2023,PN1,more")
    outcomes = read_all(READER, [good, ragged])
    assert isinstance(outcomes["invented_episodes.csv"], Reading)
    refused = outcomes["reviews.csv"]
    assert isinstance(refused, RefusedFile)
    assert refused.line == 2


# ------------------------------------------------- period of care, the slow twin


def entered_care_slowly(
    rows: list[tuple[str, date, str, str]],
) -> dict[tuple[str, date], date | None]:
    """Walk each child's episodes in order, by hand."""
    answer: dict[tuple[str, date], date | None] = {}
    for child in {row[0] for row in rows}:
        own = sorted(row for row in rows if row[0] == child)
        began: date | None = None
        last_reason = ""
        for _, decom, rne, rec in own:
            if rne == "S":
                began = decom
            elif last_reason.startswith("E"):
                began = None
            answer[child, decom] = began
            last_reason = rec
    return answer


def test_the_start_of_care_agrees_with_a_walk_through_the_episodes() -> None:
    random = Random(903)
    rows = []
    for child in range(40):
        for step in random.sample(range(300), 8):
            decom = date(2023, 4, 1) + timedelta(days=step)
            rne, rec = random.choice("SPLT"), random.choice(["X1", "E4A", "", "E11"])
            rows.append((f"C{child}", decom, rne, rec))
    random.shuffle(rows)
    file = episodes(*(f"{c},{d:%d/%m/%Y},{rne},,{rec}" for c, d, rne, rec in rows))
    frame = read_one(READER, file).tables["cla_episodes"]
    found = {
        (row["clae_person_id"], row["clae_cla_episode_start_date"]): row[
            "clae_entered_care_date"
        ]
        for row in frame.to_dicts()
    }
    assert found == entered_care_slowly(rows)


# ---------------------------------------------------------------- workbooks


def sheet_of(name: str) -> list[list[object]]:
    file = next(f for f in folder_files("ssda903", "invented") if name in f.name)
    return [list(line.split(",")) for line in file.data.decode().splitlines()]


def test_a_workbook_gives_the_tables_of_all_its_sheets() -> None:
    book = workbook_file(
        "invented.xlsx",
        {
            "Child": sheet_of("_header"),
            "Episodes": [["Invented council"], [], *sheet_of("_episodes")],
            "Notes": [["Invented"]],
        },
    )
    assert READER.recognise(book) == "workbook"
    reading = read_one(READER, book)
    assert (reading.year, reading.rows_read, reading.rows_rejected) == (2025, 7, 0)
    frame = reading.tables["cla_episodes"]
    assert Counter(frame["file"]) == {"invented.xlsx!Episodes": 4}
    assert frame["line"].to_list() == [4, 5, 6, 7]
    messages = [p.message for p in reading.problems]
    assert len(messages) == 2
    assert "no sheet for: reviews, uasc, oc2" in messages[0]
    assert "not read: 1 of them" in messages[1]


def test_numbers_and_dates_of_a_workbook_are_read_as_they_look() -> None:
    row = [9212044, date(2024, 5, 1), "S", "C2", "N1", "U4", "PR1", None, None]
    book = workbook_file(
        "invented.xlsx", {"e": [EPISODES.split(","), [*row, "", "", "", 123.0]]}
    )
    frame = read_one(READER, book).tables["cla_episodes"]
    assert frame["clae_person_id"][0] == "9212044"
    assert frame["clae_cla_episode_start_date"][0] == date(2024, 5, 1)
    assert frame["clae_cla_placement_urn"][0] == "123"


def test_problems_of_a_workbook_name_the_sheet() -> None:
    sheet = [[*REVIEWS.split(",")], ["C1", "", "01/05/2024", "PN9"]]
    reading = read_one(READER, workbook_file("invented.xlsx", {"Reviews": sheet}))
    assert ("invented.xlsx!Reviews", 2) in {(p.file, p.line) for p in reading.problems}


def test_two_sheets_of_one_table_are_refused() -> None:
    book = workbook_file(
        "invented.xlsx", {"New": sheet_of("_header"), "Old": sheet_of("_header")}
    )
    assert refusal(READER, book).rule == "sheet"


def test_a_sheet_that_must_be_refused_refuses_the_workbook() -> None:
    book = workbook_file(
        "invented.xlsx",
        {
            "Episodes": sheet_of("_episodes"),
            "Reviews": [["CHILD", "REVIEW", "REVIEW_CODE"], ["C1", "x", "PN1"]],
        },
    )
    refused = refusal(READER, book)
    assert 'Sheet "Reviews"' in refused.message
    assert refused.line == 2


def test_an_episode_of_less_than_a_day_stands_beside_the_one_that_went_on() -> None:
    reading = read_one(
        READER,
        episodes(
            "C1,01/05/2023,S,01/07/2023,X1",
            "C1,01/07/2023,P,01/07/2023,X1",
            "C1,01/07/2023,P,,",
        ),
    )
    assert reading.tables["cla_episodes"]["line"].to_list() == [2, 3, 4]
    assert rules_of(reading) == [(3, "DEC", "one-day")]
    assert reading.gaps[0].is_empty


def test_an_open_episode_before_a_later_one_is_told() -> None:
    file = episodes("C1,01/05/2024,S,,", "C1,01/07/2024,P,01/09/2024,E4A")
    reading = read_one(READER, file, request=YEAR_2025)

    assert rules_of(reading) == [(2, "DEC", "142")]
    assert reading.unread is None


@pytest.mark.parametrize(
    ("row", "rule", "is_left_out"),
    [
        ("C1,01/05/2024,S,,E4A", "148", False),
        ("C1,01/05/2024,S,,X1", "", False),
        ("C1,01/05/2024,S,10/08/2024,X1", "388", True),
        ("C1,01/05/2024,S,01/04/2025,X1", "", False),
        ("C1,01/05/2024,S,10/08/2024,E4A", "", False),
    ],
)
def test_an_episode_that_goes_on_to_none_is_left_out_and_a_reason_alone_is_told(
    row: str, rule: str, is_left_out: bool
) -> None:
    file = episodes(row, "C2,01/05/2024,S,,")
    reading = read_one(READER, file, request=YEAR_2025)

    assert rules_of(reading) == ([(2, "DEC", rule)] if rule else [])
    unread = {} if reading.unread is None else reading.unread.to_dict(as_series=False)
    assert unread.get("line", []) == ([2] if is_left_out else [])


def test_of_copies_that_differ_the_one_that_ended_is_taken_and_told() -> None:
    reading = read_one(
        READER, episodes("C1,01/05/2023,S,01/07/2023,E4A", "C1,01/05/2023,S,,")
    )
    assert reading.tables["cla_episodes"]["line"].to_list() == [2]
    assert reading.gaps[0].differ == 1


def test_children_are_matched_with_the_header_where_one_alone_can_be_meant() -> None:
    header = csv_file(
        "header.csv",
        HEADER,
        "123,1,01/01/2010,WBRI,,,",
        "AB7,2,01/01/2010,WBRI,,,",
    )
    lines = ("00123,01/05/2024,S,,", "ab7,01/05/2024,S,,", "Z9,01/05/2024,S,,")
    outcomes = read_all(READER, (header, episodes(*lines)), YEAR_2025)
    reading = next(r for n, r in outcomes.items() if n != "header.csv")
    assert isinstance(reading, Reading)
    people = reading.tables["cla_episodes"]["clae_person_id"].to_list()
    assert people == ["123", "AB7", "Z9"]
    assert rules_of(reading) == [(2, "CHILD", "spelling"), (4, "CHILD", "no-header")]


@pytest.mark.parametrize("year", [2025, None])
def test_days_that_a_spreadsheet_counted_are_the_reason_of_the_refusal(
    year: int | None,
) -> None:
    request = LoadRequest(year=year, council="999")
    file = episodes("C1,45413,S,,", "C2,45414,S,45430,E4A")
    refused = refusal(READER, file, request=request)

    assert "DECOM" in refused.message
    assert "a spreadsheet's number" in refused.message
    assert "45413" not in refused.message


def test_an_episode_that_begins_before_birth_is_told() -> None:
    header = csv_file(
        "header.csv", HEADER, "A,1,02/05/2024,WBRI,,,", "B,1,01/05/2024,WBRI,,,"
    )
    file = episodes("A,01/05/2024,S,,", "B,01/05/2024,S,,")
    outcomes = read_all(READER, (header, file), YEAR_2025)
    reading = outcomes[file.name]
    assert isinstance(reading, Reading)
    assert rules_of(reading) == [(2, "DECOM", "302")]


def test_an_open_episode_of_somebody_past_18_is_a_finding_and_is_kept() -> None:
    header = csv_file(
        "header.csv",
        HEADER,
        "A,1,31/03/2007,WBRI,,,",
        "B,1,01/04/2007,WBRI,,,",
        "C,2,31/03/2007,WBRI,,,",
        "D,2,01/01/2006,WBRI,,,",
    )
    lines = (
        "A,01/05/2024,S,,",
        "B,01/05/2024,S,,",
        "C,01/05/2024,S,31/03/2025,E5",
        "D,01/05/2023,S,,",
    )
    file = episodes(*lines)
    # After 18 only V2 in a children's home may go on (rule 359): D's is that.
    allowed = file.data.replace(b"D,01/05/2023,S,C2,N1,U4", b"D,01/05/2023,S,V2,N1,K2")
    assert allowed != file.data
    outcomes = read_all(READER, (header, MemoryFile(file.name, allowed)), YEAR_2025)
    reading = next(r for n, r in outcomes.items() if n != "header.csv")
    assert isinstance(reading, Reading)
    assert rules_of(reading) == [(2, "DEC", "adult")]
    assert reading.tables["cla_episodes"].height == 4


def test_who_was_born_on_29_february_is_18_on_1_march() -> None:
    header = csv_file("header.csv", HEADER, "A,1,29/02/2008,WBRI,,,")
    for made, found in ((date(2026, 2, 28), []), (date(2026, 3, 1), ["adult"])):
        request = LoadRequest(year=2026, council="999", as_at=made)
        outcomes = read_all(READER, (header, episodes("A,01/05/2025,S,,")), request)
        reading = next(r for n, r in outcomes.items() if n != "header.csv")
        assert isinstance(reading, Reading)
        assert [rule for _, _, rule in rules_of(reading)] == found


def test_a_return_made_in_the_spring_is_of_the_year_that_has_ended() -> None:
    year = [f"C{n},{1 + n % 28:02d}/{4 + n % 9:02d}/2023,S,," for n in range(58)]
    after = ["D1,08/04/2024,S,,", "D2,10/04/2024,S,,"]
    reading = read_one(READER, episodes(*year, *after))
    assert reading.year == 2024
    assert "2 of the weeks after it" in reading.inferred


def test_an_empty_table_of_the_same_bytes_counts_for_its_own_year(
    tmp_path: Path,
) -> None:
    workspace = create_workspace(tmp_path / "w", ("999",))
    for year in (2024, 2025):
        folder = tmp_path / str(year)
        folder.mkdir()
        for file in (
            episodes(f"C1,01/05/{year - 1},S,,"),
            csv_file("missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END"),
        ):
            (folder / file.name).write_bytes(file.data)
        outcomes = load_paths(workspace, [folder])
        assert {each.status for each in outcomes} <= {"loaded", "loaded with problems"}
        assert {each.year for each in outcomes} == {year}
        again = load_paths(workspace, [folder])
        assert {each.status for each in again} == {"already loaded"}
