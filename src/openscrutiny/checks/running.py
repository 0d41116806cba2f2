"""Run the rules over the loads that count, and say what ran and what did not."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import polars as pl

from openscrutiny.checks.rules import FOUND_AT_LOAD, RULES, LoadRule, Rule
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.layouts.returns import all_returns
from openscrutiny.record.journal import Journal, LoadEntry

_FINDING_SCHEMA = {
    "rule_id": pl.String(),
    "severity": pl.String(),
    "return": pl.String(),
    "year": pl.Int64(),
    "file": pl.String(),
    "line": pl.Int32(),
    "table": pl.String(),
    "key": pl.String(),
    "fields": pl.String(),
    "message": pl.String(),
}
_WITH_RULES = tuple(r.name for r in all_returns().values() if r.has_rules)
_NOT_WRITTEN = "This rule is not written here yet."


@dataclass(frozen=True)
class RuleRun:
    """Say of one rule and return what became of it."""

    rule_id: str
    return_name: str
    year: int | None
    status: str  # ran, skipped or failed
    why: str
    findings: int


@dataclass(frozen=True)
class CheckReport:
    """Hold the findings, and the manifest of every known rule."""

    findings: pl.DataFrame
    runs: tuple[RuleRun, ...]

    @property
    def failed(self) -> int:
        return sum(run.status == "failed" for run in self.runs)

    def as_dict(self) -> dict[str, object]:
        """Give the manifest and the findings in the words of `checks --json`."""
        return {
            "rules": [
                {
                    "rule_id": run.rule_id,
                    "return": run.return_name,
                    "year": run.year,
                    "status": run.status,
                    "why": run.why,
                    "findings": run.findings,
                }
                for run in self.runs
            ],
            "findings": self.findings.to_dicts(),
        }

    def in_words(self) -> list[str]:
        """Say by return and year what ran, and each rule that found something."""
        lines = []
        returns = dict.fromkeys((run.return_name, run.year) for run in self.runs)
        for name, year in returns:
            mine = [r for r in self.runs if (r.return_name, r.year) == (name, year)]
            ran = [run for run in mine if run.status == "ran"]
            skipped = sum(run.status == "skipped" for run in mine)
            failed = sum(run.status == "failed" for run in mine)
            lines.append(
                f"{name} {year}: {len(ran)} rules ran, {skipped} did not "
                f"(not written yet, or not of that year), {failed} failed"
            )
            lines.extend(
                f"    {run.rule_id}: {run.findings:,} findings"
                for run in ran
                if run.findings
            )
        return lines or ["No return with rules is loaded, so no rule ran."]


def run_checks(
    journal: Journal, *, return_name: str | None = None, year: int | None = None
) -> CheckReport:
    """Run every written rule on each load that counts, newest load of a period only."""
    if return_name not in (None, *_WITH_RULES):
        raise OpenScrutinyError(
            f"No rules are written for “{return_name}”.",
            f"There are some for {' and '.join(_WITH_RULES)}.",
        )
    groups: dict[tuple[str, int | None], list[LoadEntry]] = {}
    for entry in journal.entries():
        wanted = return_name in (None, entry.return_name) and year in (None, entry.year)
        if wanted and entry.return_name in _WITH_RULES:
            groups.setdefault((entry.return_name, entry.year), []).append(entry)
    findings = [pl.DataFrame(schema=_FINDING_SCHEMA)]
    runs: list[RuleRun] = []
    for (name, of_year), entries in sorted(groups.items(), key=str):
        written = {r.rule_id: r for r in RULES if r.return_name == name}
        at_load = {r.rule_id: r for r in FOUND_AT_LOAD if r.return_name == name}
        for rule_id in _known_rules(name):
            if rule_id in at_load:
                run, found = _run_at_load(journal, at_load[rule_id], of_year, entries)
                runs.append(run)
                findings.extend(found)
                continue
            rule = written.get(rule_id)
            if rule is None:
                runs.append(RuleRun(rule_id, name, of_year, "skipped", _NOT_WRITTEN, 0))
                continue
            run, found = _run(journal, rule, of_year, entries)
            runs.append(run)
            findings.extend(found)
    return CheckReport(pl.concat(findings), tuple(runs))


def _known_rules(return_name: str) -> list[str]:
    text = files("openscrutiny.checks").joinpath("known_rules.csv")
    with text.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return [row["rule_id"] for row in rows if row["return"] == return_name]


def _run(
    journal: Journal, rule: Rule, year: int | None, entries: Sequence[LoadEntry]
) -> tuple[RuleRun, list[pl.DataFrame]]:
    def told(status: str, why: str = "", count: int = 0) -> RuleRun:
        return RuleRun(rule.rule_id, rule.return_name, year, status, why, count)

    if year is not None and year < rule.since:
        return told("skipped", f"It begins with {rule.since}."), []
    holding = [entry for entry in entries if entry.tables.get(rule.table)]
    if not holding:
        why = f"No loaded file of this return has the table {rule.table}."
        return told("skipped", why), []
    newest = _newest(holding)
    try:
        found = _find(journal, rule, newest)
    except pl.exceptions.PolarsError as error:
        # The rule is ours and broken; the report says so, the other rules go on.
        return told("failed", f"The rule itself broke: {type(error).__name__}."), []
    return told("ran", "", found.height), [found]


def _newest(entries: Sequence[LoadEntry]) -> LoadEntry:
    """Get the load that counts: of the latest period, and of two of one the later."""
    return max(entries, key=lambda entry: (entry.period_end or date.min, entry.load_id))


def _run_at_load(
    journal: Journal, rule: LoadRule, year: int | None, entries: Sequence[LoadEntry]
) -> tuple[RuleRun, list[pl.DataFrame]]:
    """Take from the load's problems what the reader found by this rule."""
    entry = _newest(entries)
    rows = [
        {
            "rule_id": rule.rule_id,
            "severity": rule.severity,
            "return": rule.return_name,
            "year": entry.year,
            "file": problem.file,
            "line": problem.line,
            "table": rule.table,
            "key": "",  # a problem of a load names no child
            "fields": problem.field,
            "message": rule.message,
        }
        for problem in journal.problems(entry.load_id)
        if problem.rule == rule.rule_id
    ]
    run = RuleRun(rule.rule_id, rule.return_name, year, "ran", "", len(rows))
    return run, [pl.DataFrame(rows, schema=_FINDING_SCHEMA)]


def _find(journal: Journal, rule: Rule, entry: LoadEntry) -> pl.DataFrame:
    frame = pl.read_parquet(journal.paths(rule.table, [entry])[0])
    # The rules look at the census's year, also where the file was made within it.
    end = date(entry.year, 3, 31) if entry.year else entry.period_end or date.max
    start = date(end.year - 1, 4, 1)
    broken = frame.with_columns(
        pl.lit(start).alias("@year_start"), pl.lit(end).alias("@year_end")
    ).filter(rule.breaks.fill_null(False))
    return broken.select(
        pl.lit(rule.rule_id).alias("rule_id"),
        pl.lit(rule.severity).alias("severity"),
        pl.lit(rule.return_name).alias("return"),
        pl.lit(entry.year, pl.Int64).alias("year"),
        "file",
        "line",
        pl.lit(rule.table).alias("table"),
        pl.col(rule.key).alias("key"),
        pl.lit(rule.fields).alias("fields"),
        pl.lit(rule.message).alias("message"),
    )
