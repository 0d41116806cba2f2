"""What SEN2's reader says of facts told twice, of what is lacking, and of bad dates."""

from datetime import date
from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.sen2.reader import Sen2Reader
from support.invented_returns import MemoryFile, read_all, rules_of
from support.sen2_export import Lines, one_plan, write_export

READER = Sen2Reader()
ISSUED = {"assessmentoutcome": "Y", "assessmentoutcomedate": "2024-05-01", "week20": 0}
RECEIVED = {"receiveddate": "2024-01-10", "requestoutcome": "Y"}
PLAN = {"startdate": "2024-05-01"}
MODULE_OF = {
    "ehcp_requests": "requests",
    "ehcp_assessment": "assessment",
    "ehcp_named_plan": "namedplan",
    "ehcp_active_plans": "activeplans",
    "person": "person",
}


def read(
    folder: Path, *children: Lines, header: dict[str, object] | None = None
) -> dict[str, Reading]:
    """Read an export; give each module's reading by the module's name."""
    export = write_export(folder, *children, header=header)
    files = [MemoryFile(p.name, p.read_bytes()) for p in sorted(export.iterdir())]
    found = {}
    for name, outcome in read_all(READER, files).items():
        assert isinstance(outcome, Reading), (name, outcome.message)
        found[name.removesuffix(".csv").rpartition("_")[2]] = outcome
    return found


def whole(number: int = 1, **changed: dict[str, object]) -> Lines:
    return one_plan(
        number,
        request={**RECEIVED, **changed.get("request", {})},
        assessment={**ISSUED, **changed.get("assessment", {})},
        plan={**PLAN, **changed.get("plan", {})},
        active={"reviewmeeting": "2024-12-01", **changed.get("active", {})},
    )


def gap(readings: dict[str, Reading], table: str) -> Gap:
    (found,) = (g for g in readings[MODULE_OF[table]].gaps if g.table == table)
    return found


def test_what_lacks_nothing_says_so(tmp_path: Path) -> None:
    readings = read(tmp_path, whole())

    for table in MODULE_OF:
        assert gap(readings, table) == Gap(table, 1), table
    assert all(reading.unread is None for reading in readings.values())


@pytest.mark.parametrize(
    ("table", "column", "changed"),
    [
        ("ehcp_requests", "ehcr_ehcp_req_date", {"request": {"receiveddate": ""}}),
        (
            "ehcp_requests",
            "ehcr_ehcp_req_date",
            {"request": {"receiveddate": "1900-01-01"}},
        ),
        (
            "ehcp_requests",
            "ehcr_ehcp_req_date",
            {"request": {"receiveddate": "2042-01-10"}},
        ),
        (
            "ehcp_requests",
            "ehcr_ehcp_req_outcome",
            {"request": {"requestoutcome": "agreed by panel"}},
        ),
        (
            "ehcp_assessment",
            "ehca_ehcp_assessment_outcome_date",
            {"assessment": {"assessmentoutcomedate": ""}},
        ),
        (
            "ehcp_assessment",
            "ehca_ehcp_assessment_outcome_date",
            {"assessment": {"assessmentoutcomedate": "2025-12-01"}},
        ),
        (
            "ehcp_assessment",
            "ehca_ehcp_assessment_outcome",
            {"assessment": {"assessmentoutcome": ""}},
        ),
        ("ehcp_named_plan", "ehcn_named_plan_start_date", {"plan": {"startdate": ""}}),
        (
            "ehcp_named_plan",
            "ehcn_named_plan_ceased_date",
            {"plan": {"ceasedate": "2024-11-31"}},
        ),
        (
            "ehcp_named_plan",
            "ehcn_named_plan_ceased_date",
            {"plan": {"ceasereason": "5"}},
        ),
        (
            "ehcp_active_plans",
            "ehcp_review_meeting_date",
            {"active": {"reviewmeeting": "1/13/24"}},
        ),
        ("ehcp_active_plans", "ehcp_transfer_la", {"active": {"transferla": "Bexley"}}),
    ],
)
def test_what_could_not_be_read_is_counted_by_the_records_column(
    table: str, column: str, changed: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    readings = read(tmp_path, whole(1), whole(2, **changed))

    assert gap(readings, table) == Gap(table, 2, unread={column: 1})
    reading = readings[MODULE_OF[table]]
    assert reading.unread is not None
    assert reading.unread.rows() == [(table, column, 3)]
    assert reading.tables[table][column].to_list()[1] is None
    assert [line for line, *_ in rules_of(reading)] == [3]


@pytest.mark.parametrize("nothing", ["", "NULL", "null", "N/A", "(null)", "-"])
def test_words_for_nothing_are_nothing(nothing: str, tmp_path: Path) -> None:
    changed = {
        "plan": {"ceasedate": nothing, "ceasereason": nothing},
        "active": {"transferla": nothing, "lastreview": nothing},
    }
    readings = read(tmp_path, whole(1, **changed))

    told = [p for r in readings.values() for p in r.problems if p.line]
    # What may say that something does not end is told, and read as nothing all the same.
    assert [p for p in told if (p.field, p.rule) != ("ceasedate", "open-end")] == []
    assert gap(readings, "ehcp_named_plan").is_empty


def test_an_orphan_is_lost_to_the_table(tmp_path: Path) -> None:
    orphan = {"requests": [{"requeststableid": 9, "persontableid": 77, **RECEIVED}]}
    readings = read(tmp_path, whole(), orphan)

    assert gap(readings, "ehcp_requests") == Gap("ehcp_requests", 2, rejected=1)


def test_a_child_that_stands_in_an_export_twice_counts_once(tmp_path: Path) -> None:
    again = whole(2)
    again = {**again, "person": [{**whole(1)["person"][0], "persontableid": 2}]}
    readings = read(tmp_path, whole(1), again)

    for table, module in MODULE_OF.items():
        assert readings[module].tables[table].height == 1, table
        assert gap(readings, table) == Gap(table, 2), table
        assert [rule for _, _, rule in rules_of(readings[module])] == ["repeat"], table


def test_what_hangs_on_a_second_copy_is_the_firsts(tmp_path: Path) -> None:
    child = one_plan(request=RECEIVED)
    second = {
        "requests": [{"requeststableid": 2, "persontableid": 1, **RECEIVED}],
        "assessment": [{"assessmenttableid": 5, "requeststableid": 2, **ISSUED}],
    }
    readings = read(tmp_path, child, second)

    requests = readings["requests"].tables["ehcp_requests"]
    assessments = readings["assessment"].tables["ehcp_assessment"]
    assert requests["ehcr_ehcp_request_id"].to_list() == ["2024-1"]
    assert assessments["ehca_ehcp_request_id"].to_list() == ["2024-1"]


def test_two_requests_of_a_day_that_differ_are_one_and_told(tmp_path: Path) -> None:
    child = one_plan(request={**RECEIVED, "requestoutcome": "A"})
    refused = {**RECEIVED, "requestoutcome": "N", "requestoutcomedate": "2024-02-01"}
    second = {"requests": [{"requeststableid": 2, "persontableid": 1, **refused}]}
    readings = read(tmp_path, child, second)

    assert gap(readings, "ehcp_requests") == Gap("ehcp_requests", 2, differ=1)
    outcome = readings["requests"].tables["ehcp_requests"]["ehcr_ehcp_req_outcome"]
    assert outcome.to_list() == ["N"]
    assert rules_of(readings["requests"]) == [(2, "receiveddate", "differ")]


def test_a_plan_told_open_and_ended_has_ended_and_is_told(tmp_path: Path) -> None:
    ended = {
        "namedplantableid": 2,
        "assessmenttableid": 1,
        **PLAN,
        "ceasedate": "2024-11-01",
        "ceasereason": 9,
    }
    readings = read(tmp_path, whole(), {"namedplan": [ended]})

    plans = readings["namedplan"].tables["ehcp_named_plan"]
    assert plans["ehcn_named_plan_ceased_reason"].to_list() == ["9"]
    assert gap(readings, "ehcp_named_plan").differ == 1


@pytest.mark.parametrize(
    ("module", "own", "table"),
    [
        (
            "assessment",
            {"assessmentoutcome": "Y", "assessmentoutcomedate": "2024-06-01"},
            "ehcp_assessment",
        ),
        ("activeplans", {"reviewmeeting": "2024-02-01"}, "ehcp_active_plans"),
    ],
)
def test_what_a_request_has_twice_is_kept_and_told(
    module: str, own: dict[str, object], table: str, tmp_path: Path
) -> None:
    second = {module: [{f"{module}tableid": 7, "requeststableid": 1, **own}]}
    readings = read(tmp_path, whole(), second)

    assert readings[module].tables[table].height == 2
    assert gap(readings, table) == Gap(table, 2, differ=1)
    assert {"differ"} <= {rule for _, _, rule in rules_of(readings[module])}


def test_two_historical_requests_without_dates_are_two(tmp_path: Path) -> None:
    second = {
        "requests": [{"requeststableid": 2, "persontableid": 1, "requestoutcome": "H"}]
    }
    readings = read(tmp_path, one_plan(), second)

    assert readings["requests"].tables["ehcp_requests"].height == 2
    assert gap(readings, "ehcp_requests").is_empty


@pytest.mark.parametrize(
    ("module", "field", "changed"),
    [
        (
            "requests",
            "requestoutcomedate",
            {"request": {"requestoutcomedate": "2024-01-01"}},
        ),
        ("namedplan", "startdate", {"plan": {"startdate": "2024-04-01"}}),
        ("activeplans", "lastreview", {"active": {"lastreview": "2024-11-01"}}),
    ],
)
def test_days_out_of_order_are_told(
    module: str, field: str, changed: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    readings = read(tmp_path, whole(1, **changed))

    assert rules_of(readings[module]) == [(2, field, "order")]


@pytest.mark.parametrize(
    ("born", "ceased", "told"),
    [
        ("1999-08-31", "", True),  # 25 in August 2024, and its academic year is over
        ("1999-09-01", "", False),  # its academic year goes on to August 2025
        ("1999-08-31", "2024-08-31", False),
        ("", "", False),
    ],
)
def test_a_plan_beyond_the_academic_year_of_the_25th_birthday_is_told_and_kept(
    born: str, ceased: str, told: bool, tmp_path: Path
) -> None:
    [person], child = one_plan(1)["person"], dict(whole(plan={"ceasedate": ceased}))
    child["person"] = [{**person, "personbirthdate": born}]
    reading = read(tmp_path, child)["namedplan"]

    assert ("age" in {p.rule for p in reading.problems}) == told
    assert reading.tables["ehcp_named_plan"].height == 1


def test_a_plan_that_is_not_among_the_active_ones_is_told(tmp_path: Path) -> None:
    readings = read(
        tmp_path, whole(1), one_plan(2, request=RECEIVED, assessment=ISSUED, plan=PLAN)
    )

    assert rules_of(readings["namedplan"]) == [(3, "ceasedate", "active")]


def test_the_order_of_day_and_month_is_judged_over_the_column(tmp_path: Path) -> None:
    # Read day first, 05/01 would be 5 January; the second line shows the order.
    readings = read(
        tmp_path,
        whole(1, request={"receiveddate": "05/01/2024"}),
        whole(
            2, request={"receiveddate": "05/31/2024"}, plan={"startdate": "2024-06-01"}
        ),
    )

    days = readings["requests"].tables["ehcp_requests"]["ehcr_ehcp_req_date"]
    assert [str(day) for day in days] == ["2024-05-01", "2024-05-31"]
    assert ("receiveddate", "date-order") in [
        (field, rule) for _, field, rule in rules_of(readings["requests"])
    ]


@pytest.mark.parametrize(
    ("header", "last"),
    [
        ({"datetime": "2025-02-20T10:00:00"}, "2024-12-31"),
        ({"datetime": "2024-12-15"}, "2024-12-15"),
        ({"referencedate": "2024-10-31", "year": 2024}, "2024-10-31"),
        ({"referencedate": "2024-12-30", "datetime": "2024-12-20"}, "2024-12-20"),
        ({"referencedate": ""}, "2024-12-31"),
        ({"datetime": "1900-01-01"}, "2024-12-31"),
        ({"datetime": "Tuesday"}, "2024-12-31"),
    ],
)
def test_a_return_covers_its_year_up_to_the_day_it_was_made(
    header: dict[str, object], last: str, tmp_path: Path
) -> None:
    readings = read(tmp_path, whole(), header=header)

    first, until = readings["requests"].covers["ehcp_requests"]
    assert (str(first), str(until)) == ("2024-01-01", last)


def test_a_day_in_the_header_that_the_events_contradict_is_not_believed(
    tmp_path: Path,
) -> None:
    header = {"datetime": "2024-02-20"}
    readings = read(tmp_path, *(whole(number) for number in range(1, 5)), header=header)

    assert str(readings["requests"].covers["ehcp_requests"][1]) == "2024-12-31"
    assert gap(readings, "ehcp_assessment").is_empty


def test_without_a_day_in_the_header_the_last_event_says_how_far_it_reaches(
    tmp_path: Path,
) -> None:
    child = whole(1, active={"reviewmeeting": "2024-10-01"})
    readings = read(tmp_path, child, header={"referencedate": ""})

    reading = readings["requests"]
    assert str(reading.covers["ehcp_requests"][1]) == "2024-10-01"
    assert "It covers no day after 1 October 2024" in reading.inferred


def test_the_user_may_say_when_it_was_made(tmp_path: Path) -> None:
    export = write_export(tmp_path, whole())
    files = [MemoryFile(p.name, p.read_bytes()) for p in sorted(export.iterdir())]

    for as_at, last in (("2024-12-05", "2024-12-05"), ("2025-02-01", "2024-12-31")):
        request = LoadRequest(council="306", as_at=date.fromisoformat(as_at))
        for outcome in read_all(READER, files, request).values():
            assert isinstance(outcome, Reading)
            assert {str(span[1]) for span in outcome.covers.values()} <= {last}
    request = LoadRequest(council="306", as_at=date(2023, 12, 31))
    refused = read_all(READER, files, request)
    assert {o.rule for o in refused.values() if isinstance(o, RefusedFile)} == {"as-at"}


def test_a_key_that_may_be_a_name_is_veiled_and_still_links(tmp_path: Path) -> None:
    named = {
        "person": [
            {"persontableid": "Somebody Invented", "personbirthdate": "2012-01-01"}
        ],
        "requests": [
            {
                "requeststableid": "Somebody Invented",
                "persontableid": "Somebody Invented",
                **RECEIVED,
            }
        ],
    }
    readings = read(tmp_path, named)

    requests = readings["requests"].tables["ehcp_requests"]
    person = readings["person"].tables["person"]
    assert requests["ehcr_person_id"].to_list() == person["pers_person_id"].to_list()
    assert "Somebody" not in str(requests.rows())


def tell_outcomes(
    tmp_path: Path, *requests: tuple[str, str]
) -> tuple[list[tuple[int, str]], int]:
    """Give what is said of outcomes, by line, and how many are marked as unread."""
    plans = [
        one_plan(
            n,
            request={
                "receiveddate": "2024-02-01",
                "requestoutcome": said,
                "requestoutcomedate": on,
            },
        )
        for n, (said, on) in enumerate(requests, start=1)
    ]
    reading = read(tmp_path, *plans)["requests"]
    told = [p for p in reading.problems if p.field == "requestoutcome"]
    unread = [] if reading.unread is None else reading.unread["column"].to_list()
    return [(p.line, p.message) for p in told], unread.count("ehcr_ehcp_req_outcome")


def test_a_request_without_an_outcome_waits_unless_it_was_decided_on_a_day(
    tmp_path: Path,
) -> None:
    told, unread = tell_outcomes(tmp_path, ("", ""), ("A", ""), ("", "2024-03-14"))

    [(first, waits), (second, decided)] = told
    assert (first, second, unread) == (2, 4, 1)
    assert "counts as not decided" in waits and "decided on a day" in decided


def test_an_export_without_any_outcome_does_not_say_that_all_wait(
    tmp_path: Path,
) -> None:
    told, unread = tell_outcomes(tmp_path, ("", ""), ("", "2024-03-14"))

    assert unread == 2
    assert all("No request of the export has an outcome" in words for _, words in told)
