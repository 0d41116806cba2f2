"""The paper as an accessible workbook: a cover, contents, notes, one table a sheet.

It follows the Government Analysis Function's guidance on spreadsheets: column A first,
no merged or hidden cells, no fills, no filters, markers explained above the table.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from openscrutiny.packs.decided import EVENT_COLUMNS, TARGET_COLUMNS
from openscrutiny.packs.paper import MARKERS, Paper
from openscrutiny.story.compared.placing import BENCHMARKS, describe_rug
from openscrutiny.story.model import IndicatorStory, SectionStory

__all__ = ["write_workbook"]

_FONT: Final = {"font_name": "Arial", "font_size": 12}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNITS: Final = {
    "percent": "%",
    "rate_per_10_000": "per 10,000",
    "count": "number",
    "ratio": "ratio",
}


class _Book:
    """Hold the workbook while it is written, with the few formats that it uses."""

    def __init__(self, stream: io.BytesIO, paper: Paper) -> None:
        self.paper = paper
        self.file = xlsxwriter.Workbook(
            stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": dict(_FONT),  # the writer adds to it
            },
        )
        self.file.set_properties(
            {
                "title": f"{paper.title}: {paper.council}",
                "subject": paper.version,
                "author": paper.council,
                "comments": " ".join(paper.notices),
            }
        )
        self.title = self.file.add_format({**_FONT, "bold": True, "font_size": 16})
        self.text = self.file.add_format({**_FONT, "text_wrap": True, "valign": "top"})
        self.number = self.file.add_format({**_FONT, "align": "right", "valign": "top"})
        self.head = self.file.add_format({**_FONT, "bold": True, "text_wrap": True})
        self.link = self.file.add_format(
            {**_FONT, "font_color": "#1A65A6", "underline": 1}
        )
        self.contents: list[tuple[str, str]] = []

    def sheet(self, name: str, title: str, widths: Sequence[int]) -> Any:
        """Add a sheet with its title in A1; every sheet but the first is listed."""
        sheet = self.file.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.text)
        sheet.hide_gridlines(0)
        self.contents.append((name, title))
        return sheet

    def lines(self, sheet: Any, row: int, lines: Sequence[str]) -> int:
        for line in lines:
            sheet.write_string(row, 0, line, self.file.add_format(dict(_FONT)))
            row += 1
        return row

    def table(
        self,
        sheet: Any,
        row: int,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str | float]],
    ) -> None:
        """Write a named table; numbers are numbers, and markers stand in their place."""
        for down, cells in enumerate(rows, row + 1):
            for across, cell in enumerate(cells):
                if isinstance(cell, str):
                    style = self.text if across == 0 or len(cell) > 12 else self.number
                    sheet.write_string(down, across, cell, style)
                else:
                    sheet.write_number(down, across, cell, self.number)
        sheet.add_table(
            row,
            0,
            row + max(len(rows), 1),
            len(columns) - 1,
            {
                "name": re.sub(r"\W", "_", name),
                "style": None,
                "autofilter": False,
                "columns": [
                    {"header": column, "header_format": self.head} for column in columns
                ],
            },
        )


def write_workbook(paper: Paper) -> bytes:
    """Write the workbook; the same paper gives the same bytes."""
    stream = io.BytesIO()
    book = _Book(stream, paper)
    cover = book.sheet("Cover", f"{paper.title}: {paper.council}", (90,))
    facts = [f"{label}: {value}" for label, value in paper.facts]
    row = book.lines(cover, 1, [*paper.notices, *facts])
    contents = book.sheet("Contents", "Contents", (26, 90))
    _write_notes(book)
    _write_since(book)
    for section in paper.sections:
        _write_section(book, section)
    if paper.published.banded:
        _write_topics(book)
    _write_everybody(book)
    _write_rug(book)
    _write_decided(book)
    for story in paper.stories:
        _write_story(book, story)
    book.lines(cover, row, [f"This workbook has {len(book.contents)} sheets."])
    book.table(contents, 2, "Contents", ("Sheet", "What it holds"), book.contents[2:])
    contents.write_string(
        1, 0, "Choose a name to go to its sheet.", book.file.add_format(dict(_FONT))
    )
    for down, (name, _) in enumerate(book.contents[2:], 3):
        contents.write_url(down, 0, f"internal:'{name}'!A1", book.link, name)
    book.file.close()
    return _settle(stream.getvalue())


def _write_notes(book: _Book) -> None:
    sheet = book.sheet("Notes", "Notes, definitions and sources", (40, 60, 60, 60))
    row = book.lines(sheet, 1, [*book.paper.sources, *book.paper.missing])
    row = book.lines(sheet, row, [f"{mark} {words}." for mark, words in MARKERS])
    rows = [
        (
            f"{d.name} ({d.code})",
            d.formula,
            f"{d.source}. {d.paragraph}. Edition {d.edition}.",
            " ".join(d.caveats) or "None",
        )
        for d in book.paper.definitions
    ]
    columns = ("Indicator", "Formula", "Source", "Read with care")
    book.table(sheet, row, "Definitions", columns, rows)


def _write_since(book: _Book) -> None:
    since = book.paper.since
    sheet = book.sheet("Since the last paper", since.heading, (44, 40, 40, 70))
    says = [since.about, *(sentence.text for sentence in since.says)]
    row = book.lines(sheet, 1, [*book.paper.notices, *filter(None, says)])
    rows = [
        (
            f"{item.name} ({item.code})" if item.id else item.name,
            item.then,
            item.now,
            item.text,
        )
        for item in since.items
    ]
    columns = ("Indicator", "In the last paper", "Now", "What changed")
    nothing = ("None", "[z]", "[z]", "Nothing to tell")
    book.table(sheet, row, "since", columns, rows or [nothing])


_WHO: Final = {"ours": "This council", "neighbour": "Statistical neighbour"}


def _write_everybody(book: _Book) -> None:
    """Write every authority's published figure of every indicator, one on a row."""
    rows = [
        (
            f"{story.name} ({story.code})",
            _UNITS.get(story.number.unit, "[z]"),
            story.compared_year,
            row.name,
            _cell(row.value),
            int(row.rank) if row.rank else "[z]",
            row.band or "[z]",
            _WHO.get(row.who, "[z]"),
        )
        for story in book.paper.stories
        for row in story.authorities
    ]
    if not rows:
        return
    sheet = book.sheet(
        "Every authority", "Every authority’s published figures", (44, 20, 12, 34, 12)
    )
    notes = [
        "[z] stands where nobody is ranked, where there is no quarter, and beside others.",
        _marker_line(),
    ]
    row = book.lines(sheet, 1, [*book.paper.notices, *notes])
    columns = (
        "Indicator",
        "Unit",
        "Year",
        "Authority",
        "Figure",
        "Place",
        "Quarter",
        "Who",
    )
    book.table(sheet, row, "every_authority", columns, rows)


# Region and England, which stand after ours, have no quarter.
_BENCHMARKS_AT: Final = range(1, 1 + len(BENCHMARKS))


def _write_rug(book: _Book) -> None:
    """Write ours beside the neighbours’; each figure has its quarter in the next cell."""
    rug = book.paper.rug
    columns = ["Indicator", "Unit", "Year"]
    for at, name in enumerate(rug.columns):
        columns += [name] if at in _BENCHMARKS_AT else [name, f"{name}: quarter"]
    columns.append("Neighbours with a figure")
    title = "Side by side with statistical neighbours"
    sheet = book.sheet("Neighbours", title, (44, 20, 12, *[14] * (len(columns) - 3)))
    notes = [describe_rug(rug), "[z] stands where there is no quarter.", _marker_line()]
    row = book.lines(sheet, 1, [*book.paper.notices, *notes])
    rows = []
    for line in rug.rows:
        cells: list[str | float] = [line.name, _UNITS.get(line.unit, "[z]"), line.year]
        for at, cell in enumerate(line.cells):
            cells.append(_cell(cell.value))
            if at not in _BENCHMARKS_AT:
                cells.append(cell.band or "[z]")
        rows.append((*cells, f"{line.available} of {rug.neighbours}"))
    nothing = ("None", *["[x]"] * (len(columns) - 1))
    book.table(sheet, row, "neighbours", columns, rows or [nothing])


def _write_decided(book: _Book) -> None:
    """Write every indicator’s target, and the dated events."""
    paper = book.paper
    sheet = book.sheet("Targets", "Targets", (44, 34, 24, 18, 44, 24, 60))
    row = book.lines(sheet, 1, [*paper.notices, _marker_line()])
    rows = [target.cells for target in paper.targets]
    book.table(sheet, row, "targets", TARGET_COLUMNS, rows)
    sheet = book.sheet("Events", "Events", (30, 44, 24, 60, 44))
    row = book.lines(sheet, 1, [*paper.notices, "The newest first."])
    events = [event.cells for event in paper.events]
    nothing = ("None recorded", *["[z]"] * (len(EVENT_COLUMNS) - 1))
    book.table(sheet, row, "events", EVENT_COLUMNS, events or [nothing])


def _write_section(book: _Book, section: SectionStory) -> None:
    sheet = book.sheet(
        section.name, f"{section.name}: at a glance", (44, 30, 14, 44, 26, 20, 16, 30)
    )
    row = book.lines(sheet, 1, [*book.paper.notices, _marker_line()])
    rows = [
        (
            f"{story.name} ({story.code})",
            story.number.period,
            f"{story.number.text} {story.number.marker}".strip(),
            story.number.of or "[z]",
            story.picture.direction,
            _compared(story, "England"),
            _compared(story, "Neighbours"),
            story.rag.word or "No target",
        )
        for story in section.indicators
    ]
    columns = (
        "Indicator", "Period", "Figure", "Counted", "Direction", "England",
        "Neighbours’ mean", "Against target",
    )  # fmt: skip
    book.table(sheet, row, f"glance_{section.name}", columns, rows)


def _write_topics(book: _Book) -> None:
    """Write how many published measures of each topic stand in which quarter."""
    published = book.paper.published
    sheet = book.sheet(
        "Published topics", "Every published measure, by topic", (50, 18, 18, 18, 18)
    )
    told = [*book.paper.notices, published.sentence.text, published.rest]
    row = book.lines(sheet, 1, [line for line in told if line])
    rows = [
        (t.name, t.with_figure, t.with_quarter, t.count("A"), t.count("D"))
        for t in published.banded
    ]
    columns = (
        "Topic", "With our figure", "With a quarter", "In first quarter",
        "In last quarter",
    )  # fmt: skip
    book.table(sheet, row, "Topics", columns, rows)


def _write_story(book: _Book, story: IndicatorStory) -> None:
    sheet = book.sheet(
        story.code, f"{story.name} ({story.code})", (20, 14, 14, 14, 14, 18, 70)
    )
    chart = story.chart
    words = [sentence.text for sentence in story.sentences] or [story.number.why]
    words += [story.number.not_judged] if story.number.held else []
    notes = [chart.subtitle, chart.foot] if chart else ["There is no series to show."]
    notes += [sentence.text for sentence in story.cautions]
    row = book.lines(sheet, 1, [*book.paper.notices, *words, *notes, _marker_line()])
    points = chart.points if chart else ()
    rows = [
        (
            point.label,
            _cell(point.numerator or point.nothing),
            _cell(point.denominator or point.nothing),
            _cell(point.nothing or point.value_text),
            _cell(point.england),
            _cell(point.neighbours),
            f"{point.marker} {point.why}".strip() or "None",
        )
        for point in points
    ]
    unit = _unit_in_words(story)
    columns = (
        "Period", "Counted", "Out of", f"Figure{unit}", f"England{unit}",
        f"Neighbours’ mean{unit}", "Note",
    )  # fmt: skip
    book.table(sheet, row, f"series_{story.code}", columns, rows)
    drawn = (held.table for held in story.pictures if held.chart.on_paper)
    for table in (*story.breakdowns, *drawn):
        by = book.sheet(
            f"{story.code} {table.name}"[:31], table.caption, (40, 16, 16, 16, 16)
        )
        row = book.lines(by, 1, [*book.paper.notices, _marker_line()])
        told = [tuple(_cell(cell) for cell in line) for line in table.rows]
        book.table(by, row, f"by_{story.code}_{table.name}", table.columns, told)


def _compared(story: IndicatorStory, label: str) -> str:
    return next((v for name, v in story.compared.words if name == label), "[x]")


def _marker_line() -> str:
    return "Markers: " + "; ".join(f"{mark} {words}" for mark, words in MARKERS) + "."


def _unit_in_words(story: IndicatorStory) -> str:
    """Say the unit once, in the heading, so that cells hold numbers alone."""
    if story.number.text.endswith("%"):
        return " (%)"
    return " (per 10,000)" if story.number.of.startswith("per 10,000") else ""


def _cell(text: str) -> str | float:
    """Give a number as a number, and every other cell as the text that is printed."""
    if re.fullmatch(r"-?[\d,]+(\.\d+)?%?", text):
        return float(text.rstrip("%").replace(",", ""))
    return text or "[x]"


def _settle(content: bytes) -> bytes:
    """State the language, and leave no time of writing in the file."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as settled,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                text = re.sub(
                    r"<dcterms:\w+ [^>]*>[^<]*</dcterms:\w+>", "", data.decode()
                )
                data = text.replace(
                    "</cp:coreProperties>",
                    "<dc:language>en-GB</dc:language></cp:coreProperties>",
                ).encode()
            settled.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return stream.getvalue()
