"""The lines of a published measure over its years."""

import polars as pl

from openscrutiny.comparison.series import SERIES_SCHEMA, published_series
from support.published_rows import area_rows, neighbour_pairs, published

REGIONS = {"306": "E13000002"}
NEAR = neighbour_pairs({"2025": {"306": ["302", "303"]}})


def values_of(lines, line):
    rows = lines.filter(pl.col("line") == line)
    return dict(rows.select("year_label", "value").iter_rows())


def test_each_line_has_its_own_years_in_order():
    rows = published(
        {
            "M": {
                "2025": {"306": 3.0, "E92000001": 9.0, "E13000002": 7.0},
                "2024": {"306": 2.0, "E92000001": 8.0, "E13000002": 6.0},
            }
        },
        regions=REGIONS,
    )

    lines = published_series(rows, "M", "", "306")

    assert dict(lines.schema) == dict(SERIES_SCHEMA)
    assert values_of(lines, "own") == {"2024": 2.0, "2025": 3.0}
    assert values_of(lines, "England") == {"2024": 8.0, "2025": 9.0}
    assert values_of(lines, "region") == {"2024": 6.0, "2025": 7.0}
    own = lines.filter(pl.col("line") == "own")["year_label"].to_list()
    assert own == ["2024", "2025"]
    region = lines.filter(pl.col("line") == "region")
    assert set(region["area_name"]) == {"Outer London"}


def test_a_value_not_published_is_a_gap_that_keeps_its_symbol():
    rows = published({"M": {"2024": {"306": None}, "2025": {"306": 1.0}}})

    gap = published_series(rows, "M", "", "306").row(0, named=True)

    assert gap["value"] is None
    assert (gap["raw"], gap["symbol"]) == ("c", "c")


def test_neighbours_say_how_many_of_them_have_a_value_in_each_year():
    rows = published(
        {
            "M": {
                "2023": {"306": 1.0, "302": None, "303": None},
                "2024": {"306": 1.0, "302": 4.0, "303": None},
                "2025": {"306": 1.0, "302": 4.0, "303": 8.0},
            }
        }
    )

    lines = published_series(rows, "M", "", "306", neighbours=NEAR)

    near = lines.filter(pl.col("line") == "neighbours")
    assert near["value"].to_list() == [None, 4.0, 6.0]
    assert near["neighbours_available"].to_list() == [0, 1, 2]
    assert near["neighbours_listed"].to_list() == [2, 2, 2]
    assert near["neighbour_model"].unique().to_list() == ["2025"]


def test_the_region_is_chosen_once_by_the_latest_year():
    rows = published(
        {
            "M": {
                "2024": {"306": 1.0, "E13000002": 5.0, "E12000007": 6.0},
                "2025": {"306": 1.0, "E13000002": None, "E12000007": 7.0},
            }
        },
        regions={"306": "E12000007"},
    )

    lines = published_series(rows, "M", "", "306", areas=area_rows(REGIONS))

    assert values_of(lines, "region") == {"2024": 6.0, "2025": 7.0}


def test_only_the_measure_and_filters_asked_for_are_drawn():
    rows = pl.concat(
        [
            published({"M": {"2025": {"306": 1.0}}, "N": {"2025": {"306": 2.0}}}),
            published({"M": {"2025": {"306": 3.0}}}, filters="age=16"),
        ]
    )

    lines = published_series(rows, "M", "age=16", "306")

    assert lines["value"].to_list() == [3.0]


def test_a_repeated_row_is_drawn_once():
    rows = published({"M": {"2025": {"306": 1.0}}})
    twice = pl.concat([rows, rows.with_columns(value=pl.lit(5.0))])

    assert published_series(twice, "M", "", "306")["value"].to_list() == [1.0]


def test_an_area_without_any_row_has_no_line_of_its_own():
    rows = published({"M": {"2025": {"302": 1.0, "E92000001": 2.0}}})

    lines = published_series(rows, "M", "", "306", neighbours=NEAR)

    assert lines["line"].to_list() == ["England", "neighbours"]
