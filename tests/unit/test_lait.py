"""The files of the local authority interactive tool: extract, dictionary, areas."""

import io

import polars as pl
import pytest

from openscrutiny.returns.published.lait import LaitReader
from support.invented_returns import (
    MemoryFile,
    csv_file,
    folder_files,
    read_one,
    refusal,
    rules_of,
    workbook_file,
)

READER = LaitReader()
DICTIONARY = (
    "Topic,Measure,Measure_short,Polarity,y_axis_name,dps,Year_Type,No_Quartile"
)


def file_named(name):
    return next(f for f in folder_files("published") if f.name == name)


def extract(*rows, **replaced):
    columns = {
        "Short Desc": pl.String,
        "Years": pl.String,
        "LA and Regions": pl.String,
        "Values": pl.String,
        "LA Number": pl.Float64,
        "Region": pl.String,
    }
    frame = pl.DataFrame(rows, schema=columns, orient="row").with_columns(**replaced)
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return MemoryFile("invented.parquet", buffer.getvalue())


# ------------------------------------------------------------ the extract


def test_every_value_keeps_its_text_beside_its_number_or_symbol():
    reading = read_one(READER, file_named("invented_bds_long.parquet"))

    rows = reading.tables["published"]
    assert (reading.rows_read, reading.rows_rejected) == (7, 0)
    assert rows.select(
        "line", "measure", "area_code", "year_label", "year", "value", "raw", "symbol"
    ).rows() == [
        (1, "InvReRef", "298", "2023", 2023, 20.5, "20.5", None),
        (2, "InvReRef", "298", "2024 (prov)", 2024, None, "-", "-"),
        (3, "InvReRef", "297", "2024 (prov)", 2024, 0.03865, "3.865E-2", None),
        (4, "InvReRef", "E13000002", "2024 (prov)", 2024, 19.25, "19.25", None),
        (5, "InvReRef", "E92000001", "2024 (prov)", 2024, None, "c", "c"),
        (6, "InvPlans", "298", "2023/24", 2023, None, "..", ".."),
        (7, "InvPlans", "298", "0", None, 0.0, "0", None),
    ]
    assert set(rows["filters"]) == {""} and set(rows["time_identifier"]) == {""}


def test_areas_have_their_level_and_the_region_set_beside_them():
    rows = read_one(READER, file_named("invented_bds_long.parquet")).tables["published"]

    found = set(rows.select("area_code", "area_level", "region_code").rows())
    assert found == {
        ("298", "authority", "E13000002"),
        ("297", "authority", "E12000003"),
        ("E13000002", "regional", None),
        ("E92000001", "national", None),
    }


def test_a_label_that_names_no_year_is_kept_and_told():
    reading = read_one(READER, file_named("invented_bds_long.parquet"))

    assert rules_of(reading) == [(7, "Years", "year")]


@pytest.mark.parametrize(
    "row",
    [
        (None, "2024", "Otherborough", "1", 298.0, "London"),
        ("  ", "2024", "Otherborough", "1", 298.0, "London"),
        ("Inv", None, "Otherborough", "1", 298.0, "London"),
        ("Inv", "2024", "Otherborough", "1", None, "London"),
        ("Inv", "2024", "Otherborough", "1", float("nan"), "London"),
        ("Inv", "2024", "Otherborough", "1", 298.5, "London"),
        ("Inv", "2024", "Nowhere", "1", 1000.0, "NA"),
        ("Inv", "2024", "Nowhere", "1", 991.0, "NA"),
    ],
)
def test_a_line_without_its_key_is_left_out_and_told(row):
    good = ("Inv", "2024", "Thirdborough", "2", 297.0, "London")

    reading = read_one(READER, extract(good, row))

    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert rules_of(reading) == [(2, "Short Desc, Years, LA Number", "key")]


def test_a_missing_value_is_missing_and_not_nought():
    rows = read_one(
        READER, extract(("Inv", "2024", "Otherborough", None, 298.0, "London"))
    ).tables["published"]

    assert rows.select("value", "raw", "symbol").row(0) == (None, None, "")


def test_lines_given_twice_are_taken_once_and_contradictions_not_at_all():
    first = ("Inv", "2024", "Otherborough", "1", 298.0, "London")
    second = ("Inv", "2023", "Otherborough", "1", 298.0, "London")
    other = ("Inv", "2024", "Otherborough", "2", 298.0, "London")

    once = read_one(READER, extract(first, second, first))
    torn = read_one(READER, extract(first, second, other))

    assert (once.rows_rejected, rules_of(once)) == (1, [(3, "", "duplicate")])
    assert torn.tables["published"]["year_label"].to_list() == ["2023"]
    assert rules_of(torn) == [(1, "", "conflict")]


def test_numbers_of_areas_may_be_whole_numbers_or_text():
    row = ("Inv", "2024", "Otherborough", "1", 298.0, "London")
    for kind in (pl.Int32, pl.String):
        column = pl.col("LA Number").cast(kind)
        rows = read_one(READER, extract(row, **{"LA Number": column}))
        assert rows.tables["published"]["area_code"].to_list() == ["298"]


def test_an_unknown_region_is_told():
    row = ("Inv", "2024", "Otherborough", "1", 298.0, "Middle Earth")

    assert rules_of(read_one(READER, extract(row))) == [(1, "Region", "area")]


def test_parquet_of_other_columns_is_not_ours():
    buffer = io.BytesIO()
    pl.DataFrame({"a": [1]}).write_parquet(buffer)

    assert READER.recognise(MemoryFile("a.parquet", buffer.getvalue())) is None


def test_a_truncated_extract_is_claimed_and_refused():
    whole = file_named("invented_bds_long.parquet").data
    for size in (4, 100, len(whole) - 1):
        error = refusal(READER, MemoryFile("a.parquet", whole[:size]))
        assert "broken or cut short" in error.message


# ------------------------------------------------------------ the dictionary


def test_a_measure_under_two_topics_stands_once_with_both():
    reading = read_one(READER, file_named("invented_lait_data_dictionary.csv"))

    rows = reading.tables["published_measures"]
    assert (reading.rows_read, reading.rows_rejected, reading.problems) == (4, 0, ())
    assert rows.select(
        "line", "measure", "title", "topic", "polarity", "decimal_places", "bandable"
    ).rows() == [
        (2, "InvReRef", "Invented re-referrals", "Invented topic", "Low", 1, True),
        (
            4,
            "InvPlans",
            "Invented plans",
            "Invented topic / Second invented topic",
            "High",
            1,
            False,
        ),
        (6, "InvSpend", "Invented spending", "Invented topic", None, 0, True),
    ]
    assert rows["unit"].to_list() == ["%", "% of plans", "Spend"]
    assert rows["year_type"].to_list() == [
        "Financial Year",
        "Calendar Year",
        "Financial Year",
    ]
    assert set(rows["publication"]) == {"Local authority interactive tool (DfE)"}


def test_two_rows_that_would_compare_differently_are_told():
    file = csv_file(
        "dictionary.csv",
        DICTIONARY,
        "One,Plans,Inv,High,%,1,Annual,NA",
        "Two,Plans,Inv,Low,%,1,Annual,NA",
    )

    reading = read_one(READER, file)

    assert reading.tables["published_measures"]["polarity"].to_list() == ["High"]
    assert rules_of(reading) == [(0, "Measure_short", "conflict")]


def test_a_row_without_a_key_is_left_out_and_an_odd_polarity_told():
    file = csv_file(
        "dictionary.csv",
        DICTIONARY,
        "One,Plans,,High,%,1,Annual,NA",
        "Two,Plans,Inv,Upwards,%,1,Annual,NA",
    )

    reading = read_one(READER, file)

    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert reading.tables["published_measures"]["polarity"].to_list() == [None]
    assert rules_of(reading) == [(2, "Measure_short", "key"), (3, "Polarity", "value")]


def test_letters_that_are_not_utf_8_are_replaced_as_the_tool_does():
    text = f"{DICTIONARY}\nOne,Plans \x96 all,Inv,High,%,1,Annual,NA\n".encode(
        "latin-1"
    )

    rows = read_one(READER, MemoryFile("a.csv", text)).tables["published_measures"]

    assert rows["title"].to_list() == ["Plans \N{REPLACEMENT CHARACTER} all"]


@pytest.mark.parametrize(
    ("line", "at"),
    [("One,Plans,Inv,High,%,1,Annual", 2), ('One,"Plans,Inv,High', 2)],
)
def test_a_dictionary_that_does_not_fit_its_headings_is_refused(line, at):
    error = refusal(READER, csv_file("dictionary.csv", DICTIONARY, line))

    assert (error.line, error.rule) == (at, "ragged")


# ------------------------------------------------------------ the list of areas


def test_the_list_of_areas_gives_codes_levels_and_regions():
    reading = read_one(READER, file_named("invented_la_code_list.xlsx"))

    assert (reading.rows_read, reading.rows_rejected) == (5, 1)
    assert reading.tables["areas"].drop("line").rows() == [
        ("298", "Invented Otherborough", "authority", "E13000002"),
        ("297", "Invented Thirdborough", "authority", "E12000003"),
        ("E13000002", "London (Outer)", "regional", None),
        ("E92000001", "England", "national", None),
    ]
    assert rules_of(reading) == [(6, "LA Number", "key")]


def test_a_workbook_of_something_else_is_not_ours():
    file = workbook_file("a.xlsx", {"A": [["LA Number", "Something"], [298, "x"]]})

    assert READER.recognise(file) is None
    assert READER.recognise(MemoryFile("a.xlsx", file.data[:200])) is None
