"""Mid-year estimates: one number of children for a place, year and age group."""

import pytest

from openscrutiny.returns.published.population import PopulationReader
from support.invented_returns import (
    csv_file,
    folder_files,
    read_one,
    refusal,
    rules_of,
)

READER = PopulationReader()
HEADING = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name,age_group,"
    "population_estimate"
)
HERE = "Local authority,E92000001,England,E13000002,Outer London,298,E09999998,Here"


def line(year="2024", age="Children aged 0 to 17 years", people="51000", more=""):
    return f"{year},Reporting year,{HERE},{age},{people}{more}"


def read(*lines, heading=HEADING):
    return read_one(READER, csv_file("population.csv", heading, *lines))


def test_estimates_are_read_with_their_year_and_age_group():
    name = "invented_population_estimates_2023_to_2024.csv"
    file = next(f for f in folder_files("published") if f.name == name)

    reading = read_one(READER, file)

    assert reading.tables["population"].rows() == [
        (2, "E92000001", 2023, "0 to 17", 12_000_000, "12000000"),
        (3, "E92000001", 2024, "0 to 17", 12_100_000, "12100000"),
        (4, "298", 2023, "0 to 17", 50_000, "50,000"),
        (5, "298", 2024, "0 to 17", 51_000, "51000"),
        (6, "297", 2024, "0 to 17", None, "x"),
    ]
    assert (reading.rows_read, reading.rows_rejected, reading.problems) == (5, 0, ())


@pytest.mark.parametrize(
    ("printed", "group"),
    [
        ("Children aged 0 to 17 years", "0 to 17"),
        ("0-17", "0 to 17"),
        ("Aged 0 – 17", "0 to 17"),
        ("85 and over", "85 and over"),
    ],
)
def test_an_age_group_is_written_in_one_way(printed, group):
    assert read(line(age=printed)).tables["population"]["age_group"].to_list() == [
        group
    ]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (line(year="202425"), "time_period"),
        (line(year="soon"), "time_period"),
        (line(age=""), "age_group"),
        (line(people="-5"), "population_estimate"),
        (line(people="9999999999"), "population_estimate"),
        (line().replace(",298,", ",z,"), "old_la_code"),
        (line().replace("Local authority", "Ward"), "geographic_level"),
    ],
)
def test_a_line_that_is_no_estimate_is_left_out_and_told(bad, field):
    reading = read(line(year="2023"), bad)

    assert (reading.rows_read, reading.rows_rejected) == (2, 1)
    assert field in [name for _, name, _ in rules_of(reading)]
    assert reading.tables["population"]["year"].to_list() == [2023]


def test_a_symbol_is_no_estimate_and_is_never_nought():
    rows = read(line(people="c")).tables["population"]

    assert rows.select("population_estimate", "raw").row(0) == (None, "c")


def test_where_girls_and_boys_are_apart_only_everybody_is_taken():
    reading = read(
        line(people="10", more=",Total"),
        line(people="4", more=",Female"),
        line(people="6", more=",Male"),
        heading=f"{HEADING},sex",
    )

    assert reading.tables["population"]["population_estimate"].to_list() == [10]
    assert reading.rows_rejected == 2
    assert [rule for _, _, rule in rules_of(reading)] == ["part"]


def test_two_estimates_that_disagree_are_both_left_out():
    reading = read(line(year="2023"), line(people="1"), line(people="2"))

    assert reading.tables["population"]["year"].to_list() == [2023]
    assert [rule for _, _, rule in rules_of(reading)] == ["conflict"]


def test_other_tables_are_not_population():
    assert (
        READER.recognise(csv_file("a.csv", HEADING.replace("age_group", "age"))) is None
    )
    assert READER.recognise(csv_file("a.csv", "age_group,population_estimate")) is None


def test_a_table_of_wards_alone_is_refused():
    file = csv_file("a.csv", HEADING, line().replace("Local authority", "Ward"))

    assert refusal(READER, file).rule == "level"
