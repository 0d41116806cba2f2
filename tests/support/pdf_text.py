"""The words of a PDF, a page each, as a reader's own program takes them out."""

import io
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from pypdf import PdfReader


def read_pages(path: Path) -> list[str]:
    """Read the text of every page; Poppler does in a moment what pypdf takes long for."""
    return list(_read(path.read_bytes()))


# Many tests read the few papers that were made for all of them.
@lru_cache(maxsize=16)
def _read(content: bytes) -> tuple[str, ...]:
    program = shutil.which("pdftotext")
    if program is None:
        return tuple(
            page.extract_text() for page in PdfReader(io.BytesIO(content)).pages
        )
    done = subprocess.run(
        [program, "-enc", "UTF-8", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return tuple(done.stdout.decode("utf-8").removesuffix("\f").split("\f"))
