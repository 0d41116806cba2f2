"""What a command and a page ask of a scorecard: propose a mapping, try it, keep it."""

from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record.journal import Journal
from openscrutiny.returns.own.grids import Grid, read_grids
from openscrutiny.returns.own.mapped import Numbers, numbers_before, preview
from openscrutiny.returns.own.mapping import Mapping
from openscrutiny.returns.own.proposing import propose_mapping
from openscrutiny.returns.own.reader import make_finder, read_council
from openscrutiny.returns.own.scorecard import Preview, figure_key, figure_numbers
from openscrutiny.returns.plain import PlainFile
from openscrutiny.returns.reading import LoadRequest
from openscrutiny.returns.sources import DiskFile
from openscrutiny.workspace import Workspace


def open_file(path: Path) -> PlainFile:
    """Open a file in its plain form. Raises OpenScrutinyError where it cannot be."""
    if not path.is_file():
        raise OpenScrutinyError("There is no such file.", "Check the path.")
    return PlainFile(DiskFile(path.name, path))


def _request(workspace: Workspace, local_codes: Map[str, str]) -> LoadRequest:
    return LoadRequest(
        council=workspace.council,
        local_codes=local_codes,
        definitions=partial(read_council, workspace),
        today=workspace.as_at,
    )


def propose(
    workspace: Workspace,
    source: PlainFile,
    *,
    name: str,
    by: str,
    on: date,
    sheet: str = "",
    local_codes: Map[str, str],
) -> Mapping:
    """Propose a mapping of a sheet, of the first that is not hidden unless named."""
    request = _request(workspace, local_codes)
    grid = _choose(read_grids(source), sheet)
    definitions = (*INDICATORS, *request.definitions())
    return propose_mapping(
        grid, make_finder(request), definitions, name=name, by=by, on=on
    )


def _choose(grids: tuple[Grid, ...], sheet: str) -> Grid:
    for grid in grids:
        if grid.name.casefold() == sheet.casefold() if sheet else not grid.is_hidden:
            return grid
    raise OpenScrutinyError(
        f"The file has no sheet “{sheet[:60]}”.",
        f"Its sheets are {', '.join(grid.name for grid in grids)}.",
    )


@dataclass(frozen=True)
class Tried:
    """Hold what a file gives through a mapping, and how it differs from what was loaded."""

    mapping: Mapping
    preview: Preview
    new: int
    same: int
    changed: tuple[str, ...]  # cells whose figure was another

    @property
    def told(self) -> tuple[str, ...]:
        """Say what needs nobody's hand, and what somebody may want to look at."""
        if not self.changed:
            return self.preview.told
        cells = ", ".join(self.changed[:20])
        many = len(self.changed)
        noun = "figure has" if many == 1 else "figures have"
        return (
            *self.preview.told,
            f"{many:,} {noun} changed since the last load: {cells}"
            f"{' and more' if many > 20 else ''}.",
        )

    def in_words(self) -> str:
        """Sum it up in a sentence."""
        faults, figures = len(self.preview.faults), len(self.preview.figures)
        if faults:
            noun = "fault" if faults == 1 else "faults"
            return f"{faults:,} {noun}: nothing of the file would be taken."
        return (
            f"{figures:,} figures would be taken: {self.new:,} new, {self.same:,} as "
            f"before, {len(self.changed):,} changed."
        )

    def as_dict(self) -> dict[str, object]:
        """Give it in the words of `mapping try --json`."""
        return {
            "mapping": self.mapping.name,
            "faults": [asdict(fault) for fault in self.preview.faults],
            "told": list(self.told),
            "new": self.new,
            "same": self.same,
            "changed": list(self.changed),
            "figures": [
                {"cell": cell.cell, **asdict(cell.figure)}
                for cell in self.preview.figures
            ],
        }


def try_mapping(
    workspace: Workspace,
    source: PlainFile,
    mapping: Mapping,
    *,
    local_codes: Map[str, str],
) -> Tried:
    """Read a file through a mapping and set it against what was loaded before.

    Raises RefusedFile where the file has no such sheet.
    """
    request = _request(workspace, local_codes)
    journal = Journal(workspace.record)
    before: Numbers = numbers_before(journal, request.council)
    found = preview(source, mapping, request, before)
    new, same = 0, 0
    changed = []
    for cell in found.figures:
        was = before.get(figure_key(cell.figure))
        if was is None:
            new += 1
        elif was == figure_numbers(cell.figure):
            same += 1
        else:
            changed.append(cell.cell)
    return Tried(mapping, found, new, same, tuple(changed))
