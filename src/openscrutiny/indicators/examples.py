"""Worked examples as small tables of text, and the one reader of them.

An example is a title, the rows on record, and the answer with its working:

    Closed at once is not in need
    cin_episodes  person_id  referral_date  referral_nfa
                  A          2025-03-20     yes
                  B          2025-03-20     no
    financial year to 2025-03-31 from cin/2025: 1. A's referral had no further action: 1.

A table is one of the record's, or a kind of row that says what its columns hold unless an
example states them: "plan cp_plans person_id start_date end_date=- previous_plans=0". A
heading is a column's name without its table's sign, or the end of it where that names one
column. "-" is null, "" empty text, and {start_date} what the row has in that column. An
answer is a count ("1"), a part of a whole ("1 of 2"), or a value that is no such division
("value 12.5 of 4"). A blank line parts two examples.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from inspect import cleandoc
from typing import Final, overload

import polars as pl

from openscrutiny.indicators.definition import Example
from openscrutiny.periods import PeriodType, add_months
from openscrutiny.record.tables import TABLES

_ANSWER: Final = re.compile(
    r"(?P<kind>[a-z0-9 ]+) to (?P<end>\d{4}-\d\d-\d\d) from (?P<returns>[^:]+): "
    r"(?P<value>value )?(?P<first>-?\d+(\.\d+)?)( of (?P<second>\d+(\.\d+)?))?\. "
    r"(?P<working>.+)"
)
_ANSWER_BEGINS: Final = re.compile(r"[a-z0-9 ]+ to \d{4}-\d\d-\d\d from ")
_ENDS_IN_DECEMBER: Final = ("sen2",)
_LOOKS_BACK_MONTHS: Final = 6  # of the lists of Annex A that examples use


@dataclass(frozen=True)
class _Kind:
    """Hold a kind of row: its table, and each column with what it holds if not stated."""

    table: str
    columns: Mapping[str, str | None]


class _Examples(Sequence[Example]):
    """Read the examples of an indicator when somebody looks at one: few who count do."""

    def __init__(self, text: str, kinds: str) -> None:
        self._written = re.split(r"\n\s*\n", cleandoc(text))
        self._kinds = kinds

    @cached_property
    def _read(self) -> tuple[Example, ...]:
        known = _read_kinds(self._kinds)
        return tuple(_read_example(one.splitlines(), known) for one in self._written)

    def __len__(self) -> int:
        return len(self._written)

    @overload
    def __getitem__(self, at: int) -> Example: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Example]: ...
    def __getitem__(self, at: int | slice) -> Example | Sequence[Example]:
        return self._read[at]


def read_examples(text: str, kinds: str = "") -> Sequence[Example]:
    """Read the examples of one indicator; `kinds` has a line for each kind of row.

    A ValueError says what is not written as it should be, when one is looked at.
    """
    return _Examples(text, kinds)


def _read_kinds(kinds: str) -> dict[str, _Kind]:
    known = {name: _Kind(name, {}) for name in TABLES}
    for line in cleandoc(kinds).splitlines():
        name, table, *headings = line.split()
        given = (heading.partition("=") for heading in headings)
        known[name] = _Kind(
            table,
            {
                _find_column(table, head): word if same else None
                for head, same, word in given
            },
        )
    return known


def _read_example(lines: Sequence[str], kinds: Mapping[str, _Kind]) -> Example:
    title, *rest = lines
    begins = (n for n, line in enumerate(rest) if _ANSWER_BEGINS.match(line))
    at = next(begins, len(rest))
    answer = _ANSWER.fullmatch(" ".join(rest[at:]))
    if answer is None:
        raise ValueError(f"Example “{title}” has no answer.")
    first = _number(answer["first"])
    return Example(
        title=title,
        rows=_read_tables(rest[:at], kinds),
        covers=tuple(_cover(name) for name in answer["returns"].split(" and ")),
        period=(
            PeriodType(answer["kind"].replace(" ", "_")),
            date.fromisoformat(answer["end"]),
        ),
        numerator=None if answer["value"] else first,
        denominator=_number(answer["second"]) if answer["second"] else None,
        working=answer["working"],
        value=first if answer["value"] else None,
    )


def _read_tables(
    lines: Sequence[str], kinds: Mapping[str, _Kind]
) -> dict[str, tuple[dict[str, object], ...]]:
    found: dict[str, list[dict[str, object]]] = {}
    kind, stated = _Kind("", {}), list[str]()
    for line in lines:
        cells = line.split()
        if cells[0] in kinds:
            kind = kinds[cells[0]]
            stated = [_find_column(kind.table, heading) for heading in cells[1:]]
            found[kind.table] = []
        elif len(cells) != len(stated):
            raise ValueError(f"{len(cells)} cells stand under {len(stated)}: {line}")
        else:
            row = _fill(kind, dict(zip(stated, cells, strict=True)))
            found[kind.table].append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _fill(kind: _Kind, stated: Mapping[str, str]) -> dict[str, object]:
    """Give a row its kind's columns, then what else is stated, each of its type."""
    types = TABLES[kind.table].columns
    words = {**kind.columns, **stated}
    row: dict[str, object] = {}
    for name, word in sorted(words.items(), key=lambda item: "{" in (item[1] or "")):
        if word is None:
            raise ValueError(f"A row of {kind.table} does not state {name}.")
        filled = re.sub(
            r"\{(\w+)\}", lambda m: str(row[_find_column(kind.table, m[1])]), word
        )
        row[name] = _value(filled, types[name])
    return {name: row[name] for name in words}


def _find_column(table: str, heading: str) -> str:
    columns = TABLES[table].columns
    found = [c for c in columns if c.partition("_")[2] == heading] or [
        c for c in columns if c.endswith(f"_{heading}")
    ]
    if len(found) != 1:
        raise ValueError(f"“{heading}” names {len(found)} columns of {table}.")
    return found[0]


def _value(cell: str, kind: pl.DataType) -> object:
    if cell == "-":
        return None
    if isinstance(kind, pl.String):
        return "" if cell == '""' else cell
    if isinstance(kind, pl.Date):
        return date.fromisoformat(cell)
    if isinstance(kind, pl.Boolean):
        return {"yes": True, "no": False}[cell]
    return _number(cell)


def _number(text: str) -> float:
    """Read a number, whole where it is written so."""
    return float(text) if "." in text else int(text)


def _cover(return_id: str) -> tuple[str, date, date]:
    """Give a return with the days that it covers: its year, or a list's look-back."""
    name, _, period = return_id.partition("/")
    if "-" in period:
        last = date.fromisoformat(period)
        return return_id, add_months(last, -_LOOKS_BACK_MONTHS) + timedelta(1), last
    year = int(period)
    if name in _ENDS_IN_DECEMBER:
        return return_id, date(year, 1, 1), date(year, 12, 31)
    return return_id, date(year - 1, 4, 1), date(year, 3, 31)
