"""One figure that a council gives, held against its definition, or why it is none.

The long table and a scorecard's cells are read by the same function, so the same fault
is found in both. A message names no number of the line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Indicator, Unit
from openscrutiny.indicators.measures import PartOf
from openscrutiny.nothing import STATUS_OF_SYMBOL, Status
from openscrutiny.periods import Period, PeriodType, make_period
from openscrutiny.returns.line_by_line import WrongLine
from openscrutiny.returns.published.values import read_symbol
from openscrutiny.typed import TypedError, read_day

Find = Callable[[str], Indicator]  # of any code; raises OpenScrutinyError

KINDS: Final = (
    PeriodType.MONTH,
    PeriodType.QUARTER,
    PeriodType.YEAR_TO_DATE,
    PeriodType.ROLLING_12_MONTHS,
    PeriodType.FINANCIAL_YEAR,
    PeriodType.CALENDAR_YEAR,
    PeriodType.ACADEMIC_YEAR,
    PeriodType.TERM,
    PeriodType.DAY,
)
_SYMBOLS: Final = ("c", "x", "z", "low")
_NUMBER: Final = re.compile(r"-?£?-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?( ?%)?")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST: Final = 80
_MOST: Final = 1e12  # pounds of the largest council, many times over
_EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class OwnFigure:
    """Hold one figure as the record keeps it. `bare` tells of a value without a sign."""

    indicator: str
    code: str
    period_type: str
    period_start: date
    period_end: date
    breakdown: str
    category: str
    numerator: float | None
    denominator: float | None
    value: float | None
    symbol: str | None
    source: str
    given_by: str
    bare: bool = False


def parse_figure(cells: Mapping[str, str], find: Find, today: date) -> OwnFigure:
    """Read one figure's cells, trimmed; raises WrongLine with the first fault found."""
    indicator = _find(cells.get("code", ""), find)
    period = _period(cells.get("period_type", ""), cells.get("period_end", ""), today)
    breakdown, category = _category(cells)
    value, above = cells.get("value", ""), cells.get("numerator", "")
    if not value and _sign_of(above):  # a count that is hidden stands where it would
        value, above = above, ""
    symbol = _sign_of(value)
    top = read_number(above, "numerator", indicator)
    bottom = read_number(cells.get("denominator", ""), "denominator", indicator)
    given = None if symbol else read_number(value, "value", indicator)
    if symbol:
        _check_symbol(top)
    else:
        _check_parts(indicator, top, bottom, given)
        _check_value(indicator, top, bottom, given, value)
    if not _is_divided(indicator) and top is None:
        top, given = given, None
    return OwnFigure(
        indicator.id,
        cells.get("code", ""),
        str(period.type),
        period.start,
        period.end,
        breakdown,
        category,
        top,
        bottom,
        given,
        symbol or None,
        _label(cells, "source"),
        _label(cells, "given_by"),
        bare=given is not None and "%" not in value,
    )


def _sign_of(text: str) -> str:
    """Give the sign of a figure that is not there; "" for anything else.

    >>> _sign_of("[c]"), _sign_of("*"), _sign_of("<5"), _sign_of("Low"), _sign_of("5")
    ('c', 'c', 'c', 'low', '')
    """
    sign = read_symbol(text).lower()
    if sign in _SYMBOLS:
        return sign
    return "c" if STATUS_OF_SYMBOL.get(sign) is Status.HIDDEN else ""


def _is_divided(indicator: Indicator) -> bool:
    """Tell whether a figure of it is more than how many there are."""
    return indicator.unit is not Unit.COUNT


def _find(code: str, find: Find) -> Indicator:
    if not code:
        raise WrongLine("code", "key", "The line names no indicator.", "Write one.")
    try:
        return find(code)
    except OpenScrutinyError:
        raise WrongLine(
            "code",
            "code",
            "This is no code of the catalogue, and none of the council's own.",
            "Write the catalogue's code, give the indicator this one as its local code, "
            "or define it in indicators.csv. Then take the load back and load again.",
        ) from None


@lru_cache(maxsize=4096)
def _period(kind: str, last_day: str, today: date) -> Period:
    kinds = ", ".join(KINDS)
    kind = kind.lower().replace(" ", "_")
    if kind not in KINDS:
        raise WrongLine(
            "period_type",
            "code",
            f"The kind of period is not one of {kinds}.",
            "Write one of them.",
        )
    try:
        end = read_day(last_day[:10], slashes=True)
    except TypedError:
        raise WrongLine(
            "period_end",
            "date",
            "The last day of the period is no day.",
            "Write it as 2026-09-30 or 30/09/2026.",
        ) from None
    try:
        period = make_period(PeriodType(kind), end)
    except AssertionError:
        raise WrongLine(
            "period_end",
            "period",
            f"No {kind.replace('_', ' ')} ends on this day.",
            "Write the last day of the period, or another kind of period.",
        ) from None
    if end > today:
        raise WrongLine(
            "period_end",
            "future",
            "The period has not ended yet, so nobody can have counted it.",
            "Correct the day, or leave the line out until then.",
        )
    if end < _EARLIEST:
        raise WrongLine(
            "period_end", "date", "The period ended before 2000.", "Correct the day."
        )
    return period


def _category(cells: Mapping[str, str]) -> tuple[str, str]:
    breakdown = cells.get("breakdown", "").lower().replace(" ", "_") or "total"
    category = _label(cells, "category")
    if not _NAME.fullmatch(breakdown):
        raise WrongLine(
            "breakdown",
            "key",
            "The breakdown is no short name of letters.",
            "Write total, or a name such as team.",
        )
    if breakdown == "total":
        if category.lower() not in ("", "all"):
            raise WrongLine(
                "category",
                "key",
                "A total has no category of its own.",
                "Leave it empty, or name the breakdown.",
            )
        return breakdown, "all"
    if not category:
        raise WrongLine(
            "category", "key", "The breakdown needs its category.", "Write it."
        )
    return breakdown, category


def _label(cells: Mapping[str, str], field: str) -> str:
    text = cells.get(field, "")
    if not text:
        return ""
    text = " ".join(text.split())
    if len(text) > _LONGEST or not text.isprintable():
        raise WrongLine(
            field,
            "length",
            f"The {field} is longer than {_LONGEST} signs, or has signs that do not print.",
            "Write a short name.",
        )
    return text


def read_number(text: str, field: str, indicator: Indicator) -> float | None:
    """Read a number with its commas; % and £ where the unit has them."""
    if not text:
        return None
    plain = text.replace("\u2212", "-").strip()
    if not _NUMBER.fullmatch(plain) or not any(c.isdigit() for c in plain):
        raise WrongLine(
            field,
            "number",
            f"The {field} is no plain number.",
            "Write digits alone, such as 1,234 or 21.4; a sign for none (c, x or z) "
            "stands as the value.",
        )
    if ("%" in plain and indicator.unit not in (Unit.PERCENT, Unit.POINTS)) or (
        "£" in plain and indicator.unit is not Unit.POUNDS and field == "value"
    ):
        raise WrongLine(
            field,
            "unit",
            f"The {field} has a sign of another unit than the indicator’s.",
            "Correct the number, or the indicator that it is given for.",
        )
    number = float(re.sub(r"[,£% ]", "", plain))
    if number < 0 and not indicator.signed:
        raise WrongLine(
            field, "number", f"The {field} is below 0.", "Correct the number."
        )
    if abs(number) > _MOST:
        raise WrongLine(
            field,
            "number",
            f"The {field} is larger than any figure can be.",
            "Correct the number.",
        )
    return number


def _check_symbol(numerator: float | None) -> None:
    if numerator is not None:
        raise WrongLine(
            "value",
            "value",
            "The line has both a number and a sign that there is none.",
            "Leave the numerator empty, or take the sign out.",
        )


def _check_parts(
    indicator: Indicator,
    numerator: float | None,
    denominator: float | None,
    value: float | None,
) -> None:
    """Hold what is given against what the measure needs."""
    measure = indicator.measure
    if numerator is None and value is None:
        raise WrongLine(
            "value",
            "value",
            "The line has no value and no numerator.",
            "Give one of them, or a sign for none: c, x or z.",
        )
    both = numerator is not None and denominator is not None
    if isinstance(measure, PartOf) and not both:
        raise WrongLine(
            "denominator",
            "value",
            "This is told as so many of so many, and one of the two is missing.",
            "Give numerator and denominator.",
        )
    divided = _is_divided(indicator) and measure.population is None
    if divided and value is None and not both:
        raise WrongLine(
            "denominator",
            "value",
            "There is no value, and without both parts none can be worked out.",
            "Give the value, or numerator and denominator.",
        )
    if denominator == 0 and _is_divided(indicator):
        raise WrongLine(
            "denominator",
            "value",
            "Nothing can be divided by a denominator of 0.",
            "Leave the numbers empty and write z as the value.",
        )
    top = numerator is not None and denominator is not None and numerator > denominator
    if indicator.is_share and _is_divided(indicator) and measure.is_share and top:
        raise WrongLine(
            "numerator",
            "value",
            "The numerator is above its denominator.",
            "Correct the one that is wrong.",
        )


def _check_value(
    indicator: Indicator,
    numerator: float | None,
    denominator: float | None,
    value: float | None,
    written: str,
) -> None:
    """Hold a value against its unit, and against what its parts give."""
    if value is None:
        return
    if indicator.unit is Unit.PERCENT and indicator.measure.is_share and value > 100:
        raise WrongLine(
            "value", "value", "A share is above 100%.", "Correct the value."
        )
    if not _is_divided(indicator):
        computed = numerator
    elif numerator is None or not denominator:
        return
    else:
        factor = indicator.unit.factor * indicator.measure.times
        computed = factor * numerator / denominator
    if computed is None:
        return
    places = len(re.sub(r"[^\d.]", "", written).partition(".")[2])
    if abs(value - computed) > 0.5 * 10**-places + 1e-9 * max(1.0, abs(computed)):
        raise WrongLine(
            "value",
            "value",
            "The value is not what numerator and denominator give, even rounded.",
            "Correct the one that is wrong.",
        )
