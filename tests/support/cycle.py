"""One demonstration on the days of its two papers, its committee's database empty.

The demonstration has figures to June, built before the later files were loaded, and
figures to September. A walk begins on the day of the first, and the others come on
the day of the second.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.workspace import Workspace, open_workspace

# The number of each snapshot of a demonstration, and the day to which it counts.
CUT_OFFS = {1: date(2026, 6, 30), 2: date(2026, 9, 30)}
# What the demonstration's own committee left behind.
_LEFT = ("openscrutiny.sqlite3*", "audit-heads.txt", "publications", "post", "returns")


def copy_of(demo: Path, folder: Path) -> Path:
    """Copy a demonstration's record and figures; nobody has met yet."""
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns(*_LEFT, "truth.csv"))
    return folder


def begin_at(folder: Path, number: int) -> Workspace:
    """Let one of the demonstration's snapshots be current, on the day of its figures."""
    facts = folder / "workspace.json"
    described = json.loads(facts.read_text(encoding="utf-8"))
    described["as_at"] = CUT_OFFS[number].isoformat()
    facts.write_text(json.dumps(described), encoding="utf-8")
    (folder / "figures" / "CURRENT").write_text(f"{number:06d}\n", encoding="ascii")
    workspace = open_workspace(folder)
    snapshot = open_snapshot(workspace)
    assert snapshot.as_at == workspace.as_at, "the demonstration has other snapshots"
    return workspace


@dataclass
class Calendar:
    """Hold the day on which everybody acts."""

    today: date

    def now(self) -> datetime:
        return datetime.combine(self.today, time(10, 15), tzinfo=UTC)


@contextmanager
def walked_clock(first: date) -> Iterator[Calendar]:
    """Let Django's clock stand on a day that the walk moves."""
    from django.utils import timezone

    calendar, kept = Calendar(first), timezone.now
    clock: Any = timezone
    clock.now = calendar.now
    try:
        yield calendar
    finally:
        clock.now = kept
