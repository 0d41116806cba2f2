"""Read any return whose tables are lists as at a day, by its layouts alone.

A list comes as a CSV file or as a sheet of a workbook, and is known by its headings
however they are spelt. It covers the months that its layout looks back from the day on
which it was made.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.layouts.layout import find_layout, headings_of
from openscrutiny.layouts.returns import Return
from openscrutiny.periods import financial_year_of
from openscrutiny.returns import tabular, workbooks
from openscrutiny.returns.as_at import find_as_at
from openscrutiny.returns.columns import check_any_left
from openscrutiny.returns.headings import read_headings
from openscrutiny.returns.list_rows import (
    ListRows,
    find_two_births,
    gather_people,
    keep_one_per_fact,
    read_people,
)
from openscrutiny.returns.owners import find_owner
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.sheets import Sheet, settle_sheets
from openscrutiny.returns.tabular import Headings
from openscrutiny.returns.teams import empty_lone_teams


class Found(NamedTuple):
    """The lists of a file, and what is to be told of it first and last."""

    sheets: list[Sheet]
    told: Sequence[Problem] = ()
    missing: Sequence[Problem] = ()


class ListReader(FileReader):
    """Read one return by its layouts; a return that says more is a class below it."""

    # Tables whose dates do not tell the day of the extract.
    undated: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, of: Return) -> None:
        self.return_name = of.name
        self.headings = headings_of(of.layouts.values())
        self._layouts = tuple(of.layouts.values())
        self._clean = read_headings(self._layouts)

    def recognise(self, source: SourceFile) -> str | None:
        """Recognise a file by the headings of any of the lists."""
        try:
            if workbooks.is_workbook(source):
                sheets = workbooks.list_sheet_headings(source, self._clean)
                rows = [row for sheet in sheets.values() for row in sheet]
            else:
                rows = tabular.list_heading_candidates(source.head(), self._clean)
        except (OSError, OpenScrutinyError):
            return None
        return "" if any(map(self._is_heading, rows)) else None

    def _is_heading(self, headings: Headings) -> bool:
        return find_layout(self._layouts, headings) is not None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return self.read_beside(source, request, ())

    def read_beside(
        self, source: SourceFile, request: LoadRequest, beside: Sequence[ListRows]
    ) -> Reading:
        """Read all lists of a file; `beside` are those of the files read with it."""
        authority = request.authority or request.council
        sheets, told, missing = self.find_sheets(source)
        for sheet in sheets:
            find_owner(sheet.frame, authority)
        others = [one.sheet for one in beside]
        sheets, orders = settle_sheets(sheets, source.name, others)
        sheets, lone = empty_lone_teams(sheets, source.name)
        lists = [self.read_list(sheet, source.name) for sheet in sheets]
        texts = [sheet.frame for sheet in sheets]
        dated = [(o.of, o.rows.frame) for o in lists if o.of.table not in self.undated]
        as_at, how = find_as_at(texts, dated, request)
        _check_year(as_at, request)
        for one in lists:
            one.judge_day(as_at)
        doubted = find_two_births([*lists, *beside])
        for one in lists:
            one.doubt(doubted)
        people = gather_people(lists)
        marks = [mark for one in lists for mark in one.marks()]
        made = [(one, table) for one in lists for table in one.tables(as_at).items()]
        tables = {name: one.with_file(frame) for one, (name, frame) in made}
        return Reading(
            return_name=self.return_name,
            period_end=as_at,
            authority=authority,
            tables={**tables, **({"person": people.frame} if people else {})},
            rows_read=sum(one.rows.rows_read for one in lists),
            rows_rejected=sum(one.rows.rows_rejected for one in lists),
            covers={t: days for one in lists for t, days in one.covers(as_at).items()},
            problems=(
                *told,
                *_lost_lists(lists),
                *lone,
                *orders,
                *(problem for one in lists for problem in one.rows.log.problems()),
                *_two_births(source.name, lists, doubted),
                *_differing(source.name, people.differing if people else 0),
                *missing,
            ),
            year=financial_year_of(as_at),
            inferred=how,
            unread=pl.concat(marks) if marks else None,
            gaps=(
                *(gap for one in lists for gap in one.gaps()),
                *([people.gap] if people else []),
            ),
        )

    def find_sheets(self, source: SourceFile) -> Found:
        """Find the lists; refused where one stands there twice."""
        told: list[Problem] = []
        if workbooks.is_workbook(source):
            tables = workbooks.read_workbook(source, self._is_heading, self._clean)[0]
            told += workbooks.note_hidden(source, [table.sheet for table in tables])
        else:
            tables = [self.read_table(source)]
        found: dict[str, Sheet] = {}
        for table in tables:
            layout = find_layout(self._layouts, table.frame.columns)
            assert layout is not None, table.sheet
            other = found.get(layout.name)
            if other is not None and not table.frame.height:
                continue  # a template's sheet beside the list itself
            if other is not None and other.frame.height:
                names = [other.name, table.sheet]
                workbooks.refuse_twin_sheets(source, layout.words, names)
            sheet = Sheet(layout, table.sheet, table.frame, table.heading_line)
            found[layout.name] = sheet
        told += [problem for table in tables for problem in table.problems]
        return Found(list(found.values()), told)

    def read_table(self, source: SourceFile) -> tabular.TextTable:
        """Read the table of a CSV file as text."""
        return tabular.read_csv(source, self._is_heading, self._clean)

    def read_list(self, sheet: Sheet, file: str) -> ListRows:
        """Read one list; refused where not one row can be kept."""
        rows = sheet.read_rows(file, self.headings)
        keep_one_per_fact(rows, sheet.of)
        check_any_left(sheet.of, rows, sheet.frame, sheet.line)
        return ListRows(sheet, rows, read_people(sheet, rows))


def _check_year(as_at: date, request: LoadRequest) -> None:
    year = financial_year_of(as_at)
    if request.year is not None and year != request.year:
        raise RefusedFile(
            f"You said --year {request.year}, and the extract was made on "
            f"{as_at.isoformat()}, in the year ending March {year}.",
            "Leave --year out, or load the file of that year.",
            rule="year",
        )


def _lost_lists(lists: Sequence[ListRows]) -> list[Problem]:
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
        if one.lost_all
    ]


def _two_births(
    file: str, lists: Sequence[ListRows], doubted: pl.Series
) -> list[Problem]:
    children = {
        child for one in lists for child in one.children() if child in {*doubted}
    }
    if not children:
        return []
    whose = "1 child has" if len(children) == 1 else f"{len(children)} children have"
    return [
        Problem(
            f"{file}!all lists",
            0,
            "Date of Birth",
            "two-births",
            f"{whose} more than one day of birth, so that one identifier may be two "
            "children. Ages are by the first that the lists give, and figures of the "
            "lists in which they stand are not final.",
            "Find out which day is right, correct it in the case system and export again.",
        )
    ]


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
