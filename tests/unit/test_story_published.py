"""Every published measure is placed once, by topic, and nothing missing is ranked."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openscrutiny.comparison.models import NeighbourModel
from openscrutiny.comparison.published import compare_published
from openscrutiny.figures.published import PublishedRecord
from openscrutiny.publication.measures import PublishedMeasures
from openscrutiny.record.tables import empty_frame
from openscrutiny.story.published.placing import is_sum_of_authorities, place_published
from openscrutiny.story.published.profile import order_by_quarter
from support.publications import release_published
from support.published_rows import (
    area_rows,
    measure_words,
    neighbour_pairs,
    published,
)
from web_fakes.published import AREA, AWKWARD, make_published_measures

DESK = make_published_measures("Exampleton", date(2026, 9, 30))
CODES = ("301", "302", "303", "304", "305", "306")


def row(key):
    found = DESK.profile.find_row(key)
    assert found is not None
    return found


def test_a_measure_stands_with_its_year_place_quarter_and_named_change():
    told = row("ReReferral")

    assert (told.ours, told.england, told.region) == ("26.8%", "20.0%", "10.0%")
    assert (told.year, told.age) == ("2025", "18 months old")
    assert (told.quarter, told.place) == ("Last quarter", "35 of 41")
    assert told.change == "Up 3.7 points from 2024 to 2025"
    assert (told.neighbours, told.available) == ("12.3%", "10 of 10")


def test_a_measure_without_our_latest_figure_says_so_and_is_not_ranked():
    told = row("Missing")

    assert told.why_none == "No figure for 2025; the last was 2024."
    assert (told.ours, told.place, told.band, told.change) == ("", "", "", "")
    assert told.england == "21"


def test_a_measure_of_two_topics_is_listed_under_each_and_counted_once():
    profile = DESK.profile

    for name in ("Children with SEN", "Key Stage 2"):
        topic = profile.find_topic(name)
        assert topic is not None and [r.key for r in topic.rows] == [AWKWARD]
    assert len([r for r in profile.rows if r.key == AWKWARD]) == 1


def test_a_topic_says_how_many_stand_in_the_first_quarter_and_in_the_last():
    topic = DESK.profile.find_topic("Child Protection")

    assert topic is not None
    assert (len(topic.rows), topic.with_figure, topic.with_quarter) == (3, 2, 2)
    assert topic.sentence.text == (
        "Of 2 measures with quarters, 1 stands in the first quarter and 1 in the last."
    )


def test_a_topic_without_quarters_says_why():
    topic = DESK.profile.find_topic("Finance")

    assert topic is not None
    assert topic.sentence.text.startswith("No measure here has quarters")


def test_a_sum_of_the_nation_is_not_taken_for_an_average():
    assert row("Spend").is_sum and not row("ReReferral").is_sum
    assert not is_sum_of_authorities(None, [1.0])
    assert not is_sum_of_authorities(3.0, [])
    assert is_sum_of_authorities(30.0, [1.0, 4.0])


def test_a_search_needs_every_word_whatever_its_case():
    assert [r.key for r in DESK.profile.search("PLAN pupils")] == [AWKWARD]
    assert DESK.profile.search("plan nowhere") == ()


def test_our_last_quarter_can_come_first_and_no_quarter_comes_last():
    bands = [r.band for r in order_by_quarter(DESK.profile.rows)]
    assert bands == ["D", "A", "A", "", "", ""]


def test_a_mean_of_fewer_than_six_neighbours_is_not_shown():
    rows = published({"M": {"2025": dict.fromkeys(CODES, 2.0)}})
    pairs = neighbour_pairs({"2025": {"306": CODES[:5]}})
    compared = compare_published(
        rows, measure_words({"M": "Low"}), pairs, area_rows({})
    )
    model = NeighbourModel("2025", True, None, tuple("0123456789"))
    profile = place_published(
        compared, rows, measure_words({"M": "Low"}), "306", model, date(2026, 1, 1)
    )

    (told,) = profile.rows
    assert (told.neighbours, told.available) == ("[x]", "5 of 10")


@pytest.mark.parametrize(
    ("symbol", "nothing", "said"),
    [
        ("c", "[c]", "Hidden by the publisher for 2025; the last was 2024."),
        ("z", "[z]", "Not applicable in 2025; the last was 2024."),
        ("low", "[low]", "Rounds to 0 but is not 0 in 2025; the last was 2024."),
        ("u", "[u]", "Too unreliable to publish for 2025; the last was 2024."),
        ("x", "[x]", "No figure for 2025; the last was 2024."),
    ],
)
def test_the_kinds_of_nothing_do_not_look_alike(symbol, nothing, said):
    tables = {"M": {"2024": {"306": 1.0}, "2025": {"306": None, "301": 2.0}}}
    rows = published(tables).with_columns(
        symbol=pl.when(pl.col("value").is_null()).then(pl.lit(symbol))
    )
    words = measure_words({"M": "Low"})
    compared = compare_published(rows, words, neighbour_pairs({}), area_rows({}))

    (told,) = place_published(compared, rows, words, "306", 0, date(2026, 1, 1)).rows

    assert (told.ours, told.nothing, told.why_none) == ("", nothing, said)


VALUES = st.dictionaries(
    st.sampled_from(CODES), st.sampled_from([None, 0.0, 1.0, 2.5, 4.0]), min_size=1
)


@settings(max_examples=120, deadline=None)
@given(
    tables=st.dictionaries(
        st.sampled_from("PQR"),
        st.dictionaries(st.sampled_from(["2023", "2024", "2025"]), VALUES, min_size=1),
        min_size=1,
    )
)
def test_the_place_is_that_of_a_slow_count(tables):
    rows = published(tables)
    words = measure_words(dict.fromkeys("PQR", "High"))
    compared = compare_published(rows, words, neighbour_pairs({}), area_rows({}))

    profile = place_published(compared, rows, words, "306", None, date(2026, 1, 1))

    assert {told.key for told in profile.rows} == set(tables)
    for told in profile.rows:
        years = tables[told.key]
        latest = max(years)
        mine = years[latest].get("306")
        values = [v for v in years[latest].values() if v is not None]
        had = [year for year in sorted(years) if years[year].get("306") is not None]
        assert told.year == latest
        if mine is None:
            assert told.place == told.ours == told.change == ""
            assert (had[-1] if had else "none for any earlier year") in told.why_none
        else:
            better = sum(value > mine for value in values)
            assert told.place == f"{better + 1} of {len(values)}"
            assert told.why_none == ""


def test_the_measure_page_sets_england_and_region_where_their_figures_lie():
    story = DESK.measure("ReReferral")
    assert story is not None

    order = [
        (r.name, r.who) for r in story.authorities if r.who not in ("", "neighbour")
    ]
    assert order == [
        ("South East", "Region"),
        ("England", "England"),
        ("Exampleton", "ours"),
    ]
    shown = [float(r.value.rstrip("%")) for r in story.authorities]
    assert shown == sorted(shown)
    assert len([r for r in story.authorities if r.who == "neighbour"]) == 10


def test_the_measure_page_sets_marks_in_order_where_high_is_good_too():
    story = DESK.measure(AWKWARD)
    assert story is not None

    shown = [float(r.value.rstrip("%")) for r in story.authorities]
    assert shown == sorted(shown, reverse=True)
    assert [r.who for r in story.authorities].index("England") == 21


def test_the_measure_page_draws_with_the_publishers_decimals_and_labels():
    story = DESK.measure(AWKWARD)
    assert story is not None and story.years is not None and story.dot_strip is not None

    assert [p.label for p in story.years.points] == ["2023/24", "2024/25"]
    assert story.years.points[-1].value_text == "59.0%"
    assert "Data to 31 March 2025" in story.years.foot
    assert story.years.title == "Up from 58.0% to 59.0% in a year"
    assert story.edition == "invented_2026.csv, loaded 2 October 2026"


def test_a_sum_is_told_beside_the_others_and_neither_drawn_nor_set_against_ours():
    story = DESK.measure("Spend")
    assert story is not None and story.dot_strip is not None

    england = story.comparison[0]
    assert (
        england.label == "England" and "Not set beside one authority" in england.reading
    )
    assert "England 480" not in story.dot_strip.wide
    assert all(r.who != "England" for r in story.authorities)
    assert story.sentences[0].text == "Exampleton was 20 million in 2025."


def test_a_measure_without_our_figure_has_a_page_all_the_same():
    story = DESK.measure("Missing")
    assert story is not None

    assert story.sentences[0].text == "No figure for 2025; the last was 2024."
    ours = next(r for r in story.authorities if r.who == "ours")
    assert (ours.value, ours.rank) == ("[x]", "")


def test_a_key_that_nobody_published_has_no_page():
    assert DESK.measure("Nothing") is None


@pytest.mark.parametrize("key", ["ReReferral", AWKWARD, "Spend", "Missing"])
def test_what_the_page_shows_is_in_the_comparison_that_it_gives_away(key):
    story = DESK.measure(key)
    compared = DESK.compared(key)
    assert story is not None
    told = [r for r in story.authorities if r.who not in ("England", "Region")]
    assert len(told) == compared.height
    mine = compared.filter(pl.col("area_code") == AREA).row(0, named=True)
    shown = "[x]" if mine["value"] is None else story.row.display.text(mine["value"])
    assert next(r.value for r in told if r.who == "ours") == shown


def test_where_nothing_is_published_there_is_nothing_to_place():
    empty = PublishedRecord(
        empty_frame("published").lazy(),
        *(empty_frame(name) for name in ("published_measures", "areas", "neighbours")),
    )
    desk = PublishedMeasures(
        release_published(empty), "306", "Croydon", date(2026, 1, 1)
    )

    profile = desk.profile
    assert profile.rows == profile.topics == profile.banded == ()
    assert profile.rest == profile.neighbours == ""
    assert desk.comparison.is_empty() and desk.neighbours == ()
    assert desk.measure("ReReferral") is None
