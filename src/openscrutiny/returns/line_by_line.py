"""Files of a layout of ours that are read a line at a time.

A wrong line is left out and named; a file whose shape is wrong is refused whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.returns.published.text import PublishedText, read_text_table
from openscrutiny.returns.reading import SourceFile

Parsed = TypeVar("Parsed")

_MAX_BYTES: Final = 64 << 20  # a hundred thousand times a region's quarter
_MOST_TOLD: Final = 500  # wrong lines told one by one


class WrongLine(Exception):
    """Say what is wrong with a line, without repeating a figure of it."""

    def __init__(self, field: str, rule: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.field, self.rule, self.message, self.fix = field, rule, message, fix

    def as_problem(self, file: str, line: int) -> Problem:
        return Problem(file, line, self.field, self.rule, self.message, self.fix)


def read_lines(source: SourceFile, need: str) -> PublishedText:
    """Read the table; refuses what is larger than `need`: "figures of a council"."""
    if source.size > _MAX_BYTES:
        raise RefusedFile(
            f"The file is larger than 64 megabytes, more than {need} need.",
            "Check that it is the right file.",
        )
    return read_text_table(source)


def refuse_heading(message: str, field: str = "") -> RefusedFile:
    """Make the refusal of a file whose headings are not those of the layout."""
    return RefusedFile(
        message,
        "Give the file the headings of the documented layout, and no others.",
        line=1,
        field=field,
        rule="heading",
    )


def parse_lines(
    table: PublishedText,
    names: Sequence[str],
    file: str,
    parse: Callable[[Mapping[str, str]], Parsed],
) -> tuple[list[tuple[int, Parsed]], list[Problem]]:
    """Parse each line's cells, trimmed, by these names of the columns.

    Gives what was taken, with its line, and what is wrong.
    """
    taken: list[tuple[int, Parsed]] = []
    wrong: list[Problem] = []
    for line, cells in _cells(table, names):
        try:
            taken.append((line, parse(cells)))
        except WrongLine as fault:
            wrong.append(fault.as_problem(file, line))
    return taken, wrong


def _cells(
    table: PublishedText, names: Sequence[str]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, row in zip(table.lines, table.frame.iter_rows(), strict=True):
        trimmed = ((cell or "").strip(" \t\u00a0") for cell in row)
        yield line, dict(zip(names, trimmed, strict=True))


def refuse_all(wrong: Sequence[Problem]) -> RefusedFile:
    """Make the refusal of a file of which no line can be taken."""
    first = min(wrong, key=lambda problem: problem.line)
    return RefusedFile(
        f"No line of the file can be taken. The first: {first.message}",
        first.fix,
        line=first.line,
        field=first.field,
        rule=first.rule,
    )


def tell_first(wrong: Sequence[Problem], file: str) -> list[Problem]:
    """Give the first wrong lines, by line, and how many more there are."""
    told = sorted(wrong, key=lambda problem: problem.line)
    if len(told) <= _MOST_TOLD:
        return told
    rest = len(told) - _MOST_TOLD
    fix = "Correct those that are told, and load the file again."
    more = Problem(file, 0, "", "more", f"{rest:,} more lines are wrong.", fix)
    return [*told[:_MOST_TOLD], more]
