"""Sheets of an accessible workbook: a title, lines of words, and one table each.

It follows the Government Analysis Function's guidance on spreadsheets: column A first,
one table a sheet, no merged or hidden cells, no filters. A colour is a word first, and
a fill beside it. What the sheets hold is for others to say.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

from openscrutiny.packs.paper import Paper

__all__ = ["Book", "Cell", "Colour", "Number", "read_number", "settle"]

_FONT: Final = {"font_name": "Arial", "font_size": 12}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
# Ink and fill of each colour: at least 4.5:1, and told apart in grey by the word.
_TONES: Final = {
    "red": ("#7D1D0F", "#F4CDC6"),
    "amber": ("#594D00", "#FFF7BF"),
    "green": ("#005A30", "#CCE2D8"),
}


@dataclass(frozen=True)
class Number:
    """Hold a number as it is printed, and the format that prints it so."""

    value: float
    pattern: str


@dataclass(frozen=True)
class Colour:
    """Hold the word of a colour, which its cell is filled with."""

    word: str
    tone: str


Cell = str | float | Number | Colour


class Book:
    """Hold the workbook while it is written, with the few formats that it uses."""

    def __init__(self, stream: io.BytesIO, paper: Paper) -> None:
        self.paper = paper
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
                "title": f"{paper.title}: {paper.council}",
                "subject": paper.version,
                "author": paper.council,
                "comments": " ".join(paper.notices),
            }
        )
        self.title = self.file.add_format({**_FONT, "bold": True, "font_size": 16})
        self.text = self.file.add_format({**_FONT, "text_wrap": True, "valign": "top"})
        self.number = self.file.add_format({**_FONT, "align": "right", "valign": "top"})
        self.head = self.file.add_format({**_FONT, "bold": True, "text_wrap": True})
        self.link = self.file.add_format(
            {**_FONT, "font_color": "#1A65A6", "underline": 1}
        )
        self.contents: list[tuple[str, str]] = []
        self._formats: dict[str, Any] = {}

    def sheet(self, name: str, title: str, widths: Sequence[int]) -> Any:
        """Add a sheet with its title in A1; every sheet but the first is listed."""
        sheet = self.file.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.text)
        sheet.hide_gridlines(0)
        self.contents.append((name, title))
        return sheet

    def lines(self, sheet: Any, row: int, lines: Sequence[str]) -> int:
        for line in lines:
            sheet.write_string(row, 0, line, self.file.add_format(dict(_FONT)))
            row += 1
        return row

    def table(
        self,
        sheet: Any,
        row: int,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        frozen: int = 1,
    ) -> None:
        """Write a named table whose heading and first `frozen` columns stay in sight.

        Numbers are numbers, and markers stand in their place.
        """
        for down, cells in enumerate(rows, row + 1):
            for across, cell in enumerate(cells):
                self._write(sheet, down, across, cell)
        sheet.freeze_panes(row + 1, frozen)
        sheet.add_table(
            row,
            0,
            row + max(len(rows), 1),
            len(columns) - 1,
            {
                "name": re.sub(r"\W", "_", name),
                "style": None,
                "autofilter": False,
                "columns": [
                    {"header": column, "header_format": self.head} for column in columns
                ],
            },
        )

    def _write(self, sheet: Any, down: int, across: int, cell: Cell) -> None:
        match cell:
            case str():
                style = self.text if across == 0 or len(cell) > 12 else self.number
                sheet.write_string(down, across, cell, style)
            case Number():
                look = {"align": "right", "num_format": cell.pattern}
                style = self._format(cell.pattern, look)
                sheet.write_number(down, across, cell.value, style)
            case Colour():
                ink, fill = _TONES.get(cell.tone, ("#000000", "#FFFFFF"))
                look = {"font_color": ink, "bg_color": fill}
                style = self._format(cell.tone, look)
                sheet.write_string(down, across, cell.word, style)
            case _:
                sheet.write_number(down, across, cell, self.number)

    def _format(self, name: str, look: dict[str, str]) -> Any:
        if name not in self._formats:
            self._formats[name] = self.file.add_format(
                {**_FONT, "valign": "top", **look}
            )
        return self._formats[name]


def read_number(text: str) -> Cell:
    """Give a number with the decimals that are printed, and all other text as it is.

    >>> read_number("26.80%")
    Number(value=26.8, pattern='#,##0.00"%"')
    """
    found = re.fullmatch(r"(-?[\d,]+)(\.\d+)?(%?)", text)
    if found is None:
        return text or "[x]"
    whole, decimals, percent = found.groups(default="")
    places = "0" * max(len(decimals) - 1, 0)
    pattern = "#,##0" + (f".{places}" if places else "") + ('"%"' if percent else "")
    return Number(float(f"{whole}{decimals}".replace(",", "")), pattern)


def settle(content: bytes) -> bytes:
    """State the language, and leave no time of writing in the file."""
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
            settled.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return stream.getvalue()
