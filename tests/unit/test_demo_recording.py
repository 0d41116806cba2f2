"""The invented borough types some events in late, and never in an impossible order."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from openscrutiny.demo.careers import Services, make_services
from openscrutiny.demo.days import WorkingDays
from openscrutiny.demo.people import make_people, month_ends
from openscrutiny.demo.recording import record_late

FIRST, LAST = date(2024, 10, 1), date(2026, 9, 30)


def make_recorded(seed: int = 1) -> Services:
    chance = random.Random(seed)
    people = make_people(chance, 4000, FIRST, LAST)
    working = WorkingDays(FIRST.year - 9, LAST.year + 3)
    made = make_services(chance, people, 4000, FIRST, LAST, working)
    return record_late(random.Random(seed + 1), made)


@pytest.fixture(scope="module")
def services() -> Services:
    return make_recorded()


def share_missing(pairs: list[tuple[date, date]], months_later: int) -> float:
    """Give the share of events that an extract, months after their month, lacks."""
    ends = month_ends(date(2018, 1, 1), date(2027, 1, 31))
    missing = 0
    for happened, recorded in pairs:
        own = next(i for i, end in enumerate(ends) if happened <= end)
        missing += recorded > ends[own + months_later]
    return missing / len(pairs)


@pytest.mark.parametrize(
    ("later", "low", "high"), [(0, 0.09, 0.16), (1, 0.012, 0.04), (2, 0.0, 0.0)]
)
def test_a_plausible_share_of_a_month_is_missing_and_soon_nothing(
    services: Services, later: int, low: float, high: float
) -> None:
    referrals = [(c.referred, c.recorded) for c in services.cases]
    early = [(e.start, e.recorded) for e in services.early_help]

    assert low <= share_missing(referrals, later) <= high
    assert low <= share_missing(early, later) <= high


def test_nothing_is_typed_in_before_it_happened(services: Services) -> None:
    assert all(c.recorded >= c.referred for c in services.cases)
    assert all(e.recorded >= e.start for e in services.early_help)


def test_a_childs_later_referral_is_never_typed_in_before_the_earlier(
    services: Services,
) -> None:
    by_child = defaultdict(list)
    for case in services.cases:
        by_child[case.person.number].append(case)
    again = [own for own in by_child.values() if len(own) > 1]

    assert again
    for own in again:
        typed = [c.recorded for c in sorted(own, key=lambda c: c.referred)]
        assert typed == sorted(typed)


def test_care_is_typed_in_with_the_referral_that_led_to_it(services: Services) -> None:
    cared = [case for case in services.cases if case.care is not None]

    assert cared
    assert all(c.care and c.care.recorded == c.recorded for c in cared)


def test_closed_years_hold_everything_by_the_day_their_returns_are_made(
    services: Services,
) -> None:
    longest = max(c.recorded - c.referred for c in services.cases)

    # Returns of a year to 31 March are dated 1 June.
    assert date(2026, 3, 31) + longest < date(2026, 6, 1)
    assert longest <= timedelta(days=58)


def test_the_same_seed_gives_the_same_days() -> None:
    one, other = make_recorded(5), make_recorded(5)

    assert [c.recorded for c in one.cases] == [c.recorded for c in other.cases]
    assert [e.recorded for e in one.early_help] == [
        e.recorded for e in other.early_help
    ]
