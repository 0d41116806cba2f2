"""Explore education statistics (DfE): open data tables, with or without metadata.

What is a filter and what an indicator is taken from the metadata file beside the
table, else from the release's data guidance, else from the values. A table's measures
are FILE:COLUMN; a total row has no filters.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.ees_tables import (
    GEOGRAPHY_COLUMNS,
    TIME_COLUMNS,
    area_columns,
    read_table,
)
from openscrutiny.returns.published_values import (
    number_expression,
    symbol_expression,
    year_expression,
)
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile

__all__ = ["EesReader", "measure_file"]

_NEEDED = {"time_period", "geographic_level"}
_META = {"col_name", "col_type", "label"}
# Codes and names of places at levels that are not read, and of schools.
_PLACE = re.compile(
    r"^(lad|pcon|ward|lsip|local_enterprise|english_devolved|opportunity|trust|sponsor|"
    r"school|provider|institution|planning_area|rsc)_?.*(code|name|urn|laestab|ukprn|id)$"
)
_TOTALS = ("total", "all")


@dataclass(frozen=True)
class _Columns:
    """Say which columns are filters and indicators, with labels, units and totals."""

    filters: tuple[str, ...]
    indicators: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


class EesReader:
    """Read the tables of one folder or release, with what describes them."""

    return_name = "ees"

    def recognise(self, source: SourceFile) -> str | None:
        head = source.head(16384)
        first = head.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
        names = {name.strip(' "\r').lower() for name in first.split(",")}
        if names >= _META:
            return "meta"
        if names >= _NEEDED:
            return "data"
        name = PurePosixPath(source.name.replace("!", "/")).name.lower()
        return "guidance" if name == "data-guidance.txt" else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        metas = {
            _stem(source): _read_meta(source)
            for part, source in sources
            if part == "meta"
        }
        guidance: dict[str, dict[str, str]] = {}
        for part, source in sources:
            if part == "guidance":
                guidance |= _read_guidance(source)
        for part, source in sources:
            if part != "data":
                yield source, Reading("ees", None, None, {}, 0, 0)
                continue
            try:
                stem = _stem(source)
                yield source, _read(source, metas.get(stem), guidance.get(stem, {}))
            except RefusedFile as refused:
                yield source, refused


def _stem(source: SourceFile) -> str:
    name = PurePosixPath(source.name.replace("!", "/")).name
    return re.sub(r"(\.meta)?\.csv$", "", name, flags=re.IGNORECASE)


def measure_file(name: str) -> str:
    """Give a table's name without its years: the part before ":" of its measures.

    The demonstration's tables are named invented_NAME and hold NAME's measures.
    """
    name = name.removeprefix("invented_")
    return re.sub(r"_?(19|20)\d\d(_to_(19|20)\d\d)?", "", name).strip("_")


def _read(
    source: SourceFile,
    meta: list[dict[str, str]] | None,
    guidance: Mapping[str, str],
) -> Reading:
    raw, problems = read_table(source)
    if "time_identifier" not in raw.columns:
        raw = raw.with_columns(time_identifier=pl.lit(""))
    rows = area_columns(raw)
    kept = rows.filter(
        pl.col("area_code").is_not_null() & pl.col("time_period").is_not_null()
    )
    _tell_rejected(source, rows, kept, problems)
    columns = _describe(raw, meta, guidance)
    if not columns.indicators:
        raise RefusedFile(
            "The table has no column of figures.", "Check that it is a data table."
        )
    kept = _drop_repeats(source, kept, columns, problems)
    file = measure_file(_stem(source))
    published = _unpivot(kept, columns, file)
    return Reading(
        "ees",
        None,
        None,
        {
            "published": published,
            "published_measures": _measures(columns, file),
            "areas": _areas(kept),
        },
        raw.height,
        raw.height - kept.height,
        problems=tuple(problems),
    )


def _tell_rejected(
    source: SourceFile,
    rows: pl.DataFrame,
    kept: pl.DataFrame,
    problems: list[Problem],
) -> None:
    if kept.height == rows.height:
        return
    others = rows.filter(pl.col("area_level").is_null())
    levels = others["geographic_level"].drop_nulls().unique().sort().to_list()
    if levels:
        problems.append(
            Problem(
                source.name,
                int(others["line"][0]),
                "geographic_level",
                "level",
                f"{others.height:,} lines are of another level than England, region "
                f"and authority ({', '.join(levels)}) and were not taken.",
                "Nothing, if these three levels are what you want.",
            )
        )
    rest = rows.height - kept.height - others.height
    if rest:
        problems.append(
            Problem(
                source.name,
                0,
                "old_la_code",
                "key",
                f"{rest:,} lines name no area or no period and were not taken.",
                "Check the codes of the places in the table.",
            )
        )


def _drop_repeats(
    source: SourceFile, kept: pl.DataFrame, columns: _Columns, problems: list[Problem]
) -> pl.DataFrame:
    key = ["time_period", "time_identifier", "area_code", *columns.filters]
    unique = kept.unique(key, keep="first", maintain_order=True)
    if unique.height < kept.height:
        problems.append(
            Problem(
                source.name,
                0,
                "",
                "duplicate",
                f"{kept.height - unique.height:,} lines repeat the place, period and "
                "filters of another and were not taken.",
                "Check the table with its publisher.",
            )
        )
    return unique


def _describe(
    raw: pl.DataFrame, meta: list[dict[str, str]] | None, guidance: Mapping[str, str]
) -> _Columns:
    there = [
        name
        for name in raw.columns
        if name not in TIME_COLUMNS | GEOGRAPHY_COLUMNS | {"line"}
        and not _PLACE.match(name)
    ]
    if meta:
        return _from_meta(there, meta)
    filters = tuple(name for name in there if not _looks_like_figures(raw[name]))
    indicators = tuple(name for name in there if name not in filters)
    labels = {name: guidance[name] for name in there if name in guidance}
    return _Columns(filters, indicators, labels)


def _from_meta(there: list[str], meta: list[dict[str, str]]) -> _Columns:
    by_name = {row["col_name"]: row for row in meta}
    grouping = {row.get("filter_grouping_column", "") for row in meta}

    def of_type(kind: str) -> tuple[str, ...]:
        return tuple(
            name
            for name in there
            if by_name.get(name, {}).get("col_type", "").lower() == kind
        )

    return _Columns(
        tuple(n for n in there if n in of_type("filter") or n in grouping),
        of_type("indicator"),
        {name: row["label"] for name, row in by_name.items()},
        {name: row.get("indicator_unit", "") for name, row in by_name.items()},
        {
            name: int(row["indicator_dp"])
            for name, row in by_name.items()
            if row.get("indicator_dp", "").strip().isdigit()
        },
        {
            name: row["filter_default"]
            for name, row in by_name.items()
            if row.get("filter_default")
        },
    )


def _looks_like_figures(column: pl.Series) -> bool:
    """Say whether a column holds numbers and symbols rather than words."""
    values = column.drop_nulls().unique()
    frame = values.to_frame("raw")
    numbers = frame.select(number_expression("raw").is_not_null().sum()).item()
    symbols = frame.select(
        pl.col("raw").str.strip_chars().str.len_chars().le(3).sum()
    ).item()
    if values.len() == 0:
        return True
    if numbers == 0:
        low = frame.filter(~pl.col("raw").str.to_lowercase().is_in(_SYMBOLS)).height
        return low == 0
    return bool(numbers + symbols >= 0.9 * values.len())


_SYMBOLS = ("z", "x", "c", "low", "k", "u", ":", "~", "..", ".", "-", "")


def _totals(rows: pl.DataFrame, columns: _Columns) -> dict[str, set[str]]:
    """Find each filter's labels that mean the total and so are left out of filters.

    The metadata's default; else "Total"; else a label that begins with "All" in a
    breakdown column; else the one value of a column with a single value. A filter
    without any of these has no total.
    """
    totals: dict[str, set[str]] = {}
    for name in columns.filters:
        labels = [str(v) for v in rows[name].drop_nulls().unique().to_list()]
        if columns.defaults.get(name) in labels:
            totals[name] = {columns.defaults[name]}
        elif any(label.strip().lower() == "total" for label in labels):
            totals[name] = {la for la in labels if la.strip().lower() == "total"}
        elif name.startswith("breakdown"):
            totals[name] = {la for la in labels if la.lower().startswith("all ")}
        elif len(labels) == 1:
            totals[name] = set(labels)
        else:
            totals[name] = set()
    # A table whose "Total" is one breakdown among alternatives keeps it: with another
    # filter that has no total, the label is needed to tell the rows apart.
    if any(not found for found in totals.values()):
        return {
            name: found if rows[name].n_unique() == 1 else set()
            for name, found in totals.items()
        }
    return totals


def _unpivot(rows: pl.DataFrame, columns: _Columns, file: str) -> pl.DataFrame:
    totals = _totals(rows, columns)
    parts = [
        pl.when(pl.col(name).fill_null("").is_in(sorted(totals[name])))
        .then(None)
        .otherwise(
            pl.concat_str(pl.lit(f"{name}="), pl.col(name).fill_null("").str.strip_chars())
        )
        for name in columns.filters
    ]
    filters = (
        pl.concat_str(parts, separator=";", ignore_nulls=True) if parts else pl.lit("")
    )
    keyed = rows.select(
        "line",
        filters.alias("filters"),
        "area_code",
        "area_name",
        "area_level",
        "region_code",
        pl.col("time_period").str.strip_chars().alias("year_label"),
        year_expression("time_period").alias("year"),
        pl.col("time_identifier").fill_null("").alias("time_identifier"),
        *columns.indicators,
    )
    index = [name for name in keyed.columns if name not in columns.indicators]
    long = keyed.unpivot(
        columns.indicators, index=index, variable_name="column", value_name="raw"
    )
    return long.select(
        "line",
        pl.concat_str(pl.lit(f"{file}:"), pl.col("column")).alias("measure"),
        *(name for name in index if name != "line"),
        number_expression("raw").alias("value"),
        "raw",
        symbol_expression("raw").alias("symbol"),
    )


def _measures(columns: _Columns, file: str) -> pl.DataFrame:
    title = file.replace("_", " ").replace("-", " ")
    return pl.DataFrame(
        {
            "line": [1] * len(columns.indicators),
            "measure": [f"{file}:{name}" for name in columns.indicators],
            "title": [columns.labels.get(n, n) for n in columns.indicators],
            "unit": [columns.units.get(n) for n in columns.indicators],
            "decimal_places": [columns.places.get(n) for n in columns.indicators],
        },
        schema={
            "line": pl.Int32(),
            "measure": pl.String(),
            "title": pl.String(),
            "unit": pl.String(),
            "decimal_places": pl.Int32(),
        },
    ).select(
        "line",
        "measure",
        "title",
        pl.lit("").alias("topic"),
        "unit",
        pl.lit(None, pl.String).alias("polarity"),
        "decimal_places",
        pl.lit(True).alias("bandable"),
        pl.lit(None, pl.String).alias("year_type"),
        pl.lit(f"Explore education statistics (DfE), {title}").alias("publication"),
        pl.lit("").alias("description"),
    )


def _areas(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        "line", "area_code", "area_name", "area_level", "region_code"
    ).unique("area_code", keep="first", maintain_order=True)


def _read_meta(source: SourceFile) -> list[dict[str, str]]:
    with source.open() as file:
        text = file.read().decode("utf-8-sig", errors="replace")
    return [
        {str(k): (v or "").strip() for k, v in row.items() if k is not None}
        for row in csv.DictReader(io.StringIO(text))
        if row.get("col_name")
    ]


def _read_guidance(source: SourceFile) -> dict[str, dict[str, str]]:
    """Read "variable | description" tables of a release's guidance, by file name."""
    with source.open() as file:
        text = file.read().decode("utf-8-sig", errors="replace")
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        named = re.match(r"^\s*Filename:\s*(.+?)\.csv\s*$", line, re.IGNORECASE)
        if named:
            current = found.setdefault(named.group(1).strip(), {})
        elif "|" in line:
            variable, _, description = line.partition("|")
            if re.fullmatch(r"[\w.]+", variable.strip()):
                current[variable.strip()] = description.strip(" |")
    return found
