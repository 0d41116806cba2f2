"""The whole demonstration: invent 100,000 children, write, load, build; then ask it."""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from bench.measuring import measure, measure_command, report
from openscrutiny.figures.asking import find_rows_of, parse_period
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.figures.verifying import verify
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.record.journal import Journal
from openscrutiny.workspace import Workspace, open_workspace

CHILDREN = 100_000
ASKED = ("FD1", "CP5", "LA1")


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
        workspace = open_workspace(place)
        for code in ASKED:
            _report_rows(workspace, code)
        _report_verify(workspace)
        _report_build(place)


def _report_rows(workspace: Workspace, code: str) -> None:
    """Measure the rows behind one figure, in a process that has answered before."""
    indicator = find_indicator(code)
    snapshot = open_snapshot(workspace)
    period = parse_period("month:2026-03-31", indicator.periods)

    def ask() -> int:
        rows = find_rows_of(
            workspace, snapshot, indicator, period, "denominator", workspace.council
        )
        return rows.height

    first, _ = measure(ask, 1)
    seconds, rows = measure(ask, 7)
    report(f"the rows behind {code}", rows, seconds, 0.2, f"the first time {first:.2f}")


def _report_build(place: Path) -> None:
    """Measure a first build: every indicator that rows feed, all periods, all breakdowns."""
    shutil.rmtree(place / "figures")
    seconds, peak = measure_command(["build", "-w", str(place)])
    [figures] = (place / "figures").glob("*/figures.parquet")
    rows = pl.scan_parquet(figures).select(pl.len()).collect().item()
    report(
        f"build, {CHILDREN:,} children",
        rows,
        seconds,
        10,
        "figures of all periods and breakdowns, the whole program; at most 2,000 MB",
        peak,
    )


def _report_verify(workspace: Workspace) -> None:
    """Measure the check of every digest."""
    seconds, found = measure(lambda: verify(workspace))
    assert found.is_sound and not found.findings, found.findings[:3]
    size = sum(
        path.stat().st_size
        for folder in (workspace.record, workspace.figures)
        for path in folder.rglob("*")
        if path.is_file()
    )
    report("verify", found.files, seconds, 2, f"files of {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
