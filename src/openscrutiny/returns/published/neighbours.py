"""Statistical neighbours: the ten authorities most like each one, under a model.

Two layouts are read: a line for each authority with SN1 to SN10 (DfE's workbook, and
the same as CSV), and a column for each authority with ten names below it. The model's
year stands in the file's name or is given with --year; it is the one thing that no
file says inside, and it is never guessed.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final, NoReturn

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import (
    AUTHORITY_NAMES,
    ENDED_AUTHORITIES,
    describe_ended,
    find_authority,
)
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.decoding import decode, decode_head
from openscrutiny.returns.published.areas import check_names
from openscrutiny.returns.published.neighbour_lists import (
    NeighbourList,
    read_columns,
    read_lines,
)
from openscrutiny.returns.published.text import (
    AGAIN,
    guarded,
    read_bytes,
    read_head,
    read_rows,
    split_headings,
)
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.workbooks import is_workbook, list_sheet_headings

_ZIP: Final = b"PK\x03\x04"
_WITHIN: Final = 8  # the heading stands among the first lines
_FEWEST: Final = 3  # columns that a table of columns has at least
_CODE: Final = frozenset({"lanum", "oldlacode", "lanumber"})
_ORDER: Final = frozenset(f"sn{number}" for number in range(1, 11))

Row = Sequence[str]


class NeighboursReader(FileReader):
    """Read one file of neighbours."""

    return_name = "neighbours"

    def recognise(self, source: SourceFile) -> str | None:
        try:
            head = read_head(source)
            if head.startswith(_ZIP):
                found = _is_neighbours_book(source)
            else:
                found = _is_neighbours_text(head)
        except RefusedFile:
            return None
        return "" if found else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source, request)


def _bare(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def _find_heading(rows: Sequence[Row]) -> int | None:
    """Find the line (from 0) that heads a table of lines."""
    for at, row in enumerate(rows[:_WITHIN]):
        bare = {_bare(cell) for cell in row}
        if bare & _CODE and bare >= _ORDER:
            return at
    return None


def _is_neighbours_book(source: SourceFile) -> bool:
    if not guarded(lambda: is_workbook(source)):
        return False
    sheets = guarded(lambda: list_sheet_headings(source)).values()
    return any(_find_heading(rows) is not None for rows in sheets)


def _is_neighbours_text(head: bytes) -> bool:
    lines = decode_head(head).splitlines()
    rows = [split_headings(line) for line in lines[:_WITHIN]]
    return _find_heading(rows) is not None or bool(rows and _heads_columns(rows[0]))


def _heads_columns(row: Row) -> bool:
    """Tell a heading line that is nothing but names of authorities."""
    names = [cell for cell in row if cell]
    return len(names) >= _FEWEST and all(find_authority(name) for name in names)


def _read(source: SourceFile, request: LoadRequest) -> Reading:
    model, inferred = _model_of(source, request)
    rows, problems = _all_rows(source)
    at = _find_heading([row for _, row in rows])
    if at is not None:
        headings = [_bare(cell) for cell in rows[at][1]]
        lists, more = read_lines(headings, rows[at + 1 :], source.name)
    elif rows and _heads_columns(rows[0][1]):
        lists, more = read_columns(rows[0][1], rows[1:], source.name)
    else:
        raise RefusedFile("The heading line of the neighbours is missing.", AGAIN)
    taken = [entry for entry in lists if entry.neighbours]
    if not taken:
        _refuse_all(more)
    return Reading(
        "neighbours",
        None,
        None,
        {"neighbours": _frame(taken, model)},
        len(lists),
        len(lists) - len(taken),
        problems=(*problems, *more, *_check(taken, source.name)),
        year=int(model),
        inferred=inferred,
    )


def _refuse_all(problems: Sequence[Problem]) -> NoReturn:
    """Refuse a file of which no list is taken, with what is wrong with the first."""
    if not problems:
        raise RefusedFile(
            "The file names no authority with ten neighbours.", AGAIN, rule="key"
        )
    first = problems[0]
    raise RefusedFile(
        f"No list of neighbours can be taken. The first: {first.message}",
        "Give each authority ten others, as three-digit numbers or by their names.",
        line=first.line,
        field=first.field,
        rule=first.rule,
    )


def _all_rows(source: SourceFile) -> tuple[list[tuple[int, Row]], list[Problem]]:
    """Give every row with its line from 1, and what is wrong with the text."""
    if read_head(source, 4) == _ZIP:
        book = guarded(lambda: list_sheet_headings(source, rows=None))
        for rows in book.values():
            if _find_heading(rows) is not None:
                return list(enumerate(rows, 1)), []
        raise RefusedFile("No sheet of the workbook holds neighbours.", AGAIN)
    text, problems = decode(read_bytes(source), source.name)
    found: list[tuple[int, Row]] = [
        (line, [cell.strip(" \t\u00a0") for cell in row])
        for line, row in read_rows(text)
    ]
    return found, problems


def _model_of(source: SourceFile, request: LoadRequest) -> tuple[str, str]:
    """Give the model's year and how it was found; RefusedFile where nothing says it."""
    name = PurePosixPath(source.name.replace("!", "/")).stem
    named = sorted(set(re.findall(r"(?<!\d)20\d\d(?!\d)", name)))
    if request.year is not None:
        asked = str(request.year)
        if named and asked not in named:
            raise RefusedFile(
                f"The file's name says {' and '.join(named)} and --year says {asked}: "
                "it is not certain which year's neighbour model this is.",
                "Load this file by itself without --year, or name it with that year.",
                rule="year",
            )
        return asked, ""
    if len(named) == 1:
        return named[0], "The model's year is in the file's name."
    raise RefusedFile(
        f"The file's name has more than one year ({', '.join(named)}), so nothing says "
        "which year's neighbour model this is."
        if named
        else "Nothing says which year's neighbour model this is.",
        "Say it with --year YYYY, or name the file with that one year.",
        rule="year",
    )


def _frame(lists: Sequence[NeighbourList], model: str) -> pl.DataFrame:
    rows = [
        (line, model, entry.area_code, position, code, closeness)
        for entry in lists
        for position, (line, code, closeness) in enumerate(entry.neighbours, 1)
    ]
    schema = {"line": pl.Int32(), **TABLES["neighbours"].columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _check(lists: Sequence[NeighbourList], file: str) -> list[Problem]:
    rows = pl.DataFrame(
        [(entry.line, entry.area_code, entry.area_name) for entry in lists],
        schema={"line": pl.Int32(), "area_code": pl.String(), "area_name": pl.String()},
        orient="row",
    )
    return [
        *check_names(rows, file, "LA Name"),
        *_tell_ended(lists, file),
        *_tell_unknown(lists, file),
    ]


def _tell_unknown(lists: Sequence[NeighbourList], file: str) -> list[Problem]:
    """Say which neighbours are numbers of no authority, nor of any that has a list."""
    known = {*AUTHORITY_NAMES, *(entry.area_code for entry in lists)}
    odd = {
        code: line
        for entry in reversed(lists)
        for line, code, _ in entry.neighbours
        if code not in known
    }
    return [
        Problem(
            file,
            line,
            "SN1 to SN10",
            "unknown",
            f"{code} is a neighbour and the number of no authority that is known. The "
            "list was taken; it counts as listed, and is available where a published "
            "table has it.",
            "Compare the number with the publication.",
        )
        for code, line in sorted(odd.items())
    ]


def _tell_ended(lists: Sequence[NeighbourList], file: str) -> list[Problem]:
    """Say which neighbours have ended; their lists stay, one neighbour the poorer.

    The lists of places that have ended themselves, which workbooks keep, tell nobody
    anything.
    """
    held: dict[str, list[int]] = {}
    for entry in lists:
        if entry.area_code in ENDED_AUTHORITIES:
            continue
        for line, code, _ in entry.neighbours:
            if code in ENDED_AUTHORITIES:
                held.setdefault(code, []).append(line)
    return [
        Problem(
            file,
            min(lines),
            "SN1 to SN10",
            "ended",
            f"{describe_ended(code)}, number {code}, is a neighbour in "
            f"{len(lines)} {'list' if len(lines) == 1 else 'lists'}. The lists were "
            "taken; it counts as listed and never as available.",
            "Nothing, if this is the model you want; a later model has no such place.",
        )
        for code, lines in sorted(held.items())
    ]
