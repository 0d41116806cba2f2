"""Text in blocks: what markup and documents give, joined into an item's text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from lxml import html

from openscrutiny.minutes.action_tables import find_column
from openscrutiny.minutes.model import Paragraph, word_set

_BLOCKS: Final = word_set(
    """
    address article aside blockquote body caption center dd div dl dt fieldset figure
    footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table
    tbody td tfoot th thead tr ul
    """
)
_SILENT: Final = word_set(
    """
    script style head template noscript iframe object svg button select input
    """
)


@dataclass(frozen=True)
class Block:
    """Hold one block of text, whether it is a point of a list, and what marks it.

    `marks` are the names that the markup gives to it and to what it stands in.
    """

    text: str
    listed: bool = False
    marks: frozenset[str] = frozenset()
    owes: bool = False  # a row of a table of actions


def read_markup(text: str) -> list[Block]:
    """Read blocks of text from HTML; scripts, forms and attributes are never text."""
    if not text.strip():
        return []
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text, parser=parser)
    blocks: list[Block] = []
    line: list[str] = []

    def end_block(listed: bool, marks: frozenset[str]) -> None:
        said = " ".join("".join(line).split())
        line.clear()
        if said:
            blocks.append(Block(said, listed, marks))

    def walk(element: Any, listed: bool, marks: frozenset[str]) -> None:
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            return
        if element.tag == "table" and (rows := _action_rows(element)):
            end_block(listed, marks)
            blocks.extend(Block(said, True, marks, owes=True) for said in rows)
            return
        breaks = element.tag in _BLOCKS
        if breaks:
            end_block(listed, marks)
        here = marks | frozenset((element.get("class") or "").split())
        inside = listed or element.tag == "li"
        line.append(element.text or "")
        for child in element:
            if child.tag == "br":
                end_block(inside, here)
            else:
                walk(child, inside, here)
            line.append(child.tail or "")
        if breaks:
            end_block(inside, here)

    walk(root, False, frozenset())
    end_block(False, frozenset())
    return blocks


def _action_rows(table: Any) -> list[str]:
    """Give the actions of a table whose first row heads such a column; else nothing."""
    rows = [
        [
            " ".join(cell.text_content().split())
            for cell in row
            if cell.tag in ("td", "th")
        ]
        for row in table.iter("tr")
    ]
    column = find_column(rows[0]) if rows else None
    if column is None:
        return []
    return [row[column] for row in rows[1:] if len(row) > column and row[column]]


_MARK: Final = re.compile(
    r"\A(?:[•●▪◦·–-]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,3}\.\d{1,2})\s+"
)


def join_blocks(
    blocks: Iterable[tuple[Block, bool]],
) -> tuple[str, tuple[Paragraph, ...]]:
    """Join blocks into one text; those that are said to count become its paragraphs."""
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    place = 0
    for block, counts in blocks:
        mark = _MARK.match(block.text)
        if counts:
            first = place + (mark.end() if mark else 0)
            listed = block.listed or bool(mark)
            end = place + len(block.text)
            paragraphs.append(Paragraph(first, end, listed, owes=block.owes))
        parts.append(block.text)
        place += len(block.text) + 2
    return "\n\n".join(parts), tuple(paragraphs)
