"""The eleven child-level lists of Ofsted's Annex A: headings, tables and codes.

Headings and values are facts of the inspection framework (ILACS); councils spell them
in many ways, so a heading is compared by its letters and digits alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

__all__ = [
    "FLOWS",
    "LISTS",
    "MAY_BE_AHEAD",
    "SAID_BESIDE",
    "AnnexList",
    "ListColumn",
    "bare_heading",
]

Kind = Literal[
    "id",
    "number",
    "text",
    "date",
    "flag",
    "int",
    "sex",
    "ethnicity",
    "source",
    "need",
    "abuse",
    "legal",
    "placement",
    "provider",
    "ceased",
    "closure",
    "activity",
    "status",
]
# The dates that a list gives of what happened within its look-back, and no later than
# the day on which it was made.
FLOWS: Final = frozenset(
    {
        "cont_contact_date",
        "earl_episode_start_date",
        "cine_referral_date",
        "cina_assessment_auth_date",
        "s47e_s47_start_date",
    }
)
# What a list says for itself beside its facts; where it does not, nothing is lacking
# that another month's lists could not tell.
SAID_BESIDE: Final = frozenset({"cine_referrals_last_12_months"})
# Dates that may lie ahead: a conference may be booked.
MAY_BE_AHEAD: Final = frozenset({"s47e_icpc_date"})


def bare_heading(text: object) -> str:
    """Reduce a heading to its letters and digits: "Referral NFA? " is "referralnfa"."""
    plain = unicodedata.normalize("NFKC", str(text or "")).lower()
    plain = re.sub(r"\(y/n\)+", "", plain)
    bare = re.sub(r"[^a-z0-9]", "", plain)
    return _ALIASES.get(bare, bare)


_ALIASES: Final[dict[str, str]] = {
    "age": "ageofchildyears",
    "ageofchild": "ageofchildyears",
    "dob": "dateofbirth",
    "childid": "childuniqueid",
    "childuniqueidentifier": "childuniqueid",
    "referralnfayn": "referralnfa",
    "disability": "doesthechildhaveadisability",
    "sex": "gender",
}


@dataclass(frozen=True)
class ListColumn:
    """Say which heading fills which column, and how its values are read."""

    heading: str
    column: str
    kind: Kind

    @property
    def bare(self) -> str:
        return bare_heading(self.heading)


@dataclass(frozen=True)
class AnnexList:
    """Describe one list: what tells it apart, its table, key and look-back in months.

    `months` is 0 for a list of how things stand on the day. Its key heading is one
    without which a row is no fact.
    """

    number: int
    words: str
    table: str
    key: str  # the heading without which a row is no fact
    months: int
    columns: tuple[ListColumn, ...]
    spans: tuple[tuple[str, str], ...] = ()  # columns of a beginning and its end
    reason: str = ""  # the column that says why the first span ended

    @property
    def required(self) -> tuple[str, ...]:
        """Give the columns without which a row is no fact."""
        key = next(c for c in self.columns if c.bare == bare_heading(self.key))
        dated = key.kind == "date" and self.number != 10
        return (self.columns[0].column, *((key.column,) if dated else ()))


def _columns(*given: tuple[str, str, Kind]) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(*one) for one in given)


LISTS: Final[tuple[AnnexList, ...]] = (
    AnnexList(
        1,
        "contacts",
        "contacts",
        "Date of Contact",
        3,
        _columns(
            ("Child Unique ID", "cont_person_id", "id"),
            ("Date of Contact", "cont_contact_date", "date"),
            ("Contact Source", "cont_contact_source_code", "source"),
        ),
    ),
    AnnexList(
        2,
        "early help assessments",
        "early_help_episodes",
        "Assessment start date",
        6,
        _columns(
            ("Child Unique ID", "earl_person_id", "id"),
            ("Assessment start date", "earl_episode_start_date", "date"),
            ("Assessment completion date", "earl_episode_end_date", "date"),
            (
                "Organisation completing assessment",
                "earl_episode_organisation",
                "text",
            ),
        ),
        spans=(("earl_episode_start_date", "earl_episode_end_date"),),
    ),
    AnnexList(
        3,
        "referrals",
        "cin_episodes",
        "Date of referral",
        6,
        _columns(
            ("Child Unique ID", "cine_person_id", "id"),
            ("Date of referral", "cine_referral_date", "date"),
            ("Referral Source", "cine_referral_source_code", "source"),
            ("Referral NFA?", "cine_referral_nfa", "flag"),
            (
                "Number of Referrals in Last 12 Months",
                "cine_referrals_last_12_months",
                "int",
            ),
            ("Allocated Team", "cine_referral_team", "text"),
        ),
    ),
    AnnexList(
        4,
        "assessments",
        "cin_assessments",
        "Continuous Assessment Start Date",
        6,
        _columns(
            ("Child Unique ID", "cina_person_id", "id"),
            ("Continuous Assessment Start Date", "cina_assessment_start_date", "date"),
            (
                "Continuous Assessment Date of Authorisation",
                "cina_assessment_auth_date",
                "date",
            ),
            ("Allocated Team", "cina_assessment_team", "text"),
        ),
        spans=(("cina_assessment_start_date", "cina_assessment_auth_date"),),
    ),
    AnnexList(
        5,
        "section 47 enquiries and conferences",
        "s47_enquiry",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        6,
        _columns(
            ("Child Unique ID", "s47e_person_id", "id"),
            (
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "s47e_s47_start_date",
                "date",
            ),
            (
                "Was an Initial Child Protection Conference deemed unnecessary?",
                "s47e_icpc_not_required",
                "flag",
            ),
            ("Date of Initial Child Protection Conference", "s47e_icpc_date", "date"),
            ("Allocated Team", "s47e_team", "text"),
        ),
    ),
    AnnexList(
        6,
        "children in need",
        "cin_cases",
        "CIN Start Date",
        6,
        _columns(
            ("Child Unique ID", "cinc_person_id", "id"),
            ("CIN Start Date", "cinc_start_date", "date"),
            ("Primary Need Code", "cinc_primary_need_code", "need"),
            ("Date Child Was Last Seen", "cinc_last_seen_date", "date"),
            ("CIN Closure Date", "cinc_close_date", "date"),
            ("Reason for Closure", "cinc_close_reason", "closure"),
            ("Case Status", "cinc_case_status", "status"),
            ("Allocated Team", "cinc_team", "text"),
        ),
        spans=(("cinc_start_date", "cinc_close_date"),),
        reason="cinc_close_reason",
    ),
    AnnexList(
        7,
        "child protection plans",
        "cp_plans",
        "Child Protection Plan Start Date",
        6,
        _columns(
            ("Child Unique ID", "cppl_person_id", "id"),
            ("Child Protection Plan Start Date", "cppl_cp_plan_start_date", "date"),
            ("Initial Category of Abuse", "cppl_cp_plan_initial_category", "abuse"),
            ("Latest Category of Abuse", "cppl_cp_plan_latest_category", "abuse"),
            ("Child Protection Plan End Date", "cppl_cp_plan_end_date", "date"),
            (
                "Number of Previous Child Protection Plans",
                "cppl_previous_plans",
                "int",
            ),
            ("Allocated Team", "cppl_team", "text"),
        ),
        spans=(("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),),
    ),
    AnnexList(
        8,
        "children looked after",
        "cla_episodes",
        "Date Started to be Looked After",
        6,
        _columns(
            ("Child Unique ID", "clae_person_id", "id"),
            (
                "Date Started to be Looked After",
                "clae_cla_episode_start_date",
                "date",
            ),
            ("Child's Category of Need", "clae_cla_primary_need_code", "need"),
            ("Child's Legal Status", "clae_legal_status", "legal"),
            (
                "Date Ceased to be Looked After",
                "clae_cla_episode_ceased_date",
                "date",
            ),
            (
                "Reason Ceased to be Looked After",
                "clae_cla_episode_ceased_reason",
                "ceased",
            ),
            ("Placement Type", "clae_cla_placement_type", "placement"),
            ("Placement Provider", "clae_cla_placement_provider", "provider"),
            ("URN of Placement", "clae_cla_placement_urn", "number"),
            ("Allocated Team", "clae_team", "text"),
        ),
        spans=(("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),),
        reason="clae_cla_episode_ceased_reason",
    ),
    AnnexList(
        9,
        "care leavers",
        "care_leavers",
        "Eligibility Category",
        0,
        _columns(
            ("Child Unique ID", "clea_person_id", "id"),
            ("Date of Birth", "clea_dob", "date"),
            ("Eligibility Category", "clea_care_leaver_eligibility", "status"),
            ("LA in Touch", "clea_care_leaver_in_touch", "status"),
            ("Latest Date of Contact", "clea_care_leaver_latest_contact", "date"),
            ("Type of Accommodation", "clea_care_leaver_accommodation", "status"),
            (
                "Suitability of Accommodation",
                "clea_care_leaver_accom_suitable",
                "status",
            ),
            ("Activity Status", "clea_care_leaver_activity", "activity"),
            (
                "Latest Pathway Plan Review Date",
                "clea_pathway_plan_review_date",
                "date",
            ),
            ("Allocated Team", "clea_team", "text"),
        ),
    ),
    AnnexList(
        10,
        "children on the way to adoption",
        "permanence",
        "Date of Decision that Child Should be Placed for Adoption",
        12,
        _columns(
            ("Child Unique ID", "perm_person_id", "id"),
            (
                "Date of Decision that Child Should be Placed for Adoption",
                "perm_adm_decision_date",
                "date",
            ),
            ("Date of Placement Order", "perm_placement_order_date", "date"),
            (
                "Date of Matching Child and Prospective Adopters",
                "perm_matched_date",
                "date",
            ),
            ("Date Placed for Adoption", "perm_placed_for_adoption_date", "date"),
            ("Date of Adoption Order", "perm_permanence_order_date", "date"),
            (
                "Date of Decision that Child Should No Longer be Placed for Adoption",
                "perm_decision_reversed_date",
                "date",
            ),
            (
                "Reason Why Child No Longer Placed for Adoption",
                "perm_decision_reversed_reason",
                "status",
            ),
        ),
    ),
    AnnexList(
        11,
        "adopters",
        "adopters",
        "Individual adopter identifier",
        12,
        _columns(
            ("Individual adopter identifier", "adop_adopter_id", "id"),
            ("Family identifier", "adop_family_id", "number"),
            ("Date enquiry received", "adop_enquiry_date", "date"),
            ("Date Stage 1 started", "adop_stage_1_start_date", "date"),
            ("Date Stage 1 ended", "adop_stage_1_end_date", "date"),
            ("Date Stage 2 started", "adop_stage_2_start_date", "date"),
            ("Date Stage 2 ended", "adop_stage_2_end_date", "date"),
            ("Date application submitted", "adop_application_date", "date"),
            ("Date application approved", "adop_approved_date", "date"),
            ("Date adopter matched with child(ren)", "adop_matched_date", "date"),
            ("Date child/children placed with adopter(s)", "adop_placed_date", "date"),
            ("No. of children placed", "adop_children_placed", "int"),
            ("Date of Adoption Order", "adop_order_date", "date"),
            ("Date of leaving adoption process", "adop_left_date", "date"),
            ("Reason for leaving adoption process", "adop_left_reason", "status"),
        ),
        spans=(
            ("adop_stage_1_start_date", "adop_stage_1_end_date"),
            ("adop_stage_2_start_date", "adop_stage_2_end_date"),
        ),
    ),
)
