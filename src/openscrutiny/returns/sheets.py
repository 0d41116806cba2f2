"""One list as it stands in a file, and its rows typed as its layout declares."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.layouts.layout import Layout
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import check_headings, read_rows
from openscrutiny.returns.day_order import Dated, dates_of, put_day_first
from openscrutiny.returns.problem_log import ProblemLog


@dataclass(frozen=True)
class Sheet:
    """Hold one list: text columns by the guide's headings, and `line`.

    `name` is the sheet's, "" for a CSV file; `line` is that of the headings, and
    `headings` gives each as it is written.
    """

    of: Layout
    name: str
    frame: pl.DataFrame
    line: int
    headings: Mapping[str, str] = field(default_factory=dict)

    def place(self, file: str) -> str:
        """Name the list by its file, and sheet."""
        return f"{file}!{self.name}" if self.name else file

    def read_rows(self, file: str, own: Set[str]) -> Rows:
        """Type its rows. `own` are all headings of the return.

        Raises RefusedFile where it lacks a column that it must have.
        """
        there = set(self.frame.columns)
        log = ProblemLog(self.place(file))
        check_headings(self.of, there, log, self.line, own)
        filled = [c for c in self.of.read if c.heading in there]
        text = [pl.col(column.heading).alias(column.name) for column in filled]
        written = {c.name: self.headings.get(c.heading, c.heading) for c in filled}
        frame = self.frame.select("line", *text)
        rows = read_rows(self.of, frame, log, labels=written)
        for column in self.of.read:
            if column.lacking == "unknown" and column not in filled:
                rows.mark_unread(pl.col("line").is_not_null(), column.name)
        return rows


def settle_sheets(
    sheets: Sequence[Sheet], file: str, beside: Sequence[Sheet] = ()
) -> tuple[list[Sheet], list[Problem]]:
    """Set the day first in columns of dates that others of the extract tell the order of.

    `beside` are lists of its other files.
    """
    dated, others = (
        [Dated(one.frame, dates_of(one.of, one.frame.columns)) for one in group]
        for group in (sheets, beside)
    )
    settled = put_day_first(dated, others)
    told = [
        problem
        for sheet, one in zip(sheets, settled, strict=True)
        for problem in one.tell(sheet.place(file), dict(sheet.headings))
    ]
    put = zip(sheets, settled, strict=True)
    return [replace(sheet, frame=one.frame) for sheet, one in put], told
