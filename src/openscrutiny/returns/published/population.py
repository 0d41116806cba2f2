"""Mid-year population estimates (Office for National Statistics) in DfE's layout.

`time_period` is the year of the estimate: 2024 is 30 June 2024.
"""

from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.returns.published.areas import check_names, drop_repeats
from openscrutiny.returns.published.ees_columns import find_columns, write_filters
from openscrutiny.returns.published.ees_tables import find_places, is_table
from openscrutiny.returns.published.problems import tell_lines
from openscrutiny.returns.published.text import (
    AGAIN,
    first_headings,
    read_head,
    read_text_table,
)
from openscrutiny.returns.published.values import number_expression
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile

_COLUMNS: Final = frozenset({"age_group", "population_estimate"})
_KEY: Final = ("area_code", "year", "age_group")


class PopulationReader(FileReader):
    """Read one table of estimates."""

    return_name = "population"

    def recognise(self, source: SourceFile) -> str | None:
        head = read_head(source)
        return "" if is_table(head) and set(first_headings(head)) >= _COLUMNS else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        return _read(source)


def _read(source: SourceFile) -> Reading:
    table = read_text_table(source)
    places = find_places(table, source.name)
    headings = {name.lower(): name for name in table.frame.columns}
    cells = table.frame.filter(places.taken).select(
        pl.col(headings["age_group"]).str.strip_chars().alias("age_group"),
        pl.col(headings["population_estimate"]).alias("raw"),
    )
    rows = places.rows.hstack(cells).with_columns(
        population_estimate=_people("raw"), age_group=_ages("age_group")
    )
    totals = _is_total(table.frame.filter(places.taken), headings, rows, source.name)
    parts = tell_lines(
        rows.filter(~totals),
        source.name,
        "",
        "part",
        "Not taken, being of a part of the children of an age group",
        "Nothing, if the table has lines of all of them too.",
    )
    good, unusable = _without_unusable(rows.filter(totals), source.name)
    kept, repeated = drop_repeats(
        good.select("line", *_KEY, "population_estimate", "raw"), _KEY, source.name
    )
    return Reading(
        "population",
        None,
        None,
        {"population": kept},
        table.frame.height,
        table.frame.height - kept.height,
        problems=(
            *table.problems,
            *places.problems,
            *parts,
            *unusable,
            *repeated,
            *check_names(good, source.name, "la_name"),
        ),
    )


def _is_total(
    frame: pl.DataFrame, headings: dict[str, str], rows: pl.DataFrame, file: str
) -> pl.Series:
    """Tell the lines of everybody from those of girls, or of another part."""
    rest = frame.drop(headings["age_group"])
    places = rows.with_columns(time_identifier="age_group")  # a line is of an age too
    filters = write_filters(rest, find_columns(rest, None, places, file))
    return filters == ""


def _ages(column: str) -> pl.Expr:
    """Write "Children aged 0 to 17 years" and "0-17" as "0 to 17"; else as printed."""
    ages = pl.col(column).str.extract_groups(r"(\d+)\s*(?:to|-|–)\s*(\d+)").struct
    return pl.coalesce(
        pl.concat_str(ages.field("1"), pl.lit(" to "), ages.field("2")), pl.col(column)
    )


def _people(column: str) -> pl.Expr:
    """Read a number of people; null where the cell holds a symbol."""
    return number_expression(column).round().cast(pl.Int32, strict=False)


def _without_unusable(
    rows: pl.DataFrame, file: str
) -> tuple[pl.DataFrame, list[Problem]]:
    """Leave out lines that are no estimate of a mid-year, and say how many and why."""
    number = number_expression("raw")
    # A symbol (x) is no estimate and is kept as such; -5 is no number of people.
    impossible = number.is_not_null() & (
        pl.col("population_estimate").is_null() | (number < 0)
    )
    problems: list[Problem] = []
    for field, wrong, why in (
        (
            "time_period",
            ~pl.col("year_label").str.contains(r"^[12]\d{3}$"),
            "they name no single year, whose 30 June an estimate is for",
        ),
        ("age_group", pl.col("age_group") == "", "they name no age group"),
        ("population_estimate", impossible, "no population can have such a number"),
    ):
        message = f"Not taken, because {why}"
        problems += tell_lines(rows.filter(wrong), file, field, "key", message, AGAIN)
        rows = rows.filter(~wrong)
    return rows, problems
