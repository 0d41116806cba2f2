"""The twenty-two twins by code, each with its periods, returns and breakdowns."""

from collections.abc import Callable

from twins.assessment import count_as1, count_as2, count_as2a, count_cn1
from twins.care_leavers import count_cl3, count_cl4
from twins.child_protection import (
    count_cp1,
    count_cp3,
    count_cp5,
    count_cp7,
    count_cp9,
    count_cp10,
)
from twins.early_help import count_eh4
from twins.front_door import (
    count_fd1,
    count_fd2,
    count_fd3,
    tells_earlier_referrals,
)
from twins.looked_after import count_la1, count_la2
from twins.model import Counted, Twin
from twins.placements import count_la5
from twins.send import count_sn1, count_sn2, count_sn4, count_sn11

EVENTS = ("month", "quarter", "rolling_12_months", "financial_year")
STATES = ("month", "quarter", "financial_year")
PLAN_EVENTS = ("month", "quarter", "rolling_12_months", "calendar_year")
CENSUS = ("cin",)
CENSUS_OR_EXTRACT = ("cin", "annex-a")
SSDA903 = ("ssda903",)
SSDA903_OR_EXTRACT = ("ssda903", "annex-a")

# Some breakdowns are held by one return alone.
HELD_BY = {"team": frozenset({"annex-a"})}
PERSON = "age_band sex ethnicity"
ASSESSED = f"{PERSON} disability team"
REFERRED = f"{PERSON} disability referral_source team"


def twin(
    code: str,
    unit: str,
    table: str,
    returns: tuple[str, ...],
    periods: tuple[str, ...],
    breakdowns: str,
    count: Callable[..., list[Counted]],
    *,
    only_census: str = "",
    tells_year_before: Callable[..., bool] | None = None,
) -> Twin:
    held = {}
    for name in breakdowns.split():
        held[name] = HELD_BY.get(name, frozenset(returns))
        if name in only_census.split():
            held[name] = frozenset({"cin"})
    state = code in {"CN1", "CP5", "CP9", "LA1", "SN1", "SN11"}
    return Twin(
        code, unit, table, returns, periods, held, count, tells_year_before, state
    )


def referral_twin(
    code: str,
    unit: str,
    count: Callable[..., list[Counted]],
    tells_year_before: Callable[..., bool] | None = None,
) -> Twin:
    return twin(
        code,
        unit,
        "cin_episodes",
        CENSUS_OR_EXTRACT,
        EVENTS,
        REFERRED,
        count,
        only_census="disability",
        tells_year_before=tells_year_before,
    )


RATE = "rate_per_10_000"
PERCENT = "percent"

_ALL = (
    twin(
        "EH4", "count", "early_help_episodes", ("annex-a",), EVENTS, PERSON, count_eh4
    ),
    referral_twin("FD1", RATE, count_fd1),
    referral_twin("FD2", PERCENT, count_fd2, tells_earlier_referrals),
    referral_twin("FD3", PERCENT, count_fd3),
    twin(
        "AS1", RATE, "cin_assessments", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_as1
    ),
    twin(
        "AS2",
        PERCENT,
        "cin_assessments",
        CENSUS,
        EVENTS,
        f"{PERSON} disability",
        count_as2,
    ),
    twin(
        "AS2a",
        PERCENT,
        "cin_assessments",
        CENSUS_OR_EXTRACT,
        EVENTS,
        ASSESSED,
        count_as2a,
    ),
    twin(
        "CN1", RATE, "cin_episodes", CENSUS, STATES, f"{PERSON} disability", count_cn1
    ),
    twin("CP1", RATE, "s47_enquiry", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp1),
    twin(
        "CP3",
        PERCENT,
        "initial_cp_conference",
        CENSUS_OR_EXTRACT,
        EVENTS,
        ASSESSED,
        count_cp3,
    ),
    twin("CP5", RATE, "cp_plans", CENSUS_OR_EXTRACT, STATES, ASSESSED, count_cp5),
    twin("CP7", PERCENT, "cp_plans", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp7),
    twin("CP9", PERCENT, "cp_plans", CENSUS_OR_EXTRACT, STATES, ASSESSED, count_cp9),
    twin("CP10", PERCENT, "cp_plans", CENSUS_OR_EXTRACT, EVENTS, ASSESSED, count_cp10),
    twin(
        "LA1",
        RATE,
        "cla_episodes",
        SSDA903_OR_EXTRACT,
        STATES,
        f"{PERSON} team",
        count_la1,
    ),
    twin(
        "LA2",
        RATE,
        "cla_episodes",
        SSDA903_OR_EXTRACT,
        EVENTS,
        f"{PERSON} team",
        count_la2,
    ),
    twin(
        "LA5", PERCENT, "cla_episodes", SSDA903, ("financial_year",), PERSON, count_la5
    ),
    twin(
        "CL3",
        PERCENT,
        "care_leavers",
        SSDA903,
        ("financial_year",),
        "sex ethnicity",
        count_cl3,
    ),
    twin(
        "CL4",
        PERCENT,
        "care_leavers",
        SSDA903,
        ("financial_year",),
        "sex ethnicity",
        count_cl4,
    ),
    twin(
        "SN1",
        "count",
        "ehcp_named_plan",
        ("sen2",),
        ("month", "quarter", "calendar_year"),
        PERSON,
        count_sn1,
    ),
    twin("SN2", "count", "ehcp_requests", ("sen2",), PLAN_EVENTS, PERSON, count_sn2),
    twin("SN4", PERCENT, "ehcp_assessment", ("sen2",), PLAN_EVENTS, PERSON, count_sn4),
    twin(
        "SN11",
        PERCENT,
        "ehcp_active_plans",
        ("sen2",),
        ("calendar_year",),
        PERSON,
        count_sn11,
    ),
)

TWINS: dict[str, Twin] = {one.code: one for one in _ALL}
