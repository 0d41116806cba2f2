"""Time one thing and print it as a line of JSON."""

import json
import resource
import time
from collections.abc import Callable
from typing import Any

__all__ = ["measure", "report"]


def measure(function: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """Give the median seconds of some runs, and the last result."""
    times = []
    result = None
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2], result


def report(
    what: str, rows: int, seconds: float, target: float, notes: str = ""
) -> None:
    """Print one result; peak memory is the process's own so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "what": what,
                "rows": rows,
                "seconds": seconds,
                "target": target,
                "peak_mb": peak,
                "notes": notes,
            }
        )
    )
