"""Invented Annex A workbooks: every list with its headings, and the rows given."""

from collections.abc import Mapping, Sequence
from datetime import date

from openscrutiny.layouts.annex_a import LISTS
from support.invented_returns import MemoryFile, workbook_file

PERSON = {
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Date of Birth": date(2014, 6, 1),
    "Does the Child have a Disability": "b) No",
}
WORKER = "Social Worker"
NAME = "Nobody Whoever"  # stands in every row, and must leave the reader nowhere

Row = Mapping[str, object]


def headings_of(number: int) -> list[str]:
    """List the headings of one list, the person's and the worker's included."""
    of = LISTS[f"list {number}"]
    person = [c.heading for c in of.columns if c.table]
    own = [column.heading for column in of.read]
    return [*dict.fromkeys([*own, *person]), WORKER]


def cells_of(number: int, rows: Sequence[Row]) -> list[list[object]]:
    """Give a list's cells: its headings, then each row filled with the person."""
    headings = headings_of(number)
    filled = [{**PERSON, WORKER: NAME, **row} for row in rows]
    return [list(headings), *([row.get(h, "") for h in headings] for row in filled)]


def annex_a(
    rows: Mapping[int, Sequence[Row]],
    *,
    without: Sequence[int] = (),
    name: str = "export.xlsx",
) -> MemoryFile:
    """Make a workbook of the lists, all but those left out; no rows where none given."""
    sheets = {
        f"List {number}": cells_of(number, rows.get(number, ()))
        for number in range(1, 12)
        if number not in without
    }
    return workbook_file(name, sheets)


def referral(
    child: object = "AB1", on: object = date(2026, 7, 1), **more: object
) -> Row:
    return {"Child Unique ID": child, "Date of referral": on, **more}


def plan(
    child: object = "AB1", start: object = date(2026, 5, 1), **more: object
) -> Row:
    return {"Child Unique ID": child, "Child Protection Plan Start Date": start, **more}
