"""The tables of SSDA903: how each is recognised, and which column becomes what.

Column names are those of the return's CSV files. Anything not declared here, postcodes
of home and placement above all, is left behind at the door.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from openscrutiny.returns.ssda903 import codes

__all__ = ["PARTS", "TOLERATED", "Column", "Kind", "Part"]


class Kind(Enum):
    """Name the ways in which a column is read."""

    IDENTIFIER = auto()
    CODE = auto()
    SEX = auto()
    DATE = auto()
    FLAG = auto()
    SCORE = auto()
    TEXT = auto()
    REFERENCE = auto()
    PARTIAL_DATE = auto()
    WORKER = auto()
    DROPPED = auto()


@dataclass(frozen=True)
class Column:
    """Declare one column: how it is read, and what it fills in the record.

    `in_key` rejects a row in which it is empty or unreadable. A column that is
    `optional` may be absent, as it was in some years.
    """

    heading: str
    kind: Kind
    fills: str = ""
    known: Collection[str] = ()
    in_key: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Part:
    """Declare one table of the return.

    `told_by` are headings that only this table has. `span` names a start and an end
    that may not lie before it. `dated` is the column whose dates belong to the year.
    """

    name: str
    told_by: frozenset[str]
    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    span: tuple[str, str] | None = None
    dated: str = ""
    covers: bool = True

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(c.heading for c in self.columns if not c.optional)

    @property
    def known(self) -> frozenset[str]:
        return frozenset(c.heading for c in self.columns) | TOLERATED


# What case systems add to their exports. None of it is read.
TOLERATED: Final = frozenset({"DISTANCE", "PL_LA", "PL_LOCATION"})


def _child(fills: str) -> Column:
    return Column("CHILD", Kind.IDENTIFIER, fills, in_key=True)


def _code(heading: str, fills: str, known: Collection[str]) -> Column:
    return Column(heading, Kind.CODE, fills, known)


def _date(heading: str, fills: str, *, in_key: bool = False) -> Column:
    return Column(heading, Kind.DATE, fills, in_key=in_key)


def _flag(heading: str, fills: str) -> Column:
    return Column(heading, Kind.FLAG, fills)


def _dropped(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(h, Kind.DROPPED, optional=True) for h in headings)


_HEADER: Final = Part(
    "header",
    frozenset({"CHILD", "SEX", "ETHNIC"}),
    "person",
    (
        _child("pers_person_id"),
        Column("SEX", Kind.SEX, "pers_sex"),
        _date("DOB", "pers_dob"),
        _code("ETHNIC", "pers_ethnicity", codes.ETHNICITY),
        Column("UPN", Kind.TEXT),
        *_dropped("MOTHER", "MC_DOB"),
    ),
    key=("CHILD",),
    covers=False,
)

_EPISODES: Final = Part(
    "episodes",
    frozenset({"CHILD", "DECOM"}),
    "cla_episodes",
    (
        _child("clae_person_id"),
        _date("DECOM", "clae_cla_episode_start_date", in_key=True),
        _code("RNE", "clae_cla_episode_start_reason", codes.REASON_NEW_EPISODE),
        _code("LS", "clae_legal_status", codes.LEGAL_STATUS),
        _code("CIN", "clae_cla_primary_need_code", codes.CATEGORY_OF_NEED),
        _code("PLACE", "clae_cla_placement_type", codes.PLACEMENT),
        Column(
            "PLACE_PROVIDER",
            Kind.CODE,
            "clae_cla_placement_provider",
            codes.PLACEMENT_PROVIDER,
            optional=True,
        ),
        _date("DEC", "clae_cla_episode_ceased_date"),
        _code("REC", "clae_cla_episode_ceased_reason", codes.REASON_EPISODE_CEASED),
        Column(
            "REASON_PLACE_CHANGE",
            Kind.CODE,
            "clae_cla_placement_change_reason",
            codes.PLACEMENT_CHANGE,
            optional=True,
        ),
        Column("URN", Kind.REFERENCE, "clae_cla_placement_urn", optional=True),
        *_dropped("HOME_POST", "PL_POST"),
    ),
    key=("CHILD", "DECOM"),
    span=("DECOM", "DEC"),
    dated="DECOM",
)

_REVIEWS: Final = Part(
    "reviews",
    frozenset({"CHILD", "REVIEW", "REVIEW_CODE"}),
    "cla_reviews",
    (
        _child("clar_person_id"),
        _date("REVIEW", "clar_cla_review_date", in_key=True),
        _code("REVIEW_CODE", "clar_cla_review_participation", codes.REVIEW),
        *_dropped("DOB"),
    ),
    key=("CHILD", "REVIEW"),
    dated="REVIEW",
)

_UASC: Final = Part(
    "uasc",
    frozenset({"CHILD", "DUC"}),
    "immigration_status",
    (
        _child("immi_person_id"),
        _date("DUC", "immi_immigration_status_end_date"),
        *_dropped("SEX", "DOB"),
    ),
    key=("CHILD",),
)

_OC2: Final = Part(
    "oc2",
    frozenset({"CHILD", "SDQ_SCORE"}),
    "cla_health",
    (
        _child("clah_person_id"),
        Column("SDQ_SCORE", Kind.SCORE, "clah_sdq_score"),
        _code("SDQ_REASON", "clah_sdq_reason", codes.SDQ_REASON),
        _flag("CONVICTED", "clah_convicted"),
        _flag("HEALTH_CHECK", "clah_health_check"),
        _flag("IMMUNISATIONS", "clah_immunisations"),
        _flag("TEETH_CHECK", "clah_teeth_check"),
        _flag("HEALTH_ASSESSMENT", "clah_health_assessment"),
        _flag("SUBSTANCE_MISUSE", "clah_substance_misuse"),
        _flag("INTERVENTION_RECEIVED", "clah_intervention_received"),
        _flag("INTERVENTION_OFFERED", "clah_intervention_offered"),
        *_dropped("DOB"),
    ),
    key=("CHILD",),
)

_OC3: Final = Part(
    "oc3",
    frozenset({"CHILD", "IN_TOUCH", "ACTIV"}),
    "care_leavers",
    (
        _child("clea_person_id"),
        _date("DOB", "clea_dob"),
        _code("IN_TOUCH", "clea_care_leaver_in_touch", codes.IN_TOUCH),
        _code("ACTIV", "clea_care_leaver_activity", codes.ACTIVITY),
        _code("ACCOM", "clea_care_leaver_accommodation", codes.ACCOMMODATION),
    ),
    key=("CHILD",),
)

_AD1: Final = Part(
    "ad1",
    frozenset({"CHILD", "DATE_INT", "DATE_MATCH"}),
    "permanence",
    (
        _child("perm_person_id"),
        _date("DATE_INT", "perm_adm_decision_date"),
        _date("DATE_MATCH", "perm_matched_date"),
        _flag("FOSTER_CARE", "perm_adopted_by_carer_flag"),
        _code("NB_ADOPTR", "perm_number_of_adopters", codes.NUMBER_OF_ADOPTERS),
        _code("SEX_ADOPTR", "perm_adopter_sex", codes.ADOPTER_SEX),
        _code("LS_ADOPTR", "perm_adopter_legal_status", codes.ADOPTER_LEGAL_STATUS),
        *_dropped("DOB"),
    ),
    key=("CHILD",),
)

_PLACED: Final = Part(
    "placed_for_adoption",
    frozenset({"CHILD", "DATE_PLACED"}),
    "permanence",
    (
        _child("perm_person_id"),
        _date("DATE_PLACED", "perm_placed_for_adoption_date", in_key=True),
        _date("DATE_PLACED_CEASED", "perm_placed_ceased_date"),
        _code(
            "REASON_PLACED_CEASED",
            "perm_decision_reversed_reason",
            codes.CEASED_REASON,
        ),
        *_dropped("DOB"),
    ),
    key=("CHILD", "DATE_PLACED"),
    span=("DATE_PLACED", "DATE_PLACED_CEASED"),
)

_PREVIOUS: Final = Part(
    "previous_permanence",
    frozenset({"CHILD", "PREV_PERM"}),
    "previous_permanence",
    (
        _child("lapp_person_id"),
        _code(
            "PREV_PERM", "lapp_previous_permanence_option", codes.PREVIOUS_PERMANENCE
        ),
        Column("LA_PERM", Kind.REFERENCE, "lapp_previous_permanence_la"),
        # Day or month may be "zz" where they are not known, so it stays text.
        Column("DATE_PERM", Kind.PARTIAL_DATE, "lapp_previous_permanence_order_date"),
        *_dropped("DOB"),
    ),
    key=("CHILD",),
)

_MISSING: Final = Part(
    "missing",
    frozenset({"CHILD", "MISSING", "MIS_START"}),
    "missing",
    (
        _child("miss_person_id"),
        _code("MISSING", "miss_missing_episode_type", codes.MISSING_TYPE),
        _date("MIS_START", "miss_missing_episode_start_date", in_key=True),
        _date("MIS_END", "miss_missing_episode_end_date"),
        *_dropped("DOB"),
    ),
    key=("CHILD", "MISSING", "MIS_START"),
    span=("MIS_START", "MIS_END"),
    dated="MIS_START",
)

_SOCIAL_WORKERS: Final = Part(
    "sw_episodes",
    frozenset({"CHILD", "SW_ID", "SW_DECOM"}),
    "involvements",
    (
        _child("invo_person_id"),
        Column("SW_ID", Kind.WORKER, "invo_professional_id"),
        _date("SW_DECOM", "invo_involvement_start_date", in_key=True),
        _date("SW_DEC", "invo_involvement_end_date"),
        _code("SW_REASON", "invo_worker_change_reason", codes.SOCIAL_WORKER_CHANGE),
        *_dropped("DOB"),
    ),
    key=("CHILD", "SW_ID", "SW_DECOM"),
    span=("SW_DECOM", "SW_DEC"),
    dated="SW_DECOM",
)

_LIBERTY: Final = Part(
    "dolo",
    frozenset({"CHILD", "DOLO_START"}),
    "deprivation_of_liberty",
    (
        _child("dolo_person_id"),
        _date("DOLO_START", "dolo_start_date", in_key=True),
        _date("DOLO_END", "dolo_end_date"),
        *_dropped("DOB"),
    ),
    key=("CHILD", "DOLO_START"),
    span=("DOLO_START", "DOLO_END"),
    dated="DOLO_START",
)

PARTS: Final[Mapping[str, Part]] = {
    part.name: part
    for part in (
        _HEADER,
        _EPISODES,
        _REVIEWS,
        _UASC,
        _OC2,
        _OC3,
        _AD1,
        _PLACED,
        _PREVIOUS,
        _MISSING,
        _SOCIAL_WORKERS,
        _LIBERTY,
    )
}
