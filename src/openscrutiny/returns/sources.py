"""Files as they stand: paths on disk, members of a zip, and what a gzip holds.

A zip is walked without unpacking it to disk, and stays open while it is read. What it
declares is checked first. Nothing but plain files is ever opened.
"""

import gzip
import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.limits import (
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_PACKED_BYTES,
    MAX_RATIO,
    RATIO_FROM_BYTES,
)
from openscrutiny.returns.reading import SourceFile

ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP_START: Final = b"\x1f\x8b"
# Office documents are zips inside, and files of their own.
_DOCUMENTS: Final = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xlsb", ".ods", ".docx", ".pptx", ".odt"}
)
_DOCUMENT_PARTS: Final = frozenset({"[Content_Types].xml", "mimetype"})
_LEFT: Final = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
# What reading bytes raises, a damaged member of a zip included.
UNREADABLE: Final = (OSError, EOFError, zipfile.BadZipFile, zlib.error)
# And what else zipfile raises where a zip is damaged, unknown or protected.
_WHILE_OPENING: Final = (
    *UNREADABLE,
    RuntimeError,
    NotImplementedError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True)
class DiskFile:
    """A file on disk, shown by the path that the user would recognise."""

    name: str
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def folder(self) -> str:
        """Name the folder that it lies in, wherever the walk began."""
        return shown_name(str(self.path.parent.absolute()))

    @property
    def group(self) -> str:
        return self.folder

    def open(self) -> IO[bytes]:
        return self.path.open("rb")

    def head(self, size: int = 65536) -> bytes:
        with self.open() as file:
            return file.read(size)


@dataclass(frozen=True)
class ZipMember:
    """One member of a zip, which stays open until the load is over."""

    name: str
    path: Path
    info: zipfile.ZipInfo = field(compare=False)
    archive: zipfile.ZipFile = field(compare=False, repr=False)

    @property
    def size(self) -> int:
        return self.info.file_size

    @property
    def folder(self) -> str:
        """Name the folder inside the zip."""
        inside = PurePosixPath(self.info.filename.replace("\\", "/")).parent
        return f"{self.group}!{shown_name(str(inside))}"

    @property
    def group(self) -> str:
        """Name the zip: what was released together lies in one."""
        return shown_name(str(self.path.absolute()))

    def open(self) -> IO[bytes]:
        return self.archive.open(self.info)

    def head(self, size: int = 65536) -> bytes:
        with self.open() as file:
            return file.read(size)


class _Unpacking(gzip.GzipFile):
    """Unpack a stream, and close it too when all is read."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed)
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


@dataclass(frozen=True)
class GzipFile:
    """What a gzip file holds: one file, whatever it was called."""

    packed: DiskFile | ZipMember
    size: int

    @property
    def name(self) -> str:
        return self.packed.name

    @property
    def folder(self) -> str:
        return self.packed.folder

    @property
    def group(self) -> str:
        return self.packed.group

    def open(self) -> IO[bytes]:
        return io.BufferedReader(_Unpacking(self.packed.open()))

    def head(self, size: int = 65536) -> bytes:
        with self.open() as file:
            return file.read(size)


Source = DiskFile | ZipMember | GzipFile


@dataclass(frozen=True)
class Found:
    """Hold one file of a walk: its source, or why it is refused or passed by."""

    name: str
    source: Source | None = None
    refused: RefusedFile | None = None
    passed_by: str = ""


def shown_name(name: str) -> str:
    """Write a name that may hold anything so that it can be printed and kept.

    Bytes that are no UTF-8 and signs that a screen would obey are written as escapes.

    >>> shown_name("caf\\udce9\\n.csv")
    'caf\\\\xe9\\\\x0a.csv'
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        letter if letter.isprintable() else _escaped(letter) for letter in text
    )


def _escaped(letter: str) -> str:
    number = ord(letter)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def hash_of(source: SourceFile) -> str:
    """Give the SHA-256 of the bytes, in hexadecimal; RefusedFile if they are damaged.

    Reading a member of a zip to its end also proves its check sum.
    """
    digest = sha256()
    with refuse_unreadable(), source.open() as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class refuse_unreadable:  # noqa: N801 - reads as a verb where it is used
    """Turn whatever reading bytes raises into the reason why the file is refused."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: object, error: BaseException | None, trace: object
    ) -> None:
        if isinstance(error, _WHILE_OPENING):
            raise _reason(error) from None


def as_refusal(error: BaseException) -> RefusedFile | None:
    """Say why a file's bytes cannot be read; None where it is something else."""
    return _reason(error) if isinstance(error, UNREADABLE) else None


def _reason(error: BaseException) -> RefusedFile:
    if isinstance(error, PermissionError):
        return RefusedFile(
            "The account that runs OpenScrutiny may not read this file.",
            "Give it permission to read the file, or have somebody who may load it.",
            rule="permission",
        )
    if isinstance(error, FileNotFoundError):
        return RefusedFile("There is no such file any more.", "Check the path.")
    return RefusedFile(
        "The file cannot be read: it is damaged, cut short or protected.",
        "Download or export it again.",
        rule="damaged",
    )


# ---------------------------------------------------------------- walking


def find_sources(
    path: Path, keep_open: Callable[[zipfile.ZipFile], object]
) -> Iterator[Found]:
    """List every file under a path, members of zips each on their own.

    A file that cannot even be listed comes with the reason why it is refused, and one
    that is no plain file with what it is. Each zip is given to `keep_open`.
    """
    if path.is_dir():
        top = path.parent
        files = _walk(path)
    else:
        top = path.parent
        files = iter([path])
    for file in files:
        name = file.relative_to(top).as_posix() if file != path else file.name
        if not path.is_dir() or not _is_hidden(name):
            yield from _find_at(file, shown_name(name or path.as_posix()), keep_open)


def _walk(folder: Path) -> Iterator[Path]:
    """Give what lies in a folder and below, in order of name; links are not followed.

    A folder that may not be listed is given itself, so that it is answered for.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _is_hidden(name: str) -> bool:
    """Tell what systems leave in folders: dot files, thumbnails, an open book's lock."""
    parts = {part.lower() for part in PurePosixPath(name).parts} - {".", ".."}
    return any(part.startswith((".", "~$")) for part in parts) or bool(_LEFT & parts)


def _find_at(
    path: Path, name: str, keep_open: Callable[[zipfile.ZipFile], object]
) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Found(name, refused=_why_not_found(path, error))
        return
    if not stat.S_ISREG(mode):
        yield _no_plain_file(path, name, mode)
        return
    disk = DiskFile(name, path)
    try:
        with refuse_unreadable():
            start = disk.head(4)
            packed = start in ZIP_STARTS and path.suffix.lower() not in _DOCUMENTS
            if not packed:
                yield Found(name, _unpack_gzip(disk) if _is_gzip(start) else disk)
                return
            archive = zipfile.ZipFile(path)
            keep_open(archive)
            members = [info for info in archive.infolist() if not info.is_dir()]
            if _DOCUMENT_PARTS & {info.filename for info in members}:
                yield Found(name, disk)
                return
            _check_zip(members)
    except RefusedFile as refused:
        yield Found(name, refused=refused)
        return
    seen = [info for info in members if not _is_hidden(info.filename)]
    for info in seen:
        yield _find_member(ZipMember(_member_name(name, info), path, info, archive))
    if not seen:
        yield Found(name, passed_by="a zip that holds no file, or hidden ones alone")


def _why_not_found(path: Path, error: OSError) -> RefusedFile:
    if path.is_symlink():
        return RefusedFile(
            "This is a link that leads nowhere, or back to itself.",
            "Remove the link, or load the file that it should lead to.",
        )
    if isinstance(error, FileNotFoundError):
        return RefusedFile("There is no such file or folder.", "Check the path.")
    return _reason(error)


def _no_plain_file(path: Path, name: str, mode: int) -> Found:
    if stat.S_ISDIR(mode):
        if path.is_symlink():
            return Found(name, passed_by="a link to a folder: not followed")
        return Found(
            name,
            refused=RefusedFile(
                "The account that runs OpenScrutiny may not list this folder.",
                "Give it permission to read the folder and what lies in it.",
                rule="permission",
            ),
        )
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    kind = next((words for test, words in kinds if test(mode)), "a device")
    return Found(name, passed_by=f"{kind}, which is no file: not opened")


def _member_name(name: str, info: zipfile.ZipInfo) -> str:
    return f"{name}!{shown_name(info.filename)}"


def _find_member(member: ZipMember) -> Found:
    try:
        with refuse_unreadable():
            start = member.head(4)
        if _is_gzip(start):
            return Found(member.name, _unpack_gzip(member))
        suffix = PurePosixPath(member.name).suffix.lower()
        if start in ZIP_STARTS and suffix == ".zip":
            raise RefusedFile(
                "This is a zip inside a zip.", "Unpack it, and load what it holds."
            )
    except RefusedFile as refused:
        return Found(member.name, refused=refused)
    return Found(member.name, member)


def _is_gzip(start: bytes) -> bool:
    return start.startswith(GZIP_START)


def _unpack_gzip(packed: DiskFile | ZipMember) -> GzipFile:
    """Measure what a gzip holds by reading it once: it does not say so truly."""
    unpacked = GzipFile(packed, 0)
    most = max(RATIO_FROM_BYTES, min(MAX_FILE_BYTES, packed.size * MAX_RATIO))
    size = 0
    with refuse_unreadable(), unpacked.open() as file:
        while block := file.read(1 << 20):
            size += len(block)
            if size > most:
                _refuse_bomb()
    return GzipFile(packed, size)


def _check_zip(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise RefusedFile(
            f"This zip holds more than {MAX_MEMBERS:,} files.",
            "Unpack it yourself, and load the files that are returns.",
        )
    for info in members:
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MAX_FILE_BYTES or (
            info.file_size > RATIO_FROM_BYTES and ratio > MAX_RATIO
        ):
            _refuse_bomb()
        if info.flag_bits & 1:
            raise RefusedFile(
                "This zip is protected with a password.",
                "Unpack it yourself and load the files.",
            )
    if sum(info.file_size for info in members) > MAX_PACKED_BYTES:
        raise RefusedFile(
            "This zip unpacks to more than 4 GB.", "Load its files in smaller lots."
        )


def _refuse_bomb() -> None:
    raise RefusedFile(
        "It unpacks to far more than a return or publication can be.",
        "Unpack it yourself, look at it, and load the files that are returns.",
        rule="bomb",
    )
