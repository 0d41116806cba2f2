"""Read any return whose tables are lists as at a day, by its layouts alone.

A list comes as a CSV file or as a sheet of a workbook, and is known by its headings
however they are spelt. It covers the months that its layout looks back from the day on
which it was made.
"""

from typing import Final

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.layouts.layout import Layout, find_layout, headings_of
from openscrutiny.layouts.returns import Return
from openscrutiny.periods import financial_year_of
from openscrutiny.record.tables import get_table
from openscrutiny.returns import tabular, workbooks
from openscrutiny.returns.as_at import days_covered, find_as_at, note_future
from openscrutiny.returns.cleaning import Rows, shape_table
from openscrutiny.returns.columns import check_any_left, fills_of
from openscrutiny.returns.headings import read_headings
from openscrutiny.returns.owners import find_owner
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.sheets import Sheet
from openscrutiny.returns.tabular import Headings
from openscrutiny.returns.teams import empty_lone_teams

__all__ = ["ListReader"]

_ALONE: Final = ""  # each file is a whole return


class ListReader(FileReader):
    """Read one return by its layouts."""

    def __init__(self, of: Return) -> None:
        self.return_name = of.name
        self._layouts = tuple(of.layouts.values())
        self._clean = read_headings(self._layouts)
        self._own = headings_of(self._layouts)

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
        return _ALONE if any(map(self._is_heading, rows)) else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return self._read(source, request)

    def _is_heading(self, headings: Headings) -> bool:
        return find_layout(self._layouts, headings) is not None

    def _read(self, source: SourceFile, request: LoadRequest) -> Reading:
        authority = request.authority or request.council
        sheets, told = self._find_sheets(source)
        for sheet in sheets:
            find_owner(sheet.frame, authority)
        sheets, lone = empty_lone_teams(sheets, source.name)
        read = [(sheet.of, self._type(sheet, source.name)) for sheet in sheets]
        typed = [(layout, rows.frame) for layout, rows in read]
        as_at, how = find_as_at([sheet.frame for sheet in sheets], typed, request)
        for layout, rows in read:
            note_future(rows, layout, as_at)
        marks = [m for layout, rows in read if (m := _marks(layout, rows)) is not None]
        found = (problem for _, rows in read for problem in rows.log.problems())
        return Reading(
            return_name=self.return_name,
            period_end=as_at,
            authority=authority,
            tables={layout.table: _shape(layout, rows) for layout, rows in read},
            rows_read=sum(rows.rows_read for _, rows in read),
            rows_rejected=sum(rows.rows_rejected for _, rows in read),
            covers={
                layout.table: days_covered(layout, as_at)
                for layout, _ in read
                if layout.covers
            },
            problems=(*told, *lone, *found),
            year=financial_year_of(as_at),
            inferred=how,
            unread=pl.concat(marks) if marks else None,
            gaps=tuple(rows.gap(fills_of(layout)) for layout, rows in read),
        )

    def _find_sheets(self, source: SourceFile) -> tuple[list[Sheet], list[Problem]]:
        """Find the lists; refused where one stands there twice."""
        if workbooks.is_workbook(source):
            tables = workbooks.read_workbook(source, self._is_heading, self._clean)[0]
        else:
            tables = [tabular.read_csv(source, self._is_heading, self._clean)]
        sheets = []
        for table in tables:
            layout = find_layout(self._layouts, table.frame.columns)
            assert layout is not None, table.sheet
            sheets.append(Sheet(layout, table.sheet, table.frame, table.heading_line))
        if len({sheet.of.name for sheet in sheets}) < len(sheets):
            raise RefusedFile(
                "Two sheets of the workbook are the same list, so children would be "
                "counted twice.",
                "Leave one of them out.",
                rule="sheet",
            )
        return sheets, [problem for table in tables for problem in table.problems]

    def _type(self, sheet: Sheet, file: str) -> Rows:
        rows = sheet.read_rows(file, self._own)
        rows.one_per_fact(*(sheet.of.key or get_table(sheet.of.table).key))
        check_any_left(sheet.of, rows, sheet.frame, sheet.line)
        return rows


def _shape(layout: Layout, rows: Rows) -> pl.DataFrame:
    shaped = shape_table(rows.frame, layout.table, fills_of(layout))
    return shaped.with_columns(pl.lit(rows.log.file).alias("file"))


def _marks(layout: Layout, rows: Rows) -> pl.DataFrame | None:
    marks = rows.unread(fills_of(layout))
    return None if marks is None else marks.with_columns(file=pl.lit(rows.log.file))
