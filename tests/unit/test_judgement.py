"""Laws of judgement: verdicts that hold for whatever figure and target there may be."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from openscrutiny.adoption.targets import Milestone, Tolerance
from openscrutiny.indicators.definition import Polarity
from openscrutiny.judgement.colour import (
    Colourless,
    find_colour,
    find_streak,
    is_judged_by,
)
from openscrutiny.judgement.movement import Gap, find_movement
from openscrutiny.judgement.promise import Kept, find_promises
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.nothing import Status
from openscrutiny.periods import PeriodType
from support.adoptions import adoption
from unit.test_streak import rows

WORST_FIRST = ("red", "amber", "green")
SINCE = date(2018, 4, 1)


def year_rows(*values: float | None, **options: float) -> list[Observation]:
    kind = PeriodType.FINANCIAL_YEAR
    return rows(*values, kind=kind, step=12, last=date(2026, 3, 31), **options)


def series_of(held: list[Observation], **changes: object) -> SeriesSet:
    made = SeriesSet(held[-1], tuple(held), (), tuple(held), (), (), (), "")
    return replace(made, **changes)


@pytest.mark.parametrize("polarity", [Polarity.LOWER, Polarity.HIGHER])
def test_a_better_value_never_has_a_worse_colour(polarity: Polarity) -> None:
    chance = random.Random(5)
    for _ in range(200):
        room = Tolerance(chance.uniform(0, 20), chance.random() < 0.5)
        target = adoption(target=chance.uniform(1, 99), tolerance=room)
        values = sorted(chance.uniform(0, 100) for _ in range(6))
        if polarity is Polarity.LOWER:
            values.reverse()
        tones = [
            find_colour(row, target, polarity).tone
            for value in values
            for row in year_rows(value)
        ]
        ranks = [WORST_FIRST.index(tone) for tone in tones]
        assert all(worse <= better for worse, better in pairwise(ranks))


@pytest.mark.parametrize(
    ("row", "target", "polarity", "why"),
    [
        ({}, None, Polarity.LOWER, Colourless.NO_TARGET),
        ({}, {"target": None}, Polarity.LOWER, Colourless.NO_TARGET),
        ({"value": None, "status": Status.HIDDEN}, {}, Polarity.LOWER,
         Colourless.HIDDEN),
        ({"value": None, "status": Status.NOT_AVAILABLE}, {}, Polarity.LOWER,
         Colourless.NO_FIGURE),
        ({"denominator": 9.0}, {}, Polarity.LOWER, Colourless.SMALL),
        ({}, {}, Polarity.NEUTRAL, Colourless.NEUTRAL),
        ({"held": "a reason"}, {}, Polarity.LOWER, Colourless.HELD),
        ({}, {"from_": date(2026, 4, 1)}, Polarity.LOWER, Colourless.BEFORE),
        ({}, {"tolerance": None}, Polarity.LOWER, Colourless.NO_TOLERANCE),
    ],
)  # fmt: skip
def test_what_has_no_colour_says_why(
    row: dict[str, object],
    target: dict[str, object] | None,
    polarity: Polarity,
    why: Colourless,
) -> None:
    [held] = year_rows(25.0)
    adopted = None if target is None else adoption(**target)

    colour = find_colour(replace(held, **row), adopted, polarity)

    assert (colour.tone, colour.why_none) == ("none", why)


def test_a_denominator_of_ten_is_enough_for_a_colour() -> None:
    [held] = year_rows(25.0, denominator=10.0)

    assert find_colour(held, adoption(), Polarity.LOWER).tone == "red"


def test_a_streak_is_never_longer_than_what_the_target_judges() -> None:
    chance = random.Random(8)
    for _ in range(200):
        values = [chance.choice([19.0, 21.0, 25.0, None]) for _ in range(8)]
        held = year_rows(*values, 25.0)
        target = adoption(from_=date(chance.randrange(2016, 2027), 4, 1))
        streak = find_streak(held[-1], held, target, Polarity.LOWER)
        judged = sum(is_judged_by(target, row) for row in held[:-1]) + 1
        if streak is not None:
            assert 1 < streak.count <= judged
            same = [row.value for row in held[-streak.count :]]
            assert same == [25.0] * streak.count


@pytest.mark.parametrize(
    ("as_at", "value", "kept"),
    [
        (date(2026, 3, 30), 19.0, Kept.NOT_DUE),
        (date(2026, 3, 31), 19.0, Kept.KEPT),
        (date(2026, 4, 1), 20.0, Kept.KEPT),
        (date(2026, 4, 1), 20.1, Kept.NOT_KEPT),
        (date(2026, 4, 1), None, Kept.NOT_SHOWN),
    ],
)
def test_a_promise_is_judged_from_its_day_on(
    as_at: date, value: float | None, kept: Kept
) -> None:
    held = year_rows(25.0, value)
    target = adoption(promised_by=date(2026, 3, 31))

    promise, milestones = find_promises(target, series_of(held), Polarity.LOWER, as_at)

    assert promise is not None and promise.kept is kept
    assert milestones == ()


def test_a_promise_that_no_figure_reaches_is_neither_kept_nor_broken() -> None:
    target = adoption(
        promised_by=date(2027, 3, 31), milestones=(Milestone(date(2026, 3, 31), 22.0),)
    )

    promise, [milestone] = find_promises(
        target, series_of(year_rows(25.0, 21.0)), Polarity.LOWER, date(2028, 1, 1)
    )

    assert promise is not None and promise.kept is Kept.NOT_REACHED
    assert milestone.kept is Kept.KEPT


def test_without_a_gap_there_is_a_change_and_without_a_change_a_gap() -> None:
    chance = random.Random(13)
    seen = set()
    for _ in range(300):
        values = [chance.choice([20.0, 20.04, 31.0, None]) for _ in range(3)]
        held = [
            replace(row, held=chance.choice(["", "", "", "a reason"]))
            for row in year_rows(*values)
        ]
        breaks = (date(2025, 6, 1),) if chance.random() < 0.2 else ()
        movement = find_movement(series_of(held, breaks=breaks))
        if movement is None:
            assert held[-1].value is None
            continue
        seen.add(movement.gap)
        assert movement.has_change == (movement.gap is None)
        assert movement.has_change or not movement.direction
        assert movement.has_change or movement.step is None
    assert seen == {None, *Gap} - {Gap.RECORDING, Gap.NONE_BEFORE}


def test_a_first_figure_has_none_before_it() -> None:
    movement = find_movement(series_of(year_rows(20.0)))

    assert movement is not None and movement.gap is Gap.NONE_BEFORE
