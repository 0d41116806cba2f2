"""Bank holidays by rule, clear days, and what is due before and after a meeting."""

import doctest
from datetime import date, timedelta
from types import ModuleType

import holidays
import pytest

from openscrutiny import working_days
from openscrutiny.errors import OpenScrutinyError
from openscrutiny.scrutiny.meetings import deadlines
from openscrutiny.scrutiny.meetings.agenda_states import AFTER, Paper, check_paper_moves
from openscrutiny.scrutiny.meetings.deadlines import (
    DEFAULT_OFFSETS,
    PUBLISH,
    Standing,
    check_offsets,
    plan_deadlines,
    say_clear_days,
    say_standing,
    stand_on,
)
from openscrutiny.working_days import (
    CLEAR_DAYS,
    add_working_days,
    bank_holidays,
    count_clear_days,
    easter,
    is_working_day,
    last_day_to_publish,
    working_day_numbers,
    working_day_on_or_after,
    working_day_on_or_before,
)

DAY = timedelta(days=1)
# Every day of six years: three with a holiday that was moved or given once.
DAYS = [date(2020, 1, 1) + n * DAY for n in range(6 * 365)]


# ---------- The calendar ----------


@pytest.mark.parametrize("year", range(1974, 2100))
def test_bank_holidays_by_rule_are_those_of_another_list(year: int) -> None:
    """A library lists them too, and weekends beside the days that are kept instead.

    It leaves out the first New Year's Day that was a holiday, proclaimed in 1973.
    """
    listed = set(holidays.country_holidays("GB", subdiv="ENG", years=[year]))
    listed |= {date(1974, 1, 1)} if year == 1974 else set()
    assert set(bank_holidays(year)) == {day for day in listed if day.weekday() < 5}


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # A royal wedding; New Year's Day was worked.
        (1973, "04-20 04-23 05-28 08-27 11-14 12-25 12-26"),
        # The first New Year's Day that was one; no holiday in May but Spring.
        (1974, "01-01 04-12 04-15 05-27 08-26 12-25 12-26"),
        # As GOV.UK lists them.
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    ],
)
def test_bank_holidays_worked_by_hand(year: int, days: str) -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays(year)] == days.split()


def test_easter_is_a_sunday_from_22_march_to_25_april() -> None:
    for year in range(1900, 2200):
        day = easter(year)
        assert day.weekday() == 6
        assert date(year, 3, 22) <= day <= date(year, 4, 25)
    assert easter(2008) == date(2008, 3, 23) and easter(2038) == date(2038, 4, 25)


@pytest.mark.parametrize(
    ("meeting", "last", "why"),
    [
        (date(2026, 12, 8), date(2026, 11, 30), "Tuesday: Monday of the week before"),
        (date(2026, 4, 14), date(2026, 4, 2), "over Easter: 7, 8, 9, 10, 13 April"),
        (date(2027, 1, 5), date(2026, 12, 23), "24, 29, 30, 31 December, 4 January"),
        (date(2022, 9, 26), date(2022, 9, 15), "16, 20, 21, 22, 23 September 2022"),
        (date(2026, 6, 1), date(2026, 5, 21), "22, 26, 27, 28, 29 May"),
    ],
)
def test_the_last_day_to_publish_worked_by_hand(
    meeting: date, last: date, why: str
) -> None:
    assert last_day_to_publish(meeting) == last, why
    assert count_clear_days(last, meeting) == CLEAR_DAYS, why


def test_laws_of_clear_days_hold_on_every_day_of_six_years() -> None:
    for meeting in DAYS:
        last = last_day_to_publish(meeting)
        assert is_working_day(last) and last < meeting
        assert count_clear_days(last, meeting) == CLEAR_DAYS
        # A working day later is one too few; a day earlier is never fewer.
        assert count_clear_days(add_working_days(last, 1), meeting) == CLEAR_DAYS - 1
        assert count_clear_days(last - DAY, meeting) >= CLEAR_DAYS


def test_laws_of_working_days_hold_on_every_day_of_six_years() -> None:
    for day in DAYS:
        before, after = working_day_on_or_before(day), working_day_on_or_after(day)
        assert before <= day <= after and (before == day) == is_working_day(day)
        assert (before == after) == is_working_day(day)
        if is_working_day(day):
            assert add_working_days(add_working_days(day, 7), -7) == day
            assert count_clear_days(day, add_working_days(day, 4)) == 3
    assert add_working_days(date(2026, 4, 4), 0) == date(2026, 4, 4)


def test_days_are_numbered_by_the_working_days_up_to_them() -> None:
    numbers = working_day_numbers(2023, 2024)
    assert len(numbers) == 731 and numbers[date(2023, 1, 2)] == 0
    assert numbers[date(2023, 1, 3)] == 1
    over_easter = numbers[date(2024, 4, 2)] - numbers[date(2024, 3, 28)]
    assert over_easter == 1
    # 8 May 2023 was given once, for the coronation; the year had 251 working days.
    assert numbers[date(2023, 5, 9)] - numbers[date(2023, 5, 5)] == 1
    assert numbers[date(2023, 12, 31)] == 251


# ---------- What is due ----------


def test_the_usual_timetable_of_a_meeting_worked_by_hand() -> None:
    planned = plan_deadlines(date(2026, 12, 8), DEFAULT_OFFSETS)
    assert [(one.key, f"{one.day:%d %b}") for one in planned] == [
        ("programme", "03 Nov"),
        ("freeze", "13 Nov"),
        ("figures", "17 Nov"),
        ("commentary", "20 Nov"),
        ("challenge", "24 Nov"),
        ("sign-off", "26 Nov"),
        ("clearance", "27 Nov"),  # the 28th is a Saturday
        ("final", "27 Nov"),  # the 29th a Sunday
        ("publish", "30 Nov"),
        ("questions", "04 Dec"),
        ("pre-meeting", "07 Dec"),
        ("actions", "11 Dec"),
        ("minutes", "18 Dec"),
    ]
    said = {one.key: one.why for one in planned}
    assert said["clearance"] == "28 November 2026 is not a working day."
    assert said[PUBLISH] == said["freeze"] == ""


def test_publication_is_never_later_than_the_law_has_it() -> None:
    late = {**DEFAULT_OFFSETS, PUBLISH: -1}
    early = {**DEFAULT_OFFSETS, PUBLISH: -30}
    for meeting in DAYS[::11]:
        for offsets in (DEFAULT_OFFSETS, late, early):
            planned = plan_deadlines(meeting, offsets)
            days = {one.key: one.day for one in planned}
            assert count_clear_days(days[PUBLISH], meeting) >= CLEAR_DAYS
            assert all(map(is_working_day, days.values()))
            assert [one.day for one in planned] == sorted(days.values())
            assert days["pre-meeting"] < meeting < days["actions"]
    [moved] = [
        one for one in plan_deadlines(date(2027, 1, 5), DEFAULT_OFFSETS)
        if one.key == PUBLISH
    ]  # fmt: skip
    assert moved.day == date(2026, 12, 23) and "5 clear days" in moved.why


def test_how_a_deadline_stands() -> None:
    due = date(2026, 11, 20)
    for done, today, standing, said in (
        (due, due, Standing.DONE, "Done on 20 November 2026"),
        (due + DAY, due + DAY, Standing.DONE_LATE,
         "Done on 21 November 2026, 1 day late"),
        (None, due + 2 * DAY, Standing.LATE, "2 days late"),
        (None, due, Standing.SOON, "Due today"),
        (None, due - DAY, Standing.SOON, "Due in 1 day"),
        (None, due - 6 * DAY, Standing.TO_COME, "Due in 6 days"),
    ):  # fmt: skip
        assert stand_on(due, done, today) is standing
        assert say_standing(due, done, today) == said


def test_too_few_clear_days_are_said_with_the_law() -> None:
    meeting = date(2026, 12, 8)
    assert say_clear_days(date(2026, 11, 30), meeting) == "5 clear days"
    assert say_clear_days(date(2026, 12, 4), meeting) == (
        "1 clear day: 4 too few (Local Government Act 1972, section 100B)"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"freeze": 3}, "cannot be due 3 days after"),
        ({"minutes": -3}, "cannot be due 3 days before"),
        ({"freeze": -500}, "1 to 180 days before"),
        ({"minutes": 91}, "0 to 90 after"),
        ({"riddle": 1}, "every step once"),
    ],
)
def test_a_timetable_that_cannot_be_kept_is_refused(
    given: dict[str, int], said: str
) -> None:
    with pytest.raises(OpenScrutinyError) as caught:
        check_offsets({**DEFAULT_OFFSETS, **given})
    assert said in f"{caught.value.message} {caught.value.fix}"


# ---------- Papers ----------


@pytest.mark.parametrize("module", [working_days, deadlines])
def test_the_examples_of_these_modules_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted >= 2 and found.failed == 0


def test_a_paper_moves_as_its_table_says_and_to_follow_needs_a_reason() -> None:
    for now, allowed in AFTER.items():
        for then in Paper:
            if then in allowed:
                assert check_paper_moves(now, then, "Why.") is then
            else:
                with pytest.raises(OpenScrutinyError, match="cannot become"):
                    check_paper_moves(now, then, "Why.")
    assert AFTER[Paper.PUBLISHED] == ()
    for then in (Paper.TO_FOLLOW, Paper.WITHDRAWN):
        with pytest.raises(OpenScrutinyError, match="needs a reason"):
            check_paper_moves(Paper.AWAITED, then, " ")
