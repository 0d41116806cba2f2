"""A scorecard read through its mapping: every figure with its cell, or why there is none.

A sheet that no longer is as the mapping says gives faults and not other figures: rows are
known by code and name together, periods by what their headings say, never by place.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.periods import PeriodType, add_months, month_end
from openscrutiny.returns.line_by_line import WrongLine
from openscrutiny.returns.own.gathering import find_contradictions
from openscrutiny.returns.own.grids import Grid, name_cell
from openscrutiny.returns.own.lines import Find, OwnFigure, parse_figure
from openscrutiny.returns.own.mapping import (
    LEAVE_OUT,
    PARTS,
    SKIP,
    Mapping,
    RowHolds,
    row_key,
)
from openscrutiny.returns.own.when import read_when
from openscrutiny.spreadsheets import name_column

_STEP: Final = {PeriodType.MONTH: 1, PeriodType.QUARTER: 3}
_ENOUGH: Final = 5  # figures that a moved sheet is judged by
_MARKS: Final = re.compile(r"^[↑↓→▲▼►■●◆▬\u2b06\u2b07\u27a1*†‡ ]+|[↑↓→▲▼►■●◆▬*†‡ ]+$")


@dataclass(frozen=True)
class Fault:
    """Say what is wrong, at which cell ("F12", or "" for the sheet), and what to do."""

    cell: str
    row: int
    rule: str
    message: str
    fix: str


@dataclass(frozen=True)
class Cell:
    """Hold one figure and the cell that gives it (of several, its value's)."""

    cell: str
    row: int
    figure: OwnFigure


@dataclass(frozen=True)
class Preview:
    """Hold what a sheet gives: figures and faults, and what was left out and why.

    With one fault nothing of the sheet is taken. `told` needs nobody's hand.
    """

    figures: tuple[Cell, ...]
    faults: tuple[Fault, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeriodColumn:
    """Name a column of figures: its period and which part of a figure it holds."""

    column: int
    kind: PeriodType
    end: date
    part: str


def find_columns(
    grid: Grid, mapping: Mapping
) -> tuple[list[PeriodColumn], dict[int, str], list[Fault]]:
    """Tell the columns of periods from the others, which are given by their headings."""
    periods: list[PeriodColumn] = []
    others: dict[int, str] = {}
    faults: list[Fault] = []
    row = max(mapping.heading_rows)
    for column in range(1, grid.width + 1):
        texts = grid.headings(mapping.heading_rows, column)
        when, part = read_heading(texts)
        if when is None:
            if any(texts):
                others[column] = " ".join(dict.fromkeys(filter(None, texts)))
            continue
        holds = mapping.parts.get(part.casefold(), "" if part else "value")
        if not holds:
            fix = "Say in the mapping what it holds, under parts."
            cell = name_cell(row, column)
            said = f"“{part[:40]}” stands below a period, and the mapping knows none."
            faults.append(Fault(cell, row, "part", said, fix))
        elif holds != LEAVE_OUT:
            periods.append(PeriodColumn(column, *when, holds))
    return periods, others, faults


def read_heading(texts: Sequence[str]) -> tuple[tuple[PeriodType, date] | None, str]:
    """Read the period of a column from its headings, top first, and what is below it."""
    filled = [text for text in texts if text]
    for at in range(len(filled) - 1, -1, -1):
        beside = next((t for t in reversed(filled[:at]) if t), "")
        when = read_when(filled[at], beside)
        if when is not None:
            below = [text for text in filled[at + 1 :] if text != filled[at]]
            return when, " ".join(dict.fromkeys(below))
    return None, ""


def read_scorecard(
    grid: Grid,
    mapping: Mapping,
    find: Find,
    today: date,
    before: Map[tuple[object, ...], tuple[object, ...]] | None = None,
) -> Preview:
    """Read a sheet through its mapping. `before` are the numbers that the record holds,

    by (indicator, breakdown, category, kind of period, last day): a sheet whose figures
    are those of the period beside has moved.
    """
    periods, others, faults = find_columns(grid, mapping)
    faults += _check_columns(mapping, periods, others)
    told = _tell_hidden(grid, periods)
    given: dict[Key, dict[str, Place]] = {}
    for number, holds in _find_rows(grid, mapping, periods, faults):
        if holds.indicator:
            faults += _read_row(grid, mapping, holds, number, periods, find, given)
    cells, wrong = _make_figures(mapping, given, find, today)
    faults += wrong
    faults += _hold_together(cells, find)
    if not faults and before:
        faults += _find_moved(cells, before)
    if not faults and not cells:
        faults.append(
            Fault("", 0, "empty", "The sheet gives no figure.", "Check the mapping.")
        )
    return Preview(tuple(cells), tuple(faults), tuple(told))


# ---------------------------------------------------------------- the sheet as it stands


def _check_columns(
    mapping: Mapping,
    periods: Sequence[PeriodColumn],
    others: Map[int, str],
) -> Iterator[Fault]:
    """Tell columns that are new or gone, and periods that are twice there or missing."""
    row = max(mapping.heading_rows)
    known = {each.casefold() for each in mapping.columns}
    labels = {mapping.code_column, mapping.name_column}
    for column, heading in others.items():
        if heading.casefold() not in known and column not in labels:
            yield Fault(
                name_cell(row, column),
                row,
                "column",
                f"The column “{heading[:40]}” is not in the mapping.",
                "Say in the mapping what it holds, or that it is left out.",
            )
    there = {heading.casefold() for heading in others.values()}
    for heading, holds in mapping.columns.items():
        if heading.casefold() not in there and holds != LEAVE_OUT:
            yield Fault(
                name_cell(row, 1),
                row,
                "column",
                f"The column “{heading[:40]}” is gone, or its heading has changed.",
                "Put the heading back, or make the mapping anew.",
            )
    if not periods:
        yield Fault(
            name_cell(row, 1),
            row,
            "period",
            "No heading of these rows names a month, quarter or year.",
            "Say in the mapping in which rows the headings stand.",
        )
    yield from _check_periods(row, periods)


def _check_periods(row: int, periods: Sequence[PeriodColumn]) -> Iterator[Fault]:
    counts = Counter((each.kind, each.end, each.part) for each in periods)
    for each in periods:
        if counts[each.kind, each.end, each.part] > 1:
            yield Fault(
                name_cell(row, each.column),
                row,
                "period",
                "Another column has the same period.",
                "Correct the heading: each period stands once.",
            )
    for kind, step in _STEP.items():
        mine = [p for p in periods if p.kind is kind and p.part == _first_part(periods)]
        for earlier, later in zip(mine, mine[1:], strict=False):
            due = month_end(add_months(earlier.end, step))
            if later.end not in (due, earlier.end):
                yield Fault(
                    name_cell(row, later.column),
                    row,
                    "period",
                    f"This column does not follow the one before it by a {kind}.",
                    "Correct the heading, or put the missing column back.",
                )


def _first_part(periods: Sequence[PeriodColumn]) -> str:
    return periods[0].part


def _tell_hidden(grid: Grid, periods: Sequence[PeriodColumn]) -> list[str]:
    """Say what is hidden: a person who looks at the sheet does not see it."""
    told = [f"The hidden sheet “{name}” was not read." for name in grid.others_hidden]
    if grid.is_hidden:
        told.append(f"The sheet “{grid.name}” is hidden.")
    columns = sorted(grid.hidden_columns & {each.column for each in periods})
    if columns:
        listed = ", ".join(map(name_column, columns[:10]))
        told.append(f"Hidden columns were read: {listed}.")
    if grid.hidden_rows:
        told.append(f"{len(grid.hidden_rows)} hidden rows were read.")
    return told


def _find_rows(
    grid: Grid,
    mapping: Mapping,
    periods: Sequence[PeriodColumn],
    faults: list[Fault],
) -> list[tuple[int, RowHolds]]:
    """Find the rows that the mapping knows; one that is new, gone or renamed is a fault."""
    known = {row_key(each.code, each.name): each for each in mapping.rows}
    codes = {row_key(each.code, "")[0] for each in mapping.rows if each.code}
    seen: dict[tuple[str, str], int] = {}
    found: list[tuple[int, RowHolds]] = []
    for number in range(mapping.first_row, grid.height + 1):
        code = grid.at(number, mapping.code_column) if mapping.code_column else ""
        name = grid.at(number, mapping.name_column) if mapping.name_column else ""
        key = row_key(code, name)
        if key in known:
            if key in seen:
                faults.append(_row_fault(mapping, number, "twice", seen[key]))
            seen[key] = number
            found.append((number, known[key]))
        elif any(grid.at(number, each.column) for each in periods):
            rule = "renamed" if key[0] and key[0] in codes else "new row"
            faults.append(_row_fault(mapping, number, rule))
    for key, holds in known.items():
        if key not in seen and holds.indicator:
            said = f"The row “{(holds.code or holds.name)[:40]}” is gone."
            fix = "Put it back, or leave it out in the mapping."
            faults.append(Fault("", 0, "row gone", said, fix))
    return found


def _row_fault(mapping: Mapping, number: int, rule: str, earlier: int = 0) -> Fault:
    cell = name_cell(number, mapping.code_column or mapping.name_column)
    said, fix = {
        "twice": (
            f"Row {earlier} has the same code and name.",
            "Keep one of them, or give each a name of its own.",
        ),
        "renamed": (
            "This code now stands beside another name, so it may mean something else.",
            "Put the name back, or say in the mapping what the row holds now.",
        ),
        "new row": (
            "This row has numbers and is not in the mapping; it may be a total.",
            "Say in the mapping what it holds, or that it is left out.",
        ),
    }[rule]
    return Fault(cell, number, rule, said, fix)


# ---------------------------------------------------------------- the cells of a row


# A figure by its row's meaning and its period; a part of it by row, column and text.
Key = tuple[RowHolds, PeriodType, date]
Place = tuple[int, int, str]


def _read_row(
    grid: Grid,
    mapping: Mapping,
    holds: RowHolds,
    number: int,
    periods: Sequence[PeriodColumn],
    find: Find,
    given: dict[Key, dict[str, Place]],
) -> Iterator[Fault]:
    """Put a row's cells to the figures they are parts of; rows may share a figure."""
    try:
        indicator = find(holds.indicator)
    except OpenScrutinyError:
        said = "The mapping names an indicator for this row that is not known."
        fix = "Correct its code in the mapping, or define it in indicators.csv."
        at = name_cell(number, mapping.code_column or mapping.name_column)
        yield Fault(at, number, "code", said, fix)
        return
    what = replace(holds, code="", name="", part="")
    for each in periods:
        try:
            text = _read_cell(grid, mapping, indicator, number, each.column)
        except WrongLine as wrong:
            yield _at(number, each.column, wrong)
            continue
        if not text:
            continue
        part = holds.part if each.part == "value" else each.part
        parts = given.setdefault((what, each.kind, each.end), {})
        if part in parts:
            earlier = name_cell(*parts[part][:2])
            said = f"Cell {earlier} gives the same indicator for the same period."
            fix = "Leave one row out in the mapping, or give each a breakdown."
            yield Fault(name_cell(number, each.column), number, "conflict", said, fix)
            continue
        parts[part] = (number, each.column, text)


def _make_figures(
    mapping: Mapping, given: Map[Key, Map[str, Place]], find: Find, today: date
) -> tuple[list[Cell], list[Fault]]:
    found: list[Cell] = []
    faults: list[Fault] = []
    for (holds, kind, end), parts in given.items():
        row, column, _ = parts.get("value") or next(iter(parts.values()))
        try:
            figure = _make_figure(mapping, holds, (kind, end), parts, find, today)
        except WrongLine as wrong:
            at = parts.get(wrong.field, (row, column, ""))
            faults.append(_at(at[0], at[1], wrong))
            continue
        found.append(Cell(name_cell(row, column), row, figure))
    return found, faults


def _at(row: int, column: int, wrong: WrongLine) -> Fault:
    return Fault(name_cell(row, column), row, wrong.rule, wrong.message, wrong.fix)


def _read_cell(
    grid: Grid, mapping: Mapping, indicator: Indicator, row: int, column: int
) -> str:
    """Give a cell's number as text, a sign that there is none, or "" for nothing."""
    if (row, column) in grid.errors:
        raise WrongLine(
            "value",
            "formula",
            "The formula of this cell gives an error.",
            "Mend the formula, or write n/a.",
        )
    text = _MARKS.sub("", grid.at(row, column)) or grid.at(row, column)
    means = mapping.signs.get(text.casefold())
    if means is not None:
        return "" if means == SKIP else means
    is_percent = indicator.unit in (Unit.PERCENT, Unit.POINTS)
    number = _as_number(text)
    if number is None:
        return text
    if (row, column) in grid.percent:
        return f"{number * 100:.12g}%" if is_percent else f"{number:.12g}"
    if mapping.percent == "fraction" and is_percent and "%" not in text:
        return f"{number * 100:.12g}%"
    return text if not _is_machines(text) else f"{number:.12g}"


def _as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_machines(text: str) -> bool:
    """Tell a number as a workbook keeps it, 27.299999999999997, from one that is written."""
    return len(text) > 12 or "e" in text.lower()


def _make_figure(
    mapping: Mapping,
    holds: RowHolds,
    when: tuple[PeriodType, date],
    parts: Map[str, Place],
    find: Find,
    today: date,
) -> OwnFigure:
    kind, end = _as_told(when, holds.kind)
    cells = {name: parts[name][2] for name in PARTS if name in parts}
    return parse_figure(
        {
            **cells,
            "code": holds.indicator,
            "period_type": kind,
            "period_end": end.isoformat(),
            "breakdown": holds.breakdown,
            "category": holds.category,
            "given_by": mapping.given_by or mapping.made_by,
            "source": mapping.source or mapping.name,
        },
        find,
        today,
    )


def _as_told(when: tuple[PeriodType, date], kind: str) -> tuple[str, date]:
    """Give the period that a row's cells tell of, whatever their heading calls it."""
    heading, end = when
    if not kind or kind == heading:
        return str(heading), end
    if heading is PeriodType.FINANCIAL_YEAR:  # "2025/26" may name a school year
        if kind == PeriodType.ACADEMIC_YEAR:
            return kind, date(end.year, 8, 31)
        if kind == PeriodType.CALENDAR_YEAR:
            return kind, date(end.year - 1, 12, 31)
    return kind, end


# ---------------------------------------------------------------- what cells say together


def _hold_together(cells: Sequence[Cell], find: Find) -> list[Fault]:
    placed = [(cell.row, cell.figure) for cell in cells]
    is_percent: Callable[[str], bool] = lambda id_: find(id_).unit is Unit.PERCENT  # noqa: E731
    wrong = find_contradictions(placed, is_percent)
    return [
        Fault(cells[at].cell, cells[at].row, each.rule, each.message, each.fix)
        for at, each in sorted(wrong.items())
    ]


def figure_key(figure: OwnFigure) -> tuple[object, ...]:
    """Name a figure as the record does."""
    return (
        figure.indicator,
        figure.breakdown,
        figure.category.casefold(),
        figure.period_type,
        figure.period_end,
    )


def figure_numbers(figure: OwnFigure) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.value, figure.symbol


def _find_moved(
    cells: Sequence[Cell], before: Map[tuple[object, ...], tuple[object, ...]]
) -> list[Fault]:
    """Find a sheet whose months stand one column off what was loaded before."""
    same = moved = told = 0
    for cell in cells:
        figure = cell.figure
        step = _STEP.get(PeriodType(figure.period_type))
        was = before.get(figure_key(figure))
        if step is None or was is None:
            continue
        beside = [
            before.get(
                (*figure_key(figure)[:4], month_end(add_months(figure.period_end, by)))
            )
            for by in (-step, step)
        ]
        told += 1
        numbers = figure_numbers(figure)
        same += numbers == was
        moved += numbers != was and numbers in beside
    if told < _ENOUGH or 2 * moved < told or moved <= same:
        return []
    said = (
        "Most figures are those that were loaded for the period before or after: the "
        "columns have moved against their headings."
    )
    return [Fault("", 0, "moved", said, "Put each column below its own heading again.")]
