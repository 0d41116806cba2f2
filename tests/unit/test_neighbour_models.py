"""Neighbour models as a reader may choose them: named, dated, and whom they hold."""

from datetime import date

import polars as pl
import pytest

from openscrutiny.comparison.models import NeighbourModel, list_models

FIRST, SECOND = date(2026, 3, 1), date(2026, 9, 30)


def pairs(*rows: tuple[str, str, str, int]) -> pl.DataFrame:
    """Make the record's neighbours: model, authority, member, load."""
    return pl.DataFrame(
        [(model, area, place, code, load) for place, (model, area, code, load)
         in enumerate(rows, 1)],
        schema={"model": pl.String, "area_code": pl.String, "position": pl.Int32,
                "neighbour_code": pl.String, "load_id": pl.Int32},
        orient="row",
    )  # fmt: skip


LOADED = pairs(
    ("2021", "306", "909", 1), ("2021", "306", "302", 1),
    ("2025", "306", "302", 2), ("Zest", "306", "303", 2), ("Ant", "306", "304", 2),
    ("Others", "307", "305", 2),
)  # fmt: skip


def test_the_latest_year_is_the_default_then_older_years_then_groups_by_name() -> None:
    models = list_models(LOADED, "306", {1: FIRST, 2: SECOND})

    assert [(m.name, m.is_default, m.title) for m in models] == [
        ("2025", True, "2025 model"),
        ("2021", False, "2021 model"),
        ("Ant", False, "Ant"),
        ("Zest", False, "Zest"),
    ]
    assert [m.loaded_on for m in models] == [SECOND, FIRST, SECOND, SECOND]
    assert models[1].members == ("909", "302")


def test_a_group_without_members_for_this_council_is_not_offered() -> None:
    models = list_models(LOADED, "307", {})

    assert [(m.name, m.members) for m in models] == [("2025", ()), ("Others", ("305",))]


def test_where_nothing_is_loaded_nothing_is_offered() -> None:
    assert list_models(LOADED.clear(), "306", {}) == ()


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (("302", "303"), ""),
        (("909", "303"), "1 of the 2 no longer exists: Cumbria (to March 2023)."),
        (("909", "928", "303"), "2 of the 3 no longer exist: Cumbria (to March 2023), "
         "Northamptonshire (to March 2021)."),
        (("829",), "1 of the 1 no longer exists: 829."),
    ],
)  # fmt: skip
def test_members_that_have_ended_are_named(members: tuple[str, ...], said: str) -> None:
    assert NeighbourModel("2021", False, None, members).ended == said
