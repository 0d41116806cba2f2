"""Match the children of one return's tables with its header.

A spreadsheet takes leading zeros off identifiers, and case systems differ in capitals:
"00123" of the episodes is "123" of the header, where no other child could be meant.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import (
    date_expression,
    identifier_expression,
    nothing_expression,
)

__all__ = ["find_adults", "match_children"]

_ADULT: Final = 18  # years; Children Act 1989, section 105

_CHILD = "CHILD"


def match_children(
    header: TextTable | None, table: TextTable, file: str, *, described: bool
) -> tuple[TextTable, list[Problem]]:
    """Give the table with its children spelt as the header spells them, and findings.

    A child that the header does not have stays. Where the header must describe each
    child of the table (`described`), those that it does not are counted in a finding.
    """
    if header is None or header is table or _CHILD not in table.frame.columns:
        return table, []
    known = header.frame.select(child=identifier_expression(_CHILD)).drop_nulls()
    spelt = (
        known.unique()
        .with_columns(alike=_alike("child"))
        .filter(~pl.col("alike").is_duplicated())
    )
    frame = table.frame.with_columns(identifier_expression(_CHILD).alias(_CHILD))
    stranger = pl.col(_CHILD).is_not_null() & ~pl.col(_CHILD).is_in(
        known["child"].implode()
    )
    meant = _alike(_CHILD).replace_strict(
        spelt["alike"], spelt["child"], default=None, return_dtype=pl.String
    )
    matched = frame.filter(stranger & meant.is_not_null())
    unknown = frame.filter(stranger & meant.is_null() & described)
    frame = frame.with_columns(
        pl.when(stranger)
        .then(pl.coalesce(meant, _CHILD))
        .otherwise(_CHILD)
        .alias(_CHILD)
    )
    return replace(table, frame=frame), _findings(matched, unknown, file)


def find_adults(
    header: TextTable | None, episodes: TextTable, file: str, last: date
) -> list[Problem]:
    """Find who turned 18 by the return's last day, and is still in care in it.

    The children of both tables are spelt alike already.
    """
    wanted = {_CHILD, "DEC"}
    if header is None or not wanted <= set(episodes.frame.columns):
        return []
    if not {_CHILD, "DOB"} <= set(header.frame.columns):
        return []
    born = header.frame.select(
        identifier_expression(_CHILD).alias(_CHILD), born=date_expression("DOB")
    )
    open_still = episodes.frame.select(
        identifier_expression(_CHILD).alias(_CHILD),
        pl.col("line"),
        goes_on=nothing_expression("DEC").is_null(),
    ).filter("goes_on")
    adult = pl.col("born").dt.offset_by(f"{_ADULT}y") <= last
    found = open_still.join(born.drop_nulls().unique(_CHILD), on=_CHILD).filter(adult)
    if found.is_empty():
        return []
    return [
        Problem(
            file,
            int(found["line"].min()),  # type: ignore[arg-type]
            "DEC",
            "adult",
            "People who turned 18 by the last day of the return and have no DEC: "
            f"{found[_CHILD].n_unique():,}, the first on this line. Nobody is looked "
            "after from the 18th birthday on, and none was counted from then.",
            "Give the day and the reason, or correct the date of birth.",
        )
    ]


def _alike(column: str) -> pl.Expr:
    """Write identifiers so that those that nearly match are the same."""
    return pl.col(column).str.to_uppercase().str.replace(r"^0+(\w)", "$1")


def _findings(matched: pl.DataFrame, unknown: pl.DataFrame, file: str) -> list[Problem]:
    found: Sequence[tuple[pl.DataFrame, str, str, str]] = (
        (
            matched,
            "spelling",
            "with leading zeros or capitals that the header does not have; each was taken "
            "for the one child of the header that it can be",
            "Export all tables in one go, and do not save them from a spreadsheet.",
        ),
        (
            unknown,
            "no-header",
            "with no line in the header, so that age, sex and ethnicity are not known",
            "Add them to the header, or correct the identifier, and load all tables again.",
        ),
    )
    return [
        Problem(
            file,
            int(rows["line"][0]),
            _CHILD,
            rule,
            f"Children {words}: {rows[_CHILD].n_unique():,}, the first on this line.",
            fix,
        )
        for rows, rule, words, fix in found
        if rows.height
    ]
