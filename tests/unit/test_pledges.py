"""A promise is judged by the figure that reaches its day, as it is shown, and by no other."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from openscrutiny.adoption.pledges import Aim, Pledge
from openscrutiny.judgement.pledge import Judged, Verdict, Why, judge_pledge
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.nothing import Status
from openscrutiny.story.targets.pledge import say_pledge, say_verdict
from unit.test_streak import rows

MEETING, BY, LATE = date(2026, 3, 10), date(2026, 8, 31), date(2026, 11, 1)
# Months from January to September 2026: February is the latest at the meeting.
MONTHS = rows(20, 22, 24, 25, 26, 24, 23, 21, 30)


def series(held: list[Observation], breaks: tuple[date, ...] = ()) -> SeriesSet:
    headline = held[-1] if held else None
    return SeriesSet(headline, (), (), tuple(held), (), (), (), "", None, breaks)


def pledge(aim: Aim, value: float | None = None, by: date = BY) -> Pledge:
    return Pledge(aim, value, "percent", MEETING, by)


def judged(aim: Aim, least: float | None = None, **changes: object) -> Judged:
    """Judge by the months, the one of August changed."""
    held = [
        replace(row, **changes) if row.end == BY else row  # type: ignore[arg-type]
        for row in MONTHS
    ]
    return judge_pledge(pledge(aim, least), series(held), LATE)


@pytest.mark.parametrize(
    ("aim", "value", "kept"),
    [
        (Aim.AT_LEAST, 21, True),
        (Aim.AT_LEAST, 21.01, False),
        (Aim.AT_MOST, 21, True),
        (Aim.AT_MOST, 20.99, False),
        (Aim.FALL, None, True),  # from 22 in February
        (Aim.RISE, None, False),
    ],
)
def test_the_month_of_the_promised_day_judges(
    aim: Aim, value: float | None, kept: bool
) -> None:
    found = judged(aim, value)
    assert found.verdict is (Verdict.KEPT if kept else Verdict.NOT_KEPT)
    assert found.row is not None and found.row.end == BY


def test_a_figure_that_stays_the_same_neither_rises_nor_falls() -> None:
    for aim in (Aim.RISE, Aim.FALL):
        held = [replace(r, value=22.0) if r.end == BY else r for r in MONTHS]
        found = judge_pledge(pledge(aim), series(held), LATE)
        assert found.verdict is Verdict.NOT_KEPT


def test_before_its_day_and_before_a_figure_reaches_it_nothing_is_judged() -> None:
    early = judge_pledge(pledge(Aim.FALL), series(MONTHS), BY - timedelta(days=1))
    assert early.verdict is Verdict.NOT_DUE and say_verdict(early) == "Not due yet."
    on_the_day = judge_pledge(pledge(Aim.FALL), series(MONTHS[:-2]), BY)
    assert on_the_day.verdict is Verdict.NOT_DUE
    waits = judge_pledge(pledge(Aim.FALL), series(MONTHS[:-2]), LATE)
    assert waits.why is Why.NOT_REACHED
    assert say_verdict(waits) == ("Cannot be tested: no figure reaches that day yet.")


FAULTS: dict[Why, dict[str, object]] = {
    Why.HIDDEN: {"status": Status.HIDDEN, "value": None},
    Why.NO_NUMBER: {"status": Status.NOT_AVAILABLE, "value": None},
    Why.HELD: {"held": "two loads differ"},
    Why.PARTIAL: {"recorded": 0.9},
    Why.PROVISIONAL: {"status": Status.PROVISIONAL},
}


@pytest.mark.parametrize("why", FAULTS)
def test_a_figure_that_is_not_settled_and_shown_judges_nothing_and_says_so(
    why: Why,
) -> None:
    found = judged(Aim.AT_MOST, 21, **FAULTS[why])
    assert (found.verdict, found.why) == (Verdict.CANNOT, why)
    said = say_verdict(found)
    assert said.startswith("Cannot be tested: the figure in August 2026")
    assert "21" not in said and ("two loads differ" in said) == (why is Why.HELD)


@pytest.mark.parametrize("why", FAULTS)
def test_nor_does_a_direction_start_from_one(why: Why) -> None:
    held = [
        replace(row, **FAULTS[why]) if row.end == date(2026, 2, 28) else row  # type: ignore[arg-type]
        for row in MONTHS
    ]
    found = judge_pledge(pledge(Aim.FALL), series(held), LATE)
    assert (found.verdict, found.why) == (Verdict.CANNOT, why)
    assert "in February 2026, from which it starts," in say_verdict(found)


def test_a_direction_needs_a_start_in_the_same_unit_and_way_of_counting() -> None:
    assert judge_pledge(pledge(Aim.FALL), series(MONTHS[2:]), LATE).why is Why.NO_START
    broken = series(MONTHS, (date(2026, 4, 1),))
    assert judge_pledge(pledge(Aim.FALL), broken, LATE).why is Why.BREAK
    # A value that was promised as such does not start from anywhere.
    assert judge_pledge(pledge(Aim.AT_MOST, 21), broken, LATE).verdict is Verdict.KEPT
    assert judged(Aim.FALL, unit="count").why is Why.OTHER_UNIT
    assert judged(Aim.AT_MOST, 21, unit="count").why is Why.OTHER_UNIT
    assert judge_pledge(pledge(Aim.FALL), None, LATE).why is Why.NO_FIGURES


def test_where_no_figure_is_expected_the_next_one_judges() -> None:
    found = judged(Aim.AT_LEAST, 30, status=Status.NOT_EXPECTED, value=None)
    assert found.verdict is Verdict.KEPT
    assert found.row is not None and found.row.end == date(2026, 9, 30)


def test_a_verdict_says_the_figures_that_it_rests_on() -> None:
    assert say_verdict(judged(Aim.FALL)) == (
        "Kept: 21.0% in August 2026; at the meeting 22.0% in February 2026."
    )
    assert say_pledge(pledge(Aim.AT_MOST, 20)) == "at most 20% by 31 August 2026"
    assert say_pledge(pledge(Aim.FALL)) == (
        "fall from what it was on 10 March 2026 by 31 August 2026"
    )


# ---------- Laws, on random figures ----------

OPEN = (Status.FINAL,)
SHUT = (Status.HIDDEN, Status.NOT_AVAILABLE)


def random_series(luck: random.Random) -> list[Observation]:
    made = []
    for row in rows(*(float(luck.randint(0, 9)) for _ in range(9))):
        status = luck.choice((*OPEN * 4, *SHUT, Status.PROVISIONAL))
        made.append(
            replace(
                row,
                status=status,
                value=None if status in SHUT else row.value,
                held=luck.choice(("", "", "", "it is doubtful")),
            )
        )
    return made


def random_pledge(luck: random.Random) -> Pledge:
    aim = luck.choice(list(Aim))
    value = float(luck.randint(0, 9)) if aim.needs_value else None
    by = MEETING + timedelta(days=luck.randint(1, 230))
    return pledge(aim, value, by)


@pytest.mark.parametrize("seed", range(300))
def test_laws_of_a_verdict(seed: int) -> None:
    luck = random.Random(seed)
    held, asked = random_series(luck), random_pledge(luck)
    as_at = MEETING + timedelta(days=luck.randint(0, 300))
    found = judge_pledge(asked, series(held), as_at)

    # The order of the figures is no matter.
    mixed = replace(series(held), alike=tuple(luck.sample(held, len(held))))
    assert judge_pledge(asked, mixed, as_at) == found
    # No verdict rests on what is hidden, held, provisional or without a number.
    rests_on = [row for row in (found.row, found.start) if row is not None]
    if found.verdict in (Verdict.KEPT, Verdict.NOT_KEPT):
        assert as_at >= asked.by and rests_on and found.why is None
        for row in rests_on:
            assert row.status is Status.FINAL and not row.held
    else:
        assert (found.verdict is Verdict.CANNOT) == (found.why is not None)
    # Whatever stands in a figure that may not be judged, the verdict is the same.
    altered = [
        row
        if row.status is Status.FINAL and not row.held
        else replace(row, value=None if row.value is None else luck.random() * 9)
        for row in held
    ]
    other = judge_pledge(asked, series(altered), as_at)
    assert (other.verdict, other.why) == (found.verdict, found.why)
    # Nor does any other figure have a say than the one that reaches the day, and the
    # one at the meeting.
    if found.row is not None:
        needed = [row for row in held if row in rests_on or row is held[-1]]
        again = judge_pledge(asked, series(needed), as_at)
        assert (again.verdict, again.why) == (found.verdict, found.why)
    # A figure cannot both rise and fall, and one way of "at least" or "at most" holds.
    opposite = {
        Aim.RISE: Aim.FALL, Aim.FALL: Aim.RISE,
        Aim.AT_LEAST: Aim.AT_MOST, Aim.AT_MOST: Aim.AT_LEAST,
    }[asked.aim]  # fmt: skip
    turned = judge_pledge(replace(asked, aim=opposite), series(held), as_at)
    both = {found.verdict, turned.verdict}
    assert turned.why == found.why
    if found.verdict in (Verdict.KEPT, Verdict.NOT_KEPT):
        never = Verdict.NOT_KEPT if asked.aim.needs_value else Verdict.KEPT
        assert both != {never}
    # A promise of less is kept wherever one of more is.
    if asked.value is not None and found.verdict is Verdict.KEPT:
        easier = asked.value + (-1 if asked.aim is Aim.AT_LEAST else 1)
        lower = judge_pledge(replace(asked, value=easier), series(held), as_at)
        assert lower.verdict is Verdict.KEPT


def test_the_laws_met_every_verdict() -> None:
    met = set()
    for seed in range(300):
        luck = random.Random(seed)
        held, asked = random_series(luck), random_pledge(luck)
        as_at = MEETING + timedelta(days=luck.randint(0, 300))
        met.add(judge_pledge(asked, series(held), as_at).verdict)
    assert met == set(Verdict)
