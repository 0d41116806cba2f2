"""The local authority interactive tool: read its extract, compare all that it holds.

An invented extract of the real one's size, and the real one where
OPENSCRUTINY_SAMPLES names the folder that holds it.
"""

import os
import tempfile
from pathlib import Path

import polars as pl

from bench.measuring import measure, peak_mb, report
from openscrutiny.comparison.asking import compare_all
from openscrutiny.demo.nation import make_nation
from openscrutiny.figures.published import read_published
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.published.lait import LaitReader
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.sources import DiskFile
from openscrutiny.workspace import create_workspace

ROWS = 641_070  # of the extract of April 2026


def invent(folder: Path) -> None:
    """Write an extract of the real one's size: the demo's nation, many times over."""
    make_nation(folder, seed=1)
    for table in folder.glob("*.csv"):
        if "dictionary" not in table.name:
            table.unlink()  # the other publications
    path = folder / "invented_bds_long.parquet"
    one = pl.read_parquet(path)
    # The real one goes back further: about 1,480 rows a measure, 434 measures.
    years = pl.col("Years").cast(pl.Int64, strict=False)
    earlier = one.with_columns((years - 10).cast(pl.String).alias("Years"))
    one = pl.concat([earlier.drop_nulls("Years").gather_every(2), one])
    copies = [
        one.with_columns(pl.concat_str("Short Desc", pl.lit(f"_{n}")))
        for n in range(ROWS // one.height + 1)
    ]
    pl.concat(copies).head(ROWS).write_parquet(path)


def read(path: Path) -> Reading:
    """Read the extract as a load does."""
    reader = LaitReader()
    [(_, reading)] = reader.read(
        [("extract", DiskFile(path.name, path))], LoadRequest()
    )
    assert isinstance(reading, Reading), reading
    return reading


def time_folder(what: str, folder: Path) -> None:
    """Report reading and comparing one folder of the tool's files."""
    [extract] = folder.glob("*long*.parquet")
    seconds, reading = measure(lambda: read(extract))
    bare, _ = measure(lambda: pl.read_parquet(extract))
    notes = f"{seconds / bare:.1f} times a bare read of {bare:.3f} s"
    report(f"{what}: read", reading.rows_read, seconds, 1, notes)
    with tempfile.TemporaryDirectory() as place:
        workspace = create_workspace(Path(place), ("299",))
        load_paths(workspace, [folder])
        journal = Journal(workspace.record)
        published = read_published(journal, journal.entries())
        seconds, compared = measure(lambda: compare_all(published))
        held = peak_mb()
    measures, areas = compared["measure"].n_unique(), compared["area_code"].n_unique()
    notes = f"{measures:,} measures, {areas} authorities"
    report(f"{what}: compare all", compared.height, seconds, 0.5, notes, held)


def main() -> None:
    """Measure the invented extract, and the real one where it is there."""
    with tempfile.TemporaryDirectory() as folder:
        invent(Path(folder))
        time_folder("LAIT, invented", Path(folder))
    samples = os.environ.get("OPENSCRUTINY_SAMPLES")
    if samples:
        time_folder("LAIT, April 2026", Path(samples) / "published" / "lait")


if __name__ == "__main__":
    main()
