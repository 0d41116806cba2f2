"""The generator's own count of the twenty-two indicators, apart from the product's code.

It counts careers, not files, in plain Python, by docs/counting-rules.md. Nothing of the
rooms `record`, `indicators` or `figures` is used here, so that agreement means something.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from openscrutiny.demo.care import CareSpell, Stay
from openscrutiny.demo.careers import Case, Services
from openscrutiny.demo.days import DAY, WorkingDays, add_months
from openscrutiny.demo.learning import PlanCareer
from openscrutiny.demo.people import Person, age_on, month_ends
from openscrutiny.demo.write_ssda903 import Leaver

__all__ = ["World", "write_truth"]

COLUMNS: Final = (
    "indicator", "code", "area_code", "area_name", "period_type", "period_start",
    "period_end", "breakdown", "category", "numerator", "denominator", "value", "unit",
    "status", "source", "edition",
)  # fmt: skip
AGES: Final = ("Unborn", "Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17",
               "18 and over", "Not known")  # fmt: skip
ETHNIC: Final = ("White", "Mixed", "Asian", "Black", "Other", "Not known")
_ETHNIC_OF: Final = {
    "WBRI": "White", "WIRI": "White", "WIRT": "White", "WOTH": "White", "WROM": "White",
    "MWBC": "Mixed", "MWBA": "Mixed", "MWAS": "Mixed", "MOTH": "Mixed", "AIND": "Asian",
    "APKN": "Asian", "ABAN": "Asian", "AOTH": "Asian", "CHNE": "Asian", "BCRB": "Black",
    "BAFR": "Black", "BOTH": "Black", "OOTH": "Other",
}  # fmt: skip
_SOURCE_OF: Final = {
    "1": "Individual", "3": "Health services", "4": "Housing",
    "5": "Local authority services", "6": "Police", "7": "Other legal agency",
    "8": "Other", "9": "Anonymous", "10": "Not known",
}  # fmt: skip
SOURCES: Final = ("Individual", "Schools", "Education services", "Health services",
                  "Housing", "Local authority services", "Police",
                  "Other legal agency", "Other", "Anonymous", "Not known")  # fmt: skip
CLOSED: Final[dict[str, tuple[str, ...]]] = {
    "age_band": AGES,
    "sex": ("Female", "Male", "Not known"),
    "ethnicity": ETHNIC,
    "disability": ("Disabled", "Not disabled", "Not known"),
    "referral_source": SOURCES,
}


@dataclass(frozen=True)
class World:
    """Hold all that is counted, and which returns were written of it."""

    authority: str
    name: str
    services: Services
    plans: Sequence[PlanCareer]
    leavers: Sequence[Leaver]
    first: date
    last: date
    financial_years: tuple[int, ...]
    calendar_years: tuple[int, ...]
    extracts: tuple[date, ...]
    children: Mapping[int, int]  # by mid-year
    working: WorkingDays
    # By kind of line and year: how many cannot be read, and how many there are.
    lost: Mapping[tuple[str, int], tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that counts: on a day, or from one day until another.

    `hit` says whether it is in the numerator; None where nobody knows. For a state
    `hit_from` is the first day on which it is.
    """

    person: Person
    on: date
    until: date | None = None
    hit: bool | None = True
    hit_from: date | None = None
    team: str = ""
    source: str = ""
    recorded: date = date.min  # an extract of an earlier day lacks it


# The kinds of line of which some are wrong on purpose, by the indicators counted from them.
_COUNTED_FROM: Final = {
    **dict.fromkeys(("FD1", "FD2", "FD3", "CN1"), "referrals"),
    **dict.fromkeys(("LA1", "LA2", "LA5"), "episodes"),
}


@dataclass(frozen=True)
class Plan:
    """How one indicator is counted."""

    slug: str
    code: str
    unit: str
    state: bool
    periods: tuple[str, ...]
    breakdowns: tuple[str, ...]
    returns: tuple[str, ...]
    facts: Callable[[World], Iterable[Fact]]
    once: bool = False
    looks_back: bool = False
    census_disability: bool = False
    edition: str = "2025"


# --- Which return counts for a day ---------------------------------------------------


def _source_of(
    world: World, returns: tuple[str, ...], day: date
) -> tuple[str, date] | None:
    """Name the return that counts for a day, and the day as at which it was made."""
    for name in returns:
        if name in ("cin", "ssda903"):
            year = day.year + (day.month > 3)
            if year in world.financial_years:
                return name, date(year, 3, 31)
        elif name == "sen2":
            if day.year in world.calendar_years:
                return name, date(day.year, 12, 31)
        else:
            held = [e for e in world.extracts if add_months(e, -6) < day <= e]
            if held:
                return name, max(held)
    return None


def _is_known(held: tuple[str, date] | None, recorded: date) -> bool:
    """Say whether what counts for a day holds a thing typed in on another.

    The returns of a closed year were written when all was typed in.
    """
    return held is not None and (held[0] != "annex-a" or recorded <= held[1])


# --- Categories ------------------------------------------------------------------------


def _age_band(born: date, day: date) -> str:
    if born > day:
        return "Unborn"
    years = age_on(born, day)
    for top, name in ((1, 1), (5, 2), (10, 3), (16, 4), (18, 5)):
        if years < top:
            return AGES[name]
    return AGES[6]


def _category(fact: Fact, name: str, day: date, as_at: date) -> str:
    person = fact.person
    match name:
        case "age_band":
            return _age_band(person.born, day)
        case "sex":
            if person.born > as_at:
                return "Not known"
            return {"M": "Male", "F": "Female"}[person.sex]
        case "ethnicity":
            return _ETHNIC_OF.get(person.ethnicity, "Not known")
        case "disability":
            if person.disabled is None:
                return "Not known"
            return "Disabled" if person.disabled else "Not disabled"
        case "referral_source":
            if fact.source in ("2A", "2B"):
                return "Schools" if fact.source == "2A" else "Education services"
            return _SOURCE_OF[fact.source if fact.source == "10" else fact.source[0]]
        case _:
            return fact.team or "Not known"


# --- The facts of each indicator -------------------------------------------------------


def _early_help(world: World) -> Iterable[Fact]:
    return (
        Fact(e.person, e.start, recorded=e.recorded) for e in world.services.early_help
    )


def _case_fact(case: Case, on: date, **also: Any) -> Fact:
    """Make a fact of a case: it is typed in when the referral is."""
    return Fact(case.person, on, team=case.team, recorded=case.recorded, **also)


def _referrals(world: World) -> Iterable[Fact]:
    return (_case_fact(c, c.referred, source=c.source) for c in world.services.cases)


def _re_referrals(world: World) -> Iterable[Fact]:
    covered = _first_covered(world)
    before: dict[int, list[Any]] = defaultdict(list)

    def held(case: Case) -> tuple[str, date] | None:
        return _source_of(world, _CIN, case.referred)

    for case in world.services.cases:
        year_start = date(case.referred.year - (case.referred.month < 4), 4, 1)
        back = add_months(case.referred, -12)
        source = held(case)
        listed = source is not None and source[0] == "annex-a"
        again = any(
            back <= e.referred < case.referred
            # An earlier referral is on record if it is in what counts for its own day;
            # if list 3 counted it; or if its case was still open in the census year of
            # this one, so that it stands in the same file.
            and (
                (e.referred >= covered and _is_known(held(e), e.recorded))
                or (
                    (listed or e.closed is None or e.closed >= year_start)
                    and _is_known(source, e.recorded)
                )
            )
            for e in before[case.person.number]
        )
        before[case.person.number].append(case)
        yield _case_fact(case, case.referred, hit=again, source=case.source)


def _first_covered(world: World) -> date:
    starts = [date(year - 1, 4, 1) for year in world.financial_years]
    starts += [add_months(day, -6) + DAY for day in world.extracts]
    return min(starts)


def _closed_at_once(world: World) -> Iterable[Fact]:
    return (
        _case_fact(c, c.referred, hit=c.nfa, source=c.source)
        for c in world.services.cases
    )


def _assessments(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.assessments:
            if one.authorised is not None:
                days = world.working.between(case.referred, one.authorised)
                yield _case_fact(case, one.authorised, hit=days <= 45)


def _assessments_from_start(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.assessments:
            if one.authorised is not None:
                days = world.working.between(one.start, one.authorised)
                yield _case_fact(case, one.authorised, hit=days <= 45)


def _in_need(world: World) -> Iterable[Fact]:
    return (
        Fact(c.person, c.referred, until=c.closed)
        for c in world.services.cases
        if not c.nfa
    )


def _enquiries(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.enquiries:
            yield _case_fact(case, one.start)


def _conferences(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.enquiries:
            if one.conference is not None:
                days = world.working.between(one.start, one.conference)
                yield _case_fact(case, one.conference, hit=days <= 15)


def _on_plan(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.plans:
            long = one.start + DAY * 730
            yield _case_fact(case, one.start, until=one.end, hit_from=long)


def _plans_begun(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.plans:
            hit = None if one.earlier is None else one.earlier > 0
            yield _case_fact(case, one.start, hit=hit)


def _plans_ended(world: World) -> Iterable[Fact]:
    for case in world.services.cases:
        for one in case.plans:
            if one.end is not None:
                long = (one.end - one.start).days >= 730
                yield Fact(case.person, one.end, hit=long, team=case.team)


def _looked_after(world: World) -> Iterable[Fact]:
    return (
        Fact(s.person, s.start, until=s.end, team=s.team, recorded=s.recorded)
        for s in world.services.care
        if not s.is_respite
    )


def _care_begun(world: World) -> Iterable[Fact]:
    return (
        Fact(s.person, s.start, team=s.team, recorded=s.recorded)
        for s in world.services.care
        if not s.is_respite
    )


def _three_placements(world: World) -> Iterable[Fact]:
    spells: dict[int, list[CareSpell]] = defaultdict(list)
    for spell in world.services.care:
        if not spell.is_respite:
            spells[spell.person.number].append(spell)
    for year in world.financial_years:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        for own in spells.values():
            if any(spell.is_open_on(last) for spell in own):
                stays = [stay for spell in own for stay in spell.stays]
                count = sum(_is_in_year(stay, first, last) for stay in stays)
                yield Fact(own[0].person, last, hit=count >= 3)


def _is_in_year(stay: Stay, first: date, last: date) -> bool:
    """Say whether a placement took at least one night of the year."""
    end = stay.end or date.max
    return stay.start <= last and end > first and end > stay.start


def _leavers(good: bool) -> Callable[[World], Iterable[Fact]]:
    def facts(world: World) -> Iterable[Fact]:
        for leaver in world.leavers:
            last = date(leaver.year, 3, 31)
            if leaver.in_touch in ("DIED", "RHOM"):
                continue
            if 19 <= age_on(leaver.person.born, last) <= 21:
                kinds = ("F", "P") if good else ("G",)
                yield Fact(leaver.person, last, hit=leaver.activity[0] in kinds)

    return facts


def _in_force(world: World) -> Iterable[Fact]:
    return (
        Fact(p.person, p.start, until=p.ceased)
        for p in world.plans
        if p.start is not None
    )


def _requested(world: World) -> Iterable[Fact]:
    """List requests to this authority: a plan that came was asked for elsewhere."""
    return (Fact(p.person, p.received) for p in world.plans if p.came is None)


def _issued(world: World) -> Iterable[Fact]:
    """List first plans issued here; the return keeps an overturned refusal as it was."""
    for plan in world.plans:
        if plan.issued is None or plan.exception or plan.came is not None:
            continue
        if plan.refused != "assessment":
            days = (plan.issued - plan.received).days
            yield Fact(plan.person, plan.issued, hit=days <= 140)


def _unreviewed(world: World) -> Iterable[Fact]:
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


_FLOW = ("month", "quarter", "rolling_12_months", "financial_year")
_STOCK = ("month", "quarter", "financial_year")
_WHO = ("age_band", "sex", "ethnicity")
_PLANS = ("month", "quarter", "rolling_12_months", "calendar_year")
_CIN = ("cin", "annex-a")
_CLA = ("ssda903", "annex-a")
_RATE, _PERCENT, _COUNT = "rate_per_10_000", "percent", "count"

_REFERRED = (*_WHO, "disability", "referral_source", "team")
_PROTECTED = (*_WHO, "disability", "team")
PLANS: Final = (
    Plan("early-help-assessments-started", "EH4", _COUNT, False, _FLOW, _WHO,
         ("annex-a",), _early_help),
    Plan("referrals", "FD1", _RATE, False, _FLOW, _REFERRED, _CIN, _referrals,
         census_disability=True),
    Plan("re-referrals-within-12-months", "FD2", _PERCENT, False, _FLOW, _REFERRED, _CIN,
         _re_referrals, looks_back=True, census_disability=True),
    Plan("referrals-with-no-further-action", "FD3", _PERCENT, False, _FLOW, _REFERRED,
         _CIN, _closed_at_once, census_disability=True),
    Plan("assessments-completed", "AS1", _RATE, False, _FLOW, _PROTECTED, _CIN,
         _assessments),
    Plan("assessments-within-45-working-days", "AS2", _PERCENT, False, _FLOW,
         (*_WHO, "disability"), ("cin",), _assessments),
    Plan("assessments-within-45-working-days-of-their-start", "AS2a", _PERCENT, False,
         _FLOW, _PROTECTED, _CIN, _assessments_from_start),
    Plan("children-in-need", "CN1", _RATE, True, _STOCK, (*_WHO, "disability"), ("cin",),
         _in_need, once=True),
    Plan("section-47-enquiries", "CP1", _RATE, False, _FLOW, _PROTECTED, _CIN,
         _enquiries),
    Plan("initial-conferences-within-15-working-days", "CP3", _PERCENT, False, _FLOW,
         _PROTECTED, _CIN, _conferences),
    Plan("children-on-a-protection-plan", "CP5", _RATE, True, _STOCK, _PROTECTED, _CIN,
         _on_plan, once=True),
    Plan("repeat-protection-plans", "CP7", _PERCENT, False, _FLOW, _PROTECTED, _CIN,
         _plans_begun),
    Plan("protection-plans-of-two-years-or-more", "CP9", _PERCENT, True, _STOCK,
         _PROTECTED, _CIN, _on_plan, once=True),
    Plan("protection-plans-that-ended-after-two-years-or-more", "CP10", _PERCENT, False,
         _FLOW, _PROTECTED, _CIN, _plans_ended),
    Plan("children-looked-after", "LA1", _RATE, True, _STOCK, (*_WHO, "team"), _CLA,
         _looked_after, once=True),
    Plan("children-who-started-to-be-looked-after", "LA2", _RATE, False, _FLOW,
         (*_WHO, "team"), _CLA, _care_begun, once=True),
    Plan("three-or-more-placements-in-the-year", "LA5", _PERCENT, False,
         ("financial_year",), _WHO, ("ssda903",), _three_placements),
    Plan("care-leavers-in-education-employment-or-training", "CL3", _PERCENT, False,
         ("financial_year",), ("sex", "ethnicity"), ("ssda903",), _leavers(True)),
    Plan("care-leavers-not-in-education-employment-or-training", "CL4", _PERCENT, False,
         ("financial_year",), ("sex", "ethnicity"), ("ssda903",), _leavers(False)),
    Plan("education-health-and-care-plans", "SN1", _COUNT, True,
         ("month", "quarter", "calendar_year"), _WHO, ("sen2",), _in_force, once=True,
         edition="2026"),
    Plan("requests-for-assessment", "SN2", _COUNT, False, _PLANS, _WHO, ("sen2",),
         _requested, edition="2026"),
    Plan("plans-issued-within-20-weeks", "SN4", _PERCENT, False, _PLANS, _WHO, ("sen2",),
         _issued, edition="2026"),
    Plan("annual-reviews-not-completed", "SN11", _PERCENT, True, ("calendar_year",), _WHO,
         ("sen2",), _unreviewed, edition="2026"),
)  # fmt: skip


# --- Periods and counting --------------------------------------------------------------


@dataclass(frozen=True)
class _Period:
    kind: str
    start: date
    end: date
    status: str
    returns: frozenset[str]


def _periods(world: World, plan: Plan) -> list[_Period]:
    lengths = {"month": 1, "quarter": 3, "rolling_12_months": 12, "financial_year": 12,
               "calendar_year": 12}  # fmt: skip
    ends = {"quarter": (3, 6, 9, 12), "financial_year": (3,), "calendar_year": (12,)}
    found = []
    for kind in plan.periods:
        for end in month_ends(add_months(world.first, -6), world.last):
            if end.month not in ends.get(kind, range(1, 13)):
                continue
            start = add_months(end.replace(day=1), 1 - lengths[kind])
            days = [end] if plan.state else [*_firsts(start, end), end]
            held = [_source_of(world, plan.returns, day) for day in days]
            if any(one is None for one in held):
                continue
            names = frozenset(one[0] for one in held if one is not None)
            partly = any(_is_partly_read(world, plan, one) for one in held)
            whole = names <= {plan.returns[0]} and not partly
            status = "final" if whole else "provisional"
            if plan.looks_back and not _tells_year_before(world, plan, days):
                continue
            found.append(_Period(kind, start, end, status, names))
    return found


def _is_partly_read(world: World, plan: Plan, held: tuple[str, date] | None) -> bool:
    """Say whether more than 1 line in 200 of a closed year's return cannot be read."""
    if held is None or held[0] == "annex-a":
        return False
    lines = _COUNTED_FROM.get(plan.code, "")
    lost, written = world.lost.get((lines, held[1].year), (0, 0))
    return lost * 200 > written


def _tells_year_before(world: World, plan: Plan, days: Sequence[date]) -> bool:
    """Say whether the 12 months before each day are known to what counts for it.

    List 3 of Annex A says itself how many referrals a child had in them.
    """
    return all(
        _source_of(world, plan.returns, back) is not None
        for day in days
        for source in [_source_of(world, plan.returns, day)]
        if source is not None and source[0] != "annex-a"
        for back in _firsts(add_months(day.replace(day=1), -12), day)
    )


def _firsts(start: date, end: date) -> list[date]:
    """List the first day of each month of a period: sources change on no other."""
    days = []
    while start <= end:
        days.append(start)
        start = add_months(start, 1)
    return days


# By breakdown and category: numerator, denominator, unknown.
Counts = dict[tuple[str, str], list[int]]


def _count_events(world: World, plan: Plan, facts: list[Fact]) -> dict[date, Counts]:
    """Count events by the month in which they lie."""
    months: dict[date, Counts] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for fact in facts:
        held = _source_of(world, plan.returns, fact.on)
        if held is not None and _is_known(held, fact.recorded):
            _add(months[fact.on.replace(day=1)], plan, fact, fact.on, held[1], fact.hit)
    return months


def _add(
    counts: Counts, plan: Plan, fact: Fact, day: date, as_at: date, hit: bool | None
) -> None:
    for name in ("total", *plan.breakdowns):
        category = "all" if name == "total" else _category(fact, name, day, as_at)
        cell = counts[name, category]
        cell[0] += hit is True
        cell[1] += 1
        cell[2] += hit is None


def _count_period(
    world: World,
    plan: Plan,
    period: _Period,
    facts: list[Fact],
    months: dict[date, Counts],
) -> Counts:
    counts: Counts = defaultdict(lambda: [0, 0, 0])
    if plan.state:
        held = _source_of(world, plan.returns, period.end)
        assert held is not None
        seen: set[int] = set()
        for fact in facts:
            if fact.on > period.end or (fact.until and fact.until <= period.end):
                continue
            if plan.once and fact.person.number in seen:
                continue
            if not _is_known(held, fact.recorded):
                continue
            seen.add(fact.person.number)
            hit = fact.hit if fact.hit_from is None else fact.hit_from <= period.end
            _add(counts, plan, fact, period.end, held[1], hit)
    elif plan.once:
        seen = set()
        for fact in facts:
            if period.start <= fact.on <= period.end and fact.person.number not in seen:
                held = _source_of(world, plan.returns, fact.on)
                assert held is not None
                if not _is_known(held, fact.recorded):
                    continue
                seen.add(fact.person.number)
                _add(counts, plan, fact, fact.on, held[1], fact.hit)
    else:
        for month in _firsts(period.start, period.end):
            for key, (hits, rows, unknown) in months.get(month, {}).items():
                cell = counts[key]
                cell[0] += hits
                cell[1] += rows
                cell[2] += unknown
    return counts


def _rows(world: World, plan: Plan) -> Iterable[list[object]]:
    facts = sorted(plan.facts(world), key=lambda f: (f.on, f.person.number))
    months = {} if plan.state or plan.once else _count_events(world, plan, facts)
    for period in _periods(world, plan):
        counts = _count_period(world, plan, period, facts, months)
        for name in ("total", *plan.breakdowns):
            if name == "team" and period.returns != {"annex-a"}:
                continue
            census_only = name == "disability" and plan.census_disability
            if census_only and period.returns != {"cin"}:
                continue
            if name == "total":
                categories: Sequence[str] = ("all",)
            elif name in CLOSED:
                categories = CLOSED[name]
            else:
                categories = sorted(c for n, c in counts if n == name)
            for category in categories:
                cell = counts.get((name, category), [0, 0, 0])
                yield _row(world, plan, period, name, category, cell)


def _row(
    world: World, plan: Plan, period: _Period, name: str, category: str, cell: list[int]
) -> list[object]:
    unit, status = plan.unit, period.status
    numerator, denominator = cell[1], None
    value: float | None = float(cell[1])
    if unit == _PERCENT:
        numerator, denominator = cell[0], cell[1]
        value = cell[0] * 100.0 / cell[1] if cell[1] else None
        if not cell[1]:
            status = "not_available"
    elif unit == _RATE and name != "total":
        unit = _COUNT
    elif unit == _RATE:
        wanted = period.end.year - (period.end.month <= 3)
        year = max(y for y in world.children if y <= wanted)
        if year < wanted:
            status = "provisional"
        denominator = world.children[year]
        value = cell[1] * 10_000.0 / denominator
    return [
        plan.slug, plan.code, world.authority, world.name, period.kind, period.start,
        period.end, name, category, numerator,
        "" if denominator is None else denominator,
        "" if value is None else repr(value), unit, status, "own", plan.edition,
    ]  # fmt: skip


def write_truth(path: Path, world: World) -> int:
    """Write what the generator counted; give the number of rows."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for plan in PLANS:
            for row in _rows(world, plan):
                writer.writerow(row)
                written += 1
    return written
