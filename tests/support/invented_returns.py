"""Invented files for the tests of returns: in memory, small, and about nobody."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import polars as pl
import xlsxwriter

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.reading import LoadRequest, Reader, Reading

DATA = Path(__file__).parents[1] / "data"
REQUEST = LoadRequest(council="999")


@dataclass(frozen=True)
class MemoryFile:
    """Stand for a file whose bytes are at hand."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> IO[bytes]:
        return io.BytesIO(self.data)

    def head(self, size: int = 65536) -> bytes:
        return self.data[:size]


def csv_file(name: str, *lines: str, encoding: str = "utf-8") -> MemoryFile:
    return MemoryFile(name, ("\n".join(lines) + "\n").encode(encoding))


def workbook_file(
    name: str, sheets: Mapping[str, Sequence[Sequence[object]]]
) -> MemoryFile:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return MemoryFile(name, buffer.getvalue())


def folder_files(*parts: str) -> list[MemoryFile]:
    """Read the files of one folder of tests/data."""
    folder = DATA.joinpath(*parts)
    return [MemoryFile(p.name, p.read_bytes()) for p in sorted(folder.iterdir())]


Outcomes = dict[str, Reading | RefusedFile]


def read_all(
    reader: Reader, files: Iterable[MemoryFile], request: LoadRequest = REQUEST
) -> Outcomes:
    """Recognise every file, read all as one group, and give outcomes by file name."""
    sources = []
    for file in files:
        part = reader.recognise(file)
        assert part is not None, f"{file.name} was not recognised"
        sources.append((part, file))
    outcomes = {s.name: outcome for s, outcome in reader.read(sources, request)}
    assert set(outcomes) == {file.name for _, file in sources}
    for outcome in outcomes.values():
        if isinstance(outcome, Reading):
            check_contract(outcome)
    return outcomes


def read_one(
    reader: Reader, *files: MemoryFile, request: LoadRequest = REQUEST
) -> Reading:
    """Read files and give the first one's reading."""
    outcome = read_all(reader, files, request)[files[0].name]
    assert isinstance(outcome, Reading), outcome.message
    return outcome


def refusal(
    reader: Reader, *files: MemoryFile, request: LoadRequest = REQUEST
) -> RefusedFile:
    """Read files and give the reason why the first one is refused."""
    outcome = read_all(reader, files, request)[files[0].name]
    assert isinstance(outcome, RefusedFile)
    return outcome


def check_contract(reading: Reading) -> None:
    """Hold a reading to what the record relies on."""
    from openscrutiny.record.tables import TABLES

    assert 0 <= reading.rows_rejected <= reading.rows_read
    for name, frame in reading.tables.items():
        own = TABLES[name].columns
        assert set(frame.columns) - {"file"} == {*own, "line"}, name
        assert frame.schema["line"] == pl.Int32()
        assert {c: frame.schema[c] for c in own} == own, name
        assert not frame.select(TABLES[name].key).is_duplicated().any(), name
        if frame.height:
            assert frame["line"].min() >= 1  # type: ignore[operator]


def rules_of(reading: Reading) -> list[tuple[int, str, str]]:
    """List each problem as line, field and rule."""
    return [(p.line, p.field, p.rule) for p in reading.problems]
