"""What the pages may ask of the figures: two protocols and nothing behind them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from openscrutiny.adoption.targets import Adoption
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.indicators.definition import Indicator
from openscrutiny.story.model import SectionStory
from openscrutiny.story.published.desk import PublishedDesk

__all__ = ["Snapshot", "SnapshotStore"]


class Snapshot(Protocol):
    """One immutable set of figures, and the loads that it was built from.

    `figures` has figures/schema.FIGURE_SCHEMA and is not yet disclosure-controlled.
    """

    @property
    def number(self) -> int: ...

    @property
    def revision(self) -> int:
        """Tell which state of people's decisions the stories rest on."""
        ...

    @property
    def as_at(self) -> date: ...

    @property
    def today(self) -> date:
        """Give the day against which ages are told."""
        ...

    @property
    def built_at(self) -> datetime: ...

    @property
    def area_code(self) -> str: ...

    @property
    def area_name(self) -> str: ...

    @property
    def invented_nation(self) -> bool:
        """Say whether all figures are of an invented authority."""
        ...

    @property
    def figures(self) -> pl.DataFrame: ...

    def disclosed(self, audience: str) -> pl.DataFrame:
        """Give the figures that this audience may see."""
        ...

    @property
    def comparison(self) -> pl.DataFrame:
        """Give our indicators' comparison: one row an indicator and authority."""
        ...

    @property
    def published(self) -> PublishedDesk:
        """Give every published measure, compared once for as long as the snapshot."""
        ...

    @property
    def definitions(self) -> Sequence[Indicator]: ...

    @property
    def models(self) -> Sequence[NeighbourModel]:
        """List the neighbour models and groups that may be chosen, the default first."""
        ...

    def compared_with(self, name: str) -> "Snapshot":
        """Give the same figures, to be compared with the members of another model."""
        ...

    @property
    def editions(self) -> Mapping[str, str]:
        """Give the edition of each definition it was counted by, by code."""
        ...

    @property
    def adoptions(self) -> Mapping[str, Adoption]:
        """Give what the council has adopted today, by code."""
        ...

    def earlier(self, number: int, day: date) -> "Snapshot":
        """Open an earlier snapshot as it was read on a day, by today's decisions."""
        ...

    def sections(self, audience: str, figures: pl.DataFrame) -> Sequence[SectionStory]:
        """Tell every indicator from figures that this audience may see."""
        ...

    def peer_notes(self) -> list[str]:
        """Say in plain sentences what of the peers' quarters stands on no page."""
        ...

    def missing_months(self) -> list[str]:
        """List in plain sentences what no return covers yet."""
        ...

    def loads(self) -> list[Mapping[str, Any]]:
        """List the loads that count, newest first.

        Keys: load_id, loaded_at (ISO), file, return_name, year, period_end, covers
        ((first, last) or None), inferred, rows_read, rows_kept, rows_rejected.
        """
        ...

    def problems(self, load_id: int) -> list[Mapping[str, Any]]:
        """List problems of a load: file, line, field, rule, message, fix."""
        ...

    def refusals(self) -> list[Mapping[str, Any]]:
        """List refused files, newest first: refused_at, file, line, field, message, fix."""
        ...

    def rows(
        self, indicator_id: str, period_type: str, period_end: date, part: str
    ) -> pl.DataFrame:
        """Give the rows behind a figure, with load_id, file and line.

        `part` is numerator or denominator. No rows where the period is not covered.
        """
        ...


class SnapshotStore(Protocol):
    """Where the current snapshot is found."""

    def current(self) -> Snapshot | None:
        """Give the current snapshot; none before the first build."""
        ...
