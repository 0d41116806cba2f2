"""A scorecard of 300 rows by 60 months: opened, read through its mapping, set beside before."""

import tempfile
from datetime import date
from pathlib import Path

import xlsxwriter

from bench.measuring import measure, report
from openscrutiny.indicators.definition import Unit
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.periods import MONTH_NAMES, add_months
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.own.mapping import Mapping, RowHolds, save_mapping
from openscrutiny.returns.own.services import Tried, open_file, try_mapping
from openscrutiny.workspace import Workspace, create_workspace

ROWS, MONTHS = 300, 60
FIRST = date(2021, 10, 1)
TODAY = date(2026, 9, 30)
TARGET_SECONDS = 1.0


def list_rows() -> list[RowHolds]:
    """List the rows: indicators that may be given as percentages or counts, by area."""
    fit = [i.code for i in INDICATORS if i.unit in (Unit.PERCENT, Unit.COUNT)]
    held = [
        RowHolds(
            f"CYPE {at}", f"Row {at}", fit[at % len(fit)], "value", "area", f"A{at}"
        )
        for at in range(ROWS)
    ]
    return held


def write_sheet(path: Path, rows: list[RowHolds]) -> None:
    """Write the invented sheet, percentages as a workbook keeps them."""
    units = {one.code: one.unit for one in INDICATORS}
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Invented")
    percent = book.add_format({"num_format": "0.0%"})
    months = [add_months(FIRST, at) for at in range(MONTHS)]
    names = [f"{MONTH_NAMES[m.month - 1][:3]}-{m.year % 100:02d}" for m in months]
    sheet.write_row(0, 0, ["Ref", "Measure", *names, "RAG"])
    for at, row in enumerate(rows, 1):
        sheet.write_row(at, 0, [row.code, row.name])
        for month in range(MONTHS):
            number = 100 + (at * 37 + month * 11) % 800
            if units[row.indicator] is Unit.PERCENT:
                sheet.write(at, 2 + month, number / 1000, percent)
            else:
                sheet.write(at, 2 + month, number)
        sheet.write(at, 2 + MONTHS, "Green")
    book.close()


def attempt(workspace: Workspace, path: Path, mapping: Mapping) -> Tried:
    """Preview the file as a page does, from its bytes on."""
    return try_mapping(workspace, open_file(path), mapping, local_codes={})


def main() -> None:
    """Measure the preview of a new sheet, and of one that was loaded before."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        workspace = create_workspace(place / "w", ("999",), demo_as_at=TODAY)
        rows = list_rows()
        path = place / "card.xlsx"
        write_sheet(path, rows)
        columns = {"Ref": "code", "Measure": "name", "RAG": "leave out"}
        mapping = Mapping(
            "card",
            "Bench",
            "2026-09-30",
            "Invented",
            (1,),
            1,
            2,
            columns,
            {},
            tuple(rows),
        )
        seconds, tried = measure(lambda: attempt(workspace, path, mapping))
        assert not tried.preview.faults, tried.preview.faults[:3]
        cells = len(tried.preview.figures)
        report("scorecard, 300 rows by 60 months", cells, seconds, TARGET_SECONDS)
        save_mapping(workspace.mappings, mapping)
        [outcome] = load_paths(workspace, [path])
        assert outcome.rows_kept == cells == ROWS * MONTHS, outcome.problems
        seconds, tried = measure(lambda: attempt(workspace, path, mapping))
        assert tried.same == cells
        report("the same beside the one before", cells, seconds, TARGET_SECONDS)


if __name__ == "__main__":
    main()
