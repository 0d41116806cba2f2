"""Checks tell what the reader found by DfE's rules, and judge the year of the census."""

from pathlib import Path

import polars as pl

from openscrutiny.checks.rules import FOUND_AT_LOAD, RULES
from openscrutiny.checks.running import CheckReport, run_checks
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.census import census, child, details

PLAN = """<ChildProtectionPlans><CPPstartDate>2024-05-12</CPPstartDate>
    <CPPendDate>{end}</CPPendDate></ChildProtectionPlans>"""
EXPECTED = "<ExpectedPersonBirthDate>{day}</ExpectedPersonBirthDate>"


def check(folder: Path, *texts: str) -> CheckReport:
    workspace = create_workspace(folder / "w", ("299",))
    for number, text in enumerate(texts):
        path = folder / f"invented{number}.xml"
        path.write_text(text, encoding="utf-8")
        load_paths(workspace, [path])
    return run_checks(Journal(workspace.record))


def findings(report: CheckReport, rule: str) -> pl.DataFrame:
    return report.findings.filter(pl.col("rule_id") == rule)


def expecting(key: str, day: str) -> str:
    one = child(key, details("2024-05-01"))
    born = "<PersonBirthDate>2015-06-01</PersonBirthDate>"
    return one.replace(born, EXPECTED.format(day=day))


def test_what_was_rejected_by_a_rule_is_a_finding_of_it(tmp_path: Path) -> None:
    wrong = child("A1", details("2024-05-01", PLAN.format(end="2024-05-11")))
    good = child("A2", details("2024-05-01", PLAN.format(end="2024-06-11")))

    report = check(tmp_path, census(wrong, good))

    found = findings(report, "8925")
    assert found.select("table", "fields", "severity").rows() == [
        ("cp_plans", "CPPendDate", "error")
    ]
    assert "A1" not in str(found.rows())


def test_a_child_in_two_elements_is_a_finding(tmp_path: Path) -> None:
    two = (child("A1", details(f"2024-0{month}-01")) for month in (5, 9))

    assert findings(check(tmp_path, census(*two)), "8510").height == 1


def test_an_expected_birth_long_ago_or_far_ahead_is_queried(tmp_path: Path) -> None:
    days = ("2025-02-28", "2025-03-01", "2025-12-31", "2026-01-01")

    report = check(
        tmp_path, census(*(expecting(f"A{n}", day) for n, day in enumerate(days)))
    )

    assert findings(report, "8530Q")["key"].to_list() == ["A0", "A3"]


def test_an_older_file_of_a_year_loaded_later_is_not_what_is_checked(
    tmp_path: Path,
) -> None:
    whole = census(child("A1", details("2024-05-01")))
    early = census(child("A1", details("2024-05-01", nfa=""))).replace(
        "2025-05-23T", "2024-10-15T"
    )

    assert findings(check(tmp_path, whole, early), "8568").height == 0


def test_a_census_made_within_its_year_is_checked_by_that_year(tmp_path: Path) -> None:
    early = census(child("A1", details("2024-05-01", closed="2024-09-01"))).replace(
        "2025-05-23T", "2024-10-15T"
    )

    assert findings(check(tmp_path, early), "8620").height == 0


def test_no_rule_is_judged_in_two_places() -> None:
    written = {(rule.return_name, rule.rule_id) for rule in RULES}

    assert not written & {(rule.return_name, rule.rule_id) for rule in FOUND_AT_LOAD}
