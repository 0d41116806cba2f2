"""Published statistics as figures: beside our own where the measure is the same.

A published value stands as its publisher printed it; only the period and the place
are put into our terms. A value that is not there keeps its symbol's meaning.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from openscrutiny.figures.names import with_names_of_numbers
from openscrutiny.figures.other_published import other_figures
from openscrutiny.figures.published_terms import (
    end_year,
    is_late,
    mark_forecasts,
    period_end,
    period_start,
    status_of,
    why_of,
)
from openscrutiny.figures.schema import FIGURE_SCHEMA
from openscrutiny.indicators.definition import (
    Indicator,
    PublishedMeasure,
    Unit,
    keys_of_reference,
)
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import PeriodType
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.published_periods import with_period_labels, with_periods
from openscrutiny.record.releases import Displaced, find_releases
from openscrutiny.record.tables import empty_frame
from openscrutiny.record.year_labels import label_order

__all__ = [
    "PublishedRecord",
    "figures_of_measure",
    "published_figures",
    "read_published",
]

_KEY = ("measure", "filters", "area_code", "year_label", "time_identifier")


@dataclass(frozen=True)
class PublishedRecord:
    """Hold the published tables of some loads as one source each.

    Values are many millions where whole releases are loaded, so they are scanned for
    the measures asked for and never held. Of one publication the newest release counts:
    `displaced` says what of the older ones does not, and `ranks` gives the age of each
    load's release, the newest last. `spelling` gives the one name of a measure that
    releases spell differently. After `as_at` there are only forecasts.
    """

    scan: pl.LazyFrame
    measures: pl.DataFrame
    areas: pl.DataFrame
    neighbours: pl.DataFrame
    displaced: tuple[Displaced, ...] = ()
    ranks: Mapping[int, int] = field(default_factory=dict)
    spelling: Mapping[str, str] = field(default_factory=dict)
    as_at: date | None = None

    def name_of(self, key: str) -> str:
        """Give the name under which a measure is known, whatever its capitals."""
        if key in self.spelling:
            return self.spelling[key]
        known = self._known_names
        return key if key in known.values() else known.get(key.lower(), key)

    def measure_of(self, indicator: Indicator) -> PublishedMeasure | None:
        """Choose the published measure by which an indicator is compared.

        It is the first that its definition declares of which an authority has a line;
        where there is none, the first declared.
        """
        declared = indicator.published
        if len(declared) > 1:
            for measure in declared:
                needed = measure.parts if measure.is_computed else (measure.key,)
                if self._there.issuperset(needed):
                    return measure
        return declared[0] if declared else None

    @cached_property
    def _there(self) -> frozenset[str]:
        """Name the measures that hold authorities, of indicators that declare several."""
        several = [m for i in INDICATORS if len(i.published) > 1 for m in i.published]
        keys = sorted({key for measure in several for key in measure.keys})
        rows = self._counting.filter(
            pl.col("measure").is_in(keys) & (pl.col("area_level") == "authority")
        )
        return frozenset(rows.select(pl.col("measure").unique()).collect()["measure"])

    @cached_property
    def _known_names(self) -> dict[str, str]:
        return {name.lower(): name for name in self.measures["measure"]}

    @cached_property
    def every_release(self) -> pl.LazyFrame:
        """Scan the values of all releases, those that no longer count too."""
        if not self.spelling:
            return self.scan
        return self.scan.with_columns(pl.col("measure").replace(dict(self.spelling)))

    def values_of(
        self, keys: Iterable[str], filters: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Read the values of these measures, computing those that are computed.

        `filters` narrows them to rows with one of these sets of labels; "" is the total.
        """
        if filters is None:
            return self._read(keys, pl.lit(True))
        return self._read(keys, pl.col("filters").is_in(sorted(filters)))

    def _read(self, keys: Iterable[str], chosen: pl.Expr) -> pl.DataFrame:
        wanted = set(keys)
        derived = [measure for measure in _derived_measures() if measure.key in wanted]
        parts = {key for measure in derived for key in measure.parts}
        rows = self._collect(pl.col("measure").is_in(sorted(wanted | parts)) & chosen)
        computed = [_derive(rows, measure) for measure in derived]
        return pl.concat(
            [rows.filter(pl.col("measure").is_in(sorted(wanted))), *computed]
        )

    def totals(
        self, area_code: str | None = None, keys: Iterable[str] | None = None
    ) -> pl.DataFrame:
        """Read the total row of every measure, computed measures included.

        `area_code` narrows it to one area, `keys` to these measures.
        """
        wanted = pl.col("filters") == ""
        if area_code is not None:
            wanted &= pl.col("area_code") == area_code
        if keys is not None:
            return self._read(keys, wanted)
        rows = self._collect(wanted)
        computed = [_derive(rows, measure) for measure in _derived_measures()]
        return pl.concat([rows, *computed])

    def keys_of_totals(self) -> list[str]:
        """List the measures of `totals` in the order of their rows, computed ones last."""
        totals = self._counting.filter(pl.col("filters") == "")
        rows = totals.select(pl.col("measure").unique(maintain_order=True)).collect()
        return [*rows["measure"], *(measure.key for measure in _derived_measures())]

    def places_of(self, keys: Sequence[str]) -> pl.DataFrame:
        """Give every place that these measures name: area and region, once."""
        of_one = pl.col("measure").is_in(list(keys)) & (
            pl.col("area_level") == "authority"
        )
        places = self._counting.filter(of_one).select("area_code", "region_code")
        return places.unique().collect()

    def places_of_totals(self) -> pl.DataFrame:
        """Give every place that a total of an authority names: area and region, once."""
        of_one = (pl.col("filters") == "") & (pl.col("area_level") == "authority")
        places = self._counting.filter(of_one).select("area_code", "region_code")
        return places.unique().collect()

    def excerpt(self, keys: Iterable[str]) -> pl.DataFrame:
        """Read every release's totals, and all rows of these measures, in their order."""
        wanted = set(keys)
        derived = [measure for measure in _derived_measures() if measure.key in wanted]
        wanted |= {key for measure in derived for key in measure.parts}
        kept = (pl.col("filters") == "") | pl.col("measure").is_in(sorted(wanted))
        return self.every_release.filter(kept).collect()

    def figures_of(self, keys: Sequence[str] | None) -> pl.DataFrame:
        """Give measures that are none of our indicators as figures; None gives all."""
        ours = sorted({m.key for i in INDICATORS for m in i.published if m.whole_key})
        wanted = ~pl.col("measure").is_in(ours)
        if keys is not None:
            wanted = pl.col("measure").is_in(list(keys))
        return other_figures(self._collect(wanted), self.measures, self.as_at)

    @property
    def _counting(self) -> pl.LazyFrame:
        """Scan the values that count: those of each publication's newest release."""
        scan = self.every_release
        for gone in self.displaced:
            scan = scan.filter(~gone.rows().fill_null(False))
        return scan

    def _collect(self, wanted: pl.Expr) -> pl.DataFrame:
        rows = with_period_labels(self._counting.filter(wanted).collect())
        loads = rows.group_by("measure").agg(pl.col("load_id").n_unique())
        again = loads.filter(pl.col("load_id") > 1)["measure"].to_list()
        if not again:
            return rows
        # Only measures that several loads hold: a million rows take their time.
        repeated = pl.col("measure").is_in(again)
        latest = rows.filter(repeated).unique(
            list(_KEY), keep="last", maintain_order=True
        )
        return pl.concat([rows.filter(~repeated), latest])


def read_published(
    journal: Journal, entries: list[LoadEntry], as_at: date | None = None
) -> PublishedRecord:
    """Open the published tables of these loads, as they stand on a day."""
    releases = find_releases(journal, entries)
    ordered = list(releases.entries)
    current = [entry for entry in ordered if entry.load_id not in releases.outdated]

    def read(table: str, key: list[str]) -> pl.DataFrame:
        paths = journal.paths(table, current)
        if not paths:
            return empty_frame(table)
        frame = pl.concat([pl.read_parquet(path) for path in paths])
        return frame.unique(key, keep="last", maintain_order=True)

    measures = read("published_measures", ["measure"])
    every = [
        name
        for path in journal.paths("published_measures", ordered)
        for name in pl.read_parquet(path, columns=["measure"])["measure"]
    ]
    spelling = _spellings(every)
    return PublishedRecord(
        _scan(journal.paths("published", ordered)),
        measures.with_columns(pl.col("measure").replace(spelling)).unique(
            "measure", keep="last", maintain_order=True
        ),
        read("areas", ["area_code"]),
        read("neighbours", ["model", "area_code", "position"]),
        releases.displaced,
        releases.ranks,
        spelling,
        as_at,
    )


def _spellings(names: Sequence[str]) -> dict[str, str]:
    """Give one name to measures of tables that differ in capitals alone.

    It is the one by which our indicators know it, else that of the newest release.
    """
    tables = [name for name in names if ":" in name]
    one = {name.lower(): name for name in tables}
    one |= {
        key.lower(): key
        for indicator in INDICATORS
        for measure in indicator.published
        for key in measure.keys
        if ":" in key
    }
    return {name: one[name.lower()] for name in tables if one[name.lower()] != name}


def _scan(paths: Sequence[Path]) -> pl.LazyFrame:
    """Scan the values of these loads; a column that older ones lack is null there."""
    values = [pl.scan_parquet(path) for path in paths]
    return pl.concat([empty_frame("published").lazy(), *values], how="diagonal")


def _derived_measures() -> list[PublishedMeasure]:
    return [m for i in INDICATORS for m in i.published if m.is_computed]


def _derive(values: pl.DataFrame, measure: PublishedMeasure) -> pl.DataFrame:
    """Work out a percentage or a difference; hidden if any part is hidden."""
    where = ["filters", "area_code", "year_label", "time_identifier"]
    rows = values.filter(pl.col("measure").is_in(measure.parts))
    value = pl.col("value")

    def those(reference: str) -> pl.Expr:
        return value.filter(pl.col("measure").is_in(keys_of_reference(reference)))

    sums = rows.group_by(where, maintain_order=True).agg(
        (those(measure.numerator).sum() - those(measure.less).sum()).alias("of_which"),
        those(measure.denominator).first().alias("of"),
        value.is_null().any().alias("short"),
        pl.col("symbol").drop_nulls().first().alias("symbol"),
        pl.len().alias("parts"),
        *(
            pl.col(name).first()
            for name in values.columns
            if name not in {*where, "measure", "value", "raw", "symbol"}
        ),
    )
    whole = ~pl.col("short") & (pl.col("parts") == len(measure.parts))
    worked_out = pl.col("of_which")
    if measure.denominator:
        whole &= pl.col("of") > 0
        worked_out = 100 * worked_out / pl.col("of")
    return sums.with_columns(
        measure=pl.lit(measure.key),
        value=pl.when(whole).then(worked_out),
        raw=pl.lit("computed"),
        symbol=pl.when(whole).then(None).otherwise(pl.col("symbol").fill_null("x")),
    ).select(values.columns)


def published_figures(
    published: PublishedRecord, authorities: set[str]
) -> pl.DataFrame:
    """Set our indicators' published values as figures: authorities, regions, England."""
    keys = {
        key
        for indicator in INDICATORS
        for measure in indicator.published
        for key in measure.keys
    }
    values = with_names_of_numbers(published.values_of(keys))
    mine = [
        figures_of_measure(values, indicator, measure, published.as_at)
        for indicator in INDICATORS
        for measure in indicator.published
    ]
    near = pl.col("area_code").is_in(sorted(authorities)) | pl.col(
        "area_code"
    ).str.starts_with("E")
    return pl.concat([pl.DataFrame(schema=FIGURE_SCHEMA), *mine]).filter(near)


def figures_of_measure(
    values: pl.DataFrame,
    indicator: Indicator,
    measure: PublishedMeasure,
    as_at: date | None = None,
) -> pl.DataFrame:
    """Set one published measure in the terms of our indicator, with its counts.

    Its figures are of whole years. Parts of a year in the same table are not taken,
    unless the indicator itself is of a day or of a term. What had not ended by `as_at`
    is a forecast.
    """
    # Of all measures' values a copy each would be made: only its own are read.
    values = values.filter(pl.col("measure").is_in(measure.keys))
    if not (values["measure"] == measure.key).any():  # most tables are not loaded
        return pl.DataFrame(schema=FIGURE_SCHEMA)
    dated = with_periods(values.lazy()).filter("is_possible").collect()
    frames = [_of_years(dated, values.columns, indicator, measure)]
    if indicator.headline in (PeriodType.DAY, PeriodType.TERM):
        frames.append(_of_parts(dated, values.columns, indicator.headline))
    values = pl.concat(frames)
    filters = measure.filters if ":" in measure.key else ""
    rows = values.filter(
        (pl.col("measure") == measure.key) & (pl.col("filters") == filters)
    ).pipe(_one_label_each)
    for part, key in (
        ("numerator", "" if measure.less else measure.numerator),
        ("denominator", "" if measure.less else measure.denominator),
    ):
        rows = rows.join(
            _parts(values, key, measure, part), on=["area_code", "at"], how="left"
        )
    if indicator.unit is Unit.OF_TOTAL:  # n of N has no value but n
        rows = rows.with_columns(value=pl.col("numerator").cast(pl.Float64))
    return (
        rows.with_columns(
            indicator=pl.lit(indicator.id),
            code=pl.lit(indicator.code),
            breakdown=pl.lit("total"),
            category=pl.lit("all"),
            unit=pl.lit(str(indicator.unit)),
            status=status_of(),
            source=pl.lit(measure.publication),
            edition=pl.lit(indicator.edition),
            unknown=pl.lit(None, pl.Int64),
            why=why_of(),
            fed_by=pl.lit("published"),
            given_by=pl.lit(""),
            held=pl.lit(""),
            is_forecast=is_late(pl.col("period_end"), as_at),
        )
        .pipe(mark_forecasts)
        .select(pl.col(name).cast(kind_) for name, kind_ in FIGURE_SCHEMA.items())
    )


def _of_years(
    dated: pl.DataFrame,
    columns: Sequence[str],
    indicator: Indicator,
    measure: PublishedMeasure,
) -> pl.DataFrame:
    """Give the rows of whole years with their period, and `at`, which tells them apart.

    Periods that cannot be, and labels that are no year, have no place in time.
    """
    kind = _annual_period(indicator)
    return (
        dated.filter(pl.col("number").is_null())
        .select(columns)
        .with_columns((end_year() - measure.years_on).alias("end_year"))
        .drop_nulls("end_year")
        .with_columns(
            at="end_year",
            period_end=period_end(kind),
            period_start=period_start(kind),
            period_type=pl.lit(str(kind)),
        )
        .drop("end_year")
    )


def _of_parts(
    dated: pl.DataFrame, columns: Sequence[str], kind: PeriodType
) -> pl.DataFrame:
    """Give the rows of the days or terms that an indicator is of, as `_of_years` does."""
    rows = dated.filter(pl.col("period_kind") == str(kind))
    end = pl.col("last_day")
    if kind is PeriodType.TERM:  # publishers part spring and summer at Easter
        year = pl.col("number")
        end = (
            pl.when(pl.col("sequence") == "autumn term")
            .then(pl.date(year - 1, 12, 31))
            .when(pl.col("sequence") == "spring term")
            .then(pl.date(year, 4, 30))
            .otherwise(pl.date(year, 8, 31))
        )
    start = pl.col("period_end").dt.offset_by("1d").dt.offset_by("-4mo")
    return rows.with_columns(period_end=end).select(
        *columns,
        at=pl.col("period_end").to_physical(),
        period_end=pl.col("period_end"),
        period_start=start if kind is PeriodType.TERM else pl.col("period_end"),
        period_type=pl.lit(str(kind)),
    )


def _one_label_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep one row of each area and year where a year stands under two labels.

    It is the label that the comparison takes: the most final, then the last as text.
    """
    where = ["area_code", "at"]
    if not rows.select(where).is_duplicated().any():
        return rows
    label = pl.col("year_label")
    last = label.sort_by(*label_order("year_label")).last()
    return rows.filter(label == last.over(where))


def _parts(
    values: pl.DataFrame, key: str, measure: PublishedMeasure, name: str
) -> pl.DataFrame:
    """Find the published count that is a part of a measure, by area and time."""
    keys = keys_of_reference(key)
    filters = measure.filters
    if name == "denominator" and measure.denominator_filters:
        filters = measure.denominator_filters
    return (
        values.filter(pl.col("measure").is_in(keys) & (pl.col("filters") == filters))
        .group_by("area_code", "at")
        .agg(
            pl.when(pl.col("value").null_count() == 0)
            .then(pl.col("value").sum())
            .alias(name)
        )
    )


def _annual_period(indicator: Indicator) -> PeriodType:
    for kind in (
        PeriodType.FINANCIAL_YEAR,
        PeriodType.CALENDAR_YEAR,
        PeriodType.ACADEMIC_YEAR,
        PeriodType.REPORTING_YEAR,
    ):
        if kind in indicator.periods:
            return kind
    return PeriodType.DAY
