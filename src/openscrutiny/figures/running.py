"""A return of a year that is not over on the day of the figures covers what it has seen.

SSDA903 does not say on which day it was made. Where its year goes on beyond the day of
the figures, it covers the days up to the latest event in it, and no later month.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from openscrutiny.record.journal import Journal
from openscrutiny.record.loads import LoadEntry

__all__ = ["cut_running_returns"]

# The dates of what has happened, by table; none of these is planned or expected.
_HAPPENED: Final[dict[str, tuple[str, ...]]] = {
    "cla_episodes": (
        "clae_cla_episode_start_date",
        "clae_cla_episode_ceased_date",
    ),
    "cla_reviews": ("clar_cla_review_date",),
    "missing": ("miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    "involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
}
_RETURN: Final = "ssda903"


def cut_running_returns(
    journal: Journal, entries: Sequence[LoadEntry], as_at: date
) -> list[LoadEntry]:
    """Cut what returns of a running year cover at the latest event in any of their files.

    Others are given back as they are.
    """
    running: dict[tuple[str | None, str], list[LoadEntry]] = {}
    for entry in entries:
        covers = entry.covers_all
        if entry.return_name == _RETURN and covers is not None and covers[1] >= as_at:
            running.setdefault((entry.authority, entry.return_id), []).append(entry)
    latest = {key: _latest_event(journal, own, as_at) for key, own in running.items()}
    return [
        _cut(entry, latest[key])
        if (key := (entry.authority, entry.return_id)) in latest
        else entry
        for entry in entries
    ]


def _latest_event(
    journal: Journal, entries: Sequence[LoadEntry], as_at: date
) -> date | None:
    days = [
        pl.scan_parquet(path)
        .select(
            pl.max_horizontal(
                pl.col(c).filter(pl.col(c) <= as_at).max() for c in columns
            )
        )
        .collect()
        .item()
        for table, columns in _HAPPENED.items()
        for path in journal.paths(table, list(entries))
    ]
    return max((day for day in days if day is not None), default=None)


def _cut(entry: LoadEntry, latest: date | None) -> LoadEntry:
    """Leave out the tables of which nothing is covered then."""
    covers = {
        table: (first, min(last, latest))
        for table, (first, last) in entry.covers.items()
        if latest is not None and first <= latest
    }
    return replace(entry, covers=covers)
