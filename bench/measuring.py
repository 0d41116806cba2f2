"""Time one thing and print it as a line of JSON."""

import json
import resource
import time
from collections.abc import Callable
from typing import Any

__all__ = ["measure", "peak_mb", "report"]


def measure(function: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """Give the median seconds of some runs, and the last result."""
    times = []
    result = None
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2], result


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
