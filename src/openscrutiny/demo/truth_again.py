"""The facts of children who come back: to the front door, and to a protection plan.

Counted from careers, by the words of the definitions and not by their expressions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from openscrutiny.demo.careers import Assessment, Case, Plan
from openscrutiny.demo.days import add_months
from openscrutiny.demo.truth_need import (
    case_fact,
    in_need_and_disabled,
    plans_begun,
    referred,
)
from openscrutiny.demo.truth_plan import (
    CIN,
    FLOW,
    PERCENT,
    PROTECTED,
    RATE,
    REFERRED,
    SLOW_FLOW,
    SOURCES,
    STOCK,
    WHO,
    Mix,
    source_of_referral,
)
from openscrutiny.demo.truth_plan import (
    Plan as Count,
)
from openscrutiny.demo.truth_world import Fact, World, is_known, source_of

_RETIRED: Final = {"18A": ("18B", "18C"), "19A": ("19B", "19C")}
Told = Callable[[Case, list[Case]], str | None]


def _sources(world: World) -> Iterator[Fact]:
    """List referrals with the group of sources from which they came."""
    for case, on, _ in referred(world):
        status = source_of_referral(case.source)
        yield case_fact(case, on, source=case.source, status=status)


def _from(source: str) -> Callable[[World], Iterator[Fact]]:
    def facts(world: World) -> Iterator[Fact]:
        return (replace(f, hit=f.status == source) for f in _sources(world))

    return facts


def _back(world: World, tell: Told) -> Iterator[Fact]:
    """List re-referrals, each with what is told of it and of the child's cases before."""
    before: dict[int, list[Case]] = defaultdict(list)
    for case in world.services.cases:
        own = before[case.person.number]
        year_before = add_months(case.referred, -12)
        if any(year_before <= one.referred < case.referred for one in own):
            status = tell(case, own)
            yield case_fact(case, case.referred, source=case.source, status=status)
        own.append(case)


# --- The same factors, or new ones -----------------------------------------------------


def _again_with_factors(world: World) -> Iterator[Fact]:
    return _back(world, _compare_factors)


def _compare_factors(case: Case, own: list[Case]) -> str | None:
    last_day = date(case.referred.year + (case.referred.month > 3), 3, 31)
    now = min(
        (a for a in case.assessments if a.authorised and a.authorised <= last_day),
        key=_completed,
        default=None,
    )
    year_before = add_months(case.referred, -12)
    earlier = [
        one
        for other in own
        for one in other.assessments
        if one.authorised and year_before <= one.authorised < case.referred
    ]
    if now is None or not earlier:
        return None
    latest = max(one.authorised for one in earlier if one.authorised)
    then = min((a for a in earlier if a.authorised == latest), key=lambda a: a.start)
    found = [_factors(one) for one in (now, then)]
    if any(not factors - {"20"} for factors in found):
        return None
    common = found[0] & found[1] - {"20", "21"}
    return "A factor in common" if common else "No factor in common"


def _completed(one: Assessment) -> tuple[date, date]:
    assert one.authorised is not None
    return one.authorised, one.start


def _factors(one: Assessment) -> set[str]:
    return {now for code in one.factors for now in _RETIRED.get(code, (code,))}


# --- How soon, and after what ----------------------------------------------------------


def _again_soon(world: World) -> Iterator[Fact]:
    return _back(world, _tell_gap)


def _tell_gap(case: Case, own: list[Case]) -> str | None:
    closed = [
        one.closed
        for one in own
        if one.closed is not None
        and one.referred < case.referred
        and add_months(case.referred, -12) <= one.closed <= case.referred
    ]
    if not closed:
        return None
    last = max(closed)
    for months, name in ((3, "Within 3 months"), (6, "3 to 6 months")):
        if case.referred <= add_months(last, months):
            return name
    return "6 to 12 months"


def _again_after(world: World) -> Iterator[Fact]:
    return _back(world, _tell_outcome)


def _tell_outcome(case: Case, own: list[Case]) -> str | None:
    before = [one for one in own if one.referred < case.referred]
    last = max(before, key=lambda one: (one.referred, not one.nfa))
    if last.nfa:
        return "After no further action"
    begun = [plan.start for one in own for plan in one.plans]
    begun += [one.need_plan[0] for one in own if one.need_plan is not None]
    if any(last.referred <= day < case.referred for day in begun):
        return "After a plan"
    return "After assessment, without a plan"


def _referred_often(world: World) -> Iterator[Fact]:
    told: dict[int, list[date]] = defaultdict(list)
    known = [
        (case, on)
        for case, on, held in referred(world)
        if is_known(held, case.recorded)
    ]
    for case, on in known:
        told[case.person.number].append(on)
    for case, on in known:
        first = add_months(on, -24)
        so_far = sum(first <= day <= on for day in told[case.person.number])
        yield case_fact(case, on, hit=so_far >= 3, source=case.source)


# --- Plans -----------------------------------------------------------------------------


def _plans(world: World) -> Iterator[tuple[Case, Plan, Plan | None]]:
    """List plans, each with the child's plan that ended last in the 24 months before."""
    own: dict[int, list[tuple[Case, Plan]]] = defaultdict(list)
    for case in world.services.cases:
        for plan in case.plans:
            own[case.person.number].append((case, plan))
    for case in world.services.cases:
        for plan in case.plans:
            ended = [
                (other.end, other)
                for of, other in own[case.person.number]
                if other.end is not None
                and other.start < plan.start
                and add_months(plan.start, -24) <= other.end <= plan.start
                and is_known(_source(world, other.end), of.recorded)
            ]
            latest = max(ended, key=lambda one: one[0], default=None)
            yield case, plan, None if latest is None else latest[1]


def _source(world: World, day: date) -> tuple[str, date] | None:
    return source_of(world, ("cin", "annex-a"), day)


def _plans_again(world: World) -> Iterator[Fact]:
    for case, plan, earlier in _plans(world):
        status = "No plan in the 24 months before"
        if earlier is not None and earlier.end is not None:
            bands = ((6, "Within 6 months"), (12, "6 to 12 months"))
            status = next(
                (w for m, w in bands if plan.start <= add_months(earlier.end, m)),
                "12 to 24 months",
            )
        yield case_fact(case, plan.start, status=status)


def _plans_of_same_category(world: World) -> Iterator[Fact]:
    for case, plan, earlier in _plans(world):
        if earlier is not None:
            yield case_fact(case, plan.start, hit=plan.category == earlier.category)


def _plans_reviewed(world: World) -> Iterable[Fact]:
    """List plans from three months on; whether reviews were in time turns with the day."""
    for case in world.services.cases:
        for plan in case.plans:
            yield Fact(
                case.person,
                add_months(plan.start, 3),
                until=plan.end,
                hit_on=_make_review_check(plan),
                recorded=case.recorded,
            )


def _make_review_check(plan: Plan) -> Callable[[date], bool]:
    steps: list[Any] = [(plan.start, 3), *((day, 6) for day in sorted(plan.reviews))]

    def was_in_time(day: date) -> bool:
        for place, (on, months) in enumerate(steps):
            if on > day:
                return True
            due = add_months(on, months)
            after = steps[place + 1][0] if place + 1 < len(steps) else None
            if after is None or after > day:
                return day <= due
            if after > due and day < add_months(due, 12):
                return False
        return True

    return was_in_time


# --- How each is counted ---------------------------------------------------------------


_COMMON = ("A factor in common", "No factor in common")
_GAPS = ("Within 3 months", "3 to 6 months", "6 to 12 months")
_OUTCOMES = ("After no further action", "After assessment, without a plan",
             "After a plan")  # fmt: skip
_PLAN_GAPS = ("Within 6 months", "6 to 12 months", "12 to 24 months",
              "No plan in the 24 months before")  # fmt: skip
_SENT = (*WHO, "disability", "team")


def _of_back(
    slug: str, code: str, facts: Callable[[World], Iterator[Fact]], mix: Mix
) -> Count:
    return Count(slug, code, PERCENT, False, SLOW_FLOW,
                 (*WHO, "disability", "referral_source"), ("cin",), facts, looks_back=12,
                 mix=mix, lines="referrals")  # fmt: skip


PLANS: Final = (
    _of_back("re-referrals-with-the-same-factor", "FD2a", _again_with_factors,
             Mix("factors", _COMMON, _COMMON[:1])),
    _of_back("re-referrals-with-new-factors-alone", "FD2b", _again_with_factors,
             Mix("factors", _COMMON, _COMMON[1:])),
    _of_back("re-referrals-within-three-months-of-closure", "FD2c", _again_soon,
             Mix("gap_since_closure", _GAPS, _GAPS[:1])),
    _of_back("re-referrals-after-no-plan", "FD2d", _again_after,
             Mix("earlier_outcome", _OUTCOMES, _OUTCOMES[:2])),
    Count("referrals-by-source", "FD4", PERCENT, False, FLOW, _SENT, CIN, _sources,
          mix=Mix("source", SOURCES, ("Police",)), lines="referrals",
          census_disability=True),
    Count("referrals-from-schools", "FD4a", PERCENT, False, FLOW, _SENT, CIN,
          _from("Schools"), lines="referrals", census_disability=True),
    Count("referrals-from-health-services", "FD4b", PERCENT, False, FLOW, _SENT, CIN,
          _from("Health services"), lines="referrals", census_disability=True),
    Count("children-referred-three-times-in-24-months", "FD6", PERCENT, False, SLOW_FLOW,
          REFERRED, CIN, _referred_often, once=True, last=True, looks_back=24,
          lines="referrals", census_disability=True),
    Count("disabled-children-in-need", "DS1", PERCENT, True, STOCK, WHO, ("cin",),
          in_need_and_disabled, once=True, lines="referrals"),
    Count("protection-plans-started", "CP6", RATE, False, FLOW, PROTECTED, CIN,
          plans_begun),
    Count("repeat-protection-plans-within-24-months", "CP8", PERCENT, False, FLOW,
          PROTECTED, CIN, _plans_again, looks_back=24,
          mix=Mix("gap_since_earlier_plan", _PLAN_GAPS, _PLAN_GAPS[:3])),
    Count("repeat-protection-plans-of-the-same-category", "CP8a", PERCENT, False, FLOW,
          (*WHO, "disability"), CIN, _plans_of_same_category, looks_back=24),
    Count("protection-plans-reviewed-in-time", "CP12", PERCENT, True, STOCK,
          (*WHO, "disability"), ("cin",), _plans_reviewed, once=True, looks_back=18),
)  # fmt: skip
