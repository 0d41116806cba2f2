"""The facts of contacts and early help, as the generator counts them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from openscrutiny.demo.added_columns import adds_columns, decided_on
from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.truth_need import case_fact, referred
from openscrutiny.demo.truth_plan import CIN, FLOW, PERCENT, RATE, WHO, Plan
from openscrutiny.demo.truth_world import Fact, World, is_known, source_of

_EXTRACT = ("annex-a",)
_SENT = (*WHO, "referral_source")


def _days_of_referral(world: World) -> dict[int, list[date]]:
    """List the days on which each person was referred, as far as anything tells."""
    found: dict[int, list[date]] = defaultdict(list)
    for case, on, held in referred(world):
        if is_known(held, case.recorded):
            found[case.person.number].append(on)
    return found


def _contacts(world: World) -> Iterator[Fact]:
    """List contacts: one for each referral, and those that led to none.

    Contacts of one child on one day from one source are one.
    """
    told = set()
    for case in world.services.cases:
        told.add((case.person.number, case.referred, case.source))
        yield case_fact(case, case.referred, source=case.source)
    for contact in world.services.contacts:
        key = (contact.person.number, contact.on, contact.source)
        if key not in told:
            told.add(key)
            yield Fact(contact.person, contact.on, source=contact.source)


def _contacts_decided(world: World) -> Iterator[Fact]:
    """Say whether each was decided on the day or the next working day, where it is told."""
    for fact in _contacts(world):
        decided, hit = decided_on(fact.person, fact.on), None
        if decided is not None and decided >= fact.on:
            hit = world.working.between(fact.on, decided) <= 1
        yield replace(fact, hit=hit)


def _adds_the_decision(world: World, days: Sequence[date]) -> bool:
    held = [source_of(world, _EXTRACT, day, 3) for day in days]
    return all(one and adds_columns(one[1], world.extracts) for one in held)


def _lists_made_a_week_after(world: World, days: Sequence[date]) -> bool:
    """Say whether each day is told by a list made seven days later."""
    day = days[0]
    while day <= days[-1]:
        held = source_of(world, _EXTRACT, day, 3)
        if held is None or held[1] < day + DAY * 7:
            return False
        day += DAY
    return True


def _contacts_followed(world: World) -> Iterator[Fact]:
    days = _days_of_referral(world)
    for fact in _contacts(world):
        followed = [
            day for day in days[fact.person.number] if 0 <= (day - fact.on).days <= 7
        ]
        yield Fact(
            fact.person,
            fact.on,
            hit=bool(followed),
            source=fact.source,
            recorded=fact.recorded,
        )


def _knows_a_week_after(world: World, days: Sequence[date]) -> bool:
    return all(
        source_of(world, CIN, days[-1] + DAY * number) is not None
        for number in range(1, 8)
    )


def _early_help_in_time(world: World) -> Iterator[Fact]:
    for one in world.services.early_help:
        hit = world.working.between(one.start, one.end) <= 45
        yield Fact(one.person, one.start, hit=hit, recorded=one.recorded)


def _lists_made_three_months_after(world: World, days: Sequence[date]) -> bool:
    """Say whether each day is told by a list made three months later."""
    day = days[0]
    while day <= days[-1]:
        held = source_of(world, _EXTRACT, day)
        if held is None or held[1] < add_months(day, 3):
            return False
        day += DAY
    return True


def _stepped_up(world: World) -> Iterator[Fact]:
    days = _days_of_referral(world)
    for one in world.services.early_help:
        last = add_months(one.start, 12)
        hit = any(one.start < day <= last for day in days[one.person.number])
        yield Fact(one.person, one.start, hit=hit, recorded=one.recorded)


def _knows_a_year_after(world: World, days: Sequence[date]) -> bool:
    day, last = days[-1], add_months(days[-1], 12)
    while day < last:
        day += DAY
        if source_of(world, CIN, day) is None:
            return False
    return True


PLANS: Final = (
    Plan("contacts", "EH1", RATE, False, FLOW, _SENT, _EXTRACT, _contacts, list_months=3),
    Plan("contacts-decided-in-a-day", "EH2", PERCENT, False, FLOW, _SENT, _EXTRACT,
         _contacts_decided, list_months=3, knows_after=_lists_made_a_week_after,
         is_told=_adds_the_decision),
    Plan("contacts-that-became-referrals", "EH3", PERCENT, False, FLOW, _SENT, _EXTRACT,
         _contacts_followed, list_months=3, knows_after=_knows_a_week_after,
         extract_lines="list 3"),
    Plan("early-help-assessments-within-45-working-days", "EH5", PERCENT, False, FLOW, WHO,
         _EXTRACT, _early_help_in_time, knows_after=_lists_made_three_months_after),
    Plan("early-help-followed-by-a-referral", "EH8", PERCENT, False, FLOW, WHO, _EXTRACT,
         _stepped_up, knows_after=_knows_a_year_after, extract_lines="list 3"),
)  # fmt: skip
