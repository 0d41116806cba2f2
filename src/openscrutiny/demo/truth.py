"""The generator's own count of its indicators, apart from the product's code.

It counts careers, not files, in plain Python, by docs/counting-rules.md. Nothing of the
rooms `record`, `indicators` or `figures` is used here, so that agreement means something.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from openscrutiny.demo import (
    truth_again,
    truth_early,
    truth_need,
    truth_told,
)
from openscrutiny.demo.days import add_months
from openscrutiny.demo.people import age_on, month_ends
from openscrutiny.demo.truth_plan import (
    CIN,
    COUNT,
    FLOW,
    PERCENT,
    PROTECTED,
    RATE,
    REFERRED,
    SOURCES,
    STOCK,
    WHO,
    Plan,
    source_of_referral,
)
from openscrutiny.demo.truth_plans import CARE_AND_LEARNING
from openscrutiny.demo.truth_world import Fact, World, is_known, source_of

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
CLOSED: Final[dict[str, tuple[str, ...]]] = {
    "age_band": AGES,
    "sex": ("Female", "Male", "Not known"),
    "ethnicity": ETHNIC,
    "disability": ("Disabled", "Not disabled", "Not known"),
    "referral_source": SOURCES,
    "setting": ("School or college", "Early years provider", "Elective home education",
                "Other arrangements", "Not in education or training", "Not known"),
    "location": ("In the council’s area", "Outside it", "Not known"),
    "placement": ("Foster care", "Placed for adoption", "With parents",
                  "Children’s homes and secure homes", "Supported accommodation",
                  "Other residential settings", "Other placements", "Not known"),
    "waiting": ("20 to 52 weeks", "More than 52 weeks"),
    "overdue": ("Up to 6 months", "6 to 12 months", "12 to 24 months",
                "More than 24 months", "Not known"),
}  # fmt: skip


# The kinds of line of which some are wrong on purpose, by the indicators counted from them.
_COUNTED_FROM: Final = {
    **dict.fromkeys(("FD1", "FD2", "FD3", "CN1"), "referrals"),
    **dict.fromkeys(
        (
            "LA1",
            "LA2",
            "LA3",
            "LA4",
            "LA5",
            "LA6",
            "LA7",
            "LA7a",
            "LA8",
            "LA19",
            "LA19a",
            "LA22",
            "LA23",
            "LA23a",
            "LA24",
            "CL6",
            "CL6a",
        ),
        "episodes",
    ),
}


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
            return source_of_referral(fact.source)
        case "team":
            return fact.team or "Not known"
        case _:
            return fact.kinds[name]


# --- The facts of each indicator -------------------------------------------------------


_MEANS = ("score", "days")
PLANS: Final = (
    Plan("early-help-assessments-started", "EH4", COUNT, False, FLOW, WHO,
         ("annex-a",), truth_need.early_help),
    Plan("referrals", "FD1", RATE, False, FLOW, REFERRED, CIN, truth_need.referrals,
         census_disability=True),
    Plan("re-referrals-within-12-months", "FD2", PERCENT, False, FLOW, REFERRED, CIN,
         truth_need.re_referrals, looks_back=12, tells_itself=True, census_disability=True),
    Plan("referrals-with-no-further-action", "FD3", PERCENT, False, FLOW, REFERRED,
         CIN, truth_need.closed_at_once, census_disability=True),
    Plan("assessments-completed", "AS1", RATE, False, FLOW, PROTECTED, CIN,
         truth_need.assessments),
    Plan("assessments-within-45-working-days", "AS2", PERCENT, False, FLOW,
         (*WHO, "disability"), ("cin",), truth_need.assessments),
    Plan("assessments-within-45-working-days-of-their-start", "AS2a", PERCENT, False,
         FLOW, PROTECTED, CIN, truth_need.assessments_from_start),
    Plan("children-in-need", "CN1", RATE, True, STOCK, (*WHO, "disability"), ("cin",),
         truth_need.in_need, once=True),
    Plan("section-47-enquiries", "CP1", RATE, False, FLOW, PROTECTED, CIN,
         truth_need.enquiries),
    Plan("initial-conferences-within-15-working-days", "CP3", PERCENT, False, FLOW,
         PROTECTED, CIN, truth_need.conferences),
    Plan("children-on-a-protection-plan", "CP5", RATE, True, STOCK, PROTECTED, CIN,
         truth_need.on_plan, once=True),
    Plan("repeat-protection-plans", "CP7", PERCENT, False, FLOW, PROTECTED, CIN,
         truth_need.plans_begun),
    Plan("protection-plans-of-two-years-or-more", "CP9", PERCENT, True, STOCK,
         PROTECTED, CIN, truth_need.on_plan, once=True),
    Plan("protection-plans-that-ended-after-two-years-or-more", "CP10", PERCENT, False,
         FLOW, PROTECTED, CIN, truth_need.plans_ended),
    *CARE_AND_LEARNING,
    *truth_again.PLANS,
    *truth_early.PLANS,
    *truth_told.PLANS,
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
            if plan.on_its_day and end not in world.extracts:
                continue
            days = [end] if plan.state else [*_firsts(start, end), end]
            held = [
                source_of(world, plan.returns, day, plan.list_months) for day in days
            ]
            if any(one is None for one in held):
                continue
            names = frozenset(one[0] for one in held if one is not None)
            partly = any(_is_partly_read(world, plan, one) for one in held)
            for back in range(1, plan.years_before + 1):
                past = "ssda903", date(end.year - back, 3, 31)
                partly = partly or _is_partly_read(world, plan, past)
            whole = names <= {plan.returns[0]} and not partly
            status = "final" if whole else "provisional"
            if plan.is_told and not plan.is_told(world, days):
                continue
            if plan.knows_after and not plan.knows_after(world, [start, end]):
                continue
            if plan.looks_back and not _tells_time_before(world, plan, days):
                continue
            found.append(_Period(kind, start, end, status, names))
    return found


def _is_partly_read(world: World, plan: Plan, held: tuple[str, date] | None) -> bool:
    """Say whether more than 1 line in 200 of the return cannot be read.

    An extract settles nothing but what it alone feeds.
    """
    if held is None:
        return False
    key = plan.lines or _COUNTED_FROM.get(plan.code, ""), held[1].year
    if held[0] == "annex-a":
        key = plan.extract_lines, held[1].toordinal()
    lost, written = world.lost.get(key, (0, 0))
    return lost * 200 > written


def _tells_time_before(world: World, plan: Plan, days: Sequence[date]) -> bool:
    """Say whether the months before each day are known to what counts for it.

    List 3 of Annex A says itself how many referrals a child had in them.
    """
    return all(
        source_of(world, plan.returns, back) is not None
        for day in days
        for source in [source_of(world, plan.returns, day, plan.list_months)]
        if source is not None and not (plan.tells_itself and source[0] == "annex-a")
        for back in _firsts(add_months(day.replace(day=1), -plan.looks_back), day)
    )


def _firsts(start: date, end: date) -> list[date]:
    """List the first day of each month of a period: sources change on no other."""
    days = []
    while start <= end:
        days.append(start)
        start = add_months(start, 1)
    return days


# By breakdown and category: numerator, denominator, unknown, then amounts.
Counts = dict[tuple[str, str], list[float]]


def _count_events(world: World, plan: Plan, facts: list[Fact]) -> dict[date, Counts]:
    """Count events by the month in which they lie."""
    months: dict[date, Counts] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for fact in facts:
        held = source_of(world, plan.returns, fact.on, plan.list_months)
        if held is not None and is_known(held, fact.recorded, fact.told):
            month = months[fact.on.replace(day=1)]
            _add(month, plan, fact, fact.on, held[1], fact.hit, fact.status)
    return months


def _add(
    counts: Counts,
    plan: Plan,
    fact: Fact,
    day: date,
    as_at: date,
    hit: bool | None,
    status: str | None,
) -> None:
    rows = 1
    if plan.mix is not None:
        rows = int(status is not None)
        hit = None if status is None else status in plan.mix.counted
        for each in plan.mix.statuses:
            part = counts[plan.mix.name, each]
            part[0] += status == each
            part[1] += int(status == each) if plan.unit == RATE else rows
        if plan.unit == RATE:
            rows = int(hit is True)
    for name in ("total", *plan.breakdowns):
        category = "all" if name == "total" else _category(fact, name, day, as_at)
        cell = counts[name, category]
        if _is_mean(plan):
            cell[0] += fact.amount or 0
            cell[1] += fact.amount is not None
        else:
            cell[0] += hit is True
            cell[1] += rows
        cell[2] += hit is None
        if fact.amount is not None:
            cell.append(fact.amount)


def _count_period(
    world: World,
    plan: Plan,
    period: _Period,
    facts: list[Fact],
    months: dict[date, Counts],
) -> Counts:
    counts: Counts = defaultdict(lambda: [0, 0, 0])
    if plan.state:
        held = source_of(world, plan.returns, period.end, plan.list_months)
        if plan.on_its_day:
            held = "annex-a", period.end  # and no extract made later
        assert held is not None
        seen: set[int] = set()
        for fact in facts:
            if fact.on > period.end:  # and so do all after it
                break
            if fact.until and fact.until <= period.end:
                continue
            if plan.once and fact.person.number in seen:
                continue
            if not is_known(held, fact.recorded, fact.told):
                continue
            seen.add(fact.person.number)
            hit = fact.hit if fact.hit_from is None else fact.hit_from <= period.end
            if fact.hit_on is not None:
                hit = fact.hit_on(period.end)
            status = fact.status
            if fact.status_on is not None:
                status = fact.status_on(period.end)
            _add(counts, plan, fact, period.end, held[1], hit, status)
    elif plan.once:
        seen = set()
        for fact in reversed(facts) if plan.last else facts:
            if period.start <= fact.on <= period.end and fact.person.number not in seen:
                held = source_of(world, plan.returns, fact.on, plan.list_months)
                assert held is not None
                if not is_known(held, fact.recorded, fact.told):
                    continue
                seen.add(fact.person.number)
                _add(counts, plan, fact, fact.on, held[1], fact.hit, fact.status)
    else:
        for month in _firsts(period.start, period.end):
            for key, (hits, rows, unknown, *amounts) in months.get(month, {}).items():
                cell = counts[key]
                cell.extend(amounts)
                cell[0] += hits
                cell[1] += rows
                cell[2] += unknown
    return counts


def _rows(world: World, plan: Plan) -> Iterable[list[object]]:
    facts = sorted(plan.facts(world), key=lambda f: (f.on, f.person.number))
    months = {} if plan.state or plan.once else _count_events(world, plan, facts)
    for period in _periods(world, plan):
        counts = _count_period(world, plan, period, facts, months)
        parts = {} if plan.mix is None else {plan.mix.name: plan.mix.statuses}
        for name in ("total", *plan.breakdowns, *parts):
            if name == "team" and period.returns != {"annex-a"}:
                continue
            census_only = name == "disability" and plan.census_disability
            if census_only and period.returns != {"cin"}:
                continue
            if name == "total":
                categories: Sequence[str] = ("all",)
            elif name in CLOSED or name in parts:
                categories = parts.get(name) or CLOSED[name]
            else:
                categories = sorted(c for n, c in counts if n == name)
            for category in categories:
                cell = counts.get((name, category), [0, 0, 0])
                yield _row(world, plan, period, name, category, cell)


def _quantile(amounts: Sequence[float], per_cent: int) -> float | None:
    """Lie as far along between two as its place does; None of nothing."""
    if not amounts:
        return None
    place = (len(amounts) - 1) * per_cent
    low, part = amounts[place // 100], place % 100
    high = amounts[min(place // 100 + 1, len(amounts) - 1)]
    return low + (high - low) * part / 100


def _is_mean(plan: Plan) -> bool:
    return plan.unit in _MEANS and not plan.per_cent


def _row(
    world: World,
    plan: Plan,
    period: _Period,
    name: str,
    category: str,
    cell: list[float],
) -> list[object]:
    unit, status = plan.unit, period.status
    numerator: float | str = cell[1]
    denominator: float | None = None
    value: float | None = float(cell[1])
    if unit == PERCENT or _is_mean(plan):
        factor = 100.0 if unit == PERCENT else 1.0
        numerator, denominator = cell[0], cell[1]
        value = cell[0] * factor / cell[1] if cell[1] else None
        if not cell[1]:
            status = "not_available"
    elif plan.per_cent:
        numerator, denominator = "", len(cell) - 3
        value = _quantile(sorted(cell[3:]), plan.per_cent)
        if value is None:
            status = "not_available"
    elif unit == RATE and name != "total":
        unit = COUNT
    elif unit == RATE:
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
