"""Commands of the record: make a workspace, load, take back, check."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from openscrutiny.cli.answering import (
    Command,
    print_csv,
    print_json,
    read_day,
    read_local_codes,
    say,
    workspace_of,
)
from openscrutiny.cli.tracing import Tracing
from openscrutiny.cli.trail import take_in
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.workspace import Workspace, create_workspace

if TYPE_CHECKING:
    from openscrutiny.record.journal import Journal
    from openscrutiny.scrutiny.permissions import Actor


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    _add_init(command)
    _add_template(command)
    _add_load(command)
    _add_loads(command)
    _add_checks(command)
    _add_verify(command)


def _init(parsed: argparse.Namespace) -> int:
    councils = tuple(code.strip() for code in parsed.council.split(","))
    from openscrutiny.geography import is_current_authority

    workspace = create_workspace(Path(parsed.dir), councils, name=parsed.name or "")
    for code in councils:
        if code != "all" and not is_current_authority(code):
            say(f"No current authority bears the number {code}; it is taken as given.")
    say(f"{workspace.folder} is a workspace for {', '.join(workspace.councils)}.")
    return 0


def _add_init(command: Command) -> None:
    add = command("init", _init).add_argument
    add("dir", metavar="DIR", help="the folder to make")
    add(
        "--council",
        required=True,
        metavar="CODE",
        help="the authority's three digits; several with commas, or all",
    )
    add("--name", metavar="NAME", help="the council's name")


def _template(parsed: argparse.Namespace) -> int:
    from openscrutiny.layouts.returns import all_returns

    offered = {
        n: tables for n, each in all_returns().items() if (tables := each.tables)
    }
    if parsed.return_ not in offered:
        raise OpenScrutinyError(
            f"There is no template for “{parsed.return_}”.",
            f"There are some for {', '.join(offered)}.",
        )
    folder = Path(parsed.output)
    folder.mkdir(parents=True, exist_ok=True)
    for name, layout in offered[parsed.return_].items():
        path = folder / f"{name.replace(' ', '_')}.csv"
        path.write_text(layout.template(), encoding="utf-8", newline="")
        say(f"{path}: {layout.words}")
    return 0


def _add_template(command: Command) -> None:
    add = command("template", _template).add_argument
    add("return_", metavar="RETURN", help="the return's name")
    add("-o", "--output", required=True, metavar="DIR", help="the folder to write to")


def _load(parsed: argparse.Namespace) -> int:
    from openscrutiny.cli.telling_loads import exit_status, tell_loads
    from openscrutiny.returns.loading import load_paths

    workspace = workspace_of(parsed)
    tracing = Tracing(workspace)
    paths = [Path(path) for path in parsed.path]
    outcomes = load_paths(
        workspace,
        paths,
        year=parsed.year,
        authority=parsed.authority,
        as_at=parsed.as_at,
        local_codes=read_local_codes(workspace),
        progress=tracing.note_loaded,
    )
    outcomes = take_in(workspace, paths, outcomes, parsed.meeting, parsed.by)
    if parsed.json:
        print_json({"files": [outcome.as_dict() for outcome in outcomes]})
    else:
        for line in tell_loads(outcomes):
            say(line)
    return max(exit_status(outcomes), tracing.finish())


def _add_load(command: Command) -> None:
    add = command("load", _load).add_argument
    add("path", nargs="+", metavar="PATH", help="files, folders or zips")
    add(
        "--year",
        type=int,
        metavar="YYYY",
        help="the year in which the period ends, where the file states none",
    )
    add("--authority", metavar="CODE", help="whose return it is, where it does not say")
    add(
        "--as-at",
        type=read_day,
        metavar="YYYY-MM-DD",
        help="the day on which a census or an Annex A workbook was made",
    )
    add("--meeting", type=int, metavar="ID", help="the meeting whose minutes these are")
    add(
        "--by",
        default="",
        metavar="NAME",
        help="who changed the tracker that is loaded",
    )


def _loads(parsed: argparse.Namespace) -> int:
    from openscrutiny.record.journal import Journal

    workspace = workspace_of(parsed)
    journal = Journal(workspace.record)
    if parsed.undo is not None:
        return _take_back(workspace, journal, parsed.undo)
    rows = [
        {
            "load": entry.load_id,
            "at": entry.loaded_at,
            "return": entry.return_name,
            "year": entry.year,
            "authority": entry.authority,
            "covers": [d.isoformat() for d in entry.covers_all or ()],
            "rows_kept": entry.rows_kept,
            "rows_rejected": entry.rows_rejected,
            "file": entry.file,
            "undone": entry.undone_at,
        }
        for entry in journal.entries(undone=True)
    ]
    if parsed.json:
        print_json({"loads": rows})
        return 0
    for row in rows:
        covers = " to ".join(row["covers"]) or "-"  # type: ignore[arg-type]
        undone = " (taken back)" if row["undone"] else ""
        print(
            f"{row['load']:>4}  {row['at']}  {row['return']:<12} {covers:<26}"
            f"{row['rows_kept']:>9,} kept {row['rows_rejected']:>6,} rejected  "
            f"{row['file']}{undone}"
        )
    if not rows:
        say("Nothing is loaded yet. Load files with: openscrutiny load PATH")
    return 0


def _take_back(workspace: Workspace, journal: "Journal", load_id: int) -> int:
    def note(actor: "Actor") -> None:
        from openscrutiny.scrutiny.intake.tracing import note_taken_back

        note_taken_back(actor, entry)

    entry = journal.undo(load_id)
    say(f"Load {load_id} ({entry.file}) is taken back. Build again to see it.")
    tracing = Tracing(workspace)
    tracing.leave(f"Load {load_id} is taken back", note)
    return tracing.finish()


def _add_loads(command: Command) -> None:
    loads = command("loads", _loads)
    loads.add_argument("--undo", type=int, metavar="ID", help="take this load back")


def _checks(parsed: argparse.Namespace) -> int:
    from openscrutiny.checks.running import run_checks
    from openscrutiny.record.journal import Journal

    report = run_checks(
        Journal(workspace_of(parsed).record),
        return_name=parsed.return_,
        year=parsed.year,
    )
    if parsed.json:
        print_json(report.as_dict())
    elif parsed.csv:
        print_csv(report.findings)
    else:
        for line in report.in_words():
            print(line)
    return int(report.findings.height > 0 or report.failed > 0)


def _add_checks(command: Command) -> None:
    add = command("checks", _checks).add_argument
    add("--return", dest="return_", metavar="NAME", help="this return's rules alone")
    add("--year", type=int, metavar="YYYY", help="this year alone")
    add("--csv", action="store_true", help="the findings as CSV")


def _verify(parsed: argparse.Namespace) -> int:
    from openscrutiny.figures.verifying import verify
    from openscrutiny.scrutiny.publishing.verifying import check_publications

    workspace = workspace_of(parsed)
    found = verify(workspace).also(check_publications(workspace))
    if parsed.json:
        print_json(found.as_dict())
        return int(not found.is_sound)
    for one in found.findings:
        if one.state != "no digest":
            at = "" if one.file in one.message else f" ({one.file})"
            print(f"{one.state}: {one.message}{at} {one.fix}".rstrip())
    bare = sum(one.state == "no digest" for one in found.findings)
    if bare:
        print(
            f"{bare:,} files of an earlier release have no digest: they can be read, "
            "and nobody can tell whether they have changed. --json names them."
        )
    say(
        f"{found.loads:,} loads ({found.undone:,} taken back), {found.snapshots:,} "
        f"snapshots, {found.files:,} files: "
        + ("nothing is damaged or lacking." if found.is_sound else "see above.")
    )
    return int(not found.is_sound)


def _add_verify(command: Command) -> None:
    command("verify", _verify)
