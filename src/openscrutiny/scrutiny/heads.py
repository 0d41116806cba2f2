"""The file beside the database that knows the digest of every audit event.

Whoever can change the database alone can rewrite its chain from some event on, or cut
its end off; this file then still knows what was there. Lines are only ever added: one
before an event is kept and one after, so that an event whose transaction was taken back
is told from one that was cut off.
"""

import os
import re
from pathlib import Path
from typing import Final

from openscrutiny.scrutiny.chain import Noted

HEADS_FILE: Final = "audit-heads.txt"
_LINE: Final = re.compile(r"(written|kept) ([1-9][0-9]*) ([0-9a-f]{64})")
_BEGINS: Final = (
    "# One line before an event of the audit is kept, and one after. Do not edit.\n"
)


def note_written(folder: Path, place: int, digest: str) -> None:
    """Note that an event is about to be kept."""
    _add(folder, f"written {place} {digest}\n")


def note_kept(folder: Path, place: int, digest: str) -> None:
    """Note that an event was kept: its transaction has ended."""
    _add(folder, f"kept {place} {digest}\n")


def read_noted(folder: Path) -> Noted:
    """Read what the file knows."""
    noted = Noted()
    try:
        lines = (folder / HEADS_FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return Noted(exists=False)
    for raw in lines:
        line = raw.decode("ascii", errors="replace")
        match = _LINE.fullmatch(line)
        if match:
            by_place = noted.written if match[1] == "written" else noted.kept
            by_place.setdefault(int(match[2]), set()).add(match[3])
        elif line and not line.startswith("#"):
            noted.unreadable += 1
    return noted


def begin_heads(folder: Path) -> None:
    """Make the file where there is none."""
    _add(folder, "")


def _add(folder: Path, line: str) -> None:
    """Add a line in one write: lines of two processes never mix."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(folder / HEADS_FILE, flags, 0o600)
    try:
        size = os.fstat(handle).st_size
        text = line if size else _BEGINS + line
        if size and not _ends_whole(handle, size):
            text = "\n" + text
        if text:
            os.write(handle, text.encode("ascii"))
    finally:
        os.close(handle)


def _ends_whole(handle: int, size: int) -> bool:
    """Tell whether the last line is whole; a power cut can leave half of one."""
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"
