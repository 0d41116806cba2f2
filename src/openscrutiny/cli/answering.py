"""What every command does alike: find its workspace, and answer."""

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from openscrutiny.workspace import Workspace, open_workspace

__all__ = ["Command", "print_json", "read_day", "say", "workspace_of"]


class Command(Protocol):
    """Add one command: its name, the function that runs it, and what it does."""

    def __call__(self, name: str, run: Any, about: str) -> argparse.ArgumentParser: ...


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


def read_day(text: str) -> date:
    """Read an option that is a day; argparse says what is wrong with it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day of the calendar: write it as 2026-09-30"
        ) from None
