"""The paper as an accessible workbook: every indicator on one sheet, then few others.

A workbook carries its data: each cell, and all that its chart draws, is of the paper.
"""

import io
from typing import Any, Final

from openscrutiny.packs.decided import EVENT_COLUMNS, TARGET_COLUMNS
from openscrutiny.packs.paper import MARKERS, UNITS, Paper
from openscrutiny.packs.sheets import Book, Cell, Colour, Number, read_number, settle
from openscrutiny.story.compared.placing import BENCHMARKS, describe_rug
from openscrutiny.story.model import IndicatorStory

__all__ = ["write_workbook"]

_OURS, _THEIRS = "#1A3FC4", "#88929B"


def write_workbook(paper: Paper) -> bytes:
    """Write the workbook; the same paper gives the same bytes."""
    stream = io.BytesIO()
    book = Book(stream, paper)
    cover = book.sheet("Cover", f"{paper.title}: {paper.council}", (30, 90))
    _write_glance(book)
    _write_since(book)
    _write_series(book)
    _write_tables(book)
    _write_everybody(book)
    _write_rug(book)
    if paper.published.banded:
        _write_topics(book)
    _write_decided(book)
    if book.paper.words:
        _write_words(book)
    _write_notes(book)
    facts = [f"{label}: {value}" for label, value in paper.facts]
    says = f"This workbook has {len(book.contents)} sheets. Choose a name to go to one."
    row = book.lines(cover, 1, [*paper.notices, *facts, says])
    book.table(cover, row, "Contents", ("Sheet", "What it holds"), book.contents[1:])
    for down, (name, _) in enumerate(book.contents[1:], row + 1):
        cover.write_url(down, 0, f"internal:'{name}'!A1", book.link, name)
    book.file.close()
    return settle(stream.getvalue())


_GLANCE: Final = (
    "Indicator", "Section", "Figure", "Unit", "Sign", "Period", "Counted", "Out of",
    "England", "Neighbours’ mean", "Change", "Against target", "Target",
    "In the last paper",
)  # fmt: skip


def _write_glance(book: Book) -> None:
    """Write every indicator in one table, and a chart of those with England’s beside."""
    sheet = book.sheet(
        "At a glance",
        "Every indicator at a glance",
        (44, 24, 13, 14, 8, 30, 13, 13, 13, 13, 34, 16, 26, 30),
    )
    notes = ["Each figure is of the period beside it.", _marker_line()]
    row = book.lines(sheet, 1, [*book.paper.notices, *notes])
    rows = [_glance_row(story, book.paper) for story in book.paper.stories]
    book.table(sheet, row, "at_a_glance", _GLANCE, rows)
    sheet.activate()
    _write_beside(book, sheet, row + len(rows) + 3)


def _glance_row(story: IndicatorStory, paper: Paper) -> tuple[Cell, ...]:
    number = story.number
    target = story.target.target if story.target else ""
    item = paper.since.find(story.id)
    compares = paper.since.about and paper.since.is_readable
    unchanged = "The same" if compares else "[x]"
    ends = {p.period_end: p for p in (story.chart.points if story.chart else ())}
    last = ends.get(number.span.end) if number.span else None
    counted = (last.numerator, last.denominator) if last else ("", "")
    return (
        f"{story.name} ({story.code})",
        story.section,
        number.marker if number.is_word else read_number(number.text),
        UNITS.get(number.unit, "[z]"),
        number.marker or "[z]",
        number.period or "[z]",
        *(read_number(part) if part else "[z]" for part in counted),
        read_number(_compared(story, "England")),
        read_number(_compared(story, "Neighbours")),
        story.picture.direction or "[z]",
        Colour(story.rag.word or "No target", story.rag.tone),
        target or "[z]",
        item.then if item else unchanged,
    )


def _write_beside(book: Book, glance: Any, row: int) -> None:
    """Write percentages that England has too, and draw them below the first sheet’s table.

    What has no number is not among them, so that nothing is drawn as 0.
    """
    beside = [
        (f"{story.short_name or story.name} ({story.code})", ours, england)
        for story in book.paper.stories
        if story.number.unit == "percent" and not story.number.is_word
        for ours in (read_number(story.number.text),)
        for england in (read_number(_compared(story, "England")),)
        if isinstance(england, Number) and isinstance(ours, Number)
    ]
    if not beside:
        return
    sheet = book.sheet("Beside England", "Percentages beside England’s", (44, 20, 20))
    says = "Ours of its own period, England’s of its latest year. At a glance draws it."
    at = book.lines(sheet, 1, [*book.paper.notices, says])
    columns = ("Indicator", book.paper.council, "England")
    book.table(sheet, at, "beside_england", columns, beside)
    chart = book.file.add_chart({"type": "bar"})
    ends = (at + 1, at + len(beside))
    for column, colour in ((1, _OURS), (2, _THEIRS)):
        chart.add_series(
            {
                "name": ["Beside England", at, column],
                "categories": ["Beside England", ends[0], 0, ends[1], 0],
                "values": ["Beside England", ends[0], column, ends[1], column],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": f"{book.paper.council} and England, %", "overlay": False})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "num_format": "0"})
    chart.set_legend({"position": "top"})
    chart.set_size({"width": 900, "height": 140 + 44 * len(beside)})
    told = f"Bars of {len(beside)} percentages, ours and England’s; the sheet Beside "
    glance.insert_chart(row, 0, chart, {"description": f"{told}England has them."})


def _write_notes(book: Book) -> None:
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


def _write_since(book: Book) -> None:
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


def _write_everybody(book: Book) -> None:
    """Write every authority's published figure of every indicator, one on a row."""
    rows = [
        (
            f"{story.name} ({story.code})",
            UNITS.get(story.number.unit, "[z]"),
            story.compared_year,
            row.name,
            read_number(row.value),
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


def _write_rug(book: Book) -> None:
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
        cells: list[Cell] = [line.name, UNITS.get(line.unit, "[z]"), line.year]
        for at, cell in enumerate(line.cells):
            cells.append(read_number(cell.value))
            if at not in _BENCHMARKS_AT:
                cells.append(cell.band or "[z]")
        rows.append((*cells, f"{line.available} of {rug.neighbours}"))
    nothing = ("None", *["[x]"] * (len(columns) - 1))
    book.table(sheet, row, "neighbours", columns, rows or [nothing])


def _write_decided(book: Book) -> None:
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


def _write_words(book: Book) -> None:
    """Write what the service says and signed, one part of it on a row."""
    paper = book.paper
    names = {story.code: f"{story.name} ({story.code})" for story in paper.stories}
    title = "In the service’s words"
    sheet = book.sheet("Service’s words", title, (44, 24, 30, 90))
    says = "What the service says of its figures, as it was signed."
    row = book.lines(sheet, 1, [*paper.notices, says])
    rows = [
        (names.get(told.key, "The whole section"), told.section, heading, text)
        for told in (paper.words or {}).values()
        for heading, text in (*told.parts, *(("Part B", line) for line in told.kept))
    ]
    columns = ("Of", "Section", "What", "In words")
    book.table(sheet, row, "service_words", columns, rows)


def _write_topics(book: Book) -> None:
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


_SERIES: Final = (
    "Indicator", "Period", "Counted", "Out of", "Figure", "Unit", "England",
    "Neighbours’ mean", "Note",
)  # fmt: skip


def _write_series(book: Book) -> None:
    """Write each indicator’s years, one on a row, and what is to be read with care."""
    sheet = book.sheet(
        "Years", "Every indicator, year by year", (44, 24, 14, 14, 14, 14, 14, 14, 70)
    )
    row = book.lines(sheet, 1, [*book.paper.notices, _marker_line()])
    rows = [
        (
            f"{story.name} ({story.code})",
            point.label,
            read_number(point.numerator or point.nothing),
            read_number(point.denominator or point.nothing),
            read_number(point.nothing or point.value_text),
            UNITS.get(story.number.unit, "[z]"),
            read_number(point.england or "[x]"),
            read_number(point.neighbours or "[x]"),
            f"{point.marker} {point.why}".strip() or "None",
        )
        for story in book.paper.stories
        for point in (story.chart.points if story.chart else ())
    ]
    nothing = ("None", *["[x]"] * (len(_SERIES) - 1))
    book.table(sheet, row, "years", _SERIES, rows or [nothing], frozen=2)


def _write_tables(book: Book) -> None:
    """Write breakdowns, and the numbers of pictures, one of them on a row."""
    rows = [
        (
            f"{story.name} ({story.code})",
            table.caption,
            line[0],
            column,
            read_number(cell),
        )
        for story in book.paper.stories
        for table in (
            *story.breakdowns,
            *(held.table for held in story.pictures if held.chart.on_paper),
        )
        for line in table.rows
        for column, cell in zip(table.columns[1:], line[1:], strict=True)
    ]
    if not rows:
        return
    title = "Breakdowns, and the numbers of pictures"
    sheet = book.sheet("Breakdowns", title, (44, 60, 30, 34, 16))
    row = book.lines(sheet, 1, [*book.paper.notices, _marker_line()])
    columns = ("Indicator", "Table", "Line", "Column", "Figure")
    book.table(sheet, row, "breakdowns", columns, rows)


def _compared(story: IndicatorStory, label: str) -> str:
    return next((v for name, v in story.compared.words if name == label), "[x]")


def _marker_line() -> str:
    return "Markers: " + "; ".join(f"{mark} {words}" for mark, words in MARKERS) + "."
