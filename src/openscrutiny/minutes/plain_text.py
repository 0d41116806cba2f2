"""Minutes as plain text: pasted, taken from a PDF, or saved by hand."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from openscrutiny.minutes.action_tables import find_rows
from openscrutiny.minutes.model import Item, Meeting, Paragraph
from openscrutiny.minutes.sentences import find_paragraphs

_LABEL: Final = re.compile(
    r"^[^\S\n]*(?P<label>Minutes|Decisions?|Minute)[^\S\n]*:[^\S\n]*", re.MULTILINE
)
_AFTER: Final = re.compile(
    r"^[^\S\n]*(?:Supporting documents|Publication date|Accompanying documents)[^\S\n]*:",
    re.MULTILINE,
)
# What was resolved may stand above the label, and is no title or purpose.
_RESOLVED: Final = re.compile(
    r"^[^\S\n]*(?:RESOLVED|AGREED|Resolved|Agreed|Resolutions?|Decisions?(?: made)?)\b",
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
    if first and (above := _RESOLVED.search(text, 0, first.start())):
        paragraphs += find_paragraphs(text[: first.start()], above.start())
    if first is None:
        paragraphs += find_paragraphs(text[:ends])
    for label, next_label in pairwise([*labels, None]):
        until = next_label.start() if next_label else ends
        decides = label is not None and label["label"].startswith("Decision")
        paragraphs += (
            replace(one, decides=decides)
            for one in find_paragraphs(text[:until], label.end() if label else 0)
        )
    paragraphs = _mark_rows(text, paragraphs, ends)
    title = _title(text[: first.start()]) if first else ""
    item = Item(file, text, tuple(paragraphs), title=title)
    return Meeting(file, (item,))


def _mark_rows(text: str, paragraphs: list[Paragraph], ends: int) -> list[Paragraph]:
    """Let each row of a table of actions be a paragraph of its own."""
    start = paragraphs[0].start if paragraphs else 0
    start = text.rfind("\n", 0, start) + 1
    rows = find_rows(text, start, ends)
    if not rows:
        return paragraphs
    first, last = rows[0][0], rows[-1][1]
    line = text.rfind("\n", 0, first) + 1
    head = text.rfind("\n", 0, max(line - 1, 0)) + 1
    until = text.find("\n", last)
    until = len(text) if until < 0 else until
    kept = [one for one in paragraphs if one.end <= head or one.start >= until]
    owed = [Paragraph(first, last, listed=True, owes=True) for first, last in rows]
    return sorted([*kept, *owed], key=lambda one: one.start)


def _title(head: str) -> str:
    lines = [
        line.strip() for line in _CRUMBS.sub("", head).splitlines() if line.strip()
    ]
    kept = [line for line in lines if line.lower() != "agenda item"]
    return kept[0] if kept else ""
