"""The words of a PDF, a page each, as a reader's own program takes them out."""

import shutil
import subprocess
from pathlib import Path

from pypdf import PdfReader


def read_pages(path: Path) -> list[str]:
    """Read the text of every page; Poppler does in a moment what pypdf takes long for."""
    program = shutil.which("pdftotext")
    if program is None:
        return [page.extract_text() for page in PdfReader(path).pages]
    done = subprocess.run(
        [program, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8").removesuffix("\f").split("\f")
