"""Read published tables in a report's layout, as `layouts.reports` declares them.

A table is found by its headings on any sheet. Each line that names an authority, a
region or England by its number, code or name gives its figures; a title between lines
and the notes below the table give none.
"""

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import ENGLAND, NUMBERS_OF_CODES, REGION_CODES
from openscrutiny.layouts.reports import REPORTS, Report, ReportFigure
from openscrutiny.periods import MONTH_NAMES
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.decoding import decode, decode_head
from openscrutiny.returns.open_documents import is_open_document
from openscrutiny.returns.published.areas import (
    check_names,
    drop_repeats,
    with_own_names,
)
from openscrutiny.returns.published.doubtful import tell_doubtful
from openscrutiny.returns.published.problems import tell_lines
from openscrutiny.returns.published.text import AGAIN, guarded, read_bytes, read_head
from openscrutiny.returns.published.values import add_values
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.workbooks import (
    Workbook,
    is_workbook,
    load_sheet,
    open_workbook,
)

_LOOKED_AT: Final = 30  # rows among which the headings stand
_KEY: Final = ("measure", "filters", "area_code", "year_label", "time_identifier")
_FOOTNOTES: Final = re.compile(r"(?<=[^\d\s])\s*\d{1,2}(,\d{1,2})*$")
_NAME_FIX: Final = (
    "A line with the name of another authority was not taken, since which of the two is "
    "right cannot be known; others were kept. Compare it with the publication, and tell "
    "its publisher."
)
_SCHEMA: Final = {
    "line": pl.Int32(),
    **{
        name: kind
        for name, kind in TABLES["published"].columns.items()
        if name not in ("value", "symbol")
    },
    "key": pl.String(),
}
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Found:
    """Hold where a table lies: the line of its last heading, and columns by figure."""

    report: Report
    heading: int  # counted from 0
    place: int
    area: int
    year: int | None
    columns: tuple[tuple[int, ReportFigure, str], ...]  # and the year above, or ""


class ReportsReader(FileReader):
    """Read one file that holds one of the reports."""

    return_name = "reports"

    def recognise(self, source: SourceFile) -> str | None:
        for _, rows in _starts(source):
            found = _find(rows)
            if found is not None:
                return found.report.name
        return None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        for sheet, rows in _sheets(source, part):
            found = _find(rows)
            if found is not None and found.report.name == part:
                return _read(found, rows, sheet, source.name)
        raise RefusedFile("Its headings stand on no sheet of this file.", AGAIN)


# ---------------------------------------------------------------- rows of text


def _starts(source: SourceFile) -> Iterator[tuple[str, Rows]]:
    """Give the first rows of each sheet, for recognising; nothing where unreadable."""
    try:
        head = read_head(source, 4)
        if head.startswith(b"PK"):
            book = _open(source)
            if book is not None:
                for name in book.sheet_names:
                    yield name, _cells_of_sheet(load_sheet(book, name, _LOOKED_AT))
        elif head != b"PAR1":
            text = decode_head(read_head(source))
            yield "", _start_of(text)
    except RefusedFile:
        return


def _open(source: SourceFile) -> Workbook | None:
    """Open a workbook of either kind; None where the file is none."""
    is_book = guarded(lambda: is_workbook(source) or is_open_document(source))
    return guarded(lambda: open_workbook(source)) if is_book else None


def _start_of(text: str) -> Rows:
    """Split the first rows, up to one that is cut off or broken."""
    rows: list[Sequence[str]] = []
    with contextlib.suppress(RefusedFile):
        rows.extend(islice(_split(text), _LOOKED_AT))
    return rows


def _sheets(source: SourceFile, part: str) -> Iterator[tuple[str, Rows]]:
    book = _open(source)
    if book is not None:
        for name in book.sheet_names:
            yield name, _cells_of_sheet(load_sheet(book, name))
        return
    text, _ = decode(guarded(lambda: read_bytes(source)), source.name)
    yield "", list(_split(text))


def _split(text: str) -> Iterator[list[str]]:
    """Split a CSV file; a row that goes on below leaves its further lines empty."""
    reader = csv.reader(io.StringIO(text), strict=True)
    before = 0
    try:
        for row in reader:
            yield row
            yield from [[]] * (reader.line_num - before - 1)
            before = reader.line_num
    except csv.Error:
        raise RefusedFile(
            "A quotation mark is out of place or never closed.",
            AGAIN,
            line=before + 1,
            rule="quotation",
        ) from None


def _cells_of_sheet(frame: pl.DataFrame) -> Rows:
    return [[cell or "" for cell in row] for row in frame.iter_rows()]


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


# ---------------------------------------------------------------- recognising


def _find(rows: Rows) -> _Found | None:
    for at in range(min(len(rows), _LOOKED_AT)):
        if len(rows[at]) > 2:
            for report in REPORTS:
                found = _match(report, rows, at)
                if found is not None:
                    return found
    return None


def _match(report: Report, rows: Rows, at: int) -> _Found | None:
    """Match the headings that end on this row with a report's."""
    if at + 1 < report.rows:
        return None
    headings = _headings(rows[at + 1 - report.rows : at + 1])
    columns = []
    for figure in report.figures:
        mine = [
            (column, figure, found.groupdict().get("year") or "")
            for column, heading in enumerate(headings)
            if (found := _pattern(figure.heading).fullmatch(heading))
        ]
        if not mine and not figure.optional:
            return None
        columns += mine
    place, area = _column(report.place, headings), _column(report.area, headings)
    year = _column(report.year, headings) if report.year else None
    if place is None or area is None or (report.year and year is None):
        return None
    return _Found(report, at, place, area, year, tuple(columns))


def _headings(rows: Rows) -> list[str]:
    """Join the rows of a heading; one that spans columns stands above each of them."""
    width = max(map(len, rows))
    joined = [""] * width
    for number, row in enumerate(rows, 1):
        spans, before = number < len(rows), ""
        for column in range(width):
            cell = _plain(row[column]) if column < len(row) else ""
            before = cell or (before if spans else "")
            joined[column] = f"{joined[column]} {before}".strip()
    return joined


@cache
def _pattern(heading: str) -> re.Pattern[str]:
    return re.compile(heading)


def _column(heading: str | int, headings: Sequence[str]) -> int | None:
    if isinstance(heading, int):
        return heading
    return headings.index(heading) if heading in headings else None


# ---------------------------------------------------------------- reading


def _read(found: _Found, rows: Rows, sheet: str, file: str) -> Reading:
    report = found.report
    said = _label_said(report, rows[: found.heading + 1], sheet, file)
    lines, unknown = _lines(found, rows)
    if not lines:
        raise RefusedFile(
            "The table names no authority by its number or code.", AGAIN, rule="key"
        )
    wide = [
        _cell(found, line, row, area, column, figure, above or said)
        for line, row, area in lines
        for column, figure, above in found.columns
    ]
    table = pl.DataFrame(wide, schema=_SCHEMA, orient="row")
    misnamed = check_names(table, file, str(report.area), _NAME_FIX)
    table = with_own_names(table.filter(pl.col("raw") != ""))
    kept, repeated = drop_repeats(table, _KEY, file)
    published = _with_numbers(kept, report)
    taken = {line for line in kept["line"]}
    rejected = len(lines) + len(unknown) - len(taken)
    problems = [
        *_tell_unknown(unknown, report, file),
        *repeated,
        *misnamed,
        *tell_doubtful(published, file, place=str(report.area), year=report.year_type),
    ]
    return Reading(
        "reports",
        None,
        None,
        {
            "published": published,
            "published_measures": _measures(found),
            "areas": _areas(kept),
        },
        len(lines) + len(unknown),
        rejected,
        problems=tuple(problems),
        inferred=f"Not read of it: {report.left_out}." if report.left_out else "",
    )


def _label_said(report: Report, above: Rows, sheet: str, file: str) -> str:
    """Find the label of a table that says its year or day once; "" if columns say it."""
    if not report.said:
        return ""
    titles = [_plain(cell) for row in above for cell in row]
    for text in (*titles, sheet.replace("_", " "), file.replace("_", " ")):
        found = re.search(report.said, text)
        if found:
            parts = found.groupdict()
            if "month" in parts:
                months = [name[:3] for name in MONTH_NAMES]
                parts["month"] = f"{months.index(parts['month']) + 1:02d}"
                parts["day"] = f"{int(parts['day']):02d}"
            return report.label.format(**parts)
    raise RefusedFile(
        "The table does not say of which year or day it is.",
        "Load the publisher's own file, with the title above the table.",
        line=1,
        rule="year",
    )


_Line = tuple[int, Sequence[str], tuple[str, str, str]]  # line, cells, area


def _lines(found: _Found, rows: Rows) -> tuple[list[_Line], list[int]]:
    """Give the lines with a known area and any figure, and those of no known area."""
    lines: list[_Line] = []
    unknown: list[int] = []
    columns = [column for column, _, _ in found.columns]
    for at, row in enumerate(islice(rows, found.heading + 1, None), found.heading + 2):
        cells = [_plain(cell) for cell in row]
        cells += [""] * (1 + max([*columns, found.place, found.area]) - len(cells))
        if not any(cells[column] for column in columns):
            continue  # a title between lines, or a note
        area = _find_area(cells[found.place], cells[found.area])
        if area is not None:
            lines.append((at, cells, area))
        elif cells[found.place]:
            unknown.append(at)
    return lines, unknown


def _find_area(place: str, name: str) -> tuple[str, str, str] | None:
    """Give an area's code, level and name; None where it is none that is known."""
    name = _FOOTNOTES.sub("", name)
    number = NUMBERS_OF_CODES.get(place, place.removesuffix(".0"))
    if re.fullmatch(r"[2-9]\d\d", number, re.ASCII) and number < "970":
        return number, "authority", name
    for low in (name.lower(), place.lower()):
        if low in ("england", "england total"):
            return ENGLAND, "national", "England"
        if low in REGION_CODES:
            return REGION_CODES[low], "regional", name or place
    return None


def _cell(
    found: _Found,
    line: int,
    row: Sequence[str],
    area: tuple[str, str, str],
    column: int,
    figure: ReportFigure,
    label: str,
) -> tuple[Any, ...]:
    code, level, name = area
    year = row[found.year] if found.year is not None else label
    key = f"{found.report.name}:{figure.key}"
    first = int(year[:4]) if re.match(r"[12]\d{3}", year) else None
    return (
        line, key, "", code, name, level, None, year, first, found.report.year_type,
        row[column], None, figure.key,
    )  # fmt: skip


def _with_numbers(kept: pl.DataFrame, report: Report) -> pl.DataFrame:
    """Read the cells; grades become numbers, and fractions percentages."""
    rows = add_values(kept)
    value, symbol = pl.col("value"), pl.col("symbol")
    for figure in report.figures:
        mine = pl.col("key") == figure.key
        if figure.words:
            graded = (
                pl.col("raw")
                .str.to_lowercase()
                .replace_strict(
                    dict(figure.words), default=None, return_dtype=pl.Float64
                )
            )
            value = pl.when(mine).then(graded).otherwise(value)
            symbol = pl.when(mine & graded.is_not_null()).then(None).otherwise(symbol)
        elif figure.times != 1:
            value = pl.when(mine).then(value * figure.times).otherwise(value)
    return rows.with_columns(value=value, symbol=symbol).select(
        "line", *TABLES["published"].columns
    )


def _measures(found: _Found) -> pl.DataFrame:
    report = found.report
    there = {figure.key: figure for _, figure, _ in found.columns}.values()
    rows = [
        {
            "line": found.heading + 1,
            "measure": f"{report.name}:{figure.key}",
            "title": figure.title,
            "topic": report.title,
            "unit": figure.unit,
            "polarity": figure.polarity,
            "decimal_places": None,
            "bandable": True,
            "year_type": report.year_type,
            "publication": report.publication,
            "description": "",
        }
        for figure in there
    ]
    schema = {"line": pl.Int32(), **TABLES["published_measures"].columns}
    return pl.DataFrame(rows, schema=schema)


def _areas(kept: pl.DataFrame) -> pl.DataFrame:
    return kept.select(
        "line", "area_code", "area_name", "area_level", "region_code"
    ).unique("area_code", keep="first", maintain_order=True)


def _tell_unknown(lines: Iterable[int], report: Report, file: str) -> list[Problem]:
    frame = pl.DataFrame({"line": list(lines)}, schema={"line": pl.Int32()})
    return tell_lines(
        frame,
        file,
        str(report.place),
        "key",
        "Not taken, because they have figures and name no authority, region or "
        "England that is known",
        AGAIN,
    )
