"""Tables of actions in minutes: each row below a head that says so is owed by somebody."""

import re
from collections.abc import Sequence
from typing import Final

_ACTION: Final = re.compile(r"\b(?:actions?|recommendations?|agreed)\b", re.IGNORECASE)
_OWNER: Final = re.compile(
    r"\b(?:owner|lead|responsible|by whom|who|officer|due|deadline|by when|status|progress|date)\b",
    re.IGNORECASE,
)
_CELLS: Final = re.compile(r"[^\S\n]*(?:\t|\|)[^\S\n]*")
_LONGEST_HEAD: Final = 6  # words of a cell that heads a column


def find_column(cells: Sequence[str]) -> int | None:
    """Find the column of actions in a row of heads; None where it is no such row.

    >>> find_column(["No.", "Action", "Owner"])
    1
    """
    if len(cells) < 2 or any(len(one.split()) > _LONGEST_HEAD for one in cells):
        return None
    if not any(_OWNER.search(one) for one in cells):
        return None
    return next((at for at, one in enumerate(cells) if _ACTION.search(one)), None)


def find_rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the cells of actions in a table whose cells tabs or bars part."""
    rows: list[tuple[int, int]] = []
    column: int | None = None
    place = start
    for line in text[start:end].splitlines(keepends=True):
        spans = _spans(line.rstrip("\n"))
        cells = [line[first:last].strip() for first, last in spans]
        head = find_column(cells)
        if head is not None:
            column = head
        elif len(cells) < 2 and line.strip():
            column = None
        elif column is not None and column < len(spans) and cells[column]:
            first, last = spans[column]
            said = line[first:last]
            first += len(said) - len(said.lstrip())
            rows.append((place + first, place + first + len(cells[column])))
        place += len(line)
    return [row for row in rows if re.search(r"\w", text[row[0] : row[1]])]


def _spans(line: str) -> list[tuple[int, int]]:
    """Give where each cell of a line stands; one where nothing parts it."""
    inner = line.strip().strip("|")
    at = line.index(inner) if inner else 0
    spans = []
    for mark in _CELLS.finditer(line, at, at + len(inner)):
        spans.append((at, mark.start()))
        at = mark.end()
    return [*spans, (at, line.index(inner) + len(inner) if inner else at)]
