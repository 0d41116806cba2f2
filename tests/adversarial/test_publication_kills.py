"""A publication killed at any instant leaves the former ones, or itself whole."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.people import add_meeting
from openscrutiny.scrutiny.permissions import COMMAND_LINE
from openscrutiny.scrutiny.publishing import folders, publishing
from openscrutiny.scrutiny.publishing.listing import list_published
from openscrutiny.scrutiny.publishing.verifying import verify_publications
from openscrutiny.workspace import Workspace, alone, create_workspace
from support.councils import build_twice
from support.fake_publication import FakePublication, publish_fake, write_fake
from support.postgresql import copy_workspace

KILLS: Final = 50

# Forked from a process that has everything imported, a publication begins at once.
PUBLISH: Final = """
import os, signal, sys, time
from pathlib import Path
from django.db import connection
from openscrutiny.scrutiny.database import open_database
from openscrutiny.scrutiny.publishing import publishing
from support.fake_publication import FakePublication, publish_fake, write_fake
from openscrutiny.workspace import open_workspace
publishing._tell, publishing._write = FakePublication, write_fake
place = open_database(open_workspace(Path(sys.argv[1])))
print("ready", flush=True)
for line in sys.stdin:
    meeting, seconds = line.split()
    connection.close()
    began = time.monotonic()
    child = os.fork()
    if not child:
        publish_fake(place, int(meeting))
        os._exit(0)
    if float(seconds) < 0:
        os.waitpid(child, 0)
    else:
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    print(time.monotonic() - began, flush=True)
"""


class Killer:
    """Publish in a process of its own, and kill it after some seconds."""

    def __init__(self, place: Workspace) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(place.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._read() == "ready"

    def publish(self, meeting: int, seconds: float) -> float:
        """Give how long it was let run; below 0 it is let end."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{meeting} {seconds}\n")
        self._process.stdin.flush()
        return float(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    tests = Path(__file__).parents[1]
    monkeypatch.setenv("PYTHONPATH", f"{tests.parent / 'src'}:{tests}")
    monkeypatch.setattr(publishing, "_tell", FakePublication)
    monkeypatch.setattr(publishing, "_write", write_fake)
    place = open_database(create_workspace(tmp_path / "w", ("299",)))
    add_meeting(COMMAND_LINE, place, date(2026, 12, 8), "Scrutiny")
    publish_fake(place, 1)
    return place


@pytest.fixture
def killer(place: Workspace) -> Iterator[Killer]:
    killer = Killer(place)
    yield killer
    killer.end()


def digests() -> list[str]:
    return [one.digest for one in list_published()[::-1]]


def unfinished(place: Workspace) -> list[Path]:
    return list((place.folder / "publications").glob("*.freezing"))


def test_fifty_kills_leave_the_former_publications_or_a_whole_new_one(
    place: Workspace, killer: Killer
) -> None:
    taken = max(killer.publish(add(place), -1) for _ in range(3))
    before = digests()
    came = left = 0

    for kill in range(KILLS):
        meeting = add(place)
        instant = taken * (kill + random.Random(kill).random()) / KILLS
        killer.publish(meeting, instant)
        left += len(unfinished(place))
        now = digests()
        assert now[: len(before)] == before
        assert len(now) - len(before) in (0, 1)
        came += len(now) - len(before)
        checked = verify_publications(place)
        assert all(one.is_sound for one in checked), checked
        assert [one.number for one in checked] == list(range(1, len(now) + 1))
        before = now

    # Some were killed before they were published, some in the midst of their writing.
    assert left and came < KILLS
    done = publish_fake(place, add(place))
    assert unfinished(place) == []
    assert all(one.is_sound for one in verify_publications(place))
    assert all(name.endswith(".freezing") for name in done.cleared)


def add(place: Workspace) -> int:
    return add_meeting(COMMAND_LINE, place, date(2026, 12, 9), "Scrutiny")


# ---------- Each step by itself ----------


class StoppedError(BaseException):
    """Stands for a kill: nothing in the product may catch it."""


@pytest.mark.parametrize(
    ("owner", "name", "published"),
    [
        (folders, "begin_folder", False),
        (publishing, "list_files", False),
        (publishing, "write_manifest", False),
        (publishing, "_add_line", False),
        (publishing, "leave_trace", False),
        (publishing, "put_in_place", True),
    ],
)
def test_a_publication_stopped_at_each_step_is_there_whole_or_not_at_all(
    place: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    published: bool,
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise StoppedError

    meeting = add(place)
    with monkeypatch.context() as stopping:
        for module in (owner, publishing):
            stopping.setattr(module, name, stop)
        with pytest.raises(StoppedError):
            publish_fake(place, meeting)

    assert len(digests()) == 1 + published
    left = [path.name for path in unfinished(place)]
    if published:  # its line is there: whoever looks next gives the folder its number
        assert len(left) == 1
        assert all(one.is_sound for one in verify_publications(place))
        assert unfinished(place) == []
        left = []
    done = publish_fake(place, add(place))
    assert list(done.cleared) == left
    assert unfinished(place) == []
    assert all(one.is_sound for one in verify_publications(place))


def test_the_next_publication_gives_a_killed_one_its_number(
    place: Workspace,
) -> None:
    folder = place.folder / "publications"
    (folder / "001").rename(folder / "killed.freezing")

    done = publish_fake(place, add(place))

    assert done.cleared == ()
    assert sorted(path.name for path in folder.iterdir()) == ["001", "002"]


def test_a_folder_with_a_number_and_no_line_is_named_and_never_removed(
    place: Workspace,
) -> None:
    shutil.copytree(
        place.folder / "publications/001", place.folder / "publications/007"
    )

    done = publish_fake(place, add(place))

    assert done.published.number == 8
    wrong = [one for one in verify_publications(place) if not one.is_sound]
    assert [one.number for one in wrong] == [7]


def test_two_publications_at_once_are_one_after_the_other(place: Workspace) -> None:
    with (
        alone(place.folder / "publishing.lock", "publication"),
        pytest.raises(OpenScrutinyError, match="Another publication"),
    ):
        publish_fake(place, add(place))

    assert len(digests()) == 1


@pytest.mark.parametrize("kills", [4, pytest.param(KILLS, marks=pytest.mark.long)])
def test_the_command_killed_at_instants_leaves_all_of_a_publication_or_none(
    tmp_path: Path, kills: int
) -> None:
    built = build_twice(tmp_path)
    command = [sys.executable, "-m", "openscrutiny.cli", "publish", "--meeting", "1"]
    command += ["--audience", "public", "-w"]
    copy_workspace(built.folder, tmp_path / "first")
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "first")], check=True)
    seconds = time.monotonic() - began

    for kill in range(kills):
        folder = tmp_path / str(kill)
        copy_workspace(built.folder, folder)
        process = subprocess.Popen([*command, str(folder)])
        time.sleep(seconds * (kill + random.Random(kill).random()) / kills)
        process.kill()
        process.wait()
        place = open_database(folder)
        checked = verify_publications(place)
        assert len(checked) == len(list_published()) <= 1
        assert all(one.is_sound for one in checked)
        shutil.rmtree(folder)
