"""Commands of the audit: who did what, and whether that is what was written."""

import argparse
from collections.abc import Iterable
from typing import Any

import polars as pl

from openscrutiny.cli.answering import Command, print_csv, print_json, say, workspace_of
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.inspecting import (
    AUDIT_COLUMNS,
    Asked,
    guard_audit,
    list_audit,
    row_of,
    verify_audit,
)
from openscrutiny.scrutiny.permissions import COMMAND_LINE


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    add = command("audit", _audit).add_argument
    add(
        "action",
        choices=("list", "verify", "guard"),
        help="list what was done, the newest first; verify the chain of digests, with "
        "exit 1 where it is broken; put back the database’s guard",
    )
    add("--person", default="", metavar="NAME", help="who did it")
    add("--act", default="", metavar="ACT", help="as “rows read”")
    add("--thing", default="", metavar="TEXT", help="as “target FD2”")
    add("--since", default="", metavar="DATE", help="from this day on")
    add("--until", default="", metavar="DATE", help="up to this day")
    add("--csv", action="store_true", help="answer in CSV")


def _audit(parsed: argparse.Namespace) -> int:
    open_database(workspace_of(parsed))
    if parsed.action == "list":
        return _list(parsed)
    if parsed.action == "guard":
        guard_audit(COMMAND_LINE)
    return _verify(parsed.json)


def _list(parsed: argparse.Namespace) -> int:
    asked = Asked(parsed.person, parsed.act, parsed.thing, parsed.since, parsed.until)
    for name, wrong in asked.wrong().items():
        raise OpenScrutinyError(f"--{name}: {wrong}", "")
    rows = [row_of(event) for event in list_audit(COMMAND_LINE, asked=asked)]
    if parsed.json:
        print_json({"audit": rows})
    elif parsed.csv:
        _print_rows(AUDIT_COLUMNS, rows)
    else:
        for row in rows:
            about = f" ({row['about']})" if row["about"] else ""
            print(f"{row['place']} {row['at']} {row['who']}: {row['action']}{about}")
    return 0


def _print_rows(columns: Iterable[str], rows: list[dict[str, Any]]) -> None:
    print_csv(pl.DataFrame(rows, schema=list(columns), infer_schema_length=None))


def _verify(as_json: bool) -> int:
    found = verify_audit(COMMAND_LINE)
    if as_json:
        print_json(
            {
                "events": found.events,
                "head": found.head,
                "whole": found.is_whole,
                "breaks": [
                    {"event": each.place or None, "what": each.what}
                    for each in found.breaks
                ],
                "more": found.more,
            }
        )
        return 0 if found.is_whole else 1
    for each in found.breaks:
        say(f"Event {each.place}: {each.what}" if each.place else each.what)
    if found.more:
        say(f"And {found.more} more.")
    whole = "is whole" if found.is_whole else "is not what was written"
    say(f"The audit of {found.events} events {whole}; its last digest is:")
    print(found.head or "none yet")
    return 0 if found.is_whole else 1
