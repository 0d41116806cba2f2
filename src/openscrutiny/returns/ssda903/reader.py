"""Read SSDA903, the yearly return on children looked after and care leavers.

It comes as a set of CSV files, one a table, or as one workbook with the tables as
sheets. Files are told apart by their headings. Neither form states its year or its
authority; both are found from the content or taken from the user.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zipfile import BadZipFile

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.returns import tabular
from openscrutiny.returns.cleaning import ProblemLog
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.ssda903.parts import PARTS, Part
from openscrutiny.returns.ssda903.rows import PartRows, read_part
from openscrutiny.returns.ssda903.year import find_year
from openscrutiny.returns.tabular import Headings, TextTable, upper_heading

__all__ = ["Ssda903Reader"]

WORKBOOK: Final = "workbook"
# The social worker table joined the return in 2024.
FIRST_YEAR_OF_SOCIAL_WORKERS: Final = 2024


@dataclass(frozen=True)
class _Answer:
    """Hold what is the same for all files of one return."""

    year: int
    authority: str
    inferred: str

    @property
    def period(self) -> tuple[date, date]:
        return date(self.year - 1, 4, 1), date(self.year, 3, 31)


class Ssda903Reader:
    """Read the CSV set and the workbook of SSDA903."""

    return_name = "ssda903"

    def recognise(self, source: SourceFile) -> str | None:
        """Name the table that a file is, or "workbook"; None if neither."""
        try:
            if tabular.is_workbook(source):
                sheets = tabular.list_sheet_headings(source, upper_heading)
                rows = [row for sheet in sheets.values() for row in sheet]
                return WORKBOOK if any(map(_find_part, rows)) else None
            head = source.head()
        except (OSError, OpenScrutinyError, BadZipFile):
            return None
        candidates = tabular.list_heading_candidates(head, upper_heading)
        return next((p.name for p in map(_find_part, candidates) if p), None)

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        """Read the files of one return; the year is found once for all of them."""
        workbooks = [source for name, source in sources if name == WORKBOOK]
        for source in workbooks:
            yield source, _read_workbook(source, request)
        yield from _read_csv_set([s for s in sources if s[0] != WORKBOOK], request)


def _find_part(headings: Headings) -> Part | None:
    """Find the table with these headings; the first that all its own stand in."""
    there = frozenset(headings)
    return next((part for part in PARTS.values() if part.told_by <= there), None)


def _is_heading(headings: Headings) -> bool:
    return _find_part(headings) is not None


def _part_of(table: TextTable) -> Part:
    """Get the part; there is one, since its heading row was chosen for naming one."""
    return next(p for p in PARTS.values() if p.told_by <= set(table.frame.columns))


# ---------------------------------------------------------------- CSV files


def _read_csv_set(
    sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
) -> Iterator[tuple[SourceFile, Reading | RefusedFile]]:
    texts: list[tuple[SourceFile, TextTable]] = []
    for _, source in sources:
        try:
            texts.append((source, tabular.read_csv(source, _is_heading, upper_heading)))
        except RefusedFile as refused:
            yield source, refused
    try:
        answer = _find_answer([table for _, table in texts], request)
    except RefusedFile as refused:
        yield from ((source, refused) for source, _ in texts)
        return
    for source, table in texts:
        try:
            yield source, _read_csv_part(source, table, answer)
        except RefusedFile as refused:
            yield source, refused


def _read_csv_part(source: SourceFile, table: TextTable, answer: _Answer) -> Reading:
    log = ProblemLog(source.name)
    rows = read_part(_part_of(table), table, log, answer.period)
    return _make_reading(
        rows.tables,
        [rows],
        answer,
        problems=(*table.problems, *log.problems()),
        unread=rows.unread,
    )


# ---------------------------------------------------------------- workbooks


def _read_workbook(source: SourceFile, request: LoadRequest) -> Reading | RefusedFile:
    try:
        tables, others = tabular.read_workbook(source, _is_heading, upper_heading)
        _refuse_twins(tables)
        answer = _find_answer(tables, request)
        results = [_read_sheet(source, table, answer) for table in tables]
    except RefusedFile as refused:
        return refused
    problems = [problem for _, found in results for problem in found]
    parts = [rows for rows, _ in results]
    names = sorted({name for rows in parts for name in rows.tables})
    unread = [rows.unread for rows in parts if rows.unread is not None]
    return _make_reading(
        {n: pl.concat([r.tables[n] for r in parts if n in r.tables]) for n in names},
        parts,
        answer,
        problems=(*_note_sheets(source, tables, others, answer.year), *problems),
        unread=pl.concat(unread) if unread else None,
    )


def _read_sheet(
    source: SourceFile, table: TextTable, answer: _Answer
) -> tuple[PartRows, list[Problem]]:
    name = f"{source.name}!{table.sheet}"
    log = ProblemLog(name)
    try:
        rows = read_part(_part_of(table), table, log, answer.period)
    except RefusedFile as refused:
        raise RefusedFile(
            f'Sheet "{table.sheet}": {refused.message}',
            refused.fix,
            line=refused.line,
            field=refused.field,
            rule=refused.rule,
        ) from None
    return rows.with_file(name), [*table.problems, *log.problems()]


def _refuse_twins(tables: Sequence[TextTable]) -> None:
    names = [_part_of(table).name for table in tables]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise RefusedFile(
            f"Two sheets of the workbook hold the same table ({', '.join(twins)}), "
            "so children would be counted twice.",
            "Remove the sheet that is out of date and load the workbook again.",
            rule="sheet",
        )


def _note_sheets(
    source: SourceFile, tables: Sequence[TextTable], others: Sequence[str], year: int
) -> list[Problem]:
    """Say which tables the workbook lacks, and which sheets were not read."""
    there = {_part_of(table).name for table in tables}
    missing = [
        name
        for name in PARTS
        if name not in there
        and (name != "sw_episodes" or year >= FIRST_YEAR_OF_SOCIAL_WORKERS)
    ]
    notes = []
    if missing:
        notes.append(
            Problem(
                source.name,
                0,
                "",
                "sheet",
                f"The workbook has no sheet for: {', '.join(missing)}. Figures that "
                "need them stay not available.",
                "Add the sheets and load the workbook again, if the council has them.",
            )
        )
    if others:
        notes.append(
            Problem(
                source.name,
                0,
                "",
                "sheet",
                "Sheets with values, but without headings of this return in their "
                f"first 20 rows, were not read: {len(others)} of them.",
                "Check that no table of the return stands there without its headings.",
            )
        )
    return notes


# ---------------------------------------------------------------- both


def _find_answer(tables: Sequence[TextTable], request: LoadRequest) -> _Answer:
    """Settle year and authority for all files of the return."""
    how = []
    year = request.year
    if year is None and tables:
        year, words = find_year([(_part_of(t).name, t.frame) for t in tables])
        how.append(f"Year {year}: {words}.")
    authority = request.authority or request.council or None
    if authority is None:
        raise RefusedFile(
            "This return does not say whose it is, and neither does the workspace.",
            "Say whose it is with --authority CODE.",
            rule="authority",
        )
    if not request.authority:
        how.append(f"Authority {authority}: the workspace's own.")
    return _Answer(year or 0, authority, " ".join(how))


def _make_reading(
    tables: dict[str, pl.DataFrame],
    parts: Sequence[PartRows],
    answer: _Answer,
    problems: tuple[Problem, ...],
    unread: pl.DataFrame | None,
) -> Reading:
    first, last = answer.period
    return Reading(
        return_name=Ssda903Reader.return_name,
        period_end=last,
        authority=answer.authority,
        tables=tables,
        rows_read=sum(part.rows_read for part in parts),
        rows_rejected=sum(part.rows_rejected for part in parts),
        covers={p.part.table: (first, last) for p in parts if p.part.covers},
        problems=problems,
        year=answer.year,
        inferred=answer.inferred,
        unread=unread,
    )
