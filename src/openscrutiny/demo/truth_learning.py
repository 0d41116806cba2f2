"""The facts of education, health and care plans, as the generator counts them."""

from collections.abc import Iterable
from datetime import date

from openscrutiny.demo.days import DAY, add_months
from openscrutiny.demo.learning import PlanCareer
from openscrutiny.demo.schools import find_attended
from openscrutiny.demo.truth_world import Fact, World

# By the setting that the return gives: its kind, and whether that is out of school.
_NOWHERE = ("Not in education or training", True)
_PLACES: dict[str, tuple[str, bool | None]] = {
    "": ("School or college", False),
    "EYP": ("Early years provider", False),
    "EHE": ("Elective home education", True),
    **dict.fromkeys(("OLA", "OPA", "OTH"), ("Other arrangements", True)),
    **dict.fromkeys(("NEET", "NIEC", "NIEO"), _NOWHERE),
}


def in_force(world: World) -> Iterable[Fact]:
    return (
        Fact(p.person, p.start, until=p.ceased)
        for p in world.plans
        if p.start is not None
    )


def requested(world: World) -> Iterable[Fact]:
    """List requests to this authority: a plan that came was asked for elsewhere.

    It is in the numerator where the return of the year tells that it was refused.
    """
    for p in world.plans:
        if p.came is None:
            is_told = p.decided.year == p.received.year
            yield Fact(p.person, p.received, hit=is_told and p.refused == "request")


def issued(world: World) -> Iterable[Fact]:
    """List first plans issued here; the return keeps an overturned refusal as it was."""
    return _issued(world, with_exceptions=False)


def all_issued(world: World) -> Iterable[Fact]:
    return _issued(world, with_exceptions=True)


def _issued(world: World, *, with_exceptions: bool) -> Iterable[Fact]:
    for plan in world.plans:
        if plan.issued is None or plan.came is not None:
            continue
        if plan.exception and not with_exceptions:
            continue
        if plan.refused != "assessment":
            days = (plan.issued - plan.received).days
            yield Fact(plan.person, plan.issued, hit=days <= 140)


def assessed(world: World) -> Iterable[Fact]:
    """List assessments that ended: with a plan, or with the word that there is none."""
    for plan in world.plans:
        if plan.came is not None:
            continue
        if plan.refused == "assessment":
            yield Fact(plan.person, plan.told_no, hit=False)
        elif plan.issued is not None:
            yield Fact(plan.person, plan.issued)


def still_open(world: World) -> Iterable[Fact]:
    """List requests that wait for more than 20 weeks at the end of a year."""
    for last in _year_ends(world):
        for plan in world.plans:
            days = (last - plan.received).days
            if plan.came is None and days > 140 and _is_open(plan, last):
                name = "More than 52 weeks" if days > 364 else "20 to 52 weeks"
                yield _on(last, plan, kinds={"waiting": name})


def _is_open(plan: PlanCareer, last: date) -> bool:
    if plan.decided > last:
        return True
    if plan.withdrawn or plan.refused == "request":
        return False
    if plan.refused == "assessment":
        return plan.told_no > last
    return plan.issued is None or plan.issued > last


def _year_ends(world: World) -> Iterable[date]:
    return (date(year, 12, 31) for year in world.calendar_years)


def _on(
    last: date,
    plan: PlanCareer,
    hit: bool | None = True,
    kinds: dict[str, str] | None = None,
    status: str | None = None,
) -> Fact:
    until = last + DAY
    return Fact(plan.person, last, until, hit, kinds=kinds or {}, status=status)


def _in_force(world: World) -> Iterable[tuple[date, PlanCareer]]:
    for last in _year_ends(world):
        for plan in world.plans:
            if plan.in_force_on(last):
                yield last, plan


def expected(world: World) -> Iterable[Fact]:
    """List plans of before the year; in the numerator where a meeting is recorded."""
    for last, plan in _in_force(world):
        assert plan.start is not None
        if plan.start.year < last.year:
            review = plan.last_review(last)
            yield _on(last, plan, review is not None and not review.is_lost)


def decisions(world: World) -> Iterable[Fact]:
    for last, plan in _in_force(world):
        review = plan.last_review(last)
        if review is None or review.is_lost:
            continue
        if review.letter is not None and review.letter <= last:
            yield _on(last, plan, (review.letter - review.meeting).days <= 28)


def overdue(world: World) -> Iterable[Fact]:
    for last, plan in _in_force(world):
        if _is_review_late(plan, last):
            yield _on(last, plan, kinds={"overdue": _how_long(plan, last)})


def _how_long(plan: PlanCareer, last: date) -> str:
    review = plan.last_review(last)
    if review is None:
        return "Not known"
    told = review.letter if review.is_lost else review.meeting
    assert told is not None
    since = add_months(told, 12) + DAY
    if since > add_months(last, -6):
        return "Up to 6 months"
    if since > add_months(last, -12):
        return "6 to 12 months"
    return "12 to 24 months" if since > add_months(last, -24) else "More than 24 months"


def amended(world: World) -> Iterable[Fact]:
    """List reviews of the year that decided to amend: amended by now, or overdue."""
    for last, plan in _in_force(world):
        review = plan.last_review(last)
        if review is None or review.is_lost or review.decided != "A":
            continue
        if review.meeting.year != last.year:
            continue
        days = (plan.current_version(last) - review.meeting).days
        if days > 0:
            yield _on(last, plan, days <= 84)
        elif (last - review.meeting).days > 84:
            yield _on(last, plan, False)


def placed(world: World) -> Iterable[Fact]:
    for last, plan in _in_force(world):
        at = find_attended(plan, last)
        name, elsewhere = _PLACES[at.setting]
        if not at.setting and at.told == "nothing":
            name, elsewhere = "Not known", None
        yield _on(last, plan, elsewhere, {"setting": name})


# Of a setting what kind of place it is.
_KIND_OF: dict[str, str] = {
    "EYP": "Early years provider",
    **dict.fromkeys(("EHE", "OLA", "OPA", "OTH"), "Elsewhere than in school"),
    **dict.fromkeys(("NEET", "NIEC", "NIEO"), "Not in education or training"),
}


def in_kinds(world: World) -> Iterable[Fact]:
    """List plans in force with the kind of place that the child is at."""
    for last, plan in _in_force(world):
        at = find_attended(plan, last)
        of_school = at.school.kind if at.school else ""
        kind = _KIND_OF.get(at.setting, of_school) or "Not known"
        yield _on(last, plan, status=kind)


def near(world: World) -> Iterable[Fact]:
    """List plans in force with where the school is, seen from the borough."""
    for last, plan in _in_force(world):
        at = find_attended(plan, last)
        if at.is_online or at.setting not in ("", "EYP"):
            name = "At no school or college"
        elif at.school is None or at.school.area == "nobody knows":
            name = "Not known"
        else:
            name = "In another area" if at.school.area else "In the area"
        yield _on(last, plan, status=name)


def without_place(world: World) -> Iterable[Fact]:
    for last, plan in _in_force(world):
        if plan.setting in ("NEET", "NIEC", "NIEO"):
            yield _on(last, plan)


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
