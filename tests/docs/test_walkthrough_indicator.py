"""The walk-through of a new indicator is true: two new files, and everything finds it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("src", "tests/spec", "tests/generative", "tests/twins", "tests/support")
CODE = "CP4"

# Builds with the new indicator alone, and sets it against its twin on random records.
FIGURES = """
import sys
from pathlib import Path
from random import Random

from openscrutiny.cli import main
from openscrutiny.figures import snapshots
from support.census import child, details, write_census

def plan(start, end):
    return (
        "<ChildProtectionPlans>"
        f"<CPPstartDate>{start}</CPPstartDate><CPPendDate>{end}</CPPendDate>"
        "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
        "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
        "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>"
        "</ChildProtectionPlans>"
    )

here = Path(sys.argv[1])
snapshots.INDICATORS = [i for i in snapshots.INDICATORS if i.code == sys.argv[2]]
write_census(
    here / "census.xml",
    child("A", details("2024-05-01", plan("2024-05-10", "2024-11-01"))),
    child("B", details("2024-06-01", plan("2024-07-10", "2025-02-03"))),
    child("C", details("2024-06-01")),
)
workspace = str(here / "workspace")
main(["init", workspace, "--council", "299"])
main(["load", "-w", workspace, str(here / "census.xml")])
main(["build", "-w", workspace, "--as-at", "2025-03-31"])
main(["figures", "-w", workspace, "--indicator", sys.argv[2], "--breakdown", "total",
      "--period", "financial_year:2025-03-31", "--format", "json"])

from generative import test_twins_agree
from twins.random_rows import make_record

test_twins_agree.TWINS = {sys.argv[2]: test_twins_agree.TWINS[sys.argv[2]]}
compared = [test_twins_agree.assert_agreement(make_record(Random(n))) for n in range(3)]
print("compared", sum(compared))
"""


def read_diff() -> dict[str, str]:
    """Read the files that the walk-through adds from CONTRIBUTING, by their paths."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("## A new indicator\n", 1)[1].split("\n## ", 1)[0]
    (diff,) = re.findall(r"```diff\n(.*?)```", section, re.DOTALL)
    added: dict[str, str] = {}
    for part in diff.split("--- /dev/null\n")[1:]:
        path, hunk, *lines = part.splitlines()
        assert hunk == f"@@ -0,0 +1,{len(lines)} @@"
        assert all(line.startswith("+") for line in lines)
        body = "".join(f"{line[1:]}\n" for line in lines)
        added[path.removeprefix("+++ b/")] = body
    return added


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the walk-through needs of the tree, and apply its diff."""
    here = tmp_path_factory.mktemp("tree")
    for name in NEEDED:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, here / name, ignore=ignore)
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copyfile(ROOT / name, here / name)
    for name, body in read_diff().items():
        assert not (here / name).exists()
        (here / name).write_text(body, encoding="utf-8")
    return here


def run(copy: Path, *arguments: str) -> str:
    """Run Python in the copy, on the copy's own code; give what it writes."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={
            "PYTHONPATH": os.pathsep.join(
                str(copy / name) for name in ("src", "tests")
            ),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(copy),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_adds_two_files_one_a_definition_and_one_a_twin() -> None:
    assert [Path(name).parent.as_posix() for name in read_diff()] == [
        "src/openscrutiny/indicators/catalogue",
        "tests/twins",
    ]


def test_define_tells_it_where_it_belongs(copy: Path) -> None:
    told = run(copy, "-m", "openscrutiny.cli", "define", "--all")
    codes = re.findall(r"^## (\w+) ", told, re.MULTILINE)

    assert codes[codes.index(CODE) - 1 : codes.index(CODE) + 2] == ["CP3", CODE, "CP5"]
    assert "**Example: A child may have two.**" in told


def test_its_examples_and_its_twin_are_tested(copy: Path) -> None:
    told = run(
        copy,
        *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("-k", f"{CODE} or every_twin_has or three_worked"),
        *("tests/spec/test_worked_examples.py", "tests/generative/test_twins_agree.py"),
    )

    assert re.search(r"^8 passed", told, re.MULTILINE), told


def test_figures_count_it_and_its_twin_agrees(copy: Path, tmp_path: Path) -> None:
    told = run(copy, "-c", FIGURES, str(tmp_path), CODE)

    assert re.search(rf'"code":"{CODE}".*"numerator":2,', told), told
    assert int(re.search(r"compared (\d+)", told)[1]) > 20  # type: ignore[index]
