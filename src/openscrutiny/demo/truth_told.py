"""The facts of what assessments take and find, and of whom somebody saw."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from openscrutiny.demo.careers import Assessment, Case
from openscrutiny.demo.careers import Plan as ProtectionPlan
from openscrutiny.demo.days import add_months
from openscrutiny.demo.truth_need import case_fact
from openscrutiny.demo.truth_plan import (
    DAYS,
    FLOW,
    PERCENT,
    PROTECTED,
    RATE,
    STOCK,
    WHO,
    Mix,
    Plan,
)
from openscrutiny.demo.truth_world import Fact, World

# By the number of a code, its letter left out: 3A, 3B and 3C are domestic abuse.
_GROUPS: Final = {
    "1": "Alcohol misuse", "2": "Drug misuse", "3": "Domestic abuse",
    "4": "Mental health", "5": "Learning disability",
    "6": "Physical disability or illness", "7": "Young carer",
    "8": "Privately fostered", "9": "Seeking asylum alone", "10": "Going missing",
    "11": "Child sexual exploitation", "12": "Trafficking", "13": "Gangs",
    "14": "Socially unacceptable behaviour", "15": "Self-harm", "16": "Neglect",
    "17": "Emotional abuse", "18": "Physical abuse", "19": "Sexual abuse",
    "20": "Other", "21": "None found", "22": "Female genital mutilation",
    "23": "Abuse linked to faith or belief", "24": "Child criminal exploitation",
}  # fmt: skip


def _completed(world: World) -> Iterator[tuple[Case, Assessment]]:
    for case in world.services.cases:
        for one in case.assessments:
            if one.authorised is not None:
                yield case, one


def _days(world: World) -> Iterator[Fact]:
    for case, one in _completed(world):
        assert one.authorised is not None
        days = world.working.between(case.referred, one.authorised)
        yield case_fact(case, one.authorised, amount=days)


def _factors(world: World) -> Iterator[Fact]:
    for case, one in _completed(world):
        assert one.authorised is not None
        for group in sorted({_GROUPS[code.rstrip("ABCDEF")] for code in one.factors}):
            yield case_fact(case, one.authorised, status=group)


def _visited(world: World) -> Iterator[Fact]:
    for case in world.services.cases:
        for plan in case.plans:
            yield case_fact(
                case,
                plan.start,
                until=plan.end,
                status_on=partial(_since_visit, world, plan),
            )


def _since_visit(world: World, plan: ProtectionPlan, day: date) -> str | None:
    visit = plan.last_visit(day)
    if visit is None:
        return _NO_VISIT if world.working.between(plan.start, day) > 20 else None
    days = world.working.between(visit, day)
    return next((name for most, name in _BANDS if days <= most), _BEYOND)


def _reviewed_midway(world: World) -> Iterator[Fact]:
    for case in world.services.cases:
        for plan in case.plans:
            old = add_months(plan.start, 9)
            told = partial(_was_reviewed_of_late, plan)
            yield case_fact(case, old, until=plan.end, hit_on=told)


def _was_reviewed_of_late(plan: ProtectionPlan, day: date) -> bool | None:
    review = plan.last_review(day)
    return None if review is None else review > add_months(day, -3)


def _seen(world: World) -> Iterator[Fact]:
    for case in world.services.cases:
        if case.need_plan is not None:
            start, end = case.need_plan
            ends = [day for day in (end, case.closed) if day is not None]
            told = partial(_was_seen, case)
            yield case_fact(case, start, until=min(ends, default=None), hit_on=told)


def _was_seen(case: Case, day: date) -> bool | None:
    seen = case.last_seen(day)
    return None if seen is None else (day - seen).days <= 42


_BANDS: Final = ((10, "10 or fewer"), (15, "11 to 15"), (20, "16 to 20"))
_BEYOND, _NO_VISIT = "21 or more", "No visit told"
_DAYS_SINCE: Final = (*(name for _, name in _BANDS), _BEYOND, _NO_VISIT)
_CENSUS, _EXTRACT, _TOLD = ("cin",), ("annex-a",), (*WHO, "disability")
PLANS: Final = (
    Plan("working-days-that-assessments-take", "AS3", DAYS, False, FLOW, _TOLD, _CENSUS,
         _days, per_cent=50),
    Plan("working-days-that-nine-in-ten-assessments-take-at-most", "AS3a", DAYS, False,
         FLOW, _TOLD, _CENSUS, _days, per_cent=90),
    Plan("assessments-that-found-domestic-abuse", "AS6", RATE, False, FLOW, _TOLD, _CENSUS,
         _factors, mix=Mix("factor", tuple(_GROUPS.values()), ("Domestic abuse",))),
    Plan("children-on-a-need-plan-seen-in-six-weeks", "CN3", PERCENT, True, STOCK,
         PROTECTED, _EXTRACT, _seen, once=True, on_its_day=True),
    Plan("long-protection-plans-reviewed-in-three-months", "CP11", PERCENT, True, STOCK,
         PROTECTED, _EXTRACT, _reviewed_midway, once=True, on_its_day=True),
    Plan("children-on-a-protection-plan-visited-in-20-working-days", "CP13", PERCENT, True,
         STOCK, PROTECTED, _EXTRACT, _visited, once=True, on_its_day=True,
         mix=Mix("working_days_since_visit", _DAYS_SINCE, _DAYS_SINCE[:3])),
)  # fmt: skip
