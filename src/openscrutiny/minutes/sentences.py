"""Where sentences and paragraphs begin and end in a text that is never changed."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from openscrutiny.minutes.model import Paragraph

LONGEST: Final = 2_000  # characters: no sentence of minutes is longer

# Short forms whose full stop ends nothing.
_SHORT: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Cllr|Cllrs|Rev|Prof|Hon|St|No|Nos|Para|Paras|p|pp|etc|e\.g|i\.e|"
    r"cf|vs|approx|inc|Ltd|[A-Z])\.\Z",
    re.IGNORECASE,
)
_SHORTEST: Final = 10  # characters that hold any of these
_STOP: Final = re.compile(
    r"[.?!]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9£])"
    # Where a line was lost: "said so.Members asked", "circulated ACTION: Head of SEND".
    r"|(?<=[a-z]{2})[.?!](?=[A-Z][a-z])|\s(?=(?:ACTION|Action)\s?:)"
    # The cells of a row that tabs part are read one by one.
    r"|\t+"
)
_WIDEST: Final = 130  # characters: no page breaks its lines further out
_MARK: Final = re.compile(
    r"[^\S\n]*(?:(?:\d{1,2}|\(?(?:[a-z]|[ivx]{1,5})\)|[ivx]{1,5})[.)]?(?:\t|[^\S\n]*\|)\s*|\|?[^\S\n]*(?:\d{1,2}|\([a-z]\))[^\S\n]*\|[^\S\n]*|[•●▪◦·*–-][^\S\n]+|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,5})[.)][^\S\n]+"
    r"|\d{1,3}\.\d{1,2}\.?[^\S\n]+)"
)


def find_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give first and last place (excluded) of each sentence between two places."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        near = max(begin, stop.end() - _SHORTEST)
        if stop.group().startswith(".") and _SHORT.search(text, near, stop.end()):
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, end)


def leave_out_long(text: str) -> str:
    """Leave out of a text what is longer than any sentence: nothing can be read in it."""
    kept = []
    for line in text.splitlines():
        if len(line) > LONGEST:
            spans = find_sentences(line, 0, len(line))
            line = " ".join(line[a:b] for a, b in spans if b - a <= LONGEST)
        kept.append(line)
    return "\n".join(kept)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    said = text[start:end]
    left = len(said) - len(said.lstrip())
    if said.strip():
        yield start + left, start + len(said.rstrip())


def find_paragraphs(text: str, start: int = 0) -> Iterator[Paragraph]:
    """Give the paragraphs of plain text: parted by empty lines, bullets and numbers.

    >>> [p.listed for p in find_paragraphs("They said:\\n1. One\\n2. Two")]
    [False, True, True]
    """
    begin: int | None = None
    listed = False
    place = start
    wrapped = _is_wrapped(text)
    for line in text[start:].splitlines(keepends=True):
        mark = _MARK.match(line)
        if not line.strip() or mark or not wrapped:
            if begin is not None:
                yield from _paragraph(text, begin, place, listed)
                begin = None
            if line.strip():
                begin, listed = place + (mark.end() if mark else 0), bool(mark)
        elif begin is None:
            begin, listed = place, False
        place += len(line)
    if begin is not None:
        yield from _paragraph(text, begin, place, listed)


def _is_wrapped(text: str) -> bool:
    """Say whether lines are broken at a width: else each line is a paragraph."""
    lines = [len(line.rstrip()) for line in text.splitlines() if line.strip()]
    widest = max(lines, default=0)
    if not 40 <= widest <= _WIDEST:
        return False
    if sum(length > widest * 0.75 for length in lines) <= len(lines) / 2:
        return False
    # A line that ends a sentence was not broken at a width, unless by chance.
    pairs = list(pairwise(line.rstrip() for line in text.splitlines()))
    within = [line for line, after in pairs if line and after]
    ended = sum(line.endswith((".", "?", "!", ":", ";")) for line in within)
    return ended < len(within) * 0.4 or not within


def _paragraph(text: str, start: int, end: int, listed: bool) -> Iterator[Paragraph]:
    for first, last in _trimmed(text, start, end):
        yield Paragraph(first, last, listed)
