"""The walk-through "A new local layout" of CONTRIBUTING.md does what it says.

Its diff is applied as it stands there, to an overlay beside the package; then the sample
is recognised, loaded, documented and searched for planted text, as those of every layout
in `layouts/local` are.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from adversarial.mutants import PLANTED
from openscrutiny.layouts import local, returns
from openscrutiny.layouts.describing import describe_return
from openscrutiny.record.journal import Journal
from openscrutiny.returns import catalogue
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.planted import everything_kept, messages_of, plant_in_columns, traces_in

ROOT = Path(__file__).parents[2]
PACKAGE = "src/openscrutiny/layouts/local"
SAMPLES = "tests/data/local"
NAME = "early_help_list"
OWN = sorted(path.stem for path in (ROOT / PACKAGE).glob("[a-z]*.py"))


def diff_of_the_walkthrough() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("### A new local layout", 1)[1].split("\n## ", 1)[0]
    return section.split("```diff\n", 1)[1].split("```", 1)[0]


def apply(diff: str, folder: Path) -> dict[str, str]:
    """Write the new files of a diff below the folder; nothing else may be in it."""
    written = {}
    for part in re.split(r"^--- /dev/null\n", diff, flags=re.MULTILINE)[1:]:
        head, hunk, *lines = part.splitlines()
        assert head.startswith("+++ b/"), head
        assert all(line.startswith("+") for line in lines)
        found = re.fullmatch(r"@@ -0,0 \+1,(\d+) @@", hunk)
        assert found is not None and int(found[1]) == len(lines), hunk
        path = head.removeprefix("+++ b/")
        written[path] = "".join(f"{line[1:]}\n" for line in lines)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(written[path], encoding="utf-8")
    return written


def forget() -> None:
    returns.local_returns.cache_clear()
    returns.all_returns.cache_clear()
    catalogue.all_readers.cache_clear()


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "overlay"
    apply(diff_of_the_walkthrough(), folder)
    monkeypatch.setattr(local, "__path__", [*local.__path__, str(folder / PACKAGE)])
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def check_local_layout(name: str, sample: Path, folder: Path) -> None:
    """Hold one local layout to what every one of them must do."""
    module = __import__(f"{local.__name__}.{name}", fromlist=["RETURN"])
    of = module.RETURN
    assert "nvented" in sample.read_text(encoding="utf-8"), "say that it is invented"

    workspace = create_workspace(folder / "sample", ("299",))
    (outcome,) = load_paths(workspace, [sample])
    assert (outcome.return_name, outcome.rows_rejected) == (of.name, 0)
    assert outcome.status.startswith("loaded") and outcome.rows_kept > 0
    (entry,) = Journal(workspace.record).entries()
    assert set(entry.tables) <= {each.table for each in of.layouts.values()}

    described = describe_return(of)
    headings = [h for each in of.layouts.values() for h in each.headings]
    assert headings and all(f"| {heading}" in described for heading in headings)
    template = "".join(each.template() for each in of.layouts.values())
    assert all(heading in template for heading in headings)

    planted = create_workspace(folder / "planted", ("299",))
    for value in PLANTED:
        loaded = 0
        for at, data in plant_in_columns(sample, value):
            path = folder / f"{at}.csv"
            path.write_bytes(data)
            outcomes = load_paths(planted, [path])
            assert not traces_in(messages_of(outcomes)), at
            loaded += outcomes[0].status.startswith("loaded")
        assert loaded > 0, value
    assert not any(traces_in(text) for _, text in everything_kept(planted))


def test_the_walkthrough_gives_a_layout_that_does_all(
    overlay: Path, tmp_path: Path
) -> None:
    check_local_layout(NAME, overlay / SAMPLES / f"{NAME}.csv", tmp_path)


def test_its_sample_fills_the_record_with_the_right_days(
    overlay: Path, tmp_path: Path
) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    (outcome,) = load_paths(workspace, [overlay / SAMPLES / f"{NAME}.csv"])
    journal = Journal(workspace.record)
    (entry,) = journal.entries()
    rows = pl.read_parquet(journal.paths("early_help_episodes", [entry])[0])

    assert entry.return_id == "early-help-list/2026-07-10"
    assert entry.covers["early_help_episodes"] == (date(2025, 7, 11), date(2026, 7, 10))
    assert rows.select(
        "earl_person_id",
        "earl_episode_start_date",
        "earl_episode_end_date",
        "earl_episode_organisation",
        "line",
    ).rows() == [
        ("EH1", date(2026, 4, 3), date(2026, 7, 10), "Family hub", 3),
        ("EH2", date(2026, 5, 11), None, "School", 4),
        ("EH3", date(2026, 6, 1), date(2026, 6, 30), "Health visiting", 5),
        ("EH4", date(2026, 6, 30), None, "Family hub", 6),
    ]
    assert outcome.problems == ()


def test_the_diff_adds_two_files_and_changes_none(tmp_path: Path) -> None:
    written = apply(diff_of_the_walkthrough(), tmp_path)

    assert set(written) == {f"{PACKAGE}/{NAME}.py", f"{SAMPLES}/{NAME}.csv"}
    assert not any((ROOT / path).exists() for path in written)


def test_without_the_overlay_the_sample_is_no_return(tmp_path: Path) -> None:
    apply(diff_of_the_walkthrough(), tmp_path)
    workspace = create_workspace(tmp_path / "w", ("299",))
    (outcome,) = load_paths(workspace, [tmp_path / SAMPLES / f"{NAME}.csv"])

    assert outcome.status == "refused"


@pytest.mark.parametrize("name", OWN)
def test_every_local_layout_does_all(name: str, tmp_path: Path) -> None:
    check_local_layout(name, ROOT / SAMPLES / f"{name}.csv", tmp_path)
