"""What the paper's workbook holds: every indicator on one sheet, then few others.

A workbook carries its data: each cell, and all that its chart draws, is of the paper.
Where a cell could be empty, a sign says why.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.packs.asked import list_lines
from openscrutiny.packs.book import (
    Bars,
    Book,
    Cell,
    Colour,
    Link,
    Number,
    Row,
    Sheet,
    Table,
    read_number,
    read_words,
)
from openscrutiny.packs.decided import EVENT_COLUMNS, TARGET_COLUMNS
from openscrutiny.packs.owed import say_due
from openscrutiny.packs.paper import MARKERS, UNITS, Paper
from openscrutiny.story.compared.placing import BENCHMARKS, describe_rug
from openscrutiny.story.model import IndicatorStory

_NONE: Final = "[z]"  # not applicable
_NOTES: Final = "Notes"
_SIGN: Final = re.compile(r"\[[a-z]+\]")


@dataclass(frozen=True)
class _Plan:
    """Hold a sheet before its rows are made; `nothing` stands where there is none."""

    name: str
    title: str
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Callable[[Paper], Sequence[Row]]
    lines: Sequence[str] = ()
    nothing: Row = ()
    table: str = ""  # its name, else that of the sheet
    bars: Bars | None = None

    def make(self, paper: Paper) -> Sheet:
        made = [[_tidy(cell) for cell in row] for row in self.rows(paper)]
        rows = made or [list(self.nothing)]
        signs = (
            "" if self.name == _NOTES else _explain(rows)
        )  # which explain themselves
        return Sheet(
            self.name,
            self.title,
            (*paper.notices, *filter(None, (*self.lines, signs))),
            Table(self.table or self.name, self.columns, rows),
            self.widths,
            self.bars,
        )


def _tidy(cell: Cell) -> Cell:
    """Leave no cell empty, and nothing in it that a file cannot hold: 0 is a number."""
    if cell == "":
        return _NONE
    if not isinstance(cell, str) or (cell.isprintable() and "  " not in cell):
        return cell
    return "".join(c for c in " ".join(cell.split()) if c.isprintable()) or _NONE


def _explain(rows: Sequence[Row]) -> str:
    """Explain the signs that stand in a table, above it."""
    held = {cell for row in rows for cell in row if isinstance(cell, str)}
    used = {sign for cell in held for sign in _SIGN.findall(cell)}
    said = [f"{mark} {words}" for mark, words in MARKERS if mark in used]
    return f"Signs: {'; '.join(said)}." if said else ""


def lay_out_book(paper: Paper) -> Book:
    """Lay out the workbook of a paper: cover with contents, notes, then tables."""
    plans = list(_plan(paper))
    contents = [(Link(plan.name), plan.title) for plan in plans]
    title = f"{paper.title}: {paper.council}"
    facts = [f"{label}: {value}" for label, value in paper.facts]
    cover = _Plan(
        "Cover",
        title,
        ("Sheet", "What it holds"),
        (30, 90),
        lambda _: contents,
        (*facts, "Choose the name of a sheet to go to it."),
        table="Contents",
    )

    def sheets() -> Iterator[Sheet]:
        for plan in (cover, *plans):
            yield plan.make(paper)

    return Book(title, paper.version, paper.council, paper.notices, sheets)


def _plan(paper: Paper) -> Iterator[_Plan]:
    """List the sheets after the cover, those without anything left out."""
    yield _Plan(
        _NOTES,
        "Notes: signs, sources and what is not shown",
        ("Note", "What it says"),
        (24, 120),
        _note_rows,
    )
    beside = _beside_rows(paper)
    yield _glance(beside, paper)
    yield _since(paper)
    yield from _trail(paper)
    yield _Plan(
        "Years",
        "Every indicator, year by year",
        (
            "Indicator", "Period", "Counted", "Out of", "Figure", "Unit", "England",
            "Neighbours’ mean", "Note",
        ),
        (44, 24, 14, 14, 14, 14, 14, 14, 70),
        _year_rows,
        nothing=("None", *["[x]"] * 8),
    )  # fmt: skip
    if _table_rows(paper):
        yield _Plan(
            "Breakdowns",
            "Breakdowns, and the numbers of pictures",
            ("Indicator", "Table", "Line", "Column", "Figure"),
            (44, 60, 30, 34, 16),
            _table_rows,
        )
    if any(story.authorities for story in paper.stories):
        yield _everybody()
    yield _neighbours(paper)
    if beside:
        yield _Plan(
            "Beside England",
            "Percentages beside England’s",
            ("Indicator", paper.council, "England"),
            (44, 20, 20),
            lambda _: beside,
            ("Ours of its own period, England’s of its latest year.",),
        )
    if paper.published.banded:
        yield _topics(paper)
    yield from _decided()
    if paper.words:
        yield _Plan(
            "Service’s words",
            "In the service’s words",
            ("Of", "Section", "What", "In words"),
            (44, 24, 30, 90),
            _word_rows,
            ("What the service says of its figures, as it was signed.",),
        )
    yield _Plan(
        "Definitions",
        "How each indicator is counted",
        ("Indicator", "Formula", "Source", "The council’s control", "Read with care"),
        (40, 60, 60, 40, 60),
        _definition_rows,
    )


# ---------- Every indicator at a glance ----------


def _glance(beside: Sequence[Row], paper: Paper) -> _Plan:
    told = f"Bars of {len(beside)} percentages, ours and England’s; the sheet Beside "
    title = f"{paper.council} and England, %"
    return _Plan(
        "At a glance",
        "Every indicator at a glance",
        (
            "Indicator", "Section", "Figure", "Unit", "Sign", "Period", "Counted",
            "Out of", "England", "Neighbours’ mean", "Change", "Against target",
            "Target", "In the last paper",
        ),
        (44, 24, 13, 14, 8, 30, 13, 13, 13, 13, 34, 16, 26, 30),
        lambda paper: [_glance_row(story, paper) for story in paper.stories],
        ("Each figure is of the period beside it.",),
        table="at_a_glance",
        bars=Bars("Beside England", title, f"{told}England has them.")
        if beside
        else None,
    )  # fmt: skip


def _glance_row(story: IndicatorStory, paper: Paper) -> Row:
    number = story.number
    target = story.target.target if story.target else ""
    item = paper.since.find(story.id)
    compares = paper.since.about and paper.since.is_readable
    unchanged = "The same" if compares else "[x]"
    ends = {p.period_end: p for p in (story.chart.points if story.chart else ())}
    last = ends.get(number.span.end) if number.span else None
    counted = (last.numerator, last.denominator) if last else ("", "")
    return (
        _name(story),
        story.section,
        number.marker if number.is_word else read_number(number.text),
        UNITS.get(number.unit, _NONE),
        number.marker,
        number.period,
        *(read_number(part) if part else _NONE for part in counted),
        read_number(_compared(story, "England")),
        read_number(_compared(story, "Neighbours")),
        story.picture.direction,
        Colour(story.rag.word or "No target", story.rag.tone),
        read_words(target),
        read_words(item.then) if item else unchanged,
    )


def _beside_rows(paper: Paper) -> list[Row]:
    """List percentages that England has too, which a chart draws.

    What has no number is not among them, so that nothing is drawn as 0.
    """
    return [
        (f"{story.short_name or story.name} ({story.code})", ours, england)
        for story in paper.stories
        if story.number.unit == "percent" and not story.number.is_word
        for ours in (read_number(story.number.text),)
        for england in (read_number(_compared(story, "England")),)
        if isinstance(england, Number) and isinstance(ours, Number)
    ]


# ---------- What changed, what is owed, what was said ----------


def _since(paper: Paper) -> _Plan:
    since = paper.since
    return _Plan(
        "Since the last paper",
        since.heading,
        ("Indicator", "In the last paper", "Now", "What changed"),
        (44, 40, 40, 70),
        _since_rows,
        (since.about, *(sentence.text for sentence in since.says)),
        ("None", _NONE, _NONE, "Nothing to tell"),
        table="since",
    )


def _since_rows(paper: Paper) -> list[Row]:
    return [
        (
            f"{item.name} ({item.code})" if item.id else item.name,
            read_words(item.then),
            read_words(item.now),
            item.text,
        )
        for item in paper.since.items
    ]


def _trail(paper: Paper) -> Iterator[_Plan]:
    """Lay out what is owed, and all that was asked and promised, where there is any."""
    if paper.owed:
        yield _Plan(
            "Owed",
            "Owed to the committee",
            ("Kind", "When", "What", "Of", "Who", "What the figures say"),
            (20, 22, 70, 20, 34, 60),
            _owed_rows,
        )
    if paper.trail:
        yield _Plan(
            "Asked and promised",
            "What the committee asked and was promised, and what came of it",
            ("What and when", "Of", "In words", "What came of it"),
            (40, 20, 80, 60),
            _trail_rows,
            ("The newest first.",),
        )


def _owed_rows(paper: Paper) -> list[Row]:
    return [
        (
            owed.kind.capitalize(),
            say_due(owed, paper.today),
            owed.said,
            ", ".join(owed.codes),
            owed.whose,
            owed.judged,
        )
        for owed in paper.owed
    ]


def _trail_rows(paper: Paper) -> list[Row]:
    return [
        (line.when, ", ".join(line.codes), line.said, line.came)
        for line in list_lines(paper.trail)
    ]


def _word_rows(paper: Paper) -> list[Row]:
    names = {story.code: _name(story) for story in paper.stories}
    return [
        (names.get(told.key, "The whole section"), told.section, heading, text)
        for told in (paper.words or {}).values()
        for heading, text in (*told.parts, *(("Part B", line) for line in told.kept))
    ]


# ---------- Years, tables, authorities ----------


def _year_rows(paper: Paper) -> list[Row]:
    """List each indicator’s years, and what is to be read with care."""
    return [
        (
            _name(story),
            point.label,
            read_number(point.numerator or point.nothing),
            read_number(point.denominator or point.nothing),
            read_number(point.nothing or point.value_text),
            UNITS.get(story.number.unit, _NONE),
            read_number(point.england or "[x]"),
            read_number(point.neighbours or "[x]"),
            f"{point.marker} {point.why}".strip() or "None",
        )
        for story in paper.stories
        for point in (story.chart.points if story.chart else ())
    ]


def _table_rows(paper: Paper) -> list[Row]:
    """List breakdowns, and the numbers of pictures, one of them on a row."""
    return [
        (_name(story), table.caption, line[0], column, read_number(cell))
        for story in paper.stories
        for table in (
            *story.breakdowns,
            *(held.table for held in story.pictures if held.chart.on_paper),
        )
        for line in table.rows
        for column, cell in zip(table.columns[1:], line[1:], strict=True)
    ]


_WHO: Final = {"ours": "This council", "neighbour": "Statistical neighbour"}


def _everybody() -> _Plan:
    return _Plan(
        "Every authority",
        "Every authority’s published figures",
        (
            "Indicator", "Unit", "Year", "Authority", "Figure", "Place", "Quarter",
            "Who",
        ),
        (44, 20, 12, 34, 12, 10, 10, 24),
        _authority_rows,
        (
            "[z] stands where nobody is ranked, where there is no quarter, and beside "
            "others.",
        ),
        table="every_authority",
    )  # fmt: skip


def _authority_rows(paper: Paper) -> list[Row]:
    return [
        (
            name,
            unit,
            story.compared_year,
            row.name,
            read_number(row.value),
            int(row.rank) if row.rank else _NONE,
            row.band,
            _WHO.get(row.who, _NONE),
        )
        for story in paper.stories
        for name, unit in [(_name(story), UNITS.get(story.number.unit, _NONE))]
        for row in story.authorities
    ]


# Region and England, which stand after ours, have no quarter.
_BENCHMARKS_AT: Final = range(1, 1 + len(BENCHMARKS))


def _neighbours(paper: Paper) -> _Plan:
    """Lay out ours beside the neighbours’; each figure has its quarter in the next cell."""
    rug = paper.rug
    columns = ["Indicator", "Unit", "Year"]
    for at, name in enumerate(rug.columns):
        name = name or paper.council
        columns += [name] if at in _BENCHMARKS_AT else [name, f"{name}: quarter"]
    columns.append("Neighbours with a figure")
    return _Plan(
        "Neighbours",
        "Side by side with statistical neighbours",
        columns,
        (44, 20, 12, *[14] * (len(columns) - 3)),
        _neighbour_rows,
        (describe_rug(rug), "[z] stands where there is no quarter."),
        ("None", *["[x]"] * (len(columns) - 1)),
    )


def _neighbour_rows(paper: Paper) -> list[Row]:
    rows: list[Row] = []
    for line in paper.rug.rows:
        cells: list[Cell] = [line.name, UNITS.get(line.unit, _NONE), line.year]
        for at, cell in enumerate(line.cells):
            cells.append(read_number(cell.value))
            if at not in _BENCHMARKS_AT:
                cells.append(cell.band)
        rows.append((*cells, f"{line.available} of {paper.rug.neighbours}"))
    return rows


def _topics(paper: Paper) -> _Plan:
    """Lay out how many published measures of each topic stand in which quarter."""
    published = paper.published
    return _Plan(
        "Published topics",
        "Every published measure, by topic",
        (
            "Topic", "With our figure", "With a quarter", "In first quarter",
            "In last quarter",
        ),
        (50, 18, 18, 18, 18),
        lambda paper: [
            (t.name, t.with_figure, t.with_quarter, t.count("A"), t.count("D"))
            for t in paper.published.banded
        ],
        (published.sentence.text, published.rest),
        table="Topics",
    )  # fmt: skip


# ---------- What is decided, how it is counted, and notes ----------


def _decided() -> tuple[_Plan, _Plan]:
    return (
        _Plan(
            "Targets",
            "Targets",
            TARGET_COLUMNS,
            (44, 34, 24, 18, 44, 24, 60),
            lambda paper: [[*map(read_words, t.cells)] for t in paper.targets],
        ),
        _Plan(
            "Events",
            "Events",
            EVENT_COLUMNS,
            (30, 44, 24, 60, 44),
            lambda paper: [event.cells for event in paper.events],
            ("The newest first.",),
            ("None recorded", *[_NONE] * (len(EVENT_COLUMNS) - 1)),
        ),
    )


def _definition_rows(paper: Paper) -> list[Row]:
    return [
        (
            f"{d.name} ({d.code})",
            d.formula,
            f"{d.source}. {d.paragraph}. Edition {d.edition}.",
            d.control_words or "Not stated",
            " ".join(d.caveats) or "None",
        )
        for d in paper.definitions
    ]


def _note_rows(paper: Paper) -> list[Row]:
    return [
        *((mark, f"{words}.") for mark, words in MARKERS),
        *((f"Source {n}", line) for n, line in enumerate(paper.sources, 1)),
        *((f"Not shown {n}", line) for n, line in enumerate(paper.missing, 1)),
    ]


def _name(story: IndicatorStory) -> str:
    return f"{story.name} ({story.code})"


def _compared(story: IndicatorStory, label: str) -> str:
    return next((v for name, v in story.compared.words if name == label), "[x]")
