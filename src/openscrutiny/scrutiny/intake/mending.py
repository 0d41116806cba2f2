"""What has to be mended of a load: each problem with its list, line, key and team.

The key and the team stand in the row of the record that came from the line; a row that
was rejected is in no record, and the file itself has to be opened at the line.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from openscrutiny.checks.running import run_checks
from openscrutiny.disclosure.release import list_loads
from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.journal import Journal
from openscrutiny.record.loads import LoadEntry
from openscrutiny.scrutiny.access.sight import keep_seen, sight_of
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.intake.telling import Changes, tell_changes
from openscrutiny.scrutiny.permissions import Actor, Permission, check_may
from openscrutiny.workspace import Workspace

NO_TEAM: Final = "No team known"
_COLUMNS: Final = (
    "team", "cause", "list", "line", "field", "key", "message", "fix", "file",
)  # fmt: skip
_SCHEMA: Final = dict.fromkeys(_COLUMNS, pl.String()) | {"line": pl.Int64()}


@dataclass(frozen=True)
class LoadBook:
    """Give loads and their problems before any figure is built."""

    journal: Journal

    def loads(self) -> list[dict[str, Any]]:
        return list_loads(self.journal)

    def problems(self, load_id: int) -> list[dict[str, Any]]:
        return [one.as_dict() for one in self.journal.problems(load_id)]


@dataclass(frozen=True)
class TeamLine:
    """Count what one team has to mend, and name the cause that it has most of."""

    team: str
    count: int
    first: str


def see_changes(actor: Actor, workspace: Workspace, load_id: int) -> Changes | None:
    """Hold a load against the one before it."""
    check_may(actor, Permission.SEE_PROBLEM_LINES)
    return tell_changes(Journal(workspace.record), load_id)


def list_to_mend(
    actor: Actor, workspace: Workspace, load_id: int, *, is_read: bool = False
) -> pl.DataFrame:
    """List what has to be mended of a load, of those teams whose records somebody sees.

    Columns: team, cause, list, line, field, key (the identifier as the file gave it),
    message, fix, file. `is_read` leaves a trace: it is taken away as a file.
    Raises OpenScrutinyError where no such load counts.
    """
    check_may(actor, Permission.SEE_PROBLEM_LINES)
    check_may(actor, Permission.SEE_ROWS)
    journal = Journal(workspace.record)
    entry = next((o for o in journal.entries() if o.load_id == load_id), None)
    if entry is None:
        raise OpenScrutinyError(f"There is no load {load_id}.")
    if is_read:
        leave_trace(actor, "list to mend read", thing=f"load {load_id}")
    rows = [*_of_load(journal.problems(load_id)), *_of_checks(journal, entry)]
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    known = _find_rows(journal, entry)
    listed = (
        frame.join(known, on=["file", "line"], how="left", suffix="_of_row")
        .with_columns(
            team=pl.col("team_of_row").fill_null(NO_TEAM),
            key=pl.coalesce("key_of_row", "key").fill_null(""),
            list=pl.col("file")
            .str.split("!")
            .list.get(1, null_on_oob=True)
            .fill_null(""),
            file=pl.lit(entry.file),
        )
        .select(_COLUMNS)
        .unique(["cause", "list", "line", "field"], keep="first", maintain_order=True)
        .sort("team", "cause", "list", "line", maintain_order=True)
    )
    return keep_seen(listed, sight_of(actor))


def by_team(rows: pl.DataFrame) -> tuple[TeamLine, ...]:
    """Count by team, most first; those of no team last."""
    lines = []
    for (team,), own in rows.group_by("team", maintain_order=True):
        causes = Counter(own["message"].to_list())
        lines.append(TeamLine(str(team), own.height, causes.most_common(1)[0][0]))
    return tuple(sorted(lines, key=lambda one: (one.team == NO_TEAM, -one.count)))


def _of_load(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "cause": one.rule,
            "line": one.line,
            "field": one.field,
            "message": one.message,
            "fix": one.fix,
            "file": one.file,
        }
        for one in problems
    ]


def _of_checks(journal: Journal, entry: LoadEntry) -> list[dict[str, Any]]:
    """Take the rule findings that stand in rows of this very load."""
    try:
        report = run_checks(journal, return_name=entry.return_name, year=entry.year)
    except OpenScrutinyError:  # no rules are written for this return
        return []
    own = report.findings.filter(
        (pl.col("file") == entry.file)
        | pl.col("file").str.starts_with(f"{entry.file}!")
    )
    return [
        {
            "cause": row["rule_id"],
            "line": row["line"],
            "field": row["fields"],
            "key": row["key"],
            "message": row["message"],
            "fix": "",
            "file": row["file"],
        }
        for row in own.iter_rows(named=True)
    ]


def _find_rows(journal: Journal, entry: LoadEntry) -> pl.DataFrame:
    """Give the identifier and the team of each line that a row of the record came from."""
    frames = [
        pl.DataFrame(
            schema={"file": pl.String, "line": pl.Int64, "key_of_row": pl.String}
            | {"team_of_row": pl.String}
        )
    ]
    for name in entry.tables:
        for path in journal.paths(name, [entry]):
            columns = pl.read_parquet_schema(path)
            person = next((c for c in columns if c.endswith("_person_id")), None)
            team = next((c for c in columns if c.endswith("_team")), None)
            if person is None:
                continue
            frames.append(
                pl.read_parquet(path).select(
                    "file",
                    pl.col("line").cast(pl.Int64),
                    pl.col(person).alias("key_of_row"),
                    (pl.col(team) if team else pl.lit(None, pl.String)).alias(
                        "team_of_row"
                    ),
                )
            )
    every = pl.concat(frames).sort("team_of_row", nulls_last=True, maintain_order=True)
    return every.unique(["file", "line"], keep="first")
