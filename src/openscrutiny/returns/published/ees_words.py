"""How a table's measures are called: their keys, titles, units and publication.

A measure's key is FILE:COLUMN: the file's name without its years and extension, and
the column as printed. Publishers change a heading's capitals between releases, so
whoever looks a key up across releases should not mind capitals.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from openscrutiny.record.tables import TABLES
from openscrutiny.returns.published.ees_columns import Columns
from openscrutiny.returns.published.ees_sidecars import TableWords

_YEAR: Final = r"(?:19|20)\d\d"
# 2013_to_2025, 2023-24, 202324, 2026-07-23, 2025 and march_2026; never part of a longer
# number or word.
_MONTH: Final = (
    r"(?:[_\- ](?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|ember|tember|ober)?(?=[_\- ]))"
)
_YEARS: Final = re.compile(
    rf"{_MONTH}?[_\- ]?(?<![0-9]){_YEAR}"
    rf"(?:-\d\d-\d\d|[_\- ]?to[_\- ]?{_YEAR}|[_\-]{_YEAR}|[_\-]?\d\d)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"(\.meta)?(\.(csv|tsv|txt))?(\.gz)?( ?\(\d+\))?$", re.IGNORECASE
)
# " (1)", " - Copy (2)", " copy 2", "Copy of ", "-1" after a year, "_v2", "-v1.1", "_final",
# "_revised", and ".meta" before one.
_COPY: Final = re.compile(
    r"^copy of |\s*\(\d+\)$|\s*[-_ ]\s*copy(?: \d+)?$|(?<=\d{4})-\d$|[-_ ]v\d+([._]\d+)*$"
    r"|[-_ ](?:final|revised|unrevised|provisional|updated)$|\.meta$",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"(^|_)(percent|percentage|pct?|pt)(_|$)", re.IGNORECASE)
_PER_CHILDREN: Final = re.compile(r"rate_per_(\d+)(k?)(_|$)", re.IGNORECASE)
_COUNT: Final = re.compile(r"(^|_)(count|number|headcount)(_|$)", re.IGNORECASE)


def file_stem(name: str) -> str:
    """Give a file's base name without .csv, .meta.csv or what packs it."""
    base = PurePosixPath(name.replace("!", "/").replace("\\", "/")).name
    return _ENDS.sub("", base)


def table_name(stem: str) -> str:
    """Give a name without what a browser, a folder or an editor adds to a copy.

    >>> table_name("csww_indicators_2017_to_2025 (1)"), table_name("absence.meta - Copy")
    ('csww_indicators_2017_to_2025', 'absence')
    """
    before = ""
    while stem != before:
        before, stem = stem, _COPY.sub("", stem).strip()
    return stem


def measure_file(stem: str) -> str:
    """Give a table's name without its years: the part before ":" of its measures.

    The demonstration's tables are named invented_NAME and hold NAME's measures. What
    marks a copy or a version of the file is no part of the name either.

    >>> measure_file("d3_cpps_subsequent_plan_2013_to_2025")
    'd3_cpps_subsequent_plan'
    >>> measure_file("csww_indicators_2017_to_2025_v2 - Copy (3)")
    'csww_indicators'
    >>> measure_file("csww_indicators_2017_to_2025-1"), measure_file("csww_indicators copy 2")
    ('csww_indicators', 'csww_indicators')
    >>> measure_file("UD_NEETNK_LA_dashboard_2023_final")
    'UD_NEETNK_LA_dashboard'
    >>> measure_file("ks4_provisional_2025"), measure_file("absence_March_2026_revised")
    ('ks4', 'absence')
    """
    named = table_name(stem).removeprefix("invented_")
    bare = table_name(_YEARS.sub("", named).strip("_- "))
    return bare.strip("_- ") or named


def list_measures(
    columns: Columns, stem: str, said: TableWords | None, times: Sequence[str]
) -> pl.DataFrame:
    """List the table's columns of figures in words: rows of `published_measures`.

    `times` are its time identifiers; where there is one it is the year type.
    """
    file = measure_file(stem)
    words = said or TableWords()
    year_type = times[0] if len(times) == 1 and times[0] else None
    rows = []
    for name in columns.figures:
        told = columns.words[name]
        rows.append(
            {
                "line": 1,
                "measure": f"{file}:{name}",
                "title": told.label or _sentence(name),
                "topic": words.title or told.grouping or _sentence(file),
                "unit": told.unit or _unit_of(name),
                "polarity": None,
                "decimal_places": told.places,
                "bandable": True,
                "year_type": year_type,
                "publication": _publication(words, file),
                "description": words.summary,
            }
        )
    schema = {"line": pl.Int32(), **TABLES["published_measures"].columns}
    return pl.DataFrame(rows, schema=schema)


def _publication(words: TableWords, file: str) -> str:
    if words.release:
        return f"{words.release} (DfE)"
    return f"Explore education statistics (DfE), {_sentence(file)}"


def _sentence(name: str) -> str:
    text = " ".join(re.split(r"[_\s]+", name.strip("_ ")))
    return text[:1].upper() + text[1:]


def _unit_of(name: str) -> str | None:
    """Guess the unit from a heading; null where it may mean several.

    "Rate" alone is a percentage in one publication and per 10,000 in another.
    """
    if _PERCENT.search(name):
        return "%"
    per = _PER_CHILDREN.search(name)
    if per:
        base = int(per.group(1)) * (1000 if per.group(2) else 1)
        return f"Rate per {base:,}"
    return "Number" if _COUNT.search(name) else None
