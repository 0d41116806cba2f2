"""Everything that pages and papers read, from one snapshot: figures, comparison, loads.

A desk is read-only and belongs to one snapshot. It applies disclosure before it tells
a story, so what lies on it for Members is what they may see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import polars as pl

from openscrutiny.comparison.asking import compare_indicators
from openscrutiny.comparison.decisions import Decisions, read_file_decisions
from openscrutiny.comparison.doubts import Doubts, find_doubts
from openscrutiny.comparison.models import NeighbourModel, list_models
from openscrutiny.comparison.pooling import pool_counts
from openscrutiny.comparison.targets import Adoption, rag
from openscrutiny.disclosure.audiences import (
    Audience,
    for_audience,
    peers_for_audience,
)
from openscrutiny.figures.asking import find_rows_of
from openscrutiny.figures.names import with_names_of_numbers
from openscrutiny.figures.peers import PeerRecord, PeerRevision
from openscrutiny.figures.published import PublishedRecord, figures_of_measure
from openscrutiny.figures.revisions import Revision, find_revisions
from openscrutiny.figures.schema import Status
from openscrutiny.figures.snapshots import Snapshot, open_snapshot
from openscrutiny.geography import ENDED_AUTHORITIES
from openscrutiny.indicators.definition import Indicator, Section
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import PeriodType, make_period
from openscrutiny.record.journal import Journal
from openscrutiny.story.facts import Facts
from openscrutiny.story.headline import MARKERS
from openscrutiny.story.missing import find_missing_months
from openscrutiny.story.model import (
    IndicatorStory,
    NeighbourYear,
    Quintile,
    SectionStory,
    Spread,
)
from openscrutiny.story.peers.in_year import say_unshown
from openscrutiny.story.pictures.backlog import make_backlogs
from openscrutiny.story.published.desk import PublishedDesk
from openscrutiny.story.telling import make_section, make_story
from openscrutiny.story.together import read_together
from openscrutiny.story.worth import choose_headlines
from openscrutiny.workspace import Workspace

__all__ = ["Desk", "DeskStore", "open_desk"]


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
        pointer = self.workspace.figures / "CURRENT"
        if not pointer.exists():
            return None
        number = int(pointer.read_text(encoding="utf-8").strip())
        decisions = self.decide() if self.decide else None
        if self._desk is None or self._desk.number != number:
            self._desk = open_desk(self.workspace, self.area, decisions=decisions)
        elif decisions is not None and decisions.revision != self._desk.revision:
            self._desk = replace(self._desk, decisions=decisions)
        return self._desk


def open_desk(
    workspace: Workspace,
    area: str = "",
    today: date | None = None,
    decisions: Decisions | None = None,
    snapshot: Snapshot | None = None,
) -> "Desk":
    """Open a snapshot, the current one unless given, for one area: the council's own."""
    snapshot = snapshot or open_snapshot(workspace)
    code = area or workspace.council or next(iter(snapshot.area_names))
    decided = read_file_decisions(workspace) if decisions is None else decisions
    return Desk(workspace, snapshot, code, decided, today)


@dataclass(frozen=True)
class Desk:
    """Hold one snapshot, read for one area."""

    workspace: Workspace
    snapshot: Snapshot
    area_code: str
    decisions: Decisions = field(default_factory=Decisions)
    today: date | None = None
    chosen: str | None = None  # the neighbour model; None is the latest that is loaded
    # What rests on the snapshot alone and outlives a change of decisions.
    _kept: dict[str, PublishedDesk] = field(
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
        """Give the day against which ages are told."""
        return self.today or self.snapshot.as_at

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

    def earlier(self, number: int) -> "Desk":
        """Open an earlier snapshot for the same area, read by today's decisions."""
        snapshot = open_snapshot(self.workspace, number)
        return Desk(self.workspace, snapshot, self.area_code, self.decisions)

    @cached_property
    def figures(self) -> pl.DataFrame:
        """All figures of our indicators, not yet disclosure-controlled."""
        return self.snapshot.figures()

    @cached_property
    def _late(self) -> pl.DataFrame | None:
        """How months looked in each extract; None where the snapshot kept none."""
        return self.snapshot.late()

    @cached_property
    def comparison(self) -> pl.DataFrame:
        """Compare our indicators' published measures: one row an indicator and area."""
        models = [self.chosen] if self.chosen else None
        return compare_indicators(self._record, self.definitions, models=models)

    @cached_property
    def _record(self) -> PublishedRecord:
        return self.snapshot.record()

    @cached_property
    def models(self) -> tuple[NeighbourModel, ...]:
        """List the neighbour models and groups of our area, the default first."""
        loaded = {
            e.load_id: datetime.fromisoformat(e.loaded_at).date()
            for e in self.snapshot.entries()
        }
        return list_models(self._record.neighbours, self.area_code, loaded)

    @property
    def model(self) -> NeighbourModel | None:
        """Give the model that these stories rest on; None where none is loaded."""
        for model in self.models:
            if model.name == self.chosen or (not self.chosen and model.is_default):
                return model
        return None

    def compared_with(self, name: str) -> "Desk":
        """Give a desk of the same snapshot that compares with another model's members.

        What does not depend on the model is read once and shared.
        """
        assert name in [model.name for model in self.models], name
        desk = replace(self, chosen=name)
        shared = (
            "figures",
            "models",
            "revisions",
            "_late",
            "_record",
            "_values",
            "_published",
            "_quintiles",
        )
        for each in shared:
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
            self._record,
            self.area_code,
            self.area_name,
            self.as_at,
            {entry.load_id: entry.loaded_at for entry in self.snapshot.entries()},
            self.invented_nation,
            self.model,
        )

    @cached_property
    def _values(self) -> pl.DataFrame:
        """Read the published values of our indicators as they are printed."""
        used = [i.published[0] for i in self.definitions if i.published]
        keys = {key for measure in used for key in measure.keys}
        return self._record.values_of(keys)

    @cached_property
    def _published(self) -> dict[str, pl.DataFrame]:
        """Set each indicator's published measure in figures, for every authority."""
        values = with_names_of_numbers(self._values)
        return {
            indicator.id: figures_of_measure(values, indicator, indicator.published[0])
            for indicator in self.definitions
            if indicator.published
        }

    def doubts(self, indicator: Indicator) -> Doubts | None:
        """Find what is doubtful in an indicator's published values; None without any."""
        row = self._comparison_row(indicator.id)
        if not indicator.published or row.height == 0:
            return None
        measure = indicator.published[0]
        rows = self._values.filter(
            (pl.col("measure") == measure.key)
            & (pl.col("filters") == (measure.filters if ":" in measure.key else ""))
        )
        return find_doubts(rows, row["year"][0], self.area_code, ())

    @cached_property
    def revisions(self) -> dict[str, tuple[Revision, ...]]:
        """Give what later loads changed in our area's published figures, by indicator."""
        loaded = {e.load_id: e.loaded_at for e in self.snapshot.entries()}
        keys = {i.published[0].key for i in self.definitions if i.published}
        found = find_revisions(self._record, keys, self.area_code, loaded)
        by_key = {
            i.published[0].key: (i.id, i.published[0])
            for i in self.definitions
            if i.published
        }
        told: dict[str, list[Revision]] = {}
        for revision in found:
            name, measure = by_key[revision.measure]
            wanted = measure.filters if ":" in measure.key else ""
            if revision.filters == wanted:
                told.setdefault(name, []).append(revision)
        return {name: tuple(rows) for name, rows in told.items()}

    @cached_property
    def peers(self) -> PeerRecord:
        """The quarters of peers, not yet disclosure-controlled."""
        return self.snapshot.peers()

    @cached_property
    def _shared(self) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
        """Find who shares one published figure, by indicator and year label."""
        measures = {i.id: i.published[0] for i in self.definitions if i.published}
        rows = self._record.values_of({m.key for m in measures.values()})
        found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
        joint = rows.drop_nulls("shared_with")
        for name, measure in measures.items():
            mine = joint.filter(pl.col("measure") == measure.key)
            for year, code, others in mine.select(
                "year_label", "area_code", "shared_with"
            ).iter_rows():
                together = frozenset({code, *others.split(" / ")})
                found.setdefault((name, year), {})[code] = together
        return found

    @property
    def _neighbours(self) -> tuple[str, ...]:
        return self.model.members if self.model else ()

    @cached_property
    def _quintiles(self) -> dict[str, Quintile]:
        """Read our area's latest fifth, as the publisher gives it, by indicator."""
        keys = {i.id: m.quintile for i in self.definitions for m in i.published[:1]}
        rows = (
            self._record.values_of(key for key in keys.values() if key)
            .filter(
                (pl.col("area_code") == self.area_code)
                & pl.col("value").is_in([1.0, 2.0, 3.0, 4.0, 5.0])
            )
            .sort("year_label")
            .unique("measure", keep="last")
        )
        held = {
            measure: Quintile(int(number), year)
            for measure, number, year in rows.select(
                "measure", "value", "year_label"
            ).iter_rows()
        }
        return {name: held[key] for name, key in keys.items() if key in held}

    def spread(self, indicator_id: str) -> Spread | None:
        """Give every current authority's latest published value of an indicator."""
        row = self._comparison_row(indicator_id)
        published = self._published.get(indicator_id)
        if published is None or row.height == 0:
            return None
        year = row["year"][0]
        everyone = published.filter(
            (pl.col("year_label") == year)
            & pl.col("area_code").str.contains(r"^\d{3}$")
        ).unique("area_code", keep="first", maintain_order=True)
        has_ended = pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))
        latest = everyone.filter(~has_ended)
        counts = {
            code: (above, below)
            for code, above, below in latest.select(
                "area_code", "numerator", "denominator"
            ).iter_rows()
        }
        return Spread(
            year,
            tuple(latest.select("area_code", "area_name", "value").iter_rows()),
            self._neighbours,
            tuple(
                latest.filter(pl.col("value").is_not_null())
                .select("area_code", "numerator", "denominator")
                .drop_nulls()
                .iter_rows()
            ),
            str(row["neighbour_model"][0] or ""),
            pool_counts(
                counts, self._neighbours, self._shared.get((indicator_id, year))
            ),
            self._quintiles.get(indicator_id),
            tuple(
                everyone.filter(has_ended & pl.col("value").is_not_null())["area_code"]
            ),
            tuple(
                (code, MARKERS[Status(status)])
                for code, status in latest.filter(pl.col("value").is_null())
                .select("area_code", "status")
                .iter_rows()
            ),
        )

    def neighbour_series(self, indicator_id: str) -> dict[date, NeighbourYear]:
        """Give the neighbours' mean of each published year, and how many it rests on.

        Those that have ended count in no year, so that all years are of the same places.
        """
        published = self._published.get(indicator_id)
        if published is None or not self._neighbours:
            return {}
        theirs = published.filter(
            pl.col("area_code").is_in(self._neighbours)
            & ~pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))
        )
        years = theirs.group_by("period_end").agg(
            pl.col("value").mean().alias("mean"), pl.col("value").count().alias("n")
        )
        listed = len(self._neighbours)
        return {
            end: NeighbourYear(mean, n, listed)
            for end, mean, n in years.iter_rows()
            if end is not None
        }

    def adoption(self, code: str) -> Adoption | None:
        """Give the council's own adoption of an indicator."""
        return self.decisions.adoptions.get(code)

    def story(
        self, indicator: Indicator, audience: str, figures: pl.DataFrame | None = None
    ) -> IndicatorStory:
        """Tell one indicator to one audience. `figures` have been disclosed to it."""
        if figures is None:
            figures = for_audience(self.figures, audience)
        target = self.adoption(indicator.code)

        def tone(value: float) -> str:
            if target is None or target.target is None:
                return "none"
            return str(
                rag(
                    value,
                    target.target,
                    target.tolerance,
                    indicator.polarity.value,
                    None,  # the story itself says "Small numbers" of its headline
                )
            )

        def peer_revision(collection: str, end: date) -> PeerRevision | None:
            if audience != Audience.OFFICERS:
                return None  # what was exchanged before is no more public than now
            return self.peers.revision(indicator.id, collection, end, self.area_code)

        facts = Facts(
            area_code=self.area_code,
            area_name=self.area_name,
            as_at=self.as_at,
            comparison=self._comparison_row(indicator.id),
            everybody=self.comparison.filter(pl.col("indicator") == indicator.id),
            spread=self.spread(indicator.id),
            neighbour_series=self.neighbour_series(indicator.id),
            target=target,
            rag=tone,
            audience="officers" if audience == Audience.OFFICERS else "members",
            invented=self.invented_nation,
            events=self.decisions.events_of(indicator.code),
            rebases=self.decisions.rebases_of(indicator.code),
            revisions=self.revisions.get(indicator.id, ()),
            late=self._late,
            model=self.model,
            peers=peers_for_audience(self.peers.of(indicator.id), audience),
            peer_revision=peer_revision,
            doubts=self.doubts(indicator),
        )
        mine = figures.filter(pl.col("indicator") == indicator.id)
        story = make_story(indicator, mine, facts)
        return replace(story, backlogs=make_backlogs(indicator, figures, facts))

    def sections(
        self, audience: str, figures: pl.DataFrame | None = None
    ) -> tuple[SectionStory, ...]:
        """Tell every indicator to one audience, in the dashboard's three sections."""
        if figures is None:
            figures = for_audience(self.figures, audience)
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

    def _comparison_row(self, indicator_id: str) -> pl.DataFrame:
        return self.comparison.filter(
            (pl.col("indicator") == indicator_id)
            & (pl.col("area_code") == self.area_code)
        )
