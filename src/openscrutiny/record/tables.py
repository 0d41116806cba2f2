"""The tables of the record: their names, columns and types, and nothing else.

Names and columns are those of the Standard Safeguarding Dataset (Data to Insight)
where it has the table, less its `ssd_` prefix; a column that it lacks carries the
same kind of name. No table has a name, an address or a postcode: they never enter.
Every table ends in the lineage columns.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

__all__ = ["LINEAGE", "TABLES", "Table", "empty_frame", "get_table"]

TEXT: Final = pl.String()
DATE: Final = pl.Date()
INT: Final = pl.Int32()
FLAG: Final = pl.Boolean()
NUMBER: Final = pl.Float64()

LINEAGE: Final[dict[str, pl.DataType]] = {
    "authority": TEXT,  # DfE's three-digit number
    "return_id": TEXT,  # return and period end: "cin/2025", "annex-a/2026-09-30"
    "load_id": INT,
    "file": TEXT,  # as the load was given it; "!List 3" names a sheet or member
    "line": INT,  # from 1
}


@dataclass(frozen=True)
class Table:
    """Describe one table: what a row is, its own columns, and what names a row.

    `key` names the fact within a return (authority and return_id apart): two rows
    of one file with the same key are one fact given twice.
    """

    name: str
    a_row_is: str
    columns: dict[str, pl.DataType]
    key: tuple[str, ...]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        return {**self.columns, **LINEAGE}


_ALL = (
    Table(
        "person",
        "one child or young person, as one return describes them",
        {
            "pers_person_id": TEXT,
            "pers_sex": TEXT,  # M, F or U, whatever codes the return used
            "pers_ethnicity": TEXT,  # DfE's four-letter code
            "pers_dob": DATE,
            "pers_expected_dob": DATE,
            "pers_death_date": DATE,
            "pers_upn_unknown": TEXT,
            "pers_disabled": FLAG,  # derived: any code but NONE; null if not said
        },
        ("pers_person_id",),
    ),
    Table(
        "linked_identifiers",
        "one other identifier of a person, such as a unique pupil number",
        {
            "link_person_id": TEXT,
            "link_identifier_type": TEXT,
            "link_identifier_value": TEXT,
        },
        ("link_person_id", "link_identifier_type", "link_identifier_value"),
    ),
    Table(
        "disability",
        "one disability code of a person",
        {"disa_person_id": TEXT, "disa_disability_code": TEXT},
        ("disa_person_id", "disa_disability_code"),
    ),
    Table(
        "contacts",
        "one contact with children's social care",
        {
            "cont_person_id": TEXT,
            "cont_contact_date": DATE,
            "cont_contact_source_code": TEXT,
        },
        ("cont_person_id", "cont_contact_date", "cont_contact_source_code"),
    ),
    Table(
        "early_help_episodes",
        "one early help assessment",
        {
            "earl_person_id": TEXT,
            "earl_episode_start_date": DATE,
            "earl_episode_end_date": DATE,
            "earl_episode_organisation": TEXT,
        },
        ("earl_person_id", "earl_episode_start_date", "earl_episode_organisation"),
    ),
    Table(
        "cin_episodes",
        "one referral and the episode of need that it began",
        {
            "cine_referral_id": TEXT,  # our own: person, date, and a number from 2
            "cine_person_id": TEXT,
            "cine_referral_date": DATE,
            "cine_cin_primary_need_code": TEXT,
            "cine_referral_source_code": TEXT,
            "cine_referral_nfa": FLAG,
            "cine_close_reason": TEXT,
            "cine_close_date": DATE,
            "cine_referral_team": TEXT,
            # As the return counts them; some councils count this referral too.
            "cine_referrals_last_12_months": INT,
        },
        ("cine_referral_id",),
    ),
    Table(
        "cin_cases",
        "one case of Annex A list 6: need as the council describes it on the day",
        {
            "cinc_person_id": TEXT,
            "cinc_start_date": DATE,
            "cinc_primary_need_code": TEXT,
            "cinc_last_seen_date": DATE,
            "cinc_close_date": DATE,
            "cinc_close_reason": TEXT,
            "cinc_case_status": TEXT,
            "cinc_team": TEXT,
        },
        ("cinc_person_id", "cinc_start_date"),
    ),
    Table(
        "cin_assessments",
        "one assessment",
        {
            "cina_person_id": TEXT,
            "cina_referral_id": TEXT,
            "cina_referral_date": DATE,  # of the episode it stands in; not in Annex A
            "cina_assessment_start_date": DATE,
            "cina_assessment_auth_date": DATE,
            "cina_assessment_team": TEXT,
        },
        (
            "cina_person_id",
            "cina_assessment_start_date",
            "cina_assessment_auth_date",
        ),
    ),
    Table(
        "assessment_factors",
        "one factor identified at the end of one assessment",
        {
            "cinf_person_id": TEXT,
            "cinf_assessment_start_date": DATE,
            "cinf_assessment_auth_date": DATE,
            "cinf_assessment_factor": TEXT,
        },
        (
            "cinf_person_id",
            "cinf_assessment_start_date",
            "cinf_assessment_auth_date",
            "cinf_assessment_factor",
        ),
    ),
    Table(
        "cin_plans",
        "one child in need plan",
        {
            "cinp_person_id": TEXT,
            "cinp_referral_id": TEXT,
            "cinp_cin_plan_start_date": DATE,
            "cinp_cin_plan_end_date": DATE,
        },
        ("cinp_person_id", "cinp_cin_plan_start_date"),
    ),
    Table(
        "s47_enquiry",
        "one section 47 enquiry, with the conference that followed it",
        {
            "s47e_person_id": TEXT,
            "s47e_referral_id": TEXT,
            "s47e_s47_start_date": DATE,
            "s47e_icpc_target_date": DATE,
            "s47e_icpc_date": DATE,
            "s47e_icpc_not_required": FLAG,
            "s47e_team": TEXT,
        },
        (
            "s47e_person_id",
            "s47e_s47_start_date",
            "s47e_icpc_target_date",
            "s47e_icpc_date",
            "s47e_icpc_not_required",
        ),
    ),
    Table(
        "initial_cp_conference",
        "one initial child protection conference, as one enquiry names it",
        {
            "icpc_person_id": TEXT,
            "icpc_referral_id": TEXT,
            "icpc_icpc_date": DATE,
            "icpc_s47_start_date": DATE,  # null where no enquiry holds the date
            "icpc_team": TEXT,
        },
        ("icpc_person_id", "icpc_icpc_date", "icpc_s47_start_date"),
    ),
    Table(
        "cp_plans",
        "one child protection plan",
        {
            "cppl_person_id": TEXT,
            "cppl_referral_id": TEXT,
            "cppl_cp_plan_start_date": DATE,
            "cppl_cp_plan_end_date": DATE,
            "cppl_cp_plan_initial_category": TEXT,
            "cppl_cp_plan_latest_category": TEXT,
            "cppl_previous_plans": INT,  # null is unknown, never none
            "cppl_team": TEXT,
        },
        ("cppl_person_id", "cppl_cp_plan_start_date"),
    ),
    Table(
        "cp_reviews",
        "one child protection review held",
        {
            "cppr_person_id": TEXT,
            "cppr_cp_plan_start_date": DATE,
            "cppr_cp_review_date": DATE,
        },
        ("cppr_person_id", "cppr_cp_plan_start_date", "cppr_cp_review_date"),
    ),
    Table(
        "pre_proceedings",
        "one pre-proceedings or family group decision making block (2026 census)",
        {
            "prep_person_id": TEXT,
            "prep_referral_id": TEXT,
            "prep_pre_pro_decision_date": DATE,
            "prep_pre_pro_letter_date": DATE,
            "prep_fgdm_offered": TEXT,
            "prep_fgdm_held": TEXT,
            "prep_initial_pre_pro_meeting_date": DATE,
            "prep_review_meetings": INT,
            "prep_step_decision_date": DATE,
            "prep_pre_pro_outcome": TEXT,
            "prep_court_application_date": DATE,
            "prep_icpc_letter_date": DATE,
        },
        ("prep_person_id", "prep_pre_pro_decision_date", "prep_referral_id"),
    ),
    Table(
        "cla_episodes",
        "one episode of care: a spell in one placement under one legal status",
        {
            "clae_person_id": TEXT,
            "clae_cla_episode_start_date": DATE,
            "clae_cla_episode_start_reason": TEXT,  # RNE
            "clae_legal_status": TEXT,
            "clae_cla_primary_need_code": TEXT,
            "clae_cla_placement_type": TEXT,
            "clae_cla_placement_provider": TEXT,
            "clae_cla_placement_urn": TEXT,
            "clae_cla_episode_ceased_date": DATE,
            "clae_cla_episode_ceased_reason": TEXT,
            "clae_cla_placement_change_reason": TEXT,
            "clae_entered_care_date": DATE,
            "clae_team": TEXT,
        },
        (
            "clae_person_id",
            "clae_cla_episode_start_date",
            "clae_cla_episode_ceased_date",  # one may end on the day the next begins
        ),
    ),
    Table(
        "cla_reviews",
        "one review of a child looked after",
        {
            "clar_person_id": TEXT,
            "clar_cla_review_date": DATE,
            "clar_cla_review_participation": TEXT,
        },
        ("clar_person_id", "clar_cla_review_date"),
    ),
    Table(
        "cla_health",
        "one child's outcomes in the year (OC2)",
        {
            "clah_person_id": TEXT,
            "clah_sdq_score": INT,
            "clah_sdq_reason": TEXT,
            "clah_convicted": FLAG,
            "clah_health_check": FLAG,
            "clah_immunisations": FLAG,
            "clah_teeth_check": FLAG,
            "clah_health_assessment": FLAG,
            "clah_substance_misuse": FLAG,
            "clah_intervention_received": FLAG,
            "clah_intervention_offered": FLAG,
        },
        ("clah_person_id",),
    ),
    Table(
        "missing",
        "one episode of going missing or being away without authorisation",
        {
            "miss_person_id": TEXT,
            "miss_missing_episode_type": TEXT,
            "miss_missing_episode_start_date": DATE,
            "miss_missing_episode_end_date": DATE,
        },
        (
            "miss_person_id",
            "miss_missing_episode_type",
            "miss_missing_episode_start_date",
        ),
    ),
    Table(
        "deprivation_of_liberty",
        "one order that deprives a child in care of liberty",
        {
            "dolo_person_id": TEXT,
            "dolo_start_date": DATE,
            "dolo_end_date": DATE,
        },
        ("dolo_person_id", "dolo_start_date"),
    ),
    Table(
        "immigration_status",
        "one period as an unaccompanied asylum-seeking child",
        {
            "immi_person_id": TEXT,
            "immi_immigration_status": TEXT,
            "immi_immigration_status_end_date": DATE,
        },
        ("immi_person_id",),
    ),
    Table(
        "previous_permanence",
        "what one child's permanence was before this period of care",
        {
            "lapp_person_id": TEXT,
            "lapp_previous_permanence_option": TEXT,
            "lapp_previous_permanence_la": TEXT,
            "lapp_previous_permanence_order_date": TEXT,  # parts may be "zz"
        },
        ("lapp_person_id",),
    ),
    Table(
        "permanence",
        "one child's way to adoption",
        {
            "perm_person_id": TEXT,
            "perm_adm_decision_date": DATE,
            "perm_placement_order_date": DATE,
            "perm_matched_date": DATE,
            "perm_placed_for_adoption_date": DATE,
            "perm_placed_ceased_date": DATE,
            "perm_decision_reversed_date": DATE,
            "perm_decision_reversed_reason": TEXT,
            "perm_permanence_order_date": DATE,
            "perm_adopted_by_carer_flag": FLAG,
            "perm_number_of_adopters": TEXT,
            "perm_adopter_sex": TEXT,
            "perm_adopter_legal_status": TEXT,
        },
        ("perm_person_id", "perm_placed_for_adoption_date"),
    ),
    Table(
        "involvements",
        "one worker's spell with a child looked after (SW episodes)",
        {
            "invo_person_id": TEXT,
            "invo_professional_id": TEXT,
            "invo_involvement_start_date": DATE,
            "invo_involvement_end_date": DATE,
            "invo_worker_change_reason": TEXT,
        },
        ("invo_person_id", "invo_professional_id", "invo_involvement_start_date"),
    ),
    Table(
        "care_leavers",
        "one care leaver, as the year's OC3 or an Annex A list 9 has them",
        {
            "clea_person_id": TEXT,
            "clea_dob": DATE,
            "clea_care_leaver_eligibility": TEXT,
            "clea_care_leaver_in_touch": TEXT,
            "clea_care_leaver_latest_contact": DATE,
            "clea_care_leaver_accommodation": TEXT,
            "clea_care_leaver_accom_suitable": TEXT,
            "clea_care_leaver_activity": TEXT,
            "clea_pathway_plan_review_date": DATE,
            "clea_team": TEXT,
        },
        ("clea_person_id",),
    ),
    Table(
        "adopters",
        "one adopter or prospective adopter (Annex A list 11)",
        {
            "adop_adopter_id": TEXT,
            "adop_family_id": TEXT,
            "adop_enquiry_date": DATE,
            "adop_stage_1_start_date": DATE,
            "adop_stage_1_end_date": DATE,
            "adop_stage_2_start_date": DATE,
            "adop_stage_2_end_date": DATE,
            "adop_application_date": DATE,
            "adop_approved_date": DATE,
            "adop_matched_date": DATE,
            "adop_placed_date": DATE,
            "adop_children_placed": INT,
            "adop_order_date": DATE,
            "adop_left_date": DATE,
            "adop_left_reason": TEXT,
        },
        ("adop_adopter_id",),
    ),
    Table(
        "ehcp_requests",
        "one request for an education, health and care needs assessment",
        {
            "ehcr_ehcp_request_id": TEXT,
            "ehcr_person_id": TEXT,
            "ehcr_ehcp_req_date": DATE,
            "ehcr_ehcp_req_source": TEXT,
            "ehcr_ehcp_req_outcome_date": DATE,
            "ehcr_ehcp_req_outcome": TEXT,
            "ehcr_mediation": TEXT,
            "ehcr_tribunal": TEXT,
            "ehcr_exported": TEXT,
        },
        ("ehcr_ehcp_request_id",),
    ),
    Table(
        "ehcp_assessment",
        "one education, health and care needs assessment",
        {
            "ehca_ehcp_assessment_id": TEXT,
            "ehca_ehcp_request_id": TEXT,
            "ehca_person_id": TEXT,
            "ehca_ehcp_assessment_outcome": TEXT,
            "ehca_ehcp_assessment_outcome_date": DATE,
            "ehca_ehcp_assessment_exceptions": FLAG,  # Week20: an exception applied
            "ehca_mediation": TEXT,
            "ehca_tribunal": TEXT,
        },
        ("ehca_ehcp_assessment_id",),
    ),
    Table(
        "ehcp_named_plan",
        "one education, health and care plan",
        {
            "ehcn_named_plan_id": TEXT,
            "ehcn_ehcp_request_id": TEXT,
            "ehcn_person_id": TEXT,
            "ehcn_named_plan_start_date": DATE,
            "ehcn_named_plan_ceased_date": DATE,
            "ehcn_named_plan_ceased_reason": TEXT,
            "ehcn_plan_setting": TEXT,
            "ehcn_plan_urn": TEXT,
        },
        ("ehcn_named_plan_id",),
    ),
    Table(
        "ehcp_active_plans",
        "one plan in force at the end of the return's year, with its last review",
        {
            "ehcp_active_ehcp_id": TEXT,
            "ehcp_ehcp_request_id": TEXT,
            "ehcp_person_id": TEXT,
            "ehcp_transfer_la": TEXT,  # the authority it came from; null if none
            "ehcp_review_meeting_date": DATE,
            "ehcp_review_outcome": TEXT,
            "ehcp_active_ehcp_last_review_date": DATE,
            "ehcp_setting": TEXT,
            "ehcp_urn": TEXT,
        },
        ("ehcp_active_ehcp_id",),
    ),
    Table(
        "sen_need",
        "one special educational need of one active plan",
        {
            "senn_active_ehcp_id": TEXT,
            "senn_person_id": TEXT,
            "senn_active_ehcp_need_type": TEXT,
            "senn_active_ehcp_need_rank": TEXT,
        },
        (
            "senn_active_ehcp_id",
            "senn_active_ehcp_need_type",
            "senn_active_ehcp_need_rank",
        ),
    ),
    Table(
        "published",
        "one published value: a measure, a place, a period and its filters",
        {
            "measure": TEXT,  # the publisher's key
            "filters": TEXT,  # "column=label;column=label" in file order; "" is total
            "area_code": TEXT,  # three digits for an authority, else nine characters
            "area_name": TEXT,
            "area_level": TEXT,  # national, regional or authority
            "region_code": TEXT,  # the region row that the publisher sets beside it
            "year_label": TEXT,  # as printed
            "year": INT,  # its first four digits; null where it has none
            "time_identifier": TEXT,
            "value": NUMBER,  # null where it is no number
            "raw": TEXT,  # as printed
            "symbol": TEXT,  # c, x, z, low, k, u ... as printed; null for a number
            "shared_with": TEXT,  # whose one figure this is too: "318"; null if none
        },
        ("measure", "filters", "area_code", "year_label", "time_identifier"),
    ),
    Table(
        "published_measures",
        "one published measure in words",
        {
            "measure": TEXT,
            "title": TEXT,
            "topic": TEXT,
            "unit": TEXT,
            "polarity": TEXT,  # High, Low, or null
            "decimal_places": INT,
            "bandable": FLAG,  # False where the publisher says not to band
            "year_type": TEXT,
            "publication": TEXT,
            "description": TEXT,
        },
        ("measure",),
    ),
    Table(
        "areas",
        "one area as a publisher lists it",
        {
            "area_code": TEXT,
            "area_name": TEXT,
            "area_level": TEXT,
            "region_code": TEXT,
        },
        ("area_code",),
    ),
    Table(
        "neighbours",
        "one statistical neighbour of one authority under one model",
        {
            "model": TEXT,  # the model's year
            "area_code": TEXT,
            "position": INT,  # 1 is closest
            "neighbour_code": TEXT,
            "closeness": TEXT,
        },
        ("model", "area_code", "position"),
    ),
    Table(
        "population",
        "one mid-year estimate of one area",
        {
            "area_code": TEXT,
            "year": INT,  # the estimate is for 30 June of this year
            "age_group": TEXT,  # "0 to 17"
            "population_estimate": INT,
            "raw": TEXT,
        },
        ("area_code", "year", "age_group"),
    ),
    Table(
        "peer_quarters",
        "one figure of one quarter that a region's councils exchange",
        {
            "collection": TEXT,  # "London"
            "measure": TEXT,  # our code or slug, or the collection's own name
            "area_code": TEXT,  # three digits, or nine signs for a region's own line
            "area_name": TEXT,
            "period_end": DATE,  # the last day of a calendar quarter
            "unit": TEXT,  # count, percent, rate_per_10_000 or ratio
            "numerator": NUMBER,
            "denominator": NUMBER,
            "value": NUMBER,  # as printed; null where none is
            "symbol": TEXT,  # c, x, z or low; null for a figure
            "shared": TEXT,  # who may see it: officers, members or public
        },
        ("collection", "measure", "area_code", "period_end"),
    ),
    Table(
        "unread",
        "one value of a row that could not be read; the value itself is not kept",
        {
            "unre_table": TEXT,
            "unre_column": TEXT,  # the record's column that it would have filled
        },
        ("unre_table", "unre_column"),
    ),
)

TABLES: Final[dict[str, Table]] = {table.name: table for table in _ALL}


def get_table(name: str) -> Table:
    """Get a table by its name."""
    return TABLES[name]


def empty_frame(name: str) -> pl.DataFrame:
    """Build the table with its columns, types and no rows."""
    return pl.DataFrame(schema=TABLES[name].schema)
