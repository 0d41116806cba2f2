"""The figures of a whole synthetic borough are those that its maker counted.

The maker counts from the lives that it invented; the product counts from the files.
Any mistake on the way (reading, rejecting, choosing a source, periods, breakdowns,
values, status) shows as a difference.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from random import SystemRandom

import pytest

from openscrutiny.cli import main
from openscrutiny.indicators.registry import INDICATORS
from support.demo_workspace import (
    AUTHORITY,
    COUNTED_BY_US,
    Row,
    ask_figures,
    make_demo_workspace,
    read_csv,
)

KEY = (
    *("code", "area_code", "period_type", "period_start", "period_end"),
    *("breakdown", "category"),
)
SAME_TEXT = ("indicator", "area_name", "unit", "status", "source", "edition")
NUMBERS = ("numerator", "denominator", "value")
DECLARED = {i.code: i for i in INDICATORS if i.code in COUNTED_BY_US}

LOOKING_FAR_BACK = {
    i.code for i in INDICATORS if i.looks_back is not None and i.looks_back.months > 12
}

Keyed = dict[tuple[str, ...], Row]


def keyed(rows: Iterable[Row]) -> Keyed:
    """File rows by what they are about; no two may be about the same."""
    result: Keyed = {}
    twice = []
    for row in rows:
        key = tuple(row[column] for column in KEY)
        if key in result:
            twice.append(key)
        result[key] = row
    assert not twice, f"{len(twice)} rows stand twice, such as {twice[:3]}"
    return result


def is_same_number(one: str, other: str) -> bool:
    """Compare to 1e-9 of the size; nothing is only like nothing, never like zero."""
    if not one or not other:
        return one == other
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))


def is_plainly_absent(row: Row) -> bool:
    """Say whether a row states no more than that no load covers its period.

    The maker lists the periods that its files cover; `figures` also lists the others
    between the first and the last day covered, and must give them no number at all.
    """
    empty = not any(row[column] for column in NUMBERS)
    return row["status"] == "not_available" and row["breakdown"] == "total" and empty


def differences(truth: Keyed, figures: Keyed) -> list[str]:
    """Say each difference in one short line."""
    said = [f"missing: {key}" for key in truth if key not in figures]
    said += [
        f"extra: {key}"
        for key, row in figures.items()
        if key not in truth and not is_plainly_absent(row)
    ]
    for key in truth.keys() & figures.keys():
        true, given = truth[key], figures[key]
        wrong = [c for c in SAME_TEXT if true[c] != given[c]]
        wrong += [c for c in NUMBERS if not is_same_number(true[c], given[c])]
        said += [f"{c} {true[c]!r} is given as {given[c]!r}: {key}" for c in wrong]
    return said


def test_every_kind_of_difference_is_noticed() -> None:
    row = dict.fromkeys((*KEY, *SAME_TEXT), "same") | dict.fromkeys(NUMBERS, "4")
    key = tuple(row[column] for column in KEY)
    fresh = row | {"category": "other"}
    absent = fresh | dict.fromkeys(NUMBERS, "")
    absent |= {"status": "not_available", "breakdown": "total"}

    assert not differences({key: row}, {key: row | {"value": "4.0"}})
    assert not differences({key: row}, keyed([row, absent]))
    assert differences({key: row}, {})
    assert differences({key: row}, keyed([row, fresh]))
    assert differences({key: row}, keyed([row, absent | {"numerator": "0"}]))
    for column in SAME_TEXT:
        assert differences({key: row}, {key: row | {column: "another"}})
    for column in NUMBERS:
        for changed in ("4.00001", "0", ""):
            assert differences({key: row}, {key: row | {column: changed}})


def check_against_truth(workspace: Path, scratch: Path, of: str = "") -> None:
    """Compare every own figure with the maker's own count, both ways round.

    `of` says which borough it is, where nobody could know it otherwise.
    """
    truth = keyed(read_truth(workspace))
    asked = ask_figures(workspace, *COUNTED_BY_US, to=scratch / "figures.csv")
    figures = keyed(row for row in asked if row["source"] == "own")

    said = differences(truth, figures)
    if said:
        first = sorted(said)[:10]
        told = f"{len(said)} differences {of}: " + "\n".join(first)
        pytest.fail(told, pytrace=False)
    # A history that is shorter than what an indicator looks back to has no figure of it.
    assert set(COUNTED_BY_US) - {key[0] for key in truth} <= LOOKING_FAR_BACK
    assert {key[0] for key in truth} <= set(COUNTED_BY_US)
    assert {key[1] for key in truth} == {AUTHORITY}


def test_every_figure_of_the_small_borough_is_what_its_maker_counted(
    borough: Path, tmp_path: Path
) -> None:
    check_against_truth(borough, tmp_path)


def test_every_figure_of_the_other_borough_is_what_its_maker_counted(
    other_borough: Path, tmp_path: Path
) -> None:
    check_against_truth(other_borough, tmp_path)


def test_every_figure_of_a_borough_drawn_anew_is_what_its_maker_counted(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Draw another borough in each run; its seed is printed at the end of the run.

    OPENSCRUTINY_DRAWN_SEED draws a borough of an earlier run again.
    """
    drawn = os.environ.get("OPENSCRUTINY_DRAWN_SEED")
    seed = int(drawn) if drawn else SystemRandom().randrange(1, 1_000_000)
    record_property("drawn anew, a borough of 900 children and 30 months", seed)
    print(f"drawn anew: OPENSCRUTINY_DRAWN_SEED={seed}")
    workspace = make_demo_workspace(
        tmp_path / "drawn", children=900, seed=seed, months=30
    )

    check_against_truth(workspace, tmp_path, f"(OPENSCRUTINY_DRAWN_SEED={seed})")


@pytest.mark.long
@pytest.mark.parametrize(
    ("children", "seed", "months"),
    [(8_000, 29, 78), (20_000, 4, 78), (12_000, 7_919, 48)],
)
def test_every_figure_of_a_larger_borough_is_what_its_maker_counted(
    tmp_path: Path, children: int, seed: int, months: int
) -> None:
    workspace = make_demo_workspace(
        tmp_path / "large", children=children, seed=seed, months=months
    )

    check_against_truth(workspace, tmp_path)


@pytest.mark.parametrize("code", COUNTED_BY_US)
def test_truth_counts_somebody(borough: Path, code: str) -> None:
    # A median has no numerator: its denominator is of how many it is.
    counted = (r["numerator"] or r["denominator"] for r in truth_of(borough, code))
    assert any(float(count or 0) > 0 for count in counted)


def test_truth_counts_somebody_for_certain(borough: Path) -> None:
    final = {row["code"] for row in read_truth(borough) if row["status"] == "final"}

    # In so small a borough the lines planted wrong leave no year of care final, and of
    # any two years before a year one has such lines.
    assert final >= set(COUNTED_BY_US) - {"LA1", "LA2", "LA5", "CL6"}


@pytest.mark.parametrize("code", COUNTED_BY_US)
def test_truth_has_the_periods_and_breakdowns_that_the_definition_declares(
    borough: Path, code: str
) -> None:
    rows = truth_of(borough, code)
    declared = DECLARED[code]

    assert {r["period_type"] for r in rows} == {p.value for p in declared.periods}
    # A total is no breakdown, so no definition declares it.
    names = {breakdown.name for breakdown in declared.breakdowns}
    if declared.measure.split is not None:
        names.add(declared.measure.split.name)
    assert {r["breakdown"] for r in rows} - {"total"} == names
    assert {r["category"] for r in rows if r["breakdown"] == "total"} == {"all"}


def test_truth_has_every_status_that_own_figures_can_have(borough: Path) -> None:
    statuses = {row["status"] for row in read_truth(borough)}

    assert statuses == {"final", "provisional", "not_available"}


def test_a_figure_that_is_not_available_has_no_value(
    borough: Path, tmp_path: Path
) -> None:
    asked = ask_figures(borough, *COUNTED_BY_US, to=tmp_path / "figures.csv")
    absent = [
        r for r in asked if r["source"] == "own" and r["status"] == "not_available"
    ]

    assert absent
    assert {row["value"] for row in absent} == {""}
    # Nothing to divide by is the only absence that has numbers: 0 of 0.
    assert {(row["numerator"], row["denominator"]) for row in absent} <= {
        ("", ""),
        *(("0", "0"), ("0.0", "0.0")),
        *(("", "0"), ("", "0.0")),  # a median of nothing
    }


@pytest.fixture(scope="module")
def built_twice(
    borough: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Row], list[Row]]:
    """Give all the figures of a copy of the borough, and those of a second build."""
    scratch = tmp_path_factory.mktemp("twice")
    copy = Path(shutil.copytree(borough, scratch / "borough"))
    before = ask_figures(copy, to=scratch / "before.csv")
    assert main(["build", "-w", str(copy)]) == 0
    return before, ask_figures(copy, to=scratch / "after.csv")


def test_building_again_gives_the_same_figures(
    built_twice: tuple[list[Row], list[Row]],
) -> None:
    before, after = (Counter(map(str, figures)) for figures in built_twice)

    assert before.total() > 50_000
    assert len(before - after) == len(after - before) == 0


def test_building_again_gives_the_figures_in_the_same_order(
    built_twice: tuple[list[Row], list[Row]],
) -> None:
    moved = sum(one != other for one, other in zip(*built_twice, strict=True))

    assert moved == 0


def test_sexes_stand_in_the_order_of_the_counting_rules(
    built_twice: tuple[list[Row], list[Row]],
) -> None:
    found = [
        tuple(row["category"] for row in rows)
        for _, rows in groupby(
            (r for r in built_twice[0] if r["breakdown"] == "sex"),
            key=lambda row: [row[column] for column in KEY[:5]],
        )
    ]

    assert set(found) == {("Female", "Male", "Not known")}


@cache
def read_truth(workspace: Path) -> list[Row]:
    """Read what the maker counted."""
    return read_csv(workspace / "truth.csv")


def truth_of(workspace: Path, code: str) -> list[Row]:
    """Read what the maker counted for one indicator."""
    return [row for row in read_truth(workspace) if row["code"] == code]
