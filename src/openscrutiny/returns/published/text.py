"""A published CSV file as a table of text, a line of the file to a row.

Published tables are wide, quoted and sometimes give a heading twice, which a return may
not: this reads them whole, quickly, and counts every line. It knows no publication.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, TypeVar

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.reading import SourceFile

__all__ = [
    "AGAIN",
    "PublishedText",
    "decode",
    "first_headings",
    "guarded",
    "read_bytes",
    "read_head",
    "read_text_table",
    "split_headings",
]

T = TypeVar("T")

AGAIN: Final = "Download the file again and load it unchanged."
_MAX_BYTES: Final = 1 << 30  # far above any table that a department publishes
_DAMAGED: Final = "The file cannot be read: it is damaged, cut short or protected."
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_UNREADABLE: Final = (
    OSError,
    EOFError,
    RuntimeError,  # zipfile, of a member with a password
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class PublishedText:
    """Hold the cells as printed, by heading, and apart from them each row's line.

    Empty cells are "". The second column of one heading is named HEADING.2. Lines
    (Int32) count from 1, the heading's; they are no column of the frame because a
    table may have any heading.
    """

    frame: pl.DataFrame
    lines: pl.Series
    problems: tuple[Problem, ...]


def read_bytes(source: SourceFile) -> bytes:
    """Read the whole file; RefusedFile where it is empty, too big or unreadable."""
    if source.size > _MAX_BYTES:
        raise RefusedFile(
            "The file is larger than one gigabyte, more than a published table can be.",
            "Check that it is the right file.",
        )

    def read() -> bytes:
        with source.open() as file:
            return file.read(_MAX_BYTES + 1)

    data = guarded(read)
    if not data.strip():
        raise RefusedFile("The file is empty.", AGAIN)
    return data


def guarded(action: Callable[[], T]) -> T:
    """Run what reads a file; RefusedFile where the file cannot be read."""
    try:
        return action()
    except _UNREADABLE:
        raise RefusedFile(_DAMAGED, AGAIN) from None


def read_head(source: SourceFile, size: int = 65536) -> bytes:
    """Give the first bytes for recognising; none where they cannot be read."""
    try:
        return source.head(size)
    except (RefusedFile, *_UNREADABLE):
        return b""


def first_headings(head: bytes) -> list[str]:
    """Give the first line's cells in small letters, for recognising; never raises."""
    line = head.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
    return [name.lower() for name in split_headings(line)]


def split_headings(line: str) -> list[str]:
    """Split a line of headings and trim them; none where it cannot be split."""
    try:
        cells = next(csv.reader([line.strip("\r\n").replace("\0", "")]), [])
    except csv.Error:
        return []
    return [cell.strip(" \t\u00a0\ufeff") for cell in cells]


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Decode UTF-8, else Windows-1252 with a problem; line ends become newlines."""
    if data[:2] in _UTF16 or b"\0" in data:
        raise RefusedFile(
            "The file holds NUL bytes, so it is no plain text (or is UTF-16 text).",
            "Save it again as “CSV UTF-8 (comma delimited)”.",
            line=data[: max(data.find(b"\0"), 0)].count(b"\n") + 1,
            rule="encoding",
        )
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RefusedFile(
            "The text is neither UTF-8 nor Windows-1252.",
            AGAIN,
            line=data[: error.start].count(b"\n") + 1,
            rule="encoding",
        ) from None
    message = "From this line on the text is not UTF-8; it was read as Windows-1252."
    fix = "Check the letters of the names, or save the file as UTF-8."
    return text, [Problem(name, line, "", "encoding", message, fix)]


def read_text_table(source: SourceFile) -> PublishedText:
    """Read a CSV file with its headings in line 1.

    Raises RefusedFile, with the line, for a file that is empty, holds NUL bytes, has
    a line with more or fewer cells than headings, a cell that runs over a line's end,
    or no line below the headings.
    """
    text, problems = decode(read_bytes(source), source.name)
    lines = text.split("\n")
    headings, more = _name_headings(split_headings(lines[0]), source.name)
    body = pl.DataFrame(
        {
            "text": pl.Series(lines[1:], dtype=pl.String()),
            "line": pl.int_range(2, len(lines) + 1, dtype=pl.Int32, eager=True),
        }
    )
    filled = body.filter(pl.col("text").str.strip_chars(' \t,"') != "")
    if filled.is_empty():
        raise RefusedFile("The table has headings and no lines.", AGAIN, line=1)
    _check_lines(filled, len(headings))
    whole = filled.height == body.height
    cells = _split(
        "\n".join(lines[1:] if whole else filled["text"].to_list()), len(headings)
    )
    if cells.height != filled.height:
        _refuse_quotes()
    named = {f"column_{n}": name for n, name in enumerate(headings) if name}
    frame = cells.select(list(named)).rename(named)
    return PublishedText(frame, filled["line"], (*problems, *more))


def _name_headings(
    headings: Sequence[str], file: str
) -> tuple[list[str], list[Problem]]:
    """Tell headings apart that stand twice, whatever their capitals."""
    seen: dict[str, int] = {}
    named: list[str] = []
    problems: list[Problem] = []
    for number, heading in enumerate(headings, 1):
        low = heading.lower()
        seen[low] = seen.get(low, 0) + 1
        if not heading:
            message = "This column has no heading and was not read."
            problems.append(
                Problem(file, 1, f"column {number}", "heading", message, AGAIN)
            )
        elif seen[low] > 1:
            heading = f"{heading}.{seen[low]}"
            message = (
                f"This heading stands twice; the later column is kept as {heading}."
            )
            fix = "Nothing to do, unless the publisher corrects the table."
            problems.append(
                Problem(file, 1, headings[number - 1], "heading", message, fix)
            )
        named.append(heading)
    return named, problems


def _check_lines(lines: pl.DataFrame, columns: int) -> None:
    """Refuse the table at its first line that has not one cell a heading."""
    text = pl.col("text")
    quotes = text.str.count_matches('"', literal=True)
    odd = lines.filter(quotes % 2 == 1)
    if odd.height:
        raise RefusedFile(
            "A quotation mark on this line is never closed, or a cell runs over the "
            "line's end.",
            "Download the table again, or mend the quotation marks on this line.",
            line=int(odd["line"][0]),
            rule="quotation",
        )
    bare = (
        pl.when(quotes > 0).then(text.str.replace_all(r'"[^"]*"', "")).otherwise(text)
    )
    ragged = lines.filter(bare.str.count_matches(",", literal=True) != columns - 1)
    if ragged.height:
        raise RefusedFile(
            "This line has more or fewer cells than there are headings, so its values "
            "cannot be put under the right heading.",
            "Download the table again. A comma inside a value must stand in quotation "
            "marks.",
            line=int(ragged["line"][0]),
            rule="ragged",
        )


def _split(text: str, columns: int) -> pl.DataFrame:
    """Split lines that are known to have as many cells as there are columns."""
    try:
        return pl.read_csv(
            io.BytesIO(text.encode("utf-8")),
            has_header=False,
            schema={f"column_{n}": pl.String() for n in range(columns)},
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        _refuse_quotes()


def _refuse_quotes() -> NoReturn:
    raise RefusedFile(
        "The quotation marks of this table do not close where they should.",
        AGAIN,
        rule="quotation",
    ) from None
