"""One audience's release of a snapshot: the one way from the figures to a reader.

Nothing above this room takes anything else of a snapshot, and nothing is decided again
there. An audience without a clearance is given nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

import polars as pl

from openscrutiny.disclosure.audiences import Audience, Clearance, find_clearance
from openscrutiny.disclosure.frozen import Find, FrozenFacts, FrozenSource, Loaded
from openscrutiny.disclosure.gaps import Gap, find_gaps
from openscrutiny.disclosure.hiding import POLICY, Policy
from openscrutiny.disclosure.kept import RULES, find_open_figures
from openscrutiny.disclosure.peers import Peers, open_peers
from openscrutiny.disclosure.tables import open_tables
from openscrutiny.figures.published import PublishedRecord, read_published
from openscrutiny.figures.schema import is_ours
from openscrutiny.figures.snapshots import (
    Snapshot,
    build_snapshot,
    find_current,
    open_snapshot,
)
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.nothing import Status
from openscrutiny.periods import Period
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.workspace import Workspace

_LOADED: Final = (
    "load_id", "loaded_at", "file", "return_name", "year", "period_end", "inferred",
    "rows_read", "rows_kept", "rows_rejected",
)  # fmt: skip
Hidden = tuple[str, str, date]  # an indicator, a kind of period and its last day


@dataclass(frozen=True)
class Release:
    """Hold what one audience may see of one snapshot, and by which rules.

    `figures` has FIGURE_SCHEMA. `withheld` are the codes of which others have a figure,
    and this audience has none, nor one that is hidden.
    """

    audience: Audience
    policy: Policy
    figures: pl.DataFrame
    gaps: tuple[Gap, ...]
    _snapshot: Snapshot | FrozenSource = field(repr=False, compare=False)
    rules: int = RULES
    withheld: frozenset[str] = frozenset()

    @property
    def clearance(self) -> Clearance:
        return find_clearance(self.audience)

    @property
    def source(self) -> Snapshot | FrozenSource:
        """Give what it is disclosed from: for whoever freezes it, and nobody else."""
        return self._snapshot

    @property
    def sees_everything(self) -> bool:
        """Tell whether small numbers, months and single records are among it."""
        return self.clearance.everything

    # ---------- Which snapshot it is of: no secret ----------

    @property
    def number(self) -> int:
        return self._snapshot.number

    @property
    def as_at(self) -> date:
        """Give the last day that the figures were counted for."""
        return self._snapshot.as_at

    @property
    def built_at(self) -> datetime:
        return datetime.fromisoformat(self._snapshot.built_at)

    @property
    def area_names(self) -> Mapping[str, str]:
        return self._snapshot.area_names

    @property
    def editions(self) -> Mapping[str, str]:
        """Give the edition of each definition that these figures were counted by."""
        return self._snapshot.editions

    @property
    def council_indicators(self) -> tuple[Indicator, ...]:
        """Give the indicators that the council defined itself: no secret."""
        return self._snapshot.council_indicators

    # ---------- What it holds beside the figures, read when it is asked for ----------

    @cached_property
    def hidden(self) -> frozenset[Hidden]:
        """List our own totals that are hidden from this audience."""
        rows = self.figures.filter(
            is_ours()
            & (pl.col("breakdown") == "total")
            & (pl.col("status") == Status.HIDDEN)
        )
        keys = rows.select("indicator", "period_type", "period_end")
        return frozenset(keys.iter_rows())

    @cached_property
    def _opened(self) -> dict[tuple[str, frozenset[str]], Mapping[str, pl.DataFrame]]:
        return {}

    def tables(
        self, area_code: str, left_out: frozenset[str] = frozenset()
    ) -> Mapping[str, pl.DataFrame]:
        """Give the analyses' tables that this audience may see of one council.

        `left_out` are the codes of indicators that it is not told of. Read once.
        """
        key = (area_code, left_out)
        if key not in self._opened:
            told_of = [
                each
                for each in (*INDICATORS, *self.council_indicators)
                if each.code not in left_out
            ]
            self._opened[key] = open_tables(
                self._snapshot, self.audience, area_code, self.figures, told_of
            )
        return self._opened[key]

    @cached_property
    def peers(self) -> Peers:
        """The quarters of peers that this audience may see."""
        return open_peers(
            self._snapshot.peers(), self.audience, self._snapshot.area_names
        )

    @cached_property
    def entries(self) -> Sequence[LoadEntry | Loaded]:
        """List the loads that the snapshot was built from."""
        return self._snapshot.entries() if self.clearance.totals else []

    @cached_property
    def published(self) -> PublishedRecord:
        """The published tables, which are open already."""
        if self.clearance.totals or isinstance(self._snapshot, FrozenSource):
            return self._snapshot.record()
        return read_published(Journal(self._snapshot.workspace.record), [])

    def rows(
        self, indicator: Indicator, period: Period, part: str, area_code: str
    ) -> pl.DataFrame:
        """Give the records behind a figure; none to whom single records are not open.

        A frozen release holds no record of a child, whoever reads it.
        """
        snapshot = self._snapshot
        if isinstance(snapshot, FrozenSource) or not self.clearance.everything:
            return pl.DataFrame()
        from openscrutiny.figures.asking import find_rows_of  # counts, and is large

        return find_rows_of(
            snapshot.workspace, snapshot, indicator, period, part, area_code
        )

    # ---------- What was loaded ----------

    def loads(self) -> list[dict[str, Any]]:
        """List the loads that count today, newest first, by the columns of a page."""
        if isinstance(self._snapshot, FrozenSource) or not self.clearance.totals:
            return []
        return list_loads(Journal(self._snapshot.workspace.record))

    def problems(self, load_id: int) -> list[dict[str, Any]]:
        """List what was wrong in one load: file, line, field, rule, message, fix."""
        if isinstance(self._snapshot, FrozenSource) or not self.clearance.totals:
            return []
        problems = Journal(self._snapshot.workspace.record).problems(load_id)
        return [problem.as_dict() for problem in problems]

    def refusals(self) -> list[dict[str, Any]]:
        """List the files refused, newest first; their names are for officers."""
        if isinstance(self._snapshot, FrozenSource) or not self.clearance.totals:
            return []
        return Journal(self._snapshot.workspace.record).refusals()


def disclose(
    snapshot: Snapshot, audience: Audience, policy: Policy = POLICY
) -> Release:
    """Release a snapshot to an audience, so that nothing hidden can be worked out."""
    clearance = find_clearance(audience)
    if not clearance.totals:
        return Release(audience, policy, snapshot.figures().clear(), (), snapshot)
    everything = snapshot.figures()
    figures = everything
    if not clearance.everything:
        figures = find_open_figures(snapshot, policy)
    gaps = find_gaps(everything)
    return Release(
        audience,
        policy,
        figures,
        gaps,
        snapshot,
        withheld=_find_withheld(everything, figures),
    )


def _find_withheld(everything: pl.DataFrame, figures: pl.DataFrame) -> frozenset[str]:
    """List the codes with a figure among all and none, nor a hidden one, among these."""
    has_value = pl.col("value").is_not_null()
    told = figures.filter(has_value | (pl.col("status") == Status.HIDDEN))["code"]
    return frozenset(set(everything.filter(has_value)["code"]) - set(told))


def open_frozen_release(facts: FrozenFacts, find: Find) -> Release:
    """Open a release that was frozen; `find` gives its files, each as it was written."""
    source = FrozenSource(facts, find)
    return Release(
        facts.audience,
        facts.policy,
        source.figures(),
        facts.gaps,
        source,
        facts.rules,
    )


def list_loads(journal: Journal) -> list[dict[str, Any]]:
    """List the loads that count, newest first, by the columns of a page."""
    return [
        {
            **{name: getattr(entry, name) for name in _LOADED},
            "covers": entry.covers_all,
        }
        for entry in reversed(journal.entries())
    ]


def build_anew(
    workspace: Workspace, progress: Callable[[str], None] = lambda text: None
) -> int:
    """Build the figures of a workspace from what is loaded; gives the snapshot's number.

    `progress` is told what is counted, in words.
    """
    return build_snapshot(workspace, progress=progress).number


@dataclass(frozen=True)
class Releases:
    """Open the releases of a workspace's snapshots, and know which is current."""

    workspace: Workspace

    def find_current(self) -> int | None:
        """Find the number of the current snapshot; none before the first build."""
        return find_current(self.workspace)

    def open(self, number: int | None, audience: Audience) -> Release:
        """Release the snapshot of this number, or the current one, to an audience."""
        return disclose(open_snapshot(self.workspace, number), audience)
