"""Annex A's lists as CSV files: the lists of one extract are all of its one day."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.record.journal import Journal
from openscrutiny.returns.loading import FileOutcome, load_paths
from openscrutiny.workspace import Workspace, create_workspace
from support.annex_a import Row, cells_of, plan, referral

FIRST, SECOND = date(2026, 3, 20), date(2026, 9, 14)
OLD_PLAN = date(2026, 5, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "workspace", ("299",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "lists"
    made.mkdir()
    return made


def write(path: Path, number: int, *rows: Row) -> Path:
    headings, *cells = cells_of(number, rows)
    lines = [",".join(f'"{heading}"' for heading in headings)]
    for row in cells:
        told = (f"{c:%d/%m/%Y}" if isinstance(c, date) else str(c) for c in row)
        lines.append(",".join(told))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def returns_of(workspace: Workspace) -> dict[str, str]:
    """Give the file of each load that counts, and its return."""
    entries = Journal(workspace.record).entries()
    return {Path(entry.file).name: entry.return_id for entry in entries}


def statuses(outcomes: Sequence[FileOutcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def test_two_quarters_in_one_folder_are_two_extracts(
    workspace: Workspace, folder: Path
) -> None:
    """Plans of the second quarter look back from its day, not from their own latest."""
    write(folder / "List 3 - Referrals Q1 2026.csv", 3, referral("A1", FIRST))
    write(folder / "List 7 - Plans Q1 2026.csv", 7, plan("A1", date(2026, 2, 1)))
    write(folder / "List 3 - Referrals Q2 2026.csv", 3, referral("A2", SECOND))
    write(folder / "List 7 - Plans Q2 2026.csv", 7, plan("A2", date(2026, 8, 1)))
    load_paths(workspace, [folder])

    assert returns_of(workspace) == {
        "List 3 - Referrals Q1 2026.csv": "annex-a/2026-03-20",
        "List 7 - Plans Q1 2026.csv": "annex-a/2026-03-20",
        "List 3 - Referrals Q2 2026.csv": "annex-a/2026-09-14",
        "List 7 - Plans Q2 2026.csv": "annex-a/2026-09-14",
    }
    [plans] = [e for e in Journal(workspace.record).entries() if "Plans Q2" in e.file]
    assert plans.covers["cp_plans"] == (date(2026, 3, 15), SECOND)


def test_lists_whose_extract_no_name_tells_are_refused(
    workspace: Workspace, folder: Path
) -> None:
    write(folder / "referrals june.csv", 3, referral("A1", FIRST))
    write(folder / "referrals july.csv", 3, referral("A2", SECOND))
    write(folder / "plans a.csv", 7, plan("A1", OLD_PLAN))
    write(folder / "plans b.csv", 7, plan("A2", OLD_PLAN))
    outcomes = load_paths(workspace, [folder])

    assert statuses(outcomes) == ["refused"] * 4
    assert all("several returns" in o.problems[0].message for o in outcomes)
    assert returns_of(workspace) == {}


@pytest.mark.parametrize("both_alone", [False, True])
def test_a_list_loaded_alone_is_read_again_with_its_extract(
    both_alone: bool, workspace: Workspace, folder: Path
) -> None:
    plans = write(folder / "List 7.csv", 7, plan("A1", OLD_PLAN))
    load_paths(workspace, [plans])
    assert returns_of(workspace) == {"List 7.csv": "annex-a/2026-05-01"}
    referrals = write(folder / "List 3.csv", 3, referral("A1", SECOND))
    if both_alone:
        load_paths(workspace, [referrals])

    together = {path: "annex-a/2026-09-14" for path in ("List 7.csv", "List 3.csv")}
    [again] = [o for o in load_paths(workspace, [folder]) if "List 7" in o.path]
    assert again.status == "loaded"
    assert "takes the place of load 1" in again.note
    entries = Journal(workspace.record).entries()
    assert returns_of(workspace) == together
    assert len(entries) == 2  # the one of the wrong day counts no more

    assert statuses(load_paths(workspace, [folder])) == ["already loaded"] * 2
    assert Journal(workspace.record).entries() == entries


def test_a_list_without_news_stands_in_both_extracts(
    workspace: Workspace, folder: Path
) -> None:
    for day, name in ((FIRST, "first"), (SECOND, "second")):
        quarter = folder / name
        quarter.mkdir()
        write(quarter / "List 3.csv", 3, referral("A1", day))
        write(quarter / "List 7.csv", 7, plan("A1", date(2026, 2, 1)))
    load_paths(workspace, [folder])

    found = sorted(e.return_id for e in Journal(workspace.record).entries())
    assert found == ["annex-a/2026-03-20"] * 2 + ["annex-a/2026-09-14"] * 2
    assert statuses(load_paths(workspace, [folder])) == ["already loaded"] * 4
