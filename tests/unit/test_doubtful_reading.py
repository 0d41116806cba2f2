"""What a reader tells of values that are kept and yet doubtful."""

import random

import polars as pl
import pytest

from openscrutiny.comparison.doubts import find_doubts
from openscrutiny.figures.names import find_misnamed, with_names_of_numbers
from openscrutiny.geography import (
    AUTHORITY_NAMES,
    CURRENT_AUTHORITIES,
    ENDED_AUTHORITIES,
    describe_ended,
    ended_in,
    find_name_owner,
)
from openscrutiny.returns.published.doubtful import tell_doubtful
from openscrutiny.returns.published.values import add_values
from openscrutiny.story.compared.doubts import say_doubts
from support.published_rows import published
from support.replay import replay


def rows_of(*cells):
    """Build rows of (area, year label, raw) as a reader holds them."""
    rows = pl.DataFrame(
        [
            (line, "M", "", code, label, int(label[:4]), raw)
            for line, (code, label, raw) in enumerate(cells, 1)
        ],
        schema={
            "line": pl.Int32(),
            "measure": pl.String(),
            "filters": pl.String(),
            "area_code": pl.String(),
            "year_label": pl.String(),
            "year": pl.Int32(),
            "raw": pl.String(),
        },
        orient="row",
    )
    return add_values(rows)


def told(*cells):
    found = tell_doubtful(rows_of(*cells), "a.csv", place="Area", year="Years")
    return [(problem.line, problem.field, problem.rule) for problem in found]


@pytest.mark.parametrize(
    "raw",
    ["low", "LOW", "c", "k", "x", "z", "u", "-", "..", ":", "", "NA", "NaN", "5",
     "3.865E-2", "1,234", "45%"],
)  # fmt: skip
def test_a_number_or_a_known_sign_is_not_doubtful(raw):
    assert told(("306", "2025", "1"), ("301", "2025", raw)) == []


@pytest.mark.parametrize("raw", ["about 20", "1,23", "12 34", "1e999", "inf", "=1+1"])
def test_anything_else_is_missing_and_told(raw):
    rows = rows_of(("301", "2025", raw))

    assert rows["value"].to_list() == [None]
    assert told(("306", "2025", "1"), ("301", "2025", raw)) == [(2, "", "value")]


def test_of_many_words_a_few_are_named_and_the_rest_counted():
    rows = rows_of(*(("301", "2025", f"word {n:02}") for n in range(30)))

    (problem,) = tell_doubtful(rows, "a.csv", place="Area", year="Years")

    assert "“word 00”" in problem.message and "and 25 more" in problem.message
    assert problem.message.endswith("30 lines.")


def test_a_word_of_any_length_is_cut_before_it_is_shown():
    rows = rows_of(("301", "2025", "x" * 5000))

    (problem,) = tell_doubtful(rows, "a.csv", place="Area", year="Years")

    assert len(problem.message) < 200


def test_one_area_with_two_labels_of_one_year_is_told():
    assert told(("301", "2025", "1"), ("301", "2025 (Rev)", "2")) == [
        (1, "Years", "year")
    ]


def test_two_areas_with_a_label_each_are_no_rivals_and_two_years_are_none():
    assert told(("301", "2025", "1"), ("302", "2025 (Rev)", "2")) == []
    assert told(("301", "2024/25", "1"), ("301", "2025/26", "2")) == []


def test_a_value_after_its_authority_ended_is_told_and_one_before_is_not():
    assert told(("909", "2022", "1"), ("909", "2023", "1")) == []
    assert told(("909", "2024", "-"), ("306", "2024", "1")) == []
    assert told(("909", "2024", "1")) == [(1, "Area", "ended")]


# ---------- Names and numbers ----------


def test_every_ended_authority_is_named_with_its_day_where_that_is_known():
    assert describe_ended("909") == "Cumbria (ended March 2023)"
    assert describe_ended("306") == ""
    assert ended_in("909") == 2023 and ended_in("828") is None
    for code in ENDED_AUTHORITIES:
        assert describe_ended(code)


def test_every_authoritys_own_name_owns_no_other_number():
    for code, name in AUTHORITY_NAMES.items():
        assert find_name_owner(code, name) is None


def test_every_pair_of_numbers_exchanged_is_found():
    chance = random.Random(7)
    codes = sorted(CURRENT_AUTHORITIES)
    for _ in range(200):
        one, other = chance.sample(codes, 2)
        rows = pl.DataFrame(
            {
                "area_code": [one, other],
                "area_name": [AUTHORITY_NAMES[other], AUTHORITY_NAMES[one]],
            }
        )

        found = {(entry.code, entry.owner) for entry in find_misnamed(rows)}
        mended = dict(with_names_of_numbers(rows).iter_rows())

        assert found == {(one, other), (other, one)}
        assert mended == {code: AUTHORITY_NAMES[code] for code in (one, other)}


def test_an_invented_number_bears_no_real_places_name():
    assert find_name_owner("298", "Croydon") == "306"
    assert find_name_owner("298", "Alderwick") is None


# ---------- What the comparison finds ----------


def test_rows_that_are_as_they_should_be_raise_no_doubt():
    rows = published({"M": {"2024": {"301": 1.0}, "2025": {"301": 2.0, "909": None}}})

    doubts = find_doubts(rows, "2025", "301", ("302", "303"))

    assert say_doubts(doubts) == ()


def test_each_doubt_is_said_in_a_sentence_that_can_be_replayed():
    rows = published(
        {"M": {"2025": {"301": 1.0}, "2025 (Rev)": {"301": 2.0, "909": 3.0}}}
    ).with_columns(
        area_name=pl.when(pl.col("area_code") == "301")
        .then(pl.lit("Barnet"))
        .otherwise("area_name")
    )

    said = say_doubts(find_doubts(rows, "2025 (Rev)", "301", ("909", "302")))

    assert [sentence.rule[:2] for sentence in said] == ["D1", "D2", "D3", "D4"]
    assert all(replay(sentence) for sentence in said)


def test_a_name_is_doubtful_in_any_year_for_our_own_place_alone():
    rows = published({"M": {"2024": {"301": 1.0, "303": 1.0}, "2025": {"301": 2.0}}})
    swapped = rows.with_columns(
        area_name=pl.col("area_code").replace_strict(
            {"301": "Bexley", "303": "Barking and Dagenham"}
        )
    ).filter((pl.col("year_label") == "2024") | (pl.col("area_code") == "301"))

    ours = find_doubts(swapped, "2025", "301", ())
    others = find_doubts(swapped.filter(pl.col("year_label") == "2024"), "2025", "", ())

    assert [entry.code for entry in ours.misnamed] == ["301"]
    assert others.misnamed == ()
