"""The local authority interactive tool's own files as the record's tables.

Read here without the product's reader, so that the comparison is tested by itself.
"""

import io
from pathlib import Path

import fastexcel
import polars as pl

from openscrutiny.record.tables import TABLES

REGIONS = {
    970: "E92000001",
    980: "E12000001",
    981: "E12000002",
    982: "E12000003",
    983: "E12000004",
    984: "E12000005",
    985: "E12000006",
    986: "E12000007",
    987: "E13000001",
    988: "E13000002",
    989: "E12000008",
    990: "E12000009",
}
REGION_OF_NAME = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "Inner London": "E13000001",
    "Outer London": "E13000002",
    "South East": "E12000008",
    "South West": "E12000009",
}


def read_published(folder: Path) -> pl.DataFrame:
    number = pl.col("LA Number").cast(pl.Int32)
    label = pl.col("Years")
    return pl.read_parquet(next(folder.glob("bds_long_*.parquet"))).select(
        measure=pl.col("Short Desc").str.strip_chars(),
        filters=pl.lit(""),
        area_code=pl.when(number >= 970)
        .then(number.replace_strict(REGIONS, default=None, return_dtype=pl.String))
        .otherwise(number.cast(pl.String)),
        area_name=pl.col("LA and Regions"),
        area_level=pl.when(number == 970)
        .then(pl.lit("national"))
        .when(number > 970)
        .then(pl.lit("regional"))
        .otherwise(pl.lit("authority")),
        region_code=pl.col("Region").replace_strict(
            REGION_OF_NAME, default=None, return_dtype=pl.String
        ),
        year_label=label,
        year=label.str.slice(0, 4).cast(pl.Int32, strict=False),
        time_identifier=pl.lit(""),
        value=pl.col("Values").cast(pl.Float64, strict=False),
        raw=pl.col("Values"),
        symbol=pl.when(pl.col("Values") == "-").then(pl.lit("-")),
        shared_with=pl.lit(None, pl.String),  # each council has a line of its own here
    )


def read_measures(folder: Path) -> pl.DataFrame:
    text = (folder / "lait_data_dictionary.csv").read_bytes().decode("utf-8", "replace")
    words = pl.read_csv(io.StringIO(text), infer_schema=False)
    said = words.select(
        measure=pl.col("Measure_short").str.strip_chars(),
        title=pl.col("Measure"),
        topic=pl.col("Topic"),
        polarity=pl.when(pl.col("Polarity").is_in(["High", "Low"])).then("Polarity"),
        bandable=pl.col("No_Quartile") != "N",
    ).unique("measure", keep="first", maintain_order=True)
    missing = {
        name: kind
        for name, kind in TABLES["published_measures"].columns.items()
        if name not in said.columns
    }
    return said.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in missing.items()
    )


def read_neighbours(folder: Path, model: str = "2025") -> pl.DataFrame:
    book = fastexcel.read_excel(folder / "sn_may_2025.xlsx")
    sheet = book.load_sheet(0, header_row=None).to_polars()
    rows = []
    for cells in sheet.iter_rows():
        if not str(cells[0] or "").removesuffix(".0").isdigit() or len(cells) < 25:
            continue
        codes = [str(cell).removesuffix(".0") for cell in cells[5:25:2]]
        if not all(code.isdigit() and len(code) == 3 for code in codes):
            continue
        area = str(cells[0]).removesuffix(".0")
        rows += [
            (model, area, position, code, "")
            for position, code in enumerate(codes, start=1)
        ]
    return pl.DataFrame(rows, schema=TABLES["neighbours"].columns, orient="row")


def read_areas(published: pl.DataFrame) -> pl.DataFrame:
    return published.select(
        "area_code", "area_name", "area_level", "region_code"
    ).unique("area_code", keep="first", maintain_order=True)
