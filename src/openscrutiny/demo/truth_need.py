"""The facts of the front door, assessment, need and protection, as the generator counts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from openscrutiny.demo.careers import Case
from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.truth_world import Fact, World, is_known, source_of

_CIN = ("cin", "annex-a")


def early_help(world: World) -> Iterable[Fact]:
    return (
        Fact(e.person, e.start, recorded=e.recorded) for e in world.services.early_help
    )


def case_fact(case: Case, on: date, **also: Any) -> Fact:
    """Make a fact of a case: it is typed in when the referral is."""
    return Fact(case.person, on, team=case.team, recorded=case.recorded, **also)


def _dated(
    world: World, told: date, listed: date
) -> tuple[date, tuple[str, date] | None]:
    """Date a fact that the census has on `told` and the extracts' lists on `listed`.

    It counts once: where a census counts for its day, then; else where an extract has
    it. Gives the day with what counts for it; None where nothing tells the fact.
    """
    census = source_of(world, _CIN, told)
    if census is not None and census[0] == "cin":
        return told, census
    extract = source_of(world, _CIN, listed)
    if extract is not None and extract[0] == "cin":
        return listed, None  # its census has it in the year before
    return listed, extract


def referred(world: World) -> Iterable[tuple[Case, date, tuple[str, date]]]:
    """List the cases that something tells, each on the day on which it counts."""
    for case in world.services.cases:
        on, held = _dated(world, case.referred, case.listed_on)
        if held is not None:
            yield case, on, held


def referrals(world: World) -> Iterable[Fact]:
    return (case_fact(c, on, source=c.source) for c, on, _ in referred(world))


def re_referrals(world: World) -> Iterable[Fact]:
    told = {id(case): (on, held) for case, on, held in referred(world)}
    before: dict[int, list[Case]] = defaultdict(list)
    for case in world.services.cases:
        own = before[case.person.number]
        if id(case) in told:
            on, held = told[id(case)]
            again = any(_is_told(e, told.get(id(e)), on, held) for e in own)
            yield case_fact(case, on, hit=again, source=case.source)
        own.append(case)


def _is_told(
    earlier: Case,
    counted: tuple[date, tuple[str, date]] | None,
    on: date,
    held: tuple[str, date],
) -> bool:
    """Say whether an earlier referral of the 12 months is on record.

    It is if it is in what counts for its own day; if list 3 counted it; or if its case
    was still open in the census year of this one, so that it stands in the same file.
    """

    def is_within(day: date) -> bool:
        return add_months(on, -12) <= day < on

    is_counted = counted is not None and is_within(counted[0])
    if counted is not None and is_counted and is_known(counted[1], earlier.recorded):
        return True
    if held[0] == "annex-a":
        return is_within(earlier.listed_on) and is_known(held, earlier.recorded)
    year_start = date(held[1].year - 1, 4, 1)
    is_in_file = earlier.closed is None or earlier.closed >= year_start
    return is_within(earlier.referred) and is_in_file


def closed_at_once(world: World) -> Iterable[Fact]:
    return (
        case_fact(c, on, hit=c.nfa, source=c.source) for c, on, _ in referred(world)
    )


def assessments(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.assessments:
            if one.authorised is None or one.listed_on is None:
                continue
            on, held = _dated(world, one.authorised, one.listed_on)
            if held is not None:
                days = world.working.between(case.referred, one.authorised)
                yield case_fact(case, on, hit=days <= 45)


def assessments_from_start(world: World) -> Iterable[Fact]:
    """List assessments with whether they took 45 working days from their start.

    What says when it was completed says how long it took: the list or the census.
    """
    for case in world.services.cases:
        for one in case.assessments:
            if one.authorised is None or one.listed_on is None:
                continue
            on, held = _dated(world, one.authorised, one.listed_on)
            if held is not None:
                days = world.working.between(one.start, on)
                yield case_fact(case, on, hit=days <= 45)


def in_need(world: World) -> Iterable[Fact]:
    return (
        Fact(c.person, c.referred, until=c.closed)
        for c in world.services.cases
        if not c.nfa
    )


def in_need_and_disabled(world: World) -> Iterable[Fact]:
    return (
        Fact(c.person, c.referred, until=c.closed, hit=c.person.disabled)
        for c in world.services.cases
        if not c.nfa
    )


def enquiries(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.enquiries:
            yield case_fact(case, one.start)


def conferences(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.enquiries:
            if one.conference is not None:
                days = world.working.between(one.start, one.conference)
                yield case_fact(case, one.conference, hit=days <= 15)


def on_plan(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.plans:
            long = one.start + DAY * 730
            yield case_fact(case, one.start, until=one.end, hit_from=long)


def plans_begun(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.plans:
            hit = None if one.earlier is None else one.earlier > 0
            yield case_fact(case, one.start, hit=hit)


def plans_ended(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.plans:
            if one.end is not None:
                long = (one.end - one.start).days >= 730
                yield Fact(case.person, one.end, hit=long, team=case.team)
