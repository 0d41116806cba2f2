"""Rows that are clean as rows of the record: which tell one fact, and of which child."""

from collections.abc import Mapping, Sequence

import polars as pl

from openscrutiny.record.tables import get_table


def find_doubted(people: pl.DataFrame, child: str, born: str) -> pl.Series:
    """List the identifiers that a table gives with more than one day of birth.

    `people` has dates in the column `born`: text of one day may be written in two ways.
    """
    told = people.drop_nulls([child, born]).unique([child, born])
    return told.filter(pl.col(child).is_duplicated())[child].unique()


def number_told(within: Sequence[str], content: Sequence[str]) -> pl.Expr:
    """Number, from 1 and in the file's order, what rows of one group say differently.

    Rows of a group that say the same have the same number.
    """
    told_first = pl.col("line").min().over([*within, *content])
    return told_first.rank("dense").over(within)


def shape_table(
    frame: pl.DataFrame, name: str, columns: Mapping[str, str | pl.Expr]
) -> pl.DataFrame:
    """Build a record's table: its own columns in order and type, and `line`.

    `columns` says for each column of the record which column or expression of
    `frame` fills it; the others are null. Every other column of `frame` is left
    behind, which is how names and postcodes stay outside.
    """
    table = get_table(name)
    strangers = set(columns) - set(table.columns)
    if strangers:
        raise KeyError(f"{name} has no column {', '.join(sorted(strangers))}")
    parts: Sequence[pl.Expr] = [
        _as_expression(columns.get(column)).cast(kind).alias(column)
        for column, kind in table.columns.items()
    ]
    return frame.select(*parts, pl.col("line").cast(pl.Int32()))


def _as_expression(filled_by: str | pl.Expr | None) -> pl.Expr:
    if filled_by is None:
        return pl.lit(None)
    return pl.col(filled_by) if isinstance(filled_by, str) else filled_by
