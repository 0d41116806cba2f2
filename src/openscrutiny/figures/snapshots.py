"""Snapshots: figures built beside the current ones and switched in one step.

A snapshot is a numbered folder that is never changed; one line in CURRENT names the
one that is read, and bears the seal of its description, which bears its files' digests. Building again makes a new folder, and a build that is killed leaves
the old one current.
"""

import json
import re
import shutil
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from openscrutiny import __version__
from openscrutiny.analyses.analysis import Table
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.given import (
    given_figures,
    name_beside,
    read_given_rows,
    speaks_alone,
)
from openscrutiny.figures.peers import PeerRecord, read_peers
from openscrutiny.figures.population import find_population
from openscrutiny.figures.published import (
    PublishedRecord,
    published_figures,
    read_published,
)
from openscrutiny.figures.reconciling import (
    DIFFERENCES,
    find_differences,
    hold_differing,
)
from openscrutiny.figures.running import cut_running_returns
from openscrutiny.figures.schema import FIGURE_SCHEMA, fill_up
from openscrutiny.figures.unlikely import hold_unlikely_counts
from openscrutiny.figures.volume import hold_unlikely_loads
from openscrutiny.indicators.categories import CLOSED_CATEGORIES
from openscrutiny.indicators.council import (
    parse_council_indicators,
    read_council_text,
)
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.measures import NOT_KNOWN
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.layouts.returns import Origin, get_return
from openscrutiny.record.confirmations import Confirmations, Subject
from openscrutiny.record.digests import DamagedError, check_table, seal, write_table
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.workspace import Workspace, alone, write_whole

if TYPE_CHECKING:
    from openscrutiny.figures.evaluate import Evaluation

__all__ = [
    "Snapshot",
    "alone_building",
    "build_snapshot",
    "find_current",
    "open_snapshot",
]

_COUNTED_AT_ONCE = 2  # indicators; an ordinary laptop has at least as many cores
_CURRENT = "CURRENT"
_DESCRIPTION = "snapshot.json"
_FIGURES = "figures.parquet"
_DIFFERENCES = "differences.parquet"


@dataclass(frozen=True)
class Snapshot:
    """Name one immutable set of figures and what it was built from."""

    workspace: Workspace
    number: int
    folder: Path
    as_at: date
    built_at: str
    loads: tuple[int, ...]
    area_names: dict[str, str]
    editions: dict[str, str]  # of the definitions it was counted by, by code
    digests: dict[str, str]  # of its files, by name; none in earlier releases
    council_text: str = ""  # indicators.csv as it was: what the council defined itself

    @property
    def council_indicators(self) -> tuple[Indicator, ...]:
        """Give the indicators that the council defined when this was built."""
        return parse_council_indicators(self.council_text, built=True)

    def figures(self) -> pl.DataFrame:
        """Read our own figures and the published ones of the same indicators."""
        return fill_up(self._read(_FIGURES), FIGURE_SCHEMA)

    def table(self, table: Table) -> pl.DataFrame | None:
        """Read a table of an analysis, of its schema.

        None where the snapshot was built before this was kept: nothing is known of it.
        """
        name = f"{table.name}.parquet"
        return fill_up(self._read(name), table.schema) if self._holds(name) else None

    def differences(self) -> pl.DataFrame:
        """Read where our own figure and the published one differ: DIFFERENCES."""
        if not self._holds(_DIFFERENCES):
            return pl.DataFrame(schema=DIFFERENCES)
        return self._read(_DIFFERENCES)

    def entries(self) -> list[LoadEntry]:
        """List the loads that this was built from, those undone since too."""
        journal = Journal(self.workspace.record)
        built_from = set(self.loads)
        entries = [e for e in journal.entries(undone=True) if e.load_id in built_from]
        lost = built_from - {entry.load_id for entry in entries}
        if lost:
            raise DamagedError(
                f"The figures of snapshot {self.number} were built from load "
                f"{min(lost)}, and the journal of the loads does not know it.",
                f"Restore {self.workspace.record} from a backup of the workspace, or "
                "build again from the loads that are there.",
            )
        return entries

    def files(self) -> list[str]:
        """Name the files that belong to it; of an early one, all that lie there."""
        there = () if self.digests else self.folder.glob("*.parquet")
        return sorted({_FIGURES, *self.digests, *(path.name for path in there)})

    def check(self, name: str, *, afresh: bool = False) -> None:
        """Refuse a file of it that is not what was written."""
        check_table(
            self.folder / name,
            self.digests.get(name),
            _what_to_do(self.workspace, self.folder.name),
            afresh=afresh,
        )

    def _holds(self, name: str) -> bool:
        """Tell whether a file belongs to it; an early release wrote no digests."""
        return name in (self.digests or {each.name for each in self.folder.iterdir()})

    def _read(self, name: str) -> pl.DataFrame:
        self.check(name)
        return pl.read_parquet(self.folder / name)

    def record(self) -> PublishedRecord:
        """Open the published tables of the loads that this was built from."""
        return read_published(Journal(self.workspace.record), self.entries())

    def peers(self) -> PeerRecord:
        """Open the peers' quarters of the same loads; they are for officers."""
        journal = Journal(self.workspace.record)
        return read_peers(journal, self.entries(), self.as_at)


def build_snapshot(
    workspace: Workspace,
    *,
    as_at: date | None = None,
    progress: Callable[[str], None] = lambda text: None,
) -> Snapshot:
    """Evaluate every indicator over the record and make the result current.

    `as_at` is the last day to count; without it, today, so that what no return covers
    yet is said to be missing. A demonstration has a today of its own.
    """
    journal = Journal(workspace.record)
    entries = journal.entries()
    if not entries:
        raise OpenScrutinyError(
            "There is nothing to build from: no file is loaded.",
            "Load returns with: openscrutiny load PATH",
        )
    with alone_building(workspace):
        return _build(workspace, journal, entries, as_at, progress)


def alone_building(workspace: Workspace) -> AbstractContextManager[None]:
    """Keep a second build out."""
    return alone(workspace.folder / "building.lock", "build")


def _build(
    workspace: Workspace,
    journal: Journal,
    entries: list[LoadEntry],
    as_at: date | None,
    progress: Callable[[str], None],
) -> Snapshot:
    workspace.figures.mkdir(parents=True, exist_ok=True)
    for left in workspace.figures.glob("*.building"):
        shutil.rmtree(left)  # what a killed build left behind
    number = _next_number(workspace.figures)
    folder = workspace.figures / f"{number:06d}"
    building = workspace.figures / f"{number:06d}.building"
    building.mkdir()
    progress("reading published statistics")
    published = read_published(journal, entries)
    day = as_at or workspace.as_at or datetime.now(UTC).date()
    wanted = _wanted(workspace, entries, published, day)
    progress("reading published figures of our indicators")
    beside = published_figures(published, set(wanted.authorities))
    confirmed = Confirmations(workspace.record).standing()
    loads = {int(key) for subject, key in confirmed if subject is Subject.LOAD}
    own, tables = _own_figures(journal, entries, wanted, beside, loads, progress)
    digests = {
        (file := f"{name}.parquet"): write_table(table, building / file)
        for name, table in tables.items()
    }
    progress("reading the council’s own count")
    counted = _given_figures(workspace, journal, entries, wanted, progress)
    counts = {key for subject, key in confirmed if subject is Subject.COUNT}
    council = read_council_text(workspace.council_indicators)
    definitions = (*INDICATORS, *parse_council_indicators(council))
    counted = hold_unlikely_counts(counted, definitions, counts)
    progress("setting published figures beside our own")
    ours = pl.concat([name_beside(own, counted), counted])
    differences = find_differences(speaks_alone(ours), beside, confirmed)
    digests[_DIFFERENCES] = write_table(differences, building / _DIFFERENCES)
    ours = hold_differing(ours, beside, differences)
    figures = _in_order(pl.concat([ours, beside]))
    digests[_FIGURES] = write_table(figures, building / _FIGURES)
    described = _describe(building, number, wanted, entries, digests, council)
    building.replace(folder)
    write_whole(workspace.figures / _CURRENT, f"{folder.name} {described}\n")
    return open_snapshot(workspace)


def open_snapshot(workspace: Workspace, number: int | None = None) -> Snapshot:
    """Open the current snapshot, or an earlier one by its number.

    Raises OpenScrutinyError where there is none, DamagedError where it is not what was
    written.
    """
    name, expected = _read_current(workspace)
    if not name:
        raise OpenScrutinyError(
            "No figures have been built yet.", "Build them with: openscrutiny build"
        )
    if number is not None:
        name, expected = f"{number:06d}", ""
    folder = workspace.figures / name
    try:
        facts = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        sealed = facts.pop("seal", "")
        if sealed != (seal(facts) if "digests" in facts else ""):
            raise ValueError("the seal does not hold")
        if expected and sealed != expected or int(name) != facts["number"]:
            raise ValueError("it is another snapshot's")
        return Snapshot(
            workspace,
            facts["number"],
            folder,
            date.fromisoformat(facts["as_at"]),
            facts["built_at"],
            tuple(facts["loads"]),
            facts["area_names"],
            facts.get("editions", {}),
            facts.get("digests", {}),
            facts.get("council_indicators", ""),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(
            f"The figures of snapshot {name} cannot be read: "
            f"{folder / _DESCRIPTION} is missing, or not what was written.",
            _what_to_do(workspace, name),
        ) from error


def find_current(workspace: Workspace) -> int | None:
    """Find the number of the current snapshot; none before the first build."""
    name, _sealed = _read_current(workspace)
    return int(name) if name else None


def _read_current(workspace: Workspace) -> tuple[str, str]:
    """Read which snapshot is current, by folder, and the seal of its description.

    An earlier release wrote no seal; both are empty before the first build.
    """
    pointer = workspace.figures / _CURRENT
    try:
        line = pointer.read_text(encoding="ascii")
    except FileNotFoundError:
        return "", ""
    except (OSError, ValueError):
        line = ""
    match = re.fullmatch(r"(\d{6,12})(?: ([0-9a-f]{64}))?\s*", line)
    if match is None:
        raise DamagedError(
            f"{pointer} does not say which figures are current.",
            "Build them again with: openscrutiny build",
        )
    return match[1], match[2] or ""


def _what_to_do(workspace: Workspace, name: str) -> str:
    """Say how figures come back that are damaged: the current ones by a build."""
    try:
        current, _sealed = _read_current(workspace)
    except DamagedError:
        current = name
    if name == current:
        return "Build them again with: openscrutiny build"
    return "Restore its folder from a backup of the workspace."


def _next_number(folder: Path) -> int:
    numbers = [
        int(path.name)
        for path in folder.iterdir()
        if path.name.isascii() and path.name.isdigit()
    ]
    return max(numbers, default=0) + 1


def _in_order(figures: pl.DataFrame) -> pl.DataFrame:
    """Put figures in one order whatever order they were counted in.

    Categories stand as docs/counting-rules.md lists them; teams by name.
    """
    places = {
        f"{breakdown}|{category}": place
        for breakdown, categories in CLOSED_CATEGORIES.items()
        for place, category in enumerate(categories)
    }
    key = pl.concat_str("breakdown", pl.lit("|"), "category")
    place = key.replace_strict(places, default=0, return_dtype=pl.Int64)
    return figures.sort(
        "code",
        "source",
        "area_code",
        "breakdown",
        "period_type",
        "period_end",
        place,
        pl.col("category") == NOT_KNOWN,
        "category",
        maintain_order=True,
    )


def _wanted(
    workspace: Workspace,
    entries: list[LoadEntry],
    published: PublishedRecord,
    as_at: date,
) -> "Evaluation":
    """Find the days and authorities to evaluate: from the first day that a return covers.

    A register of schools counts nobody.
    """
    from openscrutiny.figures.evaluate import Evaluation

    covered = [
        day
        for entry in entries
        if entry.authority is not None
        and get_return(entry.return_name).origin is not Origin.REGISTER
        for span in entry.covers.values()
        for day in span
    ]
    authorities = [c for c in workspace.councils if c != "all"]
    authorities += [e.authority for e in entries if e.authority is not None]
    names = dict(
        published.areas.select("area_code", "area_name").unique("area_code").iter_rows()
    )
    return Evaluation(
        first=min(covered, default=as_at),
        as_at=as_at,
        authorities={
            code: names.get(code, workspace.name) for code in dict.fromkeys(authorities)
        },
    )


def _own_figures(
    journal: Journal,
    entries: list[LoadEntry],
    wanted: "Evaluation",
    published: pl.DataFrame,
    confirmed: Collection[int],
    progress: Callable[[str], None],
) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Count every indicator, and build the tables of the analyses, by their names.

    `published` are the published figures of our indicators, `confirmed` the loads whose
    volume an officer has confirmed. What counts is imported here: it is large, and
    who reads a snapshot counts nothing.
    """
    from openscrutiny.figures.building import build_tables, lend
    from openscrutiny.figures.engine import open_record
    from openscrutiny.figures.evaluate import evaluate

    entries = cut_running_returns(journal, entries, wanted.as_at)
    engine = open_record(journal, entries, keeps_rows=True)
    years = (wanted.first.year - 1, wanted.as_at.year + 1)
    population = find_population(journal, entries, *years)

    def count(indicator: Indicator) -> pl.DataFrame:
        return hold_unlikely_loads(
            indicator,
            evaluate(engine, indicator, wanted, population),
            engine.timeline(indicator.returns),
            published.filter(pl.col("indicator") == indicator.id),
            confirmed,
        )

    frames = [pl.DataFrame(schema=FIGURE_SCHEMA)]
    at_once = ThreadPoolExecutor(_COUNTED_AT_ONCE)
    try:
        counted = [i for i in INDICATORS if i.rows is not None]
        for indicator, found in [(i, at_once.submit(count, i)) for i in counted]:
            progress(f"counting {indicator.code} {indicator.name}")
            frames.append(found.result())
        own = pl.concat(frames)
        tables = build_tables(lend(engine, counted, own), at_once, progress)
    finally:
        at_once.shutdown(cancel_futures=True)
        engine.close()
    return own, tables


def _given_figures(
    workspace: Workspace,
    journal: Journal,
    entries: list[LoadEntry],
    wanted: "Evaluation",
    progress: Callable[[str], None],
) -> pl.DataFrame:
    """Read what the council counted itself, of periods that have ended.

    What was given of an indicator that is defined otherwise now is left out, and said.
    """
    rows = read_given_rows(journal, entries)
    rows = rows.filter(pl.col("ofig_period_end") <= wanted.as_at)
    if rows.is_empty():
        return pl.DataFrame(schema=FIGURE_SCHEMA)
    years = rows["ofig_period_end"].dt.year().to_list()
    population = find_population(journal, entries, min(years) - 1, max(years) + 1)
    council = parse_council_indicators(read_council_text(workspace.council_indicators))
    definitions = (*INDICATORS, *council)
    held = [definition.id for definition in definitions]
    gone = rows.filter(~pl.col("ofig_indicator").is_in(held))
    for name, load in sorted(gone.select("ofig_indicator", "load_id").unique().rows()):
        progress(
            f"left out: no indicator is called {name} any more. Give it again by its code; "
            f"or if that was done, take the old one back: openscrutiny loads --undo {load}"
        )
    return given_figures(rows, entries, definitions, wanted.authorities, population)


def _describe(
    folder: Path,
    number: int,
    wanted: "Evaluation",
    entries: list[LoadEntry],
    digests: dict[str, str],
    council: str,
) -> str:
    """Write what the snapshot is, and give the seal of it."""
    facts: dict[str, object] = {
        "number": number,
        "as_at": wanted.as_at.isoformat(),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "loads": [entry.load_id for entry in entries],
        "area_names": wanted.authorities,
        "version": __version__,
        "editions": {i.code: i.edition for i in INDICATORS},
        "digests": digests,
        "council_indicators": council,
    }
    sealed = seal(facts)
    text = json.dumps({**facts, "seal": sealed}, indent=2)
    write_whole(folder / _DESCRIPTION, text + "\n")
    return sealed
