"""Which files of one folder are one return: copies, two years, and one year twice."""

from types import SimpleNamespace
from typing import Any

from openscrutiny.layouts.returns import get_return
from openscrutiny.returns.safely import Member
from openscrutiny.returns.sets import FileSet, split_sets


def member(name: str, part: str, content: str = "") -> Member:
    source: Any = SimpleNamespace(name=f"in/{name}")
    return Member(part, source, content or name)


def split(*members: Member, **years: int) -> list[FileSet]:
    parts = get_return("ssda903").parts
    assert parts is not None
    return split_sets(members, parts, lambda m: years.get(m.sha256))


def names_of(found: FileSet) -> list[str]:
    return [member.name for member in found.members]


def test_a_copy_under_another_name_is_left_aside() -> None:
    [one] = split(
        member("episodes.csv", "episodes", "a"),
        member("episodes (1).csv", "episodes", "a"),
        member("header.csv", "header"),
    )
    assert names_of(one) == ["in/episodes.csv", "in/header.csv"]
    assert [(m.name, same.name) for m, same in one.copies] == [
        ("in/episodes (1).csv", "in/episodes.csv")
    ]


def test_a_table_that_is_the_same_in_two_years_is_each_years_own() -> None:
    """A table without rows has the same bytes in every year."""
    found = split(
        member("episodes_2024.csv", "episodes", "a"),
        member("uasc_2024.csv", "uasc", "none"),
        member("episodes_2025.csv", "episodes", "b"),
        member("uasc_2025.csv", "uasc", "none"),
        a=2024,
        b=2025,
    )
    assert list(map(names_of, found)) == [
        ["in/episodes_2024.csv", "in/uasc_2024.csv"],
        ["in/episodes_2025.csv", "in/uasc_2025.csv"],
    ]
    assert not any(one.copies or one.refused for one in found)


def test_a_copy_beside_two_years_is_no_third_return() -> None:
    found = split(
        member("episodes_2024.csv", "episodes", "a"),
        member("episodes_2025.csv", "episodes", "b"),
        member("Copy of episodes_2025.csv", "episodes", "b"),
        a=2024,
        b=2025,
    )
    kept = [name for one in found for name in names_of(one)]
    assert len(kept) == 2 and "in/episodes_2024.csv" in kept
    assert sum(len(one.copies) for one in found) == 1
    assert not any(one.refused for one in found)


def test_two_files_of_one_year_that_differ_are_refused() -> None:
    """Else the one that happens to be read last would count, in silence."""
    found = split(
        member("episodes.csv", "episodes", "a"),
        member("episodes (1).csv", "episodes", "b"),
        member("header.csv", "header"),
        a=2025,
        b=2025,
    )
    assert not any(one.members for one in found)
    refused = {m.name: why.message for one in found for m, why in one.refused}
    assert "of the same year, 2025" in refused["in/episodes.csv"]
    assert "of the same year, 2025" in refused["in/episodes (1).csv"]
    assert "several returns" in refused["in/header.csv"]
