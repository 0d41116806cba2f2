"""The commands: `openscrutiny COMMAND`. Data goes to standard output, words to error.

Exit status: 0 done; 1 done, with something rejected, refused or broken to look at;
2 nothing done. Heavy libraries are imported inside the commands that use them.
"""

import argparse
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from openscrutiny.cli import (
    auditing,
    commentary,
    committee,
    confirming,
    figures,
    following,
    keeping,
    mappings,
    people,
    publishing,
    record,
    trail,
    watching,
)
from openscrutiny.cli.answering import say
from openscrutiny.errors import OpenScrutinyError

__all__ = ["main", "make_parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are no UTF-8.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parsed = make_parser().parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
        return status
    except OpenScrutinyError as error:
        say(error.said)
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        say("Stopped. What was finished before stays as it was.")
        return 2
    except SystemExit:
        raise
    except BaseException as fault:
        say(_tell_fault(fault))
        return 2


def _tell_fault(fault: BaseException) -> str:
    """Say of a fault of our own what kind it is and where, and not its message.

    A library's message may quote the value of a child's record that it stumbled over.
    """
    places = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    kind = type(fault).__name__
    return "\n".join(
        (f"An unexpected fault of OpenScrutiny stopped this ({kind}), at:", *places)
    )


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of every command."""
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

    for module in (
        record,
        mappings,
        figures,
        confirming,
        people,
        committee,
        trail,
        commentary,
        following,
        auditing,
        keeping,
        publishing,
        watching,
    ):
        module.add_commands(command)
    return parser
