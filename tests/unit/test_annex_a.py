"""Annex A workbooks: recognised by their headings, read with their lines, and no more."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.annex_a.reader import AnnexAReader
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.workspace import create_workspace
from support.annex_a import NAME, Row, annex_a, cells_of, plan, referral
from support.invented_returns import (
    DATA,
    REQUEST,
    MemoryFile,
    csv_file,
    read_all,
    refusal,
    workbook_file,
)

READER = AnnexAReader()


def read(file: MemoryFile, request: LoadRequest | None = None) -> Reading:
    outcome = read_all(READER, [file], request or LoadRequest(council="299"))[file.name]
    assert isinstance(outcome, Reading), outcome
    return outcome


def rules_of(reading: Reading) -> list[tuple[str, int | None, str, str]]:
    """List what was wrong, without the lists that the workbook may lack."""
    return [
        (p.file.rpartition("!")[2], p.line, p.field, p.rule)
        for p in reading.problems
        if p.rule != "missing-list"
    ]


# ---------- Recognising ----------


def test_a_workbook_is_recognised_by_its_headings_whatever_it_is_called() -> None:
    named = annex_a({}, name="Copy of Copy (2).xlsx")

    assert READER.recognise(named) == ""


def test_a_workbook_with_other_tables_is_not_annex_a() -> None:
    other = workbook_file("AnnexA.xlsx", {"List 1": [["Name", "Cost"], ["x", 1]]})

    assert READER.recognise(other) is None


def test_headings_may_be_spelt_and_ordered_in_other_ways() -> None:
    rows = [[*reversed(line)] for line in cells_of(3, [referral()])]
    rows[0] = [str(heading).upper().replace(" ", "  ") for heading in rows[0]]
    sheets = {
        "whatever": [["Children referred in six months"], [""], *rows],
        "7": cells_of(7, [plan()]),
        "8": cells_of(8, []),
    }

    reading = read(workbook_file("export.xlsx", sheets))

    assert reading.tables["cin_episodes"]["line"].to_list() == [4]
    assert reading.tables["cin_episodes"]["cine_person_id"].to_list() == ["AB1"]


# ---------- Rows, lines and identifiers ----------


def test_each_list_goes_to_its_table_with_sheet_and_line() -> None:
    reading = read(annex_a({3: [referral(), referral("AB2")], 7: [plan()]}))

    frame = reading.tables["cin_episodes"]
    assert frame["line"].to_list() == [2, 3]
    assert frame["file"].unique().to_list() == ["export.xlsx!List 3"]
    assert reading.tables["cp_plans"]["file"].to_list() == ["export.xlsx!List 7"]
    assert (reading.rows_read, reading.rows_rejected) == (3, 0)


def test_blank_rows_above_the_headings_keep_the_sheets_own_line_numbers() -> None:
    sheets = {
        "3": [[], [], *cells_of(3, [referral()])],
        "7": cells_of(7, []),
        "8": cells_of(8, []),
    }

    assert read(workbook_file("x.xlsx", sheets)).tables["cin_episodes"][
        "line"
    ].to_list() == [4]


@pytest.mark.parametrize("given", [9212044.0, "9212044.0", "9212044", 9212044])
def test_an_identifier_is_text_without_the_spreadsheets_decimals(given: object) -> None:
    frame = read(annex_a({3: [referral(given)]})).tables["cin_episodes"]

    assert frame["cine_person_id"].to_list() == ["9212044"]


MOMENT = datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones


@pytest.mark.parametrize(
    "given", [date(2026, 7, 1), MOMENT, "2026-07-01", "01/07/2026"]
)
def test_a_date_is_read_as_spreadsheets_and_people_write_it(given: object) -> None:
    frame = read(annex_a({3: [referral(on=given), referral("Z")]})).tables[
        "cin_episodes"
    ]

    assert frame["cine_referral_date"][0] == date(2026, 7, 1)


def test_lettered_values_become_the_codes_of_the_returns() -> None:
    reading = read(
        annex_a(
            {
                3: [referral(**{"Referral Source": "q) 6: Police", "Referral NFA?": "a) Yes"})],
                7: [plan(**{"Initial Category of Abuse": "a) Neglect"})],
            }
        )
    )  # fmt: skip

    episodes, person = reading.tables["cin_episodes"], reading.tables["person"]
    assert episodes["cine_referral_source_code"].to_list() == ["6"]
    assert episodes["cine_referral_nfa"].to_list() == [True]
    assert reading.tables["cp_plans"]["cppl_cp_plan_initial_category"].to_list() == [
        "NEG"
    ]
    assert person.select("pers_sex", "pers_ethnicity", "pers_disabled").row(0) == (
        "F",
        "WBRI",
        False,
    )
    assert rules_of(reading) == []


@pytest.mark.parametrize("nothing", ["", "N/A", "#N/A", "null", "-", "  "])
def test_nothing_is_null_and_never_zero(nothing: str) -> None:
    row = plan(**{"Number of Previous Child Protection Plans": nothing})

    reading = read(annex_a({7: [row]}))

    assert reading.tables["cp_plans"]["cppl_previous_plans"].to_list() == [None]
    assert rules_of(reading) == []


# ---------- What is wrong is said ----------


def test_a_value_that_cannot_be_read_is_marked_and_named() -> None:
    reading = read(annex_a({3: [referral(**{"Referral Source": "the neighbour"})]}))

    assert reading.tables["cin_episodes"]["cine_referral_source_code"][0] is None
    assert reading.unread is not None
    assert reading.unread.select("table", "column", "line").rows() == [
        ("cin_episodes", "cine_referral_source_code", 2)
    ]
    assert rules_of(reading) == [("List 3", 2, "Referral Source", "code")]


def test_a_date_that_does_not_exist_rejects_the_row_that_hangs_on_it() -> None:
    reading = read(annex_a({3: [referral(on="31/02/2026"), referral("AB2")]}))

    assert reading.tables["cin_episodes"]["cine_person_id"].to_list() == ["AB2"]
    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert rules_of(reading) == [
        ("List 3", 2, "Date of referral", "date"),
    ]


def test_a_row_without_a_child_is_rejected() -> None:
    reading = read(annex_a({3: [referral(""), referral("AB2")]}))

    assert reading.rows_rejected == 1
    assert rules_of(reading) == [("List 3", 2, "Child Unique ID", "missing")]


def test_the_same_fact_twice_is_counted_once() -> None:
    reading = read(annex_a({7: [plan(), plan()]}))

    assert reading.tables["cp_plans"].height == 1
    assert rules_of(reading) == [
        ("List 7", 3, "Child Protection Plan Start Date", "repeat")
    ]


def test_a_missing_list_is_named_and_covers_nothing() -> None:
    reading = read(annex_a({3: [referral()]}, without=[7]))

    assert [p.field for p in reading.problems if p.rule == "missing-list"] == ["List 7"]
    assert "cp_plans" not in reading.tables
    assert "cp_plans" not in reading.covers
    assert "cp_plans/as at" not in reading.covers


def test_a_missing_column_is_named_and_its_values_are_not_known() -> None:
    cells = cells_of(3, [referral()])
    at = cells[0].index("Referral NFA?")
    without = [[cell for place, cell in enumerate(row) if place != at] for row in cells]
    sheets = {"3": without, "7": cells_of(7, []), "8": cells_of(8, [])}

    reading = read(workbook_file("x.xlsx", sheets))

    assert reading.tables["cin_episodes"]["cine_referral_nfa"].to_list() == [None]
    assert ("3", 0, "Referral NFA?", "column") in rules_of(reading)


# ---------- The day of the extract ----------


def test_the_day_of_the_extract_is_found_and_how_is_said() -> None:
    reading = read(annex_a({3: [referral(on=date(2026, 9, 29))]}))

    assert reading.period_end == date(2026, 9, 29)
    assert "latest date" in reading.inferred
    assert reading.covers["cin_episodes"] == (date(2026, 3, 30), date(2026, 9, 29))


def test_fractional_ages_tell_the_day_better_than_the_latest_date() -> None:
    day = date(2026, 9, 30)
    born = [date(2012, 1, 1 + n) for n in range(8)]
    rows = [
        referral(f"AB{n}", **{"Date of Birth": b, "Age of Child (Years)": (day - b).days / 365.25})
        for n, b in enumerate(born)
    ]  # fmt: skip
    cells = cells_of(3, rows)
    cells[0].append("Age of Child (Years)")
    for line, row in zip(cells[1:], rows, strict=True):
        line.append(row["Age of Child (Years)"])
    sheets = {"3": cells, "7": cells_of(7, []), "8": cells_of(8, [])}

    reading = read(workbook_file("x.xlsx", sheets))

    assert reading.period_end == day
    assert "birth dates and ages" in reading.inferred


def test_another_year_than_the_one_said_is_refused() -> None:
    file = annex_a({3: [referral()]})

    refused = refusal(READER, file, request=LoadRequest(year=2020, council="299"))

    assert isinstance(refused, RefusedFile)
    assert "2020" in refused.message and refused.fix


def test_a_workbook_without_any_date_cannot_be_placed() -> None:
    refused = refusal(READER, annex_a({}), request=LoadRequest(council="299"))

    assert refused.rule == "as-at"


# ---------- Privacy ----------


def test_names_of_workers_enter_nothing() -> None:
    reading = read(
        annex_a({3: [referral()], 7: [plan()], 9: [{"Child Unique ID": "AB1"}]})
    )

    told = [str(frame.rows()) for frame in reading.tables.values()]
    told += [str(problem) for problem in reading.problems]
    told += [] if reading.unread is None else [str(reading.unread.rows())]
    assert told and not any(NAME in text for text in told)


# ---------- The committed workbook ----------


def test_the_committed_workbook_says_that_it_is_invented_and_loads_whole(
    tmp_path: Path,
) -> None:
    path = DATA / "annex_a" / "invented_annex_a.xlsx"
    [outcome] = load_paths(create_workspace(tmp_path / "w", ("299",)), [path])

    assert outcome.return_name == "annex-a"
    assert outcome.status == "loaded"
    assert (outcome.rows_read, outcome.rows_rejected) == (12, 0)
    assert outcome.covers is not None and outcome.covers[1] == date(2026, 9, 30)


# ---------- The real spellings ----------


@pytest.mark.samples
def test_the_sample_folder_reads(samples: Path, tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("306",))

    outcomes = load_paths(workspace, [samples / "csc" / "annex-a"])

    read_ones = [o for o in outcomes if o.return_name == "annex-a"]
    assert read_ones
    for outcome in read_ones:
        assert outcome.status.startswith("loaded"), outcome.problems[:3]
        assert outcome.rows_kept > 0
        assert outcome.rows_read == outcome.rows_kept + outcome.rows_rejected


# ---------- The day of the extract, where dates have slipped ----------

MONTHS = [date(2026, month, day) for month in range(4, 10) for day in (3, 12, 21)]


def referred(*days: object) -> list[dict[str, object]]:
    return [dict(referral(f"R{n}", on)) for n, on in enumerate(days)]


@pytest.mark.parametrize(
    "slips",
    [
        [date(2062, 9, 2)],
        [date(2062, 9, 2), date(2062, 9, 5)],
        [date(2027, 9, 2)],
    ],
)
def test_mistyped_years_do_not_move_the_day_and_are_named(slips: list[date]) -> None:
    reading = read(annex_a({3: referred(*MONTHS, *slips)}))

    assert reading.period_end == date(2026, 9, 21)
    named = [p for p in reading.problems if p.rule == "future"]
    assert [p.line for p in named] == [len(MONTHS) + 2 + n for n in range(len(slips))]


def test_one_event_of_many_that_stands_alone_months_later_is_a_slip() -> None:
    days = [date(2026, month, day) for month in range(4, 10) for day in (3, 9, 15, 21)]

    reading = read(annex_a({3: referred(*days, date(2026, 11, 30))}))

    assert reading.period_end == date(2026, 9, 21)


def test_lists_that_reach_back_a_year_are_of_their_latest_day() -> None:
    days = [date(2025 + (m > 12), (m - 1) % 12 + 1, 14) for m in range(10, 22)]

    assert read(annex_a({3: referred(*days)})).period_end == days[-1]


def test_a_booked_conference_dates_no_extract_and_is_not_held() -> None:
    enquiry = {
        "Child Unique ID": "R1",
        "Strategy discussion initiating Section 47 Enquiry Start Date": date(2026, 9, 20),
        "Date of Initial Child Protection Conference": date(2026, 10, 14),
    }  # fmt: skip

    reading = read(annex_a({3: referred(*MONTHS), 5: [enquiry]}))

    assert reading.period_end == date(2026, 9, 21)
    assert reading.tables["initial_cp_conference"].height == 0
    assert reading.tables["s47_enquiry"].height == 1
    assert rules_of(reading) == []


def test_the_day_that_the_user_says_overrules_what_is_found() -> None:
    request = LoadRequest(council="299", as_at=date(2026, 9, 30))

    reading = read(annex_a({3: referred(*MONTHS)}), request)

    assert reading.return_id == "annex-a/2026-09-30"
    assert reading.covers["cin_episodes"] == (date(2026, 3, 31), date(2026, 9, 30))
    on_its_day = (date(2026, 9, 30), date(2026, 9, 30))
    assert reading.covers["cp_plans/as at"] == on_its_day


# ---------- A fact has a key as large as the fact ----------


def test_two_referrals_of_a_day_are_two_and_a_copy_is_one() -> None:
    police = referral(**{"Referral Source": "q) 6: Police", "Referral NFA?": "a) Yes"})
    school = referral(**{"Referral Source": "e) 2A: Schools", "Referral NFA?": "b) No"})

    reading = read(annex_a({3: [police, school, police]}))

    episodes = reading.tables["cin_episodes"]
    assert episodes["cine_referral_id"].to_list() == [
        "AB1/2026-07-01",
        "AB1/2026-07-01/2",
    ]
    assert rules_of(reading) == [("List 3", 4, "Date of referral", "repeat")]


@pytest.mark.parametrize("later", [None, date(2026, 8, 20)])
def test_of_lines_of_one_period_of_care_that_differ_the_later_stands(
    later: date | None,
) -> None:
    line = {"Child Unique ID": "A", "Date Started to be Looked After": date(2026, 6, 2)}
    ends = (date(2026, 8, 20), later) if later is None else (None, later)
    told = [{**line, "Date Ceased to be Looked After": end or ""} for end in ends]
    reading = read(annex_a({3: [referral()], 8: told}))

    kept = reading.tables["cla_episodes"]["clae_cla_episode_ceased_date"]
    assert kept.to_list() == [later]
    [gap] = [gap for gap in reading.gaps if gap.table == "cla_episodes"]
    assert (gap.rows, gap.rejected, gap.differ) == (2, 0, 1)


def test_a_plan_of_before_the_child_can_be_expected_is_told_and_kept() -> None:
    lines = [plan("A", date(1926, 5, 1)), plan("B", date(2026, 5, 1))]
    reading = read(annex_a({3: referred(*MONTHS), 7: lines}))

    assert [p.line for p in reading.problems if p.rule == "birth"] == [2]
    assert reading.tables["cp_plans"].height == 2
    [gap] = [gap for gap in reading.gaps if gap.table == "cp_plans"]
    assert dict(gap.unread) == {"cppl_cp_plan_start_date": 1}


def test_of_lines_of_one_plan_that_differ_the_later_stands_and_it_is_told() -> None:
    ended = plan(**{"Child Protection Plan End Date": date(2026, 6, 30)})

    reopened = read(annex_a({3: referred(*MONTHS), 7: [ended, plan()]}))
    closed = read(annex_a({3: referred(*MONTHS), 7: [plan(), ended]}))

    for reading, end in ((reopened, None), (closed, date(2026, 6, 30))):
        assert reading.tables["cp_plans"]["cppl_cp_plan_end_date"].to_list() == [end]
        [gap] = [gap for gap in reading.gaps if gap.table == "cp_plans"]
        assert (gap.rows, gap.rejected, gap.differ) == (2, 0, 1)


# ---------- Dates and codes that decide ----------


def care(child: str, legal: str, **more: object) -> dict[str, object]:
    started = {"Date Started to be Looked After": date(2026, 5, 1)}
    return {"Child Unique ID": child, "Child's Legal Status": legal, **started, **more}


def test_respite_is_told_by_its_code_or_its_words() -> None:
    given = {
        "A": "v4",
        "B": "k) V4: Accommodated, short breaks",
        "C": "V3 agreed series of short-term breaks",
        "D": "Short term break",
        "E": "Respite care",
        "F": "C2: FCO",
        "G": "V2",
    }
    rows = [care(child, legal) for child, legal in given.items()]

    frame = read(annex_a({3: referred(*MONTHS), 8: rows})).tables["cla_episodes"]

    told = dict(frame.select("clae_person_id", "clae_legal_status").rows())
    assert told == {"A": "V4", "B": "V4", "C": "V3", "D": "V4", "E": "V4", "F": "C2", "G": "V2"}  # fmt: skip


def test_an_end_that_cannot_be_read_or_has_a_reason_alone_is_no_open_care() -> None:
    ended = "Date Ceased to be Looked After"
    rows = [
        care("A", "C2", **{ended: "31/02/2026"}),
        care("B", "C2", **{"Reason Ceased to be Looked After": "E4A"}),
        care("C", "C2"),
    ]

    reading = read(annex_a({3: referred(*MONTHS), 8: rows}))

    assert reading.unread is not None
    marks = reading.unread.filter(column="clae_cla_episode_ceased_date")
    assert marks["line"].to_list() == [2, 3]
    assert marks["file"].unique().to_list() == ["export.xlsx!List 8"]


def test_words_for_an_open_end_are_read_as_open_and_each_is_told_once() -> None:
    ended = "Child Protection Plan End Date"
    words = ["Ongoing", "ONGOING", " Current ", "Present", "n/a", "31/12/9999"]
    words += ["2099-12-31 00:00:00", "Closed", "soon", "30/02/2026", None]
    rows = [plan(f"AB{n}", **{ended: word}) for n, word in enumerate(words)]

    reading = read(annex_a({3: referred(*MONTHS), 7: rows}))

    plans = reading.tables["cp_plans"]
    assert plans.height == len(words)
    assert plans["cppl_cp_plan_end_date"].null_count() == len(words)
    # A word that nobody knows, and a day that does not exist, stay unreadable.
    assert reading.unread is not None
    marks = reading.unread.filter(column="cppl_cp_plan_end_date")
    assert marks["line"].to_list() == [9, 10, 11]
    told = [p for p in reading.problems if p.rule == "open-end"]
    assert [(p.line, p.message.partition("”")[0]) for p in told] == [
        (2, f"{ended} says “ongoing"),
        (4, f"{ended} says “current"),
        (5, f"{ended} says “present"),
        (6, f"{ended} says “n/a"),
        (7, f"{ended} says “31/12/9999"),
        (8, f"{ended} says “2099-12-31"),
    ]
    assert "in 2 rows, the first on this line" in told[0].message


def test_a_word_for_an_open_end_begins_nothing_and_reads_no_other_day() -> None:
    rows = [plan("AB1", **{"Child Protection Plan Start Date": "Ongoing"}), plan("AB2")]

    reading = read(annex_a({3: referred(*MONTHS), 7: rows}))

    assert reading.tables["cp_plans"]["cppl_person_id"].to_list() == ["AB2"]
    assert [p.rule for p in reading.problems if p.field] == ["date"]


def test_what_ends_before_it_begins_is_rejected() -> None:
    wrong = plan(**{"Child Protection Plan End Date": date(2026, 4, 30)})

    reading = read(annex_a({3: referred(*MONTHS), 7: [wrong, plan("AB2")]}))

    assert reading.tables["cp_plans"]["cppl_person_id"].to_list() == ["AB2"]
    assert rules_of(reading) == [("List 7", 2, "Child Protection Plan End Date", "order")]  # fmt: skip


def test_a_person_of_eighteen_still_in_care_is_named() -> None:
    rows = [
        care("A", "C2", **{"Date of Birth": date(2008, 9, 21)}),
        care("B", "C2", **{"Date of Birth": date(2008, 9, 22)}),
    ]

    reading = read(annex_a({3: referred(*MONTHS), 8: rows}))

    assert rules_of(reading) == [("List 8", 2, "Date Ceased to be Looked After", "adult")]  # fmt: skip


def test_a_plan_that_is_open_past_the_18th_birthday_is_kept_and_named() -> None:
    rows = [
        plan("A", **{"Date of Birth": date(2008, 9, 21)}),
        plan("B", **{"Date of Birth": date(2008, 9, 22)}),
    ]

    reading = read(annex_a({3: referred(*MONTHS), 7: rows}))

    assert reading.tables["cp_plans"].height == 2
    assert rules_of(reading) == [("List 7", 2, "Child Protection Plan End Date", "adult")]  # fmt: skip


def test_last_visits_are_told_of_the_day_of_the_extract_alone() -> None:
    visit, ended = "Date of Last Social Work Visit", "Date Ceased to be Looked After"
    rows = [
        care("A", "C2", **{visit: date(2026, 9, 1)}),
        care("B", "C2"),
        care("C", "C2", **{visit: date(2026, 9, 1), ended: date(2026, 9, 2)}),
    ]

    reading = read(annex_a({3: referred(*MONTHS), 8: rows}))

    here = reading.tables["cla_visits"].select("clav_person_id", "clav_cla_visit_date")
    assert here.rows() == [("A", date(2026, 9, 1)), ("B", None)]
    first, last = reading.covers["cla_visits"]
    assert first == last == reading.period_end
    # No line has the day of a review: of reviews nothing is known.
    assert "cla_latest_reviews" not in {*reading.covers, *reading.tables}


def test_a_list_of_which_nothing_could_be_read_is_not_covered() -> None:
    reading = read(annex_a({3: referred(*MONTHS), 7: [plan(start="no date at all")]}))

    assert "cp_plans" not in reading.covers and "cin_episodes" in reading.covers
    assert {rule for *_, rule in rules_of(reading)} == {"nothing", "date"}


# ---------- Headings ----------


def test_a_misspelt_key_heading_is_named_with_what_stands_instead() -> None:
    cells = cells_of(3, referred(*MONTHS))
    cells[0][cells[0].index("Date of referral")] = "Referral date"
    sheets = {"List 3": cells, "7": cells_of(7, [plan()]), "8": cells_of(8, [])}

    reading = read(workbook_file("x.xlsx", sheets))

    messages = [p.message for p in reading.problems]
    assert messages[0].startswith(
        "List 3 has no column Date of referral (it has Referral date)"
    )
    assert not any("no list 3" in message for message in messages)


def test_a_workbook_whose_lists_all_lack_their_key_is_refused_by_name() -> None:
    sheets = {}
    for number, key in ((3, "Date of referral"), (7, "Child Protection Plan Start Date"), (8, "Date Started to be Looked After")):  # fmt: skip
        cells = cells_of(number, [])
        cells[0][cells[0].index(key)] = "Start"
        sheets[f"List {number}"] = cells
    file = workbook_file("x.xlsx", sheets)

    assert READER.recognise(file) == ""
    refused = refusal(READER, file, request=LoadRequest(council="299"))
    assert "List 3 has no column Date of referral" in refused.message


def _as_csv(number: int, rows: Sequence[Row]) -> MemoryFile:
    headings, *cells = cells_of(number, rows)
    lines = [",".join(f'"{heading}"' for heading in headings)]
    for row in cells:
        told = (f"{c:%d/%m/%Y}" if isinstance(c, date) else str(c) for c in row)
        lines.append(",".join(told))
    return csv_file(f"List {number}.csv", *lines)


def test_lists_as_csv_files_are_of_one_day() -> None:
    """The latest date of any of them tells when all were made."""
    referrals = _as_csv(3, [referral("A1", date(2026, 9, 14)), referral("A2")])
    plans = _as_csv(7, [plan("A1", date(2026, 5, 1))])
    parts = [(READER.recognise(file), file) for file in (referrals, plans)]
    assert [part for part, _ in parts] == ["list 3", "list 7"]

    read = dict(READER.read([(p, f) for p, f in parts if p], REQUEST))  # type: ignore[arg-type]
    first, second = read[referrals], read[plans]
    assert isinstance(first, Reading) and isinstance(second, Reading)
    assert first.return_id == second.return_id == "annex-a/2026-09-14"
    assert first.tables["cin_episodes"].height == 2
    assert second.covers["cp_plans"] == (date(2026, 3, 15), date(2026, 9, 14))
    assert not [p for p in first.problems if p.rule == "missing-list"]


def test_a_list_that_tells_no_day_is_refused_alone_and_not_beside_others() -> None:
    leavers = _as_csv(9, [{"Child Unique ID": "A1", "Eligibility Category": "b)"}])
    [(_, refused)] = READER.read([("list 9", leavers)], REQUEST)
    assert isinstance(refused, RefusedFile) and "--as-at" in refused.fix
    beside = [("list 3", _as_csv(3, [referral()])), ("list 9", leavers)]
    assert all(isinstance(r, Reading) for _, r in READER.read(beside, REQUEST))
