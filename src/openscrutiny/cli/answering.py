"""What every command does alike: find its workspace, and answer.

The list of commands needs it too, so that libraries are imported in the functions here.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from openscrutiny import typed
from openscrutiny.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    import polars as pl

    from openscrutiny.indicators.definition import Indicator


class Command(Protocol):
    """Give the parser of one command, by its name and the function that runs it."""

    def __call__(self, name: str, run: Any) -> argparse.ArgumentParser: ...


def say(text: str) -> None:
    """Say something to the person: on standard error."""
    print(text, file=sys.stderr, flush=True)


def workspace_of(parsed: argparse.Namespace) -> Workspace:
    """Open the workspace that was named, by option, variable or place."""
    folder = parsed.workspace or os.environ.get("OPENSCRUTINY_WORKSPACE") or "."
    return open_workspace(Path(folder))


def print_json(value: Any) -> None:
    """Answer in JSON: on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_csv(frame: "pl.DataFrame") -> None:
    """Answer in CSV: on standard output, with no text that runs as a formula."""
    from openscrutiny.spreadsheets import write_csv

    sys.stdout.write(write_csv(frame))


def read_day(text: str) -> date:
    """Read an option that is a day; argparse says what is wrong with it."""
    try:
        return typed.read_day(text)
    except typed.NoDayError:
        raise argparse.ArgumentTypeError(
            f"“{text[:20]}” is no day of the calendar: write it as 2026-09-30"
        ) from None
    except typed.TypedError as error:
        raise argparse.ArgumentTypeError(
            f"“{text[:20]}” {error.what}. {error.fix}"
        ) from None


def read_local_codes(workspace: Workspace) -> dict[str, str]:
    """Read the council's own codes; a workspace without targets has none."""
    if not workspace.adoption.exists() and not workspace.has_database:
        return {}
    from openscrutiny.scrutiny.decisions import read_decisions

    return read_decisions(workspace).local_codes


def read_council(workspace: Workspace) -> "tuple[Indicator, ...]":
    """Read the indicators that the council defines itself."""
    from openscrutiny.indicators.council import (
        parse_council_indicators,
        read_council_text,
    )

    return parse_council_indicators(read_council_text(workspace.council_indicators))


def find_indicators(
    names: Sequence[str] | None,
    local_codes: Mapping[str, str],
    council: "Sequence[Indicator]" = (),
) -> list[str]:
    """Give the IDs of indicators by any name; what is a publisher's or peers' stays."""
    from openscrutiny.indicators.registry import find_indicator

    return [
        name
        if name.startswith(("published:", "peers:"))
        else find_indicator(name, local_codes, council).id
        for name in names or ()
    ]
