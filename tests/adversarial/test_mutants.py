"""Whatever is done to a file, the load ends with an answer: 300 mutants, or 10,000.

Of each: no crash, at most 10 s of processor and 512 MB, no part load, and every file
answered for with its place, the reason and what to do (adversarial/mutants.py).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adversarial import mutants

TESTS = Path(__file__).parents[1]
SHORT, LONG = 50, 500  # mutants of one process


def run_apart(first: int, count: int) -> list[dict[str, object]]:
    """Load mutants in a process of their own, so that its end is seen from outside.

    Gives what was wrong, by seed; the seed that ended the process too.
    """
    done = subprocess.run(
        [sys.executable, "-m", "adversarial.mutants", str(first), str(count)],
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent / 'src'}"},
        capture_output=True,
        text=True,
        timeout=60 + 12 * count,
        check=False,
    )
    begun = [line for line in done.stderr.splitlines() if line.startswith("mutant ")]
    if done.returncode or begun[-1] != f"mutant {first + count - 1}":
        return [{"seed": begun[-1], "wrong": f"ended: {done.stderr[-800:]}"}]
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("first", range(0, 300, SHORT))
def test_mutants_end_with_an_answer(first: int) -> None:
    assert run_apart(first, SHORT) == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(300, 10_000, LONG))
def test_many_mutants_end_with_an_answer(first: int) -> None:
    assert run_apart(first, min(LONG, 10_000 - first)) == []


def test_mutants_are_of_every_layout_and_seeds_repeat(tmp_path: Path) -> None:
    layouts = mutants.find_parcels()
    made = []
    for seed in range(len(layouts)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        made.append(mutants.write(folder, seed).partition(":")[0])
        again = tmp_path / f"again-{seed}"
        again.mkdir()
        mutants.write(again, seed)
        assert files_of(folder) == files_of(again)

    assert sorted(made) == sorted(layouts)


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def test_what_does_not_hold_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks themselves: a crash, a slow load and a load in part are each named."""

    def crash(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(mutants, "load_paths", crash)
    (tmp_path / "crash").mkdir()
    assert "crash, ZeroDivisionError" in " ".join(
        mutants.wrong_with(tmp_path / "crash", 1)
    )
    monkeypatch.undo()
    monkeypatch.setattr(mutants, "MOST_SECONDS", -1.0)
    (tmp_path / "slow").mkdir()
    assert "seconds" in " ".join(mutants.wrong_with(tmp_path / "slow", 1))
    monkeypatch.undo()
    monkeypatch.setattr(mutants, "load_paths", lambda *_: [])
    (tmp_path / "silent").mkdir()
    assert "answers for 0" in " ".join(mutants.wrong_with(tmp_path / "silent", 1))
