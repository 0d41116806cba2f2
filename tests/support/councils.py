"""A council with figures of two builds, and a paper of the first: small, and quick."""

from datetime import date
from pathlib import Path

import pytest

from openscrutiny.figures.snapshots import build_snapshot
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.returns.loading import load_paths
from openscrutiny.scrutiny.papers import record_paper
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import Workspace, create_workspace
from support.census import child, details, write_census
from support.doubtful_nation import OURS, write_nation


def build_twice(folder: Path) -> Workspace:
    """Count one indicator of ours and the nation's twice, and put the first to a meeting.

    Twenty children were referred in May 2023, and three in June.
    """
    from openscrutiny.scrutiny.people import add_meeting, ensure_demo_users

    place = create_workspace(
        folder / "w", (OURS,), name="Anyborough", demo_as_at=date(2024, 9, 30)
    )
    children = [child(f"A{n}", details("2023-05-01")) for n in range(20)]
    children += [child(f"B{n}", details("2023-06-01")) for n in range(3)]
    census = write_census(folder / "c.xml", *children, lea=OURS, year=2024)
    load_paths(place, [census, write_nation(folder / "nation")])
    with pytest.MonkeyPatch.context() as patched:
        few = [find_indicator("FD1")]
        patched.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
        for _ in range(2):
            build_snapshot(place, as_at=date(2024, 3, 31))
    ensure_demo_users(place)
    record_paper(
        COMMAND_LINE,
        place,
        meeting=add_meeting(COMMAND_LINE, place, date(2024, 7, 8), "Scrutiny"),
        snapshot=1,
        audience="public",
        formats=("pdf",),
    )
    return place
