"""What a release says about its tables: NAME.meta.csv, and data-guidance.txt.

Both are optional and neither is trusted to be whole: what they leave out is judged
from the table.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.decoding import decode, decode_head
from openscrutiny.returns.published.text import (
    find_separator,
    first_headings,
    read_bytes,
)
from openscrutiny.returns.reading import SourceFile

_META: Final = frozenset({"col_name", "col_type", "label"})
_FILE: Final = re.compile(r"^\s*Filename:\s*(.+?)(?:\.csv)?\s*$", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"^\s*([^\s|]+)\s*\|\s*(.*?)\s*\|?\s*$")


@dataclass(frozen=True)
class ColumnWords:
    """Say what one column is. `kind` is "filter", "indicator" or "" where not said."""

    label: str = ""
    kind: str = ""
    grouping: str = ""
    unit: str = ""
    places: int | None = None
    default: str = ""
    group_column: str = ""


@dataclass(frozen=True)
class TableWords:
    """Say what a table is; `columns` by name in small letters.

    `is_listed` says that there is metadata, which lists every column that counts.
    """

    release: str = ""
    title: str = ""
    summary: str = ""
    columns: Mapping[str, ColumnWords] = field(default_factory=dict)
    is_listed: bool = False


def is_metadata(head: bytes) -> bool:
    """Tell a metadata file by its heading line."""
    return set(first_headings(head)) >= _META


def is_guidance(head: bytes) -> bool:
    """Tell a release's data guidance by its list of files and variables."""
    lines = decode_head(head).splitlines()
    listed = any(_FILE.match(line) for line in lines)
    return listed and any(line.startswith("Variable name") for line in lines)


def read_metadata(source: SourceFile) -> TableWords:
    """Read one metadata file; what cannot be read says nothing."""
    columns = {}
    for row in _rows(source):
        name = row.get("col_name", "")
        places = row.get("indicator_dp", "")
        if name:
            columns[name.lower()] = ColumnWords(
                label=row.get("label", ""),
                kind=row.get("col_type", "").lower(),
                grouping=row.get("indicator_grouping", ""),
                unit=row.get("indicator_unit", ""),
                places=int(places) if re.fullmatch(r"\d{1,2}", places) else None,
                default=row.get("filter_default", ""),
                group_column=row.get("filter_grouping_column", "").lower(),
            )
    return TableWords(
        columns=columns, is_listed=any(words.kind for words in columns.values())
    )


def _rows(source: SourceFile) -> Iterable[dict[str, str]]:
    try:
        text, _ = decode(read_bytes(source), source.name)
        separator = find_separator(text.split("\n", 1)[0])
        rows = list(csv.DictReader(io.StringIO(text), restval="", delimiter=separator))
    except (RefusedFile, csv.Error):
        return []
    return [
        {
            str(key).strip().lower(): str(value or "").strip()
            for key, value in row.items()
        }
        for row in rows
    ]


def read_guidance(source: SourceFile) -> dict[str, TableWords]:
    """Read a release's guidance: what it says of each file, by name in small letters."""
    try:
        text, _ = decode(read_bytes(source), source.name)
    except RefusedFile:
        return {}
    lines = text.split("\n")
    release = next((line.strip() for line in lines if line.strip()), "")
    starts = [
        (at, named.group(1).strip().lower())
        for at, line in enumerate(lines)
        if (named := _FILE.match(line))
    ]
    ends = [*(at for at, _ in starts[1:]), len(lines)]
    found = {}
    for (start, name), end in zip(starts, ends, strict=True):
        block = lines[start + 1 : end]
        found[name] = TableWords(
            release, _title_above(lines, start), _summary(block), _variables(block)
        )
    return found


def _title_above(lines: list[str], at: int) -> str:
    above = (line.strip() for line in reversed(lines[:at]))
    return next((line for line in above if line), "")


def _summary(block: list[str]) -> str:
    told = (line.partition(":") for line in block)
    return next(
        (text.strip() for word, _, text in told if word == "Content summary"), ""
    )


def _variables(block: list[str]) -> dict[str, ColumnWords]:
    found = {}
    for line in block:
        cells = _VARIABLE.match(line)
        if cells:
            label = cells.group(2)
            kind = "filter" if "filter by" in label.lower() else ""
            found[cells.group(1).lower()] = ColumnWords(label=label, kind=kind)
    return found
