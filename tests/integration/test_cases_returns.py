"""Returns as people really send them: each shared case gives what is right, and why.

The cases lie beside the samples, in `cases/returns`; the steps, the figures and the words
of each stand in its expected.json. A wanted status "!1final" means that the figure must
not be a final 1, "!1any" that it must not be 1 at all, "!final" that it is not final.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from support.cases import ask, count_only, find_cases, run_json

CASES = find_cases("returns")


@pytest.mark.samples
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_gives_what_is_right(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    workspace = tmp_path / "w"
    assert main(["init", str(workspace), "--council", expected["council"]]) == 0
    files: list[dict[str, Any]] = []
    for step in expected["steps"]:
        paths = [str(case / "in" / name) for name in step]
        answer = run_json(
            capsys, ["load", "-w", str(workspace), *expected["extra"], *paths]
        )
        files += answer["files"]
    wrong = [said for said in _wrong_loads(expected, files)]
    if expected["figures"]:
        count_only(monkeypatch, *{wanted["code"] for wanted in expected["figures"]})
        main(["build", "-w", str(workspace), "--as-at", expected["as_at"]])
        capsys.readouterr()
        for wanted in expected["figures"]:
            wrong += _wrong_figure(wanted, ask(capsys, workspace, wanted["code"]))
    assert not wrong, "\n".join(wrong)


def _wrong_loads(expected: dict[str, Any], files: list[dict[str, Any]]) -> list[str]:
    wrong = []
    for wanted in expected["load"]:
        found = [f for f in files if Path(f["path"]).name == wanted["file"]]
        statuses = [f["status"] for f in found]
        if not found or not set(statuses) <= set(wanted["status"]):
            wrong.append(f"{wanted['file']} is {statuses}, not {wanted['status']}")
    words = json.dumps(files, ensure_ascii=False)
    for pattern in expected["message"]:
        if not re.search(pattern, words):
            wrong.append(f"no message has {pattern!r}: {words[:600]}")
    return wrong


def _wrong_figure(wanted: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """Say what is wrong of one wanted figure; a figure that is not there is none."""
    keys = ("period_type", "period_end", "breakdown", "category")
    found = [
        row
        for row in rows
        if row["source"] == "own" and all(str(row[k]) == str(wanted[k]) for k in keys)
    ]
    said = f"{wanted['code']} {wanted['period_type']} {wanted['period_end']}"
    given = [(row["numerator"], row["denominator"], row["status"]) for row in found]
    status = wanted["status"]
    must_be_there = status is None or not status.startswith(("!", "not_available"))
    if must_be_there and not found:
        return [f"{said} is not there; wanted {wanted}"]
    wrong = []
    for row in found:
        for part in ("numerator", "denominator"):
            if wanted[part] is not None and row[part] != wanted[part]:
                wrong.append(f"{said}: {given}, wanted {part} {wanted[part]}")
        if status is not None and not _fits(status, row):
            wrong.append(f"{said}: {given}, wanted status {status}")
    return wrong


def _fits(status: str, row: dict[str, Any]) -> bool:
    if not status.startswith("!"):
        return bool(row["status"] == status)
    number, word = re.fullmatch(r"!(\d*)(\w+)", status).groups()  # type: ignore[union-attr]
    same_number = not number or row["numerator"] == float(number)
    return not (same_number and word in ("any", row["status"]))


def test_the_cases_are_there_or_it_is_said() -> None:
    if not CASES:
        pytest.skip("OPENSCRUTINY_SAMPLES is not set, so the shared cases are missing")
    assert os.environ["OPENSCRUTINY_SAMPLES"]
