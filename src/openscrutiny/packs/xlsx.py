"""The workbook as an Excel file: what book.py holds, with named tables and styles.

A colour is a word first, and a fill beside it. No pane is frozen and nothing filtered:
the checklist advises against both, and a frozen heading fills a magnified screen.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from math import ceil
from typing import Any, Final

import xlsxwriter

from openscrutiny.packs.book import (
    FONT,
    TONES,
    Bars,
    Book,
    Cell,
    Colour,
    Link,
    Number,
    Row,
    Sheet,
)
from openscrutiny.packs.paper import Paper
from openscrutiny.packs.workbook import lay_out_book

_FONT: Final = {"font_name": FONT[0], "font_size": FONT[1]}
_TITLE_SIZE: Final = 16
_LINE_HEIGHT: Final = 15.75  # points, of a line in that font
_A4: Final = 9
_OURS, _THEIRS = "#1A3FC4", "#88929B"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_workbook(paper: Paper) -> bytes:
    """Write the workbook of a paper; the same paper gives the same bytes."""
    return settle(_write(lay_out_book(paper)))


def _write(book: Book) -> bytes:
    stream = io.BytesIO()
    made = _Writer(stream, book)
    spans: dict[str, tuple[int, int, int]] = {}
    drawn: list[tuple[Any, Sheet]] = []
    for sheet in book.sheets():
        place = made.write(sheet)
        first, count = sheet.first_row, len(sheet.table.rows)
        spans[sheet.name] = (first, first + count, len(sheet.table.columns))
        if sheet.bars:
            drawn.append((place, sheet))
    for place, sheet in drawn:
        assert sheet.bars is not None
        made.draw(place, sheet, sheet.bars, spans[sheet.bars.sheet])
    made.file.close()
    return stream.getvalue()


class _Writer:
    """Hold the file while it is written, with the few formats that it uses."""

    def __init__(self, stream: io.BytesIO, book: Book) -> None:
        self.file = xlsxwriter.Workbook(
            stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": dict(_FONT),  # the writer adds to it
            },
        )
        self.file.set_properties(
            {
                "title": book.title,
                "subject": book.subject,
                "author": book.author,
                "comments": " ".join(book.notices),
            }
        )
        self._formats: dict[str, Any] = {}
        self._title = self._format("title", bold=True, font_size=_TITLE_SIZE)
        self._line = self._format("line")
        self._text = self._format("text", text_wrap=True, valign="top")
        self._number = self._format("number", align="right", valign="top")
        self._head = self._format("head", bold=True, text_wrap=True)
        self._link = self._format("link", font_color="#1A65A6", underline=1)

    def write(self, sheet: Sheet) -> Any:
        """Add a sheet: its title in A1, what it holds in A2, lines, and its table."""
        place, table = self.file.add_worksheet(sheet.name), sheet.table
        place.hide_gridlines(0)
        for column, width in enumerate(sheet.widths):
            place.set_column(column, column, width, self._text)
        place.write_string(0, 0, sheet.title, self._title)
        for row, line in enumerate((sheet.say_about(draws=True), *sheet.lines), 1):
            place.write_string(row, 0, line, self._line)
        first = sheet.first_row
        _lay_out_print(place)
        for down, cells in enumerate(table.rows, first + 1):
            if (lines := _lines_of(cells, sheet.widths)) > 1:
                # A reader that does not measure text on opening would print over it.
                place.set_row(down, lines * _LINE_HEIGHT)
            for across, cell in enumerate(cells):
                is_right = table.aligns_right(cell, across)
                self._write(place, down, across, cell, is_right)
        heads = [{"header": c, "header_format": self._head} for c in table.columns]
        place.add_table(
            first,
            0,
            first + len(table.rows),
            len(table.columns) - 1,
            {
                "name": re.sub(r"\W", "_", table.name),
                "style": None,
                "autofilter": False,
                "columns": heads,
            },
        )
        return place

    def _write(
        self, place: Any, down: int, across: int, cell: Cell, is_right: bool
    ) -> None:
        match cell:
            case str():
                style = self._number if is_right else self._text
                place.write_string(down, across, cell, style)
            case Number():
                style = self._format(
                    cell.pattern, align="right", valign="top", num_format=cell.pattern
                )
                place.write_number(down, across, cell.value, style)
            case Colour():
                ink, fill = TONES.get(cell.tone, ("#000000", "#FFFFFF"))
                style = self._format(
                    cell.tone, valign="top", font_color=ink, bg_color=fill
                )
                place.write_string(down, across, cell.word, style)
            case Link():
                target = f"internal:'{cell.sheet}'!A1"
                place.write_url(down, across, target, self._link, cell.sheet)
            case _:
                place.write_number(down, across, cell, self._number)

    def _format(self, name: str, **look: Any) -> Any:
        if name not in self._formats:
            self._formats[name] = self.file.add_format({**_FONT, **look})
        return self._formats[name]

    def draw(
        self, place: Any, sheet: Sheet, bars: Bars, span: tuple[int, int, int]
    ) -> None:
        """Draw the columns of a table below another sheet's table."""
        first, last, columns = span
        chart = self.file.add_chart({"type": "bar"})
        for column, colour in zip(range(1, columns), (_OURS, _THEIRS), strict=True):
            chart.add_series(
                {
                    "name": [bars.sheet, first, column],
                    "categories": [bars.sheet, first + 1, 0, last, 0],
                    "values": [bars.sheet, first + 1, column, last, column],
                    "fill": {"color": colour},
                }
            )
        chart.set_title({"name": bars.title, "overlay": False})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"min": 0, "num_format": "0"})
        chart.set_legend({"position": "top"})
        chart.set_size({"width": 900, "height": 140 + 44 * (last - first)})
        row = sheet.first_row + len(sheet.table.rows) + 3
        place.insert_chart(row, 0, chart, {"description": bars.told})


def _lay_out_print(place: Any) -> None:
    """Print a sheet as wide as a page of A4, and as long as it must be.

    Headings on every page would need a defined name, which the checklist advises against.
    """
    place.set_landscape()
    place.set_paper(_A4)
    place.fit_to_pages(1, 0)


def _lines_of(cells: Row, widths: Sequence[int]) -> int:
    """Count the lines that a row's longest text takes in its column, about."""
    return max(
        (
            ceil(len(cell) / width)
            for cell, width in zip(cells, widths, strict=False)
            if isinstance(cell, str)
        ),
        default=1,
    )


def settle(content: bytes) -> bytes:
    """State the language and the style of titles; leave no time of writing in the file."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as settled,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                text = re.sub(
                    r"<dcterms:\w+ [^>]*>[^<]*</dcterms:\w+>", "", data.decode()
                )
                data = text.replace(
                    "</cp:coreProperties>",
                    "<dc:language>en-GB</dc:language></cp:coreProperties>",
                ).encode()
            if name == "xl/styles.xml":
                data = _name_titles(data.decode()).encode()
            entry = zipfile.ZipInfo(name, _EPOCH)
            settled.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _name_titles(styles: str) -> str:
    """Call the format of titles "Heading 1", by which screen readers find them.

    The writer knows no named styles. A file without such titles stays as it is.
    """
    fonts = re.findall(r"<font>.*?</font>|<font/>", styles)
    size = f'<sz val="{_TITLE_SIZE}"/>'
    at = next((n for n, font in enumerate(fonts) if size in font), None)
    if at is None:
        return styles
    bases = len(re.findall("<xf ", styles.partition("</cellStyleXfs>")[0]))
    base = f'<xf numFmtId="0" fontId="{at}" fillId="0" borderId="0"/>'
    named = f'<cellStyle name="Heading 1" xfId="{bases}" builtinId="16"/>'
    count = styles.partition("<cellStyles ")[2].count("<cellStyle ")
    for old, new in (
        (f'<cellStyleXfs count="{bases}">', f'<cellStyleXfs count="{bases + 1}">'),
        ("</cellStyleXfs>", f"{base}</cellStyleXfs>"),
        (f'<cellStyles count="{count}">', f'<cellStyles count="{count + 1}">'),
        ("</cellStyles>", f"{named}</cellStyles>"),
    ):
        assert styles.count(old) == 1, old
        styles = styles.replace(old, new)
    head, start, cells = styles.partition("<cellXfs ")
    cells = re.sub(rf'(fontId="{at}"[^>]*?) xfId="0"', rf'\1 xfId="{bases}"', cells)
    return head + start + cells
