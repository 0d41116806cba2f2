"""Averages before and after a dated event: when they may stand beside each other."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from openscrutiny.adoption.decisions import Event, Rebase
from openscrutiny.analyses.nowcast import Nowcast
from openscrutiny.indicators.definition import Clock
from openscrutiny.judgement.dated import (
    find_steps,
)
from openscrutiny.judgement.series import Observation, SeriesSet
from openscrutiny.nothing import Status
from openscrutiny.numbers import Display
from openscrutiny.periods import PeriodType, add_months, make_period, month_end
from openscrutiny.story.model import Chart
from openscrutiny.story.over_time.nowcasting import Recording
from openscrutiny.story.pictures.context import Context
from openscrutiny.story.pictures.dated import (
    draw_step,
    say_step_beside,
)
from openscrutiny.story.pictures.months import make_monthly_chart
from unit.test_story_telling import definition

FIRST = date(2024, 1, 31)


def month(
    number: int, value: float | None = 20.0, numerator: float = 50.0, **changes: Any
) -> Observation:
    """Give the month that many after January 2024."""
    end = month_end(add_months(FIRST, number))
    facts: dict[str, Any] = {
        "span": make_period(PeriodType.MONTH, end),
        "area_code": "999",
        "area_name": "Borough",
        "numerator": None if value is None else numerator,
        "denominator": None if value is None else 250.0,
        "value": value,
        "unit": "percent",
        "status": Status.NOT_AVAILABLE if value is None else Status.FINAL,
        "source": "own",
        "edition": "2025",
        "why": "",
        "unknown": 0,
        "year_label": "",
        "fed_by": "cin/2025",
    }
    return Observation(**{**facts, **changes})


def series(before: int, after: int) -> list[Observation]:
    """Give so many months of 20 before April 2025 and of 30 from it on.

    April 2025 is the sixteenth month, number 15.
    """
    return [
        month(number, 20.0 if number < 15 else 30.0)
        for number in range(15 - before, 15 + after)
    ]


EVENT = Event(date(2025, 4, 1), "One front door", "practice", codes=("FD2",))


def steps_of(rows: list[Observation], *events: Event, **options: Any) -> list[Any]:
    about = definition(**options.pop("about", {}))
    rebases = options.pop("rebases", ())
    return list(find_steps(rows, about, events or (EVENT,), rebases))


def test_the_averages_are_of_equally_many_months_on_each_side() -> None:
    (step,) = steps_of(series(14, 9))

    assert (len(step.before), len(step.after)) == (9, 9)
    assert step.means == (20.0, 30.0)


def test_twelve_months_a_side_are_the_most() -> None:
    (step,) = steps_of(series(15, 15))

    assert (len(step.before), len(step.after)) == (12, 12)
    assert (step.before[-1].end, step.after[0].end) == (
        date(2025, 3, 31),
        date(2025, 4, 30),
    )


@pytest.mark.parametrize(("before", "after"), [(7, 12), (12, 7), (0, 12), (12, 0)])
def test_fewer_than_eight_months_on_a_side_are_too_few(before: int, after: int) -> None:
    assert steps_of(series(before, after)) == []


def test_eight_months_on_each_side_are_enough() -> None:
    assert len(steps_of(series(8, 8))) == 1


def test_an_event_that_concerns_everything_keeps_its_flag_alone() -> None:
    general = Event(date(2025, 4, 1), "Savings notice", "budget")

    assert steps_of(series(12, 12), general) == []


def test_an_event_of_another_indicator_is_left_alone() -> None:
    other = Event(date(2025, 4, 1), "New team", "practice", codes=("FD1",))

    assert steps_of(series(12, 12), other) == []


def test_the_month_in_which_it_happened_is_of_neither_side() -> None:
    inside = Event(date(2025, 4, 14), "One front door", "practice", codes=("FD2",))

    (step,) = steps_of(series(12, 12), inside)

    assert step.before[-1].end == date(2025, 3, 31)
    assert step.after[0].end == date(2025, 5, 31)
    assert len(step.after) == 11


def test_what_lasts_is_left_out_as_a_whole() -> None:
    lasting = Event(
        date(2025, 4, 1), "Lockdown", "lockdown", date(2025, 5, 31), codes=("FD2",)
    )

    (step,) = steps_of(series(12, 12), lasting)

    assert step.after[0].end == date(2025, 6, 30)


def test_a_month_without_a_figure_ends_a_side() -> None:
    rows = series(12, 12)
    rows[3] = month(6, None)  # eight months before the event are left

    (step,) = steps_of(rows)

    assert len(step.before) == 8
    rows[4] = month(7, None)
    assert steps_of(rows) == []


def rebase(day: date) -> Rebase:
    return Rebase("FD2", day, "A new way of counting.", "A. Person", day)


@pytest.mark.parametrize("day", [date(2025, 4, 1), date(2025, 1, 1), date(2025, 9, 1)])
def test_it_never_reaches_across_a_rebasing(day: date) -> None:
    assert steps_of(series(12, 12), rebases=(rebase(day),)) == []


def test_a_rebasing_far_from_the_date_shortens_both_sides() -> None:
    (step,) = steps_of(series(12, 12), rebases=(rebase(date(2024, 7, 1)),))

    assert step.before[0].span.start == date(2024, 7, 1)
    assert (len(step.before), len(step.after)) == (9, 9)


def test_small_counts_have_no_average() -> None:
    rows = [month(number, numerator=4.0) for number in range(3, 27)]

    assert steps_of(rows) == []


def test_a_stock_has_no_average() -> None:
    assert steps_of(series(12, 12), about={"clock": Clock.STATE}) == []


@pytest.mark.parametrize(
    "kind",
    [PeriodType.ROLLING_12_MONTHS, PeriodType.QUARTER, PeriodType.FINANCIAL_YEAR],
)
def test_only_months_have_averages(kind: PeriodType) -> None:
    rows = [
        month(
            number,
            span=replace(
                make_period(PeriodType.MONTH, month_end(add_months(FIRST, number))),
                type=kind,
            ),
        )
        for number in range(3, 27)
    ]

    assert steps_of(rows) == []


def test_the_words_claim_nothing() -> None:
    (step,) = steps_of(series(12, 12))

    assert say_step_beside(step, Display("percent", 1)) == (
        "Average 12 months before: 20.0%; after: 30.0%. Dated beside each other; the "
        "chart does not say that one led to the other."
    )


def test_a_level_is_drawn_over_its_own_months_and_over_nothing_else() -> None:
    (step,) = steps_of(series(12, 12))
    earlier, later = draw_step(step)

    assert {mark.value for mark in earlier.marks} == {20.0}
    assert earlier.marks[-1].end < EVENT.on <= later.marks[0].end
    assert {mark.value for mark in later.marks} == {30.0}


def drawn(rows: list[Observation], recording: Recording | None = None) -> Chart:
    about = definition()
    context = Context(
        about,
        "Borough",
        date(2026, 9, 30),
        events=(EVENT,),
        recording=recording or Recording(),
    )
    series = SeriesSet(rows[-1], (), tuple(rows), tuple(rows), (), (), (), "")
    made = make_monthly_chart(series, context)
    assert made is not None
    return made


def test_the_monthly_chart_draws_both_levels_and_says_what_they_are() -> None:
    made = drawn(series(12, 12))

    assert made.wide.count('class="l-step"') == made.narrow.count('class="l-step"') == 2
    assert made.events[0].startswith("1: 1 April 2025, One front door (change of ")
    assert "Average 12 months before: 20.0%; after: 30.0%." in made.events[0]
    assert "average 12 months before 1 April 2025 20.0%, after 30.0%" in made.wide
    assert "thick level line" in made.foot


def test_a_month_still_being_recorded_is_of_no_average() -> None:
    rows = series(12, 9)
    rows[-1] = month(23, 2.0, numerator=5.0)
    end = rows[-1].end
    open_month = Recording({end: Nowcast(5, 0, 50, 45, 55, 0.1, 6, 5)})

    made = drawn(rows, open_month)

    assert "Average 8 months before: 20.0%; after: 30.0%." in made.events[0]


def test_without_room_for_averages_the_flag_stands_alone() -> None:
    made = drawn(series(12, 5))

    assert made.events == ("1: 1 April 2025, One front door (change of practice).",)
    assert "l-step" not in made.wide and "thick" not in made.foot
