"""The profile and the rug: places in words, and every figure with its letter."""

from dataclasses import replace

import pytest

from openscrutiny.story.compared.placing import make_rug, place_all, say_placed
from openscrutiny.story.indicator import make_section
from openscrutiny.story.model import AuthorityRow, IndicatorStory
from unit.test_story_telling import compared, england, figure, tell


def authority(
    name: str, value: str, band: str = "", who: str = "", rank: str = ""
) -> AuthorityRow:
    return AuthorityRow(name, value, rank, band, who)


def story(code: str, band: str, **changes: object) -> IndicatorStory:
    base = tell(figure(), england(2025, 22.6), comparison=compared())
    rows = (
        authority("Ours", "26.8%", band, "ours", "3" if band else ""),
        authority("Leeds", "24.2%", "C", "neighbour", "2"),
        authority("Barnet", "[x]", "", "neighbour"),
        authority("Other", "10.0%", "A", "", "1"),
    )
    facts = {"code": code, "id": code.lower(), "authorities": rows}
    return replace(base, **{**facts, **changes})  # type: ignore[arg-type]


def test_an_indicator_is_placed_with_its_year_and_named_change() -> None:
    (placed,) = place_all([make_section("Social care", [story("FD2", "D")])])

    assert (placed.ours, placed.england, placed.year) == ("26.8%", "22.6%", "2025")
    assert (placed.quarter, placed.place) == ("Last quarter", "3 of 3")
    assert placed.change == "Up 3.7 points from 2024 to 2025"


def test_what_has_no_comparison_is_listed_with_the_reason() -> None:
    alone = story("FD2", "", authorities=())
    (placed,) = place_all([make_section("Social care", [alone])])

    assert placed.ours == placed.place == ""
    assert placed.why_none


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ("ADD", "Of 3 indicators with quarters, 1 stands in the first quarter and 2 in "
         "the last."),
        ("BC", "Of 2 indicators with quarters, none stand in the first quarter and none "
         "in the last."),
        ("", "No published figure places the council yet."),
    ],
)  # fmt: skip
def test_the_profile_begins_with_how_many_stand_where(bands: str, said: str) -> None:
    stories = [story(f"X{n}", band) for n, band in enumerate(bands)]

    assert say_placed(place_all([make_section("S", stories)])).text == said


def test_the_rug_sets_ours_first_then_region_england_and_neighbours() -> None:
    rug = make_rug([make_section("S", [story("FD2", "D")])])

    assert rug.columns == ("Ours", "Region", "England", "Barnet", "Leeds")
    (row,) = rug.rows
    assert [cell.value for cell in row.cells] == [
        "26.8%", "19.6%", "22.6%", "[x]", "24.2%",
    ]  # fmt: skip
    assert [cell.band for cell in row.cells] == ["D", "", "", "", "C"]
    assert (row.available, rug.neighbours) == (1, 2)


def test_the_rug_can_begin_with_our_last_quarter() -> None:
    stories = [story("X1", "A"), story("X2", ""), story("X3", "D"), story("X4", "B")]
    rug = make_rug([make_section("S", stories)], by_quarter=True)

    assert [row.code for row in rug.rows] == ["X3", "X4", "X1", "X2"]


def test_an_indicator_without_our_figure_is_no_row() -> None:
    alone = story("X1", "", authorities=())

    assert make_rug([make_section("S", [alone])]).rows == ()
