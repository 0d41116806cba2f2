"""Find the lists of Annex A among a workbook's sheets, each by its own headings.

A sheet that is a list but for its key heading is named with what it has instead.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import polars as pl

from openscrutiny.layouts.annex_a import LISTS
from openscrutiny.layouts.layout import Layout, find_layout, headings_of
from openscrutiny.returns.headings import bare_heading, read_headings
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.sheets import Sheet
from openscrutiny.returns.workbooks import (
    load_sheet,
    open_workbook,
    refuse_twin_sheets,
)

__all__ = ["NearSheet", "find_sheets"]

_WITHIN: Final = 20  # rows in which a heading may stand
# Headings that stand in most lists and tell none apart.
_COMMON: Final = frozenset(
    {"Child Unique ID", "Age of Child (Years)", "Allocated Team", "Allocated Worker"}
).union(c.heading for one in LISTS.values() for c in one.columns if c.table)
_HEADINGS: Final = headings_of(LISTS.values())
_spelt = read_headings(LISTS.values())


@dataclass(frozen=True)
class NearSheet:
    """Name a sheet that is a list but for its key heading, and what it has instead.

    `instead` is "" where none of its headings is like the one that it lacks.
    """

    of: Layout
    name: str
    instead: str
    line: int

    @property
    def key(self) -> str:
        return self.of.told_by[-1]

    @property
    def message(self) -> str:
        """Say which heading of which list is lacking."""
        has = f" (it has {self.instead})" if self.instead else ""
        return (
            f"{self.of.name.capitalize()} has no column {self.key}{has}, so that none "
            "of its rows could be read."
        )


def _read_heading(text: object) -> str:
    """Give the guide's heading; another's letters and digits, whatever stands in it."""
    heading = _spelt(text)
    return heading if heading in _HEADINGS else bare_heading(text)


def find_sheets(
    source: SourceFile, *, head_only: bool = False
) -> tuple[list[Sheet], list[NearSheet]]:
    """Find the lists, and the sheets that are one but for a heading.

    Raises RefusedFile where two sheets are one list (not with `head_only`), or where
    the workbook cannot be opened.
    """
    book = open_workbook(source)
    found: dict[str, Sheet] = {}
    near: dict[str, NearSheet] = {}
    for name in book.sheet_names:
        cells = load_sheet(book, name, _WITHIN if head_only else None)
        sheet = _find_list(name, cells)
        if sheet is None:
            almost = _find_near(name, cells)
            if almost is not None:
                near.setdefault(almost.of.name, almost)
            continue
        other = found.get(sheet.of.name)
        if other is not None and not sheet.frame.height:
            continue  # a template's sheet beside the list itself
        # Recognising claims it, so that reading can say what is wrong with it.
        if other is not None and other.frame.height and not head_only:
            refuse_twin_sheets(source, sheet.of.name, [other.name, name])
        found[sheet.of.name] = sheet
    lacking = [near[name] for name in LISTS if name in near and name not in found]
    return [found[name] for name in LISTS if name in found], lacking


def _find_list(name: str, cells: pl.DataFrame) -> Sheet | None:
    for at, row in enumerate(cells.head(_WITHIN).iter_rows()):
        headings = [_read_heading(cell) for cell in row]
        of = find_layout(LISTS.values(), headings)
        if of is not None:
            return _make_sheet(of, name, cells, at, headings, row)
    return None


def _find_near(name: str, cells: pl.DataFrame) -> NearSheet | None:
    """Find the list that a sheet is by its name, or by most of its own headings."""
    numbered = re.fullmatch(r"\s*list\s*0*(\d{1,2})\b.*", name, re.IGNORECASE)
    for at, row in enumerate(cells.head(_WITHIN).iter_rows(), 1):
        written = {_read_heading(cell): str(cell).strip() for cell in row if cell}
        best: tuple[float, Layout] | None = None
        for one in LISTS.values():
            own = {column.heading for column in one.read} - _COMMON
            named = numbered is not None and f"list {int(numbered[1])}" == one.name
            share = len(own & set(written)) / len(own)
            known = len((own | _COMMON) & set(written))
            likely = share >= 0.5 or (named and known >= 3)
            if likely and (best is None or share + named > best[0]):
                best = (share + named, one)
        if best is not None:
            return _make_near(best[1], name, written, at)
    return None


def _make_near(of: Layout, name: str, written: dict[str, str], line: int) -> NearSheet:
    own = {column.heading for column in of.read}
    strange = [text for read, text in written.items() if read not in own | _COMMON]
    key = of.told_by[-1]
    words = set(re.findall(r"[a-z]+", key.lower()))
    alike = [
        text
        for text in strange
        if len(words & set(re.findall(r"[a-z]+", text.lower()))) * 2 >= len(words)
    ]
    close = alike or get_close_matches(key, strange, n=1, cutoff=0.6)
    return NearSheet(of, name, close[0] if close else "", line)


def _make_sheet(
    of: Layout,
    name: str,
    cells: pl.DataFrame,
    at: int,
    headings: list[str],
    row: tuple[Any, ...],
) -> Sheet:
    columns: dict[str, str] = {}
    written: dict[str, str] = {}
    for position, heading in enumerate(headings):
        if heading and heading not in columns:
            columns[heading] = cells.columns[position]
            written[heading] = str(row[position]).strip()
    body = cells.with_columns(
        line=pl.int_range(1, cells.height + 1, dtype=pl.Int32, eager=True)
    ).slice(at + 1)
    text = [
        pl.col(column).cast(pl.String).str.strip_chars().alias(heading)
        for heading, column in columns.items()
    ]
    frame = body.select("line", *text)
    filled = pl.any_horizontal(pl.col(h).fill_null("") != "" for h in columns)
    return Sheet(of, name, frame.filter(filled), at + 1, written)
