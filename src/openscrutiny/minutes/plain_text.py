"""Minutes as plain text: pasted, taken from a PDF, or saved by hand."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from openscrutiny.minutes.model import Item, Meeting, Paragraph
from openscrutiny.minutes.sentences import find_paragraphs

__all__ = ["read_plain_text"]

_LABEL: Final = re.compile(
    r"^[^\S\n]*(?P<label>Minutes|Decision|Minute)[^\S\n]*:[^\S\n]*", re.MULTILINE
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
    labels = list(_LABEL.finditer(text))
    first = labels[0] if labels else None
    after = _AFTER.search(text, labels[-1].end() if labels else 0)
    ends = after.start() if after else len(text)
    paragraphs: list[Paragraph] = []
    if first is None:
        paragraphs += find_paragraphs(text[:ends])
    for label, next_label in pairwise([*labels, None]):
        until = next_label.start() if next_label else ends
        decides = label is not None and label["label"] == "Decision"
        paragraphs += (
            replace(one, decides=decides)
            for one in find_paragraphs(text[:until], label.end() if label else 0)
        )
    title = _title(text[: first.start()]) if first else ""
    item = Item(file, text, tuple(paragraphs), title=title)
    return Meeting(file, (item,))


def _title(head: str) -> str:
    lines = [
        line.strip() for line in _CRUMBS.sub("", head).splitlines() if line.strip()
    ]
    kept = [line for line in lines if line.lower() != "agenda item"]
    return kept[0] if kept else ""
