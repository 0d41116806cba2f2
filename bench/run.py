"""The benchmarks: rows, seconds, peak memory and ratios, beside the targets.

Each runs in a process of its own, so that its peak memory is its own. Run with
`make bench`; nothing here is a test of the product, and it fails where a target is
missed or a benchmark does not run.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

BENCHES = (
    "census",
    "ssda903",
    "lait",
    "published",
    "compare",
    "scorecard",
    "charts",
    "minutes",
    "page",
    "decide",
    "ten_years",
    "demo",
    "readers",
)


def main(chosen: Sequence[str] = ()) -> int:
    """Run each benchmark and print one line for each; 1 where one fell short."""
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"
    )
    print(f"{'what':<36}{'rows':>11}{'seconds':>10}{'target':>8}{'peak MB':>9}  notes")
    missed = sum(_run(name) for name in chosen or BENCHES)
    print("All targets are met." if not missed else f"{missed} missed or did not run.")
    return 1 if missed else 0


def _run(name: str) -> int:
    """Run one benchmark; give how many of its targets were missed."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    results = [
        json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")
    ]
    for result in results:
        late = result["seconds"] > result["target"]
        print(
            f"{result['what']:<36}{result['rows']:>11,}{result['seconds']:>10.3f}"
            f"{result['target']:>8}{result['peak_mb']:>9.0f}  "
            f"{'MISSED; ' if late else ''}{result['notes']}",
            flush=True,
        )
    if done.returncode or not results:
        print(f"{name}: did not run\n{done.stderr[-2000:]}")
        return 1
    return sum(result["seconds"] > result["target"] for result in results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
