"""The report of a run of rules counts every rule once, whatever became of it."""

import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.checks.running import CheckReport, RuleRun

runs = st.lists(
    st.builds(
        RuleRun,
        rule_id=st.integers(1, 99).map(lambda number: f"R{number:02d}"),
        return_name=st.sampled_from(["cin", "ssda903"]),
        year=st.sampled_from([2024, 2025]),
        status=st.sampled_from(["ran", "skipped", "failed"]),
        why=st.just(""),
        findings=st.integers(0, 2_000),
    ),
    max_size=12,
    unique_by=lambda run: (run.rule_id, run.return_name, run.year),
)
HEAD = re.compile(r"(\S+) (\d{4}): (\d+) rules ran, (\d+) did not .*, (\d+) failed")


@settings(deadline=None)
@given(runs)
def test_each_rule_ran_or_did_not_or_failed_and_what_it_found_is_told(
    drawn: list[RuleRun],
) -> None:
    report = CheckReport(pl.DataFrame(), tuple(drawn))
    lines = report.in_words()

    if not drawn:
        assert lines == ["No return with rules is loaded, so no rule ran."]
        return
    heads = [found.groups() for line in lines if (found := HEAD.match(line))]
    assert sum(int(n) for _, _, *counts in heads for n in counts) == len(drawn)
    for name, year, *counts in heads:
        mine = [r for r in drawn if (r.return_name, str(r.year)) == (name, year)]
        said = [sum(r.status == s for r in mine) for s in ("ran", "skipped", "failed")]
        assert [int(n) for n in counts] == said
    told = [line.strip() for line in lines if not HEAD.match(line)]
    assert sorted(told) == sorted(
        f"{run.rule_id}: {run.findings:,} findings"
        for run in drawn
        if run.status == "ran" and run.findings
    )
    assert report.failed == sum(run.status == "failed" for run in drawn)
    manifest = report.as_dict()["rules"]
    assert isinstance(manifest, list) and len(manifest) == len(drawn)
