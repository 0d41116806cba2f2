"""The published measures of one snapshot, compared once and kept for every page.

The comparison of everything takes a second, and every page and paper needs the same
one, so it is made when it is first asked for and stays as long as the snapshot.
"""

import threading
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

import polars as pl

from openscrutiny.comparison.asking import COMPARISON_COLUMNS, compare_all, list_labels
from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.comparison.series import published_series
from openscrutiny.comparison.withdrawn import tell_withdrawn
from openscrutiny.disclosure.release import Release
from openscrutiny.geography import AUTHORITY_NAMES
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.nothing import sign_of_symbol
from openscrutiny.periods import format_date
from openscrutiny.story.published.measure import (
    MeasureFacts,
    MeasureStory,
    tell_measure,
)
from openscrutiny.story.published.placing import place_published
from openscrutiny.story.published.profile import PublishedProfile, PublishedRow

_KEPT: Final = 64  # told measures, a few hundred kilobytes each


@dataclass
class PublishedMeasures:
    """Hold the published record of one release, read for one area.

    `model` says whose members are the neighbours, none without one.
    """

    release: Release
    area_code: str
    area_name: str
    as_at: date
    invented: bool = False
    model: NeighbourModel | None = None
    _told: dict[tuple[str, str], MeasureStory] = field(default_factory=dict, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @cached_property
    def _loaded_at(self) -> dict[int, str]:
        return {entry.load_id: entry.loaded_at for entry in self.release.entries}

    @cached_property
    def measures(self) -> pl.DataFrame:
        """Give every measure's words; ours where we computed one that has none."""
        return _add_our_words(self.release.published.measures)

    @cached_property
    def comparison(self) -> pl.DataFrame:
        """Compare every measure's total: one row a measure and authority."""
        models = [self._model_name] if self._model_name else None
        return compare_all(self.release.published, models=models).select(
            COMPARISON_COLUMNS
        )

    @cached_property
    def neighbours(self) -> tuple[tuple[str, str], ...]:
        """Name the neighbours, the closest first."""
        members = self.model.members if self.model else ()
        names = dict(
            self.release.published.areas.select("area_code", "area_name").iter_rows()
        )
        return tuple(
            (code, str(names.get(code) or AUTHORITY_NAMES.get(code, code)))
            for code in members
        )

    @property
    def _model_name(self) -> str | None:
        return self.model.name if self.model else None

    @property
    def profile(self) -> PublishedProfile:
        """Place our area in every measure."""
        with self._lock:
            return self._profile

    def forget_comparison(self) -> None:
        """Let go of the comparison of everything; whoever asks again makes it anew."""
        with self._lock:
            self.__dict__.pop("comparison", None)

    @cached_property
    def _profile(self) -> PublishedProfile:
        return place_published(
            self.comparison,
            self.release.published.totals(self.area_code),
            self.measures,
            self.area_code,
            self.model,
            self.as_at,
        )

    def compared(self, key: str, labels: str = "") -> pl.DataFrame:
        """Give every authority's row of one measure: of its total, or of these labels."""
        if labels:
            models = [self._model_name] if self._model_name else None
            compared = compare_all(
                self.release.published, measure=key, models=models, labels=labels
            )
            return compared.select(COMPARISON_COLUMNS)
        with self._lock:
            return self.comparison.filter(pl.col("measure") == key)

    def labels(self, key: str) -> tuple[str, ...]:
        """List the sets of labels by which a measure is broken down, without its total."""
        return tuple(
            label for label in list_labels(self.release.published, key) if label
        )

    def withdrawn(self, key: str) -> str:
        """Say which older release held a measure that the newest no longer has."""
        return tell_withdrawn(self.release.published, key)

    @cached_property
    def choosable(self) -> tuple[tuple[str, str], ...]:
        """List the measures that have labels and no total: key and title."""
        compared = set(self.comparison["measure"])
        titles = self.measures.select("measure", "title").iter_rows()
        return tuple(
            (key, str(title or key))
            for key, title in titles
            if ":" in key and key not in compared
        )

    def title(self, key: str) -> str:
        """Give a measure's title; its key where it has none."""
        rows = self.measures.filter(pl.col("measure") == key)
        return str(rows["title"][0] or key) if rows.height else key

    def measure(self, key: str, labels: str = "") -> MeasureStory | None:
        """Tell one measure; None where no total of it, or of these labels, is compared.

        Raises OpenScrutinyError for labels that it does not have.
        """
        told = (key, labels)
        with self._lock:
            if told not in self._told:
                row, compared = self._place(key, labels)
                if row is None:
                    return None
                if len(self._told) >= _KEPT:
                    self._told.pop(next(iter(self._told)))
                self._told[told] = tell_measure(self._facts(key, labels, row, compared))
            return self._told[told]

    def _place(self, key: str, labels: str) -> tuple[PublishedRow | None, pl.DataFrame]:
        """Place our area in one measure, of its total or of these labels."""
        compared = self.compared(key, labels)
        if not labels:
            return self.profile.find_row(key), compared
        of = pl.col("filters") == labels
        rows = (
            self.release.published.values_of([key])
            .filter(of)
            .with_columns(filters=pl.lit(""))
        )
        profile = place_published(
            compared, rows, self.measures, self.area_code, self.model, self.as_at
        )
        return profile.find_row(key), compared

    def _facts(
        self, key: str, labels: str, row: PublishedRow, compared: pl.DataFrame
    ) -> MeasureFacts:
        values = self.release.published.values_of([key])
        words = self.measures.filter(pl.col("measure") == key)
        return MeasureFacts(
            area_code=self.area_code,
            area_name=self.area_name,
            as_at=self.as_at,
            row=row,
            words=words.row(0, named=True) if words.height else {},
            compared=compared,
            series=published_series(
                values,
                key,
                labels,
                self.area_code,
                neighbours=self.release.published.neighbours,
                areas=self.release.published.areas,
                model=self._model_name,
                as_at=self.as_at,
            ),
            neighbours=self.neighbours,
            model=self.model,
            edition=self._edition(values, row.label, labels),
            markers=_markers(values, row.label, labels),
            invented=self.invented,
        )

    def _edition(self, values: pl.DataFrame, year: str, labels: str) -> str:
        """Name the file of the latest year, without its folders, and when it came."""
        latest = values.filter(
            (pl.col("year_label") == year) & (pl.col("filters") == labels)
        )
        if latest.is_empty():
            return ""
        file, load_id = latest.select("file", "load_id").row(0)
        names = [part.rpartition("/")[2] for part in str(file or "").split("!")]
        said = ", ".join(name for name in names if name)
        loaded = self._loaded_at.get(load_id, "")
        if loaded:
            day = format_date(date.fromisoformat(loaded[:10]))
            said = f"{said}, loaded {day}" if said else f"Loaded {day}"
        return said


def _markers(values: pl.DataFrame, year: str, labels: str) -> dict[str, str]:
    """Give the marker of every authority without a number in a year, by its name."""
    without = values.filter(
        (pl.col("year_label") == year)
        & (pl.col("filters") == labels)
        & pl.col("value").is_null()
        & pl.col("area_name").is_not_null()
    )
    rows = without.select("area_name", "symbol").iter_rows()
    return {name: sign_of_symbol(symbol) for name, symbol in rows}


def _table_of(key: str) -> str:
    """Name the table of a key; a measure of the interactive tool is its own."""
    return key.partition(":")[0]


def _add_our_words(measures: pl.DataFrame) -> pl.DataFrame:
    """Add the words of measures that we compute from published figures.

    Topic, publication and kind of year are those of what they are computed from.
    """
    known = set(measures["measure"].to_list())
    siblings: dict[str, dict[str, Any]] = {}
    for row in measures.iter_rows(named=True):
        siblings.setdefault(_table_of(row["measure"]), row)
    added = [
        {
            **siblings[table],
            "measure": published.key,
            "title": f"{indicator.name} (computed from published figures)",
            "unit": "%" if published.denominator else siblings[table]["unit"],
            "polarity": None,
            "decimal_places": None,
            "bandable": True,
        }
        for indicator in INDICATORS
        for published in indicator.published
        if published.is_computed and published.key not in known
        for table in (_table_of(published.parts[0]),)
        if table in siblings
    ]
    if not added:
        return measures
    return pl.concat([measures, pl.DataFrame(added, schema=measures.schema)])
