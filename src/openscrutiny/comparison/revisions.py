"""What a later load changed in a published figure: the old value, the new, and when.

Every load of published data is kept, so the earlier value is still there to be read; a
load that is undone takes its revision with it. Earlier and later are the releases, in
whatever order they were loaded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from openscrutiny.figures.published import PublishedRecord
from openscrutiny.record.published_periods import with_period_labels

# A label that is spelt anew, "2023(Prov)" and "2023 (Prov)", is of the same period.
_SAME = ["measure", "filters", "area_code", "label", "time_identifier"]
_KEY = ["measure", "filters", "area_code", "year_label", "time_identifier"]


@dataclass(frozen=True)
class Revision:
    """Hold one value that a later load changed; null where no number was given."""

    measure: str
    filters: str
    year_label: str
    old: float | None
    new: float | None
    old_text: str  # as the publisher printed it
    new_text: str
    loaded_on: date


def find_revisions(
    record: PublishedRecord,
    keys: Iterable[str],
    area_code: str,
    loaded_at: Mapping[int, str],
) -> tuple[Revision, ...]:
    """Find the latest revision of each value of these measures in one area.

    `loaded_at` gives the moment of each load, by its number.
    """
    rows = (
        record.every_release.filter(
            pl.col("measure").is_in(sorted(set(keys)))
            & (pl.col("area_code") == area_code)
        )
        .collect()
        .unique([*_KEY, "load_id"], keep="first", maintain_order=True)
        .sort(
            pl.col("load_id").replace_strict(
                dict(record.ranks), default=pl.col("load_id"), return_dtype=pl.Int32
            ),
            maintain_order=True,
        )
        .pipe(with_period_labels)
        .with_columns(label=_same_label())
        .group_by(_SAME, maintain_order=True)
        .agg("value", "raw", "load_id", pl.col("year_label").last())
        .filter(pl.col("load_id").list.len() > 1)
    )
    found = [_last_change(row, loaded_at) for row in rows.iter_rows(named=True)]
    return tuple(revision for revision in found if revision is not None)


def _same_label() -> pl.Expr:
    return pl.col("year_label").str.to_lowercase().str.replace_all(r"\s", "")


def _last_change(
    row: Mapping[str, object], loaded_at: Mapping[int, str]
) -> Revision | None:
    values, texts, loads = row["value"], row["raw"], row["load_id"]
    assert isinstance(values, list) and isinstance(texts, list)
    assert isinstance(loads, list)
    for at in range(len(values) - 1, 0, -1):
        if values[at] != values[at - 1]:
            return Revision(
                measure=str(row["measure"]),
                filters=str(row["filters"] or ""),
                year_label=str(row["year_label"]),
                old=values[at - 1],
                new=values[at],
                old_text=str(texts[at - 1] or ""),
                new_text=str(texts[at] or ""),
                loaded_on=datetime.fromisoformat(loaded_at[loads[at]]).date(),
            )
    return None
