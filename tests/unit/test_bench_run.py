"""The benchmarks' runner: it fails where a target is missed or nothing ran."""

import json
import subprocess
from types import SimpleNamespace
from typing import Any

import pytest
from bench import run
from bench.measuring import measure


def say(
    monkeypatch: pytest.MonkeyPatch, returncode: int, *lines: dict[str, Any]
) -> None:
    """Let every benchmark end like this."""
    done = SimpleNamespace(
        returncode=returncode, stdout="\n".join(map(json.dumps, lines)), stderr="why"
    )
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: done)


def line(seconds: float) -> dict[str, Any]:
    return {
        "what": "a thing",
        "rows": 1,
        "seconds": seconds,
        "target": 1,
        "peak_mb": 10.0,
        "notes": "",
    }


def test_met_targets_end_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(monkeypatch, 0, line(0.5))

    assert run.main(["census"]) == 0
    assert "All targets are met." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("returncode", "lines"),
    [(0, [line(1.5)]), (1, [line(0.5)]), (0, [])],
    ids=["too slow", "broken", "silent"],
)
def test_a_missed_target_or_a_broken_benchmark_fails(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    returncode: int,
    lines: list[dict[str, Any]],
) -> None:
    say(monkeypatch, returncode, *lines)

    assert run.main(["census"]) == 1
    assert "1 missed or did not run." in capsys.readouterr().out


def test_the_median_of_the_runs_is_given_with_the_last_result() -> None:
    results = iter("abc")

    seconds, result = measure(lambda: next(results), runs=3)

    assert result == "c" and 0 <= seconds < 1
