"""Workbooks read as a screen reader meets them, and what is wrong with them.

The rules are those of the Government Analysis Function's checklist for accessible
spreadsheets, read from the files alone: nothing of the product is asked.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

Value = str | float
_SIGN = re.compile(r"\[[a-z]+\]")
_NUMBER_AS_TEXT = re.compile(r"-?[\d,]*\.?\d+%?")
_NAMES_OF_TIME = ("Year", "Period")  # whose text may be a number


@dataclass
class Sheet:
    """Hold one sheet: cells by (row, column) from 0, and how it is marked."""

    name: str
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)  # to which sheet
    tables: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    title_style: str = ""
    marks: list[str] = field(default_factory=list)  # what no sheet may have

    def row(self, number: int) -> dict[int, Value]:
        return {c: v for (r, c), v in self.cells.items() if r == number}

    def grid(self) -> list[list[Value]]:
        """Give the cells of its table, the headings first."""
        [(_, top, left, bottom, right)] = self.tables
        return [
            [self.cells.get((r, c), "") for c in range(left, right + 1)]
            for r in range(top, bottom + 1)
        ]


@dataclass
class Book:
    """Hold a workbook, its properties, and the names and sizes of its fonts."""

    sheets: list[Sheet]
    title: str
    language: str
    fonts: set[tuple[str, float]]
    faults: list[str]

    def sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)


def read_book(content: bytes) -> Book:
    """Read a workbook of either kind."""
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    return read_ods(content) if "mimetype" in names else read_xlsx(content)


# ---------- The rules ----------


def faults_of_workbook(content: bytes) -> list[str]:
    """List what is against the checklist, each with its sheet."""
    book = read_book(content)
    faults = list(book.faults)
    if not book.title:
        faults.append("the file has no title")
    if book.language != "en-GB":
        faults.append(f"the language is {book.language or 'not stated'}")
    faults += [f"{n} {s} points" for n, s in book.fonts if n != "Arial" or s < 12]
    names = [sheet.name for sheet in book.sheets]
    if names[:2] != ["Cover", "Notes"]:
        faults.append(f"it begins with {names[:2]}")
    faults += [f"{n} is a name twice" for n, c in Counter(names).items() if c > 1]
    tables = Counter(table[0] for sheet in book.sheets for table in sheet.tables)
    faults += [f"{n} is a table twice" for n, c in tables.items() if c > 1]
    listed = set(book.sheets[0].links.values())
    faults += [f"{n} is not in the contents" for n in names[1:] if n not in listed]
    faults += [f"the contents lead to {name}" for name in listed - set(names)]
    explained = {str(row[0]) for row in book.sheet("Notes").grid()}
    for sheet in book.sheets:
        faults += [f"{sheet.name}: {fault}" for fault in _faults(sheet, explained)]
    return faults


def _faults(sheet: Sheet, explained: set[str]) -> Iterator[str]:
    if not re.fullmatch(r"[^\[\]:*?/\\]{3,31}", sheet.name) or "Sheet" in sheet.name:
        yield "its name says nothing"
    if sheet.title_style != "Heading 1":
        yield f"its title is {sheet.title_style or 'plain'}"
    yield from sheet.marks
    if len(sheet.tables) != 1:
        yield f"it has {len(sheet.tables)} tables"
        return
    _, top, left, bottom, _ = sheet.tables[0]
    if left != 0 or bottom <= top:
        yield "its table does not begin in column A, or is empty"
    for row in range(top):
        held = sheet.row(row)
        if list(held) != [0] or not isinstance(held.get(0), str) or not held[0]:
            yield f"row {row + 1} above the table is not one line of words in A"
    if "table" not in str(sheet.cells.get((1, 0), "")):
        yield "A2 does not say what it holds"
    if any(row > bottom for row, _ in sheet.cells):
        yield "something stands below its table"
    yield from _faults_of_table(sheet.grid(), _lines(sheet, top), explained)


def _lines(sheet: Sheet, top: int) -> str:
    return " ".join(str(sheet.cells.get((row, 0), "")) for row in range(top))


def _faults_of_table(
    grid: list[list[Value]], lines: str, explained: set[str]
) -> Iterator[str]:
    heads, *rows = grid
    for head, count in Counter(heads).items():
        if not isinstance(head, str) or not head.strip() or count > 1:
            yield f"heading {head!r} is no text, empty or twice"
    for at, row in enumerate(rows, 1):
        for head, cell in zip(heads, row, strict=True):
            if cell == "" or (isinstance(cell, str) and not cell.strip()):
                yield f"row {at} of the table has nothing under {head}"
            elif isinstance(cell, str) and _is_number(cell, str(head)):
                yield f"row {at} has the number {cell} as text under {head}"
    for sign in {c for row in rows for c in row if _is_sign(c)}:
        if str(sign) not in explained:
            yield f"{sign} is not in the notes"
        elif str(sign) not in lines and heads[0] != "Note":
            yield f"{sign} is not explained above the table"


def _is_sign(cell: Value) -> bool:
    return isinstance(cell, str) and bool(_SIGN.fullmatch(cell))


def _is_number(cell: str, head: str) -> bool:
    return bool(_NUMBER_AS_TEXT.fullmatch(cell)) and head not in _NAMES_OF_TIME


# ---------- Excel ----------

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read_xlsx(content: bytes) -> Book:
    """Read an Excel workbook by its parts."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    shared = [
        "".join(t.text or "" for t in item.iter(f"{_X}t"))
        for item in _parse(archive, "xl/sharedStrings.xml")
    ]
    styles = _parse(archive, "xl/styles.xml")
    named = _styles_of_cells(styles)
    workbook = _parse(archive, "xl/workbook.xml")
    sheets = []
    rels = _relations(archive, "xl/workbook.xml")
    for item in workbook.iter(f"{_X}sheet"):
        path = rels[item.get(f"{_R}id")]
        sheet = _read_sheet(archive, path, item.get("name"), shared, named)
        if item.get("state", "visible") != "visible":
            sheet.marks.append("it is hidden")
        sheets.append(sheet)
    core = _parse(archive, "docProps/core.xml")
    faults = [f"it holds {n}" for n in names if n.endswith(".bin") or "/media/" in n]
    faults += ["names are defined"] if workbook.find(f"{_X}definedNames") else []
    for name in names:
        if name.startswith("xl/drawings/drawing"):
            drawn = _parse(archive, name)
            frames = [e for e in drawn.iter() if str(e.tag).endswith("}cNvPr")]
            faults += [f"{name} has no words" for e in frames if not e.get("descr")]
    fonts = {
        (f.find(f"{_X}name").get("val"), float(f.find(f"{_X}sz").get("val")))
        for f in styles.iter(f"{_X}font")
    }
    return Book(sheets, _told(core, "title"), _told(core, "language"), fonts, faults)


def _styles_of_cells(styles: etree._Element) -> list[str]:
    """Give the name of each cell format's style."""
    names = {s.get("xfId"): s.get("name") for s in styles.iter(f"{_X}cellStyle")}
    [cells] = styles.iter(f"{_X}cellXfs")
    return [names.get(xf.get("xfId"), "") for xf in cells]


def _read_sheet(
    archive: zipfile.ZipFile, path: str, name: str, shared: list[str], named: list[str]
) -> Sheet:
    sheet, root = Sheet(name), _parse(archive, path)
    for cell in root.iter(f"{_X}c"):
        value = cell.find(f"{_X}v")
        place = _place(cell.get("r"))
        if value is None:
            continue
        text = value.text or ""
        sheet.cells[place] = shared[int(text)] if cell.get("t") == "s" else float(text)
        if place == (0, 0):
            sheet.title_style = named[int(cell.get("s", "0"))]
    for link in root.iter(f"{_X}hyperlink"):
        sheet.links[_place(link.get("ref"))] = (
            link.get("location").split("!")[0].strip("'")
        )
    for tag, fault in (
        ("mergeCell", "cells are merged"),
        ("pane", "a pane is frozen"),
        ("autoFilter", "it is filtered"),
    ):
        if next(root.iter(f"{_X}{tag}"), None) is not None:
            sheet.marks.append(fault)
    if any(
        e.get("hidden") == "1"
        for tag in ("row", "col")
        for e in root.iter(f"{_X}{tag}")
    ):
        sheet.marks.append("a row or column is hidden")
    relations = _relations(archive, path)
    for part in root.iter(f"{_X}tablePart"):
        table = _parse(archive, relations[part.get(f"{_R}id")])
        start, end = (_place(ref) for ref in table.get("ref").split(":"))
        sheet.tables.append((table.get("displayName"), *start, *end))
        if table.find(f"{_X}autoFilter") is not None:
            sheet.marks.append("its table is filtered")
        if table.get("headerRowCount", "1") != "1":
            sheet.marks.append("its table has no headings")
    return sheet


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    folder, name = posixpath.split(path)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in archive.namelist():
        return {}
    return {
        e.get("Id"): posixpath.normpath(posixpath.join(folder, e.get("Target")))
        for e in _parse(archive, rels)
    }


def _place(ref: str) -> tuple[int, int]:
    """Read a place: "B3" is (2, 1)."""
    found = re.match(r"\$?([A-Z]+)\$?(\d+)", ref)
    assert found is not None, ref
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


# ---------- OpenDocument ----------

_O = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE = (_O % n for n in ("table", "text", "office", "style"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"


def read_ods(content: bytes) -> Book:
    """Read an OpenDocument spreadsheet by its parts."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    first = archive.infolist()[0]
    faults = []
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        faults.append("its kind is not the first thing in the file")
    listed = {
        e.get(f"{_O % 'manifest'}full-path")
        for e in _parse(archive, "META-INF/manifest.xml")
    }
    held = {
        n for n in archive.namelist() if n not in ("mimetype", "META-INF/manifest.xml")
    }
    if listed - {"/"} != held:
        faults.append(f"its manifest lists {listed}, not {held}")
    meta, body = _parse(archive, "meta.xml"), _parse(archive, "content.xml")
    styles = _parse(archive, "styles.xml")
    names = {
        s.get(f"{_STYLE}name"): s.get(f"{_STYLE}display-name")
        for s in styles.iter(f"{_STYLE}style")
    }
    sheets = [_read_table(t, names) for t in body.iter(f"{_TABLE}table")]
    by_name = {sheet.name: sheet for sheet in sheets}
    for marked in body.iter(f"{_TABLE}database-range"):
        start, end = marked.get(f"{_TABLE}target-range-address").split(":")
        sheet = by_name[start.rpartition(".")[0].strip("'")]
        (top, left), (bottom, right) = (
            _place(e.rpartition(".")[2]) for e in (start, end)
        )
        sheet.tables.append((marked.get(f"{_TABLE}name"), top, left, bottom, right))
        if marked.get(f"{_TABLE}display-filter-buttons") == "true":
            sheet.marks.append("its table is filtered")
        if marked.get(f"{_TABLE}contains-header") != "true":
            sheet.marks.append("its table has no headings")
    fonts = {
        (
            t.get(f"{_FO}font-family", "Arial"),
            float(t.get(f"{_FO}font-size", "12pt").removesuffix("pt")),
        )
        for root in (styles, body)
        for t in root.iter(f"{_STYLE}text-properties")
    }
    return Book(sheets, _told(meta, "title"), _told(meta, "language"), fonts, faults)


def _read_table(table: etree._Element, names: dict[str, str]) -> Sheet:
    sheet = Sheet(table.get(f"{_TABLE}name"))
    for at, row in enumerate(table.iter(f"{_TABLE}table-row")):
        for across, cell in enumerate(row):
            value = cell.get(f"{_OFFICE}value")
            said = " ".join("".join(p.itertext()) for p in cell.iter(f"{_TEXT}p"))
            sheet.cells[at, across] = float(value) if value else said
            for link in cell.iter(f"{_TEXT}a"):
                target = link.get(_LINK).lstrip("#").rpartition(".")[0]
                sheet.links[at, across] = target.strip("'")
            if at == across == 0:
                sheet.title_style = names.get(cell.get(f"{_TABLE}style-name"), "")
    for element in table.iter():
        if any("spanned" in k or "repeated" in k for k in element.attrib):
            sheet.marks.append("cells are merged or repeated")
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            sheet.marks.append("a row or column is hidden")
        if element.tag == f"{_TABLE}covered-table-cell":
            sheet.marks.append("cells are merged")
    return sheet


def _told(root: etree._Element, name: str) -> str:
    found = root.find(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
    return (found.text or "") if found is not None else ""


def _parse(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(name))
