"""What is published of every authority, read for one area under one neighbour model.

Published figures are no secret, so nothing here depends on who reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

import polars as pl

from openscrutiny.comparison.asking import compare_indicators, figures_of_indicators
from openscrutiny.comparison.doubts import Doubts, find_doubts
from openscrutiny.comparison.models import NeighbourModel, list_models
from openscrutiny.comparison.pooling import pool_counts
from openscrutiny.comparison.revisions import Revision, find_revisions
from openscrutiny.disclosure.release import Release
from openscrutiny.geography import ENDED_AUTHORITIES
from openscrutiny.indicators.definition import Indicator, PublishedMeasure
from openscrutiny.judgement.spread import NeighbourYear, Quintile, Spread
from openscrutiny.nothing import Status

_WHENCE: Final = ("authority", "return_id", "load_id", "file", "line")


@dataclass(frozen=True)
class Nation:
    """Hold one release's published record for one area.

    `chosen` names the neighbour model; "" is the latest that is loaded.
    """

    release: Release
    definitions: Sequence[Indicator]
    area_code: str
    chosen: str = ""

    @cached_property
    def comparison(self) -> pl.DataFrame:
        """Compare our indicators' published measures: one row an indicator and area."""
        models = [self.chosen] if self.chosen else None
        return compare_indicators(
            self.release.published, self.definitions, models=models
        )

    @cached_property
    def measures(self) -> dict[str, PublishedMeasure]:
        """Give the published measure by which each indicator is compared, by its ID."""
        found = {i.id: self.release.published.measure_of(i) for i in self.definitions}
        return {name: measure for name, measure in found.items() if measure}

    @cached_property
    def models(self) -> tuple[NeighbourModel, ...]:
        """List the neighbour models and groups of our area, the default first."""
        loaded = {
            e.load_id: datetime.fromisoformat(e.loaded_at).date()
            for e in self.release.entries
        }
        return list_models(self.release.published.neighbours, self.area_code, loaded)

    @property
    def model(self) -> NeighbourModel | None:
        """Give the model that these stories rest on; None where none is loaded."""
        for model in self.models:
            if model.name == self.chosen or (not self.chosen and model.is_default):
                return model
        return None

    @cached_property
    def _values(self) -> pl.DataFrame:
        """Read the published values of our indicators as they are printed.

        Of a table with many breakdowns no more than the lines that are used: they are
        kept as long as the release.
        """
        used = list(self.measures.values())
        keys = {key for measure in used for key in measure.keys}
        filters = {
            labels
            for measure in used
            for labels in ("", measure.filters, measure.denominator_filters)
        }
        return self.release.published.values_of(keys, filters).drop(_WHENCE)

    @cached_property
    def _published(self) -> dict[str, pl.DataFrame]:
        """Set each indicator's published measure in figures, for every authority."""
        return figures_of_indicators(self._values, self.definitions, self.measures)

    def doubts(self, indicator: Indicator) -> Doubts | None:
        """Find what is doubtful in an indicator's published values; None without any."""
        row = self.row(indicator.id)
        if indicator.id not in self.measures or row.height == 0:
            return None
        measure = self.measures[indicator.id]
        rows = self._values.filter(
            (pl.col("measure") == measure.key)
            & (pl.col("filters") == (measure.filters if ":" in measure.key else ""))
        )
        return find_doubts(rows, row["year"][0], self.area_code, ())

    @cached_property
    def revisions(self) -> dict[str, tuple[Revision, ...]]:
        """Give what later loads changed in our area's published figures, by indicator."""
        loaded = {e.load_id: e.loaded_at for e in self.release.entries}
        keys = {measure.key for measure in self.measures.values()}
        found = find_revisions(self.release.published, keys, self.area_code, loaded)
        by_key = {each.key: (name, each) for name, each in self.measures.items()}
        told: dict[str, list[Revision]] = {}
        for revision in found:
            name, measure = by_key[revision.measure]
            wanted = measure.filters if ":" in measure.key else ""
            if revision.filters == wanted:
                told.setdefault(name, []).append(revision)
        return {name: tuple(rows) for name, rows in told.items()}

    @cached_property
    def _shared(self) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
        """Find who shares one published figure, by indicator and year label."""
        found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
        joint = self._values.drop_nulls("shared_with")
        for name, measure in self.measures.items():
            mine = joint.filter(pl.col("measure") == measure.key)
            for year, code, others in mine.select(
                "year_label", "area_code", "shared_with"
            ).iter_rows():
                together = frozenset({code, *others.split(" / ")})
                found.setdefault((name, year), {})[code] = together
        return found

    @property
    def neighbours(self) -> tuple[str, ...]:
        return self.model.members if self.model else ()

    @cached_property
    def _quintiles(self) -> dict[str, Quintile]:
        """Read our area's latest fifth, as the publisher gives it, by indicator."""
        keys = {name: measure.quintile for name, measure in self.measures.items()}
        rows = (
            self.release.published.values_of(key for key in keys.values() if key)
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
        row = self.row(indicator_id)
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
        shared = self._shared.get((indicator_id, year), {})
        # One figure of several is one point; ours stands for it where it is ours.
        again = pl.col("area_code").is_in(
            [c for c, us in shared.items() if c != self._speaker(us)]
        )
        return Spread(
            year,
            tuple(latest.select("area_code", "area_name", "value").iter_rows()),
            self.neighbours,
            tuple(
                latest.filter(pl.col("value").is_not_null() & ~again)
                .select("area_code", "numerator", "denominator")
                .drop_nulls()
                .iter_rows()
            ),
            str(row["neighbour_model"][0] or ""),
            pool_counts(counts, self.neighbours, shared),
            self._quintiles.get(indicator_id),
            tuple(
                everyone.filter(has_ended & pl.col("value").is_not_null())["area_code"]
            ),
            tuple(
                (code, Status(status))
                for code, status in latest.filter(pl.col("value").is_null())
                .select("area_code", "status")
                .iter_rows()
            ),
        )

    def _speaker(self, together: frozenset[str]) -> str:
        """Choose whose point a shared figure is: ours, else the lowest number's."""
        return self.area_code if self.area_code in together else min(together)

    def neighbour_series(self, indicator_id: str) -> dict[date, NeighbourYear]:
        """Give the neighbours' mean of each published year, and how many it rests on.

        Those that have ended count in no year, so that all years are of the same places.
        """
        published = self._published.get(indicator_id)
        if published is None or not self.neighbours:
            return {}
        theirs = published.filter(
            pl.col("area_code").is_in(self.neighbours)
            & ~pl.col("area_code").is_in(sorted(ENDED_AUTHORITIES))
        )
        years = theirs.group_by("period_end").agg(
            pl.col("value").mean().alias("mean"), pl.col("value").count().alias("n")
        )
        listed = len(self.neighbours)
        return {
            end: NeighbourYear(mean, n, listed)
            for end, mean, n in years.iter_rows()
            if end is not None
        }

    def row(self, indicator_id: str) -> pl.DataFrame:
        return self.comparison.filter(
            (pl.col("indicator") == indicator_id)
            & (pl.col("area_code") == self.area_code)
        )

    def compared_with(self, name: str) -> "Nation":
        """Give the same under another model; what does not depend on it is shared."""
        assert name in [model.name for model in self.models], name
        other = replace(self, chosen=name)
        for each in _ANY_MODEL:
            other.__dict__[each] = getattr(self, each)
        return other


_ANY_MODEL: Final = (
    "measures",
    "models",
    "revisions",
    "_values",
    "_published",
    "_quintiles",
    "_shared",
)
