"""Problems of many lines told as one: what, how many, and the first of them."""

from typing import Final

import polars as pl

from openscrutiny.errors import Problem

UNLESS_CORRECTED: Final = "Nothing to do, unless the publisher corrects it."


def tell_lines(
    rows: pl.DataFrame, file: str, field: str, rule: str, message: str, fix: str
) -> list[Problem]:
    """Give one problem for these rows; none where there are none.

    `rows` has `line`. The message is completed with the number of lines.
    """
    if rows.is_empty():
        return []
    count = "1 line" if rows.height == 1 else f"{rows.height:,} lines"
    first = int(rows["line"].sort()[0])
    return [Problem(file, first, field, rule, f"{message}: {count}.", fix)]
