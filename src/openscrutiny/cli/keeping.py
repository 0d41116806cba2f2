"""Commands that keep a workspace: backup, restore, and retiring old snapshots."""

import argparse
import os
from pathlib import Path

from openscrutiny.cli.answering import Command, print_json, say, workspace_of
from openscrutiny.keeping.backup import back_up
from openscrutiny.keeping.restore import restore
from openscrutiny.keeping.retiring import list_snapshots, retire_snapshots
from openscrutiny.scrutiny.permissions import COMMAND_LINE


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    backup = command("backup", _backup)
    backup.add_argument(
        "file", type=Path, metavar="FILE", help="a new file outside the workspace"
    )
    restored = command("restore", _restore)
    restored.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restored.add_argument(
        "--over",
        action="store_true",
        help="put it in the place of a workspace that is there; that is kept beside",
    )
    snapshots = command("snapshots", _snapshots)
    snapshots.add_argument(
        "action",
        choices=("list", "retire"),
        help="list them, and why each stays; or retire those that may go",
    )
    snapshots.add_argument(
        "--keep",
        type=int,
        default=12,
        metavar="N",
        help="how many of the newest stay whatever rests on them",
    )


def _backup(parsed: argparse.Namespace) -> int:
    made = back_up(COMMAND_LINE, workspace_of(parsed), parsed.file)
    if parsed.json:
        print_json(
            {
                "file": made.file.as_posix(),
                "files": made.files,
                "bytes": made.bytes,
                "damaged": made.damaged,
                "links": made.links,
            }
        )
    else:
        say(
            f"{made.file} holds {made.files} files, {made.bytes / 1e6:.1f} MB unpacked; "
            "all of it was read back. It holds records of children, the hashes of "
            "passwords and the key that signs sessions: keep it as you keep those."
        )
    for name in made.links:
        say(f"{name} is a link to elsewhere, and is not in it.")
    for name in made.damaged:
        say(
            f"{name} was damaged or missing before the backup was taken. What to do is "
            "said by: openscrutiny verify"
        )
    return 1 if made.damaged else 0


def _restore(parsed: argparse.Namespace) -> int:
    given = parsed.workspace or os.environ.get("OPENSCRUTINY_WORKSPACE") or "."
    done = restore(COMMAND_LINE, parsed.file, Path(given).absolute(), over=parsed.over)
    if parsed.json:
        print_json(
            {
                "workspace": done.folder.as_posix(),
                "made_at": done.made_at,
                "files": done.files,
                "before": done.before.as_posix() if done.before else None,
                "sound": done.is_sound,
                "record": done.record.as_dict(),
                "audit": done.audit.is_whole,
            }
        )
    else:
        say(f"{done.folder} is as it was at {done.made_at}: {done.files} files.")
        if done.before:
            say(f"What was there before lies in {done.before}; delete it when you can.")
    for finding in done.record.findings:
        if finding.is_wrong:
            say(f"{finding.file}: {finding.message} {finding.fix}")
    for each in done.audit.breaks:
        say(f"The audit is not whole. Event {each.place}: {each.what}")
    return 0 if done.is_sound else 1


def _snapshots(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    if parsed.action == "retire":
        gone = retire_snapshots(COMMAND_LINE, workspace, parsed.keep)
        say(f"{len(gone)} snapshots are retired.")
    else:
        gone = []
    held = list_snapshots(workspace, parsed.keep)
    if parsed.json:
        print_json(
            {
                "retired": [each.number for each in gone],
                "snapshots": [
                    {
                        "snapshot": each.number,
                        "as_at": each.as_at,
                        "built_at": each.built_at,
                        "stays": list(each.why),
                    }
                    for each in held
                ],
            }
        )
    else:
        for each in held:
            why = "; ".join(each.why) or "may be retired"
            print(f"{each.number}, as at {each.as_at}, built {each.built_at}: {why}")
    return 0
