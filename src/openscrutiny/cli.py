"""The commands: `openscrutiny COMMAND`. Data goes to standard output, words to error.

Exit status: 0 done; 1 done, with something rejected, refused or broken to look at;
2 nothing done. Heavy libraries are imported inside the commands that use them.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.workspace import Workspace, create_workspace, open_workspace

__all__ = ["main", "make_parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parsed = make_parser().parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
        return status
    except OpenScrutinyError as error:
        _say(f"{error.message} {error.fix}".strip())
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        _say("Stopped. What was finished before stays as it was.")
        return 2


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _workspace(parsed: argparse.Namespace) -> Workspace:
    folder = parsed.workspace or os.environ.get("OPENSCRUTINY_WORKSPACE") or "."
    return open_workspace(Path(folder))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


# --- Workspaces and loads ---------------------------------------------------------


def _init(parsed: argparse.Namespace) -> int:
    councils = tuple(code.strip() for code in parsed.council.split(","))
    from openscrutiny.geography import is_current_authority

    workspace = create_workspace(Path(parsed.dir), councils, name=parsed.name or "")
    for code in councils:
        if code != "all" and not is_current_authority(code):
            _say(f"No current authority bears the number {code}; it is taken as given.")
    _say(f"{workspace.folder} is a workspace for {', '.join(workspace.councils)}.")
    return 0


def _load(parsed: argparse.Namespace) -> int:
    from openscrutiny.returns.loading import FileOutcome, load_paths

    def tell(outcome: FileOutcome) -> None:
        if parsed.json:
            return
        covers = ""
        if outcome.covers:
            covers = f", {outcome.covers[0]} to {outcome.covers[1]}"
        rows = f"{outcome.rows_kept:,} kept, {outcome.rows_rejected:,} rejected"
        words = f"{outcome.return_name or ''} {outcome.year or ''}".strip()
        told = f" ({words}{covers}; {rows})" if outcome.return_name else ""
        _say(f"{outcome.path}: {outcome.status}{told}")
        for problem in outcome.problems[:5]:
            at = f" line {problem.line}" if problem.line else ""
            field = f" {problem.field}:" if problem.field else ""
            _say(f"   {at}{field} {problem.message} {problem.fix}")
        if len(outcome.problems) > 5:
            _say(
                f"    and {len(outcome.problems) - 5} more; see the data page or --json"
            )
        if outcome.note:
            _say(f"    {outcome.note}")

    outcomes = load_paths(
        _workspace(parsed),
        [Path(path) for path in parsed.path],
        year=parsed.year,
        authority=parsed.authority,
        progress=tell,
    )
    if parsed.json:
        _print_json({"files": [outcome.as_dict() for outcome in outcomes]})
    done = any(o.status.startswith(("loaded", "already")) for o in outcomes)
    if not done:
        return 2 if any(o.status == "refused" for o in outcomes) or not outcomes else 0
    return int(any(o.problems or o.status == "refused" for o in outcomes))


def _loads(parsed: argparse.Namespace) -> int:
    from openscrutiny.record.journal import Journal

    journal = Journal(_workspace(parsed).record)
    if parsed.undo is not None:
        entry = journal.undo(parsed.undo)
        _say(
            f"Load {entry.load_id} ({entry.file}) is taken back. Build again to see it."
        )
        return 0
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
        _print_json({"loads": rows})
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
        _say("Nothing is loaded yet. Load files with: openscrutiny load PATH")
    return 0


def _checks(parsed: argparse.Namespace) -> int:
    from openscrutiny.checks.running import run_checks
    from openscrutiny.record.journal import Journal

    report = run_checks(
        Journal(_workspace(parsed).record), return_name=parsed.return_, year=parsed.year
    )
    if parsed.json:
        _print_json(report.as_dict())
    elif parsed.csv:
        sys.stdout.write(report.findings.write_csv())
    else:
        for line in report.in_words():
            print(line)
    return int(report.findings.height > 0 or report.failed > 0)


# --- Figures ----------------------------------------------------------------------


def _build(parsed: argparse.Namespace) -> int:
    if parsed.engine != "duckdb":
        raise OpenScrutinyError(
            f"The {parsed.engine} engine is not built yet.", "Leave --engine out."
        )
    from openscrutiny.figures.snapshots import build_snapshot

    snapshot = build_snapshot(
        _workspace(parsed),
        as_at=date.fromisoformat(parsed.as_at) if parsed.as_at else None,
        progress=lambda text: None if parsed.json else _say(f"  {text}"),
    )
    facts = {
        "snapshot": snapshot.number,
        "as_at": snapshot.as_at.isoformat(),
        "figures": snapshot.figures().height,
    }
    if parsed.json:
        _print_json(facts)
    else:
        _say(
            f"Snapshot {snapshot.number}: {facts['figures']:,} figures as at "
            f"{snapshot.as_at}. It is now current."
        )
    return 0


def _figures(parsed: argparse.Namespace) -> int:
    from openscrutiny.figures.asking import ask_figures, write_figures
    from openscrutiny.figures.snapshots import open_snapshot

    workspace = _workspace(parsed)
    frame = ask_figures(
        open_snapshot(workspace),
        indicators=parsed.indicator,
        area=parsed.area,
        breakdown=parsed.breakdown,
        period=parsed.period,
        local_codes=_local_codes(workspace),
    )
    form = "json" if parsed.json else parsed.format
    write_figures(frame, form, Path(parsed.output) if parsed.output else None)
    return 0


def _local_codes(workspace: Workspace) -> dict[str, str]:
    from openscrutiny.comparison.targets import read_adoptions

    if not workspace.adoption.exists():
        return {}
    adoptions = read_adoptions(workspace.adoption)
    return {a.local_code: a.code for a in adoptions if a.local_code}


def _rows(parsed: argparse.Namespace) -> int:
    from openscrutiny.figures.asking import ask_rows

    frame = ask_rows(
        _workspace(parsed), parsed.indicator, parsed.period, parsed.part, parsed.area
    )
    if parsed.json:
        _print_json(frame.to_dicts())
    else:
        sys.stdout.write(frame.write_csv())
    return 0


def _compare(parsed: argparse.Namespace) -> int:
    from openscrutiny.comparison.asking import ask_comparison
    from openscrutiny.figures.snapshots import open_snapshot

    frame = ask_comparison(
        open_snapshot(_workspace(parsed)),
        indicators=parsed.indicator,
        measure=parsed.measure,
        areas=parsed.area,
        model=parsed.neighbours,
    )
    if parsed.json or parsed.format == "json":
        _print_json(frame.to_dicts())
    else:
        sys.stdout.write(frame.write_csv())
    return 0


def _define(parsed: argparse.Namespace) -> int:
    from openscrutiny.indicators.dictionary import as_dict, in_words
    from openscrutiny.indicators.registry import INDICATORS, find_indicator

    if not parsed.id and not parsed.all:
        raise OpenScrutinyError("Say which indicator.", "Give its code, or --all.")
    chosen = INDICATORS if parsed.all else (find_indicator(parsed.id),)
    if parsed.json:
        _print_json([as_dict(indicator) for indicator in chosen])
    else:
        print("\n".join(in_words(indicator) for indicator in chosen))
    return 0


# --- People, meetings, papers, pages ------------------------------------------------


def _user(parsed: argparse.Namespace) -> int:
    from openscrutiny.scrutiny.people import add_user

    password = add_user(_workspace(parsed), parsed.name, parsed.role)
    if parsed.json:
        _print_json({"name": parsed.name, "role": parsed.role, "password": password})
    else:
        _say(
            f"{parsed.name} may sign in once with the password below, then changes it."
        )
        print(password)
    return 0


def _meeting(parsed: argparse.Namespace) -> int:
    from openscrutiny.scrutiny.people import add_meeting

    number = add_meeting(
        _workspace(parsed), date.fromisoformat(parsed.date), parsed.title
    )
    if parsed.json:
        _print_json({"meeting": number})
    else:
        _say(f"Meeting {number} is added.")
    return 0


def _pack(parsed: argparse.Namespace) -> int:
    from openscrutiny.packs.making import MeetingLine, make_pack

    workspace, meeting = _workspace(parsed), None
    if parsed.meeting is not None:
        from openscrutiny.scrutiny.people import find_meeting

        meeting = MeetingLine(*find_meeting(workspace, parsed.meeting))
    written = make_pack(
        workspace,
        audience=parsed.audience,
        formats=[name.strip() for name in parsed.format.split(",")],
        folder=Path(parsed.output),
        meeting=meeting,
    )
    if parsed.json:
        _print_json({"files": [path.as_posix() for path in written]})
    else:
        for path in written:
            _say(f"wrote {path}")
    return 0


def _serve(parsed: argparse.Namespace) -> int:
    from openscrutiny.web.serving import serve

    workspace = _workspace(parsed)
    _say_where(workspace, parsed.host, parsed.port)
    serve(workspace, parsed.host, parsed.port)
    return 0


def _say_where(workspace: Workspace, host: str, port: int) -> None:
    """Tell the address, and in a demonstration who may sign in and how."""
    _say(f"{workspace.name} is served on http://{host}:{port} (stop with Ctrl+C).")
    if workspace.demo:
        from openscrutiny.scrutiny.people import DEMO_PASSWORD, ensure_demo_users

        names = ", ".join(ensure_demo_users(workspace))
        _say(f"Sign in as {names}; the password is {DEMO_PASSWORD}.")


def _demo(parsed: argparse.Namespace) -> int:
    from openscrutiny.demo.making import make_demo

    workspace = make_demo(
        Path(parsed.dir),
        children=parsed.children,
        months=parsed.months,
        seed=parsed.seed,
        progress=lambda text: None if parsed.json else _say(text),
    )
    if parsed.json:
        _print_json({"workspace": workspace.folder.as_posix()})
    if parsed.no_serve:
        return 0
    from openscrutiny.web.serving import serve

    _say_where(workspace, parsed.host, parsed.port)
    serve(workspace, parsed.host, parsed.port)
    return 0


# --- The parser ---------------------------------------------------------------------


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="openscrutiny",
        description="From a council's returns to a scrutiny committee's paper.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, about: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(
            name, help=about, description=about
        )
        added.add_argument(
            "-w",
            "--workspace",
            metavar="DIR",
            help="the workspace; else OPENSCRUTINY_WORKSPACE, else this folder",
        )
        added.add_argument("--json", action="store_true", help="answer in JSON")
        added.set_defaults(run=run)
        return added

    _add_record_commands(command)
    _add_figure_commands(command)
    _add_committee_commands(command)
    return parser


def _add_record_commands(command: Any) -> None:
    init = command("init", _init, "make a workspace")
    init.add_argument("dir", metavar="DIR", help="the folder to make")
    init.add_argument(
        "--council",
        required=True,
        metavar="CODE",
        help="the authority's three digits; several with commas, or all",
    )
    init.add_argument("--name", metavar="NAME", help="the council's name")
    load = command("load", _load, "recognise files, read them, add them to the record")
    load.add_argument("path", nargs="+", metavar="PATH", help="files, folders or zips")
    load.add_argument(
        "--year",
        type=int,
        metavar="YYYY",
        help="the year in which the period ends, where the file states none",
    )
    load.add_argument(
        "--authority", metavar="CODE", help="whose return it is, where it does not say"
    )
    loads = command("loads", _loads, "list the loads, or take one back")
    loads.add_argument("--undo", type=int, metavar="ID", help="take this load back")
    checks = command("checks", _checks, "check the returns against their rules")
    checks.add_argument(
        "--return", dest="return_", metavar="NAME", help="this return's rules alone"
    )
    checks.add_argument("--year", type=int, metavar="YYYY", help="this year alone")
    checks.add_argument("--csv", action="store_true", help="the findings as CSV")


def _add_figure_commands(command: Any) -> None:
    build = command("build", _build, "compute all figures and make them current")
    build.add_argument(
        "--as-at",
        metavar="DATE",
        help="the last day to count, as 2026-09-30; else today",
    )
    build.add_argument(
        "--engine",
        choices=("duckdb", "spark", "clickhouse"),
        default="duckdb",
        help="where to count; duckdb alone is built yet",
    )
    figures = command("figures", _figures, "give tidy figures")
    figures.add_argument(
        "--indicator",
        action="append",
        metavar="ID",
        help="slug or code; may be repeated",
    )
    figures.add_argument("--area", metavar="CODE", help="one area alone")
    figures.add_argument(
        "--breakdown", metavar="NAME", help="total, or one breakdown such as age_band"
    )
    figures.add_argument(
        "--period", metavar="P", help="month, 2025-03-31, or month:2025-03-31"
    )
    figures.add_argument(
        "--format",
        choices=("csv", "json", "parquet"),
        default="csv",
        help="how to write them",
    )
    figures.add_argument(
        "-o", "--output", metavar="FILE", help="a file; else standard output"
    )
    rows = command("rows", _rows, "list the rows behind a figure")
    rows.add_argument("--indicator", required=True, metavar="ID", help="slug or code")
    rows.add_argument(
        "--period", required=True, metavar="P", help="such as month:2025-03-31"
    )
    rows.add_argument(
        "--part",
        choices=("numerator", "denominator"),
        default="numerator",
        help="which rows",
    )
    rows.add_argument("--area", metavar="CODE", help="else the council's own")
    compare = command("compare", _compare, "compare published measures")
    which = compare.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--indicator",
        action="append",
        metavar="ID",
        help="slug or code; may be repeated",
    )
    which.add_argument("--measure", metavar="KEY", help="the publisher's own key")
    which.add_argument("--all", action="store_true", help="every published measure")
    compare.add_argument(
        "--area",
        action="append",
        metavar="CODE",
        help="else every area; may be repeated",
    )
    compare.add_argument(
        "--neighbours",
        metavar="MODEL",
        help="the neighbour model's year; else the latest",
    )
    compare.add_argument(
        "--format", choices=("csv", "json"), default="csv", help="how to write it"
    )
    define = command("define", _define, "give definitions in words")
    define.add_argument("id", nargs="?", metavar="ID", help="slug or code")
    define.add_argument("--all", action="store_true", help="the whole dictionary")


def _add_committee_commands(command: Any) -> None:
    user = command("user", _user, "add a sign-in")
    user.add_argument("action", choices=("add",), help="what to do")
    user.add_argument("name", metavar="NAME", help="what they sign in with")
    user.add_argument(
        "--role",
        required=True,
        metavar="ROLE",
        help="analyst, manager, director, dcs, inspector, member, chair or clerk",
    )
    meeting = command("meeting", _meeting, "add a meeting")
    meeting.add_argument("action", choices=("add",), help="what to do")
    meeting.add_argument("--date", required=True, metavar="DATE", help="as 2026-12-08")
    meeting.add_argument(
        "--title", required=True, metavar="TEXT", help="as the agenda names it"
    )
    pack = command("pack", _pack, "make the committee paper")
    pack.add_argument(
        "--meeting", type=int, metavar="ID", help="without one the paper is a draft"
    )
    pack.add_argument(
        "--audience",
        choices=("public", "members", "officers"),
        default="public",
        help="who reads it",
    )
    pack.add_argument(
        "--format",
        default="pdf,html,xlsx,csv",
        metavar="LIST",
        help="formats, with commas",
    )
    pack.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="the folder to write into"
    )
    demo = command("demo", _demo, "make the synthetic borough and serve it")
    demo.add_argument(
        "--dir", default="demo-workspace", metavar="DIR", help="its workspace"
    )
    demo.add_argument(
        "--children", type=int, default=100_000, metavar="N", help="how many to invent"
    )
    demo.add_argument(
        "--months", type=int, default=78, metavar="N", help="how long a history"
    )
    demo.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed, another borough"
    )
    demo.add_argument("--no-serve", action="store_true", help="make it and stop")
    serve = command("serve", _serve, "serve the pages")
    for served in (demo, serve):
        served.add_argument(
            "--host", default="127.0.0.1", metavar="H", help="the address to answer on"
        )
        served.add_argument(
            "--port", type=int, default=8000, metavar="P", help="the port to answer on"
        )


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
