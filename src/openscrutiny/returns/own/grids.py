"""A sheet as a reader sees it: its cells as text, and what a cell's look tells.

A workbook keeps 27% as 0.27 with a look, and an error as no value at all: both are read
from the sheet's own XML, so that neither is lost. Rows and columns count from 1.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.decoding import decode, read_bytes
from openscrutiny.returns.limits import MAX_TEXT_BYTES
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.workbooks import is_workbook, load_sheet, open_workbook
from openscrutiny.spreadsheets import name_column

Place = tuple[int, int]
_NS: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN_PERCENT: Final = frozenset({9, 10})
_MOST_CELLS: Final = 2_000_000


@dataclass(frozen=True)
class Grid:
    """Hold one sheet. `merged` are ranges (first row, first column, last row, last column)."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    percent: frozenset[Place] = frozenset()
    errors: frozenset[Place] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    others_hidden: tuple[str, ...] = field(default=())

    @property
    def height(self) -> int:
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def at(self, row: int, column: int) -> str:
        """Give a cell's text, trimmed; "" beyond the sheet."""
        if not 1 <= row <= self.height:
            return ""
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else ""

    @cached_property
    def _spread(self) -> dict[Place, str]:
        """Give every cell of a merged range the text of its first."""
        found = {}
        for top, left, bottom, right in self.merged:
            text = self.at(top, left)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = text
        return found

    def heading(self, row: int, column: int) -> str:
        """Give a heading's text, that of its merged range where it lies in one."""
        return self._spread.get((row, column)) or self.at(row, column)

    def headings(self, rows: Sequence[int], column: int) -> list[str]:
        """Give a column's headings, the top one first."""
        return [self.heading(row, column) for row in rows]


def name_cell(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does.

    >>> name_cell(12, 6)
    'F12'
    """
    return f"{name_column(column)}{row}"


def read_grids(source: SourceFile) -> tuple[Grid, ...]:
    """Read every sheet of a workbook, or a CSV file as one sheet without a name.

    Raises RefusedFile where it cannot be read.
    """
    memo = getattr(source, "memo", None)
    if memo is not None and "grids" in memo:
        kept: tuple[Grid, ...] = memo["grids"]
        return kept
    grids = _read_workbook(source) if is_workbook(source) else (_read_csv(source),)
    if memo is not None:
        memo["grids"] = grids
    return grids


def _read_csv(source: SourceFile) -> Grid:
    text, _ = decode(read_bytes(source), source.name)
    try:
        rows = tuple(
            tuple(_tidy(cell) for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""))
        )
    except csv.Error:
        raise RefusedFile(
            "A quotation mark is out of place or never closed.",
            "Export the file again.",
            rule="quotation",
        ) from None
    _check_size(sum(map(len, rows)))
    return Grid("", rows)


def _read_workbook(source: SourceFile) -> tuple[Grid, ...]:
    book = open_workbook(source)
    marks = _read_marks(read_bytes(source, MAX_TEXT_BYTES))
    hidden = tuple(name for name, mark in marks.items() if mark.is_hidden)
    grids = []
    for name in book.sheet_names:
        frame = load_sheet(book, name)
        _check_size(frame.height * frame.width)
        rows = tuple(tuple(_tidy(cell) for cell in row) for row in frame.iter_rows())
        mark = marks.get(name, Grid(name, ()))
        grids.append(
            Grid(
                name,
                rows,
                mark.percent,
                mark.errors,
                mark.merged,
                mark.hidden_rows,
                mark.hidden_columns,
                mark.is_hidden,
                tuple(each for each in hidden if each != name),
            )
        )
    return tuple(grids)


def _check_size(cells: int) -> None:
    if cells > _MOST_CELLS:
        raise RefusedFile(
            "The sheet has more than two million cells, more than any scorecard.",
            "Check that it is the right file.",
        )


def _tidy(cell: str | None) -> str:
    return " ".join((cell or "").replace("\u00a0", " ").split())


# ---------------------------------------------------------------- what a cell's look tells


def _read_marks(raw: bytes) -> dict[str, Grid]:
    """Read of each sheet, by name, which cells are percentages, errors, merged or hidden."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)

    def parse(archive: zipfile.ZipFile, name: str) -> "etree._Element | None":
        if name not in archive.namelist():
            return None
        return etree.fromstring(archive.read(name), parser)

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            book = parse(archive, "xl/workbook.xml")
            links = parse(archive, "xl/_rels/workbook.xml.rels")
            if book is None or links is None:
                return {}
            paths = {each.get("Id"): each.get("Target", "") for each in links}
            styles = _percent_styles(parse(archive, "xl/styles.xml"))
            found = {}
            for each in book.iter(f"{_NS}sheet"):
                target = paths.get(each.get(_REL), "").lstrip("/")
                path = target if target.startswith("xl/") else f"xl/{target}"
                sheet = parse(archive, path)
                hidden = each.get("state", "visible") != "visible"
                name = each.get("name", "")
                found[name] = _mark(name, sheet, styles, hidden=hidden)
            return found
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError):
        raise RefusedFile(
            "The workbook cannot be opened: it is damaged.",
            "Open it in a spreadsheet program, save it as .xlsx, and load it again.",
            rule="workbook",
        ) from None


def _percent_styles(styles: "object | None") -> frozenset[str]:
    """Name the styles of cells that show a fraction as a percentage."""
    if styles is None:
        return frozenset()
    tree = styles
    own = {
        each.get("numFmtId")
        for each in tree.iter(f"{_NS}numFmt")  # type: ignore[attr-defined]
        if "%" in re.sub(r'"[^"]*"|\\.', "", each.get("formatCode", ""))
    }
    cells = tree.find(f"{_NS}cellXfs")  # type: ignore[attr-defined]
    formats = [] if cells is None else [each.get("numFmtId", "0") for each in cells]
    built_in = {str(number) for number in _BUILT_IN_PERCENT}
    return frozenset(
        str(at) for at, each in enumerate(formats) if each in own | built_in
    )


def _mark(
    name: str, sheet: "object | None", styles: frozenset[str], *, hidden: bool
) -> Grid:
    if sheet is None:
        return Grid(name, (), is_hidden=hidden)
    tree = sheet
    percent, errors = set(), set()
    for cell in tree.iter(f"{_NS}c"):  # type: ignore[attr-defined]
        kind, style = cell.get("t", "n"), cell.get("s")
        if kind == "e":
            errors.add(_place(cell.get("r", "")))
        elif kind == "n" and style in styles:
            percent.add(_place(cell.get("r", "")))
    rows = {
        int(each.get("r", "0"))
        for each in tree.iter(f"{_NS}row")  # type: ignore[attr-defined]
        if each.get("hidden") in ("1", "true")
    }
    columns: set[int] = set()
    for each in tree.iter(f"{_NS}col"):  # type: ignore[attr-defined]
        if each.get("hidden") in ("1", "true"):
            first, last = int(each.get("min", "1")), int(each.get("max", "1"))
            columns.update(range(first, min(last, first + 1000) + 1))
    merged = tuple(
        (*_place(first), *_place(last or first))
        for each in tree.iter(f"{_NS}mergeCell")  # type: ignore[attr-defined]
        for first, _, last in [each.get("ref", "").partition(":")]
    )
    return Grid(
        name,
        (),
        frozenset(percent),
        frozenset(errors),
        merged[:10_000],
        frozenset(rows),
        frozenset(columns),
        hidden,
    )


def _place(reference: str) -> Place:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
