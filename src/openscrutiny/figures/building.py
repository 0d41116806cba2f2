"""The tables of analyses, as a build makes them: each is lent the record and the figures.

Which tables there are, `analyses/` declares; none is known here by name.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from functools import partial

import polars as pl

from openscrutiny.analyses.analysis import Analysis, Building, Select, Table
from openscrutiny.analyses.registry import find_analyses
from openscrutiny.figures.engine import Engine, name_record, write_query
from openscrutiny.figures.evaluate import join_rows
from openscrutiny.figures.queries import Query
from openscrutiny.figures.slices import SLICES
from openscrutiny.indicators.definition import Indicator
from openscrutiny.record.coverage import Span

__all__ = ["build_tables", "lend"]


def lend(
    engine: Engine, indicators: Sequence[Indicator], figures: pl.DataFrame
) -> Building:
    """Lend the record that an engine holds, and what was counted of it."""
    return Building(indicators, engine.entries, figures, partial(_ask, engine))


def _ask(
    engine: Engine,
    indicator: Indicator,
    periods: pl.DataFrame,
    select: Select,
    *,
    spans: Sequence[Span] | None = None,
    apart: Sequence[str] = (),
) -> pl.DataFrame:
    if spans is None:
        spans = engine.timeline(indicator.looked_up_in)
    wanted = periods.select(
        slice_authority="area_code", slice_start="period_start", slice_end="period_end"
    ).unique(maintain_order=True)
    slices = wanted.with_row_index("slice").select(
        pl.col(name).cast(kind) for name, kind in SLICES.items()
    )
    # A query is kept by this name, so nothing else may decide what is selected.
    name = f"{select.__module__}.{select.__qualname__} {' '.join(apart)}"
    assert "<" not in name, "a function of a module selects, and no lambda or closure"
    query = engine.queries.find(
        indicator, name, partial(_write, select=select, apart=apart)
    )
    lent = {**engine.sources(spans), "slices": slices}
    # The engine's threads give rows in any order; a snapshot has one.
    return engine.run(query, lent).sort(pl.all())


def _write(indicator: Indicator, *, select: Select, apart: Sequence[str]) -> Query:
    return write_query(select(join_rows(indicator, apart), name_record()))


def build_tables(
    building: Building, at_once: Executor, progress: Callable[[str], None]
) -> dict[str, pl.DataFrame]:
    """Build the table of every analysis, by its name."""
    waiting: list[tuple[Analysis, Table, Future[pl.DataFrame]]] = [
        (analysis, table, at_once.submit(table.build, building))
        for analysis in find_analyses()
        for table in analysis.tables
    ]
    built = {}
    for analysis, table, found in waiting:
        progress(f"building {analysis.name[:1].lower()}{analysis.name[1:]}")
        built[table.name] = found.result().select(
            pl.col(name).cast(kind) for name, kind in table.schema.items()
        )
    return built
