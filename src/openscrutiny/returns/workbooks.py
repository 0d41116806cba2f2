"""Read the sheets of a workbook as text, with the rows' own numbers."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.decoding import read_bytes
from openscrutiny.returns.headings import clean_heading
from openscrutiny.returns.limits import MAX_TEXT_BYTES, MAX_WORKBOOK_BYTES
from openscrutiny.returns.open_documents import pack_open_document
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.tabular import (
    HEADING_WITHIN,
    Headings,
    HeadingTest,
    TextTable,
    find_heading,
    tidy,
)

# The first rows that recognising looks at, of each sheet.
STARTS_KEPT: Final = 2 * HEADING_WITHIN

T = TypeVar("T")


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
            headings, at = find_heading(rows, is_heading, clean)
        except RefusedFile:
            if cells.height:
                others.append(name)
            continue
        cells.columns = [f"column_{n}" for n in range(cells.width)]
        body = cells.with_columns(
            line=pl.int_range(1, cells.height + 1, dtype=pl.Int32, eager=True)
        ).slice(at)
        frame, problems = tidy(body, headings, at, f"{source.name}!{name}", clean)
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

    def is_hidden(self, name: str) -> bool:
        """Tell whether a spreadsheet program does not show the sheet."""
        sheet = self._book.load_sheet(name, header_row=None, n_rows=1, dtypes="string")
        return bool(sheet.visible != "visible")

    def _load(self, name: str, rows: int | None) -> pl.DataFrame:
        # skip_rows=0 keeps blank rows at the top, so that row numbers stay the sheet's.
        frame: pl.DataFrame = self._book.load_sheet(
            name, header_row=None, skip_rows=0, n_rows=rows, dtypes="string"
        ).to_polars()
        return frame


def note_hidden(source: SourceFile, names: Iterable[str]) -> list[Problem]:
    """Say which of the sheets that were read a spreadsheet program does not show."""
    book = open_workbook(source)
    return [
        Problem(
            f"{source.name}!{name}",
            0,
            "",
            "hidden",
            "This sheet is hidden in the workbook, and was read.",
            "If it is an older copy, remove it and load the workbook again.",
        )
        for name in names
        if book.is_hidden(name)
    ]


def refuse_twin_sheets(source: SourceFile, what: str, names: Sequence[str]) -> None:
    """Refuse a workbook of which several sheets are one table, and name them."""
    book = open_workbook(source)
    told = [f'"{name}"{", hidden," * book.is_hidden(name)}' for name in names]
    raise RefusedFile(
        f"The sheets {' and '.join(told)} are the same list or table ({what}), so "
        "children would be counted twice.",
        "Remove the sheet that is out of date and load the workbook again.",
        field=names[-1],
        rule="sheet",
    )


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

    raw = read_bytes(source, MAX_TEXT_BYTES)
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
            if "content.xml" in archive.namelist() and unpacked <= MAX_WORKBOOK_BYTES:
                raw = pack_open_document(archive)
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
