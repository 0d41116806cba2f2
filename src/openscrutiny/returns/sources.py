"""Files as the readers see them: paths on disk, members of a zip, what a gzip holds.

A zip is walked without unpacking it to disk. What it declares is checked first, and
what it gives is counted while it is read, so that a zip bomb is refused.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, cast

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.reading import SourceFile

__all__ = ["DiskFile", "GzipFile", "ZipMember", "find_sources", "hash_of"]

MAX_MEMBER_BYTES = 1_000_000_000
MAX_ZIP_BYTES = 4_000_000_000
MAX_RATIO = 200
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class DiskFile:
    """A file on disk, shown by the path that the user would recognise."""

    name: str
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def group(self) -> str:
        return str(PurePosixPath(self.name).parent)

    def open(self) -> IO[bytes]:
        return self.path.open("rb")

    def head(self, size: int = 65536) -> bytes:
        with self.open() as file:
            return file.read(size)


@dataclass(frozen=True)
class ZipMember:
    """One member of a zip, read whole into memory when it is opened."""

    name: str
    path: Path
    member: str
    size: int

    @property
    def group(self) -> str:
        """Name what belongs together: a release zip is one group."""
        return self.name.split("!")[0]

    def open(self) -> IO[bytes]:
        with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
            data = file.read(self.size + 1)
        if len(data) != self.size:
            raise RefusedFile(
                "The zip says one size and gives another.",
                "Download or export the zip again.",
            )
        return io.BytesIO(data)

    def head(self, size: int = 65536) -> bytes:
        with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
            return file.read(size)


@dataclass(frozen=True)
class GzipFile:
    """The one file that a gzip holds, counted when it is found."""

    name: str
    path: Path
    group: str
    size: int

    def open(self) -> IO[bytes]:
        return cast("IO[bytes]", gzip.open(self.path, "rb"))

    def head(self, size: int = 65536) -> bytes:
        with self.open() as file:
            return file.read(size)


def hash_of(source: SourceFile) -> str:
    """Give the SHA-256 of the bytes, in hexadecimal."""
    digest = sha256()
    with source.open() as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def find_sources(
    path: Path,
) -> Iterator[tuple[DiskFile | ZipMember | GzipFile, RefusedFile | None]]:
    """List every file under a path, members of zips each on their own.

    A file that cannot even be listed comes with the reason why it is refused.
    """
    if not path.exists():
        yield (
            DiskFile(path.as_posix(), path),
            RefusedFile("There is no such file or folder.", "Check the path."),
        )
        return
    files = (
        sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    )
    for file in files:
        name = file.relative_to(path.parent).as_posix() if path.is_dir() else file.name
        if any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        disk = DiskFile(name, file)
        if _is_plain_zip(file):
            yield from _find_members(disk)
        elif disk.head(2) == _GZIP:
            yield _open_gzip(disk)
        else:
            yield disk, None


def _open_gzip(
    disk: DiskFile,
) -> tuple[DiskFile | GzipFile, RefusedFile | None]:
    """Count what a gzip unpacks to, and refuse it before it is too much."""
    limit = min(MAX_MEMBER_BYTES, max(10_000_000, disk.size * MAX_RATIO))
    size = 0
    try:
        with gzip.open(disk.path, "rb") as file:
            while block := file.read(1 << 20):
                size += len(block)
                if size > limit:
                    raise RefusedFile(
                        "This gzip unpacks to far more than it should.",
                        "Unpack it yourself, look at it, and load the file.",
                    )
    except RefusedFile as refused:
        return disk, refused
    except (OSError, EOFError, zlib.error) as error:
        broken = RefusedFile(
            "This gzip is broken or cut short.", "Download or export it again."
        )
        broken.__cause__ = error
        return disk, broken
    return GzipFile(disk.name, disk.path, disk.group, size), None


def _is_plain_zip(path: Path) -> bool:
    """Tell a zip of files from a workbook or document that is a zip inside."""
    with path.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return False
    return path.suffix.lower() not in {
        ".xlsx",
        ".xlsm",
        ".ods",
        ".docx",
        ".pptx",
        ".odt",
    }


def _find_members(
    disk: DiskFile,
) -> Iterator[tuple[DiskFile | ZipMember, RefusedFile | None]]:
    try:
        with zipfile.ZipFile(disk.path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _check_zip(members)
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        refused = RefusedFile(
            "This zip is broken or cut short.", "Download or export it again."
        )
        refused.__cause__ = error
        yield disk, refused
        return
    except RefusedFile as refused:
        yield disk, refused
        return
    for info in members:
        yield (
            ZipMember(
                f"{disk.name}!{info.filename}", disk.path, info.filename, info.file_size
            ),
            None,
        )


def _check_zip(members: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in members)
    for info in members:
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > MAX_MEMBER_BYTES or (
            info.file_size > 10_000_000 and ratio > MAX_RATIO
        ):
            raise RefusedFile(
                "A member of this zip unpacks to far more than it should.",
                "Unpack it yourself, look at it, and load the files that are returns.",
            )
        if info.flag_bits & 1:
            raise RefusedFile(
                "This zip is protected with a password.",
                "Unpack it yourself and load the files.",
            )
    if total > MAX_ZIP_BYTES:
        raise RefusedFile(
            "This zip unpacks to more than 4 GB.", "Load its files in smaller lots."
        )
