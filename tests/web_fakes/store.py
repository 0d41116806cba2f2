"""A snapshot of an invented authority, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from openscrutiny.adoption.decisions import Decisions
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.disclosure.audiences import Audience
from openscrutiny.disclosure.hiding import POLICY, for_audience
from openscrutiny.disclosure.peers import Peers
from openscrutiny.disclosure.release import Release, Releases
from openscrutiny.figures.peers import PEER_SCHEMA
from openscrutiny.figures.schema import FIGURE_SCHEMA, value_expression
from openscrutiny.indicators.definition import (
    Clock,
    Control,
    Example,
    Indicator,
    Polarity,
    Section,
    Theme,
)
from openscrutiny.indicators.measures import Count, Share
from openscrutiny.indicators.themes import FRONT_DOOR
from openscrutiny.judgement.facts import Facts
from openscrutiny.periods import PeriodType
from openscrutiny.publication.measures import PublishedMeasures
from openscrutiny.publication.publication import Publication
from openscrutiny.story.indicator import make_section
from openscrutiny.story.model import SectionStory, Stop
from openscrutiny.workspace import Workspace
from web_fakes.facts import FACTS, YEARS, Fact
from web_fakes.published import make_published_measures

AREA_CODE, AREA_NAME = "999", "Exampleton"

# Values that stand in rows: a test looks for them where they must not be.
CHILD_IDENTIFIER = "CHILD-0001"
TEAMS = ("South", "North", None)  # of a row, in turn: the first is not the manager's


def _theme(fact: Fact) -> Theme:
    family = fact.code.rstrip("a0123456789")
    nothing: dict[str, Any] = {"returns": (), "table": "", "breakdowns": ()}
    return replace(FRONT_DOOR, families=(family,), **nothing)


def _definition(fact: Fact) -> Indicator:
    measure = Share() if fact.is_percent else Count()
    whole = fact.code == "FD2"
    return Indicator(
        id=fact.id, code=fact.code, name=fact.name, short_name=fact.name[:36],
        section=fact.section,
        theme=_theme(fact),
        counts=fact.counted, sentence_subject=fact.name,
        numerator=f"Those {fact.counted} that count.",
        denominator=f"All {fact.counted} in the period." if fact.is_percent else "",
        formula="100 × counted ÷ out of" if fact.is_percent else "The number counted",
        control=Control.SHARED if whole else Control.UNSAID, control_basis="a law",
        measure=measure, polarity=Polarity.LOWER, why_polarity="Invented for a test.",
        clock=Clock.EVENT if whole else None,
        periods=(PeriodType.FINANCIAL_YEAR,), headline=PeriodType.FINANCIAL_YEAR,
        source="An invented guide", paragraph="paragraph 1", edition="2026",
        author="A. Author", checker="C. Checker", next_review=date(2027, 3, 31),
        no_comparator="None is published.",
        caveats=("Figures before April 2023 are not comparable.",) if whole else (),
        rows=(lambda view: None) if whole else None,  # type: ignore[arg-type,return-value]
        examples=_examples() if whole else (),
    )  # fmt: skip


def _examples() -> tuple[Example, ...]:
    one = Example(
        title="a second referral after 252 days",
        rows={
            "cin_episodes": (
                {"cine_person_id": "A", "cine_referral_date": "2024-05-03"},
                {"cine_person_id": "A", "cine_referral_date": "2025-01-10"},
            )
        },
        covers=(("cin/2025", date(2024, 4, 1), date(2025, 3, 31)),),
        period=(PeriodType.FINANCIAL_YEAR, date(2025, 3, 31)),
        numerator=1,
        denominator=2,
        working="Child A was referred on 3 May 2024 and again 252 days later.",
    )
    return (
        one,
        replace(one, title="the first referral of a child", numerator=0, denominator=1),
        replace(one, title="a child referred on the same day a year later"),
    )


def _figure(fact: Fact, index: int, category: str = "all") -> dict[str, Any]:
    end = YEARS[index]
    numerator, denominator = fact.counts[index]
    status = "final" if numerator is not None else "not_available"
    if index == len(YEARS) - 1:
        status = {
            Stop.PROVISIONAL: "provisional",
            Stop.UNEXPECTED: "not_expected",
            Stop.NONE: "not_available",
        }.get(fact.stop, status)
    return {
        "indicator": fact.id,
        "code": fact.code,
        "area_code": AREA_CODE,
        "area_name": AREA_NAME,
        "period_type": "financial_year",
        "period_start": date(end.year - 1, 4, 1),
        "period_end": end,
        "breakdown": "total" if category == "all" else "sex",
        "category": category,
        "numerator": numerator,
        "denominator": denominator,
        "unit": "percent" if fact.is_percent else "count",
        "status": status,
        "source": "own",
        "edition": "2026",
        "unknown": 0,
        "why": fact.why,
        "year_label": str(end.year),
        "fed_by": f"cin/{end.year}",
    }


def make_figures() -> pl.DataFrame:
    """Make the figures, one breakdown included, before any hiding."""
    rows = [_figure(fact, i) for fact in FACTS for i in range(len(YEARS))]
    rows += [_figure(FACTS[3], 4, category) for category in ("Female", "Male", "=1+1")]
    schema = {name: kind for name, kind in FIGURE_SCHEMA.items() if name != "value"}
    frame = pl.DataFrame(rows, schema=schema).with_columns(value_expression())
    return frame.select(list(FIGURE_SCHEMA))


@dataclass(frozen=True)
class FakeSnapshot:
    """Hold an invented snapshot."""

    number: int = 7
    as_at: date = date(2026, 9, 30)
    built_at: str = "2026-10-05T08:14:00+00:00"
    area_code: str = AREA_CODE
    area_name: str = AREA_NAME
    invented_nation: bool = True
    rows_each: int = 120

    @property
    def models(self) -> tuple[NeighbourModel, ...]:
        day = date(2026, 10, 2)
        return (
            NeighbourModel("2025", True, day, ("201", "202")),
            NeighbourModel("2021", False, day, ("909", "202")),
            NeighbourModel("Our & group", False, day, ("202",)),
        )

    @property
    def area_names(self) -> dict[str, str]:
        return {self.area_code: self.area_name}

    @property
    def editions(self) -> dict[str, str]:
        return {fact.code: "2026" for fact in FACTS}

    @cached_property
    def figures(self) -> pl.DataFrame:
        return make_figures()

    @cached_property
    def definitions(self) -> tuple[Indicator, ...]:
        return tuple(_definition(fact) for fact in FACTS)

    def missing(self) -> tuple[str, ...]:
        return (
            "Children looked after: July to September 2026 are covered by no return.",
            "EHC plans: 2026 is not covered until the SEN2 return of January 2027.",
        )

    def loads(self) -> list[Mapping[str, Any]]:
        years = (date(2025, 4, 1), date(2026, 3, 31))
        return [
            {"load_id": 3, "loaded_at": "2026-10-02T08:16:00+00:00", "file": "AnnexA_September_2026.xlsx", "return_name": "annex-a", "year": None, "period_end": date(2026, 9, 30), "covers": (date(2026, 3, 31), date(2026, 9, 30)), "inferred": "as-at date from the content", "rows_read": 18_281, "rows_kept": 18_240, "rows_rejected": 41},
            {"load_id": 2, "loaded_at": "2026-10-02T08:15:00+00:00", "file": "SSDA903_2026_episodes_header_and_nine_more_files_in_one_archive.zip", "return_name": "ssda903", "year": 2026, "period_end": years[1], "covers": years, "inferred": "", "rows_read": 4_115, "rows_kept": 4_112, "rows_rejected": 3},
            {"load_id": 1, "loaded_at": "2026-10-02T08:14:00+00:00", "file": "CIN_Census_2026_final.xml", "return_name": "cin", "year": 2026, "period_end": years[1], "covers": years, "inferred": "", "rows_read": 7_986, "rows_kept": 7_986, "rows_rejected": 0},
        ]  # fmt: skip

    def problems(self, load_id: int) -> list[Mapping[str, Any]]:
        def problem(line: int, field: str, message: str, fix: str) -> dict[str, Any]:
            return {"file": "f", "line": line, "field": field, "rule": "date-order", "message": message, "fix": fix}  # fmt: skip

        if load_id == 3:
            return [
                problem(300 + i, "Completion date", "The assessment ends before it starts.", "Correct one of the two dates, then load the file again.")
                for i in range(41)
            ]  # fmt: skip
        if load_id == 2:
            return [
                problem(12 + i, "DOB", "The episode starts before the child was born.", "Correct the date of birth.")
                for i in range(3)
            ]  # fmt: skip
        return []

    def refusals(self) -> list[Mapping[str, Any]]:
        return [
            {"refused_at": "2026-10-02T08:17:00+00:00", "file": "EHE_summer.xlsx", "line": 1, "field": "date of notification", "message": "The sheet lacks two of its headings.", "fix": "Add them and load the file again."}
        ]  # fmt: skip

    def rows(self, part: str) -> pl.DataFrame:
        count = self.rows_each if part == "numerator" else self.rows_each * 3
        return pl.DataFrame(
            {
                "cine_person_id": [f"CHILD-{i + 1:04d}" for i in range(count)],
                "cine_referral_date": [date(2026, 1, 1 + i % 28) for i in range(count)],
                "cine_referral_nfa": [None if i % 7 == 0 else i % 2 == 0 for i in range(count)],
                "team": [TEAMS[i % 3] for i in range(count)],
                "return_id": ["cin/2026"] * count,
                "load_id": [1] * count,
                "file": ["CIN_Census_2026_final.xml"] * count,
                "line": [10 + 9 * i for i in range(count)],
            }
        )  # fmt: skip


class FakeRelease(Release):
    """Hold what an audience may see of an invented snapshot."""

    def tables(self, *_asked: Any) -> Mapping[str, pl.DataFrame]:
        return {}

    @property
    def fake(self) -> FakeSnapshot:
        snapshot: Any = self._snapshot
        return snapshot  # type: ignore[no-any-return]

    @cached_property
    def peers(self) -> Peers:
        return Peers(pl.DataFrame(schema=PEER_SCHEMA))

    def rows(self, indicator: Any, period: Any, part: str, area: str) -> pl.DataFrame:
        return self.fake.rows(part)

    def loads(self) -> Any:
        return self.fake.loads()

    def problems(self, load_id: int) -> Any:
        return self.fake.problems(load_id)

    def refusals(self) -> Any:
        return self.fake.refusals()


class FakePublication(Publication):
    """Tell an invented snapshot, by the product's own stories."""

    @property
    def fake(self) -> FakeSnapshot:
        assert isinstance(self.release, FakeRelease)
        return self.release.fake

    @property
    def is_invented(self) -> bool:
        return self.fake.invented_nation

    @property
    def models(self) -> tuple[NeighbourModel, ...]:
        return self.fake.models

    @property
    def model(self) -> NeighbourModel | None:
        return next(m for m in self.models if m.name == (self.chosen or "2025"))

    @cached_property
    def published(self) -> PublishedMeasures:
        return make_published_measures(
            self.area_name, self.as_at, self.chosen or "2025"
        )

    @cached_property
    def comparison(self) -> pl.DataFrame:
        """Give the invented comparison, as of our first indicator that is published."""
        compared = self.published.comparison.filter(pl.col("measure") == "ReReferral")
        return compared.with_columns(indicator=pl.lit("re-referrals-within-12-months"))

    @cached_property
    def sections(self) -> tuple[SectionStory, ...]:
        return tuple(
            make_section(
                section,
                [self.story(d) for d in self.definitions if d.section is section],
            )
            for section in Section
        )

    def _gather(self, indicator: Indicator) -> Facts:
        return Facts(
            self.area_code,
            self.area_name,
            self.as_at,
            audience=self.audience,
            invented=self.is_invented,
            model=self.model,
            adoption=self.decisions.adoptions.get(indicator.code),
            events=self.decisions.events_of(indicator.code),
            rebases=self.decisions.rebases_of(indicator.code),
        )

    def missing(self) -> tuple[str, ...]:
        return self.fake.missing()

    def compared_with(self, model: str) -> Publication:
        return replace(self, chosen=model, _told={}, _together={})


class FakeReleases(Releases):
    """Release one invented snapshot, or none."""

    def __init__(
        self, snapshot: FakeSnapshot | None = None, *, empty: bool = False
    ) -> None:
        super().__init__(
            Workspace(
                Path("nowhere"),
                (AREA_CODE,),
                AREA_NAME,
                demo=True,
                as_at=date(2026, 9, 30),
            )
        )
        self.__dict__["snapshot"] = None if empty else snapshot or FakeSnapshot()

    def find_current(self) -> int | None:
        snapshot = self.__dict__["snapshot"]
        return None if snapshot is None else snapshot.number  # type: ignore[no-any-return]

    def open(self, number: int | None, audience: Audience) -> FakeRelease:
        """Give the snapshot, or an earlier one that holds the same figures."""
        snapshot = self.__dict__["snapshot"]
        if number is not None and number != snapshot.number:
            snapshot = replace(snapshot, number=number, as_at=date(2026, 6, 30))
        figures = for_audience(snapshot.figures, audience)
        return FakeRelease(audience, POLICY, figures, (), snapshot)


def publish_fake(
    releases: FakeReleases,
    audience: Audience,
    decisions: Decisions,
    *,
    make: type[FakePublication] = FakePublication,
    **_: Any,
) -> Publication:
    """Publish the invented snapshot."""
    release = releases.open(None, audience)
    return make(
        releases,
        release,
        AREA_CODE,
        decisions,
        release.as_at,
        definitions=release.fake.definitions,
    )


def fake_publication(
    audience: str = "officers", snapshot: FakeSnapshot | None = None
) -> Publication:
    """Publish an invented snapshot to an audience, by no decision."""
    return publish_fake(FakeReleases(snapshot), Audience(audience), Decisions())
