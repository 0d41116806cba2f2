"""What a spreadsheet makes of ours: no text of a CSV may run as a formula.

Every CSV that leaves the product goes through here: pages, papers and commands.
"""

import re
from typing import Final

import polars as pl

_COUNTS: Final = ("numerator", "denominator")

# What a spreadsheet takes for the beginning of a formula.
_RISKY: Final = r"^[=+\-@\t\r]"
# A number in full begins with a sign too, and does nothing.
_NUMBER: Final = r"^[+-]([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?%?$"
_RISKY_TEXT: Final = re.compile(_RISKY)
_NUMBER_TEXT: Final = re.compile(_NUMBER)


def guard_text(text: str) -> str:
    """Give a text that stays a text, and a number that stays a number.

    >>> guard_text("=1+1"), guard_text("-3.2"), guard_text("-cmd")
    ("'=1+1", '-3.2', "'-cmd")
    """
    if _RISKY_TEXT.match(text) and not _NUMBER_TEXT.fullmatch(text):
        return "'" + text
    return text


def guard_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the frame with every text cell guarded, and headings too."""
    guarded = frame.with_columns(
        _guard(name) for name, kind in frame.schema.items() if _is_text(kind)
    )
    return guarded.rename({name: guard_text(name) for name in frame.columns})


def write_csv(frame: pl.DataFrame) -> str:
    """Write a frame as CSV with a heading line, guarded."""
    return guard_frame(frame).write_csv()


def plain_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Write each whole count without decimals: 139 and, of full-time posts, 38.3."""

    def plain(name: str) -> pl.Expr:
        column = pl.col(name)
        whole = column.cast(pl.Int64, strict=False)
        return (
            pl.when(column == whole)
            .then(whole.cast(pl.String))
            .otherwise(column.cast(pl.String))
            .alias(name)
        )

    return frame.with_columns(plain(name) for name in _COUNTS)


def whole_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Give counts as whole numbers where they all are."""
    whole = [name for name in _COUNTS if (frame[name].drop_nulls() % 1 == 0).all()]
    return frame.with_columns(pl.col(whole).cast(pl.Int64))


def _is_text(kind: pl.DataType) -> bool:
    return kind == pl.String or isinstance(kind, pl.Categorical | pl.Enum)


def _guard(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    risky = text.str.contains(_RISKY) & ~text.str.contains(_NUMBER)
    kept = pl.when(risky).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)
    return kept.alias(name)


def name_column(column: int) -> str:
    """Name a column, counted from 1, as a spreadsheet does.

    >>> name_column(1), name_column(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
