"""Rank, band, quartiles, neighbours, region, England and change, rule by rule."""

import polars as pl
import pytest

from openscrutiny.comparison.published import (
    COMPARISON_SCHEMA,
    compare_published,
    compare_under_models,
)
from openscrutiny.errors import OpenScrutinyError
from support.published_rows import (
    area_rows,
    measure_words,
    neighbour_pairs,
    published,
)

NO_NEIGHBOURS = neighbour_pairs({})
NO_AREAS = area_rows({})


def compare(
    rows, polarity="Low", *, not_banded=(), neighbours=None, areas=None, **more
):
    measures = rows["measure"].unique().to_list()
    return compare_published(
        rows,
        measure_words(dict.fromkeys(measures, polarity), not_banded),
        NO_NEIGHBOURS if neighbours is None else neighbours,
        NO_AREAS if areas is None else areas,
        **more,
    )


def one(frame, area, column, measure="M"):
    found = frame.filter((pl.col("area_code") == area) & (pl.col("measure") == measure))
    assert found.height == 1
    return found[column][0]


def in_one_year(values):
    """Build one year's rows, numbering the authorities from 301."""
    codes = [str(301 + place) for place in range(len(values))]
    return published({"M": {"2025": dict(zip(codes, values, strict=True))}}), codes


def test_columns_are_those_of_the_interface_in_their_order():
    rows, _ = in_one_year([1.0, 2.0])

    result = compare(rows)

    assert dict(result.schema) == dict(COMPARISON_SCHEMA)
    assert result["indicator"].null_count() == 2


@pytest.mark.parametrize(
    ("polarity", "values", "ranks"),
    [
        ("Low", [10, 20, 30, 40, 50], [1, 2, 3, 4, 5]),
        ("High", [10, 20, 20, 30, 40], [5, 3, 3, 2, 1]),
        ("Low", [10, None, 30, 20, None], [1, None, 3, 2, None]),
        ("Low", [1, 2, 2, 3], [1, 2, 2, 4]),
        (None, [1, 2, 3], [None, None, None]),
    ],
)
def test_ranks_share_the_lowest_and_the_best_is_first(polarity, values, ranks):
    rows, codes = in_one_year(values)

    result = compare(rows, polarity)

    assert [one(result, code, "rank") for code in codes] == ranks


def test_ranked_counts_the_authorities_with_a_value():
    rows, codes = in_one_year([10.0, None, float("nan"), 20.0])

    result = compare(rows)

    assert [one(result, code, "ranked") for code in codes] == [2, 2, 2, 2]
    assert one(result, codes[2], "value") is None
    assert one(result, codes[2], "rank") is None


@pytest.mark.parametrize(
    ("polarity", "value", "band"),
    [
        ("Low", 10, "A"),
        ("Low", 25, "A"),
        ("Low", 30, "B"),
        ("Low", 50, "B"),
        ("Low", 60, "C"),
        ("Low", 75, "C"),
        ("Low", 80, "D"),
        ("Low", 100, "D"),
        ("High", 10, "D"),
        ("High", 25, "D"),
        ("High", 30, "C"),
        ("High", 60, "B"),
        ("High", 75, "B"),
        ("High", 80, "A"),
    ],
)
def test_a_band_includes_its_upper_end(polarity, value, band):
    # Nine values, of which the third, fifth and seventh are the quartiles.
    spread = sorted([0, 100, 25, 50, 75, *{10, 30, 60, 80}])
    rows, codes = in_one_year([float(v) for v in spread])
    result = compare(rows, polarity)
    cuts = [one(result, codes[0], name) for name in ("q1", "q2", "q3")]
    assert cuts == [25, 50, 75]

    assert one(result, codes[spread.index(value)], "band") == band


def test_quartiles_interpolate_between_unrounded_values():
    rows, codes = in_one_year([1.0, 2.0, 3.5, 10.0])

    result = compare(rows)

    assert one(result, codes[0], "q1") == pytest.approx(1.75)
    assert one(result, codes[0], "q2") == pytest.approx(2.75)
    assert one(result, codes[0], "q3") == pytest.approx(5.125)


def test_a_measure_not_to_be_banded_still_has_ranks():
    rows, codes = in_one_year([1.0, 2.0])

    result = compare(rows, "Low", not_banded=["M"])

    assert one(result, codes[0], "rank") == 1
    assert one(result, codes[0], "band") is None


def test_without_polarity_there_is_no_rank_and_no_band():
    rows, codes = in_one_year([1.0, 2.0])

    result = compare(rows, None)

    assert one(result, codes[0], "polarity") == ""
    assert one(result, codes[0], "ranked") is None
    assert one(result, codes[0], "band") is None
    assert one(result, codes[0], "q2") == 1.5


def test_a_polarity_may_be_given_for_a_table_that_states_none():
    rows, codes = in_one_year([1.0, 2.0])

    result = compare(rows, None, polarities={"M": "High"})

    assert one(result, codes[1], "rank") == 1
    assert one(result, codes[1], "polarity") == "High"


def test_ended_authorities_are_not_ranked_and_move_no_quartile():
    values = {"301": 1.0, "302": 2.0, "835": 0.0, "909": 0.0, "928": 0.0, "837": 0.0}
    rows = published({"M": {"2025": values}})

    result = compare(rows)

    assert result["area_code"].to_list() == ["301", "302"]
    assert one(result, "301", "rank") == 1
    assert one(result, "301", "ranked") == 2
    assert one(result, "301", "q2") == 1.5


def test_an_ended_authority_asked_for_by_number_is_shown_without_a_rank():
    rows = published({"M": {"2025": {"301": 1.0, "909": 0.0}}})

    result = compare(rows, areas_wanted=["909"])

    assert result["area_code"].to_list() == ["909"]
    assert one(result, "909", "value") == 0.0
    assert one(result, "909", "rank") is None
    assert one(result, "909", "band") is None


def test_numbers_of_england_and_regions_are_no_authorities():
    rows = published({"M": {"2025": {"301": 1.0, "970": 0.0, "988": 0.0}}})

    assert compare(rows)["area_code"].to_list() == ["301"]


def test_the_latest_year_is_the_largest_label_as_text():
    rows = published(
        {"M": {"2025": {"301": 1.0}, "2025 (Rev)": {"301": 2.0}, "2024": {"301": 9.0}}}
    )

    result = compare(rows)

    assert one(result, "301", "year") == "2025 (Rev)"
    assert one(result, "301", "value") == 2.0


def test_capital_letters_do_not_decide_which_label_is_latest():
    rows = published({"M": {"2025 (prov)": {"301": 1.0}, "2025 (Rev)": {"301": 2.0}}})

    assert one(compare(rows), "301", "year") == "2025 (Rev)"


@pytest.mark.parametrize("label", ["2025 (Prov)", "2025(prov)", "2025 provisional"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_final_year_comes_before_its_provisional_one(label: str, order: int) -> None:
    labels = [("2025", {"301": 2.0}), (label, {"301": 1.0}), ("2024", {"301": 9.0})]
    rows = published({"M": dict(labels[::order])})

    result = compare(rows)

    assert one(result, "301", "year") == "2025"
    assert one(result, "301", "value") == 2.0
    assert one(result, "301", "change_from") == "2024"


def test_the_year_before_is_its_final_one_too() -> None:
    rows = published(
        {"M": {"2025": {"301": 2.0}, "2024 (Prov)": {"301": 5.0}, "2024": {"301": 9.0}}}
    )

    assert one(compare(rows), "301", "change_from") == "2024"


def test_no_change_is_told_between_two_labels_of_one_year():
    rows = published(
        {
            "M": {
                "2025": {"301": 1.0, "302": 1.0},
                "2025 (Rev)": {"301": 2.0, "302": 2.0},
            }
        }
    )
    older = published({"M": {"2024": {"301": 9.0}}})

    result = compare(pl.concat([rows, older]))

    assert one(result, "301", "change_from") == "2024"
    assert one(result, "301", "change") == -7.0
    assert one(result, "302", "change_from") is None
    assert one(result, "302", "change") is None


def test_an_authority_with_the_other_label_alone_is_shown_without_a_value():
    rows = published({"M": {"2025": {"302": 1.0}, "2025 (Rev)": {"301": 2.0}}})

    result = compare(rows)

    assert one(result, "302", "year") == "2025 (Rev)"
    assert one(result, "302", "value") is None
    assert one(result, "302", "rank") is None


def test_figures_follow_the_number_and_so_does_the_name():
    rows = published({"M": {"2025": {"823": 1.0, "873": 2.0}}})
    swapped = rows.with_columns(
        area_name=pl.col("area_code").replace_strict(
            {"823": "Cambridgeshire", "873": "Central Bedfordshire"}
        )
    )

    result = compare(swapped)

    assert one(result, "823", "value") == 1.0
    assert one(result, "823", "area_name") == "Central Bedfordshire"
    assert one(result, "873", "area_name") == "Cambridgeshire"


def test_an_authority_without_the_latest_year_falls_back_on_no_other():
    rows = published({"M": {"2024": {"301": 4.0, "302": 5.0}, "2025": {"301": 6.0}}})

    result = compare(rows)

    assert one(result, "302", "year") == "2025"
    for column in ("value", "rank", "band", "change", "change_from", "change_to"):
        assert one(result, "302", column) is None
    assert one(result, "302", "ranked") == 1
    assert one(result, "302", "area_name") == "Place 302"


def test_a_latest_year_that_only_the_nation_has_is_not_the_latest():
    rows = published({"M": {"2024": {"301": 4.0}, "2025": {"E92000001": 1.0}}})

    assert one(compare(rows), "301", "year") == "2024"


def test_a_missing_value_stays_missing_and_is_never_zero():
    rows = published({"M": {"2024": {"301": 4.0}, "2025": {"301": None, "302": 3.0}}})

    result = compare(rows)

    assert one(result, "301", "value") is None
    assert one(result, "301", "rank") is None
    assert one(result, "301", "change") is None
    assert one(result, "301", "change_from") == "2024"


def test_change_is_from_the_row_before_and_names_both_years():
    rows = published(
        {"M": {"2021": {"301": 1.0}, "2023": {"301": 4.0}, "2025": {"301": 2.5}}}
    )

    result = compare(rows)

    assert one(result, "301", "change") == -1.5
    assert one(result, "301", "change_from") == "2023"
    assert one(result, "301", "change_to") == "2025"


def test_each_authority_has_its_own_year_before():
    rows = published(
        {
            "M": {
                "2023": {"301": 1.0, "302": 10.0},
                "2024": {"301": 2.0},
                "2025": {"301": 4.0, "302": 20.0},
            }
        }
    )

    result = compare(rows)

    assert one(result, "301", "change_from") == "2024"
    assert one(result, "302", "change_from") == "2023"
    assert one(result, "302", "change") == 10.0


def test_one_year_alone_has_no_change():
    rows, codes = in_one_year([1.0])

    result = compare(rows)

    assert one(result, codes[0], "change") is None
    assert one(result, codes[0], "change_to") is None


def test_england_is_its_published_row():
    rows = published({"M": {"2025": {"301": 1.0, "302": 3.0, "E92000001": 7.0}}})

    assert one(compare(rows), "301", "england_value") == 7.0


LONDON = {"E12000007": 10.0, "E13000001": 11.0, "E13000002": 12.0, "E12000008": 13.0}


@pytest.mark.parametrize(
    ("own_region", "listed", "outer", "used", "value"),
    [
        ("E13000002", None, 12.0, "Outer London", 12.0),
        ("E13000002", None, None, "London", 10.0),
        ("E12000007", "E13000002", 12.0, "Outer London", 12.0),
        (None, "E13000002", 12.0, "Outer London", 12.0),
        ("E12000007", None, 12.0, "London", 10.0),
        ("E12000008", None, 12.0, "South East", 13.0),
        ("E12000008", "E12000009", 12.0, "South East", 13.0),
        (None, None, 12.0, None, None),
    ],
)
def test_the_region_is_the_part_of_london_where_it_has_a_value(
    own_region, listed, outer, used, value
):
    values = {"306": 1.0, **LONDON, "E13000002": outer}
    rows = published({"M": {"2025": values}}, regions={"306": own_region})

    result = compare(rows, areas=area_rows({"306": listed}))

    assert one(result, "306", "region_used") == used
    assert one(result, "306", "region_value") == value


def test_a_region_without_any_row_is_not_named():
    rows = published({"M": {"2025": {"306": 1.0}}}, regions={"306": "E12000008"})

    assert one(compare(rows), "306", "region_used") is None


def test_a_table_that_says_london_uses_the_part_that_another_table_names():
    rows = pl.concat(
        [
            published(
                {"M": {"2025": {"306": 1.0, **LONDON}}}, regions={"306": "E12000007"}
            ),
            published(
                {"N": {"2025": {"306": 1.0, **LONDON}}}, regions={"306": "E13000002"}
            ),
        ]
    )

    result = compare(rows)

    assert one(result, "306", "region_used", "M") == "Outer London"
    assert one(result, "306", "region_used", "N") == "Outer London"


NEAR = {"2021": {"301": ["302"]}, "2025": {"301": ["303", "302", "304", "305"]}}


def test_neighbours_skip_the_missing_and_say_how_many_are_left():
    values = {"301": 9.0, "302": 2.0, "303": None, "304": 3.0, "305": 7.0}
    rows = published({"M": {"2025": values}})

    result = compare(rows, neighbours=neighbour_pairs(NEAR))

    assert one(result, "301", "neighbour_model") == "2025"
    assert one(result, "301", "neighbour_mean") == 4.0
    assert one(result, "301", "neighbour_median") == 3.0
    assert one(result, "301", "neighbours_available") == 3


def test_neighbours_none_of_whom_has_a_value_have_no_mean():
    rows = published({"M": {"2025": {"301": 9.0, "302": None}}})

    result = compare(rows, neighbours=neighbour_pairs(NEAR))

    assert one(result, "301", "neighbour_mean") is None
    assert one(result, "301", "neighbours_available") == 0


def test_an_authority_without_a_list_has_no_neighbours_at_all():
    rows = published({"M": {"2025": {"301": 9.0, "302": 1.0}}})

    result = compare(rows, neighbours=neighbour_pairs(NEAR))

    assert one(result, "302", "neighbour_model") is None
    assert one(result, "302", "neighbours_available") is None


def test_an_older_model_is_used_where_it_is_asked_for():
    rows = published({"M": {"2025": {"301": 9.0, "302": 2.0, "304": 100.0}}})

    result = compare(rows, neighbours=neighbour_pairs(NEAR), model="2021")

    assert one(result, "301", "neighbour_model") == "2021"
    assert one(result, "301", "neighbour_mean") == 2.0


def test_a_model_that_is_not_loaded_is_refused_and_says_which_are():
    rows, _ = in_one_year([1.0])

    with pytest.raises(OpenScrutinyError, match=r"2019 is not loaded.*2021, 2025"):
        compare(rows, neighbours=neighbour_pairs(NEAR), model="2019")


def test_the_same_pair_from_two_files_counts_once():
    twice = pl.concat([neighbour_pairs(NEAR), neighbour_pairs(NEAR)])
    rows = published({"M": {"2025": {"301": 9.0, "302": 2.0, "304": 3.0, "305": 7.0}}})

    result = compare(rows, neighbours=twice)

    assert one(result, "301", "neighbours_available") == 3


def test_of_repeated_rows_the_first_counts():
    first = published({"M": {"2024": {"301": 4.0}, "2025": {"301": 1.0, "302": 2.0}}})
    again = published({"M": {"2024": {"301": 9.0}, "2025": {"301": 8.0}}})
    rows = pl.concat([first, again])

    result = compare(rows)

    assert result.height == 2
    assert one(result, "301", "value") == 1.0
    assert one(result, "301", "change") == -3.0
    assert one(result, "301", "ranked") == 2


def test_rows_without_a_year_label_are_left_out():
    rows = pl.concat(
        [
            published({"M": {"2025": {"301": 1.0}}}),
            published({"M": {"": {"301": 5.0, "302": 6.0}}}),
        ]
    )

    assert compare(rows)["area_code"].to_list() == ["301"]


def test_each_set_of_filters_is_compared_by_itself():
    rows = pl.concat(
        [
            published({"M": {"2025": {"301": 1.0, "302": 2.0}}}),
            published({"M": {"2024": {"301": 8.0, "302": 7.0}}}, filters="age=16"),
        ]
    )

    result = compare(rows).filter(pl.col("area_code") == "301").sort("filters")

    assert result["filters"].to_list() == ["", "age=16"]
    assert result["year"].to_list() == ["2025", "2024"]
    assert result["rank"].to_list() == [1, 2]


def test_nothing_published_gives_an_empty_table_with_every_column():
    result = compare(published({}))

    assert result.is_empty()
    assert dict(result.schema) == dict(COMPARISON_SCHEMA)


def test_only_the_areas_wanted_are_shown_but_all_are_ranked():
    rows = published({"M": {"2025": {"301": 3.0, "302": 2.0, "303": 1.0}}})

    result = compare(rows, areas_wanted=["301"])

    assert result["area_code"].to_list() == ["301"]
    assert one(result, "301", "rank") == 3
    assert one(result, "301", "ranked") == 3


def test_two_models_at_once_are_what_each_is_alone():
    rows = published(
        {
            "M": {
                "2024": {code: float(code) for code in ("301", "302", "303")},
                "2025": {"301": 1.0, "302": 4.0, "303": None, "E92000001": 3.0},
            }
        }
    )
    near = neighbour_pairs(
        {
            "2021": {"301": ["302", "303"], "302": ["909"]},
            "2025": {"301": ["303"], "303": ["301", "302"]},
        }
    )
    given = (rows, measure_words({"M": "Low"}), near, NO_AREAS)

    both = compare_under_models(*given, models=["2021", "2025"])

    for model, frame in zip(("2021", "2025"), both, strict=True):
        alone = compare_published(*given, model=model)
        assert frame.equals(alone)
        assert set(frame["neighbour_model"].drop_nulls()) == {model}
    same = ["area_code", "value", "rank", "band", "q1", "england_value", "change"]
    assert both[0].select(same).equals(both[1].select(same))
    assert one(both[0], "302", "neighbours_available") == 0
    assert one(both[0], "302", "neighbour_mean") is None
