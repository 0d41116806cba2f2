"""The command by which an officer confirms what the figures wait for."""

import argparse
import re
from typing import Final

from openscrutiny.cli.answering import Command, print_json, read_day, say, workspace_of
from openscrutiny.cli.tracing import Tracing
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.reconciling import difference_key
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.figures.waiting import find_waiting
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.record.confirmations import Confirmations, Subject
from openscrutiny.workspace import Workspace


def add_commands(command: Command) -> None:
    """Add `confirm`."""
    add = command("confirm", _confirm).add_argument
    add("--load", type=int, metavar="ID", help="the load whose volume is right")
    add("--indicator", metavar="ID", help="the indicator whose own figure is accepted")
    add(
        "--period",
        type=read_day,
        metavar="DATE",
        help="the last day of the period that differs, as 2025-03-31",
    )
    add(
        "--count",
        action="store_true",
        help="of that indicator and month, the count of our own that is unlikely",
    )
    add("--area", metavar="CODE", help="the authority, else our own")
    add("--by", metavar="NAME", default="", help="who confirms it")
    add("--why", metavar="TEXT", default="", help="why it is right")
    add("--withdraw", action="store_true", help="take the word back again")


_AGAIN: Final = "Build again to see it: openscrutiny build"


def _confirm(parsed: argparse.Namespace) -> int:
    workspace = workspace_of(parsed)
    if parsed.load is None and parsed.indicator is None:
        waiting = find_waiting(open_snapshot(workspace))
        if parsed.json:
            print_json({"waiting": waiting})
        for one in [] if parsed.json else waiting:
            print(f"{one['code']:<6}{one['why']}")
        if not waiting:
            say("Nothing waits for a confirmation.")
        return 0
    subject, key = _subject_of(parsed, workspace)
    confirmations = Confirmations(workspace.record)
    if parsed.withdraw:
        confirmations.withdraw(subject, key)
        said = f"The confirmation of {key} is taken back."
    else:
        confirmations.add(subject, key, parsed.by, parsed.why)
        said = f"{parsed.by} confirmed {key}."
    say(f"{said} {_AGAIN}")
    # It opens the committee's database, for which a list need not wait.
    from openscrutiny.scrutiny.intake.tracing import note_confirmed

    tracing = Tracing(workspace)
    tracing.leave(
        said.rstrip("."),
        lambda who: note_confirmed(
            who, subject, key, by=parsed.by, withdraw=parsed.withdraw
        ),
    )
    return tracing.finish()


def _subject_of(
    parsed: argparse.Namespace, workspace: Workspace
) -> tuple[Subject, str]:

    if parsed.load is not None:
        return Subject.LOAD, str(parsed.load)
    area = parsed.area or workspace.council
    if parsed.period is None or not area:
        raise OpenScrutinyError(
            "A difference is named by its indicator, its period and its authority.",
            "Give --indicator ID --period DATE, and --area CODE in a regional workspace.",
        )
    if not workspace.takes(area) or not re.fullmatch(r"[0-9]{3}", area):
        raise OpenScrutinyError(
            "--area names no authority of this workspace.",
            f"It is for {', '.join(workspace.councils)}: give the three digits of one.",
        )
    indicator = find_indicator(parsed.indicator)
    subject = Subject.COUNT if parsed.count else Subject.DIFFERENCE
    return subject, difference_key(area, indicator.id, parsed.period)
