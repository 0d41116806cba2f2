"""The publications themselves: what is read of them, exactly, and how quickly."""

from pathlib import Path

import polars as pl
import pytest

from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.returns.published.ees import EesReader
from openscrutiny.returns.published.lait import LaitReader
from openscrutiny.returns.published.neighbours import NeighboursReader
from openscrutiny.returns.published.population import PopulationReader
from openscrutiny.returns.reading import LoadRequest
from openscrutiny.returns.sources import find_sources
from support.invented_returns import REQUEST, check_contract
from support.lait_sample import read_measures, read_neighbours, read_published

pytestmark = pytest.mark.samples

READERS = (LaitReader(), NeighboursReader(), PopulationReader(), EesReader())
KEY = ["measure", "filters", "area_code", "year_label", "time_identifier"]
NEET = "breakdown=Total not in education, employment or training"


def read_folder(folder: Path, request=REQUEST):
    """Recognise and read every file as the loader does: outcomes by base name."""
    groups = {}
    for found in find_sources(folder, lambda archive: None):
        source = found.source
        assert source is not None, found.name
        for reader in READERS:
            part = reader.recognise(source)
            if part is not None:
                groups.setdefault(reader.return_name, (reader, []))[1].append(
                    (part, source)
                )
                break
    return {
        source.name.replace("!", "/").rsplit("/", 1)[-1]: outcome
        for reader, members in groups.values()
        for source, outcome in reader.read(members, request)
    }


@pytest.fixture(scope="module")
def social_care(samples):
    return read_folder(samples / "published" / "csc_2025")


@pytest.fixture(scope="module")
def plans(samples):
    name = "education-health-and-care-plans_2025.zip"
    return read_folder(samples / "published" / "sen2_2025" / name)


@pytest.fixture(scope="module")
def lait(samples):
    return read_folder(samples / "published" / "lait")


def value(outcomes, file, measure, area, year, filters=""):
    rows = (
        outcomes[file]
        .tables["published"]
        .filter(
            (pl.col("measure") == measure)
            & (pl.col("area_code") == area)
            & (pl.col("year_label") == year)
            & (pl.col("filters") == filters)
        )
    )
    assert rows.height == 1, (measure, area, year, filters, rows.height)
    return rows["value"].item()


def symbols(outcome):
    counts = outcome.tables["published"]["symbol"].drop_nulls().value_counts()
    return dict(counts.rows())


# ------------------------------------------------------------ social care


def test_every_social_care_table_is_read_whole(social_care):
    assert len(social_care) == 11
    for name, outcome in social_care.items():
        check_contract(outcome)
        # None is left out: a line of two councils is given to both.
        assert outcome.rows_rejected == 0, name
        rules = {problem.rule for problem in outcome.problems}
        assert rules <= {"key", "shared"}, (name, rules)


@pytest.mark.parametrize(
    ("file", "measure", "area", "filters", "expected"),
    [
        ("c1", "rereferral_count", "306", "", 2143),
        ("c1", "referral_count", "306", "", 7986),
        ("c1", "rereferral_percent", "306", "", 26.8),
        ("c1", "rereferral_percent", "E92000001", "", 22.6),
        ("d3", "CPP_subsequent", "306", "", 119),
        ("d3", "CPP_start", "306", "", 594),
        ("csww", "vacancy_rate_fte", "306", "", 19.2),
        ("csww", "caseload_fte", "306", "", 19.1),
        ("la_care", "care_leaver_count", "306", f"care_leaver_age=19 to 21 years;{NEET}", 151),
        ("la_care", "care_leaver_count", "306", f"care_leaver_age=17 to 18 years;{NEET}", 46),
        ("la_care", "care_leaver_count", "306", "care_leaver_age=19 to 21 years", 425),
    ],
)  # fmt: skip
def test_social_care_figures_are_those_that_were_published(
    social_care, file, measure, area, filters, expected
):
    (name,) = [name for name in social_care if name.startswith(file)]
    rows = social_care[name].tables["published"]
    key = f"{rows['measure'][0].partition(':')[0]}:{measure}"

    assert value(social_care, name, key, area, "2025", filters) == expected


def test_no_symbol_is_lost(social_care):
    assert symbols(social_care["absence_la.csv"]) == {
        "c": 44743,
        "x": 29700,
        "z": 4917,
        "k": 4,
    }
    assert symbols(social_care["la_care_leavers_activity.csv"]) == {
        "c": 8234,
        "z": 4716,
        "k": 14,
    }
    name = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    assert symbols(social_care[name]) == {"c": 296, "x": 68, "u": 26}


def test_outer_london_stands_beside_croydon_here_and_london_in_the_plans(
    social_care, plans
):
    for outcomes, file, region in (
        (social_care, "d3_cpps_subsequent_plan_2013_to_2025.csv", "E13000002"),
        (plans, "timeliness_20_week.csv", "E12000007"),
    ):
        areas = outcomes[file].tables["areas"].filter(pl.col("area_code") == "306")
        assert areas["region_code"].to_list() == [region]


def test_children_are_counted_for_every_mid_year(social_care):
    rows = social_care["ons_mid-year_population_estimates_2012_to_2024.csv"].tables[
        "population"
    ]

    england = rows.filter(
        (pl.col("area_code") == "E92000001") & (pl.col("year") == 2024)
    )
    assert england["population_estimate"].to_list() == [12_183_016]
    assert set(rows["age_group"]) == {"0 to 17"}
    assert rows["year"].unique().sort().to_list() == list(range(2012, 2025))
    assert (
        rows.filter(pl.col("population_estimate").is_null())["raw"].to_list()
        == ["x"] * 21
    )


# ------------------------------------------------------------ plans


def test_every_table_of_the_release_is_read_and_has_its_total_row(plans):
    tables = {name: o for name, o in plans.items() if name != "data-guidance.txt"}
    assert len(tables) == 12
    for name, outcome in tables.items():
        check_contract(outcome)
        assert outcome.rows_rejected == 0, name
        rows = outcome.tables["published"]
        croydon = rows.filter(
            (pl.col("area_code") == "306") & (pl.col("filters") == "")
        )
        assert croydon.height > 0, name
        words = outcome.tables["published_measures"]
        assert set(words["publication"]) == {"Education, health and care plans (DfE)"}
        assert words.filter(pl.col("title") == pl.col("measure")).is_empty()


@pytest.mark.parametrize(
    ("file", "column", "year", "expected"),
    [
        ("timeliness_20_week", "PC_plans_issued_20_weeks_ex", "2024", 72.8),
        ("timeliness_20_week", "plans_issued_20_weeks_ex", "2024", 667),
        ("timeliness_20_week", "plans_issued_den_ex", "2024", 916),
        ("timeliness_20_week", "PC_plans_issued_20_weeks_ex", "2019", 74.4),
        ("requests", "requests_received_in_year", "2024", 1174),
        ("requests", "requests_received_in_year", "2019", 588),
        ("annual_reviews", "review_expected", "2024", 4140),
        ("annual_reviews", "total_review_meeting", "2024", 3752),
        ("caseload", "ehcplans", "202425", 5232),
    ],
)
def test_figures_of_plans_are_those_that_were_published(
    plans, file, column, year, expected
):
    assert value(plans, f"{file}.csv", f"{file}:{column}", "306", year) == expected


def test_the_heading_that_stands_twice_is_kept_apart(plans):
    reviews = plans["annual_reviews.csv"]

    keys = set(reviews.tables["published_measures"]["measure"])
    assert "annual_reviews:review_meeting_prior_24" in keys
    assert "annual_reviews:review_meeting_prior_24.2" in keys
    assert [problem.field for problem in reviews.problems] == [
        "review_meeting_prior_24"
    ]


def test_every_indicators_published_columns_are_there(social_care, plans):
    """Hold the indicators' references to the tables that they name."""
    frames = [
        outcome.tables["published"].select("measure", "filters").unique()
        for outcome in (*social_care.values(), *plans.values())
        if "published" in outcome.tables
    ]
    known = pl.concat(frames)
    files = {key.partition(":")[0] for key in known["measure"]}
    wanted = set()
    for indicator in INDICATORS:
        for measure in indicator.published:
            parts = (
                (measure.numerator, measure.filters),
                (measure.denominator, measure.denominator_filters or measure.filters),
            )
            for reference, filters in parts:
                file, _, columns = reference.partition(":")
                if file in files:
                    wanted |= {(f"{file}:{c}", filters) for c in columns.split("+")}
    there = set(known.rows())
    keys = set(known["measure"])

    assert {key for key, _ in wanted} <= keys
    assert {pair for pair in wanted if pair[1]} <= there


# ------------------------------------------------------------ the interactive tool


def test_the_extract_agrees_with_a_reader_written_apart(lait, samples):
    folder = samples / "published" / "lait"
    outcome = lait["bds_long_2026-04-08.parquet"]
    check_contract(outcome)
    ours = outcome.tables["published"].drop("line").sort(KEY)
    theirs = read_published(folder).sort(KEY)

    assert (outcome.rows_read, outcome.rows_rejected) == (641_070, 0)
    labelled = theirs["year_label"] != "0"
    assert ours.filter(labelled).equals(theirs.filter(labelled))
    unlabelled = ours.filter(~labelled)
    assert unlabelled.height == 170 and unlabelled["year"].null_count() == 170


def test_the_dictionary_agrees_with_a_reader_written_apart(lait, samples):
    outcome = lait["lait_data_dictionary.csv"]
    check_contract(outcome)
    said = ["measure", "title", "polarity", "bandable"]
    ours = outcome.tables["published_measures"].select(said)
    theirs = read_measures(samples / "published" / "lait").select(said)

    assert (outcome.rows_read, outcome.rows_rejected) == (448, 0)
    assert ours.height == 434
    assert ours.sort("measure").equals(theirs.sort("measure"))
    joined = outcome.tables["published_measures"]["topic"].str.contains(
        " / ", literal=True
    )
    assert joined.sum() == 14


def test_the_workbook_of_neighbours_agrees_with_a_reader_written_apart(lait, samples):
    outcome = lait["sn_may_2025.xlsx"]
    ours = outcome.tables["neighbours"].select(
        "model", "area_code", "position", "neighbour_code"
    )
    theirs = read_neighbours(samples / "published" / "lait").select(ours.columns)
    order = ["area_code", "position"]

    assert (outcome.rows_read, outcome.rows_rejected, outcome.problems) == (158, 0, ())
    assert ours.sort(order).equals(theirs.sort(order))


def test_both_files_of_the_2025_model_list_the_same_neighbours(lait, social_care):
    columns = ["area_code", "position", "neighbour_code"]
    book = lait["sn_may_2025.xlsx"].tables["neighbours"].select(columns)
    wide = social_care["sn_model_2025_wide.csv"].tables["neighbours"].select(columns)
    today = wide["area_code"].unique()

    assert wide.height == 1530
    assert wide.sort(columns).equals(
        book.filter(pl.col("area_code").is_in(today.implode())).sort(columns)
    )


def test_the_list_of_areas_leaves_out_only_the_discontinued_england(lait):
    outcome = lait["la_code_list.xlsx"]

    assert (outcome.rows_read, outcome.rows_rejected) == (171, 1)
    assert outcome.tables["areas"]["area_code"].n_unique() == 170


# ------------------------------------------------------------ the rest


def test_the_matrix_of_neighbours_needs_its_year_said(samples):
    folder = samples / "csc" / "send-published"

    silent = read_folder(folder)["stat neighbours.csv"]
    said = read_folder(folder, LoadRequest(2021))["stat neighbours.csv"]

    assert silent.rule == "year"
    assert said.tables["neighbours"].height == 1530
    assert said.problems == ()


def test_what_passes_the_publishers_own_screener_is_read_or_has_other_levels(samples):
    outcomes = read_folder(samples / "published" / "ees_standard" / "screener_pass")

    refused = {name: o.rule for name, o in outcomes.items() if hasattr(o, "rule")}
    assert set(refused.values()) == {"level"} and len(refused) == 8
    for name, outcome in outcomes.items():
        if name not in refused:
            check_contract(outcome)
            rules = {problem.rule for problem in outcome.problems}
            assert rules <= {"level", "key", "metadata"}, (name, rules)


def test_every_other_table_of_the_samples_is_read_without_a_wrong_name(samples):
    for folder in (
        "published/neet",
        "published/attendance",
        "published/send_other",
        "csc/published",
    ):
        for name, outcome in read_folder(samples / folder).items():
            check_contract(outcome)
            assert outcome.rows_rejected == 0, name
            assert outcome.problems == (), name
