"""What is known of one indicator beside its figures, gathered for one judgement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from openscrutiny.adoption.decisions import Event, Rebase
from openscrutiny.adoption.targets import Adoption
from openscrutiny.analyses.catalogue.late_recording import TABLE as LATE_RECORDING
from openscrutiny.comparison.doubts import Doubts
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.comparison.revisions import Revision
from openscrutiny.disclosure.audiences import Audience, find_clearance
from openscrutiny.disclosure.peers import PeerRevision
from openscrutiny.judgement.spread import NeighbourYear, Spread


def _no_revision(collection: str, end: date) -> PeerRevision | None:
    return None


@dataclass(frozen=True)
class Facts:
    """Hold the place, the day, the comparison and what people decided.

    `as_at` is the day of the meeting or of reading, against which ages are told.

    `comparison` has no row or one, of our area, and `everybody` one of each authority.
    `neighbour_series` gives the neighbours' mean by the last day of the published
    year. `adoption` holds the target. `events` stand on the charts' axes; limits begin anew at
    each of `rebases`; `revisions` are what later loads changed in the published figures.
    `tables` are those of the analyses that the audience may see, by their names.
    `model` says whose neighbours `comparison`, `spread` and `neighbour_series` hold.
    `peers` are the quarters of peers that the audience may see, and `peer_revision`
    says what the latest load of a collection's quarter changed.
    `doubts` is what is doubtful in the published figures.
    """

    area_code: str
    area_name: str
    as_at: date
    comparison: pl.DataFrame | None = None
    everybody: pl.DataFrame | None = None
    spread: Spread | None = None
    neighbour_series: Mapping[date, NeighbourYear] = field(default_factory=dict)
    adoption: Adoption | None = None
    audience: Audience = Audience.OFFICERS
    invented: bool = False
    events: tuple[Event, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    revisions: tuple[Revision, ...] = ()
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    model: NeighbourModel | None = None
    peers: pl.DataFrame | None = None
    peer_revision: Callable[[str, date], PeerRevision | None] = _no_revision
    doubts: Doubts | None = None

    @property
    def neighbours(self) -> tuple[str, ...]:
        """Give whom the chosen model sets beside us; nobody where none is loaded."""
        return self.model.members if self.model else ()

    @property
    def late(self) -> pl.DataFrame | None:
        """Give what is known of how months fill up; None where no history was kept.

        A figure is judged by it, so this analysis is read here by its name.
        """
        return self.tables.get(LATE_RECORDING.name)

    @property
    def is_for_officers(self) -> bool:
        return find_clearance(self.audience).everything

    @property
    def comparison_row(self) -> Mapping[str, Any]:
        """Give our row of the comparison; empty where there is none."""
        if self.comparison is None or self.comparison.is_empty():
            return {}
        assert self.comparison.height == 1, "one chosen measure, one area"
        return self.comparison.row(0, named=True)
