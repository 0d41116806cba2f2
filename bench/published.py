"""Everything published that the samples hold: loaded, and one indicator compared.

Both are the command as a person runs it, from its start to its end. Without
OPENSCRUTINY_SAMPLES there is nothing to load, and that is an error and no pass.
"""

import os
import statistics
import tempfile
from pathlib import Path

from bench.measuring import measure_command, report
from openscrutiny.record.journal import Journal
from openscrutiny.workspace import create_workspace

COUNCIL = "306"  # Croydon, of whom the samples hold every publication
INDICATOR = "FD2"
A_HAND_IS_NEEDED = 1  # the folder also holds files that are set aside, and says so


def main() -> None:
    """Measure the load of the folder and a comparison in the workspace that it fills."""
    samples = os.environ.get("OPENSCRUTINY_SAMPLES")
    if not samples:
        raise SystemExit("OPENSCRUTINY_SAMPLES names no folder: nothing was measured.")
    folder = Path(samples) / "published"
    with tempfile.TemporaryDirectory() as place:
        workspace = create_workspace(Path(place) / "workspace", (COUNCIL,))
        at = ["-w", str(workspace.folder)]
        seconds, peak = measure_command(
            ["load", *at, str(folder)], allowed=(0, A_HAND_IS_NEEDED)
        )
        entries = Journal(workspace.record).entries()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        report(
            "load of all that is published",
            sum(entry.rows_read for entry in entries),
            seconds,
            10,
            f"{len(entries)} files loaded, of {size / 1e6:.0f} MB in the folder",
            peak,
        )
        measure_command(["build", *at])
        compare = ["compare", *at, "--indicator", INDICATOR, "--area", COUNCIL]
        runs = [measure_command(compare) for _ in range(5)]
        report(
            f"compare {INDICATOR}, whole program",
            1,
            statistics.median(seconds for seconds, _ in runs),
            0.7,
            f"the slowest of five {max(seconds for seconds, _ in runs):.2f} s",
            max(peak for _, peak in runs),
        )


if __name__ == "__main__":
    main()
