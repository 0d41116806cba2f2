"""Published values that are kept and yet doubtful: each kind told as one problem.

A word that is no known symbol, two labels of one year, figures of authorities that had
ended, and a year of fractions beside years of percentages. The rules of what is done with each stand in docs/reference/interface.md.
"""

from typing import Final

import polars as pl

from openscrutiny.errors import Problem
from openscrutiny.geography import ENDED_AUTHORITIES, describe_ended, ended_in
from openscrutiny.returns.published.problems import UNLESS_CORRECTED, tell_lines
from openscrutiny.returns.published.values import NO_FIGURE

_SHOWN: Final = 5
_HUNDREDTH: Final = (50.0, 200.0)  # how far a year's middle may lie below the others'


def tell_doubtful(
    rows: pl.DataFrame, file: str, *, place: str, year: str
) -> list[Problem]:
    """Say what is doubtful in the rows of a published table, as the record takes them.

    `place` and `year` are the file's own headings of its areas and years.
    """
    return [
        *_tell_words(rows, file),
        *_tell_labels(rows, file, year),
        *_tell_ended(rows, file, place),
        *_tell_scales(rows, file),
    ]


def _some(names: pl.Series) -> str:
    found = sorted(names.drop_nulls().unique())
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(f"“{name}”" for name in found[:_SHOWN]) + more


def _tell_words(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Find what is neither a number nor a known sign for a missing one."""
    words = rows.select(pl.col("symbol").unique()).filter(
        ~pl.col("symbol").str.to_lowercase().is_in(sorted(NO_FIGURE))
    )
    if words.is_empty():
        return []
    odd = rows.filter(pl.col("symbol").is_in(words["symbol"].implode()))
    return tell_lines(
        odd,
        file,
        "",
        "value",
        "Kept as missing, being neither a number nor a sign that is known "
        f"({_some(odd['symbol'].str.slice(0, 30))})",
        "Compare the cell with the publication, and tell its publisher.",
    )


def _tell_labels(rows: pl.DataFrame, file: str, field: str) -> list[Problem]:
    """Find measures of which one area has one year under two labels."""
    labels = rows.select("measure", "filters", "year", "year_label").unique()
    of_year = ["measure", "filters", "year"]
    twice = labels.filter(
        pl.col("year").is_not_null() & (pl.len() > 1).over(of_year)
    ).select(of_year)
    if twice.is_empty():
        return []
    # A five-month and a full year may begin alike and be no rivals: one area holds both.
    both = (
        rows.join(twice.unique(), on=of_year, how="semi")
        .filter(pl.col("year_label").n_unique().over([*of_year, "area_code"]) > 1)
        .select("line", "measure", "year_label")
    )
    return tell_lines(
        both,
        file,
        field,
        "year",
        f"Kept, though one year stands under two labels ({_some(both['year_label'])}, "
        f"in {_some(both['measure'])}); the label that is last as text is compared, and "
        "no change is told between two labels of one year",
        UNLESS_CORRECTED,
    )


def _tell_ended(rows: pl.DataFrame, file: str, field: str) -> list[Problem]:
    """Find figures of years that begin after their authority had ended."""
    ended = {code: year for code in ENDED_AUTHORITIES if (year := ended_in(code))}
    late = rows.filter(
        pl.col("area_code").is_in(sorted(ended)) & pl.col("value").is_not_null()
    ).filter(
        pl.col("year")
        > pl.col("area_code").replace_strict(ended, default=None, return_dtype=pl.Int32)
    )
    names = ", ".join(describe_ended(code) for code in sorted(set(late["area_code"])))
    return tell_lines(
        late,
        file,
        field,
        "ended",
        f"Kept, and never ranked or compared, being of authorities that had ended "
        f"({names})",
        UNLESS_CORRECTED,
    )


def _tell_scales(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Find years in which a measure is a hundredth of its others, and none is above 1."""
    series = [
        name
        for name in ("measure", "filters", "time_identifier")
        if name in rows.columns  # the tool's extract has no identifier
    ]
    years = (
        rows.filter(pl.col("value").is_not_null() & pl.col("year_label").is_not_null())
        .group_by(*series, "year_label")
        .agg(
            middle=pl.col("value").median(),
            most=pl.col("value").max(),
            has_parts=(pl.col("value") % 1 != 0).any(),
        )
    )
    small = (pl.col("most") <= 1) & pl.col("has_parts") & (pl.col("middle") > 0)
    others = pl.col("middle").filter(~small).median().over(series)
    odd = years.filter(small & (others / pl.col("middle")).is_between(*_HUNDREDTH))
    if odd.is_empty():
        return []
    lines = rows.join(odd, on=[*series, "year_label"], how="semi", nulls_equal=True)
    return tell_lines(
        lines,
        file,
        "",
        "scale",
        "Kept as printed, though all values of a year are about a hundredth of the other "
        f"years’, as fractions beside percentages are ({_some(odd['year_label'])}, in "
        f"{_some(odd['measure'])})",
        UNLESS_CORRECTED,
    )
