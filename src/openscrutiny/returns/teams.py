"""Names of teams, told from names of people: a team stands on more than one line.

An office types the worker's name where the team's belongs. A team has more than one child
in a workbook, so that its name stands again; what stands once, and is written as people
are, with no word that teams are called by, may be somebody's name.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.layouts.layout import LABEL
from openscrutiny.returns.sheets import Sheet
from openscrutiny.returns.values import filled_expression

_FEWEST: Final = 30  # lines with a team, before one that stands alone means anything
# A house number may stand before it: then it is an address.
_NAME: Final = r"^(?:\d+[A-Za-z]?,? )?[A-Z][\p{L}'’.-]*(?:,? [A-Z][\p{L}'’.-]*){1,3}$"
_OF_A_TEAM: Final = (
    r"(?i)team|care|service|unit|north|south|east|west|central|assess|referral|duty|mash|"
    r"hub|local|famil|child|leaving|young|early|help|support|safeguard|court|foster|adopt|"
    r"disab|health|school|youth|social|contact|intervention|protection|planning|pod"
)


def empty_lone_teams(
    sheets: Sequence[Sheet], file: str
) -> tuple[list[Sheet], list[Problem]]:
    """Empty each team that may be a person: named like one, on one line of them all."""
    told = pl.concat(
        [
            sheet.frame.select(filled_expression(column).alias("team"))
            for sheet in sheets
            for column in _team_columns(sheet)
        ]
        or [pl.DataFrame(schema={"team": pl.String()})]
    ).drop_nulls()
    is_name = pl.col("team").str.contains(_NAME) & ~pl.col("team").str.contains(
        _OF_A_TEAM
    )
    lone = told.filter(pl.col("team").is_unique() & is_name)["team"]
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
        each.heading
        for each in sheet.of.read
        if each.kind == LABEL and each.heading in sheet.frame.columns
    ]


def _finding(file: str, sheet: Sheet, column: str, found: pl.DataFrame) -> Problem:
    heading = sheet.headings.get(column, column)
    return Problem(
        file,
        int(found["line"][0]),
        heading,
        "lone-team",
        f"{heading} of {sheet.of.name} has names that stand nowhere else in the "
        f"workbook, on {found.height:,} line{'s'[: found.height > 1]}: they may be "
        "people's, and were left empty.",
        "Fill in the team, not the worker; a team of one child needs no name here.",
    )
