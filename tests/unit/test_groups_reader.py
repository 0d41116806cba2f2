"""A council's own comparison group: taken whole, or refused with its line."""

from pathlib import Path

import pytest

from openscrutiny.errors import RefusedFile
from openscrutiny.returns.published.groups import GroupsReader
from openscrutiny.returns.reading import Reading
from support.invented_returns import REQUEST, MemoryFile, check_contract

INVENTED = Path(__file__).parents[1] / "data/published/invented_groups.csv"
HEAD = "group,area_code,member_code\n"


def read(text: str) -> Reading | RefusedFile:
    file = MemoryFile("groups.csv", text.encode())
    assert GroupsReader().recognise(file) == ""
    ((_, outcome),) = GroupsReader().read([("", file)], REQUEST)
    return outcome


def test_a_group_is_a_neighbour_model_with_a_name() -> None:
    outcome = read(INVENTED.read_text(encoding="utf-8"))

    assert isinstance(outcome, Reading)
    check_contract(outcome)
    table = outcome.tables["neighbours"]
    assert table["model"].unique().to_list() == ["Invented example group"]
    assert table["neighbour_code"].to_list() == ["297", "296", "295"]
    assert table["position"].to_list() == [1, 2, 3]


def test_a_member_that_has_ended_is_kept_and_said() -> None:
    outcome = read(f"{HEAD}South,306,928\nSouth,306,203\n")

    assert isinstance(outcome, Reading)
    assert outcome.tables["neighbours"].height == 2
    (problem,) = outcome.problems
    assert (problem.line, problem.rule) == (2, "ended")
    assert "928 has ended" in problem.message


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("2025,306,203", "group"),
        (",306,203", "group"),
        ("South,306,970", "member_code"),
        ("South,Croydon,203", "area_code"),
        ("South,306,306", "member_code"),
        ("South,306,209", "member_code"),
    ],
)
def test_a_wrong_line_refuses_the_whole_file(line: str, field: str) -> None:
    outcome = read(f"{HEAD}South,306,209\n{line}\n")

    assert isinstance(outcome, RefusedFile)
    assert (outcome.line, outcome.field) == (3, field)


def test_a_group_without_members_is_refused() -> None:
    assert isinstance(read(HEAD), RefusedFile)


def test_other_files_are_not_taken_for_groups() -> None:
    assert GroupsReader().recognise(MemoryFile("x.csv", b"group,area\n")) is None
    assert GroupsReader().recognise(MemoryFile("x.csv", b"")) is None
