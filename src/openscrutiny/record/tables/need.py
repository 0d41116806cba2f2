"""Tables of children and their need: contacts, referrals, assessments, plans."""

from openscrutiny.record.tables.table import DATE, FLAG, INT, TEXT, Table

NEED = (
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
            "cont_contact_decision_date": DATE,  # of what is to be done about it
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
            # As Annex A tells them on its day; the census has no visits.
            "cppl_last_visit_date": DATE,
            "cppl_last_review_date": DATE,
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
)
