"""A council's own figures as a long CSV: headings in any order, a figure a line.

A wrong line is left out and named; a file whose shape is wrong is refused whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.indicators.council import (
    parse_council_indicators,
    read_council_text,
)
from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.layouts.own_figures import OWN_FIGURES
from openscrutiny.returns.own.gathering import Placed, find_contradictions, make_frame
from openscrutiny.returns.own.lines import Find, WrongFigure, parse_figure
from openscrutiny.returns.published.text import (
    PublishedText,
    first_headings,
    read_head,
    read_text_table,
)
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.workspace import Workspace

__all__ = [
    "OwnFiguresReader",
    "make_finder",
    "make_reading",
    "percent_of",
    "read_council",
    "today_of",
]

_MAX_BYTES: Final = 64 << 20
_MOST_TOLD: Final = 500
_AGAIN: Final = "Give the file the headings of the documented layout, and no others."


def make_finder(request: LoadRequest) -> Find:
    """Make what finds an indicator by a code: ours, the council's own, or a local one.

    Raises RefusedFile where the council's own definitions cannot be read.
    """
    try:
        council = request.definitions()
    except OpenScrutinyError as error:
        raise RefusedFile(error.message, error.fix, rule="indicators") from None
    find = partial(find_indicator, local_codes=request.local_codes, council=council)
    known: dict[str, Indicator] = {}

    def found(name: str) -> Indicator:
        if name not in known:
            known[name] = find(name)
        return known[name]

    return found


def read_council(workspace: Workspace) -> tuple[Indicator, ...]:
    """Read the indicators that a council defines itself. Raises OpenScrutinyError."""
    return parse_council_indicators(read_council_text(workspace.council_indicators))


def percent_of(find: Find) -> Callable[[str], bool]:
    """Make what tells of an indicator's ID whether it is a percentage."""
    return lambda id_: find(id_).unit is Unit.PERCENT


def today_of(request: LoadRequest) -> date:
    """Give the day after which nothing can have been counted."""
    return request.today or datetime.now(UTC).date()


class OwnFiguresReader(FileReader):
    """Read one long table of a council's own figures."""

    return_name = "own-figures"

    def recognise(self, source: SourceFile) -> str | None:
        there = {
            heading.replace(" ", "_") for heading in first_headings(read_head(source))
        }
        return "" if there >= set(OWN_FIGURES.told_by) else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        if source.size > _MAX_BYTES:
            raise RefusedFile(
                "The file is larger than 64 megabytes, more than figures of a council need.",
                "Check that it is the right file.",
            )
        table = read_text_table(source)
        _check_headings(table)
        find = make_finder(request)
        placed, wrong = _parse(table, source.name, find, today_of(request))
        against = find_contradictions(placed, percent_of(find))
        wrong += [
            fault.as_problem(source.name, placed[at][0])
            for at, fault in sorted(against.items())
        ]
        kept = [each for at, each in enumerate(placed) if at not in against]
        if not kept:
            raise _refuse_all(wrong)
        height = table.frame.height
        problems = (
            *table.problems,
            *_tell_first(sorted(wrong, key=_line), source.name),
        )
        return make_reading(kept, height, problems, request)


def make_reading(
    kept: Sequence[Placed],
    rows_read: int,
    problems: Sequence[Problem],
    request: LoadRequest,
) -> Reading:
    """Make the reading of these figures, which are the council's own."""
    frame = make_frame(kept)
    return Reading(
        "own-figures",
        frame["ofig_period_end"].max(),  # type: ignore[arg-type]
        request.authority or request.council,
        {"own_figures": frame},
        rows_read,
        rows_read - frame.height,
        problems=tuple(problems),
    )


def _line(problem: Problem) -> int:
    return problem.line


def _refuse_all(wrong: Sequence[Problem]) -> RefusedFile:
    first = min(wrong, key=_line)
    return RefusedFile(
        f"No line of the file can be taken. The first: {first.message}",
        first.fix,
        line=first.line,
        field=first.field,
        rule=first.rule,
    )


def _names(table: PublishedText) -> list[str]:
    return [name.lower().replace(" ", "_") for name in table.frame.columns]


def _check_headings(table: PublishedText) -> None:
    given = _names(table)
    unknown = [name for name in given if name not in OWN_FIGURES.headings]
    if unknown or table.problems:
        raise RefusedFile(
            "There is a heading that the layout does not have, or one given twice.",
            _AGAIN,
            line=1,
            rule="heading",
        )
    if not {"numerator", "value"} & set(given):
        raise RefusedFile(
            "The headings lack value and numerator, so the file has no figures.",
            _AGAIN,
            line=1,
            field="value",
            rule="heading",
        )


def _parse(
    table: PublishedText, file: str, find: Find, today: date
) -> tuple[list[Placed], list[Problem]]:
    placed: list[Placed] = []
    wrong: list[Problem] = []
    for line, cells in _cells(table):
        try:
            placed.append((line, parse_figure(cells, find, today)))
        except WrongFigure as fault:
            wrong.append(fault.as_problem(file, line))
    return placed, wrong


def _cells(table: PublishedText) -> Iterator[tuple[int, Mapping[str, str]]]:
    headings = _names(table)
    for line, row in zip(table.lines, table.frame.iter_rows(), strict=True):
        trimmed = ((cell or "").strip(" \t\u00a0") for cell in row)
        yield line, dict(zip(headings, trimmed, strict=True))


def _tell_first(wrong: Sequence[Problem], file: str) -> list[Problem]:
    if len(wrong) <= _MOST_TOLD:
        return list(wrong)
    rest = len(wrong) - _MOST_TOLD
    fix = "Correct those that are told, and load the file again."
    more = Problem(file, 0, "", "more", f"{rest:,} more lines are wrong.", fix)
    return [*wrong[:_MOST_TOLD], more]
