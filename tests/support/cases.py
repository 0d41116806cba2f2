"""The shared cases beside the samples, and how a test asks the commands."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main

__all__ = ["ask", "find_cases", "run_json"]


def find_cases(group: str) -> list[Path]:
    """List the cases of one group; none where the samples are not there."""
    samples = os.environ.get("OPENSCRUTINY_SAMPLES")
    if not samples:
        return []
    folder = Path(samples).parent / "cases" / group
    return sorted(path for path in folder.glob("*") if (path / "in").is_dir())


def run_json(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> Any:
    """Run a command and read its answer in JSON."""
    capsys.readouterr()
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


def ask(
    capsys: pytest.CaptureFixture[str], workspace: Path, code: str
) -> list[dict[str, Any]]:
    """Ask for every figure of one indicator, as rows; none where nothing was built."""
    arguments = ["figures", "-w", str(workspace), "--indicator", code]
    capsys.readouterr()
    main([*arguments, "--format", "json"])
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out or "[]")
    return answer
