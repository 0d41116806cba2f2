"""A watched folder: what is new is loaded, and nothing comes back by itself."""

import os
import time
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.record.journal import Journal
from openscrutiny.scrutiny.intake.watching import find_last_look
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.census import child, details, write_census


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", ("299",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made


def put(folder: Path, name: str, *, year: int = 2025, ago: float = 60.0) -> Path:
    """Put an export there, written some seconds ago."""
    path = folder / name
    write_census(path, child("A1", details(f"{year - 1}-05-01")), year=year)
    then = time.time() - ago
    os.utime(path, (then, then))
    return path


def watch(workspace: Workspace, folder: Path, *more: str) -> int:
    return main(["watch", str(folder), "-w", str(workspace.folder), *more])


def loads(workspace: Workspace) -> list[str]:
    return [entry.file for entry in Journal(workspace.record).entries()]


def test_what_is_new_is_loaded_once_and_a_file_being_written_waits(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "cin_2025.xml")
    put(folder, "cin_2024.xml", year=2024, ago=-3600)  # however slow we are
    (folder / "~$cin.xlsx").write_bytes(b"lock")

    assert watch(workspace, folder) == 0
    told = capsys.readouterr().out
    assert "1 file: 1 loaded." in told
    assert "left for the next look: cin_2024.xml" in told
    assert "build them to see what came" in told
    assert loads(workspace) == ["cin_2025.xml"]

    put(folder, "cin_2024.xml", year=2024)
    assert watch(workspace, folder) == 0
    assert sorted(loads(workspace)) == ["cin_2024.xml", "cin_2025.xml"]
    capsys.readouterr()
    assert watch(workspace, folder) == 0
    assert capsys.readouterr().out == "Nothing new.\n"


def test_it_ends_with_1_only_where_a_hand_is_needed_and_looks_again_at_what_was_refused(
    workspace: Workspace, folder: Path
) -> None:
    bad = folder / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    then = time.time() - 60
    os.utime(bad, (then, then))
    assert watch(workspace, folder) == 1
    assert watch(workspace, folder) == 1  # it is still there, and still not read
    looked = find_last_look(open_workspace(workspace.folder))
    assert looked is not None and (looked.loaded, looked.refused) == (0, 1)
    bad.unlink()
    assert watch(workspace, folder) == 0


def test_what_was_taken_back_stays_out_when_something_new_comes_beside_it(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "cin_2025.xml")
    watch(workspace, folder)
    Journal(workspace.record).undo(1)
    put(folder, "cin_2024.xml", year=2024)
    capsys.readouterr()

    assert watch(workspace, folder) == 0

    assert loads(workspace) == ["cin_2024.xml"]
    assert "left out: cin_2025.xml" in capsys.readouterr().out


def test_a_folder_that_is_none_or_holds_the_workspace_is_refused(
    workspace: Workspace, folder: Path
) -> None:
    assert watch(workspace, folder / "nowhere") == 2
    assert watch(workspace, folder.parent) == 2
    assert watch(workspace, workspace.folder) == 2


def test_the_lines_of_a_schedule_quote_what_they_name(
    workspace: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder / "our 50% exports"
    place.mkdir()
    asked = ["schedule", str(place), "-w", str(workspace.folder), "--build"]

    assert main([*asked, "--at", "6:05"]) == 0

    cron, windows = capsys.readouterr().out.splitlines()
    assert cron.startswith("5 6 * * * ") and cron.endswith(" --build")
    assert r"'" in cron and r"our 50\% exports" in cron
    assert "/SC DAILY /ST 06:05" in windows
    assert r"\"" in windows and windows.endswith('--build"')
    assert main([*asked, "--at", "25:00"]) == 2
