"""Two genuine lists of neighbours: the model of 2025, and the one before it.

The lookup of Ofsted's pages holds both in words of its own; it names no year. Its
older list has authorities that began in April 2021 and one that ended in March 2023, so
it was made between those days and no more can be said: whoever loads it must say which
year's model it is, and the year given here is no finding.
"""

import csv
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.comparison.published import compare_under_models
from openscrutiny.geography import CURRENT_AUTHORITIES, ENDED_AUTHORITIES
from openscrutiny.returns.published.neighbours import NeighboursReader
from openscrutiny.returns.reading import LoadRequest
from support.invented_returns import MemoryFile, csv_file, read_one, refusal
from support.lait_sample import read_areas, read_measures, read_published

pytestmark = pytest.mark.samples

READER = NeighboursReader()
HEADING = "LA Number,LA Name," + ",".join(f"SN{n}" for n in range(1, 11))
OLDER = LoadRequest(2021)
BEGAN_IN_2021 = {"940", "941"}


@pytest.fixture(scope="module")
def published_folder(samples: Path) -> Path:
    return samples / "published"


def lookup(folder: Path, column: str) -> dict[str, list[str]]:
    """Read one of the lookup's lists: authority to neighbours, as it has them."""
    path = folder / "ofsted" / "Provider_data_lookup.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["la_code"]: [code for code in row[column].split(", ") if code]
            for row in csv.DictReader(file)
        }


def as_file(lists: dict[str, list[str]], name: str = "lookup.csv") -> MemoryFile:
    """Write lists in the layout that the reader knows."""
    lines = (
        f"{area},,{','.join(near)}{',' * (10 - len(near))}"
        for area, near in sorted(lists.items())
        if area in CURRENT_AUTHORITIES
    )
    return csv_file(name, HEADING, *lines)


def taken(file: MemoryFile, request: LoadRequest) -> dict[str, list[str]]:
    rows = read_one(READER, file, request=request).tables["neighbours"]
    grouped = rows.sort("area_code", "position").group_by(
        "area_code", maintain_order=True
    )
    return {str(area): part["neighbour_code"].to_list() for (area,), part in grouped}


def sample(path: Path) -> MemoryFile:
    return MemoryFile(path.name, path.read_bytes())


def test_the_three_copies_of_the_model_of_2025_agree(published_folder: Path) -> None:
    book = taken(sample(published_folder / "lait/sn_may_2025.xlsx"), LoadRequest())
    wide = taken(
        sample(published_folder / "csc_2025/sn_model_2025_wide.csv"), LoadRequest()
    )
    looked_up = lookup(published_folder, "stat_neighbours")

    today = {area: near for area, near in book.items() if area in CURRENT_AUTHORITIES}
    assert set(today) == set(wide) == CURRENT_AUTHORITIES
    assert today == wide
    assert today == {area: looked_up[area] for area in today}


def test_the_older_list_says_no_year_and_is_refused_without_one(
    published_folder: Path,
) -> None:
    older = lookup(published_folder, "stat_neighbours_previous")

    assert refusal(READER, as_file(older), request=LoadRequest()).rule == "year"
    named = {code for near in older.values() for code in near}
    assert named >= BEGAN_IN_2021
    assert named & set(ENDED_AUTHORITIES) == {"909"}


def test_the_older_list_is_taken_with_its_ended_neighbour_and_gaps_told(
    published_folder: Path,
) -> None:
    file = as_file(lookup(published_folder, "stat_neighbours_previous"))

    reading = read_one(READER, file, request=OLDER)

    assert reading.rows_read == 153 and reading.rows_rejected == 2
    told = {problem.rule: problem.message for problem in reading.problems}
    assert "909, is a neighbour in 8 lists" in told["ended"]
    # Cumberland, and Westmorland and Furness, have nine each.
    faulty = [p for p in reading.problems if p.rule == "neighbours"]
    assert [p.message[:3] for p in faulty] == ["942", "943"]


def test_both_models_compare_the_nation_each_with_its_own_neighbours(
    published_folder: Path,
) -> None:
    folder = published_folder / "lait"
    published = read_published(folder)
    older = as_file(lookup(published_folder, "stat_neighbours_previous"))
    recent = sample(folder / "sn_may_2025.xlsx")
    lists = {"2021": taken(older, OLDER), "2025": taken(recent, LoadRequest())}
    neighbours = pl.concat(
        [
            read_one(READER, older, request=OLDER).tables["neighbours"],
            read_one(READER, recent, request=LoadRequest()).tables["neighbours"],
        ]
    )

    first, second = compare_under_models(
        published,
        read_measures(folder),
        neighbours,
        read_areas(published),
        models=["2021", "2025"],
    )

    apart = {"neighbour_model", "neighbour_mean", "neighbour_median"}
    same = [c for c in first.columns if c not in apart | {"neighbours_available"}]
    assert first.select(same).equals(second.select(same))
    for frame, model in ((first, "2021"), (second, "2025")):
        rows = frame.filter(pl.col("measure") == "ReReferral")
        values = dict(rows.select("area_code", "value").iter_rows())
        for row in rows.iter_rows(named=True):
            near = lists[model].get(row["area_code"])
            if near is None:
                assert row["neighbours_available"] is None, row["area_code"]
                continue
            held = [values[c] for c in near if values.get(c) is not None]
            assert row["neighbours_available"] == len(held)
            assert row["neighbour_mean"] == pytest.approx(sum(held) / len(held))
    with_cumbria = [area for area, near in lists["2021"].items() if "909" in near]
    assert len(with_cumbria) == 8
    available = dict(first.filter(pl.col("measure") == "ReReferral").select(
        "area_code", "neighbours_available").iter_rows())  # fmt: skip
    assert all(available[area] <= 9 for area in with_cumbria)
