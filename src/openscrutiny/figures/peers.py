"""Quarterly figures of peers as figures: beside our own, and never among them.

A snapshot's own table does not hold them, so nothing that reads it can show what was
exchanged in confidence. They have the columns of figures, and `shared`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.figures.schema import FIGURE_SCHEMA, value_expression
from openscrutiny.geography import AUTHORITY_NAMES, REGION_NAMES
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.nothing import STATUS_OF_SYMBOL, Status
from openscrutiny.periods import PeriodType
from openscrutiny.record.journal import Journal, LoadEntry
from openscrutiny.record.tables import empty_frame

__all__ = ["PEER_SCHEMA", "PeerRecord", "read_peers"]

PEER_SCHEMA: Final[dict[str, pl.DataType]] = {**FIGURE_SCHEMA, "shared": pl.String()}
_WHY: Final = {
    "c": "Hidden by those who exchange the figures.",
    "low": "Rounds to 0 but is not 0.",
    "z": "Not applicable, says the collection.",
}
_NOT_THERE: Final = "The collection has no figure here."
# A later load replaces an earlier one of the same of these, with all its areas.
_QUARTER: Final = ("collection", "indicator", "period_end")
_FACT: Final = (*_QUARTER, "area_code")
_TOLD: Final = (*_FACT, "load_id")


@dataclass(frozen=True)
class PeerRecord:
    """Hold the quarters of peers in some loads; the latest load of a quarter counts.

    `figures` has PEER_SCHEMA: `source` is the collection and `indicator` ours, or
    `peers:COLLECTION:MEASURE` for a measure that is none of ours.
    """

    figures: pl.DataFrame
    later: tuple[date, ...]  # quarters that had not ended by the day of the snapshot
    doubtful: tuple[str, ...]  # facts given in two ways by code and slug, not shown
    rows: pl.DataFrame  # of every load, the replaced ones too
    loaded_at: Mapping[int, str]

    def not_ours(self) -> list[str]:
        """Name the measures that are no indicator of ours, each with its collection."""
        names = self.figures.filter(pl.col("indicator").str.starts_with("peers:"))
        return sorted(names["indicator"].str.strip_prefix("peers:").unique().to_list())


def read_peers(journal: Journal, entries: list[LoadEntry], as_at: date) -> PeerRecord:
    """Open the peers' quarters of these loads that have ended by a day."""
    paths = journal.paths("peer_quarters", entries)
    if paths:
        table = pl.concat([pl.read_parquet(path) for path in paths])
    else:
        table = empty_frame("peer_quarters")
    later = table.filter(pl.col("period_end") > as_at)["period_end"].unique().sort()
    rows = _resolve(table.filter(pl.col("period_end") <= as_at))
    twice = rows.select(_TOLD).is_duplicated()
    latest = pl.col("load_id") == pl.col("load_id").max().over(_QUARTER)
    doubtful = rows.filter(latest & twice).select(_FACT).unique().sort(_FACT)
    rows = rows.filter(~twice)
    loaded_at = {entry.load_id: entry.loaded_at for entry in entries}
    return PeerRecord(
        _as_figures(rows.filter(latest)),
        tuple(later),
        tuple(", ".join(map(str, fact)) for fact in doubtful.rows()),
        rows,
        loaded_at,
    )


def _resolve(table: pl.DataFrame) -> pl.DataFrame:
    """Name our indicators, compute each value, and keep what is told twice alike once.

    A measure is ours where it bears our code or slug and is in our unit.
    """
    ours = {
        f"{name.casefold()}|{indicator.unit}": indicator.id
        for indicator in INDICATORS
        for name in (indicator.code, indicator.id)
    }
    spelt: dict[str, str] = {}
    for name in table["collection"].unique(maintain_order=True):
        spelt.setdefault(name.casefold(), name)
    key = pl.concat_str(pl.col("measure").str.to_lowercase(), pl.lit("|"), "unit")
    count = pl.col("unit") == "count"
    rows = table.with_columns(
        pl.col("collection").map_elements(
            lambda name: spelt[name.casefold()], return_dtype=pl.String
        ),
        numerator=pl.when(count)
        .then(pl.coalesce("numerator", "value"))
        .otherwise("numerator"),
    )
    rows = rows.with_columns(
        value=pl.when(pl.col("symbol").is_null()).then(
            pl.coalesce(value_expression(), "value")
        ),
        indicator=pl.coalesce(
            key.replace_strict(ours, default=None, return_dtype=pl.String),
            pl.concat_str(pl.lit("peers:"), "collection", pl.lit(":"), "measure"),
        ),
    )
    # One file may name an indicator by its code and by its slug.
    return rows.unique(
        [*_TOLD, "numerator", "denominator", "value", "symbol", "shared"],
        maintain_order=True,
    )


def _as_figures(rows: pl.DataFrame) -> pl.DataFrame:
    codes = {indicator.id: indicator.code for indicator in INDICATORS}
    names = {**AUTHORITY_NAMES, **REGION_NAMES, "E92000001": "England"}
    known = pl.col("area_code").replace_strict(
        names, default=pl.col("area_code"), return_dtype=pl.String
    )
    none = pl.col("symbol").is_not_null()
    return rows.with_columns(
        code=pl.col("indicator").replace_strict(
            codes, default="", return_dtype=pl.String
        ),
        area_name=pl.when(pl.col("area_name") == "").then(known).otherwise("area_name"),
        period_type=pl.lit(str(PeriodType.QUARTER)),
        period_start=pl.col("period_end").dt.month_start().dt.offset_by("-2mo"),
        breakdown=pl.lit("total"),
        category=pl.lit("all"),
        status=pl.when(none)
        .then(
            pl.col("symbol").replace_strict(
                STATUS_OF_SYMBOL,
                default=Status.NOT_AVAILABLE.value,
                return_dtype=pl.String,
            )
        )
        .otherwise(pl.lit("final")),
        source=pl.col("collection"),
        edition=pl.lit(""),
        unknown=pl.lit(None, pl.Int64),
        why=pl.when(none)
        .then(
            pl.col("symbol").replace_strict(
                _WHY, default=_NOT_THERE, return_dtype=pl.String
            )
        )
        .otherwise(pl.lit("")),
        year_label=pl.lit(""),
        fed_by=pl.lit("peers"),
        given_by=pl.lit(""),
        held=pl.lit(""),
    ).select(pl.col(name).cast(kind) for name, kind in PEER_SCHEMA.items())
