"""Published data that is loaded again: what changed, since when, and the way back."""

import json
from pathlib import Path

import polars as pl
import pytest

from openscrutiny.cli import main
from openscrutiny.comparison.revisions import Revision, find_revisions
from openscrutiny.figures.snapshots import Snapshot, open_snapshot
from openscrutiny.workspace import open_workspace
from support.earlier_release import forget_digests

DATA = Path(__file__).parents[1] / "data/published"
NAME = "invented_referrals_2023_to_2025.csv"
KEY = "invented_referrals:rereferral_percent"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    place = tmp_path / "w"
    assert main(["init", str(place), "--council", "298", "--name", "Exampleton"]) == 0
    return place


def load(workspace: Path, file: Path) -> Snapshot:
    assert main(["load", str(file), "-w", str(workspace)]) in (0, 1)
    assert main(["build", "-w", str(workspace)]) == 0
    return open_snapshot(open_workspace(workspace))


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Write the table with one line changed, under its own name in another folder."""
    folder = tmp_path / "later"
    folder.mkdir(exist_ok=True)
    text = (DATA / NAME).read_text(encoding="utf-8-sig")
    assert text.count(old) == 1
    (folder / NAME).write_text(text.replace(old, new), encoding="utf-8")
    return folder / NAME


def revisions(snapshot: Snapshot, area: str = "298") -> tuple[Revision, ...]:
    keys = snapshot.record().scan.select("measure").unique().collect()["measure"]
    loaded = {entry.load_id: entry.loaded_at for entry in snapshot.entries()}
    return find_revisions(snapshot.record(), keys, area, loaded)


def test_a_folder_is_loaded_again_with_a_further_table_and_only_that_is_new(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A known table is not read again; what describes it still describes the other."""
    folder, meta = tmp_path / "release", NAME.replace(".csv", ".meta.csv")
    folder.mkdir()
    for name in (NAME, meta):
        (folder / name).write_bytes((DATA / name).read_bytes())

    def load_folder() -> dict[str, tuple[str, int]]:
        capsys.readouterr()
        assert main(["load", str(folder), "-w", str(workspace), "--json"]) in (0, 1)
        files = json.loads(capsys.readouterr().out)["files"]
        return {Path(f["path"]).name: (f["status"], f["load_id"]) for f in files}

    first = load_folder()
    older = changed(tmp_path, our_line(), our_line()[:-2] + "12")
    further = NAME.replace("2025", "2024")
    (folder / further).write_bytes(older.read_bytes())
    again = load_folder()

    assert {status for status, _ in first.values()} <= {
        *("loaded", "loaded with problems", "set aside")
    }
    assert again[NAME] == ("already loaded", first[NAME][1])
    assert again[meta][0] == "set aside"
    assert again[further][0] == first[NAME][0]
    assert again[further][1] == first[NAME][1] + 1


def our_line() -> str:
    lines = (DATA / NAME).read_text(encoding="utf-8-sig").splitlines()
    return next(
        line
        for line in lines
        if line.startswith("2024") and line.endswith("All needs,100,10")
    )


def test_a_revised_value_gives_the_old_the_new_and_the_day(
    workspace: Path, tmp_path: Path
) -> None:
    first = load(workspace, DATA / NAME)
    line = our_line()
    start, _, last = line.rpartition(",")
    later = load(workspace, changed(tmp_path, line, f"{start},77.7"))

    assert revisions(first) == ()
    (found,) = revisions(later)
    assert found.year_label == "2024"
    assert (found.old_text, found.new_text) == (last, "77.7")
    assert found.new == 77.7
    assert found.loaded_on.isoformat() == later.entries()[-1].loaded_at[:10]
    assert revisions(later, "297") == ()


def test_undoing_the_later_load_brings_the_old_value_back(
    workspace: Path, tmp_path: Path
) -> None:
    load(workspace, DATA / NAME)
    line = our_line()
    start, _, _ = line.rpartition(",")
    later = load(workspace, changed(tmp_path, line, f"{start},77.7"))
    number = later.entries()[-1].load_id
    assert main(["loads", "--undo", str(number), "-w", str(workspace)]) == 0
    assert main(["build", "-w", str(workspace)]) == 0

    assert revisions(open_snapshot(open_workspace(workspace))) == ()


def test_a_group_is_compared_where_it_is_asked_for_and_years_stay_the_default(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(workspace, DATA)
    capsys.readouterr()

    def models(*options: str) -> set[str]:
        asked = ["compare", "--all", "-w", str(workspace), "--json", *options]
        assert main(asked) == 0
        rows = json.loads(capsys.readouterr().out)
        return {row["neighbour_model"] for row in rows if row["area_code"] == "298"}

    assert models() == {"2025"}
    assert models("--neighbours", "Invented example group") == {
        "Invented example group"
    }
    assert (
        main(["compare", "--all", "-w", str(workspace), "--neighbours", "Nobody"]) == 2
    )
    assert "Invented example group" in capsys.readouterr().err


def test_a_name_in_the_place_of_a_number_is_refused_and_not_answered_with_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(workspace, DATA)
    capsys.readouterr()

    asked = ["compare", "--all", "-w", str(workspace), "--area"]
    assert main([*asked, "Exampleton"]) == 2
    assert "no authority “Exampleton”" in capsys.readouterr().err
    assert main([*asked, "298"]) == 0


def test_loads_made_before_a_column_was_kept_are_still_read(workspace: Path) -> None:
    snapshot = load(workspace, DATA / NAME)
    before = snapshot.record().scan.collect()
    forget_digests(workspace)
    for path in (workspace / "record").rglob("published.parquet"):
        pl.read_parquet(path).drop("shared_with").write_parquet(path)

    after = open_snapshot(open_workspace(workspace)).record().scan.collect()

    assert after.height and after["shared_with"].null_count() == after.height
    assert after.equals(before)
