"""A load killed at any instant leaves the last good record."""

import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from openscrutiny.record.journal import Journal
from openscrutiny.record.journal_file import JournalFile
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import Workspace, create_workspace
from support.annex_a import Row, cells_of, plan, referral
from support.census import child, details, write_census

LOAD = """
import sys, time
from pathlib import Path
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]))
load_paths(workspace, [])
print("ready", flush=True)
sys.stdin.readline()
load_paths(workspace, [Path(sys.argv[2])])
print("done", flush=True)
"""


# Each load: its file, its rows, and the rows of each of its tables.
State = tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]
GOOD: Final[State] = (
    ("good.xml", 2, (("cin_episodes", 1), ("disability", 1), ("person", 1))),
)
WHOLE: Final = (
    "big.xml",
    3000,
    (("cin_episodes", 1500), ("disability", 1500), ("person", 1500)),
)


def state_of(folder: Path) -> State:
    """Describe every load that counts by what can really be read of it."""
    journal = Journal(folder / "record")
    return tuple(
        (
            entry.file,
            entry.rows_kept,
            tuple(
                (table, pl.read_parquet(journal.paths(table, [entry])[0]).height)
                for table in sorted(entry.tables)
            ),
        )
        for entry in journal.entries()
    )


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45])
def test_killed_load_leaves_all_of_a_file_or_none_of_it(
    tmp_path: Path, wait: float
) -> None:
    left, again = kill_a_load(tmp_path, wait)

    assert left in (GOOD, (*GOOD, WHOLE))
    # And the next load works as if nothing had happened.
    assert again == (*GOOD, WHOLE)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(120))
def test_loads_killed_at_any_instant_leave_all_of_a_file_or_none_of_it(
    tmp_path: Path, seed: int
) -> None:
    left, again = kill_a_load(tmp_path, random.Random(seed).uniform(0, 0.6))

    assert left in (GOOD, (*GOOD, WHOLE))
    assert again == (*GOOD, WHOLE)


def kill_a_load(tmp_path: Path, wait: float) -> tuple[State, State]:
    """End a process in the midst of a load.

    Gives what the record then holds, and what it holds after the load is done again.
    """
    workspace = create_workspace(tmp_path / "workspace", ("299",))
    good = write_census(
        tmp_path / "good.xml", child("A1", details("2023-05-01")), year=2024
    )
    load_paths(workspace, [good])
    assert state_of(workspace.folder) == GOOD
    big = write_census(
        tmp_path / "big.xml",
        *(child(f"B{n}", details("2024-05-01")) for n in range(1500)),
    )
    kill_load(workspace.folder, big, wait)

    left = state_of(workspace.folder)
    load_paths(workspace, [big])
    return left, state_of(workspace.folder)


def kill_load(workspace: Path, loaded: Path, wait: float) -> None:
    """Begin to load in a process of its own, and kill it after so many seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(workspace), str(loaded)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdin is not None
    assert process.stdout.readline() == "ready\n"

    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(wait)
    process.kill()
    process.communicate()


# ---------- A list that was loaded alone, and comes again with its extract ----------

EARLY, LATE = date(2026, 5, 1), date(2026, 9, 14)


def write_list(path: Path, number: int, rows: list[Row]) -> Path:
    headings, *cells = cells_of(number, rows)
    lines = [",".join(f'"{heading}"' for heading in headings)]
    for row in cells:
        told = (f"{c:%d/%m/%Y}" if isinstance(c, date) else str(c) for c in row)
        lines.append(",".join(told))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def load_plans_alone(tmp_path: Path, children: int = 1) -> tuple[Workspace, Path]:
    """Load a list of plans alone; give the folder in which referrals lie beside it."""
    workspace = create_workspace(tmp_path / "workspace", ("299",))
    folder = tmp_path / "lists"
    folder.mkdir()
    plans = [plan(f"A{n}", EARLY) for n in range(children)]
    load_paths(workspace, [write_list(folder / "List 7.csv", 7, plans)])
    referrals = [referral(f"A{n}", LATE) for n in range(children)]
    write_list(folder / "List 3.csv", 3, referrals)
    assert days_of_plans(workspace) == [EARLY]
    return workspace, folder


def days_of_plans(workspace: Workspace) -> list[date | None]:
    """Give the day of each load of plans that counts, and read what it holds."""
    journal = Journal(workspace.record)
    found = [each for each in journal.entries() if "List 7" in each.file]
    for each in found:
        [path] = journal.paths("cp_plans", [each])
        assert pl.read_parquet(path).height == each.rows_kept
    return [each.period_end for each in found]


def kill_a_list_that_comes_again(
    tmp_path: Path, wait: float
) -> tuple[list[date | None], list[date | None]]:
    """Give the days of the loads that count after the kill, and after loading again."""
    workspace, folder = load_plans_alone(tmp_path, children=400)
    kill_load(workspace.folder, folder, wait)
    left = days_of_plans(workspace)
    load_paths(workspace, [folder])
    return left, days_of_plans(workspace)


def assert_one_of_the_two(left: list[date | None], after: list[date | None]) -> None:
    """The one or the other: never both, which counts days twice, and never none."""
    assert left in ([EARLY], [LATE])
    assert after == [LATE]


@pytest.mark.parametrize("wait", [0.05, 0.15, 0.25, 0.35, 0.5])
def test_a_killed_load_of_a_list_that_was_alone_leaves_one_of_the_two(
    tmp_path: Path, wait: float
) -> None:
    assert_one_of_the_two(*kill_a_list_that_comes_again(tmp_path, wait))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_lists_killed_at_any_instant_leave_one_of_the_two(
    tmp_path: Path, seed: int
) -> None:
    wait = random.Random(seed).uniform(0, 0.8)
    assert_one_of_the_two(*kill_a_list_that_comes_again(tmp_path, wait))


@pytest.mark.parametrize("step", ["insert", "mark_undone"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_list_that_was_alone_is_taken_back_with_its_extract_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    """Stop between the new load's line and the mark on the old one's, on either side."""
    workspace, folder = load_plans_alone(tmp_path)

    class StoppedError(BaseException):
        """Stands for a kill: nothing in the product may catch it."""

    original = getattr(JournalFile, step)
    lines = 0

    def stop(self: JournalFile, *args: Any) -> object:
        nonlocal lines
        lines += 1
        # The first line is that of the referrals, which take nobody's place.
        is_plans = step == "mark_undone" or lines == 2
        if is_plans and when == "before":
            raise StoppedError
        answer = original(self, *args)
        if is_plans:
            raise StoppedError
        return answer

    monkeypatch.setattr(JournalFile, step, stop)
    with pytest.raises(StoppedError):
        load_paths(workspace, [folder])
    monkeypatch.undo()
    assert days_of_plans(workspace) == [EARLY]
    load_paths(workspace, [folder])
    assert days_of_plans(workspace) == [LATE]


def test_load_stopped_at_each_step_of_writing_leaves_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = create_workspace(tmp_path / "workspace", ("299",))
    good = write_census(
        tmp_path / "good.xml", child("A1", details("2023-05-01")), year=2024
    )
    load_paths(workspace, [good])
    before = state_of(workspace.folder)
    more = write_census(tmp_path / "more.xml", child("B1", details("2024-05-01")))

    class StoppedError(BaseException):
        """Stands for a kill: nothing in the product may catch it."""

    original = pl.DataFrame.write_parquet
    for step in range(3):
        calls = 0

        def stop(
            self: pl.DataFrame, *args: object, _step: int = step, **more: object
        ) -> None:
            nonlocal calls
            if calls == _step:
                raise StoppedError
            calls += 1
            original(self, *args, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(pl.DataFrame, "write_parquet", stop)
        with pytest.raises(StoppedError):
            load_paths(workspace, [more])
        monkeypatch.setattr(pl.DataFrame, "write_parquet", original)
        assert state_of(workspace.folder) == before
    [outcome] = load_paths(workspace, [more])
    assert outcome.status == "loaded"
