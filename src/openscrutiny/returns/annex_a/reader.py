"""Ofsted's Annex A workbook (ILACS): child-level lists 1 to 11.

A workbook is recognised by its headings, whatever its sheets are called. See
docs/counting-rules.md for how far each list looks back from the day of the extract.
"""

from datetime import date
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.annex_a import LISTS
from openscrutiny.periods import financial_year_of
from openscrutiny.record.gaps import Gap
from openscrutiny.returns.annex_a.rows import ListRows, read_list
from openscrutiny.returns.annex_a.sheets import NearSheet, find_sheets
from openscrutiny.returns.as_at import days_covered, find_as_at
from openscrutiny.returns.owners import find_owner
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.teams import empty_lone_teams
from openscrutiny.returns.workbooks import is_workbook

__all__ = ["AnnexAReader"]

_ENOUGH: Final = 3  # lists that make a workbook Annex A
# Tables whose dates do not tell the day of the extract.
_UNDATED: Final = frozenset({"care_leavers", "permanence", "adopters"})
_DESCRIBED: Final = ("pers_sex", "pers_ethnicity", "pers_dob", "pers_disabled")


class AnnexAReader(FileReader):
    """Read one Annex A workbook."""

    return_name = "annex-a"

    def recognise(self, source: SourceFile) -> str | None:
        if not is_workbook(source):
            return None
        try:
            found, near = find_sheets(source, head_only=True)
        except RefusedFile:
            return None
        return "" if len(found) + len(near) >= _ENOUGH else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source, request)


def _read(source: SourceFile, request: LoadRequest) -> Reading:
    sheets, near = find_sheets(source)
    for sheet in sheets:
        find_owner(sheet.frame, request.authority or request.council)
    _check_any_list(near, bool(sheets))
    sheets, lone = empty_lone_teams(sheets, source.name)
    lists = [read_list(sheet, source.name) for sheet in sheets]
    dated = [(o.of, o.rows.frame) for o in lists if o.of.table not in _UNDATED]
    as_at, how = find_as_at([sheet.frame for sheet in sheets], dated, request)
    _check_year(as_at, request)
    for one in lists:
        one.judge_day(as_at)
    people, person_gap, differing = _people(lists)
    marks = [mark for one in lists for mark in one.marks()]
    tables = {n: frame for one in lists for n, frame in one.tables(as_at).items()}
    return Reading(
        return_name="annex-a",
        period_end=as_at,
        authority=request.authority or request.council,
        tables={**tables, "person": people},
        rows_read=sum(one.rows.rows_read for one in lists),
        rows_rejected=sum(one.rows.rows_rejected for one in lists),
        covers=_covers(lists, as_at),
        problems=(
            *_misspelt_lists(source.name, near),
            *_lost_lists(lists),
            *lone,
            *(problem for one in lists for problem in one.rows.log.problems()),
            *_differing(source.name, differing),
            *_missing_lists(source.name, lists, near),
        ),
        year=financial_year_of(as_at),
        inferred=how,
        unread=pl.concat(marks) if marks else None,
        gaps=(*(gap for one in lists for gap in one.gaps()), person_gap),
    )


def _check_any_list(near: list[NearSheet], any_list: bool) -> None:
    if not any_list:
        first = near[0]
        raise RefusedFile(
            first.message,
            "Give each list the headings of Ofsted's Annex A.",
            line=first.line,
            field=first.key,
            rule="heading",
        )


def _check_year(as_at: date, request: LoadRequest) -> None:
    year = financial_year_of(as_at)
    if request.year is not None and year != request.year:
        raise RefusedFile(
            f"You said --year {request.year}, and the extract was made on "
            f"{as_at.isoformat()}, in the year ending March {year}.",
            "Leave --year out, or load the workbook of that year.",
            rule="year",
        )


def _lost_all(one: ListRows) -> bool:
    return one.rows.rows_read > 0 and one.rows.frame.height == 0


def _covers(lists: list[ListRows], as_at: date) -> dict[str, tuple[date, date]]:
    """Give the days of each table; a list that lost every row covers none."""
    covers = {}
    for one in lists:
        if _lost_all(one):
            continue
        covers[one.of.table] = days_covered(one.of, as_at)
        if one.of.table == "s47_enquiry":
            covers["initial_cp_conference"] = days_covered(one.of, as_at)
    return covers


def _people(lists: list[ListRows]) -> tuple[pl.DataFrame, Gap, int]:
    """Give one row a child, by the first value that any list gives, and what it lacks.

    The number is of the children whom two lists describe differently.
    """
    rows = [one.people for one in lists if one.people is not None]
    frames = [frame for one in lists if (frame := one.person_rows()) is not None]
    everybody = pl.concat(frames)
    grouped = everybody.group_by("pers_person_id", maintain_order=True).agg(
        pl.col("line").first(),
        pl.col("file").first(),
        *(pl.col(column).drop_nulls().first() for column in _DESCRIBED),
        pl.any_horizontal(
            pl.col(column).drop_nulls().n_unique() > 1 for column in _DESCRIBED
        ).alias("differs"),
    )
    differing = grouped.filter("differs").height
    unread: dict[str, int] = {}
    for one in rows:
        for column, count in one.gap().unread.items():
            unread[column] = unread.get(column, 0) + count
    gap = Gap("person", everybody.height, 0, differing, unread)
    lacking = [c for c in everybody.columns if c not in grouped.columns]
    people = grouped.with_columns(
        pl.lit(None, everybody.schema[column]).alias(column) for column in lacking
    )
    return people.select(everybody.columns), gap, differing


def _differing(file: str, children: int) -> list[Problem]:
    if not children:
        return []
    return [
        Problem(
            f"{file}!all lists",
            0,
            "Child Unique ID",
            "differs",
            f"{children} children are described differently in different lists; the "
            "first description is taken.",
            "Correct the descriptions in the case system.",
        )
    ]


def _misspelt_lists(file: str, near: list[NearSheet]) -> list[Problem]:
    return [
        Problem(
            f"{file}!{one.name}",
            one.line,
            one.key,
            "heading",
            one.message,
            f"Call the column {one.key} and load the workbook again.",
        )
        for one in near
    ]


def _missing_lists(
    file: str, lists: list[ListRows], near: list[NearSheet]
) -> list[Problem]:
    there = {one.of.name for one in lists} | {one.of.name for one in near}
    return [
        Problem(
            file,
            0,
            one.name.capitalize(),
            "missing-list",
            f"The workbook has no {one.name} ({one.words}); nothing is known of "
            "it for these months.",
            "Add the list, or leave it out if it was not asked for.",
        )
        for one in LISTS.values()
        if one.name not in there
    ]


def _lost_lists(lists: list[ListRows]) -> list[Problem]:
    return [
        Problem(
            one.rows.log.file,
            0,
            one.of.told_by[-1],
            "nothing",
            f"None of the {one.rows.rows_read:,} rows of {one.of.name} could be read, "
            "so that nothing is known of it for these months.",
            f"Check {one.of.told_by[-1]}: it must be a date that exists.",
        )
        for one in lists
        if _lost_all(one)
    ]
