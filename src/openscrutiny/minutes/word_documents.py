"""Minutes as a Word document (DOCX): its paragraphs and the cells of its tables."""

from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.action_tables import find_column
from openscrutiny.minutes.blocks import Block, join_blocks
from openscrutiny.minutes.model import Item, Meeting
from openscrutiny.minutes.saved_pages import find_day, pair_with_said

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_BYTES: Final = 50_000_000


def read_word_document(file: str, data: bytes) -> Meeting:
    """Read a Word document as one item; its title is the first line of its text.

    Raises:
        OpenScrutinyError: it is no Word document, or too large.
    """
    blocks = _blocks(file, data)
    labelled = pair_with_said(blocks)
    if not any(counts for _, counts in labelled):
        labelled = [(block, True) for block in blocks]
    text, paragraphs = join_blocks(labelled)
    day = find_day(text[:3000])
    title = next((b.text for b, counts in labelled if not counts), "")
    return Meeting(file, (Item(file, text, paragraphs, title=title, day=day),), day=day)


def _blocks(file: str, data: bytes) -> list[Block]:
    try:
        with ZipFile(BytesIO(data)) as opened:
            if opened.getinfo("word/document.xml").file_size > _MAX_BYTES:
                raise OpenScrutinyError(
                    f"{file}: the text is larger than minutes are.",
                    "Save the minutes alone as a document.",
                )
            body = opened.read("word/document.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(body, parser)
    except (BadZipFile, KeyError, etree.XMLSyntaxError):
        raise OpenScrutinyError(
            f"{file}: this is no Word document that can be opened.",
            "Open it in Word and save it again as DOCX.",
        ) from None
    blocks = []
    rows = _action_cells(root)
    for paragraph in root.iter(f"{_W}p"):
        if paragraph in rows:
            blocks.append(Block(rows[paragraph], listed=True, owes=True))
            continue
        if any(one in rows for one in _cells_of_row(paragraph)):
            continue  # another cell of a row that is read as an action
        for line in _lines(paragraph):
            if said := " ".join(line.split()):
                blocks.append(
                    Block(said, paragraph.find(f"{_W}pPr/{_W}numPr") is not None)
                )
    return blocks


def _action_cells(root: Any) -> dict[Any, str]:
    """Give the first paragraph of each action in a table of them, and its words."""
    cells: dict[Any, str] = {}
    for table in root.iter(f"{_W}tbl"):
        rows = [list(row.iter(f"{_W}tc")) for row in table.iter(f"{_W}tr")]
        column = find_column([_words(cell) for cell in rows[0]]) if rows else None
        if column is None:
            continue
        for row in rows[1:]:
            if len(row) > column and (said := _words(row[column])):
                cells[next(row[column].iter(f"{_W}p"))] = said
    return cells


def _cells_of_row(paragraph: Any) -> list[Any]:
    row = next(paragraph.iterancestors(f"{_W}tr"), None)
    return [] if row is None else list(row.iter(f"{_W}p"))


def _words(cell: Any) -> str:
    return " ".join(
        said
        for one in cell.iter(f"{_W}p")
        for line in _lines(one)
        if (said := " ".join(line.split()))
    )


def _lines(paragraph: Any) -> list[str]:
    words = []
    for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        words.append({f"{_W}tab": "\t", f"{_W}br": "\n"}.get(one.tag, one.text or ""))
    return "".join(words).split("\n")
