"""What people decided that figures are read by: targets, dated events and rebasing.

Plain values. The committee's database holds them and hands them to whoever tells a
story; a workspace without a database has its adoption.csv alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from openscrutiny.adoption.file import read_adoptions
from openscrutiny.adoption.local_codes import list_local_codes
from openscrutiny.adoption.targets import Adoption
from openscrutiny.workspace import Workspace

EVENT_KINDS: Final[dict[str, str]] = {
    "policy": "Policy or law",
    "budget": "Budget notice",
    "lockdown": "Lockdown",
    "term": "School term",
    "practice": "Change of practice",
    "data": "Change in the data",
    "other": "Other",
}


@dataclass(frozen=True)
class Event:
    """Hold something dated that a reader of a chart should know of.

    It lasts to `until` (included) where that is given. Without `codes` it concerns
    every indicator.
    """

    on: date
    title: str
    kind: str  # one of EVENT_KINDS
    until: date | None = None
    codes: tuple[str, ...] = ()
    source: str = ""
    number: int = 0  # in the database

    def concerns(self, code: str) -> bool:
        return not self.codes or code in self.codes


@dataclass(frozen=True)
class Rebase:
    """Hold a person's decision that a series begins anew, with its known cause."""

    code: str
    starts: date  # the first day of the first period of the new stretch
    reason: str
    by: str
    decided_on: date
    number: int = 0  # in the database


@dataclass(frozen=True)
class Decisions:
    """Hold all of them. `revision` grows with every change, so that readers notice.

    `problems` say in sentences which of what was kept cannot be used, and why.
    """

    adoptions: Mapping[str, Adoption] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    revision: int = 0
    problems: tuple[str, ...] = ()

    @property
    def local_codes(self) -> dict[str, str]:
        """Give the council's own codes, each with the code of its indicator."""
        return list_local_codes(self.adoptions.values())

    def events_of(self, code: str) -> tuple[Event, ...]:
        """List the events that concern an indicator, oldest first."""
        found = (event for event in self.events if event.concerns(code))
        return tuple(sorted(found, key=lambda event: event.on))

    def rebases_of(self, code: str) -> tuple[Rebase, ...]:
        """List an indicator's rebasing, oldest first."""
        found = (rebase for rebase in self.rebases if rebase.code == code)
        return tuple(sorted(found, key=lambda rebase: rebase.starts))


def read_file_decisions(workspace: Workspace) -> Decisions:
    """Read what adoption.csv holds; nothing where there is no such file."""
    if not workspace.adoption.exists():
        return Decisions()
    adoptions = read_adoptions(workspace.adoption)
    return Decisions({adoption.code: adoption for adoption in adoptions})
