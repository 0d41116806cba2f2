"""A release as a folder keeps it: what one audience could see, and nothing else.

The tables are those of the release, so that whatever is told of a snapshot can be told
of it again when the record, the snapshot and the decisions have long moved on.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from openscrutiny.analyses.analysis import Table
from openscrutiny.disclosure.audiences import Audience, find_clearance
from openscrutiny.disclosure.gaps import Gap
from openscrutiny.disclosure.hiding import Policy
from openscrutiny.figures.peers import PEER_SCHEMA, PeerRecord
from openscrutiny.figures.published import PublishedRecord
from openscrutiny.figures.schema import FIGURE_SCHEMA, fill_up
from openscrutiny.indicators.council import parse_council_indicators
from openscrutiny.indicators.definition import Indicator
from openscrutiny.record.digests import write_table
from openscrutiny.record.loads import LoadEntry
from openscrutiny.record.releases import Displaced

if TYPE_CHECKING:
    from openscrutiny.disclosure.release import Release

# Gives a file of the folder by its name, or raises where it is not what was written.
Find = Callable[[str], Path]
_BENCHMARKS: Final = ("published", "published_measures", "neighbours", "areas")


@dataclass(frozen=True)
class Benchmark:
    """Name one load of published figures, or of whom we are set beside."""

    load_id: int
    loaded_at: str
    file: str
    sha256: str
    return_id: str


@dataclass(frozen=True)
class FrozenFacts:
    """Hold what a release is of, for whom and by which rules, as plain values."""

    audience: Audience
    policy: Policy
    rules: int
    number: int
    as_at: date
    built_at: str
    area_names: Mapping[str, str]
    editions: Mapping[str, str]
    council_text: str
    gaps: tuple[Gap, ...]
    loaded_at: Mapping[int, str]  # by load
    benchmarks: tuple[Benchmark, ...]
    displaced: tuple[Displaced, ...]
    ranks: Mapping[int, int]
    spelling: Mapping[str, str]
    published_as_at: date | None
    later: tuple[date, ...]
    doubtful: tuple[str, ...]
    tables: tuple[str, ...] = ("late",)  # of analyses; there was one, and always it


@dataclass(frozen=True)
class Loaded:
    """Say when a load was made."""

    load_id: int
    loaded_at: str


@dataclass(frozen=True)
class FrozenSource:
    """Stand for the snapshot of a release that was frozen."""

    facts: FrozenFacts
    find: Find

    @property
    def number(self) -> int:
        return self.facts.number

    @property
    def as_at(self) -> date:
        return self.facts.as_at

    @property
    def built_at(self) -> str:
        return self.facts.built_at

    @property
    def area_names(self) -> Mapping[str, str]:
        return self.facts.area_names

    @property
    def editions(self) -> Mapping[str, str]:
        return self.facts.editions

    @property
    def council_text(self) -> str:
        return self.facts.council_text

    @cached_property
    def council_indicators(self) -> tuple[Indicator, ...]:
        return parse_council_indicators(self.facts.council_text, built=True)

    def figures(self) -> pl.DataFrame:
        """Read the figures that the audience could see."""
        return fill_up(pl.read_parquet(self.find("figures.parquet")), FIGURE_SCHEMA)

    def table(self, table: Table) -> pl.DataFrame | None:
        """Read an analysis's table as its audience was given it, or what it was told.

        None where it was given nothing, or an earlier release did not keep it.
        """
        if table.name not in self.facts.tables:
            return None
        rows = pl.read_parquet(self.find(f"{table.name}.parquet"))
        told = {} if table.told is None else table.told.schema
        if told.keys() >= set(rows.columns) and set(rows.columns) - table.schema.keys():
            return fill_up(rows, told)
        return fill_up(rows, table.schema) if rows.width else None

    def entries(self) -> list[Loaded]:
        """List the loads that it was built from, by number and moment alone."""
        return [Loaded(*each) for each in self.facts.loaded_at.items()]

    def record(self) -> PublishedRecord:
        """Open the published tables."""
        measures, areas, neighbours = (
            pl.read_parquet(self.find(f"{name}.parquet"))
            for name in ("published_measures", "areas", "neighbours")
        )
        return PublishedRecord(
            pl.scan_parquet(self.find("published.parquet")),
            measures,
            areas,
            neighbours,
            self.facts.displaced,
            self.facts.ranks,
            self.facts.spelling,
            self.facts.published_as_at,
        )

    def peers(self) -> PeerRecord:
        """Open the peers' quarters that the audience could see."""
        return PeerRecord(
            pl.read_parquet(self.find("peers.parquet")),
            self.facts.later,
            self.facts.doubtful,
            pl.read_parquet(self.find("peer_loads.parquet")),
            self.facts.loaded_at,
        )


def freeze_release(
    release: "Release",
    figures: pl.DataFrame,
    left_out: Collection[str],
    folder: Path,
    tables: Mapping[str, pl.DataFrame],
) -> FrozenFacts:
    """Write the tables of a release into a folder; give the facts beside them.

    `figures` are the release’s without the indicators whose codes are left out, and
    `tables` those of analyses, as the audience is given them of its council.
    """
    record, source = release.published, release.source
    peers = source.peers()
    if not find_clearance(release.audience).everything:
        # Of these the audience sees nothing but what was shared with it.
        out = pl.col("code").is_in(list(left_out))
        seen = release.peers.figures.filter(~out)
        peers = PeerRecord(seen, (), (), pl.DataFrame(schema=PEER_SCHEMA), {})
    keys = {
        key
        for each in (*_definitions(), *release.council_indicators)
        for measure in each.published
        for key in (*measure.keys, *filter(None, (measure.quintile,)))
    }
    frames = {
        **tables,
        "figures": figures,
        "published": record.excerpt(keys),
        "published_measures": record.measures,
        "areas": record.areas,
        "neighbours": record.neighbours,
        "peers": peers.figures,
        "peer_loads": peers.rows,
    }
    for name, frame in frames.items():
        write_table(frame, folder / f"{name}.parquet")
    return FrozenFacts(
        audience=release.audience,
        policy=Policy(**asdict(release.policy)),
        rules=release.rules,
        number=release.number,
        as_at=release.as_at,
        built_at=source.built_at,
        area_names=release.area_names,
        editions=release.editions,
        council_text=source.council_text,
        gaps=release.gaps,
        loaded_at={one.load_id: one.loaded_at for one in release.entries},
        benchmarks=tuple(map(_benchmark, filter(_is_benchmark, release.entries))),
        displaced=record.displaced,
        ranks=record.ranks,
        spelling=record.spelling,
        published_as_at=record.as_at,
        later=peers.later,
        doubtful=peers.doubtful,
        tables=tuple(tables),
    )


def _definitions() -> tuple[Indicator, ...]:
    from openscrutiny.indicators.registry import INDICATORS

    return tuple(INDICATORS)


def _is_benchmark(entry: Any) -> bool:
    return isinstance(entry, LoadEntry) and any(
        entry.tables.get(name) for name in _BENCHMARKS
    )


def _benchmark(entry: Any) -> Benchmark:
    return Benchmark(
        entry.load_id, entry.loaded_at, entry.file, entry.sha256, entry.return_id
    )
