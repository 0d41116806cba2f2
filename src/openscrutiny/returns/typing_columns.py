"""Turn columns of text into typed columns, keeping what could not be read.

Rows without what names them are rejected; a value that cannot be read becomes null,
its place is marked as unread, and a problem says where. Problems never repeat a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.returns.cleaning import UNREAD

__all__ = ["ColumnSpec", "Specification", "TypedBlock", "type_block"]

MOST_PROBLEMS = 200

Kind = Literal["text", "date", "flag", "int"]

_FIX = {
    "date": "Correct the date in the case system; it must exist and read yyyy-mm-dd.",
    "flag": "Give 1 or 0 (or true or false).",
    "int": "Give a whole number.",
    "code": "Use a code of the return's code list for this year.",
    "key": "Give the value; without it the record cannot be counted.",
    "duplicate": "Remove the second copy, or correct what tells the two apart.",
}
_TRUE, _FALSE = ("1", "true", "yes"), ("0", "false", "no")


@dataclass(frozen=True)
class ColumnSpec:
    """Say how one column is read. `field` is its name in the file."""

    column: str
    field: str
    kind: Kind = "text"
    codes: frozenset[str] | None = None
    required: bool = False


@dataclass(frozen=True)
class Specification:
    """Say how the columns of one table are read and what names a row."""

    columns: tuple[ColumnSpec, ...]
    key: tuple[str, ...]
    counts: bool = True


@dataclass(frozen=True)
class TypedBlock:
    """Hold the kept rows, typed, with `line`; and what was wrong."""

    table: str
    frame: pl.DataFrame
    problems: tuple[Problem, ...]
    rejected: int
    unread: pl.DataFrame
    counts: bool


def type_block(
    columns: Mapping[str, Sequence[Any]],
    specification: Specification,
    *,
    table: str,
    file: str,
) -> TypedBlock:
    """Type the columns of one table. `columns` holds text or None, and `line`."""
    raw = pl.DataFrame(
        {name: list(values) for name, values in columns.items()},
        schema={
            name: pl.Int32() if name == "line" else pl.String() for name in columns
        },
    )
    typed = raw.select(
        "line", *(_typed(spec).alias(spec.column) for spec in specification.columns)
    )
    problems: list[Problem] = []
    unread: list[pl.DataFrame] = []
    for spec in specification.columns:
        _note_unread(raw, typed, spec, table, file, problems, unread)
        _note_codes(typed, spec, file, problems)
    kept, rejected = _reject(typed, specification, file, problems)
    return TypedBlock(
        table,
        kept,
        tuple(problems),
        rejected,
        pl.concat(unread) if unread else _no_unread(),
        specification.counts,
    )


def _typed(spec: ColumnSpec) -> pl.Expr:
    text = pl.col(spec.column)
    match spec.kind:
        case "date":
            # "2024-03-31" or a date and time; to_date refuses days that do not exist.
            return text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        case "flag":
            low = text.str.to_lowercase()
            return (
                pl.when(low.is_in(_TRUE))
                .then(True)
                .when(low.is_in(_FALSE))
                .then(False)
                .otherwise(None)
            )
        case "int":
            return text.cast(pl.Int32, strict=False)
        case "text":
            return text


def _note_unread(
    raw: pl.DataFrame,
    typed: pl.DataFrame,
    spec: ColumnSpec,
    table: str,
    file: str,
    problems: list[Problem],
    unread: list[pl.DataFrame],
) -> None:
    if spec.kind == "text":
        return
    lost = raw.filter(raw[spec.column].is_not_null() & typed[spec.column].is_null())
    if lost.height == 0:
        return
    unread.append(
        lost.select(
            pl.lit(table).alias("table"),
            pl.lit(spec.column).alias("column"),
            "line",
        )
    )
    word = {"date": "date that exists", "flag": "yes or no", "int": "whole number"}
    _note(
        problems,
        file,
        lost["line"].to_list(),
        spec.field,
        spec.kind,
        f"This is not a {word[spec.kind]}; it was left empty.",
    )


def _note_codes(
    typed: pl.DataFrame, spec: ColumnSpec, file: str, problems: list[Problem]
) -> None:
    if spec.codes is None:
        return
    unknown = typed.filter(
        pl.col(spec.column).is_not_null() & ~pl.col(spec.column).is_in(list(spec.codes))
    )
    if unknown.height:
        _note(
            problems,
            file,
            unknown["line"].to_list(),
            spec.field,
            "code",
            "This code is not in the code list; it is kept as it stands.",
        )


def _reject(
    typed: pl.DataFrame,
    specification: Specification,
    file: str,
    problems: list[Problem],
) -> tuple[pl.DataFrame, int]:
    kept = typed
    for spec in specification.columns:
        if not spec.required:
            continue
        without = kept.filter(pl.col(spec.column).is_null())
        if without.height:
            _note(
                problems,
                file,
                without["line"].to_list(),
                spec.field,
                "key",
                "This record lacks a readable value here and was rejected.",
            )
            kept = kept.filter(pl.col(spec.column).is_not_null())
    if specification.key:
        again = kept.filter(~pl.struct(specification.key).is_first_distinct())
        if again.height:
            fields = {s.column: s.field for s in specification.columns}
            _note(
                problems,
                file,
                again["line"].to_list(),
                fields[specification.key[-1]],
                "duplicate",
                "The same record stands in the file before; this one was rejected.",
            )
            kept = kept.filter(pl.struct(specification.key).is_first_distinct())
    return kept, typed.height - kept.height


def _note(
    problems: list[Problem],
    file: str,
    lines: list[int],
    field: str,
    rule: str,
    message: str,
) -> None:
    """Note one problem a line, and after a good many how many more there are."""
    for line in lines[:MOST_PROBLEMS]:
        problems.append(Problem(file, line, field, rule, message, _FIX[rule]))
    more = len(lines) - MOST_PROBLEMS
    if more > 0:
        problems.append(
            Problem(file, 0, field, rule, f"{message} And {more} more.", _FIX[rule])
        )


def _no_unread() -> pl.DataFrame:
    return pl.DataFrame(schema=UNREAD)
