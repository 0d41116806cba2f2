"""Read a CSV file or the sheets of a workbook as text, with exact line numbers.

Nothing is interpreted here: every cell stays text, an empty cell is null, and each
row keeps the line (or sheet row) that it stands on, counted from 1. What the columns
mean, and whether the values can be true, is for `cleaning` and the readers.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.headings import (
    BLANKS,
    clean_heading,
    lower_heading,
    nearest_heading,
    upper_heading,
)
from openscrutiny.returns.limits import MAX_CELL, MAX_TEXT_BYTES, MAX_WORKBOOK_BYTES
from openscrutiny.returns.reading import SourceFile

__all__ = [
    "BLANKS",
    "TextTable",
    "Workbook",
    "clean_heading",
    "is_workbook",
    "list_heading_candidates",
    "list_sheet_headings",
    "load_sheet",
    "lower_heading",
    "nearest_heading",
    "open_workbook",
    "read_csv",
    "read_workbook",
    "upper_heading",
]

# Exports put titles and notes above the headings, never this many.
HEADING_WITHIN: Final = 20
# Empty cells that a spreadsheet may leave at the end of every line.
MAX_SURPLUS: Final = 50
# The first rows that recognising looks at, of each sheet.
STARTS_KEPT: Final = 2 * HEADING_WITHIN

T = TypeVar("T")
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


# ---------------------------------------------------------------- CSV files


def list_heading_candidates(
    head: bytes, clean: Callable[[str | None], str] = clean_heading
) -> list[Headings]:
    """List the first lines of a CSV file as cleaned cells; never raises.

    Meant for recognising a file: `head` may end in the middle of a line, and hold
    NUL bytes or UTF-16, for which the file is refused later with its reason.
    """
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    text = text.replace("\0", "").replace("\r", "\n")
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
) -> TextTable:
    """Read a CSV file whose heading row answers true to `is_heading`.

    The file is UTF-8, with or without a byte order mark, or else Windows-1252, which
    is noted as a problem. Raises RefusedFile, with the line, for a file that is
    empty, too big, holds NUL bytes, has no heading row, a heading twice, a row with
    more or fewer cells than headings, an open quotation mark or an oversized cell.
    """
    text, problems = _decode(_read_bytes(source), source.name)
    if '"' in text:
        headings, line, frame = _parse_quoted(text, is_heading, clean)
    else:
        headings, line, frame = _parse_plain(text, is_heading, clean)
    frame, more = _tidy(frame, headings, line, source.name, clean)
    return TextTable(frame, line, (*problems, *more))


def _read_bytes(source: SourceFile) -> bytes:
    if source.size > MAX_TEXT_BYTES:
        raise RefusedFile(
            f"The file is larger than {MAX_TEXT_BYTES // 1_000_000} megabytes, more "
            "than this return can be.",
            "Check that it is the right file, or load one authority at a time.",
        )
    with source.open() as file:
        raw = file.read(MAX_TEXT_BYTES + 1)
    if not raw.strip():
        raise RefusedFile(
            "The file is empty.", "Export it again, and check that it opens."
        )
    return raw


def _decode(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    """Decode the bytes and make every line end a newline."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw:
        raise RefusedFile(
            "The file holds NUL bytes, so it is no plain text (or is UTF-16 text).",
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


def _find_heading(
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
    headings, at = _find_heading(numbered, is_heading, clean)
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
    text: str, is_heading: HeadingTest, clean: Callable[[str | None], str]
) -> tuple[Headings, int, pl.DataFrame]:
    """Split text with quotation marks; a row's line is the one that it begins on."""
    headings, at = _find_heading(_numbered(text), is_heading, clean)
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


# ---------------------------------------------------------------- workbooks


def is_workbook(source: SourceFile) -> bool:
    """Tell whether the file is an Office Open XML workbook; never raises."""
    try:
        if not source.head(4).startswith(b"PK\x03\x04"):
            return False
        with source.open() as file, zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def list_sheet_headings(
    source: SourceFile,
    clean: Callable[[str | None], str] = clean_heading,
    rows: int | None = STARTS_KEPT,
) -> dict[str, list[Headings]]:
    """List the first rows of each sheet as cleaned cells, for recognising.

    `rows=None` gives every row. Raises RefusedFile where the workbook cannot be opened.
    """
    book = open_workbook(source)
    return {
        name: [
            tuple(clean(cell) for cell in row)
            for row in load_sheet(book, name, rows).rows()
        ]
        for name in book.sheet_names
    }


def read_workbook(
    source: SourceFile,
    is_heading: HeadingTest,
    clean: Callable[[str | None], str] = clean_heading,
) -> tuple[list[TextTable], list[str]]:
    """Read every sheet with a heading row, and name the filled sheets without one.

    Lines are the sheet's own row numbers. Dates come as "2024-04-01 00:00:00".
    Raises RefusedFile where the workbook cannot be opened or a sheet has a heading
    twice.
    """
    book = open_workbook(source)
    tables: list[TextTable] = []
    others: list[str] = []
    for name in book.sheet_names:
        cells = load_sheet(book, name)
        rows: Iterator[tuple[int, Any]] = enumerate(cells.head(200).iter_rows(), 1)
        try:
            headings, at = _find_heading(rows, is_heading, clean)
        except RefusedFile:
            if cells.height:
                others.append(name)
            continue
        cells.columns = [f"column_{n}" for n in range(cells.width)]
        body = cells.with_columns(
            line=pl.int_range(1, cells.height + 1, dtype=pl.Int32, eager=True)
        ).slice(at)
        frame, problems = _tidy(body, headings, at, f"{source.name}!{name}", clean)
        tables.append(TextTable(frame, at, tuple(problems), name))
    return tables, others


class Workbook:
    """An open workbook; the first rows of its sheets are kept once they were read."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._starts: dict[str, pl.DataFrame] = {}

    @property
    def sheet_names(self) -> list[str]:
        return list(self._book.sheet_names)

    def load(self, name: str, rows: int | None) -> pl.DataFrame:
        if rows is None or rows > STARTS_KEPT:
            return self._load(name, rows)
        if name not in self._starts:
            self._starts[name] = self._load(name, STARTS_KEPT)
        return self._starts[name].head(rows)

    def _load(self, name: str, rows: int | None) -> pl.DataFrame:
        # skip_rows=0 keeps blank rows at the top, so that row numbers stay the sheet's.
        frame: pl.DataFrame = self._book.load_sheet(
            name, header_row=None, skip_rows=0, n_rows=rows, dtypes="string"
        ).to_polars()
        return frame


def open_workbook(source: SourceFile) -> Workbook:
    """Open a workbook's bytes; refused where it is damaged or a bomb.

    A source with a `memo` keeps it open, so that each reader may look at it.
    """
    memo = getattr(source, "memo", None)
    if memo is None:
        return _open_workbook(source)
    if "workbook" not in memo:
        memo["workbook"] = _open_workbook(source)
    book: Workbook = memo["workbook"]
    return book


def _open_workbook(source: SourceFile) -> Workbook:
    import fastexcel  # only those who load a workbook pay for it

    raw = _read_bytes(source)
    broken = RefusedFile(
        "The workbook cannot be opened: it is damaged, protected by a password or "
        "unpacks to far more than a return.",
        "Open it in a spreadsheet program, save it as .xlsx without a password, and "
        "load it again.",
        rule="workbook",
    )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise broken from None
    if unpacked > MAX_WORKBOOK_BYTES:
        raise broken
    return _guard(lambda: Workbook(fastexcel.read_excel(raw)), broken)


def load_sheet(book: Workbook, name: str, rows: int | None = None) -> pl.DataFrame:
    """Load a sheet's cells as text, its first row first; refused where it is broken."""
    broken = RefusedFile(
        f"The sheet “{name}” of the workbook cannot be read.",
        "Open it in a spreadsheet program, save it as .xlsx, and load it again.",
        rule="workbook",
    )
    return _guard(lambda: book.load(name, rows), broken)


def _guard(action: Callable[[], T], broken: RefusedFile) -> T:
    """Run the workbook library; whatever it dies of, the file is refused.

    A hostile workbook can make the Rust library panic, and a panic reaches Python
    as a BaseException that has no importable name.
    """
    try:
        return action()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        raise broken from None


# ---------------------------------------------------------------- both


def _tidy(
    frame: pl.DataFrame,
    headings: Headings,
    line: int,
    name: str,
    clean: Callable[[str | None], str],
) -> tuple[pl.DataFrame, list[Problem]]:
    """Trim cells, drop blank rows, and put the headings on the columns."""
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
