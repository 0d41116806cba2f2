"""The manifest of a frozen publication: each of its files by digest and size.

Whoever holds the manifest's own digest can tell whether a byte of the folder is not as
it was frozen, and each manifest names the one before it.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from openscrutiny.plain import from_plain, to_plain
from openscrutiny.record.digests import DamagedError, digest_of_file

MANIFEST: Final = "manifest.json"
SCHEMA: Final = 1  # of the folder; a reader of a later one reads the earlier ones too
FIX: Final = "Restore its folder from a backup of the workspace."


@dataclass(frozen=True)
class File:
    """Hold one file’s digest and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """Say what was published, by whom and by which program, and list the files.

    `previous` is the digest of the manifest of the publication before this one, of
    whatever meeting; "" for the first.
    """

    schema: int
    number: int
    meeting: int
    title: str
    day: date
    audience: str
    version: int
    snapshot: int
    edition: int
    published_at: datetime
    by: str  # "" for the command line
    signed_off_by: str
    replaces: int
    why: str
    program: str
    previous: str
    files: Mapping[str, File]


@dataclass(frozen=True)
class Broken:
    """Name one file that is not as it was frozen, and how."""

    file: str
    what: str  # "changed", "missing", "added"

    def in_words(self) -> str:
        return f"{self.file}: {self.what}"


def list_files(folder: Path) -> dict[str, File]:
    """Take the digest of every file of a folder but the manifest."""
    return {
        name: File(digest_of_file(path), path.stat().st_size)
        for name, path in _walk(folder)
        if name != MANIFEST
    }


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Find everything that is no folder; a link is named and never followed."""
    for place, folders, names in os.walk(folder, followlinks=False):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted((*names, *links)):
            path = here / name
            yield path.relative_to(folder).as_posix(), path


def write_manifest(manifest: Manifest, folder: Path) -> str:
    """Write the manifest down to the disk; give its digest."""
    text = json.dumps(to_plain(manifest), ensure_ascii=False, indent=1) + "\n"
    with (folder / MANIFEST).open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path, digest: str) -> Manifest:
    """Read the manifest with this digest. Raises DamagedError where it is another."""
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError("it is another")
        return from_plain(Manifest, json.loads(content))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(
            f"{path} is missing, or not what was written.", FIX
        ) from error


def check_folder(folder: Path, digest: str) -> tuple[Broken, ...]:
    """Find each file that is changed, missing or was added since it was frozen.

    Where the manifest itself is not the one with this digest, it alone is named: nobody
    can tell then what else is as it was.
    """
    try:
        manifest = read_manifest(folder, digest)
    except DamagedError:
        is_there = (folder / MANIFEST).is_file()
        return (Broken(MANIFEST, "changed" if is_there else "missing"),)
    there = dict(_walk(folder))
    broken = [
        Broken(name, "missing" if name not in there else "changed")
        for name, file in manifest.files.items()
        if name not in there or not _is_as_written(there[name], file)
    ]
    known = {MANIFEST, *manifest.files}
    broken += [Broken(name, "added") for name in there if name not in known]
    broken += [Broken(name, "added") for name in _strange_folders(folder, known)]
    return tuple(sorted(broken, key=lambda one: one.file))


def _strange_folders(folder: Path, known: set[str]) -> Iterator[str]:
    """Find folders in which no file of the manifest lies."""
    used = {Path(name).parent.as_posix() for name in known}
    for place, folders, _names in os.walk(folder, followlinks=False):
        for name in folders:
            path = Path(place) / name
            inside = path.relative_to(folder).as_posix()
            if inside not in used and not path.is_symlink():
                yield inside + "/"


def _is_as_written(path: Path, file: File) -> bool:
    """Tell whether a file is what was written; a link to one is not."""
    try:
        return (
            not path.is_symlink()
            and path.stat().st_size == file.size
            and digest_of_file(path) == file.sha256
        )
    except OSError:
        return False


def make_finder(folder: Path, manifest: Manifest) -> Callable[[str], Path]:
    """Give what finds a file of the folder, and refuses one that is not as frozen."""

    def find(name: str) -> Path:
        file, path = manifest.files.get(name), folder / name
        if file is None or not _is_as_written(path, file):
            raise DamagedError(f"{path} is missing, or not what was written.", FIX)
        return path

    return find
