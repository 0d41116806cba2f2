"""The commands: `openscrutiny COMMAND`. Data goes to standard output, words to error.

Exit status: 0 done; 1 done, with something rejected, refused or broken to look at;
2 nothing done. The module of a command is imported when the command is asked for.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from openscrutiny.cli.answering import say
from openscrutiny.errors import OpenScrutinyError

__all__ = ["main", "make_parser"]

# Every command, with what it does, by the module that holds it.
COMMANDS: Final[Mapping[str, Mapping[str, str]]] = {
    "record": {
        "init": "make a workspace",
        "template": "write a return's tables, empty",
        "load": "recognise files, read them, add them to the record",
        "loads": "list the loads, or take one back",
        "checks": "check the returns against their rules",
        "verify": "check that record and figures are what was written",
    },
    "mappings": {
        "mapping": "read a council's scorecard as it is",
    },
    "figures": {
        "build": "compute all figures and make them current",
        "figures": "give tidy figures",
        "rows": "list the rows behind a figure",
        "compare": "compare published measures",
        "define": "give definitions in words",
    },
    "confirming": {
        "confirm": "list what waits for an officer's word, or give it",
    },
    "people": {
        "user": "list sign-ins, add one, change it, or end it",
    },
    "meetings": {
        "meeting": "list meetings, add, change or cancel one, see what is due",
    },
    "packing": {
        "pack": "make the committee paper",
    },
    "committee": {
        "targets": "list targets, or take in adoption.csv",
        "serve": "serve the pages",
        "demo": "make the synthetic borough and serve it",
    },
    "trail": {
        "minutes": "list what minutes propose, accept or drop it, draft a minute",
        "trail": "list what was asked, answered, promised and decided",
    },
    "commentary": {
        "commentary": "list, show, draft or set what the service says of its figures",
        "signoff": "say how far a meeting’s sign-off is, submit, return, sign, approve, clear",
    },
    "following": {
        "digest": "write what is new for everybody who follows something",
        "programme": "list what the committee asks for, ask, or decide it",
    },
    "auditing": {
        "audit": "list who did what, and verify that it is whole",
    },
    "keeping": {
        "backup": "write the whole workspace into one file",
        "restore": "make a workspace from a backup",
        "snapshots": "list the figures that are kept, or retire old ones",
    },
    "publishing": {
        "publish": "freeze a publication",
        "publication": "list what was published, or verify every byte",
    },
    "watching": {
        "watch": "load what is new in a folder, and say what came",
        "schedule": "print the lines that watch a folder every day",
    },
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are no UTF-8.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["pack"]:
        # Read when the data frames are first imported, as its module does: what they
        # free goes back at once, so that a paper needs no more memory than its largest
        # step. Not a default: the data frames write a choice of their own for every
        # process that is started below them.
        os.environ["_RJEM_MALLOC_CONF"] = "dirty_decay_ms:0"
    try:
        parsed = make_parser(given[:1]).parse_args(given)
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


def make_parser(asked: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Make the parser of every command; the options of those in `asked` alone.

    So that a command waits for its own libraries and no others. None asks for all.
    """
    parser = argparse.ArgumentParser(
        prog="openscrutiny",
        description="From a council's returns to a scrutiny committee's paper.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    parsers: dict[str, argparse.ArgumentParser] = {}
    for module, named in COMMANDS.items():
        for name, about in named.items():
            added = commands.add_parser(name, help=about, description=about)
            added.add_argument(
                "-w",
                "--workspace",
                metavar="DIR",
                help="the workspace; else OPENSCRUTINY_WORKSPACE, else this folder",
            )
            added.add_argument("--json", action="store_true", help="answer in JSON")
            parsers[name] = added

        def command(name: str, run: Any) -> argparse.ArgumentParser:
            parsers[name].set_defaults(run=run)
            return parsers[name]

        if asked is None or named.keys() & set(asked):
            import_module(f"openscrutiny.cli.{module}").add_commands(command)
    return parser
