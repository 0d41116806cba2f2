"""The mappings of scorecards: list them, show one, propose one, try one, keep one."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from openscrutiny.cli.answering import (
    Command,
    print_json,
    read_local_codes,
    say,
    workspace_of,
)
from openscrutiny.cli.tracing import Tracing
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.returns.own.mapping import (
    find_mappings,
    load_mapping,
    parse_mapping,
    save_mapping,
)
from openscrutiny.returns.own.services import open_file, propose, try_mapping

_MOST_TOLD = 50


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    mapping = command("mapping", _run)
    asked = mapping.add_subparsers(dest="action", required=True, metavar="ACTION")
    asked.add_parser("list", help="list the mappings")
    show = asked.add_parser("show", help="write one as JSON")
    show.add_argument("name", metavar="NAME")
    propose = asked.add_parser("propose", help="propose one for a file, as JSON")
    propose.add_argument("file", metavar="FILE")
    propose.add_argument("--name", default="scorecard", help="what to call it")
    propose.add_argument("--by", required=True, metavar="WHO", help="who makes it")
    propose.add_argument("--sheet", default="", help="of a workbook; else its first")
    save = asked.add_parser("save", help="keep one from its JSON")
    save.add_argument("file", metavar="JSON")
    attempt = asked.add_parser("try", help="read a file through one, taking nothing")
    attempt.add_argument("name", metavar="NAME")
    attempt.add_argument("file", metavar="FILE")
    for each in (show, propose, save, attempt, asked.choices["list"]):
        # They stand after the action too, as after any command.
        each.add_argument("-w", "--workspace", metavar="DIR", default=argparse.SUPPRESS)
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def _run(parsed: argparse.Namespace) -> int:
    actions = {
        "list": _list,
        "show": _show,
        "propose": _propose,
        "save": _save,
        "try": _try,
    }
    return actions[parsed.action](parsed)


def _list(parsed: argparse.Namespace) -> int:
    found = find_mappings(workspace_of(parsed).mappings)
    told = [
        {
            "name": each.name,
            "sheet": each.sheet,
            "made_by": each.made_by,
            "made_on": each.made_on,
            "rows": len(each.rows),
            "read": sum(bool(row.indicator) for row in each.rows),
        }
        for each in found
    ]
    if parsed.json:
        print_json({"mappings": told})
        return 0
    for one in told:
        print(
            f"{one['name']}: {one['read']} of {one['rows']} rows of “{one['sheet']}”, "
            f"made by {one['made_by']} on {one['made_on']}"
        )
    if not told:
        say("There is no mapping yet. Make one with: openscrutiny mapping propose FILE")
    return 0


def _show(parsed: argparse.Namespace) -> int:
    sys.stdout.write(load_mapping(workspace_of(parsed).mappings, parsed.name).as_json())
    return 0


def _save(parsed: argparse.Namespace) -> int:
    path = Path(parsed.file)
    if not path.is_file():
        raise OpenScrutinyError("There is no such file.", "Check the path.")
    mapping = parse_mapping(path.read_text(encoding="utf-8-sig"))
    workspace = workspace_of(parsed)
    save_mapping(workspace.mappings, mapping)
    read = sum(bool(row.indicator) for row in mapping.rows)
    say(
        f"The mapping “{mapping.name}” is kept: {read} of {len(mapping.rows)} rows are "
        "read. Load the file, and next month's, with: openscrutiny load FILE"
    )
    # It opens the committee's database, for which the other actions need not wait.
    from openscrutiny.scrutiny.intake.tracing import note_mapping

    tracing = Tracing(workspace)
    tracing.leave(
        f"The mapping “{mapping.name}” is kept", lambda who: note_mapping(who, mapping)
    )
    return tracing.finish()


def _propose(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    mapping = propose(
        workspace,
        open_file(Path(parsed.file)),
        name=parsed.name,
        by=parsed.by,
        on=workspace.as_at or datetime.now(UTC).date(),
        sheet=parsed.sheet,
        local_codes=read_local_codes(workspace),
    )
    sys.stdout.write(mapping.as_json())
    without = [row.code or row.name for row in mapping.rows if not row.indicator]
    if without:
        say(
            f"{len(without)} of {len(mapping.rows)} rows are left out until somebody says "
            f"what they hold: {', '.join(without[:20])}."
        )
    say("Look through it, correct it, and keep it with: openscrutiny mapping save JSON")
    return 0


def _try(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    mapping = load_mapping(workspace.mappings, parsed.name)
    tried = try_mapping(
        workspace,
        open_file(Path(parsed.file)),
        mapping,
        local_codes=read_local_codes(workspace),
    )
    if parsed.json:
        print_json(tried.as_dict())
        return int(bool(tried.preview.faults))
    for fault in tried.preview.faults[:_MOST_TOLD]:
        print(f"{fault.cell or 'sheet'}: {fault.message} {fault.fix}")
    for sentence in tried.told:
        print(sentence)
    more = len(tried.preview.faults) - _MOST_TOLD
    if more > 0:
        print(f"{more:,} more faults; --json lists them all.")
    say(tried.in_words())
    return int(bool(tried.preview.faults))
