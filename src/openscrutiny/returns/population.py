"""Mid-year population estimates (Office for National Statistics) in DfE's layout.

`time_period` is the year of the estimate: 2024 is 30 June 2024.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.ees_tables import area_columns, read_table
from openscrutiny.returns.published_values import number_expression
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile

__all__ = ["PopulationReader"]

_COLUMNS = {"time_period", "geographic_level", "age_group", "population_estimate"}


class PopulationReader:
    """Read one table of estimates."""

    return_name = "population"

    def recognise(self, source: SourceFile) -> str | None:
        first = source.head(4096).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        names = {name.strip(' "\r') for name in first.split(",")}
        return "" if names >= _COLUMNS else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        for _part, source in sources:
            try:
                yield source, _read(source)
            except RefusedFile as refused:
                yield source, refused


def _read(source: SourceFile) -> Reading:
    raw, problems = read_table(source)
    rows = area_columns(raw).select(
        "line",
        "area_code",
        pl.col("time_period").str.slice(0, 4).cast(pl.Int32, strict=False).alias("year"),
        pl.col("age_group")
        .str.to_lowercase()
        .str.extract(r"(\d+ to \d+)")
        .alias("age_group"),
        number_expression("population_estimate")
        .round()
        .cast(pl.Int32)
        .alias("population_estimate"),
        pl.col("population_estimate").alias("raw"),
    )
    key = pl.col("area_code").is_not_null() & pl.col("year").is_not_null()
    kept = rows.filter(key & pl.col("age_group").is_not_null())
    kept = kept.unique(
        ["area_code", "year", "age_group"], keep="first", maintain_order=True
    )
    rejected = rows.height - kept.height
    if rejected:
        problems.append(
            Problem(
                source.name,
                0,
                "age_group",
                "key",
                f"{rejected:,} lines lack an area, year or age group, or stand twice.",
                "Download the table again and load it unchanged.",
            )
        )
    return Reading(
        "population",
        None,
        None,
        {"population": kept},
        rows.height,
        rejected,
        problems=tuple(problems),
    )
