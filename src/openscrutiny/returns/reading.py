"""What every reader gives: which return a file is, and the rows that it holds.

A reader recognises a file by its content, never by its name, and turns it into rows
of the record's tables. It touches nothing but the bytes that it is given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Protocol, runtime_checkable

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.indicators.definition import Indicator
from openscrutiny.layouts.returns import get_return
from openscrutiny.record.gaps import Gap


class SourceFile(Protocol):
    """Stand for one file of its own: a path on disk or a member of a zip.

    `name` is how the file is shown and recorded, relative to what the user gave;
    `size` is in bytes.
    """

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def group(self) -> str:
        """Name what belongs together: a folder, or a release's zip."""
        ...

    def open(self) -> IO[bytes]:
        """Open the bytes from the start; may be called more than once."""
        ...

    def head(self, size: int = 65536) -> bytes:
        """Give the first bytes, for recognising the file."""
        ...


@dataclass(frozen=True)
class LoadRequest:
    """What the user said beside the files. Empty means: infer it from the content."""

    year: int | None = None
    authority: str | None = None
    council: str = ""  # the workspace's own authority, used where a return names none
    as_at: date | None = None  # the day on which the file was made
    # Of a council's own figures: its own codes with ours, its own definitions, and the
    # day after which nothing can have been counted.
    local_codes: Mapping[str, str] = field(default_factory=dict)
    definitions: Callable[[], tuple[Indicator, ...]] = tuple
    today: date | None = None


@dataclass(frozen=True)
class Reading:
    """Hold all that one file gave, before it is added to the record.

    `tables` maps a table's name to a frame of its own columns and `line` (Int32),
    plus `file` only where the file has parts (a sheet): "NAME!SHEET".
    `covers` maps a table's name to the first and last day for which the file is the
    whole truth; a table without flows (person) may be left out.
    `rows_read` counts the file's own records and equals kept plus rejected.
    """

    return_name: str
    period_end: date | None
    authority: str | None
    tables: dict[str, pl.DataFrame]
    rows_read: int
    rows_rejected: int
    covers: dict[str, tuple[date, date]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    year: int | None = None
    inferred: str = ""  # how year or authority was found, where the file states none
    unread: pl.DataFrame | None = None  # table, column, line (and file); never a value
    gaps: tuple[Gap, ...] = ()  # what of the record's tables the file could not give
    made_at: datetime | None = None  # local time, where the file or the user says it

    @property
    def return_id(self) -> str:
        """Name the return and its period."""
        return get_return(self.return_name).identify(self.year, self.period_end)


class Reader(Protocol):
    """Read one kind of return.

    `recognise` answers with the part of the return that the file is ("" where it
    has only one part), or None where it is not this return at all. It is quick and
    never raises. `read` gets every recognised file that belongs together (see `sets`)
    and yields one outcome a file, in any order: a Reading, or the RefusedFile that says
    why nothing of it is taken.
    """

    return_name: str

    def recognise(self, source: SourceFile) -> str | None: ...

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, "Reading | RefusedFile"]]: ...


class FileReader:
    """Read files that stand alone, each in `read_file`, which may raise RefusedFile."""

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, "Reading | RefusedFile"]]:
        for part, source in sources:
            try:
                yield source, self.read_file(part, source, request)
            except RefusedFile as refused:
                yield source, refused

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        raise NotImplementedError


@runtime_checkable
class DatesFiles(Protocol):
    """Date one file of a set by its own content, to tell several sets apart."""

    def find_own_year(self, source: SourceFile) -> int | None: ...
