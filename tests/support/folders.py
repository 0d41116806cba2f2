"""Folders of tests that hold for the whole process, and are gone with it."""

import atexit
import json
import shutil
from pathlib import Path
from tempfile import mkdtemp


def make_folder(name: str) -> Path:
    """Make a folder that is removed when the process ends."""
    folder = Path(mkdtemp(prefix=f"openscrutiny-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def ask_no_factor(workspace: Path) -> None:
    """Let nobody in a council's workspace need a second factor, as it may itself."""
    path = workspace / "workspace.json"
    facts = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(facts | {"second_factor": []}), "utf-8")
