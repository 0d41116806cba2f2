"""Areas as publications print them: each code checked against its name.

A table once printed two authorities' numbers exchanged, so a code alone is not enough.
What disagrees is reported and never mended here. Repeated rows are found here too.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.geography import AUTHORITY_NAMES, ENGLAND, REGION_NAMES
from openscrutiny.returns.published.problems import tell_lines

__all__ = ["check_names", "drop_repeats", "find_authority"]

Words = frozenset[str]

# Words that one publisher sets and another leaves out: "Bristol, City of", "Bedford
# Borough", "Dorset (Pre LG)".
_FILLERS: Final = frozenset(
    ("city", "of", "county", "borough", "council", "the", "pre", "lg")
)
_SHOWN: Final = 20  # so many names are told one by one
_FIX: Final = (
    "Compare the line with the publication, and tell its publisher; until it is "
    "mended, do not use this area's figures from this file."
)


def _words(name: str) -> Words:
    plain = name.casefold().replace("&", " and ")
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - _FILLERS


@cache
def _known() -> dict[str, Words]:
    names = {**AUTHORITY_NAMES, **REGION_NAMES, ENGLAND: "England"}
    return {code: _words(name) for code, name in names.items()}


@cache
def _by_words() -> dict[Words, str]:
    # 835 and 838 are both Dorset: the later number counts, which is today's.
    return {_words(name): code for code, name in sorted(AUTHORITY_NAMES.items())}


def find_authority(name: str) -> str | None:
    """Find the number of the authority that has this name, in any usual spelling."""
    return _by_words().get(_words(name))


def check_names(rows: pl.DataFrame, file: str, field: str) -> list[Problem]:
    """Say which codes bear a name that is not theirs: one problem a pair.

    `rows` has area_code, area_name and line. A code that is not known here (a place
    of another country, an invented one) is held to the name that most lines give it.
    """
    pairs = (
        rows.group_by("area_code", "area_name")
        .agg(pl.len().alias("rows"), pl.col("line").min())
        .sort("rows", "line", descending=[True, False])
    )
    usual: dict[str, Words] = {}
    found: list[Problem] = []
    for code, name, count, line in pairs.rows():
        if not name:
            continue
        usual.setdefault(code, _known().get(code, _words(name)))
        message = _disagreement(code, name, usual[code])
        if message:
            lines = "one line" if count == 1 else f"{count:,} lines"
            found.append(
                Problem(file, line, field, "area", f"{message} ({lines}).", _FIX)
            )
    found.sort(key=lambda problem: problem.line)
    if len(found) > _SHOWN:
        rest = f"{len(found) - _SHOWN:,} more codes bear names that are not theirs."
        found[_SHOWN:] = [Problem(file, 0, field, "area", rest, _FIX)]
    return found


def _disagreement(code: str, name: str, expected: Words) -> str:
    given = _words(name)
    if given == expected:
        return ""
    owners = [other for other, words in _known().items() if words == given]
    if owners:
        return f"Code {code} bears the name “{name}”, which is that of {owners[0]}"
    if given <= expected or given >= expected:
        return ""
    return f"Code {code} bears the name “{name}”, which is not known as a name of it"


def drop_repeats(
    rows: pl.DataFrame, key: Sequence[str], file: str
) -> tuple[pl.DataFrame, list[Problem]]:
    """Keep each fact once, and none of those given twice with different contents.

    Which of two different figures is right cannot be known, so neither is taken.
    `rows` has `line`; every other column that is no key is content.
    """
    if not rows.select(key).is_duplicated().any():
        return rows, []
    contents = [name for name in rows.columns if name != "line"]
    once = rows.unique(contents, keep="first", maintain_order=True)
    doubtful = once.filter(once.select(key).is_duplicated())
    kept = once.join(
        doubtful.select(key).unique(), on=list(key), how="anti", nulls_equal=True
    ).sort("line")
    later = rows.join(once.select("line"), on="line", how="anti")
    problems = [
        *tell_lines(
            later, file, "", "duplicate", "Taken once, though given again", "Nothing."
        ),
        *tell_lines(
            doubtful,
            file,
            "",
            "conflict",
            "Not taken, because they give the same place, period and filters as "
            "another with other figures",
            "Ask the publisher which lines are right. If a column of numbers is a "
            "filter, load the table with its .meta.csv beside it.",
        ),
    ]
    return kept, problems
