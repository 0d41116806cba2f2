"""What is wrong with the pages of a short paper, as a reader would find it."""

import re
from pathlib import Path

from pypdf import PdfReader

MOST_PAGES, MOST_WORDS = 12, 4_000
_FEWEST_WORDS = 60  # of a page, its header and its foot included: less is near empty


def faults_of_short(path: Path) -> list[str]:
    """Find what makes a paper too long, a page near empty, or a heading an orphan."""
    reader = PdfReader(path)
    pages = [page.extract_text() for page in reader.pages]
    faults = []
    if len(pages) > MOST_PAGES:
        faults.append(f"{len(pages)} pages")
    words = sum(len(text.split()) for text in pages)
    if words > MOST_WORDS:
        faults.append(f"{words} words")
    headings = _headings(reader)
    for number, text in enumerate(pages, 1):
        if f"Page {number} of {len(pages)}" not in text:
            faults.append(f"page {number} says another number")
        if len(text.split()) < _FEWEST_WORDS:
            faults.append(f"page {number} is near empty")
        told = re.sub(
            r"(?s)(Draft:|Contains small|Demonstration:|Figures as at).*", "", text
        )
        last = " ".join(told.split())[-80:]
        faults += [
            f"page {number} ends with its heading {heading}"
            for heading in headings
            if last.endswith(heading)
        ]
    return faults


def _headings(reader: PdfReader) -> list[str]:
    """List the headings of all levels, as the bookmarks name them."""
    found: list[str] = []
    waiting = list(reader.outline)
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        else:
            found.append(" ".join(str(item["/Title"]).split()))
    return found
