"""One file that holds a workspace: its members, each with its digest, and a manifest.

A zip that any program opens. The manifest is its last member and bears a seal of its
own, so that a member that is damaged, missing, added or renamed is noticed.
"""

import hashlib
import json
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, Self

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.record.digests import DamagedError, seal

MANIFEST: Final = "manifest.json"
_FORMAT: Final = "openscrutiny backup 1"
_CHUNK: Final = 1 << 20
_FIX: Final = "Take another backup; this one was damaged after it was written."
# Parquet is packed already; the rest packs well and quickly.
_PACKED: Final = frozenset({".parquet", ".xlsx", ".zip", ".pdf", ".png"})
_LARGEST_MANIFEST: Final = 256 << 20
# All that reading a damaged zip raises; a flipped bit can ask for any of it.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
    MemoryError,
)


@dataclass(frozen=True)
class Member:
    """Hold one file of a workspace: its name with slashes, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


class ArchiveWriter:
    """Write an archive, readable by its owner alone, member by member."""

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(path, flags, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", allowZip64=True)
        self.members: list[Member] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, name: str, source: BinaryIO) -> Member:
        """Add one file, read to its end."""
        info = zipfile.ZipInfo(name)
        packed = PurePosixPath(name).suffix in _PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.members.append(Member(name, size, digest.hexdigest()))
        return self.members[-1]

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest with these facts, and everything down to the disk."""
        told = {
            "format": _FORMAT,
            **facts,
            "members": [vars(member) for member in self.members],
        }
        text = json.dumps({**told, "seal": seal(told)}, ensure_ascii=False, indent=1)
        self._zip.writestr(MANIFEST, text + "\n")
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())


@dataclass(frozen=True)
class Archive:
    """Hold an archive that can be read: `facts` say of what and when it was made."""

    path: Path
    facts: dict[str, Any]
    members: tuple[Member, ...]

    def check(self) -> None:
        """Read every member and hold it against its digest. Raises DamagedError."""
        for _ in self.read():
            pass

    def read(self, into: Path | None = None) -> Iterator[Member]:
        """Read every member, and write it below a folder where one is given.

        Each is given after its digest was found to be the one that was written.
        """
        with zipfile.ZipFile(self.path) as held:
            for member in self.members:
                target = into / member.name if into else None
                if target is not None:
                    target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") if target else nullcontext() as file:
                    for chunk in self._chunks(held, member):
                        if file is not None:
                            file.write(chunk)
                    if file is not None:
                        file.flush()
                        os.fsync(file.fileno())
                yield member

    def _chunks(self, held: zipfile.ZipFile, member: Member) -> Iterator[bytes]:
        """Read a member piece by piece. Raises DamagedError, at its end at the latest."""
        digest, size = hashlib.sha256(), 0
        try:
            with held.open(member.name) as source:
                while (chunk := source.read(_CHUNK)) and size <= member.size:
                    size += len(chunk)
                    digest.update(chunk)
                    yield chunk
        except _BROKEN as error:
            raise self._damaged(member.name) from error
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            raise self._damaged(member.name)

    def _damaged(self, name: str) -> DamagedError:
        return DamagedError(
            f"{self.path} is damaged: {name} in it is not what was written.", _FIX
        )


def open_archive(path: Path) -> Archive:
    """Open an archive by its manifest.

    Raises:
        OpenScrutinyError: it is not there, or no backup of a workspace.
        DamagedError: its manifest is not what was written, or names other members.
    """
    if not path.is_file():
        raise OpenScrutinyError(f"There is no file {path}.", "Name a backup.")
    try:
        with zipfile.ZipFile(path) as held:
            names = [info.filename for info in held.infolist()]
            if held.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                raise ValueError("the manifest is too large")
            told: dict[str, Any] = json.loads(held.read(MANIFEST))
        if told.pop("seal") != seal(told):
            raise ValueError("the seal does not hold")
        members = tuple(Member(**each) for each in told.pop("members"))
        if told.pop("format") != _FORMAT:
            raise ValueError("it has another format")
    except KeyError:
        raise OpenScrutinyError(
            f"{path} is no backup of a workspace.", "Name a file that backup wrote."
        ) from None
    except (*_BROKEN, TypeError, AttributeError) as error:
        raise DamagedError(
            f"{path} cannot be read as a backup: it is damaged or another kind of file.",
            _FIX,
        ) from error
    if sorted(names) != sorted([*(m.name for m in members), MANIFEST]):
        raise DamagedError(f"{path} does not hold what its manifest says.", _FIX)
    for member in members:
        _check_name(path, member.name)
    return Archive(path, told, members)


def _check_name(path: Path, name: str) -> None:
    """Refuse a name that could be written anywhere but below the folder."""
    parts = name.split("/")
    odd = set(name) & set("\\:" if os.name == "nt" else "\0")
    if odd or any(part in ("", ".", "..") for part in parts):
        raise DamagedError(f"{path} holds a name that no workspace has.", _FIX)
