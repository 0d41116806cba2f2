"""A publication: a release told to its audience, by what people decided, on one day.

Pages read the live one, a paper is laid out from one of a meeting's day, and what
changed between two papers is told from two of them. A story is told when it is first
asked for, and once: a publication that follows another, because somebody decided
something, tells those stories again that rest on what was decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from operator import is_not
from typing import Any, Final

import polars as pl

from openscrutiny.adoption.decisions import Decisions, Event, Rebase
from openscrutiny.adoption.papers import PutPaper
from openscrutiny.adoption.targets import Adoption
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.peers import PeerRevision
from openscrutiny.disclosure.release import Hidden, Release, Releases
from openscrutiny.indicators.definition import Indicator, Section
from openscrutiny.indicators.registry import INDICATORS, find_pairs
from openscrutiny.judgement.facts import Facts
from openscrutiny.judgement.findings import read_judged
from openscrutiny.judgement.nation import Nation
from openscrutiny.judgement.observation import OURS
from openscrutiny.judgement.series import SeriesSet
from openscrutiny.periods import PeriodType, format_date, make_period
from openscrutiny.publication.measures import PublishedMeasures
from openscrutiny.story.indicator import make_section, make_story
from openscrutiny.story.missing import say_gap
from openscrutiny.story.model import IndicatorStory, SectionStory
from openscrutiny.story.pairs import read_together
from openscrutiny.story.peers.in_year import say_unshown
from openscrutiny.story.pictures.backlog import make_backlogs
from openscrutiny.story.voices import choose_headlines
from openscrutiny.workspace import Workspace


@dataclass(frozen=True)
class Issue:
    """Say which issue of a meeting's publication this is, and who answers for it.

    `replaces` is the number of the publication that it takes the place of, 0 where it is
    the first, and `why` the restatement note.
    """

    version: int
    edition: int = 0  # of the paper that was signed off; 0 where nobody did
    signed_off_by: str = ""  # "" where nobody signed it off
    replaces: int = 0
    why: str = ""

    def say_signed(self) -> str:
        """Say who signed it off, or that nobody did."""
        if self.signed_off_by:
            return f"Signed off by {self.signed_off_by}."
        return "Published from the command line; nobody signed it off."

    def say_restated(self) -> str:
        """Say what it takes the place of and why; "" where it is the first."""
        if not self.replaces:
            return ""
        return (
            f"Restated: it takes the place of publication {self.replaces}. {self.why}"
        )


@dataclass(frozen=True)
class Meeting:
    """Name the meeting to which a publication is put."""

    title: str
    day: date
    replaces: PutPaper | None = None

    def in_words(self) -> str:
        return f"{self.title}, {format_date(self.day)}"

    def say_replaced(self) -> str:
        """Say which paper this one replaces; "" where it is the first."""
        if self.replaces is None:
            return ""
        made = self.replaces.made_at
        return (
            f"the paper made for this meeting on {format_date(made.date())} at "
            f"{made:%H:%M}, of snapshot {self.replaces.snapshot}"
        )


def find_today(workspace: Workspace) -> date:
    """Give the day of reading; a demonstration has a today of its own."""
    return workspace.as_at or datetime.now(UTC).date()


# What of the decisions one story rests on.
Basis = tuple[Adoption | None, tuple[Event, ...], tuple[Rebase, ...]]


@dataclass(frozen=True)
class Publication:
    """Hold one release, told for one area.

    `today` is the day against which ages are told and promises fall due: that of
    reading, or of the meeting. `chosen` names the neighbour model; "" is the latest.
    """

    releases: Releases
    release: Release
    area_code: str
    decisions: Decisions
    today: date
    meeting: Meeting | None = None
    chosen: str = ""
    definitions: Sequence[Indicator] = INDICATORS
    left_out: frozenset[str] = frozenset()  # codes of what stands in Part B
    issue: Issue | None = None  # of one that is published
    # By indicator, what it rests on and what was told: shared with what follows.
    _told: dict[str, tuple[Basis, IndicatorStory]] = field(
        default_factory=dict, repr=False, compare=False
    )
    # By indicator, its story and its partners', and the story that names them.
    _together: dict[str, tuple[tuple[IndicatorStory, ...], IndicatorStory]] = field(
        default_factory=dict, repr=False, compare=False
    )

    # ---------- Whose it is, of what, for whom ----------

    @property
    def workspace(self) -> Workspace:
        return self.releases.workspace

    @property
    def audience(self) -> Audience:
        return self.release.audience

    @property
    def number(self) -> int:
        return self.release.number

    @property
    def as_at(self) -> date:
        return self.release.as_at

    @property
    def built_at(self) -> datetime:
        return self.release.built_at

    @property
    def editions(self) -> Mapping[str, str]:
        return self.release.editions

    @property
    def hidden(self) -> frozenset[Hidden]:
        return self.release.hidden

    @cached_property
    def figures(self) -> pl.DataFrame:
        figures = self.release.figures
        if not self.left_out:
            return figures
        return figures.filter(~pl.col("code").is_in(list(self.left_out)))

    @property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Give the tables of analyses that this audience may see, by their names."""
        return self.release.tables(self.area_code, self.left_out)

    @property
    def sees_everything(self) -> bool:
        """Tell whether small numbers are among it: then it is not for publication."""
        return self.release.sees_everything

    @property
    def area_name(self) -> str:
        return self.release.area_names.get(self.area_code, self.workspace.name)

    @property
    def is_invented(self) -> bool:
        return self.workspace.demo

    @property
    def adoptions(self) -> Mapping[str, Adoption]:
        """Give what the council has adopted, by code."""
        return self.decisions.adoptions

    # ---------- What is published of every authority ----------

    @cached_property
    def nation(self) -> Nation:
        """What is published of every authority, under the model that was chosen."""
        return Nation(self.release, self.definitions, self.area_code, self.chosen)

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

    @cached_property
    def published(self) -> PublishedMeasures:
        """Every published measure, compared once."""
        return PublishedMeasures(
            self.release,
            self.area_code,
            self.area_name,
            self.today,
            self.is_invented,
            self.model,
        )

    # ---------- What is told ----------

    @cached_property
    def sections(self) -> tuple[SectionStory, ...]:
        """Tell every indicator, in the dashboard's three sections."""
        stories = self._read_together()
        chosen = choose_headlines(stories)
        return tuple(
            make_section(
                section.value, [s for s in stories if s.section == section], chosen
            )
            for section in Section
        )

    @cached_property
    def stories(self) -> dict[str, IndicatorStory]:
        """Give the stories by ID, in their order."""
        return {s.id: s for part in self.sections for s in part.indicators}

    def find(self, key: str) -> IndicatorStory | None:
        """Find an indicator by its ID, its code or the council's own code."""
        return self._by_name.get(key.casefold())

    @cached_property
    def _by_name(self) -> dict[str, IndicatorStory]:
        """Index stories by ID, code and own code; an ID wins over a code."""
        index: dict[str, IndicatorStory] = {}
        for kind in ("local_code", "code", "id"):
            named = [(getattr(s, kind), s) for s in self.stories.values()]
            index.update({name.casefold(): story for name, story in named if name})
        return index

    @cached_property
    def holds_own(self) -> bool:
        """Tell whether anything here is not published already: our own, or peers'."""
        own = pl.col("source").is_in(OURS) & pl.col("value").is_not_null()
        exchanged = any(story.peers for story in self.stories.values())
        return exchanged or not self.figures.filter(own).is_empty()

    def _read_together(self) -> list[IndicatorStory]:
        """Set beside each story those that are read with it, where any is another."""
        stories = [self.story(each) for each in self.told]
        by_code = {story.code: story for story in stories}
        for story in stories:
            pairs = [code for code, _ in find_pairs(story.code) if code in by_code]
            group = (story, *(by_code[code] for code in pairs))
            held = self._together.get(story.id, ((), story))[0]
            if len(held) != len(group) or any(map(is_not, held, group)):
                self._together[story.id] = (group, read_together(group)[0])
        return [self._together[story.id][1] for story in stories]

    @cached_property
    def told(self) -> tuple[Indicator, ...]:
        """Give the indicators that are told: of those that others give, the ones there.

        One is there with a figure of our area or a target; the others wait for either.
        """
        mine = self.figures.filter(pl.col("area_code") == self.area_code)
        there = set(mine["indicator"].unique())
        return tuple(
            each
            for each in self.definitions
            if not each.is_given or each.id in there or each.code in self.adoptions
        )

    def story(self, indicator: Indicator) -> IndicatorStory:
        """Tell one indicator, or give what was told by the same decisions before."""
        basis = (
            self.decisions.adoptions.get(indicator.code),
            self.decisions.events_of(indicator.code),
            self.decisions.rebases_of(indicator.code),
        )
        held = self._told.get(indicator.id)
        if held is None or held[0] != basis:
            held = (basis, self._tell(indicator))
            self._told[indicator.id] = held
        return held[1]

    def _tell(self, indicator: Indicator) -> IndicatorStory:
        facts = self._gather(indicator)
        mine = self.figures.filter(pl.col("indicator") == indicator.id)
        story = make_story(indicator, mine, facts)
        return replace(story, backlogs=make_backlogs(indicator, self.figures, facts))

    def series(self, code: str) -> SeriesSet | None:
        """Give the judged series of an indicator by its code; None where it is not told.

        Read once; what is decided later is read by the publication that follows.
        """
        if code not in self._series:
            found = [each for each in self.definitions if each.code == code]
            self._series[code] = self._read_series(found[0]) if found else None
        return self._series[code]

    @cached_property
    def _series(self) -> dict[str, SeriesSet | None]:
        return {}

    def _read_series(self, indicator: Indicator) -> SeriesSet:
        mine = self.figures.filter(pl.col("indicator") == indicator.id)
        return read_judged(indicator, mine, self._gather(indicator))

    def _gather(self, indicator: Indicator) -> Facts:
        """Gather what is known of one indicator beside its figures."""
        peers = self.release.peers

        def peer_revision(collection: str, end: date) -> PeerRevision | None:
            return peers.find_revision(indicator.id, collection, end, self.area_code)

        return Facts(
            area_code=self.area_code,
            area_name=self.area_name,
            as_at=self.today,
            comparison=self.nation.row(indicator.id),
            everybody=self.comparison.filter(pl.col("indicator") == indicator.id),
            spread=self.nation.spread(indicator.id),
            neighbour_series=self.nation.neighbour_series(indicator.id),
            adoption=self.decisions.adoptions.get(indicator.code),
            audience=self.audience,
            invented=self.is_invented,
            events=self.decisions.events_of(indicator.code),
            rebases=self.decisions.rebases_of(indicator.code),
            revisions=self.nation.revisions.get(indicator.id, ()),
            tables=self.tables,
            model=self.model,
            peers=peers.of(indicator.id),
            peer_revision=peer_revision,
            doubts=self.nation.doubts(indicator),
        )

    def missing(self) -> tuple[str, ...]:
        """Say in plain sentences which months no return covers yet, and which lacks."""
        gaps = [gap for gap in self.release.gaps if gap.area_code == self.area_code]
        return tuple(map(say_gap, gaps))

    def peer_notes(self) -> list[str]:
        """Say in plain sentences what of the peers' quarters stands on no page."""
        return say_unshown(self.release.peers)

    def rows(self, key: str, kind: str, end: date, part: str) -> pl.DataFrame:
        """Give the records behind a figure, with load_id, file and line.

        None where its period is not covered, or single records are not for this reader.
        """
        indicator = next(i for i in self.definitions if i.id == key)
        period = make_period(PeriodType(kind), end)
        return self.release.rows(indicator, period, part, self.area_code)

    # ---------- What follows it, and what went before ----------

    def without(self, codes: Iterable[str]) -> "Publication":
        """Give the same without some indicators: no story, no figure, no definition."""
        out = frozenset(codes)
        if not out:
            return self
        kept = tuple(each for each in self.definitions if each.code not in out)
        return replace(self, definitions=kept, left_out=out, **_untold())

    def after(self, decisions: Decisions, today: date) -> "Publication":
        """Give the same release by what is decided now, on the day that it is now.

        On the same day the stories that rest on the same decisions are those of before.
        """
        if today == self.today:
            return self._sharing(_SHARED, decisions=decisions)
        return self._sharing(("nation",), decisions=decisions, today=today, **_untold())

    def put_to(self, meeting: Meeting) -> "Publication":
        """Give the same release as it is read on the day of a meeting."""
        moved = self.after(self.decisions, meeting.day)
        return replace(moved, meeting=meeting)

    def issued(self, issue: Issue) -> "Publication":
        """Give the same as it is published."""
        return self._sharing(_SHARED, issue=issue)

    def compared_with(self, model: str) -> "Publication":
        """Give the same, compared with another model's members.

        What does not depend on the model is read once and shared.
        """
        other = replace(self, chosen=model, **_untold())
        other.__dict__["nation"] = self.nation.compared_with(model)
        return other

    def earlier(self, number: int, day: date) -> "Publication":
        """Open an earlier snapshot as it was read on a day, by the same decisions."""
        release = self.releases.open(number, self.audience)
        return replace(
            self, release=release, today=day, meeting=None, chosen="", **_untold()
        )

    def _sharing(self, names: Sequence[str], **changes: object) -> "Publication":
        other = replace(self, **changes)  # type: ignore[arg-type]
        for name in names:
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other


_SHARED: Final = ("nation", "published")  # what no decision alters


def _untold() -> dict[str, Any]:
    return {"_told": {}, "_together": {}}


def publish(
    releases: Releases,
    audience: Audience,
    decisions: Decisions,
    *,
    number: int | None = None,
    area: str = "",
    today: date | None = None,
    meeting: Meeting | None = None,
) -> Publication:
    """Publish a snapshot, the current one unless given, for one area: the council's own.

    For a meeting it is read on the meeting's day, else today.
    """
    release = releases.open(number, audience)
    place = releases.workspace
    code = area or place.council or next(iter(release.area_names), "")
    day = meeting.day if meeting else today or find_today(place)
    definitions = (*INDICATORS, *release.council_indicators)
    return Publication(
        releases, release, code, decisions, day, meeting, definitions=definitions
    )
