"""A published CSV file as a table of text, a line of the file to a row.

Published tables are wide, quoted and sometimes give a heading twice, which a return may
not: this reads them whole, quickly, and counts every line. Cells are parted by commas,
tabs or semicolons, as the headings are. It knows no publication.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, TypeVar

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns import decoding
from openscrutiny.returns.decoding import decode, decode_head
from openscrutiny.returns.reading import SourceFile

T = TypeVar("T")

AGAIN: Final = "Download the file again and load it unchanged."
_DAMAGED: Final = "The file cannot be read: it is damaged, cut short or protected."
_SEPARATORS: Final = (",", "\t", ";")
_DECIMAL_COMMA: Final = re.compile(r"[-+]?(\d+,\d{1,2}|0,\d+|\d{4,},\d+)")
_NOTE: Final = re.compile(
    r'"?\s*(notes?|sources?|footnotes?|symbols?|key|contact|crown copyright)\b',
    re.IGNORECASE,
)
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


def cells_of(frame: pl.DataFrame, heading: str) -> pl.Series:
    """Give a column under a safe name: polars reads some headings as patterns.

    "*" and "^n$" are names of columns, and would select others.
    """
    return frame[heading].rename("cells")


def read_bytes(source: SourceFile) -> bytes:
    """Read the whole file; RefusedFile where it is empty, too big or unreadable."""
    return guarded(lambda: decoding.read_bytes(source))


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
    line = decode_head(head).split("\n", 1)[0]
    return [name.lower() for name in split_headings(line)]


def find_separator(line: str) -> str:
    """Find what parts the headings: comma, tab or semicolon, the most frequent one.

    >>> find_separator("time_period;geographic_level;n, of which")
    ';'
    """
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=bare.count)


def split_headings(line: str) -> list[str]:
    """Split a line of headings and trim them; none where it cannot be split."""
    bare = line.strip("\r\n").replace("\0", "")
    try:
        cells = next(csv.reader([bare], delimiter=find_separator(bare)), [])
    except csv.Error:
        return []
    return [cell.strip(" \t\u00a0\ufeff") for cell in cells]


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row of a CSV file's text with the line on which it ends."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise RefusedFile(
            "A quotation mark is out of place or never closed.",
            AGAIN,
            line=reader.line_num,
            rule="quotation",
        ) from None


def read_text_table(source: SourceFile) -> PublishedText:
    """Read a CSV file with its headings in line 1.

    Empty cells beyond the last heading are left off, and a repeated line of headings is
    left out, as are notes below the table. Raises RefusedFile, with the line, for a file
    that is empty, holds NUL bytes, has a line with more or fewer cells than headings, a
    cell that runs over a line's end, or no line below the headings.
    """
    text, problems = decode(read_bytes(source), source.name)
    lines = text.split("\n")
    separator = find_separator(lines[0])
    headings, more = _name_headings(split_headings(lines[0]), source.name)
    lines, repeated = _without_headings(lines, source.name)
    lines, notes = _without_notes(lines, separator, source.name)
    body = pl.DataFrame(
        {
            "text": pl.Series(lines[1:], dtype=pl.String()),
            "line": pl.int_range(2, len(lines) + 1, dtype=pl.Int32, eager=True),
        }
    )
    filled = body.filter(pl.col("text").str.strip_chars(f' \t"{separator}') != "")
    if filled.is_empty():
        raise RefusedFile("The table has headings and no lines.", AGAIN, line=1)
    filled, headings = _even_out(filled, headings, separator)
    _check_lines(filled, len(headings), separator)
    cells = _split("\n".join(filled["text"].to_list()), len(headings), separator)
    if cells.height != filled.height:
        _refuse_quotes()
    named = {f"column_{n}": name for n, name in enumerate(headings) if name}
    frame = cells.select(list(named)).rename(named)
    if ";" in (separator, getattr(source, "separator", "")):
        _refuse_decimal_commas(frame)
    told = [p for p in more if not _is_beyond(p, len(headings))]
    return PublishedText(frame, filled["line"], (*problems, *told, *repeated, *notes))


def _is_beyond(problem: Problem, columns: int) -> bool:
    """Tell what was said of a column that turned out to be none."""
    number = problem.field.removeprefix("column ")
    return number.isascii() and number.isdigit() and int(number) > columns


def _without_headings(lines: list[str], file: str) -> tuple[list[str], list[Problem]]:
    """Blank the lines that give the headings again, as files pasted together do."""
    first = lines[0].strip("\ufeff \t")
    again = [at for at, line in enumerate(lines) if at and line.strip(" \t") == first]
    if not again or not first:
        return lines, []
    blank = set(again)
    kept = ["" if at in blank else line for at, line in enumerate(lines)]
    count = "1 line" if len(again) == 1 else f"{len(again):,} lines"
    message = f"Left out, being the headings given again: {count}."
    return kept, [Problem(file, again[0] + 1, "", "heading", message, "Nothing.")]


def _without_notes(
    lines: list[str], separator: str, file: str
) -> tuple[list[str], list[Problem]]:
    """Blank the sentences below a table; a line of it that was cut short is none."""
    end = len(lines)
    first = end
    for at in range(end - 1, 0, -1):
        text = re.sub(rf"[\s{re.escape(separator)}]+$", "", lines[at])
        if text and not _is_note(text, separator, lines[1:at]):
            break
        first = at if text else first
    count = sum(bool(line.strip(f" \t{separator}")) for line in lines[first:])
    if not count:
        return lines, []
    said = "1 line" if count == 1 else f"{count:,} lines"
    message = f"Left out, being notes below the table: {said}."
    kept = [*lines[:first], *[""] * (end - first)]
    return kept, [Problem(file, first + 1, "", "notes", message, "Nothing.")]


def _is_note(text: str, separator: str, above: Sequence[str]) -> bool:
    """Tell a sentence: words in one cell, or behind “Note”; never how a line begins."""
    bare = re.sub(r'"[^"]*"', "", text)
    if separator in bare and not _NOTE.match(text):
        return False
    says = " " in text.strip('" ') or bool(_NOTE.match(text))
    return says and not any(line.startswith(text) for line in above)


def _bare(quotes: pl.Expr) -> pl.Expr:
    text = pl.col("text")
    return (
        pl.when(quotes > 0).then(text.str.replace_all(r'"[^"]*"', "")).otherwise(text)
    )


def _even_out(
    lines: pl.DataFrame, headings: list[str], separator: str
) -> tuple[pl.DataFrame, list[str]]:
    """Give every line as many cells as there are headings, where only empty ones differ."""
    quotes = pl.col("text").str.count_matches('"', literal=True)
    cells = lines.select(
        _bare(quotes).str.count_matches(separator, literal=True).cast(pl.Int64) + 1
    ).to_series()
    named = len(headings)
    while named > 1 and not headings[named - 1]:
        named -= 1
    if cells.max() == named < len(headings):
        headings = headings[:named]  # the line of headings has an empty cell too many
    surplus = cells - len(headings)
    if not (surplus > 0).any():
        return lines, headings
    empty = re.escape(separator)
    longer = [
        re.sub(rf'({empty}[ \t]*(?:"")?[ \t]*){{{extra}}}$', "", text)
        if extra > 0
        else text
        for text, extra in zip(lines["text"], surplus, strict=True)
    ]
    return lines.with_columns(text=pl.Series(longer, dtype=pl.String())), headings


def _refuse_decimal_commas(frame: pl.DataFrame) -> None:
    """Refuse numbers such as 12,5: read as English ones they would be others."""
    for name in frame.columns:
        hits = (
            cells_of(frame, name)
            .str.strip_chars()
            .str.contains(f"^{_DECIMAL_COMMA.pattern}$")
        )
        if hits.any():
            raise RefusedFile(
                "This table parts its cells with semicolons and writes decimals with "
                "a comma, so 1,234 may mean two numbers.",
                "Save it with points for decimals, as it was published.",
                field=name,
                rule="decimal",
            )


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


def _check_lines(lines: pl.DataFrame, columns: int, separator: str) -> None:
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
    found = _bare(quotes).str.count_matches(separator, literal=True)
    ragged = lines.filter(found != columns - 1)
    if ragged.height:
        raise RefusedFile(
            "This line has more or fewer cells than there are headings, so its values "
            "cannot be put under the right heading.",
            "Download the table again. A comma (or what else parts the cells) inside a "
            "value must stand in quotation marks.",
            line=int(ragged["line"][0]),
            rule="ragged",
        )


def _split(text: str, columns: int, separator: str) -> pl.DataFrame:
    """Split lines that are known to have as many cells as there are columns."""
    try:
        return pl.read_csv(
            io.BytesIO(text.encode("utf-8")),
            has_header=False,
            separator=separator,
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
