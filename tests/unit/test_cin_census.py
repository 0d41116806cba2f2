"""The children in need census is read whole, typed, and with its lines."""

from datetime import date, datetime
from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.cin.reader import CinCensusReader
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.sources import DiskFile
from support.census import child, details, write_census
from support.invented_returns import DATA

EVERY_BLOCK = """<DateOfInitialCPC>2024-06-01</DateOfInitialCPC>
        <Assessments>
          <AssessmentActualStartDate>2024-05-03</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>2024-06-10</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>2A</AssessmentFactors>
            <AssessmentFactors>18B</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates><CINPlanStartDate>2024-06-11</CINPlanStartDate></CINPlanDates>
        <Section47>
          <S47ActualStartDate>2024-06-12</S47ActualStartDate>
          <DateOfInitialCPC>2024-06-28</DateOfInitialCPC>
          <ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ChildProtectionPlans>
          <CPPstartDate>2024-06-28</CPPstartDate>
          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
          <Reviews><CPPreviewDate>2024-09-20</CPPreviewDate></Reviews>
        </ChildProtectionPlans>
        <PreProceedingsandFGDM><PPStartDate>2024-10-01</PPStartDate></PreProceedingsandFGDM>
"""


def read(path: Path, request: LoadRequest | None = None) -> Reading:
    source = DiskFile(path.name, path)
    reader = CinCensusReader()
    assert reader.recognise(source) == ""
    [(_, reading)] = reader.read([("", source)], request or LoadRequest())
    if isinstance(reading, RefusedFile):
        raise reading
    return reading


def gap_of(reading: Reading, table: str) -> Gap:
    return next(gap for gap in reading.gaps if gap.table == table)


def test_a_census_says_when_it_was_made_unless_the_user_does(tmp_path: Path) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1", details("2024-05-01")))
    said = read(path, LoadRequest(as_at=date(2025, 6, 1)))

    assert read(path).made_at == datetime(2025, 5, 23, 11, 14, 5)  # noqa: DTZ001
    assert said.made_at == datetime(2025, 6, 1)  # noqa: DTZ001


@pytest.mark.parametrize("slip", ["2021-05-23T11:14:05", "2095-05-23", "soon"])
def test_a_moment_that_cannot_be_is_no_moment(slip: str, tmp_path: Path) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1", details("2024-05-01")))
    path.write_text(path.read_text("utf-8").replace("2025-05-23T11:14:05", slip))

    assert read(path).made_at is None


def test_every_block_becomes_rows_of_its_table(tmp_path: Path) -> None:
    path = write_census(
        tmp_path / "invented.xml", child("A1", details("2024-05-01", EVERY_BLOCK))
    )

    reading = read(path)

    assert {name: frame.height for name, frame in reading.tables.items()} == {
        "person": 1,
        "disability": 1,
        "linked_identifiers": 0,
        "cin_episodes": 1,
        "cin_assessments": 1,
        "assessment_factors": 2,
        "cin_plans": 1,
        "s47_enquiry": 1,
        "initial_cp_conference": 2,
        "cp_plans": 1,
        "cp_reviews": 1,
        "pre_proceedings": 1,
    }
    assert (reading.rows_read, reading.rows_rejected) == (7, 0)
    assert reading.year == 2025 and reading.authority == "299"
    assert reading.covers["cp_plans"] == (date(2024, 4, 1), date(2025, 3, 31))
    enquiry = reading.tables["s47_enquiry"].row(0, named=True)
    assert enquiry["s47e_icpc_not_required"] is False
    conferences = reading.tables["initial_cp_conference"].sort("icpc_icpc_date")
    assert conferences["icpc_s47_start_date"].to_list() == [None, date(2024, 6, 12)]


def test_line_of_a_referral_is_the_line_of_its_date(tmp_path: Path) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1", details("2024-05-01")))

    line = read(path).tables["cin_episodes"]["line"][0]

    text = path.read_text(encoding="utf-8").splitlines()
    assert "CINreferralDate" in text[line - 1]


@pytest.mark.parametrize(
    ("element", "sex"),
    [
        ("<Sex>M</Sex>", "M"),
        ("<Sex>U</Sex>", "U"),
        ("<GenderCurrent>2</GenderCurrent>", "F"),
        ("<GenderCurrent>9</GenderCurrent>", "U"),
    ],
)
def test_sex_is_one_code_in_every_year(tmp_path: Path, element: str, sex: str) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1", sex=element))

    assert read(path).tables["person"]["pers_sex"].to_list() == [sex]


def test_disability_not_said_is_not_no(tmp_path: Path) -> None:
    children = (
        child("A1", disability="NONE"),
        child("A2", disability="HEAR"),
        child("A3").replace(
            "<Disabilities><Disability>NONE</Disability></Disabilities>", ""
        ),
    )
    path = write_census(tmp_path / "invented.xml", *children)

    assert read(path).tables["person"]["pers_disabled"].to_list() == [False, True, None]


def test_what_two_elements_of_one_child_say_is_taken_from_both(tmp_path: Path) -> None:
    path = write_census(
        tmp_path / "invented.xml",
        child("A1", details("2024-05-01", closed="2024-06-30")),
        child("A1", details("2024-11-03", EVERY_BLOCK)),
    )

    reading = read(path)

    assert reading.tables["cin_episodes"]["cine_close_date"].to_list() == [
        date(2024, 6, 30),
        None,
    ]
    assert reading.tables["person"].height == 1
    [problem] = [p for p in reading.problems if p.rule == "8510"]
    assert problem.field == "LAchildID" and problem.line > 20
    assert "A1" not in problem.message + problem.fix


def test_a_child_given_twice_word_for_word_counts_once_and_lacks_nothing(
    tmp_path: Path,
) -> None:
    twice = child("A1", details("2024-05-01", EVERY_BLOCK))
    path = write_census(tmp_path / "invented.xml", twice, twice)

    reading = read(path)

    assert {t: f.height for t, f in reading.tables.items()}["cp_plans"] == 1
    assert reading.tables["cin_episodes"].height == 1
    assert (reading.rows_read, reading.rows_rejected) == (14, 7)
    assert all(gap.is_empty for gap in reading.gaps)
    assert {p.rule for p in reading.problems} == {"8510", "repeat"}


def test_one_referral_told_in_two_ways_in_two_elements_is_one_and_not_final(
    tmp_path: Path,
) -> None:
    path = write_census(
        tmp_path / "invented.xml",
        child("A1", details("2024-05-01")),
        child("A1", details("2024-05-01", closed="2024-06-30")),
    )

    reading = read(path)

    assert reading.tables["cin_episodes"]["cine_close_date"].to_list() == [
        date(2024, 6, 30)
    ]
    assert gap_of(reading, "cin_episodes").differ == 1


def test_referral_on_a_day_that_does_not_exist_is_rejected_and_counted(
    tmp_path: Path,
) -> None:
    path = write_census(
        tmp_path / "invented.xml",
        child("A1", details("2025-02-30")),
        child("A2", details("2025-02-28")),
    )

    reading = read(path)

    assert reading.tables["cin_episodes"]["cine_person_id"].to_list() == ["A2"]
    assert (reading.rows_read, reading.rows_rejected) == (4, 1)
    gap = gap_of(reading, "cin_episodes")
    assert (gap.rows, gap.rejected) == (2, 1)
    [problem] = reading.problems
    assert (problem.field, problem.rule) == ("CINreferralDate", "date")
    assert "2025-02-30" not in problem.message


def test_a_census_of_whose_referrals_none_can_be_read_is_refused(
    tmp_path: Path,
) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1", details("2025-02-30")))

    with pytest.raises(RefusedFile, match="None of its 1 referrals"):
        read(path)


def test_unknown_code_is_kept_and_told(tmp_path: Path) -> None:
    strange = details("2024-05-01").replace(">6<", ">66<")
    path = write_census(tmp_path / "invented.xml", child("A1", strange))

    reading = read(path)

    assert reading.tables["cin_episodes"]["cine_referral_source_code"][0] == "66"
    assert [p.rule for p in reading.problems] == ["code"]


def test_code_of_a_later_year_is_unknown_before_it(tmp_path: Path) -> None:
    early = details("2021-05-01").replace(">6<", ">5D<")
    in_2022 = write_census(tmp_path / "a.xml", child("A1", early), year=2022)
    in_2023 = write_census(
        tmp_path / "b.xml", child("A1", early.replace("2021", "2022")), year=2023
    )

    assert [p.rule for p in read(in_2022).problems] == ["code"]
    assert read(in_2023).problems == ()


def test_year_said_must_be_the_year_of_the_header(tmp_path: Path) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1"))

    with pytest.raises(RefusedFile, match="2024"):
        read(path, LoadRequest(year=2024))


def test_block_that_no_census_has_is_told(tmp_path: Path) -> None:
    strange = details("2024-05-01", "<Novelty><Date>2024-05-01</Date></Novelty>")
    path = write_census(tmp_path / "invented.xml", child("A1", strange))

    [told] = read(path).problems
    assert (told.rule, told.field) == ("unknown-element", "Novelty")
    assert "They may tell of assessments, child protection plans," in told.message


LOST_ONE = {
    "cin_assessments",
    "assessment_factors",
    "cin_plans",
    "s47_enquiry",
    "initial_cp_conference",
    "cp_plans",
    "cp_reviews",
    "pre_proceedings",
}
PLAN = """<ChildProtectionPlans>
  <CPPstartDate>2024-06-28</CPPstartDate><CPPendDate>2024-09-28</CPPendDate>
</ChildProtectionPlans>"""


@pytest.mark.parametrize(
    ("inside", "lost"),
    [
        # What no census has may be a record of anything that a referral holds.
        ("<Novelty><Date>2024-05-01</Date></Novelty>", LOST_ONE),
        # What stands in it says of what it tells.
        (PLAN.replace("ChildProtectionPlans", "CPPlan"), {"cp_plans", "cp_reviews"}),
        (
            "<Enquiry><DateofInitialCPC>2024-05-01</DateofInitialCPC></Enquiry>",
            {"s47_enquiry", "initial_cp_conference"},
        ),
        (
            PLAN.replace("</Child", "<Seen><On>2024-07-01</On></Seen></Child"),
            {"cp_plans", "cp_reviews"},
        ),
        (
            PLAN.replace(
                "</Child", "<Reviews><Held>2024-07-01</Held></Reviews></Child"
            ),
            {"cp_reviews"},
        ),
        # An element of a referral may be its conference, if it has none.
        ("<Meeting>2024-06-01</Meeting>", {"initial_cp_conference"}),
        ("<DateOfInitialCPC>2024-06-01</DateOfInitialCPC><Other>2</Other>", set()),
        # What is empty says nothing.
        ("<Novelty><Date/></Novelty>", set()),
    ],
)
def test_what_has_no_name_of_a_census_is_lost_to_what_it_may_tell_of(
    inside: str, lost: set[str], tmp_path: Path
) -> None:
    path = write_census(
        tmp_path / "invented.xml", child("A1", details("2024-05-01", inside))
    )
    reading = read(path)
    assert {gap.table for gap in reading.gaps if gap.rejected} == lost
    assert all(gap.rejected <= 1 for gap in reading.gaps)
    assert "unknown-element" in {told.rule for told in reading.problems}


def test_an_end_under_another_name_is_unread_where_the_right_one_is_lacking(
    tmp_path: Path,
) -> None:
    """The right name stands in the file, so that the other is none for a lacking one."""
    misspelt = PLAN.replace("CPPendDate", "CPP_EndDate").replace("06-28", "06-29")
    path = write_census(
        tmp_path / "invented.xml",
        child("A1", details("2024-05-01", PLAN)),
        child("A2", details("2024-05-01", misspelt)),
    )
    reading = read(path)

    plans = gap_of(reading, "cp_plans")
    assert (plans.rows, plans.rejected) == (2, 0)
    assert plans.unread["cppl_cp_plan_end_date"] == 1
    assert reading.unread is not None
    of = reading.tables["cp_plans"].filter(cppl_person_id="A2")
    marked = reading.unread.filter(table="cp_plans", column="cppl_cp_plan_end_date")
    assert marked["line"].to_list() == of["line"].to_list()
    [told] = [p for p in reading.problems if p.rule == "unknown-element"]
    assert told.field == "CPP_EndDate" and "child protection plans" in told.message


def test_an_element_in_other_capitals_is_the_guides(tmp_path: Path) -> None:
    path = write_census(
        tmp_path / "invented.xml", child("A1", details("2024-05-01", EVERY_BLOCK))
    )
    plain = read(path)
    for name in ("CPPstartDate", "CINdetails", "Section47", "CINreferralDate"):
        path.write_text(path.read_text("utf-8").replace(name, name.upper()))
    capitals = read(path)

    assert capitals.problems == plain.problems
    assert capitals.tables.keys() == plain.tables.keys()
    for name, table in plain.tables.items():
        assert capitals.tables[name].equals(table), name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ChildProtectionPlans", "ChildProtectionPlan"),
        ("CINPlanStartDate", "CINPlanStartDat"),
    ],
)
def test_a_name_meant_for_one_that_is_lacking_refuses_the_census(
    name: str, written: str, tmp_path: Path
) -> None:
    """Else a council would have no plans, or plans without an end, and no word of it."""
    path = write_census(
        tmp_path / "invented.xml", child("A1", details("2024-05-01", EVERY_BLOCK))
    )
    path.write_text(path.read_text("utf-8").replace(name, written))

    with pytest.raises(
        RefusedFile, match=f"no element {name}, and 1 called {written},"
    ):
        read(path)


def test_an_empty_referral_is_no_record(tmp_path: Path) -> None:
    empty = "<CINdetails></CINdetails><CINdetails><Section47/></CINdetails>"
    path = write_census(tmp_path / "invented.xml", child("A1", details("2024-05-01")))
    before = read(path)
    path.write_text(path.read_text("utf-8").replace("</Child>", f"{empty}</Child>"))

    assert (read(path).rows_read, read(path).problems) == (before.rows_read, ())


@pytest.mark.samples
def test_public_sample_of_another_authority_is_read(samples: Path) -> None:
    reading = read(samples / "csc" / "cin" / "BAR_cin_2022.xml")

    assert (reading.year, reading.authority) == (2022, "201")
    assert reading.rows_read == 6 and reading.rows_rejected == 0


def test_the_committed_census_says_that_it_is_invented_and_is_read_whole() -> None:
    path = DATA / "cin" / "invented_census.xml"
    reading = read(path)

    assert "INVENTED" in path.read_text(encoding="utf-8").split("\n")[1]
    assert (reading.year, reading.authority, reading.problems) == (2026, "299", ())
    assert {name: frame.height for name, frame in reading.tables.items()} == {
        "person": 2,
        "cin_episodes": 4,
        "cin_assessments": 4,
        "assessment_factors": 6,
        "cin_plans": 2,
        "s47_enquiry": 2,
        "initial_cp_conference": 4,  # one beside the enquiry, one inside it
        "cp_plans": 2,
        "cp_reviews": 4,
        "pre_proceedings": 2,
        "disability": 4,
        "linked_identifiers": 2,
    }


# ---------- A fact has a key as large as the fact ----------

SECOND = details("2024-05-03", nfa="0")
FIRST = details("2024-05-03", nfa="1", closed="2024-05-03")


def test_two_referrals_of_a_day_are_two_and_each_holds_its_own(tmp_path: Path) -> None:
    inside = """<Section47><S47ActualStartDate>2024-05-04</S47ActualStartDate>
        </Section47>"""
    second = details("2024-05-03", inside)
    path = write_census(tmp_path / "invented.xml", child("A1", FIRST + second))

    reading = read(path)

    episodes = reading.tables["cin_episodes"]
    assert episodes["cine_referral_id"].to_list() == [
        "A1/2024-05-03",
        "A1/2024-05-03/2",
    ]
    assert reading.tables["s47_enquiry"]["s47e_referral_id"].to_list() == [
        "A1/2024-05-03/2"
    ]
    assert reading.problems == () and all(gap.is_empty for gap in reading.gaps)


def test_two_enquiries_and_two_assessments_that_begin_on_a_day_are_two(
    tmp_path: Path,
) -> None:
    inside = """<Assessments>
        <AssessmentActualStartDate>2024-05-03</AssessmentActualStartDate>
        <AssessmentAuthorisationDate>2024-05-20</AssessmentAuthorisationDate>
        </Assessments><Assessments>
        <AssessmentActualStartDate>2024-05-03</AssessmentActualStartDate>
        <AssessmentAuthorisationDate>2024-06-20</AssessmentAuthorisationDate>
        </Assessments><Section47>
        <S47ActualStartDate>2024-05-04</S47ActualStartDate>
        <ICPCnotRequired>1</ICPCnotRequired></Section47><Section47>
        <S47ActualStartDate>2024-05-04</S47ActualStartDate>
        <DateOfInitialCPC>2024-05-20</DateOfInitialCPC></Section47>"""
    path = write_census(tmp_path / "invented.xml", child("A1", details("2024-05-03", inside)))  # fmt: skip

    reading = read(path)

    assert reading.tables["cin_assessments"].height == 2
    assert reading.tables["s47_enquiry"].height == 2
    assert reading.problems == ()


def plan(start: str, end: str = "") -> str:
    ended = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    return f"""<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{ended}
        <NumberOfPreviousCPP>0</NumberOfPreviousCPP></ChildProtectionPlans>"""


def test_a_plan_told_under_two_episodes_alike_is_one_and_lacks_nothing(
    tmp_path: Path,
) -> None:
    both = details("2024-05-03", plan("2024-06-10"), closed="2024-07-30") + details(
        "2024-08-01", plan("2024-06-10")
    )
    reading = read(write_census(tmp_path / "invented.xml", child("A1", both)))

    plans = reading.tables["cp_plans"]
    assert plans["cppl_referral_id"].to_list() == ["A1/2024-08-01"]
    assert gap_of(reading, "cp_plans").is_empty
    assert [p.rule for p in reading.problems] == ["repeat"]


def test_a_plan_told_twice_and_not_alike_is_told_by_its_latest_referral(
    tmp_path: Path,
) -> None:
    both = details("2024-08-01", plan("2024-06-10", "2024-12-01")) + details(
        "2024-05-03", plan("2024-06-10"), closed="2024-07-30"
    )
    reading = read(write_census(tmp_path / "invented.xml", child("A1", both)))

    plans = reading.tables["cp_plans"]
    assert plans["cppl_cp_plan_end_date"].to_list() == [date(2024, 12, 1)]
    assert gap_of(reading, "cp_plans").differ == 1
    assert [p.rule for p in reading.problems] == ["differ"]


# ---------- What cannot be read, and dates that decide ----------


def test_british_dates_are_read_by_the_order_of_their_column(tmp_path: Path) -> None:
    path = write_census(
        tmp_path / "invented.xml",
        child("A1", details("13/05/2024")),
        child("A2", details("05/06/2024")),
    )

    referred = read(path).tables["cin_episodes"]["cine_referral_date"].to_list()

    assert referred == [date(2024, 5, 13), date(2024, 6, 5)]


def test_an_end_that_cannot_be_read_is_marked_by_the_records_column_and_place(
    tmp_path: Path,
) -> None:
    two = details("2024-05-03", plan("2024-06-10", "2024-11-31") + plan("2024-12-10"))
    text = write_census(tmp_path / "a.xml", child("A1", two)).read_text()
    one_line = tmp_path / "invented.xml"
    one_line.write_text("".join(line.strip() for line in text.splitlines()))

    reading = read(one_line)

    assert reading.unread is not None
    [mark] = reading.unread.rows(named=True)
    assert (mark["table"], mark["column"]) == ("cp_plans", "cppl_cp_plan_end_date")
    plans = reading.tables["cp_plans"]
    there = plans.filter(line=mark["line"], file=mark["file"])
    assert there["cppl_cp_plan_start_date"].to_list() == [date(2024, 6, 10)]
    assert plans["file"].to_list() == ["invented.xml", "invented.xml!record 2"]
    assert dict(gap_of(reading, "cp_plans").unread) == {"cppl_cp_plan_end_date": 1}


def test_a_table_of_which_nothing_could_be_read_is_not_covered(tmp_path: Path) -> None:
    broken = details("2024-05-03", plan("2024-13-10"))
    reading = read(write_census(tmp_path / "invented.xml", child("A1", broken)))

    assert "cp_plans" not in reading.covers and "cin_episodes" in reading.covers
    assert [p.rule for p in reading.problems] == ["date", "nothing"]


@pytest.mark.parametrize(
    ("inside", "closed", "table", "rule"),
    [
        (plan("2024-05-12", "2024-05-11"), "", "cp_plans", "8925"),
        ("", "2024-05-01", "cin_episodes", "8630"),
        (
            "<Assessments><AssessmentActualStartDate>2024-05-12"
            "</AssessmentActualStartDate><AssessmentAuthorisationDate>2024-05-11"
            "</AssessmentAuthorisationDate></Assessments>",
            "",
            "cin_assessments",
            "8608",
        ),
        (
            "<CINPlanDates><CINPlanStartDate>2024-05-12</CINPlanStartDate>"
            "<CINPlanEndDate>2024-05-11</CINPlanEndDate></CINPlanDates>",
            "",
            "cin_plans",
            "4011",
        ),
    ],
)
def test_what_ends_before_it_begins_is_rejected_by_the_rule_of_dfe(
    tmp_path: Path, inside: str, closed: str, table: str, rule: str
) -> None:
    wrong = child("A1", details("2024-05-03", inside, closed=closed))
    good = child(
        "A2", details("2024-05-03", inside.replace("2024-05-11", "2024-06-11"))
    )

    reading = read(write_census(tmp_path / "invented.xml", wrong, good))

    assert gap_of(reading, table).rejected == 1
    assert [p.rule for p in reading.problems] == [rule]


def test_a_case_of_a_child_who_died_is_no_open_one(tmp_path: Path) -> None:
    died = child("A1", details("2024-05-03", plan("2024-06-10"))).replace(
        "</PersonBirthDate>",
        "</PersonBirthDate><PersonDeathDate>2024-09-01</PersonDeathDate>",
    )
    reading = read(write_census(tmp_path / "invented.xml", died))

    assert reading.unread is not None
    assert sorted(reading.unread["column"]) == [
        "cine_close_date",
        "cppl_cp_plan_end_date",
    ]
    assert {p.rule for p in reading.problems} == {"death"}


@pytest.mark.parametrize(
    ("written", "unread"), [("2024-09-31", 1), ("1900-01-01", 0), ("NULL", 0)]
)
def test_a_death_whose_day_cannot_be_read_is_a_death_and_a_stand_in_is_none(
    tmp_path: Path, written: str, unread: int
) -> None:
    died = child("A1", details("2024-05-03")).replace(
        "</PersonBirthDate>",
        f"</PersonBirthDate><PersonDeathDate>{written}</PersonDeathDate>",
    )
    reading = read(write_census(tmp_path / "invented.xml", died))

    assert gap_of(reading, "cin_episodes").unread.get("cine_close_date", 0) == unread


@pytest.mark.parametrize(("born", "told"), [("2025-02-07", 0), ("2025-02-08", 1)])
def test_what_begins_before_a_child_can_be_expected_is_told_and_its_figures_know(
    tmp_path: Path, born: str, told: int
) -> None:
    """The 280th day before 7 February 2025 is 3 May 2024."""
    path = tmp_path / "invented.xml"
    reading = read(write_census(path, child("A1", details("2024-05-03"), born=born)))

    assert [p.rule for p in reading.problems] == ["8606"] * told
    unread = gap_of(reading, "cin_episodes").unread
    assert unread.get("cine_referral_date", 0) == told
    assert reading.tables["cin_episodes"].height == 1


def test_a_reason_for_closure_without_a_day_is_no_open_case(tmp_path: Path) -> None:
    closed = details("2024-05-03", closed="2024-06-30").replace(
        "<CINclosureDate>2024-06-30</CINclosureDate>", "<CINclosureDate/>"
    )
    reading = read(write_census(tmp_path / "invented.xml", child("A1", closed)))

    assert dict(gap_of(reading, "cin_episodes").unread) == {"cine_close_date": 1}


def test_codes_flags_and_emptiness_read_as_in_every_return(tmp_path: Path) -> None:
    given = details("2024-05-03", nfa="N").replace(">6<", ">1a - Family member<")
    children = (
        child("A1", given, disability="none"),
        child("A2", given.replace(">N<", ">NULL<"), disability=""),
        child(
            "A3",
            given.replace("1a - Family member", "12 High Street"),
            disability="aut",
        ),  # fmt: skip
    )
    reading = read(write_census(tmp_path / "invented.xml", *children))

    episodes = reading.tables["cin_episodes"]
    assert episodes["cine_referral_source_code"].to_list() == ["1A", "1A", None]
    assert episodes["cine_referral_nfa"].to_list() == [False, None, False]
    assert reading.tables["person"]["pers_disabled"].to_list() == [False, None, True]


def test_a_namespace_and_utf_16_are_no_hindrance(tmp_path: Path) -> None:
    text = write_census(tmp_path / "a.xml", child("A1", FIRST)).read_text()
    spaced = text.replace("<Message>", '<Message xmlns="urn:invented">')
    path = tmp_path / "invented.xml"
    path.write_text('<?xml version="1.0" encoding="UTF-16"?>' + spaced, "utf-16")

    assert read(path).tables["cin_episodes"].height == 1


def test_tags_in_small_letters_are_refused_by_their_cause(tmp_path: Path) -> None:
    path = write_census(tmp_path / "invented.xml", child("A1", FIRST))
    path.write_text(path.read_text().lower())

    with pytest.raises(RefusedFile, match="Message, Header, Children and Child"):
        read(path)


@pytest.mark.parametrize(
    ("born", "end", "found"),
    [
        ("2007-03-31", "", ["adult"]),  # 18 on the last day of the return
        ("2007-04-01", "", []),
        ("2007-03-31", "<CPPendDate>2025-03-30</CPPendDate>", []),
    ],
)
def test_a_protection_plan_that_is_open_past_the_18th_birthday_is_kept_and_named(
    tmp_path: Path, born: str, end: str, found: list[str]
) -> None:
    plan = f"""<ChildProtectionPlans><CPPstartDate>2024-06-28</CPPstartDate>{end}
        <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
        <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
        <NumberOfPreviousCPP>1</NumberOfPreviousCPP></ChildProtectionPlans>"""
    of_child = child("A1", details("2024-05-01", plan), born=born)

    reading = read(write_census(tmp_path / "invented.xml", of_child))

    assert reading.tables["cp_plans"].height == 1
    told = [one for one in reading.problems if one.field == "CPPendDate"]
    assert [one.rule for one in told] == found
    assert all("counts as open" in one.message for one in told)
