"""The benchmarks: rows, seconds, peak memory and ratios, beside the targets.

Each runs in a process of its own, so that its peak memory is its own. Run with
`make bench`; nothing here is a test.
"""

import json
import subprocess
import sys
from pathlib import Path

BENCHES = ("census", "ssda903", "lait", "page", "demo")


def main() -> int:
    """Run each benchmark and print one line for each."""
    chosen = sys.argv[1:] or BENCHES
    print(f"{'what':<34}{'rows':>12}{'seconds':>10}{'target':>9}{'peak MB':>9}  notes")
    missed = 0
    for name in chosen:
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[1],
        )
        if done.returncode:
            print(f"{name}: did not run\n{done.stderr[-2000:]}")
            missed += 1
            continue
        for line in done.stdout.splitlines():
            if not line.startswith("{"):
                continue
            result = json.loads(line)
            print(
                f"{result['what']:<34}{result['rows']:>12,}{result['seconds']:>10.3f}"
                f"{result['target']:>9}{result['peak_mb']:>9.0f}  {result['notes']}"
            )
            missed += result["seconds"] > result["target"]
    print("all targets met" if not missed else f"{missed} missed or did not run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
