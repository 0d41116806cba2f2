"""Published values as text: the number where there is one, else the symbol.

Symbols are kept as printed; none becomes 0 and none is dropped. Source: the analysis
function's symbols, and the symbols that DfE's releases really hold.
"""

import polars as pl

__all__ = ["number_expression", "symbol_expression", "year_expression"]

_NUMBER = r"^\s*[-+]?(\d[\d,]*\.?\d*|\.\d+)([eE][-+]?\d+)?\s*%?\s*$"


def number_expression(column: str) -> pl.Expr:
    """Read the number of a printed value; null where it is none. 3.865E-2 is one."""
    text = pl.col(column)
    clean = text.str.strip_chars(" %").str.replace_all(",", "", literal=True)
    return (
        pl.when(text.str.contains(_NUMBER))
        .then(clean.cast(pl.Float64, strict=False))
        .otherwise(None)
    )


def symbol_expression(column: str) -> pl.Expr:
    """Give what stands where there is no number, as printed; null for a number."""
    text = pl.col(column)
    return (
        pl.when(text.str.contains(_NUMBER))
        .then(None)
        .otherwise(text.fill_null("").str.strip_chars())
    )


def year_expression(column: str) -> pl.Expr:
    """Give the first four digits of a year label; null where it has none."""
    first = pl.col(column).str.slice(0, 4)
    return (
        pl.when(first.str.contains(r"^[12]\d{3}$"))
        .then(first.cast(pl.Int32, strict=False))
        .otherwise(None)
    )
