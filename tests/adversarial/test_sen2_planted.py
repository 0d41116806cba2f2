"""A person typed into any field of SEN2 is found in no record, journal or message."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.layouts.sen2 import MODULES as LAYOUTS
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.workspace import Workspace, create_workspace
from support.sen2_export import Lines, write_export

PLANTED = (
    "Planted Personname",
    "plantedname",
    "Zyx",
    "Qwzk",
    "Vyxqw",
    "O'Planted-Name",
    "14 Planted Close CR0 1ZZ",
    "07700900123",
    "020 7946 0123",
    "planted.person@example.org",
    "See Planted Personname; rang 07700900123",
)
# Found in any cell or message, the value has come through; digits as they were typed.
SHORT = ("Zyx", "ZYX", "Qwzk", "QWZK", "Vyxqw", "VYXQW")
TRACES = (
    *SHORT,
    "lanted",
    "LANTED",
    "7700900",
    "7946 0123",
    "example.org",
    "EXAMPLE.ORG",
)
COLUMNS = {name: layout.headings for name, layout in LAYOUTS.items()}
MODULES = ("person", "requests", "assessment", "namedplan", "plandetail", "activeplans",
           "placementdetail", "senneed")  # fmt: skip
SOUND = {
    "personbirthdate": "2012-05-05",
    "sex": "M",
    "ethnicity": "WBRI",
    "receiveddate": "2024-01-01",
    "requestoutcome": "Y",
    "assessmentoutcome": "Y",
    "assessmentoutcomedate": "2024-04-01",
    "week20": "0",
    "startdate": "2024-04-01",
    "sentype": "ASD",
    "sentyperank": "1",
}


def keys_of(module: str) -> list[str]:
    return [c for c in COLUMNS[module] if c.endswith("tableid")]


def child(number: int, values: dict[str, str], key: object = None) -> Lines:
    """Give one row in every module; all keys of a child are one."""
    own = number if key is None else key
    return {
        module: [
            {c: values[c] for c in COLUMNS[module] if c in values}
            | dict.fromkeys(keys_of(module), own)
        ]
        for module in MODULES
    }


def everything_kept(workspace: Workspace, outcomes: list[FileOutcome]) -> Iterator[str]:
    """Give every text of the record and the journal, and every message."""
    for path in workspace.folder.rglob("*"):
        if path.suffix == ".parquet":
            yield str(pl.read_parquet(path).rows())
            yield path.name
        elif path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")
    for outcome in outcomes:
        yield str(outcome)


def load(tmp_path: Path, *children: Lines, **header: object) -> list[str]:
    workspace = create_workspace(tmp_path / "w", ("306",))
    export = write_export(tmp_path / "in", *children, header=header)
    outcomes = load_paths(workspace, [export])
    assert outcomes
    return list(everything_kept(workspace, outcomes))


def traces_in(texts: list[str]) -> set[str]:
    return {trace for trace in TRACES for text in texts if trace in text}


def test_a_planted_value_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    frame = pl.DataFrame({"a": ["x", PLANTED[0]]})
    frame.write_parquet(tmp_path / "w" / "a.parquet")
    workspace = create_workspace(tmp_path / "w", ("306",))

    assert traces_in(list(everything_kept(workspace, []))) == {"lanted"}


@pytest.mark.parametrize("value", PLANTED)
def test_planted_in_every_cell_but_the_keys(value: str, tmp_path: Path) -> None:
    columns = {c for module in MODULES for c in COLUMNS[module]}
    values = dict.fromkeys(columns, value)
    kept = load(tmp_path, child(1, SOUND), child(2, values))

    assert len(kept) > len(MODULES)
    assert traces_in(kept) == set()


@pytest.mark.parametrize("value", PLANTED)
def test_planted_in_every_key(value: str, tmp_path: Path) -> None:
    kept = load(tmp_path, child(1, SOUND), child(2, SOUND, value))

    assert traces_in(kept) == set()
    assert sum("ehcn_named_plan" in text or "2024-k" in text for text in kept) > 0


@pytest.mark.parametrize("column", COLUMNS["sen2"])
def test_planted_in_the_header(column: str, tmp_path: Path) -> None:
    kept = load(tmp_path, child(1, SOUND), **{column: PLANTED[0]})

    assert traces_in(kept) == set()


def test_planted_in_the_xml(tmp_path: Path) -> None:
    names = ["Surname", "Forename", "PersonBirthDate", "Sex", "Ethnicity", "UPN",
             "UPNunknown", "ReceivedDate", "RequestSource", "RequestOutcome",
             "RequestOutcomeDate", "RequestMediation", "Exported", "AssessmentOutcome",
             "AssessmentOutcomeDate", "Week20", "StartDate", "CeaseDate", "CeaseReason",
             "URN", "SENsetting", "PlacementRank", "TransferLA", "ReviewMeeting",
             "ReviewOutcome", "LastReview", "SENtype", "SENtypeRank"]  # fmt: skip
    inside = "".join(f"<{name}>{PLANTED[0]}</{name}>" for name in names)
    text = (
        "<Message><Header><Collection>SEN2</Collection><Year>2025</Year>"
        "<ReferenceDate>2025-01-16</ReferenceDate><LEA>306</LEA></Header><Persons>"
        f"<Person>{inside}<Requests>{inside}<Assessment>{inside}<NamedPlan>{inside}"
        f"<PlanDetail>{inside}</PlanDetail></NamedPlan></Assessment><ActivePlans>"
        f"{inside}<PlacementDetail>{inside}</PlacementDetail><SENneed>{inside}</SENneed>"
        "</ActivePlans></Requests></Person></Persons></Message>"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sen2.xml").write_text(text, encoding="utf-8")
    workspace = create_workspace(tmp_path / "w", ("306",))
    outcomes = load_paths(workspace, [tmp_path / "in"])

    assert outcomes[0].rows_read == 8
    assert traces_in(list(everything_kept(workspace, outcomes))) == set()
