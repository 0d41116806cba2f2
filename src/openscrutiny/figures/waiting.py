"""What waits for an officer: figures that are shown and not judged, and why."""

import polars as pl

from openscrutiny.figures.snapshots import Snapshot
from openscrutiny.indicators.registry import INDICATORS

__all__ = ["find_waiting"]


def find_waiting(snapshot: Snapshot) -> list[dict[str, str]]:
    """List each reason for which figures of an indicator are held, once.

    Gives `indicator`, `code`, `area_code`, `latest` (the last day of the latest period
    held for that reason) and `why`.
    """
    # What a definition never lets be judged waits for nobody.
    for_nobody = ["", *(each.not_judged for each in INDICATORS)]
    held = snapshot.figures().filter(
        ~pl.col("held").fill_null("").is_in(for_nobody)
        & (pl.col("breakdown") == "total")
    )
    reasons = (
        held.group_by("indicator", "code", "area_code", "held")
        .agg(latest=pl.col("period_end").max())
        .sort("code", "area_code", "latest")
    )
    return [
        {
            "indicator": row["indicator"],
            "code": row["code"],
            "area_code": row["area_code"],
            "latest": row["latest"].isoformat(),
            "why": row["held"],
        }
        for row in reasons.iter_rows(named=True)
    ]
