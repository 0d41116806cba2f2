"""Folders of tests that hold for the whole process, and are gone with it."""

import atexit
import shutil
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["make_folder"]


def make_folder(name: str) -> Path:
    """Make a folder that is removed when the process ends."""
    folder = Path(mkdtemp(prefix=f"openscrutiny-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
