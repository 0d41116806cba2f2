"""The files of a workspace can be read by their owner alone."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from openscrutiny import workspace as module
from openscrutiny.cli import main
from openscrutiny.workspace import create_workspace, open_workspace
from support.census import child, details, write_census

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX modes")


@pytest.fixture(autouse=True)
def usual_mask(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin like a process of somebody whose files all may read."""
    monkeypatch.setattr(module, "_usual_mask", None)
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Name what anybody but the owner could read, write or enter."""
    every = (folder, *folder.rglob("*"))
    return [str(path) for path in every if path.stat().st_mode & 0o077]


def test_everything_that_the_commands_write_is_the_owners(tmp_path: Path) -> None:
    folder, out = tmp_path / "workspace", tmp_path / "out"
    write_census(tmp_path / "one.xml", child("A1", details("2024-05-01")), year=2025)
    where = ("-w", str(folder))
    assert main(["init", str(folder), "--council", "299"]) == 0
    assert main(["load", str(tmp_path / "one.xml"), *where]) == 0
    assert main(["build", *where, "--as-at", "2025-03-31"]) == 0
    assert main(["user", "add", "somebody", "--role", "clerk", *where]) == 0
    for place in (out, folder / "papers"):
        assert main(["pack", *where, "--format", "csv", "-o", str(place)]) == 0
    tidy = tmp_path / "figures.csv"
    assert main(["figures", *where, "-o", str(tidy)]) == 0

    assert open_to_others(folder) == []
    [paper] = out.iterdir()
    # What is made for others keeps the permissions that its maker gives to files.
    modes = {path.name: path.stat().st_mode & 0o777 for path in (out, paper, tidy)}
    assert modes == {out.name: 0o755, paper.name: 0o644, tidy.name: 0o644}


def test_a_workspace_of_before_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    folder = create_workspace(tmp_path / "w", ("299",), demo_as_at=date(2026, 9, 30))
    below = folder.folder / "record" / "loads"
    below.mkdir(parents=True)
    (below / "one.parquet").write_bytes(b"1")
    (folder.folder / "elsewhere").symlink_to(tmp_path)
    for path in (folder.folder, *folder.folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    tmp_path.chmod(0o755)

    open_workspace(folder.folder)

    (folder.folder / "elsewhere").unlink()
    assert open_to_others(folder.folder) == []
    assert tmp_path.stat().st_mode & 0o777 == 0o755  # a link leads out of it
