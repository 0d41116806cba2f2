"""Digests of what is written, so that what is read back is what was written or nothing.

A bit that flips in a Parquet file or a database mostly reads as other data; only a
digest tells. Files are hashed when they are opened, once for as long as a process
finds them unchanged; rows of the journal carry their own.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import polars as pl

from openscrutiny.errors import OpenScrutinyError

_MODULUS: Final = 1 << 256

# By path, and whether it has a digest: its time and size, and what was found then.
_known: dict[tuple[Path, bool], tuple[int, int, str]] = {}


class DamagedError(OpenScrutinyError):
    """A file of the workspace is not what was written."""


def write_table(frame: pl.DataFrame, path: Path) -> str:
    """Write a Parquet file down to the disk, and give its digest."""
    with path.open("wb") as file:
        frame.write_parquet(file, compression="zstd", compression_level=1)
        file.flush()
        os.fsync(file.fileno())
    return digest_of_file(path)


def digest_of_file(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_table(
    path: Path, digest: str | None, what_to_do: str, *, afresh: bool = False
) -> None:
    """Refuse a Parquet file whose bytes are not those that were written.

    One without a digest, of an earlier release, must at least be readable to its end.
    `afresh` reads it whatever is known of it. Raises DamagedError.
    """
    try:
        if _find(path, afresh, has_digest=digest is not None) != (digest or ""):
            raise DamagedError(
                f"{path} is damaged: its bytes are not those that were written.",
                what_to_do,
            )
    except FileNotFoundError:
        raise DamagedError(f"{path} is missing.", what_to_do) from None
    except OSError as error:
        raise DamagedError(
            f"{path} cannot be read: {error.strerror or 'the disk fails'}.", what_to_do
        ) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise DamagedError(f"{path} is damaged: no table in it.", what_to_do) from error


def _find(path: Path, afresh: bool, *, has_digest: bool) -> str:
    """Give a file's digest, or nothing where it is only to be readable.

    What was found is remembered for as long as the file has not changed.
    """
    stat = path.stat()
    known = _known.get((path, has_digest))
    if afresh or known is None or known[:2] != (stat.st_mtime_ns, stat.st_size):
        found = digest_of_file(path) if has_digest else _read_whole(path)
        known = (stat.st_mtime_ns, stat.st_size, found)
        _known[path, has_digest] = known
    return known[2]


def _read_whole(path: Path) -> str:
    pl.read_parquet(path)
    return ""


def seal(value: Any) -> str:
    """Give the SHA-256 of plain values; a dictionary's nulls do not count.

    So a column that a later release adds leaves the seals of older rows as they are.
    """
    if isinstance(value, dict):
        value = {name: one for name, one in value.items() if one is not None}
    text = json.dumps(value, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def add_up(seals: Iterable[str]) -> str:
    """Give one seal of many, in whatever order: one more is added without the others.

    >>> add_up(["01", "ff"]) == add_up(["ff", "01"]) == add_up([add_up(["01"]), "ff"])
    True
    """
    return f"{sum(int(one, 16) for one in seals) % _MODULUS:064x}"


def take_away(total: str, one: str) -> str:
    """Give a total without one of its seals.

    >>> take_away(add_up(["01", "ff"]), "ff") == add_up(["01"])
    True
    """
    return f"{(int(total, 16) - int(one, 16)) % _MODULUS:064x}"
