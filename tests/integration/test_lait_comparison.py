"""Every measure of the published tool, compared as the tool itself compares it."""

import os
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.comparison.published import compare_published
from openscrutiny.comparison.series import published_series
from openscrutiny.returns.published.ees import EesReader
from openscrutiny.returns.published.lait import LaitReader
from openscrutiny.returns.reading import LoadRequest, Reading
from openscrutiny.returns.sources import DiskFile
from support.comparison_twin import compare_slowly
from support.lait_sample import (
    read_areas,
    read_measures,
    read_neighbours,
    read_published,
)

pytestmark = pytest.mark.samples

# key: year, value, rank, ranked, band, neighbours' mean and number, region and its
# value, England, change. None in a cell: the printed table leaves it out.
CROYDON = {
    "ReReferral": (
        "2025", 26.8, 142, 153, "D", 19.60, 10, "Outer London", 19.6, 22.6, 3.7),
    "PrevRegCPR": (
        "2025", 20.0, 38, 152, "A", 21.08, 10, "Outer London", 19.3, 24.5, -2.4),
    "CPP_Abuse_Rate": (
        "2025", 63.2, 106, 151, "C", 49.44, 10, "Outer London", 43.9, 50.8, 2.3),
    "Work_Force_Vac_Rate": (
        "2025", 19.2, 106, 151, "C", 13.04, 10, "Outer London", 20.5, 14.2, -13.2),
    "Work_Force_TO_Rate": (
        "2025", 12.9, 87, 150, "C", 14.00, 10, "Outer London", 15.7, 11.8, -2.5),
    "Work_Force_Agecy_Rate": (
        "2025", 18.9, 104, 151, "C", 15.50, 10, "Outer London", 18.4, 13.0, -11.9),
    "Work_Force_AvgNumCase_SW": (
        "2025", 19.1, 143, 151, "D", 14.72, 10, "Outer London", 14.6, 15.2, 3.1),
    "Stability_SocialWorker": (
        "2024", 28.0, 82, 151, "C", 25.33, 9, "Outer London", 27.0, 27.0, None),
    "CareLeaverEET": (
        "2025", 52, 89, 152, "C", 55.9, 10, "Outer London", 55, 54, -1),
    "CareLeaversNEET": (
        "2025", 36, 41, 151, "B", 36.8, 10, "Outer London", 37, 40, 1),
    "SEN_EHC_Excpt_20wks": (
        "2024", 72.8, 49, 151, "B", 56.93, 10, "London", 66.9, 46.4, -9.7),
    "SEN_AppealableDec": (
        "2024", 1.6, 34, 153, "A", 2.67, 10, "Outer London", 2.19, 3.2, 0.4),
    "TotPerAbNew": (
        "2025", 18.75, 93, 153, "C", 18.32, 10, "London", 17.53, 18.14, -1.23),
    "TotPermEx": (
        "2023/24", 0.050, 26, 153, "A", 0.084, 10, "London", 0.067, 0.129, 0.009),
    "TotFixedEx": (
        "2023/24", 6.77, 35, 153, "A", 9.87, 10, "London", 5.65, 11.31, 0.45),
    "16-17 NEET": (
        "2025", 2.1, 30, 153, "A", 3.16, 10, "London", 1.9, 3.4, 0.4),
    "16-17_not known_NEET": (
        "2025", 5.8, 98, 153, "C", 4.94, 10, "London", 3.3, 5.6, -0.5),
    "16-17Ed&Training": (
        "2025", 94.28, 49, 152, "B", 93.49, 10, "London", 96.3, 92.0, None),
    "KS2RWM_Expected_STD": (
        "2025", 68, 28, 151, "A", 65.4, 10, "Outer London", 70, 63, None),
    "AVG_Attain8_Score": (
        "2025", 44.5, 97, 152, "C", 47.25, 10, "Outer London", 50.8, 46.0, None),
    "FSP_NEW_GOODDEV": (
        "2025", 70.4, 41, 153, "B", 69.37, 10, "Outer London", 70.8, 68.3, None),
}  # fmt: skip
GOLDEN_COLUMNS = (
    "year", "value", "rank", "ranked", "band", "neighbour_mean",
    "neighbours_available", "region_used", "region_value", "england_value", "change",
)  # fmt: skip
COMPARED = [
    "year", "value", "polarity", "rank", "ranked", "band", "q1", "q2", "q3",
    "neighbour_mean", "neighbour_median", "neighbours_available", "region_value",
    "england_value", "change", "change_from", "change_to",
]  # fmt: skip


class Sample:
    def __init__(self, folder: Path) -> None:
        self.published = read_published(folder)
        self.measures = read_measures(folder)
        self.areas = read_areas(self.published)
        recent = read_neighbours(folder)
        # Only the model of 2025 is public here; an older one is made by turning the
        # lists round, so that choosing a model is tested on the whole nation.
        codes = sorted(recent["area_code"].unique())
        turned = dict(zip(codes, codes[7:] + codes[:7], strict=True))
        older = recent.with_columns(
            model=pl.lit("2021"),
            neighbour_code=pl.col("neighbour_code").replace_strict(turned),
        )
        self.neighbours = pl.concat([older, recent])

    def compare(self, **more: object) -> pl.DataFrame:
        return compare_published(
            self.published, self.measures, self.neighbours, self.areas, **more
        )


@pytest.fixture(scope="module")
def sample() -> Sample:
    samples = os.environ.get("OPENSCRUTINY_SAMPLES", "")
    folder = Path(samples) / "published" / "lait"
    if not samples or not list(folder.glob("bds_long_*.parquet")):
        pytest.skip("the samples are missing: set OPENSCRUTINY_SAMPLES to their folder")
    return Sample(folder)


def test_croydon_stands_as_the_published_tool_prints_it(sample):
    rows = {
        row["measure"]: row for row in sample.compare(areas_wanted=["306"]).to_dicts()
    }

    for measure, printed in CROYDON.items():
        for column, expected in zip(GOLDEN_COLUMNS, printed, strict=True):
            found = rows[measure][column]
            if isinstance(expected, float | int) and not isinstance(expected, bool):
                places = len(str(expected).partition(".")[2])
                room = 0.5 * 10**-places + 1e-9
                assert found == pytest.approx(expected, abs=room), (measure, column)
            elif expected is not None:
                assert found == expected, (measure, column)


@pytest.mark.parametrize("model", ["2025", "2021"])
def test_every_measure_and_authority_agrees_with_the_slow_twin(sample, model):
    fast = sample.compare(model=model)
    chosen = sample.neighbours.filter(pl.col("model") == model).sort("position")
    slow = compare_slowly(
        sample.published.to_dicts(),
        {
            row["measure"]: (row["polarity"] or "", row["bandable"])
            for row in sample.measures.to_dicts()
        },
        {
            area: rows["neighbour_code"].to_list()
            for (area,), rows in chosen.group_by("area_code", maintain_order=True)
        },
        dict(sample.areas.select("area_code", "region_code").drop_nulls().iter_rows()),
    )

    assert fast.height == len(slow) == 434 * 153
    wrong = [
        (row["measure"], row["area_code"], name)
        for row in fast.to_dicts()
        for name in COMPARED
        if not _same(
            row[name], slow[row["measure"], row["filters"], row["area_code"]][name]
        )
    ]
    assert wrong == []


def _same(left: object, right: object) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= 1e-9 * max(1.0, abs(left))
    return left == right


def test_no_ended_authority_takes_part_and_no_more_than_153_do(sample):
    result = sample.compare()

    assert result["area_code"].n_unique() == 153
    assert result["ranked"].max() == 153


def test_the_latest_point_of_each_line_is_the_comparisons(sample):
    row = sample.compare(areas_wanted=["306"]).filter(pl.col("measure") == "ReReferral")
    lines = published_series(
        sample.published,
        "ReReferral",
        "",
        "306",
        neighbours=sample.neighbours,
        areas=sample.areas,
    )

    latest = lines.filter(pl.col("year_label") == "2025")
    found = dict(latest.select("line", "value").iter_rows())
    assert found["own"] == row["value"][0]
    assert found["England"] == row["england_value"][0]
    assert found["region"] == row["region_value"][0]
    assert found["neighbours"] == pytest.approx(row["neighbour_mean"][0])
    assert lines.filter(pl.col("line") == "own").height == 10


def read_with(reader, path: Path) -> dict[str, pl.DataFrame]:
    source = DiskFile(path.name, path)
    part = reader.recognise(source)
    ((_, reading),) = reader.read([(part, source)], LoadRequest())
    assert isinstance(reading, Reading)
    return reading.tables


def test_the_products_own_reader_gives_the_same_comparison(sample):
    folder = Path(os.environ["OPENSCRUTINY_SAMPLES"]) / "published" / "lait"
    reader = LaitReader()
    published = read_with(reader, next(folder.glob("bds_long_*.parquet")))["published"]
    dictionary = read_with(reader, folder / "lait_data_dictionary.csv")
    areas = read_with(reader, folder / "la_code_list.xlsx")["areas"]

    through_reader = compare_published(
        published, dictionary["published_measures"], sample.neighbours, areas
    )

    order = ["measure", "area_code"]
    left = through_reader.drop("neighbour_mean").sort(order)
    right = sample.compare().drop("neighbour_mean").sort(order)
    assert left.equals(right)


def test_an_open_data_table_is_ranked_by_the_polarity_given_for_it(sample):
    folder = Path(os.environ["OPENSCRUTINY_SAMPLES"]) / "published" / "csc_2025"
    tables = read_with(EesReader(), folder / "csww_indicators_2017_to_2025.csv")
    key = "csww_indicators:vacancy_rate_fte"
    rows = tables["published"].filter(pl.col("measure") == key)

    result = compare_published(
        rows,
        tables["published_measures"],
        sample.neighbours,
        sample.areas,
        areas_wanted=["306"],
        polarities={key: "Low"},
    )

    # Two pairs of authorities publish their workforce together, under both numbers, so
    # how many are ranked depends on how their line is read; the rule does not.
    values = rows.filter(
        (pl.col("year_label") == "2025") & (pl.col("area_level") == "authority")
    )["value"].drop_nulls()
    row = result.row(0, named=True)
    assert (row["year"], row["value"], row["polarity"]) == ("2025", 19.2, "Low")
    assert row["ranked"] == len(values) >= 147
    assert row["rank"] == 1 + (values < 19.2).sum()
    assert (row["region_used"], row["region_value"]) == ("Outer London", 20.5)
    assert row["england_value"] == 14.2
    assert row["change"] == pytest.approx(-13.2)
