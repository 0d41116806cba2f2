"""SEND figures from files: the right field decides, and what is lacking is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.figures.engine import open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.records import NO_POPULATION
from support.sen2_export import Lines, one_plan, write_export

H = {"assessmentoutcome": "H"}
LONG_AGO = {"startdate": "2020-01-01"}


@dataclass(frozen=True)
class Case:
    """Say what is returned and what must come of it: numerator, denominator, unknown."""

    title: str
    code: str
    right: tuple[int | None, int | None, int]
    children: tuple[Lines, ...]
    period: tuple[str, date] = ("calendar_year", date(2024, 12, 31))
    header: Mapping[str, object] = field(default_factory=dict)


def issued(
    received: object, outcome: str, on: object, number: int = 1, **more: object
) -> Lines:
    """Give a request, its assessment and a plan whose current version is of its issue."""
    return one_plan(
        number,
        request={"receiveddate": received, "requestoutcome": "Y"},
        assessment={
            "assessmentoutcome": outcome,
            "assessmentoutcomedate": on,
            "week20": 0,
            **more,
        },
        plan={"startdate": on},
        active={},
    )


def reviewed(
    number: int = 1, *, current: str = "2020-01-01", **active: object
) -> Lines:
    """Give a plan decided before the year, with the review that is told."""
    return one_plan(number, assessment=H, plan={"startdate": current}, active=active)


# Beside what cannot be read, so that the rest still says something.
SOUND = (
    issued("2024-01-01", "Y", "2024-05-01", number=8),
    issued("2024-01-01", "Y", "2024-05-01", number=9),
)
SN4 = [
    Case("day 140", "SN4", (1, 1, 0), (issued("2024-01-01", "Y", "2024-05-20"),)),
    Case("day 141", "SN4", (0, 1, 0), (issued("2024-01-01", "Y", "2024-05-21"),)),
    Case("first day", "SN4", (1, 1, 0), (issued("2023-10-01", "Y", "2024-01-01"),)),
    Case("last day", "SN4", (1, 1, 0), (issued("2024-09-01", "Y", "2024-12-31"),)),
    Case("year before", "SN4", (0, 0, 0), (issued("2023-10-01", "Y", "2023-12-31"),)),
    Case("year after", "SN4", (0, 0, 0), (issued("2024-10-01", "Y", "2025-01-01"),)),
    Case("refused", "SN4", (0, 0, 0), (issued("2024-01-01", "N", "2024-05-01"),)),
    Case("withdrawn", "SN4", (0, 0, 0), (issued("2024-01-01", "W", ""),)),
    Case("undecided", "SN4", (0, 0, 0), (issued("2024-01-01", "A", ""),)),
    Case("historical", "SN4", (0, 0, 0), (issued("2023-01-01", "H", "2024-03-01"),)),
    Case("small letter", "SN4", (1, 1, 0), (issued("2024-01-01", "y", "2024-05-01"),)),
    Case(
        "letter and words",
        "SN4",
        (1, 1, 0),
        (issued("2024-01-01", "Y - plan issued", "2024-05-01"),),
    ),
    Case(
        "exception",
        "SN4",
        (0, 0, 0),
        (issued("2024-01-01", "Y", "2024-11-01", week20="1"),),
    ),
    # One of the two days is wrong, and nobody knows which.
    Case(
        "asked later",
        "SN4",
        (2, 3, 1),
        (*SOUND, issued("2024-06-01", "Y", "2024-05-01")),
    ),
    Case(
        "nothing but what was asked later",
        "SN4",
        (None, None, 0),
        (issued("2024-06-01", "Y", "2024-05-01"),),
    ),
    Case("never asked", "SN4", (2, 3, 1), (*SOUND, issued("NULL", "Y", "2024-05-01"))),
    Case(
        "asked in 1900",
        "SN4",
        (2, 3, 1),
        (*SOUND, issued("1900-01-01", "Y", "2024-05-01")),
    ),
    Case(
        "nothing but what cannot be read",
        "SN4",
        (None, None, 0),
        (issued("soon", "Y", "2024-05-01"),),
    ),
    Case(
        "agreed before the year, issued in it",
        "SN4",
        (1, 1, 0),
        (
            one_plan(
                request={"receiveddate": "2023-11-01", "requestoutcome": "H"},
                assessment={
                    "assessmentoutcome": "Y",
                    "assessmentoutcomedate": "2024-02-01",
                },
            ),
        ),
    ),
    Case(
        "from another authority, and called issued",
        "SN4",
        (0, 0, 0),
        (
            one_plan(
                request={"receiveddate": "2024-01-01", "requestoutcome": "Y"},
                assessment={
                    "assessmentoutcome": "Y",
                    "assessmentoutcomedate": "2024-02-01",
                },
                plan={"startdate": "2024-02-01"},
                active={"transferla": "303"},
            ),
        ),
    ),
    Case(
        "ceased in the year",
        "SN4",
        (1, 1, 0),
        (
            one_plan(
                request={"receiveddate": "2024-01-01", "requestoutcome": "Y"},
                assessment={
                    "assessmentoutcome": "Y",
                    "assessmentoutcomedate": "2024-04-01",
                },
                plan={
                    "startdate": "2024-06-01",
                    "ceasedate": "2024-09-01",
                    "ceasereason": "5",
                },
            ),
        ),
    ),
    Case(
        "a month",
        "SN4",
        (1, 1, 0),
        (
            one_plan(
                request={"receiveddate": "2024-01-01", "requestoutcome": "Y"},
                assessment={
                    "assessmentoutcome": "Y",
                    "assessmentoutcomedate": "2024-04-10",
                },
                plan={"startdate": "2024-11-01"},
                active={},
            ),
        ),
        ("month", date(2024, 4, 30)),
    ),
]

SN11 = [
    Case(
        "meeting, no letter", "SN11", (0, 1, 0), (reviewed(reviewmeeting="2024-12-10"),)
    ),
    Case(
        "old meeting, late letter",
        "SN11",
        (1, 1, 0),
        (reviewed(reviewmeeting="2023-12-30", lastreview="2024-01-30"),),
    ),
    Case("12 months", "SN11", (0, 1, 0), (reviewed(reviewmeeting="2023-12-31"),)),
    Case("letter alone", "SN11", (0, 1, 1), (reviewed(lastreview="2024-03-01"),)),
    Case("old letter alone", "SN11", (1, 1, 0), (reviewed(lastreview="2023-03-01"),)),
    Case("never reviewed", "SN11", (1, 1, 0), (reviewed(),)),
    Case(
        "amended, never reviewed", "SN11", (1, 1, 0), (reviewed(current="2024-11-01"),)
    ),
    Case(
        "meeting after the day",
        "SN11",
        (0, 1, 1),
        (reviewed(reviewmeeting="2025-01-10"),),
    ),
    Case(
        "meeting not read",
        "SN11",
        (0, 3, 1),
        (*SOUND, reviewed(reviewmeeting="2024-31-31")),
    ),
    Case(
        "meeting of 1900",
        "SN11",
        (0, 3, 1),
        (*SOUND, reviewed(reviewmeeting="1900-01-01")),
    ),
    Case(
        "not listed",
        "SN11",
        (1, 2, 1),
        (one_plan(assessment=H, plan=LONG_AGO), reviewed(2, current="2025-01-05")),
    ),
    Case("young plan", "SN11", (0, 1, 0), (issued("2024-01-01", "Y", "2024-05-01"),)),
    Case(
        "meeting before the issue",
        "SN11",
        (0, 1, 0),
        (
            one_plan(
                request={"receiveddate": "2024-01-01", "requestoutcome": "Y"},
                assessment={
                    "assessmentoutcome": "Y",
                    "assessmentoutcomedate": "2024-05-01",
                },
                plan={"startdate": "2024-05-01"},
                active={"reviewmeeting": "2022-05-01"},
            ),
        ),
    ),
    Case(
        "meeting before the current version",
        "SN11",
        (0, 1, 0),
        (reviewed(reviewmeeting="2024-10-01", current="2024-12-01"),),
    ),
    Case(
        "from another authority",
        "SN11",
        (0, 1, 0),
        (reviewed(current="2024-06-01", transferla="303"),),
    ),
    Case(
        "reviewed after it came",
        "SN11",
        (0, 1, 0),
        (reviewed(transferla="303", reviewmeeting="2024-06-01"),),
    ),
]

SN1 = [
    Case(
        "amended in November, in force in April",
        "SN1",
        (1, None, 0),
        (reviewed(current="2024-11-01"),),
        ("month", date(2024, 4, 30)),
    ),
    Case(
        "came in June",
        "SN1",
        (0, None, 0),
        (reviewed(current="2024-06-01", transferla="303"),),
        ("month", date(2024, 4, 30)),
    ),
    Case(
        "issued in April, amended in November",
        "SN1",
        (0, None, 0),
        (
            one_plan(
                request={"receiveddate": "2024-01-01", "requestoutcome": "Y"},
                assessment={
                    "assessmentoutcome": "Y",
                    "assessmentoutcomedate": "2024-04-10",
                },
                plan={"startdate": "2024-11-01"},
                active={},
            ),
        ),
        ("month", date(2024, 3, 31)),
    ),
    Case(
        "no date of the version",
        "SN1",
        (3, None, 0),
        (*SOUND, one_plan(assessment=H, plan={"startdate": ""}, active={})),
    ),
    Case(
        "ended, the day cannot be read",
        "SN1",
        (1, None, 0),
        (
            one_plan(assessment=H, plan={**LONG_AGO, "ceasedate": "2024-02-31"}),
            reviewed(2),
        ),
    ),
    Case(
        "ended, no day given",
        "SN1",
        (1, None, 0),
        (one_plan(assessment=H, plan={**LONG_AGO, "ceasereason": "5"}), reviewed(2)),
    ),
    Case(
        "told open and told ended",
        "SN1",
        (0, None, 0),
        (
            one_plan(assessment=H, plan=LONG_AGO, active={}),
            {
                "namedplan": [
                    {
                        "namedplantableid": 9,
                        "assessmenttableid": 1,
                        **LONG_AGO,
                        "ceasedate": "2024-06-01",
                        "ceasereason": 9,
                    }
                ]
            },
        ),
    ),
]


def asked(number: int, child: int, on: object, outcome: str) -> Lines:
    return {
        "requests": [
            {
                "requeststableid": number,
                "persontableid": child,
                "receiveddate": on,
                "requestoutcome": outcome,
            }
        ]
    }


PERSON = {"person": one_plan()["person"]}
SN2 = [
    Case(
        "whatever came of it",
        "SN2",
        (4, None, 0),
        (
            PERSON,
            asked(1, 1, "2024-01-01", "Y"),
            asked(2, 1, "2024-03-01", "N"),
            asked(3, 1, "2024-06-01", "W"),
            asked(4, 1, "2024-12-31", "A"),
        ),
    ),
    Case(
        "not of the year",
        "SN2",
        (0, None, 0),
        (
            PERSON,
            asked(1, 1, "2023-12-31", "Y"),
            asked(2, 1, "2025-01-01", "A"),
            asked(3, 1, "2024-02-01", "H"),
            asked(4, 1, "", "H"),
        ),
    ),
    Case(
        "a child that stands in the export twice",
        "SN2",
        (1, None, 0),
        (
            PERSON,
            {"person": [{**one_plan()["person"][0], "persontableid": 2}]},
            asked(1, 1, "2024-02-01", "N"),
            asked(2, 2, "2024-02-01", "N"),
        ),
    ),
    Case(
        "one request told twice, and not alike",
        "SN2",
        (1, None, 0),
        (PERSON, asked(1, 1, "2024-02-01", "N"), asked(2, 1, "2024-02-01", "Y")),
    ),
    Case(
        "from another authority",
        "SN2",
        (0, None, 0),
        (
            one_plan(
                request={"receiveddate": "2024-02-01", "requestoutcome": "Y"},
                assessment=H,
                plan=LONG_AGO,
                active={"transferla": "303 - Bexley"},
            ),
        ),
    ),
]
CASES = [*SN2, *SN4, *SN1, *SN11]


def count(folder: Path, *codes: str) -> pl.DataFrame:
    """Count the totals of the record that was loaded, of every authority in it."""
    journal = Journal(folder / "w" / "record")
    engine = open_record(journal, journal.entries())
    areas = {str(e.authority): "Invented" for e in journal.entries()}
    wanted = Evaluation(date(2024, 1, 1), date(2024, 12, 31), areas)
    try:
        figures = [
            evaluate(engine, find_indicator(c), wanted, NO_POPULATION) for c in codes
        ]
    finally:
        engine.close()
    return pl.concat(figures).filter(pl.col("breakdown") == "total")


def one(
    figures: pl.DataFrame, code: str, period: tuple[str, date], authority: str = "306"
) -> dict[str, object]:
    kind, end = period
    return figures.filter(
        (pl.col("code") == code)
        & (pl.col("area_code") == authority)
        & (pl.col("period_type") == kind)
        & (pl.col("period_end") == end)
    ).row(0, named=True)


def number_of(case: Case) -> str:
    """Give each case an authority of its own, so that all are counted at once."""
    return str(400 + CASES.index(case))


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    folder = tmp_path_factory.mktemp("send")
    workspace = create_workspace(folder / "w", tuple(map(number_of, CASES)))
    for case in CASES:
        number = number_of(case)
        header = {"lea": number, **case.header}
        write_export(folder / "in" / number, *case.children, header=header)
    load_paths(workspace, [folder / "in"])
    return count(folder, "SN1", "SN2", "SN4", "SN11")


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c.code} {c.title}") for c in CASES]
)
def test_the_right_field_decides(case: Case, counted: pl.DataFrame) -> None:
    found = one(counted, case.code, case.period, number_of(case))

    there = (found["numerator"], found["denominator"], found["unknown"] or 0)
    assert there == case.right


def test_a_return_made_in_october_knows_nothing_of_november(tmp_path: Path) -> None:
    child = issued("2024-01-01", "Y", "2024-05-01")
    workspace = create_workspace(tmp_path / "w", ("306",))
    made = {"datetime": "2024-10-15 00:00:00"}
    load_paths(workspace, [write_export(tmp_path / "in", child, header=made)])

    figures = count(tmp_path, "SN2")
    month = ("month", date(2024, 11, 30))
    assert one(figures, "SN2", month)["status"] == "not_available"
    assert one(figures, "SN2", ("month", date(2024, 9, 30)))["numerator"] == 0


def test_a_return_of_an_older_version_knows_no_meetings(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("306",))
    export = write_export(tmp_path / "in", reviewed(lastreview="2024-03-01"))
    active = export / "Blade-Export_20-02-2025_activeplans.csv"
    older = active.read_text(encoding="utf-8").replace("reviewmeeting", "res")
    active.write_text(older, encoding="utf-8")
    outcomes = load_paths(workspace, [export])

    rules = [(p.field, p.rule) for outcome in outcomes for p in outcome.problems]
    assert ("reviewmeeting", "column") in rules
    year = ("calendar_year", date(2024, 12, 31))
    figures = count(tmp_path, "SN1", "SN11")
    assert one(figures, "SN11", year)["status"] == "not_available"
    assert one(figures, "SN1", year)["numerator"] == 1


NOWHERE = {"activeplanstableid": 3, "sensetting": "NEET"}
PLACEMENTS = ("SN19", "SN19a", "SN20", "SN21", "SN28")
REGISTER = Path(__file__).parents[1] / "data" / "gias" / "invented_register.csv"


def test_without_placements_no_figure_of_them_is_told_until_they_come(
    tmp_path: Path,
) -> None:
    """Everybody would be at no mainstream school, and nobody without a place."""
    workspace = create_workspace(tmp_path / "w", ("306",))
    children = [
        reviewed(1) | {"placementdetail": [{"activeplanstableid": 1, "urn": 100001}]},
        reviewed(2) | {"placementdetail": [{"activeplanstableid": 2, "urn": 100005}]},
        reviewed(3) | {"placementdetail": [NOWHERE]},
        reviewed(4),
    ]
    export = write_export(tmp_path / "in", *children)
    detail = export / "Blade-Export_20-02-2025_placementdetail.csv"
    kept = detail.rename(tmp_path / "kept.csv")
    load_paths(workspace, [export, REGISTER])
    year = ("calendar_year", date(2024, 12, 31))

    figures = count(tmp_path, "SN1", *PLACEMENTS)
    assert one(figures, "SN1", year)["numerator"] == 4
    for code in PLACEMENTS:
        told = one(figures, code, year)
        assert (told["status"], told["numerator"]) == ("not_available", None), code
        assert "has no placementdetail module, or none filled in" in str(told["why"])

    journal = Journal(workspace.record)
    (plans,) = (e for e in journal.entries() if "ehcp_active_plans" in e.covers)
    journal.undo(plans.load_id)
    kept.rename(detail)
    load_paths(workspace, [export])
    figures = count(tmp_path, *PLACEMENTS)
    counted = [
        (one(figures, c, year)["numerator"], one(figures, c, year)["denominator"])
        for c in PLACEMENTS
    ]
    assert counted == [(1, 4), (1, 4), (1, 4), (0, 4), (1, None)]
