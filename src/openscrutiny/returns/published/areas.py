"""Areas as publications print them: each code checked against its name.

A table once printed two authorities' numbers exchanged, so a code alone is not enough.
What disagrees is reported and kept under its printed number, never mended here. Repeated rows are found here too.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.geography import find_name_owner, words_of_code, words_of_name
from openscrutiny.returns.published.problems import tell_lines

_SHOWN: Final = 20  # so many names are told one by one
_FIX: Final = (
    "The figures were kept under the number that is printed. Compare the line with the "
    "publication and tell its publisher; until it is mended, do not rely on this area's "
    "figures from this file."
)


def check_names(
    rows: pl.DataFrame, file: str, field: str, fix: str = _FIX
) -> list[Problem]:
    """Say which codes bear a name that is not theirs: one problem a pair.

    `rows` has area_code, area_name and line. A code that is not known here (a place
    of another country, an invented one) is held to the name that most lines give it.
    """
    pairs = (
        rows.group_by("area_code", "area_name")
        .agg(pl.len().alias("rows"), pl.col("line").min())
        .sort("rows", "line", descending=[True, False])
    )
    usual: dict[str, str] = {}
    found: list[Problem] = []
    for code, name, count, line in pairs.rows():
        if not name:
            continue
        usual.setdefault(code, name)
        message = _disagreement(code, name, usual[code])
        if message:
            lines = "one line" if count == 1 else f"{count:,} lines"
            found.append(
                Problem(file, line, field, "area", f"{message} ({lines}).", fix)
            )
    found.sort(key=lambda problem: problem.line)
    if len(found) > _SHOWN:
        rest = f"{len(found) - _SHOWN:,} more codes bear names that are not theirs."
        found[_SHOWN:] = [Problem(file, 0, field, "area", rest, fix)]
    return found


def _disagreement(code: str, name: str, usual: str) -> str:
    given = words_of_name(name)
    expected = words_of_code(code) or words_of_name(usual)
    if given == expected:
        return ""
    owner = find_name_owner(code, name)
    if owner:
        return f"Code {code} bears the name “{name}”, which is that of {owner}"
    if given <= expected or given >= expected:
        return ""
    return f"Code {code} bears the name “{name}”, which is not known as a name of it"


def with_own_names(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out rows whose `area_name` is that of another `area_code`.

    For lists of areas: a name that stands beside the wrong number must name nothing.
    """
    pairs = rows.select("area_code", "area_name").unique()
    wrong = [
        (code, name)
        for code, name in pairs.iter_rows()
        if find_name_owner(code, name or "")
    ]
    if not wrong:
        return rows
    keys = pl.DataFrame(wrong, schema=pairs.schema, orient="row")
    return rows.join(
        keys, on=["area_code", "area_name"], how="anti", maintain_order="left"
    )


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
