"""The invented nation: in the publishers' layouts, whole, repeatable, plainly invented."""

import csv
import time
from hashlib import sha256

import fastexcel
import polars as pl
import pytest

from openscrutiny.comparison.published import compare_published
from openscrutiny.demo.nation import make_nation
from openscrutiny.demo.nation_sums import round_half_up
from openscrutiny.figures.schema import FIGURE_COLUMNS
from openscrutiny.geography import CURRENT_AUTHORITIES, ENDED_AUTHORITIES
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace

# What the borough counted itself: code, period, its last day, and the two numbers.
TRUTH = [
    ("FD1", "financial_year", "2024-03-31", 4000, 90000),
    ("FD1", "financial_year", "2025-03-31", 4100, 91000),
    ("FD1", "financial_year", "2026-03-31", 4300, 92000),
    ("FD1", "month", "2025-03-31", 333, 91000),
    ("FD2", "financial_year", "2025-03-31", 1025, 4100),
    ("CP3", "financial_year", "2025-03-31", 321, 400),
    ("CP9", "month", "2025-03-31", 3, 333),
    ("LA1", "financial_year", "2025-03-31", 655, 91000),
    ("CL3", "financial_year", "2025-03-31", 201, 402),
    ("CL4", "financial_year", "2025-03-31", 150, 402),
    ("SN4", "calendar_year", "2025-12-31", 400, 640),
    ("SN4", "financial_year", "2025-03-31", 1, 640),
    ("SN1", "month", "2024-12-31", 5000, ""),
    ("SN11", "month", "2024-12-31", 700, 5000),
    ("EH4", "financial_year", "2025-03-31", 800, ""),
    ("FD2", "quarter", "2026-06-30", 301, 1100),
]


PEERS = "invented_peers_2023_to_2026.csv"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation")
    truth = folder / "truth.csv"
    with truth.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, FIGURE_COLUMNS, restval="")
        rows.writeheader()
        for code, kind, end, top, bottom in TRUTH:
            rows.writerow(
                {
                    "code": code,
                    "area_code": "299",
                    "period_type": kind,
                    "period_end": end,
                    "breakdown": "total",
                    "category": "all",
                    "numerator": top,
                    "denominator": bottom,
                }
            )
            # A breakdown and another authority's figure are not the council's total.
            rows.writerow(
                {
                    "code": code,
                    "area_code": "299",
                    "period_type": kind,
                    "period_end": end,
                    "breakdown": "sex",
                    "category": "Female",
                    "numerator": 1,
                    "denominator": 2,
                }
            )
    make_nation(folder / "files", seed=7, truth=truth)
    return folder / "files"


@pytest.fixture(scope="module")
def record(made, tmp_path_factory):
    workspace = create_workspace(tmp_path_factory.mktemp("workspace"), ("299",))
    outcomes = load_paths(workspace, [made])
    for outcome in outcomes:
        # What only describes a table is read with it and then set aside.
        wanted = {"loaded", "loaded with problems"}
        assert outcome.status in wanted | {"set aside"}
        assert outcome.status in wanted or outcome.path.endswith(".meta.csv")
    journal = Journal(workspace.record)
    entries = journal.entries()
    return {
        table: pl.concat(
            [pl.read_parquet(path) for path in journal.paths(table, entries)]
        )
        for table in (
            "published",
            "published_measures",
            "neighbours",
            "areas",
            "peer_quarters",
        )
    }


def extract(made):
    return pl.read_parquet(made / "invented_bds_long.parquet")


def council(made, key, year):
    rows = extract(made).filter(
        (pl.col("LA Number") == 299)
        & (pl.col("Short Desc") == key)
        & (pl.col("Years") == year)
    )
    assert rows.height == 1
    return rows["Values"][0]


def table_rows(made, name):
    with (made / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_153_authorities_none_of_them_real(made):
    rows = extract(made).filter(pl.col("LA Number") < 970)
    numbers = {str(int(number)) for number in rows["LA Number"].unique()}

    assert len(numbers) == 153
    assert rows["LA and Regions"].n_unique() == 153
    assert "299" in numbers
    assert not numbers & (CURRENT_AUTHORITIES | set(ENDED_AUTHORITIES))


def test_every_file_says_that_it_is_invented(made):
    paths = sorted(made.iterdir())

    assert all(path.name.startswith("invented_") for path in paths)
    for row in table_rows(made, "invented_lait_data_dictionary.csv"):
        assert "INVENTED for the demonstration" in row["Description"]
        assert "INVENTED for the demonstration" in row["Measure"]
    for path in paths:
        if path.name.endswith(".meta.csv"):
            for row in table_rows(made, path.name):
                assert "INVENTED for the demonstration" in row["label"]


def test_every_table_has_its_metadata_beside_it(made):
    names = {path.name for path in made.iterdir()}
    tables = [n for n in names if n.endswith(".csv") and "dictionary" not in n]
    tables.remove(PEERS)  # the documented layout of peers has none

    for name in tables:
        if not name.endswith(".meta.csv"):
            assert name.replace(".csv", ".meta.csv") in names


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        make_nation(tmp_path / name, seed=3)
    other = tmp_path / "other"
    make_nation(other, seed=4)

    def bytes_of(folder):
        return {
            path.name: sha256(path.read_bytes()).hexdigest()
            for path in folder.iterdir()
        }

    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert bytes_of(tmp_path / "one") != bytes_of(other)


def test_a_nation_is_made_in_seconds(tmp_path):
    start = time.process_time()

    make_nation(tmp_path / "nation", seed=1)

    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("key", "year", "printed"),
    [
        ("CPP_Total_Rateper10,000", "2024", "444.4"),
        ("CPP_Total_Rateper10,000", "2025", "450.5"),
        ("ReReferral", "2025", "25"),
        ("LAC", "2025", "72"),  # 71.98, printed without decimals
        ("CareLeaverEET", "2025", "50"),
        ("CareLeaversNEET", "2025", "37"),
        ("SEN_EHC_Excpt_20wks", "2025", "62.5"),
        ("CPPlans2yrsActive", "2025", "0.9"),  # of 3 children, and not hidden
    ],
)
def test_the_councils_published_value_is_its_own_count_rounded(
    made, key, year, printed
):
    assert council(made, key, year) == printed


def test_the_councils_other_years_follow_on_from_those_that_it_counted(made):
    rates = [
        float(council(made, "CPP_Total_Rateper10,000", year))
        for year in ("2020", "2021", "2022", "2023")
    ]

    assert all(444.4 / 2 < rate < 444.4 * 2 for rate in rates)


def test_nothing_is_published_after_2025(made):
    assert "2026" not in extract(made)["Years"].to_list()


def test_the_tables_print_the_councils_counts(made):
    def row(name, year):
        rows = table_rows(made, name)
        return next(
            r for r in rows if r["old_la_code"] == "299" and r["time_period"] == year
        )

    c1 = row(
        "invented_c1_children_in_need_referrals_and_rereferrals_2020_to_2025.csv",
        "2025",
    )
    c4 = row(
        "invented_c4_children_in_need_section_47s_and_icpcs_2020_to_2025.csv", "2025"
    )
    plans = row("invented_timeliness_20_week.csv", "2025")
    reviews = row("invented_annual_reviews.csv", "2024")

    assert (c1["referral_count"], c1["rereferral_count"]) == ("4100", "1025")
    assert c1["rereferral_percent"] == "25"
    assert int(c4["Duration_0-10_days"]) + int(c4["Duration_11-15_days"]) == 321
    assert c4["ICPC"] == "400"
    late = int(c4["Duration_16-20_days"]) + int(c4["Duration_21+_days"])
    assert late == 79
    assert (plans["plans_issued_20_weeks_ex"], plans["plans_issued_den_ex"]) == (
        "400",
        "640",
    )
    assert (reviews["total_ehc_plans"], reviews["no_review_meeting"]) == ("5000", "700")


def test_england_is_the_sum_of_its_authorities(made):
    rows = [
        row
        for row in table_rows(made, "invented_requests.csv")
        if row["time_period"] == "2025"
    ]
    of = {
        level: sum(
            int(r["requests_received_in_year"])
            for r in rows
            if r["geographic_level"] == level
        )
        for level in ("National", "Regional", "Local authority")
    }

    assert of["National"] == of["Local authority"] == of["Regional"]


def test_only_london_as_a_whole_is_given_for_plans_and_schools(made):
    rows = extract(made).filter(pl.col("Years").is_in(["2025", "2024/25"]))

    def given(number, key):
        cell = rows.filter(
            (pl.col("LA Number") == number) & (pl.col("Short Desc") == key)
        )
        return cell["Values"][0] != "-"

    assert given(986, "TotPermEx") and not given(988, "TotPermEx")
    assert given(986, "SEN_EHC_Excpt_20wks") and not given(987, "SEN_EHC_Excpt_20wks")
    assert given(986, "ReReferral") and given(988, "ReReferral")
    regions = {row["region_name"] for row in table_rows(made, "invented_requests.csv")}
    assert "London" in regions
    assert "Outer London" not in regions


def test_small_counts_of_other_authorities_are_hidden_and_not_zero(made):
    rows = table_rows(
        made, "invented_c4_children_in_need_section_47s_and_icpcs_2020_to_2025.csv"
    )
    others = [row for row in rows if row["old_la_code"] not in ("", "299")]
    counts = {row["Duration_16-20_days"] for row in others}
    shares = extract(made).filter(pl.col("Short Desc") == "CPPlans2yrsActive")

    assert "c" in counts
    assert not {"1", "2", "3", "4", "5"} & counts
    assert "-" in shares["Values"].to_list()


def test_each_authority_has_ten_neighbours_of_the_nation_and_not_itself(made):
    sheet = fastexcel.read_excel(made / "invented_sn_may_2025.xlsx").load_sheet(
        0, header_row=2
    )
    rows = sheet.to_polars().rows()

    numbers = {int(row[0]) for row in rows}
    assert len(numbers) == 153
    for row in rows:
        near = [int(code) for code in row[5:25:2]]
        assert len(set(near)) == 10
        assert int(row[0]) not in near
        assert set(near) <= numbers


def test_the_products_own_readers_take_every_file(record):
    assert record["published_measures"].height > 100
    assert record["neighbours"].height == 1530
    keys = set(record["published"]["measure"].unique())
    for key in (
        "ReReferral",
        "csww_indicators:vacancy_rate_fte",
        "c1_children_in_need_referrals_and_rereferrals:referral_count",
        "c4_children_in_need_section_47s_and_icpcs:Duration_0-10_days",
        "requests:requests_received_in_year",
        "annual_reviews:no_review_meeting",
    ):
        assert key in keys


def test_a_dozen_councils_exchange_fourteen_quarters_of_three_indicators(record):
    peers = record["peer_quarters"]
    councils = peers.filter(pl.col("area_code").str.len_chars() == 3)

    assert set(peers["measure"]) == {"FD1", "FD2", "CP5"}
    assert councils.height == 3 * 14 * 12
    assert councils["area_code"].n_unique() == 12
    assert peers["collection"].unique().to_list() == ["Invented London"]
    assert set(peers.filter(pl.col("measure") == "FD2")["shared"]) == {"officers"}
    late = peers.filter(pl.col("symbol") == "x")
    assert set(late["period_end"].cast(str)) == {"2026-06-30"}


def test_the_councils_exchanged_quarter_is_what_it_counted(record):
    ours = record["peer_quarters"].filter(
        (pl.col("area_code") == "299")
        & (pl.col("measure") == "FD2")
        & (pl.col("period_end").cast(str) == "2026-06-30")
    )

    assert ours.select("numerator", "denominator", "value").rows() == [
        (301.0, 1100.0, 27.4)
    ]


def test_the_council_is_compared_within_the_invented_nation(record):
    result = compare_published(
        record["published"],
        record["published_measures"],
        record["neighbours"],
        record["areas"],
        areas_wanted=["299"],
        polarities={"csww_indicators:vacancy_rate_fte": "Low"},
    )
    rows = {row["measure"]: row for row in result.to_dicts() if row["filters"] == ""}

    again = rows["ReReferral"]
    assert again["year"] == "2025"
    assert again["value"] == 25.0
    assert again["ranked"] >= 140
    assert again["band"] in "ABCD"
    assert again["neighbours_available"] >= 8
    assert again["neighbour_model"] == "2025"
    assert again["region_used"] == "Outer London"
    assert 15 < again["england_value"] < 30
    assert rows["SEN_EHC_Excpt_20wks"]["region_used"] == "London"
    assert rows["csww_indicators:vacancy_rate_fte"]["ranked"] == 153


def test_a_nation_without_a_borough_needs_no_truth(tmp_path):
    make_nation(tmp_path, seed=1, council="150", council_name="Elsewhere", truth=None)

    rows = extract(tmp_path)
    assert "Elsewhere" in rows["LA and Regions"].to_list()


@pytest.mark.parametrize(
    ("top", "bottom", "digits", "printed"),
    [
        (1, 3, 1, "0.3"),
        (1, 2, 0, "1"),
        (25, 1000, 2, "0.03"),
        (24, 1, 1, "24"),
        (0, 9, 1, "0"),
    ],
)
def test_halves_are_rounded_upwards(top, bottom, digits, printed):
    assert round_half_up(top, bottom, digits) == printed
