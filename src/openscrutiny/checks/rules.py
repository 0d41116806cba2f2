"""The rules that are written so far, each a small declaration.

Rule numbers are those of DfE's validation rules for the return. A rule looks at one
table of one load and says which rows break it; the words are our own. Every rule
number that is known and not written here is listed as skipped by the manifest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

__all__ = ["FOUND_AT_LOAD", "RULES", "LoadRule", "Rule"]

YEAR_START, YEAR_END = pl.col("@year_start"), pl.col("@year_end")


@dataclass(frozen=True)
class Rule:
    """Declare one rule: `breaks` is true for the rows of `table` that break it.

    `key` is the column of the child's identifier. The expression may use the columns
    "@year_start" and "@year_end": the first and last day of the return's period.
    """

    rule_id: str
    severity: str
    return_name: str
    table: str
    key: str
    fields: tuple[str, ...]
    message: str
    breaks: Callable[[], pl.Expr]
    since: int = 2017


@dataclass(frozen=True)
class LoadRule:
    """Declare a rule that the reader judges, since the record lacks what breaks it.

    The rows are rejected, or the rule looks at more than the record keeps; the load's
    problems bear the rule's number.
    """

    rule_id: str
    severity: str
    return_name: str
    table: str
    message: str
    since: int = 2017


def _after(later: str, earlier: str) -> Callable[[], pl.Expr]:
    """Give rows in which the date that should come later comes first."""
    return lambda: pl.col(later) < pl.col(earlier)


def _overlap_again(person: str, end: str) -> Callable[[], pl.Expr]:
    """Give rows of children with more than one open row."""
    is_open = pl.col(end).is_null()
    return lambda: is_open & (is_open.sum().over(person) > 1)


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "1103",
        "error",
        "cin",
        "cin_assessments",
        "cina_person_id",
        ("AssessmentActualStartDate", "CINreferralDate"),
        "The assessment starts before the referral it belongs to.",
        _after("cina_assessment_start_date", "cina_referral_date"),
    ),
    Rule(
        "8696",
        "error",
        "cin",
        "cin_assessments",
        "cina_person_id",
        ("AssessmentAuthorisationDate", "ReferenceDate"),
        "The assessment ends outside the census year.",
        lambda: (
            (pl.col("cina_assessment_auth_date") < YEAR_START)
            | (pl.col("cina_assessment_auth_date") > YEAR_END)
        ),
    ),
    Rule(
        "1570",
        "error",
        "cin",
        "person",
        "pers_person_id",
        ("LAchildID",),
        "The local identifier is longer than 20 characters.",
        lambda: pl.col("pers_person_id").str.len_chars() > 20,
        since=2025,
    ),
    Rule(
        "1580",
        "error",
        "cin",
        "person",
        "pers_person_id",
        ("LAchildID",),
        "The local identifier holds more than letters and digits.",
        lambda: ~pl.col("pers_person_id").str.contains(r"^[A-Za-z0-9]+$"),
        since=2025,
    ),
    Rule(
        "4220",
        "error",
        "cin",
        "person",
        "pers_person_id",
        ("Ethnicity",),
        "The ethnicity is missing.",
        lambda: pl.col("pers_ethnicity").is_null(),
    ),
    Rule(
        "8520",
        "error",
        "cin",
        "person",
        "pers_person_id",
        ("PersonBirthDate", "ReferenceDate"),
        "The date of birth lies after the reference date.",
        lambda: pl.col("pers_dob") > YEAR_END,
    ),
    Rule(
        "8525Q",
        "query",
        "cin",
        "person",
        "pers_person_id",
        ("PersonBirthDate", "ExpectedPersonBirthDate"),
        "Give either a date of birth or an expected one, and not both.",
        lambda: pl.col("pers_dob").is_null() == pl.col("pers_expected_dob").is_null(),
    ),
    Rule(
        "8530Q",
        "query",
        "cin",
        "person",
        "pers_person_id",
        ("ExpectedPersonBirthDate", "ReferenceDate"),
        "The expected date of birth lies more than 30 days before the reference date, "
        "or more than nine months after it.",
        lambda: (
            (pl.col("pers_expected_dob") < YEAR_END.dt.offset_by("-30d"))
            | (pl.col("pers_expected_dob") > YEAR_END.dt.offset_by("9mo"))
        ),
    ),
    Rule(
        "8535Q",
        "query",
        "cin",
        "person",
        "pers_person_id",
        ("PersonDeathDate", "PersonBirthDate"),
        "The date of death lies before the date of birth.",
        _after("pers_death_date", "pers_dob"),
    ),
    Rule(
        "8568",
        "error",
        "cin",
        "cin_episodes",
        "cine_person_id",
        ("ReferralNFA",),
        "It is not said whether the referral had no further action.",
        lambda: pl.col("cine_referral_nfa").is_null(),
    ),
    Rule(
        "8600",
        "error",
        "cin",
        "cin_episodes",
        "cine_person_id",
        ("CINreferralDate",),
        "The referral lies after the reference date.",
        lambda: pl.col("cine_referral_date") > YEAR_END,
    ),
    Rule(
        "8620",
        "error",
        "cin",
        "cin_episodes",
        "cine_person_id",
        ("CINclosureDate",),
        "The case closed outside the census year.",
        lambda: (
            (pl.col("cine_close_date") < YEAR_START)
            | (pl.col("cine_close_date") > YEAR_END)
        ),
    ),
    Rule(
        "8805",
        "error",
        "cin",
        "cin_episodes",
        "cine_person_id",
        ("CINclosureDate", "ReasonForClosure"),
        "The case has a closure date and no reason for closure.",
        lambda: (
            pl.col("cine_close_date").is_not_null()
            & pl.col("cine_close_reason").is_null()
        ),
    ),
    Rule(
        "8810",
        "error",
        "cin",
        "cin_episodes",
        "cine_person_id",
        ("ReasonForClosure", "CINclosureDate"),
        "The case has a reason for closure and no closure date.",
        lambda: (
            pl.col("cine_close_date").is_null()
            & pl.col("cine_close_reason").is_not_null()
        ),
    ),
    Rule(
        "8730",
        "error",
        "cin",
        "cp_plans",
        "cppl_person_id",
        ("NumberOfPreviousCPP",),
        "The number of earlier protection plans is missing.",
        lambda: pl.col("cppl_previous_plans").is_null(),
    ),
    Rule(
        "8840",
        "error",
        "cin",
        "cp_plans",
        "cppl_person_id",
        ("CPPstartDate", "CPPendDate"),
        "The protection plan starts and ends on the same day.",
        lambda: pl.col("cppl_cp_plan_start_date") == pl.col("cppl_cp_plan_end_date"),
    ),
    Rule(
        "8935",
        "error",
        "cin",
        "cp_plans",
        "cppl_person_id",
        ("CPPendDate",),
        "The child has more than one open protection plan.",
        _overlap_again("cppl_person_id", "cppl_cp_plan_end_date"),
    ),
    Rule(
        "8875",
        "error",
        "cin",
        "initial_cp_conference",
        "icpc_person_id",
        ("DateOfInitialCPC",),
        "The initial conference was held at a weekend.",
        lambda: pl.col("icpc_icpc_date").dt.weekday() > 5,
    ),
    Rule(
        "8841",
        "error",
        "cin",
        "cp_reviews",
        "cppr_person_id",
        ("CPPstartDate", "CPPreviewDate"),
        "The review was held on or before the day the plan started.",
        lambda: pl.col("cppr_cp_review_date") <= pl.col("cppr_cp_plan_start_date"),
    ),
    Rule(
        "102",
        "error",
        "ssda903",
        "person",
        "pers_person_id",
        ("DOB",),
        "The date of birth is missing or cannot be read.",
        lambda: pl.col("pers_dob").is_null(),
    ),
    Rule(
        "103",
        "error",
        "ssda903",
        "person",
        "pers_person_id",
        ("ETHNIC",),
        "The ethnicity is missing.",
        lambda: pl.col("pers_ethnicity").is_null(),
    ),
    Rule(
        "142",
        "error",
        "ssda903",
        "cla_episodes",
        "clae_person_id",
        ("DEC", "REC"),
        "An earlier episode is open although a later one has started.",
        lambda: (
            pl.col("clae_cla_episode_ceased_date").is_null()
            & (
                pl.col("clae_cla_episode_start_date")
                < pl.col("clae_cla_episode_start_date").max().over("clae_person_id")
            )
        ),
    ),
    Rule(
        "148",
        "error",
        "ssda903",
        "cla_episodes",
        "clae_person_id",
        ("DEC", "REC"),
        "The episode has an end date without a reason, or a reason without a date.",
        lambda: (
            pl.col("clae_cla_episode_ceased_date").is_null()
            != pl.col("clae_cla_episode_ceased_reason").is_null()
        ),
    ),
)

FOUND_AT_LOAD: Final[tuple[LoadRule, ...]] = tuple(
    LoadRule(rule_id, severity, "cin", table, message)
    for rule_id, severity, table, message in (
        ("100", "error", "", "The header's reference date is not 31 March."),
        ("8510", "error", "person", "A child has more than one Child element."),
        ("8608", "error", "cin_assessments", "The assessment ends before it starts."),
        ("8630", "error", "cin_episodes", "The case closed before the referral."),
        ("4011", "error", "cin_plans", "The plan ends before it starts."),
        ("8925", "error", "cp_plans", "The protection plan ends before it starts."),
        ("8555Q", "query", "cin_episodes", "The referral is dated after death."),
        ("4008", "error", "cin_plans", "The plan starts after death."),
        ("8915", "error", "cp_plans", "The protection plan starts after death."),
    )
)
