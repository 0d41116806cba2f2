"""The eleven child-level lists of Ofsted's Annex A, with all headings of the framework.

Headings and values are facts of the inspection framework (ILACS); councils spell them
in many ways, so a heading is compared by its letters and digits alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from openscrutiny.layouts import codes
from openscrutiny.layouts.layout import (
    DATE,
    ENTRY,
    FLAG,
    IDENTIFIER,
    LABEL,
    NOT_READ,
    REFERENCE,
    Column,
    Kind,
    Layout,
    Span,
    code,
    flag_in_words,
    meaning,
    not_read,
    whole,
)

_COUNT: Final = whole(0, 1_000)
_ABUSE: Final = meaning(
    codes.ABUSE,
    said=(
        ("(?i)neglect", "NEG"),
        ("(?i)physical", "PHY"),
        ("(?i)sexual", "SAB"),
        ("(?i)emotional", "EMO"),
        ("(?i)multiple", "MUL"),
    ),
)
# Ofsted's schema of list 7 has these words; "child seen" does not say that it was alone.
_SEEN_ALONE: Final = flag_in_words(
    (
        (r"1 - yes|(?:child )?seen alone", "yes"),
        (r"0 - no|(?:child )?not seen(?: alone)?", "no"),
        (r"unknown|not known|no visit\b.*", ""),
    )
)
# Words that say a series of short-term placements (V3, V4) where no code does.
_LEGAL: Final = code(
    codes.LEGAL_STATUS,
    said=((r"(?i)\brespite\b|\bshort[- ]?(term )?breaks?\b", "V4"),),
)


def _given(heading: str, kind: Kind, fills: str) -> Column:
    """Declare a column whose absence is told and leaves its values unknown."""
    return Column(heading, kind, fills, lacking="tell")


def _date(heading: str, fills: str) -> Column:
    """Declare a day; without the column nobody knows whether it came."""
    return Column(heading, DATE, fills, lacking="unknown")


def _optional_date(heading: str, fills: str) -> Column:
    """Declare a day whose absence leaves what rests on it not available, and says so."""
    return Column(heading, DATE, fills, lacking="pass")


def _event(heading: str, fills: str) -> Column:
    """Declare the day without which a row is no fact."""
    return Column(heading, DATE, fills, required=True)


def _flow(heading: str, fills: str, *, required: bool = True) -> Column:
    """Declare a day that lies within the list's look-back."""
    return Column(
        heading, DATE, fills, required, "refuse" if required else "unknown", flow=True
    )


def _of_child(heading: str, kind: Kind, fills: str, *known_as: str) -> Column:
    return Column(heading, kind, fills, False, "pass", known_as, table="person")


def _child(fills: str) -> Column:
    spelt = ("Child ID", "Child Unique Identifier")
    return Column("Child Unique ID", IDENTIFIER, fills, True, known_as=spelt)


_SEX: Final = _of_child("Gender", meaning(codes.SEX), "pers_sex", "Sex")
_ETHNICITY: Final = _of_child("Ethnicity", code(codes.ETHNICITY), "pers_ethnicity")
_BORN: Final = _of_child("Date of Birth", DATE, "pers_dob", "DOB")
_DISABLED: Final = _of_child(
    "Does the Child have a Disability", FLAG, "pers_disabled", "Disability"
)
# Ages in fractions of years tell the day of the extract, and are not kept.
_AGE: Final = Column(
    "Age of Child (Years)",
    NOT_READ,
    lacking="pass",
    known_as=("Age", "Age of Child"),
)
_ABOUT: Final = (_SEX, _ETHNICITY, _BORN, _AGE)
_WORKER: Final = not_read("Allocated Worker")


def _added(heading: str, kind: Kind, fills: str, *known_as: str) -> Column:
    """Declare a column that Ofsted does not ask for, and that some councils add."""
    return Column(heading, kind, fills, lacking="pass", known_as=known_as, covers=True)


def _team(fills: str) -> Column:
    return _given("Allocated Team", LABEL, fills)


# One column a line.
# fmt: off
_ALL: Final = (
    Layout("list 1", "contacts", "contacts",
        (
            _child("cont_person_id"),
            *_ABOUT,
            _flow("Date of Contact", "cont_contact_date"),
            _given("Contact Source", code(codes.SOURCE), "cont_contact_source_code"),
            _added(
                "Date of Contact Decision",
                DATE,
                "cont_contact_decision_date",
                "Contact Decision Date",
                "Date of Decision",
                "Decision Date",
                "Date Decision Made",
                "Date of Contact Outcome",
                "Contact Outcome Date",
            ),
        ),
        told_by=("Child Unique ID", "Date of Contact"),
        months=3,
    ),
    Layout("list 2", "early help assessments", "early_help_episodes",
        (
            _child("earl_person_id"),
            *_ABOUT,
            _flow("Assessment start date", "earl_episode_start_date"),
            _date("Assessment completion date", "earl_episode_end_date"),
            _given("Organisation completing assessment", LABEL, "earl_episode_organisation"),
        ),
        told_by=("Child Unique ID", "Assessment start date"),
        spans=(Span("earl_episode_start_date", "earl_episode_end_date"),),
        months=6,
    ),
    Layout("list 3", "referrals", "cin_episodes",
        (
            _child("cine_person_id"),
            *_ABOUT,
            _flow("Date of referral", "cine_referral_date"),
            _given("Referral Source", code(codes.SOURCE), "cine_referral_source_code"),
            Column(
                "Referral NFA?",
                FLAG,
                "cine_referral_nfa",
                lacking="tell",
                known_as=("Referral NFA YN",),
            ),
            # Another month's lists could tell it, so that nothing is lacking without.
            Column(
                "Number of Referrals in Last 12 Months",
                _COUNT,
                "cine_referrals_last_12_months",
                lacking="pass",
            ),
            _team("cine_referral_team"),
            *_WORKER,
        ),
        told_by=("Child Unique ID", "Date of referral"),
        months=6,
    ),
    Layout("list 4", "assessments", "cin_assessments",
        (
            _child("cina_person_id"),
            *_ABOUT,
            _DISABLED,
            _event("Continuous Assessment Start Date", "cina_assessment_start_date"),
            *not_read("Child Seen During Continuous Assessment"),
            _flow(
                "Continuous Assessment Date of Authorisation",
                "cina_assessment_auth_date",
                required=False,
            ),
            *not_read("Was the child assessed as requiring LA children's social care support?"),
            _team("cina_assessment_team"),
            *_WORKER,
        ),
        told_by=("Child Unique ID", "Continuous Assessment Start Date"),
        spans=(Span("cina_assessment_start_date", "cina_assessment_auth_date"),),
        months=6,
    ),
    Layout("list 5", "section 47 enquiries and conferences", "s47_enquiry",
        (
            _child("s47e_person_id"),
            *_ABOUT,
            _DISABLED,
            _flow(
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "s47e_s47_start_date",
            ),
            _given(
                "Was an Initial Child Protection Conference deemed unnecessary?",
                FLAG,
                "s47e_icpc_not_required",
            ),
            # A conference may be booked.
            Column(
                "Date of Initial Child Protection Conference",
                DATE,
                "s47e_icpc_date",
                lacking="unknown",
                ahead=True,
            ),
            *not_read(
                "Did the Initial Child Protection Conference Result in a Child "
                "Protection Plan",
                "Number of Section 47 Enquiries in the last 12 months",
                "Number of ICPCs in the last 12 months",
            ),
            _team("s47e_team"),
            *_WORKER,
        ),
        told_by=("Child Unique ID", "Strategy discussion initiating Section 47 Enquiry Start Date"),
        key=("s47e_person_id", "s47e_s47_start_date"),
        months=6,
    ),
    Layout("list 6", "children in need", "cin_cases",
        (
            _child("cinc_person_id"),
            *_ABOUT,
            _DISABLED,
            _event("CIN Start Date", "cinc_start_date"),
            _given("Primary Need Code", code(codes.NEED), "cinc_primary_need_code"),
            _date("Date Child Was Last Seen", "cinc_last_seen_date"),
            _date("CIN Closure Date", "cinc_close_date"),
            _given("Reason for Closure", code(codes.CLOSURE), "cinc_close_reason"),
            _given("Case Status", ENTRY, "cinc_case_status"),
            _team("cinc_team"),
            *_WORKER,
        ),
        told_by=("Child Unique ID", "CIN Start Date"),
        spans=(Span("cinc_start_date", "cinc_close_date", reason="cinc_close_reason"),),
        months=6,
    ),
    Layout("list 7", "child protection plans", "cp_plans",
        (
            _child("cppl_person_id"),
            *_ABOUT,
            _DISABLED,
            _event("Child Protection Plan Start Date", "cppl_cp_plan_start_date"),
            _given("Initial Category of Abuse", _ABUSE, "cppl_cp_plan_initial_category"),
            _given("Latest Category of Abuse", _ABUSE, "cppl_cp_plan_latest_category"),
            _date("Date of the Last Statutory Visit", "cppl_last_visit_date"),
            *not_read("Was the Child Seen Alone?"),
            _date("Date of latest review conference", "cppl_last_review_date"),
            _date("Child Protection Plan End Date", "cppl_cp_plan_end_date"),
            *not_read(
                "Subject to Emergency Protection Order or Protected Under Police Powers "
                "in Last Six Months (Y/N)"
            ),
            _given("Number of Previous Child Protection Plans", _COUNT, "cppl_previous_plans"),
            _team("cppl_team"),
            *_WORKER,
        ),
        told_by=("Child Unique ID", "Child Protection Plan Start Date"),
        spans=(Span("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),),
        months=6,
    ),
    Layout("list 8", "children looked after", "cla_episodes",
        (
            _child("clae_person_id"),
            *_ABOUT,
            *not_read("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"),
            _DISABLED,
            _event("Date Started to be Looked After", "clae_cla_episode_start_date"),
            _given("Child's Category of Need", code(codes.NEED), "clae_cla_primary_need_code"),
            *not_read(
                "Is this a second or subsequent period of being a Looked After Child "
                "within the last 12 months (Y/N)",
                "Start date of current legal status",
            ),
            # Without it nobody knows who is in care for short breaks alone.
            Column("Child's Legal Status", _LEGAL, "clae_legal_status", lacking="unknown"),
            _optional_date("Date of Latest Statutory Review", "clae_last_review_date"),
            _optional_date("Date of Last Social Work Visit", "clae_last_visit_date"),
            *not_read(
                "What is the permanence plan for this child?",
                "Date of Last IRO Visit / Contact to the Child",
                "Date of Last Health Assessment",
                "Date of Last Dental Check",
                "Number of Placements in the Last 12 months",
            ),
            _date("Date Ceased to be Looked After", "clae_cla_episode_ceased_date"),
            _given(
                "Reason Ceased to be Looked After",
                code(codes.REASON_EPISODE_CEASED),
                "clae_cla_episode_ceased_reason",
            ),
            *not_read("Start Date of Most Recent Placement"),
            _given("Placement Type", code(codes.PLACEMENT), "clae_cla_placement_type"),
            _given(
                "Placement Provider",
                code(codes.PLACEMENT_PROVIDER),
                "clae_cla_placement_provider",
            ),
            *not_read("Placement postcode"),
            _given("URN of Placement", REFERENCE, "clae_cla_placement_urn"),
            *not_read(
                "Placement Location",
                "LA of Placement",
                "Number of Episodes the Child has been 'Missing' from their Placement "
                "in the last 12 months",
                "Number of Episodes the Child has been 'Absent' from their Placement in "
                "the last 12 months",
                "Was the child offered a Return Interview after their last missing "
                "episode (Y/N)?",
                "Did the child accept a Return Interview after their last missing "
                "episode (Y/N)?",
            ),
            _team("clae_team"),
            *_WORKER,
            # List 7 asks it of its visits, and councils add it here.
            _added(
                "Was the Child Seen Alone?",
                _SEEN_ALONE,
                "clae_last_visit_seen_alone",
                "Child Seen Alone",
                "Seen Alone",
                "Was the Child Seen Alone at the Last Visit?",
                "Child Seen Alone at Last Visit",
                "Seen Alone at Last Visit",
            ),
        ),
        told_by=("Child Unique ID", "Date Started to be Looked After"),
        key=("clae_person_id", "clae_cla_episode_start_date"),
        spans=(
            Span(
                "clae_cla_episode_start_date",
                "clae_cla_episode_ceased_date",
                reason="clae_cla_episode_ceased_reason",
            ),
        ),
        months=6,
    ),
    Layout("list 9", "care leavers", "care_leavers",
        (
            _child("clea_person_id"),
            *_ABOUT,
            _date("Date of Birth", "clea_dob"),
            *not_read(
                "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or "
                "over (Y/N)"
            ),
            _DISABLED,
            _team("clea_team"),
            *_WORKER,
            *not_read("Allocated Personal Advisor"),
            Column("Eligibility Category", ENTRY, "clea_care_leaver_eligibility"),
            _date("Latest Pathway Plan Review Date", "clea_pathway_plan_review_date"),
            _given("LA in Touch", ENTRY, "clea_care_leaver_in_touch"),
            _date("Latest Date of Contact", "clea_care_leaver_latest_contact"),
            _given("Type of Accommodation", ENTRY, "clea_care_leaver_accommodation"),
            _given("Suitability of Accommodation", ENTRY, "clea_care_leaver_accom_suitable"),
            _given("Activity Status", code(codes.ACTIVITY), "clea_care_leaver_activity"),
        ),
        told_by=("Child Unique ID", "Eligibility Category"),
    ),
    Layout("list 10", "children on the way to adoption", "permanence",
        (
            _child("perm_person_id"),
            *not_read("Family identifier"),
            *_ABOUT,
            _DISABLED,
            *not_read("Date the Child Entered Care"),
            Column(
                "Date of Decision that Child Should be Placed for Adoption",
                DATE,
                "perm_adm_decision_date",
            ),
            _date("Date of Placement Order", "perm_placement_order_date"),
            _date("Date of Matching Child and Prospective Adopters", "perm_matched_date"),
            _date("Date Placed for Adoption", "perm_placed_for_adoption_date"),
            _date("Date of Adoption Order", "perm_permanence_order_date"),
            _date(
                "Date of Decision that Child Should No Longer be Placed for Adoption",
                "perm_decision_reversed_date",
            ),
            _given(
                "Reason Why Child No Longer Placed for Adoption",
                ENTRY,
                "perm_decision_reversed_reason",
            ),
            *not_read(
                "Date the child was placed for fostering in FFA or concurrent planning "
                "placement"
            ),
        ),
        told_by=("Child Unique ID", "Date of Decision that Child Should be Placed for Adoption"),
        months=12,
    ),
    Layout("list 11", "adopters", "adopters",
        (
            Column("Individual adopter identifier", IDENTIFIER, "adop_adopter_id", True),
            _given("Family identifier", REFERENCE, "adop_family_id"),
            *not_read(
                "Gender",
                "Ethnicity",
                "Disability",
                "Is the (prospective) adopter fostering for adoption?",
            ),
            _date("Date enquiry received", "adop_enquiry_date"),
            _date("Date Stage 1 started", "adop_stage_1_start_date"),
            _date("Date Stage 1 ended", "adop_stage_1_end_date"),
            _date("Date Stage 2 started", "adop_stage_2_start_date"),
            _date("Date Stage 2 ended", "adop_stage_2_end_date"),
            _date("Date application submitted", "adop_application_date"),
            _date("Date application approved", "adop_approved_date"),
            _date("Date adopter matched with child(ren)", "adop_matched_date"),
            _date("Date child/children placed with adopter(s)", "adop_placed_date"),
            _given("No. of children placed", _COUNT, "adop_children_placed"),
            _date("Date of Adoption Order", "adop_order_date"),
            _date("Date of leaving adoption process", "adop_left_date"),
            _given("Reason for leaving adoption process", ENTRY, "adop_left_reason"),
        ),
        told_by=("Individual adopter identifier",),
        spans=(
            Span("adop_stage_1_start_date", "adop_stage_1_end_date"),
            Span("adop_stage_2_start_date", "adop_stage_2_end_date"),
        ),
        months=12,
    ),
)
# fmt: on
LISTS: Final[Mapping[str, Layout]] = {
    layout.name: replace(layout, noun="") for layout in _ALL
}
