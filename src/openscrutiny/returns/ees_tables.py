"""A table in the layout of explore education statistics: text, lines and areas."""

from typing import Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import ENGLAND
from openscrutiny.returns.reading import SourceFile

__all__ = ["GEOGRAPHY_COLUMNS", "TIME_COLUMNS", "area_columns", "read_table"]

TIME_COLUMNS: Final = frozenset({"time_period", "time_identifier"})
GEOGRAPHY_COLUMNS: Final = frozenset(
    {
        "geographic_level",
        "country_code",
        "country_name",
        "region_code",
        "region_name",
        "new_la_code",
        "old_la_code",
        "la_name",
    }
)
_LEVELS = {
    "national": "national",
    "regional": "regional",
    "local authority": "authority",
}
_AGAIN = "Download the table again and load it unchanged."


def read_table(source: SourceFile) -> tuple[pl.DataFrame, list[Problem]]:
    """Read a table as text with `line`; a second heading of one name ends in ".2".

    Raises RefusedFile for a file that is empty, cut short or no table.
    """
    with source.open() as file:
        data = file.read()
    problems: list[Problem] = []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.decode("cp1252", errors="replace").encode("utf-8")
        problems.append(
            Problem(
                source.name,
                0,
                "",
                "encoding",
                "The file is not UTF-8; it was read as Windows-1252.",
                "Save it as UTF-8.",
            )
        )
    try:
        frame = pl.read_csv(data, infer_schema=False, truncate_ragged_lines=False)
    except pl.exceptions.NoDataError:
        raise RefusedFile("The file is empty.", _AGAIN) from None
    except pl.exceptions.PolarsError:
        raise RefusedFile(
            "Some lines have more or fewer cells than the heading.", _AGAIN
        ) from None
    if frame.height == 0:
        raise RefusedFile("The table has a heading and no lines.", _AGAIN)
    renamed = {}
    for name in frame.columns:
        base, mark, number = name.rpartition("_duplicated_")
        if mark:
            renamed[name] = f"{base}.{int(number) + 2}"
            problems.append(
                Problem(
                    source.name,
                    1,
                    base,
                    "heading",
                    "This heading stands twice; the second is kept apart.",
                    "Nothing, unless the publisher corrects it.",
                )
            )
    frame = frame.rename({n: renamed.get(n, n).strip() for n in frame.columns})
    return frame.with_row_index("line", 2).with_columns(
        pl.col("line").cast(pl.Int32)
    ), problems


def area_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Add area_code, area_name, area_level and region_code; null at other levels."""
    for name in GEOGRAPHY_COLUMNS - set(frame.columns):
        frame = frame.with_columns(pl.lit(None, pl.String).alias(name))
    level = (
        pl.col("geographic_level")
        .str.strip_chars()
        .str.to_lowercase()
        .replace_strict(_LEVELS, default=None, return_dtype=pl.String)
    )
    old = pl.col("old_la_code").str.strip_chars().str.replace(r"\.0$", "")

    def by_level(national: pl.Expr, regional: pl.Expr, authority: pl.Expr) -> pl.Expr:
        return (
            pl.when(pl.col("area_level") == "national")
            .then(national)
            .when(pl.col("area_level") == "regional")
            .then(regional)
            .when(pl.col("area_level") == "authority")
            .then(authority)
        )

    return frame.with_columns(area_level=level).with_columns(
        area_code=by_level(
            pl.coalesce(pl.col("country_code"), pl.lit(ENGLAND)),
            pl.col("region_code"),
            pl.when(old.str.contains(r"^\d{3}$")).then(old),
        ),
        area_name=by_level(
            pl.col("country_name"), pl.col("region_name"), pl.col("la_name")
        ),
    )
