"""The records of the children in need census: which element fills which column.

Element names are facts of DfE's census guide and yearly XML schemas.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openscrutiny.layouts import codes
from openscrutiny.layouts.layout import (
    DATE,
    FLAG,
    IDENTIFIER,
    PARENT,
    UPN,
    Codes,
    Column,
    Layout,
    Span,
    code,
    meaning,
    whole,
)

_COUNT: Final = whole(0, 1_000)


@dataclass(frozen=True)
class Block(Layout):
    """Describe one kind of record in the census; its headings are elements.

    `primary` is False for a second block that fills a table already described. `counts`
    is False where the row is part of another record and not one of its own. `several`
    is True where a child may have more than one fact of a key, told apart by what they
    say.
    """

    noun: str = "element"
    primary: bool = True
    counts: bool = True
    several: bool = False


def _child(fills: str) -> Column:
    return Column("LAchildID", IDENTIFIER, fills, required=True)


def _referral(fills: str, of: str = "@referral_id") -> Column:
    """Declare what is taken from the CINdetails in which the record stands."""
    return Column(of, PARENT, fills)


def _code(heading: str, fills: str, known: Codes | None = None) -> Column:
    return Column(heading, code(known), fills)


def _date(heading: str, fills: str, *, required: bool = False) -> Column:
    return Column(heading, DATE, fills, required)


def _ahead(heading: str, fills: str, *, required: bool = False) -> Column:
    """Declare a date of what is expected, planned or booked."""
    return Column(heading, DATE, fills, required, ahead=True)


_CONFERENCE: Final = (
    _child("icpc_person_id"),
    _referral("icpc_referral_id"),
    _ahead("DateOfInitialCPC", "icpc_icpc_date", required=True),
    _date("S47ActualStartDate", "icpc_s47_start_date"),
)
_CONFERENCE_KEY: Final = ("icpc_person_id", "icpc_icpc_date", "icpc_s47_start_date")

# One column a line.
# fmt: off
_ALL: Final = (
    Block("Child", "children", "person",
        (
            _child("pers_person_id"),
            Column("Sex", meaning(codes.SEX), "pers_sex", known_as=("GenderCurrent",)),
            _code("Ethnicity", "pers_ethnicity", codes.ETHNICITY),
            _date("PersonBirthDate", "pers_dob"),
            _ahead("ExpectedPersonBirthDate", "pers_expected_dob"),
            _date("PersonDeathDate", "pers_death_date"),
            _code("UPNunknown", "pers_upn_unknown", codes.UPN_UNKNOWN),
        ),
        key=("pers_person_id",),
        covers=False,
    ),
    Block("Disability", "disabilities", "disability",
        (
            _child("disa_person_id"),
            Column("Disability", code(codes.DISABILITY), "disa_disability_code", True),
        ),
        key=("disa_person_id", "disa_disability_code"),
        counts=False,
    ),
    Block("UPN", "unique pupil numbers", "linked_identifiers",
        (
            _child("link_person_id"),
            _code("type", "link_identifier_type"),
            Column("UPN", UPN, "link_identifier_value", required=True),
        ),
        key=("link_person_id", "link_identifier_value"),
        counts=False,
    ),
    Block("CINdetails", "referrals", "cin_episodes",
        (
            _referral("cine_referral_id"),
            _child("cine_person_id"),
            _date("CINreferralDate", "cine_referral_date", required=True),
            _code("PrimaryNeedCode", "cine_cin_primary_need_code", codes.NEED),
            _code("ReferralSource", "cine_referral_source_code", codes.SOURCE),
            Column("ReferralNFA", FLAG, "cine_referral_nfa"),
            _code("ReasonForClosure", "cine_close_reason", codes.CLOSURE),
            _date("CINclosureDate", "cine_close_date"),
        ),
        key=("cine_person_id", "cine_referral_date"),
        spans=(
            Span(
                "cine_referral_date",
                "cine_close_date",
                "8630",
                death="8555Q",
                reason="cine_close_reason",
            ),
        ),
        several=True,
    ),
    Block("Assessments", "assessments", "cin_assessments",
        (
            _child("cina_person_id"),
            _referral("cina_referral_id"),
            _referral("cina_referral_date", "@referral"),
            _date("AssessmentActualStartDate", "cina_assessment_start_date", required=True),
            _date("AssessmentAuthorisationDate", "cina_assessment_auth_date"),
        ),
        key=("cina_person_id", "cina_assessment_start_date", "cina_assessment_auth_date"),
        spans=(Span("cina_assessment_start_date", "cina_assessment_auth_date", "8608"),),
    ),
    Block("Factor", "factors that assessments found", "assessment_factors",
        (
            _child("cinf_person_id"),
            _date("AssessmentActualStartDate", "cinf_assessment_start_date"),
            _date("AssessmentAuthorisationDate", "cinf_assessment_auth_date"),
            Column("AssessmentFactors", code(codes.FACTORS), "cinf_assessment_factor", True),
        ),
        key=(
            "cinf_person_id",
            "cinf_assessment_start_date",
            "cinf_assessment_auth_date",
            "cinf_assessment_factor",
        ),
        counts=False,
    ),
    Block("CINPlanDates", "plans of children in need", "cin_plans",
        (
            _child("cinp_person_id"),
            _referral("cinp_referral_id"),
            _date("CINPlanStartDate", "cinp_cin_plan_start_date", required=True),
            _date("CINPlanEndDate", "cinp_cin_plan_end_date"),
        ),
        key=("cinp_person_id", "cinp_cin_plan_start_date"),
        spans=(Span("cinp_cin_plan_start_date", "cinp_cin_plan_end_date", "4011", death="4008"),),
    ),
    Block("Section47", "section 47 enquiries", "s47_enquiry",
        (
            _child("s47e_person_id"),
            _referral("s47e_referral_id"),
            _date("S47ActualStartDate", "s47e_s47_start_date", required=True),
            _ahead("InitialCPCtarget", "s47e_icpc_target_date"),
            _ahead("DateOfInitialCPC", "s47e_icpc_date"),
            Column("ICPCnotRequired", FLAG, "s47e_icpc_not_required"),
        ),
        key=("s47e_person_id", "s47e_s47_start_date"),
        several=True,
    ),
    # A conference date stands inside Section47; another, for conferences that no
    # enquiry led to, stands at CINdetails.
    Block("Conference", "initial conferences", "initial_cp_conference",
        _CONFERENCE,
        key=_CONFERENCE_KEY,
        counts=False,
    ),
    Block("DetailsConference", "initial conferences without an enquiry", "initial_cp_conference",
        _CONFERENCE,
        key=_CONFERENCE_KEY,
        primary=False,
        counts=False,
    ),
    Block("ChildProtectionPlans", "child protection plans", "cp_plans",
        (
            _child("cppl_person_id"),
            _referral("cppl_referral_id"),
            _date("CPPstartDate", "cppl_cp_plan_start_date", required=True),
            _date("CPPendDate", "cppl_cp_plan_end_date"),
            _code("InitialCategoryOfAbuse", "cppl_cp_plan_initial_category", codes.ABUSE),
            _code("LatestCategoryOfAbuse", "cppl_cp_plan_latest_category", codes.ABUSE),
            Column("NumberOfPreviousCPP", _COUNT, "cppl_previous_plans"),
        ),
        key=("cppl_person_id", "cppl_cp_plan_start_date"),
        spans=(Span("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "8925", death="8915"),),
    ),
    Block("Review", "reviews of child protection plans", "cp_reviews",
        (
            _child("cppr_person_id"),
            _date("CPPstartDate", "cppr_cp_plan_start_date"),
            _date("CPPreviewDate", "cppr_cp_review_date", required=True),
        ),
        key=("cppr_person_id", "cppr_cp_plan_start_date", "cppr_cp_review_date"),
        counts=False,
    ),
    Block("PreProceedingsandFGDM",
        "pre-proceedings and family group decision making", "pre_proceedings",
        (
            _child("prep_person_id"),
            _referral("prep_referral_id"),
            _date("PPStartDate", "prep_pre_pro_decision_date"),
            _date("LBPSentDate", "prep_pre_pro_letter_date"),
            _code("FGDMMeetingOffer", "prep_fgdm_offered"),
            _code("FGDMMeetingFac", "prep_fgdm_held"),
            _date("InitialPPMeetingDate", "prep_initial_pre_pro_meeting_date"),
            Column("ReviewMeetingsCount", _COUNT, "prep_review_meetings"),
            _date("StepDecisionDate", "prep_step_decision_date"),
            _code("PPOutcome", "prep_pre_pro_outcome"),
            _date("CourtAppDate", "prep_court_application_date"),
            _date("LetterInitCPDate", "prep_icpc_letter_date"),
        ),
        key=("prep_person_id", "prep_pre_pro_decision_date", "prep_referral_id"),
    ),
)
# fmt: on
BLOCKS: Final[Mapping[str, Block]] = {block.name: block for block in _ALL}

# Elements of a child that stand in no block, and those that hold others.
_OF_A_CHILD: Final = {
    "ChildIdentifiers": (
        *("LAchildID", "UPN", "FormerUPN", "UPNunknown", "type"),
        *("PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate"),
        *("Sex", "GenderCurrent"),
    ),
    "ChildCharacteristics": ("Ethnicity", "Disabilities", "Disability"),
    "Disabilities": ("Disability",),
    "Child": ("ChildIdentifiers", "ChildCharacteristics", "CINdetails"),
    "Children": ("Child",),
    "CINdetails": (
        "DateOfInitialCPC",
        *(
            n
            for n, one in BLOCKS.items()
            if one.counts and n not in ("Child", "CINdetails")
        ),
    ),
    "Assessments": (
        *("AssessmentInternalReviewDate", "FactorsIdentifiedAtAssessment"),
        "AssessmentFactors",
    ),
    "FactorsIdentifiedAtAssessment": ("AssessmentFactors",),
    "ChildProtectionPlans": ("Reviews", "CPPreviewDate"),
    "Reviews": ("CPPreviewDate",),
}


def _find_places() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for holder, held in _OF_A_CHILD.items():
        for name in held:
            found.setdefault(name, set()).add(holder)
    for holder, block in BLOCKS.items():
        if block.counts and holder != "Child":
            for column in block.columns:
                if column.kind not in (PARENT, IDENTIFIER):
                    found.setdefault(column.heading, set()).add(holder)
    return {name: frozenset(holders) for name, holders in found.items()}


# By element, those in which it may stand. A factor, a review and a disability are read
# without the element that should hold them too.
STANDS_IN: Final = _find_places()
