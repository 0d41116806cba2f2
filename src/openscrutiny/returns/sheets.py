"""One list as it stands in a file, and its rows typed as its layout declares."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import polars as pl

from openscrutiny.layouts.layout import Layout
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.columns import check_headings, read_rows
from openscrutiny.returns.open_ends import read_open_ends
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

    def read_rows(self, file: str, own: Set[str]) -> Rows:
        """Type its rows. `own` are all headings of the return.

        Raises RefusedFile where it lacks a column that it must have.
        """
        there = set(self.frame.columns)
        log = ProblemLog(f"{file}!{self.name}" if self.name else file)
        check_headings(self.of, there, log, self.line, own)
        filled = [c for c in self.of.read if c.heading in there]
        text = [pl.col(column.heading).alias(column.name) for column in filled]
        written = {c.name: self.headings.get(c.heading, c.heading) for c in filled}
        frame = read_open_ends(self.frame.select("line", *text), self.of, written, log)
        return read_rows(self.of, frame, log, labels=written)
