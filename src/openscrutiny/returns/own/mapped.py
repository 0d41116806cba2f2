"""Read a scorecard that a saved mapping fits: all of it, or nothing, with the reasons."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.record.journal import Journal
from openscrutiny.returns.own.grids import Grid, read_grids
from openscrutiny.returns.own.mapping import Mapping, find_mappings, row_key
from openscrutiny.returns.own.reader import make_finder, make_reading, today_of
from openscrutiny.returns.own.scorecard import Preview, read_scorecard
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.workspace import Workspace

# Figures by what names them, and their numbers (scorecard.figure_key, figure_numbers).
Numbers = Map[tuple[object, ...], tuple[object, ...]]
_FITS: Final = 0.5  # of the mapping's rows that a sheet has to have to be known by it


class MappedReader(FileReader):
    """Read what one mapping fits; `before` gives what was loaded, to tell a moved sheet.

    A file that one of `others` fits too is refused: nobody says which is meant.
    """

    return_name = "own-figures"

    def __init__(
        self,
        mapping: Mapping,
        before: Callable[[], Numbers],
        others: Sequence[Mapping] = (),
    ) -> None:
        self.mapping = mapping
        self._before = before
        self._others = others

    def recognise(self, source: SourceFile) -> str | None:
        try:
            return "" if find_fitting(source, [self.mapping]) else None
        except RefusedFile:
            return None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        if also := find_fitting(source, self._others):
            raise two_fit(self.mapping, also)
        found = preview(source, self.mapping, request, self._before())
        if found.faults:
            raise _refuse(found, self.mapping)
        placed = [(cell.row, cell.figure) for cell in found.figures]
        reading = make_reading(placed, len(placed), (), request)
        by = f"Read through the mapping “{self.mapping.name}”, made by {self.mapping.author}."
        return replace(reading, inferred=" ".join((by, *found.told)))


def preview(
    source: SourceFile, mapping: Mapping, request: LoadRequest, before: Numbers
) -> Preview:
    """Read a file through a mapping without taking anything. Raises RefusedFile."""
    grid = choose_grid(read_grids(source), mapping)
    if grid is None:
        raise RefusedFile(
            f"The file has no sheet “{mapping.sheet}”, which the mapping reads.",
            "Give the sheet its name back, or make the mapping anew.",
            rule="sheet",
        )
    return read_scorecard(
        grid, mapping, make_finder(request), today_of(request), before
    )


def choose_grid(grids: Sequence[Grid], mapping: Mapping) -> Grid | None:
    """Choose the sheet that the mapping names; the only one where it names none."""
    named = [grid for grid in grids if grid.name.casefold() == mapping.sheet.casefold()]
    if named:
        return named[0]
    return (
        grids[0] if len(grids) == 1 and not (mapping.sheet and grids[0].name) else None
    )


def find_fitting(source: SourceFile, mappings: Sequence[Mapping]) -> Mapping | None:
    """Find the mapping by which a file is known; None where none is."""
    for mapping in mappings:
        grid = choose_grid(read_grids(source), mapping)
        if grid is not None and _knows(grid, mapping):
            return mapping
    return None


def two_fit(one: Mapping, other: Mapping) -> RefusedFile:
    """Refuse a file that two mappings fit."""
    return RefusedFile(
        f"The mappings “{one.name}” and “{other.name}” both fit this file, and they may "
        "read it otherwise.",
        f"Keep one name for both, or take {one.name}.json or {other.name}.json out of "
        "the folder mappings of the workspace.",
        rule="two mappings",
    )


def _knows(grid: Grid, mapping: Mapping) -> bool:
    """Tell whether most of the mapping's rows stand in the sheet, wherever they stand."""
    first = {row_key(each.code or each.name, "")[0] for each in mapping.rows}
    there = {row_key(cell, "")[0] for row in grid.rows for cell in row if cell}
    return bool(first) and len(first & there) >= _FITS * len(first)


def _refuse(found: Preview, mapping: Mapping) -> RefusedFile:
    first, more = found.faults[0], len(found.faults) - 1
    others = f" There are {more:,} more faults." if more else ""
    return RefusedFile(
        f"The sheet does not fit its mapping “{mapping.name}”. {first.message}{others}",
        f"{first.fix} All faults: openscrutiny mapping try {mapping.name} FILE",
        line=first.row,
        field=first.cell,
        rule=first.rule,
    )


def numbers_before(journal: Journal, authority: str) -> Numbers:
    """Read the figures that were given before, the latest load of each."""
    paths = journal.paths("own_figures", journal.entries())
    if not paths:
        return {}
    rows = pl.concat([pl.read_parquet(path) for path in paths])
    rows = rows.filter(pl.col("authority") == authority).sort("load_id")
    return {
        (
            row["ofig_indicator"],
            row["ofig_breakdown"],
            row["ofig_category"].casefold(),
            row["ofig_period_type"],
            row["ofig_period_end"],
        ): (
            row["ofig_numerator"],
            row["ofig_denominator"],
            row["ofig_value"],
            row["ofig_symbol"],
        )
        for row in rows.iter_rows(named=True)
    }


def mapped_readers(
    workspace: Workspace, authority: str, chosen: Mapping | None = None
) -> tuple[MappedReader, ...]:
    """Give a reader for each mapping that the workspace keeps; of one that is chosen its own."""
    journal = Journal(workspace.record)

    def before() -> Numbers:
        return numbers_before(journal, authority)

    if chosen is not None:
        return (MappedReader(chosen, before),)
    kept = find_mappings(workspace.mappings)
    return tuple(
        MappedReader(each, before, [one for one in kept if one is not each])
        for each in kept
    )
