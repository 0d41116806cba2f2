"""The few style sheets and marks that pages need, read once and named by content.

An address carries a digest of the file, so a browser may keep it for a year.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["StaticFile", "find_static", "static_address"]

_HERE: Final = Path(__file__).parent
# The style sheets are the paper's too and lie where both find them.
_FOLDERS: Final = (_HERE / "static", _HERE.parent / "story" / "styles")
_TYPES: Final = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class StaticFile:
    """Hold one file: its bytes, its type and its digest."""

    body: bytes
    content_type: str
    digest: str


@cache
def _files() -> dict[str, StaticFile]:
    files = {}
    for path in sorted(path for folder in _FOLDERS for path in folder.iterdir()):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            digest = hashlib.sha256(body).hexdigest()[:16]
            files[path.name] = StaticFile(body, _TYPES[path.suffix], digest)
    return files


def static_address(name: str) -> str:
    """Give the address of a file; an unknown name is a mistake of ours."""
    return f"/static/{_files()[name].digest}/{name}"


def find_static(digest: str, name: str) -> StaticFile | None:
    """Find a file by name and digest."""
    file = _files().get(name)
    return file if file is not None and file.digest == digest else None
