"""Small records for tests: rows as plain dictionaries, loads as they would stand."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from openscrutiny.figures.population import Population
from openscrutiny.indicators.definition import Example
from openscrutiny.record.coverage import as_at
from openscrutiny.record.journal import Journal, NewLoad
from openscrutiny.record.tables import TABLES, get_table
from twins.examples import OF_COLUMNS

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def make_population(*rows: tuple[str, str, int, int, float]) -> Population:
    """Lay out estimates: authority, ages, wanted year, year of the estimate, people."""
    schema = {
        "authority": pl.String(),
        "age_group": pl.String(),
        "wanted_year": pl.Int32(),
        "population_year": pl.Int32(),
        "population": pl.Float64(),
    }
    return Population(pl.DataFrame(rows, schema=schema, orient="row"))


NO_POPULATION = make_population()


def make_frame(table: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Build a table from dictionaries; ISO text becomes a date, what is left out null."""
    columns = {**get_table(table).columns, "line": pl.Int32()}
    filled = [
        {
            name: _value(row.get(name, number if name == "line" else None), kind)
            for name, kind in columns.items()
        }
        for number, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(filled, schema=columns)


def _value(value: Any, kind: pl.DataType) -> Any:
    if isinstance(kind, pl.Date) and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def column_covers(return_name: str) -> list[str]:
    """Name the columns of a return that tell something where a file fills them."""
    return [each for each, told_by in OF_COLUMNS.items() if told_by == return_name]


def make_load(
    return_id: str, first: date, last: date, rows: Rows, authority: str = "299"
) -> NewLoad:
    """Build one load that covers every table of the record on these days."""
    name, _, period = return_id.partition("/")
    return NewLoad(
        file=f"{return_id}.invented",
        sha256=return_id,
        request="",
        return_name=name,
        return_id=return_id,
        authority=authority,
        year=int(period) if period.isdigit() else last.year,
        period_end=last,
        inferred="",
        rows_read=sum(len(some) for some in rows.values()),
        rows_rejected=0,
        covers={
            **{table: (first, last) for table in TABLES},
            **{as_at(table): (last, last) for table in TABLES if name == "annex-a"},
            **{each: (first, last) for each in column_covers(name)},
        },
        tables={table: make_frame(table, some) for table, some in rows.items()},
        problems=(),
    )


def make_record(folder: Path, loads: Sequence[NewLoad]) -> Journal:
    """Build a record from loads."""
    journal = Journal(folder / "record")
    for load in loads:
        journal.add(load)
    return journal


def record_of_example(folder: Path, example: Example) -> Journal:
    """Build the record of a worked example: every return holds every row."""
    return make_record(
        folder,
        [
            make_load(return_id, first, last, example.rows)
            for return_id, first, last in example.covers
        ],
    )
