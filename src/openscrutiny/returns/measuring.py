"""What a workbook or a Parquet file would need in memory, found without reading it.

A workbook is packed again, part by part, from what was measured: what the readers are
given cannot then hold anything that was not looked at, whatever its zip declares.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final, NoReturn

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MEMBERS,
    MAX_PARQUET_BYTES,
    MAX_PARQUET_CELLS,
    MAX_SHEETS,
    MAX_WORKBOOK_BYTES,
)

__all__ = ["check_parquet", "is_workbook_zip", "pack_again"]

WORKBOOK_PART: Final = "xl/workbook.xml"
STRINGS_PART: Final = "xl/sharedstrings.xml"
# What no reader looks at: pictures, macros, charts, links to other files.
_PASSED_BY: Final = re.compile(
    r"^(xl/(media|drawings|charts|embeddings|externallinks|pivot\w*|printersettings|"
    r"activex|ctrlprops|diagrams|queries|calcchain|vbaproject|customproperty|slicer\w*|"
    r"comments|threadedcomments|persons)|docprops|customxml)"
)
_BLOCK: Final = 1 << 20
_LONGEST_TAG: Final = 1 << 16

_TAG: Final = rb"<(?:\w+:)?%s(?=[\s/>])"
# A cell that holds something and says where it stands.
_PLACED: Final = re.compile(
    _TAG % b"c" + rb"""[^>]*?\sr\s*=\s*["']([A-Za-z]{1,4})(\d{1,9})["'][^>]*(?<!/)>"""
)
_CELL: Final = re.compile(_TAG % b"c" + rb"[^>]*(?<!/)>")
_ROW: Final = re.compile(_TAG % b"row")
_ROW_AT: Final = re.compile(_TAG % b"row" + rb"""[^>]*?\sr\s*=\s*["'](\d{1,9})["']""")
_ITEM: Final = re.compile(_TAG % b"si")
_SHARED: Final = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v[^>]*>\s*(\d{1,9})"""
)


def is_workbook_zip(file: IO[bytes]) -> bool:
    """Tell whether a zip is an Office Open XML workbook."""
    with zipfile.ZipFile(file) as archive:
        return WORKBOOK_PART in archive.namelist()


@dataclass
class _Measure:
    """Gather how large a workbook's sheets are."""

    size: int = 0  # bytes of all parts
    cells: int = 0  # of all sheets' rectangles
    sheets: int = 0
    shared: list[int] = field(default_factory=list)  # length of each shared string
    uses: int = 0  # cells that hold one


def pack_again(file: IO[bytes]) -> bytes:
    """Pack a workbook again from its parts, each measured on the way.

    Raises RefusedFile where it would need too much memory, and what zipfile raises
    where it is damaged.
    """
    measure = _Measure()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(file) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        parts = _list_parts(old)
        for info in parts:
            with old.open(info) as part, new.open(info.filename, "w") as copy:
                _measure_part(info.filename.lower(), part, copy.write, measure)
        _check_shared(old, parts, measure)
    return packed.getvalue()


def _list_parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        _refuse("more parts than a workbook has")
    if any(info.flag_bits & 1 for info in infos):
        raise RefusedFile(
            "The workbook is protected by a password.",
            "Save it as .xlsx without a password, and load it again.",
            rule="password",
        )
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        _refuse("two parts of one name")
    return [
        info
        for info in infos
        if not info.is_dir() and not _PASSED_BY.match(info.filename.lower())
    ]


def _measure_part(
    name: str, part: IO[bytes], write: Callable[[bytes], object], measure: _Measure
) -> None:
    rows = columns = 0
    unplaced = False
    is_strings = name == STRINGS_PART
    widest = _Widest()
    for block in _whole_tags(part):
        measure.size += len(block)
        if measure.size > MAX_WORKBOOK_BYTES:
            _refuse(f"more than {MAX_WORKBOOK_BYTES // 1_000_000} megabytes of text")
        write(block)
        if is_strings:
            _add_strings(block, measure.shared)
            continue
        placed = _PLACED.findall(block)
        for letters in {letters for letters, _ in placed}:
            columns = max(columns, _column_number(letters))
        rows = max(rows, max((int(number) for _, number in placed), default=0))
        cells = len(_CELL.findall(block))
        measure.uses += len(_SHARED.findall(block))
        if cells > len(placed):
            unplaced = True
        widest.add(block)
    if unplaced:
        rows, columns = max(rows, widest.rows), max(columns, widest.columns)
    if rows:
        measure.sheets += 1
        measure.cells += rows * columns
    if measure.sheets > MAX_SHEETS:
        _refuse(f"more than {MAX_SHEETS} sheets")
    if columns > MAX_COLUMNS * 10 or measure.cells > MAX_CELLS:
        _refuse(
            f"more than {MAX_CELLS:,} cells from the first to the furthest that is "
            "filled"
        )


def _add_strings(block: bytes, shared: list[int]) -> None:
    """Add the lengths of shared strings; one may go on from the block before."""
    starts = [found.start() for found in _ITEM.finditer(block)]
    if shared:
        shared[-1] += starts[0] if starts else len(block)
    ends = [*starts[1:], len(block)]
    shared += [end - start for start, end in zip(starts, ends, strict=False)]


@dataclass
class _Widest:
    """Count rows, and the cells of the fullest, where cells do not say their place."""

    rows: int = 0
    columns: int = 0
    _open: int = 0

    def add(self, block: bytes) -> None:
        starts = [found.start() for found in _ROW.finditer(block)]
        edges = [0, *starts, len(block)]
        for at, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
            self._open = (self._open if at == 0 else 0) + len(
                _CELL.findall(block, start, end)
            )
            self.columns = max(self.columns, self._open)
        told = max((int(n) for n in _ROW_AT.findall(block)), default=0)
        self.rows = max(self.rows + len(starts), told)


def _whole_tags(part: IO[bytes]) -> Iterator[bytes]:
    """Give a part in blocks that end between tags."""
    left = b""
    while block := part.read(_BLOCK):
        block = left + block
        cut = block.rfind(b"<")
        if cut < 0 or (len(block) - cut) > _LONGEST_TAG:
            cut = len(block)
        left = block[cut:]
        if block[:cut]:
            yield block[:cut]
    if b"\0" in left[:_LONGEST_TAG]:
        _refuse("a part that is no plain text")
    yield left


def _check_shared(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], measure: _Measure
) -> None:
    """Refuse long texts that very many cells share: each cell gets a copy."""
    if measure.uses * max(measure.shared, default=0) <= MAX_WORKBOOK_BYTES:
        return
    total = 0
    for info in parts:
        with archive.open(info) as part:
            for block in _whole_tags(part):
                for number in _SHARED.findall(block):
                    at = int(number)
                    total += measure.shared[at] if at < len(measure.shared) else 0
                if total > MAX_WORKBOOK_BYTES:
                    _refuse("long texts that very many cells share")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _refuse(what: str) -> NoReturn:
    raise RefusedFile(
        f"The workbook has {what}: it would take more memory than a return may.",
        "Copy the filled cells alone into a new workbook, and load that.",
        rule="bomb",
    )


# ---------------------------------------------------------------- Parquet


def check_parquet(file: IO[bytes]) -> None:
    """Refuse a Parquet file whose rows would take too much memory.

    First by its footer; then by the length of its texts, which one entry of a
    dictionary can repeat a million times. A file that cannot be read is left to the
    reader, which says so.
    """
    from pyarrow import ArrowException  # only those who load Parquet pay for it
    from pyarrow.parquet import ParquetFile

    data = file.read(MAX_PARQUET_BYTES + 1)
    try:
        footer = ParquetFile(io.BytesIO(data)).metadata
    except (ArrowException, OSError, ValueError, OverflowError):
        return
    groups = [footer.row_group(n) for n in range(footer.num_row_groups)]
    chunks = [g.column(n) for g in groups for n in range(g.num_columns)]
    values = max(footer.num_rows, sum(chunk.num_values for chunk in chunks))
    if footer.num_columns > MAX_COLUMNS or values > MAX_PARQUET_CELLS:
        _refuse_parquet(f"{values:,} values in {footer.num_columns:,} columns")
    size = sum(chunk.total_uncompressed_size for chunk in chunks)
    if size > MAX_PARQUET_BYTES:
        _refuse_parquet(f"{size // 1_000_000:,} megabytes when unpacked")
    text = _text_bytes(data)
    if text > MAX_PARQUET_BYTES:
        _refuse_parquet(f"{text // 1_000_000:,} megabytes of text")


def _text_bytes(data: bytes) -> int:
    """Add up the length of all texts, which are held once however often they stand."""
    try:
        texts = pl.read_parquet(io.BytesIO(data)).select(
            pl.col(pl.String, pl.Categorical)
            .cast(pl.String)
            .str.len_bytes()
            .cast(pl.UInt64)
            .sum()
        )
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a hostile file can make the library panic
        return 0
    return sum(value or 0 for value in texts.row(0)) if texts.width else 0


def _refuse_parquet(what: str) -> NoReturn:
    raise RefusedFile(
        f"The Parquet file has {what}, more than any publication that is read.",
        "Download it again, or export the part of it that is wanted.",
        rule="bomb",
    )
