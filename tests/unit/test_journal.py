"""The journal keeps what was loaded, notices what is lost, and takes a file once."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openscrutiny.cli import main
from openscrutiny.errors import OpenScrutinyError, Problem
from openscrutiny.record.digests import DamagedError, digest_of_file
from openscrutiny.record.journal import Journal, NewLoad
from openscrutiny.returns.loading import load_paths
from openscrutiny.workspace import create_workspace
from support.census import child, details, write_census
from support.earlier_release import forget_digests
from support.records import make_load, make_record


def census(year: int, key: str = "A") -> NewLoad:
    problem = Problem(f"{year}.xml", 3, "PersonBirthDate", "date", "No date.", "Mend.")
    made = make_load(
        f"cin/{year}",
        date(year - 1, 4, 1),
        date(year, 3, 31),
        {"person": [{"pers_person_id": key, "pers_sex": "F"}]},
    )
    return replace(made, sha256=f"{key}{year}", problems=(problem,))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return make_record(tmp_path, [census(2023), census(2024), census(2025)])


def test_each_file_of_a_load_has_its_digest(journal: Journal) -> None:
    for entry in journal.entries():
        [path] = journal.paths("person", [entry])
        assert entry.digests == {"person": digest_of_file(path)}


def test_a_file_that_changed_or_went_is_named_with_what_to_do(journal: Journal) -> None:
    changed, lacking, whole = journal.entries()
    path = journal.path(changed, "person")
    path.write_bytes(path.read_bytes() + b"\0")
    journal.path(lacking, "person").unlink()

    for entry, words in ((changed, "damaged"), (lacking, "missing")):
        with pytest.raises(DamagedError, match=words) as caught:
            journal.paths("person", [entry])
        assert str(journal.path(entry, "person")) in caught.value.message
        assert f"--undo {entry.load_id}" in caught.value.fix
    assert journal.paths("person", [whole]) == [journal.path(whole, "person")]


def drop_file(path: Path) -> None:
    path.unlink()


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def drop_last_line(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM loads WHERE load_id = 3")
        connection.commit()


def drop_all_lines(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM loads")
        connection.execute("DELETE FROM sqlite_sequence")
        connection.commit()


def spoil(path: Path) -> None:
    path.write_bytes(b"no database" * 100)


@pytest.mark.parametrize(
    "harm", [drop_file, empty_file, drop_last_line, drop_all_lines, spoil]
)
def test_a_lost_journal_is_told_and_nothing_is_written_over(
    journal: Journal, harm: Callable[[Path], None]
) -> None:
    before = {p: p.read_bytes() for p in journal.data.rglob("*.parquet")}
    harm(journal.folder / "journal.sqlite3")

    with pytest.raises(DamagedError, match="journal"):
        Journal(journal.folder).add(census(2026))
    with pytest.raises(DamagedError, match=r"journal\.sqlite3") as caught:
        Journal(journal.folder).entries()
    assert "backup" in caught.value.fix
    assert {p: p.read_bytes() for p in journal.data.rglob("*.parquet")} == before


def test_an_older_journal_than_the_loads_refuses_the_next_load(
    journal: Journal,
) -> None:
    path = journal.folder / "journal.sqlite3"
    backup = path.read_bytes()
    journal.add(census(2026))
    journal.add(census(2027))
    path.write_bytes(backup)

    with pytest.raises(DamagedError, match="ends with load 3, while .*000005"):
        Journal(journal.folder).add(census(2028))
    assert len(Journal(journal.folder).entries()) == 3


def test_what_a_killed_load_left_is_cleared_by_the_next(journal: Journal) -> None:
    left = journal.data / "000004"
    left.mkdir()
    (left / "torn.parquet").write_bytes(b"PAR1")

    entry = Journal(journal.folder).add(census(2026))

    assert [path.name for path in left.iterdir()] == ["person.parquet"]
    assert entry.load_id == 4


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE loads SET rows_kept = rows_kept + 1 WHERE load_id = 2",
        "UPDATE loads SET undone_at = '2026-01-01' WHERE load_id = 2",
        "UPDATE loads SET seal = NULL WHERE load_id = 2",
        "UPDATE seals SET rows = rows + 1",
        "DELETE FROM seals",
        "DROP TABLE seals",
    ],
)
def test_a_line_that_was_changed_by_other_hands_is_noticed(
    journal: Journal, change: str
) -> None:
    with closing(sqlite3.connect(journal.folder / "journal.sqlite3")) as connection:
        connection.execute(change)
        connection.commit()

    with pytest.raises(DamagedError, match="damaged"):
        journal.entries()


@pytest.mark.parametrize(
    "change",
    ["UPDATE problems SET line = line + 1", "DELETE FROM problems"],
)
def test_problems_that_were_changed_are_noticed(journal: Journal, change: str) -> None:
    with closing(sqlite3.connect(journal.folder / "journal.sqlite3")) as connection:
        connection.execute(change)
        connection.commit()

    with pytest.raises(DamagedError, match="problems of load 2"):
        journal.problems(2)
    assert journal.entries()


def test_an_undone_load_and_refusals_are_sealed_as_they_are_then(
    journal: Journal,
) -> None:
    refused = Problem("x.csv", 0, "", "file", "No return.", "Export it again.")
    journal.note_refusal(refused)
    journal.undo(2)
    journal.note_refusal(refused)

    assert [e.load_id for e in journal.entries()] == [1, 3]
    assert [e.load_id for e in journal.entries(undone=True)] == [1, 2, 3]
    assert [row["file"] for row in journal.refusals()] == ["x.csv", "x.csv"]
    with pytest.raises(OpenScrutinyError, match="no load 2 to undo"):
        journal.undo(2)


def test_the_journal_of_an_earlier_release_is_read_and_goes_on(
    journal: Journal,
) -> None:
    before = [replace(e, digests={}) for e in journal.entries()]
    forget_digests(journal.folder.parent)
    again = Journal(journal.folder)

    assert again.entries() == before
    assert len(again.paths("person", before)) == 3
    assert again.find_same("A2024", "").load_id == 2  # type: ignore[union-attr]
    added = again.add(census(2026))
    assert again.entries() == [*before, added]
    assert added.digests and len(again.problems(2)) == 1


def test_a_torn_file_of_an_earlier_release_ends_in_a_message(journal: Journal) -> None:
    forget_digests(journal.folder.parent)
    [first, *_others] = journal.entries()
    path = journal.path(first, "person")
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(DamagedError, match="no table in it"):
        journal.paths("person", [first])


def test_a_file_is_found_among_the_loads_by_its_index(journal: Journal) -> None:
    journal.undo(2)

    assert journal.find_same("A2023", "").load_id == 1  # type: ignore[union-attr]
    assert journal.find_same("A2023", "other") is None
    assert journal.find_same("A2024", "") is None
    with closing(sqlite3.connect(journal.folder / "journal.sqlite3")) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM loads WHERE sha256 = 'a' AND "
            "request = 'b' AND undone_at IS NULL ORDER BY load_id DESC LIMIT 1"
        ).fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH loads USING INDEX loads_of_a_file (sha256=? AND request=?)"
    ]


def test_adding_a_load_reads_no_other_load(journal: Journal) -> None:
    class Spying(Journal):
        def entries(self, *, undone: bool = False) -> list[object]:  # type: ignore[override]
            raise AssertionError("the journal was read whole")

    again = Spying(journal.folder)

    assert again.add(census(2026)).load_id == 4
    assert again.add_once(census(2026))[1] is False
    assert again.find_same("A2026", "") is not None
    assert again.undo(4).undone_at


def test_loads_of_one_file_at_the_same_time_take_it_once(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "workspace", ("299",))
    children = [child(f"A{n}", details("2024-05-01")) for n in range(20)]
    census_file = write_census(tmp_path / "census.xml", *children)
    together = threading.Barrier(4)
    outcomes: list[str] = []

    def load() -> None:
        together.wait()
        [outcome] = load_paths(workspace, [census_file])
        outcomes.append(outcome.status)

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already loaded"] * 3 + ["loaded"]
    assert len(Journal(workspace.record).entries(undone=True)) == 1


def test_bytes_that_were_added_while_a_file_was_read_are_not_added_again(
    journal: Journal,
) -> None:
    entry, is_new = journal.add_once(census(2026))
    again, is_new_again = Journal(journal.folder).add_once(census(2026))

    assert (is_new, is_new_again) == (True, False)
    assert again == entry
    journal.undo(entry.load_id)
    assert journal.add_once(census(2026))[1] is True


def test_a_load_beside_a_lost_journal_ends_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = create_workspace(tmp_path / "workspace", ("299",))
    first = write_census(tmp_path / "first.xml", child("A", details("2024-05-01")))
    assert main(["load", "-w", str(workspace.folder), str(first)]) == 0
    (workspace.record / "journal.sqlite3").unlink()
    capsys.readouterr()

    for command in (["load", str(first)], ["loads"], ["build"], ["checks"]):
        assert main([*command, "-w", str(workspace.folder)]) == 2, command
        told = capsys.readouterr().err
        assert "journal.sqlite3, is lost or emptied" in told
        assert "backup" in told
