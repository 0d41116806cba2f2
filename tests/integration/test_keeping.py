"""A workspace is kept: backed up while it is used, restored whole, its figures retired."""

import json
import shutil
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import build_snapshot, open_snapshot
from openscrutiny.figures.verifying import verify
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.keeping.archive import open_archive
from openscrutiny.keeping.backup import back_up
from openscrutiny.keeping.restore import restore
from openscrutiny.keeping.retiring import list_snapshots, retire_snapshots
from openscrutiny.record.digests import DamagedError
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.scrutiny.audit import leave_trace
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.inspecting import verify_audit
from openscrutiny.scrutiny.papers import record_paper
from openscrutiny.scrutiny.people import add_meeting, add_user
from openscrutiny.scrutiny.permissions import COMMAND_LINE, Actor, MayNotError
from openscrutiny.scrutiny.roles import Role
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.census import child, details, write_census

AS_AT = date(2025, 3, 31)


@pytest.fixture(scope="module", autouse=True)
def _few_indicators() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patching:
        few = [indicator for indicator in INDICATORS if indicator.code == "FD2"]
        patching.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
        yield


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace with a load, two snapshots, a person and an audit."""
    folder = tmp_path_factory.mktemp("keeping")
    workspace = create_workspace(folder / "w", ("299",), name="Anyborough")
    census = write_census(folder / "a.xml", child("A1", details("2024-05-01")))
    load_paths(workspace, [census])
    for _ in range(2):
        build_snapshot(workspace, as_at=AS_AT)
    add_user(COMMAND_LINE, workspace, "ann", "analyst")
    return workspace.folder


@pytest.fixture
def workspace(_made: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(_made, tmp_path / "w")
    return open_database(open_workspace(tmp_path / "w"))


def contents(folder: Path) -> dict[str, bytes]:
    """Read all that is not this machine's or changed by being restored."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".lock", ".sqlite3", ".txt")
    }


# ---------- There and back ----------


def test_a_workspace_comes_back_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    made = back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    before, events = contents(workspace.folder), verify_audit(COMMAND_LINE).events
    figures = open_snapshot(workspace).figures()
    done = restore(COMMAND_LINE, made.file, tmp_path / "again")
    again = open_workspace(tmp_path / "again")

    assert (made.damaged, made.links, done.before) == ([], [], None)
    assert done.is_sound and contents(again.folder) == before
    assert open_snapshot(again).figures().equals(figures)
    assert verify(again).is_sound
    found = verify_audit(COMMAND_LINE)
    assert found.is_whole and found.events == events + 1  # that it was restored

    from openscrutiny.scrutiny.models import AuditEvent, Person

    assert Person.objects.get().name == "ann"
    last = AuditEvent.objects.latest("id")
    assert (last.action, last.about[:11]) == ("backup restored", "a backup of")


def test_only_its_owner_may_read_a_backup_and_what_comes_out_of_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    restore(COMMAND_LINE, made.file, tmp_path / "again")
    places = [made.file, tmp_path / "again", *(tmp_path / "again").rglob("*")]
    assert [p for p in places if stat.S_IMODE(p.stat().st_mode) & 0o077] == []


def test_a_backup_says_what_it_is_and_bears_the_head_of_the_audit(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    facts, audit = open_archive(made.file).facts, verify_audit(COMMAND_LINE)
    assert facts["name"] == "Anyborough" and facts["damaged"] == []
    assert facts["audit"] == {"events": audit.events, "head": audit.head}


def test_what_is_half_made_or_waits_is_no_part_of_a_backup(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in ("uploads/ab/file.csv", "figures/000003.building/x", "a.new"):
        (workspace.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace.folder / name).write_text("x", encoding="utf-8")
    (workspace.folder / "elsewhere").symlink_to(tmp_path)
    (workspace.folder / "note.md").write_text("kept", encoding="utf-8")
    made = back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    names = {member.name for member in open_archive(made.file).members}
    assert made.links == ["elsewhere"]
    assert not any("uploads" in n or ".building" in n or ".new" in n for n in names)
    assert {"note.md", "secret-key.txt", "record/journal.sqlite3"} <= names


def test_a_file_that_was_damaged_before_is_told(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = next(workspace.record.rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (workspace.figures / "000001" / "figures.parquet").unlink()
    file = str(tmp_path / "one.backup")
    assert main(["backup", file, "-w", str(workspace.folder)]) == 1
    told = capsys.readouterr().err
    assert path.relative_to(workspace.folder).as_posix() in told
    assert "figures/000001/figures.parquet was damaged or missing" in told
    assert main(["restore", file, "-w", str(tmp_path / "again")]) == 1


# ---------- While it is used ----------


def test_a_backup_taken_while_others_load_build_and_decide_holds_no_half_state(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Whatever the instant: what a backup names is in it, and the audit is whole."""
    stop, faults = threading.Event(), []

    def use() -> None:
        from django.db import connection

        try:
            for number in range(1_000):
                census = write_census(
                    tmp_path / f"{number}.xml",
                    child(f"B{number}", details("2024-06-01")),
                )
                load_paths(workspace, [census])
                leave_trace(COMMAND_LINE, "used", str(number))
                build_snapshot(workspace, as_at=AS_AT)
                if stop.is_set():
                    break
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    user = threading.Thread(target=use)
    user.start()
    try:
        files = [
            back_up(COMMAND_LINE, workspace, tmp_path / f"{number}.backup").file
            for number in range(3)
        ]
    finally:
        stop.set()
        user.join()
    assert faults == []
    for file in files:
        done = restore(COMMAND_LINE, file, tmp_path / "again", over=True)
        assert done.is_sound, done
        again = open_workspace(done.folder)
        snapshot = open_snapshot(again)
        assert set(snapshot.loads) <= {
            entry.load_id for entry in Journal(again.record).entries()
        }


def test_two_backups_at_once_are_not_taken(
    workspace: Workspace, tmp_path: Path
) -> None:
    from openscrutiny.keeping.locks import alone

    with alone(workspace), pytest.raises(OpenScrutinyError, match="Another backup"):
        back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    assert back_up(COMMAND_LINE, workspace, tmp_path / "one.backup").files > 5


# ---------- Where it is refused ----------


def test_a_backup_is_written_over_nothing_and_not_into_the_workspace(
    workspace: Workspace, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.write_text("mine", encoding="utf-8")
    for file, why in (
        (there, "is there already"),
        (workspace.folder / "one.backup", "lies in the workspace itself"),
        (tmp_path / "nowhere" / "one.backup", "There is no folder"),
    ):
        with pytest.raises(OpenScrutinyError, match=why):
            back_up(COMMAND_LINE, workspace, file)
    assert there.read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.rglob("*.part"))


def test_a_backup_that_would_lack_the_database_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    served = replace(workspace, database_url="postgresql://me@here/name")
    with pytest.raises(OpenScrutinyError, match="does not reach yet") as caught:
        back_up(COMMAND_LINE, served, tmp_path / "one.backup")
    assert "pg_dump" in caught.value.fix
    assert not (tmp_path / "one.backup").exists()


def test_a_folder_that_is_not_empty_is_replaced_only_where_it_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    there = tmp_path / "there"
    there.mkdir()
    (there / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OpenScrutinyError, match="is not empty"):
        restore(COMMAND_LINE, made.file, there)
    assert [path.name for path in there.iterdir()] == ["mine"]

    done = restore(COMMAND_LINE, made.file, there, over=True)
    assert done.before is not None and done.before.parent == tmp_path
    assert (done.before / "mine").read_text(encoding="utf-8") == "mine"
    assert open_workspace(there).name == "Anyborough"


def test_nobody_but_the_command_line_keeps_a_workspace(
    workspace: Workspace, tmp_path: Path
) -> None:
    for role in (None, *Role):
        who = Actor("x", role)
        for act in (
            lambda who=who: back_up(who, workspace, tmp_path / "x"),
            lambda who=who: restore(who, tmp_path / "x", tmp_path / "y"),
            lambda who=who: retire_snapshots(who, workspace),
        ):
            with pytest.raises(MayNotError):
                act()


# ---------- What is damaged ----------


@pytest.fixture(scope="module")
def _file(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "one.backup"
    return back_up(COMMAND_LINE, open_workspace(_made), file).file


def test_a_backup_with_any_byte_changed_is_refused_or_gives_the_same(
    _file: Path, tmp_path: Path
) -> None:
    """A byte that says nothing, such as a time in the zip's own list, may change."""
    whole = _file.read_bytes()
    expected = {m.name: m.sha256 for m in open_archive(_file).members}
    refused, bad = 0, tmp_path / "bad.backup"
    places = [*range(0, len(whole), max(1, len(whole) // 150)), len(whole) - 1]
    for place in places:
        bad.write_bytes(
            whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :]
        )
        try:
            archive = open_archive(bad)
            archive.check()
        except (DamagedError, OpenScrutinyError):
            refused += 1
        else:
            assert {m.name: m.sha256 for m in archive.members} == expected
    assert refused > 0.9 * len(places)


@pytest.mark.parametrize("part", [0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_off_leaves_nothing(
    _file: Path, tmp_path: Path, part: float
) -> None:
    bad = tmp_path / "bad.backup"
    whole = _file.read_bytes()
    bad.write_bytes(whole[: int(part * len(whole))])
    with pytest.raises(OpenScrutinyError):
        restore(COMMAND_LINE, bad, tmp_path / "again")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.backup"]


def rezip(file: Path, to: Path, change: Any) -> None:
    with zipfile.ZipFile(file) as held:
        members = {info.filename: held.read(info) for info in held.infolist()}
    change(members)
    with zipfile.ZipFile(to, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)


def _climb(members: dict[str, bytes]) -> None:
    told = json.loads(members["manifest.json"])
    told["members"][0]["name"] = "../escaped"
    members["../escaped"] = members.pop(next(iter(members)))
    members["manifest.json"] = json.dumps(told).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"more.txt": b"x"}),
        lambda members: members.pop("workspace.json"),
        lambda members: members.update({"workspace.json": b"{}"}),
        lambda members: members.pop("manifest.json"),
        lambda members: members.update({"manifest.json": b"[]"}),
        _climb,
    ],
)
def test_a_backup_that_somebody_packed_anew_is_refused(
    _file: Path, tmp_path: Path, change: Any
) -> None:
    bad = tmp_path / "in" / "bad.backup"
    bad.parent.mkdir()
    rezip(_file, bad, change)
    with pytest.raises(OpenScrutinyError):
        restore(COMMAND_LINE, bad, bad.parent / "again")
    assert [path.name for path in bad.parent.iterdir()] == ["bad.backup"]
    assert not (tmp_path / "escaped").exists()


def test_a_name_that_climbs_out_is_refused_even_with_a_seal_that_holds(
    _file: Path, tmp_path: Path
) -> None:
    from openscrutiny.record.digests import seal

    def climb(members: dict[str, bytes]) -> None:
        _climb(members)
        told = json.loads(members["manifest.json"])
        told.pop("seal")
        members["manifest.json"] = json.dumps({**told, "seal": seal(told)}).encode()

    rezip(_file, tmp_path / "bad.backup", climb)
    with pytest.raises(DamagedError, match="a name that no workspace has"):
        open_archive(tmp_path / "bad.backup")


# ---------- Killed ----------


class _Killed(BaseException):
    """Stand for a process that ends here."""


KILLED = """
import os, shutil, sys
from pathlib import Path
from openscrutiny.keeping.restore import restore
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.workspace import open_workspace
file, there = Path(sys.argv[1]), Path(sys.argv[2])
stop, was = 0, ""
while was != "verify":
    told, tell = os.pipe()
    if os.fork() == 0:
        steps = iter(range(stop))
        def step(text):
            if next(steps, None) is None:
                os.write(tell, text.encode())
                os._exit(0)
        restore(COMMAND_LINE, file, there, over=True, step=step)
        os._exit(1)
    os.close(tell)
    was, stop = os.read(told, 1000).decode(), stop + 1
    os.wait()
    befores = list(there.parent.glob("there.before-*"))
    if was in ("switched", "verify"):
        assert open_workspace(there).name == "Anyborough"
        shutil.rmtree(there)
    if was in ("between", "switched", "verify"):
        befores.pop().rename(there)
    assert not befores, was
    assert open_workspace(there).name == "Before", was
print(stop)
"""


def test_a_restore_that_is_killed_anywhere_leaves_what_was_there_or_all_that_is_new(
    _file: Path, tmp_path: Path
) -> None:
    """Between two renames what was there lies beside its place, whole."""
    there = tmp_path / "there"
    create_workspace(there, ("306",), name="Before")
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(_file), str(there)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) == len(open_archive(_file).members) + 4
    done = restore(COMMAND_LINE, _file, there, over=True)
    assert done.is_sound and open_workspace(there).name == "Anyborough"
    assert not (tmp_path / "there.restoring").exists()


def test_a_backup_that_is_stopped_leaves_no_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise _Killed

    monkeypatch.setattr("openscrutiny.keeping.archive.Archive.check", stop)
    with pytest.raises(_Killed):
        back_up(COMMAND_LINE, workspace, tmp_path / "one.backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["w"]


# ---------- Old snapshots ----------


def test_what_nothing_rests_on_is_retired_and_leaves_a_trace(
    workspace: Workspace,
) -> None:
    from openscrutiny.scrutiny.models import AuditEvent

    for _ in range(4):
        build_snapshot(workspace, as_at=AS_AT)  # 3 to 6
    meeting = add_meeting(COMMAND_LINE, workspace, date(2025, 5, 1), "Scrutiny")
    record_paper(
        COMMAND_LINE,
        workspace,
        meeting=meeting,
        snapshot=2,
        audience="public",
        formats=("pdf",),
    )
    held = {each.number: each.why for each in list_snapshots(workspace, 2)}
    assert held[1] == held[3] == held[4] == ()
    assert held[2] == ("a paper rests on it",)
    assert held[6] == ("it is current", "it is among the newest 2")

    gone = retire_snapshots(COMMAND_LINE, workspace, 2)
    assert [each.number for each in gone] == [1, 3, 4]
    assert [each.number for each in list_snapshots(workspace, 2)] == [2, 5, 6]
    assert retire_snapshots(COMMAND_LINE, workspace, 2) == []
    assert open_snapshot(workspace).number == 6 and verify(workspace).is_sound
    left = AuditEvent.objects.filter(action="snapshot retired").order_by("id")
    assert [e.thing for e in left] == ["snapshot 1", "snapshot 3", "snapshot 4"]


def test_what_was_current_when_something_was_promised_stays(
    workspace: Workspace,
) -> None:
    from openscrutiny.scrutiny.models import Meeting
    from openscrutiny.scrutiny.trail.models import Entry

    today = datetime.now(UTC).date()
    meeting = Meeting.objects.create(date=today, title="Scrutiny")
    Entry.objects.create(
        kind="promise", meeting=meeting, wording="w", state="given", by="ann"
    )
    build_snapshot(workspace, as_at=AS_AT)
    held = {each.number: each.why for each in list_snapshots(workspace, 1)}
    assert held[1] == held[2] == ()
    assert f"it was current at the meeting of {today}" in held[3]


def test_the_commands_tell_what_stays_and_why(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["-w", str(workspace.folder), "--json"]
    assert main(["snapshots", "list", *at, "--keep", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["stays"] for each in told["snapshots"]] == [
        [],
        ["it is current", "it is among the newest 1"],
    ]
    assert main(["snapshots", "retire", *at, "--keep", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["retired"] == [1]
    assert main(["snapshots", "retire", *at, "--keep", "0"]) == 2
    file = str(tmp_path / "one.backup")
    assert main(["backup", file, *at]) == 0
    assert json.loads(capsys.readouterr().out)["damaged"] == []
    assert main(["restore", file, "-w", str(tmp_path / "new"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] and told["audit"] and told["before"] is None
