"""Read the register of schools: what a number means, of every authority and of none.

The register is one list as at a day, and not a council's own: it names every authority.
It tells of every day since there are education, health and care plans up to its own, since
what has closed stays in it.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.layouts.gias import CHANGED, CLOSED
from openscrutiny.layouts.layout import Layout
from openscrutiny.layouts.returns import get_return
from openscrutiny.returns import tabular
from openscrutiny.returns.cleaning import Rows
from openscrutiny.returns.lists import ListReader
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile

# Children and Families Act 2014, part 3, in force from this day: no plan is older.
_PLANS_SINCE: Final = date(2014, 9, 1)
_NAMED: Final = re.compile(r"edubasealldata(\d{8})", re.IGNORECASE)
# Types that a list of state-funded schools alone does not have: independent schools,
# special and other. Without them every child placed there would seem to be nowhere.
_INDEPENDENT: Final = (10, 11)


class RegisterReader(ListReader):
    """Read the download of all establishments, as CSV or as a sheet of a workbook."""

    def __init__(self) -> None:
        super().__init__(get_return("gias"))

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        (sheet,), told, _ = self.find_sheets(source)
        one = self.read_list(sheet, source.name)
        _check_all_kinds(one.rows)
        made, how = _find_day(source.name, one.rows.frame, request)
        if made < _PLANS_SINCE:
            raise RefusedFile(
                f"This register was made on {made.isoformat()}, when there were no "
                "education, health and care plans.",
                "Download the register of today, or say the day with --as-at.",
                rule="as-at",
            )
        marks = one.marks()
        return Reading(
            return_name=self.return_name,
            period_end=made,
            authority=request.authority or request.council,
            tables={n: one.with_file(t) for n, t in one.tables(made).items()},
            rows_read=one.rows.rows_read,
            rows_rejected=one.rows.rows_rejected,
            covers={one.of.table: (_PLANS_SINCE, made)},
            problems=(*_without_encoding(told), *one.rows.log.problems()),
            inferred=how,
            unread=pl.concat(marks) if marks else None,
            gaps=tuple(one.gaps()),
        )

    def read_table(self, source: SourceFile) -> tabular.TextTable:
        """Read the CSV's own columns: it has many times more that nobody reads."""
        return tabular.read_csv(
            source, self._is_heading, self._clean, keep=_read_of(self._layouts)
        )


def _read_of(layouts: Sequence[Layout]) -> frozenset[str]:
    return frozenset(c.heading for layout in layouts for c in layout.read)


def _without_encoding(told: Sequence[Problem]) -> list[Problem]:
    """Leave out that the text is Windows-1252: the publisher writes it so."""
    return [problem for problem in told if problem.rule != "encoding"]


def _check_all_kinds(rows: Rows) -> None:
    """Refuse a list of some kinds of school; tell of one without those that closed."""
    if rows.frame.filter(pl.col("esta_type").is_in(_INDEPENDENT)).is_empty():
        raise RefusedFile(
            "This list has no independent school, so it is not the register of all "
            "establishments, and a number that is not in it would mean nothing.",
            'Download "Establishment fields CSV" of all establishments '
            "(edubasealldata), not that of state-funded schools or academies.",
            field="TypeOfEstablishment (code)",
            rule="part",
        )
    if rows.frame[CLOSED].null_count() == rows.frame.height:
        rows.log.add(
            [0],
            CLOSED,
            "part",
            "This list has no school that has closed, so what the number of one is "
            "will not be known.",
            "Download the register of all establishments, the closed ones among them.",
        )


def _find_day(file: str, frame: pl.DataFrame, request: LoadRequest) -> tuple[date, str]:
    """Find the day of the register: as said, else as named, else its latest change.

    A day that is still to come is a slip, and tells nothing.
    """
    if request.as_at is not None:
        said = request.as_at.isoformat()
        return request.as_at, f"The register's day is {said}, as you said."
    today = datetime.now(UTC).date()
    made = _named_day(file)
    if made is not None and made <= today:
        return made, f"The register's day, {made.isoformat()}, is in its name."
    if CHANGED in frame.columns:
        made = frame.filter(pl.col(CHANGED) <= today)[CHANGED].max()  # type: ignore[assignment]
        if made is not None:
            return made, (
                "The register's day was taken to be that of its latest change, "
                f"{made.isoformat()}."
            )
    raise RefusedFile(
        "Nothing says on which day this register was made.",
        "Keep the publisher's name of the file (edubasealldata20260901.csv), or say "
        "the day with --as-at YYYY-MM-DD.",
        rule="as-at",
    )


def _named_day(file: str) -> date | None:
    named = _NAMED.search(file)
    try:
        made = datetime.strptime(named[1], "%Y%m%d") if named else None  # noqa: DTZ007
    except ValueError:
        return None
    return made.date() if made else None
