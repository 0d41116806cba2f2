"""Shape the cleaned modules of SEN2 into the record's tables.

Keys begin at 1 in every export, so each is put behind the export's year. The details
of plans and placements complete the row of the plan that they belong to.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from openscrutiny.record.gaps import Gap
from openscrutiny.returns.cleaning import Rows, shape_table
from openscrutiny.returns.sen2.modules import KEYS, MODULES
from openscrutiny.returns.sen2.rows import TABLE_OF, Export

__all__ = ["find_gap", "mark_unread", "shape_module"]


def shape_module(name: str, export: Export) -> dict[str, pl.DataFrame]:
    """Build the tables of the record that one module fills."""
    if name not in TABLE_OF:
        return {}
    rows = export.rows[name]
    match name:
        case "person":
            return _shape_person(rows)
        case "namedplan":
            frame = _with_setting(rows.frame, export, "plandetail", name)
        case "activeplans":
            frame = _with_setting(rows.frame, export, "placementdetail", name)
        case _:
            frame = rows.frame
    fills = {
        column: _scoped(filled_by, export.year)
        for column, filled_by in _FILLS[name].items()
    }
    return {TABLE_OF[name]: shape_table(frame, TABLE_OF[name], fills)}


def mark_unread(name: str, export: Export) -> pl.DataFrame | None:
    """Mark the values of a module that could not be read, by the record's columns."""
    return export.rows[name].unread(_FILLS[name])


def find_gap(name: str, export: Export) -> Gap | None:
    """Say how much of its table a module could not give; None for details of plans.

    Without its details a plan is still a plan.
    """
    return export.rows[name].gap(_FILLS[name]) if name in TABLE_OF else None


def _scoped(column: str, year: int) -> pl.Expr:
    """Make a key of this export one of all years: keys begin at 1 in each export."""
    if column in KEYS or column in ("request", "plan"):
        return pl.concat_str(pl.lit(f"{year}-"), column)
    return pl.col(column)


def _shape_person(rows: Rows) -> dict[str, pl.DataFrame]:
    said = pl.col("upnunknown")
    instead = pl.col("upn").str.to_uppercase()
    reason = pl.when(instead.str.contains(r"^UN\d$")).then(instead)
    return {
        "person": shape_table(
            rows.frame,
            "person",
            {
                "pers_person_id": "person",
                "pers_sex": "sex",
                "pers_ethnicity": "ethnicity",
                "pers_dob": "personbirthdate",
                "pers_upn_unknown": pl.coalesce(said, reason),
            },
        ),
        "linked_identifiers": shape_table(
            rows.frame.filter(pl.col("number").is_not_null()),
            "linked_identifiers",
            {
                "link_person_id": "person",
                "link_identifier_type": pl.lit("UPN"),
                "link_identifier_value": "number",
            },
        ),
    }


def _with_setting(
    frame: pl.DataFrame, export: Export, detail: str, owner: str
) -> pl.DataFrame:
    """Add setting and URN of the plan's first place.

    For a placement that is the one not left yet, then the lowest rank, then the
    latest to begin.
    """
    details = export.frame(detail)
    key = MODULES[owner].key
    if details is None:
        return frame.with_columns(
            pl.lit(None, dtype=pl.String()).alias("urn"),
            pl.lit(None, dtype=pl.String()).alias("sensetting"),
        )
    order, descending = ["placementrank", "line"], [False, False]
    if detail == "placementdetail":
        details = details.with_columns(left=pl.col("leavingdate").is_not_null())
        order = ["left", "placementrank", "entrydate", "line"]
        descending = [False, False, True, False]
    first = details.sort(order, descending=descending, nulls_last=True).unique(
        key, keep="first", maintain_order=True
    )
    return frame.join(
        first.select(key, "urn", "sensetting"),
        on=key,
        how="left",
        maintain_order="left",
    )


_FILLS: Final[Mapping[str, Mapping[str, str]]] = {
    "person": {
        "pers_person_id": "person",
        "pers_sex": "sex",
        "pers_ethnicity": "ethnicity",
        "pers_dob": "personbirthdate",
        "pers_upn_unknown": "upnunknown",
    },
    "plandetail": {"ehcn_plan_setting": "sensetting", "ehcn_plan_urn": "urn"},
    "placementdetail": {"ehcp_setting": "sensetting", "ehcp_urn": "urn"},
    "requests": {
        "ehcr_ehcp_request_id": "request",
        "ehcr_person_id": "person",
        "ehcr_ehcp_req_date": "receiveddate",
        "ehcr_ehcp_req_source": "requestsource",
        "ehcr_ehcp_req_outcome_date": "requestoutcomedate",
        "ehcr_ehcp_req_outcome": "requestoutcome",
        "ehcr_mediation": "requestmediation",
        "ehcr_tribunal": "requesttribunal",
        "ehcr_exported": "exported",
    },
    "assessment": {
        "ehca_ehcp_assessment_id": "assessmenttableid",
        "ehca_ehcp_request_id": "request",
        "ehca_person_id": "person",
        "ehca_ehcp_assessment_outcome": "assessmentoutcome",
        "ehca_ehcp_assessment_outcome_date": "assessmentoutcomedate",
        "ehca_ehcp_assessment_exceptions": "week20",
        "ehca_mediation": "assessmentmediation",
        "ehca_tribunal": "assessmenttribunal",
    },
    "namedplan": {
        "ehcn_named_plan_id": "namedplantableid",
        "ehcn_ehcp_request_id": "request",
        "ehcn_person_id": "person",
        "ehcn_named_plan_start_date": "startdate",
        "ehcn_named_plan_ceased_date": "ceasedate",
        "ehcn_named_plan_ceased_reason": "ceasereason",
        "ehcn_plan_setting": "sensetting",
        "ehcn_plan_urn": "urn",
    },
    "activeplans": {
        "ehcp_active_ehcp_id": "activeplanstableid",
        "ehcp_ehcp_request_id": "request",
        "ehcp_person_id": "person",
        "ehcp_transfer_la": "transferla",
        "ehcp_review_meeting_date": "reviewmeeting",
        "ehcp_review_outcome": "reviewoutcome",
        "ehcp_active_ehcp_last_review_date": "lastreview",
        "ehcp_setting": "sensetting",
        "ehcp_urn": "urn",
    },
    "senneed": {
        "senn_active_ehcp_id": "plan",
        "senn_person_id": "person",
        "senn_active_ehcp_need_type": "sentype",
        "senn_active_ehcp_need_rank": "sentyperank",
    },
}
