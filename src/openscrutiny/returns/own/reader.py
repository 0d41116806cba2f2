"""A council's own figures as a long CSV: headings in any order, a figure a line.

A wrong line is left out and named; a file whose shape is wrong is refused whole.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial

from openscrutiny.errors import OpenScrutinyError, Problem, RefusedFile
from openscrutiny.indicators.council import (
    parse_council_indicators,
    read_council_text,
)
from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.layouts.own_figures import OWN_FIGURES
from openscrutiny.returns.line_by_line import (
    parse_lines,
    read_lines,
    refuse_all,
    refuse_heading,
    tell_first,
)
from openscrutiny.returns.own.gathering import Placed, find_contradictions, make_frame
from openscrutiny.returns.own.lines import Find, parse_figure
from openscrutiny.returns.published.text import (
    PublishedText,
    first_headings,
    read_head,
)
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.workspace import Workspace


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
        table = read_lines(source, "figures of a council")
        names = [name.lower().replace(" ", "_") for name in table.frame.columns]
        _check_headings(table, names)
        find = make_finder(request)
        parse = partial(parse_figure, find=find, today=today_of(request))
        placed, wrong = parse_lines(table, names, source.name, parse)
        against = find_contradictions(placed, percent_of(find))
        wrong += [
            fault.as_problem(source.name, placed[at][0])
            for at, fault in sorted(against.items())
        ]
        kept = [each for at, each in enumerate(placed) if at not in against]
        if not kept:
            raise refuse_all(wrong)
        height = table.frame.height
        problems = (*table.problems, *tell_first(wrong, source.name))
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


def _check_headings(table: PublishedText, names: Sequence[str]) -> None:
    given = set(names)
    if given - set(OWN_FIGURES.headings) or table.problems:
        raise refuse_heading(
            "There is a heading that the layout does not have, or one given twice."
        )
    if not {"numerator", "value"} & given:
        raise refuse_heading(
            "The headings lack value and numerator, so the file has no figures.",
            "value",
        )
