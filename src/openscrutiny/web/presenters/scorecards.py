"""What the page of a scorecard's draft shows: faults first, then what each row gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from openscrutiny.indicators.definition import Unit
from openscrutiny.numbers import format_amount
from openscrutiny.periods import Period, PeriodType
from openscrutiny.scrutiny.scorecards import Draft

_MOST_FAULTS: Final = 30


@dataclass(frozen=True)
class RowLine:
    """Hold one row: the sheet's words, the indicator, and its latest figure."""

    at: int
    code: str
    name: str
    indicator: str
    indicator_name: str
    latest: str
    count: int


@dataclass(frozen=True)
class Contradicted:
    """Hold a figure of the sheet that the rows of our returns count otherwise."""

    cell: str
    name: str
    period: str
    given: str
    counted: str


@dataclass(frozen=True)
class DraftView:
    """Hold what the page shows of a draft."""

    token: str
    file: str
    sheet: str
    name: str
    author: str
    given_by: str
    percent: str
    is_kept: bool
    problem: str
    summary: str
    may_accept: bool
    faults: tuple[tuple[str, str, str], ...]  # cell, message, fix
    more_faults: int
    told: tuple[str, ...]
    rows: tuple[RowLine, ...]
    left_out: int
    signs: tuple[tuple[int, str, str], ...]  # place, sign, what it means
    contradicted: tuple[Contradicted, ...]
    more_contradicted: int


def lay_out_draft(draft: Draft, figures: pl.DataFrame | None = None) -> DraftView:
    """Prepare the page of a draft, set beside the figures that there are."""
    mapping, tried = draft.mapping, draft.tried
    faults = tried.preview.faults if tried else ()
    rows = _lay_out_rows(draft)
    apart = _find_contradicted(draft, figures) if figures is not None else []
    return DraftView(
        draft.token,
        draft.file,
        mapping.sheet,
        mapping.name,
        mapping.author,
        mapping.given_by,
        mapping.percent,
        draft.is_kept,
        draft.problem,
        tried.in_words() if tried else "",
        tried is not None and not faults,
        tuple((f.cell, f.message, f.fix) for f in faults[:_MOST_FAULTS]),
        max(0, len(faults) - _MOST_FAULTS),
        tried.told if tried else (),
        rows,
        sum(not row.indicator for row in rows),
        tuple(
            (at, sign, means) for at, (sign, means) in enumerate(mapping.signs.items())
        ),
        tuple(apart[:_MOST_FAULTS]),
        max(0, len(apart) - _MOST_FAULTS),
    )


def _find_contradicted(draft: Draft, figures: pl.DataFrame) -> list[Contradicted]:
    """List the sheet's totals that differ, beyond rounding, from what rows give."""
    fed = figures.filter(
        (pl.col("source") == "own")
        & (pl.col("breakdown") == "total")
        & pl.col("value").is_not_null()
    )
    keys = fed.select("indicator", "period_type", "period_end").rows()
    told = fed.select("value", "unit", "numerator").rows()
    counted = dict(zip(keys, told, strict=True))
    found = []
    for cell in draft.tried.preview.figures if draft.tried else ():
        figure = cell.figure
        key = (figure.indicator, figure.period_type, figure.period_end)
        if figure.breakdown != "total" or key not in counted:
            continue
        value, unit, numerator = counted[key]
        mine = figure.value
        if mine is None and figure.numerator is not None:
            if unit == "percent" and figure.denominator:
                mine = 100 * figure.numerator / figure.denominator
            else:  # how many there are, beside how many there are
                mine, value, unit = figure.numerator, numerator, "count"
        if mine is None or value is None:
            continue
        if abs(mine - value) <= (0 if unit == "count" else 0.05):
            continue
        one = draft.find(figure.indicator)
        sign = _say_unit(unit)
        span = Period(
            figure.period_start, figure.period_end, PeriodType(figure.period_type)
        )
        name = one.short_name if one else figure.indicator
        found.append(
            Contradicted(
                cell.cell, name, span.name, _write(mine) + sign, _write(value) + sign
            )
        )
    return found


def _lay_out_rows(draft: Draft) -> tuple[RowLine, ...]:
    """Give every row of the mapping, those that nobody has said anything of first."""
    figures = draft.tried.preview.figures if draft.tried else ()
    latest: dict[tuple[str, str, str], list[tuple[Period, str]]] = {}
    for cell in figures:
        figure = cell.figure
        span = Period(
            figure.period_start, figure.period_end, PeriodType(figure.period_type)
        )
        key = (figure.indicator, figure.breakdown, figure.category)
        number = figure.value if figure.value is not None else figure.numerator
        text = "no figure" if number is None else _write(number)
        if number is not None and figure.value is not None:
            text += _sign_of(figure.indicator, draft)
        if figure.value is None and figure.denominator is not None:
            text = f"{text} of {_write(figure.denominator)}"
        elif figure.value is None and number is not None:
            text += _say_number(figure.indicator, draft)
        latest.setdefault(key, []).append((span, text))
    lines = []
    for at, row in enumerate(draft.mapping.rows):
        held: Sequence[tuple[Period, str]] = ()
        name = ""
        one = draft.find(row.indicator)
        if one is not None:
            name = one.short_name
            breakdown = row.breakdown or "total"
            category = row.category or "all"
            held = latest.get((one.id, breakdown, category), ())
        last = max(held, key=lambda pair: pair[0].end, default=None)
        lines.append(
            RowLine(
                at,
                row.code,
                row.name,
                row.indicator,
                name,
                f"{last[1]}, {last[0].name}" if last else "",
                len(held),
            )
        )
    return tuple(sorted(lines, key=lambda line: bool(line.indicator)))


def _sign_of(indicator: str, draft: Draft) -> str:
    one = draft.find(indicator)
    return _say_unit(str(one.unit)) if one is not None else ""


def _say_number(indicator: str, draft: Draft) -> str:
    """Say of a number that is told as a rate or the like that it is a number."""
    one = draft.find(indicator)
    return "" if one is None or one.unit is Unit.COUNT else f" {one.counts}"


def _say_unit(unit: str) -> str:
    """Name a unit behind a number: "%", " per 10,000", " days".

    >>> _say_unit("rate_per_10_000")
    ' per 10,000'
    """
    if unit.startswith("rate_per_"):
        return f" per {Unit(unit).factor:,.0f}"
    if unit in (Unit.COUNT, Unit.OF_TOTAL, Unit.RATIO):
        return ""
    return "%" if unit == Unit.PERCENT else f" {unit.replace('_', ' ')}"


def _write(number: float) -> str:
    return format_amount(number, 0 if float(number).is_integer() else 1)
