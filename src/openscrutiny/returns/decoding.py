"""Bytes as text: one decoder for every file, whoever reads it afterwards.

What is UTF-16 was made UTF-8 before (`plain`), but for a file's first bytes, by which
it is recognised.
"""

from typing import Final

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.limits import MAX_FILE_BYTES
from openscrutiny.returns.reading import SourceFile

_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def decode_head(head: bytes) -> str:
    """Give the beginning of a file as text, for recognising it; never raises."""
    if head[:2] in _MARKS:
        return head.decode("utf-16", errors="replace")
    if b"<\0" in head[:4]:
        return head.decode("utf-16-le", errors="replace")
    return head.decode("utf-8-sig", errors="replace").replace("\0", "")


def read_bytes(source: SourceFile, most: int = MAX_FILE_BYTES) -> bytes:
    """Read the whole file; RefusedFile where it is empty or larger than `most`."""
    if source.size > most:
        raise RefusedFile(
            f"The file is larger than {most // 1_000_000:,} megabytes, more than this "
            "return or publication can be.",
            "Check that it is the right file, or load one authority at a time.",
        )
    with source.open() as file:
        raw = file.read(most + 1)
    if not raw.strip():
        raise RefusedFile(
            "The file is empty.", "Export it again, and check that it opens."
        )
    return raw


def decode(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    """Decode UTF-8, else Windows-1252 with a problem; every line end becomes a newline.

    Raises RefusedFile, with the line, for NUL bytes and for what is neither.
    """
    if raw[:2] in _MARKS or b"\0" in raw:
        raise RefusedFile(
            "The file holds NUL bytes, so it is no plain text (or is UTF-16 text that "
            "does not say so).",
            'Save it again as "CSV UTF-8 (comma delimited)".',
            line=raw[: max(raw.find(b"\0"), 0)].count(b"\n") + 1,
            rule="encoding",
        )
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RefusedFile(
            "The text is neither UTF-8 nor Windows-1252.",
            'Save it again as "CSV UTF-8 (comma delimited)".',
            line=raw[: error.start].count(b"\n") + 1,
            rule="encoding",
        ) from None
    note = Problem(
        name,
        line,
        "",
        "encoding",
        "The text is not UTF-8 from this line on; it was read as Windows-1252.",
        'Save the file as "CSV UTF-8" to be sure that every letter is right.',
    )
    return text, [note]
