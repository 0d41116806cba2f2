"""What a workbook or a Parquet file would need in memory, found without reading it.

A workbook is packed again, part by part, from what was measured: what the readers are
given cannot then hold anything that was not looked at, whatever its zip declares.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final, NoReturn

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.limits import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MEMBERS,
    MAX_PARQUET_BYTES,
    MAX_PARQUET_CELLS,
    MAX_SHEETS,
    MAX_WORKBOOK_BYTES,
)

WORKBOOK_PART: Final = "xl/workbook.xml"
STRINGS_PART: Final = "xl/sharedstrings.xml"
# What no reader looks at: pictures, macros, charts, links to other files.
_PASSED_BY: Final = re.compile(
    r"^(xl/(media|drawings|charts|embeddings|externallinks|pivot\w*|printersettings|"
    r"activex|ctrlprops|diagrams|queries|calcchain|vbaproject|customproperty|slicer\w*|"
    r"comments|threadedcomments|persons)|docprops|customxml)"
)
_BLOCK: Final = 1 << 20
_BATCH: Final = 65_536  # rows of a Parquet file
# A tag, or the text of a cell with every sign written out (&quot;).
_LONGEST_TEXT: Final = 8 * MAX_CELL

# How nearly every program writes a cell; counting these is quick.
_USUAL: Final = re.compile(rb'<c r="([A-Z]{1,4})([0-9]{1,9})"')
_USUAL_X: Final = re.compile(rb'<x:c r="([A-Z]{1,4})([0-9]{1,9})"')
_ANY_CELL: Final = tuple(
    start + b"c" + end
    for start in (b"<", b":")
    for end in (b" ", b">", b"/", b"\t", b"\n", b"\r")
)
# Any row or cell, however it is written: its kind, its attributes, and whether it ends.
_TAG: Final = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*?)?(/?)>")
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,4})([0-9]{1,9})""")
_ITEM: Final = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_SHARED: Final = re.compile(rb't="s"[^>]*><v>([0-9]{1,9})</v>')


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
        if info.filename.lower().endswith((".xml", ".rels"))
        and not _PASSED_BY.match(info.filename.lower())
    ]


def _measure_part(
    name: str, part: IO[bytes], write: Callable[[bytes], object], measure: _Measure
) -> None:
    rectangle = _Rectangle()
    for block in _whole_tags(part):
        measure.size += len(block)
        if measure.size > MAX_WORKBOOK_BYTES:
            _refuse(f"more than {MAX_WORKBOOK_BYTES // 1_000_000} megabytes of text")
        write(block)
        if name == STRINGS_PART:
            _add_strings(block, measure.shared)
            continue
        rectangle.add(block)
        measure.uses += _count_shared(block)
        if measure.cells + rectangle.cells > MAX_CELLS:
            _refuse(
                f"more than {MAX_CELLS:,} cells from the first to the furthest that is "
                "filled"
            )
    measure.cells += rectangle.cells
    measure.sheets += rectangle.rows > 0
    if measure.sheets > MAX_SHEETS:
        _refuse(f"more than {MAX_SHEETS} sheets")


@dataclass
class _Rectangle:
    """Find the rectangle that a sheet's cells span, block by block."""

    rows: int = 0
    columns: int = 0
    _row: int = 0  # of the cell that was read last
    _column: int = 0
    _tags: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def add(self, block: bytes) -> None:
        """Add a block that ends between tags."""
        count = sum(block.count(mark) for mark in _ANY_CELL)
        self._tags += count
        if self._tags > 2 * MAX_CELLS:
            _refuse(f"more than {2 * MAX_CELLS:,} cells")
        usual = _USUAL.findall(block) or _USUAL_X.findall(block)
        if len(usual) < count or self._row or not usual:
            self._walk(block)
            return
        columns = max(map(_column_number, {letters for letters, _ in usual}))
        rows = max(int(number) for _, number in usual)
        if rows * columns > MAX_CELLS:  # cells that are merely coloured do not count
            self._walk(block)
            self._row = 0
            return
        self.columns = max(self.columns, columns)
        self.rows = max(self.rows, rows)

    def _walk(self, block: bytes) -> None:
        """Go from tag to tag: a cell or row may leave out where it stands."""
        for kind, attributes, ends in _TAG.findall(block):
            place = _PLACE.search(attributes) if attributes else None
            if kind == b"row":
                self._row = int(place[2]) if place else self._row + 1
                self._column = 0
                continue
            self._column += 1
            if place and place[1]:
                self._column, self._row = _column_number(place[1]), int(place[2])
            if not ends:
                self.rows = max(self.rows, self._row, 1)
                self.columns = max(self.columns, self._column)


def _count_shared(block: bytes) -> int:
    """Count the cells that hold a shared string, or a few too many."""
    return block.count(b'"s"') + block.count(b"'s'")


def _add_strings(block: bytes, shared: list[int]) -> None:
    """Add the lengths of shared strings; one may go on from the block before."""
    starts = [found.start() for found in _ITEM.finditer(block)]
    if shared:
        shared[-1] += starts[0] if starts else len(block)
    ends = [*starts[1:], len(block)]
    shared += [end - start for start, end in zip(starts, ends, strict=False)]


def _whole_tags(part: IO[bytes]) -> Iterator[bytes]:
    """Give a part in blocks that end between tags."""
    left = b""
    while block := part.read(_BLOCK):
        block = left + block
        cut = block.rfind(b"<")
        if cut < 0 or len(block) - cut > _LONGEST_TEXT:
            _refuse("a cell that is longer than any spreadsheet allows")
        left = block[cut:]
        if b"\0" in block:
            _refuse("a part that is no plain text")
        yield block[:cut]
    yield left


def _check_shared(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], measure: _Measure
) -> None:
    """Refuse long texts that very many cells share: each cell gets a copy."""
    longest = max(measure.shared, default=0)
    if measure.uses * longest <= MAX_WORKBOOK_BYTES:
        return
    total = 0
    for info in parts:
        with archive.open(info) as part:
            for block in _whole_tags(part):
                numbers = [int(number) for number in _SHARED.findall(block)]
                others = max(_count_shared(block) - len(numbers), 0)
                known = [n for n in numbers if n < len(measure.shared)]
                total += sum(measure.shared[n] for n in known) + others * longest
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
    if _text_bytes(data) > MAX_PARQUET_BYTES:
        _refuse_parquet(f"more than {MAX_PARQUET_BYTES // 1_000_000} megabytes of text")


def _text_bytes(data: bytes) -> int:
    """Add up the length of all texts, each as often as it stands.

    A text is held once in its dictionary while this counts; it stops at the limit.
    """
    import pyarrow.compute as compute
    from pyarrow import ArrowException, types
    from pyarrow.parquet import ParquetFile

    schema = ParquetFile(io.BytesIO(data)).schema_arrow
    names = [f.name for f in schema if _is_text(types, f.type)]
    total = 0
    try:
        file = ParquetFile(io.BytesIO(data), read_dictionary=names)
        for batch in file.iter_batches(_BATCH, columns=names, use_threads=False):
            for column in batch.columns:
                if types.is_dictionary(column.type):
                    lengths = compute.binary_length(column.dictionary)
                    column = lengths.take(column.indices)
                else:
                    column = compute.binary_length(column)
                total += compute.sum(column).as_py() or 0
            if total > MAX_PARQUET_BYTES:
                break
    except (ArrowException, OSError, ValueError, OverflowError):
        return total  # the reader says what is wrong with it
    return total


def _is_text(types: Any, kind: Any) -> bool:
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
    )


def _refuse_parquet(what: str) -> NoReturn:
    raise RefusedFile(
        f"The Parquet file has {what}, more than any publication that is read.",
        "Download it again, or export the part of it that is wanted.",
        rule="bomb",
    )
