"""A snapshot is built beside the current one and switched to in one step."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.figures.snapshots import Snapshot, build_snapshot, open_snapshot
from openscrutiny.indicators.registry import INDICATORS
from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import Workspace, create_workspace
from support.census import child, details, write_census

AS_AT = date(2025, 3, 31)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a workspace with one child's census and no figures.

    Three indicators are enough here: what is tested is the keeping of figures.
    """
    few = [i for i in INDICATORS if i.code in {"FD1", "CP5", "SN4"}]
    monkeypatch.setattr("openscrutiny.figures.snapshots.INDICATORS", few)
    made = create_workspace(tmp_path / "workspace", ("299",))
    load_census(made, tmp_path / "first.xml", "A1", 2024)
    return made


def load_census(workspace: Workspace, path: Path, key: str, year: int) -> None:
    write_census(path, child(key, details(f"{year - 1}-05-01")), year=year)
    [outcome] = load_paths(workspace, [path])
    assert outcome.status == "loaded"


def build(workspace: Workspace) -> Snapshot:
    return build_snapshot(workspace, as_at=AS_AT)


def in_order(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.sort(figures.columns, nulls_last=True)


def referrals(snapshot: Snapshot, end: date) -> float | None:
    """Read how many referrals the financial year to `end` has."""
    [numerator] = snapshot.figures().filter(
        code="FD1",
        source="own",
        breakdown="total",
        period_type="financial_year",
        period_end=end,
    )["numerator"]
    return None if numerator is None else float(numerator)


def test_new_snapshot_is_current_and_the_old_one_is_still_read(
    workspace: Workspace, tmp_path: Path
) -> None:
    old = build(workspace)
    before = old.figures()
    load_census(workspace, tmp_path / "second.xml", "B1", 2025)

    new = build(workspace)

    assert open_snapshot(workspace) == new
    assert (old.folder, old.number) != (new.folder, new.number)
    assert_frame_equal(old.figures(), before)
    assert referrals(old, date(2025, 3, 31)) is None
    assert referrals(new, date(2025, 3, 31)) == 1


def test_reader_sees_the_old_snapshot_until_the_new_one_is_whole(
    workspace: Workspace, tmp_path: Path
) -> None:
    old = build(workspace)
    before = old.figures()
    load_census(workspace, tmp_path / "second.xml", "B1", 2025)
    seen: list[tuple[Snapshot, bool]] = []

    def look(step: str) -> None:
        seen.append((open_snapshot(workspace), old.figures().equals(before)))

    new = build_snapshot(workspace, as_at=AS_AT, progress=look)

    assert len(seen) >= 3
    assert all(snapshot == old and same for snapshot, same in seen)
    assert open_snapshot(workspace) == new


def test_building_twice_from_one_record_gives_equal_figures(
    workspace: Workspace,
) -> None:
    first, second = build(workspace), build(workspace)

    assert first.number != second.number
    assert first.loads == second.loads
    assert_frame_equal(in_order(first.figures()), in_order(second.figures()))


def test_snapshot_names_the_loads_that_it_was_built_from(
    workspace: Workspace, tmp_path: Path
) -> None:
    old = build(workspace)
    load_census(workspace, tmp_path / "second.xml", "B1", 2025)
    new = build(workspace)

    assert (old.loads, new.loads) == ((1,), (1, 2))
    assert new.as_at == AS_AT


def test_load_taken_back_leaves_the_figures_until_the_next_build(
    workspace: Workspace, tmp_path: Path
) -> None:
    load_census(workspace, tmp_path / "second.xml", "B1", 2025)
    build(workspace)
    Journal(workspace.record).undo(2)

    assert referrals(open_snapshot(workspace), date(2025, 3, 31)) == 1
    assert referrals(build(workspace), date(2025, 3, 31)) is None


def test_build_without_loads_says_so_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = create_workspace(tmp_path / "empty", ("299",))

    assert main(["build", "-w", str(empty.folder)]) == 2
    assert "no file is loaded" in capsys.readouterr().err
    assert not (empty.figures / "CURRENT").exists()
    with pytest.raises(OpenScrutinyError, match="No figures have been built yet"):
        open_snapshot(empty)


def test_build_after_every_load_is_taken_back_keeps_the_former_snapshot(
    workspace: Workspace,
) -> None:
    old = build(workspace)
    Journal(workspace.record).undo(1)

    with pytest.raises(OpenScrutinyError, match="nothing to build from"):
        build(workspace)
    assert open_snapshot(workspace) == old
    assert referrals(old, date(2024, 3, 31)) == 1


def test_snapshot_folders_are_named_by_one_line(workspace: Workspace) -> None:
    new = build(workspace)

    pointer = (workspace.figures / "CURRENT").read_bytes()
    facts = json.loads((new.folder / "snapshot.json").read_text(encoding="utf-8"))
    assert pointer == f"{new.folder.name} {facts['seal']}\n".encode()
    assert sorted(path.name for path in workspace.figures.iterdir()) == [
        new.folder.name,
        "CURRENT",
    ]


def test_a_second_build_at_the_same_time_is_refused(workspace: Workspace) -> None:
    started: list[str] = []

    def build_another(words: str) -> None:
        if not started:
            started.append(words)
            with pytest.raises(OpenScrutinyError, match="Another build"):
                build(workspace)

    snapshot = build_snapshot(workspace, as_at=AS_AT, progress=build_another)

    assert started and open_snapshot(workspace).number == snapshot.number
    assert build(workspace).number == snapshot.number + 1


@pytest.mark.parametrize("harm", ["gone", "not JSON"])
def test_current_figures_that_cannot_be_read_say_what_to_do(
    workspace: Workspace, harm: str
) -> None:
    facts = build(workspace).folder / "snapshot.json"
    if harm == "gone":
        facts.unlink()
    else:
        facts.write_text("{", encoding="utf-8")

    with pytest.raises(OpenScrutinyError, match="cannot be read") as caught:
        open_snapshot(workspace)

    assert caught.value.fix == "Build them again with: openscrutiny build"
