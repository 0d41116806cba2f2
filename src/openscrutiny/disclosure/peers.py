"""The quarters that peers exchange, as one audience may see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from openscrutiny.disclosure.audiences import Audience, find_clearance
from openscrutiny.disclosure.hiding import peers_for_audience
from openscrutiny.figures.peers import PeerRecord


@dataclass(frozen=True)
class PeerRevision:
    """Say what the latest load of one quarter changed: how many, and our own line.

    `old` is our value in the load before; null where it gave none.
    """

    loaded_on: date
    changed: int
    listed: int
    ours_changed: bool
    old: float | None


@dataclass(frozen=True)
class Peers:
    """Hold the quarters of peers that one audience may see: PEER_SCHEMA.

    What of them stands on no page, and what loads before the latest said, is for
    officers: to others these are empty.
    """

    figures: pl.DataFrame
    not_ours: tuple[str, ...] = ()  # measures that are no indicator of ours
    doubtful: tuple[str, ...] = ()  # facts given in two ways, not shown
    later: tuple[date, ...] = ()  # quarters that had not ended by the snapshot's day
    _rows: pl.DataFrame | None = field(default=None, repr=False)
    _loaded_at: Mapping[int, str] = field(default_factory=dict, repr=False)

    def of(self, indicator: str) -> pl.DataFrame:
        """Give the quarters of one indicator."""
        return self.figures.filter(pl.col("indicator") == indicator)

    def find_revision(
        self, indicator: str, collection: str, end: date, area_code: str
    ) -> PeerRevision | None:
        """Find what the latest load of a quarter changed; None where it is the first."""
        if self._rows is None:
            return None
        mine = self._rows.filter(
            (pl.col("indicator") == indicator)
            & (pl.col("collection") == collection)
            & (pl.col("period_end") == end)
        )
        return find_peer_revision(mine, self._loaded_at, area_code)


def find_peer_revision(
    rows: pl.DataFrame, loaded_at: Mapping[int, str], area_code: str
) -> PeerRevision | None:
    """Compare the last two loads of one indicator's quarter."""
    loads = sorted(rows["load_id"].unique().to_list())
    if len(loads) < 2:
        return None
    earlier, later = (
        {code: (value, symbol) for code, value, symbol in part.iter_rows()}
        for part in (
            rows.filter(pl.col("load_id") == load).select(
                "area_code", "value", "symbol"
            )
            for load in loads[-2:]
        )
    )
    codes = earlier.keys() | later.keys()
    changed = [code for code in codes if earlier.get(code) != later.get(code)]
    if not changed:
        return None
    return PeerRevision(
        datetime.fromisoformat(loaded_at[loads[-1]]).date(),
        len(changed),
        len(codes),
        area_code in changed,
        earlier.get(area_code, (None, None))[0],
    )


def open_peers(record: PeerRecord, audience: Audience, ours: Collection[str]) -> Peers:
    """Open the peers' quarters for one audience; `ours` are our own areas."""
    figures = peers_for_audience(record.figures, audience, ours)
    if not find_clearance(audience).everything:
        return Peers(figures)
    return Peers(
        figures,
        tuple(record.not_ours()),
        record.doubtful,
        record.later,
        record.rows,
        record.loaded_at,
    )
