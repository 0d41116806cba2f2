"""The few style sheets, scripts, fonts and marks that pages need, read once and named by content.

An address carries a digest of the file, so a browser may keep it for a year.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from openscrutiny.story.typefaces import FONTS, face_css

_HERE: Final = Path(__file__).parent
# The style sheets and fonts are the paper's too and lie where both find them.
_FOLDERS: Final = (_HERE / "static", _HERE.parent / "story" / "styles", FONTS)
_FACES: Final = "fonts.css"  # made, since it names the fonts by their addresses
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


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
            files[path.name] = _make(path.read_bytes(), path.suffix)
    faces = face_css(lambda name: _address(files[name], name))
    return {**files, _FACES: _make(faces.encode(), ".css")}


def _make(body: bytes, suffix: str) -> StaticFile:
    digest = hashlib.sha256(body).hexdigest()[:16]
    return StaticFile(body, _TYPES[suffix], digest)


def _address(file: StaticFile, name: str) -> str:
    return f"/static/{file.digest}/{name}"


def static_address(name: str) -> str:
    """Give the address of a file; an unknown name is a mistake of ours."""
    return _address(_files()[name], name)


def find_static(digest: str, name: str) -> StaticFile | None:
    """Find a file by name and digest."""
    file = _files().get(name)
    return file if file is not None and file.digest == digest else None
