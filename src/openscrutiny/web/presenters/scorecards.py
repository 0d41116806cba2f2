"""What the page of a scorecard's draft shows: faults first, then what each row gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Indicator
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.numbers import format_amount
from openscrutiny.periods import Period, PeriodType
from openscrutiny.scrutiny.scorecards import Draft

__all__ = ["DraftView", "lay_out_draft"]

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


def lay_out_draft(draft: Draft) -> DraftView:
    """Prepare the page of a draft."""
    mapping, tried = draft.mapping, draft.tried
    faults = tried.preview.faults if tried else ()
    rows = _lay_out_rows(draft)
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
    )


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
        if figure.value is None and figure.denominator is not None:
            text = f"{text} of {_write(figure.denominator)}"
        latest.setdefault(key, []).append((span, text))
    codes = draft.local_codes
    lines = []
    for at, row in enumerate(draft.mapping.rows):
        held: Sequence[tuple[Period, str]] = ()
        name = ""
        one = _find(row.indicator, codes)
        if one is not None:
            name = one.short_name or one.name
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


def _find(code: str, local_codes: Mapping[str, str]) -> Indicator | None:
    """Find what a row holds; a mapping that was written by hand may name none."""
    try:
        return find_indicator(code, local_codes) if code else None
    except OpenScrutinyError:
        return None


def _write(number: float) -> str:
    return format_amount(number, 0 if float(number).is_integer() else 1)
