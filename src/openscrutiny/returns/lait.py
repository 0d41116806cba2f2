"""The local authority interactive tool (DfE): long extract, dictionary, area list.

Layout: the tool's public repository. The extract holds every measure, area and year as
text; the dictionary says what each measure means.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import LAIT_AREAS, REGION_CODES
from openscrutiny.returns.published_values import (
    number_expression,
    symbol_expression,
    year_expression,
)
from openscrutiny.returns.reading import LoadRequest, Reading, SourceFile
from openscrutiny.returns.tabular import is_workbook, list_sheet_headings, read_workbook

__all__ = ["LAIT", "LaitReader"]

LAIT: Final = "Local authority interactive tool (DfE)"
_LONG = {"Short Desc", "Years", "LA and Regions", "Values", "LA Number", "Region"}
_DICTIONARY = {"Measure", "Measure_short", "Polarity", "Year_Type", "Topic"}
_AREAS = {"LA Number", "LA Name", "Region", "Type"}
_AGAIN = "Download the file again and load it unchanged."


class LaitReader:
    """Read the three files of the tool."""

    return_name = "lait"

    def recognise(self, source: SourceFile) -> str | None:
        head = source.head(4096)
        if head[:4] == b"PAR1":
            return "extract" if _parquet_columns(source) >= _LONG else None
        if is_workbook(source):
            try:
                found = list_sheet_headings(source)
            except RefusedFile:
                return None
            holds = any(_holds(rows, _AREAS) for rows in found.values())
            return "areas" if holds else None
        first = head.split(b"\n", 1)[0].decode("utf-8", errors="replace")
        names = {name.strip(' "\r\ufeff') for name in first.split(",")}
        return "dictionary" if names >= _DICTIONARY else None

    def read(
        self, sources: Sequence[tuple[str, SourceFile]], request: LoadRequest
    ) -> Iterable[tuple[SourceFile, Reading | RefusedFile]]:
        readers = {
            "extract": _read_extract,
            "dictionary": _read_dictionary,
            "areas": _read_areas,
        }
        for part, source in sources:
            try:
                yield source, readers[part](source)
            except RefusedFile as refused:
                yield source, refused


def _holds(rows: Any, wanted: set[str]) -> bool:
    return any(wanted <= {str(cell) for cell in row if cell} for row in rows)


def _parquet_columns(source: SourceFile) -> set[str]:
    try:
        with source.open() as file:
            return set(pl.read_parquet_schema(file))
    except (pl.exceptions.PolarsError, OSError):
        return set()


def _reading(
    tables: dict[str, pl.DataFrame], rows: int, rejected: int, problems: list[Problem]
) -> Reading:
    return Reading("lait", None, None, tables, rows, rejected, problems=tuple(problems))


def _read_extract(source: SourceFile) -> Reading:
    try:
        with source.open() as file:
            raw = pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError):
        raise RefusedFile("This Parquet file is broken or cut short.", _AGAIN) from None
    raw = raw.with_row_index("line", 1).select(
        pl.col("line").cast(pl.Int32),
        pl.col("Short Desc").str.strip_chars().alias("measure"),
        pl.col("Years").str.strip_chars().alias("year_label"),
        pl.col("LA and Regions").str.strip_chars().alias("area_name"),
        pl.col("Values").alias("raw"),
        pl.col("LA Number").cast(pl.Int64, strict=False).cast(pl.String).alias("number"),
        pl.col("Region").str.to_lowercase().alias("region"),
    )
    problems: list[Problem] = []
    named = raw.filter(
        pl.col("measure").is_not_null()
        & pl.col("number").is_not_null()
        & pl.col("year_label").is_not_null()
    )
    if named.height < raw.height:
        problems.append(
            Problem(
                source.name,
                0,
                "Short Desc",
                "key",
                f"{raw.height - named.height:,} lines lack a measure, year or area.",
                _AGAIN,
            )
        )
    strange = named.filter(year_expression("year_label").is_null())
    if strange.height:
        problems.append(
            Problem(
                source.name,
                int(strange["line"][0]),
                "Years",
                "year",
                f"{strange.height:,} lines have a label that names no year; they are "
                "kept and compare with no year.",
                "Nothing, unless the publisher corrects it.",
            )
        )
    return _reading(
        {"published": _shape(named)}, raw.height, raw.height - named.height, problems
    )


def _shape(rows: pl.DataFrame) -> pl.DataFrame:
    # Distinct texts are few; reading each once is four times as fast as each line.
    texts = rows.select("raw").unique().with_columns(
        value=number_expression("raw"), symbol=symbol_expression("raw")
    )
    rows = rows.join(texts, on="raw", how="left", maintain_order="left")
    code = pl.col("number").replace(LAIT_AREAS)
    return rows.select(
        "line",
        "measure",
        pl.lit("").alias("filters"),
        code.alias("area_code"),
        "area_name",
        pl.when(pl.col("number") == "970")
        .then(pl.lit("national"))
        .when(pl.col("number").is_in(list(LAIT_AREAS)))
        .then(pl.lit("regional"))
        .otherwise(pl.lit("authority"))
        .alias("area_level"),
        pl.col("region")
        .replace_strict(REGION_CODES, default=None, return_dtype=pl.String)
        .alias("region_code"),
        "year_label",
        year_expression("year_label").alias("year"),
        pl.lit("").alias("time_identifier"),
        "value",
        "raw",
        "symbol",
    )


def _read_dictionary(source: SourceFile) -> Reading:
    with source.open() as file:
        text = file.read().decode("utf-8", errors="replace")
    try:
        raw = pl.read_csv(
            text.encode("utf-8"), infer_schema=False, truncate_ragged_lines=False
        )
    except pl.exceptions.PolarsError:
        raise RefusedFile("The dictionary's lines do not fit its heading.", _AGAIN) from None
    raw = raw.with_row_index("line", 2).with_columns(
        pl.col("line").cast(pl.Int32), pl.col("Measure_short").str.strip_chars()
    )
    kept = raw.filter(pl.col("Measure_short").fill_null("") != "")
    missing = ("", "NA", "-")
    first = kept.group_by("Measure_short", maintain_order=True).agg(
        pl.all().exclude("Topic").first(), pl.col("Topic").unique(maintain_order=True)
    )
    table = first.select(
        "line",
        pl.col("Measure_short").alias("measure"),
        pl.col("Measure").alias("title"),
        pl.col("Topic").list.join(" / ").alias("topic"),
        pl.col("y_axis_name").alias("unit"),
        pl.when(pl.col("Polarity").is_in(["High", "Low"]))
        .then(pl.col("Polarity"))
        .alias("polarity"),
        pl.when(pl.col("dps").fill_null("").is_in(missing))
        .then(pl.lit("1"))
        .otherwise(pl.col("dps"))
        .cast(pl.Int32, strict=False)
        .alias("decimal_places"),
        (pl.col("No_Quartile").fill_null("") != "N").alias("bandable"),
        pl.col("Year_Type").alias("year_type"),
        pl.lit(LAIT).alias("publication"),
        pl.col("Description").alias("description"),
    )
    problems = []
    if table.height < kept.height:
        problems.append(
            Problem(
                source.name,
                0,
                "Measure_short",
                "duplicate",
                f"{kept.height - table.height} measures stand under a second topic; "
                "their topics are joined.",
                "Nothing.",
            )
        )
    return _reading(
        {"published_measures": table}, raw.height, raw.height - kept.height, problems
    )


def _read_areas(source: SourceFile) -> Reading:
    tables, _ = read_workbook(source, lambda cells: _AREAS <= set(cells))
    raw = tables[0].frame
    kept = raw.filter(pl.col("LA Number").is_not_null())
    number = pl.col("LA Number").str.replace(r"\.0$", "")
    table = kept.select(
        "line",
        number.replace(LAIT_AREAS).alias("area_code"),
        pl.col("LA Name").alias("area_name"),
        pl.when(number == "970")
        .then(pl.lit("national"))
        .when(number.is_in(list(LAIT_AREAS)))
        .then(pl.lit("regional"))
        .otherwise(pl.lit("authority"))
        .alias("area_level"),
        pl.col("Region")
        .str.to_lowercase()
        .replace_strict(REGION_CODES, default=None, return_dtype=pl.String)
        .alias("region_code"),
    ).filter(pl.col("area_code").str.len_chars() != 4)  # 1000: a discontinued England
    return _reading({"areas": table}, raw.height, raw.height - table.height, [])
