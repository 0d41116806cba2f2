"""A bit that flips in record or figures gives the same data or a message, nothing else."""

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.analyses.catalogue.late_recording import TABLE
from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import build_snapshot, open_snapshot
from openscrutiny.figures.verifying import verify
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record import digests
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import Workspace, create_workspace, open_workspace
from support.census import child, details, write_census
from support.earlier_release import forget_digests

AS_AT = date(2025, 3, 31)
MESSAGE = "a message"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of two loads, one taken back, a refusal and two snapshots."""
    place = tmp_path_factory.mktemp("flips")
    few = [indicator for indicator in INDICATORS if indicator.code in {"FD1", "CP5"}]
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
        workspace = create_workspace(place / "workspace", ("299",))
        for year in (2023, 2024, 2025):
            children = [child(f"A{n}", details(f"{year - 1}-05-01")) for n in range(5)]
            load_paths(
                workspace, [write_census(place / f"{year}.xml", *children, year=year)]
            )
            if year > 2023:
                build_snapshot(workspace, as_at=AS_AT)
        Journal(workspace.record).undo(3)
        wrong = place / "wrong.txt"
        wrong.write_text("no return", encoding="utf-8")
        load_paths(workspace, [wrong])
    return workspace.folder


@pytest.fixture
def workspace(whole: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(whole, tmp_path / "workspace")
    yield open_workspace(tmp_path / "workspace")
    digests._known.clear()


def files_of(workspace: Workspace) -> list[Path]:
    """List the files of record and figures, but for the queries that a build keeps.

    There may be none of these, and of a damaged file they are written again.
    """
    places = (workspace.record, workspace.figures)
    files = [p for place in places for p in place.rglob("*") if p.is_file()]
    return sorted(path for path in files if path.name != "queries.json")


def readings_of(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """List everything that may be asked of record and figures, as plain values."""
    journal = Journal(workspace.record)

    def tables(number: int) -> object:
        [entry] = [e for e in journal.entries(undone=True) if e.load_id == number]
        return {
            table: pl_rows(path)
            for table in sorted(entry.tables)
            for path in journal.paths(table, [entry])
        }

    def figures(number: int | None) -> object:
        snapshot = open_snapshot(workspace, number)
        frames = (snapshot.figures(), snapshot.table(TABLE), snapshot.differences())
        return snapshot, [f.rows() for f in frames if f is not None], snapshot.entries()

    def same(number: int) -> object:
        [entry] = [e for e in journal.entries(undone=True) if e.load_id == number]
        found = Journal(workspace.record).find_same(entry.sha256, entry.request)
        return found and found.load_id

    return {
        "entries": lambda: journal.entries(undone=True),
        "counting": journal.entries,
        "refusals": journal.refusals,
        **{f"problems {n}": lambda n=n: journal.problems(n) for n in (1, 2, 3)},
        **{f"same {n}": lambda n=n: same(n) for n in (1, 2, 3)},
        **{f"tables {n}": lambda n=n: tables(n) for n in (1, 2, 3)},
        **{f"figures {n}": lambda n=n: figures(n) for n in (None, 1, 2)},
    }


def pl_rows(path: Path) -> object:
    import polars as pl

    frame = pl.read_parquet(path)
    return frame.schema, frame.rows()


def read(reading: Callable[[], object]) -> object:
    """Ask, and say that a message came where one did; anything else is a crash."""
    try:
        return reading()
    except OpenScrutinyError as error:
        assert error.message and error.fix
        return MESSAGE


def flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    digests._known.clear()  # written again within one tick of the clock


def flip_and_read(workspace: Workspace, flips: int, seed: int) -> tuple[int, int]:
    """Flip bits one after the other; give how many flips gave a message or other data."""
    chance = random.Random(seed)
    readings = readings_of(workspace)
    before = {name: read(reading) for name, reading in readings.items()}
    assert MESSAGE not in [value for value in before.values() if value is MESSAGE]
    told = other = 0
    for _turn in range(flips):
        path = chance.choice(files_of(workspace))
        content = path.read_bytes()
        flip(path, chance)
        after = {name: read(reading) for name, reading in readings.items()}
        told += any(value is MESSAGE for value in after.values())
        other += any(
            value is not MESSAGE and value != before[name]
            for name, value in after.items()
        )
        path.write_bytes(content)
    return told, other


def test_flipped_bits_give_the_same_data_or_a_message(workspace: Workspace) -> None:
    told, other = flip_and_read(workspace, 300, seed=24)

    assert other == 0
    assert told > 150


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_many_flipped_bits_give_the_same_data_or_a_message(
    workspace: Workspace, seed: int
) -> None:
    _told, other = flip_and_read(workspace, 1_000, seed)

    assert other == 0


def test_flipped_bits_in_files_without_digests_give_no_crash(
    workspace: Workspace,
) -> None:
    forget_digests(workspace.folder)

    told, _other = flip_and_read(workspace, 100, seed=24)

    assert told > 20


def test_every_torn_file_is_named(workspace: Workspace) -> None:
    for path in files_of(workspace):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        digests._known.clear()
        found = verify(workspace)
        assert not found.is_sound, path
        assert any(path.name in f.file + f.message for f in found.findings), path
        path.write_bytes(content)
    digests._known.clear()
    assert verify(workspace).is_sound


def test_every_lacking_file_is_named(workspace: Workspace) -> None:
    for path in files_of(workspace):
        if path.name == "CURRENT":
            continue  # without it no figures have been built yet
        content = path.read_bytes()
        path.unlink()
        found = verify(workspace)
        assert not found.is_sound, path
        assert any(path.name in f.file + f.message for f in found.findings), path
        path.write_bytes(content)


def test_verify_sees_what_a_process_has_found_sound_before(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["verify", "-w", str(workspace.folder)]
    assert main(arguments) == 0
    assert "nothing is damaged" in capsys.readouterr().err
    [path] = workspace.record.glob("loads/000003/person.parquet")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert main(arguments) == 1
    assert "000003" in (told := capsys.readouterr().out) and "damaged" in told
    assert main([*arguments, "--json"]) == 1
    assert '"sound": false' in capsys.readouterr().out


def test_verify_says_which_files_have_no_digest(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    forget_digests(workspace.folder)

    assert main(["verify", "-w", str(workspace.folder)]) == 0
    assert "have no digest" in capsys.readouterr().out
    found = verify(workspace)
    assert {one.state for one in found.findings} == {"no digest"}
    assert len(found.findings) == found.files == found.loads * 3 + 2 * 3
