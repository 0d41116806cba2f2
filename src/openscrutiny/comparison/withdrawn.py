"""Measures that the newest release of a publication holds no more.

Of one publication the newest release counts whole, so such a measure is compared
nowhere. Who asks for it is told so, and which release held it and how far.
"""

import polars as pl

from openscrutiny.figures.published import PublishedRecord
from openscrutiny.record.published_periods import with_periods, year_in_words


def tell_withdrawn(record: PublishedRecord, measure: str) -> str:
    """Say which older release held a measure; "" where none did, or it still counts."""
    key = record.name_of(measure)
    held = record.every_release.filter(pl.col("measure") == key).select(
        "load_id", "file", "year", "year_label", "time_identifier"
    )
    rows = with_periods(held).sort("year", "words", nulls_last=False).collect()
    newer = {gone.load_id: gone.by for gone in record.displaced}
    old = rows.filter(pl.col("load_id").is_in(sorted(newer)))
    if old.is_empty() or not record.values_of([key]).is_empty():
        return ""
    load_id = max(old["load_id"], key=lambda load: record.ranks.get(load, 0))
    last = old.filter(pl.col("load_id") == load_id).row(-1, named=True)
    by = newer[load_id]
    files = record.every_release.filter(pl.col("load_id") == by)
    (newest,) = files.select("file").head(1).collect()["file"]
    return (
        f"The newest release of this publication, {_name(newest)} (load {by}), holds "
        f"“{key}” no more, so it is not compared. An older release, "
        f"{_name(last['file'])} (load {load_id}), held it up to "
        f"{year_in_words(last['words'])}."
    )


def _name(path: str | None) -> str:
    """Name a file without its folders, and its zip before it."""
    return ", ".join(part.rpartition("/")[2] for part in (path or "").split("!"))
