"""Names of teams, told from names of people: a team stands on more than one line.

An office types the worker's name where the team's belongs. No shape tells the one from the
other; but a team has more than one child in a workbook, and then its name stands again.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.returns.annex_a.sheets import Sheet
from openscrutiny.returns.values import filled_expression

__all__ = ["empty_lone_teams"]

_FEWEST: Final = 30  # lines with a team, before one that stands alone means anything


def empty_lone_teams(
    sheets: Sequence[Sheet], file: str
) -> tuple[list[Sheet], list[Problem]]:
    """Empty each team or service whose name stands on one line of the whole workbook."""
    told = pl.concat(
        [
            sheet.frame.select(filled_expression(column).alias("team"))
            for sheet in sheets
            for column in _team_columns(sheet)
        ]
        or [pl.DataFrame(schema={"team": pl.String()})]
    ).drop_nulls()
    lone = told.filter(pl.col("team").is_unique())["team"]
    if told.height < _FEWEST or lone.is_empty():
        return list(sheets), []
    kept, problems = [], []
    for sheet in sheets:
        for column in _team_columns(sheet):
            is_lone = filled_expression(column).is_in(lone.implode())
            found = sheet.frame.filter(is_lone)
            if found.height:
                problems.append(_finding(file, sheet, column, found))
                emptied = pl.when(~is_lone).then(pl.col(column)).alias(column)
                sheet = replace(sheet, frame=sheet.frame.with_columns(emptied))
        kept.append(sheet)
    return kept, problems


def _team_columns(sheet: Sheet) -> list[str]:
    return [
        each.bare
        for each in sheet.of.columns
        if each.kind == "text" and each.bare in sheet.frame.columns
    ]


def _finding(file: str, sheet: Sheet, column: str, found: pl.DataFrame) -> Problem:
    heading = sheet.headings.get(column, column)
    return Problem(
        file,
        int(found["line"][0]),
        heading,
        "lone-team",
        f"{heading} of list {sheet.of.number} has names that stand nowhere else in the "
        f"workbook, on {found.height:,} line{'s'[: found.height > 1]}: they may be "
        "people's, and were left empty.",
        "Fill in the team, not the worker; a team of one child needs no name here.",
    )
