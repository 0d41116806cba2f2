"""Hostile, broken and wrong censuses: refused with a reason, never a traceback."""

import zipfile
from pathlib import Path

import pytest

from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.workspace import Workspace, create_workspace
from support.census import census, child, details, write_census

WHOLE = census(*(child(f"A{n}", details("2024-05-01")) for n in range(50)))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "workspace", ("299",))


def load(workspace: Workspace, path: Path) -> FileOutcome:
    [outcome] = load_paths(workspace, [path])
    return outcome


def assert_refused_whole(workspace: Workspace, outcome: FileOutcome) -> None:
    assert outcome.status == "refused"
    assert outcome.problems and all(p.message and p.fix for p in outcome.problems)
    assert Journal(workspace.record).entries() == []
    assert not list(workspace.record.glob("loads/*/*.parquet"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_census_cut_short_is_refused_whole(
    workspace: Workspace, tmp_path: Path, share: float
) -> None:
    path = tmp_path / "short.xml"
    path.write_text(WHOLE[: int(len(WHOLE) * share)], encoding="utf-8")

    outcome = load(workspace, path)

    assert_refused_whole(workspace, outcome)
    assert outcome.problems[0].line > 0


@pytest.mark.parametrize(
    "damage",
    [
        WHOLE.replace("</CINdetails>", "</CINdetail>", 1),
        WHOLE.replace("<Children>", "<Children>\x00"),
        WHOLE.replace("A7", "A7 & B", 1),
    ],
)
def test_malformed_census_is_refused_whole(
    workspace: Workspace, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(damage, encoding="utf-8")

    assert_refused_whole(workspace, load(workspace, path))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Message>",
        '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE Message SYSTEM "file:///etc/hostname">',
        " " * 5000 + "<!DOCTYPE Message>",
    ],
)
def test_any_doctype_is_refused(
    workspace: Workspace, tmp_path: Path, doctype: str
) -> None:
    path = tmp_path / "doctype.xml"
    path.write_text(doctype + WHOLE, encoding="utf-8")

    outcome = load(workspace, path)

    assert_refused_whole(workspace, outcome)


def test_another_authority_s_census_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write_census(tmp_path / "theirs.xml", child("A1"), lea="306")

    outcome = load(workspace, path)

    assert_refused_whole(workspace, outcome)
    assert "306" in outcome.problems[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Year>2025</Year>", "<Year>1999</Year>"),
        ("<Year>2025</Year>", "<Year></Year>"),
        ("<LEA>299</LEA>", "<LEA>Anyborough</LEA>"),
        ("<ReferenceDate>2025-03-31", "<ReferenceDate>2024-03-31"),
    ],
)
def test_header_that_does_not_say_whose_or_when_is_refused(
    workspace: Workspace, tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "header.xml"
    path.write_text(WHOLE.replace(old, new), encoding="utf-8")

    assert_refused_whole(workspace, load(workspace, path))


def test_zip_bomb_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cin.xml", b"<Message>" + b" " * 50_000_000)

    outcome = load(workspace, path)

    assert outcome.status == "refused"
    assert "unpacks" in outcome.problems[0].message


def test_broken_zip_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 this is no zip")

    assert load(workspace, path).status == "refused"


def test_every_member_of_a_zip_is_a_file_of_its_own(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/good.xml", WHOLE)
        archive.writestr("a/bad.xml", WHOLE[:1000])

    outcomes = {o.path: o.status for o in load_paths(workspace, [path])}

    assert outcomes == {
        "two.zip!a/good.xml": "loaded",
        "two.zip!a/bad.xml": "refused",
    }


def test_same_bytes_twice_change_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = write_census(tmp_path / "a.xml", child("A1", details("2024-05-01")))
    first = load(workspace, path)
    path = path.rename(tmp_path / "renamed.xml")

    again = load(workspace, path)

    assert (first.status, again.status) == ("loaded", "already loaded")
    assert again.load_id == first.load_id
    assert len(Journal(workspace.record).entries()) == 1


def test_missing_path_is_told(workspace: Workspace, tmp_path: Path) -> None:
    outcome = load(workspace, tmp_path / "nowhere.xml")

    assert outcome.status == "refused"
    assert "no such file" in outcome.problems[0].message
