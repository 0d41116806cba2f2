"""Time one thing and print it as a line of JSON."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any


def measure(function: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """Give the median seconds of some runs, and the last result."""
    times = []
    result = None
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2], result


def measure_command(
    arguments: Sequence[str], allowed: Sequence[int] = (0,)
) -> tuple[float, float]:
    """Run one command of the product as a process of its own, from its start to its end.

    Gives its seconds and the most memory that it held, in MB. A status that is not
    `allowed` is an error: what failed early would look fast.
    """
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "openscrutiny.cli", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in allowed:
        raise SystemExit(f"{arguments[0]} ended with {running.returncode}.")
    return seconds, used.ru_maxrss / 1024


def peak_mb() -> float:
    """Give the most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(
    what: str,
    rows: int,
    seconds: float,
    target: float,
    notes: str = "",
    peak: float | None = None,
) -> None:
    """Print one result; peak memory is the process's own so far unless given."""
    print(
        json.dumps(
            {
                "what": what,
                "rows": rows,
                "seconds": seconds,
                "target": target,
                "peak_mb": peak_mb() if peak is None else peak,
                "notes": notes,
            }
        )
    )
