"""Releases of one publication: which is the newest, and what of the others still counts.

A publisher corrects, renames and withdraws, so of one publication the newest release
counts whole. Which one is newest is told by the years that they hold; where these are
alike, by the dates in their names (of the file, or of its zip), then by the version that
these say (provisional, revised, v2); else by the order in which they were loaded. Two files of one name that share no place and year are parts of
one publication, and both count. A release that holds less than half of an older one's
measures or places is an extract: it takes the place of what it holds and no more.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key, lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from openscrutiny.layouts.returns import get_return
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.published_periods import with_periods

_PLACE: Final = ("area_code", "year", "time_identifier")
_DATE: Final = re.compile(
    r"(?<!\d)(20\d\d)[-_ .]?(0[1-9]|1[0-2])(?:[-_ .]?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_MONTH_NAMES: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_NAMED: Final = re.compile(
    rf"(?<![a-z])({'|'.join(_MONTH_NAMES)})[a-z]*[-_ ]?(20\d\d)(?!\d)", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PLAIN: Final = 1
_WORDS: Final = {
    "provisional": 0, "unrevised": _PLAIN, "revised": 2, "updated": 3, "final": 4,
}  # fmt: skip
_WORD: Final = re.compile(rf"(?<![a-z])({'|'.join(_WORDS)})(?![a-z])", re.IGNORECASE)
_VERSION: Final = re.compile(
    r"[-_ ]v(\d{1,4}(?:[._]\d{1,4})*)(?![0-9a-z])", re.IGNORECASE
)
_WHOLE: Final = 0.5


@dataclass(frozen=True)
class Displaced:
    """Hold what of a load no longer counts; None stands for all of it.

    `measures` are in small letters. `by` is the load that took its place.
    """

    load_id: int
    by: int
    measures: frozenset[str] | None = None
    areas: frozenset[str] | None = None

    def rows(self) -> pl.Expr:
        """Select the published rows that do not count."""
        gone = pl.col("load_id") == self.load_id
        if self.measures is not None:
            low = pl.col("measure").str.to_lowercase()
            gone &= low.is_in(sorted(self.measures))
        if self.areas is not None:
            gone &= pl.col("area_code").is_in(sorted(self.areas))
        return gone


@dataclass(frozen=True)
class Releases:
    """Hold the order of loads of published tables, older releases first."""

    entries: tuple[LoadEntry, ...]
    displaced: tuple[Displaced, ...] = ()

    @property
    def ranks(self) -> dict[int, int]:
        return {entry.load_id: at for at, entry in enumerate(self.entries)}

    @property
    def outdated(self) -> frozenset[int]:
        """Name the loads of which nothing counts."""
        return frozenset(
            gone.load_id
            for gone in self.displaced
            if gone.measures is None and gone.areas is None
        )


@dataclass(frozen=True)
class _Content:
    """Hold what decides a release's age: for each measure how far it goes."""

    entry: LoadEntry
    reach: Mapping[str, int]
    places: pl.DataFrame
    dated: tuple[int, int, int] | None

    @property
    def areas(self) -> frozenset[str]:
        return frozenset(self.places["area_code"].unique())


def find_releases(journal: Journal, entries: Sequence[LoadEntry]) -> Releases:
    """Put loads into the order of their releases, and find what no longer counts."""
    ordered: dict[int, tuple[int, int]] = {}
    displaced: list[Displaced] = []
    for members in _publications(journal, entries).values():
        contents = [_read_content(journal, entry) for entry in members]
        contents.sort(key=cmp_to_key(_compare_age))
        # A publication stands where its first load does; its releases by age.
        first = min(content.entry.load_id for content in contents)
        for at, content in enumerate(contents):
            ordered[content.entry.load_id] = (first, at)
            displaced += _displaced(content, contents[at + 1 :])
    inorder = sorted(entries, key=lambda e: ordered.get(e.load_id, (e.load_id, 0)))
    return Releases(tuple(inorder), tuple(displaced))


def _publications(
    journal: Journal, entries: Sequence[LoadEntry]
) -> dict[str, list[LoadEntry]]:
    """Group the loads that may be releases of one publication; single ones left out."""
    groups = _loads_by_publication(journal, entries)
    return {name: found for name, found in groups.items() if len(found) > 1}


def _loads_by_publication(
    journal: Journal, entries: Sequence[LoadEntry]
) -> dict[str, list[LoadEntry]]:
    groups: dict[str, list[LoadEntry]] = {}
    for entry in entries:
        if entry.tables.get("published"):
            groups.setdefault(_name_of(journal, entry), []).append(entry)
    return groups


def _name_of(journal: Journal, entry: LoadEntry) -> str:
    if not get_return(entry.return_name).in_releases:
        return entry.return_name
    (path,) = journal.paths("published", [entry])
    return "ees:" + _table_of(path)


@lru_cache(maxsize=4096)  # a load's files never change
def _table_of(path: Path) -> str:
    measure = pl.scan_parquet(path).select("measure").head(1).collect()
    return str(measure.item()).partition(":")[0].lower()


def _read_content(journal: Journal, entry: LoadEntry) -> _Content:
    (path,) = journal.paths("published", [entry])
    rows = pl.scan_parquet(path)
    labels = rows.select("measure", "year_label", "time_identifier", "year").unique()
    reach = (
        with_periods(labels)
        .filter(pl.col("is_possible") & pl.col("year").is_not_null())
        .with_columns(until=pl.coalesce("last_day", pl.date("year", 12, 31)))
        .group_by(pl.col("measure").str.to_lowercase())
        .agg(pl.col("until").max().cast(pl.Int32))
        .collect()
    )
    return _Content(
        entry,
        dict(reach.iter_rows()),
        rows.select(_PLACE).drop_nulls().unique().collect(),
        date_in_name(entry.file),
    )


def date_in_name(name: str) -> tuple[int, int, int] | None:
    """Find the last date in the name of a file or its zip; month and day may be 0.

    >>> date_in_name("bds_long_2026-04-08.parquet")
    (2026, 4, 8)
    >>> date_in_name("release April 2026.zip!data/places_2013_to_2025.csv")
    (2026, 4, 0)
    """
    found = [
        (int(year), int(month), int(day or 0))
        for year, month, day in _DATE.findall(name)
    ]
    found += [
        (int(year), _MONTH_NAMES.index(month.lower()) + 1, 0)
        for month, year in _NAMED.findall(name)
    ]
    if not found:
        found = [(int(year), 0, 0) for year in _YEAR.findall(name)]
    return max(found, default=None)


def version_in_name(name: str) -> tuple[int, tuple[int, ...]]:
    """Rank the version that a file's name gives: a word first, then its number.

    A name without a word is an ordinary release, which a revised one corrects.

    >>> version_in_name("t_2025_provisional.csv") < version_in_name("t_2025.csv")
    True
    >>> version_in_name("t_v1.9.csv") < version_in_name("t_v1.10.csv")
    True
    """
    stem = re.split(r"[/!\\]", name)[-1]
    words = [_WORDS[word.lower()] for word in _WORD.findall(stem)]
    found = _VERSION.findall(stem)
    numbers = tuple(map(int, re.split(r"[._]", found[-1]))) if found else ()
    return max(words, default=_PLAIN), numbers


def _compare_age(one: _Content, other: _Content) -> int:
    """Give below 0 where one is the older, as sorting wants it."""
    shared = one.reach.keys() & other.reach.keys()
    ahead = sum(one.reach[key] > other.reach[key] for key in shared)
    behind = sum(one.reach[key] < other.reach[key] for key in shared)
    if ahead != behind:
        return ahead - behind
    if one.dated and other.dated and one.dated != other.dated:
        return 1 if one.dated > other.dated else -1
    versions = version_in_name(one.entry.file), version_in_name(other.entry.file)
    if versions[0] != versions[1]:
        return 1 if versions[0] > versions[1] else -1
    return one.entry.load_id - other.entry.load_id


def _displaced(older: _Content, newer: Sequence[_Content]) -> list[Displaced]:
    """Find what of a release the newer ones take the place of."""
    found = []
    for content in newer:
        measures = older.reach.keys() & content.reach.keys()
        shared = older.places.join(content.places, on=_PLACE, how="semi")
        if not measures or shared.is_empty():
            continue
        areas = older.areas & content.areas
        some_measures = len(measures) < _WHOLE * len(older.reach)
        some_areas = len(areas) < _WHOLE * len(older.areas)
        found.append(
            Displaced(
                older.entry.load_id,
                content.entry.load_id,
                frozenset(measures) if some_measures else None,
                frozenset(areas) if some_areas else None,
            )
        )
    return found


class ReleaseTeller:
    """Say of each new load how it stands to others; the journal is read once for all.

    A load of another process since then is not known here, and told of nowhere else:
    which release counts is found anew whenever the record is read.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._loads: dict[str, list[LoadEntry]] | None = None

    def describe(self, mine: LoadEntry) -> str:
        """Say that an earlier release does not count, or what a newer one changed."""
        if not mine.tables.get("published"):
            return ""
        if self._loads is None:
            self._loads = _loads_by_publication(self._journal, self._journal.entries())
        same = self._loads.setdefault(_name_of(self._journal, mine), [])
        if mine.load_id not in {entry.load_id for entry in same}:
            same.append(mine)
        return _describe(self._journal, mine, same)


def _describe(journal: Journal, mine: LoadEntry, same: Sequence[LoadEntry]) -> str:
    if len(same) == 1:
        return ""
    releases = find_releases(journal, same)
    own = [gone for gone in releases.displaced if gone.load_id == mine.load_id]
    if own:
        return _say_older(own[-1], {entry.load_id: entry for entry in same})
    ranks = releases.ranks
    replaced = [gone for gone in releases.displaced if gone.by == mine.load_id]
    if not replaced:
        return ""
    last = max(replaced, key=lambda gone: ranks[gone.load_id])
    return _say_newer(journal, last, {entry.load_id: entry for entry in same})


def _say_older(gone: Displaced, entries: Mapping[int, LoadEntry]) -> str:
    whole = gone.measures is None and gone.areas is None
    what = (
        "its values were kept and do not count"
        if whole
        else ("what both hold counts from the newer one")
    )
    return (
        "This is an earlier release of a publication that is loaded already, in "
        f"{entries[gone.by].file} (load {gone.by}): {what}."
    )


def _say_newer(
    journal: Journal, gone: Displaced, entries: Mapping[int, LoadEntry]
) -> str:
    older, newer = entries[gone.load_id], entries[gone.by]
    changed, withdrawn = _find_changes(journal, older, newer)
    dropped = _find_dropped(journal, older, newer) if gone.measures is None else []
    told = [f"{changed:,} of its values {'is' if changed == 1 else 'are'} changed"]
    if withdrawn:
        told.append(f"the periods {_some(withdrawn)} are withdrawn")
    if dropped:
        verb = "measure {} is" if len(dropped) == 1 else "measures {} are"
        told.append(f"the {verb.format(_some(dropped))} in it no more")
    return (
        f"This is a newer release of {entries[gone.load_id].file} (load "
        f"{gone.load_id}) and counts in its place: {', '.join(told)}."
    )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _find_dropped(journal: Journal, older: LoadEntry, newer: LoadEntry) -> list[str]:
    """List the measures of a release that a newer one holds no more, as printed."""
    (before,), (after,) = (journal.paths("published", [e]) for e in (older, newer))
    name, low = pl.col("measure"), pl.col("measure").str.to_lowercase()
    there = pl.scan_parquet(after).select(low.unique())
    gone = pl.scan_parquet(before).select(name, low=low).unique()
    kept = gone.join(there, left_on="low", right_on="measure", how="anti")
    return sorted(kept.collect()["measure"])


def _find_changes(
    journal: Journal, older: LoadEntry, newer: LoadEntry
) -> tuple[int, list[str]]:
    """Count the values that differ, and list the labels that are no more."""
    key = ["measure", "filters", "area_code", "label", "time_identifier"]
    # A label that is spelt anew, "2023(Prov)" and "2023 (Prov)", is of the same period.
    same = pl.col("year_label").str.to_lowercase().str.replace_all(r"\s", "")
    frames = [
        pl.scan_parquet(journal.paths("published", [entry])[0])
        .with_columns(pl.col("measure").str.to_lowercase(), label=same)
        .select(*key, "value", "raw", "year_label")
        for entry in (older, newer)
    ]
    differ = pl.col("value").ne_missing(pl.col("value_right")) | (
        pl.col("value").is_null() & pl.col("raw").ne_missing(pl.col("raw_right"))
    )
    changed = (
        frames[0].join(frames[1], on=key, nulls_equal=True).filter(differ).collect()
    )
    labels = [
        set(frame.select(pl.col("year_label").unique()).collect().to_series())
        for frame in frames
    ]
    return changed.height, sorted(labels[0] - labels[1] - {None})
