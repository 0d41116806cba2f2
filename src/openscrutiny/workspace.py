"""A council's workspace: one folder that holds its record, figures and people.

Its files are for its owner alone: from the moment that a workspace is opened or made,
whatever this process writes can be read by nobody else (POSIX modes 0600 and 0700). On
Windows the permissions of the folder it lies in decide, and nothing is changed.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openscrutiny.errors import OpenScrutinyError, WorkspaceError

_FILE = "workspace.json"
_OTHERS = 0o077  # the bits of everybody but the owner
_usual_mask: int | None = None  # of this process before it opened a workspace


@dataclass(frozen=True)
class Workspace:
    """Name the places of a workspace. `councils` are three-digit numbers, or "all".

    `as_at` is the invented today of a demonstration; null in a real workspace.
    `database_url` is where the committee's database is served; "" for a file in here.
    `second_factor` names the roles that must have one; None for those of the product.
    """

    folder: Path
    councils: tuple[str, ...]
    name: str
    demo: bool = False
    brand: str = "#1A3FC4"
    as_at: date | None = None
    database_url: str = ""
    second_factor: tuple[str, ...] | None = None

    @property
    def record(self) -> Path:
        return self.folder / "record"

    @property
    def mappings(self) -> Path:
        """Give the folder of the mappings of scorecards."""
        return self.folder / "mappings"

    @property
    def council_indicators(self) -> Path:
        """Give the file in which the council defines indicators of its own."""
        return self.folder / "indicators.csv"

    @property
    def figures(self) -> Path:
        return self.folder / "figures"

    @property
    def adoption(self) -> Path:
        return self.folder / "adoption.csv"

    @property
    def database(self) -> Path:
        return self.folder / "openscrutiny.sqlite3"

    @property
    def has_database(self) -> bool:
        """Tell whether the committee has a database: served elsewhere, or made in here."""
        return bool(self.database_url) or self.database.exists()

    @property
    def council(self) -> str:
        """Give the one council of a workspace that has one; "" for a regional one."""
        if len(self.councils) == 1 and self.councils[0] != "all":
            return self.councils[0]
        return ""

    def takes(self, authority: str) -> bool:
        """Say whether returns of this authority belong here."""
        return self.councils == ("all",) or authority in self.councils


def keep_to_owner(folder: Path) -> None:
    """Let nobody but the owner read this folder, and what is written from now on.

    A workspace of before, or one restored from elsewhere, is closed once as a whole.
    """
    global _usual_mask
    if os.name != "posix":
        return
    mask = os.umask(_OTHERS)
    _usual_mask = mask if _usual_mask is None else _usual_mask
    if not folder.stat().st_mode & _OTHERS:
        return
    for path in (*folder.rglob("*"), folder):
        with suppress(OSError):  # gone meanwhile, or another owner's
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~_OTHERS)


def hand_out(path: Path, workspace: Workspace) -> None:
    """Give a file or folder made for others, such as a paper, the usual permissions.

    What is put into the workspace itself stays its owner's.
    """
    inside = path.resolve().is_relative_to(workspace.folder.resolve())
    if _usual_mask is not None and not inside:
        path.chmod((0o777 if path.is_dir() else 0o666) & ~_usual_mask)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new, never half."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def alone(lock: Path, what: str) -> Iterator[None]:
    """Keep a second one out; the operating system frees a killed one's lock.

    `what` names what is done, as in "Another build of this workspace is running".
    """
    held = sqlite3.connect(lock, timeout=0, isolation_level=None)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        held.close()
        if "locked" not in str(error):
            raise OpenScrutinyError(
                f"{lock} is damaged; it holds nothing.", "Delete it, and try again."
            ) from error
        raise OpenScrutinyError(
            f"Another {what} of this workspace is running.", "Wait until it has ended."
        ) from error
    try:
        yield
    finally:
        held.close()


def create_workspace(
    folder: Path,
    councils: tuple[str, ...],
    *,
    name: str = "",
    demo_as_at: date | None = None,
) -> Workspace:
    """Make a new workspace, or give back the one that is there for these councils.

    `demo_as_at` makes it a demonstration, whose today is that day.
    """
    for code in councils:
        if code != "all" and not (len(code) == 3 and code.isascii() and code.isdigit()):
            raise WorkspaceError(
                f"“{code}” is not an authority's number.",
                "Give DfE's three digits, such as 306, several with commas, or all.",
            )
    if (folder / _FILE).exists():
        there = open_workspace(folder)
        if there.councils != councils:
            raise WorkspaceError(
                f"{folder} is already a workspace for {', '.join(there.councils)}.",
                "Choose another folder.",
            )
        return there
    folder.mkdir(parents=True, exist_ok=True)
    keep_to_owner(folder)
    facts = {
        "councils": list(councils),
        "name": name or "Council " + ", ".join(councils),
        "demo": demo_as_at is not None,
        "brand": "#1A3FC4",
        # A demonstration's passwords are known to all: a second factor guards nothing.
        **(
            {"as_at": demo_as_at.isoformat(), "second_factor": []} if demo_as_at else {}
        ),
    }
    # A workspace holds children's records: made inside a checkout, it must not be
    # taken into the next commit.
    write_whole(folder / ".gitignore", "*\n")
    write_whole(folder / _FILE, json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
    return open_workspace(folder)


def open_workspace(folder: Path) -> Workspace:
    """Open a workspace that `init` made."""
    path = folder / _FILE
    if not path.exists():
        raise WorkspaceError(
            f"{folder} is not a workspace: it has no {_FILE}.",
            "Make one with: openscrutiny init DIR --council CODE",
        )
    keep_to_owner(folder)
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return Workspace(
            folder,
            tuple(facts["councils"]),
            facts["name"],
            bool(facts.get("demo")),
            facts.get("brand", "#1A3FC4"),
            date.fromisoformat(facts["as_at"]) if facts.get("as_at") else None,
            str(facts.get("database", "")),
            _names(facts.get("second_factor")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"{path} cannot be read as a workspace's description.",
            "Restore it from a backup, or make a new workspace.",
        ) from error


def _names(listed: object) -> tuple[str, ...] | None:
    """Take a list of names from the description; None where it says nothing."""
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(isinstance(x, str) for x in listed):
        raise ValueError("a list of names")
    return tuple(listed)
