"""All published measures compared for all authorities, under two neighbour models.

The record holds what was loaded: the local authority interactive tool and the open
data tables, real where OPENSCRUTINY_SAMPLES names their folder, else invented. An
older model is made by turning each list of neighbours to the next authority's.
"""

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import polars as pl

from bench.lait import ROWS, invent
from bench.measuring import measure, peak_mb, report
from openscrutiny.comparison.asking import compare_all
from openscrutiny.demo.nation import make_nation
from openscrutiny.figures.published import PublishedRecord, read_published
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace

FOLDERS = ("lait", "csc_2025", "sen2_2025", "attendance")
OLDER, LATEST = "2021", "2025"


def add_older_model(record: PublishedRecord) -> PublishedRecord:
    """Give the record a second model of the same size."""
    recent = record.neighbours.filter(pl.col("model") == LATEST)
    codes = sorted(recent["area_code"].unique())
    turned = dict(zip(codes, codes[7:] + codes[:7], strict=True))
    older = recent.with_columns(
        model=pl.lit(OLDER),
        neighbour_code=pl.col("neighbour_code").replace(turned),
    )
    return replace(record, neighbours=pl.concat([record.neighbours, older]))


def scan(record: PublishedRecord) -> None:
    """Read every total from disk and add it up, which no comparison can do without."""
    totals = record.scan.filter(pl.col("filters") == "")
    totals.select("measure", "area_code", "year_label", "value").select(
        pl.col("value").sum(), pl.col("measure", "area_code", "year_label").n_unique()
    ).collect()


def time_record(what: str, paths: list[Path]) -> None:
    """Load, then report one model, two models, and both beside a bare scan."""
    with tempfile.TemporaryDirectory() as place:
        workspace = create_workspace(Path(place), ("299",))
        load_paths(workspace, paths)
        journal = Journal(workspace.record)
        record = add_older_model(read_published(journal, journal.entries()))
        bare, _ = measure(lambda: scan(record))
        one, _ = measure(lambda: compare_all(record, models=[LATEST]))
        started = time.process_time()
        both, compared = measure(lambda: compare_all(record, models=[OLDER, LATEST]))
        busy = (time.process_time() - started) / 3  # of three runs
        values = record.totals().height
    notes = (
        f"{compared['measure'].n_unique():,} measures, "
        f"{compared['area_code'].n_unique()} authorities, {values:,} values; "
        f"{both / bare:.1f} times a bare scan of {bare:.3f} s; "
        f"one model {one:.2f} s, the second {100 * (both - one) / one:.0f}% more; "
        f"{busy:.2f} s of processor"
    )
    report(f"{what}: two models", compared.height, both, 1, notes, peak_mb())


def main() -> None:
    """Measure what is invented, or the real publications where they are there."""
    samples = os.environ.get("OPENSCRUTINY_SAMPLES")
    if samples:
        folder = Path(samples) / "published"
        time_record("Compare, real", [folder / name for name in FOLDERS])
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tables, extract = folder / "tables", folder / "extract"
        make_nation(tables, seed=1)
        (tables / "invented_bds_long.parquet").unlink()
        extract.mkdir()
        invent(extract)
        time_record(f"Compare, invented, {ROWS:,} of the tool", [tables, extract])


if __name__ == "__main__":
    main()
