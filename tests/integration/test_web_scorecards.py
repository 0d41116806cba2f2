"""A scorecard through the browser: given, mapped once, previewed, taken, built."""

import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.figures.snapshots import open_snapshot
from openscrutiny.indicators.definition import Unit
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.returns.own.mapping import find_mappings, save_mapping
from openscrutiny.returns.own.services import open_file, propose
from openscrutiny.scrutiny.inspecting import list_audit
from openscrutiny.scrutiny.intake import working
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.invented_returns import MemoryFile, csv_file
from support.scorecard import make_scorecard, make_scorecard_csv, rows
from web_fakes.site import client_as, make_site

PAGE = "/data/scorecards/"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a workspace of its own to the pages, with the indicators of the sheet."""
    make_site()
    made = create_workspace(tmp_path / "w", ("999",), name="Exampleton")
    for view in ("scorecards", "intake"):
        monkeypatch.setattr(
            f"openscrutiny.web.views.{view}.get_workspace", lambda: made
        )
    monkeypatch.setattr(working, "launch", working.run_job)
    few = [one for one in INDICATORS if one.is_given]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    return made


def give(client: Any, file: MemoryFile) -> Any:
    sent = BytesIO(file.data)
    sent.name = file.name
    return client.post(f"{PAGE}add/", {"file": sent})


def text_of(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def form_of(page: str) -> dict[str, str]:
    """Read the form as a browser would send it."""
    cells = dict(re.findall(r'name="(row-\d+|given_by|name)" value="([^"]*)"', page))
    for name, body in re.findall(r'name="(sign-\d+|percent)">(.*?)</select>', page):
        chosen = re.search(r'value="(\w+)" selected', body)
        cells[name] = chosen[1] if chosen else ""
    return cells


def test_a_scorecard_goes_from_file_to_figures_without_a_command_line(
    workspace: Workspace,
) -> None:
    client = client_as("analyst")
    assert "See what it gives" in text_of(client, PAGE)

    sent = give(client, make_scorecard())
    address = sent.headers["Location"]
    page = text_of(client, address)
    assert "figures would be taken" in page and "4 rows are left out" in page
    assert "The hidden sheet “Lists” was not read." in page
    assert find_mappings(workspace.mappings) == ()
    assert Journal(workspace.record).entries() == []

    form = {**form_of(page), "given_by": "Performance team", "name": "monthly"}
    assert len([name for name in form if name.startswith("row-")]) == 73
    taken = client.post(address, {**form, "accept": "1"})
    assert taken.headers["Location"] == f"{PAGE}?loaded={69 * 14}"
    [mapping] = find_mappings(workspace.mappings)
    assert (mapping.name, mapping.made_by) == ("monthly", "analyst")
    kept, given = list_audit(COMMAND_LINE)[1::-1]  # the newest stands first
    assert (kept.actor, kept.action, kept.thing) == (
        "analyst",
        "mapping kept",
        "mapping monthly",
    )
    assert (given.action, given.about, given.thing) == (
        "own figures given",
        "read by the mapping monthly",
        "load 1",
    )
    [entry] = Journal(workspace.record).entries()
    assert entry.return_name == "own-figures"
    assert list((workspace.folder / "uploads").iterdir()) == []

    built = text_of(client, client.post("/data/in/build/").headers["Location"])
    assert "Snapshot 1 is built" in built
    figures = open_snapshot(workspace).figures()
    assert set(figures["source"]) == {"own count"}
    assert figures["given_by"].str.starts_with("Performance team, ").all()
    assert figures["indicator"].n_unique() == 69

    # The next month needs one file and one yes.
    june = text_of(client, give(client, make_scorecard(15)).headers["Location"])
    assert "Read as the mapping “monthly” says" in june
    assert f"{69 * 15:,} figures would be taken: 69 new, {69 * 14} as before" in june


def test_what_was_guessed_wrongly_is_corrected_and_kept(workspace: Workspace) -> None:
    client = client_as("manager")
    address = give(client, make_scorecard()).headers["Location"]
    form = form_of(text_of(client, address))
    first = next(name for name, code in form.items() if code == rows()[0][2].code)  # type: ignore[union-attr]

    changed = client.post(address, {**form, first: "", "try": "1"})
    assert changed.headers["Location"] == address
    assert "5 rows are left out" in text_of(client, address)
    wrong = client.post(address, {**form, first: "QQ99", "try": "1"})
    assert wrong.status_code == 422
    assert "There is no indicator “QQ99”" in wrong.content.decode()
    assert "5 rows are left out" in text_of(client, address)


def test_a_sheet_with_a_fault_cannot_be_taken(workspace: Workspace) -> None:
    client = client_as("analyst")
    wrong = make_scorecard(change={(5, 6): "about half"})
    address = give(client, wrong).headers["Location"]

    page = text_of(client, address)
    assert "Take these figures" not in page
    assert "G6" in page and "about half" not in page.split("<form")[0]
    assert client.post(address, {"accept": "1"}).status_code == 422
    assert Journal(workspace.record).entries() == []
    assert client.post(address, {"drop": "1"}).headers["Location"] == PAGE
    assert client.get(address).status_code == 404


# Eight rows are enough to be wrong in: the first figure stands in row 6.
EIGHT = range(8)
SHARE = next(
    n for n in EIGHT if (one := rows()[n][2]) and one.unit is Unit.PERCENT and n % 2
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace that knows the sheet and has its months to May once."""
    made = create_workspace(
        tmp_path_factory.mktemp("known") / "w", ("999",), demo_as_at=date(2026, 9, 30)
    )
    path = made.folder.parent / "may.xlsx"
    path.write_bytes(make_scorecard(only=EIGHT).data)
    mapping = propose(
        made, open_file(path), name="monthly", by="a", on=date(2026, 9, 30),
        local_codes={},
    )  # fmt: skip
    save_mapping(made.mappings, mapping)
    assert load_paths(made, [path])[0].status == "loaded"
    return made.folder


@pytest.mark.parametrize(
    ("sheet", "cell", "reason"),
    [
        ({"months": 15, "shift": 1}, "Sheet", "have moved against"),
        ({"change": {(6, 0): rows()[0][0], (6, 1): rows()[0][1]}}, "A7", "same code"),
        ({"change": {(5 + SHARE, 6): 0.27}}, f"G{6 + SHARE}", "may be a fraction"),
        ({"change": {(14, 1): "All together", (14, 6): 99}}, "A15", "may be a total"),
        ({"change": {(5, 6): "=1/0"}}, "G6", "gives an error"),
        ({"months": 19}, "W6", "has not ended"),
        ({"change": {(3, 6): "May"}}, "G4", "same period"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_shown_with_its_cell_and_nothing_is_taken(
    known: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sheet: dict[str, Any],
    cell: str,
    reason: str,
) -> None:
    make_site()
    shutil.copytree(known, tmp_path / "w")
    there = open_workspace(tmp_path / "w")
    for view in ("scorecards", "intake"):
        monkeypatch.setattr(
            f"openscrutiny.web.views.{view}.get_workspace", lambda: there
        )
    monkeypatch.setattr(working, "launch", working.run_job)
    client = client_as("analyst")
    sent = BytesIO(make_scorecard(only=EIGHT, **sheet).data)
    sent.name = "june.xlsx"

    # Dropped, it is refused whole, and the first fault is told with its cell.
    job = client.post("/data/in/add/", {"file": sent}).headers["Location"]
    page = text_of(client, job)
    assert "1 refused, 1 thing for you" in page
    # Looked at as a scorecard, every fault stands in the preview.
    draft = client.post(f"{job}map/", {"at": "0"}).headers["Location"]
    page = text_of(client, draft)
    faults = re.findall(
        r'<th role="rowheader" scope="row">([A-Z]+\d*|Sheet)</th><td role="cell">(.*?)<',
        page,
    )
    assert any(at == cell and reason in said for at, said in faults), faults
    assert "Take these figures" not in page
    assert client.post(draft, {"accept": "1"}).status_code == 422
    assert len(Journal(there.record).entries()) == 1


def test_a_numerator_above_its_denominator_is_refused_with_its_line(
    workspace: Workspace,
) -> None:
    client = client_as("analyst")
    head = "code,period_type,period_end,numerator,denominator"
    file = csv_file("own.csv", head, "SN26,month,2026-05-31,9,8")
    given = BytesIO(file.data)
    given.name = file.name

    page = text_of(client, client.post("/data/in/add/", {"file": given})["Location"])

    assert "1 refused" in page and "Line 2" in page and "numerator" in page
    assert Journal(workspace.record).entries() == []


def test_a_scorecard_as_csv_goes_the_same_way(workspace: Workspace) -> None:
    client = client_as("analyst")
    address = give(client, make_scorecard_csv()).headers["Location"]
    page = text_of(client, address)
    assert "4 rows are left out" in page

    assert client.post(address, {**form_of(page), "accept": "1"}).status_code == 302

    [entry] = Journal(workspace.record).entries()
    assert entry.rows_kept == 69 * 14


def test_a_figure_that_the_returns_count_otherwise_is_shown_before_it_is_taken(
    workspace: Workspace,
) -> None:
    client = client_as("analyst")
    file = csv_file("years.csv", "Ref,Measure,2024/25", "CYPE 5,Re-referrals,99.5%")
    address = give(client, file).headers["Location"]
    form = form_of(text_of(client, address))
    client.post(address, {**form, "row-0": "FD2", "try": "1"})

    page = text_of(client, address)

    assert "Other than the returns say" in page
    [line] = re.findall(r'<th role="rowheader" scope="row">C2</th>.*?</tr>', page, re.S)
    assert "Re-referrals" in line and "99.5%" in line and "March 2025" in line
    assert "Take these figures" in page  # it is named, and nobody is stopped


def test_a_number_of_what_is_told_as_a_rate_is_shown_as_a_number(
    workspace: Workspace,
) -> None:
    client = client_as("analyst")
    lines = ("Ref,Measure,2024/25", "FD1,Number of referrals,123456")
    address = give(client, csv_file("years.csv", *lines)).headers["Location"]

    page = text_of(client, address)

    assert "123,456 referrals, " in page  # a number, and no rate of 123,456


def test_the_mapping_that_is_accepted_reads_the_file_and_a_second_is_refused(
    workspace: Workspace,
) -> None:
    client = client_as("analyst")
    address = give(client, make_scorecard()).headers["Location"]
    form = {**form_of(text_of(client, address)), "name": "monthly"}
    assert client.post(address, {**form, "accept": "1"}).status_code == 302

    address = give(client, make_scorecard(15)).headers["Location"]
    renamed = {**form_of(text_of(client, address)), "name": "another"}
    refused = client.post(address, {**renamed, "accept": "1"})

    assert refused.status_code == 422
    assert "“another” and “monthly” both fit this file" in refused.content.decode()
    assert [one.name for one in find_mappings(workspace.mappings)] == ["monthly"]
    again = {**renamed, "name": "monthly", "given_by": "The newer team", "accept": "1"}
    assert client.post(address, again).status_code == 302
    [kept] = find_mappings(workspace.mappings)
    assert kept.given_by == "The newer team"


def test_an_indicator_of_the_councils_own_may_be_chosen(workspace: Workspace) -> None:
    workspace.council_indicators.write_text(
        "code,name,numerator,measure,when,good,why_good\n"
        "M36,Short breaks,breaks,count,month,higher,They help.\n"
    )
    client = client_as("analyst")
    file = csv_file("own.csv", "Ref,Measure,May-26", "M36,Short breaks,12")
    address = give(client, file).headers["Location"]

    page = text_of(client, address)

    assert '<option value="M36">Short breaks</option>' in page
    assert 'value="M36" list' in page and "12, May 2026" in page
    assert client.post(address, {**form_of(page), "accept": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("notes.docx", b"PK\x03\x04", "no spreadsheet"),
        ("card.xlsx", b"PK\x03\x04 broken", "Nothing was taken"),
        ("card.csv", b"Ref,Measure\nA 1,b\n", "names months, quarters or years"),
        ("card.csv", b"", "Nothing was taken"),
        ("../../etc.csv", b"a,b\n1,2\n", "names months, quarters or years"),
    ],
)
def test_what_is_no_scorecard_is_refused_and_leaves_nothing(
    workspace: Workspace, name: str, data: bytes, said: str
) -> None:
    response = give(client_as("analyst"), MemoryFile(name, data))

    assert response.status_code == 422
    assert said in response.content.decode()
    uploads = workspace.folder / "uploads"
    assert not uploads.exists() or list(uploads.iterdir()) == []


@pytest.mark.parametrize("role", ["member", "chair", "clerk", "inspector"])
def test_others_may_neither_see_nor_give(workspace: Workspace, role: str) -> None:
    address = give(client_as("analyst"), make_scorecard()).headers["Location"]
    client = client_as(role)

    assert client.get(address).status_code == 403
    assert client.post(address, {"accept": "1"}).status_code == 403
    assert give(client, make_scorecard()).status_code == 403
    assert client.get(f"{PAGE}{'0' * 32}/").status_code == 403
    assert Journal(workspace.record).entries() == []
    assert "data/scorecards" not in client.get("/data/").content.decode()


@pytest.mark.parametrize("token", ["0" * 32, "..", "x"])
def test_a_guessed_draft_is_not_found(workspace: Workspace, token: str) -> None:
    assert client_as("analyst").get(f"{PAGE}{token}/").status_code == 404
