"""Published tables at the edges, loaded as a council loads them: what is compared.

Each table is small and invented; its layout is that of a table which the product once
read wrongly (terms, weeks, releases, totals, columns, codes, containers).
"""

import gzip
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.comparison.asking import (
    compare_all,
    compare_indicators,
    find_labels,
    list_labels,
    tell_fallbacks,
    tell_forecasts,
)
from openscrutiny.comparison.revisions import find_revisions
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.published import PublishedRecord, read_published
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.publication.measures import PublishedMeasures
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.workspace import create_workspace
from support.publications import release_published

AS_AT = date(2026, 11, 28)
PLACE = "time_period,time_identifier,geographic_level,country_code,country_name"
AREA = f"{PLACE},region_code,region_name,old_la_code,new_la_code,la_name"
ENGLAND = "National,E92000001,England,,,,,"
OURS = "Local authority,E92000001,England,E12000007,London,306,E09000008,Croydon"
OTHER = "Local authority,E92000001,England,E12000007,London,305,E09000006,Bromley"


class Place:
    """A workspace of Croydon's, into which a test loads files of its own words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = create_workspace(folder / "w", ("306",), name="Croydon")
        self.steps = 0

    def load(self, **files: str | bytes) -> dict[str, FileOutcome]:
        """Load files together; "a__csv" stands for a.csv."""
        self.steps += 1
        step = self.folder / f"step{self.steps}"
        step.mkdir()
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (step / name.replace("__", ".")).write_bytes(data)
        return self.load_path(step)

    def load_path(self, path: Path) -> dict[str, FileOutcome]:
        outcomes = load_paths(self.workspace, [path])
        return {outcome.path.rpartition("/")[2]: outcome for outcome in outcomes}

    @property
    def record(self) -> PublishedRecord:
        journal = Journal(self.workspace.record)
        return read_published(journal, journal.entries(), AS_AT)

    def ours(self, measure: str, labels: str = "") -> dict[str, Any]:
        """Give our row of one measure's comparison."""
        compared = compare_all(self.record, measure=measure, labels=labels)
        return compared.row(by_predicate=pl.col("area_code") == "306", named=True)

    def figures(self, measure: str) -> pl.DataFrame:
        figures = self.record.figures_of([measure])
        return figures.filter(pl.col("area_code") == "306").sort("period_end")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def table(columns: str, *lines: str) -> str:
    return "\n".join([f"{AREA},{columns}", *lines]) + "\n"


def series(identifier: str, values: dict[str, float], columns: str = "n") -> str:
    """Write England, us (the value) and another (one more) for each period."""
    lines = [
        f"{period},{identifier},{who},{value + more}"
        for period, value in values.items()
        for who, more in ((ENGLAND, 100), (OURS, 0), (OTHER, 1))
    ]
    return table(columns, *lines)


def joined(*tables: str) -> str:
    """Put the lines of tables with one heading together, the last table first."""
    first, *rest = reversed(tables)
    return first + "".join(text.split("\n", 1)[1] for text in rest)


def change_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["year"], row["value"], row["change"], row["change_from"]


# ---------------------------------------------------------------- periods


def test_a_term_is_compared_with_the_same_term_of_the_year_before(place: Place) -> None:
    place.load(
        susp__csv=joined(
            series("Autumn term", {"202324": 1000, "202425": 1100}),
            series("Spring term", {"202324": 800}),
            series("Summer term", {"202324": 600}),
        )
    )

    assert change_of(place.ours("susp:n")) == (
        "autumn term 2024/25",
        1100,
        100,
        "autumn term 2023/24",
    )
    days = place.figures("susp:n").select("period_type", "period_start", "period_end")
    assert days.rows()[1] == ("term", date(2024, 1, 1), date(2024, 3, 31))  # Easter
    assert days.rows()[-1] == ("term", date(2024, 9, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("identifier", "values", "expected"),
    [
        (
            "Calendar year Q2",
            {"2024": 5, "2025": 7},
            ("quarter 2 of 2025", 7, 2, "quarter 2 of 2024"),
        ),
        (
            "Financial year Q3",
            {"202324": 5, "202425": 7},
            (
                "quarter 3 of the financial year 2024/25",
                7,
                2,
                "quarter 3 of the financial year 2023/24",
            ),
        ),
        ("January", {"2025": 5, "2026": 7}, ("January 2026", 7, 2, "January 2025")),
        (
            "Autumn and spring term",
            {"202122": 5, "202223": 7},
            ("autumn and spring term 2022/23", 7, 2, "autumn and spring term 2021/22"),
        ),
        (
            "Part 2 (October to March)",
            {"202324": 5, "202425": 7},
            ("October to March 2024/25", 7, 2, "October to March 2023/24"),
        ),
        ("W2", {"2025": 5, "2026": 7}, ("week 2 of 2026", 7, 2, "week 2 of 2025")),
        ("Academic year", {"202324": 5, "202425": 7}, ("202425", 7, 2, "202324")),
        ("RY", {"2024": 5, "2025": 7}, ("2025", 7, 2, "2024")),
        (
            "Financial year",
            {"2023 to 2024": 5, "2024 to 2025": 7},
            ("2024 to 2025", 7, 2, "2023 to 2024"),
        ),
    ],
)
def test_every_kind_of_period_is_compared_with_its_like(
    place: Place, identifier: str, values: dict[str, float], expected: tuple[Any, ...]
) -> None:
    place.load(t__csv=series(identifier, values))

    assert change_of(place.ours("t:n")) == expected


def test_a_quarter_is_not_compared_with_the_quarter_before(place: Place) -> None:
    place.load(
        t__csv=joined(
            series("Calendar year Q4", {"2024": 50, "2025": 60}),
            series("Calendar year Q1", {"2025": 10}),
            series("Calendar year Q3", {"2025": 40}),
        )
    )

    assert change_of(place.ours("t:n")) == (
        "quarter 4 of 2025",
        60,
        10,
        "quarter 4 of 2024",
    )


def test_a_week_is_compared_with_the_week_before_over_the_turn_of_the_year(
    place: Place,
) -> None:
    place.load(
        t__csv=joined(
            series("Week 1", {"2026": 95}),
            series("Week 2", {"2026": 94}),
            series("Week 10", {"2025": 90}),
            series("Week 50", {"2025": 91.5}),
        )
    )

    assert change_of(place.ours("t:n")) == ("week 2 of 2026", 94, -1, "week 1 of 2026")
    days = place.figures("t:n").select("period_type", "period_start", "period_end")
    assert days.rows()[-1] == ("week", date(2026, 1, 5), date(2026, 1, 11))


def test_a_whole_year_is_never_compared_with_a_part_of_one(place: Place) -> None:
    place.load(
        t__csv=joined(
            series("Academic year", {"202324": 300, "202425": 330}),
            series("Summer term", {"202324": 90, "202425": 95}),
        )
    )

    assert change_of(place.ours("t:n")) == ("202425", 330, 30, "202324")


@pytest.mark.parametrize(
    ("name", "identifier", "label", "kind", "start", "end"),
    [
        (
            "csww_x",
            "Reporting year",
            "2025",
            "reporting_year",
            (2024, 10),
            (2025, 9, 30),
        ),
        ("c1_x", "Reporting year", "2025", "reporting_year", (2024, 4), (2025, 3, 31)),
        (
            "other",
            "Reporting year",
            "2025",
            "reporting_year",
            (2025, 1),
            (2025, 12, 31),
        ),
        ("t", "Autumn and spring term", "202223", "two_terms", (2022, 9), (2023, 4, 9)),
        ("t", "Financial year", "202425", "financial_year", (2024, 4), (2025, 3, 31)),
        ("t", "FY", "2024 to 2025", "financial_year", (2024, 4), (2025, 3, 31)),
        ("t", "AY", "2024\u201325", "academic_year", (2024, 9), (2025, 8, 31)),
        ("t", "Autumn term", "2024 - 25", "term", (2024, 9), (2024, 12, 31)),
        ("t", "", "2025", "reporting_year", (2025, 1), (2025, 12, 31)),
        ("t", "Financial year Q1", "202425", "quarter", (2024, 4), (2024, 6, 30)),
        ("t", "Academic year Q1", "202425", "quarter", (2024, 8), (2024, 10, 31)),
        ("t", "May", "2025", "month", (2025, 5), (2025, 5, 31)),
    ],
)
def test_a_figure_is_dated_by_its_identifier(
    place: Place,
    name: str,
    identifier: str,
    label: str,
    kind: str,
    start: tuple[int, int],
    end: tuple[int, int, int],
) -> None:
    place.load(**{f"{name}__csv": series(identifier, {label: 5})})

    (row,) = place.figures(f"{name}:n").to_dicts()
    assert row["period_type"] == kind
    assert (row["period_start"], row["period_end"]) == (date(*start, 1), date(*end))


def test_a_period_that_has_not_ended_is_a_forecast_and_never_the_latest(
    place: Place,
) -> None:
    place.load(
        t__csv=series("Academic year", {"202526": 50, "202627": 60, "203132": 70})
    )

    assert change_of(place.ours("t:n")) == ("202526", 50, None, None)
    assert tell_forecasts(place.record, "t:n").endswith("no part: 2026/27, 2031/32.")
    told = place.figures("t:n").select("status", "held", "value").rows()
    assert told[0] == ("final", "", 50)
    assert [(status, "forecast" in held) for status, held, _ in told[1:]] == [
        ("provisional", True)
    ] * 2


def test_a_table_of_forecasts_alone_is_not_compared_and_the_reason_is_said(
    place: Place,
) -> None:
    place.load(t__csv=series("Week 50", {"2026": 50}))

    with pytest.raises(OpenScrutinyError, match="have not ended"):
        place.ours("t:n")


def test_periods_that_cannot_be_are_told_with_their_lines_and_reach_nothing(
    place: Place,
) -> None:
    good = series("Academic year", {"202324": 5})
    lines = [
        f"201514,Academic year,{OURS},1",
        f"201820,Academic year,{OURS},2",
        f"2222222,Calendar year,{OURS},3",
        f"202324,Accademic yr,{OURS},4",
        f"2025,Week 53,{OURS},6",
        f"202425,Calendar year,{OURS},7",
    ]

    outcome = place.load(t__csv=good + "\n".join(lines) + "\n")["t.csv"]

    told = {p.line: p.field for p in outcome.problems if p.rule == "period"}
    assert told == {
        5: "time_period",
        6: "time_period",
        7: "time_period",
        8: "time_identifier",
        9: "time_period",
        10: "time_period",
    }
    assert change_of(place.ours("t:n")) == ("202324", 5, None, None)
    assert place.figures("t:n")["value"].to_list() == [5]


# ---------------------------------------------------------------- releases

_EXTRACT = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number", "Region")


def extract(values: dict[str, float], measure: str = "SusEd_All") -> pl.DataFrame:
    rows = [
        (measure, year, name, str(value + more), number, region)
        for year, value in values.items()
        for name, number, region, more in (
            ("England", "970", "NA", 1),
            ("Croydon", "306", "London", 0),
            ("Bromley", "305", "London", 2),
        )
    ]
    return pl.DataFrame(rows, schema=list(_EXTRACT), orient="row")


VINTAGES = {
    "a_2025-07": {"2022": 90.2, "2023(Prov)": 89.8},
    "b_2026-02": {"2022": 90.2, "2023 (Prov)": 90.9},
    "c_2026-04": {"2022": 90.1, "2023": 91.5},
}


@pytest.mark.parametrize(
    "order",
    [
        ("a_2025-07", "b_2026-02", "c_2026-04"),
        ("c_2026-04", "b_2026-02", "a_2025-07"),
        ("b_2026-02", "c_2026-04", "a_2025-07"),
    ],
)
def test_of_three_extracts_the_newest_counts_whole_in_whatever_order(
    place: Place, tmp_path: Path, order: Sequence[str]
) -> None:
    for name in order:
        extract(VINTAGES[name]).write_parquet(tmp_path / f"{name}.parquet")
        place.load_path(tmp_path / f"{name}.parquet")

    row = place.ours("SusEd_All")
    assert (row["year"], row["value"], round(row["change"], 6)) == ("2023", 91.5, 1.4)
    assert place.figures("SusEd_All")["year_label"].to_list() == ["2022", "2023"]


def test_a_newer_extract_says_what_it_changed_and_withdrew(
    place: Place, tmp_path: Path
) -> None:
    said = []
    for name in ("a_2025-07", "b_2026-02"):
        extract(VINTAGES[name]).write_parquet(tmp_path / f"{name}.parquet")
        said.append(place.load_path(tmp_path / f"{name}.parquet"))

    note = said[1]["b_2026-02.parquet"].note
    assert "newer release of a_2025-07.parquet (load 1)" in note
    assert "3 of its values are changed" in note
    assert "“2023(Prov)” are withdrawn" in note


def test_an_older_release_loaded_later_reverts_nothing_and_says_so(
    place: Place,
) -> None:
    newer = {"2022": 22.7, "2024": 24.7, "2025": 25.5}
    place.load(d3_plans_2013_to_2025__csv=series("Reporting year", newer))
    older = place.load(
        d3_plans_2013_to_2024__csv=series(
            "Reporting year", {"2022": 23.3, "2024": 24.0}
        )
    )

    note = older["d3_plans_2013_to_2024.csv"].note
    assert "earlier release" in note and "do not count" in note
    assert place.figures("d3_plans:n")["value"].to_list() == [22.7, 24.7, 25.5]
    revised = find_revisions(
        place.record, ["d3_plans:n"], "306", {1: "2026-06-01", 2: "2026-07-01"}
    )
    assert {(r.year_label, r.old, r.new) for r in revised} == {
        ("2022", 23.3, 22.7),
        ("2024", 24.0, 24.7),
    }


def test_releases_of_the_same_years_are_told_apart_by_their_dates(place: Place) -> None:
    place.load(
        **{"absence_2026-06-04__csv": series("Academic year", {"202425": 7})},
    )
    place.load(
        **{"absence_2026-02-01__csv": series("Academic year", {"202425": 5})},
    )

    assert place.ours("absence:n")["value"] == 7


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("t_2025", "t_2025_revised"),
        ("t_2025_provisional", "t_2025"),
        ("t_provisional_2025", "t_2025_final"),
        ("t_v1", "t_v2"),
        ("t_v1.9", "t_v1.10"),
        ("t_january_2026", "t_March_2026"),
        ("t", "t_revised (1)"),
    ],
)
@pytest.mark.parametrize("is_newer_first", [False, True])
def test_releases_of_the_same_years_are_told_apart_by_their_versions(
    place: Place, older: str, newer: str, is_newer_first: bool
) -> None:
    files = [(older, 5), (newer, 6)]
    for name, value in reversed(files) if is_newer_first else files:
        place.load(**{f"{name}__csv": series("Reporting year", {"2025": value})})

    assert place.ours("t:n")["value"] == 6


def test_provisional_and_final_files_of_different_years_both_count(
    place: Place,
) -> None:
    place.load(ks4_2024_final__csv=series("Academic year", {"202324": 5}))
    place.load(ks4_2025_provisional__csv=series("Academic year", {"202425": 6}))

    assert change_of(place.ours("ks4:n")) == ("202425", 6, 1, "202324")


def test_releases_that_nothing_tells_apart_count_by_the_order_of_loading(
    place: Place,
) -> None:
    place.load(t__csv=series("Academic year", {"202425": 5}))
    place.load(t__csv=series("Academic year", {"202425": 6}))

    assert place.ours("t:n")["value"] == 6


def test_yearly_files_of_one_series_all_count(place: Place) -> None:
    place.load(places_2023__csv=series("Calendar year", {"2023": 5}))
    place.load(places_2024__csv=series("Calendar year", {"2024": 6}))

    assert change_of(place.ours("places:n")) == ("2024", 6, 1, "2023")


def test_an_extract_of_one_council_takes_the_place_of_its_lines_alone(
    place: Place,
) -> None:
    other = [
        f"2025,Reporting year,Local authority,E92000001,England,E12000007,London,"
        f"{number},,Place,{number}"
        for number in (201, 202, 203, 204)
    ]
    place.load(t__csv=series("Reporting year", {"2025": 5}) + "\n".join(other) + "\n")
    place.load(t__csv=table("n", f"2025,Reporting year,{OURS},9"))

    compared = compare_all(place.record, measure="t:n")
    values = dict(compared.select("area_code", "value").iter_rows())
    assert values["306"] == 9 and values["305"] == 6 and len(values) == 6


def columns(names: str, values: dict[str, float]) -> str:
    """Write a table with one more in each column than in the one before."""
    wide = range(names.count(",") + 1)
    lines = [
        f"{year},Reporting year,{who},{','.join(str(value + at) for at in wide)}"
        for year, value in values.items()
        for who in (ENGLAND, OURS, OTHER)
    ]
    return table(names, *lines)


@pytest.mark.parametrize("is_newer_first", [False, True])
def test_a_measure_that_the_newest_release_dropped_is_said_to_be_withdrawn(
    place: Place, is_newer_first: bool
) -> None:
    older = {"t_2024__csv": columns("n,m,k", {"2023": 4, "2024": 5})}
    newer = {"t_2025__csv": columns("n,m", {"2024": 5, "2025": 6})}
    said = [
        place.load(**files)
        for files in ((newer, older) if is_newer_first else (older, newer))
    ]

    with pytest.raises(OpenScrutinyError) as refused:
        place.ours("t:k")
    told = str(refused.value)
    assert "t_2025.csv" in told and "holds “t:k” no more" in told
    assert "t_2024.csv" in told and "up to 2024" in told
    assert desk_of(place).withdrawn("t:k") == told
    assert desk_of(place).withdrawn("t:n") == desk_of(place).withdrawn("t:q") == ""
    assert place.ours("t:n")["value"] == 6
    if not is_newer_first:
        assert "the measure “t:k” is in it no more" in said[1]["t_2025.csv"].note


def test_a_measure_comes_back_when_the_release_that_dropped_it_is_undone(
    place: Place,
) -> None:
    place.load(t_2024__csv=columns("n,m,k", {"2023": 4, "2024": 5}))
    place.load(t_2025__csv=columns("n,m", {"2024": 5, "2025": 6}))

    Journal(place.workspace.record).undo(2)

    assert change_of(place.ours("t:k")) == ("2024", 7, 1, "2023")


REQUESTS = "requests:requests_received_in_year"


def test_an_indicator_is_compared_by_the_first_of_its_measures_that_is_loaded(
    place: Place,
) -> None:
    requests = series(
        "Calendar year", {"2023": 920, "2024": 1174}, REQUESTS.partition(":")[2]
    )
    asked = [find_indicator("SN2"), find_indicator("FD2")]
    ids = [indicator.id for indicator in asked]

    place.load(requests__csv=requests)
    compared = compare_indicators(place.record, asked)
    row = compared.row(by_predicate=pl.col("area_code") == "306", named=True)
    assert (row["measure"], row["indicator"]) == (REQUESTS, ids[0])
    assert change_of(row) == ("2024", 1174, 254, "2023")
    told = tell_fallbacks(place.record, ids)
    assert told[0].startswith(f"SN2: compared by “{REQUESTS}”")
    assert "“SEN_INIT_REQ”" in told[0] and told[0].endswith("is not loaded.")
    assert told[1].startswith("FD2: not compared") and "“ReReferral”" in told[1]

    place.load(bds_long__csv=extract({"2024": 1170}, "SEN_INIT_REQ").write_csv())
    row = compare_indicators(place.record, asked).row(
        by_predicate=pl.col("area_code") == "306", named=True
    )
    assert (row["measure"], row["value"]) == ("SEN_INIT_REQ", 1170)
    assert len(tell_fallbacks(place.record, ids)) == 1


def test_undoing_the_newer_release_brings_the_older_back(place: Place) -> None:
    place.load(t_2024__csv=series("Reporting year", {"2023": 4, "2024": 5}))
    place.load(t_2025__csv=series("Reporting year", {"2024": 6, "2025": 7}))

    Journal(place.workspace.record).undo(2)

    assert change_of(place.ours("t:n")) == ("2024", 5, 1, "2023")


# ---------------------------------------------------------------- columns and totals

WITHOUT_TOTAL = table(
    "age,breakdown,n",
    *(
        f"{year},Reporting year,{who},{age},{kind},{value}"
        for year, more in (("2024", 0), ("2025", 10))
        for who, value in (
            (ENGLAND, 900 + more),
            (OURS, 180 + more),
            (OTHER, 170 + more),
        )
        for age in ("17 to 18", "19 to 21")
        for kind in ("Suitable", "Not suitable")
    ),
)


def test_a_table_without_a_total_says_so_and_is_compared_by_labels(
    place: Place,
) -> None:
    outcome = place.load(homes__csv=WITHOUT_TOTAL)["homes.csv"]

    assert outcome.status == "loaded"
    assert "no comparison until labels are chosen" in outcome.note
    assert "--labels" in outcome.note
    with pytest.raises(OpenScrutinyError, match="no total") as refused:
        place.ours("homes:n")
    assert "age=17 to 18;breakdown=Suitable" in refused.value.fix
    row = place.ours("homes:n", "breakdown=suitable; AGE=19 to 21")
    assert change_of(row) == ("2025", 190, 10, "2024")


def test_every_set_of_labels_can_be_chosen_and_no_other(place: Place) -> None:
    place.load(homes__csv=WITHOUT_TOTAL)

    labels = list_labels(place.record, "homes:n")
    assert len(labels) == 4
    assert [find_labels(place.record, "homes:n", known) for known in labels] == labels
    with pytest.raises(OpenScrutinyError, match="no line with the labels"):
        find_labels(place.record, "homes:n", "age=12")


def test_a_period_that_has_a_provisional_version_alone_is_said_to_be_so(
    place: Place,
) -> None:
    lines = [
        f"{year},Academic year,{who},{version},{value}"
        for year, version, value in (
            ("202324", "Final", 37),
            ("202425", "Provisional", 30),
        )
        for who in (OURS, OTHER)
    ]

    outcome = place.load(ks2__csv=table("version,n", *lines))["ks2.csv"]

    (told,) = outcome.problems
    assert (told.line, told.field, told.rule) == (4, "version", "provisional")
    assert change_of(place.ours("ks2:n")) == ("202425", 30, -7, "202324")


@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        ("version", "v1", "v2"),
        ("version", "1.9", "1.10"),
        ("data_status", "P", "R"),
        ("Release type", "Revised", "F"),
    ],
)
def test_versions_are_known_by_letters_and_numbers_under_their_heading(
    place: Place, heading: str, first: str, last: str
) -> None:
    lines = [
        f"{year},Academic year,{who},{version},{value}"
        for year, version, value in (
            ("202425", last, 32),
            ("202425", first, 30),
            ("202324", last, 37),
        )
        for who in (OURS, OTHER)
    ]

    place.load(ks2__csv=table(f"{heading},n", *lines))

    assert change_of(place.ours("ks2:n")) == ("202425", 32, -5, "202324")


def test_letters_under_another_heading_are_labels(place: Place) -> None:
    lines = [f"2025,RY,{w},{kind},5" for w in (OURS, OTHER) for kind in ("P", "R")]

    place.load(x__csv=table("phase,n", *lines))

    assert place.ours("x:n", "phase=P")["value"] == 5


def test_of_one_year_the_last_version_counts(place: Place) -> None:
    lines = [
        f"{year},Academic year,{who},{version},{value}"
        for year, version, value in (
            ("202324", "Final", 37),
            ("202425", "Provisional", 30),
            ("202425", "Revised", 32),
        )
        for who in (OURS, OTHER)
    ]

    outcome = place.load(ks2__csv=table("version,n", *lines))["ks2.csv"]

    assert change_of(place.ours("ks2:n")) == ("202425", 32, -5, "202324")
    assert (outcome.rows_read, outcome.rows_rejected) == (6, 2)
    assert [p.rule for p in outcome.problems] == ["version"]


def test_a_word_about_the_place_is_no_breakdown(place: Place) -> None:
    lines = [
        f"2022,Calendar year,{ENGLAND},,9",
        f"2022,Calendar year,{OURS},Y,5",
        f"2022,Calendar year,{OTHER},N,6",
    ]

    place.load(sen2__csv=table("DMO,n", *lines))

    assert place.ours("sen2:n")["value"] == 5


META = "col_name,col_type,label\nkind,Filter,Kind\nn,Indicator,N\n"


def test_columns_that_the_metadata_does_not_list_are_no_measures(place: Place) -> None:
    lines = [
        f"201617,Academic year,{who},201617,12,Total,{value}"
        for who, value in ((OURS, 5), (OTHER, 6))
    ]

    place.load(x__csv=table("academic_year,beds,kind,n", *lines), x__meta__csv=META)

    compared = compare_all(place.record)
    assert set(compared["measure"]) == {"x:n"}


def test_identifiers_and_years_are_no_figures_without_metadata_either(
    place: Place,
) -> None:
    lines = [
        f"201617,Academic year,{who},201617,4001,3064001,{value}"
        for who, value in ((OURS, 5), (OTHER, 6))
    ]

    place.load(x__csv=table("academic_year,estab,laestab,n", *lines))

    assert set(compare_all(place.record)["measure"]) == {"x:n"}


def test_numbers_that_alone_tell_lines_apart_are_labels(place: Place) -> None:
    lines = [
        f"202324,Academic year,{who},{times},{100 - times + more},{more}"
        for who, more in ((OURS, 0), (OTHER, 3))
        for times in range(1, 6)
    ]

    outcome = place.load(x__csv=table("times,pupils,n", *lines))["x.csv"]

    assert place.ours("x:pupils", "times=2")["value"] == 98
    assert ("times", "filter") in [(p.field, p.rule) for p in outcome.problems]


def test_a_column_of_words_is_no_indicator_whatever_the_metadata_says(
    place: Place,
) -> None:
    lines = [
        f"201718,Academic year,{who},{subject},{value}"
        for who in (OURS, OTHER)
        for subject, value in (("Total", 60), ("Biology", 50), ("Latin", 5))
    ]
    meta = "col_name,col_type,label\nsubject,Indicator,Subject\nn,Indicator,N\n"

    outcome = place.load(x__csv=table("subject,n", *lines), x__meta__csv=meta)["x.csv"]

    assert place.ours("x:n")["value"] == 60
    assert [(p.field, p.rule) for p in outcome.problems] == [("subject", "filter")]


@pytest.mark.parametrize("heading", ["*", "^.*$", "^n$", "a.b", "[x]", "a b;c"])
def test_headings_are_names_and_not_patterns(place: Place, heading: str) -> None:
    figures = table(f"{heading},m", *(f"2025,RY,{who},3,4" for who in (OURS, OTHER)))
    labels = table(
        f"{heading},m",
        *(
            f"2025,RY,{who},{label},{value}"
            for who in (OURS, OTHER)
            for label, value in (("Total", 7), ("Boys", 2))
        ),
    )

    outcomes = place.load(f__csv=figures, l__csv=labels)

    assert [o.status for o in outcomes.values()] == ["loaded", "loaded"]
    assert place.ours(f"f:{heading}")["value"] == 3
    assert place.ours("f:m")["value"] == 4
    assert place.ours("l:m")["value"] == 7


@pytest.mark.parametrize(
    "name",
    [
        "csww_indicators_2017_to_2025",
        "csww_indicators_2017_to_2025 (1)",
        "csww_indicators_2017_to_2024 - Copy",
        "Copy of csww_indicators_2017_to_2025",
        "CSWW_Indicators_2017_to_2025",
        "csww_indicators_2017_to_2025_v2",
        "csww_indicators",
        "csww_indicators_2026 - Copy (3)",
    ],
)
def test_a_measure_keeps_its_identity_whatever_its_file_is_called(
    place: Place, name: str
) -> None:
    place.load(
        **{f"{name}__csv": series("Reporting year", {"2025": 19}, "Vacancy_Rate_FTE")}
    )

    assert place.ours("csww_indicators:vacancy_rate_fte")["value"] == 19
    assert place.ours("CSWW_INDICATORS:vacancy_rate_fte")["value"] == 19


# ---------------------------------------------------------------- codes, signs, containers


@pytest.mark.parametrize(
    ("columns", "ours", "other"),
    [
        ("new_la_code,la_name", "E09000008,Croydon", "E09000006,Bromley"),
        ("old_la_code,new_la_code,la_name", ",E09000008,Croydon", "305,,Bromley"),
        (
            "old_la_code,new_la_code,la_name",
            "E09000008,306,Croydon",
            "E09000006,305,Bromley",
        ),
        ("old_la_code,la_name", "E09000008,Croydon", "305,Bromley"),
    ],
)
def test_a_nine_character_code_names_the_authority_in_either_column(
    place: Place, columns: str, ours: str, other: str
) -> None:
    text = "\n".join(
        [
            f"{PLACE},{columns},n",
            f"2025,RY,LA,E92000001,England,{ours},50",
            f"2025,RY,LA,E92000001,England,{other},51",
            f"2025,RY,NAT,E92000001,England,{',' * columns.count(',')},500",
        ]
    )

    place.load(x__csv=text + "\n")

    compared = compare_all(place.record, measure="x:n")
    assert set(compared["area_code"]) == {"306", "305"}
    assert place.ours("x:n")["england_value"] == 500


PLAIN = series("Reporting year", {"2024": 4, "2025": 5})


@pytest.mark.parametrize(
    "pack",
    [
        lambda text: gzip.compress(text.encode()),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: text.replace("\n", ",\n").encode(),
        lambda text: ",\n".join(text.splitlines()).replace(",\n", "\n", 1).encode(),
        lambda text: (text + text).encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=[
        "gzip",
        "tab",
        "semicolon",
        "utf16",
        "utf16-tab",
        "empty-column",
        "empty-cell",
        "headings-again",
        "bom",
    ],
)
def test_a_table_is_read_from_every_container_as_from_plain_csv(
    place: Place, pack: Callable[[str], bytes]
) -> None:
    data = pack(PLAIN)
    ending = "csv__gz" if data[:2] == b"\x1f\x8b" else "csv"

    (outcome,) = place.load(**{f"t__{ending}": data}).values()

    assert outcome.status in {"loaded", "loaded with problems"}
    assert change_of(place.ours("t:n")) == ("2025", 5, 1, "2024")


@pytest.mark.parametrize(
    "notes",
    [
        ["", "Source: Department for Education, 2026", "1. Figures are rounded."],
        ['"Figures, where small, are hidden."', "", ""],
        ["Notes,,,,,,,,,,,", "[c] hidden by the publisher,,,,,,,,,,,"],
    ],
)
def test_notes_below_a_table_are_left_out_and_said_so(
    place: Place, notes: list[str]
) -> None:
    (outcome,) = place.load(t__csv=PLAIN + "\n".join(notes) + "\n").values()

    assert (outcome.rows_read, outcome.rows_rejected) == (6, 0)
    assert [p.rule for p in outcome.problems] == ["notes"]
    assert change_of(place.ours("t:n")) == ("2025", 5, 1, "2024")


@pytest.mark.parametrize(
    "cut", ["2025,Reporting year,Local aut", "2025,Reporting", "2025"]
)
def test_a_line_that_was_cut_short_is_no_note(place: Place, cut: str) -> None:
    (outcome,) = place.load(t__csv=PLAIN + cut).values()

    assert (outcome.status, outcome.problems[0].line) == ("refused", 8)


def test_decimal_commas_are_refused_and_not_read_as_thousands(place: Place) -> None:
    text = table("n", f"2025,RY,{OURS},1x5", f"2025,RY,{OTHER},2x25")

    (outcome,) = place.load(
        t__csv=text.replace(",", ";").replace("x", ",").encode()
    ).values()

    assert outcome.status == "refused"
    assert "comma" in outcome.problems[0].message


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("[c]", None, "hidden"),
        ("[low]", None, "low"),
        ("[z]", None, "not_expected"),
        ("[x]", None, "not_available"),
        ("[p]", None, "not_available"),
        ("<0.5", None, "low"),
        ("<5", None, "hidden"),
        ("Fewer than 5", None, "hidden"),
        ("*", None, "hidden"),
        ("Suppressed", None, "hidden"),
        ("c [2]", None, "hidden"),
        ("Not applicable", None, "not_expected"),
        ("12.3 [1]", 12.3, "final"),
        ("12.3 [r][2]", 12.3, "final"),
        ("12.3 [p]", 12.3, "final"),
        ("12.3 [r]", 12.3, "final"),
        ("\u22125.2", -5.2, "final"),
        ("\u20135.2", -5.2, "final"),
        ("1,234\u00a0", 1234, "final"),
    ],
)
def test_a_sign_is_never_nought_and_a_mark_takes_no_number(
    place: Place, raw: str, value: float | None, status: str
) -> None:
    rows = [f'2024,RY,{OURS},"{raw}"', *(f"{y},RY,{OTHER},7" for y in (2023, 2024))]

    (outcome,) = place.load(t__csv=table("n", *rows)).values()

    (row,) = place.figures("t:n").to_dicts()
    assert (row["value"], row["status"]) == (value, status)
    assert outcome.problems == ()


def test_a_year_of_fractions_beside_percentages_is_kept_and_said(place: Place) -> None:
    values = {"2023": 44.5, "2024": 45.5, "2025": 0.475}
    lines = [
        f"{year},RY,{who},{value}"
        for year, value in values.items()
        for who in (OURS, OTHER)
    ]
    small = [
        f"{y},RY,{w},{v}"
        for y, v in (("2024", 0.9), ("2025", 0.4))
        for w in (OURS, OTHER)
    ]

    odd = place.load(t__csv=table("pc", *lines))["t.csv"]
    fine = place.load(s__csv=table("pc", *small))["s.csv"]

    (told,) = [p for p in odd.problems if p.rule == "scale"]
    assert (told.line, fine.problems) == (6, ())
    assert "“2025”" in told.message
    assert place.figures("t:pc")["value"].to_list() == list(values.values())


def test_the_tools_extract_may_be_a_csv_file(place: Place) -> None:
    frame = extract({"2024": 5, "2025": 6})

    place.load(bds_long__csv=frame.write_csv())

    assert change_of(place.ours("SusEd_All")) == ("2025", 6, 1, "2024")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("LANumber,LA_name,Region,Pref_P_1_CY,For_1_P\n306,Croydon,London,90,1\n", "scorecards"),
        ("geographic_level,LANumber,LA_name,PriNOR,For_1_P\nLocal authority,306,Croydon,1,2\n", "scorecards"),
        ("Year,geographic_level,LANumber,LA_name,For_1_P\n2025,Local authority,306,Croydon,1\n", "scorecards"),
        ("LA Number,LA and Regions,2021,2022,Rank\n306,Croydon,20,21,4\n", "long extract"),
    ],
)  # fmt: skip
def test_what_is_known_and_not_read_is_called_by_its_name(
    place: Place, text: str, said: str
) -> None:
    (outcome,) = place.load(x__csv=text).values()

    assert outcome.status == "set aside"
    assert said in outcome.note


# ---------------------------------------------------------------- told


def desk_of(place: Place) -> PublishedMeasures:
    return PublishedMeasures(release_published(place.record), "306", "Croydon", AS_AT)


def told_of(desk: PublishedMeasures, key: str, labels: str = "") -> str:
    story = desk.measure(key, labels)
    assert story is not None
    return " ".join(sentence.text for sentence in story.sentences)


def test_a_page_names_a_term_and_a_year_in_words(place: Place) -> None:
    place.load(
        susp__csv=series("Autumn term", {"202324": 1000, "202425": 1100}),
        pupils__csv=series("Academic year", {"202324": 50, "202425": 60}),
    )
    desk = desk_of(place)

    assert told_of(desk, "susp:n") == (
        "Croydon was 1,100 in the autumn term 2024/25. "
        "Up 100 from autumn term 2023/24 to autumn term 2024/25."
    )
    assert told_of(desk, "pupils:n") == (
        "Croydon was 60 in 2024/25. Up 10 from 2023/24 to 2024/25."
    )


def test_a_page_says_a_forecast_and_never_in_the_past_tense(place: Place) -> None:
    place.load(
        t__csv=series("Academic year", {"202526": 50, "202627": 60, "203132": 70})
    )
    desk = desk_of(place)

    assert told_of(desk, "t:n").endswith(
        "A forecast, not drawn or compared: 70 in 2031/32, and 1 nearer than that."
    )
    story = desk.measure("t:n")
    assert story is not None
    assert (story.row.year, story.row.age) == ("2025/26", "2 months old")
    assert story.years is None


def test_a_measure_without_a_total_is_told_by_labels(place: Place) -> None:
    place.load(homes__csv=WITHOUT_TOTAL)
    desk = desk_of(place)

    assert [key for key, _ in desk.choosable] == ["homes:n"]
    assert desk.measure("homes:n") is None
    assert len(desk.labels("homes:n")) == 4
    assert told_of(desk, "homes:n", "age=19 to 21;breakdown=Suitable") == (
        "Croydon was 190 in 2025. Up 10 from 2024 to 2025."
    )
