"""The blocks of the children in need census: which element fills which column.

Element names and code lists are facts of DfE's census guide and yearly XML schemas.
"""

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["BLOCKS", "Block", "Field", "Span"]

# "parent" is filled from the CINdetails in which the record stands.
Kind = Literal["id", "upn", "code", "date", "flag", "int", "sex", "parent"]


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ETHNICITY = _codes(
    "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE "
    "BCRB BAFR BOTH OOTH REFU NOBT"
)
_DISABILITY = _codes("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA")
_SOURCE = _codes("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10")
_NEED = _codes("N1 N2 N3 N4 N5 N6 N7 N8 N9 N0")
_CLOSURE = _codes("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9")
_ABUSE = _codes("NEG PHY SAB EMO MUL")
_UPN_UNKNOWN = _codes("UN1 UN2 UN3 UN4 UN5 UN6 UN7")
_FACTORS = _codes(
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A "
    "10A 11A 12A 13A 14A 15A 16A 17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"
)
# Code lists that began or changed in a year: (first year, codes new in it).
_FACTORS_SINCE = {2021: _codes("18B 18C 19B 19C"), 2022: _codes("24A")}
_SOURCE_SINCE = {2023: _codes("5D")}
_CLOSURE_SINCE = {2023: _codes("RC9")}


@dataclass(frozen=True)
class Field:
    """Say which element (or "@child", "@referral") fills which column, and how."""

    tag: str
    column: str
    kind: Kind = "code"
    codes: frozenset[str] | None = None
    required: bool = False
    since: tuple[tuple[int, frozenset[str]], ...] = ()

    def codes_after(self, year: int) -> frozenset[str]:
        """Give the codes that begin in a later year than this census."""
        later = (codes for first, codes in self.since if first > year)
        return frozenset[str]().union(*later)


@dataclass(frozen=True)
class Span:
    """Say when a record begins and ends, and by which of DfE's rules it is judged.

    `order` is the rule that it cannot end before it begins, `death` that it cannot
    begin after the child's death; `reason` is the column that says why it ended.
    """

    start: str
    end: str
    order: str
    death: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Block:
    """Describe one kind of record in the census and the table that it fills.

    `key` names the fact. `primary` is False for a second block that fills a table
    already described. `counts` is False where the row is part of another record and
    not one of its own. `several` is True where a child may have more than one fact of
    a key, told apart by what they say. `span` is None where nothing begins and ends.
    """

    table: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    primary: bool = True
    counts: bool = True
    several: bool = False
    span: Span | None = None

    @property
    def labels(self) -> dict[str, str]:
        """Give the element that fills each column."""
        return {field.column: _WORDS.get(field.tag, field.tag) for field in self.fields}

    @property
    def happenings(self) -> tuple[str, ...]:
        """List the columns of what had happened when the file was made."""
        return tuple(
            field.column
            for field in self.fields
            if field.kind == "date" and field.tag not in _MAY_BE_AHEAD
        )


_WORDS: Final = {"@child": "LAchildID", "@referral": "CINreferralDate"}
# Dates of what is expected, planned or booked: they may lie after the file was made.
_MAY_BE_AHEAD: Final = frozenset(
    {"ExpectedPersonBirthDate", "InitialCPCtarget", "DateOfInitialCPC"}
)


def _child(column: str) -> Field:
    return Field("@child", column, "id", required=True)


def _referral_id(column: str) -> Field:
    return Field("@referral_id", column, "parent")


_CONFERENCE_FIELDS = (
    _child("icpc_person_id"),
    _referral_id("icpc_referral_id"),
    Field("DateOfInitialCPC", "icpc_icpc_date", "date", required=True),
    Field("S47ActualStartDate", "icpc_s47_start_date", "date"),
)
_CONFERENCE_KEY = ("icpc_person_id", "icpc_icpc_date", "icpc_s47_start_date")

BLOCKS: Final[dict[str, Block]] = {
    "Child": Block(
        "person",
        (
            _child("pers_person_id"),
            Field("Sex", "pers_sex", "sex"),
            Field("Ethnicity", "pers_ethnicity", codes=_ETHNICITY),
            Field("PersonBirthDate", "pers_dob", "date"),
            Field("ExpectedPersonBirthDate", "pers_expected_dob", "date"),
            Field("PersonDeathDate", "pers_death_date", "date"),
            Field("UPNunknown", "pers_upn_unknown", codes=_UPN_UNKNOWN),
        ),
        ("pers_person_id",),
    ),
    "Disability": Block(
        "disability",
        (
            _child("disa_person_id"),
            Field(
                "Disability", "disa_disability_code", codes=_DISABILITY, required=True
            ),
        ),
        ("disa_person_id", "disa_disability_code"),
        counts=False,
    ),
    "UPN": Block(
        "linked_identifiers",
        (
            _child("link_person_id"),
            Field("type", "link_identifier_type"),
            Field("UPN", "link_identifier_value", "upn", required=True),
        ),
        ("link_person_id", "link_identifier_value"),
        counts=False,
    ),
    "CINdetails": Block(
        "cin_episodes",
        (
            _referral_id("cine_referral_id"),
            _child("cine_person_id"),
            Field("CINreferralDate", "cine_referral_date", "date", required=True),
            Field("PrimaryNeedCode", "cine_cin_primary_need_code", codes=_NEED),
            Field(
                "ReferralSource",
                "cine_referral_source_code",
                codes=_SOURCE,
                since=tuple(_SOURCE_SINCE.items()),
            ),
            Field("ReferralNFA", "cine_referral_nfa", "flag"),
            Field(
                "ReasonForClosure",
                "cine_close_reason",
                codes=_CLOSURE,
                since=tuple(_CLOSURE_SINCE.items()),
            ),
            Field("CINclosureDate", "cine_close_date", "date"),
        ),
        ("cine_person_id", "cine_referral_date"),
        several=True,
        span=Span(
            "cine_referral_date",
            "cine_close_date",
            "8630",
            death="8555Q",
            reason="cine_close_reason",
        ),
    ),
    "Assessments": Block(
        "cin_assessments",
        (
            _child("cina_person_id"),
            _referral_id("cina_referral_id"),
            Field("@referral", "cina_referral_date", "parent"),
            Field(
                "AssessmentActualStartDate",
                "cina_assessment_start_date",
                "date",
                required=True,
            ),
            Field("AssessmentAuthorisationDate", "cina_assessment_auth_date", "date"),
        ),
        (
            "cina_person_id",
            "cina_assessment_start_date",
            "cina_assessment_auth_date",
        ),
        span=Span("cina_assessment_start_date", "cina_assessment_auth_date", "8608"),
    ),
    "Factor": Block(
        "assessment_factors",
        (
            _child("cinf_person_id"),
            Field("AssessmentActualStartDate", "cinf_assessment_start_date", "date"),
            Field("AssessmentAuthorisationDate", "cinf_assessment_auth_date", "date"),
            Field(
                "AssessmentFactors",
                "cinf_assessment_factor",
                codes=_FACTORS,
                required=True,
                since=tuple(_FACTORS_SINCE.items()),
            ),
        ),
        (
            "cinf_person_id",
            "cinf_assessment_start_date",
            "cinf_assessment_auth_date",
            "cinf_assessment_factor",
        ),
        counts=False,
    ),
    "CINPlanDates": Block(
        "cin_plans",
        (
            _child("cinp_person_id"),
            _referral_id("cinp_referral_id"),
            Field(
                "CINPlanStartDate", "cinp_cin_plan_start_date", "date", required=True
            ),
            Field("CINPlanEndDate", "cinp_cin_plan_end_date", "date"),
        ),
        ("cinp_person_id", "cinp_cin_plan_start_date"),
        span=Span(
            "cinp_cin_plan_start_date", "cinp_cin_plan_end_date", "4011", death="4008"
        ),
    ),
    "Section47": Block(
        "s47_enquiry",
        (
            _child("s47e_person_id"),
            _referral_id("s47e_referral_id"),
            Field("S47ActualStartDate", "s47e_s47_start_date", "date", required=True),
            Field("InitialCPCtarget", "s47e_icpc_target_date", "date"),
            Field("DateOfInitialCPC", "s47e_icpc_date", "date"),
            Field("ICPCnotRequired", "s47e_icpc_not_required", "flag"),
        ),
        ("s47e_person_id", "s47e_s47_start_date"),
        several=True,
    ),
    # A conference date stands inside Section47; another, for conferences that no
    # enquiry led to, stands at CINdetails.
    "Conference": Block(
        "initial_cp_conference", _CONFERENCE_FIELDS, _CONFERENCE_KEY, counts=False
    ),
    "DetailsConference": Block(
        "initial_cp_conference",
        _CONFERENCE_FIELDS,
        _CONFERENCE_KEY,
        primary=False,
        counts=False,
    ),
    "ChildProtectionPlans": Block(
        "cp_plans",
        (
            _child("cppl_person_id"),
            _referral_id("cppl_referral_id"),
            Field("CPPstartDate", "cppl_cp_plan_start_date", "date", required=True),
            Field("CPPendDate", "cppl_cp_plan_end_date", "date"),
            Field(
                "InitialCategoryOfAbuse", "cppl_cp_plan_initial_category", codes=_ABUSE
            ),
            Field(
                "LatestCategoryOfAbuse", "cppl_cp_plan_latest_category", codes=_ABUSE
            ),
            Field("NumberOfPreviousCPP", "cppl_previous_plans", "int"),
        ),
        ("cppl_person_id", "cppl_cp_plan_start_date"),
        span=Span(
            "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "8925", death="8915"
        ),
    ),
    "Review": Block(
        "cp_reviews",
        (
            _child("cppr_person_id"),
            Field("CPPstartDate", "cppr_cp_plan_start_date", "date"),
            Field("CPPreviewDate", "cppr_cp_review_date", "date", required=True),
        ),
        ("cppr_person_id", "cppr_cp_plan_start_date", "cppr_cp_review_date"),
        counts=False,
    ),
    "PreProceedingsandFGDM": Block(
        "pre_proceedings",
        (
            _child("prep_person_id"),
            _referral_id("prep_referral_id"),
            Field("PPStartDate", "prep_pre_pro_decision_date", "date"),
            Field("LBPSentDate", "prep_pre_pro_letter_date", "date"),
            Field("FGDMMeetingOffer", "prep_fgdm_offered"),
            Field("FGDMMeetingFac", "prep_fgdm_held"),
            Field("InitialPPMeetingDate", "prep_initial_pre_pro_meeting_date", "date"),
            Field("ReviewMeetingsCount", "prep_review_meetings", "int"),
            Field("StepDecisionDate", "prep_step_decision_date", "date"),
            Field("PPOutcome", "prep_pre_pro_outcome"),
            Field("CourtAppDate", "prep_court_application_date", "date"),
            Field("LetterInitCPDate", "prep_icpc_letter_date", "date"),
        ),
        ("prep_person_id", "prep_pre_pro_decision_date", "prep_referral_id"),
    ),
}
