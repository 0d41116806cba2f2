"""Hold the children of one return's tables against its header.

A spreadsheet takes leading zeros off identifiers, and case systems differ in capitals:
"00123" of the episodes is "123" of the header, where no other child could be meant.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.respelt import alike_expression
from openscrutiny.returns.tabular import TextTable
from openscrutiny.returns.values import (
    date_expression,
    identifier_expression,
    is_summary,
    nothing_expression,
    turns_18_expression,
)

__all__ = ["find_births", "find_care", "match_children", "note_adults"]

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
        .with_columns(alike=alike_expression("child"))
        .filter(~pl.col("alike").is_duplicated())
    )
    # The word before a total is nobody's name, and is told by that word.
    child = pl.when(is_summary(_CHILD)).then(_CHILD)
    frame = table.frame.with_columns(child.otherwise(identifier_expression(_CHILD)))
    stranger = pl.col(_CHILD).is_not_null() & ~pl.col(_CHILD).is_in(
        known["child"].implode()
    )
    meant = alike_expression(_CHILD).replace_strict(
        spelt["alike"], spelt["child"], default=None, return_dtype=pl.String
    )
    matched = frame.filter(stranger & meant.is_not_null())
    unknown = frame.filter(stranger & meant.is_null() & described & ~is_summary(_CHILD))
    frame = frame.with_columns(
        pl.when(stranger)
        .then(pl.coalesce(meant, _CHILD))
        .otherwise(_CHILD)
        .alias(_CHILD)
    )
    return replace(table, frame=frame), _findings(matched, unknown, file)


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


def find_births(header: TextTable | None) -> pl.DataFrame | None:
    """Give the header's children ("child") and their days of birth ("born").

    A child that it gives with two days has two rows.
    """
    if header is None or not {_CHILD, "DOB"} <= {*header.frame.columns}:
        return None
    return header.frame.select(
        child=identifier_expression(_CHILD), born=date_expression("DOB")
    ).unique(maintain_order=True)


def find_care(
    header: TextTable | None, episodes: TextTable | None
) -> pl.DataFrame | None:
    """Give the episodes of care: "child" as the header has it, "begun" and "ceased".

    An end that cannot be read is none here.
    """
    if episodes is None or not {_CHILD, "DECOM", "DEC"} <= {*episodes.frame.columns}:
        return None
    matched, _ = match_children(header, episodes, "", described=False)
    return matched.frame.select(
        child=identifier_expression(_CHILD),
        begun=date_expression("DECOM"),
        ceased=date_expression("DEC"),
    )


def note_adults(
    header: TextTable | None, episodes: TextTable, log: ProblemLog, last: date
) -> None:
    """List open episodes of people who are 18 by the last day.

    Rule 359 lets one be in care past 18 under V2 in a children's home (K2) alone.
    """
    born = find_births(header)
    if born is None or not {"LS", "PLACE", "DEC"} <= {*episodes.frame.columns}:
        return
    grown = born.filter(turns_18_expression("born") <= last)
    stays_on = (_code("LS") == "V2") & (_code("PLACE") == "K2")
    rows = episodes.frame.with_columns(identifier_expression(_CHILD).alias(_CHILD))
    found = rows.filter(
        nothing_expression("DEC").is_null(),
        pl.col(_CHILD).is_in(grown["child"].drop_nulls().implode()),
        ~stays_on.fill_null(False),
    )
    log.add(
        found["line"],
        "DEC",
        "adult",
        "This person is 18 or over on the last day of the return, and the episode is "
        "open. Nobody is looked after from the 18th birthday on, and it was not counted "
        "from then (rule 359).",
        "Give the day and the reason of the end, or correct the date of birth.",
    )


def _code(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.to_uppercase()
