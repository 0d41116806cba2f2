"""Where publications lie, and putting one in its place so that a kill leaves it whole.

A publication is written beside, under a name of its own. The line in the database makes
it published; its folder then takes its number. Whoever looks for a folder that a kill
kept from it gives it its number first.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from openscrutiny.publication.manifest import MANIFEST
from openscrutiny.record.digests import digest_of_file
from openscrutiny.workspace import Workspace

_PLACE: Final = "publications"
# A backup leaves out whatever ends so: it is half-made.
_MAKING: Final = ".freezing"


def place_of(workspace: Workspace) -> Path:
    """Give the folder in which the publications lie."""
    return workspace.folder / _PLACE


def begin_folder(workspace: Workspace) -> Path:
    """Make an empty folder beside the publications, under a name that nobody has."""
    folder = place_of(workspace) / f"{secrets.token_hex(8)}{_MAKING}"
    folder.mkdir(parents=True)
    return folder


def put_in_place(making: Path, number: int) -> Path:
    """Give a folder its number; another process may have done so meanwhile."""
    folder = making.parent / f"{number:03d}"
    with suppress(FileNotFoundError):
        making.replace(folder)
    sync_names(folder.parent)
    return folder


def find_folder(workspace: Workspace, number: int, digest: str) -> Path:
    """Find the folder of a publication; it may not be there.

    Where a kill came between the line and the folder's number, it is given that now.
    """
    folder = place_of(workspace) / f"{number:03d}"
    if not folder.exists():
        for making in _unfinished(workspace):
            if _digest_of_manifest(making) == digest:
                return put_in_place(making, number)
    return folder


def clear_leftovers(workspace: Workspace, known: Mapping[str, int]) -> tuple[str, ...]:
    """Remove what killed publications left; give the names, for the person to read.

    `known` are the publications by their manifest's digest. One of them whose folder has
    no number yet is given it. Only whoever publishes may call this: see `alone`.
    """
    gone = []
    for making in _unfinished(workspace):
        number = known.get(_digest_of_manifest(making))
        if number is not None:
            put_in_place(making, number)
        else:
            shutil.rmtree(making)
            gone.append(making.name)
    return tuple(gone)


def list_numbered(workspace: Workspace) -> dict[int, Path]:
    """List the folders that bear a number."""
    place = place_of(workspace)
    names = place.iterdir() if place.is_dir() else ()
    return {
        int(path.name): path
        for path in names
        if path.name.isascii() and path.name.isdigit()
    }


def _unfinished(workspace: Workspace) -> Iterator[Path]:
    place = place_of(workspace)
    if place.is_dir():
        yield from sorted(place.glob(f"*{_MAKING}"))


def _digest_of_manifest(folder: Path) -> str:
    try:
        return digest_of_file(folder / MANIFEST)
    except OSError:
        return ""


def sync_folder(folder: Path) -> None:
    """Bring every file of a folder, and its names, down to the disk."""
    for place, _folders, names in os.walk(folder):
        for name in names:
            # Elsewhere than on POSIX a file that is only read is not written down.
            with (Path(place) / name).open("rb") as file, suppress(OSError):
                os.fsync(file.fileno())
        sync_names(Path(place))


def sync_names(folder: Path) -> None:
    """Bring the names of a folder down to the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
