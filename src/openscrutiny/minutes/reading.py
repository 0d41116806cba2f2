"""Minutes in whatever form a council has them: told apart by what they hold."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.minutes.exempt import part_exempt
from openscrutiny.minutes.model import Kind, Meeting
from openscrutiny.minutes.parting import part_meetings
from openscrutiny.minutes.plain_text import read_plain_text
from openscrutiny.minutes.proposing import propose
from openscrutiny.minutes.saved_pages import read_saved_page
from openscrutiny.minutes.web_service import read_web_service
from openscrutiny.minutes.word_documents import read_word_document

MAX_BYTES: Final = 20_000_000
_MAX_TEXT: Final = 2_000_000
_NEVER: Final = frozenset(
    [
        ".md",
        ".rst",
        ".csv",
        ".tsv",
        ".json",
        ".yml",
        ".yaml",
        ".xsd",
        ".sql",
        ".py",
        ".r",
        ".xlsx",
        ".xls",
        ".zip",
        ".parquet",
    ]
)
_WEB_SERVICE: Final = re.compile(
    r"<(?:\w+:)?(?:agendaitem|getmeeting)\b", re.IGNORECASE
)
_TELLING: Final = (Kind.QUESTION, Kind.DECISION, Kind.RECOMMENDATION, Kind.CONCLUSION)
_SIGNS: Final = re.compile(
    r"\b(?:minutes:|resolved|agenda item|members asked|it was asked|the chair|"
    r"sub-committee|scrutiny|committee)\b",
    re.IGNORECASE,
)


def looks_like_minutes(name: str, data: bytes) -> bool:
    """Say whether a file holds minutes: a committee's words, and things asked or decided.

    Notes about minutes, tables and programs are none, whatever they speak of.
    """
    if PurePath(name).suffix.lower() in _NEVER:
        return False
    if not data.startswith((b"PK", b"%PDF")):
        text = _decode(data[:MAX_BYTES])
        if _WEB_SERVICE.search(text):
            return True
        if not _speaks_of_a_committee(text):
            return False
    try:
        items = read_minutes(name, data).items
    except OpenScrutinyError:
        return False
    said = [one for item in items for one in propose(item)]
    return (
        any(_speaks_of_a_committee(item.text) for item in items)
        and sum(one.kind in _TELLING for one in said) >= 2
    )


def _speaks_of_a_committee(text: str) -> bool:
    return len({found.group().lower() for found in _SIGNS.finditer(text)}) >= 2


def read_minutes(name: str, data: bytes) -> Meeting:
    """Read minutes from a file's bytes; an exempt part is an item of its own.

    Raises:
        OpenScrutinyError: the file is too large, broken, or has no text.
    """
    try:
        read = _read(name, data)
        parts = (
            part
            for item in read.items
            for meeting in part_meetings(item)
            for part in part_exempt(meeting)
        )
        return replace(read, items=tuple(parts))
    except OpenScrutinyError:
        raise
    # Libraries for HTML and PDF raise much that they do not name; none of it may end a
    # load, and its message may quote the file.
    except Exception as fault:
        raise OpenScrutinyError(
            f"{name}: this file cannot be read as minutes ({type(fault).__name__}).",
            "Save it again, or paste its text.",
        ) from None


def _read(name: str, data: bytes) -> Meeting:
    if len(data) > MAX_BYTES:
        raise OpenScrutinyError(
            f"{name}: minutes of more than {MAX_BYTES // 1_000_000} MB are not read.",
            "Save the minutes alone, without the reports.",
        )
    if data.startswith(b"PK"):
        return read_word_document(name, data)
    if data.startswith(b"%PDF"):
        return read_plain_text(name, read_minutes_text(name, data))
    text = _decode(data)
    head = text[:5000].lstrip().lower()
    if _WEB_SERVICE.search(text):
        return read_web_service(name, text.encode())
    if (
        "<html" in head
        or "<!doctype html" in head
        or re.match(r"<(?:div|p|table)\b", head)
    ):
        return read_saved_page(name, text)
    if len(text) > _MAX_TEXT:
        raise OpenScrutinyError(
            f"{name}: this text is longer than minutes are.", "Load the minutes alone."
        )
    return read_plain_text(name, text)


def _decode(data: bytes) -> str:
    """Read bytes as text: by their mark, else UTF-8, else as Windows writes it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    nulls = data[:400].count(0)
    if nulls > len(data[:400]) / 4:  # of two bytes a letter, without the mark for it
        big = data[:400:2].count(0) > nulls / 2
        data = data.decode("utf-16-be" if big else "utf-16-le", "replace").encode()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return re.sub(r"\A<\?xml[^>]*\?>", "", text.replace("\r\n", "\n"))


def read_minutes_text(name: str, data: bytes) -> str:
    """Read the text of a PDF; paragraphs are parted again where a short line ends one.

    Raises:
        OpenScrutinyError: the PDF is broken, locked, or a picture without text.
    """
    from pypdf import PdfReader  # slow to import: only PDFs pay
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError):
        raise OpenScrutinyError(
            f"{name}: this PDF cannot be read.",
            "Save it again, or paste its text.",
        ) from None
    text = _part_lines("\n".join(pages))
    if not text.strip():
        raise OpenScrutinyError(
            f"{name}: this PDF has no text; it may be a picture of pages.",
            "Ask for the minutes as a document, or paste their text.",
        )
    return text


def _part_lines(text: str) -> str:
    """Part paragraphs again: a PDF keeps lines and loses what stood between them."""
    lines = text.splitlines()
    widest = max(map(len, lines), default=0)
    parted = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        parted.append(line)
        said = line.rstrip()
        ends = said.endswith((".", ":", "?", ";")) and len(said) < widest * 0.85
        if ends or (len(said) < widest * 0.6 and after[:1].isupper()):
            parted.append("")
    return "\n".join(parted)
