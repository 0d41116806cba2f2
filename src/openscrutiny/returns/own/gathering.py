"""What lines of one file say together: each figure once, and one scale for a percentage."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from statistics import median
from typing import Final

import polars as pl

from openscrutiny.record.tables import TABLES
from openscrutiny.returns.line_by_line import WrongLine
from openscrutiny.returns.own.lines import OwnFigure

# A figure and where it stands: a line, or a cell of a sheet.
Placed = tuple[int, OwnFigure]
COLUMNS: Final = tuple(TABLES["own_figures"].columns)
_FAR: Final = 10.0  # how large the others are beside which a bare 0.27 is doubtful


def make_frame(placed: Sequence[Placed]) -> pl.DataFrame:
    """Set figures in the record's columns, with `line`."""
    schema = {"line": pl.Int32(), **TABLES["own_figures"].columns}
    kept = len(fields(OwnFigure)) - 1  # `bare` serves reading alone
    rows = [(line, *astuple(figure)[:kept]) for line, figure in placed]
    return pl.DataFrame(rows, schema=schema, orient="row")


def find_contradictions(
    placed: Sequence[Placed], is_percent: Callable[[str], bool]
) -> dict[int, WrongLine]:
    """Find, by their place in the list, figures that others of the file contradict.

    Of two different figures for one thing neither is taken; one that is given again
    alike is taken once, and its later ones are left out without a fault (`again`).
    """
    wrong = _find_scales(placed, is_percent)
    first: dict[tuple[object, ...], int] = {}
    for at, (_, figure) in enumerate(placed):
        key = (
            figure.indicator,
            figure.period_type,
            figure.period_end,
            figure.breakdown,
            figure.category.casefold(),
        )
        earlier = first.setdefault(key, at)
        if earlier == at:
            continue
        same = _numbers(placed[earlier][1]) == _numbers(figure)
        if same:
            wrong[at] = _AGAIN
        else:
            wrong[earlier] = wrong[at] = _TWICE
    return wrong


def _numbers(figure: OwnFigure) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.value, figure.symbol


_AGAIN: Final = WrongLine(
    "code", "again", "Taken once, though given again.", "Nothing."
)
_TWICE: Final = WrongLine(
    "code",
    "conflict",
    "One indicator has two different figures for one period, so neither is taken.",
    "Keep the one that is right. Two rows of one code need a breakdown each.",
)
_SCALE: Final = WrongLine(
    "value",
    "scale",
    "The percentage is below 1 beside others that are far above: it may be a fraction.",
    "Write it as the others are, or with its % sign if it is meant.",
)


_FRACTIONS: Final = WrongLine(
    "value",
    "scale",
    "No percentage of the file is above 1: they may be fractions.",
    "Write 45 or 45% for 45%, and a small one that is meant with its % sign.",
)


def _find_scales(
    placed: Sequence[Placed], is_percent: Callable[[str], bool]
) -> dict[int, WrongLine]:
    """Find bare percentages of 0.27 beside others of 27, written 27 or 27%."""
    values: dict[str, list[tuple[int, float, bool]]] = {}
    for at, (_, figure) in enumerate(placed):
        if figure.value is not None and is_percent(figure.indicator):
            one = (at, figure.value, figure.bare)
            values.setdefault(figure.indicator, []).append(one)
    found: dict[int, WrongLine] = {}
    for each in values.values():
        large = [value for _, value, _ in each if value > 1]
        if large and median(large) >= _FAR:
            found |= {at: _SCALE for at, value, bare in each if bare and 0 < value <= 1}
    return found or _find_fractions([one for each in values.values() for one in each])


def _find_fractions(
    percentages: Sequence[tuple[int, float, bool]],
) -> dict[int, WrongLine]:
    """Find the bare percentages of a file in which none is above 1: 0.27 and 0.31."""
    if any(value > 1 for _, value, _ in percentages):
        return {}
    bare = {at: value for at, value, is_bare in percentages if is_bare and value > 0}
    if not any(value < 1 for value in bare.values()):
        return {}
    return dict.fromkeys(bare, _FRACTIONS)
