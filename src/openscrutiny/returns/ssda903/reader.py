"""Read SSDA903, the yearly return on children looked after and care leavers.

It comes as a set of CSV files, one a table, as one workbook with the tables as sheets,
or as one XML file. Files are told apart by their headings. No form states its year or
its authority; both are found from the content or taken from the user.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final
from zipfile import BadZipFile

import polars as pl

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.layouts.layout import Layout, find_layout
from openscrutiny.layouts.ssda903 import FIRST_YEARS, TABLES
from openscrutiny.periods import format_date
from openscrutiny.returns import tabular, workbooks
from openscrutiny.returns.day_order import settle_tables
from openscrutiny.returns.headings import upper_heading
from openscrutiny.returns.owners import Owner, find_owner
from openscrutiny.returns.problem_log import ProblemLog
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.ssda903.children import (
    find_births,
    find_care,
    match_children,
    note_adults,
)
from openscrutiny.returns.ssda903.rows import PartRows, read_part
from openscrutiny.returns.ssda903.xml import looks_like_ssda903, read_xml
from openscrutiny.returns.ssda903.year import find_quiet_end, find_year
from openscrutiny.returns.tabular import Headings, TextTable

__all__ = ["Ssda903Reader"]

WORKBOOK: Final = "workbook"
XML: Final = ""  # one file that is the whole return
# Headings that a table has in common with a part, to be taken for it with one amiss.
_FEWEST_ALIKE: Final = 3
_MOST: Final = 0.6
# And what other returns call their columns too.
_ANYBODYS: Final = frozenset({"SEX", "DOB", "UPN"})


@dataclass(frozen=True)
class _Answer:
    """Hold what is the same for all files of one return."""

    year: int
    authority: str
    inferred: str
    made: date | None = None  # the day on which it was made, where the user said
    quiet: date | None = (
        None  # its latest event, where it was made before the year's end
    )

    @property
    def period(self) -> tuple[date, date]:
        return date(self.year - 1, 4, 1), date(self.year, 3, 31)

    @property
    def last(self) -> date:
        """Give the last day that it covers."""
        return min(self.period[1], self.made or self.quiet or self.period[1])


@dataclass(frozen=True)
class _Beside:
    """Hold the tables of a return that say who and what the lines of others are of."""

    header: TextTable | None
    episodes: TextTable | None


class Ssda903Reader:
    """Read the CSV set, the workbook and the XML of SSDA903."""

    return_name = "ssda903"

    def recognise(self, source: SourceFile) -> str | None:
        """Name the table that a file is, "workbook", or "" for XML; None if none."""
        try:
            if workbooks.is_workbook(source):
                sheets = workbooks.list_sheet_headings(source, upper_heading)
                rows = [row for sheet in sheets.values() for row in sheet]
                return WORKBOOK if any(map(_find_part, rows)) else None
            head = source.head()
        except (OSError, OpenScrutinyError, BadZipFile):
            return None
        if looks_like_ssda903(head):
            return XML
        candidates = tabular.list_heading_candidates(head, upper_heading)
        return next((p.name for p in map(_find_part, candidates) if p), None)

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        """Read the files of one return; the year is found once for all of them."""
        for name, source in sources:
            if name in (WORKBOOK, XML):
                yield source, _read_in_one(source, request, is_xml=name == XML)
        whole = (WORKBOOK, XML)
        yield from _read_csv_set([s for s in sources if s[0] not in whole], request)

    def find_own_year(self, source: SourceFile) -> int | None:
        """Date one CSV file by its own rows; None where they do not say."""
        table = tabular.read_csv(source, _is_heading, upper_heading)
        try:
            return find_year([(_part_of(table).name, table.frame)])[0]
        except RefusedFile:
            return None


def _find_part(headings: Iterable[str]) -> Layout | None:
    """Find the table with these headings; the first that all its own stand in.

    A table that has most of one's headings is taken for it too, so that reading can
    say which heading is missing or misspelt.
    """
    there = frozenset(headings)
    near = (part for part in TABLES.values() if _is_near(part, there))
    return find_layout(TABLES.values(), there) or next(near, None)


def _is_near(part: Layout, there: frozenset[str]) -> bool:
    """Tell a table that has most headings of a part, and enough of this return's own."""
    alike = there & {*part.needed}
    own = alike if "CHILD" in alike else alike - _ANYBODYS
    return len(own) >= _FEWEST_ALIKE and len(alike) >= _MOST * len(part.needed)


def _is_heading(headings: Headings) -> bool:
    return _find_part(headings) is not None


def _part_of(table: TextTable) -> Layout:
    """Get the part; there is one, since its heading row was chosen for naming one."""
    part = _find_part(set(table.frame.columns) - {"line"})
    assert part is not None, table.sheet
    return part


# ---------------------------------------------------------------- CSV files


def _read_csv_set(
    sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
) -> Iterator[tuple[SourceFile, Reading | RefusedFile]]:
    texts: list[tuple[SourceFile, TextTable]] = []
    unread: list[str] = []
    for name, source in sources:
        try:
            texts.append((source, tabular.read_csv(source, _is_heading, upper_heading)))
        except RefusedFile as refused:
            unread.append(name)
            yield source, refused
    texts, owner, foreign = _check_owners(texts, request)
    yield from foreign
    settled = settle_tables(
        [(one.name, _part_of(table), table) for one, table in texts]
    )
    texts = [(one, table) for (one, _), table in zip(texts, settled, strict=True)]
    try:
        answer = _find_answer([table for _, table in texts], request, owner, unread)
    except RefusedFile as refused:
        yield from ((source, refused) for source, _ in texts)
        return
    beside = _find_beside([table for _, table in texts])
    for source, table in texts:
        try:
            rows, problems = _read_table(source.name, table, answer, beside)
            yield source, _make_reading([rows], answer, problems)
        except RefusedFile as refused:
            yield source, refused


def _check_owners(
    texts: Sequence[tuple[SourceFile, TextTable]], request: LoadRequest
) -> tuple[
    list[tuple[SourceFile, TextTable]], Owner, list[tuple[SourceFile, RefusedFile]]
]:
    """Take out files that say they are another authority's, or several ones'."""
    wanted = request.authority or request.council
    kept, foreign, owner = [], [], Owner()
    for source, table in texts:
        try:
            found = find_owner(table.frame, wanted)
        except RefusedFile as refused:
            foreign.append((source, refused))
            continue
        kept.append((source, table))
        owner = owner.or_else(found)
    return kept, owner, foreign


# ------------------------------------------------- workbooks, and XML


def _read_in_one(
    source: SourceFile, request: LoadRequest, *, is_xml: bool
) -> Reading | RefusedFile:
    """Read one file that holds all tables of the return."""
    wanted = request.authority or request.council
    others: Sequence[str] = ()
    try:
        if is_xml:
            tables: Sequence[TextTable] = read_xml(source)
        else:
            found, others = workbooks.read_workbook(source, _is_heading, upper_heading)
            tables = _without_twins(source, found)
        tables = settle_tables(
            [(f"{source.name}!{one.sheet}", _part_of(one), one) for one in tables]
        )
        owner = Owner()
        for table in tables:
            owner = owner.or_else(find_owner(table.frame, wanted))
        answer = _find_answer(tables, request, owner)
        beside = _find_beside(tables)
        results = [_read_sheet(source, table, answer, beside) for table in tables]
    except RefusedFile as refused:
        return refused
    notes: list[Problem] = []
    if not is_xml:
        notes += workbooks.note_hidden(source, [table.sheet for table in tables])
        notes += _note_sheets(source, tables, others, answer.year)
    problems = [problem for _, found in results for problem in found]
    return _make_reading([rows for rows, _ in results], answer, [*notes, *problems])


def _read_sheet(
    source: SourceFile, table: TextTable, answer: _Answer, beside: _Beside
) -> tuple[PartRows, list[Problem]]:
    name = f"{source.name}!{table.sheet}"
    try:
        rows, problems = _read_table(name, table, answer, beside)
    except RefusedFile as refused:
        raise RefusedFile(
            f'Sheet "{table.sheet}": {refused.message}',
            refused.fix,
            line=refused.line,
            field=refused.field,
            rule=refused.rule,
        ) from None
    return rows.with_file(name), problems


def _without_twins(source: SourceFile, tables: Sequence[TextTable]) -> list[TextTable]:
    """Leave out empty copies of a table; refused where two sheets have its rows."""
    found: dict[str, TextTable] = {}
    for table in tables:
        name = _part_of(table).name
        other = found.get(name)
        if other is not None and not table.frame.height:
            continue
        if other is not None and other.frame.height:
            names = [other.sheet, table.sheet]
            workbooks.refuse_twin_sheets(source, name, names)
        found[name] = table
    return list(found.values())


def _note_sheets(
    source: SourceFile, tables: Sequence[TextTable], others: Sequence[str], year: int
) -> list[Problem]:
    """Say which tables the workbook lacks, and which sheets were not read."""
    there = {_part_of(table).name for table in tables}
    missing = [
        name
        for name in TABLES
        if name not in there and year >= FIRST_YEARS.get(name, year)
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


def _find_answer(
    tables: Sequence[TextTable],
    request: LoadRequest,
    owner: Owner,
    unread: Sequence[str] = (),
) -> _Answer:
    """Settle year and authority for all files of the return.

    `unread` are the parts beside them whose files could not be read.
    """
    how = []
    year = request.year
    if year is None and tables:
        parts = [(_part_of(t).name, t.frame) for t in tables]
        year, words = find_year(parts, unread)
        how.append(f"Year {year}: {words}.")
    if year is not None and owner.year not in (None, year):
        raise RefusedFile(
            f"A column of this return says that it is of {owner.year}, and "
            f"{'you said' if request.year else 'its dates say'} {year}.",
            "Load the lines of one year alone, or give that year with --year.",
            rule="year",
        )
    authority = request.authority or request.council or owner.authority
    if not authority:
        raise RefusedFile(
            "This return does not say whose it is, and neither does the workspace.",
            "Say whose it is with --authority CODE.",
            rule="authority",
        )
    if not request.authority:
        whose = "the workspace's own" if request.council else "a column of it says so"
        how.append(f"Authority {authority}: {whose}.")
    answer = _Answer(year or 0, authority, " ".join(how), request.as_at)
    if year and request.as_at is None:
        answer = _until_quiet(answer, tables)
    if request.as_at is not None and request.as_at < answer.period[0]:
        raise RefusedFile(
            "It cannot have been made before its year began, as --as-at says.",
            "Give the day on which it was exported, or leave --as-at out.",
            rule="as-at",
        )
    return answer


def _until_quiet(answer: _Answer, tables: Sequence[TextTable]) -> _Answer:
    """End the days covered with the latest event, where the year was not over."""
    texts = [(_part_of(table).name, table.frame) for table in tables]
    quiet = find_quiet_end(texts, *answer.period)
    if quiet is None:
        return answer
    told = (
        f"{answer.inferred} It covers no day after {format_date(quiet)}: its events end "
        "there, too many of them for a quiet end of the year (give --as-at, the day on "
        "which it was made, if they do not)."
    )
    return replace(answer, quiet=quiet, inferred=told.strip())


def _find_beside(tables: Sequence[TextTable]) -> _Beside:
    named = {_part_of(table).name: table for table in tables}
    return _Beside(named.get("header"), named.get("episodes"))


def _read_table(
    name: str, table: TextTable, answer: _Answer, beside: _Beside
) -> tuple[PartRows, list[Problem]]:
    """Read one table, its children held against the header; `name` is its place."""
    part, log, header = _part_of(table), ProblemLog(name), beside.header
    described = part.name == "episodes"
    table, findings = match_children(header, table, name, described=described)
    care = find_care(header, beside.episodes) if part.name == "missing" else None
    rows = read_part(part, table, log, answer.period, find_births(header), care)
    if described:
        note_adults(header, table, log, answer.last)
    return rows, [*table.problems, *findings, *log.problems()]


def _make_reading(
    parts: Sequence[PartRows], answer: _Answer, problems: Sequence[Problem]
) -> Reading:
    names = sorted({name for rows in parts for name in rows.tables})
    unread = [rows.unread for rows in parts if rows.unread is not None]
    first, last = answer.period
    return Reading(
        return_name=Ssda903Reader.return_name,
        period_end=last,
        authority=answer.authority,
        tables={
            name: pl.concat([r.tables[name] for r in parts if name in r.tables])
            for name in names
        },
        rows_read=sum(part.rows_read for part in parts),
        rows_rejected=sum(part.rows_rejected for part in parts),
        covers={name: (first, answer.last) for p in parts for name in p.covers},
        problems=tuple(problems),
        year=answer.year,
        inferred=answer.inferred,
        unread=pl.concat(unread) if unread else None,
        gaps=tuple(part.gap for part in parts),
        made_at=datetime.combine(answer.made, time.min) if answer.made else None,
    )
