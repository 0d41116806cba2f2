"""The modules of the SEN2 return: how each is recognised, keyed and linked.

Names are those of the blade export of the Department for Education's COLLECT system,
whose files are keyed by a `tableid` column; the XML has the same modules as nested
elements. Names of people, addresses and postcodes are not read.
"""

from collections.abc import Mapping
from typing import Final

from openscrutiny.layouts import codes
from openscrutiny.layouts.gias import UKPRN, URN
from openscrutiny.layouts.layout import (
    AUTHORITY,
    DATE,
    FLAG,
    KEY,
    NUMBER_AS_TEXT,
    REFERENCE,
    Column,
    Kind,
    Layout,
    Span,
    code,
    meaning,
    not_read,
    shaped,
    whole,
)

HEADER: Final = "sen2"
# The details of a plan or placement complete the row of the plan that they belong to.
DETAILS: Final = {"namedplan": "plandetail", "activeplans": "placementdetail"}
_NO_CODE: Final = "no code of this return"
_SHORT: Final = shaped(
    r"^([A-Z]{1,2}|\d{1,3})$", "a letter or two, or figures", _NO_CODE
)


def key_of(module: str) -> str:
    """Name the column by which a module's rows are known."""
    return f"{module}tableid"


def _newer(heading: str, kind: Kind, fills: str = "") -> Column:
    """Declare a column that came or went with a version of the return."""
    return Column(heading, kind, fills, lacking="pass")


def _module(
    name: str,
    words: str,
    table: str,
    told_by: str,
    parent: str,
    *columns: Column,
    spans: tuple[Span, ...] = (),
    covers: bool = True,
    may_be_empty: bool = True,
) -> Layout:
    own = (
        Column(key_of(name), KEY, required=True),
        *not_read("NativeId", f"{name}orderseqcolumn", "sourceid"),
        *([Column(key_of(parent), KEY, required=True)] if parent else []),
    )
    return Layout(
        name,
        words,
        table,
        (*own, *columns),
        told_by=(key_of(name), told_by),
        spans=spans,
        covers=covers,
        may_be_empty=may_be_empty,
        noun="module",
        parent=parent,
    )


# One column a line.
# fmt: off
_ALL: Final = (
    _module("sen2", "the header", "", "collection", "",
        Column("collection", code(None)),
        Column("year", NUMBER_AS_TEXT),
        Column("referencedate", DATE),
        *not_read("sourcelevel"),
        Column("lea", REFERENCE),
        *not_read("softwarecode", "release", "serialno"),
        _newer("datetime", DATE),
        *not_read("dmo", "dco", "dsco"),
        covers=False,
    ),
    _module("person", "children and young people", "person", "personbirthdate", "",
        *not_read("sen2tableid", "surname", "forename"),
        Column("personbirthdate", DATE, "pers_dob"),
        Column("sex", meaning(codes.SEX), "pers_sex", known_as=("gendercurrent",)),
        Column("ethnicity", meaning(codes.ETHNICITY), "pers_ethnicity"),
        *not_read("postcode"),
        Column("upn", NUMBER_AS_TEXT),
        *not_read("uniquelearnernumber"),
        _newer(
            "upnunknown",
            shaped(r"^UN\d{1,2}$", "UN and a figure", _NO_CODE),
            "pers_upn_unknown",
        ),
        covers=False,
        may_be_empty=False,
    ),
    _module("requests", "requests for an assessment", "ehcp_requests", "receiveddate", "person",
        Column("receiveddate", DATE, "ehcr_ehcp_req_date"),
        _newer("requestsource", _SHORT, "ehcr_ehcp_req_source"),
        *not_read("rya"),
        Column("requestoutcomedate", DATE, "ehcr_ehcp_req_outcome_date"),
        Column("requestoutcome", meaning(codes.PLAN_OUTCOME), "ehcr_ehcp_req_outcome"),
        _newer("requestmediation", _SHORT, "ehcr_mediation"),
        _newer("requesttribunal", _SHORT, "ehcr_tribunal"),
        _newer("exported", _SHORT, "ehcr_exported"),
        may_be_empty=False,
    ),
    _module("assessment", "assessments", "ehcp_assessment", "assessmentoutcome", "requests",
        Column("assessmentoutcome", meaning(codes.PLAN_OUTCOME), "ehca_ehcp_assessment_outcome"),
        Column("assessmentoutcomedate", DATE, "ehca_ehcp_assessment_outcome_date"),
        _newer("assessmentmediation", _SHORT, "ehca_mediation"),
        _newer("assessmenttribunal", _SHORT, "ehca_tribunal"),
        *not_read("othermediation", "othertribunal"),
        Column("week20", FLAG, "ehca_ehcp_assessment_exceptions"),
    ),
    _module("namedplan", "plans issued", "ehcp_named_plan", "startdate", "assessment",
        Column("startdate", DATE, "ehcn_named_plan_start_date"),
        *not_read("planres", "planwbp", "pb", "oa", "dp"),
        Column("ceasedate", DATE, "ehcn_named_plan_ceased_date", ahead=True),
        Column("ceasereason", meaning(codes.PLAN_CEASED), "ehcn_named_plan_ceased_reason"),
        spans=(Span("ehcn_named_plan_start_date", "ehcn_named_plan_ceased_date"),),
    ),
    _module("plandetail", "settings that plans name", "ehcp_named_plan", "sensetting", "namedplan",
        Column("urn", URN, "ehcn_plan_urn"),
        *not_read("ukprn"),
        Column("sensetting", meaning(codes.PLAN_SETTING), "ehcn_plan_setting"),
        *not_read("sensettingother"),
        _newer("placementrank", whole(0, 99)),
        *not_read("senunitindicator", "resourcedprovisionindicator"),
        covers=False,
    ),
    _module("activeplans",
        "plans in force, with their last review", "ehcp_active_plans", "lastreview", "requests",
        Column("transferla", AUTHORITY, "ehcp_transfer_la"),
        _newer("reviewmeeting", DATE, "ehcp_review_meeting_date"),
        _newer("reviewoutcome", _SHORT, "ehcp_review_outcome"),
        *not_read("reviewdraft", "phasetransferduedate", "phasetransferfinaldate"),
        Column("lastreview", DATE, "ehcp_active_ehcp_last_review_date"),
    ),
    _module("placementdetail",
        "settings in which children with a plan are placed", "ehcp_active_plans", "sensetting", "activeplans",
        Column("urn", URN, "ehcp_urn"),
        _newer("ukprn", UKPRN, "ehcp_ukprn"),
        # It stands for the module: who is at a school has a number there and no setting.
        Column("sensetting", meaning(codes.PLAN_SETTING), "ehcp_setting", covers=True),
        *not_read("sensettingother"),
        _newer("placementrank", whole(0, 99)),
        Column("entrydate", DATE, lacking="pass", ahead=True),
        _newer("leavingdate", DATE),
        *not_read("senunitindicator", "resourcedprovisionindicator", "res", "wbp"),
        covers=False,
    ),
    _module("senneed",
        "special educational needs of plans in force", "sen_need", "sentype", "activeplans",
        Column("sentype", meaning(codes.SEN_NEED), "senn_active_ehcp_need_type"),
        _newer(
            "sentyperank",
            shaped(r"^\d{1,2}$", "1 for the primary need, then 2", _NO_CODE),
            "senn_active_ehcp_need_rank",
        ),
    ),
)
# fmt: on
# Parents stand before their children.
MODULES: Final[Mapping[str, Layout]] = {layout.name: layout for layout in _ALL}
# The columns by which modules hang together.
KEYS: Final = frozenset(map(key_of, MODULES))
