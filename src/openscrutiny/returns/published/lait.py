"""The local authority interactive tool (DfE): long extract, dictionary, area list.

Layout: the tool's public repository. The extract, in Parquet or CSV, holds every
measure, area and year as text; the dictionary says what each measure means (`lait_dictionary`).
"""

import io
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import polars as pl

from openscrutiny.errors import Problem, RefusedFile
from openscrutiny.geography import LAIT_AREAS, REGION_CODES
from openscrutiny.returns.published.areas import (
    check_names,
    drop_repeats,
    with_own_names,
)
from openscrutiny.returns.published.doubtful import tell_doubtful
from openscrutiny.returns.published.lait_dictionary import (
    DICTIONARY_COLUMNS,
    read_dictionary,
)
from openscrutiny.returns.published.problems import UNLESS_CORRECTED, tell_lines
from openscrutiny.returns.published.text import (
    AGAIN,
    cells_of,
    first_headings,
    guarded,
    read_bytes,
    read_head,
    read_text_table,
)
from openscrutiny.returns.published.values import add_values, year_expression
from openscrutiny.returns.reading import FileReader, LoadRequest, Reading, SourceFile
from openscrutiny.returns.workbooks import (
    is_workbook,
    list_sheet_headings,
    read_workbook,
)

T = TypeVar("T")

_PARQUET: Final = b"PAR1"
_ZIP: Final = b"PK\x03\x04"
_LONG: Final = (
    "Short Desc",
    "Years",
    "LA and Regions",
    "Values",
    "LA Number",
    "Region",
)
_AREAS: Final = frozenset({"LA Number", "LA Name", "Region", "Type"})
_NO_REGION: Final = ("", "na", "-")
_NAME_FIX: Final = (
    "A line with the name of another authority was not taken. Compare it with the "
    "publication, and tell its publisher."
)
_BROKEN: Final = "This Parquet file is broken or cut short."


class LaitReader(FileReader):
    """Read the three files of the tool."""

    return_name = "lait"

    def recognise(self, source: SourceFile) -> str | None:
        head = read_head(source, 8192)
        if head.startswith(_PARQUET):
            # A broken one is claimed too, so that it is refused with its reason.
            columns = _parquet_columns(source)
            return "extract" if columns is None or columns >= set(_LONG) else None
        if head.startswith(_ZIP):
            return "areas" if _lists_areas(source) else None
        names = set(first_headings(head))
        if names >= {name.lower() for name in _LONG}:
            return "extract"
        return "dictionary" if names >= DICTIONARY_COLUMNS else None

    def read_file(self, part: str, source: SourceFile, request: LoadRequest) -> Reading:
        readers = {
            "extract": _read_extract,
            "dictionary": read_dictionary,
            "areas": _read_areas,
        }
        return readers[part](source)


def _lists_areas(source: SourceFile) -> bool:
    try:
        if not guarded(lambda: is_workbook(source)):
            return False
        sheets = guarded(lambda: list_sheet_headings(source)).values()
    except RefusedFile:
        return False
    return any(set(row) >= _AREAS for rows in sheets for row in rows)


def _parquet_columns(source: SourceFile) -> set[str] | None:
    try:
        data = read_bytes(source)
        return set(_parquet(lambda: pl.read_parquet_schema(io.BytesIO(data))))
    except RefusedFile:
        return None


def _parquet(action: Callable[[], T]) -> T:
    """Run the Parquet library; whatever it dies of, the file is refused.

    A hostile file can make the Rust library panic, and a panic reaches Python as a
    BaseException that has no importable name.
    """
    try:
        return action()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        raise RefusedFile(_BROKEN, AGAIN) from None


def _read_extract(source: SourceFile) -> Reading:
    raw, problems = _parse_extract(source)
    rows = _with_places(raw)
    has_key = pl.all_horizontal(
        pl.col("measure", "year_label", "area_code").fill_null("") != ""
    )
    kept = rows.filter(has_key)
    problems += _tell_unkeyed(rows.filter(~has_key), source.name)
    if _repeats(kept):
        kept, more = drop_repeats(
            kept, ("measure", "area_code", "year_label"), source.name
        )
        problems += more
    if kept.is_empty():
        raise RefusedFile("The extract holds no value of any area.", AGAIN)
    problems += _tell_strange(kept, source.name)
    problems += check_names(kept, source.name, "LA and Regions")
    table = add_values(kept.with_columns(pl.lit("").alias("filters")))
    problems += tell_doubtful(table, source.name, place="LA and Regions", year="Years")
    table = table.select(
        "line",
        "measure",
        "filters",
        "area_code",
        "area_name",
        "area_level",
        "region_code",
        "year_label",
        "year",
        pl.lit("").alias("time_identifier"),
        "value",
        "raw",
        "symbol",
        pl.lit(None, pl.String).alias("shared_with"),
    )
    return _reading({"published": table}, raw.height, kept.height, problems)


def _parse_extract(source: SourceFile) -> tuple[pl.DataFrame, list[Problem]]:
    """Read the columns that are used, as text, from Parquet or CSV.

    The number of a Parquet file stays what it was.
    """
    if not read_head(source, 4).startswith(_PARQUET):
        table = read_text_table(source)
        by_name = {name.lower(): name for name in table.frame.columns}
        frame = table.frame.select(
            cells_of(table.frame, by_name[name.lower()]).alias(name) for name in _LONG
        )
        return _used_columns(frame, table.lines), list(table.problems)
    data = read_bytes(source)

    def parse() -> pl.DataFrame:
        frame = pl.read_parquet(io.BytesIO(data), columns=list(_LONG))
        lines = pl.int_range(1, frame.height + 1, dtype=pl.Int32, eager=True)
        return _used_columns(frame, lines)

    schema = _parquet(lambda: pl.read_parquet_schema(io.BytesIO(data)))
    for name in _LONG:
        if name in schema and not _is_plain(schema[name]):
            raise RefusedFile(
                f"The column {name} holds lists or bytes, where a number or a word is "
                "due.",
                AGAIN,
                field=name,
                rule="column",
            )
    return _parquet(parse), []


def _is_plain(kind: pl.DataType) -> bool:
    return not kind.is_nested() and kind not in (pl.Binary, pl.Object)


def _used_columns(frame: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
    return frame.select(
        _trimmed("Short Desc").alias("measure"),
        _trimmed("Years").alias("year_label"),
        _trimmed("LA and Regions").alias("area_name"),
        pl.col("Values").cast(pl.String).alias("raw"),
        pl.col("LA Number").alias("number"),
        pl.col("Region").cast(pl.String).alias("region"),
    ).insert_column(0, lines.alias("line"))


def _trimmed(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).str.strip_chars()


def _with_places(raw: pl.DataFrame) -> pl.DataFrame:
    """Add area_code, area_level, region_code and year to the extract's rows.

    Each is worked out once for each distinct number, region and label.
    """
    codes = raw.select(pl.col("number").unique()).with_columns(_area_code("number"))
    codes = codes.with_columns(_area_level())
    regions = raw.select(pl.col("region").unique()).with_columns(_region_code("region"))
    years = raw.select(pl.col("year_label").unique()).with_columns(
        year=year_expression("year_label")
    )
    rows = raw
    for part, on in ((codes, "number"), (regions, "region"), (years, "year_label")):
        rows = rows.join(
            part, on=on, how="left", nulls_equal=True, maintain_order="left"
        )
    return rows.drop("number")


def _area_code(column: str) -> pl.Expr:
    """Give an authority's three digits, or the code of the region that a number means.

    Numbers from 970 are the tool's own; one that is not listed means no area.
    """
    text = pl.col(column).cast(pl.String).str.strip_chars().str.replace(r"\.0+$", "")
    code = text.replace_strict(LAIT_AREAS, default=text, return_dtype=pl.String)
    known = code.str.starts_with("E") | (
        code.str.contains(r"^\d{3}$") & (code < pl.lit("970"))
    )
    return pl.when(known).then(code).alias("area_code")


def _area_level() -> pl.Expr:
    code = pl.col("area_code")
    return (
        pl.when(code == LAIT_AREAS["970"])
        .then(pl.lit("national"))
        .when(code.str.starts_with("E"))
        .then(pl.lit("regional"))
        .when(code.is_not_null())
        .then(pl.lit("authority"))
        .alias("area_level")
    )


def _region_code(column: str) -> pl.Expr:
    name = pl.col(column).str.strip_chars().str.to_lowercase()
    return name.replace_strict(
        REGION_CODES, default=None, return_dtype=pl.String
    ).alias("region_code")


def _repeats(rows: pl.DataFrame) -> bool:
    """Tell quickly whether any measure, area and year stands twice."""
    hashes = rows.select(
        pl.struct("measure", "area_code", "year_label").hash(seed=1)
    ).to_series()
    return bool(hashes.n_unique() < rows.height)


def _tell_unkeyed(short: pl.DataFrame, file: str) -> list[Problem]:
    return tell_lines(
        short,
        file,
        "Short Desc, Years, LA Number",
        "key",
        "Not taken, because they lack a measure, a year or an area that is known",
        AGAIN,
    )


def _tell_strange(rows: pl.DataFrame, file: str) -> list[Problem]:
    yearless = rows.filter(pl.col("year").is_null())
    region = pl.col("region").fill_null("").str.strip_chars().str.to_lowercase()
    unknown = rows.filter(pl.col("region_code").is_null() & ~region.is_in(_NO_REGION))
    return [
        *tell_lines(
            yearless,
            file,
            "Years",
            "year",
            "Kept, and compared only where the measure has no other label, because "
            f"theirs is no year ({_some(yearless['year_label'])})",
            UNLESS_CORRECTED,
        ),
        *tell_lines(
            unknown,
            file,
            "Region",
            "area",
            f"Kept, but their region is not known ({_some(unknown['region'])})",
            UNLESS_CORRECTED,
        ),
    ]


def _some(names: pl.Series) -> str:
    return ", ".join(sorted(names.drop_nulls().unique())[:5])


def _read_areas(source: SourceFile) -> Reading:
    tables, _ = guarded(
        lambda: read_workbook(source, lambda cells: set(cells) >= _AREAS)
    )
    if not tables:
        raise RefusedFile("No sheet of the workbook lists areas.", AGAIN)
    raw = tables[0].frame
    rows = raw.with_columns(_area_code("LA Number")).with_columns(
        _area_level(), _region_code("Region")
    )
    kept = rows.filter(pl.col("area_code").is_not_null()).select(
        "line",
        "area_code",
        pl.col("LA Name").alias("area_name"),
        "area_level",
        "region_code",
    )
    others = rows.filter(pl.col("area_code").is_null())
    kept, repeated = drop_repeats(kept, ("area_code",), source.name)
    misnamed = check_names(kept, source.name, "LA Name", _NAME_FIX)
    kept = with_own_names(kept)
    problems = [
        *tables[0].problems,
        *tell_lines(
            others,
            source.name,
            "LA Number",
            "key",
            f"Not taken, being no area that is known ({_some(others['LA Name'])})",
            UNLESS_CORRECTED,
        ),
        *repeated,
        *misnamed,
    ]
    return _reading({"areas": kept}, raw.height, kept.height, problems)


def _reading(
    tables: dict[str, pl.DataFrame], read: int, kept: int, problems: Sequence[Problem]
) -> Reading:
    return Reading(
        "lait", None, None, tables, read, read - kept, problems=tuple(problems)
    )
