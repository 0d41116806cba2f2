"""Ours, the interactive tool's and the publisher's own table: one figure, three times."""

from pathlib import Path

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.comparison.asking import compare_indicators
from openscrutiny.figures.published import PublishedRecord, figures_of_measure
from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.workspace import open_workspace

pytestmark = pytest.mark.samples

LEAVERS = "la_care_leavers_activity:care_leaver_percent"
AGED = "care_leaver_age=19 to 21 years;breakdown=Total"
NEET = "UD_NEETNK_LA_dashboard"

# Our code, the tool's key, the table's key and filters, and how many authorities and
# years at least have a value in both.
MEASURES = {
    "FD2": (
        "ReReferral",
        "c1_children_in_need_referrals_and_rereferrals:rereferral_percent", "", 1600),
    "CP7": (
        "PrevRegCPR", "d3_cpps_subsequent_plan:CPP_subsequent_percent", "", 1600),
    "WF1": ("Work_Force_Vac_Rate", "csww_indicators:vacancy_rate_fte", "", 1400),
    "WF2": ("Work_Force_TO_Rate", "csww_indicators:turnover_rate_fte", "", 1400),
    "WF3": ("Work_Force_Agecy_Rate", "csww_indicators:agency_rate_fte", "", 1400),
    "WF6": ("Work_Force_AvgNumCase_SW", "csww_indicators:caseload_fte", "", 1400),
    "SN4": (
        "SEN_EHC_Excpt_20wks", "timeliness_20_week:PC_plans_issued_20_weeks_ex", "", 950),
    # DfE gives a year of these a file of its own; they are one series.
    "NE1": ("16-17_not known_NEET", f"{NEET}:NEET_not_known_percent", "", 300),
    "NE2": ("16-17 NEET", f"{NEET}:NEET_percent", "", 300),
    "CL3": (
        "CareLeaverEET", LEAVERS, f"{AGED} in education, employment or training", 800),
    "CL4": (
        "CareLeaversNEET", LEAVERS,
        f"{AGED} not in education, employment or training", 800),
}  # fmt: skip

# Where only one of the two publications gives a number: its text, the other's text.
ONE_SIDED = {
    # The tool prints its mark for "nothing" where the table prints a true 0.
    "CP7": {("-", "0"): 4},
    # The tool prints 0 where the table says that it only rounds to 0.
    "WF3": {("0", "low"): 3},
}


@pytest.fixture(scope="module")
def record(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> PublishedRecord:
    """Load the extract and every table, as a council would."""
    place = tmp_path_factory.mktemp("three") / "w"
    assert main(["init", str(place), "--council", "306", "--name", "Croydon"]) == 0
    release = "sen2_2025/education-health-and-care-plans_2025.zip"
    paths = [
        str(samples / "published" / name)
        for name in ("lait", "csc_2025", "neet", release)
    ]
    assert main(["load", *paths, "-w", str(place)]) in (0, 1)
    assert main(["build", "-w", str(place)]) == 0
    return open_snapshot(open_workspace(place)).record()


def side(record: PublishedRecord, key: str, filters: str, name: str) -> pl.DataFrame:
    """Give a publication's values: area, the first year of the label, value and text."""
    return (
        record.values_of([key])
        .filter((pl.col("measure") == key) & (pl.col("filters") == filters))
        .select(
            "area_code",
            pl.col("year_label").str.slice(0, 4).alias("year"),
            pl.col("value").alias(name),
            pl.col("raw").alias(f"{name}_text"),
        )
    )


def side_by_side(record: PublishedRecord, code: str) -> pl.DataFrame:
    tool, table, filters, _ = MEASURES[code]
    return side(record, tool, "", "tool").join(
        side(record, table, filters, "table"), on=["area_code", "year"]
    )


@pytest.mark.parametrize("code", MEASURES)
def test_the_tool_and_the_table_agree_without_any_difference(
    record: PublishedRecord, code: str
) -> None:
    both = side_by_side(record, code).drop_nulls(["tool", "table"])

    assert both.height >= MEASURES[code][3]
    assert (both["tool"] - both["table"]).abs().max() == 0
    assert both["area_code"].n_unique() > 140


@pytest.mark.parametrize("code", MEASURES)
def test_where_one_of_them_has_no_number_we_know_why(
    record: PublishedRecord, code: str
) -> None:
    rows = side_by_side(record, code).filter(
        pl.col("tool").is_null() != pl.col("table").is_null()
    )
    counted = rows.group_by("tool_text", "table_text").len().rows()

    assert {(a, b): n for a, b, n in counted} == ONE_SIDED.get(code, {})


@pytest.mark.parametrize("code", MEASURES)
def test_our_figures_are_theirs_without_any_difference(
    record: PublishedRecord, code: str
) -> None:
    indicator = find_indicator(code[:3])
    measure = indicator.published[0]
    ours = figures_of_measure(
        record.values_of(measure.keys), indicator, measure
    ).select("area_code", pl.col("year_label").str.slice(0, 4).alias("year"), "value")
    both = side_by_side(record, code).join(ours, on=["area_code", "year"])

    assert both.height >= MEASURES[code][3]
    beside_tool = both.filter(pl.col("tool").is_not_null())
    assert (beside_tool["value"] - beside_tool["tool"]).abs().max() == 0
    beside_table = both.drop_nulls(["value", "table"])
    assert (beside_table["value"] - beside_table["table"]).abs().max() == 0


@pytest.mark.parametrize("code", [code for code in MEASURES if len(code) == 3])
def test_the_comparison_takes_these_values_for_every_authority(
    record: PublishedRecord, code: str
) -> None:
    compared = compare_indicators(record, [find_indicator(code[:3])])
    year = compared["year"].drop_nulls()[0]
    tool = side(record, MEASURES[code][0], "", "tool").filter(
        pl.col("year") == year[:4]
    )
    both = compared.join(tool, on="area_code")

    assert both.height >= 149
    held = both.drop_nulls(["value", "tool"])
    assert held["value"].equals(held["tool"])
    # The one that the table says rounds to 0 (see ONE_SIDED) may stand on one side.
    assert (both["value"].is_null() != both["tool"].is_null()).sum() <= 1


def test_the_publishers_own_quintile_is_kept(record: PublishedRecord) -> None:
    rows = side(record, f"{NEET}:NEET_NK_quintile", "", "quintile")
    croydon = rows.filter((pl.col("area_code") == "306") & (pl.col("year") == "2025"))

    assert croydon["quintile"].to_list() == [4]
