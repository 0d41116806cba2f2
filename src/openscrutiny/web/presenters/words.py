"""Small words that several pages need: periods, returns, columns, cells."""

import re
from datetime import date, datetime
from typing import Any, Final

from openscrutiny.layouts.returns import get_return
from openscrutiny.periods import PeriodType, format_date, format_month, month_name
from openscrutiny.record.tables import TABLES

_PREFIXED: Final = frozenset(
    column
    for table in (TABLES.values() if isinstance(TABLES, dict) else TABLES)
    for column in table.columns
)


def return_words(name: str) -> str:
    """Give a return's name as a reader knows it."""
    return get_return(name).title


def period_words(kind: str, start: date, end: date) -> str:
    """Name a period in words: “Year to 31 March 2025”, “March 2025”."""
    match kind:
        case PeriodType.DAY:
            return format_date(end)
        case PeriodType.MONTH:
            return format_month(end)
        case PeriodType.QUARTER:
            return f"{month_name(start)} to {format_month(end)}"
        case PeriodType.ROLLING_12_MONTHS:
            return f"12 months to {format_date(end)}"
        case _:
            return f"Year to {format_date(end)}"


def covers_words(covers: tuple[date, date] | None) -> str:
    """Say which days a load covers."""
    if covers is None:
        return "No period of its own"
    return f"{format_date(covers[0])} to {format_date(covers[1])}"


def column_words(column: str) -> str:
    """Name a column of the record without its table's prefix."""
    bare = column.partition("_")[2] if column in _PREFIXED else column
    words = bare.replace("_", " ").strip()
    return re.sub(r"\bid\b", "identifier", words).capitalize() or column


def cell_words(value: Any) -> str:
    """Write one cell; what the file did not give is said, and never left blank."""
    match value:
        case None:
            return "not given"
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def round_to_ten(count: int) -> int:
    """Round a count of 6 and more to tens, at least one; a smaller one is 0.

    >>> [round_to_ten(count) for count in (5, 6, 14, 15, 1894)]
    [0, 10, 10, 20, 1890]
    """
    return max(10, (count + 5) // 10 * 10) if count > 5 else 0


def small_count_words(count: int, *, exact: bool) -> str:
    """Write a count of records; for Members to the nearest ten, 1 to 5 as that.

    >>> [small_count_words(count, exact=False) for count in (0, 3, 1894)]
    ['0', '1 to 5', 'about 1,890']
    """
    if exact or not count:
        return f"{count:,}"
    return "1 to 5" if count <= 5 else f"about {round_to_ten(count):,}"
