"""Read a CSV file as text, with exact line numbers, and tidy any table of text.

Nothing is interpreted here: every cell stays text, an empty cell is null, and each
row keeps the line (or sheet row) that it stands on, counted from 1. What the columns
mean, and whether the values can be true, is for `columns` and the readers.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.decoding import decode, decode_head, read_bytes
from openscrutiny.returns.headings import BLANKS, clean_heading
from openscrutiny.returns.limits import MAX_CELL, MAX_TEXT_BYTES
from openscrutiny.returns.reading import SourceFile

# Exports put titles and notes above the headings, never this many.
HEADING_WITHIN: Final = 20
# Empty cells that a spreadsheet may leave at the end of every line.
MAX_SURPLUS: Final = 50
Headings = tuple[str, ...]
HeadingTest = Callable[[Headings], bool]


@dataclass(frozen=True)
class TextTable:
    """Hold one table of text: its columns by cleaned heading, and `line` (Int32).

    Cells are trimmed and null where empty; rows without any value are left out.
    `sheet` is "" for a CSV file.
    """

    frame: pl.DataFrame
    heading_line: int
    problems: tuple[Problem, ...] = ()
    sheet: str = ""


def list_heading_candidates(
    head: bytes, clean: Callable[[str | None], str] = clean_heading
) -> list[Headings]:
    """List the first lines of a CSV file as cleaned cells; never raises.

    Meant for recognising a file: `head` may end in the middle of a line, and hold
    NUL bytes or UTF-16, for which the file is refused later with its reason.
    """
    text = decode_head(head).replace("\r", "\n")
    rows: list[Headings] = []
    for line in islice(text.split("\n"), 2 * HEADING_WITHIN):
        try:
            cells = next(csv.reader([line]), [])
        except csv.Error:
            continue
        rows.append(tuple(clean(cell) for cell in cells))
    return rows


def read_csv(
    source: SourceFile,
    is_heading: HeadingTest,
    clean: Callable[[str | None], str] = clean_heading,
    keep: Collection[str] | None = None,
) -> TextTable:
    """Read a CSV file whose heading row answers true to `is_heading`.

    Of a wide table the columns under the headings to `keep` alone are held; None: all.

    The file is UTF-8, with or without a byte order mark, or else Windows-1252, which
    is noted as a problem. Raises RefusedFile, with the line, for a file that is
    empty, too big, holds NUL bytes, has no heading row, a heading twice, a row with
    more or fewer cells than headings, an open quotation mark or an oversized cell.
    """
    text, problems = decode(read_bytes(source, MAX_TEXT_BYTES), source.name)
    if '"' in text:
        headings, line, frame = _parse_quoted(text, is_heading, clean, keep)
    else:
        headings, line, frame = _parse_plain(text, is_heading, clean)
    frame, more = tidy(frame, headings, line, source.name, clean)
    return TextTable(frame, line, (*problems, *more))


def find_heading(
    rows: Iterator[tuple[int, Sequence[str | None]]],
    is_heading: HeadingTest,
    clean: Callable[[str | None], str],
) -> tuple[Headings, int]:
    """Find the heading row among the first rows that are not blank."""
    filled = ((line, cells) for line, cells in rows if any(map(clean, cells)))
    for line, cells in islice(filled, HEADING_WITHIN):
        headings = tuple(clean(cell) for cell in cells)
        if is_heading(headings):
            return headings, line
    raise RefusedFile(
        f"No heading row of this return stands in the first {HEADING_WITHIN} rows.",
        "Export the file again with its headings.",
        rule="heading",
    )


def _parse_plain(
    text: str, is_heading: HeadingTest, clean: Callable[[str | None], str]
) -> tuple[Headings, int, pl.DataFrame]:
    """Split text without quotation marks: the usual case, a column at a time."""
    lines = text.split("\n")
    numbered = ((n, line.split(",")) for n, line in enumerate(lines, 1))
    headings, at = find_heading(numbered, is_heading, clean)
    body = pl.DataFrame(
        {
            "text": pl.Series(lines[at:], dtype=pl.String()),
            "line": pl.int_range(at + 1, len(lines) + 1, dtype=pl.Int32, eager=True),
        }
    ).filter(pl.col("text").str.strip_chars(BLANKS + ",") != "")
    body = _without_surplus(body, len(headings))
    cells = body["text"].str.split_exact(",", len(headings) - 1).struct.unnest()
    cells.columns = [f"column_{n}" for n in range(len(headings))]
    return headings, at, cells.with_columns(body["line"])


def _without_surplus(body: pl.DataFrame, width: int) -> pl.DataFrame:
    """Cut empty cells off the ends of the lines; refuse any other wrong width.

    Only where every line has as many too many: a comma that slipped into one line
    alone may have put its values under the wrong headings.
    """
    cells = pl.col("text").str.count_matches(",", literal=True) + 1
    ragged = body.filter(cells != width)
    if not ragged.height:
        return body
    widths = body.select(cells.unique().alias("cells"))["cells"]
    cut = body.with_columns(
        pl.col("text").str.extract(rf"^(.*?)(?:,[ \t]*){{{widths[0] - width}}}$")
        if len(widths) == 1 and 0 < widths[0] - width <= MAX_SURPLUS
        else pl.lit(None, pl.String).alias("text")
    )
    lost = cut.filter(pl.col("text").is_null())
    if lost.height:
        line, count = ragged.select("line", cells.alias("cells")).row(0)
        _refuse_ragged(line, count, width)
    return cut


def _parse_quoted(
    text: str,
    is_heading: HeadingTest,
    clean: Callable[[str | None], str],
    keep: Collection[str] | None,
) -> tuple[Headings, int, pl.DataFrame]:
    """Split text with quotation marks; a row's line is the one that it begins on."""
    headings, at = find_heading(_numbered(text), is_heading, clean)
    if keep is not None:
        return _parse_some(text, headings, at, keep)
    lines: list[int] = []
    rows: list[list[str]] = []
    for line, cells in _numbered(text):
        if line <= at or not "".join(cells).strip(BLANKS):
            continue
        lines.append(line)
        rows.append(cells)
    rows = _without_surplus_cells(lines, rows, len(headings))
    columns = list(zip(*rows, strict=True)) or [()] * len(headings)
    frame = pl.DataFrame(
        {
            f"column_{n}": pl.Series(values, dtype=pl.String())
            for n, values in enumerate(columns)
        }
    )
    return headings, at, frame.with_columns(pl.Series("line", lines, dtype=pl.Int32()))


def _parse_some(
    text: str, headings: Headings, at: int, keep: Collection[str]
) -> tuple[Headings, int, pl.DataFrame]:
    """Split text and hold some of its columns alone, in their order."""
    places = [n for n, heading in enumerate(headings) if heading in keep]
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    for line, cells in _numbered(text):
        if line <= at or not any(cells):
            continue
        if len(cells) != len(headings):
            _refuse_ragged(line, len(cells), len(headings))
        lines.append(line)
        rows.append(tuple(cells[n] for n in places))
    columns = list(zip(*rows, strict=True)) or [()] * len(places)
    frame = pl.DataFrame(
        {
            f"column_{n}": pl.Series(values, dtype=pl.String())
            for n, values in enumerate(columns)
        }
    ).with_columns(pl.Series("line", lines, dtype=pl.Int32()))
    return tuple(headings[n] for n in places), at, frame


def _without_surplus_cells(
    lines: list[int], rows: list[list[str]], width: int
) -> list[list[str]]:
    """Do as `_without_surplus` does, with rows that are split already."""
    wrong = next((n for n, row in enumerate(rows) if len(row) != width), None)
    if wrong is None:
        return rows
    surplus = len(rows[wrong]) - width
    if not 0 < surplus <= MAX_SURPLUS or any(
        len(row) != width + surplus or "".join(row[width:]).strip(BLANKS)
        for row in rows
    ):
        _refuse_ragged(lines[wrong], len(rows[wrong]), width)
    return [row[:width] for row in rows]


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise RefusedFile(
                "A quotation mark is out of place or never closed, or a cell is "
                "longer than any spreadsheet allows.",
                "Export the file again, or mend the quotation marks on this line.",
                line=line,
                rule="quotation",
            ) from None
        yield line, cells


def _refuse_ragged(line: int, cells: int, headings: int) -> None:
    raise RefusedFile(
        f"This line has {cells:,} cells and there are {headings:,} headings, so its "
        "values cannot be put under the right heading.",
        "Export the file again. A comma inside a value must stand in quotation marks.",
        line=line,
        rule="ragged",
    )


def tidy(
    frame: pl.DataFrame,
    headings: Headings,
    line: int,
    name: str,
    clean: Callable[[str | None], str],
) -> tuple[pl.DataFrame, list[Problem]]:
    """Trim cells, drop blank rows, and put the headings on the columns.

    `frame` has column_0 and so on, and `line`; `line` is that of the headings.
    """
    columns = [f"column_{n}" for n in range(len(headings))]
    trimmed = [pl.col(column).str.strip_chars(BLANKS) for column in columns]
    frame = frame.with_columns(trimmed).with_columns(
        pl.when(pl.col(column) != "").then(pl.col(column)) for column in columns
    )
    frame = frame.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    _refuse_long_cells(frame, columns)
    frame, again = _without_repeated_headings(frame, headings, name, clean)
    named = {c: h for c, h in zip(columns, headings, strict=True) if h}
    if len(set(named.values())) != len(named):
        raise RefusedFile(
            "Two columns have the same heading, so neither can be trusted.",
            "Export the file again with each heading once.",
            line=line,
            rule="heading",
        )
    problems = again + [
        Problem(
            name,
            line,
            f"column {n}",
            "heading",
            "This column has values but no heading; it was not read.",
            "Give the column its heading, or remove it.",
        )
        for n, column in enumerate(columns, 1)
        if column not in named and frame[column].null_count() < frame.height
    ]
    return frame.select(*named, "line").rename(named), problems


def _without_repeated_headings(
    frame: pl.DataFrame,
    headings: Headings,
    name: str,
    clean: Callable[[str | None], str],
) -> tuple[pl.DataFrame, list[Problem]]:
    """Leave out rows that say the headings again, where files were put together."""
    at, first = next((n, h) for n, h in enumerate(headings) if h)
    cells = frame[f"column_{at}"]
    alike = [text for text in cells.unique().to_list() if clean(text) == first]
    suspects = frame.filter(cells.is_in(alike)) if alike else frame.clear()
    columns = [f"column_{n}" for n in range(len(headings))]
    lines = [
        row[-1]
        for row in suspects.select(*columns, "line").iter_rows()
        if tuple(clean(cell) for cell in row[:-1]) == headings
    ]
    notes = [
        Problem(
            name,
            line,
            "",
            "heading",
            "The headings stand here once more; the line was not read as a row.",
            "Nothing, unless files of several years were put together.",
        )
        for line in lines
    ]
    return frame.filter(~pl.col("line").is_in(lines)), notes


def _refuse_long_cells(frame: pl.DataFrame, columns: Sequence[str]) -> None:
    long = pl.any_horizontal(pl.col(columns).str.len_chars() > MAX_CELL)
    found = frame.filter(long)
    if found.height:
        raise RefusedFile(
            "A cell on this line is longer than any spreadsheet allows.",
            "Mend the line, or export the file again.",
            line=int(found["line"][0]),
            rule="cell",
        )
