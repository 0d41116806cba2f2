"""Minutes as plain text: pasted, taken from a PDF, or saved by hand."""

import re
from typing import Final

from openscrutiny.minutes.model import Item, Meeting
from openscrutiny.minutes.sentences import find_paragraphs

__all__ = ["read_plain_text"]

_LABEL: Final = re.compile(
    r"^[^\S\n]*(?:Minutes|Decision|Minute)[^\S\n]*:[^\S\n]*", re.MULTILINE
)
_AFTER: Final = re.compile(
    r"^[^\S\n]*(?:Supporting documents|Publication date|Accompanying documents)[^\S\n]*:",
    re.MULTILINE,
)
_CRUMBS: Final = re.compile(r"\A\s*Home\s*>[^\n]*\n")


def read_plain_text(file: str, text: str) -> Meeting:
    """Read one item's minutes from plain text; the text is kept as it is.

    What was said begins after the label "Minutes:" where one stands, else at once,
    and ends before a list of documents. The title is the line above the purpose.
    """
    label = _LABEL.search(text)
    begins = label.end() if label else 0
    after = _AFTER.search(text, begins)
    ends = after.start() if after else len(text)
    paragraphs = tuple(p for p in find_paragraphs(text[:ends], begins))
    title = _title(text[: label.start()]) if label else ""
    item = Item(file, text, paragraphs, title=title)
    return Meeting(file, (item,))


def _title(head: str) -> str:
    lines = [
        line.strip() for line in _CRUMBS.sub("", head).splitlines() if line.strip()
    ]
    kept = [line for line in lines if line.lower() != "agenda item"]
    return kept[0] if kept else ""
