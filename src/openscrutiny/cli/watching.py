"""Commands that load by themselves: look at a folder, and say how to do so every day."""

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from openscrutiny.cli.answering import (
    Command,
    print_json,
    read_local_codes,
    say,
    workspace_of,
)
from openscrutiny.cli.telling_loads import tell_loads
from openscrutiny.cli.tracing import Tracing
from openscrutiny.cli.trail import take_in
from openscrutiny.disclosure.release import build_anew
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.intake.watching import Look, look_at_folder
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import Workspace


def add_commands(command: Command) -> None:
    """Add these commands, in their order."""
    watch = command("watch", _watch)
    watch.add_argument("folder", metavar="FOLDER", help="where exports are put")
    watch.add_argument(
        "--build", action="store_true", help="and build the figures where anything came"
    )
    schedule = command("schedule", _schedule)
    schedule.add_argument("folder", metavar="FOLDER", help="where exports are put")
    schedule.add_argument(
        "--at", default="06:00", metavar="HH:MM", help="when; 06:00 unless told"
    )
    schedule.add_argument(
        "--build", action="store_true", help="build the figures where anything came"
    )


def _watch(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    open_database(workspace)
    tracing = Tracing(workspace)
    look = look_at_folder(
        COMMAND_LINE,
        workspace,
        Path(parsed.folder),
        lambda paths: _load(workspace, paths, tracing),
    )
    came = any(one.status.startswith("loaded") for one in look.outcomes)
    built = _build(workspace, tracing) if parsed.build and came else 0
    if parsed.json:
        files = [one.as_dict() for one in look.outcomes]
        print_json({"files": files, "waiting": look.waiting, "snapshot": built or None})
    else:
        for line in _tell(look, came, built):
            print(line)
    return max(int(look.needs_hand), tracing.finish())


def _load(
    workspace: Workspace, paths: list[Path], tracing: Tracing
) -> list[FileOutcome]:

    outcomes = load_paths(
        workspace,
        paths,
        local_codes=read_local_codes(workspace),
        progress=tracing.note_loaded,
    )
    return take_in(workspace, paths, outcomes, None)


def _build(workspace: Workspace, tracing: Tracing) -> int:
    number = build_anew(workspace)
    tracing.note_built(number)
    return number


def _tell(look: Look, came: bool, built: int) -> Iterator[str]:
    """Give the digest of a look: what came, what needs a hand, what to do next."""
    if look.outcomes:
        yield from tell_loads(look.outcomes)
    else:
        yield "Nothing new."
    if look.waiting:
        yield f"Still being written, and left for the next look: {', '.join(look.waiting)}"
    if look.kept_out:
        yield f"Taken back by somebody, and left out: {', '.join(look.kept_out)}"
    if built:
        yield f"Snapshot {built} is built."
    elif came:
        yield "The figures are as they were: build them to see what came."


def _schedule(parsed: argparse.Namespace) -> int:
    hour, minute = _read_time(parsed.at)
    workspace, folder = workspace_of(parsed).folder.resolve(), Path(parsed.folder)
    words = [sys.executable, "-m", "openscrutiny.cli", "watch", str(folder.resolve())]
    words += ["-w", str(workspace), *(["--build"] if parsed.build else [])]
    if any("\n" in word for word in words):
        raise OpenScrutinyError("A path with a line break cannot stand in a schedule.")
    # cron takes a bare % for the end of the line.
    cron = f"{minute} {hour} * * * {shlex.join(words)}".replace("%", r"\%")
    task = _quote_for_windows(subprocess.list2cmdline(words))
    windows = (
        f'schtasks /Create /F /SC DAILY /ST {hour:02d}:{minute:02d} /TN "OpenScrutiny '
        f'data in" /TR {task}'
    )
    if parsed.json:
        print_json({"cron": cron, "windows": windows})
        return 0
    say("For cron (crontab -e); what it prints is mailed by cron:")
    print(cron)
    say("For the Windows task scheduler, in a command prompt:")
    print(windows)
    say(
        "It ends with 1 where a file needs somebody’s hand, and with 0 where none does."
    )
    return 0


def _quote_for_windows(command: str) -> str:
    r"""Quote a command as the value of schtasks /TR.

    >>> _quote_for_windows('"C:\\My files\\python.exe" -m x')
    '"\\"C:\\My files\\python.exe\\" -m x"'
    """
    return '"' + command.replace('"', '\\"') + '"'


def _read_time(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text, re.ASCII)
    if found is None:
        raise OpenScrutinyError(
            f"“{text[:20]}” is no time of day.", "Write it as 06:00."
        )
    return int(found[1]), int(found[2])
