"""Make the synthetic borough as a person would, and read back what it was asked.

Everything goes through the command line: what these give is what a council sees.
"""

import csv
from pathlib import Path

import pytest

from openscrutiny.cli import main
from support.made_once import make_once

COUNTED_BY_US = [
    "EH1",
    "EH2",
    "EH3",
    "EH4",
    "EH5",
    "EH8",
    "FD1",
    "FD2",
    "FD2a",
    "FD2b",
    "FD2c",
    "FD2d",
    "FD3",
    "FD4",
    "FD4a",
    "FD4b",
    "FD6",
    "AS1",
    "AS2",
    "AS2a",
    "AS3",
    "AS3a",
    "AS6",
    "CN1",
    "CN3",
    "CP1",
    "CP3",
    "CP5",
    "CP6",
    "CP7",
    "CP8",
    "CP8a",
    "CP9",
    "CP10",
    "CP11",
    "CP12",
    "CP13",
    "DS1",
    "LA1",
    "LA2",
    "LA3",
    "LA4",
    "LA5",
    "LA6",
    "LA7",
    "LA7a",
    "LA8",
    "LA10",
    "LA11",
    "LA12",
    "LA13",
    "LA16",
    "LA16a",
    "LA16b",
    "LA17",
    "LA19",
    "LA19a",
    "LA22",
    "LA23",
    "LA23a",
    "LA24",
    "LA26",
    "LA26a",
    "CL1",
    "CL2",
    "CL3",
    "CL4",
    "CL5",
    "CL5a",
    "CL6",
    "CL6a",
    "CL7",
    "SN1",
    "SN2",
    "SN3",
    "SN4",
    "SN5",
    "SN6",
    "SN8",
    "SN9",
    "SN10",
    "SN11",
    "SN12",
    "SN13",
    "SN14",
    "SN19",
    "SN19a",
    "SN20",
    "SN21",
    "SN28",
]
AUTHORITY = "299"
SMALL_BOROUGH = {"children": 1500, "seed": 3}

Row = dict[str, str]


def make_demo_workspace(
    folder: Path, *, children: int, seed: int, months: int = 78
) -> Path:
    """Make the demo in `folder`, without serving it; give its workspace."""
    sizes = ["--children", str(children), "--seed", str(seed), "--months", str(months)]
    status = main(["demo", "--dir", str(folder), *sizes, "--no-serve"])
    assert status == 0, f"demo ended with {status}"
    return folder


def find_small_borough(factory: pytest.TempPathFactory) -> Path:
    """Give the small borough, which tests of several folders read and none changes."""
    return make_once(
        factory,
        "small-borough",
        lambda folder: make_demo_workspace(folder, **SMALL_BOROUGH),
    )


def ask_figures(workspace: Path, *codes: str, to: Path) -> list[Row]:
    """Ask `figures` for these indicators (all of them if none); own and published."""
    wanted = [word for code in codes for word in ("--indicator", code)]
    status = main(
        ["figures", "-w", str(workspace), *wanted, "--format", "csv", "-o", str(to)]
    )
    assert status == 0, f"figures ended with {status}"
    return read_csv(to)


def read_csv(path: Path) -> list[Row]:
    """Read a table as text: an empty cell stays an empty cell."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
