"""Which register speaks for a plan's place, and what is said where none does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from openscrutiny.disclosure.relations import KEPT_BACK
from openscrutiny.figures.engine import open_record
from openscrutiny.figures.evaluate import Evaluation, evaluate
from openscrutiny.figures.mostly_unknown import MOSTLY_UNKNOWN
from openscrutiny.figures.snapshots import build_snapshot
from openscrutiny.indicators import establishments
from openscrutiny.indicators.registry import find_indicator
from openscrutiny.record.journal import Journal, NewLoad
from openscrutiny.workspace import create_workspace
from support.records import NO_POPULATION, make_load, make_record

CODES = ("SN19", "SN20", "SN21")
SINCE = date(2014, 9, 1)


def sen2(*plans: dict[str, Any]) -> NewLoad:
    rows = [
        {"ehcp_active_ehcp_id": f"P{n}", "ehcp_person_id": f"C{n}", **plan}
        for n, plan in enumerate(plans)
    ]
    load = make_load(
        "sen2/2024", date(2024, 1, 1), date(2024, 12, 31), {"ehcp_active_plans": rows}
    )
    return replace(load, covers=without_register(load))


def without_register(load: NewLoad) -> dict[str, tuple[date, date]]:
    return {
        name: days for name, days in load.covers.items() if name != "establishments"
    }


def register(made: date, *entries: tuple[str, int, str]) -> NewLoad:
    rows = [
        {"esta_urn": urn, "esta_type": of, "esta_la": area} for urn, of, area in entries
    ]
    load = make_load(f"gias/{made}", SINCE, made, {"establishments": rows})
    return replace(load, covers={"establishments": (SINCE, made)})


def total_of(folder: Path, code: str, loads: Iterable[NewLoad]) -> dict[str, Any]:
    return figures_of(folder, code, loads)[0]


def figures_of(
    folder: Path, code: str, loads: Iterable[NewLoad]
) -> list[dict[str, Any]]:
    """Give the total of the year, and the parts of the mix."""
    journal = make_record(folder, list(loads))
    engine = open_record(journal, journal.entries())
    wanted = Evaluation(date(2024, 1, 1), date(2024, 12, 31), {"299": "Invented"})
    figures = evaluate(engine, find_indicator(code), wanted, NO_POPULATION)
    engine.close()
    told = figures.filter(
        pl.col("breakdown").is_in(["total", "kind_of_place", "where_placed"])
    )
    return list(told.iter_rows(named=True))


PLANS = sen2({"ehcp_urn": "100001"}, {"ehcp_urn": "100002"})
ENTRIES = (("100001", 1, "299"), ("100002", 10, "298"))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("made", [None, date(2024, 12, 30)])
def test_without_a_register_of_the_day_there_is_no_figure_and_it_says_why(
    tmp_path: Path, code: str, made: date | None
) -> None:
    registers = [register(made, *ENTRIES)] if made else []
    found = total_of(tmp_path, code, [PLANS, *registers])

    assert (found["status"], found["numerator"]) == ("not_available", None)
    assert found["why"] == (
        "No register of schools that is loaded covers 31 December 2024, to tell what "
        "the numbers of schools stand for."
    )


@pytest.mark.parametrize("code", CODES)
def test_a_register_of_the_day_or_later_tells(tmp_path: Path, code: str) -> None:
    for made in (date(2024, 12, 31), date(2026, 1, 31)):
        loads = [register(made, *ENTRIES), PLANS]
        found = total_of(tmp_path / f"{made}", code, loads)
        assert (found["status"], found["numerator"], found["denominator"]) == (
            "final",
            1,
            2,
        )


def test_the_latest_register_speaks_in_whatever_order_they_were_loaded(
    tmp_path: Path,
) -> None:
    late = register(date(2025, 6, 1), ("100001", 1, "299"), ("100002", 34, "299"))
    early = register(date(2025, 1, 1), *ENTRIES)
    for number, loads in enumerate(([late, early, PLANS], [early, late, PLANS])):
        found = total_of(tmp_path / str(number), "SN19", loads)
        assert found["numerator"] == 2


def test_what_is_not_known_is_a_part_of_its_own_of_all_plans(
    tmp_path: Path,
) -> None:
    plans = sen2({"ehcp_urn": "100001"}, {"ehcp_urn": "199999"}, {})
    for code in CODES:
        loads = [plans, register(date(2025, 1, 1), *ENTRIES)]
        total, *parts = figures_of(tmp_path / code, code, loads)
        told = {p["category"]: (p["numerator"], p["denominator"]) for p in parts}
        assert total["denominator"] == 3
        assert told["Not known"] == (2, 3), code
        assert sum(of for of, _ in told.values()) == 3


def test_another_authoritys_register_is_not_looked_up(tmp_path: Path) -> None:
    theirs = replace(register(date(2025, 1, 1), *ENTRIES), authority="298")
    assert total_of(tmp_path, "SN19", [theirs, PLANS])["status"] == "not_available"


def test_a_type_is_of_one_kind_alone_and_new_ones_are_of_none() -> None:
    types = [n for each in establishments._TYPES.values() for n in each]
    assert len(types) == len(set(types)) == 39
    assert set(establishments._TYPES) < set(establishments.KINDS)
    assert set(establishments.MAINSTREAM) | set(establishments.INDEPENDENT) < set(
        establishments._TYPES
    )


def test_a_register_lengthens_no_year_that_is_counted(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", ("299",))
    journal = Journal(workspace.record)
    for load in (PLANS, register(date(2025, 1, 1), *ENTRIES)):
        journal.add(load)
    figures = build_snapshot(workspace, as_at=date(2025, 1, 31)).figures()
    assert figures["period_start"].min() == date(2023, 4, 1)


def test_members_see_one_share_of_the_whole_and_officers_all() -> None:
    assert "SN20" in KEPT_BACK
    assert not {"SN19", "SN19a", "SN21"} & KEPT_BACK
    for code in ("SN19", "SN21"):
        assert find_indicator(code).within == {"numerator": "SN19a.rest"}


@pytest.mark.parametrize(
    ("lost", "elsewhere", "is_held"),
    [
        (10, 8, False),  # 10 of 20: a half
        (11, 7, True),
        (13, 5, False),  # the five would follow: fewer than ten of whom two count
        (18, 0, True),  # nobody is left who could be given away
    ],
)
def test_a_share_of_plans_mostly_not_known_is_held_and_says_so_without_a_number(
    tmp_path: Path, lost: int, elsewhere: int, *, is_held: bool
) -> None:
    placed = [{"ehcp_urn": "100001"}] * 2 + [{"ehcp_urn": "100002"}] * elsewhere
    plans = sen2(*placed, *[{"ehcp_urn": "199999"}] * lost)
    for code in ("SN19", "SN21"):
        loads = [plans, register(date(2025, 1, 1), *ENTRIES)]
        total, *parts = figures_of(tmp_path / code, code, loads)
        assert (total["numerator"], total["denominator"]) == (2, 20)
        assert total["status"] == "final"
        assert total["held"] == (MOSTLY_UNKNOWN if is_held else "")
        assert not any(part["held"] for part in parts)


@pytest.mark.parametrize(("lost", "is_held"), [(10, False), (11, True), (13, False)])
def test_a_share_whose_answers_are_mostly_lacking_is_held(
    tmp_path: Path, lost: int, *, is_held: bool
) -> None:
    """SN19a: a plan with neither a setting nor a number, of 20 with two at home."""
    placed = [{"ehcp_setting": "EHE"}] * 2 + [{"ehcp_urn": "100001"}] * (18 - lost)
    total = total_of(tmp_path, "SN19a", [sen2(*placed, *[{}] * lost)])
    assert (total["numerator"], total["unknown"]) == (2, lost)
    assert total["held"] == (MOSTLY_UNKNOWN if is_held else "")
