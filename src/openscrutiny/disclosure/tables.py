"""The tables of analyses, as one audience may see them: nothing that is not declared.

A declaration names who is given a table's rows and who is told something of them; the
clearance of the audience has to allow it as well. An audience that neither names, or
that has no clearance, is given nothing, and so is one that nobody thought of.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import polars as pl

from openscrutiny.analyses.analysis import Table
from openscrutiny.analyses.registry import find_analyses
from openscrutiny.disclosure.audiences import Audience, find_clearance
from openscrutiny.indicators.definition import Indicator


class Source(Protocol):
    """Where a table is read: a snapshot, or a release that was frozen."""

    def table(self, table: Table) -> pl.DataFrame | None: ...


def open_tables(
    source: Source,
    audience: Audience,
    area_code: str,
    figures: pl.DataFrame,
    definitions: Sequence[Indicator],
) -> Mapping[str, pl.DataFrame]:
    """Give the tables that an audience may see of one council, by their names.

    `figures` are those that it may see, and `definitions` the indicators that it is
    told of. What is about an indicator that it is not told of is left out.
    """
    told_of = {each.code for each in definitions}
    mine = figures.filter(
        (pl.col("area_code") == area_code) & pl.col("code").is_in(list(told_of))
    )
    opened = {}
    for analysis in find_analyses():
        if not told_of.issuperset(analysis.codes):
            continue
        for table in analysis.tables:
            rows = _open(table, source, audience, area_code, mine, definitions)
            if rows is not None:
                opened[table.name] = rows
    return opened


def _open(
    table: Table,
    source: Source,
    audience: Audience,
    area_code: str,
    figures: pl.DataFrame,
    definitions: Sequence[Indicator],
) -> pl.DataFrame | None:
    clearance, told = find_clearance(audience), table.told
    is_given = clearance.everything and audience in table.given_to
    is_told = clearance.totals and told is not None and audience in told.to
    if not (is_given or is_told):
        return None
    rows = source.table(table)
    if rows is None:
        return None
    rows = rows.filter(pl.col("area_code") == area_code)
    if is_given:
        return rows if table.is_whole(rows) else None
    assert told is not None
    if table.is_whole(rows):  # what was frozen was told before, when its figures were
        rows = told.find(rows, figures, definitions)
    return rows.select(list(told.schema))  # whatever else was found
