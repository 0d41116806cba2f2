"""What the loads that feed an indicator could not give, in numbers and in words.

See docs/counting-rules.md, "Partly read".
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from openscrutiny.record.coverage import Span
from openscrutiny.record.gaps import Gap
from openscrutiny.record.journal import LoadEntry
from openscrutiny.record.tables import TABLES

__all__ = ["NOTHING_KNOWN", "KnownOfLoads", "Lack", "find_lacks"]

# Where more than half could not be read, what is left says nothing.
MOST_LACKING: Final = 0.5
# So few lines cannot move a percentage by as much as the last digit that is printed
# for most authorities; the figure says how many they are and is judged all the same.
SLIGHT: Final = 0.005


@dataclass(frozen=True)
class Lack:
    """Say of one load how many of the lines that feed an indicator it could not give.

    `lost` of `rows` were rejected or could not be read where it matters; `differ` facts
    stand more than once and not alike.
    """

    rows: int
    lost: int
    differ: int = 0

    @property
    def share(self) -> float:
        return (self.lost + self.differ) / self.rows if self.rows else 0.0

    @property
    def is_too_much(self) -> bool:
        """Tell whether the rest says too little to be counted."""
        return self.lost / self.rows > MOST_LACKING if self.rows else False

    @property
    def is_slight(self) -> bool:
        """Tell whether a figure may be judged all the same."""
        return self.share <= SLIGHT

    @property
    def unsettles(self) -> bool:
        """Tell whether the figure is not final: contradictions never are."""
        return self.differ > 0 or not self.is_slight

    @property
    def words(self) -> str:
        """Say it in a sentence or two: how many of how many."""
        of = f"{self.rows:,} line" + ("" if self.rows == 1 else "s")
        said = []
        if self.lost:
            were = "was" if self.lost == 1 else "were"
            said.append(f"{self.lost:,} of {of} could not be read or {were} rejected.")
        if self.differ:
            verb = "fact stands" if self.differ == 1 else "facts stand"
            said.append(
                f"{self.differ:,} {verb} more than once, and not alike, in {of}."
            )
        return " ".join(said)


@dataclass(frozen=True)
class KnownOfLoads:
    """Hold what bears on one indicator: what each load lacks, and which tell the past.

    `telling` are the loads whose own rows say what lies behind them (LookBack.told_by);
    `made` is the last day that each load tells of. `lacks_before` are of the other table
    in which it looks back (LookBack.table), which nothing of the period's own loads tells.
    """

    lacks: Mapping[int, Lack] = field(default_factory=dict)
    lacks_before: Mapping[int, Lack] = field(default_factory=dict)
    telling: frozenset[int] = frozenset()
    made: Mapping[int, date] = field(default_factory=dict)


NOTHING_KNOWN: Final = KnownOfLoads()


def find_lacks(
    entries: Sequence[LoadEntry],
    spans: Iterable[Span],
    columns: Collection[str],
    *,
    but: str = "",
) -> dict[int, Lack]:
    """Find what each feeding load lacks of the columns that an expression reads.

    What it reads of the table `but` is left out.

    A return may come as several files, each a load: what a load takes from another of
    the same return lacks there. The table that lacks most speaks. Persons are left out:
    who is not described stands under "Not known".
    """
    read = {
        name
        for name, table in TABLES.items()
        if name not in ("person", but) and not table.columns.keys().isdisjoint(columns)
    }
    latest: dict[tuple[str | None, str, str], LoadEntry] = {}
    for entry in entries:  # oldest first, so the latest load stays
        for name in {*entry.tables, *entry.covers, *(gap.table for gap in entry.gaps)}:
            latest[entry.authority, entry.return_id, name] = entry
    by_id = {entry.load_id: entry for entry in entries}
    found: dict[int, Lack] = {}
    for load_id in {span.load_id for span in spans}:
        entry = by_id[load_id]
        lacks = [
            _lack_of(gap, columns)
            for name in read
            for source in [_source(entry, name, latest)]
            if source is not None
            for gap in source.gaps
            if gap.table == name
        ]
        worst = max(lacks, key=lambda lack: lack.share, default=None)
        if worst is not None and worst.share > 0:
            found[load_id] = worst
    return found


def _source(
    entry: LoadEntry,
    table: str,
    latest: Mapping[tuple[str | None, str, str], LoadEntry],
) -> LoadEntry | None:
    if table in entry.tables or table in entry.covers:
        return entry
    return latest.get((entry.authority, entry.return_id, table))


def _lack_of(gap: Gap, columns: Collection[str]) -> Lack:
    unread = [count for column, count in gap.unread.items() if column in columns]
    return Lack(gap.rows, gap.rejected + max(unread, default=0), gap.differ)
