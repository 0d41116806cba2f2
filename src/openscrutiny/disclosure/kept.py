"""What was found that an audience may see, kept beside the snapshots.

What an audience has seen cannot be taken back, so a release knows the earlier ones:
every snapshot that was built could be read on the pages. What may be seen of a snapshot,
and all that was seen until then, is kept, and worked out again where it is not there or
not what was written.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import polars as pl

from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import Policy, for_audience, hide_all_but
from openscrutiny.disclosure.standing import SHOWN_COLUMNS, SHOWN_KEY, what_is_shown
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.figures.snapshots import Snapshot, open_snapshot
from openscrutiny.record.digests import digest_of_file, seal, write_table

# The edition of the rules in this room: what was kept by another is worked out again.
RULES: Final = 7
_FOLDER: Final = "shown"
_UNTIL_THEN: Final = "until-then"


def find_open_figures(snapshot: Snapshot, policy: Policy) -> pl.DataFrame:
    """Give what Members and the public may see: they are told the same."""
    kept = _read(snapshot, _edition(policy))
    if kept is not None:
        return kept.select(list(FIGURE_SCHEMA))
    return _find(snapshot, _shown_before(snapshot, policy), policy)


def _find(
    snapshot: Snapshot, before: pl.DataFrame | None, policy: Policy
) -> pl.DataFrame:
    """Find it by what earlier snapshots showed, and this one by other rules.

    One that is past is told again, to compare with it: never more than then, since
    later releases do not know of it.
    """
    then = _told_otherwise(snapshot, policy)
    known = _together(then, before)
    figures = for_audience(snapshot.figures(), Audience.PUBLIC, known, policy)
    if then is not None and max(_numbers(snapshot)) > snapshot.number:
        figures = hide_all_but(figures, then)
    _keep(snapshot, _edition(policy), figures)
    return figures


def _edition(policy: Policy) -> str:
    return seal({"rules": RULES, **asdict(policy)})[:12]


def _shown_before(snapshot: Snapshot, policy: Policy) -> pl.DataFrame | None:
    """Give what all earlier snapshots showed, the latest figure of each period."""
    waiting = []
    before: pl.DataFrame | None = None
    for earlier in _earlier(snapshot):
        before = _together(_read(earlier, _UNTIL_THEN))
        if before is not None:
            break
        waiting.append(earlier)
    for earlier in reversed(waiting):
        before = _after(earlier, before, policy)
        if before is not None:
            _keep(earlier, _UNTIL_THEN, before)
    return before


def _told_otherwise(snapshot: Snapshot, policy: Policy) -> pl.DataFrame | None:
    """Give what this snapshot showed by other editions of the rules."""
    others = {what for what, _, _ in _files(snapshot)} - {_UNTIL_THEN, _edition(policy)}
    told = [_read(snapshot, each) for each in sorted(others)]
    return _together(*(what_is_shown(f) for f in told if f is not None))


def _together(*shown: pl.DataFrame | None) -> pl.DataFrame | None:
    """Put together what was shown, the latest first, which goes before the others.

    Those whom a figure leaves out are not told again where it stands, and are known from
    before. What was kept before a column was is kept without it.
    """
    held = [frame for frame in shown if frame is not None]
    if not held:
        return None
    frames = [pl.DataFrame(schema=SHOWN_COLUMNS), *held]
    rows = pl.concat(frames, how="diagonal").select(list(SHOWN_COLUMNS))
    of_key = pl.col("unknown").drop_nulls().first().over(list(SHOWN_KEY))
    rows = rows.with_columns(pl.col("unknown").fill_null(of_key))
    return rows.unique(list(SHOWN_KEY), keep="first", maintain_order=True)


def _earlier(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Open the snapshots before this one, the latest first; a damaged one is none."""
    earlier = (n for n in _numbers(snapshot) if n < snapshot.number)
    for number in sorted(earlier, reverse=True):
        try:
            yield open_snapshot(snapshot.workspace, number)
        except OpenScrutinyError:
            continue


def _numbers(snapshot: Snapshot) -> list[int]:
    return [
        int(path.name)
        for path in snapshot.workspace.figures.iterdir()
        if path.name.isascii() and path.name.isdigit()
    ]


def _after(
    snapshot: Snapshot, before: pl.DataFrame | None, policy: Policy
) -> pl.DataFrame | None:
    """Add what a snapshot showed to what was shown before it."""
    try:
        figures = _read(snapshot, _edition(policy))
        if figures is None:
            # By what is known here already: to look for it again would take twice as
            # long for each snapshot, where nothing can be kept.
            figures = _find(snapshot, before, policy)
    except (OSError, OpenScrutinyError, pl.exceptions.PolarsError):
        return before  # it could show nothing either
    told = what_is_shown(figures)
    return _together(told, _told_otherwise(snapshot, policy), before)


def _name(snapshot: Snapshot, what: str) -> str:
    """Name a file by number and moment: a number may be given again."""
    moment = "".join(c for c in snapshot.built_at if c.isdigit())
    return f"{snapshot.number:06d}-{moment}-{what}"


def _read(snapshot: Snapshot, what: str) -> pl.DataFrame | None:
    """Read what was kept; the name ends with the digest of what was written."""
    for held, path, digest in _files(snapshot):
        try:
            if held == what and digest_of_file(path) == digest:
                return pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError):
            continue
    return None


def _files(snapshot: Snapshot) -> list[tuple[str, Path, str]]:
    """List what is kept of a snapshot: what it is, where, and the digest it names."""
    name = re.compile(re.escape(_name(snapshot, "")) + r"(.+)-([0-9a-f]{64})\.parquet")
    try:
        paths = sorted((snapshot.workspace.folder / _FOLDER).iterdir())
    except OSError:
        return []
    matches = [(name.fullmatch(path.name), path) for path in paths]
    return [(match[1], path, match[2]) for match, path in matches if match]


def _keep(snapshot: Snapshot, what: str, frame: pl.DataFrame) -> None:
    """Keep it whole or not at all; where it cannot be written it is worked out again."""
    name = _name(snapshot, what)
    folder = snapshot.workspace.folder / _FOLDER
    try:
        folder.mkdir(exist_ok=True)
        beside = folder / f"{name}-{os.getpid()}.writing"
        digest = write_table(frame, beside)
        beside.replace(folder / f"{name}-{digest}.parquet")
    except OSError:
        return
