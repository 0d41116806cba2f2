"""What the commands of data in leave in the audit: as the pages do, and never at a loss."""

import json
import os
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.cli.tracing import Tracing
from openscrutiny.record.journal import Journal
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.heads import HEADS_FILE
from openscrutiny.scrutiny.inspecting import list_audit, verify_audit
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import Workspace, create_workspace
from support.cases import count_only
from support.census import child, details, write_census

SAID = "the audit does not say so"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", ("299",))


@pytest.fixture
def audited(workspace: Workspace) -> Workspace:
    """Give one that has a database, and an audit without any event."""
    return open_database(workspace)


def run(place: Workspace, *arguments: str | Path) -> int:
    command, *rest = map(str, arguments)
    return main([command, "-w", str(place.folder), *rest])


def census(folder: Path, year: int = 2025) -> Path:
    """Write one whose name could name a child."""
    path = folder / f"Ann Example {year}.xml"
    return write_census(path, child("A1", details(f"{year - 1}-05-01")), year=year)


def traces(place: Workspace) -> list[tuple[str, str, str, str]]:
    open_database(place)
    events = reversed(list_audit(COMMAND_LINE))
    return [(one.actor, one.action, one.about, one.thing) for one in events]


def test_each_command_leaves_what_the_page_leaves_and_no_name_of_a_file(
    audited: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count_only(monkeypatch, "FD1")
    path = census(tmp_path)
    word = ("--by", "Ann Example", "--why", "Seen")

    assert run(audited, "load", path) == 0
    assert run(audited, "load", path) == 0  # the same bytes: nothing is done
    assert run(audited, "build", "--as-at", "2025-03-31") == 0
    assert run(audited, "confirm", "--load", "1", *word) == 0
    assert run(audited, "confirm", "--load", "1", "--withdraw") == 0
    assert run(audited, "loads", "--undo", "1") == 0
    assert run(audited, "loads", "--undo", "1") == 2  # it is undone already

    assert traces(audited) == [
        ("", "file loaded", "cin 2025: 2 rows kept, 0 rejected", "load 1"),
        ("", "figures built", "", "snapshot 1"),
        ("", "figures confirmed", "in the name of Ann Example", "load 1"),
        ("", "confirmation taken back", "", "load 1"),
        ("", "load taken back", "cin 2025", "load 1"),
    ]
    assert verify_audit(COMMAND_LINE).is_whole


def test_a_mapping_that_is_kept_is_named(audited: Workspace, tmp_path: Path) -> None:
    mapping = {
        "name": "monthly",
        "made_by": "Ann Example",
        "made_on": "2026-05-01",
        "sheet": "Scorecard",
        "heading_rows": [1],
        "code_column": 1,
        "name_column": 2,
        "rows": [{"code": "CYPE 1", "name": "Referrals", "indicator": ""}],
    }
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps(mapping), encoding="utf-8")

    assert main(["mapping", "save", str(path), "-w", str(audited.folder)]) == 0

    about = "0 of 1 rows read; made by Ann Example"
    assert traces(audited) == [("", "mapping kept", about, "mapping monthly")]


def test_without_a_database_none_is_made(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "load", census(tmp_path)) == 0
    assert run(workspace, "loads", "--undo", "1") == 0

    assert not workspace.database.exists()
    assert SAID not in capsys.readouterr().err


def test_a_load_without_its_trace_is_in_and_said(
    audited: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = audited.folder / HEADS_FILE
    heads.replace(tmp_path / "heads")
    heads.mkdir()  # nothing can be added to it

    status = run(audited, "load", census(tmp_path, 2024), census(tmp_path))

    said = capsys.readouterr().err
    assert status == 1
    assert len(Journal(audited.record).entries()) == 2
    for number in (1, 2):
        assert f"Load {number} is in, and {SAID}: it cannot be written (" in said
    assert said.count("openscrutiny audit verify") == 1
    assert run(audited, "loads", "--undo", "2") == 1
    assert len(Journal(audited.record).entries()) == 1
    assert f"Load 2 is taken back, and {SAID}" in capsys.readouterr().err

    heads.rmdir()
    (tmp_path / "heads").replace(heads)
    assert run(audited, "loads", "--undo", "1") == 0
    assert [action for _, action, _, _ in traces(audited)] == ["load taken back"]
    assert verify_audit(COMMAND_LINE).is_whole


def test_a_watched_folder_knows_what_it_read_though_no_trace_can_be_left(
    audited: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    os.utime(census(folder), (0, 0))  # no longer being written
    (audited.folder / HEADS_FILE).unlink()
    (audited.folder / HEADS_FILE).mkdir()

    assert run(audited, "watch", folder) == 1
    assert SAID in capsys.readouterr().err
    assert run(audited, "watch", folder) == 0
    assert capsys.readouterr().out == "Nothing new.\n"


def test_what_could_not_be_written_at_once_is_tried_again_in_its_order(
    audited: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []

    def first(actor: object) -> None:
        tried.append("first")
        if len(tried) == 1:
            raise TimeoutError

    tracing = Tracing(audited)
    tracing.leave("The first is done", first)
    tracing.leave("The second is done", lambda actor: tried.append("second"))

    assert tracing.finish() == 0
    assert tried == ["first", "first", "second"]
    assert capsys.readouterr().err == ""


def test_a_confirmation_is_of_an_authority_of_the_workspace(
    audited: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--indicator", "SN2", "--period", "2025-12-31", "--by", "A", "--why", "B")

    assert run(audited, "confirm", *asked, "--area", "A child’s name") == 2

    assert "child" not in capsys.readouterr().err
    assert traces(audited) == []


def test_a_database_that_is_served_elsewhere_is_one() -> None:
    place = Workspace(Path("nowhere"), ("299",), "", database_url="postgresql:///d")
    assert place.has_database
    assert not Workspace(Path("nowhere"), ("299",), "").has_database
