"""A workbook as plain values, whatever file it becomes: sheets of lines and one table each.

It follows the Government Analysis Function's checklist for accessible spreadsheets: a
title in A1, what the sheet holds in A2, one marked table below, no cell merged, hidden
or left empty. What the sheets hold is for others to say.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

FONT: Final = ("Arial", 12)  # and its size in points
_LONGEST_SIGN: Final = 12  # letters: "[c]", "not known"
# Ink and fill of each colour: at least 4.5:1, and told apart in grey by the word.
TONES: Final = {
    "red": ("#7D1D0F", "#F4CDC6"),
    "amber": ("#594D00", "#FFF7BF"),
    "green": ("#005A30", "#CCE2D8"),
}


@dataclass(frozen=True)
class Number:
    """Hold a number as it is printed, and the format that prints it so."""

    value: float
    pattern: str
    text: str


@dataclass(frozen=True)
class Colour:
    """Hold the word of a colour, which its cell is filled with."""

    word: str
    tone: str


@dataclass(frozen=True)
class Link:
    """Hold the name of a sheet, which leads to it."""

    sheet: str


Cell = str | int | Number | Colour | Link
Row = Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """Hold a named table; its headings are text, and no two are the same."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Row]

    def aligns_right(self, cell: Cell, across: int) -> bool:
        """Say whether a cell stands as a number does: a sign among numbers does too."""
        if not isinstance(cell, str):
            return isinstance(cell, Number | int | float)
        return across in self._of_numbers and len(cell) <= _LONGEST_SIGN

    @cached_property
    def _of_numbers(self) -> frozenset[int]:
        return frozenset(
            across
            for row in self.rows
            for across, cell in enumerate(row)
            if isinstance(cell, Number | int | float)
        )


@dataclass(frozen=True)
class Bars:
    """Draw columns of another sheet's table as bars; `told` is the text alternative."""

    sheet: str
    title: str
    told: str


@dataclass(frozen=True)
class Sheet:
    """Hold one sheet; `widths` are those of its columns in letters."""

    name: str
    title: str
    lines: Sequence[str]
    table: Table
    widths: Sequence[int]
    bars: Bars | None = None

    def say_about(self, *, draws: bool) -> str:
        """Say what the sheet holds, for whoever hears it read."""
        drawn = " and a chart below it" if draws and self.bars else ""
        rows = len(self.table.rows)
        return (
            f"This sheet has one table{drawn}. It begins in row {self.first_row + 1} and "
            f"has {rows:,} {'row' if rows == 1 else 'rows'} below its headings."
        )

    @property
    def first_row(self) -> int:
        """Give the row of the table's headings, counted from 0."""
        return 2 + len(self.lines)


@dataclass(frozen=True)
class Book:
    """Hold a workbook. `sheets` makes them one after another, the cover first."""

    title: str
    subject: str
    author: str
    notices: Sequence[str]
    sheets: Callable[[], Iterator[Sheet]]


def read_number(text: str) -> Cell:
    """Give a number with the decimals that are printed, and all other text as it is.

    >>> read_number("26.80%")
    Number(value=26.8, pattern='#,##0.00"%"', text='26.80%')
    """
    found = re.fullmatch(r"(-?[\d,]+)(\.\d+)?(%?)", text)
    if found is None:
        return text or "[x]"
    whole, decimals, percent = found.groups(default="")
    places = "0" * max(len(decimals) - 1, 0)
    pattern = "#,##0" + (f".{places}" if places else "") + ('"%"' if percent else "")
    value = float(f"{whole}{decimals}".replace(",", ""))
    return Number(value, pattern, text)


def read_words(text: str) -> Cell:
    """Give what is a number alone as a number; words, and nothing, as they are."""
    return read_number(text) if text else text
