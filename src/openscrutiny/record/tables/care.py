"""Tables of children looked after, of care leavers, adoption and those who adopt."""

from openscrutiny.record.tables.table import DATE, FLAG, INT, NUMBER, TEXT, Table

CARE = (
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
            "clae_cla_placement_distance": NUMBER,  # miles from home
            "clae_cla_placement_location": TEXT,  # IN or OUT of the council's area
            "clae_cla_episode_ceased_date": DATE,
            "clae_cla_episode_ceased_reason": TEXT,
            "clae_cla_placement_change_reason": TEXT,
            "clae_entered_care_date": DATE,
            "clae_team": TEXT,
            # As a list has them on the day on which it was made.
            "clae_last_visit_date": DATE,
            "clae_last_visit_seen_alone": FLAG,
            "clae_last_review_date": DATE,
        },
        (
            "clae_person_id",
            "clae_cla_episode_start_date",
            "clae_cla_episode_ceased_date",  # one may end on the day the next begins
        ),
    ),
    Table(
        "cla_visits",
        "one child in care on the day of an extract, with the last visit",
        {
            "clav_person_id": TEXT,
            "clav_cla_start_date": DATE,
            "clav_legal_status": TEXT,
            "clav_cla_visit_date": DATE,
            "clav_cla_visit_seen_alone": FLAG,  # at that visit
            "clav_team": TEXT,
        },
        ("clav_person_id",),
    ),
    Table(
        "cla_latest_reviews",
        "one child in care on the day of an extract, with the last review",
        {
            "clat_person_id": TEXT,
            "clat_cla_start_date": DATE,
            "clat_legal_status": TEXT,
            "clat_cla_review_date": DATE,
            "clat_team": TEXT,
        },
        ("clat_person_id",),
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
        "adoption_decisions",
        "one decision that a child should be placed for adoption, and its reversal",
        {
            "adec_person_id": TEXT,
            "adec_decision_date": DATE,
            "adec_reversed_date": DATE,
            "adec_reversed_reason": TEXT,
        },
        ("adec_person_id", "adec_decision_date"),
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
)
