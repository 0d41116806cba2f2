"""How the care and learning indicators are counted: each with its facts, by its code."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from openscrutiny.demo import truth_care, truth_homes, truth_learning
from openscrutiny.demo.truth_plan import Mix, Plan
from openscrutiny.demo.truth_world import Fact, World
from openscrutiny.demo.whereabouts import Whereabouts
from openscrutiny.demo.write_ssda903 import Leaver

_FLOW = ("month", "quarter", "rolling_12_months", "financial_year")
_STOCK = ("month", "quarter", "financial_year")
_WHO = ("age_band", "sex", "ethnicity")
_PLANS = ("month", "quarter", "rolling_12_months", "calendar_year")
_YEARS = ("calendar_year",)
_CLA = ("ssda903", "annex-a")
_RATE, _PERCENT, _COUNT = "rate_per_10_000", "percent", "count"
_KINDS = (
    "Mainstream, state-funded", "Mainstream, independent", "Special, state-funded",
    "Special, independent or non-maintained", "Alternative provision",
    "College or other post-16", "Early years provider", "Elsewhere than in school",
    "Not in education or training", "Not known",
)  # fmt: skip
_AREAS = ("In the area", "In another area", "At no school or college", "Not known")


def _of_leavers(
    slug: str,
    code: str,
    judge: Callable[[Leaver], bool | None],
    ages: tuple[int, int] = (19, 21),
) -> Plan:
    return Plan(
        slug, code, _PERCENT, False, ("financial_year",), ("sex", "ethnicity"),
        ("ssda903",), truth_care.leavers(judge, ages),
    )  # fmt: skip


def _of_distance(
    slug: str, code: str, judge: Callable[[Whereabouts], bool | None], *more: str
) -> Plan:
    return Plan(
        slug, code, _PERCENT, True, _STOCK, (*_WHO, "placement", *more), ("ssda903",),
        truth_homes.placed_away(judge), once=True, is_told=truth_homes.knows_distances,
    )  # fmt: skip


def _of_year(
    slug: str, code: str, facts: Callable[[World], Iterable[Fact]], unit: str = _PERCENT
) -> Plan:
    """Plan what SSDA903 tells of a year's last day."""
    return Plan(slug, code, unit, True, ("financial_year",), _WHO, ("ssda903",), facts)


def _of_plans(
    slug: str,
    code: str,
    unit: str,
    facts: Callable[[World], Iterable[Fact]],
    periods: tuple[str, ...] = _PLANS,
    *more: str,
    once: bool = False,
    mix: Mix | None = None,
) -> Plan:
    state = periods != _PLANS
    return Plan(
        slug, code, unit, state, periods, (*_WHO, *more), ("sen2",), facts, once=once,
        mix=mix, edition="2026",
    )  # fmt: skip


def _of_its_day(
    slug: str,
    code: str,
    facts: Callable[[World], Iterable[Fact]],
    *breakdowns: str,
    is_told: Callable[[World, Sequence[date]], bool] | None = None,
) -> Plan:
    """Plan what an extract tells of its own day alone."""
    return Plan(
        slug, code, _PERCENT, True, _STOCK, (*breakdowns, "team"), ("annex-a",), facts,
        on_its_day=True, is_told=is_told,
    )  # fmt: skip


CARE_AND_LEARNING: Final = (
    Plan("days-from-decision-to-match", "LA24", "days", False,
         ("rolling_12_months", "financial_year"), _WHO, _CLA, truth_care.adopted,
         list_months=12),
    Plan("children-with-the-same-carers-for-two-years", "LA6", _PERCENT, True,
         ("financial_year",), _WHO, ("ssda903",), truth_care.settled, looks_back=30),
    _of_its_day("children-looked-after-visited-in-time", "LA10", truth_care.visited,
                *_WHO),
    _of_its_day("children-looked-after-seen-alone", "LA11", truth_care.heard_alone, *_WHO,
                is_told=truth_care.adds_who_was_there),
    _of_its_day("children-looked-after-reviewed-in-time", "LA12", truth_care.reviewed,
                *_WHO),
    _of_its_day("care-leavers-with-a-current-pathway-plan", "CL7",
                truth_care.planned_for, "sex", "ethnicity"),
    Plan("children-looked-after", "LA1", _RATE, True, _STOCK, (*_WHO, "team"), _CLA,
         truth_care.looked_after, once=True),
    Plan("children-who-started-to-be-looked-after", "LA2", _RATE, False, _FLOW,
         (*_WHO, "team"), _CLA, truth_care.care_begun, once=True),
    Plan("three-or-more-placements-in-the-year", "LA5", _PERCENT, False,
         ("financial_year",), _WHO, ("ssda903",), truth_care.three_placements),
    Plan("children-who-ceased-to-be-looked-after", "LA3", _RATE, False, _FLOW,
         (*_WHO, "team"), _CLA, truth_care.care_ended(), once=True, last=True),
    Plan("unaccompanied-asylum-seeking-children", "LA4", _RATE, True, _STOCK, _WHO,
         ("ssda903",), truth_care.came_alone, once=True),
    Plan("children-in-foster-care", "LA8", _PERCENT, True, _STOCK,
         (*_WHO, "placement"), ("ssda903",), truth_care.placed, once=True),
    _of_distance("placed-over-20-miles", "LA7", truth_homes.is_far_and_outside),
    _of_distance("placed-over-20-miles-in-or-out-of-the-area", "LA7a",
                 truth_homes.is_far, "location"),
    Plan("children-who-took-part-in-their-review", "LA13", _PERCENT, False, _FLOW, _WHO,
         ("ssda903",), truth_care.heard),
    Plan("children-who-were-adopted", "LA22", _PERCENT, False, _FLOW, (*_WHO, "team"),
         _CLA, truth_care.care_ended("E11", "E12"), once=True, last=True),
    Plan("children-who-left-care-to-special-guardians", "LA23", _PERCENT, False, _FLOW,
         (*_WHO, "team"), _CLA, truth_care.care_ended("E45"), once=True, last=True),
    Plan("children-who-left-care-by-a-child-arrangements-order", "LA23a", _PERCENT,
         False, _FLOW, (*_WHO, "team"), _CLA, truth_care.care_ended("E41"), once=True,
         last=True),
    _of_year("annual-health-assessments", "LA16",
             truth_care.health(lambda one: one.assessed)),
    _of_year("dental-checks", "LA16a", truth_care.health(lambda one: one.dentist)),
    _of_year("immunisations-up-to-date", "LA16b",
             truth_care.health(lambda one: one.immunised)),
    _of_year("average-difficulties-score", "LA17", truth_care.feelings, "score"),
    _of_year("children-looked-after-who-went-missing", "LA19", truth_care.absent("M")),
    _of_year("children-looked-after-away-without-authorisation", "LA19a",
             truth_care.absent("A")),
    _of_year("children-looked-after-convicted", "LA26",
             truth_care.health(lambda one: one.convicted, (10, 17))),
    _of_year("children-looked-after-with-substance-misuse", "LA26a",
             truth_care.health(lambda one: one.substances)),
    _of_leavers("care-leavers-in-touch", "CL1", truth_care.is_in_touch),
    _of_leavers("care-leavers-of-17-and-18-in-education-employment-or-training", "CL2",
                truth_care.works_or_learns, (17, 18)),
    _of_leavers("care-leavers-in-education-employment-or-training", "CL3",
                truth_care.works_or_learns),
    _of_leavers("care-leavers-not-in-education-employment-or-training", "CL4",
                truth_care.does_neither),
    _of_leavers("care-leavers-in-suitable-accommodation", "CL5",
                truth_care.lives_suitably),
    _of_leavers("care-leavers-of-17-and-18-in-suitable-accommodation", "CL5a",
                truth_care.lives_suitably, (17, 18)),
    Plan("staying-put", "CL6", _PERCENT, False, ("financial_year",),
         ("sex", "ethnicity"), ("ssda903",), truth_homes.stays_put(19, 20),
         looks_back=24, years_before=2),
    Plan("staying-put-at-18", "CL6a", _PERCENT, False, ("financial_year",),
         ("sex", "ethnicity"), ("ssda903",), truth_homes.stays_put(18)),
    _of_plans("education-health-and-care-plans", "SN1", _COUNT, truth_learning.in_force,
              ("month", "quarter", "calendar_year"), once=True),
    _of_plans("requests-for-assessment", "SN2", _COUNT, truth_learning.requested),
    _of_plans("requests-refused", "SN3", _PERCENT, truth_learning.requested),
    _of_plans("plans-issued-within-20-weeks", "SN4", _PERCENT, truth_learning.issued),
    _of_plans("all-plans-issued-within-20-weeks", "SN5", _PERCENT,
              truth_learning.all_issued),
    _of_plans("assessments-that-led-to-a-plan", "SN6", _PERCENT,
              truth_learning.assessed),
    _of_plans("requests-open-for-more-than-20-weeks", "SN8", _COUNT,
              truth_learning.still_open, _YEARS, "waiting"),
    _of_plans("annual-reviews-expected", "SN9", _COUNT, truth_learning.expected, _YEARS),
    _of_plans("annual-reviews-with-a-meeting", "SN10", _PERCENT,
              truth_learning.expected, _YEARS),
    _of_plans("annual-reviews-not-completed", "SN11", _PERCENT,
              truth_learning.unreviewed, _YEARS),
    _of_plans("review-decisions-within-4-weeks", "SN12", _PERCENT,
              truth_learning.decisions, _YEARS),
    _of_plans("annual-reviews-overdue-by-age", "SN13", _COUNT,
              truth_learning.overdue, _YEARS, "overdue"),
    _of_plans("amended-plans-within-12-weeks", "SN14", _PERCENT,
              truth_learning.amended, _YEARS),
    _of_plans("plans-in-mainstream", "SN19", _PERCENT,
              truth_learning.in_kinds, _YEARS, mix=Mix(
                  "kind_of_place", _KINDS,
                  ("Mainstream, state-funded", "Mainstream, independent"))),
    _of_plans("plans-in-independent-schools", "SN20", _PERCENT,
              truth_learning.in_kinds, _YEARS, mix=Mix(
                  "kind_of_place", _KINDS, ("Mainstream, independent",
                                            "Special, independent or non-maintained"))),
    _of_plans("plans-in-the-area", "SN21", _PERCENT, truth_learning.near, _YEARS,
              mix=Mix("where_placed", _AREAS, _AREAS[:1])),
    _of_plans("plans-educated-elsewhere-than-in-school", "SN19a", _PERCENT,
              truth_learning.placed, _YEARS, "setting"),
    _of_plans("plans-without-a-place-in-education", "SN28", _COUNT,
              truth_learning.without_place, _YEARS),
)  # fmt: skip
