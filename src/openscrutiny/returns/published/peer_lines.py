"""One line of a peers' file as one row of the record, or the reason why it is none.

A figure exchanged among councils is checked against itself: the value has to be what
its counts give, within the rounding that it is printed with.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from openscrutiny.geography import (
    AUTHORITY_NAMES,
    ENGLAND,
    REGION_NAMES,
    find_authority,
)
from openscrutiny.periods import month_end
from openscrutiny.returns.line_by_line import WrongLine

HEADINGS: Final = (
    "collection",
    "indicator",
    "area_code",
    "period_end",
    "unit",
    "numerator",
    "denominator",
    "value",
    "symbol",
    "shared",
)
NAME: Final = "area_name"  # the one heading that may be left out

_FACTORS: Final[Mapping[str, float]] = {
    "count": 1.0,
    "percent": 100.0,
    "rate_per_10_000": 10_000.0,
    "ratio": 1.0,
}
_SYMBOLS: Final = ("c", "x", "z", "low", "k")
_SHARED: Final = ("officers", "members", "public")
_NUMBER: Final = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_MOST: Final = 1e9  # no quarter of a council or region counts as many
_YEARS: Final = range(2000, 2100)


@dataclass(frozen=True)
class PeerLine:
    """Hold one line as the record keeps it; `value` is null where none is printed."""

    collection: str
    measure: str
    area_code: str
    area_name: str
    period_end: date
    unit: str
    numerator: float | None
    denominator: float | None
    value: float | None
    symbol: str | None
    shared: str


def parse_line(cells: Mapping[str, str]) -> PeerLine:
    """Read one line's cells, trimmed; raises WrongLine with the first fault found."""
    collection = _name(cells, "collection", 40)
    if collection.casefold() == "own":
        raise WrongLine(
            "collection",
            "key",
            "“own” is the source of the council's own figures.",
            "Name the collection by its region, such as London.",
        )
    measure = _name(cells, "indicator", 100)
    area = _area(cells)
    end = _quarter_end(cells["period_end"])
    unit = _choice(cells, "unit", tuple(_FACTORS))
    numerator, denominator, value = (
        _number(cells, field) for field in ("numerator", "denominator", "value")
    )
    symbol = _choice(cells, "symbol", _SYMBOLS, "") or None
    shared = _choice(cells, "shared", _SHARED, "officers")
    if symbol is not None:
        _check_symbol(numerator, value)
    else:
        _check_figure(unit, numerator, denominator, value, cells["value"])
    return PeerLine(
        collection,
        measure,
        area,
        cells.get(NAME, ""),
        end,
        unit,
        numerator,
        denominator,
        value,
        "low" if symbol == "k" else symbol,
        shared,
    )


def _name(cells: Mapping[str, str], field: str, longest: int) -> str:
    text = cells[field]
    if not text or len(text) > longest or not text[0].isalnum():
        raise WrongLine(
            field,
            "key",
            f"The {field} needs a name of 1 to {longest} signs that begins with a "
            "letter or a number.",
            "Write it out, such as London, FD2 or the collection's own name.",
        )
    return text


def _area(cells: Mapping[str, str]) -> str:
    code, name = cells["area_code"], cells.get(NAME, "")
    digits = len(code) == 3 and code.isascii() and code.isdigit() and code < "970"
    if not digits and code not in REGION_NAMES and code != ENGLAND:
        raise WrongLine(
            "area_code",
            "code",
            "This is neither an authority's three digits nor a region's nine signs.",
            "Write the department's number (306), or the region's code (E12000007).",
        )
    owner = find_authority(name) if digits else None
    mine = find_authority(AUTHORITY_NAMES.get(code, "")) or code
    if owner is not None and owner != mine:
        raise WrongLine(
            "area_name",
            "area",
            f"Code {code} bears the name of authority {owner}.",
            "Correct the code or the name: only one of them can be right.",
        )
    return code


def _quarter_end(text: str) -> date:
    fix = "Write the last day of a calendar quarter, such as 2026-06-30."
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        message = "This is no day written as YYYY-MM-DD."
        raise WrongLine("period_end", "date", message, fix)
    if day.month % 3 or day != month_end(day):
        message = "This is not the last day of a calendar quarter."
        raise WrongLine("period_end", "quarter", message, fix)
    return day


def _choice(
    cells: Mapping[str, str],
    field: str,
    allowed: tuple[str, ...],
    empty: str | None = None,
) -> str:
    """Read one of a few words; `empty` is what an empty cell stands for, if it may be."""
    text = cells[field].lower()
    if not text and empty is not None:
        return empty
    if text not in allowed:
        words = ", ".join(allowed)
        raise WrongLine(
            field,
            "code",
            f"The {field} is not one of {words}.",
            f"Write one of {words}" + ("." if empty is None else ", or nothing."),
        )
    return text


def _number(cells: Mapping[str, str], field: str) -> float | None:
    text = cells[field]
    if not text:
        return None
    plain = text[:-1].rstrip() if field == "value" and text.endswith("%") else text
    if not _NUMBER.fullmatch(plain):
        raise WrongLine(
            field,
            "number",
            f"The {field} is not a plain number that is zero or more.",
            "Write digits alone, such as 1234 or 21.4; what is missing or hidden "
            "stands in symbol.",
        )
    number = float(plain.replace(",", ""))
    if number > _MOST:
        message = f"The {field} is larger than any quarter's can be."
        raise WrongLine(field, "number", message, "Correct the number.")
    return number


def _check_symbol(numerator: float | None, value: float | None) -> None:
    if numerator is not None or value is not None:
        raise WrongLine(
            "symbol",
            "value",
            "The line has both a symbol and a number.",
            "Leave numerator and value empty, or take the symbol out.",
        )


def _check_figure(
    unit: str,
    numerator: float | None,
    denominator: float | None,
    value: float | None,
    printed: str,
) -> None:
    """Hold the parts of one figure against each other."""
    computed = _compute(unit, numerator, denominator)
    if computed is None and value is None:
        raise WrongLine(
            "value",
            "value",
            "The line has no value, and nothing that one can be computed from.",
            "Give the value, or numerator and denominator, or a symbol such as x.",
        )
    if unit == "percent" and _is_above(numerator, denominator, value):
        raise WrongLine(
            "value",
            "value",
            "A percentage is above 100, or its numerator above its denominator.",
            "Correct the numbers.",
        )
    if denominator == 0 and unit != "count":
        raise WrongLine(
            "denominator",
            "value",
            "Nothing can be divided by a denominator of 0.",
            "Leave numerator and value empty and write the symbol z.",
        )
    if computed is None or value is None:
        return
    places = len(printed.rstrip("% ").partition(".")[2])
    if abs(value - computed) > 0.5 * 10**-places + 1e-9 * max(1.0, computed):
        raise WrongLine(
            "value",
            "value",
            "The value is not what numerator and denominator give, even rounded.",
            "Correct the one that is wrong, or the unit.",
        )


def _compute(
    unit: str, numerator: float | None, denominator: float | None
) -> float | None:
    if unit == "count" or numerator is None:
        return numerator
    if not denominator:
        return None
    return numerator * _FACTORS[unit] / denominator


def _is_above(
    numerator: float | None, denominator: float | None, value: float | None
) -> bool:
    if value is not None and value > 100:
        return True
    if numerator is None or denominator is None:
        return False
    return numerator > denominator
