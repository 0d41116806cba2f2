"""The data dictionary of the local authority interactive tool, a measure to a row.

A measure under two topics stands twice: its first row counts and the topics are
joined, as the tool itself does. A blank number of decimals is 1.
"""

import csv
import io
import re
from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.record.tables import TABLES
from openscrutiny.returns.decoding import decode_head
from openscrutiny.returns.published.text import AGAIN, read_bytes
from openscrutiny.returns.reading import Reading, SourceFile

LAIT: Final = "Local authority interactive tool (DfE)"
# In small letters, as they are recognised.
DICTIONARY_COLUMNS: Final = frozenset(
    {"measure", "measure_short", "polarity", "year_type", "topic"}
)
_NONE: Final = frozenset({"", "NA", "-"})

Row = dict[str, str]  # by heading in small letters


def read_dictionary(source: SourceFile) -> Reading:
    """Read the dictionary; a letter that is not UTF-8 is replaced, as the tool does."""
    text = decode_head(read_bytes(source))
    rows = _rows(text)
    named = [(line, row) for line, row in rows if row["measure_short"]]
    first: dict[str, tuple[int, Row]] = {}
    topics: dict[str, list[str]] = {}
    for line, row in named:
        key = row["measure_short"]
        first.setdefault(key, (line, row))
        if row["topic"] not in topics.setdefault(key, []):
            topics[key].append(row["topic"])
    table = pl.DataFrame(
        [
            {"line": line, **_measure(row, topics[key])}
            for key, (line, row) in first.items()
        ],
        schema={"line": pl.Int32(), **TABLES["published_measures"].columns},
    )
    if table.is_empty():
        raise RefusedFile("The dictionary names no measure.", AGAIN)
    return Reading(
        "lait",
        None,
        None,
        {"published_measures": table},
        len(rows),
        len(rows) - len(named),
        problems=tuple(_tell(rows, len(named), source.name)),
    )


def _rows(text: str) -> list[tuple[int, Row]]:
    """Split the text: each row with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, Row]] = []
    headings: list[str] = []
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not headings:
                headings = [cell.strip(" \t\u00a0\ufeff").lower() for cell in cells]
                if not set(headings) >= DICTIONARY_COLUMNS:
                    _refuse("The headings are not parted as the rows below are.", 1)
            elif any(cells):
                if len(cells) != len(headings):
                    _refuse("This row has more or fewer cells than headings.", line)
                trimmed = (cell.strip() for cell in cells)
                rows.append((line, dict(zip(headings, trimmed, strict=True))))
    except csv.Error:
        _refuse("A quotation mark is out of place or never closed.", begins)
    return rows


def _refuse(message: str, line: int) -> None:
    raise RefusedFile(message, AGAIN, line=line, rule="ragged")


def _measure(row: Row, topics: list[str]) -> dict[str, object]:
    places = row.get("dps", "")
    polarity = row["polarity"]
    return {
        "measure": row["measure_short"],
        "title": row["measure"],
        "topic": " / ".join(topics),
        "unit": row.get("y_axis_name", ""),
        "polarity": polarity if polarity in {"High", "Low"} else None,
        "decimal_places": int(places) if re.fullmatch(r"\d", places) else 1,
        "bandable": row.get("no_quartile", "") != "N",
        "year_type": row["year_type"] or None,
        "publication": LAIT,
        "description": row.get("description", ""),
    }


def _tell(rows: list[tuple[int, Row]], named: int, file: str) -> list[Problem]:
    problems = []
    if named < len(rows):
        line = next(line for line, row in rows if not row["measure_short"])
        message = f"{len(rows) - named} rows name no measure and were not taken."
        problems.append(Problem(file, line, "Measure_short", "key", message, AGAIN))
    torn = _disagreeing(rows)
    if torn:
        message = (
            f"{len(torn)} measures stand twice with another polarity, other decimals or "
            f"another banding ({', '.join(torn[:5])}); the first row of each counts."
        )
        problems.append(Problem(file, 0, "Measure_short", "conflict", message, AGAIN))
    odd = [
        (line, row["polarity"])
        for line, row in rows
        if row["polarity"] not in _NONE | {"High", "Low"}
    ]
    if odd:
        message = f"{len(odd)} rows have a polarity other than High, Low or none."
        problems.append(
            Problem(
                file, odd[0][0], "Polarity", "value", message, "They are not ranked."
            )
        )
    return problems


def _disagreeing(rows: list[tuple[int, Row]]) -> list[str]:
    """List the measures whose rows say different things that change a comparison."""
    told: dict[str, set[tuple[str, ...]]] = {}
    for _, row in rows:
        says = tuple(row.get(name, "") for name in ("polarity", "dps", "no_quartile"))
        told.setdefault(row["measure_short"], set()).add(says)
    return sorted(key for key, says in told.items() if key and len(says) > 1)
