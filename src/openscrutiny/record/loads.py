"""What a load is before and after it is added: its tables, and its line in the journal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.record.gaps import Gap, gaps_from_json, gaps_to_json
from openscrutiny.record.tables import get_table


@dataclass(frozen=True, kw_only=True)
class _Load:
    """Hold what is known of a load before and after it is added."""

    file: str
    sha256: str
    request: str
    return_name: str
    return_id: str
    authority: str | None
    year: int | None
    period_end: date | None
    inferred: str
    rows_read: int
    rows_rejected: int
    covers: Mapping[str, tuple[date, date]]
    gaps: tuple[Gap, ...] = ()
    made_at: datetime | None = None  # local time, where the file or the user said it


@dataclass(frozen=True, kw_only=True)
class NewLoad(_Load):
    """Hold what one file gave, ready to be added. Frames carry `line` and `file`."""

    tables: Mapping[str, pl.DataFrame]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class LoadEntry(_Load):
    """Hold one line of the journal."""

    load_id: int
    loaded_at: str
    rows_kept: int
    tables: Mapping[str, int]
    undone_at: str | None
    digests: Mapping[str, str] = field(default_factory=dict)  # by table

    @property
    def covers_all(self) -> tuple[date, date] | None:
        """Give the first and last day that any table of the load covers."""
        if not self.covers:
            return None
        return (
            min(span[0] for span in self.covers.values()),
            max(span[1] for span in self.covers.values()),
        )


def with_lineage(
    name: str, frame: pl.DataFrame, load: NewLoad, load_id: int
) -> pl.DataFrame:
    """Give a table as the record keeps it: each row says which load it came from."""
    schema = get_table(name).schema
    added = {
        "authority": pl.lit(load.authority, pl.String),
        "return_id": pl.lit(load.return_id, pl.String),
        "load_id": pl.lit(load_id, pl.Int32),
    }
    if "file" not in frame.columns:
        added["file"] = pl.lit(load.file, pl.String)
    whole = frame.with_columns(**added)
    return whole.select(pl.col(column).cast(kind) for column, kind in schema.items())


def row_of_load(
    load_id: int, loaded_at: str, load: NewLoad, digests: Mapping[str, str]
) -> dict[str, Any]:
    """Give the journal's line of a load, by column. `digests` are of its files."""
    covers = {
        name: [first.isoformat(), last.isoformat()]
        for name, (first, last) in load.covers.items()
    }
    counts = {name: frame.height for name, frame in load.tables.items() if frame.height}
    return {
        "load_id": load_id,
        "loaded_at": loaded_at,
        "file": load.file,
        "sha256": load.sha256,
        "request": load.request,
        "return_name": load.return_name,
        "return_id": load.return_id,
        "authority": load.authority,
        "year": load.year,
        "period_end": load.period_end.isoformat() if load.period_end else None,
        "inferred": load.inferred,
        "rows_read": load.rows_read,
        "rows_kept": load.rows_read - load.rows_rejected,
        "rows_rejected": load.rows_rejected,
        "covers": json.dumps(covers),
        "tables": json.dumps(counts),
        "undone_at": None,
        "gaps": json.dumps(gaps_to_json(load.gaps)),
        "digests": json.dumps(digests),
        "made_at": load.made_at.isoformat() if load.made_at else None,
    }


def entry_of_row(row: Mapping[str, Any]) -> LoadEntry:
    """Build an entry from its line, which an earlier release may have written.

    Raises ValueError, KeyError, TypeError or AttributeError where it is damaged.
    """
    end, made = row["period_end"], row.get("made_at")
    parsed = {
        "period_end": date.fromisoformat(end) if end else None,
        "covers": {
            name: (date.fromisoformat(first), date.fromisoformat(last))
            for name, (first, last) in json.loads(row["covers"]).items()
        },
        "tables": json.loads(row["tables"]),
        "gaps": gaps_from_json(json.loads(row.get("gaps") or "[]")),
        "digests": json.loads(row.get("digests") or "{}"),
        "made_at": datetime.fromisoformat(made) if made else None,
    }
    plain = {f.name: row[f.name] for f in fields(LoadEntry) if f.name not in parsed}
    return LoadEntry(**plain, **parsed)
