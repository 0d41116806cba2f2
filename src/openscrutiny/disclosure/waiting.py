"""What of a workspace waits for an officer: for whoever answers for the figures alone.

It holds small numbers, and is asked for by somebody who may load. See docs/adr/0050.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from openscrutiny.figures.reconciling import difference_key
from openscrutiny.figures.schema import OWN_COUNT
from openscrutiny.figures.snapshots import Snapshot, find_current, open_snapshot
from openscrutiny.figures.unlikely import find_count_held
from openscrutiny.figures.volume import find_loads_held
from openscrutiny.periods import PeriodType, format_date
from openscrutiny.record.confirmations import Confirmations, Subject
from openscrutiny.record.journal import Journal
from openscrutiny.workspace import Workspace


@dataclass(frozen=True)
class Waiting:
    """Hold what an officer confirms or takes back: figures are shown and not judged."""

    subject: Subject
    key: str
    load_id: int  # that is unlikely; 0 where none is named
    codes: tuple[str, ...]  # of the indicators that wait for it
    said: tuple[str, ...]


@dataclass(frozen=True)
class Unbuilt:
    """Count what the current figures do not know yet."""

    loaded: int
    taken_back: int
    confirmed: int

    @property
    def any(self) -> bool:
        return bool(self.loaded or self.taken_back or self.confirmed)


def count_unbuilt(workspace: Workspace) -> Unbuilt:
    """Count the loads, undone loads and words that came after the current figures."""
    standing = {entry.load_id for entry in Journal(workspace.record).entries()}
    words = Confirmations(workspace.record).standing()
    told = [one for one in words.values() if one.subject is not Subject.TAKEN_BACK]
    if find_current(workspace) is None:
        return Unbuilt(len(standing), 0, 0)
    snapshot = open_snapshot(workspace)
    built_from = set(snapshot.loads)
    # Of the very second of the build it is not known, and is said to be lacking.
    later = sum(one.confirmed_at >= snapshot.built_at for one in told)
    return Unbuilt(len(standing - built_from), len(built_from - standing), later)


def list_waiting(workspace: Workspace) -> list[Waiting]:
    """List what the current figures wait for: loads, counts of our own, differences.

    What was confirmed or taken back since they were built is left out.
    """
    if find_current(workspace) is None:
        return []
    snapshot = open_snapshot(workspace)
    words = Confirmations(workspace.record).standing()
    entries = Journal(workspace.record).entries()
    standing = {str(entry.load_id) for entry in entries}
    found = [
        *_unlikely_loads(snapshot),
        *_unlikely_counts(snapshot),
        *_differences(snapshot),
    ]
    return [
        one
        for one in found
        if (one.subject, one.key) not in words
        and (one.subject is not Subject.LOAD or one.key in standing)
    ]


def _unlikely_loads(snapshot: Snapshot) -> list[Waiting]:
    held = snapshot.figures().filter(
        (pl.col("breakdown") == "total") & (pl.col("held").fill_null("") != "")
    )
    reasons = held.select("code", "held").unique(maintain_order=True)
    codes: dict[int, dict[str, None]] = {}
    said: dict[int, dict[str, None]] = {}
    for code, words in reasons.iter_rows():
        for load_id, sentence in find_loads_held(words):
            codes.setdefault(load_id, {})[code] = None
            said.setdefault(load_id, {})[sentence] = None
    return [
        Waiting(Subject.LOAD, str(n), n, tuple(codes[n]), tuple(said[n]))
        for n in sorted(codes, reverse=True)
    ]


def _unlikely_counts(snapshot: Snapshot) -> list[Waiting]:
    """List the months of the own count that are unlikely: rows of a scorecard."""
    held = snapshot.figures().filter(
        (pl.col("source") == OWN_COUNT)
        & (pl.col("breakdown") == "total")
        & (pl.col("period_type") == PeriodType.MONTH.value)
        & (pl.col("held").fill_null("") != "")
    )
    return [
        Waiting(
            Subject.COUNT,
            difference_key(row["area_code"], row["indicator"], row["period_end"]),
            0,
            (row["code"],),
            (said,),
        )
        for row in held.sort("period_end", descending=True).iter_rows(named=True)
        if (said := find_count_held(row["held"]))
    ]


def _differences(snapshot: Snapshot) -> list[Waiting]:
    open_ones = snapshot.differences().filter(pl.col("accepted_by") == "")
    return [
        Waiting(
            Subject.DIFFERENCE,
            difference_key(row["area_code"], row["indicator"], row["period_end"]),
            0,
            (row["code"],),
            (_tell(row),),
        )
        for row in open_ones.iter_rows(named=True)
    ]


def _tell(row: Mapping[str, Any]) -> str:
    how = "count gives" if row["source"] == OWN_COUNT else "return gives"
    own, published = _write_apart(row["own"], row["published"])
    return (
        f"To {format_date(row['period_end'])} our own {how} {own} and the publisher "
        f"{published}: a difference beyond rounding."
    )


def _write_apart(own: float, published: float) -> tuple[str, str]:
    """Write two figures that differ so that they read differently: 0.13 and 0.12."""
    first = 0 if own == round(own) and published == round(published) else 1
    for digits in range(first, 7):
        said = f"{own:,.{digits}f}", f"{published:,.{digits}f}"
        if said[0] != said[1]:
            break
    return said
