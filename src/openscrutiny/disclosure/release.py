"""One audience's release of a snapshot, after all that was released before it.

What an audience has seen cannot be taken back, so a release knows the earlier ones:
every snapshot that was built could be read on the pages. What each one showed is kept
beside the snapshots, and worked out again where it is not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from openscrutiny.disclosure.audiences import POLICY, Audience, Policy, for_audience
from openscrutiny.disclosure.standing import SHOWN_COLUMNS, SHOWN_KEY, what_is_shown
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import Snapshot, open_snapshot

__all__ = ["Release", "disclose"]

_FOLDER: Final = "shown"


@dataclass(frozen=True)
class Release:
    """Hold the figures that one audience may see of one snapshot, and by which rules."""

    figures: pl.DataFrame
    audience: Audience
    policy: Policy


def disclose(
    snapshot: Snapshot, audience: Audience | str, policy: Policy = POLICY
) -> Release:
    """Release a snapshot to an audience, so that nothing hidden can be worked out."""
    chosen = Audience(audience)
    figures = snapshot.figures()
    if chosen is not Audience.OFFICERS:
        before = _shown_before(snapshot, policy)
        figures = for_audience(figures, chosen, before, policy)
    return Release(figures, chosen, policy)


def _shown_before(snapshot: Snapshot, policy: Policy) -> pl.DataFrame | None:
    """Give what all earlier snapshots showed, the latest figure of each period."""
    waiting = []
    before: pl.DataFrame | None = None
    for earlier in _earlier(snapshot):
        before = _read(earlier)
        if before is not None:
            break
        waiting.append(earlier)
    for earlier in reversed(waiting):
        before = _after(earlier, before, policy)
        _keep(earlier, before)
    return before


def _earlier(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Open the snapshots before this one, the latest first; a damaged one is none."""
    folder = snapshot.workspace.figures
    numbers = [
        int(path.name)
        for path in folder.iterdir()
        if path.name.isascii() and path.name.isdigit()
    ]
    for number in sorted((n for n in numbers if n < snapshot.number), reverse=True):
        try:
            yield open_snapshot(snapshot.workspace, number)
        except OpenScrutinyError:
            continue


def _after(
    snapshot: Snapshot, before: pl.DataFrame | None, policy: Policy
) -> pl.DataFrame | None:
    """Add what a snapshot showed to what was shown before it.

    Members and the public are told the same, so there is one memory of both.
    """
    try:
        figures = snapshot.figures()
    except (OSError, pl.exceptions.PolarsError):
        return before  # it could show nothing either
    shown = what_is_shown(for_audience(figures, Audience.PUBLIC, before, policy))
    if before is None:
        return shown
    rest = before.join(shown, on=list(SHOWN_KEY), how="anti", maintain_order="left")
    return pl.concat([shown, rest])


def _path(snapshot: Snapshot) -> Path:
    """Name the file by number and moment: a number may be given again."""
    moment = "".join(c for c in snapshot.built_at if c.isdigit())
    name = f"{snapshot.number:06d}-{moment}.parquet"
    return snapshot.workspace.folder / _FOLDER / name


def _read(snapshot: Snapshot) -> pl.DataFrame | None:
    try:
        return pl.read_parquet(_path(snapshot)).select(list(SHOWN_COLUMNS))
    except (OSError, pl.exceptions.PolarsError):
        return None


def _keep(snapshot: Snapshot, shown: pl.DataFrame | None) -> None:
    """Keep it whole or not at all; where it cannot be written it is worked out again."""
    if shown is None:
        return
    path = _path(snapshot)
    try:
        path.parent.mkdir(exist_ok=True)
        beside = path.with_suffix(".writing")
        shown.write_parquet(beside)
        beside.replace(path)
    except OSError:
        return
