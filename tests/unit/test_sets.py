"""Which files of one folder are one return: copies, two years, and one year twice."""

from types import SimpleNamespace
from typing import Any

import pytest

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


def split_lists(*names: str) -> tuple[list[set[str]], dict[str, str]]:
    """Split Annex A's lists; a name begins with its list's number and a colon."""
    parts = get_return("annex-a").parts
    assert parts is not None
    numbered = [name.split(":") for name in names]
    lists = [member(name, f"list {number}") for number, name in numbered]
    found = split_sets(lists, parts, lambda _: None)
    refused = {m.name[3:]: why.message for one in found for m, why in one.refused}
    return [{name[3:] for name in names_of(o)} for o in found if o.members], refused


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("3:List 3 - Referrals Q1 2026.csv", "7:List 7 - Plans Q1 2026.csv"),
            ("3:List 3 - Referrals Q2 2026.csv", "7:List 7 - Plans Q2 2026.csv"),
        ),
        (
            ("3:referrals_june.csv", "7:plans_june.csv"),
            ("3:referrals_july.csv", "7:plans_july.csv"),
        ),
        (
            ("3:list 3 2025.csv", "7:list 7 2025.csv"),
            ("3:list 3 2026.csv", "7:list 7 2026.csv"),
        ),
        # Each file is stamped with its own minute.
        (
            ("3:list3_20260401_0910.csv", "7:list7_20260401_0911.csv"),
            ("3:list3_20260701_1500.csv", "7:list7_20260701_1502.csv"),
        ),
        # A list that is there once says to which it belongs; another has none.
        (
            ("3:list 3 june.csv", "7:list 7 june.csv", "4:list 4 june.csv"),
            ("3:list 3 july.csv", "7:list 7 july.csv"),
        ),
        (("3:list 3 june.csv", "7:list 7 june.csv"), ("3:list 3 july.csv",)),
    ],
)
def test_lists_of_one_extract_share_what_tells_the_extracts_apart(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    """Each alone would have its own latest date for a day, and cover too early days."""
    found, refused = split_lists(*first, *second)
    told = [{name.split(":")[1] for name in names} for names in (first, second)]
    assert (found, refused) == (told, {})


@pytest.mark.parametrize(
    ("names", "loose"),
    [
        # Nothing says which plans belong to the referrals of June.
        (
            ("3:list 3 june.csv", "3:list 3 july.csv", "7:plans a.csv", "7:plans b.csv"),
            {"list 3 june.csv", "list 3 july.csv", "plans a.csv", "plans b.csv"},
        ),
        (
            ("3:3 june.csv", "7:7 june.csv", "3:3 july.csv", "7:7 final.csv"),
            {"3 july.csv", "7 final.csv"},
        ),
        (
            ("3:3 june.csv", "7:7 june.csv", "3:3 july.csv", "7:7 july.csv", "4:4.csv"),
            {"4.csv"},
        ),
        (("3:3 june.csv", "3:3 july.csv", "3:june 3.csv"), {"3 june.csv", "3 july.csv", "june 3.csv"}),
    ],
)  # fmt: skip
def test_lists_of_which_no_name_tells_the_extract_are_refused(
    names: tuple[str, ...], loose: set[str]
) -> None:
    found, refused = split_lists(*names)
    assert set(refused) == loose
    assert all("several returns" in why for why in refused.values())
    assert set().union(*found).isdisjoint(loose)
