"""Every published measure of an indicator equals its table: all authorities, all years.

The tables are read here a second time, with the csv module and a plain loop.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.figures.published import published_figures, read_published
from openscrutiny.indicators.definition import Indicator, PublishedMeasure
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record.journal import Journal
from openscrutiny.workspace import open_workspace
from support.made_once import make_once

pytestmark = pytest.mark.samples

PLANS = "sen2_2025/education-health-and-care-plans_2025.zip"
# Where a table of the samples lies, by the first part of its measures' keys.
TABLES = {
    "annual_reviews": f"{PLANS}!data/annual_reviews.csv",
    "assessments": f"{PLANS}!data/assessments.csv",
    "caseload": f"{PLANS}!data/caseload.csv",
    "requests": f"{PLANS}!data/requests.csv",
    "timeliness_20_week": f"{PLANS}!data/timeliness_20_week.csv",
    "csww_indicators": "csc_2025/csww_indicators_2017_to_2025.csv",
    "la_care_leavers_activity": "csc_2025/la_care_leavers_activity.csv",
    "c4_children_in_need_section_47s_and_icpcs": (
        "csc_2025/c4_children_in_need_section_47s_and_icpcs_2013_to_2025.csv"
    ),
    "UD_NEETNK_LA_dashboard": "neet/UD_NEETNK_LA_dashboard_20*.csv",
    "la_care_leavers_accommodation_suitability": (
        "../csc/published/la_care_leavers_accommodation_suitability.csv"
    ),
    "send_tribunals": "sen2_2025/send_tribunals_and_appeal_rate_2014-2024.csv",
    "EES_ytd_data": "attendance/EES_ytd_data_2026-07-23.csv",
}
# The columns that part a table's lines, and the label of each that is the whole.
LABELS = {
    "breakdown_topic": ("All ", "Total"),
    "breakdown": ("All ", "Total"),
    "care_leaver_age": ("Total",),
    "education_phase": ("Total",),
    "population_type": ("Total",),
}
# Of the tribunals' report: their numbers are those of each other, and are not taken.
MISNUMBERED = (
    *("Northamptonshire", "Nottingham"),
    *("Central Bedfordshire", "Cambridgeshire"),
)
ENGLAND, TOOLS_ENGLAND = "E92000001", 970
Key = tuple[str, int]  # an authority's number or England, and the year of a label


@pytest.fixture(scope="module")
def figures(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Give the published figures of all authorities, from a workspace of their own."""
    folder = make_once(
        tmp_path_factory, "published-walk", lambda at: _load(samples, at)
    )
    journal = Journal(open_workspace(folder).record)
    record = read_published(journal, list(journal.entries()))
    authorities = set(record.areas["area_code"])
    return published_figures(record, authorities)


def _load(samples: Path, folder: Path) -> Path:
    published = samples / "published"
    names = {place.partition("!")[0] for place in TABLES.values()}
    paths = [str(path) for name in sorted(names) for path in published.glob(name)]
    assert main(["init", str(folder), "--council", "306"]) == 0
    assert main(["load", str(published / "lait"), *paths, "-w", str(folder)]) in (0, 1)
    return folder


@pytest.fixture(scope="module")
def tool(samples: Path) -> dict[str, dict[Key, float]]:
    """Give the interactive tool's values by measure, place and year: a loop of its own."""
    raw = pl.read_parquet(
        samples / "published" / "lait" / "bds_long_2026-04-08.parquet"
    )
    labels: dict[str, dict[Key, str]] = {}
    found: dict[str, dict[Key, float]] = {}
    columns = ("Short Desc", "LA Number", "Years", "Values")
    for name, number, label, value in raw.select(columns).iter_rows():
        year = _last_year(label.strip())
        place = ENGLAND if int(number) == TOOLS_ENGLAND else str(int(number))
        if year is None or (place != ENGLAND and int(number) > TOOLS_ENGLAND):
            continue
        key, measure = (place, year), name.strip()
        before = labels.setdefault(measure, {}).get(key, "")
        if (label.lower(), label) < (before.lower(), before):
            continue
        labels[measure][key] = label
        found.setdefault(measure, {}).pop(key, None)
        number_of = _number(value)
        if number_of is not None:
            found[measure][key] = number_of
    return found


def _last_year(label: str) -> int | None:
    """Give the last year that a label names: 2025 of "2024/25", "202425", "2023-25"."""
    digits = label.split(" ")[0].rsplit("-", 1)[-1].rsplit("/", 1)[-1]
    if len(digits) == 6 and digits.isdigit():  # 202425
        return int(digits[:4]) + 1
    if len(digits) == 2 and digits.isdigit():
        return int(label[:2] + digits)
    return int(digits) if len(digits) == 4 and digits.isdigit() else None


def _number(text: object) -> float | None:
    try:
        return float(str(text).replace(",", "").strip())
    except ValueError:
        return None


def _lines(samples: Path, table: str) -> Iterator[dict[str, str]]:
    place, _, member = TABLES[table].partition("!")
    for path in sorted((samples / "published").glob(place)):
        if member:
            with zipfile.ZipFile(path) as archive, archive.open(member) as file:
                yield from csv.DictReader(io.TextIOWrapper(file, "utf-8-sig"))
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from csv.DictReader(file)


def _tribunal_lines(samples: Path) -> Iterator[dict[str, str]]:
    """Give the rates of the tribunals' report, which has three columns a year."""
    path = samples / "published" / TABLES["send_tribunals"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    years = [(column, year) for column, year in enumerate(rows[3]) if year.isdigit()]
    for row in rows[5:]:
        if row[0].startswith(MISNUMBERED):
            continue
        is_england = row[0] == "England Total4,9"
        if not is_england and not (len(row) > 1 and row[1].strip().isdigit()):
            continue
        for column, year in years:
            yield {
                "time_period": year,
                "geographic_level": "National" if is_england else "Local authority",
                "old_la_code": row[1].strip(),
                "appeal_rate": row[column + 2].strip().removesuffix("%"),
            }


def _is_chosen(line: dict[str, str], filters: str) -> bool:
    chosen = dict(each.split("=") for each in filters.split(";") if each)
    return all(
        line[name] == chosen[name] if name in chosen else line[name].startswith(wholes)
        for name, wholes in LABELS.items()
        if name in line
    )


def _places(line: dict[str, str]) -> list[str]:
    """Name England or the authorities of a line: two councils may share one."""
    if line["geographic_level"] == "National":
        return [ENGLAND]
    if line["geographic_level"] == "Local authority":
        return line["old_la_code"].split(" / ")
    return []


def _read_columns(
    samples: Path, table: str, filters: str, columns: Iterable[str]
) -> dict[Key, dict[str, str]]:
    found: dict[Key, dict[str, str]] = {}
    by_table = {"send_tribunals": _tribunal_lines}
    lines = by_table.get(table, lambda at: _lines(at, table))(samples)
    for line in lines:
        year = _last_year(line["time_period"])
        if year and _is_chosen(line, filters):
            for place in _places(line):
                assert (place, year) not in found, (table, line)
                found[place, year] = {name: line[name] for name in columns}
    return found


def _expected(
    samples: Path, tool: dict[str, dict[Key, float]], measure: PublishedMeasure
) -> dict[Key, float]:
    """Give the publisher's values; those without a number are left out."""
    if ":" not in measure.key:
        if measure.less:
            return _worked_out({key: tool[key] for key in measure.parts}, measure)
        return tool[measure.key]
    table, _, column = measure.key.partition(":")
    names = [key.partition(":")[2] for key in measure.parts] or [column]
    if not measure.is_computed:
        names = [column]
    lines = _read_columns(samples, table, measure.filters, names)
    numbers = {
        name: {
            place: number
            for place, line in lines.items()
            if (number := _number(line[name])) is not None
        }
        for name in names
    }
    if not measure.is_computed:
        return numbers[column]
    return _worked_out({f"{table}:{name}": numbers[name] for name in names}, measure)


def _worked_out(
    parts: dict[str, dict[Key, float]], measure: PublishedMeasure
) -> dict[Key, float]:
    found = {}
    of = parts.get(measure.denominator)
    for key in set.intersection(*(set(part) for part in parts.values())):
        above = sum(
            value[key] * (-1 if name == measure.less else 1)
            for name, value in parts.items()
            if name != measure.denominator or name == measure.numerator
        )
        if of is None:
            found[key] = above
        elif of[key] > 0:
            found[key] = 100 * above / of[key]
    return found


WALKED = [
    pytest.param(indicator, measure, id=f"{indicator.code}-{measure.key}")
    for indicator in INDICATORS
    for measure in indicator.published
    if not measure.unseen
]


@pytest.mark.parametrize(("indicator", "measure"), WALKED)
def test_each_published_figure_is_the_tables(
    figures: pl.DataFrame,
    tool: dict[str, dict[Key, float]],
    samples: Path,
    indicator: Indicator,
    measure: PublishedMeasure,
) -> None:
    expected = _expected(samples, tool, measure)
    mine = figures.filter(
        (pl.col("indicator") == indicator.id)
        & (pl.col("source") == measure.publication)
        & (
            (pl.col("area_code") == ENGLAND)
            | (pl.col("area_code").str.len_chars() == 3)
        )
    )
    found = {
        (area, end.year + measure.years_on): value
        for area, end, value in mine.select(
            "area_code", "period_end", "value"
        ).iter_rows()
        if value is not None
    }
    others = [m for m in indicator.published if m.publication == measure.publication]
    assert others == [measure]  # so that the source tells them apart

    assert len({area for area, _ in expected}) > 100
    lacking = sorted(set(expected) - set(found))
    added = sorted(set(found) - set(expected))
    assert (lacking[:5], added[:5]) == ([], [])
    differ = {
        k: (found[k], v) for k, v in expected.items() if found[k] != pytest.approx(v)
    }
    assert not differ


def test_only_measures_of_which_no_table_was_seen_lack_one() -> None:
    unseen = {m.key for i in INDICATORS for m in i.published if m.unseen}

    # Ofsted's list of schools, the tables of home education, the one of children missing
    # education and the survey's of young people are not among the samples.
    tables = {key.partition(":")[0] for key in unseen}
    homes = {"ehe_census", "ehe_academic_year", "cme_census"}
    assert tables == {"ofsted_schools", "neet_and_net_estimates_from_the_lfs"} | homes
