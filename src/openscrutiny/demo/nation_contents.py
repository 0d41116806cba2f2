"""What stands in each of the invented nation's open data tables.

Columns, filters and labels are those of the real tables; the counts are the same that
the long extract prints rates and percentages of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from openscrutiny.demo.nation_counts import Counts
from openscrutiny.demo.nation_tables import (
    CARE_PLACES,
    PLANS_PLACES,
    Column,
    Table,
    Whole,
    count,
    mean,
    percent,
    split,
)

Made = Mapping[str, Counts]
Asked = tuple[int, Mapping[str, int]]

_YEARS: Final = ("2020", "2021", "2022", "2023", "2024", "2025")
_SPAN: Final = "2020_to_2025"
_REPORTING: Final = "Reporting year"
_CALENDAR: Final = "Calendar year"
_WORKFORCE_COLUMNS: Final = (
    "inpost_fte",
    "inpost_headcount",
    "starters_fte",
    "starters_headcount",
    "leavers_fte",
    "leavers_headcount",
    "turnover_rate_fte",
    "turnover_rate_headcount",
    "agency_fte",
    "agency_headcount",
    "agency_rate_fte",
    "agency_rate_headcount",
    "agency_cover_fte",
    "agency_cover_rate_fte",
    "vacancy_fte",
    "vacancy_rate_fte",
    "vacancy_agency_cover_rate_fte",
    "case_holders_fte",
    "cases",
    "caseload_fte",
    "working_days_lost_fte",
    "absence_rate_fte",
)


def make_tables(
    random: Generator,
    made: Made,
    plans: Whole,
    without_review: Whole,
    asked: Asked,
) -> tuple[Table, ...]:
    """Make every table.

    `plans` are those in force at the end of 2024 and `without_review` those of them
    whose review was due and not held: a row a place, one column. `asked` are the
    requests that the council itself counted: its row, and how many by year.
    """
    return (
        _referrals(random, made),
        _children_in_need(random, made),
        _enquiries_and_conferences(random, made),
        _second_plans(made),
        _looked_after(made),
        _care_leavers(made),
        _timeliness(random, made),
        _requests(random, made, asked),
        _annual_reviews(random, plans, without_review),
        _workforce(random, made),
    )


def _one_part(name: str, category: str, columns: dict[str, Column]) -> Table:
    return Table(
        f"{name}_{_SPAN}",
        _YEARS,
        _REPORTING,
        ("category",),
        (((category,), columns),),
        hides_small=True,
    )


def _fewer(random: Generator, whole: Whole, share: float) -> Whole:
    """Count the children behind a number of events."""
    fewer: Whole = np.minimum(whole, random.binomial(whole, share) + (whole > 0))
    return fewer


def _referrals(random: Generator, made: Made) -> Table:
    again = made["ReReferral"]
    closed = made["CIN_Refferals_NFA"].numerator
    referrals = made["CPP_Total_Rateper10,000"].numerator
    not_in_need = random.binomial(np.maximum(referrals - closed, 0), 0.32)
    children = _fewer(random, referrals, 0.87)
    again_children = np.minimum(_fewer(random, again.numerator, 0.82), children)
    return _one_part(
        "c1_children_in_need_referrals_and_rereferrals",
        "Referrals and Re-referrals",
        {
            "referral_count": count(referrals),
            "rereferral_count": count(again.numerator),
            "rereferral_percent": percent(again.numerator, referrals),
            "no_further_action_count": count(closed),
            "no_further_action_percent": percent(closed, referrals),
            "not_in_need_count": count(not_in_need),
            "not_in_need_percent": percent(not_in_need, referrals),
            "referral_child_count": count(children),
            "rereferral_child_count": count(again_children),
            "rereferral_child_percent": percent(again_children, children),
        },
    )


def _children_in_need(random: Generator, made: Made) -> Table:
    open_now = made["CIN"].numerator
    ended = np.rint(open_now * random.uniform(0.95, 1.15, open_now.shape))
    started = np.rint(ended * random.uniform(0.97, 1.05, open_now.shape))
    ended_whole, started_whole = ended.astype(np.int64), started.astype(np.int64)
    during = open_now + ended_whole
    return _one_part(
        "b1_children_in_need",
        "Children in Need",
        {
            "Anypoint_episodes": count(during),
            "Anypoint_child": count(_fewer(random, during, 0.92)),
            "Started_episodes": count(started_whole),
            "Started_child": count(_fewer(random, started_whole, 0.93)),
            "Ended_episodes": count(ended_whole),
            "Ended_child": count(_fewer(random, ended_whole, 0.93)),
            "At31_episodes": count(open_now),
            "awaiting_assessment": count(random.binomial(open_now, 0.04)),
        },
    )


def _enquiries_and_conferences(random: Generator, made: Made) -> Table:
    enquiries = made["Section_47"].numerator
    in_time, held = made["ICPC_in_15"].numerator, made["ICPC_in_15"].denominator
    early, ordinary = split(random, in_time, (0.11, 0.89))
    late, very_late = split(random, held - in_time, (0.48, 0.52))
    first, last = (
        random.integers(12, 15, held.shape),
        random.integers(15, 19, held.shape),
    )
    return _one_part(
        "c4_children_in_need_section_47s_and_icpcs",
        "Section 47s and Initial Child Protection Conferences",
        {
            "Section47": count(enquiries),
            "Section47_child": count(_fewer(random, enquiries, 0.85)),
            "ICPC": count(held),
            "ICPC_child": count(_fewer(random, held, 0.98)),
            "Duration_0-10_days": count(early),
            "Duration_11-15_days": count(ordinary),
            "Duration_16-20_days": count(late),
            "Duration_21+_days": count(very_late),
            "Duration_25th_Percentile": mean(first),
            "Duration_median": mean(np.full_like(held, 14)),
            "Duration_75th_Percentile": mean(last),
        },
    )


def _second_plans(made: Made) -> Table:
    again, started = made["PrevRegCPR"].numerator, made["PrevRegCPR"].denominator
    return _one_part(
        "d3_cpps_subsequent_plan",
        "Child Protection Plans which are a second or subsequent plan",
        {
            "CPP_start": count(started),
            "CPP_subsequent": count(again),
            "CPP_subsequent_percent": percent(again, started),
        },
    )


def _looked_after(made: Made) -> Table:
    groups = {
        "Children looked after on 31 March each year": made["LAC"],
        "Children starting to be looked after each year": made["LAC_Start_Rate"],
    }
    return Table(
        "cla_number_and_rate_per_10k_children",
        _YEARS,
        _REPORTING,
        ("population_type",),
        tuple(
            (
                (label,),
                {
                    "population_estimate": count(held.denominator),
                    "children_count": count(held.numerator),
                    "rate_per_10000": Column(held.numerator, held.denominator, 10_000),
                },
            )
            for label, held in groups.items()
        ),
        CARE_PLACES,
        hides_small=True,
    )


def _care_leavers(made: Made) -> Table:
    """Divide care leavers into learning or work, neither, and not known."""
    everyone = made["CareLeaverEET"].denominator
    learning = made["CareLeaverEET"].numerator
    idle = np.minimum(made["CareLeaversNEET"].numerator, everyone - learning)
    unknown = everyone - learning - idle
    groups = {
        "Total": everyone,
        "Total in education, employment or training": learning,
        "Total not in education, employment or training": idle,
        "Total information not known": unknown,
    }
    return Table(
        "la_care_leavers_activity",
        _YEARS,
        _REPORTING,
        ("care_leaver_age", "breakdown"),
        tuple(
            (
                ("19 to 21 years", label),
                {
                    "care_leaver_count": count(held),
                    "care_leaver_percent": percent(held, everyone, 0),
                },
            )
            for label, held in groups.items()
        ),
        CARE_PLACES,
        hides_small=True,
    )


def _plans_table(
    name: str, label: str, columns: dict[str, Column], years: tuple[str, ...] = _YEARS
) -> Table:
    return Table(
        name,
        years,
        _CALENDAR,
        ("breakdown_topic", "breakdown"),
        (((label, label), columns),),
        PLANS_PLACES,
    )


def _timeliness(random: Generator, made: Made) -> Table:
    held = made["SEN_EHC_Excpt_20wks"]
    excepted = random.binomial(held.denominator, 0.04)
    all_plans = held.denominator + excepted
    all_in_time = held.numerator + random.binomial(excepted, 0.2)
    late, very_late = split(random, held.denominator - held.numerator, (0.9, 0.1))
    all_late, all_very_late = split(random, all_plans - all_in_time, (0.9, 0.1))
    columns: dict[str, Column] = {
        "plans_issued_den": count(all_plans),
        "plans_issued_den_ex": count(held.denominator),
        "plans_issued_within_20_weeks": count(all_in_time),
        "plans_issued_20_weeks_ex": count(held.numerator),
        "pc_plans_issued_within_20_weeks": percent(all_in_time, all_plans),
        "PC_plans_issued_20_weeks_ex": percent(held.numerator, held.denominator),
    }
    for name, everything, without in (
        ("gt20weeks_ltYear", all_late, late),
        ("gt_1_year", all_very_late, very_late),
    ):
        columns |= {
            f"plans_issued_{name}": count(everything),
            f"plans_issued_{name}_ex": count(without),
            f"pc_plans_issued_{name}": percent(everything, all_plans),
            f"PC_plans_issued_{name}_ex": percent(without, held.denominator),
        }
    return _plans_table("timeliness_20_week", "All EHC plans issued", columns)


def _requests(random: Generator, made: Made, asked: Asked) -> Table:
    issued = made["SEN_EHC_Excpt_20wks"].denominator
    received = np.rint(issued * random.uniform(1.3, 1.7, issued.shape)).astype(np.int64)
    council, by_year = asked
    for year, number in by_year.items():
        if year in _YEARS:
            received[council, _YEARS.index(year)] = number
    yes, no, waiting, withdrawn = split(random, received, (0.68, 0.2, 0.11, 0.01))
    decided = yes + no
    soon = random.binomial(decided, random.uniform(0.6, 0.97, (issued.shape[0], 1)))
    mediated = random.binomial(no, 0.25)
    tribunal = random.binomial(no, 0.12)
    return _plans_table(
        "requests",
        "All requests for EHC needs assessments",
        {
            "requests_received_in_year": count(received),
            "requests_rya": count(random.binomial(received, 0.001)),
            "requests_decided_to_assess": count(yes),
            "requests_decided_not_to_assess": count(no),
            "requests_decision_not_made": count(waiting),
            "requests_withdrawn": count(withdrawn),
            "request_assess_pc": percent(yes, received),
            "request_not_assess_pc": percent(no, received),
            "request_outstanding_pc": percent(waiting, received),
            "request_withdrawn_pc": percent(withdrawn, received),
            "request_outcome_six_weeks": count(soon),
            "request_outcome_over_6_weeks": count(decided - soon),
            "request_outcome_six_weeks_pc": percent(soon, decided),
            "request_outcome_over_6_weeks_pc": percent(decided - soon, decided),
            "mediation_related_request": count(mediated),
            "tribunal_related_request": count(tribunal),
            "tribunal_after_mediation_request": count(random.binomial(tribunal, 0.6)),
        },
    )


def _annual_reviews(random: Generator, plans: Whole, without_review: Whole) -> Table:
    not_expected = random.binomial(plans - without_review, 0.18)
    expected = plans - not_expected
    held = expected - without_review
    this_year, before = split(random, held, (0.71, 0.29))
    decided = random.binomial(held, random.uniform(0.3, 0.8, plans.shape))
    outcomes = split(random, decided, (0.67, 0.04, 0.29))
    not_due = random.binomial(held - decided, 0.05)
    soon = random.binomial(decided, random.uniform(0.15, 0.75, plans.shape))
    nothing = np.zeros_like(plans)
    return _plans_table(
        "annual_reviews",
        "All annual reviews",
        {
            "total_ehc_plans": count(plans),
            "review_expected": count(expected),
            "review_not_expected": count(not_expected),
            "review_meeting_25": count(nothing),
            "review_meeting_24": count(this_year),
            "review_meeting_prior_24": count(before),
            "review_meeting_prior_24#2": count(before),  # the real table has it twice
            "total_review_meeting": count(held),
            "no_review_meeting": count(without_review),
            "review_decision25": count(nothing),
            "review_decision24": count(decided),
            "review_decision_prior24": count(nothing),
            "review_decision_not_due": count(not_due),
            "review_decision_outstanding": count(held - decided - not_due),
            "outcome_amend": count(outcomes[0]),
            "outcome_cease": count(outcomes[1]),
            "outcome_maintan": count(outcomes[2]),  # spelt so in the real table
            "no_outcome": count(held - decided),
            "number_decsion_4weeks": count(soon),
            "number_decision_gt_4weeks": count(decided - soon),
            "pc_decsion_4weeks": percent(soon, decided),
            "pc_decision_gt_4weeks": percent(decided - soon, decided),
        },
        ("2024",),
    )


@dataclass(frozen=True)
class _Staff:
    """Hold full-time equivalents in tenths, cases and working days lost in tenths."""

    in_post: Whole
    starters: Whole
    leavers: Whole
    agency: Whole
    covering: Whole
    vacant: Whole
    holders: Whole
    cases: Whole
    days_lost: Whole


def _invent_staff(random: Generator, children: Whole) -> _Staff:
    shape = children.shape
    level = np.exp(random.normal(0, 0.15, (shape[0], 1)))
    posts = np.rint(children * 0.00297 * 10 * level * random.uniform(0.96, 1.04, shape))
    in_post = np.maximum(posts, 100).astype(np.int64)

    def part(middle: float, spread: float) -> Whole:
        """Draw a part of the posts: a level of the place's own, and a little a year."""
        own = random.normal(0, spread, (shape[0], 1)) + random.normal(0, 0.2, shape)
        tenths: Whole = np.rint(in_post * middle * np.exp(own)).astype(np.int64)
        return tenths

    vacant, agency = part(0.15, 0.45), part(0.14, 0.5)
    holders = np.minimum(part(0.58, 0.1), in_post)
    load = 15.2 * np.exp(random.normal(0, 0.13, (shape[0], 1)))
    cases = np.rint(holders / 10 * load * random.uniform(0.93, 1.07, shape))
    return _Staff(
        in_post,
        starters=part(0.14, 0.2),
        leavers=part(0.12, 0.2),
        agency=agency,
        covering=np.minimum(np.rint(agency * 0.81).astype(np.int64), vacant),
        vacant=vacant,
        holders=holders,
        cases=cases.astype(np.int64),
        days_lost=part(8.8, 0.2),
    )


def _workforce(random: Generator, made: Made) -> Table:
    """Invent the social work workforce."""
    staff = _invent_staff(random, made["LAC"].denominator)
    posts = {
        "inpost": staff.in_post,
        "starters": staff.starters,
        "leavers": staff.leavers,
        "agency": staff.agency,
    }
    full_time = {
        f"{name}_fte": Column(held, tenths=True) for name, held in posts.items()
    }
    people = {
        name: np.rint(held * 0.104).astype(np.int64) for name, held in posts.items()
    }
    heads = {f"{name}_headcount": count(held) for name, held in people.items()}
    rates = {
        "turnover_rate_fte": percent(staff.leavers, staff.in_post),
        "turnover_rate_headcount": percent(people["leavers"], people["inpost"]),
        "agency_rate_fte": percent(staff.agency, staff.agency + staff.in_post),
        "agency_rate_headcount": percent(
            people["agency"], people["agency"] + people["inpost"]
        ),
        "agency_cover_fte": Column(staff.covering, tenths=True),
        "agency_cover_rate_fte": percent(staff.covering, staff.agency),
        "vacancy_fte": Column(staff.vacant, tenths=True),
        "vacancy_rate_fte": percent(staff.vacant, staff.vacant + staff.in_post),
        "vacancy_agency_cover_rate_fte": percent(staff.covering, staff.vacant),
        "case_holders_fte": Column(staff.holders, tenths=True),
        "cases": count(staff.cases),
        "caseload_fte": Column(staff.cases, staff.holders, 10, 1),
        "working_days_lost_fte": Column(staff.days_lost, tenths=True),
        "absence_rate_fte": percent(staff.days_lost, staff.in_post * 253),
    }
    made_columns = {**full_time, **heads, **rates}
    columns = {name: made_columns[name] for name in _WORKFORCE_COLUMNS}
    return Table(f"csww_indicators_{_SPAN}", _YEARS, _REPORTING, (), (((), columns),))
