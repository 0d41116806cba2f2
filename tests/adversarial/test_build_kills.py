"""A build killed at any instant leaves the former figures current and readable."""

import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from openscrutiny.figures.snapshots import build_snapshot, open_snapshot
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.census import child, details, write_census

AS_AT = date(2025, 3, 31)
# A few indicators make a build short; what is tested here is the keeping of figures.
FEW = ("FD1", "FD2", "CP5", "SN4")

BUILD = """
import sys
from datetime import date
from pathlib import Path
from openscrutiny.figures import snapshots
from openscrutiny.figures.snapshots import build_snapshot, open_snapshot
from openscrutiny.workspace import open_workspace
snapshots.INDICATORS = [i for i in snapshots.INDICATORS if i.code in sys.argv[2:]]
workspace = open_workspace(Path(sys.argv[1]))
open_snapshot(workspace).figures()
print("ready", flush=True)
sys.stdin.readline()
build_snapshot(workspace, as_at=date(2025, 3, 31))
print("done", flush=True)
"""


@dataclass(frozen=True)
class Prepared:
    """Hold a workspace whose figures are one load behind, and both sets of figures."""

    folder: Path
    old: pl.DataFrame
    new: pl.DataFrame
    seconds: float  # how long a build takes in a process of its own


@pytest.fixture(scope="module", autouse=True)
def few_indicators() -> Iterator[None]:
    """Let builds in this process count what those in their own processes do."""
    few = [indicator for indicator in INDICATORS if indicator.code in FEW]
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
        yield


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Build on one census, load another, and learn what the next build will give."""
    place = tmp_path_factory.mktemp("kills")
    workspace = create_workspace(place / "workspace", ("299",))
    load(workspace, place / "first.xml", "A", 2024)
    old = build_snapshot(workspace, as_at=AS_AT).figures()
    load(workspace, place / "second.xml", "B", 2025)
    ahead = place / "ahead"
    shutil.copytree(workspace.folder, ahead)
    process = start_build(ahead)
    started = time.monotonic()
    said, _ = process.communicate("\n", timeout=60)
    seconds = time.monotonic() - started
    assert said.strip() == "done"
    new = open_snapshot(open_workspace(ahead)).figures()
    assert not in_order(new).equals(in_order(old))
    return Prepared(workspace.folder, in_order(old), in_order(new), seconds)


def load(workspace: Workspace, path: Path, letter: str, year: int) -> None:
    children = [child(f"{letter}{n}", details(f"{year - 1}-05-01")) for n in range(9)]
    load_paths(workspace, [write_census(path, *children, year=year)])


def start_build(folder: Path) -> subprocess.Popen[str]:
    """Start a process that waits for a line before it builds."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), *FEW],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def in_order(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.sort(figures.columns, nulls_last=True)


def copy_of(prepared: Prepared, place: Path) -> Workspace:
    shutil.copytree(prepared.folder, place)
    return open_workspace(place)


@pytest.mark.parametrize("parts", [6, pytest.param(80, marks=pytest.mark.long)])
def test_builds_killed_at_any_instant_leave_the_former_figures_or_whole_new_ones(
    tmp_path: Path, prepared: Prepared, parts: int
) -> None:
    workspace = copy_of(prepared, tmp_path / "workspace")
    for part in range(parts):
        process = start_build(workspace.folder)
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        # At random within each part of a build's time; the last holds the writing.
        instant = (part + random.Random(part).random()) / parts
        time.sleep(prepared.seconds * instant)
        process.kill()
        process.communicate()

        current = open_snapshot(workspace)
        figures = in_order(current.figures())
        assert figures.equals(prepared.old if current.number == 1 else prepared.new)

    # And the next build works as if nothing had happened.
    built = build_snapshot(workspace, as_at=AS_AT)
    assert open_snapshot(workspace) == built
    assert_frame_equal(in_order(built.figures()), prepared.new)


class StoppedError(BaseException):
    """Stands for a kill: nothing in the product may catch it."""


@dataclass(frozen=True)
class Step:
    """Name one step of a build's writing: the nth call of a function."""

    owner: type
    name: str
    calls_before: int


STEPS = {
    "figures": Step(pl.DataFrame, "write_parquet", 0),
    "description": Step(Path, "replace", 0),
    "folder": Step(Path, "replace", 1),
    "pointer": Step(Path, "replace", 2),
}


def build_and_stop_at(
    step: Step, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = getattr(step.owner, step.name)
    calls = 0

    def stop(self: object, *args: object, **more: object) -> object:
        nonlocal calls
        if calls == step.calls_before:
            raise StoppedError
        calls += 1
        return original(self, *args, **more)

    with monkeypatch.context() as stopping:
        stopping.setattr(step.owner, step.name, stop)
        with pytest.raises(StoppedError):
            build_snapshot(workspace, as_at=AS_AT)
    assert calls == step.calls_before


@pytest.mark.parametrize("step", STEPS)
def test_build_stopped_at_each_step_of_writing_leaves_the_former_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: Prepared, step: str
) -> None:
    workspace = copy_of(prepared, tmp_path / "workspace")

    build_and_stop_at(STEPS[step], workspace, monkeypatch)

    assert open_snapshot(workspace).number == 1
    assert in_order(open_snapshot(workspace).figures()).equals(prepared.old)
    built = build_snapshot(workspace, as_at=AS_AT)
    assert open_snapshot(workspace) == built
    assert_frame_equal(in_order(built.figures()), prepared.new)


def test_next_build_clears_what_a_killed_one_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: Prepared
) -> None:
    workspace = copy_of(prepared, tmp_path / "workspace")
    build_and_stop_at(STEPS["folder"], workspace, monkeypatch)

    built = build_snapshot(workspace, as_at=AS_AT)

    assert sorted(path.name for path in workspace.figures.iterdir()) == [
        "000001",
        built.folder.name,
        "CURRENT",
    ]


def test_readers_in_the_midst_of_builds_see_whole_figures_only(
    tmp_path: Path, prepared: Prepared
) -> None:
    workspace = copy_of(prepared, tmp_path / "workspace")
    over = threading.Event()
    seen: list[str] = []

    def read() -> None:
        while not over.is_set():
            try:
                figures = in_order(open_snapshot(workspace).figures())
            except Exception as error:
                seen.append(repr(error))
                return
            old, new = figures.equals(prepared.old), figures.equals(prepared.new)
            seen.append("old" if old else "new" if new else "neither")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(3):
            build_snapshot(workspace, as_at=AS_AT)
    finally:
        over.set()
        reader.join()

    assert set(seen) <= {"old", "new"}, sorted(set(seen))[:3]
    assert "old" in seen
