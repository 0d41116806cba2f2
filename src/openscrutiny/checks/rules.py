"""The rules that are written so far, each a small declaration.

Rule numbers are those of DfE's validation rules for the return. A rule looks at one
table of one load and says which rows break it; the words are our own. Every rule
number that is known and not written here is listed as skipped by the manifest.
"""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from openscrutiny.record.tables import get_table

YEAR_START, YEAR_END = pl.col("@year_start"), pl.col("@year_end")


@dataclass(frozen=True)
class Rule:
    """Declare one rule: `breaks` is true for the rows of `table` that break it.

    `fields` are joined by semicolons. The expression may use the columns "@year_start"
    and "@year_end": the first and last day of the return's period.
    """

    rule_id: str
    return_name: str
    table: str
    fields: str
    message: str
    breaks: pl.Expr = field(compare=False)
    since: int = 2017

    @property
    def severity(self) -> str:
        return _severity_of(self.rule_id)

    @property
    def key(self) -> str:
        """Name the column of the child's identifier."""
        own = get_table(self.table).columns
        return next(column for column in own if column.endswith("_person_id"))


@dataclass(frozen=True)
class LoadRule:
    """Declare a rule that the reader judges, since the record lacks what breaks it.

    The rows are rejected, or the rule looks at more than the record keeps; the load's
    problems bear the rule's number.
    """

    rule_id: str
    return_name: str
    table: str
    message: str

    @property
    def severity(self) -> str:
        return _severity_of(self.rule_id)


def _severity_of(rule_id: str) -> str:
    """Tell a query, whose number ends in Q, from an error."""
    return "query" if rule_id.endswith("Q") else "error"


def _after(later: str, earlier: str) -> pl.Expr:
    """Give rows in which the date that should come later comes first."""
    return pl.col(later) < pl.col(earlier)


def _overlap_again(person: str, end: str) -> pl.Expr:
    """Give rows of children with more than one open row."""
    is_open = pl.col(end).is_null()
    return is_open & (is_open.sum().over(person) > 1)


# fmt: off
RULES: Final[tuple[Rule, ...]] = (
    Rule("1103", "cin", "cin_assessments", "AssessmentActualStartDate;CINreferralDate",
        "The assessment starts before the referral it belongs to.",
        _after("cina_assessment_start_date", "cina_referral_date"),
    ),
    Rule("8696", "cin", "cin_assessments", "AssessmentAuthorisationDate;ReferenceDate",
        "The assessment ends outside the census year.",
        (pl.col("cina_assessment_auth_date") < YEAR_START)
        | (pl.col("cina_assessment_auth_date") > YEAR_END),
    ),
    Rule("1570", "cin", "person", "LAchildID",
        "The local identifier is longer than 20 characters.",
        pl.col("pers_person_id").str.len_chars() > 20,
        since=2025,
    ),
    Rule("1580", "cin", "person", "LAchildID",
        "The local identifier holds more than letters and digits.",
        ~pl.col("pers_person_id").str.contains(r"^[A-Za-z0-9]+$"),
        since=2025,
    ),
    Rule("4220", "cin", "person", "Ethnicity",
        "The ethnicity is missing.",
        pl.col("pers_ethnicity").is_null(),
    ),
    Rule("8520", "cin", "person", "PersonBirthDate;ReferenceDate",
        "The date of birth lies after the reference date.",
        pl.col("pers_dob") > YEAR_END,
    ),
    Rule("8525Q", "cin", "person", "PersonBirthDate;ExpectedPersonBirthDate",
        "Give either a date of birth or an expected one, and not both.",
        pl.col("pers_dob").is_null() == pl.col("pers_expected_dob").is_null(),
    ),
    Rule("8530Q", "cin", "person", "ExpectedPersonBirthDate;ReferenceDate",
        "The expected date of birth lies more than 30 days before the reference date, "
        "or more than nine months after it.",
        (pl.col("pers_expected_dob") < YEAR_END.dt.offset_by("-30d"))
        | (pl.col("pers_expected_dob") > YEAR_END.dt.offset_by("9mo")),
    ),
    Rule("8535Q", "cin", "person", "PersonDeathDate;PersonBirthDate",
        "The date of death lies before the date of birth.",
        _after("pers_death_date", "pers_dob"),
    ),
    Rule("8568", "cin", "cin_episodes", "ReferralNFA",
        "It is not said whether the referral had no further action.",
        pl.col("cine_referral_nfa").is_null(),
    ),
    Rule("8600", "cin", "cin_episodes", "CINreferralDate",
        "The referral lies after the reference date.",
        pl.col("cine_referral_date") > YEAR_END,
    ),
    Rule("8620", "cin", "cin_episodes", "CINclosureDate",
        "The case closed outside the census year.",
        (pl.col("cine_close_date") < YEAR_START)
        | (pl.col("cine_close_date") > YEAR_END),
    ),
    Rule("8805", "cin", "cin_episodes", "CINclosureDate;ReasonForClosure",
        "The case has a closure date and no reason for closure.",
        pl.col("cine_close_date").is_not_null()
        & pl.col("cine_close_reason").is_null(),
    ),
    Rule("8810", "cin", "cin_episodes", "ReasonForClosure;CINclosureDate",
        "The case has a reason for closure and no closure date.",
        pl.col("cine_close_date").is_null()
        & pl.col("cine_close_reason").is_not_null(),
    ),
    Rule("8730", "cin", "cp_plans", "NumberOfPreviousCPP",
        "The number of earlier protection plans is missing.",
        pl.col("cppl_previous_plans").is_null(),
    ),
    Rule("8840", "cin", "cp_plans", "CPPstartDate;CPPendDate",
        "The protection plan starts and ends on the same day.",
        pl.col("cppl_cp_plan_start_date") == pl.col("cppl_cp_plan_end_date"),
    ),
    Rule("8935", "cin", "cp_plans", "CPPendDate",
        "The child has more than one open protection plan.",
        _overlap_again("cppl_person_id", "cppl_cp_plan_end_date"),
    ),
    Rule("8875", "cin", "initial_cp_conference", "DateOfInitialCPC",
        "The initial conference was held at a weekend.",
        pl.col("icpc_icpc_date").dt.weekday() > 5,
    ),
    Rule("8841", "cin", "cp_reviews", "CPPstartDate;CPPreviewDate",
        "The review was held on or before the day the plan started.",
        pl.col("cppr_cp_review_date") <= pl.col("cppr_cp_plan_start_date"),
    ),
    Rule("102", "ssda903", "person", "DOB",
        "The date of birth is missing or cannot be read.",
        pl.col("pers_dob").is_null(),
    ),
    Rule("103", "ssda903", "person", "ETHNIC",
        "The ethnicity is missing.",
        pl.col("pers_ethnicity").is_null(),
    ),
    Rule("142", "ssda903", "cla_episodes", "DEC;REC",
        "An earlier episode is open although a later one has started.",
        pl.col("clae_cla_episode_ceased_date").is_null()
        & (
            pl.col("clae_cla_episode_start_date")
            < pl.col("clae_cla_episode_start_date").max().over("clae_person_id")
        ),
    ),
    Rule("148", "ssda903", "cla_episodes", "DEC;REC",
        "The episode has an end date without a reason, or a reason without a date.",
        pl.col("clae_cla_episode_ceased_date").is_null()
        != pl.col("clae_cla_episode_ceased_reason").is_null(),
    ),
)
# fmt: on

FOUND_AT_LOAD: Final[tuple[LoadRule, ...]] = (
    LoadRule("100", "cin", "", "The header's reference date is not 31 March."),
    LoadRule("8510", "cin", "person", "A child has more than one Child element."),
    LoadRule("8608", "cin", "cin_assessments", "The assessment ends before it starts."),
    LoadRule("8630", "cin", "cin_episodes", "The case closed before the referral."),
    LoadRule("4011", "cin", "cin_plans", "The plan ends before it starts."),
    LoadRule("8925", "cin", "cp_plans", "The protection plan ends before it starts."),
    LoadRule("8555Q", "cin", "cin_episodes", "The referral is dated after death."),
    LoadRule("4008", "cin", "cin_plans", "The plan starts after death."),
    LoadRule("8915", "cin", "cp_plans", "The protection plan starts after death."),
)
