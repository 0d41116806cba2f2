"""The whole demonstration: invent 100,000 children, write, load, build."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measuring import report
from openscrutiny.record.journal import Journal

CHILDREN = 100_000


def main() -> None:
    """Measure the command once: it takes about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "demo"
        command = [sys.executable, "-m", "openscrutiny.cli", "demo", "--no-serve"]
        start = time.perf_counter()
        subprocess.run(
            [*command, "--json", "--dir", str(place), "--children", str(CHILDREN)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        entries = Journal(place / "record").entries()
        built = json.loads(
            (place / "figures" / "000001" / "snapshot.json").read_text(encoding="utf-8")
        )
        assert built["number"] == 1
        rows = sum(entry.rows_read for entry in entries)
        megabytes = (
            sum(p.stat().st_size for p in (place / "returns").rglob("*.*")) / 1e6
        )
        report(
            f"demo, {CHILDREN:,} children",
            rows,
            seconds,
            90,
            f"{len(entries)} files of {megabytes:.0f} MB written, loaded and built; "
            "the peak is the largest process's",
            peak,
        )


if __name__ == "__main__":
    main()
