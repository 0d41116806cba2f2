"""The publishers' own reports: each is known, and read as it is printed."""

from pathlib import Path

import polars as pl
import pytest

from openscrutiny.returns.catalogue import all_readers
from openscrutiny.returns.plain import PlainFile
from openscrutiny.returns.published.reports import ReportsReader
from openscrutiny.returns.reading import Reading
from openscrutiny.returns.safely import recognise_safely
from openscrutiny.returns.sources import find_sources
from support.invented_returns import REQUEST, check_contract

pytestmark = pytest.mark.samples

TRIBUNALS = "sen2_2025/send_tribunals_and_appeal_rate_2014-2024.csv"
GRANT = "send_other/dedicated-schools-grant_2024_07_20.ods"
PLACES = "school_places/scorecard_data_2025_2023.csv"
INSPECTIONS = "ofsted/LA_Inspection_Outcomes_as_at_31_March_2025.ods"
AREA_SEND = "ofsted/Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"


def read(samples: Path, name: str) -> Reading:
    (found,) = find_sources(samples / "published" / name, lambda archive: None)
    assert found.source is not None
    source = PlainFile(found.source)
    reader, part = recognise_safely(all_readers(), source)
    assert isinstance(reader, ReportsReader)
    ((_, outcome),) = reader.read([(part, source)], REQUEST)
    assert isinstance(outcome, Reading)
    check_contract(outcome)
    return outcome


def value(outcome: Reading, measure: str, area: str, year: str) -> float | None:
    rows = outcome.tables["published"].filter(
        pl.col("measure").str.ends_with(f":{measure}")
        & (pl.col("area_code") == area)
        & (pl.col("year_label") == year)
    )
    assert rows.height == 1, (measure, area, year)
    found: float | None = rows["value"].item()
    return found


@pytest.mark.parametrize(
    ("file", "areas", "values"),
    [
        (
            TRIBUNALS,
            151,
            {
                ("appeals_registered", "306", "2024"): 85,
                ("appealable_decisions", "306", "2024"): 5437,
                ("appeal_rate", "306", "2023"): 1.2,
                ("appeal_rate_in_development", "306", "2024"): 3.0,
                ("appeals_registered", "E92000001", "2014"): 4108,
                ("appeals_registered", "840", "2024"): 344,
            },
        ),
        (
            GRANT,
            161,
            {
                ("high_needs_block", "306", "202324"): 89_963_662,
                ("total", "306", "202324"): 428_658_920,
                ("total", "E92000001", "202324"): 57_135_884_056,
                ("schools_block", "E12000001", "202324"): 1_964_939_787,
            },
        ),
        (
            PLACES,
            154,
            {
                ("PriNOR", "306", "2024/25"): 30_099,
                ("Quan_P_UP", "306", "2024/25"): 20.30948797,
                ("Quan_S_Su", "306", "2024/25"): 25.1174087,
                ("Pref_S_1_CY", "E92000001", "2022/23"): 82.6,
                ("Qual_P_2_E", "306", "2023/24"): 27_876,
                ("Qual_P_2_E", "306", "2024/25"): None,  # judgements had ended
            },
        ),
        (
            INSPECTIONS,
            153,
            {
                ("overall", "306", "2025-03-31"): 2,
                ("help_and_protection", "306", "2025-03-31"): 3,
                ("overall", "816", "2025-03-31"): 1,
            },
        ),
        (
            AREA_SEND,
            149,
            {
                ("written_statement", "306", "2022-08-31"): 0,
                ("written_statement", "370", "2022-08-31"): 1,
                ("weaknesses", "370", "2022-08-31"): 2,
            },
        ),
    ],
)
def test_each_report_is_read_as_it_is_printed(
    samples: Path,
    file: str,
    areas: int,
    values: dict[tuple[str, str, str], float | None],
) -> None:
    outcome = read(samples, file)

    assert outcome.tables["published"]["area_code"].n_unique() == areas
    found = {key: value(outcome, *key) for key in values}
    assert found == pytest.approx(values)


def test_grades_are_as_many_as_the_publisher_gave(samples: Path) -> None:
    outcome = read(samples, INSPECTIONS)

    overall = outcome.tables["published"].filter(
        pl.col("measure") == "ofsted_ilacs:overall"
    )
    counts = dict(overall["value"].value_counts().rows())
    assert counts == {1.0: 36, 2.0: 67, 3.0: 31, 4.0: 19}


def test_numbers_that_bear_another_authoritys_name_are_told(samples: Path) -> None:
    outcome = read(samples, TRIBUNALS)

    told = {p.line: p.message for p in outcome.problems if p.rule == "area"}
    assert "Code 892 bears the name “Northamptonshire”" in told[68]
    # Three numbers stand a line off and two are exchanged: whose figures they bear
    # cannot be known.
    assert sorted(told) == [68, 69, 70, 90, 91]
    assert outcome.rows_rejected == 5
    kept = set(outcome.tables["published"]["area_code"])
    assert not kept & {"891", "892", "928", "823", "873"}
