"""The tables of SSDA903, with the column names of the return's CSV files.

What is not read, postcodes of home and placement above all, is left behind at the door.
"""

from collections.abc import Mapping
from typing import Final

from openscrutiny.layouts import codes
from openscrutiny.layouts.layout import (
    DATE,
    FLAG,
    IDENTIFIER,
    NUMBER_AS_TEXT,
    PARTIAL_DATE,
    REFERENCE,
    Codes,
    Column,
    Layout,
    Span,
    code,
    decimal,
    meaning,
    not_read,
    whole,
)

# What case systems add to their exports and nothing reads.
ADDED: Final = frozenset({"PL_LA"})
# Tables that joined the return later, with their first year: an older one lacks none.
FIRST_YEARS: Final = {"sw_episodes": 2024, "dolo": 2027}


def _child(fills: str) -> Column:
    return Column("CHILD", IDENTIFIER, fills, required=True)


def _code(heading: str, fills: str, known: Codes, *, newer: bool = False) -> Column:
    """Declare a code; a `newer` column is told where an earlier return has none."""
    return Column(heading, code(known), fills, False, "tell" if newer else "refuse")


def _date(heading: str, fills: str, *, required: bool = False) -> Column:
    return Column(heading, DATE, fills, required)


def _flags(prefix: str, *headings: str) -> tuple[Column, ...]:
    """Declare columns of yes and no, each filling the record's column of its name."""
    return tuple(Column(each, FLAG, f"{prefix}_{each.lower()}") for each in headings)


_BORN: Final = not_read("DOB")

# One column a line.
# fmt: off
_ALL: Final = (
    Layout("header", "children and young people", "person",
        (
            _child("pers_person_id"),
            Column("SEX", meaning(codes.SEX), "pers_sex"),
            _date("DOB", "pers_dob"),
            _code("ETHNIC", "pers_ethnicity", codes.ETHNICITY),
            Column("UPN", NUMBER_AS_TEXT),
            *not_read("MOTHER", "MC_DOB"),
        ),
        told_by=("CHILD", "SEX", "ETHNIC"),
        key=("pers_person_id",),
        covers=False,
        may_be_empty=False,
    ),
    Layout("episodes", "episodes of being looked after", "cla_episodes",
        (
            _child("clae_person_id"),
            _date("DECOM", "clae_cla_episode_start_date", required=True),
            _code("RNE", "clae_cla_episode_start_reason", codes.REASON_NEW_EPISODE),
            _code("LS", "clae_legal_status", codes.LEGAL_STATUS),
            _code("CIN", "clae_cla_primary_need_code", codes.NEED_LOOKED_AFTER),
            _code("PLACE", "clae_cla_placement_type", codes.PLACEMENT),
            _code(
                "PLACE_PROVIDER",
                "clae_cla_placement_provider",
                codes.PLACEMENT_PROVIDER,
                newer=True,
            ),
            _date("DEC", "clae_cla_episode_ceased_date"),
            _code("REC", "clae_cla_episode_ceased_reason", codes.REASON_EPISODE_CEASED),
            _code(
                "REASON_PLACE_CHANGE",
                "clae_cla_placement_change_reason",
                codes.PLACEMENT_CHANGE,
                newer=True,
            ),
            *not_read("HOME_POST", "PL_POST"),
            Column("URN", REFERENCE, "clae_cla_placement_urn", lacking="tell"),
            # The return itself has neither: case systems add them to their exports.
            Column(
                "DISTANCE",
                # 999.9 stands where the home or the placement has no postcode (SSD).
                decimal(0, 999, "miles from home", 999.9),
                "clae_cla_placement_distance",
                lacking="pass",
                covers=True,
            ),
            Column(
                "PL_LOCATION",
                meaning(codes.PLACEMENT_LOCATION),
                "clae_cla_placement_location",
                lacking="pass",
                covers=True,
            ),
        ),
        told_by=("CHILD", "DECOM"),
        key=("clae_person_id", "clae_cla_episode_start_date"),
        spans=(Span("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),),
        dated="clae_cla_episode_start_date",
        may_be_empty=False,
    ),
    Layout("reviews", "reviews of children looked after", "cla_reviews",
        (
            _child("clar_person_id"),
            *_BORN,
            _date("REVIEW", "clar_cla_review_date", required=True),
            _code("REVIEW_CODE", "clar_cla_review_participation", codes.REVIEW),
        ),
        told_by=("CHILD", "REVIEW", "REVIEW_CODE"),
        key=("clar_person_id", "clar_cla_review_date"),
        dated="clar_cla_review_date",
    ),
    Layout("uasc", "unaccompanied asylum-seeking children", "immigration_status",
        (
            _child("immi_person_id"),
            *not_read("SEX", "DOB"),
            _date("DUC", "immi_immigration_status_end_date"),
        ),
        told_by=("CHILD", "DUC"),
        key=("immi_person_id",),
    ),
    Layout("oc2", "outcomes of children looked after for a year", "cla_health",
        (
            _child("clah_person_id"),
            *_BORN,
            Column("SDQ_SCORE", whole(0, 40), "clah_sdq_score"),
            _code("SDQ_REASON", "clah_sdq_reason", codes.SDQ_REASON),
            *_flags(
                "clah",
                "CONVICTED",
                "HEALTH_CHECK",
                "IMMUNISATIONS",
                "TEETH_CHECK",
                "HEALTH_ASSESSMENT",
                "SUBSTANCE_MISUSE",
                "INTERVENTION_RECEIVED",
                "INTERVENTION_OFFERED",
            ),
        ),
        told_by=("CHILD", "SDQ_SCORE"),
        key=("clah_person_id",),
    ),
    Layout("oc3", "care leavers", "care_leavers",
        (
            _child("clea_person_id"),
            _date("DOB", "clea_dob"),
            _code("IN_TOUCH", "clea_care_leaver_in_touch", codes.IN_TOUCH),
            _code("ACTIV", "clea_care_leaver_activity", codes.ACTIVITY),
            _code("ACCOM", "clea_care_leaver_accommodation", codes.ACCOMMODATION),
        ),
        told_by=("CHILD", "IN_TOUCH", "ACTIV"),
        key=("clea_person_id",),
    ),
    Layout("ad1", "children adopted", "permanence",
        (
            _child("perm_person_id"),
            *_BORN,
            _date("DATE_INT", "perm_adm_decision_date"),
            _date("DATE_MATCH", "perm_matched_date"),
            Column("FOSTER_CARE", FLAG, "perm_adopted_by_carer_flag"),
            _code("NB_ADOPTR", "perm_number_of_adopters", codes.NUMBER_OF_ADOPTERS),
            _code("SEX_ADOPTR", "perm_adopter_sex", codes.ADOPTER_SEX),
            _code("LS_ADOPTR", "perm_adopter_legal_status", codes.ADOPTER_LEGAL_STATUS),
        ),
        told_by=("CHILD", "DATE_INT", "DATE_MATCH"),
        key=("perm_person_id",),
    ),
    Layout("placed_for_adoption",
        "decisions to place for adoption, and their reversals", "adoption_decisions",
        (
            _child("adec_person_id"),
            *_BORN,
            _date("DATE_PLACED", "adec_decision_date", required=True),
            _date("DATE_PLACED_CEASED", "adec_reversed_date"),
            _code("REASON_PLACED_CEASED", "adec_reversed_reason", codes.CEASED_REASON),
        ),
        told_by=("CHILD", "DATE_PLACED"),
        key=("adec_person_id", "adec_decision_date"),
        spans=(Span("adec_decision_date", "adec_reversed_date"),),
    ),
    Layout("previous_permanence", "permanence before this period of care", "previous_permanence",
        (
            _child("lapp_person_id"),
            *_BORN,
            _code("PREV_PERM", "lapp_previous_permanence_option", codes.PREVIOUS_PERMANENCE),
            Column("LA_PERM", REFERENCE, "lapp_previous_permanence_la"),
            # Day or month may be "zz" where they are not known, so it stays text.
            Column("DATE_PERM", PARTIAL_DATE, "lapp_previous_permanence_order_date"),
        ),
        told_by=("CHILD", "PREV_PERM"),
        key=("lapp_person_id",),
    ),
    Layout("missing", "episodes of going missing or being away", "missing",
        (
            _child("miss_person_id"),
            *_BORN,
            _code("MISSING", "miss_missing_episode_type", codes.MISSING_TYPE),
            _date("MIS_START", "miss_missing_episode_start_date", required=True),
            _date("MIS_END", "miss_missing_episode_end_date"),
        ),
        told_by=("CHILD", "MISSING", "MIS_START"),
        key=("miss_person_id", "miss_missing_episode_type", "miss_missing_episode_start_date"),
        spans=(Span("miss_missing_episode_start_date", "miss_missing_episode_end_date"),),
        dated="miss_missing_episode_start_date",
    ),
    Layout("sw_episodes", "spells with a social worker", "involvements",
        (
            _child("invo_person_id"),
            *_BORN,
            Column("SW_ID", IDENTIFIER, "invo_professional_id"),
            _date("SW_DECOM", "invo_involvement_start_date", required=True),
            _date("SW_DEC", "invo_involvement_end_date"),
            _code("SW_REASON", "invo_worker_change_reason", codes.SOCIAL_WORKER_CHANGE),
        ),
        told_by=("CHILD", "SW_ID", "SW_DECOM"),
        key=("invo_person_id", "invo_professional_id", "invo_involvement_start_date"),
        spans=(Span("invo_involvement_start_date", "invo_involvement_end_date"),),
        dated="invo_involvement_start_date",
    ),
    Layout("dolo", "orders that deprive of liberty", "deprivation_of_liberty",
        (
            _child("dolo_person_id"),
            *_BORN,
            _date("DOLO_START", "dolo_start_date", required=True),
            _date("DOLO_END", "dolo_end_date"),
        ),
        told_by=("CHILD", "DOLO_START"),
        key=("dolo_person_id", "dolo_start_date"),
        spans=(Span("dolo_start_date", "dolo_end_date"),),
        dated="dolo_start_date",
    ),
)
# fmt: on
TABLES: Final[Mapping[str, Layout]] = {layout.name: layout for layout in _ALL}
