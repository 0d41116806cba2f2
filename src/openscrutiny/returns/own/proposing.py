"""A first mapping of a sheet that nobody has mapped: what each row and column may hold.

A proposal decides nothing: whoever maps the sheet sees it, corrects it and keeps it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.indicators.definition import Indicator
from openscrutiny.returns.own.grids import Grid
from openscrutiny.returns.own.lines import Find
from openscrutiny.returns.own.mapping import LEAVE_OUT, SKIP, Mapping, RowHolds
from openscrutiny.returns.own.scorecard import find_columns, read_heading
from openscrutiny.returns.own.when import read_when

_LOOKED_AT: Final = 30  # rows in which headings are looked for
_CODE: Final = re.compile(r"[A-Za-z]{1,8} ?\d{1,3}[a-z]?")
_SAYS_RATE: Final = re.compile(r"\b(?:rates?|per)\b|/ ?10", re.IGNORECASE)
_SIGNS: Final[dict[str, str]] = {
    **dict.fromkeys(("n/a", "na", "not applicable", "z", "[z]"), "z"),
    **dict.fromkeys(
        ("-", "–", "—", "tbc", "not available", "nya", "no data", "x", "[x]", ".."), "x"
    ),
    **dict.fromkeys(("*", "c", "[c]", "supp", "suppressed", "<5", "<6"), "c"),
    **dict.fromkeys(("r", "a", "g", "red", "amber", "green", "b", "blue"), SKIP),
}
_PARTS: Final = {
    "numerator": ("num", "numerator", "n", "number", "count", "no.", "no"),
    "denominator": ("den", "denominator", "d", "of", "cohort", "total"),
    "value": (
        "%",
        "value",
        "actual",
        "result",
        "rate",
        "percentage",
        "perf",
        "out-turn",
    ),
}
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "for",
        "in",
        "is",
        "of",
        "on",
        "or",
        "per",
        "the",
        "their",
        "to",
        "with",
        "within",
        "who",
        "whose",
        "%",
        "number",
        "percentage",
        "rate",
        "children",
        "child",
    ]
)
_ALIKE: Final = 0.6


def propose_mapping(
    grid: Grid,
    find: Find,
    definitions: Sequence[Indicator],
    *,
    name: str,
    by: str,
    on: date,
) -> Mapping:
    """Propose what a sheet holds. Raises OpenScrutinyError where it names no period."""
    rows = _find_heading_rows(grid)
    if not rows:
        raise OpenScrutinyError(
            "No row of the sheet names months, quarters or years.",
            "Write headings such as Apr-26 or Q1 2026/27, or choose another sheet.",
        )
    below = _find_parts(grid, rows)
    bare = Mapping(name, by, on.isoformat(), grid.name, rows, 1, 0, {}, below)
    periods, others, _ = find_columns(grid, bare)
    first = min((each.column for each in periods), default=grid.width + 1)
    code, label = _find_labels(grid, bare.first_row, first)
    columns = {
        heading: "code" if at == code else "name" if at == label else LEAVE_OUT
        for at, heading in others.items()
    }
    numbers = [each.column for each in periods]
    held = _propose_rows(grid, bare.first_row, code, label, numbers, find, definitions)
    return Mapping(
        name,
        by,
        on.isoformat(),
        grid.name,
        rows,
        code,
        label,
        columns,
        below,
        held,
        _find_signs(grid, bare.first_row, numbers),
        "written",
        by,
    )


def _find_heading_rows(grid: Grid) -> tuple[int, ...]:
    """Find the row that names most periods, the one above that gives years, and parts."""
    counts = {
        row: _count_periods(grid, row)
        for row in range(1, min(grid.height, _LOOKED_AT) + 1)
    }
    best = max(counts, key=lambda row: (counts[row], -row), default=0)
    if not best or not counts[best]:
        return ()
    rows = [best]
    if best > 1 and any(
        re.search(r"20\d\d", grid.heading(best - 1, c))
        for c in range(1, grid.width + 1)
    ):
        rows.insert(0, best - 1)
    below = [
        grid.at(best + 1, column)
        for column in range(1, grid.width + 1)
        if read_when(grid.heading(best, column), grid.heading(best - 1, column))
    ]
    words = {word for known in _PARTS.values() for word in known} | {"rag", "target"}
    if below and sum(text.casefold() in words for text in below) > len(below) / 2:
        rows.append(best + 1)
    return tuple(rows)


def _count_periods(grid: Grid, row: int) -> int:
    return sum(
        read_when(grid.at(row, column), grid.heading(row - 1, column)) is not None
        for column in range(1, grid.width + 1)
        if grid.at(row, column)
    )


def _find_parts(grid: Grid, rows: Sequence[int]) -> dict[str, str]:
    """Say what the words below the periods' headings hold, where they are known."""
    found: dict[str, str] = {}
    for column in range(1, grid.width + 1):
        when, part = read_heading(grid.headings(rows, column))
        word = part.casefold()
        if when is not None and word:
            known = [part for part, words in _PARTS.items() if word in words]
            found[word] = known[0] if known else LEAVE_OUT
    return found


def _find_labels(grid: Grid, first_row: int, first_period: int) -> tuple[int, int]:
    """Find the columns of codes and of names, left of the figures."""
    codes: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for row in range(first_row, grid.height + 1):
        for column in range(1, first_period):
            text = grid.at(row, column)
            codes[column] += bool(_CODE.fullmatch(text))
            words[column] += len(text.split())
    code = max(codes, key=lambda column: codes[column], default=0)
    if not codes.get(code):
        code = 0
    rest = {column: count for column, count in words.items() if column != code}
    label = max(rest, key=lambda column: rest[column], default=0)
    return code, label


def _propose_rows(
    grid: Grid,
    first_row: int,
    code: int,
    label: int,
    numbers: Sequence[int],
    find: Find,
    definitions: Sequence[Indicator],
) -> tuple[RowHolds, ...]:
    """Propose an indicator for each row with numbers: by its code, else by its name."""
    known = [(one, _words_of(one)) for one in definitions]
    taken: set[str] = set()
    rows = []
    for row in range(first_row, grid.height + 1):
        texts = grid.at(row, code) if code else "", grid.at(row, label) if label else ""
        if not any(texts) or not any(grid.at(row, column) for column in numbers):
            continue
        found = _by_code(texts[0], find) or _by_name(texts[1], known)
        if found in taken or re.match(r"(?:sub ?)?total", texts[1], re.IGNORECASE):
            found = ""
        taken.add(found)
        cells = [grid.at(row, column) for column in numbers]
        part = (
            "numerator" if found and _is_number(texts, cells, find(found)) else "value"
        )
        rows.append(RowHolds(*texts, indicator=found, part=part))
    return tuple(rows)


def _is_number(texts: Iterable[str], cells: Iterable[str], one: Indicator) -> bool:
    """Tell whether a row gives how many there are of what is told as a rate of people.

    Its words would say rate or per, and a rate would have decimals somewhere.
    """
    if one.measure.population is None or any(map(_SAYS_RATE.search, texts)):
        return False
    return not any(re.search(r"\d\.0*[1-9]|%", cell) for cell in cells)


def _by_code(code: str, find: Find) -> str:
    try:
        return find(code.replace(" ", "")).code if code else ""
    except OpenScrutinyError:
        pass
    try:
        return find(code).code
    except OpenScrutinyError:
        return ""


def _by_name(
    name: str, known: Iterable[tuple[Indicator, Sequence[frozenset[str]]]]
) -> str:
    """Find the indicator whose name or synonym has most words in common; "" if none has."""
    wanted = _words(name)
    best, code = _ALIKE, ""
    for one, names in known:
        for words in names:
            union = len(words | wanted)
            alike = len(words & wanted) / union if union else 0.0
            if alike > best:
                best, code = alike, one.code
    return code


def _words_of(one: Indicator) -> Sequence[frozenset[str]]:
    return [_words(each) for each in (one.name, one.short_name, *one.synonyms) if each]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9%]+", text.casefold())) - _SMALL


def _find_signs(grid: Grid, first_row: int, numbers: Sequence[int]) -> dict[str, str]:
    """Say what the words mean that stand where numbers would, where they are known."""
    there = {
        grid.at(row, column).casefold()
        for row in range(first_row, grid.height + 1)
        for column in numbers
    }
    return {word: _SIGNS[word] for word in sorted(there) if word in _SIGNS}
