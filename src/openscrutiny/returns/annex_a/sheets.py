"""Find the lists of Annex A among a workbook's sheets, each by its own headings.

A sheet that is a list but for its key heading is named with what it has instead.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import polars as pl

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.annex_a.lists import LISTS, AnnexList, bare_heading
from openscrutiny.returns.reading import SourceFile
from openscrutiny.returns.tabular import load_sheet, open_workbook

__all__ = ["NearSheet", "Sheet", "find_sheets"]

_WITHIN: Final = 20  # rows in which a heading may stand
# Headings that stand in most lists and tell none apart.
_COMMON: Final = frozenset(
    {
        "childuniqueid",
        "gender",
        "ethnicity",
        "dateofbirth",
        "ageofchildyears",
        "doesthechildhaveadisability",
        "allocatedteam",
        "allocatedworker",
    }
)


@dataclass(frozen=True)
class Sheet:
    """Hold one list as it stands in the workbook: text columns by bare heading."""

    of: AnnexList
    name: str
    frame: pl.DataFrame  # with "line"
    headings: dict[str, str]  # bare heading and the heading as written


@dataclass(frozen=True)
class NearSheet:
    """Name a sheet that is a list but for its key heading, and what it has instead.

    `instead` is "" where none of its headings is like the one that it lacks.
    """

    of: AnnexList
    name: str
    instead: str
    line: int

    @property
    def message(self) -> str:
        """Say which heading of which list is lacking."""
        has = f" (it has {self.instead})" if self.instead else ""
        return (
            f"List {self.of.number} has no column {self.of.key}{has}, so that none of "
            "its rows could be read."
        )


def find_sheets(
    source: SourceFile, *, head_only: bool = False
) -> tuple[list[Sheet], list[NearSheet]]:
    """Find the lists, and the sheets that are one but for a heading.

    Raises RefusedFile where two sheets are one list (not with `head_only`), or where
    the workbook cannot be opened.
    """
    book = open_workbook(source)
    found: dict[int, Sheet] = {}
    near: dict[int, NearSheet] = {}
    for name in book.sheet_names:
        cells = load_sheet(book, name, _WITHIN if head_only else None)
        sheet = _find_list(name, cells)
        if sheet is None:
            almost = _find_near(name, cells)
            if almost is not None:
                near.setdefault(almost.of.number, almost)
            continue
        # Recognising claims it, so that reading can say what is wrong with it.
        if sheet.of.number in found and not head_only:
            raise RefusedFile(
                f"Two sheets are both list {sheet.of.number}.",
                "Leave one of them out.",
                field=name,
            )
        found[sheet.of.number] = sheet
    lacking = [near[number] for number in sorted(near) if number not in found]
    return [found[number] for number in sorted(found)], lacking


def _find_list(name: str, cells: pl.DataFrame) -> Sheet | None:
    for at, row in enumerate(cells.head(_WITHIN).iter_rows()):
        bare = [bare_heading(cell) for cell in row]
        there = set(bare)
        for one in LISTS:
            identifier = one.columns[0].bare
            if bare_heading(one.key) in there and identifier in there:
                return _make_sheet(one, name, cells, at, bare, row)
    return None


def _find_near(name: str, cells: pl.DataFrame) -> NearSheet | None:
    """Find the list that a sheet is by its name, or by most of its own headings."""
    numbered = re.fullmatch(r"\s*list\s*0*(\d{1,2})\b.*", name, re.IGNORECASE)
    for at, row in enumerate(cells.head(_WITHIN).iter_rows(), 1):
        written = {bare_heading(cell): str(cell).strip() for cell in row if cell}
        best: tuple[float, AnnexList] | None = None
        for one in LISTS:
            own = {column.bare for column in one.columns} - _COMMON
            named = numbered is not None and int(numbered[1]) == one.number
            share = len(own & set(written)) / len(own)
            known = len((own | _COMMON) & set(written))
            likely = share >= 0.5 or (named and known >= 3)
            if likely and (best is None or share + named > best[0]):
                best = (share + named, one)
        if best is not None:
            return _make_near(best[1], name, written, at)
    return None


def _make_near(
    of: AnnexList, name: str, written: dict[str, str], line: int
) -> NearSheet:
    own = {column.bare for column in of.columns}
    strange = [text for bare, text in written.items() if bare not in own | _COMMON]
    words = set(re.findall(r"[a-z]+", of.key.lower()))
    alike = [
        text
        for text in strange
        if len(words & set(re.findall(r"[a-z]+", text.lower()))) * 2 >= len(words)
    ]
    close = alike or get_close_matches(of.key, strange, n=1, cutoff=0.6)
    return NearSheet(of, name, close[0] if close else "", line)


def _make_sheet(
    of: AnnexList,
    name: str,
    cells: pl.DataFrame,
    at: int,
    bare: list[str],
    row: tuple[Any, ...],
) -> Sheet:
    columns: dict[str, str] = {}
    written: dict[str, str] = {}
    for position, heading in enumerate(bare):
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
    return Sheet(of, name, frame.filter(filled), written)
