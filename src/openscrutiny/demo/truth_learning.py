"""The facts of education, health and care plans, as the generator counts them."""

from collections.abc import Iterable
from datetime import date

from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.learning import PlanCareer
from openscrutiny.demo.truth_world import Fact, World

__all__ = [
    "in_force",
    "issued",
    "requested",
    "unreviewed",
]


def in_force(world: World) -> Iterable[Fact]:
    return (
        Fact(p.person, p.start, until=p.ceased)
        for p in world.plans
        if p.start is not None
    )


def requested(world: World) -> Iterable[Fact]:
    """List requests to this authority: a plan that came was asked for elsewhere."""
    return (Fact(p.person, p.received) for p in world.plans if p.came is None)


def issued(world: World) -> Iterable[Fact]:
    """List first plans issued here; the return keeps an overturned refusal as it was."""
    for plan in world.plans:
        if plan.issued is None or plan.exception or plan.came is not None:
            continue
        if plan.refused != "assessment":
            days = (plan.issued - plan.received).days
            yield Fact(plan.person, plan.issued, hit=days <= 140)


def unreviewed(world: World) -> Iterable[Fact]:
    for year in world.calendar_years:
        last = date(year, 12, 31)
        for plan in world.plans:
            if plan.in_force_on(last):
                late = _is_review_late(plan, last)
                yield Fact(plan.person, last, until=last + DAY, hit=late)


def _is_review_late(plan: PlanCareer, last: date) -> bool | None:
    """Say whether the last meeting, or else the issue, is over 12 months ago.

    None where the return cannot tell: the meeting's date was lost, and the letter after
    it is of these 12 months.
    """
    a_year_ago = add_months(last, -12)
    review = plan.last_review(last)
    assert plan.start is not None and plan.issued is not None
    issued_here = plan.came is None and plan.refused != "assessment"
    if issued_here and plan.issued.year == last.year:
        return False
    if review is None:
        return plan.start.year < last.year
    if not review.is_lost:
        return review.meeting < a_year_ago
    assert review.letter is not None
    return True if review.letter < a_year_ago else None
