"""Statistical neighbours: the ten authorities most like each one, under a model.

The model's year stands in the file's name or is given with --year; it is the one thing
that no file says inside, and it is never guessed.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.tabular import is_workbook, list_sheet_headings

__all__ = ["NeighboursReader"]

_WITHIN: Final = 8  # the heading stands among the first lines
_AGAIN: Final = "Download the neighbour file again and load it unchanged."
_FIRST = {"lanum", "oldlacode"}


def _bare(cell: Any) -> str:
    return re.sub(r"[^a-z0-9]", "", str(cell or "").lower())


def _is_heading(cells: Sequence[Any]) -> bool:
    bare = {_bare(cell) for cell in cells}
    return bool(bare & _FIRST) and {"sn1", "sn2", "sn10"} <= bare


class NeighboursReader:
    """Read one file of neighbours: LAIT's workbook, or the wide CSV."""

    return_name = "neighbours"

    def recognise(self, source: SourceFile) -> str | None:
        try:
            return "" if any(_is_heading(row) for row in _first_rows(source)) else None
        except RefusedFile:
            return None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        for _part, source in sources:
            try:
                yield source, _read(source, request)
            except RefusedFile as refused:
                yield source, refused


def _first_rows(source: SourceFile) -> list[Sequence[Any]]:
    if is_workbook(source):
        return [row for rows in list_sheet_headings(source).values() for row in rows]
    head = source.head(8192).decode("utf-8-sig", errors="replace")
    return [line.split(",") for line in head.splitlines()[:_WITHIN]]


def _all_rows(source: SourceFile) -> list[tuple[Any, ...]]:
    import io

    with source.open() as file:
        data = file.read()
    if is_workbook(source):
        import fastexcel

        sheet = fastexcel.read_excel(data).load_sheet(
            0, header_row=None, dtypes="string"
        )
        return list(sheet.to_polars().rows())
    import csv

    text = data.decode("utf-8-sig", errors="replace")
    return [tuple(row) for row in csv.reader(io.StringIO(text))]


def _read(source: SourceFile, request: LoadRequest) -> Reading:
    model = _model_of(source, request)
    rows = _all_rows(source)
    at = next(i for i, row in enumerate(rows) if _is_heading(row))
    columns = [_bare(cell) for cell in rows[at]]
    code_at = next(i for i, name in enumerate(columns) if name in _FIRST)
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    read = rejected = 0
    for line, row in enumerate(rows[at + 1 :], start=at + 2):
        if not any(cell not in (None, "") for cell in row):
            continue
        read += 1
        code = _code(row[code_at])
        named = _neighbours_of(row, columns)
        if not code or not named:
            rejected += 1
            problems.append(
                Problem(
                    source.name,
                    line,
                    "LA number",
                    "key",
                    "This line names no authority with neighbours.",
                    _AGAIN,
                )
            )
            continue
        for position, (neighbour, closeness) in enumerate(named, start=1):
            found.append(
                {
                    "line": line,
                    "model": model,
                    "area_code": code,
                    "position": position,
                    "neighbour_code": neighbour,
                    "closeness": closeness,
                }
            )
    frame = pl.DataFrame(
        found,
        schema={
            "line": pl.Int32(),
            "model": pl.String(),
            "area_code": pl.String(),
            "position": pl.Int32(),
            "neighbour_code": pl.String(),
            "closeness": pl.String(),
        },
    )
    return Reading(
        "neighbours",
        None,
        None,
        {"neighbours": frame},
        read,
        rejected,
        problems=tuple(problems),
        year=int(model),
        inferred="The model's year is in the file's name."
        if request.year is None
        else "",
    )


def _model_of(source: SourceFile, request: LoadRequest) -> str:
    if request.year is not None:
        return str(request.year)
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", PurePosixPath(source.name).stem)
    if len(set(years)) != 1:
        raise RefusedFile(
            "Nothing says which year's neighbour model this is.",
            "Say it with --year YYYY, or name the file with that one year.",
            rule="year",
        )
    return years[0]


def _code(cell: Any) -> str:
    text = str(cell or "").strip().removesuffix(".0")
    return text if len(text) == 3 and text.isdigit() else ""


def _neighbours_of(row: Sequence[Any], columns: list[str]) -> list[tuple[str, str]]:
    """Give code and closeness of SN1 to SN10; the closeness stands to the right."""
    named = []
    for number in range(1, 11):
        at = columns.index(f"sn{number}")
        code = _code(row[at])
        if not code:
            return []
        closeness = row[at + 1] if at + 1 < len(row) else ""
        named.append((code, str(closeness or "").strip()))
    return named
