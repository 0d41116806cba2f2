"""Everything that pages and papers read, from one snapshot: figures, comparison, loads.

A desk is read-only and belongs to one snapshot. It applies disclosure before it tells
a story, so what lies on it for Members is what they may see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import polars as pl

from openscrutiny.adoption.decisions import Decisions, read_file_decisions
from openscrutiny.adoption.targets import Adoption
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.disclosure.audiences import Audience, peers_for_audience
from openscrutiny.disclosure.release import disclose
from openscrutiny.figures.asking import find_rows_of
from openscrutiny.figures.peers import PeerRecord, PeerRevision
from openscrutiny.figures.snapshots import Snapshot, find_current, open_snapshot
from openscrutiny.indicators.definition import Indicator, Section
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.nation import Nation
from openscrutiny.periods import PeriodType, make_period
from openscrutiny.record.journal import Journal
from openscrutiny.story.missing import find_missing_months
from openscrutiny.story.model import IndicatorStory, SectionStory
from openscrutiny.story.peers.in_year import say_unshown
from openscrutiny.story.pictures.backlog import make_backlogs
from openscrutiny.story.published.desk import PublishedDesk
from openscrutiny.story.telling import make_section, make_story
from openscrutiny.story.together import read_together
from openscrutiny.story.voices import choose_headlines
from openscrutiny.workspace import Workspace

__all__ = ["Desk", "DeskStore", "find_today", "open_desk"]


@dataclass
class DeskStore:
    """Give the desk of the current snapshot, opening it anew when it changes.

    `decide` gives what people decided; without it adoption.csv does.
    """

    workspace: Workspace
    area: str = ""
    decide: Callable[[], Decisions] | None = None
    _desk: "Desk | None" = field(default=None, repr=False)

    def current(self) -> "Desk | None":
        """Give the current desk; none before the first build."""
        number = find_current(self.workspace)
        if number is None:
            return None
        decisions = self.decide() if self.decide else None
        today = find_today(self.workspace)
        if self._desk is None or self._desk.number != number:
            self._desk = open_desk(self.workspace, self.area, today, decisions)
        elif today != self._desk.today:
            # What it kept of the published figures tells their age.
            self._desk = replace(self._desk, today=today, _kept={})
        if decisions is not None and decisions.revision != self._desk.revision:
            self._desk = replace(self._desk, decisions=decisions)
        return self._desk


def find_today(workspace: Workspace) -> date:
    """Give the day of reading; a demonstration has a today of its own."""
    return workspace.as_at or datetime.now(UTC).date()


def open_desk(
    workspace: Workspace,
    area: str = "",
    today: date | None = None,
    decisions: Decisions | None = None,
    snapshot: Snapshot | None = None,
) -> "Desk":
    """Open a snapshot, the current one unless given, for one area: the council's own.

    `today` is the day against which ages are told and promises fall due: a meeting's, or
    that of reading unless given.
    """
    snapshot = snapshot or open_snapshot(workspace)
    code = area or workspace.council or next(iter(snapshot.area_names))
    decided = read_file_decisions(workspace) if decisions is None else decisions
    return Desk(workspace, snapshot, code, decided, today or find_today(workspace))


@dataclass(frozen=True)
class Desk:
    """Hold one snapshot, read for one area."""

    workspace: Workspace
    snapshot: Snapshot
    area_code: str
    decisions: Decisions
    today: date  # of reading, or of the meeting: against it ages are told
    chosen: str | None = None  # the neighbour model; None is the latest that is loaded
    # What rests on the snapshot alone and outlives a change of decisions.
    _kept: dict[str, PublishedDesk] = field(
        default_factory=dict, repr=False, compare=False
    )
    _released: dict[Audience, pl.DataFrame] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def number(self) -> int:
        return self.snapshot.number

    @property
    def revision(self) -> int:
        """Tell which state of the decisions these stories rest on."""
        return self.decisions.revision

    @property
    def as_at(self) -> date:
        """Give the last day that the figures were counted for."""
        return self.snapshot.as_at

    @property
    def built_at(self) -> datetime:
        return datetime.fromisoformat(self.snapshot.built_at)

    @property
    def area_name(self) -> str:
        return self.snapshot.area_names.get(self.area_code, self.workspace.name)

    @property
    def invented_nation(self) -> bool:
        return self.workspace.demo

    @property
    def definitions(self) -> Sequence[Indicator]:
        return INDICATORS

    @property
    def editions(self) -> Mapping[str, str]:
        """Give the edition of each definition that these figures were counted by."""
        return self.snapshot.editions

    @property
    def adoptions(self) -> Mapping[str, Adoption]:
        """Give what the council has adopted today, by code."""
        return self.decisions.adoptions

    def earlier(self, number: int, day: date) -> "Desk":
        """Open an earlier snapshot as it was read on a day, by today's decisions."""
        snapshot = open_snapshot(self.workspace, number)
        return Desk(self.workspace, snapshot, self.area_code, self.decisions, day)

    @cached_property
    def figures(self) -> pl.DataFrame:
        """All figures of our indicators, not yet disclosure-controlled."""
        return self.snapshot.figures()

    def disclosed(self, audience: str) -> pl.DataFrame:
        """Give the figures that this audience may see, once for a snapshot."""
        chosen = Audience(audience)
        if chosen not in self._released:
            release = disclose(self.snapshot, chosen)
            self._released.setdefault(chosen, release.figures)
        return self._released[chosen]

    @cached_property
    def _late(self) -> pl.DataFrame | None:
        """How months looked in each extract; None where the snapshot kept none."""
        return self.snapshot.late()

    @cached_property
    def nation(self) -> Nation:
        """What is published of every authority, under the model that was chosen."""
        return Nation(self.snapshot, self.definitions, self.area_code, self.chosen)

    @property
    def comparison(self) -> pl.DataFrame:
        """Compare our indicators' published measures: one row an indicator and area."""
        return self.nation.comparison

    @property
    def models(self) -> tuple[NeighbourModel, ...]:
        """List the neighbour models and groups of our area, the default first."""
        return self.nation.models

    @property
    def model(self) -> NeighbourModel | None:
        """Give the model that these stories rest on; None where none is loaded."""
        return self.nation.model

    def compared_with(self, name: str) -> "Desk":
        """Give a desk of the same snapshot that compares with another model's members.

        What does not depend on the model is read once and shared.
        """
        desk = replace(self, chosen=name)
        desk.__dict__["nation"] = self.nation.compared_with(name)
        for each in ("figures", "_late", "peers"):
            desk.__dict__[each] = getattr(self, each)
        return desk

    @property
    def published(self) -> PublishedDesk:
        """Give every published measure, compared once for a snapshot and a model."""
        key = self.chosen or ""
        if key not in self._kept:
            self._kept.setdefault(key, self._open_published())
        return self._kept[key]

    def _open_published(self) -> PublishedDesk:
        return PublishedDesk(
            self.nation.record,
            self.area_code,
            self.area_name,
            self.today,
            {entry.load_id: entry.loaded_at for entry in self.snapshot.entries()},
            self.invented_nation,
            self.model,
        )

    @cached_property
    def peers(self) -> PeerRecord:
        """The quarters of peers, not yet disclosure-controlled."""
        return self.snapshot.peers()

    def adoption(self, code: str) -> Adoption | None:
        """Give the council's own adoption of an indicator."""
        return self.decisions.adoptions.get(code)

    def story(
        self, indicator: Indicator, audience: str, figures: pl.DataFrame | None = None
    ) -> IndicatorStory:
        """Tell one indicator to one audience. `figures` have been disclosed to it."""
        if figures is None:
            figures = self.disclosed(audience)

        def peer_revision(collection: str, end: date) -> PeerRevision | None:
            if audience != Audience.OFFICERS:
                return None  # what was exchanged before is no more public than now
            return self.peers.revision(indicator.id, collection, end, self.area_code)

        facts = Facts(
            area_code=self.area_code,
            area_name=self.area_name,
            as_at=self.today,
            comparison=self.nation.row(indicator.id),
            everybody=self.comparison.filter(pl.col("indicator") == indicator.id),
            spread=self.nation.spread(indicator.id),
            neighbour_series=self.nation.neighbour_series(indicator.id),
            adoption=self.adoption(indicator.code),
            audience="officers" if audience == Audience.OFFICERS else "members",
            invented=self.invented_nation,
            events=self.decisions.events_of(indicator.code),
            rebases=self.decisions.rebases_of(indicator.code),
            revisions=self.nation.revisions.get(indicator.id, ()),
            late=self._late,
            model=self.model,
            peers=peers_for_audience(
                self.peers.of(indicator.id), audience, self.area_code
            ),
            peer_revision=peer_revision,
            doubts=self.nation.doubts(indicator),
        )
        mine = figures.filter(pl.col("indicator") == indicator.id)
        story = make_story(indicator, mine, facts)
        return replace(story, backlogs=make_backlogs(indicator, figures, facts))

    def sections(
        self, audience: str, figures: pl.DataFrame | None = None
    ) -> tuple[SectionStory, ...]:
        """Tell every indicator to one audience, in the dashboard's three sections."""
        if figures is None:
            figures = self.disclosed(audience)
        stories = read_together(
            [self.story(i, audience, figures) for i in self.definitions]
        )
        chosen = choose_headlines(stories)
        return tuple(
            make_section(
                section.value, [s for s in stories if s.section == section], chosen
            )
            for section in Section
        )

    def peer_notes(self) -> list[str]:
        """Say in plain sentences what of the peers' quarters stands on no page."""
        return say_unshown(self.peers)

    def missing_months(self) -> list[str]:
        """Say in plain sentences which months no return covers yet, and which lacks."""
        mine = self.figures.filter(pl.col("area_code") == self.area_code)
        return find_missing_months(mine, self.definitions)

    def loads(self) -> list[dict[str, Any]]:
        """List the loads that count, newest first."""
        entries = Journal(self.workspace.record).entries()
        return [
            {
                "load_id": e.load_id,
                "loaded_at": e.loaded_at,
                "file": e.file,
                "return_name": e.return_name,
                "year": e.year,
                "period_end": e.period_end,
                "covers": e.covers_all,
                "inferred": e.inferred,
                "rows_read": e.rows_read,
                "rows_kept": e.rows_kept,
                "rows_rejected": e.rows_rejected,
            }
            for e in reversed(entries)
        ]

    def problems(self, load_id: int) -> list[dict[str, Any]]:
        """List what was wrong in one load."""
        problems = Journal(self.workspace.record).problems(load_id)
        return [problem.as_dict() for problem in problems]

    def refusals(self) -> list[dict[str, Any]]:
        """List the files refused, newest first."""
        return Journal(self.workspace.record).refusals()

    def rows(
        self, indicator_id: str, period_type: str, period_end: date, part: str
    ) -> pl.DataFrame:
        """Give the rows behind a figure, with load_id, file and line."""
        indicator = next(i for i in self.definitions if i.id == indicator_id)
        period = make_period(PeriodType(period_type), period_end)
        return find_rows_of(
            self.workspace, self.snapshot, indicator, period, part, self.area_code
        )
